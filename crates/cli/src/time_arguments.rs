//! What can be said after `spelplan time`.

use clap::Args;
use spelplan_facts::Day;

use crate::arguments::Database;
use crate::values::day;

/// `spelplan time`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan time --db spelplan.db
  spelplan time --season 1 --week 2026-03-02 --json --db spelplan.db
  spelplan time --assume briefing=30 --db spelplan.db

Totals of each PAM: field, preparation, digital, administration, and what nobody knows. Nobody is followed: hours come from the plan, meetings, touches and
calendars. What was made here and used, times assumed minutes, stands below as administration taken away.")]
pub struct TimeArguments {
    /// The weeks of this plan instead of those around today
    #[arg(long, value_name = "PLAN")]
    pub season: Option<i64>,
    /// The week to look at, by any of its days
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub week: Option<Day>,
    /// Assume so many minutes from now on: working-day, drive-outside, minutes, invitation, draft, briefing, stop, offline, touch
    #[arg(long, value_name = "WHAT=MINUTES", value_parser = assumption)]
    pub assume: Option<(String, i32)>,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in CSV
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

fn assumption(words: &str) -> Result<(String, i32), String> {
    let wrong = || format!("`{words}` is no assumption; write one such as briefing=30");
    let (what, minutes) = words.split_once('=').ok_or_else(wrong)?;
    let known = spelplan_app::worktime::Assumption::coded(what.trim()).ok_or_else(wrong)?;
    Ok((known.code().to_owned(), minutes.trim().parse().map_err(|_| wrong())?))
}
