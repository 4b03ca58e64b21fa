//! What the company's own visits came to: facts and the bill gathered, the step asked once for each state of the database.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;
use std::sync::Arc;

use spelplan_effect::{Effect, Scope, Specification, Told, TossUpResult};
use spelplan_facts::{Day, DayRange, Facts, Money, PartnerId, PlanId};
use spelplan_reports::{Cell, Table, column};
use spelplan_store::{FrozenSpecification, KeptFigure, Signed, ToldFigure};

use crate::access::Actor;
use crate::lately::Lately;
use crate::open_goals::Basis;
use crate::season::SeasonSummary;
use crate::snapshot::Snapshot;
use crate::{App, AppError, ErrorKind, clock};

/// Outcomes worked out lately, by state of the database, day and scope.
pub(crate) type Effects = Lately<(i64, Day, EffectScope), Result<Effect, Told>, 6>;

/// Whose visits are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EffectScope {
    /// Everybody's who entered the comparison.
    #[default]
    Everybody,
    /// Those of the season of that plan.
    Season(PlanId),
}

/// How a season was to be counted, as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// What was written down, when.
    pub kept: FrozenSpecification,
    /// Before the season began.
    pub in_time: bool,
    /// The same as now.
    pub holds: bool,
}

/// Everything the page of effects shows.
#[derive(Debug, Clone)]
pub struct EffectPage {
    /// Whose visits.
    pub scope: EffectScope,
    /// What they came to; why there is nothing to count.
    pub found: Arc<Result<Effect, Told>>,
    /// Plans whose seasons may be asked about, latest first.
    pub seasons: Vec<SeasonSummary>,
    /// How that season was to be counted, where it was written down.
    pub frozen: Option<Frozen>,
    /// Figures told of this scope, the first one first.
    pub told: Vec<KeptFigure>,
    /// What toss-ups that have closed came to together.
    pub toss_ups: Arc<Option<TossUpResult>>,
    /// May the reader have a figure kept as told?
    pub tells: bool,
    /// What the figures build on.
    pub basis: Basis,
}

impl App {
    /// The page of effects. A PAM sees the team's figure too: it is one figure, and no partner of others is named in it.
    #[boxed]
    pub async fn effect(&self, actor: &Actor, scope: EffectScope) -> Result<EffectPage, AppError> {
        let snapshot = self.snapshot().await?;
        let found = self.effect_of(&snapshot, scope).await?;
        let name = self.scope_name(scope).await?;
        Ok(EffectPage {
            scope,
            found,
            seasons: self.seasons(actor).await?,
            frozen: self.frozen(scope).await?,
            told: self.store.effect_figures(&name).await?,
            toss_ups: self.taught_together(&snapshot).await?,
            tells: actor.compares_pams(),
            basis: snapshot.basis.clone(),
        })
    }

    /// The effect month by month since the first visit, as a table.
    #[boxed]
    pub async fn effect_table(&self, actor: &Actor, scope: EffectScope) -> Result<Table, AppError> {
        let page = self.effect(actor, scope).await?;
        let effect = page.found.as_ref().as_ref().ok().filter(|effect| effect.brought.is_some());
        let points = effect.map(|effect| effect.path.as_slice()).unwrap_or_default();
        let row = |point: &spelplan_effect::PathPoint| {
            vec![Cell::Whole(point.since), Cell::Exact(point.value), Cell::Exact(point.low), Cell::Exact(point.high)]
        };
        let columns = vec![
            column("months_since", "Månader sedan besöken började", "Months since the visits began"),
            column("effect", "Effekt, del av vanlig månad", "Effect, part of a usual month"),
            column("low", "Lägst", "Low"),
            column("high", "Högst", "High"),
        ];
        Ok(Table { name: "effect-months", columns, rows: points.iter().map(row).collect() })
    }

