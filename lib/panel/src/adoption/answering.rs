//! From fitted cohorts to the answer: columns of influence, families of figures, drift and doubts.

use super::aggregation::{Aggregated, Combination, Shares};
use super::ask::Ask;
use super::cells::CohortCells;
use super::contrasts::Wanted;
use super::doubts::{doubts, is_small};
use super::draws::Draws;
use super::drift::{self, Drift, Undefined};
use super::estimates::{CellEstimate, CohortCount, Estimates, Family, Figure};
use super::figures::{Figures, measure, quantile};
use super::influence::{Block, Influence};
use super::never_treated::NeverTreated;
use super::plan::Plan;
use super::units::Sorted;

/// A cell with an effect, and where its influence stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    pub(crate) cohort: usize,
    pub(crate) first: i64,
    pub(crate) period: i64,
    pub(crate) after: bool,
    pub(crate) is_base: bool,
    pub(crate) effect: f64,
    pub(crate) column: usize,
}

/// What the answer is made from.
pub(crate) struct Answering<'a> {
    sorted: Sorted<'a>,
    plan: Plan,
    influence: Influence,
    parts: Vec<f64>,
    first_share: usize,
    cells: Vec<Cell>,
    /// Every cell as it will be told, and which of `cells` it is.
    told: Vec<(CellEstimate, Option<usize>)>,
    /// Column and value of each cohort's test for drift.
    drifts: Vec<(usize, usize, f64)>,
    cohorts: Vec<CohortCount>,
}

impl<'a> Answering<'a> {
    pub(crate) fn of(
        sorted: Sorted<'a>,
        plan: Plan,
        fitted: Vec<CohortCells>,
        shared: Option<NeverTreated>,
    ) -> Answering<'a> {
        let parts: Vec<f64> = (0..sorted.n_estimated).map(|cohort| sorted.share(cohort)).collect();
        let (mut cells, mut told, mut drifts, mut cohorts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut first_column = 0;
        for (cohort, fitted) in fitted.iter().enumerate() {
            let of = CohortColumns { sorted: &sorted, cohort, fitted, first_column };
            of.take(&plan.wanted[cohort], &mut cells, &mut told);
            if plan.has_drift[cohort]
                && let Some(Ok((value, _))) = fitted.effects.last()
            {
                drifts.push((cohort, first_column + fitted.effects.len() - 1, *value));
            }
            let overlap = fitted.overlap.map(|overlap| (overlap.alone, overlap.effective_controls));
            let own = &sorted.cohorts[cohort];
            cohorts.push(CohortCount { first: own.first, units: own.rows.len(), overlap });
            first_column += fitted.block.width;
        }
        let mut blocks: Vec<Block> = fitted.into_iter().map(|fitted| fitted.block).collect();
        blocks.push(shares(&sorted, &parts));
        let influence = Influence::new(sorted.len(), blocks, shared);
        let influence = match &sorted.clusters {
            Some((clusters, n_clusters)) => influence.clustered(clusters, *n_clusters),
            None => influence,
        };
        Answering { sorted, plan, influence, parts, first_share: first_column, cells, told, drifts, cohorts }
    }

    pub(crate) fn answer(self, ask: &Ask) -> Estimates {
        let shares = Shares { parts: &self.parts, first_column: self.first_share };
        let cells = &self.cells;
        let single = cells.iter().map(|cell| (cell.period, Combination::of(cell.effect, vec![(cell.column, 1.0)])));
        let mut families = [
            Aggregated { members: single.collect(), overall: None },
            shares.dynamic(cells, |_| true),
            ask.balance.map_or_else(Aggregated::default, |balance| self.balanced(&shares, balance)),
            shares.group(cells),
            shares.calendar(cells),
        ];
        let mut singles = [shares.simple(cells), self.total(), self.pooled_drift()];
        let squares = self.influence.squares();
        families[0].members.iter_mut().for_each(|(_, cell)| cell.squares = squares[cell.terms[0].0]);
        let of_families = families[1..].iter_mut().flat_map(Aggregated::combinations);
        measure(&self.influence, &mut of_families.chain(singles.iter_mut().flatten()).collect::<Vec<_>>());
        let draws = (ask.draws > 0).then(|| Draws::of(&self.influence, ask.draws, ask.seed));
        let per_unit = (self.influence.n as f64).recip();
        let figures = Figures { per_unit, draws: draws.as_ref(), quantile: quantile(self.influence.n_rows) };
        let [of_cells, dynamic, balanced, group, calendar] = families.each_ref().map(|family| figures.family(family));
        let [simple, total, pooled] = singles.each_ref().map(|one| one.as_ref().map(|one| figures.figure(one)));
        let told = self
            .told
            .iter()
            .map(|(cell, at)| CellEstimate { figure: at.map(|at| of_cells.members[at].figure), ..*cell });
        let told: Vec<CellEstimate> = told.collect();
        let drift = self.drift(pooled);
        let largest_part = singles[1].as_ref().and_then(Combination::largest_part);
        let doubts = doubts(&told, &self.cohorts, self.influence.n_rows, largest_part, &drift);
        Estimates {
            units: self.sorted.len(),
            independent: self.sorted.n_independent(),
            left_out: self.sorted.left_out,
            never: self.sorted.never.len(),
            breakdown: breakdown(simple, &dynamic, &singles[0], cells),
            cohorts: self.cohorts,
            cells: told,
            critical: of_cells.critical,
            simple,
            dynamic,
            balanced: ask.balance.map(|_| balanced),
            group,
            calendar,
            total,
            largest_part,
            drift,
            doubts,
        }
    }

