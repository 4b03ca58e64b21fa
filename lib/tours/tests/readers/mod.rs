//! Public instances, read for tests.
#![allow(dead_code, reason = "each test reads what it needs")]

use std::collections::BTreeMap;

use serde_json::Value;
use spelplan_tours::{Bed, CLOSED, Day, Opening, Problem, Stop, Traveller, UNREACHABLE};

/// Text of a file beside the repository; `None` (with a message) where it is not at hand.
#[allow(clippy::disallowed_methods, reason = "a test reads its cases")]
pub fn text(name: &str) -> Option<String> {
    let path = format!("{}/../../../shared/bench/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        assert!(std::env::var("CI").is_err(), "the bench folder is missing: {path}");
        println!("skipped: no {path}");
    }
    text
}

fn numbers(line: &str) -> Vec<f64> {
    line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

fn at_home() -> Traveller {
    Traveller { max_nights: 0, days_per_week: 7, week_minutes: None, travel_budget: None }
}

fn stop(place: usize, stay: i32, value: f64, openings: Vec<u32>) -> Stop {
    Stop { place, stay, gains: vec![value], min_gap: 1, openings, ..Stop::default() }
}

fn day(traveller: usize, ends: i32, from: usize, to: usize) -> Day {
    Day {
        traveller,
        number: 0,
        week: 0,
        starts: 0,
        ends,
        from,
        to,
        may_sleep: false,
        max_drive: ends,
        max_stops: usize::MAX,
    }
}

/// Distances between points, as whole numbers of the given unit, cut and never rounded up.
fn distances(points: &[(f64, f64)], unit: f64) -> Vec<i32> {
    let one = |a: &(f64, f64), b: &(f64, f64)| ((a.0 - b.0).hypot(a.1 - b.1) * unit + 1e-7).floor() as i32;
    points.iter().flat_map(|a| points.iter().map(move |b| one(a, b))).collect()
}

fn always(ends: i32) -> Vec<Opening> {
    vec![Opening::default(), Opening { windows: vec![(0, ends)], share: 1.0 }]
}

/// A team orienteering problem: each route is a day of a traveller of its own.
pub fn top(text: &str) -> Problem {
    let unit = 1000.0;
    let mut lines = text.lines();
    let mut head = || numbers(lines.next().expect("a head"))[0];
    let (n, m, limit) = (head() as usize, head() as usize, head());
    let rows: Vec<Vec<f64>> = lines.map(numbers).filter(|row| row.len() == 3).collect();
    let points: Vec<(f64, f64)> = rows.iter().map(|row| (row[0], row[1])).collect();
    assert_eq!(points.len(), n);
    let ends = (limit * unit).floor() as i32;
    Problem {
        n_places: n,
        minutes: distances(&points, unit),
        travellers: vec![at_home(); m],
        days: (0..m).map(|traveller| day(traveller, ends, 0, n - 1)).collect(),
        stops: (1..n - 1).map(|place| stop(place, 0, rows[place][2], vec![1; m])).collect(),
        openings: always(ends),
        step: 1,
        ..Problem::default()
    }
}

/// The same with time windows.
pub fn toptw(name: &str, text: &str, m: usize) -> Problem {
    let unit = if name.starts_with("pr") { 100.0 } else { 10.0 };
    let rows: Vec<Vec<f64>> = text.lines().skip(2).map(numbers).filter(|row| row.len() > 6).collect();
    let points: Vec<(f64, f64)> = rows.iter().map(|row| (row[1], row[2])).collect();
    let whole = |number: f64| (number * unit).round() as i32;
    let window = |row: &[f64]| (whole(row[row.len() - 2]), whole(row[row.len() - 1]));
    let ends = window(&rows[0]).1;
    let mut openings = vec![Opening::default()];
    openings.extend(rows[1..].iter().map(|row| Opening { windows: vec![window(row)], share: 1.0 }));
    let stop = |(at, row): (usize, &Vec<f64>)| stop(at + 1, whole(row[3]), row[4], vec![at as u32 + 1; m]);
    Problem {
        n_places: rows.len(),
        minutes: distances(&points, unit),
        travellers: vec![at_home(); m],
        days: (0..m).map(|traveller| day(traveller, ends, 0, 0)).collect(),
        stops: rows[1..].iter().enumerate().map(stop).collect(),
        openings,
        step: 1,
        ..Problem::default()
    }
}

/// Orienteering with hotels: one traveller whose nights are all in beds. The last place is nowhere.
pub fn ophs(text: &str) -> Problem {
    let unit = 1000.0;
    let mut lines = text.lines();
    let mut head = || numbers(lines.next().expect("a head"));
    let first = head();
    let (vertices, hotels, trips) = (first[0] as usize, first[1] as usize, first[2] as usize);
    head();
    let lengths = head();
    let rows: Vec<Vec<f64>> = lines.map(numbers).filter(|row| row.len() == 3).collect();
    assert_eq!((rows.len(), lengths.len()), (vertices + hotels, trips));
    let points: Vec<(f64, f64)> = rows.iter().map(|row| (row[0], row[1])).collect();
    let n = rows.len() + 1;
    let mut minutes = vec![UNREACHABLE; n * n];
    let among = distances(&points, unit);
    for from in 0..n - 1 {
        minutes[from * n..from * n + n - 1].copy_from_slice(&among[from * (n - 1)..(from + 1) * (n - 1)]);
    }
    let longest = ((lengths.iter().copied().fold(0.0, f64::max) + 2e-4) * unit).floor() as i32;
    let days = (0..trips).map(|trip| Day {
        number: trip as i32,
        from: if trip == 0 { 0 } else { n - 1 },
        to: if trip + 1 == trips { 1 } else { n - 1 },
        may_sleep: trip + 1 < trips,
        ..day(0, ((lengths[trip] + 2e-4) * unit).floor() as i32, 0, 0)
    });
    Problem {
        n_places: n,
        minutes,
        travellers: vec![Traveller { max_nights: trips, days_per_week: trips, ..at_home() }],
        days: days.collect(),
        stops: (hotels + 2..n - 1).map(|place| stop(place, 0, rows[place][2], vec![1; trips])).collect(),
        openings: always(longest),
        beds: (0..hotels + 2).map(|place| Bed { place, price: 0.0 }).collect(),
        step: 1,
        ..Problem::default()
    }
}

/// Best known values by instance (and number of routes, for `toptw`).
pub fn best_known(family: &str) -> BTreeMap<(String, usize), f64> {
    let text = text(&format!("{family}/bks.csv")).unwrap_or_default();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let with_m = family == "toptw";
        let m = if with_m { cells[1].parse().ok()? } else { 0 };
        Some(((cells[0].to_owned(), m), cells[1 + usize::from(with_m)].parse().ok()?))
    };
    // What is only thought to be above every plan is not known.
    text.lines().skip(1).filter(|line| !line.contains("upper-estimate")).filter_map(row).collect()
}

