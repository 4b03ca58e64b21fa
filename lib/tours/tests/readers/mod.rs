//! Public instances, read for tests.
#![allow(dead_code, reason = "each test reads what it needs")]

use std::collections::BTreeMap;

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
    text.lines().skip(1).filter_map(row).collect()
}

/// Which days of a realistic season may be slept away from, who may go where, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Everything the file says.
    Full,
    /// Home every night, once to each partner, anybody to anywhere, no appointments.
    Reduced,
}

/// A realistic season.
pub fn realistic(text: &str, reading: Reading) -> Problem {
    let file: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let list = |name: &str| file[name].as_array().expect("a list").clone();
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let (pams, partners, hotels) = (list("pams"), list("partners"), list("hotels"));
    let full = reading == Reading::Full;
    let n_weeks = (number(&file["seasons"]) * number(&file["weeks"])) as usize;
    let season_weeks = number(&file["weeks"]) as usize;
    let everywhere: Vec<&serde_json::Value> = pams.iter().chain(&hotels).chain(&partners).collect();
    let n = everywhere.len();
    let (mut minutes, mut fares) = (Vec::new(), Vec::new());
    for from in &everywhere {
        for to in &everywhere {
            let (lat, lon) = (number(&from["lat"]).to_radians(), number(&to["lat"]).to_radians());
            let x = (number(&from["lon"]) - number(&to["lon"])).to_radians() * ((lat + lon) / 2.0).cos();
            let km = 6371.0 * x.hypot(lat - lon);
            let speed = if km < 10.0 {
                35.0
            } else if km < 50.0 {
                65.0
            } else {
                85.0
            };
            let drive = 4.0 + km * 1.3 / speed * 60.0;
            let same = std::ptr::eq(*from, *to);
            minutes.push(if same { 0 } else { drive.round() as i32 });
            fares.push(if same { 0.0 } else { km * 1.3 * 2.5 + drive.round() * number(&file["minute_cost"]) });
        }
    }
    let mut days = Vec::new();
    for (at, pam) in pams.iter().enumerate() {
        let blocked: Vec<i64> =
            pam["blocked_days"].as_array().expect("days").iter().filter_map(|day| day.as_i64()).collect();
        for day in (0..n_weeks * 5).filter(|day| !blocked.contains(&(*day as i64))) {
            let ends = if full && day % 5 == 4 { number(&file["home_by_friday"]) } else { number(&file["day"][1]) };
            days.push(Day {
                traveller: at,
                number: day as i32,
                week: (day / 5) as i32,
                starts: number(&file["day"][0]) as i32,
                ends: ends as i32,
                from: at,
                to: at,
                may_sleep: full && day % 5 != 4,
                max_drive: 1440,
                max_stops: 99,
            });
        }
    }
    let mut openings = vec![Opening::default()];
    let mut stops = Vec::new();
    for (at, partner) in partners.iter().enumerate() {
        let may = |pam: usize| {
            !full || partner["pams"].as_array().expect("pams").iter().any(|one| one.as_u64() == Some(pam as u64))
        };
        let mut weekdays = Vec::new();
        for window in partner["open"].as_array().expect("windows") {
            if window.is_null() {
                weekdays.push(CLOSED);
                continue;
            }
            openings
                .push(Opening { windows: vec![(number(&window[0]) as i32, number(&window[1]) as i32)], share: 1.0 });
            weekdays.push(openings.len() as u32 - 1);
        }
        let gains: Vec<f64> = partner["value"].as_array().expect("values").iter().map(number).collect();
        stops.push(Stop {
            place: pams.len() + hotels.len() + at,
            stay: number(&partner["service"]) as i32,
            gains: if full { gains } else { gains[..1].to_vec() },
            min_gap: number(&partner["min_gap_days"]) as i32,
            openings: days
                .iter()
                .map(|day| if may(day.traveller) { weekdays[day.number as usize % 5] } else { CLOSED })
                .collect(),
            ..Stop::default()
        });
    }
    let _ = season_weeks;
    let nights = if full { number(&file["max_nights_in_a_row"]) as usize } else { 0 };
    Problem {
        n_places: n,
        minutes,
        fares,
        minute_cost: 0.0,
        travellers: vec![Traveller { max_nights: nights, days_per_week: 5, ..at_home() }; pams.len()],
        days,
        stops,
        openings,
        beds: hotels
            .iter()
            .enumerate()
            .map(|(at, hotel)| Bed { place: pams.len() + at, price: number(&hotel["night"]) })
            .collect(),
        budgets: Vec::new(),
        no_idle_days: false,
        step: 1,
    }
}
