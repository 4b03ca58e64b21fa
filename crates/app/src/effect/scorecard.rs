//! The scorecard: the same five lines for PAM and KAM. A PAM is shown their own card and the team's, never another PAM's.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_recursion::async_recursion as boxed;
use spelplan_effect::{Card, Craft, Effect, OwnFigures, PlannedStop, Scorecard, Specification, Told, Whose};
use spelplan_facts::{Day, FieldDay, Money, Month, PamId, SeasonPlan};
use spelplan_reports::{Cell, Column, Table, column};

use super::company::costs;
use super::kams::KamCard;
use super::{EffectScope, card_row};
use crate::access::Actor;
use crate::lately::Lately;
use crate::open_goals::Basis;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// Cards made lately, by state of the database and day.
pub(crate) type Scorecards = Lately<(i64, Day), Made, 2>;

/// Everybody's cards and what stands beside them, before anybody looks.
#[derive(Debug)]
pub(crate) struct Made {
    card: Scorecard,
    own: OwnFigures,
    crafts: BTreeMap<PamId, Craft>,
}

/// A card as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedCard {
    /// Name of the PAM; empty for nobody's and the team's.
    pub name: String,
    /// The five lines.
    pub card: Card,
    /// What was done; none for nobody's and the team's.
    pub craft: Option<Craft>,
}

/// Everything the page of the scorecard shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ScorecardPage {
    /// First and last month.
    pub months: (Month, Month),
    /// Cards that the actor may see, their own first.
    pub cards: Vec<NamedCard>,
    /// Everybody's.
    pub team: Card,
    /// Do the columns add up to the sale lines? Told only to those who see every column.
    pub reconciles: Option<bool>,
    /// Revenue of these months whose margin is not known.
    pub unpriced: Money,
    /// Why nothing is said of lines 2, 3 and 5.
    pub withheld: Vec<Told>,
    /// Figures of PAMs of their own that the actor may see.
    pub own: OwnFigures,
    /// Figures told of KAMs; none for a PAM.
    pub kams: Vec<KamCard>,
    /// May the actor see everybody's?
    pub sees_all: bool,
    /// May the actor tell a KAM's figures?
    pub tells: bool,
    /// What the figures build on.
    pub basis: Basis,
}

impl App {
    /// The scorecard as the actor may see it.
    #[boxed]
    pub async fn scorecard(&self, actor: &Actor) -> Result<ScorecardPage, AppError> {
        let snapshot = self.snapshot().await?;
        let made = self.scorecard_of(&snapshot).await?;
        let sees = |whose: Whose| match whose {
            Whose::Pam(pam) => actor.sees_days_of(pam),
            Whose::Nobody | Whose::Team => actor.compares_pams(),
        };
        let mut own = made.own.clone();
        own.figures.retain(|pam, _| actor.sees_days_of(*pam));
        let name = |whose: Whose| match whose {
            Whose::Pam(pam) => snapshot.facts.pam(pam).map(|pam| pam.name.clone()).unwrap_or_default(),
            Whose::Nobody | Whose::Team => String::new(),
        };
        let craft = |whose: Whose| match whose {
            Whose::Pam(pam) => made.crafts.get(&pam).copied(),
            Whose::Nobody | Whose::Team => None,
        };
        let shown = made.card.cards.iter().filter(|card| sees(card.whose));
        Ok(ScorecardPage {
            months: made.card.months,
            cards: shown
                .map(|card| NamedCard { name: name(card.whose), card: *card, craft: craft(card.whose) })
                .collect(),
            team: made.card.team,
            reconciles: actor.compares_pams().then(|| made.card.reconciles()),
            unpriced: made.card.unpriced,
            withheld: made.card.withheld.clone(),
            own,
            kams: self.kam_cards(actor).await?,
            sees_all: actor.compares_pams(),
            tells: actor.steers(),
            basis: snapshot.basis.clone(),
        })
    }

    /// The same as a table: a row for each card, KAMs after PAMs, the team last.
    #[boxed]
    pub async fn scorecard_table(&self, actor: &Actor) -> Result<Table, AppError> {
        let page = self.scorecard(actor).await?;
        let months = page.months;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for one in &page.cards {
            let whose = if one.card.whose == Whose::Nobody { "nobody" } else { "pam" };
            rows.push(card_row(whose, &one.name, months, &one.card, one.craft.as_ref()));
        }
        rows.extend(page.kams.iter().map(KamCard::row));
        rows.push(card_row("team", "", months, &page.team, None));
        Ok(Table { name: "scorecard", columns: columns(), rows })
    }

