//! Differences to the roll-up and to the sums per day, gathered in memory and written once per transaction.

use std::collections::HashMap;

use crate::StoreError;
use crate::binds::binds;
use crate::rows::{LineRow, day};
use crate::statements::{
    ADD_CELLS, ADD_DAYS, ADD_SUPPLY_MONTHS, DROP_EMPTY_CELLS, DROP_EMPTY_DAYS, DROP_EMPTY_SUPPLY_MONTHS,
};
use crate::transaction::Transaction;

/// What a line adds to sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Amounts {
    lines: i64,
    quantity: i64,
    revenue: i64,
    margin: i64,
    revenue_with_margin: i64,
}

impl Amounts {
    /// Of one line; margin counts only where it is known.
    fn of_line(line: &LineRow) -> Amounts {
        let LineRow { quantity, revenue, margin, .. } = *line;
        let revenue_with_margin = if margin.is_some() { revenue } else { 0 };
        Amounts { lines: 1, quantity, revenue, margin: margin.unwrap_or_default(), revenue_with_margin }
    }

    fn add(&mut self, other: &Amounts, times: i64) {
        self.lines += times * other.lines;
        self.quantity += times * other.quantity;
        self.revenue += times * other.revenue;
        self.margin += times * other.margin;
        self.revenue_with_margin += times * other.revenue_with_margin;
    }
}

/// Differences by cell (partner, month, category), by day, and by month of a brand and distributor where lines tell them.
#[derive(Debug, Default)]
pub(crate) struct Differences {
    cells: HashMap<(i64, i32, i64), Amounts>,
    days: HashMap<i32, (i32, Amounts)>,
    /// By partner, month and supply: lines and revenue.
    supplies: HashMap<(i64, i32, i64), (i64, i64)>,
    /// Something was taken away, so that cells may have become empty.
    took_away: bool,
}

impl Differences {
    /// A line becomes live.
    pub(crate) fn add(&mut self, line: &LineRow) {
        self.change(line, 1);
    }

    /// A line is live no longer.
    pub(crate) fn take_away(&mut self, line: &LineRow) {
        self.took_away = true;
        self.change(line, -1);
    }

    fn change(&mut self, line: &LineRow, times: i64) {
        let (at, partner, amounts) = (line.day, line.partner_id, Amounts::of_line(line));
        let (month, of_day) = self.days.entry(at).or_insert_with(|| (day(at).month().0, Amounts::default()));
        of_day.add(&amounts, times);
        self.cells.entry((partner, *month, line.category_id)).or_default().add(&amounts, times);
        if let Some(supply) = line.supply_id {
            let (lines, revenue) = self.supplies.entry((partner, *month, supply)).or_default();
            *lines += times;
            *revenue += times * line.revenue;
        }
    }

    /// Writes them.
    pub(crate) async fn write(self, transaction: &mut Transaction) -> Result<(), StoreError> {
        let mut cells: Vec<_> = self.cells.into_iter().collect();
        cells.sort_unstable_by_key(|(cell, _)| *cell);
        for some in cells.chunks(10_000) {
            let rows = some.iter().flat_map(|((partner, month, category), sums)| {
                binds![
                    *partner,
                    *month,
                    *category,
                    sums.lines,
                    sums.quantity,
                    sums.revenue,
                    sums.margin,
                    sums.revenue_with_margin
                ]
            });
            transaction.insert(&ADD_CELLS, &rows.collect::<Vec<_>>()).await?;
        }
        let mut supplies: Vec<_> = self.supplies.into_iter().collect();
        supplies.sort_unstable();
        for some in supplies.chunks(10_000) {
            let rows = some.iter().flat_map(|((partner, month, supply), (lines, revenue))| {
                binds![*partner, *month, *supply, *lines, *revenue]
            });
            transaction.insert(&ADD_SUPPLY_MONTHS, &rows.collect::<Vec<_>>()).await?;
        }
        let mut days: Vec<_> = self.days.into_iter().collect();
        days.sort_unstable_by_key(|(day, _)| *day);
        let rows = days
            .iter()
            .flat_map(|(day, (_, sums))| binds![*day, sums.lines, sums.revenue, sums.margin, sums.revenue_with_margin]);
        transaction.insert(&ADD_DAYS, &rows.collect::<Vec<_>>()).await?;
        if self.took_away {
            transaction.run(DROP_EMPTY_CELLS, &[]).await?;
            transaction.run(DROP_EMPTY_DAYS, &[]).await?;
            transaction.run(DROP_EMPTY_SUPPLY_MONTHS, &[]).await?;
        }
        Ok(())
    }
}
