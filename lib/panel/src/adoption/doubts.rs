//! What must not be believed, and why: rules that withhold a headline, and those that only warn.

use statrs::distribution::{Binomial, DiscreteCDF};

use super::drift::Drift;
use super::estimates::{CellEstimate, CohortCount};

/// Fewer treated in a cell than this hide it ...
const CELL_TREATED: usize = 8;
/// ... as do fewer controls.
const CELL_CONTROLS: usize = 20;
/// Fewer treated in all than this withhold the headline ...
const ALL_TREATED: usize = 50;
/// ... as do fewer units or clusters.
const ALL_INDEPENDENT: usize = 100;
/// One unit or cluster decides where it has more of the variance than all others together ...
const ONE_DECIDES: f64 = 0.5;
/// ... and matters where it has this part.
const ONE_MATTERS: f64 = 0.2;
/// This part of a cohort may have hardly anybody like it among the controls ...
const ALONE: f64 = 0.10;
/// ... beyond what so many units drawn from such a cohort would show by chance this seldom, over all cohorts ...
const BY_CHANCE: f64 = 0.01;
/// ... and so many controls must count.
const EFFECTIVE_CONTROLS: f64 = 30.0;
/// A cohort that large lets the joint test be believed.
const JOINT_TREATED: usize = 50;

/// Something that withholds a headline, or a part of it, or only warns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// So many cells are hidden: too few treated or controls.
    SmallCells {
        /// How many.
        cells: usize,
    },
    /// Too few treated in all.
    FewTreated {
        /// How many.
        treated: usize,
    },
    /// Too few units or clusters in all.
    FewIndependent {
        /// How many.
        independent: usize,
    },
    /// One unit or cluster decides.
    OneDecides {
        /// Its part of the variance.
        part: f64,
    },
    /// One unit or cluster matters much, and does not decide.
    OneMatters {
        /// Its part of the variance.
        part: f64,
    },
    /// A cohort has hardly anybody like it among the controls.
    NobodyAlike {
        /// Its first treated period.
        cohort: i64,
        /// Part of it that stands alone.
        alone: f64,
        /// Controls that count.
        effective_controls: f64,
    },
    /// Cohorts drifted before they were treated.
    Drifted {
        /// Probability of such a drift by chance, pooled.
        p: f64,
    },
    /// Some cohort drifted before it was treated.
    SomeDrifted {
        /// Probability of such drifts by chance, jointly.
        p: f64,
    },
    /// Cohorts may have drifted: at five in a hundred, not at one.
    MayHaveDrifted {
        /// Probability of such a drift by chance, pooled.
        p: f64,
    },
}

impl Doubt {
    /// Does it withhold the headline?
    pub fn withholds(&self) -> bool {
        !matches!(self, Doubt::SmallCells { .. } | Doubt::MayHaveDrifted { .. } | Doubt::OneMatters { .. })
    }
}

/// Is the cell too small to be shown?
pub(crate) fn is_small(treated: usize, controls: usize) -> bool {
    treated < CELL_TREATED || controls < CELL_CONTROLS
}

/// Is more of the cohort alone than may be? A few units of a small cohort are alone by chance, and of many cohorts one is: what
/// is seen must be too much for a cohort of which a tenth is.
fn are_alone(alone: f64, units: usize, cohorts: usize) -> bool {
    let count = (alone * units as f64).round() as u64;
    let Ok(by_chance) = Binomial::new(ALONE, units as u64) else { return alone > ALONE };
    alone > ALONE && by_chance.sf(count.saturating_sub(1)) < BY_CHANCE / cohorts as f64
}

/// Every doubt about an estimate.
pub(crate) fn doubts(
    cells: &[CellEstimate],
    cohorts: &[CohortCount],
    independent: usize,
    largest_part: Option<f64>,
    drift: &Drift,
) -> Vec<Doubt> {
    let treated: usize = cohorts.iter().map(|cohort| cohort.units).sum();
    let small = cells.iter().filter(|cell| cell.small).count();
    let mut doubts = Vec::new();
    doubts.extend((small > 0).then_some(Doubt::SmallCells { cells: small }));
    doubts.extend((treated < ALL_TREATED).then_some(Doubt::FewTreated { treated }));
    doubts.extend((independent < ALL_INDEPENDENT).then_some(Doubt::FewIndependent { independent }));
    doubts.extend(largest_part.and_then(|part| match part {
        part if part > ONE_DECIDES => Some(Doubt::OneDecides { part }),
        part if part > ONE_MATTERS => Some(Doubt::OneMatters { part }),
        _ => None,
    }));
    for cohort in cohorts {
        let Some((alone, effective_controls)) = cohort.overlap else { continue };
        if are_alone(alone, cohort.units, cohorts.len()) || effective_controls < EFFECTIVE_CONTROLS {
            doubts.push(Doubt::NobodyAlike { cohort: cohort.first, alone, effective_controls });
        }
    }
    doubts.extend(drift.p().and_then(|p| match p {
        p if p < 0.01 => Some(Doubt::Drifted { p }),
        p if p < 0.05 => Some(Doubt::MayHaveDrifted { p }),
        _ => None,
    }));
    let smallest = cohorts.iter().map(|cohort| cohort.units).min().unwrap_or(0);
    let joint = drift.joint.ok().filter(|joint| smallest >= JOINT_TREATED && joint.p < 0.01);
    doubts.extend(joint.map(|joint| Doubt::SomeDrifted { p: joint.p }));
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(usize, usize, usize, bool)]) {
        for &(alone, units, cohorts, expected) in cases {
            let found = are_alone(alone as f64 / units as f64, units, cohorts);
            assert_eq!(found, expected, "{alone} of {units}, one of {cohorts} cohorts");
        }
    }

    #[test]
    fn a_cohort_is_alone_where_chance_does_not_explain_it() {
        check(&[
            (6, 54, 12, false),
            (13, 54, 12, false),
            (14, 54, 12, true),
            (11, 54, 1, false),
            (12, 54, 1, true),
            (120, 1_000, 1, false),
            (125, 1_000, 1, true),
            (2, 3, 1, false),
            (3, 3, 1, true),
        ]);
    }
}