    async fn scorecard_of(&self, snapshot: &Arc<Snapshot>) -> Result<Arc<Made>, AppError> {
        let key = (snapshot.generation, snapshot.basis.as_of);
        if let Some(known) = self.memory.scorecards.get(&key) {
            return Ok(known);
        }
        let found = self.effect_of(snapshot, EffectScope::Everybody).await?;
        let planned = self.planned_stops(snapshot.basis.as_of).await?;
        let kept = Arc::clone(snapshot);
        let made = tokio::task::spawn_blocking(move || made(&kept, &found, &planned));
        let made = Arc::new(made.await.map_err(|panic| AppError::died(&panic))?);
        self.memory.scorecards.keep(key, &made);
        Ok(made)
    }

    /// Visits of plans that hold, up to that day.
    async fn planned_stops(&self, until: Day) -> Result<Vec<PlannedStop>, AppError> {
        let kept = self.store.plans().await?;
        let mut stops = Vec::new();
        for one in kept.iter().filter(|one| !one.superseded && !one.revised && one.season.from <= until) {
            stops.extend(self.store.plan(one.plan).await?.iter().flat_map(stops_of));
        }
        stops.retain(|stop| stop.day <= until);
        Ok(stops)
    }
}

fn stops_of(plan: &SeasonPlan) -> Vec<PlannedStop> {
    let stop = |day: &FieldDay, partner| PlannedStop { pam: day.pam, partner, day: day.day };
    plan.days.iter().flat_map(|day| day.stops.iter().map(move |one| stop(day, one.partner))).collect()
}

fn made(snapshot: &Snapshot, found: &Result<Effect, Told>, planned: &[PlannedStop]) -> Made {
    let (facts, today) = (&snapshot.facts, snapshot.basis.as_of);
    let comparison = found.as_ref().ok().map(|effect| &effect.comparison);
    let last = comparison.and_then(|comparison| comparison.months.last().copied());
    let since = comparison.map(spelplan_effect::Comparison::entered).unwrap_or_default();
    let doses = last.map(|last| spelplan_focus::delivered_doses(facts, &snapshot.goals, &since, last));
    let card = spelplan_effect::scorecard(facts, today, found, &doses.unwrap_or_default(), &costs(facts, today));
    let own = found.as_ref().ok().map(|effect| spelplan_effect::own_figures(facts, effect, &Specification::STANDARD));
    let crafts = spelplan_effect::craft(facts, card.months, today, planned);
    Made { own: own.unwrap_or_default(), crafts, card }
}

fn columns() -> Vec<Column> {
    vec![
        column("whose", "Vems", "Whose"),
        column("name", "Namn", "Name"),
        column("from_month", "Från månad", "From month"),
        column("to_month", "Till månad", "To month"),
        column("booked", "1 Bokfört TB", "1 Booked margin"),
        column("baseline", "2 Hade kommit ändå", "2 Would have come anyway"),
        column("brought_in", "3 Tillfört", "3 Brought in"),
        column("brought_in_low", "3 Tillfört, lägst (80 %)", "3 Brought in, low (80 %)"),
        column("brought_in_high", "3 Tillfört, högst (80 %)", "3 Brought in, high (80 %)"),
        column("share", "Del av dosen", "Part of the dose"),
        column("cost", "4 Kostnad", "4 Cost"),
        column("cost_field", "varav fält och resor", "of it field and travel"),
        column("cost_desk", "varav för- och efterarbete", "of it before and after"),
        column("cost_digital", "varav digitalt", "of it digital"),
        column("cost_uncounted", "Övrig kostnad, effekt ej mätt", "Other cost, effect not measured"),
        column("net", "5 Netto", "5 Net"),
        column("mroi", "5 MROI", "5 MROI"),
        column("mroi_low", "5 MROI, lägst", "5 MROI, low"),
        column("mroi_high", "5 MROI, högst", "5 MROI, high"),
        column("grade", "Bevisgrad", "Grade"),
        column("field_days", "Fältdagar", "Field days"),
        column("visits", "Besök", "Visits"),
        column("meetings_with_agenda", "Möten med agenda", "Meetings with an agenda"),
        column("promises_due", "Löften förfallna", "Promises due"),
        column("promises_kept", "Löften hållna", "Promises kept"),
        column("visits_planned", "Planerade besök", "Visits planned"),
        column("visits_planned_made", "Planerade besök gjorda", "Planned visits made"),
    ]
}
