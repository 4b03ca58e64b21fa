//! Days, hours and money keep their word.

use proptest::prelude::*;
use spelplan_facts::{Day, DayRange, Money, Month, TimeOfDay, TouchKind, WeekHours, touches};

fn check_day(text: &str, weekday: usize, week: (i16, i8)) {
    let day = Day::parse(text).unwrap_or_else(|| panic!("{text} is a day"));
    assert_eq!((day.to_string().as_str(), day.weekday(), day.week()), (text, weekday, week));
}

#[test]
fn days_know_their_weekday_and_iso_week() {
    check_day("2026-01-01", 3, (2026, 1));
    check_day("2027-01-01", 4, (2026, 53));
    check_day("2024-02-29", 3, (2024, 9));
    check_day("1969-12-31", 2, (1970, 1));
}

#[test]
fn what_is_not_a_day_is_refused() {
    for text in ["2026-02-30", "2025-02-29", "26-02-03", "2026-2-3", "2026-02-03-04", "", "2026-13-01", "20260203"] {
        assert_eq!(Day::parse(text), None, "{text}");
    }
}

#[test]
fn a_range_counts_both_ends_and_does_not_run_backwards() {
    let range = DayRange::parse("2026-02-27..2026-03-02").unwrap();
    let days: Vec<String> = range.days().map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
    assert_eq!(DayRange::parse("2026-03-02..2026-02-27"), None);
}

fn check_hours(text: &str, written: Option<&str>) {
    assert_eq!(WeekHours::parse(text).map(|hours| hours.to_string()).as_deref(), written, "{text}");
}

#[test]
fn opening_hours_are_read_in_both_languages() {
    check_hours(
        "Mon-Fri 09:00-16:30",
        Some("Mon 09:00-16:30; Tue 09:00-16:30; Wed 09:00-16:30; Thu 09:00-16:30; Fri 09:00-16:30"),
    );
    check_hours("tis 13.00-16.00,09.00-12.00; lör 10:00-13:00", Some("Tue 09:00-12:00,13:00-16:00; Sat 10:00-13:00"));
    check_hours("", Some(""));
}

#[test]
fn opening_hours_that_make_no_sense_are_refused() {
    for text in [
        "Mon 16:00-09:00",
        "Mon-Fri",
        "Fri-Mon 09:00-12:00",
        "Mon 09:00-12:00,11:00-13:00",
        "Mon 25:00-26:00",
        "x 09:00-10:00",
    ] {
        check_hours(text, None);
    }
}

#[test]
fn every_kind_of_touch_answers_to_its_names() {
    for kind in touches::KINDS {
        assert_eq!(TouchKind::named(kind.code), Some(*kind));
        for word in kind.synonyms {
            assert_eq!(TouchKind::named(&word.to_uppercase()), Some(*kind), "{word}");
        }
    }
}

#[test]
fn only_meetings_build_and_only_digital_touches_maintain() {
    for kind in touches::KINDS {
        assert!(kind.builds == 0.0 || kind.maintains == 0.0, "{} does both", kind.code);
    }
    assert!(touches::visit().is_visit());
}

#[test]
fn time_of_day_is_written_with_two_digits() {
    assert_eq!(TimeOfDay::at(7, 5).to_string(), "07:05");
}

proptest! {
    #[test]
    fn a_day_is_its_number(number in -50_000..80_000) {
        let epoch = Day::parse("1970-01-01").unwrap();
        let day = epoch.plus(number);
        prop_assert_eq!(day.number(), number);
        prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
        prop_assert!(day.monday() <= day && day.monday().until(day) < 7 && day.monday().weekday() == 0);
    }

    #[test]
    fn a_month_is_its_parts(number in 0..36_000) {
        let (year, month) = Month(number).parts();
        prop_assert_eq!(year * 12 + month - 1, number);
    }

    #[test]
    fn hundredths_round_half_away_from_zero(amount in -1_000_000_000_000_i64..1_000_000_000_000) {
        let exact = amount as f64 / 100.0;
        prop_assert_eq!(Money(amount).hundredths(), exact.round() as i64);
    }
}
