//! A plan among the near columns: made to keep the limits at the least loss, filled, and improved by freeing a few
//! cells at a time and choosing for them anew as well as can be.

use crate::answer::Effort;
use crate::chance::Chance;
use crate::descent::descend;
use crate::near::Near;

/// A column for each cell, the room they leave and what they lose with the idle room.
#[derive(Debug, Clone)]
pub(crate) struct Pick {
    pub(crate) columns: Vec<usize>,
    pub(crate) room: Vec<f64>,
    pub(crate) loss: f64,
}

/// Cells freed at a time, at least and at most.
const FREED: (usize, usize) = (4, 48);

/// So many times every cell is freed in vain, on average, before the plan is shaken.
const PATIENCE: usize = 4;

/// Branches looked at for each freeing.
const NODES: usize = 4_000;

impl Pick {
    /// The plan of these columns.
    pub(crate) fn new(near: &Near, columns: Vec<usize>) -> Pick {
        let mut room = near.room.clone();
        let mut loss = 0.0;
        for &column in &columns {
            loss += near.loss[column];
            room.iter_mut().zip(near.uses_of(column)).for_each(|(room, used)| *room -= used);
        }
        loss += idle(near, &room);
        Pick { columns, room, loss }
    }

    /// Every cell's best column, whether there is room or not.
    pub(crate) fn best(near: &Near) -> Pick {
        Pick::new(near, near.cells.iter().map(|open| open.from).collect())
    }

    /// Whether it keeps the limits.
    pub(crate) fn fits(&self, near: &Near) -> bool {
        self.room.iter().zip(&near.slack).all(|(room, slack)| *room >= -slack)
    }

    fn change(&mut self, near: &Near, cell: usize, column: usize) {
        let old = self.columns[cell];
        self.loss += near.loss[column] - near.loss[old] - idle(near, &self.room);
        for (row, room) in self.room.iter_mut().enumerate() {
            *room += near.uses[old * near.rows + row] - near.uses[column * near.rows + row];
        }
        self.loss += idle(near, &self.room);
        self.columns[cell] = column;
    }

    /// Changes columns at the least loss for what they free of the overdrawn rows, until everything fits. With some
    /// `spread`, losses count for a little more or less than they are, so that other plans are met.
    pub(crate) fn repaired(mut self, near: &Near, spread: f64, chance: &mut Chance) -> Option<Pick> {
        let scale: Vec<f64> = near.room.iter().map(|room| 1.0 / room.abs().max(1e-9)).collect();
        let weights: Vec<f64> = near.loss.iter().map(|_| 1.0 + spread * (chance.share() - 0.5)).collect();
        let weight = |column: usize| weights[column];
        while !self.fits(near) {
            let mut best: Option<(f64, usize, usize)> = None;
            for (cell, open) in near.cells.iter().enumerate() {
                let now = self.columns[cell];
                for column in open.from..open.to {
                    let freed = self.freed(near, now, column, &scale);
                    if freed > 1e-13 {
                        let lost = (near.loss[column] - near.loss[now]) * weight(column);
                        let rate = if lost > 0.0 { lost / freed } else { lost * freed };
                        if best.is_none_or(|(least, _, _)| rate < least) {
                            best = Some((rate, cell, column));
                        }
                    }
                }
            }
            let (_, cell, column) = best?;
            self.change(near, cell, column);
        }
        Some(self)
    }

    /// How much less is overdrawn after the change, in shares of the room there was.
    fn freed(&self, near: &Near, old: usize, column: usize, scale: &[f64]) -> f64 {
        let (old, new) = (near.uses_of(old), near.uses_of(column));
        let mut freed = 0.0;
        for row in 0..near.rows {
            let (before, slack) = (self.room[row], near.slack[row]);
            let after = before + old[row] - new[row];
            if before < -slack || after < -slack {
                freed += (after.min(-slack) - before.min(-slack)) * scale[row];
            }
        }
        freed
    }

