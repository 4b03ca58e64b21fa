//! A PAM's own figure, where the data carry one: at least fifty partners whose visits began, and drawn toward the team's by
//! empirical Bayes. Where the figures lie no farther apart than chance would put them, there is no ranking.

use std::collections::BTreeMap;

use spelplan_facts::{Band, Facts, Money, PamId};
use spelplan_panel::Estimate;
use spelplan_panel::adoption::{Ask, estimate};
use spelplan_panel::lottery::drawn_together;

use crate::comparison::Measure;
use crate::effect::{Effect, ask};
use crate::specification::Specification;

/// Partners whose visits began that a figure of one's own needs.
const ENOUGH: usize = 50;
/// Errors of an 80 % interval each way.
const EIGHTY: f64 = 1.281_551_565_544_600_4;

/// A figure of one's own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Own {
    /// Partners it comes from.
    pub treated: usize,
    /// Part of it that is one's own rather than the team's: 0 where nothing tells them apart.
    pub kept: f64,
    /// As a part of a usual month.
    pub part: f64,
    /// In money, with its 80 % interval.
    pub brought: Band,
}

/// Everybody's who has one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnFigures {
    /// By PAM. Empty where fewer than two have enough partners, or the team's figure is withheld.
    pub figures: BTreeMap<PamId, Own>,
    /// PAMs with enough partners.
    pub enough: usize,
    /// How far true figures lie apart (tau squared, of parts of a usual month); none where fewer than two were drawn together.
    pub between: Option<f64>,
}

impl OwnFigures {
    /// May they be put in an order?
    pub fn ranked(&self) -> bool {
        self.between.is_some_and(|between| between > 0.0)
    }
}

/// Draws the PAMs' figures together.
pub fn own_figures(facts: &Facts, effect: &Effect, specification: &Specification) -> OwnFigures {
    let told = effect.brought.is_some() && effect.comparison.measure == Measure::Margin;
    let runs = |pam: PamId| move |partner| facts.partner(partner).is_some_and(|one| one.pam == Some(pam));
    let alone: Vec<_> = (facts.pams.iter().filter(|_| told))
        .map(|pam| (pam.id, effect.comparison.with_only(runs(pam.id))))
        .filter(|(_, comparison)| comparison.n_treated() >= ENOUGH)
        .collect();
    let enough = alone.len();
    let asked = Ask { draws: 0, estimator: effect.estimator, ..ask(specification) };
    let found: Vec<_> = alone
        .into_iter()
        .filter_map(|(pam, comparison)| {
            let simple = estimate(&comparison.panel, &asked).ok()?.simple?;
            let own = Estimate { value: simple.value, error: simple.error? };
            Some((pam, own, comparison.usual_since(), comparison.n_treated()))
        })
        .collect();
    let estimates: Vec<Estimate> = found.iter().map(|one| one.1).collect();
    let Some(together) = drawn_together(&estimates) else { return OwnFigures { enough, ..OwnFigures::default() } };
    let figure = |(one, &drawn): (&(PamId, Estimate, f64, usize), &f64)| {
        let (pam, own, usual, treated) = *one;
        let kept = together.between / (together.between + own.error.powi(2));
        let variance = kept * own.error.powi(2) + ((1.0 - kept) * together.mean.error).powi(2);
        let reach = EIGHTY * variance.sqrt();
        let money = |part: f64| Money::from_units(part * usual);
        let brought = Band { low: money(drawn - reach), value: money(drawn), high: money(drawn + reach) };
        (pam, Own { treated, kept, part: drawn, brought })
    };
    let figures = found.iter().zip(&together.drawn).map(figure).collect();
    OwnFigures { figures, enough, between: Some(together.between) }
}
