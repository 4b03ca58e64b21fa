//! The shapes of what is arranged about a plan, and of the change that led to a version of it.

use serde::{Deserialize, Serialize};
use spelplan_facts::{
    Appointment, Arrangements, BrokenPromise, Day, DayRange, FixedVisit, Fixedness, Hindrance, HindranceKind, NotOn,
    PamId, PartnerId, PlanChange, TimeOfDay,
};

use super::quantities::DayRangeKept;
use super::{Broken, Document, documents};

documents! {
    ArrangementsKept = Arrangements {
        visits: Vec<FixedVisit>, hindrances: Vec<Hindrance>, appointments: Vec<Appointment>, not_on: Vec<NotOn>,
    }
    FixedVisitKept = FixedVisit { partner: PartnerId, day: Day, fixedness: Fixedness }
    HindranceKept = Hindrance { pam: PamId, days: DayRange, kind: HindranceKind }
    AppointmentKept = Appointment { pam: PamId, day: Day, from: TimeOfDay, to: TimeOfDay, title: String }
    NotOnKept = NotOn { partner: PartnerId, days: DayRange }
    BrokenPromiseKept = BrokenPromise {
        partner: PartnerId, day: Day, begins: TimeOfDay, fixedness: Fixedness, why: String,
    }
}

impl Document for Fixedness {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<Fixedness, Broken> {
        Fixedness::coded(&kept).ok_or_else(|| Broken(format!("{kept} does not say how fixed a visit is")))
    }
}

impl Document for HindranceKind {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<HindranceKind, Broken> {
        HindranceKind::coded(&kept).ok_or_else(|| Broken(format!("{kept} is no hindrance")))
    }
}

/// A change with what it needs.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PlanChangeKept {
    Cancel { partner: i64, day: String },
    Ill { pam: i64, days: DayRangeKept },
    Snow { day: String, pam: Option<i64> },
    Appoint { partner: i64, day: String, begins: i32 },
    Book { pam: i64, day: String, from: i32, to: i32, title: String },
    Move { partner: i64, from: String, to: String, position: Option<usize> },
    Swap { one: (i64, String), other: (i64, String) },
    Fix { partner: i64, day: String, fixedness: String },
    Remove { partner: i64, day: String },
    Place { partner: i64, day: Option<String>, position: Option<usize> },
    Settle { partner: i64, day: String },
}

impl Document for PlanChange {
    type Kept = PlanChangeKept;
    fn keep(&self) -> PlanChangeKept {
        match self.clone() {
            Self::Cancel { partner, day } => PlanChangeKept::Cancel { partner: partner.0, day: day.keep() },
            Self::Ill { pam, days } => PlanChangeKept::Ill { pam: pam.0, days: days.keep() },
            Self::Snow { day, pam } => PlanChangeKept::Snow { day: day.keep(), pam: pam.keep() },
            Self::Appoint { partner, day, begins } => {
                PlanChangeKept::Appoint { partner: partner.0, day: day.keep(), begins: begins.0 }
            }
            Self::Book { pam, day, from, to, title } => {
                PlanChangeKept::Book { pam: pam.0, day: day.keep(), from: from.0, to: to.0, title }
            }
            Self::Move { partner, from, to, position } => {
                PlanChangeKept::Move { partner: partner.0, from: from.keep(), to: to.keep(), position }
            }
            Self::Swap { one, other } => {
                PlanChangeKept::Swap { one: (one.0.0, one.1.keep()), other: (other.0.0, other.1.keep()) }
            }
            Self::Fix { partner, day, fixedness } => {
                PlanChangeKept::Fix { partner: partner.0, day: day.keep(), fixedness: fixedness.keep() }
            }
            Self::Remove { partner, day } => PlanChangeKept::Remove { partner: partner.0, day: day.keep() },
            Self::Settle { partner, day } => PlanChangeKept::Settle { partner: partner.0, day: day.keep() },
            Self::Place { partner, day, position } => {
                PlanChangeKept::Place { partner: partner.0, day: day.keep(), position }
            }
        }
    }
    fn read(kept: PlanChangeKept) -> Result<PlanChange, Broken> {
        let visit = |partner: i64, day: String| Ok((PartnerId(partner), Day::read(day)?));
        Ok(match kept {
            PlanChangeKept::Cancel { partner, day } => {
                PlanChange::Cancel { partner: PartnerId(partner), day: Day::read(day)? }
            }
            PlanChangeKept::Ill { pam, days } => PlanChange::Ill { pam: PamId(pam), days: DayRange::read(days)? },
            PlanChangeKept::Snow { day, pam } => PlanChange::Snow { day: Day::read(day)?, pam: pam.map(PamId) },
            PlanChangeKept::Appoint { partner, day, begins } => {
                PlanChange::Appoint { partner: PartnerId(partner), day: Day::read(day)?, begins: TimeOfDay(begins) }
            }
            PlanChangeKept::Book { pam, day, from, to, title } => PlanChange::Book {
                pam: PamId(pam),
                day: Day::read(day)?,
                from: TimeOfDay(from),
                to: TimeOfDay(to),
                title,
            },
            PlanChangeKept::Move { partner, from, to, position } => {
                PlanChange::Move { partner: PartnerId(partner), from: Day::read(from)?, to: Day::read(to)?, position }
            }
            PlanChangeKept::Swap { one, other } => {
                PlanChange::Swap { one: visit(one.0, one.1)?, other: visit(other.0, other.1)? }
            }
            PlanChangeKept::Fix { partner, day, fixedness } => PlanChange::Fix {
                partner: PartnerId(partner),
                day: Day::read(day)?,
                fixedness: Fixedness::read(fixedness)?,
            },
            PlanChangeKept::Remove { partner, day } => {
                PlanChange::Remove { partner: PartnerId(partner), day: Day::read(day)? }
            }
            PlanChangeKept::Settle { partner, day } => {
                PlanChange::Settle { partner: PartnerId(partner), day: Day::read(day)? }
            }
            PlanChangeKept::Place { partner, day, position } => {
                PlanChange::Place { partner: PartnerId(partner), day: Document::read(day)?, position }
            }
        })
    }
}
