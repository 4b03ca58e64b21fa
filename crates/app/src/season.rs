//! Seasons: plan one, look at it, let the referee judge it.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use std::sync::Arc;

use spelplan_facts::{
    Day, DayRange, DeskKind, Facts, Minutes, Money, PamId, PartnerId, PlanId, RouteProof, SeasonPlan, Text,
};
use spelplan_referee::Verdict;
use spelplan_store::WhatIf;

use crate::access::Actor;
use crate::jobs::{JobId, JobResult, Progress};
use crate::lately::Lately;
use crate::open_goals::Basis;
use crate::season_better::Offer;
use crate::snapshot::Snapshot;
use crate::{App, AppError, ErrorKind, clock, coverage};

/// What to plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeasonRequest {
    /// The weeks on the road.
    pub season: DayRange,
    /// Seed of the search.
    pub seed: u64,
}

/// A stored plan in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct SeasonSummary {
    /// Identity.
    pub plan: PlanId,
    /// Its weeks.
    pub season: DayRange,
    /// When it was made (RFC 3339).
    pub made_at: String,
    /// Visits in it.
    pub visits: usize,
    /// Expected gain.
    pub gain: Money,
    /// A later plan covers the same weeks.
    pub superseded: bool,
}

/// Everything the season page shows. `plan` is `None` before anything was planned.
#[derive(Debug, Clone, PartialEq)]
pub struct SeasonPage {
    /// Plans, latest first.
    pub seasons: Vec<SeasonSummary>,
    /// The plan shown, only with days the actor may see.
    pub plan: Option<SeasonPlan>,
    /// What the referee says of it.
    pub verdict: Option<Verdict>,
    /// What is proved of its routes so far, of PAMs whose days the actor may see.
    pub proof: Option<RouteProof>,
    /// What partners without a visit would have to bring, by the plan's own prices.
    pub prices: Arc<BTreeMap<PartnerId, Money>>,
    /// How the search for a better plan stands, for somebody who may take one.
    pub offer: Option<Offer>,
    /// The 52 weeks from the Monday of the week of `as_of` (or of the plan's first preparation where earlier).
    pub weeks: Vec<WeekStrip>,
    /// Weeks proposed for the next season, to prefill the form.
    pub proposed: DayRange,
    /// Partner names, towns and points for the stops and the left out.
    pub partners: BTreeMap<PartnerId, PartnerLabel>,
    /// PAM names.
    pub pams: BTreeMap<PamId, String>,
    /// What the figures build on.
    pub basis: Basis,
}

/// Enough of a partner to name it and put it on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerLabel {
    /// Name.
    pub name: String,
    /// Number in the files.
    pub key: String,
    /// Town.
    pub city: String,
    /// Place on the map.
    pub place: Option<spelplan_facts::Place>,
    /// Who runs it.
    pub pam: Option<PamId>,
}

/// One week of the 52-week strip.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekStrip {
    /// Its Monday.
    pub monday: Day,
    /// ISO week number.
    pub week: i8,
    /// Working days of the country most PAMs work in, Monday to Friday.
    pub working_days: usize,
    /// Names of holidays in it, in that country.
    pub holidays: Vec<String>,
    /// Industrial holiday: no visits.
    pub closed: bool,
    /// Field days planned in it, all PAMs.
    pub field_days: usize,
    /// Visits planned in it.
    pub visits: usize,
    /// Minutes of preparation reserved in it.
    pub preparation: i32,
    /// Minutes of follow-up reserved in it.
    pub follow_up: i32,
    /// Within the shown plan's season.
    pub season: bool,
    /// Revenue of the same week's month a year before as part of that year: when partners buy (0 to 1).
    pub demand: f64,
}

/// A stored plan with the referee's word on it.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) plan: SeasonPlan,
    pub(crate) verdict: Verdict,
}

/// The plans looked at lately, each for one state of the database.
pub(crate) type JudgedPlans = Lately<(PlanId, i64), Judged, REMEMBERED>;

/// Prices of the left out of plans looked at lately, each for one state of the database.
pub(crate) type Prices = Lately<(PlanId, i64), BTreeMap<PartnerId, Money>, REMEMBERED>;

