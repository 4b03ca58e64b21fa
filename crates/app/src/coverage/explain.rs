//! Why a partner gets just so many visits, and what would change it.

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use spelplan_coverage::year::Explanation;
use spelplan_facts::{Day, DayRange, LeftOutReason, PartnerId};
use spelplan_store::KeptRule;

use super::counted::Asked;
use super::page::{CoverageRow, row};
use super::refused::{Refused, refused};
use crate::access::Actor;
use crate::jobs::Progress;
use crate::open_goals::Basis;
use crate::{App, AppError};

/// One partner's coverage, explained.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerCoverage {
    /// Whom.
    pub partner: PartnerId,
    /// Name.
    pub name: String,
    /// Its year; `None` where it has none (no PAM, no place, nothing to gain) or the plan was refused.
    pub row: Option<CoverageRow>,
    /// Why it is outside the plan, where it is.
    pub outside: Option<LeftOutReason>,
    /// Why this many visits.
    pub explanation: Option<Explanation>,
    /// Every rule there ever was about it, the latest first.
    pub rules: Vec<KeptRule>,
    /// The year's seasons.
    pub seasons: Vec<DayRange>,
    /// Why there is no plan.
    pub refused: Option<Refused>,
    /// May the reader decide?
    pub steers: bool,
    /// The day the figures are computed for.
    pub as_of: Day,
    /// What the figures build on.
    pub basis: Basis,
}

impl App {
    /// Why that partner gets what it gets.
    #[boxed]
    pub async fn partner_coverage(&self, actor: &Actor, id: PartnerId) -> Result<PartnerCoverage, AppError> {
        let year = self.counted(Asked::Held, Arc::new(Progress::default())).await?;
        let answered = year.answered(year.usual_time).await?;
        let snapshot = &*year.snapshot;
        let missing = || AppError::not_found("partner with that number", "partner med det numret");
        let partner = snapshot.facts.partner(id).filter(|partner| actor.sees(partner)).ok_or_else(missing)?;
        let plan = answered.answer.as_ref().ok().map(|answer| &answer.plan);
        let line = plan.and_then(|plan| plan.line(id));
        let outside = plan.and_then(|plan| plan.left_out.iter().find(|one| one.partner == id));
        Ok(PartnerCoverage {
            partner: id,
            name: partner.name.clone(),
            row: line.and_then(|line| row(snapshot, line, None)),
            outside: outside.map(|one| one.reason),
            explanation: plan.and_then(|plan| year.programme.explain(&answered.ask, plan, id)),
            rules: self.rules_of(id).await?,
            seasons: year.programme.seasons().to_vec(),
            refused: answered.answer.as_ref().err().map(|refusal| refused(snapshot, refusal)),
            steers: actor.steers(),
            as_of: snapshot.basis.as_of,
            basis: snapshot.basis.clone(),
        })
    }
}
