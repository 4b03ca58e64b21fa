//! Coverage of a year: what days in the field are worth, who gets how many visits, what people and chance decide about it.

mod company;
mod counted;
mod explain;
mod filter;
mod page;
mod refused;
mod rules;
mod toss_ups;
mod what_ifs;

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use spelplan_facts::Text;

pub use company::{CompanyYear, NamedDay, Substituted};
pub use explain::PartnerCoverage;
pub use filter::{Change, CoverageFilter, CoverageSort};
pub use page::{CoveragePage, CoverageRow, PAGE_ROWS, PamYear, TimeAsked, YearSums};
pub use refused::{Refused, RuleRow};
pub use rules::Decision;
pub use spelplan_coverage::year::{
    Alternative, BudgetCut, DayChange, Explanation, Frontier, FrontierPoint, Input, InputEffect, MarginalDay, Pace,
    PriceChange, Staffing, StaffingVerdict, VIDEO_DOUBT, YearLine,
};
pub use spelplan_store::{KeptRule, KeptWhatIf, PamTime, WhatIf, WhatIfId};
pub use toss_ups::{ENTRIES, ShownBlock, ShownDraw, ShownEntry, ShownTossUp, TossUpPage, Verified};
pub use what_ifs::{Comparison, YearFigures};

pub(crate) use counted::{SEASONS, Years, believe, part_of};
pub(crate) use refused::refused;

use crate::access::Actor;
use crate::jobs::{JobId, JobResult};
use crate::{App, AppError};
use counted::Asked;

impl App {
    /// Counts the year, where that has not been done since the last change. `None` once it is in memory; the job to
    /// watch where it takes longer than a moment.
    #[boxed]
    pub async fn start_counting(&self, _actor: &Actor) -> Result<Option<JobId>, AppError> {
        if self.is_counted().await? {
            return Ok(None);
        }
        let title = Text { sv: "Räknar på året", en: "Counting the year" };
        let app = self.clone();
        let job = self.memory.jobs.start(title, move |progress| async move {
            app.counted(Asked::Held, Arc::clone(&progress)).await.map(|_| JobResult::YearCounted)
        });
        Ok(self.unless_soon(job).await)
    }
}
