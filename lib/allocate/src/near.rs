//! The columns of a family that lose little at the prices. At the dual's prices every choice of a cell loses something
//! against the cell's best; a plan loses what its columns lose, and what the room it leaves is worth. So the integer
//! search is among columns of small loss, and everything it needs of them lies side by side here.

use std::collections::BTreeMap;

use crate::layout::{Cell, Family, Layout, NOWHERE};
use crate::oracle::reduced;
use crate::plans::cluster_plans;

/// Cells with more columns than this are not searched for columns that others make needless.
const COMPARED: usize = 400;

/// Where a column comes from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Origin {
    /// A choice of the cell's unit.
    Choice(u32),
    /// A choice for each of the cluster's units.
    Choices(Vec<u16>),
}

/// A column before it is laid out.
pub(crate) struct Column {
    pub(crate) loss: f64,
    /// Use of each limited row.
    pub(crate) uses: Vec<f64>,
    pub(crate) origin: Origin,
}

/// A cell with its columns `from..to`, least loss first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open {
    pub(crate) cell: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The near columns of a family.
pub(crate) struct Near {
    /// How many rows are limited.
    pub(crate) rows: usize,
    /// The limited rows' prices.
    pub(crate) prices: Vec<f64>,
    /// Their capacities, less what the cells without a choice use.
    pub(crate) room: Vec<f64>,
    /// How much more than that may be used, for rounding.
    pub(crate) slack: Vec<f64>,
    /// Every cell, in order.
    pub(crate) cells: Vec<Open>,
    pub(crate) loss: Vec<f64>,
    /// Uses, column by column.
    pub(crate) uses: Vec<f64>,
    pub(crate) origin: Vec<Origin>,
    /// Every column that loses less than this is here.
    pub(crate) complete_to: f64,
    /// What the cells bring at best, at the prices; the capacities at their prices are not in it.
    pub(crate) hard: f64,
}

/// What is asked: which family, at which local prices, under which limits.
pub(crate) struct Asked<'a> {
    pub(crate) layout: &'a Layout<'a>,
    pub(crate) family: &'a Family,
    pub(crate) prices: &'a [f64],
    /// By local row; `None` where the row is only priced.
    pub(crate) limits: &'a [Option<f64>],
}

impl Asked<'_> {
    /// The local rows that are limited.
    pub(crate) fn limited(&self) -> Vec<usize> {
        (0..self.limits.len()).filter(|&row| self.limits[row].is_some()).collect()
    }
}

impl Near {
    /// The columns that lose at most `most`, of every cell the best one, and of a cluster's too many plans the known.
    pub(crate) fn new(asked: &Asked, most: f64, known: Option<&[usize]>) -> Near {
        let limited = asked.limited();
        let mut near = Near::empty(&limited, asked.prices, asked.limits, most);
        let mut scratch = Scratch::new(asked, &limited);
        for (number, cell) in asked.family.cells.iter().enumerate() {
            let columns = match *cell {
                Cell::Unit(unit) => near.unit_columns(asked, unit as usize, most, &mut scratch),
                Cell::Cluster(cluster) => {
                    let plans = cluster_plans(asked, &limited, cluster as usize, most, known);
                    near.hard += plans.hard;
                    near.complete_to = near.complete_to.min(plans.complete_to);
                    plans.columns
                }
            };
            near.lay_out(number, columns);
        }
        near
    }

    /// No cells yet; these of the rows are limited.
    fn empty(limited: &[usize], prices: &[f64], limits: &[Option<f64>], complete_to: f64) -> Near {
        let room: Vec<f64> = limited.iter().filter_map(|&row| limits[row]).collect();
        Near {
            rows: limited.len(),
            prices: limited.iter().map(|&row| prices[row]).collect(),
            slack: room.iter().map(|&room| crate::tolerance(room)).collect(),
            room,
            cells: Vec::new(),
            loss: Vec::new(),
            uses: Vec::new(),
            origin: Vec::new(),
            complete_to,
            hard: 0.0,
        }
    }

