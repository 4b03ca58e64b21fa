//! Which assignments are proposed: those that no other beats, spread along what they trade against each other.

use super::assignment::{Assignment, Figures};
use super::ground::Ground;

/// Most proposals beside today's.
pub(super) const MOST: usize = 6;

/// Assignments none of which beats another.
#[derive(Default)]
pub(super) struct Front(pub(super) Vec<(Figures, Assignment)>);

impl Front {
    /// Takes it in where nothing there beats it or is the same; what it beats goes.
    pub(super) fn offer(&mut self, ground: &Ground, assignment: &Assignment) -> bool {
        let figures = assignment.figures(ground);
        if assignment.handovers > ground.most || self.0.iter().any(|(own, _)| own.beats(&figures) || own.same(&figures))
        {
            return false;
        }
        self.0.retain(|(own, _)| !figures.beats(own));
        self.0.push((figures, assignment.clone()));
        true
    }

    /// At most so many: those best in one thing and the one that brings most money, then whatever lies farthest from
    /// all that is chosen already.
    pub(super) fn spread(&self, worth: &[f64], most: usize) -> Vec<usize> {
        let all: Vec<[f64; 3]> = self.0.iter().map(|(one, _)| [one.drive, one.spread, one.price]).collect();
        let mut chosen: Vec<usize> = Vec::new();
        let mut choose = |at: Option<usize>| {
            if let Some(at) = at.filter(|at| !chosen.contains(at) && chosen.len() < most) {
                chosen.push(at);
            }
        };
        let least = |of: &dyn Fn(usize) -> f64| (0..all.len()).min_by(|a, b| of(*a).total_cmp(&of(*b)).then(a.cmp(b)));
        choose(least(&|at| -worth[at]));
        choose(least(&|at| all[at][0]));
        choose(least(&|at| all[at][1]));
        let ranges: [f64; 3] = std::array::from_fn(|n| {
            let values = || all.iter().map(|one| one[n]);
            (values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min)).max(1e-9)
        });
        let apart =
            |a: usize, b: usize| (0..3).map(|n| ((all[a][n] - all[b][n]) / ranges[n]).powi(2)).sum::<f64>().sqrt();
        while chosen.len() < most {
            let nearest = |at: usize| chosen.iter().map(|&one| apart(at, one)).fold(f64::MAX, f64::min);
            let far = (0..all.len()).filter(|at| !chosen.contains(at));
            let Some(next) = far.max_by(|a, b| nearest(*a).total_cmp(&nearest(*b)).then(b.cmp(a))) else { break };
            chosen.push(next);
        }
        chosen
    }
}
