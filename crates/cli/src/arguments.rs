//! What can be said on the command line. Every command explains itself with an example.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use spelplan_facts::Day;
use spelplan_web::PublicAddress;

use crate::effect_arguments::EffectArguments;
use crate::mail_arguments::MailArguments;
use crate::meetings_arguments::{BriefingArguments, MeetingsArguments};
use crate::people_arguments::{AuditArguments, PeopleArguments, ProviderArguments};
use crate::planning_arguments::{PlanArguments, ReplanArguments};
use crate::roads_arguments::RoadsArguments;
use crate::territories_arguments::TerritoriesArguments;
use crate::time_arguments::TimeArguments;
use crate::upkeep_arguments::UpkeepArguments;
use crate::values::{day, part, public_address};

/// Field planning for those who sell through resellers: who deserves a visit, how often, and a season with dated, drivable days.
#[derive(Debug, Parser)]
#[command(name = "spelplan", version, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes:
  0  done
  1  something broke (the message says what, where and what to do)
  2  the command was not understood
  3  refused: wrong rows in the files, or nothing to plan
  4  the referee found faults in the plan
  5  there is no such plan, report or import";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build an invented Nordic distributor and open it in the browser
    Demo(DemoArguments),
    /// Take in partner lists, PAM lists, sell-out, visits, quotas
    Import(ImportArguments),
    /// Plan a field season
    Plan(PlanArguments),
    /// Change a plan: a visit called off, a PAM ill, snow; search on; or take the last change back
    Replan(ReplanArguments),
    /// Say what days in the field are worth, and who should get how many visits
    Coverage(CoverageArguments),
    /// Propose who runs which partner: less driving, fairer loads, few handovers; take one over
    Territories(TerritoriesArguments),
    /// Tell a partner's own business on a page: how it earns, aftermarket, growth, what to ask
    Briefing(BriefingArguments),
    /// List meetings: to log, to prepare, ready; or those that are over
    Meetings(MeetingsArguments),
    /// Say whom to be in touch with between visits, and why; log a touch by hand, from mail or a list
    Upkeep(UpkeepArguments),
    /// Say where PAMs' hours go, in totals, and which administration was taken away
    Time(TimeArguments),
    /// Let the independent referee judge a stored plan
    Check(CheckArguments),
    /// Show the model's parameters, segment by segment, with where each comes from
    Model(ModelArguments),
    /// Write a report as CSV, JSON or XLSX
    Report(ReportArguments),
    /// Say where drive times come from: estimated, a map service, a map of your own
    Roads(RoadsArguments),
    /// Read the history: what it teaches about the model, and why not more
    Learn(LearnArguments),
    /// Estimate effects from a file of your own: units over time, or a lottery
    Effect(EffectArguments),
    /// Open the pages in a browser
    Serve(ServeArguments),
    /// Say who may sign in: invite, reset, end
    People(PeopleArguments),
    /// Read the log of who did what, and check that nothing in it was changed
    Audit(AuditArguments),
    /// List past imports
    Imports(ImportsArguments),
    /// Take a whole import back, updates too
    Undo(UndoArguments),
    /// Take everything out of a database
    Clear(ClearArguments),
}

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct Database {
    /// SQLite file, or a postgres:// address
    #[arg(long = "db", value_name = "FILE|URL", env = "SPELPLAN_DB", default_value = "spelplan.db")]
    pub location: String,
    /// Compute as on this day instead of today (or the data's last day where the data is old)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Day>,
}

/// `spelplan demo`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  spelplan demo\n  spelplan demo --partners 3000 --months 36 --seed 7 --db big.db")]
pub struct DemoArguments {
    /// Partners to invent
    #[arg(long, default_value_t = 260)]
    pub partners: usize,
    /// Months of sales to invent
    #[arg(long, default_value_t = 36)]
    pub months: usize,
    /// Seed: the same seed invents the same market
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Sale lines wanted, about
    #[arg(long)]
    pub lines: Option<usize>,
    /// SQLite file, or a postgres:// address
    #[arg(long = "db", value_name = "FILE|URL", default_value = "spelplan-demo.db")]
    pub location: String,
    /// Invent the market up to this day instead of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Day>,
    /// Address to open the pages on; the next free port is taken where it is busy
    #[arg(long, default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,
    /// Only build the database; open no pages
    #[arg(long)]
    pub no_serve: bool,
    /// Do not plan a season at once
    #[arg(long)]
    pub no_plan: bool,
    /// Take the demo out again and stop
    #[arg(long)]
    pub clear: bool,
}

