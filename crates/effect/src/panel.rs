//! An analyst's panel: units over time, with the time at which each was first treated.

use std::collections::BTreeSet;

use spelplan_intake::{Sheet, SheetColumn};
use spelplan_panel::adoption::Adoption;

use crate::cells::{Labels, column, filled, number, read};
use crate::errors::EffectError;

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

/// How periods are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// As whole numbers.
    Numbers,
    /// As months, counted from year 0.
    Months,
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

impl Calendar {
    /// The period as the file writes it.
    pub fn written(self, period: i64) -> String {
        match self {
            Calendar::Numbers => period.to_string(),
            Calendar::Months => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
        }
    }

    fn read(self, text: &str) -> Option<i64> {
        match self {
            Calendar::Numbers => read(text).filter(|number| number.fract() == 0.0).map(|number| number as i64),
            Calendar::Months => month(text),
        }
    }
}

/// Months counted from year 0, of `2026-03` or a day in it.
fn month(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month) = (parts.next()?, parts.next()?);
    let year: i64 = (year.len() == 4).then(|| year.parse().ok())??;
    let month: i64 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let day = parts.next().is_none_or(|day| day.len() <= 2 && day.parse::<u8>().is_ok());
    (day && parts.next().is_none()).then_some(year * 12 + month - 1)
}

/// Reads the panel; every unit must stand once in every period.
pub fn panel(sheet: &Sheet, columns: &PanelColumns) -> Result<PanelFile, EffectError> {
    let reading = Reading::of(sheet, columns)?;
    let (units, of_rows) = reading.units()?;
    let (calendar, periods, times) = reading.times()?;
    let places = places(sheet, &units, &of_rows, &periods, &times, calendar)?;
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
    unit: &'a SheetColumn,
    time: &'a SheetColumn,
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
            unit: column(sheet, &columns.unit)?,
            time: column(sheet, &columns.time)?,
            cohort: column(sheet, &columns.cohort)?,
            outcome: column(sheet, &columns.outcome)?,
            weight: optional(&columns.weight)?,
            cluster: optional(&columns.cluster)?,
            covariates: columns.covariates.iter().map(|name| column(sheet, name)).collect::<Result<_, _>>()?,
        })
    }

    /// Units in the order in which they are first met, and the unit of each row.
    fn units(&self) -> Result<(Vec<&'a str>, Vec<usize>), EffectError> {
        let mut labels = Labels::default();
        let mut of_rows = Vec::with_capacity(self.sheet.n_rows());
        for row in 0..self.sheet.n_rows() {
            of_rows.push(labels.number(filled(self.sheet, self.unit, row)?));
        }
        Ok((labels.names, of_rows))
    }

    /// The periods and the place of each row's among them.
    fn times(&self) -> Result<(Calendar, Vec<i64>, Vec<usize>), EffectError> {
        let first = filled(self.sheet, self.time, 0)?;
        let calendar = if month(first).is_some() { Calendar::Months } else { Calendar::Numbers };
        let mut times = Vec::with_capacity(self.sheet.n_rows());
        for row in 0..self.sheet.n_rows() {
            let text = filled(self.sheet, self.time, row)?;
            times.push(calendar.read(text).ok_or_else(|| self.no_time(self.time, row, text))?);
        }
        let mut periods = times.clone();
        periods.sort_unstable();
        periods.dedup();
        let place = |time: i64| periods.partition_point(|&period| period < time);
        let places = times.into_iter().map(place).collect();
        Ok((calendar, periods, places))
    }

    /// When the unit was first treated.
    fn first(&self, rows: &[usize], unit: &str, calendar: Calendar) -> Result<Option<i64>, EffectError> {
        let read = |row: usize| {
            let text = self.cohort.get(row);
            if NEVER.contains(&text.to_ascii_lowercase().as_str()) {
                return Ok(None);
            }
            let first = calendar.read(text).ok_or_else(|| self.no_time(self.cohort, row, text))?;
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

    fn no_time(&self, column: &SheetColumn, row: usize, text: &str) -> EffectError {
        EffectError::no_number(&self.sheet.name, self.sheet.lines[row], &column.name, text)
    }
}

/// The row of each unit in each period.
fn places(
    sheet: &Sheet,
    units: &[&str],
    of_rows: &[usize],
    periods: &[i64],
    times: &[usize],
    calendar: Calendar,
) -> Result<Vec<usize>, EffectError> {
    const NOWHERE: usize = usize::MAX;
    // As many places as units and periods: more than rows many times over is a panel that is mostly holes.
    let size = units.len() * periods.len();
    if size > sheet.n_rows().saturating_mul(64) {
        return Err(lacking(sheet, units, of_rows, periods, times, calendar));
    }
    let mut places = vec![NOWHERE; size];
    for (row, (&unit, &time)) in of_rows.iter().zip(times).enumerate() {
        let place = &mut places[unit * periods.len() + time];
        if *place != NOWHERE {
            let time = calendar.written(periods[time]);
            return Err(EffectError::twice(&sheet.name, sheet.lines[row], units[unit], &time));
        }
        *place = row;
    }
    if places.contains(&NOWHERE) {
        return Err(lacking(sheet, units, of_rows, periods, times, calendar));
    }
    Ok(places)
}

/// Names the first unit that lacks a period, and how many do.
fn lacking(
    sheet: &Sheet,
    units: &[&str],
    of_rows: &[usize],
    periods: &[i64],
    times: &[usize],
    calendar: Calendar,
) -> EffectError {
    let mut seen = vec![0_usize; units.len()];
    of_rows.iter().for_each(|&unit| seen[unit] += 1);
    let lacking: Vec<usize> = (0..units.len()).filter(|&unit| seen[unit] < periods.len()).collect();
    let first = lacking.first().copied().unwrap_or(0);
    let own: Vec<usize> =
        of_rows.iter().zip(times).filter(|(unit, _)| **unit == first).map(|(_, &time)| time).collect();
    let missing = (0..periods.len()).find(|time| !own.contains(time)).unwrap_or(0);
    EffectError::unbalanced(&sheet.name, units[first], &calendar.written(periods[missing]), lacking.len())
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
