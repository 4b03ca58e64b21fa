//! Seasons: plan one, look at it, let the referee judge it.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use std::sync::Arc;

use spelplan_facts::{Day, DayRange, Facts, Minutes, Money, PamId, PartnerId, PlanId, RouteProof, SeasonPlan, Text};
use spelplan_referee::Verdict;
use spelplan_store::WhatIf;

use crate::access::Actor;
use crate::jobs::{JobId, JobResult, Progress};
use crate::lately::Lately;
use crate::open_goals::Basis;
use crate::season_better::Offer;
use crate::season_kept::KeptPromises;
use crate::season_weeks::{WeekStrip, weeks};
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
    /// What it keeps of the plan that held for its weeks before; `None` where nothing had been arranged.
    pub kept: Option<KeptPromises>,
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
        let watched = Arc::clone(&progress);
        let made = tokio::task::spawn_blocking(move || plan(&facts, as_of, request, held.as_ref(), &watched));
        let mut plan = made.await.map_err(|panic| AppError::died(&panic))?;
        plan.drives = note;
        let before = self.arranged_in(request.season).await?;
        let id = self.store.append_plan(&plan, &clock::now()).await?;
        self.freeze_specification(id).await?;
        self.keep_arranged(actor, id, before, progress).await
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
        let kept = match &plan {
            Some(plan) => self.kept_promises(actor, plan, &snapshot).await?,
            None => None,
        };
        Ok(SeasonPage {
            prices,
            kept,
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
