//! What must not be believed, and why: rules that withhold a headline, and those that only warn.

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
/// One unit or cluster may have this part of the variance.
const ONE_DECIDES: f64 = 0.25;
/// This part of a cohort may have hardly anybody like it among the controls ...
const ALONE: f64 = 0.10;
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
        !matches!(self, Doubt::SmallCells { .. } | Doubt::MayHaveDrifted { .. })
    }
}

/// Is the cell too small to be shown?
pub(crate) fn is_small(treated: usize, controls: usize) -> bool {
    treated < CELL_TREATED || controls < CELL_CONTROLS
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
    doubts.extend(largest_part.filter(|&part| part > ONE_DECIDES).map(|part| Doubt::OneDecides { part }));
    for cohort in cohorts {
        let Some((alone, effective_controls)) = cohort.overlap else { continue };
        if alone > ALONE || effective_controls < EFFECTIVE_CONTROLS {
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
