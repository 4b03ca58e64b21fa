//! Desk time around a season: preparation before it, follow-up after it, so that its meetings have quality.

use spelplan_facts::{Day, DayRange, DeskBlock, DeskKind, Facts, Minutes, Pam};

use crate::working_days::{busy_time, working_days};

/// Follow-up is looked for this many days after the season at most.
const LONGEST_FOLLOW_UP: i32 = 3 * 366;
/// Preparation is looked for this many days before the season at most.
const LONGEST_PREPARATION: i32 = 366;

/// Blocks of one PAM, by day: preparation from the season's eve backwards to the day after today, as much as fits;
/// follow-up from the day after the season on.
pub(crate) fn desk_blocks(facts: &Facts, pam: &Pam, season: DayRange, today: Day, n_visits: usize) -> Vec<DeskBlock> {
    let settings = &facts.settings;
    let needed = |each: Minutes| Minutes(each.0 * n_visits as i32);
    let earliest = today.plus(1).max(season.from.plus(-LONGEST_PREPARATION));
    let before = DayRange { from: earliest, to: season.from.plus(-1) };
    let mut eve_first = working_days(facts, pam, before);
    eve_first.reverse();
    let preparation = needed(settings.preparation_time);
    let mut blocks = filled(facts, pam, DeskKind::Preparation, preparation, eve_first);
    blocks.reverse();
    let follow_up = needed(settings.follow_up_time);
    let mut from = season.to.plus(1);
    let last = season.to.plus(LONGEST_FOLLOW_UP);
    let mut left = follow_up;
    while left > Minutes::ZERO && from <= last {
        let month = DayRange { from, to: from.plus(30) };
        let more = filled(facts, pam, DeskKind::FollowUp, left, working_days(facts, pam, month));
        left = left - more.iter().map(|block| block.time).sum();
        blocks.extend(more);
        from = month.to.plus(1);
    }
    blocks
}

/// Desk time that a day holds: the daily limit, or what busy time leaves of the day where that is less.
fn room(facts: &Facts, pam: &Pam, day: Day) -> Minutes {
    let (settings, most) = (&facts.settings, facts.settings.desk_time_day);
    let length = (settings.day_end - settings.day_start).max(most);
    most.min(length - busy_time(facts, pam.id, day))
}

/// Fills day after day up to the daily limit until the time is placed.
fn filled(facts: &Facts, pam: &Pam, kind: DeskKind, time: Minutes, days: Vec<Day>) -> Vec<DeskBlock> {
    let mut left = time;
    let mut blocks = Vec::new();
    for day in days {
        if left <= Minutes::ZERO {
            break;
        }
        let time = left.min(room(facts, pam, day));
        if time <= Minutes::ZERO {
            continue;
        }
        blocks.push(DeskBlock { pam: pam.id, day, kind, time });
        left = left - time;
    }
    blocks
}