    /// Takes the change that gains most while one fits.
    pub(crate) fn filled(mut self, near: &Near) -> Pick {
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for (cell, open) in near.cells.iter().enumerate() {
                let now = self.columns[cell];
                for column in (open.from..open.to).filter(|column| *column != now) {
                    let gain = self.gain(near, now, column);
                    if gain > best.map_or(1e-12, |(most, _, _)| most) {
                        best = Some((gain, cell, column));
                    }
                }
            }
            let Some((_, cell, column)) = best else { return self };
            self.change(near, cell, column);
        }
    }

    /// What the change gains, nothing where it does not fit.
    fn gain(&self, near: &Near, now: usize, column: usize) -> f64 {
        let mut gain = near.loss[now] - near.loss[column];
        for row in 0..near.rows {
            let more = near.uses[column * near.rows + row] - near.uses[now * near.rows + row];
            if more > 0.0 && self.room[row] - more < -near.slack[row] {
                return 0.0;
            }
            gain += near.prices[row] * more;
        }
        gain
    }

    /// Frees some cells at a time and chooses for them anew, looking at about so many branches in all. When that has
    /// not helped for long, goes on from the best plan with some cells changed by chance.
    pub(crate) fn improved(self, near: &Near, branches: usize, chance: &mut Chance, effort: &Effort) -> Pick {
        let open: Vec<usize> = (0..near.cells.len()).filter(|&c| near.cells[c].to - near.cells[c].from > 1).collect();
        if open.is_empty() {
            return self;
        }
        let (mut best, mut now) = (self.clone(), self);
        let (mut count, mut spent, mut idle_rounds) = (FREED.0.max(8).min(open.len()), 0, 0);
        while spent < branches && best.loss > 1e-12 && !effort.stopped() {
            let (nodes, complete, better) = now.free(near, &open, count, chance);
            spent += nodes + 60;
            idle_rounds = if better { 0 } else { idle_rounds + 1 };
            count = if complete { count + 1 } else { count.saturating_sub(2) };
            count = count.clamp(FREED.0.min(open.len()), FREED.1.min(open.len()));
            if now.loss < best.loss - 1e-12 {
                best = now.clone();
            }
            if idle_rounds * count > PATIENCE * open.len() {
                idle_rounds = 0;
                now = best.shaken(near, &open, chance).unwrap_or_else(|| best.clone());
            }
        }
        best
    }

    /// Frees some cells and chooses for them anew: branches looked at, whether they were all, and whether it helped.
    fn free(&mut self, near: &Near, open: &[usize], count: usize, chance: &mut Chance) -> (usize, bool, bool) {
        let cells = self.some(near, open, count, chance);
        let mut room = self.room.clone();
        let mut lost = idle(near, &self.room);
        for &cell in &cells {
            let column = self.columns[cell];
            lost += near.loss[column];
            room.iter_mut().zip(near.uses_of(column)).for_each(|(room, used)| *room += used);
        }
        let found = descend(near, &cells, &room, lost - 1e-10 * (1.0 + lost), NODES);
        let better = found.columns.is_some();
        if let Some(columns) = found.columns {
            let mut changed = std::mem::take(&mut self.columns);
            cells.iter().zip(columns).for_each(|(&cell, column)| changed[cell] = column);
            *self = Pick::new(near, changed);
        }
        (found.nodes, found.complete, better)
    }

    /// The plan with some cells changed by chance, among columns that lose no more than the plan does.
    fn shaken(&self, near: &Near, open: &[usize], chance: &mut Chance) -> Option<Pick> {
        let mut shaken = self.clone();
        for _ in 0..(open.len() / 6).clamp(2, 12) {
            let cell = open[chance.below(open.len())];
            let columns = &near.loss[near.cells[cell].from..near.cells[cell].to];
            let near_enough = columns.partition_point(|loss| *loss <= 0.5 * self.loss).max(1);
            shaken.change(near, cell, near.cells[cell].from + chance.below(near_enough));
        }
        shaken.repaired(near, 0.5, chance).map(|pick| pick.filled(near))
    }

    /// Some different cells: a few that lose something now, the others by chance.
    fn some(&self, near: &Near, open: &[usize], count: usize, chance: &mut Chance) -> Vec<usize> {
        let mut cells: Vec<usize> = Vec::with_capacity(count);
        let mut tries = 0;
        while cells.len() < count && tries < 8 * count {
            tries += 1;
            let cell = open[chance.below(open.len())];
            let loses = near.loss[self.columns[cell]] > near.loss[near.cells[cell].from];
            let wanted = loses || tries > 2 * count || chance.share() < 0.6;
            if wanted && !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        cells
    }
}

/// What this room is worth if nobody uses it.
fn idle(near: &Near, room: &[f64]) -> f64 {
    room.iter().zip(&near.prices).map(|(room, price)| room.max(0.0) * price).sum()
}
