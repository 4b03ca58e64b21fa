//! Items that must be decided together become one unit: tied pairs, and the partners of a cluster so small that all
//! its plans can be listed, trips included. What is left has only resources, and trips between units.

use crate::problem::{Options, Pair};
use crate::table::Table;

/// What is decided together: an item, or several.
#[derive(Debug, Clone, Copy)]
enum Unit {
    /// The item of that number, as the caller gave it.
    Item(u32),
    /// Several items: the number in the joined table.
    Joined(u32),
}

/// All units, and how to read an item's choice from its unit's.
pub(crate) struct Units<'a> {
    options: &'a Options,
    units: Vec<Unit>,
    joined: Table,
    /// Per joined unit, its items.
    members: Vec<Vec<usize>>,
    /// Per joined unit, the items' choices of each of its choices, one after another.
    picks: Vec<Vec<u32>>,
}

/// Joined items and the choices that may stand together.
struct Tuples {
    items: Vec<usize>,
    picks: Vec<Vec<u32>>,
}

impl<'a> Units<'a> {
    /// The items, those joined by pairs in one unit.
    pub(crate) fn new(options: &'a Options) -> Units<'a> {
        let (joined, members, picks) = (Table::new(), Vec::new(), Vec::new());
        let mut units = Units { options, units: Vec::new(), joined, members, picks };
        let tied = tied_items(options);
        let mut seen = vec![false; options.table.items()];
        for item in 0..options.table.items() {
            if seen[item] {
                continue;
            }
            if tied[item].is_empty() {
                units.units.push(Unit::Item(item as u32));
            } else {
                let tuples = tuples(options, &tied, item);
                tuples.items.iter().for_each(|&item| seen[item] = true);
                units.join(tuples);
            }
        }
        units
    }

    fn join(&mut self, tuples: Tuples) {
        let table = &self.options.table;
        let mut offsets = Vec::with_capacity(tuples.items.len());
        let mut palette = Vec::new();
        for &item in &tuples.items {
            offsets.push(palette.len());
            let (rows, amounts) = table.palette(item);
            palette.extend(rows.iter().copied().zip(amounts.iter().copied()));
        }
        let number = self.joined.begin_item_of(palette.into_iter());
        for picks in &tuples.picks {
            let each = || tuples.items.iter().zip(picks).zip(&offsets);
            let value = each().map(|((&item, &pick), _)| table.value(item, pick as usize)).sum();
            let marks = each().flat_map(|((&item, &pick), &offset)| {
                table.marks(item, pick as usize).iter().map(move |&mark| mark + offset as u16)
            });
            self.joined.add_marked(value, marks);
        }
        self.units.push(Unit::Joined(number as u32));
        self.members.push(tuples.items);
        self.picks.push(tuples.picks.into_iter().flatten().collect());
    }

    /// How many units there are.
    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    /// The table that holds the unit, and its number there.
    pub(crate) fn place(&self, unit: usize) -> (&Table, usize) {
        match self.units[unit] {
            Unit::Item(item) => (&self.options.table, item as usize),
            Unit::Joined(number) => (&self.joined, number as usize),
        }
    }

    /// The unit's items.
    pub(crate) fn items(&self, unit: usize) -> Vec<usize> {
        match self.units[unit] {
            Unit::Item(item) => vec![item as usize],
            Unit::Joined(number) => self.members[number as usize].clone(),
        }
    }

    /// The items' choices when the units take these.
    pub(crate) fn spread(&self, choices: &[usize]) -> Vec<usize> {
        let mut spread = vec![0; self.options.table.items()];
        for (unit, &choice) in self.units.iter().zip(choices) {
            match *unit {
                Unit::Item(item) => spread[item as usize] = choice,
                Unit::Joined(number) => {
                    let members = &self.members[number as usize];
                    let picks = &self.picks[number as usize][choice * members.len()..];
                    members.iter().zip(picks).for_each(|(&item, &pick)| spread[item] = pick as usize);
                }
            }
        }
        spread
    }

    /// The units' choices when the items take these; `None` where a pair forbids it.
    pub(crate) fn gather(&self, choices: &[usize]) -> Option<Vec<usize>> {
        let gather = |unit: &Unit| match *unit {
            Unit::Item(item) => Some(choices[item as usize]),
            Unit::Joined(number) => {
                let members = &self.members[number as usize];
                let mut tuples = self.picks[number as usize].chunks_exact(members.len());
                tuples.position(|picks| members.iter().zip(picks).all(|(&item, &pick)| choices[item] == pick as usize))
            }
        };
        self.units.iter().map(gather).collect()
    }
}

/// Per item, the pairs it is in.
fn tied_items(options: &Options) -> Vec<Vec<usize>> {
    let mut tied = vec![Vec::new(); options.table.items()];
    for (number, pair) in options.pairs.iter().enumerate() {
        pair.items.iter().for_each(|&item| tied[item].push(number));
    }
    tied
}

/// All that may stand together of the items joined to this one by pairs.
fn tuples(options: &Options, tied: &[Vec<usize>], first: usize) -> Tuples {
    let mut tuples = Tuples { items: vec![first], picks: Vec::new() };
    tuples.picks = (0..options.table.choices(first) as u32).map(|choice| vec![choice]).collect();
    let mut at = 0;
    while at < tuples.items.len() {
        for &number in &tied[tuples.items[at]] {
            let pair = &options.pairs[number];
            match pair.items.iter().find(|item| !tuples.items.contains(item)) {
                Some(&next) => extend(&mut tuples, pair, next, options.table.choices(next)),
                None => filter(&mut tuples, pair),
            }
        }
        at += 1;
    }
    tuples
}

fn extend(tuples: &mut Tuples, pair: &Pair, next: usize, choices: usize) {
    let (known, new) = if pair.items[1] == next { (0, 1) } else { (1, 0) };
    let place = tuples.items.iter().position(|&item| item == pair.items[known]).unwrap_or(0);
    let mut allowed: Vec<[usize; 2]> = pair.allowed.iter().map(|pair| [pair[known], pair[new]]).collect();
    allowed.retain(|pair| pair[1] < choices);
    allowed.sort_unstable();
    allowed.dedup();
    let with = |picks: &Vec<u32>| {
        let from = allowed.partition_point(|pair| pair[0] < picks[place] as usize);
        let end = allowed.partition_point(|pair| pair[0] <= picks[place] as usize);
        let picks = picks.clone();
        allowed[from..end].iter().map(move |pair| [&picks[..], &[pair[1] as u32]].concat()).collect::<Vec<_>>()
    };
    tuples.picks = tuples.picks.iter().flat_map(with).collect();
    tuples.items.push(next);
}

fn filter(tuples: &mut Tuples, pair: &Pair) {
    let places = pair.items.map(|item| tuples.items.iter().position(|&other| other == item).unwrap_or(0));
    let allowed: std::collections::BTreeSet<[usize; 2]> = pair.allowed.iter().copied().collect();
    tuples.picks.retain(|picks| allowed.contains(&places.map(|place| picks[place] as usize)));
}
