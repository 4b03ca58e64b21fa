//! Many slopes drawn toward what they have in common: `slope ~ N(x'g, tau2)` with tau2 by Paule and Mandel (1982), so that
//! a slope keeps the part `w = tau2 / (tau2 + s2)` of its own.

/// A value with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// Estimates after shrinkage.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrunk {
    /// Variance between the true values beyond what the covariates explain.
    pub between: f64,
    /// Coefficients of the covariates.
    pub coefficients: Vec<f64>,
    /// The estimates drawn in, in their order.
    pub estimates: Vec<Estimate>,
    /// How much of its own each kept, 0 to 1.
    pub own_weights: Vec<f64>,
}

/// Draws the estimates toward the plane of their covariates (one row each, a constant included by the caller). `None`
/// where there are fewer estimates than covariates or these determine no plane.
pub fn shrink(estimates: &[Estimate], covariates: &[Vec<f64>]) -> Option<Shrunk> {
    let width = covariates.first()?.len();
    let usable = estimates.len() == covariates.len()
        && estimates.len() >= width
        && covariates.iter().all(|row| row.len() == width)
        && estimates.iter().all(|estimate| estimate.error > 0.0 && estimate.value.is_finite());
    if !usable {
        return None;
    }
    let between = paule_mandel(estimates, covariates)?;
    let plane = Plane::through(estimates, covariates, between)?;
    let drawn = |(estimate, row): (&Estimate, &Vec<f64>)| {
        let own = between / (between + estimate.error.powi(2));
        let (plane_height, doubt) = (plane.height(row), plane.variance(row));
        let variance = own * estimate.error.powi(2) + (1.0 - own).powi(2) * doubt;
        (Estimate { value: own * estimate.value + (1.0 - own) * plane_height, error: variance.sqrt() }, own)
    };
    let (estimates, own_weights) = estimates.iter().zip(covariates).map(drawn).unzip();
    Some(Shrunk { between, coefficients: plane.coefficients, estimates, own_weights })
}

/// Two independent estimates of one thing, by precision.
pub fn combine(one: Estimate, other: Estimate) -> Estimate {
    let (a, b) = (one.error.powi(-2), other.error.powi(-2));
    Estimate { value: (a * one.value + b * other.value) / (a + b), error: (a + b).sqrt().recip() }
}

/// The tau2 at which the weighted squares around the plane are what chance alone would make them; zero where they are less.
fn paule_mandel(estimates: &[Estimate], covariates: &[Vec<f64>]) -> Option<f64> {
    let freedom = (estimates.len() - covariates[0].len()) as f64;
    let excess = |between: f64| {
        let plane = Plane::through(estimates, covariates, between)?;
        let square = |(estimate, row): (&Estimate, &Vec<f64>)| {
            (estimate.value - plane.height(row)).powi(2) / (between + estimate.error.powi(2))
        };
        Some(estimates.iter().zip(covariates).map(square).sum::<f64>() - freedom)
    };
    if freedom < 1.0 || excess(0.0)? <= 0.0 {
        return Some(0.0);
    }
    let widest = estimates.iter().map(|estimate| estimate.value.abs() + estimate.error).fold(0.0, f64::max);
    let (mut low, mut high) = (0.0, 4.0 * widest.powi(2));
    while excess(high)? > 0.0 {
        high *= 4.0;
    }
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if excess(middle)? > 0.0 { low = middle } else { high = middle }
    }
    Some(0.5 * (low + high))
}

/// Weighted least squares with the inverse of its normal matrix.
struct Plane {
    coefficients: Vec<f64>,
    inverse: Vec<Vec<f64>>,
}

impl Plane {
    fn through(estimates: &[Estimate], covariates: &[Vec<f64>], between: f64) -> Option<Plane> {
        let width = covariates[0].len();
        let (mut normal, mut right) = (vec![vec![0.0; width]; width], vec![0.0; width]);
        for (estimate, row) in estimates.iter().zip(covariates) {
            let weight = (between + estimate.error.powi(2)).recip();
            for a in 0..width {
                right[a] += weight * row[a] * estimate.value;
                (0..width).for_each(|b| normal[a][b] += weight * row[a] * row[b]);
            }
        }
        let inverse = inverted(normal)?;
        let coefficients = inverse.iter().map(|row| dot(row, &right)).collect();
        Some(Plane { coefficients, inverse })
    }

    fn height(&self, row: &[f64]) -> f64 {
        dot(&self.coefficients, row)
    }

    fn variance(&self, row: &[f64]) -> f64 {
        self.inverse.iter().zip(row).map(|(inverse, x)| x * dot(inverse, row)).sum()
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The inverse by Gauss and Jordan with row exchanges; `None` of a singular matrix.
pub(crate) fn inverted(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    let largest = matrix.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
    for (at, row) in matrix.iter_mut().enumerate() {
        row.extend((0..n).map(|column| if column == at { 1.0 } else { 0.0 }));
    }
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))?;
        matrix.swap(column, pivot);
        if matrix[column][column].abs() <= 1e-12 * largest {
            return None;
        }
        let scale = matrix[column][column].recip();
        matrix[column].iter_mut().for_each(|value| *value *= scale);
        let pivot_row = matrix[column].clone();
        for (_, row) in matrix.iter_mut().enumerate().filter(|(at, _)| *at != column) {
            let factor = row[column];
            row.iter_mut().zip(&pivot_row).for_each(|(value, pivot)| *value -= factor * pivot);
        }
    }
    Some(matrix.into_iter().map(|row| row[n..].to_vec()).collect())
}
