//! Every reader on a small instance written here with its best answer worked out by hand, on broken files, and on all shared
//! files; and the judges on spoiled answers.

use std::path::Path;

use serde_json::{Value, json};
use spelplan_tours::{Plan, check, solve};

use super::instance::{Family, Instance, Verdict};
use super::realistic::{Ask, Night, Reduction};
use crate::shell;

const TOP: &str = "n 5\nm 2\ntmax 10.0\n0 0 0\n3 0 5\n0 4 7\n9 9 100\n0 0 0\n";
const TOPTW: &str =
    "5 1 3 1\n0 0\n0 0 0 0 0 0 0 0 0 30\n1 1 1 5 10 1 1 1 0 3\n2 2 2 5 20 1 1 1 10 12\n3 -5 0 1 9 1 1 1 0 30\n";
const MCTOPMTW: &str = "2 3 100 1 9 9 9 9 9 9 9 9 9\n0 0 0 0 0 50\n\
    2 1 0 1 5 0 10 20 30 40 1 10 1 0 0 0 0 0 0 0 0 0\n\
    3 0 1 1 6 0 10 20 30 40 0 10 1 0 0 0 0 0 0 0 0 0\n\
    4 0 2 1 3 12 15 20 30 40 1 95 0 0 0 0 0 0 0 0 0 0\n";
const TTDP: &str = "20 2 6 2 0\n0 0 0 0 0 100 200\n\
    1 3 4 10 5 1 0 0 0 0 0 0 0 0 0 0 0 0 100 150 9\n\
    2 30 40 10 8 1 0 0 0 0 0 0 0 0 0 0 0 0 100 150 9\n";
const OPHS: &str = "4 1 2\n20\n10 10.0001\n-----\n0 0 0\n20 0 0\n10 0 0\n5 0 4\n15 0 6\n";

fn season() -> Value {
    json!({
        "kind": "G0", "seed": 0, "seasons": 1, "weeks": 1,
        "pams": [{"id": 0, "lat": 59.0, "lon": 15.0, "blocked_days": [3]}],
        "partners": [
            {"id": 0, "lat": 59.0, "lon": 15.1, "value": [1000.0, 400.0], "service": 60,
             "open": [[540, 600], null, null, null, null], "min_gap_days": 15, "pams": [0]},
            {"id": 1, "lat": 61.0, "lon": 15.0, "value": [90000.0], "service": 120,
             "open": [null, [480, 500], null, null, null], "min_gap_days": 15, "pams": [0]},
        ],
        "hotels": [{"name": "North", "lat": 60.99, "lon": 15.0, "night": 1000.0}],
        "fixed": [{"partner": 0, "pam": 0, "day": 0, "start": 570}],
        "day": [420, 1110], "max_nights_in_a_row": 3, "home_by_friday": 1080, "km_cost": 2.5, "minute_cost": 8.0,
        "travel": "the formula",
    })
}

fn read(family: Family, name: &str, m: usize, text: &str, ask: &Ask) -> anyhow::Result<Instance> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(name);
    std::fs::write(&path, text)?;
    Instance::read(family, &path, name, m, ask)
}

/// Solves in so many rounds, holds the two judges against each other and returns what was written with its value.
fn solved(instance: &Instance, rounds: u64) -> (Value, f64) {
    let answer = solve(&instance.problem, None, 1, &mut |done| done as f64 / rounds as f64);
    let written = instance.written(&answer.plan);
    let verdict = instance.judge(&written).expect("fine by the file");
    let value = verdict.value;
    let worth = check(&instance.problem, &answer.plan).expect("fine by the kernel's checker") - verdict.charged;
    assert!((worth - value).abs() < 1e-6 * value.abs().max(1.0), "{worth} and {value}");
    (written, value)
}

fn best(family: Family, name: &str, m: usize, text: &str, expected: f64) -> Value {
    let (written, value) = solved(&read(family, name, m, text, &Ask::default()).expect("reads"), 2000);
    assert!((value - expected).abs() < 1e-6, "{}: {value} instead of {expected}", family.name());
    written
}