/// Plans remembered.
const REMEMBERED: usize = 4;

/// Longest season that can be asked for (days).
const LONGEST: i32 = 366;

impl App {
    /// Plans a season beside the pages.
    pub fn start_planning(&self, actor: &Actor, request: SeasonRequest) -> Result<JobId, AppError> {
        let title = Text { sv: "Planerar säsongen", en: "Planning the season" };
        let (app, actor) = (self.clone(), actor.clone());
        Ok(self.memory.jobs.start(title, move |progress| async move {
            app.plan_season(&actor, request, progress).await.map(JobResult::Planned)
        }))
    }

    /// Plans a season and keeps the plan.
    #[boxed]
    pub async fn plan_season(
        &self,
        actor: &Actor,
        request: SeasonRequest,
        progress: Arc<Progress>,
    ) -> Result<PlanId, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        sensible(request.season)?;
        let as_of = self.as_of(clock::today()).await?.0.min(request.season.from.plus(-1));
        let mut facts = self.store.facts_for_planning(as_of, request.season).await?;
        self.rate(&mut facts).await?;
        let held = self.store.held_what_if().await?;
        coverage::believe(&mut facts.settings, held.as_ref());
        if facts.partners.is_empty() || facts.pams.is_empty() {
            return Err(nobody());
        }
        let (facts, note) = self.with_drives(facts, as_of).await?;
        let made = tokio::task::spawn_blocking(move || plan(&facts, as_of, request, held.as_ref(), &progress));
        let mut plan = made.await.map_err(|panic| AppError::died(&panic))?;
        plan.drives = note;
        let id = self.store.append_plan(&plan, &clock::now()).await?;
        self.freeze_specification(id).await?;
        Ok(id)
    }

    /// Lets the referee judge a stored plan against what was known when it was made.
    #[boxed]
    pub async fn check(&self, actor: &Actor, plan: PlanId) -> Result<Verdict, AppError> {
        Ok(self.judged(actor, plan).await?.verdict.clone())
    }

    /// A stored plan with the referee's word on it; remembered until the database changes.
    pub(crate) async fn judged(&self, _actor: &Actor, plan: PlanId) -> Result<Arc<Judged>, AppError> {
        let generation = self.store.generation().await?;
        if let Some(known) = self.memory.judged.get(&(plan, generation)) {
            return Ok(known);
        }
        let missing = || AppError::not_found("season plan with that number", "säsongsplan med det numret");
        let stored = self.store.plan(plan).await?.ok_or_else(missing)?;
        let mut facts = self.store.facts_of_plan(&stored).await?;
        facts.settings = stored.settings.clone();
        facts.drives = self.store.drives(&stored.settings).await?;
        let judged = tokio::task::spawn_blocking(move || {
            let verdict = spelplan_referee::judge(&facts, &stored);
            Arc::new(Judged { plan: stored, verdict })
        });
        let judged = judged.await.map_err(|panic| AppError::died(&panic))?;
        self.memory.judged.keep_beside((plan, generation), &judged, |other| other.0 != plan);
        Ok(judged)
    }

    /// What the partners that a stored plan leaves out would have to bring; remembered until the database changes.
    async fn prices(&self, plan: PlanId) -> Result<Arc<BTreeMap<PartnerId, Money>>, AppError> {
        let generation = self.store.generation().await?;
        if let Some(known) = self.memory.prices.get(&(plan, generation)) {
            return Ok(known);
        }
        let (arranged, _) = self.arranged(plan).await?;
        let ground = self.ground(&arranged).await?;
        let made = tokio::task::spawn_blocking(move || spelplan_field::left_out_prices(&ground.facts, &arranged.plan));
        let prices = Arc::new(made.await.map_err(|panic| AppError::died(&panic))?);
        self.memory.prices.keep((plan, generation), &prices);
        Ok(prices)
    }

    /// The latest plan that no later one replaces.
    pub(crate) async fn latest_plan(&self, actor: &Actor) -> Result<Option<Arc<Judged>>, AppError> {
        match self.store.plans().await?.into_iter().find(|plan| !plan.superseded) {
            Some(latest) => Ok(Some(self.judged(actor, latest.plan).await?)),
            None => Ok(None),
        }
    }

    /// Every stored plan, latest first; of one that was changed, its latest version.
    #[boxed]
    pub async fn seasons(&self, _actor: &Actor) -> Result<Vec<SeasonSummary>, AppError> {
        let summary = |one: spelplan_store::PlanSummary| SeasonSummary {
            plan: one.plan,
            season: one.season,
            made_at: one.made_at,
            visits: one.visits,
            gain: one.gain,
            superseded: one.superseded,
        };
        Ok(self.store.plans().await?.into_iter().filter(|one| !one.revised).map(summary).collect())
    }

    /// The season page: of that plan, or of the latest.
    #[boxed]
    pub async fn season(&self, actor: &Actor, plan: Option<PlanId>) -> Result<SeasonPage, AppError> {
        let snapshot = self.snapshot().await?;
        let seasons = self.seasons(actor).await?;
        let shown = plan.or_else(|| seasons.first().map(|season| season.plan));
        let judged = match shown {
            Some(id) => Some(self.judged(actor, id).await?),
            None => None,
        };
        let plan = judged.as_ref().map(|judged| visible(judged.plan.clone(), actor, &snapshot));
        let verdict = judged.map(|judged| judged.verdict.clone());
        let proof = match &plan {
            Some(plan) => self.store.route_proof(plan.id).await?,
            None => None,
        };
        let offer = match &plan {
            Some(plan) => self.offer(actor, plan.id).await?,
            None => None,
        };
        let prices = match &plan {
            Some(plan) => self.prices(plan.id).await?,
            None => Arc::default(),
        };
        Ok(SeasonPage {
            prices,
            offer,
            seasons,
            verdict,
            proof: proof.map(|proof| seen(proof, actor)),
            weeks: weeks(&snapshot, plan.as_ref()),
            proposed: spelplan_field::suggested_season(&snapshot.facts, snapshot.basis.as_of),
            partners: labels_of(&snapshot.facts, actor),
            pams: snapshot.facts.pams.iter().map(|pam| (pam.id, pam.name.clone())).collect(),
            basis: snapshot.basis.clone(),
            plan,
        })
    }
}

