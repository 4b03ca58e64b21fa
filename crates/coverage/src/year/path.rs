//! A relationship through the year in month steps (model.md sections 3 and 6): visits jump the stock at the start of
//! their month, a month counts with its mean, then the stock fades. Between two seasons a path is a straight line in
//! the strength it begins with, so that all options of a partner are valued in a few multiplications each.
//!
//! `K(o) = sum_t gamma^t g_t mean_t + gamma^T / 12 x R_T x ((1 - e^-d0) / d0) / (1 - gamma e^-d0)`: what a year's worth
//! is multiplied by; the second part is what the year leaves behind, fading without touches.

use spelplan_facts::Model;
use spelplan_focus::{returns, stock};

/// How a partner is touched between visits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    /// Weighted digital touches a month.
    pub(crate) touches: f64,
    /// Of those, video meetings.
    pub(crate) videos: f64,
}

/// When things happen in the year, and what its months weigh.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Calendar {
    /// The month of each season, from 0, never falling.
    pub(crate) months: Vec<usize>,
    /// Share of a year's margin in each month; its length is the horizon.
    pub(crate) index: Vec<f64>,
}

/// A stretch of months without visits: the weighted sum of mean strengths is `sum[0] + sum[1] R`, the strength after
/// it `end[0] + end[1] R`.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    sum: [f64; 2],
    end: [f64; 2],
}

/// The stretches of a year at one level in one world: before, between and after the seasons, with somebody met before
/// (0) and with somebody never met (1), who only a visit can make one met.
#[derive(Debug, Clone)]
pub(crate) struct Year {
    build: f64,
    stretches: [Vec<Stretch>; 2],
    /// Months one by one, where sales do not answer strength in a straight line.
    curved: Option<Box<Curved>>,
}

/// What a year needs where sales answer strength in an S.
#[derive(Debug, Clone)]
struct Curved {
    model: Model,
    /// Strength kept over a month, and the mean of a month by the strength it begins with.
    kept: f64,
    mean: f64,
    /// What a month's video meetings close of the gap: met before, and never met.
    jumps: [f64; 2],
    /// The months' weights.
    weights: Vec<f64>,
    /// First month of each stretch, and the end of the last.
    bounds: Vec<usize>,
    /// What strength at the end leaves behind, at hundredths of strength.
    left: Vec<f64>,
}

impl Year {
    /// The year of that model at that level.
    pub(crate) fn new(model: &Model, level: Level, calendar: &Calendar) -> Year {
        let forces = [model.video_build, model.video_build_unmet];
        let stretches = forces.map(|force| {
            let ends = calendar.months.iter().copied().chain([calendar.index.len()]);
            let mut from = 0;
            let stretch = |to: usize| {
                let stretch = stretch(model, level, force, calendar, from, to);
                from = to;
                stretch
            };
            ends.map(stretch).collect()
        });
        let curved = (model.slow_start > 0.0).then(|| Box::new(Curved::new(model, level, forces, calendar)));
        Year { build: model.build.clamp(0.0, 1.0), stretches, curved }
    }

    /// Discounted strength, in years, of every way to place up to `most[s]` visits in season s, into `ways` in the
    /// order of the numbers `x_0 x_1 ...` with the last season running fastest.
    pub(crate) fn all(&self, strength: f64, met: bool, most: &[u8], ways: &mut Vec<f64>) {
        let (sum, end) = self.pass(0, strength, met);
        self.descend(0, end, sum, met, most, ways);
    }

    fn descend(&self, season: usize, strength: f64, sum: f64, met: bool, most: &[u8], ways: &mut Vec<f64>) {
        if season == most.len() {
            ways.push(sum);
            return;
        }
        let (mut now, mut met) = (strength, met);
        for visits in 0..=most[season] {
            if visits > 0 {
                now = 1.0 - (1.0 - now) * (1.0 - self.build);
                met = true;
            }
            let (more, end) = self.pass(season + 1, now, met);
            self.descend(season + 1, end, sum + more, met, most, ways);
        }
    }

    /// The same of one way.
    pub(crate) fn one(&self, strength: f64, met: bool, visits: &[u8]) -> f64 {
        let (mut now, mut met, mut sum) = (strength, met, 0.0);
        for season in 0..=visits.len() {
            if season > 0 && visits[season - 1] > 0 {
                now = 1.0 - (1.0 - now) * (1.0 - self.build).powi(i32::from(visits[season - 1]));
                met = true;
            }
            let (more, end) = self.pass(season, now, met);
            (sum, now) = (sum + more, end);
        }
        sum
    }

    /// A stretch from that strength: what it adds, and the strength after it.
    fn pass(&self, stretch: usize, strength: f64, met: bool) -> (f64, f64) {
        match &self.curved {
            Some(curved) => curved.pass(stretch, strength, met),
            None => {
                let Stretch { sum, end } = self.stretches[usize::from(!met)][stretch];
                (sum[0] + sum[1] * strength, end[0] + end[1] * strength)
            }
        }
    }
}

impl Curved {
    fn new(model: &Model, level: Level, forces: [f64; 2], calendar: &Calendar) -> Curved {
        let decay = stock::decay(model, level.touches);
        let (months, discount) = (calendar.index.len(), returns::discount_factor(model));
        let weight = |month: usize| discount.powi(month as i32) * calendar.index[month];
        Curved {
            model: *model,
            kept: (-decay).exp(),
            mean: stock::mean_while_fading(1.0, decay, 1.0),
            jumps: forces.map(|force| jump(model, level, force)),
            weights: (0..months).map(weight).collect(),
            bounds: [0].into_iter().chain(calendar.months.iter().copied()).chain([months]).collect(),
            left: (0..=100).map(|part| returns::salvage(model, f64::from(part) / 100.0, months as f64)).collect(),
        }
    }

