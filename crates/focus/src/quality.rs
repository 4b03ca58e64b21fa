//! How good a meeting was, from what is known of it (model.md section 3): 1 with agenda, purpose, goal and a commitment,
//! 0.5 without, and between as many of them as there were; once both sides have rated it, their mean drawn toward that.

use crate::stock::BEST_QUALITY;

/// The least a held meeting counts for.
const LEAST: f64 = 0.3;

/// What a meeting without agenda, purpose, goal and commitment counts for.
const UNPREPARED: f64 = 0.5;

/// How many ratings the preparation weighs as much as: one from each side.
const PRIOR_RATINGS: f64 = 2.0;

/// What is known of one meeting; `None` where nobody recorded it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MeetingRecord {
    /// Was there an agenda?
    pub agenda: Option<bool>,
    /// Was its purpose stated?
    pub purpose: Option<bool>,
    /// Was its goal stated?
    pub goal: Option<bool>,
    /// Did somebody promise something by a day?
    pub commitment: Option<bool>,
    /// What each side said of it afterwards, 1 (waste of time) to 5 (could not be better); others are left out.
    pub ratings: Vec<f64>,
}

/// What the quality rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QualitySource {
    /// How the meeting was prepared and closed.
    Preparation,
    /// What those who were there said of it.
    Ratings,
}

/// A meeting's quality: 1 is a normal good one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// 0.3 to 1.2.
    pub value: f64,
    /// What it rests on.
    pub source: QualitySource,
}

/// The quality of a meeting; `None` where nothing is known of it, and it then counts as a normal good one. A part that
/// nobody recorded counts neither for nor against.
pub fn quality(meeting: &MeetingRecord) -> Option<Quality> {
    let parts = [meeting.agenda, meeting.purpose, meeting.goal, meeting.commitment];
    let known: Vec<bool> = parts.into_iter().flatten().collect();
    let held = known.iter().filter(|&&part| part).count() as f64 / known.len().max(1) as f64;
    let prepared = (!known.is_empty()).then_some(UNPREPARED + (1.0 - UNPREPARED) * held);
    let ratings: Vec<f64> = meeting.ratings.iter().copied().filter(|rating| (1.0..=5.0).contains(rating)).collect();
    if ratings.is_empty() {
        return prepared.map(|value| Quality { value, source: QualitySource::Preparation });
    }
    let rated = |rating: f64| LEAST + (BEST_QUALITY - LEAST) * (rating - 1.0) / 4.0;
    let sum: f64 = ratings.iter().map(|&rating| rated(rating)).sum();
    let value = (PRIOR_RATINGS * prepared.unwrap_or(1.0) + sum) / (PRIOR_RATINGS + ratings.len() as f64);
    Some(Quality { value, source: QualitySource::Ratings })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(prepared: [Option<bool>; 4], ratings: &[f64], expected: Option<f64>) {
        let [agenda, purpose, goal, commitment] = prepared;
        let found = quality(&MeetingRecord { agenda, purpose, goal, commitment, ratings: ratings.to_vec() });
        match (found, expected) {
            (Some(found), Some(expected)) => assert!((found.value - expected).abs() < 1e-12, "{found:?}"),
            (found, expected) => assert_eq!(found.map(|found| found.value), expected),
        }
    }

    #[test]
    fn a_meeting_nobody_wrote_about_is_unknown() {
        check([None; 4], &[], None);
        check([None; 4], &[0.0, 9.0], None);
    }

    #[test]
    fn preparation_makes_half_or_whole() {
        check([Some(true); 4], &[], Some(1.0));
        check([Some(false); 4], &[], Some(0.5));
        check([Some(true), Some(true), Some(false), Some(false)], &[], Some(0.75));
        check([Some(true), None, None, None], &[], Some(1.0));
    }

    #[test]
    fn ratings_draw_it_toward_what_those_present_said() {
        check([Some(true); 4], &[5.0, 5.0], Some(1.1));
        check([Some(true); 4], &[1.0], Some((2.0 + 0.3) / 3.0));
        check([None; 4], &[3.0, 3.0], Some((2.0 + 1.5) / 4.0));
    }
}
