//! Cells put together: weighted sums with the errors of the estimated weights.

use super::answering::Cell;

/// A weighted sum of columns of the influence, and its value.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Combination {
    pub(crate) value: f64,
    pub(crate) terms: Vec<(usize, f64)>,
    /// Sum of the squares of its influence over the rows, and the largest of them; known once measured.
    pub(crate) squares: f64,
    pub(crate) largest: f64,
}

impl Combination {
    pub(crate) fn of(value: f64, terms: Vec<(usize, f64)>) -> Combination {
        Combination { value, terms, squares: 0.0, largest: 0.0 }
    }

    /// The largest part that one row has of its variance.
    pub(crate) fn largest_part(&self) -> Option<f64> {
        (self.squares > 0.0).then(|| self.largest / self.squares)
    }
}

/// What cells are weighed by: each cohort's part of all units, and where the influence of that part stands.
#[derive(Debug)]
pub(crate) struct Shares<'a> {
    pub(crate) parts: &'a [f64],
    pub(crate) first_column: usize,
}

/// A family of figures: one for each event time, cohort or period, and one over all.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Aggregated {
    pub(crate) members: Vec<(i64, Combination)>,
    pub(crate) overall: Option<Combination>,
}

impl Aggregated {
    pub(crate) fn combinations(&mut self) -> impl Iterator<Item = &mut Combination> {
        self.members.iter_mut().map(|(_, one)| one).chain(&mut self.overall)
    }
}

impl Shares<'_> {
    /// Mean of the cells by the size of their cohorts; the sizes are estimates themselves.
    pub(crate) fn mean(&self, cells: &[&Cell]) -> Option<Combination> {
        let whole: f64 = cells.iter().map(|cell| self.parts[cell.cohort]).sum();
        if whole <= 0.0 {
            return None;
        }
        let value = cells.iter().map(|cell| self.parts[cell.cohort] * cell.effect).sum::<f64>() / whole;
        let of_cell = cells.iter().map(|cell| (cell.column, self.parts[cell.cohort] / whole));
        let of_share = cells.iter().map(|cell| (self.first_column + cell.cohort, (cell.effect - value) / whole));
        Some(Combination::of(value, of_cell.chain(of_share).collect()))
    }

    /// All cells after the treatment.
    pub(crate) fn simple(&self, cells: &[Cell]) -> Option<Combination> {
        self.mean(&cells.iter().filter(|cell| cell.after).collect::<Vec<_>>())
    }

    /// By time since the treatment; over all of them that are not before it, evenly.
    pub(crate) fn dynamic(&self, cells: &[Cell], keep: impl Fn(&Cell) -> bool) -> Aggregated {
        let kept: Vec<&Cell> = cells.iter().filter(|cell| keep(cell)).collect();
        let members = self.by(&kept, |cell| cell.period - cell.first);
        let after: Vec<&Combination> =
            members.iter().filter(|(time, _)| *time >= 0).map(|(_, combination)| combination).collect();
        let overall = even(&after);
        Aggregated { members, overall }
    }

    /// By cohort, evenly over its periods; over all by their sizes.
    pub(crate) fn group(&self, cells: &[Cell]) -> Aggregated {
        let after: Vec<&Cell> = cells.iter().filter(|cell| cell.after).collect();
        let members = self.by(&after, |cell| cell.first);
        let cohort = |first: i64| after.iter().find(|cell| cell.first == first).map_or(0, |cell| cell.cohort);
        let whole: f64 = members.iter().map(|(first, _)| self.parts[cohort(*first)]).sum();
        let value = members.iter().map(|(first, one)| self.parts[cohort(*first)] * one.value).sum::<f64>() / whole;
        let mut terms = Vec::new();
        for (first, one) in &members {
            let part = self.parts[cohort(*first)] / whole;
            terms.extend(one.terms.iter().map(|(column, factor)| (*column, factor * part)));
            terms.push((self.first_column + cohort(*first), (one.value - value) / whole));
        }
        let overall = (!members.is_empty()).then(|| Combination::of(value, terms));
        Aggregated { members, overall }
    }

    /// By period, by the sizes of the cohorts treated by then; over all of them evenly.
    pub(crate) fn calendar(&self, cells: &[Cell]) -> Aggregated {
        let after: Vec<&Cell> = cells.iter().filter(|cell| cell.after).collect();
        let members = self.by(&after, |cell| cell.period);
        let overall = even(&members.iter().map(|(_, one)| one).collect::<Vec<_>>());
        Aggregated { members, overall }
    }

    fn by(&self, cells: &[&Cell], key: impl Fn(&Cell) -> i64) -> Vec<(i64, Combination)> {
        let mut keys: Vec<i64> = cells.iter().map(|cell| key(cell)).collect();
        keys.sort_unstable();
        keys.dedup();
        let of = |&wanted: &i64| {
            let own: Vec<&Cell> = cells.iter().copied().filter(|cell| key(cell) == wanted).collect();
            Some((wanted, self.mean(&own)?))
        };
        keys.iter().filter_map(of).collect()
    }
}

/// Plain mean of combinations.
fn even(members: &[&Combination]) -> Option<Combination> {
    let part = (members.len() as f64).recip();
    let value = members.iter().map(|one| one.value).sum::<f64>() * part;
    let terms = members.iter().flat_map(|one| one.terms.iter().map(|(column, factor)| (*column, factor * part)));
    (!members.is_empty()).then(|| Combination::of(value, terms.collect()))
}
