//! Small symmetric systems of equations.

/// A factored matrix: lower triangle of Cholesky's form, row by row.
pub(crate) struct Factor {
    lower: Vec<f64>,
    size: usize,
}

/// Factors a symmetric matrix that is positive but for rounding; a pivot lost to rounding is made huge, so that its
/// row's step becomes nothing.
pub(crate) fn factor(mut matrix: Vec<f64>, size: usize) -> Factor {
    for column in 0..size {
        for row in column..size {
            let known: f64 = (0..column).map(|k| matrix[row * size + k] * matrix[column * size + k]).sum();
            let rest = matrix[row * size + column] - known;
            matrix[row * size + column] = if row == column {
                if rest > 1e-14 * matrix[row * size + row].abs() { rest.sqrt() } else { 1e100 }
            } else {
                rest / matrix[column * size + column]
            };
        }
    }
    Factor { lower: matrix, size }
}

impl Factor {
    /// Solves for this right side.
    pub(crate) fn solve(&self, mut right: Vec<f64>) -> Vec<f64> {
        let (lower, size) = (&self.lower, self.size);
        for row in 0..size {
            let known: f64 = (0..row).map(|k| lower[row * size + k] * right[k]).sum();
            right[row] = (right[row] - known) / lower[row * size + row];
        }
        for row in (0..size).rev() {
            let known: f64 = (row + 1..size).map(|k| lower[k * size + row] * right[k]).sum();
            right[row] = (right[row] - known) / lower[row * size + row];
        }
        right
    }
}
