//! The referee's computed holidays against the printed table, day by day.

#![allow(clippy::unwrap_used, reason = "a test may fall")]

use std::collections::BTreeMap;

use spelplan_facts::Day;
use spelplan_referee::calendar::{Openness, industrial_holiday, openness};

/// Reads `country -> day -> category` for national rows (England for Great Britain) from the shared table.
fn table() -> Option<BTreeMap<String, BTreeMap<Day, String>>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/holidays/holidays_2024_2035.csv");
    let Ok(mut reader) = csv::Reader::from_path(path) else {
        #[expect(clippy::disallowed_methods, reason = "a test may ask where it runs")]
        let in_ci = std::env::var("CI").is_ok();
        assert!(!in_ci, "{path} is missing");
        println!("skipped: {path} is missing");
        return None;
    };
    let mut table: BTreeMap<String, BTreeMap<Day, String>> = BTreeMap::new();
    for row in reader.records().map(Result::unwrap) {
        if row[1].is_empty() || &row[1] == "ENG" {
            table.entry(row[0].into()).or_default().insert(Day::parse(&row[2]).unwrap(), row[4].into());
        }
    }
    Some(table)
}

fn check(country: &str) {
    let Some(table) = table() else { return };
    let printed = &table[country];
    let (first, last) = (Day::new(2024, 1, 1).unwrap(), Day::new(2035, 12, 31).unwrap());
    for day in (0..=first.until(last)).map(|n| first.plus(n)) {
        let computed = openness(country, day);
        match printed.get(&day).map(String::as_str) {
            Some("public" | "de_facto") => {
                assert!(matches!(computed, Openness::Closed(_)), "{country} {day} {computed:?}")
            }
            Some("half_day") => assert!(matches!(computed, Openness::Half(_)), "{country} {day} {computed:?}"),
            _ => assert!(!matches!(computed, Openness::Closed(_)), "{country} {day} {computed:?} is not printed"),
        }
        if country == "SE" && !day.is_weekend() && matches!(computed, Openness::Half(_)) {
            assert_eq!(printed.get(&day).map(String::as_str), Some("half_day"), "{day}");
        }
    }
}

#[test]
fn sweden_red_days_eves_and_half_days_agree_with_the_table() {
    check("SE");
}

#[test]
fn norway_agrees_with_the_table() {
    check("NO");
}

#[test]
fn denmark_agrees_with_the_table() {
    check("DK");
}

#[test]
fn finland_agrees_with_the_table() {
    check("FI");
}

#[test]
fn germany_agrees_with_the_table() {
    check("DE");
}

#[test]
fn england_agrees_with_the_table() {
    check("GB");
}

#[test]
fn the_united_states_agree_with_the_table() {
    check("US");
}

#[test]
fn poland_agrees_with_the_table() {
    check("PL");
}

fn check_day(country: &str, text: &str, closed: bool) {
    let computed = openness(country, Day::parse(text).unwrap());
    assert_eq!(matches!(computed, Openness::Closed(_)), closed, "{country} {text} {computed:?}");
}

#[test]
fn years_before_the_table_follow_the_laws_of_their_time() {
    check_day("US", "2010-12-31", true);
    check_day("US", "2012-06-19", false);
    check_day("US", "2013-11-28", true);
    check_day("GB", "2011-04-29", true);
    check_day("GB", "2012-05-28", false);
    check_day("GB", "2020-05-04", false);
    check_day("DK", "2023-05-05", true);
    check_day("DK", "2024-04-26", false);
    check_day("DE", "2017-10-31", true);
    check_day("SE", "2014-06-20", true);
    check_day("SE", "2010-11-06", true);
}

#[test]
fn countries_outside_the_table_keep_their_national_days() {
    check_day("FR", "2026-07-14", true);
    check_day("FR", "2026-05-25", true);
    check_day("CA", "2026-07-01", true);
    check_day("CA", "2013-09-02", true);
    check_day("AU", "2026-01-26", true);
    check_day("AU", "2024-04-25", true);
    check_day("AU", "2024-05-01", false);
}

#[test]
fn an_unknown_country_closes_on_weekends_only() {
    assert_eq!(openness("XX", Day::parse("2026-12-25").unwrap()), Openness::Open);
    assert_eq!(openness("", Day::parse("2026-12-26").unwrap()), Openness::Weekend);
}

#[test]
fn swedish_industry_rests_in_weeks_28_to_31() {
    let resting = |text: &str| industrial_holiday("SE", Day::parse(text).unwrap());
    assert_eq!(["2026-07-05", "2026-07-06", "2026-08-02", "2026-08-03"].map(resting), [false, true, true, false]);
}
