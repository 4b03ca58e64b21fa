//! A table with one row for each unit in each period: where each unit's periods stand.

use spelplan_intake::{Sheet, SheetColumn};

use crate::cells::{Labels, column, filled, read};
use crate::errors::EffectError;

/// How periods are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// As whole numbers.
    Numbers,
    /// As months, counted from year 0.
    Months,
}

/// Units, periods and the row of each.
pub(crate) struct Grid<'a> {
    /// Units in the order in which they are first met.
    pub(crate) units: Vec<&'a str>,
    /// How periods are written.
    pub(crate) calendar: Calendar,
    /// Periods, the first one first.
    pub(crate) periods: Vec<i64>,
    /// The row of each unit's first period, then of its second, and so on; then the next unit's.
    pub(crate) places: Vec<usize>,
}

/// Finds them; every unit must stand once in every period.
pub(crate) fn grid<'a>(sheet: &'a Sheet, unit: &str, time: &str) -> Result<Grid<'a>, EffectError> {
    let (unit, time) = (column(sheet, unit)?, column(sheet, time)?);
    let mut labels = Labels::default();
    let mut of_rows = Vec::with_capacity(sheet.n_rows());
    for row in 0..sheet.n_rows() {
        of_rows.push(labels.number(filled(sheet, unit, row)?));
    }
    let (calendar, periods, times) = times(sheet, time)?;
    let places = places(sheet, &labels.names, &of_rows, &periods, &times, calendar)?;
    Ok(Grid { units: labels.names, calendar, periods, places })
}

/// The complaint about a cell that should be a period.
pub(crate) fn no_time(sheet: &Sheet, column: &SheetColumn, row: usize, text: &str) -> EffectError {
    EffectError::no_number(&sheet.name, sheet.lines[row], &column.name, text)
}

impl Calendar {
    /// The period as the file writes it.
    pub fn written(self, period: i64) -> String {
        match self {
            Calendar::Numbers => period.to_string(),
            Calendar::Months => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
        }
    }

    pub(crate) fn read(self, text: &str) -> Option<i64> {
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

/// The periods and the place of each row's among them.
fn times(sheet: &Sheet, column: &SheetColumn) -> Result<(Calendar, Vec<i64>, Vec<usize>), EffectError> {
    let first = filled(sheet, column, 0)?;
    let calendar = if month(first).is_some() { Calendar::Months } else { Calendar::Numbers };
    let mut times = Vec::with_capacity(sheet.n_rows());
    for row in 0..sheet.n_rows() {
        let text = filled(sheet, column, row)?;
        times.push(calendar.read(text).ok_or_else(|| no_time(sheet, column, row, text))?);
    }
    let mut periods = times.clone();
    periods.sort_unstable();
    periods.dedup();
    let place = |time: i64| periods.partition_point(|&period| period < time);
    let places = times.into_iter().map(place).collect();
    Ok((calendar, periods, places))
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
