//! Placebo lotteries on an analyst's own file: chance decides over and over among units to which nothing was done, so whatever is
//! found is chance. How far it goes is what a true effect must exceed.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_intake::Sheet;
use spelplan_panel::lottery::{Draw, Placebo, placebo};

use crate::cells::{Labels, column, filled, number};
use crate::errors::EffectError;
use crate::grid::grid;

/// Periods that make the last known course before the draw.
const LATELY: usize = 3;

/// Which columns hold what. With a period the file is a panel, without one it has a row for each unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceboColumns {
    /// The unit; only of a panel.
    pub unit: Option<String>,
    /// The period; only of a panel.
    pub time: Option<String>,
    /// What would be explained.
    pub outcome: String,
    /// Among whom it would be drawn.
    pub block: Option<String>,
    /// What would be drawn as one.
    pub cluster: Option<String>,
    /// What is known beforehand; of a panel what its first periods tell is added.
    pub covariates: Vec<String>,
}

/// What is drawn, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceboAsk {
    /// Part of each block that wins.
    pub share: f64,
    /// Last periods of a panel whose mean is the outcome.
    pub horizon: usize,
    /// Periods before them whose mean is the usual one.
    pub base: usize,
    /// Is the outcome a part of the unit's usual one?
    pub relative: bool,
    /// Draws.
    pub draws: usize,
    /// Their seed.
    pub seed: u64,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceboAnswer {
    /// Units drawn among.
    pub entries: usize,
    /// Units that win in each draw.
    pub winners: usize,
    /// Units without anything usual to be a part of.
    pub left_out: usize,
    /// The draws.
    pub found: Placebo,
}

impl PlaceboColumns {
    /// Every column that is needed.
    pub fn names(&self) -> Vec<&str> {
        let more = self.unit.iter().chain(&self.time).chain(&self.block).chain(&self.cluster).chain(&self.covariates);
        std::iter::once(&self.outcome).chain(more).map(String::as_str).collect()
    }
}

/// A unit as it is drawn among.
struct Unit {
    row: usize,
    outcome: f64,
    before: Vec<f64>,
}

/// Draws placebo lotteries on that file.
pub fn placebo_lotteries(
    sheet: &Sheet,
    columns: &PlaceboColumns,
    ask: &PlaceboAsk,
) -> Result<PlaceboAnswer, EffectError> {
    let units = match (&columns.unit, &columns.time) {
        (Some(unit), Some(time)) => of_panel(sheet, unit, time, columns, ask)?,
        _ => of_rows(sheet, columns)?,
    };
    let all = units.len();
    let units: Vec<Unit> = units.into_iter().filter(|unit| unit.outcome.is_finite()).collect();
    let draw = drawn(sheet, columns, ask, &units)?;
    if let Some(flaw) = draw.flaw() {
        return Err(EffectError::of_flaw(&flaw));
    }
    let found = placebo(&draw, ask.draws, ask.seed).ok_or_else(nothing_to_draw)?;
    Ok(PlaceboAnswer { entries: draw.len(), winners: draw.n_won(), left_out: all - units.len(), found })
}

/// Each unit's last periods, and what came before them.
fn of_panel(
    sheet: &Sheet,
    unit: &str,
    time: &str,
    columns: &PlaceboColumns,
    ask: &PlaceboAsk,
) -> Result<Vec<Unit>, EffectError> {
    let grid = grid(sheet, unit, time)?;
    let n_periods = grid.periods.len();
    if ask.horizon == 0 || ask.base == 0 || ask.horizon + ask.base > n_periods {
        return Err(too_short(n_periods, ask));
    }
    let outcome = column(sheet, &columns.outcome)?;
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let one = |rows: &[usize]| -> Result<Unit, EffectError> {
        let path: Vec<f64> = rows.iter().map(|&row| number(sheet, outcome, row)).collect::<Result<_, _>>()?;
        let (before, after) = path.split_at(n_periods - ask.horizon);
        let base = &before[before.len() - ask.base..];
        let (usual, lately) = (mean(base), mean(&base[base.len().saturating_sub(LATELY)..]));
        let scale = if ask.relative { usual } else { 1.0 };
        // A part of nothing is nothing that could be compared.
        let outcome = if ask.relative && usual <= 0.0 { f64::NAN } else { mean(after) / scale };
        let before = if ask.relative { vec![lately / scale] } else { vec![usual, lately] };
        let mut before: Vec<f64> = if ask.base > LATELY { before } else { before.into_iter().take(1).collect() };
        before.extend(own(sheet, columns, rows[0])?);
        Ok(Unit { row: rows[0], outcome, before })
    };
    grid.places.chunks(n_periods).map(one).collect()
}

