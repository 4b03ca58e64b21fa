//! A partner's relationship strength through time, for its page.

use spelplan_facts::{Day, DayRange, Facts, PartnerId, Share, Touch};

use crate::past::Past;
use crate::relationship;

/// Points drawn evenly over the range.
const POINTS: i32 = 200;

/// Strength at the end of evenly spaced days of the range (about 200 at most), of its first and last day, and of the
/// day before and the day of every meeting, so that a line through the points shows each jump. Empty for a partner that is not known.
pub fn strength_curve(facts: &Facts, partner: PartnerId, range: DayRange) -> Vec<(Day, Share)> {
    let Some(known) = facts.partner(partner) else { return Vec::new() };
    let model = facts.settings.model_of(&known.segment);
    let past = Past::until(facts, range.to);
    let touches = past.of(partner);
    let step = (range.from.until(range.to) / POINTS + 1).max(1) as usize;
    let by_video = model.video_build > 0.0 || model.video_build_unmet > 0.0;
    let builds = |touch: &Touch| touch.kind.builds > 0.0 || (touch.kind.code == "video" && by_video);
    let jumps = touches.iter().filter(|touch| builds(touch)).flat_map(|touch| [touch.day.plus(-1), touch.day]);
    let mut days: Vec<Day> = range.days().step_by(step).chain(jumps).filter(|&day| range.contains(day)).collect();
    days.push(range.to);
    days.sort();
    days.dedup();
    let standings = relationship::standings(facts, known, touches, &days);
    days.into_iter().zip(standings).map(|(day, standing)| (day, Share(standing.strength))).collect()
}
