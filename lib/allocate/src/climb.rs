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

    /// Frees some cells at a time and chooses for them anew, looking at about so many branches in all.
    pub(crate) fn improved(mut self, near: &Near, branches: usize, chance: &mut Chance, effort: &Effort) -> Pick {
        let open: Vec<usize> = (0..near.cells.len()).filter(|&c| near.cells[c].to - near.cells[c].from > 1).collect();
        let (mut count, mut spent) = (FREED.0.max(8).min(open.len()), 0);
        while spent < branches && self.loss > 1e-12 && !open.is_empty() && !effort.stopped() {
            let cells = self.some(near, &open, count, chance);
            let mut room = self.room.clone();
            let mut lost = idle(near, &self.room);
            for &cell in &cells {
                let column = self.columns[cell];
                lost += near.loss[column];
                room.iter_mut().zip(near.uses_of(column)).for_each(|(room, used)| *room += used);
            }
            let found = descend(near, &cells, &room, lost - 1e-10 * (1.0 + lost), NODES);
            spent += found.nodes + 60;
            if let Some(columns) = found.columns {
                cells.iter().zip(columns).for_each(|(&cell, column)| self.columns[cell] = column);
                self = Pick::new(near, self.columns);
            }
            count = if found.complete { count + 1 } else { count.saturating_sub(2) };
            count = count.clamp(FREED.0.min(open.len()), FREED.1.min(open.len()));
        }
        self
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
