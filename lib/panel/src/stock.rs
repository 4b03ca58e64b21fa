//! The stock that treatments build and time wears down, month by month: the step of Nerlove and Arrow's goodwill with
//! saturation. A treatment closes `build x force` of the remaining gap at the month's start; within the month the stock
//! fades at `delta0 (1 - relief (1 - exp(-u / scale)))`; the month counts with its mean, `R (1 - e^-d) / d`.

use crate::panel::{Track, Unit};

/// A shape of the stock: one cell of the grid with what is fixed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    /// Part of the gap that a treatment of force 1 closes.
    pub(crate) build: f64,
    /// Months until half is gone at no intensity.
    pub(crate) half_life: f64,
    /// Most of the fading that intensity takes away.
    pub(crate) relief: f64,
    /// Intensity at which 63 % of that is reached.
    pub(crate) scale: f64,
}

/// Mean stock of a unit in each month of the panel, its lead left out.
pub(crate) fn path(unit: &Unit, lead: usize, shape: &Shape) -> Vec<f64> {
    let mut left = vec![1.0; unit.outcome.len()];
    for track in &unit.tracks {
        for (left, strength) in left.iter_mut().zip(&track_path(track, shape)[lead..]) {
            *left *= 1.0 - track.weight * strength;
        }
    }
    left.iter_mut().for_each(|left| *left = 1.0 - *left);
    left
}

fn track_path(track: &Track, shape: &Shape) -> Vec<f64> {
    let natural = std::f64::consts::LN_2 / shape.half_life;
    let mut waiting = track.visits.iter().peekable();
    let mut strength = 0.0_f64;
    let month = |(month, intensity): (usize, &f64)| {
        while let Some(visit) = waiting.next_if(|visit| visit.month == month) {
            strength = 1.0 - (1.0 - strength) * (1.0 - (shape.build * visit.force).clamp(0.0, 1.0));
        }
        let decay = natural * (1.0 - shape.relief * -(-intensity.max(0.0) / shape.scale).exp_m1());
        let mean = if decay > 1e-9 { strength * -(-decay).exp_m1() / decay } else { strength };
        strength *= (-decay).exp();
        mean
    };
    track.intensity.iter().enumerate().map(month).collect()
}

/// Mean stock in each month that follows from treatments `(month, force)` and the monthly intensity.
pub fn stock(
    visits: &[(usize, f64)],
    intensity: &[f64],
    build: f64,
    half_life: f64,
    relief: f64,
    scale: f64,
) -> Vec<f64> {
    let visits = visits.iter().map(|&(month, force)| crate::Visit { month, force }).collect();
    let track = Track { weight: 1.0, visits, intensity: intensity.to_vec() };
    track_path(&track, &Shape { build, half_life, relief, scale })
}

#[cfg(test)]
mod tests {
    use super::stock;

    #[test]
    fn a_stock_jumps_at_a_treatment_and_halves_in_its_half_life() {
        let path = stock(&[(1, 1.0)], &[0.0; 14], 0.35, 6.0, 0.6, 2.0);
        assert_eq!(path[0], 0.0);
        assert!((path[7] / path[1] - 0.5).abs() < 1e-12 && (path[13] / path[1] - 0.25).abs() < 1e-12);
        assert!(path[1] < 0.35 && path[1] > 0.33);
    }

    #[test]
    fn intensity_keeps_what_is_there_and_builds_nothing() {
        let still = stock(&[(0, 1.0)], &[0.0; 8], 0.35, 6.0, 0.6, 2.0);
        let kept = stock(&[(0, 1.0)], &[2.0; 8], 0.35, 6.0, 0.6, 2.0);
        assert!(kept[7] > still[7] && kept[0] < 0.35);
        assert!(stock(&[], &[3.0; 8], 0.35, 6.0, 0.6, 2.0).iter().all(|&strength| strength == 0.0));
    }

    #[test]
    fn evenly_spread_treatments_settle_at_the_closed_form() {
        let visits: Vec<(usize, f64)> = (0..100).map(|n| (n * 4, 1.0)).collect();
        let path = stock(&visits, &[0.0; 400], 0.35, 6.0, 0.6, 2.0);
        let mean = path[388..400].iter().sum::<f64>() / 12.0;
        assert!((mean - 0.475).abs() < 5e-4, "{mean}");
    }
}