#[test]
fn small_instances_come_out_as_worked_out_by_hand() {
    // Both together take 3 + 5 + 4 = 12: one in each tour.
    best(Family::Top, "p0", 0, TOP, 12.0);
    // The first must be begun by 3 and the second by 12; the third fits after them.
    let written = best(Family::Toptw, "c0", 1, TOPTW, 39.0);
    assert_eq!(written, json!({"routes": [[1, 2, 3]]}));
    // 2 and 3 are of the one type of which one is allowed, 3 beats 2; 4's fee is too high beside either.
    best(Family::Mctopmtw, "MCTOPMTW-2-c0", 0, MCTOPMTW, 6.0);
    // Only Saturday is open, and that is the first day; the second vertex lies 50 away, there and back and its stay are 110.
    let written = best(Family::Ttdp, "t0", 0, TTDP, 5.0);
    assert_eq!(written, json!({"routes": [[1], []]}));
    let written = best(Family::Ophs, "0-0", 0, OPHS, 10.0);
    let trips = json!([{"from": 0, "visits": [3], "to": 2}, {"from": 2, "visits": [4], "to": 1}]);
    assert_eq!(written, json!({"trips": trips}));
}

#[test]
fn a_season_sleeps_where_it_pays_and_keeps_its_appointment() {
    let whole = read(Family::Realistic, "G0", 0, &season().to_string(), &Ask::default()).expect("reads");
    let (written, value) = solved(&whole, 3000);
    let days = written["days"].as_array().expect("days");
    assert_eq!(days.len(), 2, "{written}");
    assert_eq!(
        (&days[0]["to"], &days[1]["from"]),
        (&json!(0), &json!(0)),
        "the night before the far partner is in the hotel"
    );
    assert_eq!(days[0]["visits"], json!([{"partner": 0, "begins": 570.0}]), "the appointment is kept");
    assert!(value > 80_000.0, "{value}");
    // Home every night the far partner is out of reach at 8 in the morning.
    let ask = Ask { reduction: Some(Reduction::R1), nights: Vec::new() };
    let (_, value) = solved(&read(Family::Realistic, "G0", 0, &season().to_string(), &ask).expect("reads"), 500);
    assert!(value > 0.0 && value < 1000.0, "{value}");
}

#[test]
fn given_nights_are_kept_to() {
    let text = season().to_string();
    let free = Ask { reduction: Some(Reduction::Free), nights: Vec::new() };
    let instance = read(Family::Realistic, "G0", 0, &text, &free).expect("reads");
    let answer = solve(&instance.problem, None, 1, &mut |done| done as f64 / 3000.0);
    let nights = instance.nights(&answer.plan);
    assert_eq!(nights.len(), 1);
    let (_, free_value) = solved(&instance, 3000);
    let given = Ask { reduction: Some(Reduction::R2), nights };
    let instance = read(Family::Realistic, "G0", 0, &text, &given).expect("reads");
    let (_, value) = solved(&instance, 3000);
    assert!((value - free_value).abs() < 1e-6, "{value} with the nights of a plan worth {free_value}");
}

#[test]
fn a_day_between_given_nights_is_charged_when_left_out() {
    let nights = vec![Night { pam: 0, day: 0, hotel: 0 }];
    let given = Ask { reduction: Some(Reduction::R2), nights };
    let instance = read(Family::Realistic, "G0", 0, &season().to_string(), &given).expect("reads");
    let verdict = instance.judge(&json!({"days": []})).expect("fine by the file");
    // 1.99 degrees north on the road, there and back, and the night.
    let km = 1.99 * 111.32 * 1.3;
    let way = 2.5 * km + 8.0 * (4.0 + km / 85.0 * 60.0);
    let expected = 2.0 * way + 1000.0;
    assert!((verdict.charged - expected).abs() < 1e-6, "{} instead of {expected}", verdict.charged);
    assert!((verdict.value + expected).abs() < 1e-6, "{}", verdict.value);
}

/// From 50 km on a way is driven so much faster that it may be quicker to go past the hotel.
#[test]
fn no_way_is_shortened_over_the_hotel_of_the_night() {
    let mut file = season();
    let partner = |id: usize, lat: f64, open: [i32; 2]| {
        json!({"id": id, "lat": lat, "lon": 15.0, "value": [9000.0], "service": 60, "min_gap_days": 15, "pams": [0],
               "open": [open, null, null, null, null]})
    };
    // 50.5 km south of the hotel and 1.6: 62.7 minutes from one another, but 57.9 past the hotel.
    file["partners"] =
        json!([partner(0, 60.0 - 50.5 / 111.32, [540, 540]), partner(1, 60.0 - 1.6 / 111.32, [600, 660])]);
    file["hotels"][0]["lat"] = json!(60.0);
    file["fixed"] = json!([]);
    let given = Ask { reduction: Some(Reduction::R2), nights: vec![Night { pam: 0, day: 0, hotel: 0 }] };
    let instance = read(Family::Realistic, "G0", 0, &file.to_string(), &given).expect("reads");
    let (written, _) = solved(&instance, 3000);
    assert_eq!(written["days"][0]["visits"].as_array().map(Vec::len), Some(1));
}

