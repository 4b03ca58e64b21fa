//! What attention brings in margin (model.md sections 3 and 6). Sales follow strength between the base and the potential,
//! so a full relationship is worth `V = margin share x (potential - base) x response` a year and any treatment is worth
//! V times the discounted strength it adds.

use spelplan_facts::{Band, Model, Money, Parameter, ParameterName, Settings};

use crate::open_goals::OpenGoal;
use crate::{returns, stock};

/// Months between visits of one season: three weeks.
const VISIT_GAP: f64 = 21.0 / stock::DAYS_A_MONTH;

/// Mean strength over a year at which `base_share` of the sales would remain: three visits a year.
const TYPICAL_VISITS: f64 = 3.0;

/// The least share of sales that would remain, as a part of `base_share` (0.7 x 5/7 = 0.5).
const LEAST_BASE: f64 = 5.0 / 7.0;

/// Sales a year that would come with no relationship, in the unit of `sales`.
///
/// From `sales = base + (potential - base) x mean strength`, solved for the base; where that leaves more than the
/// managers' answer (`base_share` at the strength that three visits a year give, everything at none), their answer.
/// Never below 0.5 of the sales at the default answer, never above them.
pub(crate) fn base_sales(model: &Model, sales: f64, potential: f64, mean_strength: f64) -> f64 {
    let typical = stock::settled_mean(model, TYPICAL_VISITS, stock::natural_decay(model)).max(1e-9);
    let judged = sales * (1.0 - (1.0 - model.base_share) * (mean_strength / typical).min(1.0));
    let solved = (sales - potential * mean_strength) / (1.0 - mean_strength).max(1e-9);
    solved.min(judged).clamp(LEAST_BASE * model.base_share.clamp(0.0, 1.0) * sales, sales)
}

/// Discounted strength, in years, that the first, second and third visit of a season each add: the first one now, the
/// others at three-week intervals, each with what the ones before have left ([`returns::of_visit`]).
/// Never rising: where a strong relationship fades faster between visits than they build, or sales answer slowly at
/// first, the later count as the first.
pub(crate) fn visit_strength_years(model: &Model, strength: f64, touches_month: f64) -> [f64; 3] {
    let (decay, discount) = (stock::decay(model, touches_month), stock::discount_month(model));
    let mut now = strength;
    let mut before = f64::INFINITY;
    std::array::from_fn(|n| {
        let later = n as f64 * VISIT_GAP;
        let added = returns::of_visit(model, now, 1.0, touches_month) * (-discount * later).exp();
        now = stock::faded(stock::after_meeting(model, now, 1.0), decay, VISIT_GAP);
        before = added.min(before);
        before
    })
}

/// What a plan holds before a season begins, in months from now.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Ahead {
    /// Its visits, in order.
    pub(crate) visits: Vec<f64>,
    /// The season's first day.
    pub(crate) season: f64,
}

/// [`visit_strength_years`] of a season's visits where others are planned before it: the first is made when the season
/// begins, three weeks after the last of them at the earliest. None adds more than it would without them.
pub(crate) fn visit_strength_years_after(model: &Model, strength: f64, touches_month: f64, ahead: &Ahead) -> [f64; 3] {
    let alone = visit_strength_years(model, strength, touches_month);
    let Some(last) = ahead.visits.last() else { return alone };
    let decay = stock::decay(model, touches_month);
    let mut now = (strength, 0.0);
    for &month in &ahead.visits {
        now = (stock::after_meeting(model, stock::faded(now.0, decay, month - now.1), 1.0), month);
    }
    let first = ahead.season.max(last + VISIT_GAP);
    let waited = (-stock::discount_month(model) * first).exp();
    let then = visit_strength_years(model, stock::faded(now.0, decay, first - last), touches_month);
    std::array::from_fn(|n| (waited * then[n]).min(alone[n]))
}

