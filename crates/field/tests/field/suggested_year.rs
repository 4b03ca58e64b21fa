//! A year's seasons: where they may lie, and what they keep away from.

use spelplan_facts::{Day, DayRange, Facts, Money, Month, MonthSale, PartnerId};
use spelplan_field::calendars::week_value;
use spelplan_field::suggested_seasons;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// Sales of a hundred a month, but for one calendar month (1-12).
fn selling(peak: i32, revenue: i64) -> Facts {
    let mut facts = Facts::default();
    let first = day("2023-01-01").month();
    for n in 0..36 {
        let month = Month(first.0 + n);
        let revenue = Money::whole(if month.parts().1 == peak { revenue } else { 100 });
        let margin = revenue * 0.1;
        facts.sales.by_month.push(MonthSale {
            partner: PartnerId(1),
            month,
            revenue,
            margin,
            revenue_with_margin: revenue,
        });
    }
    facts
}

/// Promises of every suggestion.
fn check(facts: &Facts, today: Day, count: usize, expected: usize) -> Vec<DayRange> {
    let seasons = suggested_seasons(facts, today, count);
    assert_eq!(seasons.len(), expected, "{today}: {seasons:?}");
    for season in &seasons {
        assert_eq!((season.from.weekday(), season.to.weekday()), (0, 4), "{season}");
        assert!(today.until(season.from) >= 14 && today.until(season.to) <= 364, "{season}");
        let industrial = season.days().filter(|day| week_value("SE", *day) == 0.0).count();
        assert_eq!(industrial, 0, "{season} lies in the industrial holiday");
    }
    for pair in seasons.windows(2) {
        assert!(pair[0].to.until(pair[1].from) >= facts.settings.min_gap_days, "{} then {}", pair[0], pair[1]);
    }
    seasons
}

#[test]
fn four_seasons_lie_apart_outside_the_holidays_whatever_the_day() {
    for month in 1..=12 {
        let seasons = check(&Facts::default(), day(&format!("2026-{month:02}-07")), 4, 4);
        let spans: Vec<i32> = seasons.windows(2).map(|pair| pair[0].from.until(pair[1].from)).collect();
        assert!(spans.iter().all(|span| (49..=150).contains(span)), "{month}: {spans:?}");
    }
}

#[test]
fn a_year_holds_only_so_many() {
    check(&Facts::default(), day("2026-01-07"), 0, 0);
    check(&Facts::default(), day("2026-01-07"), 1, 1);
    let many = suggested_seasons(&Facts::default(), day("2026-01-07"), 40);
    assert!((5..=7).contains(&many.len()), "{many:?}");
}

#[test]
fn a_peak_in_sales_is_left_alone() {
    let today = day("2026-01-07");
    let in_month = |seasons: &[DayRange], month: i8| {
        seasons.iter().flat_map(DayRange::days).filter(|day| !day.is_weekend() && day.parts().1 == month).count()
    };
    let even = check(&selling(1, 100), today, 4, 4);
    let used: Vec<i8> = (1..=12).filter(|month| in_month(&even, *month) > 5).collect();
    assert!(used.len() >= 4, "{even:?}");
    for month in used {
        let (before, after) =
            (in_month(&even, month), in_month(&check(&selling(month.into(), 900), today, 4, 4), month));
        assert!(after < before, "month {month}: {before} days, then {after}");
    }
}