    fn balanced(&self, shares: &Shares<'_>, balance: i64) -> Aggregated {
        let periods = self.sorted.periods;
        let (opening, last) = (periods[0], periods[periods.len() - 1]);
        let keep = |cell: &Cell| {
            let time = cell.period - cell.first;
            last - cell.first >= balance && time <= balance && time >= balance - last + opening
        };
        shares.dynamic(&self.cells, keep)
    }

    /// Every treated unit's weight times its effect, period after period.
    fn total(&self) -> Option<Combination> {
        let n = self.sorted.len() as f64;
        let after: Vec<&Cell> = self.cells.iter().filter(|cell| cell.after).collect();
        let terms: Vec<(usize, f64)> = after.iter().map(|cell| (cell.column, self.parts[cell.cohort] * n)).collect();
        let value = after.iter().zip(&terms).map(|(cell, (_, weight))| weight * cell.effect).sum();
        (!after.is_empty()).then(|| Combination::of(value, terms))
    }

    fn pooled_drift(&self) -> Option<Combination> {
        let columns: Vec<usize> = self.drifts.iter().map(|drift| drift.1).collect();
        let values: Vec<f64> = self.drifts.iter().map(|drift| drift.2).collect();
        let parts: Vec<f64> = self.drifts.iter().map(|drift| self.parts[drift.0]).collect();
        drift::pooled(&columns, &values, &parts)
    }

    fn drift(&self, pooled: Option<Figure>) -> Drift {
        let columns: Vec<usize> = self.drifts.iter().map(|drift| drift.1).collect();
        let values: Vec<f64> = self.drifts.iter().map(|drift| drift.2).collect();
        let before: Vec<&Cell> = self.cells.iter().filter(|cell| !cell.after && !cell.is_base).collect();
        let cell_columns: Vec<usize> = before.iter().map(|cell| cell.column).collect();
        let effects: Vec<f64> = before.iter().map(|cell| cell.effect).collect();
        let pooled = pooled.ok_or(Undefined::NoPeriods);
        let with_error = |figure: Figure| figure.error.map(|error| (figure.value, error)).ok_or(Undefined::Singular);
        Drift {
            periods: self.plan.drift_periods,
            cohorts: self.drifts.iter().map(|drift| (self.sorted.cohorts[drift.0].first, drift.2)).collect(),
            pooled: pooled.and_then(with_error),
            joint: drift::joint(&self.influence, &columns, &values),
            cells: drift::joint(&self.influence, &cell_columns, &effects),
        }
    }
}

/// A cohort's columns and what they hold.
struct CohortColumns<'a> {
    sorted: &'a Sorted<'a>,
    cohort: usize,
    fitted: &'a CohortCells,
    first_column: usize,
}

impl CohortColumns<'_> {
    fn take(&self, wanted: &[Wanted], cells: &mut Vec<Cell>, told: &mut Vec<(CellEstimate, Option<usize>)>) {
        let own = &self.sorted.cohorts[self.cohort];
        let treated = own.rows.len();
        for (at, wanted) in wanted.iter().enumerate() {
            let period = self.sorted.periods[wanted.period];
            let after = period >= own.first;
            let empty = CellEstimate {
                first: own.first,
                period,
                after,
                is_base: wanted.is_base(),
                figure: None,
                treated,
                controls: 0,
                small: false,
            };
            let column = self.first_column + at;
            match self.fitted.effects[at] {
                Ok((effect, controls)) => {
                    let is_base = wanted.is_base();
                    cells.push(Cell { cohort: self.cohort, first: own.first, period, after, is_base, effect, column });
                    let small = is_small(treated, controls);
                    told.push((CellEstimate { controls, small, ..empty }, Some(cells.len() - 1)));
                }
                Err(_) => told.push((CellEstimate { small: true, ..empty }, None)),
            }
        }
    }
}

/// What each unit contributes to the size of each cohort.
fn shares(sorted: &Sorted<'_>, parts: &[f64]) -> Block {
    let mut block = Block::new(std::iter::once(0..sorted.len()).collect(), parts.len());
    for row in block.values.chunks_exact_mut(parts.len()) {
        row.iter_mut().zip(parts).for_each(|(value, part)| *value = -part);
    }
    for (cohort, own) in sorted.cohorts[..parts.len()].iter().enumerate() {
        own.rows.clone().for_each(|row| block.values[row * parts.len() + cohort] += sorted.weights[row]);
    }
    block
}

/// The multiple of the largest step before that the simple figure bears.
fn breakdown(
    simple: Option<Figure>,
    dynamic: &Family,
    combination: &Option<Combination>,
    cells: &[Cell],
) -> Option<f64> {
    let (low, high) = simple?.interval?;
    let before = dynamic.members.iter().filter(|member| member.at < 0);
    let step = before.map(|member| member.figure.value.abs()).fold(0.0, f64::max);
    let weight = |cell: &Cell| {
        let terms = combination.as_ref().map_or(&[][..], |combination| &combination.terms);
        terms.iter().find(|(column, _)| *column == cell.column).map_or(0.0, |(_, factor)| *factor)
    };
    let after = cells.iter().filter(|cell| cell.after);
    let reach: f64 = after.map(|cell| weight(cell) * (cell.period - cell.first + 1) as f64).sum();
    let room = if low > 0.0 { low } else { (-high).max(0.0) };
    (step * reach > 0.0).then(|| room / (step * reach))
}