/// Discounted strength, in years, that `visits` of a season and `touches` more a month over `months` give in all, less
/// what doing nothing keeps.
fn treated_strength_years(model: &Model, goal: &OpenGoal, visits: usize, touches: f64, months: f64) -> f64 {
    let discount = stock::discount_month(model);
    let rate = |month: f64| stock::decay(model, goal.touches_month + if month < months { touches } else { 0.0 });
    let mut changes: Vec<f64> = (0..visits).map(|n| n as f64 * VISIT_GAP).chain([0.0, months]).collect();
    changes.sort_by(f64::total_cmp);
    let (mut strength, mut sum, mut met) = (goal.strength.0, 0.0, 0);
    for (n, &from) in changes.iter().enumerate() {
        if met < visits && from >= met as f64 * VISIT_GAP {
            strength = stock::after_meeting(model, strength, 1.0);
            met += 1;
        }
        let length = changes.get(n + 1).map_or(f64::INFINITY, |to| to - from);
        sum += (-discount * from).exp() * returns::while_fading(model, strength, rate(from), length);
        strength = stock::faded(strength, rate(from), length.min(1e6));
    }
    sum - returns::of_strength(model, goal.strength.0, rate(f64::INFINITY))
}

/// Expected margin gain of that many visits (at most three) and that many more weighted digital touches a month during
/// `months` of season, over doing nothing; after the realised/planned ratio, before costs. Of visits alone it is the
/// sum of the goal's `gains`; touches add only where something is built or a visit builds it.
pub fn treatment_gain(model: &Model, goal: &OpenGoal, visits: usize, touches_month: f64, months: f64) -> Band {
    let visits = visits.min(goal.gains.len());
    let of_visits: Money = goal.gains[..visits].iter().map(|gain| gain.value).sum();
    if goal.obstacle.is_some() {
        return Band::default();
    }
    let years = |touches: f64| treated_strength_years(model, goal, visits, touches, months);
    let kept = if touches_month > 0.0 { (years(touches_month) - years(0.0)).max(0.0) } else { 0.0 };
    as_sure_as(of_visits.units() + kept * goal.worth_year.value.units() * model.realised, &goal.gains[0])
}

/// Uncertainty of a gain beyond that of the worth, in logs each way (80 %): a gain grows with alpha, with the half-life
/// (by delta / (delta + r) of it) and with the response where that is learned. Their bands are the segment's own where it
/// has any, else the assumed ones: .15-.60 and 3-12 months, together about a factor 2.6.
pub(crate) fn model_spread(settings: &Settings, segment: &str) -> f64 {
    let own = settings.segments.iter().find(|one| one.segment == segment);
    let known = |name: ParameterName| own.and_then(|own| own.parameter(name)).copied();
    let reach = |one: Parameter| if one.low > 0.0 { (one.high / one.low).max(1.0).ln() / 2.0 } else { 0.0 };
    let spread = |name: ParameterName| reach(known(name).unwrap_or(Parameter::default_of(name)));
    let model = settings.model_of(segment);
    let decay = stock::natural_decay(&model);
    let pull = decay / (decay + stock::discount_month(&model));
    let response = known(ParameterName::Response).map_or(0.0, reach);
    spread(ParameterName::Build).hypot(pull * spread(ParameterName::HalfLife)).hypot(response)
}

/// A gain as sure as the goal's first visit is.
fn as_sure_as(gain: f64, first: &Band) -> Band {
    let (low, value, high) = (first.low.units(), first.value.units(), first.high.units());
    if gain <= 0.0 || value <= 0.0 {
        return Band::default();
    }
    let scaled = |end: f64| Money::from_units(gain * end / value);
    Band { low: scaled(low), value: Money::from_units(gain), high: scaled(high) }
}

/// A gain with its 80 % interval: the worth's own and the model's, independent, added in logs.
pub(crate) fn gain_band(gain: f64, worth: &Band, model_spread: f64) -> Band {
    let (low, value, high) = (worth.low.units(), worth.value.units(), worth.high.units());
    if gain <= 0.0 || value <= 0.0 {
        return Band::default();
    }
    let down = if low > 0.0 { gain * (-(value / low).ln().hypot(model_spread)).exp() } else { 0.0 };
    let up = gain * (high / value).max(1.0).ln().hypot(model_spread).exp();
    Band { low: Money::from_units(down), value: Money::from_units(gain), high: Money::from_units(up) }
}

#[cfg(test)]
mod tests {
    use spelplan_facts::SegmentModel;

    use super::*;

