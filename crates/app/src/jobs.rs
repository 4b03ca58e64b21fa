//! Work that takes more than a second: it runs beside the pages, tells how far it is, and keeps its result for whoever asks.
//! It lives in this process; several machines that share a database each run their own.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use spelplan_facts::{PamId, PlanId, Text};

use crate::AppError;
use crate::territories::TerritoryTerms;

/// Longest wait for a page before the reader is shown progress instead, and time between two looks at the job.
pub(crate) const PATIENCE: Duration = Duration::from_millis(700);
pub(crate) const GLANCE: Duration = Duration::from_millis(15);

/// Names a job.
pub type JobId = u64;

/// How a job stands.
#[derive(Debug, Clone)]
pub struct JobState {
    /// What it does.
    pub title: Text,
    /// Steps done.
    pub done: u64,
    /// Steps in all; 0 while unknown.
    pub total: u64,
    /// Its end, once reached; an error carries its code and its words in Swedish and English.
    pub end: Option<Result<JobResult, JobFailure>>,
}

/// What a job gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobResult {
    /// An import is ready to be looked at.
    Preview(u64),
    /// An import is in.
    Imported(i64),
    /// A season is planned.
    Planned(PlanId),
    /// A longer search than that plan's has ended.
    SearchedOn(PlanId),
    /// History is read.
    Learned,
    /// The year is counted.
    YearCounted,
    /// Territories are proposed, on those terms.
    TerritoriesProposed(TerritoryTerms),
    /// Calendars are read: one PAM's, or everybody's.
    CalendarsRead(Option<PamId>),
    /// The demo stands.
    DemoReady,
}

/// Why a job gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobFailure {
    /// Stable code.
    pub code: &'static str,
    /// In English.
    pub en: String,
    /// På svenska.
    pub sv: String,
}

/// How far a piece of work is; shared between the worker and whoever watches.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// So many of so many steps are done.
    pub fn set(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Steps done, steps in all (0 while unknown).
    pub fn get(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

struct Job {
    title: Text,
    progress: Arc<Progress>,
    end: Mutex<Option<Result<JobResult, JobFailure>>>,
}

/// The jobs of this process; the oldest ended ones are forgotten.
#[derive(Default)]
pub(crate) struct Jobs {
    next: AtomicU64,
    jobs: Mutex<BTreeMap<JobId, Arc<Job>>>,
}

/// Ended jobs kept for whoever still asks.
const KEPT: usize = 200;

impl Jobs {
    /// Starts the work beside and names it at once.
    pub(crate) fn start<Work, Run>(&self, title: Text, work: Work) -> JobId
    where
        Work: FnOnce(Arc<Progress>) -> Run,
        Run: Future<Output = Result<JobResult, AppError>> + Send + 'static,
    {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let job = Arc::new(Job { title, progress: Arc::default(), end: Mutex::new(None) });
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        while jobs.len() >= KEPT {
            jobs.pop_first();
        }
        jobs.insert(id, Arc::clone(&job));
        let work = tokio::spawn(work(Arc::clone(&job.progress)));
        tokio::spawn(async move {
            let end = work.await.unwrap_or_else(|panic| Err(AppError::died(&panic)));
            let end = end.map_err(|error| failure(&error));
            *job.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
        });
        id
    }

    /// How a job stands.
    pub(crate) fn state(&self, id: JobId) -> Option<JobState> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let job = jobs.get(&id)?;
        let (done, total) = job.progress.get();
        let end = job.end.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Some(JobState { title: job.title, done, total, end })
    }
}

fn failure(error: &AppError) -> JobFailure {
    use spelplan_facts::Language::{English, Swedish};
    tracing::warn!(code = error.code(), "job failed: {error}");
    JobFailure { code: error.code(), en: error.text(English), sv: error.text(Swedish) }
}
