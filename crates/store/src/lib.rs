//! What is kept: the only room that speaks SQL, one schema and one set of query texts for SQLite and PostgreSQL.
//! Lines, touches and plans are appended and never changed; sums are kept beside them, so that no screen reads lines.
//! Leaves to others: what files mean (intake), what follows from facts (focus onwards), who may see what (app).

mod answers;
mod attempts;
mod audit;
mod begun;
mod binds;
mod business;
mod calendar;
mod clear;
mod commit;
mod coverage_error;
mod documents;
mod drives;
mod effect;
mod engine;
mod error;
mod facts;
mod fingerprint;
mod imports;
mod judgements;
mod kams;
mod known;
mod lessons;
mod letters;
mod lines;
mod location;
mod logged_touches;
mod meetings;
mod names;
mod operations;
mod passkeys;
mod people;
mod personal;
mod plan_better;
mod plan_proofs;
mod plan_versions;
mod plans;
mod portal;
mod progress;
mod records;
mod restore;
mod retention;
mod rows;
mod rules;
mod second_steps;
mod sessions;
mod settings;
mod statements;
mod sums;
mod supplies;
mod territories;
mod territory_locks;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod told_draws;
mod toss_ups;
mod totals;
mod touches;
mod transaction;
mod undo;
mod what_ifs;
mod worktime;

pub use answers::ModelChange;
pub use attempts::{Attempted, Counted};
pub use audit::KeptDeed;
pub use begun::Begun;
pub use calendar::{CalendarEntry, CalendarReading, EntryKind, KeptFeed, KeptSubscription, SubscriptionId};
pub use coverage_error::CoverageError;
pub use drives::DriveCounts;
pub use effect::{FrozenSpecification, KeptFigure, LineUnder, ToldFigure};
pub use error::StoreError;
pub use imports::{ImportId, ImportSummary};
pub use judgements::{PotentialWord, SaidOfPotential};
pub use kams::{KeptKam, ToldKam};
pub use letters::{KeptLetter, LetterState};
pub use logged_touches::{LoggedTouch, TouchToLog};
pub use meetings::{MeetingEntry, MeetingVersion, touch_of};
pub use operations::{Effects, FirstAnswer, KeptClash, KeptRating, Scores, ToldOperation};
pub use passkeys::KeptPasskey;
pub use people::{KeptPerson, NewPerson, PersonId};
pub use personal::{AboutContact, AboutPerson, ErasedContact, Erasure, Naming, Rewrite};
pub use plan_better::KeptBetter;
pub use plan_versions::{PlanVersion, VersionEvent, VersionLinks};
pub use plans::PlanSummary;
pub use portal::{PortalAnswer, PortalLink};
pub use retention::{Aging, Before};
pub use rules::{KeptRule, Signed};
pub use second_steps::KeptClockCode;
pub use sessions::KeptSession;
pub use statements::PlaceKind;
pub use territories::{PamChange, TerritoryChange, TerritoryChangeId};
pub use territory_locks::TerritoryLock;
pub use told_draws::{ToldPartner, ToldTossUp};
pub use toss_ups::{KeptDraw, KeptTossUp, TossUpBlock, TossUpEntry, TossUpTerms};
pub use totals::{CategoryMonth, Totals};
pub use undo::Undone;
pub use what_ifs::{KeptWhatIf, PamTime, WhatIf, WhatIfId};
pub use worktime::KeptCorrection;

use binds::binds;
use engine::Engine;
use transaction::Transaction;

/// An open database; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
}

impl Store {
    /// Opens the database at a file path, `sqlite:PATH` or `postgres://…`; makes it where there is none, and brings it
    /// up to date.
    pub async fn open(location: &str) -> Result<Store, StoreError> {
        Ok(Store { engine: Engine::open(location).await? })
    }

    /// A number that grows with every committed change; equal numbers mean equal answers.
    pub async fn generation(&self) -> Result<i64, StoreError> {
        self.counter("generation").await
    }

    /// Does the database answer?
    pub async fn check_connection(&self) -> Result<(), StoreError> {
        self.generation().await.map(|_| ())
    }

    /// Lets go of the database's files or server.
    pub async fn close(&self) {
        self.engine.close().await;
    }

    /// Begins to write what no page's figures follow from: the generation stays, and whoever reads keeps what they know.
    async fn write_aside(&self) -> Result<Transaction, StoreError> {
        self.engine.write().await
    }

    async fn counter(&self, name: &str) -> Result<i64, StoreError> {
        let row: Option<(i64,)> = self.read().await?.first(statements::COUNTER, &binds![name]).await?;
        Ok(row.map_or(0, |(value,)| value))
    }

    /// Begins to read.
    async fn read(&self) -> Result<Transaction, StoreError> {
        self.engine.read().await
    }

    /// Begins to write: takes the next generation first, at which writers on PostgreSQL wait for each other.
    async fn write(&self) -> Result<Transaction, StoreError> {
        let mut transaction = self.engine.write().await?;
        names::take(&mut transaction, "generation", 1).await?;
        Ok(transaction)
    }
}
