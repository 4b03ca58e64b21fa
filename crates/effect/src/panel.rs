//! An analyst's panel: units over time, with the time at which each was first treated.

use std::collections::BTreeSet;

use spelplan_intake::{Sheet, SheetColumn};
use spelplan_panel::adoption::Adoption;

use crate::cells::{Labels, column, filled, number};
use crate::errors::EffectError;
use crate::grid::{Calendar, Grid, grid, no_time};

/// Words that mean that a unit is never treated.
const NEVER: &[&str] = &["", "0", "never", "aldrig", "inf", "infinity", "na", "nan", "none"];

/// Which columns hold what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PanelColumns {
    /// The unit.
    pub unit: String,
    /// The period: a whole number, or a month such as 2026-03.
    pub time: String,
    /// The period of the unit's first treatment; empty, 0 or `never` for none.
    pub cohort: String,
    /// What is explained.
    pub outcome: String,
    /// How much the unit counts.
    pub weight: Option<String>,
    /// Units that answer together.
    pub cluster: Option<String>,
    /// What makes units comparable, as it was in the unit's first period.
    pub covariates: Vec<String>,
}

/// What the file held.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelFile {
    /// For the estimator.
    pub adoption: Adoption,
    /// How its periods are written.
    pub calendar: Calendar,
    /// Covariates and weights that change within a unit; the value of its first period was taken.
    pub frozen: Vec<String>,
}

impl PanelColumns {
    /// Every column that is needed.
    pub fn names(&self) -> Vec<&str> {
        let fixed = [&self.unit, &self.time, &self.cohort, &self.outcome];
        let more = self.weight.iter().chain(&self.cluster).chain(&self.covariates);
        fixed.into_iter().chain(more).map(String::as_str).collect()
    }
}

/// Reads the panel; every unit must stand once in every period.
pub fn panel(sheet: &Sheet, columns: &PanelColumns) -> Result<PanelFile, EffectError> {
    let reading = Reading::of(sheet, columns)?;
    let Grid { units, calendar, periods, places } = grid(sheet, &columns.unit, &columns.time)?;
    let mut adoption = Adoption { periods, ..Adoption::default() };
    adoption.outcomes = vec![0.0; places.len()];
    for (place, &row) in places.iter().enumerate() {
        adoption.outcomes[place] = number(sheet, reading.outcome, row)?;
    }
    let n_periods = adoption.periods.len();
    let rows_of = |unit: usize| &places[unit * n_periods..(unit + 1) * n_periods];
    let mut clusters = Labels::default();
    let mut frozen = Frozen::default();
    for (unit, name) in units.iter().enumerate() {
        let rows = rows_of(unit);
        adoption.first.push(reading.first(rows, name, calendar)?);
        if let Some(column) = reading.cluster {
            let label = filled(sheet, column, rows[0])?;
            same(sheet, column, rows, name)?;
            adoption.clusters.push(clusters.number(label));
        }
        if let Some(column) = reading.weight {
            adoption.weights.push(frozen.take(sheet, column, rows)?);
        }
        if !reading.covariates.is_empty() {
            let own = reading.covariates.iter().map(|column| frozen.take(sheet, column, rows));
            adoption.covariates.push(own.collect::<Result<_, _>>()?);
        }
    }
    Ok(PanelFile { adoption, calendar, frozen: frozen.changing.into_iter().collect() })
}

/// Columns and the sheet they stand in.
struct Reading<'a> {
    sheet: &'a Sheet,
    cohort: &'a SheetColumn,
    outcome: &'a SheetColumn,
    weight: Option<&'a SheetColumn>,
    cluster: Option<&'a SheetColumn>,
    covariates: Vec<&'a SheetColumn>,
}

impl<'a> Reading<'a> {
    fn of(sheet: &'a Sheet, columns: &PanelColumns) -> Result<Reading<'a>, EffectError> {
        let optional = |name: &Option<String>| name.as_ref().map(|name| column(sheet, name)).transpose();
        Ok(Reading {
            sheet,
            cohort: column(sheet, &columns.cohort)?,
            outcome: column(sheet, &columns.outcome)?,
            weight: optional(&columns.weight)?,
            cluster: optional(&columns.cluster)?,
            covariates: columns.covariates.iter().map(|name| column(sheet, name)).collect::<Result<_, _>>()?,
        })
    }

    /// When the unit was first treated.
    fn first(&self, rows: &[usize], unit: &str, calendar: Calendar) -> Result<Option<i64>, EffectError> {
        let read = |row: usize| {
            let text = self.cohort.get(row);
            if NEVER.contains(&text.to_ascii_lowercase().as_str()) {
                return Ok(None);
            }
            let first = calendar.read(text).ok_or_else(|| no_time(self.sheet, self.cohort, row, text))?;
            Ok(Some(first).filter(|&first| first != 0))
        };
        let first = read(rows[0])?;
        for &row in &rows[1..] {
            if read(row)? != first {
                return Err(EffectError::varies(&self.sheet.name, self.sheet.lines[row], unit, &self.cohort.name));
            }
        }
        Ok(first)
    }
}

fn same(sheet: &Sheet, column: &SheetColumn, rows: &[usize], unit: &str) -> Result<(), EffectError> {
    let other = rows.iter().find(|&&row| column.get(row) != column.get(rows[0]));
    other.map_or(Ok(()), |&row| Err(EffectError::varies(&sheet.name, sheet.lines[row], unit, &column.name)))
}

/// Values as they were in the unit's first period.
#[derive(Default)]
struct Frozen {
    changing: BTreeSet<String>,
}

impl Frozen {
    fn take(&mut self, sheet: &Sheet, column: &SheetColumn, rows: &[usize]) -> Result<f64, EffectError> {
        let first = number(sheet, column, rows[0])?;
        for &row in &rows[1..] {
            if column.get(row) != column.get(rows[0]) && number(sheet, column, row)? != first {
                self.changing.insert(column.name.clone());
            }
        }
        Ok(first)
    }
}
