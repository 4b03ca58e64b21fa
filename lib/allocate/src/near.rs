//! The columns of a family that lose little at the prices. At the dual's prices every choice of a cell loses something
//! against the cell's best; a plan loses what its columns lose, and what the room it leaves is worth. So the integer
//! search is among columns of small loss, and everything it needs of them lies side by side here.

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
    /// The columns that lose at most `most`, and of every cell the best one.
    pub(crate) fn new(asked: &Asked, most: f64) -> Near {
        let limited = asked.limited();
        let room: Vec<f64> = limited.iter().filter_map(|&row| asked.limits[row]).collect();
        let mut near = Near {
            rows: limited.len(),
            prices: limited.iter().map(|&row| asked.prices[row]).collect(),
            slack: room.iter().map(|&room| crate::tolerance(room)).collect(),
            room,
            cells: Vec::new(),
            loss: Vec::new(),
            uses: Vec::new(),
            origin: Vec::new(),
            complete_to: most,
            hard: 0.0,
        };
        let mut scratch = Scratch::new(asked, &limited);
        for (number, cell) in asked.family.cells.iter().enumerate() {
            let columns = match *cell {
                Cell::Unit(unit) => near.unit_columns(asked, unit as usize, most, &mut scratch),
                Cell::Cluster(cluster) => {
                    let plans = cluster_plans(asked, &limited, cluster as usize, most);
                    near.hard += plans.hard;
                    near.complete_to = near.complete_to.min(plans.complete_to);
                    plans.columns
                }
            };
            near.lay_out(number, columns);
        }
        near
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

    /// A column's use of the limited rows.
    pub(crate) fn uses_of(&self, column: usize) -> &[f64] {
        &self.uses[column * self.rows..(column + 1) * self.rows]
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