    /// Every unit by itself while the trips stay as these choices make them: what the trips hold is a limit, and what
    /// they use is taken from the room. Cell for cell the family's units in order.
    pub(crate) fn held(asked: &Asked, choices: &[usize]) -> (Near, Vec<usize>) {
        let held = Held::new(asked, choices);
        let limited: Vec<usize> = (0..held.limits.len()).filter(|&row| held.limits[row].is_some()).collect();
        let mut near = Near::empty(&limited, &held.prices, &held.limits, f64::INFINITY);
        let mut row_of = vec![NOWHERE; held.limits.len()];
        limited.iter().enumerate().for_each(|(n, &row)| row_of[row] = n as u32);
        let mut units = Vec::new();
        for cell in &asked.family.cells {
            for unit in asked.layout.members(*cell) {
                let columns = held.columns(asked, unit, &row_of, limited.len());
                near.lay_out(units.len(), columns);
                units.push(unit);
            }
        }
        (near, units)
    }

    fn unit_columns(&mut self, asked: &Asked, unit: usize, most: f64, scratch: &mut Scratch) -> Vec<Column> {
        reduced(asked.layout, asked.prices, unit, &mut scratch.costs, &mut scratch.reduced);
        let top = scratch.reduced.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        self.hard += if top.is_finite() { top } else { 0.0 };
        let (table, item) = asked.layout.units.place(unit);
        let mut columns = Vec::new();
        for (choice, reduced) in scratch.reduced.iter().enumerate() {
            if top - reduced > most {
                continue;
            }
            let mut uses = vec![0.0; self.rows];
            for (row, amount) in table.uses(item, choice) {
                let place = asked.layout.place[row];
                if place != NOWHERE && scratch.column_row[place as usize] != NOWHERE {
                    uses[scratch.column_row[place as usize] as usize] += amount;
                }
            }
            columns.push(Column { loss: top - reduced, uses, origin: Origin::Choice(choice as u32) });
        }
        columns
    }

    fn lay_out(&mut self, cell: usize, mut columns: Vec<Column>) {
        columns.sort_by(|a, b| a.loss.total_cmp(&b.loss));
        columns.retain(|column| {
            column.uses.iter().zip(&self.room).zip(&self.slack).all(|((used, room), slack)| *used <= room + slack)
        });
        let columns = if columns.len() <= COMPARED { self.needed(columns) } else { columns };
        let from = self.loss.len();
        for column in columns {
            self.loss.push(column.loss);
            self.uses.extend(column.uses);
            self.origin.push(column.origin);
        }
        self.cells.push(Open { cell, from, to: self.loss.len() });
    }

    /// Without the columns that bring no more than another and use no less.
    fn needed(&self, columns: Vec<Column>) -> Vec<Column> {
        let value = |column: &Column| -> f64 {
            self.prices.iter().zip(&column.uses).map(|(price, used)| price * used).sum::<f64>() - column.loss
        };
        let values: Vec<f64> = columns.iter().map(value).collect();
        let beaten = |n: usize| {
            (0..columns.len()).any(|m| {
                let no_more = || columns[m].uses.iter().zip(&columns[n].uses).all(|(a, b)| a <= b);
                let better = values[m] > values[n] || columns[m].uses != columns[n].uses || m < n;
                m != n && values[m] >= values[n] && better && no_more()
            })
        };
        let beaten: Vec<bool> = (0..columns.len()).map(beaten).collect();
        columns.into_iter().zip(beaten).filter(|(_, beaten)| !beaten).map(|(column, _)| column).collect()
    }

    /// Whether every cell has a column.
    pub(crate) fn everywhere(&self) -> bool {
        self.cells.iter().all(|open| open.to > open.from)
    }

    /// A column's use of the limited rows.
    pub(crate) fn uses_of(&self, column: usize) -> &[f64] {
        &self.uses[column * self.rows..(column + 1) * self.rows]
    }
}

