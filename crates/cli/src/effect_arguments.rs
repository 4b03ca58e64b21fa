//! What can be said after `spelplan effect`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::analyst_arguments::{PlaceboArguments, PowerArguments, RatioArguments};
use crate::arguments::Database;

/// `spelplan effect`
#[derive(Debug, Args)]
pub struct EffectArguments {
    /// What to estimate from.
    #[command(subcommand)]
    pub source: EffectSource,
}

/// Where the figures come from.
#[derive(Debug, Subcommand)]
pub enum EffectSource {
    /// The company's own visits and sales: did they pay?
    Season(Box<SeasonArguments>),
    /// Toss-ups: what chance taught, and whether a draw stands
    TossUp(TossUpArguments),
    /// The same five lines for PAM and KAM: booked, anyway, brought in, cost, net
    Scorecard(TableArguments),
    /// What a planned season will cost and bring
    BusinessCase(CaseArguments),
    /// How much of plans comes true in closed seasons; put into use, or taken back
    Realised(RealisedArguments),
    /// A receipt of such a figure: does it still hold?
    Verify(VerifyArguments),
    /// Units over time, each first treated at a time of its own, or never
    Estimate(Box<EstimateArguments>),
    /// Entries of a lottery: chance decided who was visited
    Lottery(Box<LotteryArguments>),
    /// How many entries a lottery needs, or what so many can show
    Power(Box<PowerArguments>),
    /// Lotteries drawn over and over where nothing was done: what chance alone shows
    Placebo(Box<PlaceboArguments>),
    /// A ratio of two estimates with its interval
    Ratio(RatioArguments),
}

/// `spelplan effect season`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect season --db spelplan.db
  spelplan effect season --receipt receipt.json --lines lines.csv --db spelplan.db

Without a plan's number it is about everybody whose visits began; with one, about those whose visits began in its weeks.")]
pub struct SeasonArguments {
    /// Number of the season's plan
    #[arg(value_name = "PLAN")]
    pub plan: Option<i64>,
    /// Write the figure's receipt there: every line with its weight
    #[arg(long, value_name = "FILE")]
    pub receipt: Option<PathBuf>,
    /// Write the lines under the figure there as CSV; their last column adds up to it
    #[arg(long, value_name = "FILE")]
    pub lines: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
}

/// `spelplan effect toss-up`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect toss-up --db spelplan.db
  spelplan effect toss-up 1 --verify --db spelplan.db

Without a number every toss-up is listed. --verify makes the draw again from what was written down before it and ends with exit
code 4 where it comes out otherwise.")]
pub struct TossUpArguments {
    /// Number of the toss-up
    #[arg(value_name = "NUMBER")]
    pub number: Option<i64>,
    /// Make the draw again
    #[arg(long, requires = "number")]
    pub verify: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
}

/// `spelplan effect scorecard`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect scorecard --db spelplan.db
  spelplan effect scorecard --csv scorecard.csv --db spelplan.db")]
pub struct TableArguments {
    /// Write the table there as CSV
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
}

/// `spelplan effect business-case`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect business-case --db spelplan.db
  spelplan effect business-case 3 --csv case.csv --db spelplan.db

Without a plan's number it is about the latest plan that holds.")]
pub struct CaseArguments {
    /// Number of the season's plan
    #[arg(value_name = "PLAN")]
    pub plan: Option<i64>,
    /// What is written, and where the database is
    #[command(flatten)]
    pub table: TableArguments,
}

/// `spelplan effect realised`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect realised --db spelplan.db
  spelplan effect realised --use --db spelplan.db
  spelplan effect realised --undo --db spelplan.db

Shows what every planned gain is multiplied by, and what closed seasons speak for, with its 80 % interval. Nothing changes before --use;
--undo brings back what held before anything was learned.")]
pub struct RealisedArguments {
    /// Multiply every plan from now on by what closed seasons speak for
    #[arg(long = "use", conflicts_with = "undo")]
    pub put_into_use: bool,
    /// Take it back
    #[arg(long)]
    pub undo: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
}

/// `spelplan effect verify`
#[derive(Debug, Args)]
#[command(after_help = "Example:
  spelplan effect verify receipt.json --db spelplan.db

Ends with exit code 4 where a line has changed, gone or come, or where the receipt does not add up.")]
pub struct VerifyArguments {
    /// The receipt
    #[arg(value_name = "FILE")]
    pub receipt: PathBuf,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
}

