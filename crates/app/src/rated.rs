//! Facts in which a held meeting counts for what both sides said of it, once that may be seen.

use std::collections::BTreeMap;

use spelplan_facts::{Day, Facts, MeetingId, TouchId};
use spelplan_meetings::rated_quality_of;
use spelplan_store::{KeptRating, Scores, touch_of};

use crate::meetings::{Ratings, ratings};
use crate::{App, AppError};

impl App {
    /// Everything known as of that day.
    pub(crate) async fn rated_facts(&self, as_of: Day) -> Result<Facts, AppError> {
        let mut facts = self.store.facts(as_of).await?;
        self.rate(&mut facts).await?;
        Ok(facts)
    }

    /// Lets held meetings count for what was said of them.
    pub(crate) async fn rate(&self, facts: &mut Facts) -> Result<(), AppError> {
        let mut said: BTreeMap<MeetingId, Vec<KeptRating>> = BTreeMap::new();
        for (meeting, rating) in self.store.ratings().await? {
            said.entry(meeting).or_default().push(rating);
        }
        rate(facts, said, self.day_of_meetings());
        Ok(())
    }
}

fn rate(facts: &mut Facts, mut said: BTreeMap<MeetingId, Vec<KeptRating>>, today: Day) {
    let rated = facts.meetings.iter().filter_map(|meeting| {
        let words = counted(&ratings(said.remove(&meeting.id)?, meeting.plan().day, today));
        let quality = (!words.is_empty()).then(|| rated_quality_of(&meeting.state, &words)).flatten()?;
        Some((touch_of(meeting.id), quality))
    });
    let rated: BTreeMap<TouchId, f64> = rated.collect();
    for touch in &mut facts.touches {
        touch.quality = rated.get(&touch.id).copied().or(touch.quality);
    }
}

/// What counts of what was said: nothing before both sides may see it, so that no strength gives away a word that is still
/// hidden; and never our own word alone, for whoever made the meeting does not judge it.
fn counted(ratings: &Ratings) -> Vec<f64> {
    let word = |one: &KeptRating| {
        let Scores { useful, prepared, trust } = one.scores;
        f64::from(useful + prepared + trust) / 3.0
    };
    match (&ratings.theirs, ratings.open) {
        (Some(theirs), true) => std::iter::once(theirs).chain(&ratings.ours).map(word).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use spelplan_facts::{Month, Side};

    use super::*;

    fn check(all: &[(Side, [i32; 3])], days: i32, expected: &[f64]) {
        let held = Month(2026 * 12 + 2).first().unwrap();
        let kept = |&(side, [useful, prepared, trust]): &(Side, [i32; 3])| KeptRating {
            side,
            scores: Scores { useful, prepared, trust },
            made_by: String::new(),
            at: String::new(),
        };
        let found = ratings(all.iter().map(kept).collect(), held, held.plus(days));
        assert_eq!(counted(&found), expected, "{all:?} after {days} days");
    }

    #[test]
    fn both_words_count_theirs_alone_after_a_week_and_ours_alone_never() {
        check(&[(Side::Theirs, [5, 4, 3])], 6, &[]);
        check(&[(Side::Theirs, [5, 4, 3])], 7, &[4.0]);
        check(&[(Side::Ours, [5, 5, 5])], 30, &[]);
        check(&[(Side::Ours, [5, 5, 5]), (Side::Theirs, [1, 2, 3])], 0, &[2.0, 5.0]);
        check(&[(Side::Theirs, [1, 1, 1]), (Side::Theirs, [5, 5, 5])], 9, &[5.0]);
        check(&[], 9, &[]);
    }
}