fn refuses(family: Family, m: usize, text: &str, expected: &str) {
    let error = read(family, "c0", m, text, &Ask::default()).err().map(|error| format!("{error:#}"));
    let told = error.unwrap_or_else(|| "reads".to_owned());
    assert!(told.contains(expected), "{}: {told}", family.name());
}

#[test]
fn broken_files_are_told_with_their_line() {
    refuses(Family::Top, 0, &TOP.replace("9 9", "9 x"), "line 7: \"x\" is not a number");
    refuses(Family::Top, 0, &TOP.replace("n 5", "n 6"), "ends after line 8, before all points");
    refuses(Family::Top, 0, &TOP.replace("n 5", "n 4"), "line 8: more lines");
    refuses(Family::Top, 0, &TOP.replace("tmax", "tmin"), "line 3: \"tmin\" instead of \"tmax\"");
    refuses(Family::Toptw, 1, &TOPTW.replace("\n2 2", "\n7 2"), "line 5: point 7 instead of 2");
    refuses(Family::Toptw, 1, "", "ends after line 0");
    refuses(Family::Mctopmtw, 0, &MCTOPMTW.replace(" 1 95", ""), "line 5: fewer than");
    refuses(Family::Ttdp, 0, &TTDP.replace("2 30", "2 nan"), "line 4: \"nan\"");
    refuses(Family::Ophs, 0, &OPHS.replace("10 10.0001", "10"), "line 3: fewer than 2");
    refuses(Family::Realistic, 0, "{\n\"seasons\": 1,\n", "line 3");
    refuses(Family::Realistic, 0, &season().to_string().replace("\"partner\":0", "\"partner\":9"), "fixed 0");
}

/// The judge must find this answer wrong, and say why.
fn spoiled(family: Family, m: usize, text: &str, answer: &Value, expected: &str) {
    let instance = read(family, "c0", m, text, &Ask::default()).expect("reads");
    let told =
        instance.judge(answer).map_or_else(|error| format!("{error:#}"), |verdict| format!("fine: {}", verdict.value));
    assert!(told.contains(expected), "{}: {told}", family.name());
}

#[test]
fn answers_are_judged_by_the_file() {
    let routes = |routes: Value| json!({"routes": routes});
    spoiled(Family::Top, 0, TOP, &routes(json!([[1], [2]])), "fine: 12");
    spoiled(Family::Top, 0, TOP, &routes(json!([[1, 2], []])), "tour 1: ends at 12");
    spoiled(Family::Top, 0, TOP, &routes(json!([[1], [1]])), "vertex 1 is visited twice");
    spoiled(Family::Top, 0, TOP, &routes(json!([[1]])), "1 tours instead of 2");
    spoiled(Family::Top, 0, TOP, &routes(json!([[4], []])), "4 is not a vertex to visit");
    spoiled(Family::Toptw, 1, TOPTW, &routes(json!([[2, 1]])), "vertex 1 is closed");
    spoiled(Family::Toptw, 1, &TOPTW.replace(" 30\n1 1", " 17\n1 1"), &routes(json!([[1, 2]])), "tour 1: ends at");
    spoiled(Family::Mctopmtw, 0, MCTOPMTW, &routes(json!([[2], [3]])), "budget 1 is overdrawn");
    spoiled(Family::Mctopmtw, 0, MCTOPMTW, &routes(json!([[2, 4], []])), "budget 0 is overdrawn");
    spoiled(Family::Mctopmtw, 0, MCTOPMTW, &routes(json!([[4], []])), "fine: 3");
    spoiled(Family::Ttdp, 0, TTDP, &routes(json!([[], [1]])), "vertex 1 is closed");
    let trips = |first: (usize, usize), second: (usize, usize)| {
        let trip = |(from, to): (usize, usize), visits: &[usize]| json!({"from": from, "visits": visits, "to": to});
        json!({"trips": [trip(first, &[3]), trip(second, &[4])]})
    };
    spoiled(Family::Ophs, 0, OPHS, &trips((0, 2), (2, 1)), "fine: 10");
    spoiled(Family::Ophs, 0, OPHS, &trips((0, 2), (0, 1)), "begins at 0, the one before it ended at 2");
    spoiled(Family::Ophs, 0, OPHS, &trips((0, 1), (1, 1)), "tour 1: ends at 20");
    spoiled(Family::Ophs, 0, OPHS, &trips((0, 2), (2, 0)), "the last trip ends at 0");
}

