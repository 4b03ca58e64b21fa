//! What happened between us and a partner: visits by its size and the field seasons, digital touches in between.

use std::collections::BTreeSet;

use spelplan_facts::{Day, Month, TouchKind, touches};

use super::calendar::{MonthDays, visit_season};
use super::chance::{Chance, Purpose};
use super::profile::Profile;
use super::stories::Story;

/// Digital kinds by code with their part of all touches.
const DIGITAL: [(&str, f64); 4] = [("mail", 0.45), ("call", 0.30), ("video", 0.15), ("webinar", 0.10)];

/// Visits and touches of one partner, each in order.
pub(super) struct History {
    /// Month (counted from the first) and day of each visit.
    pub(super) visits: Vec<(usize, Day)>,
    /// Month, day and kind of each digital touch.
    pub(super) touches: Vec<(usize, Day, &'static TouchKind)>,
}

impl History {
    /// Draws it. `away` says when the partner's PAM visits nobody; a day in it is a visit that did not take place.
    pub(super) fn draw(
        profile: &Profile,
        seed: u64,
        first: Month,
        months: &[MonthDays],
        away: impl Fn(Day) -> bool,
    ) -> History {
        let chance = &mut Chance::of(seed, profile.number, Purpose::History);
        let (mut visits, mut touches) = (BTreeSet::new(), Vec::new());
        for (number, days) in months.iter().enumerate() {
            let (n_visits, n_touches) = month_counts(profile, first, number, months.len(), chance);
            for _ in 0..n_visits {
                // An ordinary absence only moves a visit within its month; a long one cancels it.
                let tries: [f64; 4] = std::array::from_fn(|_| chance.uniform());
                let day = tries.iter().filter_map(|&part| days.any_day(part)).find(|&day| !away(day));
                visits.extend(day.map(|day| (number, day)));
            }
            for _ in 0..n_touches {
                let kind = DIGITAL[chance.by_weight(&DIGITAL.map(|(_, part)| part))].0;
                let day = days.any_day(chance.uniform());
                touches.extend(day.zip(TouchKind::named(kind)).map(|(day, kind)| (number, day, kind)));
            }
        }
        touches.sort_by_key(|&(_, day, kind)| (day, kind.code));
        touches.dedup_by_key(|&mut (_, day, kind)| (day, kind.code));
        History { visits: visits.into_iter().collect(), touches }
    }
}

/// The kind of touch that a visit is.
pub(super) fn visit() -> &'static TouchKind {
    touches::visit()
}

/// How many visits and digital touches a month holds.
fn month_counts(profile: &Profile, first: Month, number: usize, n: usize, chance: &mut Chance) -> (usize, usize) {
    let month = Month(first.0 + number as i32);
    // Some six weeks before the first order somebody knocks; nobody calls long on one who stopped buying.
    let known = profile.alive.start - 1..profile.alive.end + 2;
    let drawn_visits = chance.poisson(profile.visit_rate / 12.0 * visit_season(month));
    let drawn_touches = chance.poisson(profile.touch_rate);
    if !known.contains(&(number as i32)) {
        return (0, 0);
    }
    match profile.story {
        Some(Story::OverVisitedFavourite) => (usize::from(month.parts().1 != 7), drawn_touches),
        Some(Story::FadingFriend) if number + 11 >= n => (0, 0),
        Some(Story::NewPartner) => (usize::from(number as i32 == profile.alive.start), drawn_touches),
        _ => (drawn_visits, drawn_touches),
    }
}
