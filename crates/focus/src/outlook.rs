//! How a partner's relationship stands, and what becomes of it until a day ahead at so many touches a month: what upkeep
//! between visits is reckoned from.

use spelplan_facts::{Day, Facts, Model, Partner, Touch};

use crate::pair::TOUCH_MEMORY;
use crate::{relationship, stock};

/// Longest step in months over which changing touches are integrated.
const STEP: f64 = 0.25;

/// A relationship on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Outlook {
    /// Strength 0 to 1.
    pub strength: f64,
    /// Weighted digital touches a month, a running 12-week mean.
    pub touches_month: f64,
    /// Where the last meeting that built something had led to; 0 where none has.
    pub led_to: f64,
    /// When that was.
    pub last_meeting: Option<Day>,
}

/// A relationship some months on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct KeptUp {
    /// Strength at the end of them.
    pub strength: f64,
    /// Strength summed over them, in months of a full relationship.
    pub strength_months: f64,
}

/// How the partner stands on that day, given its touches in order of day.
pub fn outlook(facts: &Facts, partner: &Partner, touches: &[&Touch], today: Day) -> Outlook {
    let model = facts.settings.model_of(&partner.segment);
    let by_video = model.video_build > 0.0 || model.video_build_unmet > 0.0;
    let builds = |touch: &&&Touch| touch.kind.builds > 0.0 || (touch.kind.code == "video" && by_video);
    let last_meeting = touches.iter().filter(|touch| touch.day <= today).rfind(builds).map(|touch| touch.day);
    let days = [last_meeting.unwrap_or(today), today];
    let stood = relationship::standings(facts, partner, touches, &days);
    Outlook {
        strength: stood[1].strength,
        touches_month: stood[1].touches_month,
        led_to: if last_meeting.is_some() { stood[0].strength } else { 0.0 },
        last_meeting,
    }
}

/// Those months from that strength, where the running mean of touches moves from what it is to that pace and stays there.
/// At pace 0 it is what becomes of a partner whom nobody touches.
pub fn kept_up(model: &Model, strength: f64, touches_month: f64, pace: f64, months: f64) -> KeptUp {
    let mut ahead = KeptUp { strength, strength_months: 0.0 };
    if months <= 0.0 || strength <= 0.0 {
        return ahead;
    }
    let steps = (months / STEP).ceil().max(1.0);
    let length = months / steps;
    let rate = |month: f64| stock::decay(model, pace + (touches_month - pace) * touches_left(month));
    let mut before = rate(0.0);
    for step in 0..steps as usize {
        let from = step as f64 * length;
        let after = rate(from + length);
        let mean = (before + 4.0 * rate(from + 0.5 * length) + after) / 6.0;
        ahead.strength_months += stock::mean_while_fading(ahead.strength, mean, length) * length;
        ahead.strength = stock::faded(ahead.strength, mean, length);
        before = after;
    }
    ahead
}

/// The strength from which one good visit leads back to where an earlier one had led: what the next visit needs so that the
/// relationship loses no ground. 0 where the visit leads there from nothing.
pub fn needed_to_regain(model: &Model, led_to: f64) -> f64 {
    let build = model.build.clamp(0.0, 1.0);
    if build >= 1.0 { 0.0 } else { (1.0 - (1.0 - led_to) / (1.0 - build)).max(0.0) }
}

/// Running mean of touches right after one more of that weight.
pub fn touched(touches_month: f64, weight: f64) -> f64 {
    touches_month + weight / TOUCH_MEMORY
}

/// The part of a running mean of touches that is left after months without any.
pub fn touches_left(months: f64) -> f64 {
    (-months / TOUCH_MEMORY).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::{PamId, PartnerId, TouchId, TouchKind};

    use crate::pair::Pair;

    /// Touches one by one, as the pair feels them, against the pace that they are.
    fn discrete(touches_a_month: f64, months: f64) -> f64 {
        let (model, start) = (Model::default(), Day::new(2026, 1, 5).expect("a day"));
        let touch = |day: Day, kind: &'static TouchKind| Touch {
            id: TouchId(1),
            day,
            partner: PartnerId(1),
            contact: None,
            pam: Some(PamId(1)),
            kind,
            quality: None,
        };
        let mut pair = Pair::new(Some(PamId(1)), start);
        pair.receive(&model, &touch(start, spelplan_facts::touches::visit()));
        let call = TouchKind::named("call").expect("calls are known");
        let end = start.plus((months * stock::DAYS_A_MONTH) as i32);
        let mut next = 0.5 / touches_a_month;
        while touches_a_month > 0.0 && next < months {
            let day = start.plus((next * stock::DAYS_A_MONTH) as i32);
            pair.advance(&model, day);
            pair.receive(&model, &touch(day, call));
            next += 1.0 / touches_a_month;
        }
        pair.advance(&model, end);
        pair.strength
    }

    #[test]
    fn a_pace_is_what_touches_one_by_one_come_to() {
        let model = Model::default();
        for (pace, months) in [(0.0, 6.0), (1.0, 6.0), (2.0, 9.0), (4.0, 12.0)] {
            let (kept, one_by_one) = (kept_up(&model, model.build, 0.0, pace, months).strength, discrete(pace, months));
            assert!((kept - one_by_one).abs() < 0.02 * model.build, "{pace} a month: {kept} and {one_by_one}");
        }
    }

    #[test]
    fn untouched_it_halves_in_its_half_life_and_nothing_stays_nothing() {
        let model = Model::default();
        let half = kept_up(&model, 0.6, 0.0, 0.0, model.half_life_months);
        assert!((half.strength - 0.3).abs() < 1e-9 && half.strength_months < 0.6 * model.half_life_months);
        assert_eq!(kept_up(&model, 0.0, 6.0, 6.0, 12.0).strength, 0.0);
    }

    #[test]
    fn from_what_a_visit_needs_it_leads_back_exactly() {
        let model = Model::default();
        for led_to in [0.5, 0.7, 0.9] {
            let needed = needed_to_regain(&model, led_to);
            assert!((stock::after_meeting(&model, needed, 1.0) - led_to).abs() < 1e-12, "{led_to}");
        }
        assert_eq!(needed_to_regain(&model, model.build), 0.0);
    }
}
