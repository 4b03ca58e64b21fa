//! The planner's and the referee's own opinions of calendars, roads and water, held against each other directly.

use spelplan_facts::{Day, Point, Settings};
use spelplan_field::calendars::{DayKind, day_kind, week_value};
use spelplan_field::drive::{self, Drive};
use spelplan_referee::calendar::{self, Openness};
use spelplan_referee::{land, roads};
use spelplan_testkit::worlds::small_world;

const COUNTRIES: [&str; 12] = ["SE", "NO", "DK", "FI", "DE", "GB", "US", "CA", "AU", "FR", "PL", "XX"];

#[test]
fn both_close_on_the_same_weekdays_from_2010_to_2035() {
    let range = spelplan_facts::DayRange::parse("2010-01-01..2035-12-31").expect("a range");
    let mut differ: Vec<String> = Vec::new();
    for country in COUNTRIES {
        let planner = spelplan_field::calendars::Calendar::new(country, range);
        for day in range.days().filter(|day| !day.is_weekend()) {
            let planned = match planner.kind(day) {
                DayKind::Closed { .. } => "closed",
                DayKind::HalfDay { .. } => "half",
                DayKind::Working | DayKind::Bridge => "open",
            };
            let judged = match calendar::openness(country, day) {
                Openness::Closed(_) | Openness::Weekend => "closed",
                Openness::Half(_) => "half",
                Openness::Open => "open",
            };
            let resting = (week_value(country, day) == 0.0, calendar::industrial_holiday(country, day));
            if planned != judged || resting.0 != resting.1 {
                differ
                    .push(format!("{country} {day}: planner {planned} {}, referee {judged} {}", resting.0, resting.1));
            }
        }
    }
    assert!(differ.is_empty(), "{} differ: {:#?}", differ.len(), &differ[..differ.len().min(40)]);
}

#[test]
fn one_day_asked_alone_is_the_same_day() {
    let day = Day::parse("2026-06-19").expect("a day");
    assert!(matches!(day_kind("SE", day), DayKind::Closed { .. }));
    assert!(matches!(calendar::openness("SE", day), Openness::Closed(_)));
}

/// Points of partners and homes in many small worlds, in pairs of the same world.
fn pairs() -> impl Iterator<Item = (Settings, Point, Point)> {
    (0..400).flat_map(|seed| {
        let (facts, _, _) = small_world(seed);
        let partners = facts.partners.iter().filter_map(|partner| partner.place);
        let homes = facts.pams.iter().filter_map(|pam| pam.home);
        let points: Vec<Point> = partners.chain(homes).map(|place| place.point).collect();
        let settings = facts.settings;
        let steps = (1..points.len()).map(move |at| (settings.clone(), points[at - 1], points[at]));
        steps.collect::<Vec<_>>()
    })
}

#[test]
fn no_planned_drive_is_shorter_than_the_referee_allows_or_across_its_water() {
    let (mut roads_seen, mut water_seen, mut water_agreed) = (0, 0, 0);
    for (settings, from, to) in pairs() {
        match drive::leg(&settings, from, to) {
            Drive::Known(leg) => {
                roads_seen += 1;
                let judged = roads::estimate(&settings, from, to);
                assert!(i64::from(leg.time.0) + 1 >= judged.minutes, "{from:?} {to:?}: {leg:?} {judged:?}");
                assert!((leg.km - judged.km).abs() <= 0.01 * judged.km + 0.01, "{from:?} {to:?}: {leg:?} {judged:?}");
                assert!(!land::crosses_water(from, to), "{from:?} {to:?}: planned by road, judged across water");
            }
            Drive::AcrossWater => {
                water_seen += 1;
                water_agreed += usize::from(land::crosses_water(from, to));
                assert!(!land::plainly_dry(from, to), "{from:?} {to:?}: planned across water, judged plainly dry");
            }
        }
    }
    println!("{roads_seen} by road, {water_seen} across water, {water_agreed} of them by both");
    assert!(roads_seen > 1000 && water_seen > 50, "{roads_seen} {water_seen}");
    assert!(
        water_agreed * 4 >= water_seen * 3,
        "the referee sees most of the same water: {water_agreed} of {water_seen}"
    );
}
