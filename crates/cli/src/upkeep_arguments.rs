//! What can be said after `spelplan upkeep`.

use std::path::PathBuf;

use clap::Args;
use spelplan_facts::Day;

use crate::arguments::Database;
use crate::values::day;

/// `spelplan upkeep`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan upkeep --db spelplan.db
  spelplan upkeep --pam Anna --json --db spelplan.db
  spelplan upkeep --log P-104 --way call --db spelplan.db
  spelplan upkeep --file sent.mbox --db spelplan.db
  spelplan upkeep --undo 7 --db spelplan.db

Touches are due only where a meeting has built something, and only where they pay. Of mail only who wrote to whom on which day is read.")]
#[group(id = "deed", multiple = false, args = ["log", "file", "undo"])]
pub struct UpkeepArguments {
    /// Only this PAM's list, by number or name
    #[arg(long, value_name = "PAM")]
    pub pam: Option<String>,
    /// Log a touch with this partner, by number or name
    #[arg(long, value_name = "PARTNER")]
    pub log: Option<String>,
    /// How: call, mail, chat, video
    #[arg(long, value_name = "WAY", default_value = "call", value_parser = ["call", "mail", "chat", "video"])]
    pub way: String,
    /// When; today where left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub day: Option<Day>,
    /// Log the touches of a file: mail (.eml, .mbox) or a list (CSV, XLSX)
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Take back what was logged under this number
    #[arg(long, value_name = "NUMBER")]
    pub undo: Option<i64>,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}