/// The trips as some choices make them.
struct Held {
    /// Resources in their local rows, then a row for each trip of the family.
    limits: Vec<Option<f64>>,
    prices: Vec<f64>,
    /// Per trip, its row.
    row: BTreeMap<usize, usize>,
}

impl Held {
    fn new(asked: &Asked, choices: &[usize]) -> Held {
        let mut held = Held { limits: asked.limits.to_vec(), prices: asked.prices.to_vec(), row: BTreeMap::new() };
        for cell in &asked.family.cells {
            let Cell::Cluster(number) = *cell else { continue };
            let cluster = &asked.layout.clusters[number as usize];
            let mut visits = vec![0.0; cluster.openings.len()];
            for &unit in &cluster.units {
                let (table, item) = asked.layout.units.place(unit as usize);
                for (row, amount) in table.uses(item, choices[unit as usize]) {
                    let trip = row.checked_sub(asked.layout.resources);
                    let at = trip.and_then(|trip| cluster.openings.iter().position(|opening| opening.trip == trip));
                    at.into_iter().for_each(|at| visits[at] += amount);
                }
            }
            let made = cluster.made(&visits).unwrap_or_else(|| vec![0.0; visits.len()]);
            for (opening, made) in cluster.openings.iter().zip(made) {
                for &(row, amount) in &opening.uses {
                    if let Some(limit) = &mut held.limits[row as usize] {
                        *limit -= made * amount;
                    }
                }
                held.row.insert(opening.trip, held.limits.len());
                let holds =
                    if made > 0.0 { Some(made * opening.room).filter(|room| room.is_finite()) } else { Some(0.0) };
                held.limits.push(holds);
                held.prices.push(0.0);
            }
        }
        held
    }

    fn columns(&self, asked: &Asked, unit: usize, row_of: &[u32], rows: usize) -> Vec<Column> {
        let (table, item) = asked.layout.units.place(unit);
        let column = |choice: usize| {
            let (mut reduced, mut uses) = (table.value(item, choice), vec![0.0; rows]);
            for (row, amount) in table.uses(item, choice) {
                let local = row
                    .checked_sub(asked.layout.resources)
                    .map_or_else(|| asked.layout.place[row] as usize, |trip| self.row.get(&trip).copied().unwrap_or(0));
                reduced -= self.prices[local] * amount;
                if row_of[local] != NOWHERE {
                    uses[row_of[local] as usize] += amount;
                }
            }
            Column { loss: -reduced, uses, origin: Origin::Choice(choice as u32) }
        };
        let mut columns: Vec<Column> = (0..table.choices(item)).map(column).collect();
        let top = columns.iter().map(|column| -column.loss).fold(f64::NEG_INFINITY, f64::max);
        columns.iter_mut().for_each(|column| column.loss += top);
        columns
    }
}

struct Scratch {
    costs: Vec<f64>,
    reduced: Vec<f64>,
    /// Per local row, its number among the limited ones.
    column_row: Vec<u32>,
}

impl Scratch {
    fn new(asked: &Asked, limited: &[usize]) -> Scratch {
        let mut column_row = vec![NOWHERE; asked.limits.len()];
        limited.iter().enumerate().for_each(|(n, &row)| column_row[row] = n as u32);
        Scratch { costs: Vec::new(), reduced: Vec::new(), column_row }
    }
}

/// A loss below which there are about so many columns in the family, judged by a part of its cells.
pub(crate) fn loss_for(asked: &Asked, columns: usize) -> f64 {
    let cells = &asked.family.cells;
    let every = (cells.len() / 4000).max(1);
    let (mut costs, mut values, mut losses) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells.iter().step_by(every) {
        if let Cell::Unit(unit) = *cell {
            reduced(asked.layout, asked.prices, unit as usize, &mut costs, &mut values);
            let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            losses.extend(values.iter().map(|value| top - value));
        }
    }
    let wanted = columns / every;
    if losses.len() <= wanted {
        return f64::INFINITY;
    }
    *losses.select_nth_unstable_by(wanted, f64::total_cmp).1
}
