//! F7: preparation before and follow-up after the season.

use std::collections::BTreeMap;

use spelplan_facts::{Day, DeskBlock, DeskKind, PamId};

use crate::calendar;
use crate::case::Case;
use crate::verdict::{Protocol, Spot};

/// Days before a season that are counted as room for preparation; more than enough for any.
const LONGEST_WAIT: i32 = 3660;

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    let mut days: BTreeMap<(PamId, Day), i64> = BTreeMap::new();
    let mut totals: BTreeMap<PamId, [i64; 2]> = BTreeMap::new();
    for block in &case.plan.desk {
        working(case, protocol, block);
        side(case, protocol, block);
        let minutes = i64::from(block.time.0);
        *days.entry((block.pam, block.day)).or_default() += minutes;
        totals.entry(block.pam).or_default()[usize::from(block.kind == DeskKind::FollowUp)] += minutes;
    }
    for (&(pam, day), &minutes) in &days {
        let most = day_room(case, pam, day).max(0);
        protocol.expect("F703", minutes <= most, Spot::day(pam, day), || {
            [
                format!("PAM {} has {minutes} minutes at the desk on {day}, at most {most} allowed", pam.0),
                format!("PAM {} har {minutes} minuter vid skrivbordet {day}, högst {most} tillåts", pam.0),
            ]
        });
    }
    let mut visits: BTreeMap<PamId, i64> = totals.keys().map(|&pam| (pam, 0)).collect();
    for visit in &case.visits {
        *visits.entry(visit.day.pam).or_default() += 1;
    }
    for (pam, n_visits) in visits {
        enough(case, protocol, pam, n_visits, totals.get(&pam).copied().unwrap_or_default());
    }
}

fn working(case: &Case, protocol: &mut Protocol, block: &DeskBlock) {
    let works = case.facts.pam(block.pam).is_none_or(|pam| case.may_work(pam, block.day));
    protocol.expect("F701", works, Spot::day(block.pam, block.day), || {
        let (pam, day) = (block.pam.0, block.day);
        [
            format!("{day} is no working day of PAM {pam}, or is promised away"),
            format!("{day} är ingen arbetsdag för PAM {pam}, eller redan upptagen"),
        ]
    });
}

fn side(case: &Case, protocol: &mut Protocol, block: &DeskBlock) {
    let (season, as_of) = (case.plan.season, case.plan.as_of);
    let holds = match block.kind {
        DeskKind::Preparation => as_of <= block.day && block.day < season.from,
        DeskKind::FollowUp => block.day > season.to,
    };
    protocol.expect("F702", holds, Spot::day(block.pam, block.day), || {
        let (pam, day) = (block.pam.0, block.day);
        [
            format!("Desk time of PAM {pam} on {day} lies on the wrong side of the season {season}"),
            format!("Skrivbordstiden för PAM {pam} {day} ligger på fel sida om säsongen {season}"),
        ]
    });
}

/// Preparation and follow-up reserved against what the visits need; preparation may lack days before the season.
fn enough(case: &Case, protocol: &mut Protocol, pam: PamId, n_visits: i64, [prepared, followed]: [i64; 2]) {
    let needed = n_visits * i64::from(case.settings.preparation_time.0);
    let (least, most) = room(case, pam);
    let right = (needed.min(least)..=needed.min(most)).contains(&prepared);
    protocol.expect("F704", right, Spot::pam(pam), || {
        let (id, possible) = (pam.0, needed.min(most));
        [
            format!("PAM {id} has {prepared} minutes of preparation, {needed} are needed and {possible} possible"),
            format!("PAM {id} har {prepared} minuter förberedelse, {needed} behövs och {possible} är möjliga"),
        ]
    });
    let after = n_visits * i64::from(case.settings.follow_up_time.0);
    let no_time = case.settings.desk_time_day.0 <= 0 && followed == 0;
    protocol.expect("F705", followed == after || no_time, Spot::pam(pam), || {
        let id = pam.0;
        [
            format!("PAM {id} has {followed} minutes of follow-up, {after} are needed"),
            format!("PAM {id} har {followed} minuter uppföljning, {after} behövs"),
        ]
    });
}

/// Minutes at the desk that a day holds: the limit, or the day without its busy minutes where that is less.
fn day_room(case: &Case, pam: PamId, day: Day) -> i64 {
    let limit = i64::from(case.settings.desk_time_day.0);
    let length = i64::from(case.settings.day_end.0) - i64::from(case.settings.day_start.0);
    match case.busy_minutes(pam, day) {
        0 => limit,
        busy => limit.min(length.max(limit) - busy),
    }
}

/// Minutes for preparation there are before the season, without and with the day of planning itself.
fn room(case: &Case, pam: PamId) -> (i64, i64) {
    let (as_of, from) = (case.plan.as_of, case.plan.season.from);
    let (Some(known), 0..) = (case.facts.pam(pam), as_of.until(from)) else { return (0, 0) };
    let earliest = as_of.until(from).min(LONGEST_WAIT);
    let works = |day: Day| calendar::is_working(&known.country, day) && case.may_work(known, day);
    let days = (1..=earliest).map(|n| from.plus(-n)).filter(|&day| works(day));
    let minutes = days.map(|day| day_room(case, pam, day).max(0)).sum();
    let today = if as_of < from && works(as_of) { day_room(case, pam, as_of).max(0) } else { 0 };
    (minutes - today, minutes)
}