    /// Keeps the present figure as it is told, so that whatever changes later stands beside it.
    #[boxed]
    pub async fn tell_effect(&self, actor: &Actor, scope: EffectScope) -> Result<i64, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let file = self.receipt(actor, scope).await?;
        let snapshot = self.snapshot().await?;
        let found = self.effect_of(&snapshot, scope).await?;
        let Ok(effect) = &*found else { return Err(nothing_to_tell()) };
        let brought = effect.brought.ok_or_else(nothing_to_tell)?;
        let told = ToldFigure {
            scope: self.scope_name(scope).await?,
            as_of: snapshot.basis.as_of,
            specification: file.receipt.specification.clone(),
            lines_hash: file.receipt.lines_hash.clone(),
            last_line: file.receipt.lines.iter().map(|line| line.id).max().unwrap_or_default(),
            verdict: effect.verdict.word().to_owned(),
            low: brought.low,
            value: brought.value,
            high: brought.high,
            cost: effect.ledger.total(),
        };
        Ok(self.store.add_effect_figure(&told, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// What the visits came to; remembered until the database changes.
    pub(crate) async fn effect_of(
        &self,
        snapshot: &Arc<Snapshot>,
        scope: EffectScope,
    ) -> Result<Arc<Result<Effect, Told>>, AppError> {
        let key = (snapshot.generation, snapshot.basis.as_of, scope);
        if let Some(known) = self.memory.effects.get(&key) {
            return Ok(known);
        }
        let drawn = self.taught_together(snapshot).await?;
        let (asked, kept, as_of) = (self.whose(scope).await?, Arc::clone(snapshot), snapshot.basis.as_of);
        let made = tokio::task::spawn_blocking(move || {
            counted(&kept.facts, as_of, asked).map(|mut effect| {
                drawn.as_ref().iter().for_each(|drawn| effect.heed(drawn));
                effect
            })
        });
        let made = Arc::new(made.await.map_err(|panic| AppError::died(&panic))?);
        self.memory.effects.keep(key, &made);
        Ok(made)
    }

    /// The comparison alone as it is counted of that day, from the lines and visits there are now. Facts reach so many months back, so
    /// an earlier day has its own.
    pub(super) async fn effect_on(
        &self,
        scope: EffectScope,
        as_of: Day,
    ) -> Result<Arc<Result<Effect, Told>>, AppError> {
        let (asked, facts) = (self.whose(scope).await?, self.store.facts(as_of).await?);
        let made = tokio::task::spawn_blocking(move || counted(&facts, as_of, asked));
        Ok(Arc::new(made.await.map_err(|panic| AppError::died(&panic))?))
    }

    async fn whose(&self, scope: EffectScope) -> Result<Scope, AppError> {
        Ok(match scope {
            EffectScope::Everybody => Scope::Everybody,
            EffectScope::Season(plan) => Scope::Season(self.season_of(plan).await?),
        })
    }

    /// Writes down how the season of that plan will be counted.
    pub(crate) async fn freeze_specification(&self, plan: PlanId) -> Result<(), AppError> {
        let specification = Specification::STANDARD;
        let kept = FrozenSpecification { at: clock::now(), hash: specification.hash(), text: specification.text() };
        Ok(self.store.freeze_specification(plan, &kept).await?)
    }

    async fn frozen(&self, scope: EffectScope) -> Result<Option<Frozen>, AppError> {
        let EffectScope::Season(plan) = scope else { return Ok(None) };
        let season = self.season_of(plan).await?;
        let kept = self.store.frozen_specification(plan).await?;
        Ok(kept.map(|kept| Frozen {
            in_time: Day::parse(kept.at.get(..10).unwrap_or_default()).is_some_and(|day| day <= season.from),
            holds: kept.hash == Specification::STANDARD.hash(),
            kept,
        }))
    }

    /// The name under which figures of the scope are kept.
    pub(crate) async fn scope_name(&self, scope: EffectScope) -> Result<String, AppError> {
        Ok(match scope {
            EffectScope::Everybody => "comparison".to_owned(),
            EffectScope::Season(plan) => self.season_of(plan).await?.to_string(),
        })
    }

    async fn season_of(&self, plan: PlanId) -> Result<DayRange, AppError> {
        let missing = || AppError::not_found("season plan with that number", "säsongsplan med det numret");
        Ok(self.store.plan(plan).await?.ok_or_else(missing)?.season)
    }
}

fn counted(facts: &Facts, as_of: Day, scope: Scope) -> Result<Effect, Told> {
    spelplan_effect::effect(facts, as_of, &Specification::STANDARD, scope, &costs(facts, as_of))
}

/// What a visit to each partner takes in hours, kilometres and nights, whenever it is made.
pub(crate) fn costs(facts: &Facts, as_of: Day) -> BTreeMap<PartnerId, Money> {
    let season = spelplan_field::suggested_season(facts, as_of);
    // Earlier and planned visits forbid new ones; what a visit costs does not depend on them.
    let free = Facts { touches: Vec::new(), planned: Vec::new(), taken: Vec::new(), ..facts.clone() };
    let goals = spelplan_focus::open_goals(&free, as_of);
    let efforts = spelplan_field::efforts(&free, &goals, season, as_of);
    efforts.iter().map(|effort| (effort.partner, effort.cost_per_visit)).collect()
}

fn nothing_to_tell() -> AppError {
    let en = "there is no figure to tell: the page of effects says which rule withholds it and what would help";
    let sv =
        "det finns ingen siffra att lämna ut: sidan Effekt säger vilken regel som håller inne den och vad som hjälper";
    AppError::own("A530", ErrorKind::Refused, en, sv)
}