/// How much of a realistic season is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Everything the file says.
    Full,
    /// Home every night, once to each partner, anybody to anywhere, no appointments.
    Reduced,
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn list<'a>(of: &'a Value, name: &str) -> &'a Vec<Value> {
    of[name].as_array().expect("a list")
}

/// A realistic season: places are homes, then hotels, then partners; an appointment is a stop of its own, which brings the
/// partner's first value and keeps other visits away.
pub fn realistic(text: &str, reading: Reading) -> Problem {
    let file: Value = serde_json::from_str(text).expect("JSON");
    let full = reading == Reading::Full;
    let (pams, hotels) = (list(&file, "pams"), list(&file, "hotels"));
    let everywhere: Vec<&Value> = pams.iter().chain(hotels).chain(list(&file, "partners")).collect();
    let ways = everywhere.iter().flat_map(|from| everywhere.iter().map(|to| way(from, to)));
    let (minutes, kilometres): (Vec<i32>, Vec<f64>) = ways.unzip();
    let cost = |(minutes, kilometres): (&i32, &f64)| {
        kilometres * number(&file["km_cost"]) + f64::from(*minutes) * number(&file["minute_cost"])
    };
    let mut openings = vec![Opening::default()];
    let days = days(&file, full);
    let nights = if full { number(&file["max_nights_in_a_row"]) as usize } else { 0 };
    Problem {
        n_places: everywhere.len(),
        fares: minutes.iter().zip(&kilometres).map(cost).collect(),
        minutes,
        travellers: vec![Traveller { max_nights: nights, days_per_week: 5, ..at_home() }; pams.len()],
        stops: stops(&file, full, &days, pams.len() + hotels.len(), &mut openings),
        days,
        openings,
        beds: (hotels.iter().zip(pams.len()..))
            .map(|(bed, place)| Bed { place, price: number(&bed["night"]) })
            .collect(),
        step: 1,
        ..Problem::default()
    }
}

