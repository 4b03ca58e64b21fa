//! Figures: combinations of influence with their errors, intervals and bands.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::aggregation::{Aggregated, Combination};
use super::draws::{self, Draws};
use super::estimates::{Family, Figure, Member};
use super::influence::Influence;

/// Level of intervals and bands.
const LEVEL: f64 = 0.95;
/// Errors below this are none: nothing varies.
const NO_ERROR: f64 = 1e-12;

/// How many errors wide an interval is: normal, Student's where few answer, none where hardly anybody does.
pub(crate) fn quantile(independent: usize) -> Option<f64> {
    let upper = (1.0 + LEVEL) / 2.0;
    match independent {
        0..10 => None,
        10..30 => Some(StudentsT::new(0.0, 1.0, independent as f64 - 2.0).ok()?.inverse_cdf(upper)),
        _ => Some(Normal::standard().inverse_cdf(upper)),
    }
}

/// Writes into every combination the squares of its influence, and the largest of them: one walk over the rows.
pub(crate) fn measure(influence: &Influence, combinations: &mut [&mut Combination]) {
    let width = combinations.len();
    let mut factors = vec![0.0; influence.n_columns * width];
    for (at, combination) in combinations.iter().enumerate() {
        combination.terms.iter().for_each(|(column, factor)| factors[column * width + at] += factor);
    }
    let parts = influence.combined(&factors, width, |_, values| {
        let (mut sums, mut largest) = (vec![0.0; width], vec![0.0_f64; width]);
        for row in values.chunks_exact(width.max(1)) {
            for ((value, sum), largest) in row.iter().zip(&mut sums).zip(&mut largest) {
                let square = value * value;
                *sum += square;
                *largest = largest.max(square);
            }
        }
        (sums, largest)
    });
    for (sums, largest) in parts {
        for ((combination, sum), largest) in combinations.iter_mut().zip(sums).zip(largest) {
            combination.squares += sum;
            combination.largest = combination.largest.max(largest);
        }
    }
}

/// Combinations to figures.
pub(crate) struct Figures<'a> {
    pub(crate) per_unit: f64,
    pub(crate) draws: Option<&'a Draws>,
    pub(crate) quantile: Option<f64>,
}

impl Figures<'_> {
    pub(crate) fn figure(&self, combination: &Combination) -> Figure {
        self.with_deviations(combination).0
    }

    fn with_deviations(&self, combination: &Combination) -> (Figure, Option<(Vec<f64>, f64)>) {
        let error = combination.squares.sqrt() * self.per_unit;
        let (value, error) = (combination.value, (error > NO_ERROR).then_some(error));
        let drawn = self.draws.filter(|_| error.is_some()).map(|draws| {
            let deviations = draws.combination(&combination.terms);
            let error = draws::error(&deviations);
            (deviations, error)
        });
        let interval = error.zip(self.quantile).map(|(error, width)| (value - width * error, value + width * error));
        let drawn_error = drawn.as_ref().map(|(_, error)| *error);
        (Figure { value, error, drawn_error, interval, band: None }, drawn)
    }

    pub(crate) fn family(&self, family: &Aggregated) -> Family {
        let (mut members, mut drawn) = (Vec::new(), Vec::new());
        for (at, combination) in &family.members {
            let (figure, deviations) = self.with_deviations(combination);
            members.push(Member { at: *at, figure });
            drawn.extend(deviations);
        }
        let critical = draws::critical(&drawn, LEVEL).filter(|_| self.quantile.is_some());
        if let Some(width) = critical {
            for Member { figure, .. } in &mut members {
                let reach = figure.drawn_error.map(|error| width * error);
                figure.band = reach.map(|reach| (figure.value - reach, figure.value + reach));
            }
        }
        Family { overall: family.overall.as_ref().map(|overall| self.figure(overall)), members, critical }
    }
}