/// `spelplan import`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan import partners.csv pams.csv sellout.csv --db spelplan.db
  spelplan import exports/ --db spelplan.db --dry-run
  spelplan import partners.xlsx --good-rows-only --wrong-rows wrong/

Files may be CSV (any encoding and separator), XLSX or Parquet, also gzipped. What a file holds is seen from its columns:
pams, partners, contacts, products, sales, touches (visits too), quotas, absences, meetings to come; and of partners' businesses annual, contracts, rebates,
certificates, stock, receivables, pipeline, campaigns, resale, cases; and toss-ups that were drawn elsewhere. All of it goes in, or nothing.")]
pub struct ImportArguments {
    /// Files, or folders of files
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// What the files hold, where their columns do not tell
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Read a column under another name: FIELD=HEADER; may be repeated
    #[arg(long = "column", value_name = "FIELD=HEADER")]
    pub columns: Vec<String>,
    /// Country of rows that do not say (two letters)
    #[arg(long)]
    pub country: Option<String>,
    /// Import the good rows although some are wrong
    #[arg(long)]
    pub good_rows_only: bool,
    /// Show what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the wrong rows, with their reasons, into this folder
    #[arg(long, value_name = "FOLDER")]
    pub wrong_rows: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan coverage`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan coverage --db spelplan.db
  spelplan coverage --share 80% --db spelplan.db
  spelplan coverage --days 120 --json --db spelplan.db")]
pub struct CoverageArguments {
    /// Days in the field of all PAMs in the year; today's where left out
    #[arg(long, value_name = "N", conflicts_with = "share")]
    pub days: Option<f64>,
    /// The same as a part of today's: 80% or 0.8
    #[arg(long, value_name = "PART", value_parser = part)]
    pub share: Option<f64>,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan check`
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  spelplan check 3 --db spelplan.db\n  spelplan check latest --db spelplan.db --json"
)]
pub struct CheckArguments {
    /// Number of the plan, or `latest`
    #[arg(value_name = "PLAN", default_value = "latest")]
    pub plan: String,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan report`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan report open-goals --format csv --db spelplan.db
  spelplan report season-plan --plan 3 --format xlsx --output season.xlsx

Reports: open-goals, season-plan, left-out, coverage, coverage-year, totals.")]
pub struct ReportArguments {
    /// Name of the report
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// csv, json or xlsx
    #[arg(long, default_value = "csv", value_parser = ["csv", "json", "xlsx"])]
    pub format: String,
    /// JSON, whatever --format says
    #[arg(long)]
    pub json: bool,
    /// Number of the plan, for reports of a plan; the latest where left out
    #[arg(long)]
    pub plan: Option<i64>,
    /// File to write; standard output where left out
    #[arg(long, short)]
    pub output: Option<PathBuf>,
}

/// `spelplan learn`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  spelplan learn --db spelplan.db\n  spelplan learn --db spelplan.db --json")]
pub struct LearnArguments {
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan serve`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan serve --db spelplan.db --listen 127.0.0.1:8787
  spelplan serve --db spelplan.db --listen 127.0.0.1:8787 --public-url https://plan.company.example")]
pub struct ServeArguments {
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Address to open the pages on; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,
    /// Where people reach the pages, where a proxy stands in front: https://plan.company.example
    #[arg(long, value_name = "URL", env = "SPELPLAN_PUBLIC_URL", value_parser = public_address)]
    pub public_url: Option<PublicAddress>,
    /// Say the address in JSON
    #[arg(long)]
    pub json: bool,
    /// A provider of sign-in
    #[command(flatten)]
    pub provider: ProviderArguments,
    /// Mail out
    #[command(flatten)]
    pub mail: MailArguments,
}

/// `spelplan imports`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  spelplan imports --db spelplan.db")]
pub struct ImportsArguments {
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan undo`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  spelplan undo 2 --db spelplan.db")]
pub struct UndoArguments {
    /// Number of the import
    #[arg(value_name = "IMPORT")]
    pub import: i64,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan model`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  spelplan model --db spelplan.db")]
pub struct ModelArguments {
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan clear`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  spelplan clear --db spelplan-demo.db --yes")]
pub struct ClearArguments {
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Yes, take real data out too
    #[arg(long)]
    pub yes: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}