/// A day of the season with one change, which the judge must find.
fn spoiled_day(change: impl Fn(&mut Value), expected: &str) {
    let mut answer = json!({"days": [
        {"pam": 0, "day": 0, "from": null, "departs": 500.0, "visits": [{"partner": 0, "begins": 570.0}], "arrives": 940.0, "to": 0},
        {"pam": 0, "day": 1, "from": 0, "departs": 420.0, "visits": [{"partner": 1, "begins": 490.0}], "arrives": 900.0, "to": null},
    ]});
    change(&mut answer["days"]);
    spoiled(Family::Realistic, 0, &season().to_string(), &answer, expected);
}

#[test]
fn seasons_are_judged_by_the_file() {
    spoiled_day(|_| {}, "fine");
    spoiled_day(|days| days[0]["departs"] = json!(419.0), "departs at 419");
    spoiled_day(|days| days[0]["departs"] = json!(565.0), "partner 0 at 570");
    spoiled_day(|days| days[0]["visits"][0]["begins"] = json!(601.0), "open (540.0, 600.0)");
    spoiled_day(|days| days[0]["arrives"] = json!(700.0), "arrives at 700");
    spoiled_day(|days| days[1]["arrives"] = json!(1111.0), "arrives at 1111");
    spoiled_day(|days| days[1]["day"] = json!(3), "PAM 0, day 3: is blocked");
    spoiled_day(|days| days[1]["day"] = json!(2), "visits a closed partner");
    spoiled_day(|days| days[1]["day"] = json!(7), "is not asked for");
    spoiled_day(|days| drop(days.as_array_mut().expect("days").pop()), "the next day does not begin in the hotel");
    spoiled_day(|days| days[1]["from"] = Value::Null, "partner 1 at 490");
    let unslept =
        |days: &mut Value| days[0] = json!({"pam": 0, "day": 2, "departs": 500.0, "visits": [], "arrives": 600.0});
    spoiled_day(unslept, "begins elsewhere than it slept");
    spoiled_day(|days| days[1]["visits"][0]["partner"] = json!(4), "partner 4 is unknown");
    let twice = |days: &mut Value| {
        days[0]["visits"] = json!([{"partner": 0, "begins": 540.0}, {"partner": 0, "begins": 600.0}]);
    };
    spoiled_day(twice, "partner 0 is visited on days [0, 0]");
}

/// Every shared file of the family is read and solved in a few rounds, and both judges agree.
fn every_shared_file(family: Family, at_most: u64) {
    let Some(folder) = shell::shared().map(|shared| shared.join("bench").join(family.name())) else {
        assert!(!shell::in_ci(), "the bench folder is missing");
        println!("skipped: no shared folder");
        return;
    };
    let found = super::files::find(&folder).expect("instances");
    assert!(found.len() > 3);
    for (at, found) in found.iter().enumerate() {
        let m = 1 + at % 4;
        let instance = Instance::read(family, &found.path, &found.name, m, &Ask::default()).expect(&found.name);
        let written = instance.written(&Plan::default());
        let untouched = instance.judge(&written);
        assert!(family == Family::Ophs || untouched.is_ok(), "{}: an empty plan is fine", found.name);
        if at % 8 == 0 && Path::new(&found.path).metadata().is_ok_and(|file| file.len() < 500_000) {
            let answer = solve(&instance.problem, None, 1, &mut |done| done as f64 / at_most as f64);
            let worth = check(&instance.problem, &answer.plan).expect(&found.name);
            let Verdict { value, missed, .. } = instance.judge(&instance.written(&answer.plan)).expect(&found.name);
            let apart = (worth - value).abs() > 1e-6 * value;
            assert!(value > 0.0 || worth == 0.0, "{}: {value}", found.name);
            assert!(!apart || missed > 0, "{}: {worth} and {value}", found.name);
        }
    }
}

#[test]
fn every_shared_top() {
    every_shared_file(Family::Top, 50);
}

#[test]
fn every_shared_toptw() {
    every_shared_file(Family::Toptw, 50);
}

#[test]
fn every_shared_mctopmtw() {
    every_shared_file(Family::Mctopmtw, 50);
}

#[test]
fn every_shared_ophs() {
    every_shared_file(Family::Ophs, 50);
}

#[test]
fn every_shared_ttdp() {
    every_shared_file(Family::Ttdp, 50);
}

#[test]
fn every_shared_season() {
    every_shared_file(Family::Realistic, 20);
}
