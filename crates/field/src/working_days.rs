//! The days on which a PAM may work, and how much field time they make.

use std::collections::BTreeMap;

use spelplan_facts::{Day, DayRange, Facts, Minutes, Pam, PamId, Settings};

use crate::calendars::Calendar;

/// The PAM's days of the range: Monday to Friday, no holiday or closed eve at home, not away, not promised elsewhere.
pub(crate) fn working_days(facts: &Facts, pam: &Pam, range: DayRange) -> Vec<Day> {
    let calendar = Calendar::new(&pam.country, range);
    range.days().filter(|day| calendar.is_working(*day) && is_free(facts, pam.id, *day)).collect()
}

fn is_free(facts: &Facts, pam: PamId, day: Day) -> bool {
    let away = facts.absences.iter().any(|absence| absence.pam == pam && absence.days.contains(day));
    !away && facts.taken.binary_search(&(pam, day)).is_err()
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