fn sensible(season: DayRange) -> Result<(), AppError> {
    if season.from.until(season.to) <= LONGEST {
        return Ok(());
    }
    let en = format!("the season {season} is longer than a year. Plan at most {LONGEST} days at a time");
    let sv = format!("säsongen {season} är längre än ett år. Planera högst {LONGEST} dagar åt gången");
    Err(AppError::own("A110", ErrorKind::Refused, en, sv))
}

fn nobody() -> AppError {
    let en = "there is nobody to plan for: partners or PAMs are missing. Import a partner list and a PAM list first";
    let sv = "det finns ingen att planera för: partner eller PAM:ar saknas. Importera en partnerlista och en PAM-lista först";
    AppError::own("A111", ErrorKind::Refused, en, sv)
}

/// The steps in the mission's order; the what-if that holds says which part of the hours there are is used.
pub(crate) fn plan(
    facts: &Facts,
    as_of: Day,
    request: SeasonRequest,
    held: Option<&WhatIf>,
    progress: &Progress,
) -> SeasonPlan {
    let SeasonRequest { season, seed } = request;
    let goals = spelplan_focus::season_goals(facts, as_of, season.from);
    let mut budgets = spelplan_field::budgets(facts, season);
    for budget in budgets.iter_mut().filter(|_| held.is_some()) {
        let part = held.map_or(1.0, |held| held.time.0 * coverage::part_of(held, budget.pam));
        // More hours than there are cannot be driven in these weeks; a longer season can.
        budget.field_time = Minutes((f64::from(budget.field_time.0) * part.min(1.0)).floor() as i32);
    }
    let watch = |done: usize, total: usize| progress.set(done as u64, total as u64);
    spelplan_field::plan_in_rounds(facts, &goals, &budgets, season, as_of, seed, &watch)
}