/// How an effect is made comparable.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum EstimatorWord {
    /// Doubly robust
    Dr,
    /// Outcome regression
    Or,
    /// Inverse propensity weights
    Ipw,
}

/// Whom the treated are compared with.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ControlWord {
    /// Those never treated
    Never,
    /// Those not treated yet, and those never treated
    Notyet,
}

/// `spelplan effect estimate`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect estimate --panel sales.csv --unit reseller --time month --cohort first_visit --outcome margin
  spelplan effect estimate --panel sales.csv --unit reseller --time month --cohort first_visit --outcome relative \\
    --weight base --cluster chain --covariates potential,size --base 12 --json

The file has one row for each unit in each period. Periods are whole numbers or months (2026-03). The cohort column holds the
period of the unit's first treatment; empty, 0 or `never` means never.")]
pub struct EstimateArguments {
    /// The file (CSV, any separator)
    #[arg(long, value_name = "FILE")]
    pub panel: PathBuf,
    /// Column of the unit
    #[arg(long, value_name = "COLUMN")]
    pub unit: String,
    /// Column of the period
    #[arg(long, value_name = "COLUMN")]
    pub time: String,
    /// Column of the period of the first treatment
    #[arg(long, value_name = "COLUMN")]
    pub cohort: String,
    /// Column that is explained
    #[arg(long, value_name = "COLUMN")]
    pub outcome: String,
    /// Column of how much a unit counts
    #[arg(long, value_name = "COLUMN")]
    pub weight: Option<String>,
    /// Column of units that answer together (a chain)
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,
    /// Columns that make units comparable, as in the unit's first period; commas between
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub covariates: Vec<String>,
    /// Whom to compare with
    #[arg(long, value_enum, default_value = "never")]
    pub control: ControlWord,
    /// How to make the two comparable
    #[arg(long, value_enum, default_value = "dr")]
    pub estimator: EstimatorWord,
    /// Compare with the mean of so many last periods before the treatment; 12 for months, 1 as other programs do
    #[arg(long, value_name = "PERIODS", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub base: u16,
    /// Compare periods before the treatment with the last of them rather than each with the one before
    #[arg(long)]
    pub universal: bool,
    /// So many units of time before the treatment its effect may begin
    #[arg(long, value_name = "TIME", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..=10_000))]
    pub anticipation: i64,
    /// Periods of the test for drift; those of --base, or what the file allows
    #[arg(long, value_name = "PERIODS", value_parser = clap::value_parser!(u16).range(2..))]
    pub drift_periods: Option<u16>,
    /// Also the path of effects of cohorts seen for so long, and only so long
    #[arg(long, value_name = "TIME")]
    pub balance: Option<i64>,
    /// Multiplier draws for bands and drawn errors
    #[arg(long, value_name = "N", default_value_t = 999, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub draws: u32,
    /// Seed of the draws
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan effect lottery`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect lottery --data drawn.csv --arm won --outcome relative
  spelplan effect lottery --data drawn.csv --arm won --outcome relative --prob chance --block stratum --cluster chain \\
    --covariates potential,last_quarter --visited visited --json

The file has one row for each entry. The arm is 1 for those who won and 0 for the others; without --prob the chance is the
part of the block that won.")]
pub struct LotteryArguments {
    /// The file (CSV, any separator)
    #[arg(long = "data", value_name = "FILE")]
    pub file: PathBuf,
    /// Column of who won: 1 or 0
    #[arg(long, value_name = "COLUMN")]
    pub arm: String,
    /// Column of what came of it
    #[arg(long, value_name = "COLUMN")]
    pub outcome: String,
    /// Column of the chance to win
    #[arg(long, value_name = "COLUMN")]
    pub prob: Option<String>,
    /// Column of the block of the draw
    #[arg(long, value_name = "COLUMN")]
    pub block: Option<String>,
    /// Column of what was drawn as one (a chain)
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,
    /// Column of who was visited: 1 or 0
    #[arg(long, value_name = "COLUMN")]
    pub visited: Option<String>,
    /// Columns known before the draw; commas between
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub covariates: Vec<String>,
    /// Times the draw is repeated where not every way is gone through
    #[arg(long, value_name = "N", default_value_t = 9_999, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub draws: u32,
    /// Entries planned: the interval for any day is tightest there
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    pub planned: u32,
    /// Seed of the repeated draws
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}
