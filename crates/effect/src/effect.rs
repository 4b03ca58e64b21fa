//! Did the visits pay? The panel estimated, everything that forbids an answer looked at, the verdict given.

mod path;
mod refusals;
mod sentence;

use std::collections::BTreeMap;

use spelplan_facts::{Day, Facts, Money, PartnerId};
use spelplan_panel::adoption::{Ask, Doubt, Estimates, Estimator, Figure};

use crate::answer::{Answer, answer};
use crate::comparison::{Comparison, Measure, Scope, comparison};
use crate::did_it_pay::{BroughtIn, DidItPay, Grade, Return};
use crate::doubts::Told;
use crate::ledger::{Ledger, ledger};
use crate::specification::Specification;

pub use path::PathPoint;
pub use sentence::{Said, said};

/// Draws for the band around the path.
const DRAWS: usize = 999;
/// Errors that a true effect must be away from nothing to be seen four times of five.
const SEEN: f64 = 2.8;

/// What the visits came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Whose visits.
    pub scope: Scope,
    /// The panel.
    pub comparison: Comparison,
    /// How it was made comparable in the end.
    pub estimator: Estimator,
    /// Every estimate behind it.
    pub estimates: Estimates,
    /// What came in; none where a rule forbids to say.
    pub brought: Option<BroughtIn>,
    /// The same as a part of what the visited would have earned anyway: value, low, high.
    pub part: Option<(f64, f64, f64)>,
    /// What was spent.
    pub ledger: Ledger,
    /// The answer.
    pub verdict: DidItPay,
    /// How well it is proven.
    pub grade: Grade,
    /// Return on what was spent.
    pub roi: Option<Return>,
    /// An effect smaller than this would probably not have been seen.
    pub smallest_seen: Option<Money>,
    /// As many more visited partners would probably settle it.
    pub settle: Option<usize>,
    /// Rules that forbid an answer, and what would help.
    pub refusals: Vec<Told>,
    /// What to bear in mind.
    pub remarks: Vec<Told>,
    /// Month by month since the first visit, as a part of the usual month.
    pub path: Vec<PathPoint>,
}

/// Counts what the visits came to, as it can be seen on that day; `per_visit` is what a visit to a partner takes in field time
/// and travel. `Err` says why there is nothing to count.
pub fn effect(
    facts: &Facts,
    today: Day,
    specification: &Specification,
    scope: Scope,
    per_visit: &BTreeMap<PartnerId, Money>,
) -> Result<Effect, Told> {
    let Alike { comparison, found, lowered } = alike(facts, today, specification, scope)?;
    let ledger = ledger(facts, &comparison, per_visit);
    let (estimator, heading) = found.heading();
    let total = heading.total;
    let mut refusals: Vec<Told> = found.doubts.iter().filter(|doubt| doubt.withholds()).map(refusals::doubt).collect();
    let mut remarks: Vec<Told> = found.doubts.iter().filter(|doubt| !doubt.withholds()).map(refusals::doubt).collect();
    remarks.extend((comparison.measure == Measure::Revenue).then(refusals::revenue_only));
    remarks.extend(lowered.then(|| refusals::lowered(comparison.capped().count())));
    if total.and_then(|total| total.interval).is_none() && refusals.is_empty() {
        refusals.push(refusals::no_interval());
    }
    let mut brought = brought(total).filter(|_| refusals.is_empty());
    let cost = ledger.total();
    let shift = shift(heading);
    let mut verdict = brought.map_or(DidItPay::CannotTell, |brought| match comparison.measure {
        Measure::Margin => DidItPay::that_stands(brought, cost, shift),
        // Revenue says that something came in, never that it covers a cost.
        Measure::Revenue if brought.low > shift => DidItPay::CostOpen,
        Measure::Revenue => DidItPay::Unsettled,
    });
    let measured = comparison.measure == Measure::Margin;
    if measured
        && verdict == DidItPay::Unsettled
        && total.and_then(|total| total.error).is_some_and(|error| is_blind(error, cost))
    {
        (verdict, brought) = (DidItPay::CannotTell, None);
        refusals.push(refusals::underpowered());
    }
    let told_otherwise = brought.is_some_and(|brought| DidItPay::of(brought, cost) != verdict);
    remarks.extend((measured && told_otherwise && refusals.is_empty()).then(refusals::one_matters));
    Ok(Effect {
        scope,
        estimator,
        part: brought.and_then(|brought| part(&comparison, brought)),
        verdict,
        grade: grade(verdict, &found.doubts),
        roi: brought.filter(|_| measured).and_then(|brought| brought.on(cost)),
        smallest_seen: total.and_then(|total| total.error).map(|error| Money::from_units(SEEN * error)),
        settle: brought.and_then(|brought| settle(verdict, brought, cost, comparison.n_treated())),
        brought,
        path: path::path(heading),
        estimates: heading.clone(),
        ledger,
        refusals,
        remarks,
        comparison,
    })
}

