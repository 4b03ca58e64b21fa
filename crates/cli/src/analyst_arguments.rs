//! What can be said after `spelplan effect power`, `placebo` and `ratio`: an analyst's questions, without a database.

use std::path::PathBuf;

use clap::Args;

/// `spelplan effect power`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect power --effect 0.1 --deviation 0.4
  spelplan effect power --entries 200 --deviation 0.4 --explained 0.3 --correlation 0.05 --cluster-size 4
  spelplan effect power --entries 200 --effect 0.1 --data last_year.csv --outcome relative --cluster chain --covariates usual

--effect alone tells how many entries it takes, --entries alone the smallest effect they show, both together how probably it is seen.
The spread is told by --deviation and what stands beside it, or read from a file with one row for each entry.")]
pub struct PowerArguments {
    /// Entries in all, winners and losers
    #[arg(long, value_name = "N")]
    pub entries: Option<f64>,
    /// The effect, in the outcome's own unit
    #[arg(long, value_name = "EFFECT", allow_negative_numbers = true)]
    pub effect: Option<f64>,
    /// Standard deviation of the outcome
    #[arg(long, value_name = "DEVIATION", required_unless_present = "file", conflicts_with = "file")]
    pub deviation: Option<f64>,
    /// A file to read the spread from (CSV, any separator)
    #[arg(long = "data", value_name = "FILE", requires = "outcome")]
    pub file: Option<PathBuf>,
    /// Column of the outcome
    #[arg(long, value_name = "COLUMN", requires = "file")]
    pub outcome: Option<String>,
    /// Column of what is drawn as one (a chain)
    #[arg(long, value_name = "COLUMN", requires = "file")]
    pub cluster: Option<String>,
    /// Columns known before the draw; commas between
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', requires = "file")]
    pub covariates: Vec<String>,
    /// Part of the variance that covariates explain (R2)
    #[arg(long, value_name = "PART")]
    pub explained: Option<f64>,
    /// Correlation within clusters
    #[arg(long, value_name = "CORRELATION")]
    pub correlation: Option<f64>,
    /// Mean size of a cluster
    #[arg(long, value_name = "SIZE")]
    pub cluster_size: Option<f64>,
    /// How much sizes vary, as a part of the mean size
    #[arg(long, value_name = "PART")]
    pub cluster_variation: Option<f64>,
    /// Part of the entries that win
    #[arg(long, value_name = "PART", default_value_t = 0.5)]
    pub share: f64,
    /// Probability of a false alarm
    #[arg(long, value_name = "PROBABILITY", default_value_t = 0.05)]
    pub alpha: f64,
    /// Probability of seeing an effect that is there
    #[arg(long, value_name = "PROBABILITY", default_value_t = 0.8)]
    pub power: f64,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan effect placebo`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan effect placebo --data months.csv --unit partner --time month --outcome margin --relative --horizon 6 --base 12
  spelplan effect placebo --data drawn.csv --outcome relative --block stratum --cluster chain --covariates usual

Use data of a time in which nothing was done. With --unit and --time the file has one row for each unit in each period: the
outcome is the mean of the last --horizon periods, and the mean of the --base before them is known. Without, it has one row for each unit.")]
pub struct PlaceboArguments {
    /// The file (CSV, any separator)
    #[arg(long = "data", value_name = "FILE")]
    pub file: PathBuf,
    /// Column of the unit
    #[arg(long, value_name = "COLUMN", requires = "time")]
    pub unit: Option<String>,
    /// Column of the period
    #[arg(long, value_name = "COLUMN", requires = "unit")]
    pub time: Option<String>,
    /// Column of the outcome
    #[arg(long, value_name = "COLUMN")]
    pub outcome: String,
    /// Column of the block of the draw
    #[arg(long, value_name = "COLUMN")]
    pub block: Option<String>,
    /// Column of what is drawn as one (a chain)
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,
    /// Columns known before the draw; commas between
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub covariates: Vec<String>,
    /// Each unit's outcome as a part of its own usual one; units without any are left out
    #[arg(long, requires = "time")]
    pub relative: bool,
    /// Last periods that are counted
    #[arg(long, value_name = "PERIODS", default_value_t = 6)]
    pub horizon: usize,
    /// Periods before them that are usual
    #[arg(long, value_name = "PERIODS", default_value_t = 12)]
    pub base: usize,
    /// Part of each block that wins
    #[arg(long, value_name = "PART", default_value_t = 0.5, value_parser = part)]
    pub share: f64,
    /// Times it is drawn
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(100..=100_000))]
    pub draws: u32,
    /// Seed of the draws
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan effect ratio`
#[derive(Debug, Args)]
#[command(after_help = "Example:
  spelplan effect ratio --over 1200000 --over-error 300000 --under 800000 --under-error 60000

The interval is Fieller's: it holds the true ratio 95 times of 100. Where the lower figure may well be nothing it is unbounded, and said to be so.")]
pub struct RatioArguments {
    /// The figure above, such as what was brought in
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub over: f64,
    /// Its standard error
    #[arg(long, value_name = "ERROR")]
    pub over_error: f64,
    /// The figure below, such as the cost
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub under: f64,
    /// Its standard error; 0 where it is known
    #[arg(long, value_name = "ERROR", default_value_t = 0.0)]
    pub under_error: f64,
    /// Their covariance
    #[arg(long, value_name = "COVARIANCE", default_value_t = 0.0, allow_negative_numbers = true)]
    pub covariance: f64,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

fn part(text: &str) -> Result<f64, String> {
    let part: f64 = text.parse().map_err(|_| "write a number such as 0.5".to_owned())?;
    if part > 0.0 && part < 1.0 { Ok(part) } else { Err("write a part between 0 and 1, such as 0.5".to_owned()) }
}
