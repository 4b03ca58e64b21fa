//! Linear quantile regression with a ridge, on rows that are mostly zeros: `min sum rho(y - x b) + ridge/2 |b|^2`, the
//! first column (the constant) not penalised. Majorise-minimise (Hunter and Lange 2000): every step is a weighted least
//! squares problem, and no step makes the sum worse. Plain numbers; deterministic.

use crate::cholesky::Cholesky;

/// (column, value), columns growing; the constant is column 0.
pub(crate) type Row = Vec<(usize, f64)>;

const STEPS: usize = 120;

/// The coefficients of the `level` quantile.
pub(crate) fn fit(rows: &[Row], y: &[f64], columns: usize, level: f64, ridge: f64) -> Vec<f64> {
    let spread = spread(y);
    let mut coefficients = vec![0.0; columns];
    let mut residuals: Vec<f64> = y.to_vec();
    coefficients[0] = quantile(y, level);
    residuals.iter_mut().for_each(|residual| *residual -= coefficients[0]);
    for step in 0..STEPS {
        let softness = spread * (0.3 * 0.85_f64.powi(step as i32)).max(1e-4);
        let next = weighted_step(rows, y, &residuals, columns, level, ridge, softness);
        let moved = next.iter().zip(&coefficients).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        coefficients = next;
        for (residual, (row, y)) in residuals.iter_mut().zip(rows.iter().zip(y)) {
            *residual = y - at(row, &coefficients);
        }
        if moved < 1e-6 * spread && softness <= 1e-4 * spread {
            break;
        }
    }
    coefficients
}

/// The fitted value of a row.
pub(crate) fn at(row: &Row, coefficients: &[f64]) -> f64 {
    row.iter().map(|&(column, value)| value * coefficients[column]).sum()
}

/// The `level` quantile of some numbers, between neighbours; zero of none.
pub(crate) fn quantile(numbers: &[f64], level: f64) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = level * last as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    sorted[below] + part * (sorted[(below + 1).min(last)] - sorted[below])
}

fn spread(y: &[f64]) -> f64 {
    (quantile(y, 0.9) - quantile(y, 0.1)).max(1e-6)
}

/// One step: `(X'WX/2 + ridge) b = X'Wy/2 + (level - 1/2) X'1` with weights `1 / (softness + |residual|)`.
fn weighted_step(
    rows: &[Row],
    y: &[f64],
    residuals: &[f64],
    columns: usize,
    level: f64,
    ridge: f64,
    softness: f64,
) -> Vec<f64> {
    let mut matrix = vec![0.0; columns * columns];
    let mut right = vec![0.0; columns];
    for ((row, &y), &residual) in rows.iter().zip(y).zip(residuals) {
        let half_weight = 0.5 / (softness + residual.abs());
        for (n, &(column, value)) in row.iter().enumerate() {
            right[column] += value * (half_weight * y + level - 0.5);
            for &(other, with) in &row[..=n] {
                matrix[column * columns + other] += half_weight * value * with;
            }
        }
    }
    for column in 0..columns {
        matrix[column * columns + column] += if column == 0 { 1e-9 } else { ridge };
    }
    Cholesky::of(matrix, columns).solve(&right)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers spread evenly between 0 and 1, without chance; two roots that are far from any common period.
    fn spread_out(n: usize, root: f64) -> f64 {
        (n as f64 * root.sqrt()).fract()
    }

    fn loss(rows: &[Row], y: &[f64], coefficients: &[f64], level: f64) -> f64 {
        let residual = |(row, y): (&Row, &f64)| y - at(row, coefficients);
        rows.iter().zip(y).map(residual).map(|r| if r > 0.0 { level * r } else { (level - 1.0) * r }).sum()
    }

    fn line(count: usize) -> (Vec<Row>, Vec<f64>) {
        let rows: Vec<Row> = (0..count).map(|n| vec![(0, 1.0), (1, 4.0 * spread_out(n + 1, 2.0) - 2.0)]).collect();
        let y = rows.iter().enumerate().map(|(n, row)| 3.0 + 0.8 * row[1].1 + 2.0 * spread_out(n, 3.0)).collect();
        (rows, y)
    }

    #[test]
    fn the_constant_alone_is_the_quantile() {
        let (rows, y): (Vec<Row>, Vec<f64>) = (0..501).map(|n| (vec![(0, 1.0)], f64::from(n))).unzip();
        let fitted = fit(&rows, &y, 1, 0.8, 1.0);
        assert!((fitted[0] - 400.0).abs() <= 1.0, "{}", fitted[0]);
    }

    #[test]
    fn a_planted_line_is_found_and_the_level_lies_below_it() {
        let (rows, y) = line(800);
        for level in [0.5, 0.7, 0.8, 0.9] {
            let fitted = fit(&rows, &y, 2, level, 0.01);
            assert!((fitted[1] - 0.8).abs() < 0.03, "slope {}", fitted[1]);
            assert!((fitted[0] - (3.0 + 2.0 * level)).abs() < 0.04, "constant {} at {level}", fitted[0]);
            let below = rows.iter().zip(&y).filter(|(row, y)| **y <= at(row, &fitted)).count() as f64 / 800.0;
            assert!((below - level).abs() < 0.006, "{below} below at {level}");
        }
    }

    #[test]
    fn no_line_through_two_points_fits_better() {
        let (rows, y) = line(40);
        let fitted = fit(&rows, &y, 2, 0.8, 0.0);
        let best = (0..40).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| {
            let slope = (y[a] - y[b]) / (rows[a][1].1 - rows[b][1].1);
            loss(&rows, &y, &[y[a] - slope * rows[a][1].1, slope], 0.8)
        });
        let best = best.fold(f64::INFINITY, f64::min);
        assert!(loss(&rows, &y, &fitted, 0.8) <= best * 1.001, "{} and {best}", loss(&rows, &y, &fitted, 0.8));
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(quantile(&[3.0, 1.0, 2.0, 5.0], 0.5), 2.5);
        assert_eq!((quantile(&[], 0.5), quantile(&[7.0], 0.9)), (0.0, 7.0));
    }
}