/// A comparison, its answer, and whether large accounts had to count for less.
struct Alike {
    comparison: Comparison,
    found: Answer,
    lowered: bool,
}

/// The comparison in which most money counts and the visited still have somebody alike; the first where none is so. It is chosen
/// by what was known before the visits, never by what came of them.
fn alike(facts: &Facts, today: Day, specification: &Specification, scope: Scope) -> Result<Alike, Told> {
    let with = |cap: f64, lowered: bool| -> Result<Alike, Told> {
        let specification = Specification { cap, ..*specification };
        let comparison = comparison(facts, today, &specification, scope).map_err(refusals::lack)?;
        let found = answer(&comparison.panel, &ask(&specification)).map_err(|defect| refusals::defect(&defect))?;
        Ok(Alike { comparison, found, lowered })
    };
    let alone = |one: &Alike| one.found.doubts.iter().any(|doubt| matches!(doubt, Doubt::NobodyAlike { .. }));
    let first = with(specification.cap, false)?;
    if !alone(&first) {
        return Ok(first);
    }
    for cap in specification.lower_caps {
        let lower = with(cap, true)?;
        if !alone(&lower) {
            return Ok(lower);
        }
    }
    Ok(first)
}

/// What is asked of the panel.
pub(crate) fn ask(specification: &Specification) -> Ask {
    Ask { base_periods: specification.base_months, draws: DRAWS, ..Ask::default() }
}

impl Answer {
    /// The estimates that head the answer, or would where a doubt withholds it.
    fn heading(&self) -> (Estimator, &Estimates) {
        match (&self.beside, self.headed_by) {
            (Some(beside), Estimator::OutcomeRegression) => (Estimator::OutcomeRegression, beside),
            _ => (self.headed_by, &self.estimates),
        }
    }
}

fn brought(total: Option<Figure>) -> Option<BroughtIn> {
    let total = total?;
    Some(BroughtIn::new(total.value, total.interval?))
}

/// How far the total may move when the partner or chain that matters most is left out: the root of its part of the variance,
/// in errors.
fn shift(estimates: &Estimates) -> Money {
    let error = estimates.total.and_then(|total| total.error).unwrap_or_default();
    Money::from_units(estimates.largest_part.unwrap_or_default().sqrt() * error)
}

/// Would an effect of twice the cost probably go unseen?
fn is_blind(error: f64, cost: Money) -> bool {
    SEEN * error > 2.0 * cost.units()
}

fn grade(verdict: DidItPay, doubts: &[Doubt]) -> Grade {
    match verdict {
        DidItPay::CannotTell => Grade::D,
        _ if doubts.iter().any(|doubt| matches!(doubt, Doubt::MayHaveDrifted { .. })) => Grade::C,
        _ => Grade::B,
    }
}

/// What came in over what the visited earned in the months since, less what came in.
fn part(comparison: &Comparison, brought: BroughtIn) -> Option<(f64, f64, f64)> {
    let n_months = comparison.months.len();
    let mut earned = 0.0;
    for (at, one) in comparison.compared.iter().enumerate() {
        let Some(first) = one.first else { continue };
        let path = &comparison.panel.outcomes[at * n_months..(at + 1) * n_months];
        let after = comparison.months.iter().zip(path).filter(|(month, _)| **month >= first);
        earned += one.weight * after.map(|(_, part)| part).sum::<f64>();
    }
    let anyway = earned - brought.value.units();
    let of = |money: Money| money.units() / anyway;
    (anyway > 0.0).then(|| (of(brought.value), of(brought.low), of(brought.high)))
}

/// Errors fall with the root of how many are visited: so many more would take the nearer end of the interval to the cost.
fn settle(verdict: DidItPay, brought: BroughtIn, cost: Money, treated: usize) -> Option<usize> {
    let open = matches!(verdict, DidItPay::CostOpen | DidItPay::Unsettled);
    let away = (brought.value - cost).units().abs();
    let reach = (brought.high - brought.low).units() / 2.0;
    let times = (reach / away).powi(2);
    let more = ((times - 1.0) * treated as f64).ceil();
    (open && away > 0.0 && more.is_finite() && (1.0..=10_000.0).contains(&more)).then_some(more as usize)
}
