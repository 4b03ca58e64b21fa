//! The days on which a PAM may work, when it is busy on them, and how much field time they make.

use std::collections::BTreeMap;

use spelplan_facts::{BusyBlock, Day, DayRange, Facts, Minutes, Pam, PamId, Settings};

use crate::calendars::Calendar;

/// The PAM's days of the range: Monday to Friday, no holiday or closed eve at home, not away, not busy from morning to
/// evening, not promised elsewhere.
pub(crate) fn working_days(facts: &Facts, pam: &Pam, range: DayRange) -> Vec<Day> {
    let calendar = Calendar::new(&pam.country, range);
    range.days().filter(|day| calendar.is_working(*day) && is_free(facts, pam.id, *day)).collect()
}

/// Is the PAM there that day, and nothing promised?
pub(crate) fn is_free(facts: &Facts, pam: PamId, day: Day) -> bool {
    let away = facts.absences.iter().any(|absence| absence.pam == pam && absence.days.contains(day));
    !away && facts.taken.binary_search(&(pam, day)).is_err() && !is_busy_all_day(facts, pam, day)
}

fn is_busy_all_day(facts: &Facts, pam: PamId, day: Day) -> bool {
    let length = facts.settings.day_end - facts.settings.day_start;
    length > Minutes::ZERO && busy_time(facts, pam, day) >= length
}

/// How much of that day, between its start and its end, the PAM is busy by calendars of its own.
pub(crate) fn busy_time(facts: &Facts, pam: PamId, day: Day) -> Minutes {
    let (starts, ends) = (facts.settings.day_start, facts.settings.day_end);
    let within = |one: &BusyBlock| (one.to.min(ends) - one.from.max(starts)).max(Minutes::ZERO);
    facts.busy_on(pam, day).iter().map(within).sum()
}

/// Days that may become field days, and the field time they make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FieldTime {
    pub(crate) days: usize,
    pub(crate) time: Minutes,
}

/// Working days, at most so many a week, each from the day's start to its end, at most the PAM's field time a week.
pub(crate) fn field_time(settings: &Settings, pam: &Pam, working: &[Day]) -> FieldTime {
    let mut weeks: BTreeMap<Day, usize> = BTreeMap::new();
    for day in working {
        *weeks.entry(day.monday()).or_default() += 1;
    }
    let length = (settings.day_end - settings.day_start).max(Minutes::ZERO);
    let mut all = FieldTime { days: 0, time: Minutes::ZERO };
    for n_days in weeks.into_values() {
        let n_days = n_days.min(settings.field_days_week);
        let time = Minutes(n_days as i32 * length.0);
        all.days += n_days;
        all.time += pam.field_time_week.map_or(time, |most| time.min(most));
    }
    all
}
