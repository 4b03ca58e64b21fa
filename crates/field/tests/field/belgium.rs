//! The drive estimate against real car times between Belgian towns (OpenStreetMap roads).

use std::io::Read;
use std::path::Path;

use spelplan_facts::{Point, Settings, Share};
use spelplan_field::drive::{Drive, leg};

/// The rows of the table; `None`, with a message, where the shared folder is absent (never in CI).
fn table() -> Option<String> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/geo/belgium_road_100.csv.gz"));
    if !path.exists() {
        assert!(std::option_env!("CI").is_none(), "CI must have {}", path.display());
        println!("skipped: {} is absent", path.display());
        return None;
    }
    let mut text = String::new();
    #[allow(clippy::disallowed_methods, reason = "a test reads what the product may not ship")]
    let packed = std::fs::read(path).expect("the table can be read");
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("gzip");
    Some(text)
}

/// A drive of the table: the towns, and how far time and distance are off, as parts of the truth.
struct Row {
    towns: [String; 2],
    time: f64,
    km: f64,
}

fn rows(table: &str) -> Vec<Row> {
    let settings = Settings { drive_slack: Share(0.0), ..Settings::default() };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |column: usize| cells[column].parse::<f64>().expect("a number");
        let (from, to) = (Point { lat: number(1), lon: number(2) }, Point { lat: number(4), lon: number(5) });
        let Drive::Known(leg) = leg(&settings, from, to) else { panic!("Belgium has no ferries: {line}") };
        let (minutes, km) = (number(6), number(7));
        let towns = [cells[0].to_owned(), cells[3].to_owned()];
        (minutes > 0.0).then(|| Row { towns, time: f64::from(leg.time.0) / minutes - 1.0, km: leg.km / km - 1.0 })
    };
    table.lines().skip(1).filter_map(row).collect()
}

fn mean(errors: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = errors.fold((0.0, 0.0), |(sum, count), error| (sum + error.abs(), count + 1.0));
    sum / count
}

#[test]
fn belgian_drives_are_estimated_within_nine_and_a_half_percent_on_average() {
    let Some(table) = table() else { return };
    let rows = rows(&table);
    let (time, km) = (mean(rows.iter().map(|row| row.time)), mean(rows.iter().map(|row| row.km)));
    let bias = rows.iter().map(|row| row.time).sum::<f64>() / rows.len() as f64;
    println!("{} drives: mean error of time {time:.4} (bias {bias:+.3}), of distance {km:.4}", rows.len());
    assert!(rows.len() > 9_000);
    assert!(time <= 0.095, "mean error of time {time}");
    assert!(km <= 0.05, "mean error of distance {km}");
    assert!(bias.abs() <= 0.04, "neither too long nor too short: {bias}");
}

#[test]
fn no_tenth_of_the_belgian_towns_is_much_worse_than_the_whole() {
    let Some(table) = table() else { return };
    let rows = rows(&table);
    let mut towns: Vec<&String> = rows.iter().map(|row| &row.towns[0]).collect();
    towns.sort();
    towns.dedup();
    for part in 0..10 {
        let among: Vec<&String> = towns.iter().skip(part).step_by(10).copied().collect();
        let touched = |row: &&Row| row.towns.iter().any(|town| among.contains(&town));
        let error = mean(rows.iter().filter(touched).map(|row| row.time));
        println!("part {part}: {error:.4}");
        assert!(error <= 0.13, "part {part} of the towns: {error}");
    }
}
