//! The same five lines for PAM and KAM: booked margin, what would have come anyway, what was brought in, what it cost, what is
//! left. Columns of PAMs, of nobody and of the team add up: to the ledger's margin, to the increment, to the cost.
//! The team's increment is measured; a PAM's part of it is spread by the dose delivered, so that each krona stands once.

mod craft;
mod kam;
mod own;
mod sentence;

use std::collections::BTreeMap;
use std::ops::Add;

use spelplan_facts::{Band, Day, Facts, Money, Month, PamId, PartnerId};

use crate::comparison::{Comparison, Measure};
use crate::did_it_pay::{Grade, Return};
use crate::doubts::Told;
use crate::effect::Effect;
use crate::ledger::{Counts, Ledger};

pub use craft::{Craft, PlannedStop, craft};
pub use kam::KamFigures;
pub use own::{Own, OwnFigures, own_figures};
pub use sentence::{no_ranking, said_of_card};

/// Months looked at where no effect says which.
const YEAR: i32 = 12;

/// Whose card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// A PAM's.
    Pam(PamId),
    /// What no PAM runs or did.
    Nobody,
    /// Everybody's.
    Team,
}

/// Five lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Card {
    /// Whose.
    pub whose: Whose,
    /// Margin of the lines of the partners that are run.
    pub booked: Money,
    /// Part of the dose that was delivered; none where none was.
    pub share: Option<f64>,
    /// What was brought in, where it may be told.
    pub brought: Option<Band>,
    /// Cost of what the increment answers for.
    pub counted: Ledger,
    /// Cost of other visits and touches of the same months, whose effect is not measured.
    pub uncounted: Ledger,
    /// How well the increment is proven.
    pub grade: Grade,
    /// Partners whose visits began.
    pub treated: usize,
}

/// Everybody's cards over the same months.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorecard {
    /// First and last month.
    pub months: (Month, Month),
    /// One for each PAM by identity, then nobody's.
    pub cards: Vec<Card>,
    /// Everybody's.
    pub team: Card,
    /// Margin of all lines of these months, summed apart from the cards.
    pub ledger: Money,
    /// Revenue of these months whose margin is not known.
    pub unpriced: Money,
    /// Why nothing is said of lines 2, 3 and 5.
    pub withheld: Vec<Told>,
}

impl Card {
    /// What would have come anyway: booked less brought in; none where that is withheld.
    pub fn baseline(&self) -> Option<Band> {
        self.brought.map(|brought| brought.taken_from(self.booked))
    }

    /// Brought in less what that cost.
    pub fn net(&self) -> Option<Band> {
        self.brought.map(|brought| brought.less(self.counted.total()))
    }

    /// Net on what was spent.
    pub fn mroi(&self) -> Option<Return> {
        Return::of(self.brought?, self.counted.total())
    }

    /// What finance may book: the lower end.
    pub fn bookable(&self) -> Option<Money> {
        self.brought.map(|brought| brought.low)
    }
}

impl Scorecard {
    /// Do the columns add up to the ledger?
    pub fn reconciles(&self) -> bool {
        self.cards.iter().map(|card| card.booked).sum::<Money>() == self.ledger
    }
}

/// The cards of everybody over the months that the effect is counted for, or the last twelve where none is. `doses` is what each
/// visited partner received, `per_visit` what a visit there takes in field time and travel.
pub fn scorecard(
    facts: &Facts,
    today: Day,
    found: &Result<Effect, Told>,
    doses: &BTreeMap<PartnerId, f64>,
    per_visit: &BTreeMap<PartnerId, Money>,
) -> Scorecard {
    let effect = found.as_ref().ok();
    let months = effect.and_then(|effect| months(&effect.comparison)).unwrap_or_else(|| last_year(today));
    let comparison = effect.map(|effect| &effect.comparison);
    let brought =
        effect.filter(|effect| effect.comparison.measure == Measure::Margin).and_then(|effect| effect.brought);
    let brought = brought.map(|brought| brought.eighty());
    let parts = parts(facts, months, comparison, doses, per_visit);
    let dose: f64 = parts.values().map(|part| part.dose).sum();
    let grade = effect.map_or(Grade::D, |effect| effect.grade);
    let card = |(&whose, part): (&Whose, &Part)| {
        let share = (dose > 0.0).then(|| part.dose / dose);
        Card {
            share,
            brought: brought.zip(share).map(|(brought, share)| brought.part(share)),
            // Spread by the model's dose, not measured for the one: a forecast of where the team's figure lies.
            grade: if grade == Grade::D { Grade::D } else { Grade::C },
            ..part.card(whose)
        }
    };
    let cards: Vec<Card> = parts.iter().map(card).collect();
    let all = parts.values().fold(Part::default(), |sum, part| sum + *part);
    let team = Card { share: (dose > 0.0).then_some(1.0), brought, grade, ..all.card(Whose::Team) };
    let within = facts.sales.by_month.iter().filter(|sale| (months.0..=months.1).contains(&sale.month));
    Scorecard {
        months,
        cards,
        team,
        ledger: within.clone().map(|sale| sale.margin).sum(),
        unpriced: within.map(|sale| sale.revenue - sale.revenue_with_margin).sum(),
        withheld: withheld(found),
    }
}

