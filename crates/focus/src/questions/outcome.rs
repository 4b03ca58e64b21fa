//! How right somebody was, a year later: what their curve says of the partners whose visits changed, against what those
//! partners bought. Both are taken relative to the partners whose visits did not change, so that a good year for all
//! credits nobody. It scores a judgement; it does not prove an effect, for visits are not drawn by lot.

use std::collections::BTreeMap;

use spelplan_facts::{Answers, Day, Facts, PartnerId};

use super::Adbudg;

/// Months before and after the answer that are compared.
const MONTHS: i32 = 12;
/// Months of sales that facts hold.
const AT_HAND: i32 = 36;
/// Partners whose visits must have changed before a score says anything.
const LEAST_CHANGED: usize = 10;
/// Partners whose visits must have stayed before they can stand for the market.
const LEAST_STEADY: usize = 5;
/// Visits within these times those of the year before have not changed.
const STEADY: (f64, f64) = (0.75, 1.25);

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Score {
    /// Its twelve months have not passed.
    TooEarly {
        /// Full months still to come.
        months_left: i32,
    },
    /// The months it is about are no longer at hand (36 are kept).
    TooLate,
    /// The visits of too few partners have changed, or too few have stayed to compare with.
    TooFew {
        /// Whose visits changed.
        changed: usize,
        /// Whose stayed.
        steady: usize,
    },
    /// The answers contradict each other, so they predict nothing.
    NoCurve,
    /// It can be told.
    Known(Outcome),
}

/// What was predicted and what happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Partners whose visits changed.
    pub partners: usize,
    /// Their visits, times those of the year before.
    pub visits: f64,
    /// Their sales as the answer has them, times those of the year before and relative to the unchanged.
    pub predicted: f64,
    /// Their sales as they were, the same way.
    pub realised: f64,
    /// ln(realised / predicted): above zero more happened than was said.
    pub log_error: f64,
}

/// One partner's two years.
#[derive(Debug, Clone, Copy, Default)]
struct Years {
    visits: (f64, f64),
    sales: (f64, f64),
}

/// The score of answers about that segment given on that day, as far as is known today.
pub fn score(facts: &Facts, segment: &str, answers: &Answers, on: Day, today: Day) -> Score {
    let (start, now) = (on.month().0, today.plus(1).month().0);
    if start + MONTHS >= now {
        return Score::TooEarly { months_left: start + MONTHS - now + 1 };
    }
    if now - start > AT_HAND - MONTHS + 1 {
        return Score::TooLate;
    }
    let Some(curve) = super::implied(answers, &facts.settings.model_of(segment)).curve else { return Score::NoCurve };
    let years = years(facts, segment, start);
    let change = |one: &Years| one.visits.1 / one.visits.0;
    let (steady, changed): (Vec<Years>, Vec<Years>) =
        years.into_iter().partition(|one| (STEADY.0..=STEADY.1).contains(&change(one)));
    if changed.len() < LEAST_CHANGED || steady.len() < LEAST_STEADY {
        return Score::TooFew { changed: changed.len(), steady: steady.len() };
    }
    let sum = |all: &[Years], of: &dyn Fn(&Years) -> f64| all.iter().map(of).sum::<f64>();
    let before = |all: &[Years]| sum(all, &|one| one.sales.0);
    let said = |all: &[Years], curve: &Adbudg| sum(all, &|one| one.sales.0 * curve.at(change(one))) / before(all);
    let was = |all: &[Years]| sum(all, &|one| one.sales.1) / before(all);
    let predicted = said(&changed, &curve) / said(&steady, &curve);
    let realised = was(&changed) / was(&steady);
    if !(predicted > 0.0 && realised > 0.0 && realised.is_finite()) {
        return Score::TooFew { changed: changed.len(), steady: steady.len() };
    }
    Score::Known(Outcome {
        partners: changed.len(),
        visits: sum(&changed, &|one| one.visits.1) / sum(&changed, &|one| one.visits.0),
        predicted,
        realised,
        log_error: (realised / predicted).ln(),
    })
}

/// The two years of each partner of the segment that was visited and bought in the first; the second begins after the
/// month of the answer.
fn years(facts: &Facts, segment: &str, start: i32) -> Vec<Years> {
    let of_segment = facts.partners.iter().filter(|partner| partner.segment == segment && !partner.inactive);
    let mut years: BTreeMap<PartnerId, Years> = of_segment.map(|partner| (partner.id, Years::default())).collect();
    let place = |month: i32| match month - start {
        back if (1 - MONTHS..=0).contains(&back) => Some(false),
        ahead if (1..=MONTHS).contains(&ahead) => Some(true),
        _ => None,
    };
    for touch in facts.touches.iter().filter(|touch| touch.kind.is_visit()) {
        if let (Some(one), Some(after)) = (years.get_mut(&touch.partner), place(touch.day.month().0)) {
            *(if after { &mut one.visits.1 } else { &mut one.visits.0 }) += 1.0;
        }
    }
    for (partner, one) in &mut years {
        for sale in facts.sales.months_of(*partner) {
            if let Some(after) = place(sale.month.0) {
                *(if after { &mut one.sales.1 } else { &mut one.sales.0 }) += sale.revenue.units();
            }
        }
    }
    years.into_values().filter(|one| one.visits.0 > 0.0 && one.sales.0 > 0.0).collect()
}
