//! A PAM behind the quota: partners with a relationship and with room are worth a word before the period ends.

use std::collections::BTreeMap;

use spelplan_facts::{Day, Facts, Money, Month, PamId, PartnerId, Quota};
use spelplan_focus::OpenGoal;

use crate::due::Why;

/// Days before a period's end at which a quota that is not reached asks.
const BEFORE: i32 = 45;
/// Days in which one word for this reason is enough.
const QUIET: i32 = 21;
/// Partners of a PAM that are named for it.
const NAMED: usize = 5;

/// For every PAM who is behind near the end of a period: what is missing, and when the period ends.
pub(crate) fn behind(facts: &Facts, today: Day) -> BTreeMap<PamId, Why> {
    let mut behind = BTreeMap::new();
    for quota in &facts.quotas {
        let Some(end) = end(quota) else { continue };
        let near = (0..BEFORE).contains(&today.until(end)) && quota.from <= today.month();
        let missing = quota.amount - sold(facts, quota);
        if near && missing > Money::ZERO {
            behind.insert(quota.pam, Why::Quota { missing, ends: end });
        }
    }
    behind
}

/// The partners of a PAM with most room, of those that stand in a relationship and have not been touched lately.
pub(crate) fn named<'a>(goals: impl Iterator<Item = (&'a OpenGoal, Option<Day>)>, today: Day) -> Vec<PartnerId> {
    let quiet = |last: Option<Day>| last.is_none_or(|last| last.until(today) >= QUIET);
    let mut with_room: Vec<&OpenGoal> = goals
        .filter(|(goal, last)| goal.strength.0 > 0.0 && goal.headroom > Money::ZERO && quiet(*last))
        .map(|(goal, _)| goal)
        .collect();
    with_room.sort_by_key(|goal| (std::cmp::Reverse(goal.headroom), goal.partner));
    with_room.iter().take(NAMED).map(|goal| goal.partner).collect()
}

fn end(quota: &Quota) -> Option<Day> {
    Month(quota.from.0 + quota.months).first().map(|day| day.plus(-1))
}

fn sold(facts: &Facts, quota: &Quota) -> Money {
    let months = quota.from.0..quota.from.0 + quota.months;
    let own = facts.partners.iter().filter(|partner| partner.pam == Some(quota.pam));
    let sales = own.flat_map(|partner| facts.sales.months_of(partner.id));
    sales.filter(|sale| months.contains(&sale.month.0)).map(|sale| sale.revenue).sum()
}