    fn pass(&self, stretch: usize, strength: f64, met: bool) -> (f64, f64) {
        let (mut now, mut sum, jump) = (strength, 0.0, self.jumps[usize::from(!met)]);
        for weight in &self.weights[self.bounds[stretch]..self.bounds[stretch + 1]] {
            now += jump * (1.0 - now);
            sum += weight * stock::response(&self.model, now * self.mean);
            now *= self.kept;
        }
        if stretch + 2 == self.bounds.len() {
            let place = now.clamp(0.0, 1.0) * 100.0;
            let below = (place as usize).min(99);
            sum += self.left[below] + (place - below as f64) * (self.left[below + 1] - self.left[below]);
        }
        (sum, now)
    }
}

/// What a month's video meetings close of the gap.
fn jump(model: &Model, level: Level, force: f64) -> f64 {
    1.0 - (1.0 - (model.build * force).clamp(0.0, 1.0)).powf(level.videos)
}

/// Month steps from one month to another, composed; the last stretch of the year counts what it leaves behind.
fn stretch(model: &Model, level: Level, force: f64, calendar: &Calendar, from: usize, to: usize) -> Stretch {
    let decay = stock::decay(model, level.touches);
    let (kept, mean) = ((-decay).exp(), stock::mean_while_fading(1.0, decay, 1.0));
    let (discount, jump) = (returns::discount_factor(model), jump(model, level, force));
    let (mut now, mut sum) = ([0.0, 1.0], [0.0, 0.0]);
    for month in from..to {
        now = [now[0] + jump * (1.0 - now[0]), now[1] * (1.0 - jump)];
        let weight = discount.powi(month as i32) * calendar.index[month] * mean;
        sum = [sum[0] + weight * now[0], sum[1] + weight * now[1]];
        now = now.map(|part| part * kept);
    }
    if to == calendar.index.len() {
        let weight = returns::salvage(&Model { slow_start: 0.0, ..*model }, 1.0, to as f64);
        sum = [sum[0] + weight * now[0], sum[1] + weight * now[1]];
    }
    Stretch { sum, end: now }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        let index = vec![0.08, 0.08, 0.09, 0.08, 0.08, 0.09, 0.05, 0.06, 0.09, 0.09, 0.09, 0.12];
        Calendar { months: vec![1, 4, 8], index }
    }

    #[test]
    fn one_way_is_what_it_is_among_all() {
        let (model, most) = (Model { video_build: 0.3, ..Model::default() }, [2_u8, 1, 2]);
        let year = Year::new(&model, Level { touches: 3.0, videos: 1.0 }, &calendar());
        for (strength, met) in [(0.0, false), (0.3, true), (0.9, false)] {
            let mut ways = Vec::new();
            year.all(strength, met, &most, &mut ways);
            let mut at = 0;
            for x in 0..=2 {
                for y in 0..=1 {
                    for z in 0..=2 {
                        assert!((ways[at] - year.one(strength, met, &[x, y, z])).abs() < 1e-12, "{x}{y}{z}");
                        at += 1;
                    }
                }
            }
            assert_eq!(at, ways.len());
        }
    }

    /// A known case of three seasons: base 2,100, potential 3,600, margin 9 %, nothing built, 1.9 a visit.
    #[test]
    fn the_documented_values_of_options() {
        let model = Model::default();
        let value = |visits: [u8; 3], touches: f64| {
            let year = Year::new(&model, Level { touches, videos: 0.0 }, &calendar());
            let nothing = Year::new(&model, Level { touches: 0.0, videos: 0.0 }, &calendar());
            let gain = 0.09 * 1500.0 * (year.one(0.0, false, &visits) - nothing.one(0.0, false, &[0; 3]));
            gain - 1.9 * visits.iter().map(|visits| f64::from(*visits)).sum::<f64>()
        };
        for (visits, touches, expected) in [
            ([0, 0, 1], 0.0, 29.9486),
            ([0, 1, 0], 0.0, 28.5394),
            ([1, 1, 1], 0.0, 70.1587),
            ([0, 0, 0], 2.0, 0.0),
            ([1, 0, 1], 2.0, 66.651),
            ([1, 1, 1], 2.0, 85.5823),
        ] {
            assert!((value(visits, touches) - expected).abs() < 1e-4, "{visits:?}: {}", value(visits, touches));
        }
    }

    #[test]
    fn a_hardly_bent_response_is_nearly_the_straight_one_and_a_slow_start_makes_first_visits_worth_less() {
        let year = |slow_start: f64| {
            let model = Model { slow_start, ..Model::default() };
            Year::new(&model, Level { touches: 1.0, videos: 0.0 }, &calendar())
        };
        let value = |slow_start: f64, visits: [u8; 3]| year(slow_start).one(0.0, false, &visits);
        assert!((value(0.699_99, [2, 2, 2]) / value(0.699_98, [2, 2, 2]) - 1.0).abs() < 1e-3);
        let (first, all) =
            (value(0.5, [1, 0, 0]) / value(0.0, [1, 0, 0]), value(0.5, [2, 2, 2]) / value(0.0, [2, 2, 2]));
        assert!(first < 0.7 && all > first, "{first} of the first, {all} of all");
    }

    #[test]
    fn nothing_stays_nothing_whatever_the_touches() {
        let model = Model { video_build: 0.3, ..Model::default() };
        let year = Year::new(&model, Level { touches: 6.0, videos: 3.0 }, &calendar());
        assert_eq!(year.one(0.0, false, &[0; 3]), 0.0);
        assert!(year.one(0.0, true, &[0; 3]) > 0.0, "video with somebody met builds where it is taken to");
    }
}
