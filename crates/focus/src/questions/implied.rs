//! What one person's answers, or the median of several, say about the model (model.md section 4).

use spelplan_facts::{Answers, Model, Question};

use super::{Adbudg, Flag};
use crate::stock;

/// Elasticities of personal selling in print: .25 pharmaceutical detailing, .34 all industries (Albers, Mantrala and
/// Sridhar 2010), mostly observational and so on the high side.
pub const PUBLISHED_ELASTICITY: (f64, f64) = (0.25, 0.34);

/// Beyond these an elasticity is flagged.
const ELASTICITY: (f64, f64) = (0.05, 0.60);
/// Beyond these a base share is flagged.
const BASE: (f64, f64) = (0.5, 0.9);
/// Beyond these what a visit builds is not believed.
const BUILD: (f64, f64) = (0.05, 0.90);
/// Beyond these a half-life is flagged (months).
const HALF_LIFE: (f64, f64) = (2.0, 24.0);
/// Above this what digital removes of the decay is flagged, and cut.
const MOST_RELIEF: f64 = 0.95;

/// Parameters as the answers have them; `None` where they contradict each other or cannot be believed.
#[derive(Debug, Clone, PartialEq)]
pub struct Implied {
    /// The response curve.
    pub curve: Option<Adbudg>,
    /// Elasticity of sales at today's visits, to be seen beside [`PUBLISHED_ELASTICITY`].
    pub elasticity: Option<f64>,
    /// Share of sales that would remain with no relationship: `(a - r) / (1 - r)`, r what a year of silence leaves.
    pub base_share: Option<f64>,
    /// Months until half is gone.
    pub half_life_months: f64,
    /// Most of the decay that digital touches remove: `(1 - hl5 / hl6) / (1 - e^(-2 / kappa))`.
    pub digital_relief: f64,
    /// What a good visit builds, solved from the strength that today's visits must have kept.
    pub build: Option<f64>,
    /// Video with somebody met, as a share of a visit.
    pub video_build: f64,
    /// Video with somebody never met.
    pub video_build_unmet: f64,
    /// What to think about once more.
    pub flags: Vec<Flag>,
}

/// What the answers say. `model` has what is not asked for (kappa).
pub fn implied(answers: &Answers, model: &Model) -> Implied {
    let part = |question: Question| answers.get(question) / 100.0;
    let (none, most) = (part(Question::Without), part(Question::Saturation));
    let curve = Adbudg::of(none, most, Some(part(Question::Half)), Some(part(Question::More)));
    let curve = curve.filter(|curve| curve.shape > 0.0);
    let (silent, digital) = (answers.get(Question::SilentMonths), answers.get(Question::DigitalMonths));
    let model = Model { half_life_months: silent, ..*model };
    let relief = (1.0 - silent / digital) / stock::relief(&model, 2.0);
    let base_share = base_share(none, silent).filter(|base| (0.02..=0.98).contains(base));
    let build = base_share.and_then(|base| build(base, most, answers.get(Question::VisitsYear), &model));
    let mut implied = Implied {
        elasticity: curve.map(|curve| curve.elasticity_now()),
        curve,
        base_share,
        half_life_months: silent,
        digital_relief: relief.clamp(0.0, MOST_RELIEF),
        build: build.filter(|build| (BUILD.0..=BUILD.1).contains(build)),
        video_build: part(Question::VideoMet).min(1.0),
        video_build_unmet: part(Question::VideoUnmet).min(1.0),
        flags: Vec::new(),
    };
    implied.flags = flags(answers, &implied, relief);
    implied
}

/// The share of sales that no relationship would leave, where a year of silence leaves `left` of the sales and half of
/// the relationship is gone in `silent` months; may come out impossible.
pub(super) fn base_share(left: f64, silent: f64) -> Option<f64> {
    let kept = 0.5_f64.powf(12.0 / silent);
    let base = (left - kept) / (1.0 - kept);
    base.is_finite().then_some(base)
}

fn build(base: f64, most: f64, visits_year: f64, model: &Model) -> Option<f64> {
    let strength = (1.0 - base) / (most - base);
    let believable = most > 1.0 && strength < 1.0;
    believable.then(|| stock::build_that_keeps(strength, visits_year, stock::natural_decay(model))).flatten()
}

fn flags(answers: &Answers, implied: &Implied, relief: f64) -> Vec<Flag> {
    let said = |question: Question| answers.get(question);
    let outside = |value: f64, (least, most): (f64, f64)| !(least..=most).contains(&value);
    let mut flags = Vec::new();
    for (fewer, more) in
        [(Question::Without, Question::Half), (Question::Half, Question::More), (Question::More, Question::Saturation)]
    {
        flags.extend((said(fewer) > said(more)).then_some(Flag::FewerSellMore(fewer, more)));
    }
    let half_above_now = said(Question::Half) > 100.0 && said(Question::Half) <= said(Question::More);
    let more_below_now = said(Question::More) < 100.0 && said(Question::Half) <= said(Question::More);
    let around_now = half_above_now || more_below_now;
    let no_effect = said(Question::Without) >= 100.0 && said(Question::Saturation) <= 100.0;
    let base = implied.base_share;
    let cases = [
        (around_now, Flag::FewerSellMore(Question::Half, Question::More)),
        (no_effect, Flag::NoEffect),
        (implied.curve.is_none() && !no_effect, Flag::NoCurve),
        (implied.elasticity.is_some_and(|elasticity| outside(elasticity, ELASTICITY)), Flag::ElasticityFar),
        (base.is_none(), Flag::BaseContradicts),
        (base.is_some_and(|base| outside(base, BASE)), Flag::BaseFar),
        (relief < 0.0, Flag::DigitalHarms),
        (relief > MOST_RELIEF, Flag::DigitalStopsAll),
        (outside(said(Question::SilentMonths), HALF_LIFE), Flag::HalfLifeFar),
        (base.is_some() && implied.build.is_none(), Flag::BuildFar),
        (said(Question::VideoUnmet) > said(Question::VideoMet), Flag::UnmetAboveMet),
        (said(Question::VideoMet) > 100.0, Flag::VideoAboveVisit),
        (answers.slow_start && implied.curve.is_some_and(|curve| curve.shape <= 1.0), Flag::SlowStartUnseen),
    ];
    flags.extend(cases.into_iter().filter(|(is, _)| *is).map(|(_, flag)| flag));
    flags
}
