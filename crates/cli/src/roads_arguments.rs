//! What can be said to `spelplan roads`.

use std::path::PathBuf;

use clap::Args;
use spelplan_facts::{Ferry, Minutes, Point};

use crate::arguments::Database;

/// `spelplan roads`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan roads --db spelplan.db
  spelplan roads --osrm http://localhost:5000 --check --db spelplan.db
  spelplan roads --map sweden-latest.osm.pbf --db spelplan.db
  spelplan roads --ferry Visby=57.6348,18.2948,58.9036,17.9479,225 --db spelplan.db
  spelplan roads --trips trips.csv --db spelplan.db")]
pub struct RoadsArguments {
    /// Ask an OSRM service at this address
    #[arg(long, value_name = "URL", conflicts_with_all = ["valhalla", "map", "estimate"])]
    pub osrm: Option<String>,
    /// Ask a Valhalla service at this address
    #[arg(long, value_name = "URL", conflicts_with_all = ["map", "estimate"])]
    pub valhalla: Option<String>,
    /// Use an OpenStreetMap extract on this machine (.osm.pbf)
    #[arg(long, value_name = "FILE", conflicts_with = "estimate")]
    pub map: Option<PathBuf>,
    /// Ask nobody: estimate by distance
    #[arg(long)]
    pub estimate: bool,
    /// Ask everything again from now on: the service has a newer map
    #[arg(long)]
    pub anew: bool,
    /// Count on a ferry: its two ports and its minutes with waiting; may be repeated
    #[arg(long = "ferry", value_name = "NAME=LAT,LON,LAT,LON,MINUTES", value_parser = ferry, allow_hyphen_values = true)]
    pub ferries: Vec<Ferry>,
    /// Count on that ferry no more; may be repeated
    #[arg(long = "no-ferry", value_name = "NAME")]
    pub no_ferries: Vec<String>,
    /// Learn from trips that PAMs drove: a CSV file with pam, from, to, minutes, day
    #[arg(long, value_name = "FILE")]
    pub trips: Option<PathBuf>,
    /// Ask for a few drives and show them beside the estimate
    #[arg(long)]
    pub check: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

fn ferry(text: &str) -> Result<Ferry, String> {
    let wrong = || format!("`{text}` is no ferry; write it like Visby=57.6348,18.2948,58.9036,17.9479,225");
    let (name, figures) = text.split_once('=').ok_or_else(wrong)?;
    let figures: Vec<f64> = figures.split(',').map_while(|figure| figure.trim().parse().ok()).collect();
    let [from_lat, from_lon, to_lat, to_lon, minutes] = figures[..] else { return Err(wrong()) };
    let (from, to) = (Point { lat: from_lat, lon: from_lon }, Point { lat: to_lat, lon: to_lon });
    Ok(Ferry { name: name.trim().to_owned(), from, to, time: Minutes(minutes as i32) })
}
