//! Imports: read files into one plan, show it, commit exactly it, undo it whole.

mod differences;

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use spelplan_facts::{Day, Money, Text};
use spelplan_intake::{Counts, ImportPlan, Kind, Notice, Options, RowError, Source};

use crate::access::Actor;
use crate::audit::Deed;
use crate::jobs::{JobId, JobResult, Progress};
use crate::{App, AppError, ErrorKind, clock};

/// A file as handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What an import would do, for showing. The plan itself stays with the app until it is committed or dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPreview {
    /// To commit it by.
    pub preview: u64,
    /// Files in the order read.
    pub sources: Vec<String>,
    /// Counts per kind.
    pub counts: Vec<(Kind, Counts)>,
    /// The first wrong rows' errors (at most 200).
    pub errors: Vec<RowError>,
    /// Wrong rows in all.
    pub n_wrong: usize,
    /// Rows that would be written.
    pub n_written: usize,
    /// The first changed records: kind, key, then (field, before, after) (at most 50).
    pub changed: Vec<ChangedRecord>,
    /// Those that could not be placed: kind, key, name, what was looked for (at most 200).
    pub unplaced: Vec<(Kind, String, String, String)>,
    /// In all.
    pub n_unplaced: usize,
    /// Worth saying.
    pub notices: Vec<Notice>,
    /// Revenue of the lines to append.
    pub revenue: Money,
    /// First and last day of them.
    pub days: Option<(Day, Day)>,
    /// Their currency, where known.
    pub currency: Option<String>,
    /// The import it became, once committed.
    pub committed: Option<i64>,
}

/// A record that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRecord {
    /// What it is.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// Field, before, after.
    pub fields: Vec<(&'static str, String, String)>,
}

/// A past import in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportSummary {
    /// Identity.
    pub import: i64,
    /// When (RFC 3339).
    pub at: String,
    /// Files.
    pub sources: Vec<String>,
    /// Counts per kind.
    pub counts: Vec<(Kind, Counts)>,
    /// When it was undone, if it was.
    pub undone_at: Option<String>,
}

/// What is in the database, in all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// Partners.
    pub partners: i64,
    /// Contacts.
    pub contacts: i64,
    /// PAMs.
    pub pams: i64,
    /// Live sale lines.
    pub lines: i64,
    /// Live visits and touches.
    pub touches: i64,
    /// Quotas.
    pub quotas: i64,
    /// Revenue of all live lines.
    pub revenue: Money,
    /// Margin of the lines whose cost is known.
    pub margin: Money,
    /// First day of a live line.
    pub first_day: Option<Day>,
    /// Last day of a live line.
    pub last_day: Option<Day>,
    /// Partners without a place, without a PAM, without sales: what gaps cost the plan.
    pub without_place: i64,
    /// Partners that nobody runs.
    pub without_pam: i64,
    /// Currency.
    pub currency: String,
}

/// What an undo did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    /// Records put back as they were.
    pub restored: i64,
    /// Records and lines taken away.
    pub removed: i64,
    /// Records kept because something later builds on them.
    pub kept: i64,
}

/// Previews waiting for a yes; the oldest give way.
#[derive(Default)]
pub(crate) struct Previews(Mutex<BTreeMap<u64, Arc<Held>>>);

/// Previews kept waiting.
const WAITING: usize = 8;

/// Rows shown of each list in a preview.
const SHOWN: usize = 200;

/// An import plan that waits, and the state of the database it was made for.
pub(crate) struct Held {
    plan: ImportPlan,
    generation: i64,
    committed: Mutex<Option<i64>>,
}

impl Previews {
    fn hold(&self, plan: ImportPlan, generation: i64) -> u64 {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let preview = waiting.last_key_value().map_or(1, |(last, _)| last + 1);
        while waiting.len() >= WAITING {
            waiting.pop_first();
        }
        waiting.insert(preview, Arc::new(Held { plan, generation, committed: Mutex::new(None) }));
        preview
    }

    fn get(&self, preview: u64) -> Result<Arc<Held>, AppError> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let missing = || {
            AppError::not_found(
                "import waiting under that number; read the files again",
                "import som väntar med det numret; läs in filerna igen",
            )
        };
        waiting.get(&preview).cloned().ok_or_else(missing)
    }

    fn drop_one(&self, preview: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&preview);
    }
}