fn withheld(found: &Result<Effect, Told>) -> Vec<Told> {
    match found {
        Err(lack) => vec![lack.clone()],
        Ok(effect) if effect.comparison.measure == Measure::Revenue => {
            effect.refusals.iter().chain(&effect.remarks).cloned().collect()
        }
        Ok(effect) => effect.refusals.clone(),
    }
}

/// From the month in which the first one entered to the last settled one.
fn months(comparison: &Comparison) -> Option<(Month, Month)> {
    Some((comparison.treated().filter_map(|one| one.first).min()?, *comparison.months.last()?))
}

/// The last twelve full months.
fn last_year(today: Day) -> (Month, Month) {
    let this = today.plus(1).month().0;
    (Month(this - YEAR), Month(this - 1))
}

/// What belongs to one column.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    booked: Money,
    dose: f64,
    counted: Ledger,
    uncounted: Ledger,
    treated: usize,
}

impl Part {
    fn card(&self, whose: Whose) -> Card {
        let Part { booked, counted, uncounted, treated, .. } = *self;
        Card { whose, booked, counted, uncounted, treated, share: None, brought: None, grade: Grade::D }
    }
}

impl Add for Part {
    type Output = Part;
    fn add(self, other: Part) -> Part {
        Part {
            booked: self.booked + other.booked,
            dose: self.dose + other.dose,
            counted: self.counted + other.counted,
            uncounted: self.uncounted + other.uncounted,
            treated: self.treated + other.treated,
        }
    }
}

/// Every krona, dose and hour of the months to exactly one column.
fn parts(
    facts: &Facts,
    (from, to): (Month, Month),
    comparison: Option<&Comparison>,
    doses: &BTreeMap<PartnerId, f64>,
    per_visit: &BTreeMap<PartnerId, Money>,
) -> BTreeMap<Whose, Part> {
    let mut parts: BTreeMap<Whose, Part> = facts.pams.iter().map(|pam| (Whose::Pam(pam.id), Part::default())).collect();
    let runs = |partner: PartnerId| whose(facts.partner(partner).and_then(|one| one.pam));
    for sale in facts.sales.by_month.iter().filter(|sale| (from..=to).contains(&sale.month)) {
        parts.entry(runs(sale.partner)).or_default().booked += sale.margin;
    }
    let counts = comparison.map(Counts::of);
    let mut visits: BTreeMap<PartnerId, BTreeMap<Whose, usize>> = BTreeMap::new();
    for touch in facts.touches.iter().filter(|touch| (from..=to).contains(&touch.day.month())) {
        let by = touch.pam.map_or_else(|| runs(touch.partner), Whose::Pam);
        let part = parts.entry(by).or_default();
        let cost = Ledger::of(touch, facts, per_visit);
        if counts.as_ref().is_some_and(|counts| counts.touch(touch)) {
            part.counted = part.counted + cost;
            *visits.entry(touch.partner).or_default().entry(by).or_default() += cost.visits;
        } else {
            part.uncounted = part.uncounted + cost;
        }
    }
    for one in comparison.into_iter().flat_map(Comparison::treated) {
        parts.entry(runs(one.partner)).or_default().treated += 1;
    }
    for (partner, dose) in doses {
        let by = visits.get(partner);
        let made: usize = by.map_or(0, |by| by.values().sum());
        for (whose, count) in by.into_iter().flatten().filter(|_| made > 0) {
            parts.entry(*whose).or_default().dose += dose * *count as f64 / made as f64;
        }
    }
    parts
}

fn whose(pam: Option<PamId>) -> Whose {
    pam.map_or(Whose::Nobody, Whose::Pam)
}
