//! The business case of a season: its plan, what earlier seasons realised of theirs, and what happens where nothing is done.

use std::sync::Arc;

use async_recursion::async_recursion as boxed;
use spelplan_effect::{BusinessCase, CountedSeason, DidItPay, Measure};
use spelplan_facts::{Band, DayRange, Money, PlanId};
use spelplan_reports::{Cell, Table, column};

use super::EffectScope;
use crate::access::Actor;
use crate::open_goals::Basis;
use crate::season::SeasonSummary;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// Months over which doing nothing is followed.
const YEAR: usize = 12;
/// Earlier seasons that are looked at, the latest first.
const EARLIER: usize = 4;

/// Everything the page of the business case shows.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePage {
    /// The plan's number and its case; none where nothing is planned.
    pub case: Option<(PlanId, BusinessCase)>,
    /// Earlier seasons whose visits cannot be counted yet, and why not.
    pub uncounted: Vec<(DayRange, DidItPay)>,
    /// What all visits so far came to.
    pub so_far: Option<DidItPay>,
    /// Plans there may be a case for, latest first.
    pub seasons: Vec<SeasonSummary>,
    /// Weeks proposed for the next season, where nothing is planned.
    pub proposed: DayRange,
    /// What the figures build on.
    pub basis: Basis,
}

impl App {
    /// The case of that plan, or of the latest that holds.
    #[boxed]
    pub async fn business_case(&self, actor: &Actor, plan: Option<PlanId>) -> Result<CasePage, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let seasons = self.seasons(actor).await?;
        let shown = plan.or_else(|| seasons.iter().find(|one| !one.superseded).map(|one| one.plan));
        let so_far = self.effect_of(&snapshot, EffectScope::Everybody).await?;
        let mut page = CasePage {
            case: None,
            uncounted: Vec::new(),
            so_far: so_far.as_ref().as_ref().ok().map(|effect| effect.verdict),
            proposed: spelplan_field::suggested_season(&snapshot.facts, snapshot.basis.as_of),
            basis: snapshot.basis.clone(),
            seasons,
        };
        let Some(id) = shown else { return Ok(page) };
        let missing = || AppError::not_found("season plan with that number", "säsongsplan med det numret");
        let kept = self.store.plan(id).await?.ok_or_else(missing)?;
        let mut counted = Vec::new();
        let ended = page.seasons.iter().filter(|one| !one.superseded && one.season.to < kept.season.from);
        for one in ended.take(EARLIER) {
            match self.counted_season(&snapshot, one, kept.settings.model.realised).await? {
                Ok(season) => counted.push(season),
                Err(verdict) => page.uncounted.push((one.season, verdict)),
            }
        }
        let left_alone = left_alone(Arc::clone(&snapshot)).await?;
        page.case = Some((id, spelplan_effect::business_case(&kept, counted, left_alone)));
        Ok(page)
    }

    /// The case as a table: a line for each amount, with its interval.
    #[boxed]
    pub async fn case_table(&self, actor: &Actor, plan: Option<PlanId>) -> Result<Table, AppError> {
        let page = self.business_case(actor, plan).await?;
        let columns = vec![
            column("line", "Rad", "Line"),
            column("amount", "Belopp", "Amount"),
            column("low", "Lägst (80 %)", "Low (80 %)"),
            column("high", "Högst (80 %)", "High (80 %)"),
        ];
        let rows = page.case.as_ref().map(|(_, case)| rows(case)).unwrap_or_default();
        Ok(Table { name: "business-case", columns, rows })
    }

    /// What that season's plan promised and what came of it, or why that cannot be told. The promise is restated as it would be
    /// multiplied now: else what closed seasons taught would count twice.
    async fn counted_season(
        &self,
        snapshot: &Arc<Snapshot>,
        season: &SeasonSummary,
        realised: f64,
    ) -> Result<Result<CountedSeason, DidItPay>, AppError> {
        if season.season.to > snapshot.basis.as_of || season.gain <= Money::ZERO {
            return Ok(Err(DidItPay::CannotTell));
        }
        let found = self.effect_of(snapshot, EffectScope::Season(season.plan)).await?;
        let Ok(effect) = &*found else { return Ok(Err(DidItPay::CannotTell)) };
        let Some(plan) = self.store.plan(season.plan).await? else { return Ok(Err(DidItPay::CannotTell)) };
        let planned = season.gain * (realised / plan.settings.model.realised);
        let brought = effect.brought.filter(|_| effect.comparison.measure == Measure::Margin);
        let counted = |brought| CountedSeason { season: season.season, planned, brought, grade: effect.grade };
        Ok(brought.map(counted).ok_or(effect.verdict))
    }
}

/// What a year without visits takes from all relationships, as if all were wrong in the same direction.
async fn left_alone(snapshot: Arc<Snapshot>) -> Result<Band, AppError> {
    let lost = tokio::task::spawn_blocking(move || {
        let goals = snapshot.goals.iter();
        goals
            .map(|goal| spelplan_focus::lost_when_left_alone(&snapshot.facts, goal, YEAR))
            .fold(Band::default(), std::ops::Add::add)
    });
    lost.await.map_err(|panic| AppError::died(&panic))
}

fn rows(case: &BusinessCase) -> Vec<Vec<Cell>> {
    let sure = |line: &str, amount: Money| vec![Cell::text(line), Cell::Money(amount), Cell::Empty, Cell::Empty];
    let band = |line: &str, band: Band| {
        vec![Cell::text(line), Cell::Money(band.value), Cell::Money(band.low), Cell::Money(band.high)]
    };
    let exact = |line: &str, value: Option<f64>| {
        vec![Cell::text(line), value.map_or(Cell::Empty, Cell::Exact), Cell::Empty, Cell::Empty]
    };
    let bill = &case.bill;
    let ratio = case.ratio.map_or_else(
        || exact("realised_of_planned", None),
        |ratio| {
            let ends = [ratio.value, ratio.low, ratio.high].map(Cell::Exact);
            [vec![Cell::text("realised_of_planned")], ends.to_vec()].concat()
        },
    );
    vec![
        band("planned_gain", case.planned),
        ratio,
        band("expected_gain", case.expected),
        sure("field_hours", bill.field),
        sure("kilometres", bill.travel),
        sure("nights", bill.lodging),
        sure("before_and_after", bill.desk),
        sure("digital_hours", bill.digital),
        sure("cost", bill.total()),
        band("net", case.net()),
        exact("part_of_plan_that_pays", case.break_even()),
        band("lost_in_a_year_without_visits", case.left_alone),
    ]
}