impl App {
    /// Reads files beside the pages into an import that waits to be looked at.
    pub fn start_reading(&self, actor: &Actor, files: Vec<ImportFile>) -> Result<JobId, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let title = Text { sv: "Läser filerna", en: "Reading the files" };
        let (app, actor) = (self.clone(), actor.clone());
        Ok(self.memory.jobs.start(title, move |_| async move {
            app.read_files(&actor, files, Options::default()).await.map(JobResult::Preview)
        }))
    }

    /// Reads files into an import that waits; changes nothing.
    #[boxed]
    pub async fn read_files(&self, actor: &Actor, files: Vec<ImportFile>, options: Options) -> Result<u64, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let generation = self.store.generation().await?;
        let read = tokio::task::spawn_blocking(move || {
            let sources: Vec<Source> =
                files.iter().map(|file| Source { name: &file.name, bytes: &file.bytes }).collect();
            spelplan_intake::read_all(&sources, &options)
        });
        let batches = read.await.map_err(|panic| AppError::died(&panic))??;
        let known = self.store.known(&batches).await?;
        let planned = tokio::task::spawn_blocking(move || spelplan_intake::plan(batches, &known));
        let plan = planned.await.map_err(|panic| AppError::died(&panic))?;
        Ok(self.memory.previews.hold(plan, generation))
    }

    /// What a waiting import would do.
    #[boxed]
    pub async fn preview(&self, _actor: &Actor, preview: u64) -> Result<ImportPreview, AppError> {
        let held = self.memory.previews.get(preview)?;
        Ok(shown(preview, &held))
    }

    /// The wrong rows of a waiting import, as one file per source.
    #[boxed]
    pub async fn wrong_rows(&self, _actor: &Actor, preview: u64) -> Result<Vec<(String, Vec<u8>)>, AppError> {
        Ok(spelplan_intake::wrong_rows_csv(&self.memory.previews.get(preview)?.plan))
    }

    /// Forgets a waiting import.
    #[boxed]
    pub async fn drop_preview(&self, _actor: &Actor, preview: u64) -> Result<(), AppError> {
        self.memory.previews.drop_one(preview);
        Ok(())
    }

    /// Commits a waiting import beside the pages.
    pub fn start_import(&self, actor: &Actor, preview: u64, good_rows_only: bool) -> Result<JobId, AppError> {
        self.may_commit(actor, preview, good_rows_only)?;
        let title = Text { sv: "Importerar", en: "Importing" };
        let (app, actor) = (self.clone(), actor.clone());
        Ok(self.memory.jobs.start(title, move |progress| async move {
            app.commit_import(&actor, preview, good_rows_only, progress).await.map(JobResult::Imported)
        }))
    }

    /// Commits a waiting import: exactly what was shown, all of it or nothing.
    #[boxed]
    pub async fn commit_import(
        &self,
        actor: &Actor,
        preview: u64,
        good_rows_only: bool,
        progress: Arc<Progress>,
    ) -> Result<i64, AppError> {
        let held = self.may_commit(actor, preview, good_rows_only)?;
        if self.store.generation().await? != held.generation {
            let en = "the database has changed since these files were read. Read them again, then import";
            let sv = "databasen har ändrats sedan filerna lästes. Läs in dem igen och importera sedan";
            return Err(AppError::own("A121", ErrorKind::Refused, en, sv));
        }
        let watch = move |done: u64, total: u64| progress.set(done, total);
        let import = self.store.commit(&held.plan, &watch, &clock::now()).await?;
        *held.committed.lock().unwrap_or_else(PoisonError::into_inner) = Some(import);
        self.log(actor, Deed::Imported, format!("import {import}")).await?;
        Ok(import)
    }

    fn may_commit(&self, actor: &Actor, preview: u64, good_rows_only: bool) -> Result<Arc<Held>, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let held = self.memory.previews.get(preview)?;
        if held.committed.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            let (en, sv) = (
                "these files are already in. See the list of imports",
                "filerna är redan importerade. Se listan över importer",
            );
            return Err(AppError::own("A122", ErrorKind::Refused, en, sv));
        }
        let wrong = held.plan.n_wrong();
        if wrong > 0 && !good_rows_only {
            let en =
                format!("{wrong} rows are wrong, so nothing was imported. Correct them, or import the good rows only");
            let sv = format!(
                "{wrong} rader är fel, så inget importerades. Rätta dem, eller importera bara de rätta raderna"
            );
            return Err(AppError::own("A123", ErrorKind::Refused, en, sv));
        }
        Ok(held)
    }

    /// Past imports, latest first.
    #[boxed]
    pub async fn imports(&self, _actor: &Actor) -> Result<Vec<ImportSummary>, AppError> {
        let summary = |one: spelplan_store::ImportSummary| ImportSummary {
            import: one.import,
            at: one.at,
            sources: one.sources,
            counts: one.counts,
            undone_at: one.undone_at,
        };
        Ok(self.store.imports().await?.into_iter().map(summary).collect())
    }

    /// Takes a whole import back, updates too.
    #[boxed]
    pub async fn undo_import(&self, actor: &Actor, import: i64) -> Result<Undone, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let undone = self.store.undo(import, &clock::now()).await?;
        self.log(actor, Deed::ImportUndone, format!("import {import}")).await?;
        Ok(Undone { restored: undone.restored, removed: undone.removed, kept: undone.kept })
    }

    /// What is in the database, and its gaps.
    #[boxed]
    pub async fn overview(&self, _actor: &Actor) -> Result<Overview, AppError> {
        let totals = self.store.totals().await?;
        let snapshot = self.snapshot().await?;
        let partners = &snapshot.facts.partners;
        Ok(Overview {
            partners: totals.partners,
            contacts: totals.contacts,
            pams: totals.pams,
            lines: totals.lines,
            touches: totals.touches,
            quotas: totals.quotas,
            revenue: totals.revenue,
            margin: totals.margin,
            first_day: totals.first_day,
            last_day: totals.last_day,
            without_place: partners.iter().filter(|partner| partner.place.is_none()).count() as i64,
            without_pam: partners.iter().filter(|partner| partner.pam.is_none()).count() as i64,
            currency: snapshot.basis.currency.clone(),
        })
    }
}

fn shown(preview: u64, held: &Held) -> ImportPreview {
    let plan = &held.plan;
    let errors = plan.wrong.iter().flat_map(|(_, _, rows)| rows).flat_map(|row| &row.errors);
    ImportPreview {
        preview,
        sources: plan.sources.clone(),
        counts: plan.counts.clone(),
        errors: errors.take(SHOWN).cloned().collect(),
        n_wrong: plan.n_wrong(),
        n_written: plan.n_written(),
        changed: differences::changed(plan, SHOWN),
        unplaced: plan.unplaced.iter().take(SHOWN).cloned().collect(),
        n_unplaced: plan.unplaced.len(),
        notices: plan.notices.clone(),
        revenue: plan.revenue,
        days: plan.days,
        currency: plan.currency.clone(),
        committed: *held.committed.lock().unwrap_or_else(PoisonError::into_inner),
    }
}
