//! What can be said after `spelplan meetings` and `spelplan briefing`.

use clap::Args;

use crate::arguments::Database;

/// `spelplan meetings`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan meetings --db spelplan.db
  spelplan meetings --pam Anna --past --json --db spelplan.db")]
pub struct MeetingsArguments {
    /// Only this PAM's, by number or name
    #[arg(long, value_name = "PAM")]
    pub pam: Option<String>,
    /// Those that are over instead of those ahead
    #[arg(long)]
    pub past: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan briefing`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan briefing 1001 --db spelplan.db
  spelplan briefing \"Metropolitan Bicycle Supply\" --json --db spelplan.db

Each figure says where it comes from: observed, from the partner, estimated, or a benchmark of at least five partners like it.
What is not known says what it takes to know it.")]
pub struct BriefingArguments {
    /// The partner, by number in the files or by name
    #[arg(value_name = "PARTNER")]
    pub partner: String,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON, with formulae and inputs
    #[arg(long)]
    pub json: bool,
}