/// Minutes and kilometres on the road, by the file's formula.
fn way(from: &Value, to: &Value) -> (i32, f64) {
    if std::ptr::eq(from, to) {
        return (0, 0.0);
    }
    let (here, there) = (number(&from["lat"]).to_radians(), number(&to["lat"]).to_radians());
    let across = (number(&from["lon"]) - number(&to["lon"])).to_radians() * ((here + there) / 2.0).cos();
    let flat = 6371.0 * across.hypot(here - there);
    let speed = match flat {
        near if near < 10.0 => 35.0,
        near if near < 50.0 => 65.0,
        _ => 85.0,
    };
    ((4.0 + flat * 1.3 / speed * 60.0).ceil() as i32, flat * 1.3)
}

fn days(file: &Value, full: bool) -> Vec<Day> {
    let n_days = (number(&file["seasons"]) * number(&file["weeks"])) as u64 * 5;
    let mut days = Vec::new();
    for (at, pam) in list(file, "pams").iter().enumerate() {
        let blocked = list(pam, "blocked_days");
        for number_of_day in (0..n_days).filter(|day| !blocked.iter().any(|blocked| blocked.as_u64() == Some(*day))) {
            let friday = number_of_day % 5 == 4;
            let ends = if full && friday { number(&file["home_by_friday"]) } else { number(&file["day"][1]) };
            days.push(Day {
                number: number_of_day as i32,
                week: (number_of_day / 5) as i32,
                starts: number(&file["day"][0]) as i32,
                may_sleep: full && !friday,
                ..day(at, ends as i32, at, at)
            });
        }
    }
    days
}

fn stops(file: &Value, full: bool, days: &[Day], first_place: usize, openings: &mut Vec<Opening>) -> Vec<Stop> {
    let none = Vec::new();
    let fixed = if full { list(file, "fixed") } else { &none };
    let mut of_window = |from: f64, to: f64| {
        openings.push(Opening { windows: vec![(from as i32, to as i32)], share: 1.0 });
        openings.len() as u32 - 1
    };
    let mut stops = Vec::new();
    for (at, partner) in list(file, "partners").iter().enumerate() {
        let gap = number(&partner["min_gap_days"]);
        let mut weekday = |window: &Value| match window.as_array() {
            Some(ends) => of_window(number(&ends[0]), number(&ends[1])),
            None => CLOSED,
        };
        let weekdays: Vec<u32> = list(partner, "open").iter().map(&mut weekday).collect();
        let open = |day: &Day| {
            let goes = list(partner, "pams").iter().any(|pam| pam.as_u64() == Some(day.traveller as u64));
            let apart = |one: &&Value| (number(&one["day"]) - f64::from(day.number)).abs() >= gap;
            let own = |one: &&Value| one["partner"].as_u64() == Some(at as u64);
            let free = fixed.iter().filter(own).all(|one| apart(&one));
            if (goes || !full) && free { weekdays[day.number as usize % 5] } else { CLOSED }
        };
        let mut gains: Vec<f64> = list(partner, "value").iter().map(number).collect();
        gains.truncate(if full { gains.len() } else { 1 });
        let openings = days.iter().map(open).collect();
        stops.push(Stop {
            gains,
            min_gap: gap as i32,
            ..stop(first_place + at, number(&partner["service"]) as i32, 0.0, openings)
        });
    }
    for one in fixed {
        let opening = of_window(number(&one["start"]), number(&one["start"]));
        let there =
            |day: &Day| f64::from(day.number) == number(&one["day"]) && day.traveller as f64 == number(&one["pam"]);
        let of_partner = &stops[number(&one["partner"]) as usize];
        stops.push(Stop {
            gains: of_partner.gains[..1].to_vec(),
            openings: days.iter().map(|day| if there(day) { opening } else { CLOSED }).collect(),
            fixed: true,
            ..of_partner.clone()
        });
    }
    stops
}
