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

#[test]
fn half_of_all_belgian_drives_are_estimated_within_ten_percent() {
    let Some(table) = table() else { return };
    let settings = Settings { drive_slack: Share(0.0), ..Settings::default() };
    let (mut time_errors, mut km_errors, mut too_long) = (Vec::new(), Vec::new(), 0);
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let number = |column: usize| cells[column].parse::<f64>().expect("a number");
        let (from, to) = (Point { lat: number(1), lon: number(2) }, Point { lat: number(4), lon: number(5) });
        let Drive::Estimated(leg) = leg(&settings, from, to) else { panic!("Belgium has no ferries: {row}") };
        if number(6) > 0.0 {
            time_errors.push((f64::from(leg.time.0) / number(6) - 1.0).abs());
            km_errors.push((leg.km / number(7) - 1.0).abs());
            too_long += usize::from(f64::from(leg.time.0) > number(6));
        }
    }
    time_errors.sort_by(f64::total_cmp);
    km_errors.sort_by(f64::total_cmp);
    let (count, middle) = (time_errors.len(), time_errors.len() / 2);
    println!("{count} drives: time {:.3}, km {:.3}, {too_long} too long", time_errors[middle], km_errors[middle]);
    assert!(count > 4_000);
    assert!(time_errors[middle] <= 0.10, "median error of time {}", time_errors[middle]);
    assert!(km_errors[middle] <= 0.10, "median error of distance {}", km_errors[middle]);
}
