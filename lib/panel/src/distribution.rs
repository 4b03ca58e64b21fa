//! The normal distribution and mixtures of it.

/// Below what part of a standard normal lies (Abramowitz and Stegun 7.1.26 refined by a series; error below 1e-7).
pub(crate) fn normal_below(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let tail = t
        * (0.319_381_530 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
        * (-0.5 * z * z).exp()
        / (2.0 * std::f64::consts::PI).sqrt();
    if z >= 0.0 { 1.0 - tail } else { tail }
}

/// How much wider than normal an 80 % interval by Student's t is, at that many degrees of freedom
/// (Cornish and Fisher's expansion around the normal tenth, two terms).
pub(crate) fn student_factor(freedom: f64) -> f64 {
    let z = 1.281_551_565_545_f64;
    let freedom = freedom.max(2.0);
    let first = (z.powi(2) + 1.0) / (4.0 * freedom);
    let second = (5.0 * z.powi(4) + 16.0 * z.powi(2) + 3.0) / (96.0 * freedom.powi(2));
    1.0 + first + second
}

/// A mixture of normals: (weight, mean, standard deviation), weights summing to 1.
pub(crate) struct Mixture(pub(crate) Vec<(f64, f64, f64)>);

impl Mixture {
    pub(crate) fn mean(&self) -> f64 {
        self.0.iter().map(|part| part.0 * part.1).sum()
    }

    /// Standard deviation, that between the parts included.
    pub(crate) fn deviation(&self) -> f64 {
        let mean = self.mean();
        self.0.iter().map(|part| part.0 * (part.2.powi(2) + (part.1 - mean).powi(2))).sum::<f64>().sqrt()
    }

    /// The value that this part of it lies below, by bisection to 1e-10 of its width.
    pub(crate) fn quantile(&self, part: f64) -> f64 {
        let (mean, width) = (self.mean(), 12.0 * self.deviation().max(1e-12));
        let below = |x: f64| self.0.iter().map(|p| p.0 * normal_below((x - p.1) / p.2.max(1e-12))).sum::<f64>();
        let (mut low, mut high) = (mean - width, mean + width);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if below(middle) < part { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }
}

/// The median; zero of nothing. Sorts what it is given.
pub(crate) fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    match numbers.len() {
        0 => 0.0,
        n if n % 2 == 1 => numbers[n / 2],
        n => 0.5 * (numbers[n / 2 - 1] + numbers[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_are_met() {
        for (z, below) in [(0.0, 0.5), (1.281_551_6, 0.9), (-1.281_551_6, 0.1), (1.959_964, 0.975), (3.0, 0.998_650_1)]
        {
            assert!((normal_below(z) - below).abs() < 2e-7, "{z}");
        }
        for (freedom, t) in [(5.0, 1.475_884), (10.0, 1.372_184), (30.0, 1.310_415), (119.0, 1.288_706)] {
            let found = student_factor(freedom) * 1.281_551_6;
            assert!((found - t).abs() < 6e-3, "{freedom}: {found}");
        }
        let mixture = Mixture(vec![(0.5, -1.0, 0.5), (0.5, 1.0, 0.5)]);
        assert!(mixture.quantile(0.5).abs() < 1e-6 && (mixture.deviation() - 1.25_f64.sqrt()).abs() < 1e-12);
    }
}
