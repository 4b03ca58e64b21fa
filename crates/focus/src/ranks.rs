//! Ranks and how well two rankings agree.

/// Spearman's rank correlation, equal numbers sharing their mean rank; 0 where one side is all equal.
pub(crate) fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() as f64 - 1.0) / 2.0;
    let sum = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    let both = (sum(&a, &a) * sum(&b, &b)).sqrt();
    if both > 0.0 { sum(&a, &b) / both } else { 0.0 }
}

fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b]));
    let mut ranks = vec![0.0; numbers.len()];
    let mut from = 0;
    while from < order.len() {
        let same = order[from..].iter().take_while(|&&at| numbers[at] == numbers[order[from]]).count();
        order[from..from + same].iter().for_each(|&at| ranks[at] = from as f64 + (same as f64 - 1.0) / 2.0);
        from += same;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rankings_agree_from_minus_one_to_one() {
        assert!((spearman(&[1.0, 2.0, 30.0], &[4.0, 5.0, 6.0]) - 1.0).abs() < 1e-12);
        assert!((spearman(&[1.0, 2.0, 30.0], &[6.0, 5.0, 4.0]) + 1.0).abs() < 1e-12);
        assert!((spearman(&[1.0, 1.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 3.0]) - 8.0 / 9.0).abs() < 1e-12);
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
    }
}
