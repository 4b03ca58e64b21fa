//! Reports: gathers what the reader may see and lets the report make its table.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{DayRange, PlanId};
use spelplan_reports::{Material, Table, Totals};

use crate::access::Actor;
use crate::coverage::{CoverageFilter, TimeAsked};
use crate::open_goals::{OpenGoalFilter, chosen};
use crate::season::visible;
use crate::{App, AppError};

impl App {
    /// The table of that report: of the goals the filter lets through, or of that plan (the latest where none is named).
    #[boxed]
    pub async fn report(
        &self,
        actor: &Actor,
        code: &str,
        filter: &OpenGoalFilter,
        plan: Option<PlanId>,
    ) -> Result<Table, AppError> {
        let report = spelplan_reports::named(code)
            .ok_or_else(|| AppError::not_found("report of that name", "rapport med det namnet"))?;
        if code == spelplan_reports::YEAR {
            return self.coverage_table(actor, TimeAsked::Usual, &CoverageFilter::default()).await;
        }
        let snapshot = self.snapshot().await?;
        let judged = match (report.of_plan, plan) {
            (false, _) => None,
            (true, Some(plan)) => Some(self.judged(actor, plan).await?),
            (true, None) => self.latest_plan(actor).await?,
        };
        if report.of_plan && judged.is_none() {
            return Err(AppError::not_found(
                "season plan yet: plan a season first",
                "säsongsplan än: planera en säsong först",
            ));
        }
        let plan = judged.map(|judged| visible(judged.plan.clone(), actor, &snapshot));
        let totals = self.report_totals().await?;
        let table = (report.make)(&Material {
            facts: &snapshot.facts,
            as_of: snapshot.basis.as_of,
            goals: chosen(&snapshot, actor, filter),
            plan: plan.as_ref(),
            year: Vec::new(),
            next_visits: &snapshot.next_visits,
            totals,
        });
        Ok(table)
    }

    pub(crate) async fn report_totals(&self) -> Result<Totals, AppError> {
        let totals = self.store.totals().await?;
        let days = totals.first_day.zip(totals.last_day).map(|(from, to)| DayRange { from, to });
        Ok(Totals {
            partners: totals.partners,
            contacts: totals.contacts,
            pams: totals.pams,
            lines: totals.lines,
            touches: totals.touches,
            quotas: totals.quotas,
            revenue: totals.revenue,
            margin: totals.margin,
            days: days.map(|days| (days.from, days.to)),
        })
    }
}