    /// Margin of a first visit before the realised ratio: sales 2,000 a year, potential 1.25 and base 0.7 of it, 8 %.
    fn value_of_a_visit(touches_month: f64) -> f64 {
        0.08 * (1.25 - 0.7) * 2000.0 * visit_strength_years(&Model::default(), 0.3, touches_month)[0]
    }

    #[test]
    fn the_documented_examples_of_a_visit_s_value() {
        assert!((value_of_a_visit(0.0) - 14.5).abs() < 0.06, "{}", value_of_a_visit(0.0));
        assert!((value_of_a_visit(2.0) - 22.4).abs() < 0.06, "{}", value_of_a_visit(2.0));
    }

    #[test]
    fn later_visits_add_less_at_every_strength() {
        for percent in 0..=100 {
            let years = visit_strength_years(&Model::default(), f64::from(percent) / 100.0, 1.0);
            assert!(years[0] >= years[1] && years[1] >= years[2] && years[2] >= 0.0, "{percent}: {years:?}");
        }
    }

    #[test]
    fn visits_planned_before_a_season_take_from_its_own_and_the_nearer_the_more() {
        let model = Model::default();
        let years = |visits: &[f64], season: f64| {
            visit_strength_years_after(&model, 0.3, 1.0, &Ahead { visits: visits.to_vec(), season })
        };
        assert_eq!(years(&[], 3.0), visit_strength_years(&model, 0.3, 1.0));
        let (none, far, near, two) = (years(&[], 3.0), years(&[1.0], 3.0), years(&[2.2], 3.0), years(&[1.0, 2.2], 3.0));
        for n in 0..3 {
            assert!(
                none[n] > far[n] && far[n] > near[n] && near[n] > two[n] && two[n] > 0.0,
                "{n}: {none:?} {far:?} {near:?} {two:?}"
            );
        }
        // By hand: .3 fades a month, a visit closes alpha of the gap, that fades two months; then what a visit adds, waited for.
        let decay = stock::decay(&model, 1.0);
        let met = 1.0 - (1.0 - 0.3 * (-decay).exp()) * (1.0 - model.build);
        let by_hand = returns::of_visit(&model, met * (-2.0 * decay).exp(), 1.0, 1.0)
            * (-stock::discount_month(&model) * 3.0).exp();
        assert!((far[0] - by_hand).abs() < 1e-12, "{} {by_hand}", far[0]);
    }

    #[test]
    fn the_base_is_all_sales_where_nobody_was_met_and_the_managers_share_where_many_were() {
        let model = Model::default();
        assert_eq!(base_sales(&model, 100.0, 180.0, 0.0), 100.0);
        assert!((base_sales(&model, 100.0, 125.0, 0.475) - 70.0).abs() < 0.1);
        assert_eq!(base_sales(&model, 100.0, 900.0, 0.5), 50.0);
        assert_eq!(base_sales(&model, 0.0, 80.0, 0.4), 0.0);
    }

    #[test]
    fn a_segment_known_better_has_a_narrower_spread() {
        let mut settings = Settings::default();
        let assumed = model_spread(&settings, "MSP");
        assert!((assumed - 0.95).abs() < 0.01, "{assumed}");
        let known = Parameter { low: 5.0, high: 7.0, ..Parameter::default_of(ParameterName::HalfLife) };
        settings.segments.push(SegmentModel { segment: "MSP".to_owned(), parameters: vec![known] });
        assert!(model_spread(&settings, "MSP") < 0.8 * assumed && model_spread(&settings, "Retail") == assumed);
    }

    #[test]
    fn the_band_holds_the_gain_and_is_wider_the_less_the_worth_is_known() {
        let money = |low: f64, high: f64| Band {
            low: Money::from_units(low),
            value: Money::from_units(100.0),
            high: Money::from_units(high),
        };
        let (narrow, wide) = (gain_band(10.0, &money(95.0, 105.0), 0.9), gain_band(10.0, &money(20.0, 300.0), 0.9));
        assert!(
            wide.low < narrow.low && narrow.low < narrow.value && narrow.value < narrow.high && narrow.high < wide.high
        );
        assert_eq!(gain_band(10.0, &money(0.0, 300.0), 0.9).low, Money::ZERO);
    }
}
