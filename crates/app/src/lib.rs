//! Use cases, one file per step: load facts, let the step compute, keep the result. Nothing is computed here
//! and nothing is asked of the database but through `store`.

pub mod access;
pub mod audit;
pub mod board;
pub mod briefing;
pub mod calendar;
mod clock;
pub mod coverage;
pub mod demo;
pub mod effect;
mod errors;
pub mod import;
pub mod jobs;
mod lately;
pub mod learning;
pub mod letters;
pub mod meetings;
pub mod model;
pub mod open_goals;
pub mod operations;
pub mod partner;
pub mod people;
pub mod personal;
pub mod portal;
pub mod potential;
mod rated;
mod report;
pub mod roads;
pub mod season;
pub mod season_better;
pub mod season_kept;
mod season_proof;
pub mod season_strip;
pub mod season_weeks;
mod snapshot;
pub mod territories;
pub mod today;
pub mod upkeep;
pub mod worktime;

use async_recursion::async_recursion as boxed;
use std::sync::{Arc, OnceLock};

use spelplan_facts::Day;
use spelplan_store::Store;

pub use errors::{AppError, ErrorKind};
pub use spelplan_focus::questions as answered;
pub use spelplan_focus::{
    BackTest, CategoryPotential, HeldOut, LevelCheck, PartnerPotential, PotentialSource, Wallet, WalletSource,
};
pub use spelplan_intake as intake;
/// Figures of a briefing, as the pages and the command line tell them.
pub use spelplan_meetings as briefings;
pub use spelplan_referee::Verdict;
pub use spelplan_reports::{REPORTS, Report, Table};
pub use spelplan_store::{DriveCounts, FrozenSpecification, KeptFigure, ModelChange, PotentialWord, SaidOfPotential};

/// How the application is opened.
#[derive(Debug, Clone, Copy, Default)]
pub struct AppOptions {
    /// The day to compute for; `None` means today, or the last day in the data where the data is old.
    pub today: Option<Day>,
}

/// Everything Spelplan can be asked to do. Cheap to clone; clones share one database and one memory of it.
#[derive(Clone)]
pub struct App {
    store: Store,
    options: AppOptions,
    /// Where people may sign in beside passwords.
    provider: Option<Arc<people::Provider>>,
    memory: Arc<Memory>,
}

/// What the application keeps between questions; all of it can be made anew from the store, but for waiting previews.
#[derive(Default)]
struct Memory {
    snapshot: snapshot::Keeper,
    jobs: jobs::Jobs,
    previews: import::Previews,
    judged: season::JudgedPlans,
    prices: season::Prices,
    grounds: board::Grounds,
    years: coverage::Years,
    effects: effect::Effects,
    toss_ups: effect::Results,
    scorecards: effect::Scorecards,
    strips: season_strip::Strips,
    territories: territories::Proposed,
    proving: season_proof::Proving,
    seeking: season_better::Seeking,
    /// One long computation at a time beside the pages, in the order they were asked for.
    beside: tokio::sync::Mutex<()>,
    door: people::DemoDoor,
    first_run_key: OnceLock<String>,
    post: OnceLock<letters::Post>,
    /// Somebody pressed "send".
    pressed: tokio::sync::Notify,
}

impl App {
    /// Opens the database at that location: a file path, `sqlite:PATH` or a `postgres://` address.
    #[boxed]
    pub async fn open(location: &str, options: AppOptions) -> Result<App, AppError> {
        Ok(App { store: Store::open(location).await?, options, provider: None, memory: Arc::default() })
    }

    /// Does the database answer?
    #[boxed]
    pub async fn ready(&self) -> Result<(), AppError> {
        Ok(self.store.check_connection().await?)
    }

    /// How a job stands; `None` for one that never was or is long forgotten.
    pub fn job(&self, job: jobs::JobId) -> Option<jobs::JobState> {
        self.memory.jobs.state(job)
    }

    /// The job to watch, where it has not ended within a moment.
    pub(crate) async fn unless_soon(&self, job: jobs::JobId) -> Option<jobs::JobId> {
        let ended = async {
            while self.job(job).is_some_and(|state| state.end.is_none()) {
                tokio::time::sleep(jobs::GLANCE).await;
            }
        };
        tokio::time::timeout(jobs::PATIENCE, ended).await.is_err().then_some(job)
    }
}
