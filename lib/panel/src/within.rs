//! Unit and month effects taken out of an unbalanced sample, exactly. The effects of units are eliminated first; what is
//! left is a system in the months alone, factored once per sample and weights and solved for every column. So there is no
//! iteration and no tolerance but rounding: row and column sums of what is returned are zero to about 1e-12 of its size.

/// Which months each unit is seen in, unit after unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sample {
    /// Where each unit's observations begin; one more entry at the end.
    pub(crate) starts: Vec<usize>,
    /// The month of each observation.
    pub(crate) months: Vec<usize>,
    /// How many months there are.
    pub(crate) n_months: usize,
}

impl Sample {
    pub(crate) fn len(&self) -> usize {
        self.months.len()
    }

    pub(crate) fn n_units(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The range of each unit's observations.
    pub(crate) fn units(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        self.starts.windows(2).map(|pair| pair[0]..pair[1])
    }

    /// Months in which anybody is seen.
    pub(crate) fn months_seen(&self) -> usize {
        let mut seen = vec![false; self.n_months];
        self.months.iter().for_each(|&month| seen[month] = true);
        seen.into_iter().filter(|&seen| seen).count()
    }
}

/// The factored system of one sample with its weights.
pub(crate) struct Within<'a> {
    sample: &'a Sample,
    weights: &'a [f64],
    /// Sum of weights per unit.
    unit_weight: Vec<f64>,
    /// Lower triangle of `L D L'`, row after row, with D on its diagonal; zero pivots mark months that others determine.
    factor: Vec<f64>,
}

impl<'a> Within<'a> {
    /// Factors the system; `weights` has one positive entry per observation.
    pub(crate) fn new(sample: &'a Sample, weights: &'a [f64]) -> Within<'a> {
        let n = sample.n_months;
        let mut matrix = vec![0.0; n * n];
        let mut unit_weight = Vec::with_capacity(sample.n_units());
        for unit in sample.units() {
            let sum: f64 = weights[unit.clone()].iter().sum();
            unit_weight.push(sum);
            for a in unit.clone() {
                let row = sample.months[a] * n;
                matrix[row + sample.months[a]] += weights[a];
                let scaled = weights[a] / sum.max(f64::MIN_POSITIVE);
                for b in unit.start..=a {
                    matrix[row + sample.months[b]] -= scaled * weights[b];
                }
            }
        }
        factorise(&mut matrix, n);
        Within { sample, weights, unit_weight, factor: matrix }
    }

    /// The column less its unit and month effects.
    pub(crate) fn residual(&self, column: &[f64]) -> Vec<f64> {
        let (months, n) = (&self.sample.months, self.sample.n_months);
        let mut right = vec![0.0; n];
        let mut left = column.to_vec();
        self.take_unit_means(&mut left);
        for (at, &month) in months.iter().enumerate() {
            right[month] += self.weights[at] * left[at];
        }
        solve(&self.factor, n, &mut right);
        left.iter_mut().zip(months).for_each(|(left, &month)| *left -= right[month]);
        self.take_unit_means(&mut left);
        left
    }

    fn take_unit_means(&self, column: &mut [f64]) {
        for (unit, sum) in self.sample.units().zip(&self.unit_weight) {
            let mean = unit.clone().map(|at| self.weights[at] * column[at]).sum::<f64>() / sum.max(f64::MIN_POSITIVE);
            column[unit].iter_mut().for_each(|value| *value -= mean);
        }
    }
}

/// `L D L'` in place of a positive semidefinite matrix's lower triangle. A pivot that vanishes against the largest
/// diagonal belongs to a month that the others determine (one per connected part, and every unseen one): its effect is 0.
pub(crate) fn factorise(matrix: &mut [f64], n: usize) {
    let largest = (0..n).map(|at| matrix[at * n + at]).fold(0.0, f64::max);
    for column in 0..n {
        let mut pivot = matrix[column * n + column];
        for k in 0..column {
            pivot -= matrix[column * n + k].powi(2) * matrix[k * n + k];
        }
        let vanishes = pivot <= 1e-10 * largest;
        matrix[column * n + column] = if vanishes { 0.0 } else { pivot };
        for row in column + 1..n {
            let mut value = matrix[row * n + column];
            for k in 0..column {
                value -= matrix[row * n + k] * matrix[column * n + k] * matrix[k * n + k];
            }
            matrix[row * n + column] = if vanishes { 0.0 } else { value / pivot };
        }
    }
}

/// Solves with that factor, in place; what belongs to a vanished pivot is 0.
pub(crate) fn solve(factor: &[f64], n: usize, right: &mut [f64]) {
    for row in 0..n {
        let known: f64 = (0..row).map(|k| factor[row * n + k] * right[k]).sum();
        right[row] -= known;
    }
    for at in 0..n {
        let pivot = factor[at * n + at];
        right[at] = if pivot > 0.0 { right[at] / pivot } else { 0.0 };
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|k| factor[k * n + row] * right[k]).sum();
        right[row] -= known;
        if factor[row * n + row] <= 0.0 {
            right[row] = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Alternating projections until nothing moves: the slow twin.
    fn by_turns(sample: &Sample, weights: &[f64], column: &[f64]) -> Vec<f64> {
        let mut left = column.to_vec();
        for _ in 0..20_000 {
            for unit in sample.units() {
                let sum: f64 = weights[unit.clone()].iter().sum();
                let mean = unit.clone().map(|at| weights[at] * left[at]).sum::<f64>() / sum;
                left[unit].iter_mut().for_each(|value| *value -= mean);
            }
            let (mut sums, mut whole) = (vec![0.0; sample.n_months], vec![0.0; sample.n_months]);
            for (at, &month) in sample.months.iter().enumerate() {
                sums[month] += weights[at] * left[at];
                whole[month] += weights[at];
            }
            left.iter_mut().zip(&sample.months).for_each(|(value, &month)| *value -= sums[month] / whole[month]);
        }
        left
    }

    fn check(seen: &[&[usize]], n_months: usize) {
        let mut sample = Sample { starts: vec![0], months: Vec::new(), n_months };
        for months in seen {
            sample.months.extend_from_slice(months);
            sample.starts.push(sample.months.len());
        }
        let number = |at: usize, by: f64| ((at as f64 * by).sin() + 1.3) * 0.7;
        let weights: Vec<f64> = (0..sample.len()).map(|at| number(at, 1.7)).collect();
        let column: Vec<f64> = (0..sample.len()).map(|at| 3.0 * number(at, 0.9)).collect();
        let found = Within::new(&sample, &weights).residual(&column);
        for (found, slow) in found.iter().zip(by_turns(&sample, &weights, &column)) {
            assert!((found - slow).abs() < 1e-9, "{found} {slow}");
        }
    }

    #[test]
    fn effects_are_taken_out_exactly_whatever_is_missing() {
        check(&[&[0, 1, 2, 3], &[0, 1, 2, 3], &[0, 1, 2, 3]], 4);
        check(&[&[0, 2, 3], &[1, 2], &[0, 1, 3], &[3]], 5);
        check(&[&[0, 1], &[0, 1], &[2, 3], &[2, 3], &[2]], 4);
        check(&[&[0, 1, 5], &[1, 5, 6], &[6, 7], &[0, 7], &[2, 3, 4], &[3, 4]], 9);
    }
}
