//! Arguments of the commands that plan a season and change its plan.

use clap::Args;
use spelplan_facts::{Day, DayRange};

use crate::arguments::Database;
use crate::values::{day, season};

/// `spelplan plan`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  spelplan plan --season 2026-09-07..2026-10-16 --db spelplan.db")]
pub struct PlanArguments {
    /// First and last day on the road; the proposed weeks where left out
    #[arg(long, value_name = "FROM..TO", value_parser = season)]
    pub season: Option<DayRange>,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Seed of the search: same facts, day and seed give the same plan
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Search on and take the better plan where there is one; takes seconds for each PAM
    #[arg(long)]
    pub better: bool,
    /// Also seek how much more other routes could bring; takes seconds for each PAM
    #[arg(long)]
    pub prove: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan replan`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan replan --snow --day 2026-09-08 --db spelplan.db
  spelplan replan latest --cancel P-104 --day 2026-09-08 --db spelplan.db
  spelplan replan --ill PAM-3 --day 2026-09-08 --until 2026-09-10 --db spelplan.db
  spelplan replan --better --db spelplan.db
  spelplan replan --undo --db spelplan.db")]
#[group(id = "wanted", required = true, multiple = false, args = ["cancel", "ill", "snow", "better", "undo"])]
pub struct ReplanArguments {
    /// Number of the plan, or `latest`
    #[arg(value_name = "PLAN", default_value = "latest")]
    pub plan: String,
    /// Number or name of the partner that called its visit off
    #[arg(long, value_name = "PARTNER")]
    pub cancel: Option<String>,
    /// Number or name of the PAM who is ill
    #[arg(long, value_name = "PAM")]
    pub ill: Option<String>,
    /// Nobody drives that day
    #[arg(long)]
    pub snow: bool,
    /// Search on around what is arranged, and take the better plan where there is one; takes seconds for each PAM
    #[arg(long)]
    pub better: bool,
    /// Take the last change back
    #[arg(long)]
    pub undo: bool,
    /// Day of the visit or the snow, or first day of the illness
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub day: Option<Day>,
    /// Last day of the illness
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<Day>,
    /// Visits of today and the next two days may be touched
    #[arg(long)]
    pub next_days: bool,
    /// Locked and confirmed visits may be moved
    #[arg(long)]
    pub fixed_visits: bool,
    /// Leave gaps empty
    #[arg(long)]
    pub no_fill: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}
