//! Items and their choices, laid out flat. Within an item the same (row, amount) comes back again and again: a visit's
//! hours in a season, a digital level's hours. So each item has a palette of what its choices use, and a choice is a
//! value and a few numbers into the palette. A hundred thousand items of 48 choices take some 150 MB this way, and
//! what a choice costs at given prices is a few additions.
//!
//! Rows are the resources, and after them one row for each trip, whose amounts are visits.

/// Palettes longer than this may hold an entry twice: looking further back would cost more than it saves.
const LOOK_BACK: usize = 64;

/// Flat items, choices and what they use.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// Where an item's choices begin; one more than there are items.
    pub(crate) choice_from: Vec<u32>,
    pub(crate) values: Vec<f64>,
    /// Where a choice's uses begin, and where the last one's end.
    use_from: Vec<u32>,
    /// Numbers into the item's palette.
    uses: Vec<u16>,
    /// Where an item's palette begins; one more than there are items.
    palette_from: Vec<u32>,
    pub(crate) palette_rows: Vec<u32>,
    pub(crate) palette_amounts: Vec<f64>,
}

impl Table {
    /// A table without items.
    pub(crate) fn new() -> Table {
        Table { choice_from: vec![0], use_from: vec![0], palette_from: vec![0], ..Table::default() }
    }

    /// How many items there are.
    pub(crate) fn items(&self) -> usize {
        self.choice_from.len() - 1
    }

    /// Begins an item.
    pub(crate) fn begin_item(&mut self) -> usize {
        self.choice_from.push(self.values.len() as u32);
        self.palette_from.push(self.palette_rows.len() as u32);
        self.items() - 1
    }

    /// Adds a choice to the item begun last; amounts of nothing are left out.
    pub(crate) fn add_choice(&mut self, value: f64, uses: impl Iterator<Item = (usize, f64)>) -> usize {
        let item = self.items() - 1;
        let palette = self.palette_from[item] as usize;
        for (row, amount) in uses.filter(|(_, amount)| *amount != 0.0) {
            let from = palette.max(self.palette_rows.len().saturating_sub(LOOK_BACK));
            let found = (from..self.palette_rows.len())
                .find(|&at| self.palette_rows[at] == row as u32 && self.palette_amounts[at] == amount);
            let at = found.unwrap_or_else(|| {
                self.palette_rows.push(row as u32);
                self.palette_amounts.push(amount);
                self.palette_rows.len() - 1
            });
            assert!(at - palette <= usize::from(u16::MAX), "an item's choices use at most 65,536 different amounts");
            self.uses.push((at - palette) as u16);
        }
        self.values.push(value);
        self.use_from.push(self.uses.len() as u32);
        self.choice_from[item + 1] = self.values.len() as u32;
        self.palette_from[item + 1] = self.palette_rows.len() as u32;
        self.values.len() - 1 - self.choice_from[item] as usize
    }

    /// Begins an item with a palette that is known beforehand; its choices come by [`Table::add_marked`].
    pub(crate) fn begin_item_of(&mut self, palette: impl Iterator<Item = (u32, f64)>) -> usize {
        let item = self.begin_item();
        for (row, amount) in palette {
            self.palette_rows.push(row);
            self.palette_amounts.push(amount);
        }
        self.palette_from[item + 1] = self.palette_rows.len() as u32;
        item
    }

    /// Adds a choice by its numbers into the palette of the item begun last.
    pub(crate) fn add_marked(&mut self, value: f64, marks: impl Iterator<Item = u16>) {
        self.uses.extend(marks);
        self.values.push(value);
        self.use_from.push(self.uses.len() as u32);
        let last = self.choice_from.len() - 1;
        self.choice_from[last] = self.values.len() as u32;
    }

    /// How many choices the item has.
    pub(crate) fn choices(&self, item: usize) -> usize {
        (self.choice_from[item + 1] - self.choice_from[item]) as usize
    }

    /// What the item's choice brings.
    pub(crate) fn value(&self, item: usize, choice: usize) -> f64 {
        self.values[self.choice_from[item] as usize + choice]
    }

    /// The item's palette: rows and amounts.
    pub(crate) fn palette(&self, item: usize) -> (&[u32], &[f64]) {
        let range = self.palette_from[item] as usize..self.palette_from[item + 1] as usize;
        (&self.palette_rows[range.clone()], &self.palette_amounts[range])
    }

    /// A choice's numbers into its item's palette.
    pub(crate) fn marks(&self, item: usize, choice: usize) -> &[u16] {
        let at = self.choice_from[item] as usize + choice;
        &self.uses[self.use_from[at] as usize..self.use_from[at + 1] as usize]
    }

    /// What the item's choice uses: (row, amount).
    pub(crate) fn uses(&self, item: usize, choice: usize) -> impl Iterator<Item = (usize, f64)> + Clone + '_ {
        let (rows, amounts) = self.palette(item);
        self.marks(item, choice).iter().map(move |&mark| (rows[mark as usize] as usize, amounts[mark as usize]))
    }
}
