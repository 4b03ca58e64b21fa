//! Segments put together: their cells, the posterior over them, and the slope.

use crate::grid::Assumptions;
use crate::posterior::{Cell, Posterior, cell};
use crate::reading::Slope;
use crate::segment::{Fitted, Segment};
use crate::slope::Fit;

/// A sample of a scope with its cells and posterior.
pub(crate) struct Scope {
    cells: Vec<Cell>,
    /// Per unit its part of the curvature at the likeliest cell.
    curvatures: Vec<f64>,
    pub(crate) posterior: Posterior,
}

impl Scope {
    /// Of those segments.
    pub(crate) fn of(segments: &[&Segment], sample: impl Fn(&Segment) -> &Fitted, assumptions: &Assumptions) -> Scope {
        let freedom: f64 = segments.iter().map(|segment| sample(segment).freedom).sum();
        let observations: f64 = segments.iter().map(|segment| sample(segment).observations).sum();
        let fits = |at: usize| segments.iter().map(|segment| &sample(segment).fits[at]).collect::<Vec<&Fit>>();
        let n_cells = assumptions.grid.cells().len();
        let cells: Vec<Cell> = (0..n_cells).map(|at| cell(&fits(at), freedom, observations)).collect();
        let posterior = Posterior::over(&assumptions.grid, &cells, freedom);
        let curvatures =
            fits(posterior.likeliest()).iter().flat_map(|fit| fit.units.iter().map(|unit| unit.1)).collect();
        Scope { cells, curvatures, posterior }
    }

    /// Each unit's weight in the slope.
    pub(crate) fn parts(&self) -> impl Iterator<Item = f64> + '_ {
        let sum: f64 = self.curvatures.iter().sum();
        self.curvatures.iter().map(move |part| part / sum.max(f64::MIN_POSITIVE))
    }

    fn likeliest(&self) -> &Cell {
        &self.cells[self.posterior.likeliest()]
    }

    /// Standard error of the full sample's slope less this one's, each at its likeliest cell: from what each unit pulls in
    /// one and in the other, since the two share most of their months.
    pub(crate) fn gap_error(&self, full: &Scope) -> f64 {
        let pairs = self.likeliest().pulls.iter().zip(&full.likeliest().pulls);
        pairs.map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
    }

    /// The slope over the grid.
    pub(crate) fn slope(&self) -> Slope {
        let mixture = self.posterior.slopes(&self.cells, &self.curvatures);
        Slope {
            value: mixture.quantile(0.5),
            error: mixture.deviation(),
            low: mixture.quantile(0.1),
            high: mixture.quantile(0.9),
        }
    }
}