/// The plan without what the actor may not see.
pub(crate) fn visible(mut plan: SeasonPlan, actor: &Actor, snapshot: &Snapshot) -> SeasonPlan {
    let sees = |partner: PartnerId| snapshot.facts.partner(partner).is_some_and(|partner| actor.sees(partner));
    plan.days.retain(|day| actor.sees_days_of(day.pam));
    plan.desk.retain(|block| actor.sees_days_of(block.pam));
    plan.workloads.retain(|workload| actor.sees_days_of(workload.pam));
    plan.coverage.retain(|line| sees(line.partner));
    plan.left_out.retain(|one| sees(one.partner));
    plan
}

fn seen(mut proof: RouteProof, actor: &Actor) -> RouteProof {
    proof.bounds.retain(|bound| actor.sees_days_of(bound.pam));
    proof
}

/// Names, towns and places of the partners that the actor sees.
pub(crate) fn labels_of(facts: &Facts, actor: &Actor) -> BTreeMap<PartnerId, PartnerLabel> {
    let seen = facts.partners.iter().filter(|partner| actor.sees(partner));
    seen.map(|partner| {
        let label = PartnerLabel {
            name: partner.name.clone(),
            key: partner.key.clone(),
            city: partner.city.clone(),
            place: partner.place,
            pam: partner.pam,
        };
        (partner.id, label)
    })
    .collect()
}

/// The year's strip: 52 weeks from the week of the day, or from the plan's first block where that is earlier.
fn weeks(snapshot: &Snapshot, plan: Option<&SeasonPlan>) -> Vec<WeekStrip> {
    let desk = plan.and_then(|plan| plan.desk.iter().map(|block| block.day).min());
    let season = plan.map(|plan| plan.season.from);
    let first = [desk, season]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(snapshot.basis.as_of)
        .min(snapshot.basis.as_of.max(season.unwrap_or(snapshot.basis.as_of)));
    let country = commonest_country(&snapshot.facts);
    let demand = demand(snapshot);
    (0..52).map(|week| strip(first.monday().plus(7 * week), &country, plan, &demand)).collect()
}

pub(crate) fn commonest_country(facts: &Facts) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for pam in &facts.pams {
        *counts.entry(pam.country.as_str()).or_default() += 1;
    }
    let commonest = counts.into_iter().max_by(|one, other| one.1.cmp(&other.1).then(other.0.cmp(one.0)));
    commonest.map(|(country, _)| country.to_owned()).unwrap_or_default()
}

/// Revenue by calendar month (January first) of the last twelve full months, as parts of the biggest.
pub(crate) fn demand(snapshot: &Snapshot) -> [f64; 12] {
    let last = snapshot.basis.as_of.plus(1).month().0;
    let mut months = [0.0_f64; 12];
    for sale in &snapshot.facts.sales.by_month {
        if (last - 12..last).contains(&sale.month.0) {
            months[sale.month.0.rem_euclid(12) as usize] += sale.revenue.units();
        }
    }
    let biggest = months.iter().copied().fold(0.0, f64::max);
    months.map(|revenue| if biggest > 0.0 { (revenue / biggest).max(0.0) } else { 0.0 })
}

pub(crate) fn strip(monday: Day, country: &str, plan: Option<&SeasonPlan>, demand: &[f64; 12]) -> WeekStrip {
    let days = DayRange { from: monday, to: monday.plus(6) };
    let calendar = spelplan_field::calendars::week(country, monday);
    let field: Vec<_> = plan.iter().flat_map(|plan| &plan.days).filter(|day| days.contains(day.day)).collect();
    let desk = |kind: DeskKind| -> i32 {
        let blocks = plan.iter().flat_map(|plan| &plan.desk);
        blocks.filter(|block| block.kind == kind && days.contains(block.day)).map(|block| block.time.0).sum()
    };
    WeekStrip {
        monday,
        week: monday.week().1,
        working_days: calendar.working_days,
        holidays: calendar.holidays,
        closed: calendar.closed_to_visits,
        field_days: field.len(),
        visits: field.iter().map(|day| day.stops.len()).sum(),
        preparation: desk(DeskKind::Preparation),
        follow_up: desk(DeskKind::FollowUp),
        season: plan.is_some_and(|plan| plan.season.from <= days.to && days.from <= plan.season.to),
        demand: demand[monday.plus(3).month().0.rem_euclid(12) as usize],
    }
}
