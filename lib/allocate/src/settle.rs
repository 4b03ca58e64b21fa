//! What links the families, such as money, settled after each has its plan: the links were only priced there, so
//! together the families may use a little too much. Then the changes that lose least for what they free are made.

use crate::layout::Layout;
use crate::oracle::{local, reduced};
use crate::prices::Dual;
use crate::problem::{Problem, tolerance};

/// Changes kept of a family in one round.
const KEPT: usize = 4;

/// Another choice of a unit that frees something of the links.
struct Change {
    /// Loss for each share of the links' capacities that is freed.
    rate: f64,
    family: usize,
    unit: usize,
    choice: usize,
}

/// The choices with what they use.
struct Settling<'a> {
    problem: &'a Problem,
    layout: &'a Layout<'a>,
    choices: &'a mut [usize],
    used: Vec<f64>,
}

/// Makes the choices keep the links; false where that did not succeed.
pub(crate) fn links(problem: &Problem, layout: &Layout, dual: &Dual, choices: &mut [usize]) -> bool {
    if layout.links == 0 {
        return true;
    }
    let used = problem.use_of(&layout.units.spread(choices));
    let mut settling = Settling { problem, layout, choices, used };
    loop {
        let over = settling.over();
        if over.iter().all(|over| *over <= 0.0) {
            return true;
        }
        let mut changes: Vec<Change> =
            (0..layout.families.len()).flat_map(|family| settling.changes(family, dual, &over)).collect();
        changes.sort_by(|a, b| a.rate.total_cmp(&b.rate).then((a.family, a.unit).cmp(&(b.family, b.unit))));
        let made = changes.iter().filter(|change| settling.make(change)).count();
        if made == 0 {
            return false;
        }
    }
}

impl Settling<'_> {
    /// How much each link is overdrawn.
    fn over(&self) -> Vec<f64> {
        let links = self.layout.families.first().map_or(&[][..], |family| &family.rows[..self.layout.links]);
        let capacity = |row: usize| self.problem.capacities[row] + tolerance(self.problem.capacities[row]);
        links.iter().map(|&row| (self.used[row] - capacity(row)).max(0.0)).collect()
    }

    /// The family's changes that lose least for what they free of the overdrawn links.
    fn changes(&self, number: usize, dual: &Dual, over: &[f64]) -> Vec<Change> {
        let family = &self.layout.families[number];
        let prices = local(family, &dual.prices);
        let (mut costs, mut values, mut changes) = (Vec::new(), Vec::new(), Vec::new());
        for cell in &family.cells {
            for unit in self.layout.members(*cell) {
                reduced(self.layout, &prices, unit, &mut costs, &mut values);
                let now = values[self.choices[unit]];
                for (choice, value) in values.iter().enumerate() {
                    let freed = self.freed(&family.rows, unit, choice, over);
                    if freed > 1e-12 {
                        let loss = now - value;
                        let rate = if loss > 0.0 { loss / freed } else { loss * freed };
                        changes.push(Change { rate, family: number, unit, choice });
                    }
                }
            }
        }
        changes.sort_by(|a, b| a.rate.total_cmp(&b.rate).then((a.unit, a.choice).cmp(&(b.unit, b.choice))));
        changes.truncate(KEPT);
        changes
    }

    /// What the change frees of the overdrawn links, in shares of their capacities.
    fn freed(&self, rows: &[usize], unit: usize, choice: usize, over: &[f64]) -> f64 {
        let (table, item) = self.layout.units.place(unit);
        let of = |choice: usize, row: usize| -> f64 {
            table.uses(item, choice).filter(|(other, _)| *other == row).map(|(_, amount)| amount).sum()
        };
        let freed = |(&row, over): (&usize, &f64)| {
            let less = of(self.choices[unit], row) - of(choice, row);
            if *over > 0.0 { less / self.problem.capacities[row].max(1e-9) } else { 0.0 }
        };
        rows.iter().zip(over).map(freed).sum()
    }

    /// Makes the change where it still helps and everything but the overdrawn links keeps its room.
    fn make(&mut self, change: &Change) -> bool {
        let over = self.over();
        let rows = &self.layout.families[change.family].rows;
        if over.iter().all(|over| *over <= 0.0) || self.freed(rows, change.unit, change.choice, &over) <= 1e-12 {
            return false;
        }
        let (table, item) = self.layout.units.place(change.unit);
        let mut differences: Vec<(usize, f64)> = table.uses(item, change.choice).collect();
        differences.extend(table.uses(item, self.choices[change.unit]).map(|(row, amount)| (row, -amount)));
        differences.sort_by_key(|(row, _)| *row);
        let mut sums: Vec<(usize, f64)> = Vec::new();
        for (row, amount) in differences {
            match sums.last_mut() {
                Some((last, sum)) if *last == row => *sum += amount,
                _ => sums.push((row, amount)),
            }
        }
        // A trip's visits may only become fewer: then it needs to be made no more often.
        let keeps = |&(row, more): &(usize, f64)| {
            let Some(&capacity) = self.problem.capacities.get(row) else { return more <= 0.0 };
            more <= 0.0 || self.used[row] + more <= capacity + tolerance(capacity)
        };
        if !sums.iter().all(keeps) {
            return false;
        }
        for (row, more) in sums {
            if let Some(used) = self.used.get_mut(row) {
                *used += more;
            }
        }
        self.choices[change.unit] = change.choice;
        true
    }
}
