//! The calendars against the table of holidays, row by row, and against what is known of other years.

use std::collections::BTreeSet;
use std::path::Path;

use spelplan_facts::{Day, DayRange};
use spelplan_field::calendars::{Calendar, DayKind, day_kind, week_value};

/// The table of 2024 to 2035; `None`, with a message, where the shared folder is absent (never in CI).
fn table() -> Option<String> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/holidays/holidays_2024_2035.csv"));
    if !path.exists() {
        assert!(std::option_env!("CI").is_none(), "CI must have {}", path.display());
        println!("skipped: {} is absent", path.display());
        return None;
    }
    #[allow(clippy::disallowed_methods, reason = "a test reads what the product may not ship")]
    Some(std::fs::read_to_string(path).expect("the table can be read"))
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// Weekdays of one country (whole, and England) in some categories of the table.
fn listed(table: &str, country: &str, categories: &[&str]) -> BTreeSet<Day> {
    let rows = table.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    let rows =
        rows.filter(|cells| cells[0] == country && ["", "ENG"].contains(&cells[1]) && categories.contains(&cells[4]));
    let last = day("2035-12-30");
    rows.map(|cells| day(cells[2])).filter(|day| !day.is_weekend() && *day <= last).collect()
}

fn weekdays(country: &str, matching: impl Fn(DayKind, f64) -> bool) -> BTreeSet<Day> {
    // Not the last day of the table: whether it bridges depends on a day that the table does not list.
    let range = DayRange::parse("2024-01-01..2035-12-30").expect("a range");
    let calendar = Calendar::new(country, range);
    range.days().filter(|day| !day.is_weekend() && matching(calendar.kind(*day), calendar.value(*day))).collect()
}

#[test]
fn every_closed_weekday_of_the_table_is_closed_and_no_other() {
    let Some(table) = table() else { return };
    for country in ["SE", "NO", "DK", "FI", "DE", "GB", "US", "PL"] {
        let ours = weekdays(country, |kind, _| matches!(kind, DayKind::Closed { .. }));
        let theirs = listed(&table, country, &["public", "de_facto"]);
        assert!(theirs.len() > 80, "{country} has {} closed weekdays in the table", theirs.len());
        let missing: Vec<String> = theirs.difference(&ours).map(Day::to_string).collect();
        let extra: Vec<String> = ours.difference(&theirs).map(Day::to_string).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{country}: missing {missing:?}, extra {extra:?}");
    }
}

#[test]
fn every_swedish_half_day_of_the_table_is_one_and_no_other() {
    let Some(table) = table() else { return };
    let ours = weekdays("SE", |kind, _| matches!(kind, DayKind::HalfDay { .. }));
    let closed = listed(&table, "SE", &["public", "de_facto"]);
    let theirs: BTreeSet<Day> = listed(&table, "SE", &["half_day"]).difference(&closed).copied().collect();
    assert_eq!(ours, theirs);
}

#[test]
fn every_bridge_day_of_the_table_is_worth_less_and_no_other() {
    let Some(table) = table() else { return };
    for country in ["SE", "NO", "DK", "FI"] {
        let ours = weekdays(country, |kind, value| kind == DayKind::Bridge || (value * 10.0).round() == 3.0);
        let theirs: BTreeSet<Day> =
            listed(&table, country, &["bridge"]).into_iter().filter(|day| week_value(country, *day) > 0.0).collect();
        let missing: Vec<String> = theirs.difference(&ours).map(Day::to_string).collect();
        let extra: Vec<String> = ours.difference(&theirs).map(Day::to_string).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{country}: missing {missing:?}, extra {extra:?}");
    }
}

#[test]
fn calendars_hold_in_years_long_before_and_after_the_table() {
    let closed = |name: &'static str| (0, name);
    let cases = [
        ("SE", "2013-06-21", closed("Midsummer Eve")),
        ("SE", "2014-06-06", closed("National Day")),
        ("SE", "2013-05-09", closed("Ascension Day")),
        ("SE", "2013-05-10", (2, "a klämdag")),
        ("SE", "2013-04-30", (1, "Walpurgis Night")),
        ("SE", "2013-05-13", (3, "a Monday")),
        ("DK", "2013-04-26", closed("Great Prayer Day")),
        ("DK", "2024-04-26", (3, "no Great Prayer Day any more")),
        ("US", "2013-11-28", closed("Thanksgiving Day")),
        ("US", "2010-12-31", closed("New Year's Day")),
        ("GB", "2012-06-05", closed("Diamond Jubilee of Elizabeth II")),
        ("FR", "2014-07-14", closed("Bastille Day")),
        ("AU", "2014-04-25", closed("Anzac Day")),
        ("CA", "2013-07-01", closed("Canada Day")),
        ("NO", "2013-12-24", (1, "Christmas Eve")),
        ("PL", "2040-05-31", closed("Corpus Christi")),
        ("XX", "2026-12-25", (3, "a country without a calendar")),
        ("SE", "2026-02-07", closed("weekend")),
    ];
    for (country, date, (kind, name)) in cases {
        let answer = day_kind(country, day(date));
        let (number, said) = match answer {
            DayKind::Closed { name } => (0, name.en),
            DayKind::HalfDay { name } => (1, name.en),
            DayKind::Bridge => (2, name),
            DayKind::Working => (3, name),
        };
        assert_eq!((number, said), (kind, name), "{country} {date}");
    }
}

#[test]
fn summer_weeks_close_as_each_country_takes_its_holidays() {
    let cases = [
        ("SE", "2026-06-29", 0.5),
        ("SE", "2026-07-06", 0.0),
        ("SE", "2026-08-02", 0.0),
        ("SE", "2026-08-03", 0.5),
        ("SE", "2026-08-10", 1.0),
        ("NO", "2026-06-29", 1.0),
        ("NO", "2026-07-06", 0.0),
        ("NO", "2026-07-27", 1.0),
        ("DK", "2026-07-24", 0.0),
        ("FI", "2026-06-29", 0.0),
        ("FI", "2026-07-27", 1.0),
        ("DE", "2026-07-15", 1.0),
    ];
    for (country, date, value) in cases {
        assert_eq!(week_value(country, day(date)), value, "{country} {date}");
    }
}
