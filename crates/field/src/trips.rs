//! What PAMs' own logged trips say of the computed times.
//!
//! Per PAM: factor = exp(n / (n + 10) × median of ln(real / computed)). The median because one lunch on the way is no lesson;
//! drawn towards 1 because three trips are none either.

use std::collections::BTreeMap;

use spelplan_facts::{DriveFactor, Facts, LearnedSlack, LoggedTrip, Minutes, PamId, Settings, Share};

use crate::drive::{Drives, End};

/// So many trips count as much as the belief that the times are right.
const BELIEF: f64 = 10.0;
/// Shorter drives say more about doors and parking than about roads.
const SHORTEST: Minutes = Minutes(10);
/// Trips that took so many times longer or shorter were no drives from door to door.
const ABSURD: f64 = 3.0;
/// A drive's time is rounded up; half a minute on average.
const ROUNDED: f64 = 0.5;

/// Fewer trips say nothing of the spread.
const FEWEST_FOR_SLACK: usize = 20;

/// The slack with which such a share of the logged drives would have ended in time, each PAM's own factor counted already;
/// `None` where there are too few. It is told by the drive: a day of several drives levels some out, so for days it is
/// on the safe side.
pub fn learned_slack(facts: &Facts, trips: &[LoggedTrip], in_time: Share) -> Option<LearnedSlack> {
    let bare = bare(facts);
    let over = |trip: &LoggedTrip| Some(ratio(&bare, trip)? / facts.settings.drive_factor(trip.pam));
    let mut ratios: Vec<f64> = trips.iter().filter_map(over).collect();
    ratios.sort_by(f64::total_cmp);
    let n = ratios.len();
    let at = (in_time.0.clamp(0.0, 1.0) * (n + 1) as f64).ceil() as usize;
    let enough = n >= FEWEST_FOR_SLACK;
    let ratio = ratios.get(at.clamp(1, n.max(1)) - 1).filter(|_| enough)?;
    Some(LearnedSlack { in_time, slack: Share((ratio - 1.0).max(0.0)), trips: n })
}

/// The times as they would be without slack and without an earlier factor.
fn bare(facts: &Facts) -> Facts {
    let settings = Settings { drive_slack: Share(0.0), drive_factors: Vec::new(), ..facts.settings.clone() };
    Facts { settings, drives: facts.drives.clone(), ..Facts::default() }
}

/// The factor of every PAM with a trip that can be compared.
pub fn drive_factors(facts: &Facts, trips: &[LoggedTrip]) -> Vec<DriveFactor> {
    let bare = bare(facts);
    let mut ratios: BTreeMap<PamId, Vec<f64>> = BTreeMap::new();
    for trip in trips {
        if let Some(ratio) = ratio(&bare, trip) {
            ratios.entry(trip.pam).or_default().push(ratio.ln());
        }
    }
    let learned = |(pam, mut logs): (PamId, Vec<f64>)| {
        logs.sort_by(f64::total_cmp);
        let n = logs.len();
        let median = (logs[(n - 1) / 2] + logs[n / 2]) / 2.0;
        let trust = n as f64 / (n as f64 + BELIEF);
        DriveFactor { pam, factor: (trust * median).exp(), trips: n }
    };
    ratios.into_iter().map(learned).collect()
}

/// Real over computed; `None` where they cannot be compared.
fn ratio(bare: &Facts, trip: &LoggedTrip) -> Option<f64> {
    let end = |point| End::new(&bare.settings, point);
    let leg = Drives::of(bare, trip.pam).between(&end(trip.from), &end(trip.to)).leg()?;
    let ratio = f64::from(trip.time.0) / (f64::from(leg.time.0) - ROUNDED);
    (leg.time >= SHORTEST && (ABSURD.recip()..=ABSURD).contains(&ratio)).then_some(ratio)
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::Point;

    /// Trips between points inland that take a planted part of the computed time, some longer and some shorter.
    fn trips(count: usize, planted: f64) -> (Facts, Vec<LoggedTrip>) {
        let facts = Facts::default();
        let bare = Settings { drive_slack: Share(0.0), ..Settings::default() };
        let trip = |n: usize| {
            let from = Point { lat: 60.0 + 0.003 * n as f64, lon: 14.0 };
            let to = Point { lat: 60.6, lon: 14.0 + 0.002 * n as f64 };
            let end = |point| End::new(&bare, point);
            let leg = Drives::estimated(&bare).between(&end(from), &end(to)).leg().unwrap();
            let scatter = [0.9, 1.0, 1.1, 0.95, 1.05][n % 5];
            let time = Minutes((f64::from(leg.time.0) * planted * scatter).round() as i32);
            LoggedTrip { pam: PamId(7), from, to, time }
        };
        (facts, (0..count).map(trip).collect())
    }

    fn learned(facts: &Facts, trips: &[LoggedTrip]) -> (f64, usize) {
        let factors = drive_factors(facts, trips);
        factors.first().map_or((1.0, 0), |one| (one.factor, one.trips))
    }

    #[test]
    fn many_trips_teach_what_was_planted_and_few_hardly_anything() {
        for planted in [0.8, 1.0, 1.25] {
            let (facts, many) = trips(200, planted);
            let (factor, n) = learned(&facts, &many);
            assert_eq!(n, 200);
            assert!((factor / planted - 1.0).abs() < 0.03, "{planted}: {factor}");
            let (few, n) = learned(&facts, &many[..3]);
            assert_eq!(n, 3);
            assert!((few - 1.0).abs() < 0.35 * (planted - 1.0).abs() + 0.03, "{planted}: {few}");
        }
        assert_eq!(learned(&Facts::default(), &[]), (1.0, 0));
    }

    #[test]
    fn the_slack_learned_is_that_of_the_planted_spread_and_few_trips_teach_none() {
        let (mut facts, many) = trips(200, 1.2);
        facts.settings.drive_factors = drive_factors(&facts, &many);
        // A fifth each of 0.9, 0.95, 1, 1.05 and 1.1 times what the factor says.
        for (in_time, planted) in [(0.5, 0.0), (0.75, 0.05), (0.9, 0.1)] {
            let learned = learned_slack(&facts, &many, Share(in_time)).unwrap();
            assert!((learned.slack.0 - planted).abs() < 0.03, "{in_time}: {learned:?}");
            assert_eq!(learned.trips, 200);
        }
        assert_eq!(learned_slack(&facts, &many[..10], Share(0.8)), None);
    }

    #[test]
    fn slack_and_what_was_learned_before_are_not_learned_again() {
        let (mut facts, many) = trips(60, 1.2);
        let first = learned(&facts, &many).0;
        facts.settings.drive_factors.push(DriveFactor { pam: PamId(7), factor: first, trips: 60 });
        facts.settings.drive_slack = Share(0.5);
        assert_eq!(learned(&facts, &many).0, first);
    }

    #[test]
    fn a_lunch_on_the_way_a_ferry_and_a_hop_teach_nothing() {
        let (facts, mut many) = trips(40, 1.1);
        let before = learned(&facts, &many);
        let (stockholm, visby) = (Point { lat: 59.3294, lon: 18.0687 }, Point { lat: 57.6348, lon: 18.2948 });
        let odd = [
            LoggedTrip { time: Minutes(600), ..many[0] },
            LoggedTrip { pam: PamId(7), from: stockholm, to: visby, time: Minutes(300) },
            LoggedTrip { pam: PamId(7), from: many[0].from, to: many[0].from, time: Minutes(9) },
        ];
        many.extend(odd);
        assert_eq!(learned(&facts, &many), before);
    }
}
