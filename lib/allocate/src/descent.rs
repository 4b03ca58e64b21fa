//! Depth first through the columns of some cells, everything else held: finds the joint choice that loses least, or
//! shows that none loses less than what is allowed. Branches end where what was lost, with the least that must still
//! be lost to come within the room or to leave none idle, is not below what is allowed.

use crate::near::{Near, Open};

/// With more undecided cells than this a search does not begin: it could prove nothing, and it is as deep as they are
/// many.
const DEEPEST: usize = 1_500;

/// What came of a search.
pub(crate) struct Found {
    /// The best columns, in the order of the cells asked for; `None` where none loses less than what was allowed.
    pub(crate) columns: Option<Vec<usize>>,
    /// Whether everything was gone through.
    pub(crate) complete: bool,
    /// How many branches were looked at.
    pub(crate) nodes: usize,
}

/// What must still be lost from a depth on, per row.
#[derive(Clone, Copy)]
struct Ahead {
    /// Least and most the cells from here on can use, and what their best columns use.
    least: f64,
    most: f64,
    base: f64,
    /// Least loss per unit used less, or more, than by the best columns.
    to_free: f64,
    to_fill: f64,
}

struct Descent<'a> {
    near: &'a Near,
    cells: Vec<Open>,
    ahead: Vec<Ahead>,
    /// Per depth, what the best columns from there on lose.
    base_loss: Vec<f64>,
    room: Vec<f64>,
    at: Vec<usize>,
    allowed: f64,
    best: Option<Vec<usize>>,
    nodes: usize,
    limit: usize,
    /// The first find is enough.
    any: bool,
}

/// The first joint choice of all cells that keeps the limits, whatever it loses; and whether everything was gone through.
pub(crate) fn first(near: &Near, limit: usize) -> (Option<Vec<usize>>, bool) {
    let cells: Vec<usize> = (0..near.cells.len()).collect();
    let found = search(near, &cells, &near.room, f64::INFINITY, limit, true);
    (found.columns, found.complete)
}

/// Searches the cells' columns within this room for a joint choice that loses less than `allowed`.
pub(crate) fn descend(near: &Near, cells: &[usize], room: &[f64], allowed: f64, limit: usize) -> Found {
    search(near, cells, room, allowed, limit, false)
}

fn search(near: &Near, cells: &[usize], room: &[f64], allowed: f64, limit: usize, any: bool) -> Found {
    let mut room = room.to_vec();
    let mut columns: Vec<usize> = cells.iter().map(|&cell| near.cells[cell].from).collect();
    // Cells whose second column already loses too much are decided; the others are (place, cell), the most decided first.
    let mut order: Vec<(usize, Open)> = Vec::new();
    let mut lost = 0.0;
    for (place, &cell) in cells.iter().enumerate() {
        let open = near.cells[cell];
        let to = open.from + near.loss[open.from..open.to].partition_point(|loss| *loss < allowed);
        if to > open.from + 1 {
            order.push((place, Open { to, ..open }));
        } else if to == open.from {
            return Found { columns: None, complete: true, nodes: 1 };
        } else {
            lost += near.loss[open.from];
            room.iter_mut().zip(near.uses_of(open.from)).for_each(|(room, used)| *room -= used);
        }
    }
    if order.len() > DEEPEST {
        return Found { columns: None, complete: false, nodes: 1 };
    }
    let second = |open: &Open| near.loss[open.from + 1];
    order.sort_by(|(n, a), (m, b)| second(b).total_cmp(&second(a)).then(n.cmp(m)));
    let sorted: Vec<Open> = order.iter().map(|(_, open)| *open).collect();
    let (ahead, base_loss) = ahead(near, &sorted);
    let (at, best) = (vec![0; sorted.len()], None);
    let mut descent = Descent { near, cells: sorted, ahead, base_loss, room, at, allowed, best, nodes: 0, limit, any };
    descent.go(0, lost);
    let found = descent.best.map(|best| {
        order.iter().zip(best).for_each(|((place, _), column)| columns[*place] = column);
        columns
    });
    Found { columns: found, complete: descent.nodes < descent.limit, nodes: descent.nodes }
}

fn ahead(near: &Near, cells: &[Open]) -> (Vec<Ahead>, Vec<f64>) {
    let rows = near.rows;
    let nothing = Ahead { least: 0.0, most: 0.0, base: 0.0, to_free: f64::INFINITY, to_fill: f64::INFINITY };
    let mut ahead = vec![nothing; (cells.len() + 1) * rows];
    let mut base_loss = vec![0.0; cells.len() + 1];
    for depth in (0..cells.len()).rev() {
        let Open { from, to, .. } = cells[depth];
        base_loss[depth] = base_loss[depth + 1] + if to > from { near.loss[from] } else { f64::INFINITY };
        for row in 0..rows {
            let mut here = ahead[(depth + 1) * rows + row];
            let base = if to > from { near.uses[from * rows + row] } else { 0.0 };
            let (mut least, mut most) = (base, base);
            for column in from..to {
                let used = near.uses[column * rows + row];
                let loss = near.loss[column] - near.loss[from];
                if used < base {
                    least = least.min(used);
                    here.to_free = here.to_free.min(loss / (base - used));
                } else if used > base {
                    most = most.max(used);
                    here.to_fill = here.to_fill.min(loss / (used - base));
                }
            }
            here.least += least;
            here.most += most;
            here.base += base;
            ahead[depth * rows + row] = here;
        }
    }
    (ahead, base_loss)
}

impl Descent<'_> {
    fn go(&mut self, depth: usize, lost: f64) {
        self.nodes += 1;
        if self.nodes >= self.limit {
            return;
        }
        let Some(must) = self.must_lose(depth) else { return };
        if lost + must >= self.allowed {
            return;
        }
        if depth == self.cells.len() {
            self.allowed = lost + must;
            self.best = Some(self.at.clone());
            self.limit = if self.any { 0 } else { self.limit };
            return;
        }
        let Open { from, to, .. } = self.cells[depth];
        let rest = self.base_loss[depth + 1];
        for column in from..to {
            let loss = self.near.loss[column];
            if lost + loss + rest >= self.allowed {
                break;
            }
            self.take(column, -1.0);
            self.at[depth] = column;
            self.go(depth + 1, lost + loss);
            self.take(column, 1.0);
        }
    }

    fn take(&mut self, column: usize, sign: f64) {
        let uses = self.near.uses_of(column);
        self.room.iter_mut().zip(uses).for_each(|(room, used)| *room += sign * used);
    }

    /// The least that the cells from here on, and room left idle, must lose; `None` where they cannot come within it.
    fn must_lose(&self, depth: usize) -> Option<f64> {
        let rows = self.near.rows;
        let (mut idle, mut change) = (0.0, 0.0_f64);
        for row in 0..rows {
            let (ahead, room) = (self.ahead[depth * rows + row], self.room[row]);
            let price = self.near.prices[row];
            if room + self.near.slack[row] < ahead.least {
                return None;
            }
            idle += price * (room - ahead.most).max(0.0);
            let off = room - ahead.base;
            if off < -self.near.slack[row] {
                change = change.max(-off * ahead.to_free);
            } else if off > 0.0 {
                change = change.max(off * price.min(ahead.to_fill));
            }
        }
        Some(self.base_loss[depth] + idle.max(change))
    }
}
