//! How much of what plans promise comes true: what closed seasons brought in, over what their plans said of the same partners and
//! the same months, drawn toward what is usual while the seasons are few. Plans may be multiplied by it; nobody's are until somebody
//! says so.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{DayRange, Model, PartnerId, SeasonPlan};
use spelplan_panel::lottery::drawn_together;
use spelplan_panel::{Estimate, combine};

use crate::comparison::Measure;
use crate::did_it_pay::Grade;
use crate::effect::Effect;

/// What is usual before any season is counted is [`Model::realised`] by default, and may be this far off (a standard error).
const USUAL_ERROR: f64 = 0.3;
/// Seasons differ by at least this much, however alike the first ones look (a standard deviation).
const BETWEEN: f64 = 0.2;
/// Less than this part of the money compared was in the plan, and the season says nothing of the plan.
const PLANNED: f64 = 0.8;
/// A plan is never multiplied by less or more than this.
const LIMITS: (f64, f64) = (0.05, 2.0);
/// Errors to either end of an 80 % interval, and of a 95 % one.
const EIGHTY: f64 = 1.281_551_565_544_600_4;
const NINETY_FIVE: f64 = 1.959_963_984_540_054;

/// What one closed season brought in, over what its plan said of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Realised {
    /// Its weeks.
    pub season: DayRange,
    /// The ratio with its standard error; before any ratio that the plan was multiplied by.
    pub ratio: Estimate,
    /// How well what came of it is proven.
    pub grade: Grade,
}

/// The ratio by which plans may be multiplied.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Lower end of the 80 % interval.
    pub low: f64,
    /// The ratio.
    pub value: f64,
    /// Upper end.
    pub high: f64,
    /// What the seasons say by themselves.
    pub own: Estimate,
    /// How much of the ratio is theirs; the rest is what is usual.
    pub own_weight: f64,
    /// The seasons, the latest first.
    pub seasons: Vec<Realised>,
}

impl Realised {
    /// Of that plan and what came of its season. `due` is the part of a gain that comes within so many months. None where nothing may
    /// be told of the season, where revenue was counted instead of margin, or where too much of what was counted was not planned.
    pub fn of(plan: &SeasonPlan, effect: &Effect, due: impl Fn(f64) -> f64) -> Option<Realised> {
        let brought = effect.brought.filter(|_| effect.comparison.measure == Measure::Margin)?;
        let visited: BTreeSet<PartnerId> =
            plan.days.iter().flat_map(|day| day.stops.iter().map(|stop| stop.partner)).collect();
        let mut gains: BTreeMap<PartnerId, f64> = BTreeMap::new();
        for line in plan.coverage.iter().filter(|line| visited.contains(&line.partner)) {
            *gains.entry(line.partner).or_default() += line.gain.value.units() / plan.settings.model.realised;
        }
        let (mut promised, mut planned, mut counted) = (0.0, 0.0, 0.0);
        for (one, first) in effect.comparison.treated().filter_map(|one| Some((one, one.first?))) {
            counted += one.weight;
            let Some(gain) = gains.get(&one.partner) else { continue };
            planned += one.weight;
            let months = effect.comparison.months.iter().filter(|month| **month >= first).count();
            // Of a large account only so much counts in what was brought in; so of its promise too.
            promised += gain * due(months as f64) * one.weight / one.usual.max(one.weight);
        }
        (promised > 0.0 && planned >= PLANNED * counted).then_some(())?;
        let error = (brought.high - brought.low).units() / (2.0 * NINETY_FIVE);
        let ratio = Estimate { value: brought.value.units() / promised, error: error / promised };
        let season = plan.season;
        (ratio.value.is_finite() && ratio.error > 0.0).then_some(Realised { season, ratio, grade: effect.grade })
    }
}

impl Calibration {
    /// Of those seasons together; none without any.
    pub fn of(seasons: Vec<Realised>) -> Option<Calibration> {
        let ratios: Vec<Estimate> = seasons.iter().map(|one| one.ratio).collect();
        let between = drawn_together(&ratios).map_or(0.0, |together| together.between).max(BETWEEN.powi(2));
        let spread = |one: &Estimate| Estimate { error: one.error.hypot(between.sqrt()), ..*one };
        let own = ratios.iter().map(spread).reduce(combine)?;
        let usual = Estimate { value: Model::default().realised, error: USUAL_ERROR };
        let both = combine(own, usual);
        let within = |value: f64| value.clamp(LIMITS.0, LIMITS.1);
        Some(Calibration {
            low: within(both.value - EIGHTY * both.error),
            value: within(both.value),
            high: within(both.value + EIGHTY * both.error),
            own,
            own_weight: own.error.powi(-2) * both.error.powi(2),
            seasons,
        })
    }
}
