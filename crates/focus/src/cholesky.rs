//! Positive definite systems of equations by Cholesky's factor. Plain numbers; deterministic.

/// The lower factor of a symmetric matrix.
pub(crate) struct Cholesky {
    n: usize,
    lower: Vec<f64>,
}

impl Cholesky {
    /// Factors a positive definite matrix given by its lower half, row by row.
    pub(crate) fn of(mut a: Vec<f64>, n: usize) -> Cholesky {
        for row in 0..n {
            for column in 0..=row {
                let (above, own) = a.split_at(row * n);
                let left = if row == column { &own[..column] } else { &above[column * n..column * n + column] };
                let done: f64 = own[..column].iter().zip(left).map(|(x, y)| x * y).sum();
                let rest = a[row * n + column] - done;
                a[row * n + column] =
                    if row == column { rest.max(1e-12).sqrt() } else { rest / a[column * n + column] };
            }
        }
        Cholesky { n, lower: a }
    }

    /// Solves `A b = right`.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let (n, mut b) = (self.n, self.halfway(right, 0));
        for row in (0..n).rev() {
            b[row] /= self.lower[row * n + row];
            let known = b[row];
            let line = &self.lower[row * n..row * n + row];
            b[..row].iter_mut().zip(line).for_each(|(left, part)| *left -= part * known);
        }
        b
    }

    /// Solves `L b = right`, whose first `zeros` entries are known to be zero.
    pub(crate) fn halfway(&self, right: &[f64], zeros: usize) -> Vec<f64> {
        let (n, mut b) = (self.n, right.to_vec());
        for row in zeros..n {
            let line = &self.lower[row * n + zeros..row * n + row];
            let done: f64 = line.iter().zip(&b[zeros..row]).map(|(x, y)| x * y).sum();
            b[row] = (b[row] - done) / self.lower[row * n + row];
        }
        b
    }

    /// The diagonal of the inverse.
    pub(crate) fn inverse_diagonal(&self) -> Vec<f64> {
        let one = |at: usize| {
            let mut unit = vec![0.0; self.n];
            unit[at] = 1.0;
            self.halfway(&unit, at).iter().map(|x| x * x).sum()
        };
        (0..self.n).map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_its_inverse_s_diagonal_known() {
        let factor = Cholesky::of(vec![4.0, 0.0, 0.0, 2.0, 5.0, 0.0, 1.0, 3.0, 6.0], 3);
        let b = factor.solve(&[11.0, 21.0, 25.0]);
        for (found, wanted) in b.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - wanted).abs() < 1e-12, "{b:?}");
        }
        // The inverse's diagonal is cofactor over determinant: 21/67, 23/67, 16/67 for this matrix, whose determinant is 67.
        for (found, wanted) in factor.inverse_diagonal().iter().zip([21.0 / 67.0, 23.0 / 67.0, 16.0 / 67.0]) {
            assert!((found - wanted).abs() < 1e-12);
        }
    }
}