/// Each row as a unit.
fn of_rows(sheet: &Sheet, columns: &PlaceboColumns) -> Result<Vec<Unit>, EffectError> {
    let outcome = column(sheet, &columns.outcome)?;
    let one = |row: usize| Ok(Unit { row, outcome: number(sheet, outcome, row)?, before: own(sheet, columns, row)? });
    (0..sheet.n_rows()).map(one).collect()
}

fn own(sheet: &Sheet, columns: &PlaceboColumns, row: usize) -> Result<Vec<f64>, EffectError> {
    columns.covariates.iter().map(|name| number(sheet, column(sheet, name)?, row)).collect()
}

/// A draw in which the first of each block win; who does not matter, only how many.
fn drawn(sheet: &Sheet, columns: &PlaceboColumns, ask: &PlaceboAsk, units: &[Unit]) -> Result<Draw, EffectError> {
    let labels = |name: &Option<String>| -> Result<Vec<usize>, EffectError> {
        let mut labels = Labels::default();
        let Some(name) = name else { return Ok(Vec::new()) };
        let own = column(sheet, name)?;
        units.iter().map(|unit| Ok(labels.number(filled(sheet, own, unit.row)?))).collect()
    };
    let (blocks, clusters) = (labels(&columns.block)?, labels(&columns.cluster)?);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for at in 0..units.len() {
        let cluster = clusters.get(at).copied().unwrap_or(at);
        // A cluster spread over blocks is drawn in the first of them.
        if seen.insert(cluster) {
            members.entry(blocks.get(at).copied().unwrap_or(0)).or_default().push(cluster);
        }
    }
    let mut winners: BTreeMap<usize, (bool, f64)> = BTreeMap::new();
    for own in members.values() {
        let n = own.len();
        if n < 2 {
            return Err(nothing_to_draw());
        }
        let n_won = ((ask.share * n as f64).round() as usize).clamp(1, n - 1);
        let chance = n_won as f64 / n as f64;
        winners.extend(own.iter().enumerate().map(|(place, cluster)| (*cluster, (place < n_won, chance))));
    }
    let lot = |at: usize| winners.get(&clusters.get(at).copied().unwrap_or(at)).copied().unwrap_or((false, 0.5));
    let (won, chance) = (0..units.len()).map(lot).unzip();
    let outcome = units.iter().map(|unit| unit.outcome).collect();
    let covariates: Vec<Vec<f64>> = match units.first().is_some_and(|unit| !unit.before.is_empty()) {
        true => units.iter().map(|unit| unit.before.clone()).collect(),
        false => Vec::new(),
    };
    Ok(Draw { won, chance, outcome, blocks, clusters, covariates })
}

fn too_short(periods: usize, ask: &PlaceboAsk) -> EffectError {
    let (horizon, base) = (ask.horizon, ask.base);
    EffectError::new(
        "A552",
        format!(
            "the file has {periods} periods, and --horizon {horizon} after --base {base} need {} and at least one of each. Give fewer",
            horizon + base
        ),
        format!(
            "filen har {periods} perioder, och --horizon {horizon} efter --base {base} kräver {} och minst en av varje. Ange färre",
            horizon + base
        ),
    )
}

fn nothing_to_draw() -> EffectError {
    EffectError::new(
        "A553",
        "there is nothing to draw: a block has one entry only, or the draws cannot be estimated. Give larger blocks, or fewer covariates",
        "det finns inget att lotta: ett block har bara en deltagare, eller så går dragningarna inte att räkna på. Ange större block eller färre kovariater",
    )
}
