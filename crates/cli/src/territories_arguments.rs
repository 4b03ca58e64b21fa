//! What can be said after `spelplan territories`.

use clap::Args;

use crate::arguments::Database;
use crate::values::part;

/// `spelplan territories`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan territories --db spelplan.db
  spelplan territories --cap 5% --keep 1001,1002 --show 2 --db spelplan.db
  spelplan territories --take 2 --db spelplan.db
  spelplan territories --undo 1 --db spelplan.db
  spelplan territories --lock 1001,1002 --db spelplan.db
  spelplan territories --locks --db spelplan.db

Each line is one way to share out the partners, today's first: driving in a season, how far loads lie from each other, the
largest load, partners that change PAM, and what that brings in its first year. None is better than another in driving,
fairness and what handovers cost at once.")]
pub struct TerritoriesArguments {
    /// Most partners that may change PAM, as a part of those that have one: 10% or 0.1
    #[arg(long, value_name = "PART", value_parser = part)]
    pub cap: Option<f64>,
    /// Partners that stay with the PAM they have, by number; commas between
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    pub keep: Vec<String>,
    /// List the handovers of the proposal with that number
    #[arg(long, value_name = "N")]
    pub show: Option<usize>,
    /// Take the proposal with that number over
    #[arg(long, value_name = "N")]
    pub take: Option<usize>,
    /// Take a change back: its partners get the PAMs they had before
    #[arg(long, value_name = "CHANGE", conflicts_with_all = ["take", "show", "cap", "keep"])]
    pub undo: Option<i64>,
    /// Lock partners to the PAM they have, by number: no proposal moves them until --unlock
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', conflicts_with_all = ["take", "show", "cap", "keep", "undo"])]
    pub lock: Vec<String>,
    /// End the locks of partners, by number
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', conflicts_with_all = ["take", "show", "cap", "keep", "undo"])]
    pub unlock: Vec<String>,
    /// List the partners that stay with their PAM
    #[arg(long, conflicts_with_all = ["take", "show", "cap", "keep", "undo"])]
    pub locks: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}
