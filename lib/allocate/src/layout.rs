//! Who has to do with whom: which units share trips, and which families of units have resources of their own. In a
//! market with many PAMs each PAM's partners are a family, linked to the others only by what they all draw on, such
//! as money. Depends on the options alone, not on the capacities, so a frontier makes it once.

use std::ops::Range;

use crate::cluster::Cluster;
use crate::problem::Options;
use crate::units::Units;

/// The place of a row that has no price: visits on a trip that holds any number of them.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Below this many units everything is one family: it is small enough to be searched as a whole.
const FEW: usize = 300;

/// At most this many resources are taken for links between families.
const LINKS: usize = 3;

/// Cells summed at a time by one thread; fixed, so that sums do not depend on the number of threads.
const CHUNK: usize = 1024;

/// What the price of everything else being given is decided by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A unit that takes part in no trip.
    Unit(u32),
    /// Units that share trips.
    Cluster(u32),
}

/// Cells that share resources no other family uses.
pub(crate) struct Family {
    /// The rows: first the links, then its own. A row's place here is its local number.
    pub(crate) rows: Vec<usize>,
    pub(crate) cells: Vec<Cell>,
}

/// The whole structure.
pub(crate) struct Layout<'a> {
    pub(crate) options: &'a Options,
    pub(crate) units: Units<'a>,
    /// How many resources; rows from there on are the trips'.
    pub(crate) resources: usize,
    /// Per row its local number.
    pub(crate) place: Vec<u32>,
    /// How many resources link families: they come first in every family's rows.
    pub(crate) links: usize,
    pub(crate) families: Vec<Family>,
    pub(crate) clusters: Vec<Cluster>,
    /// Per row, the mean amount of a use of it.
    pub(crate) usual: Vec<f64>,
    /// What is summed by one thread at a time: a family and some of its cells.
    pub(crate) chunks: Vec<(usize, Range<usize>)>,
}

impl<'a> Layout<'a> {
    /// Finds the structure.
    pub(crate) fn new(options: &'a Options, resources: usize) -> Layout<'a> {
        let units = Units::new(options);
        let groups = clusters_of(&units, options, resources);
        let cells: Vec<(Cell, Vec<u32>)> = cells_of(units.len(), &groups);
        let touched: Vec<Vec<usize>> =
            cells.iter().map(|(_, members)| rows_of(&units, options, members, resources)).collect();
        let links = links(&touched, resources, units.len());
        let (families, place) = families(&cells, &touched, &links, resources + options.trips.len());
        let usual = usual(&units, resources + options.trips.len());
        let mut layout = Layout {
            options,
            units,
            resources,
            place,
            links: links.len(),
            families,
            clusters: Vec::new(),
            usual,
            chunks: Vec::new(),
        };
        layout.clusters = groups.into_iter().map(|group| Cluster::new(&layout, group)).collect();
        layout.price_trips();
        layout.chunks = chunks(&layout.families);
        layout
    }

    /// Trips that can be too small get a row in their family; the others need no price.
    fn price_trips(&mut self) {
        for family in &mut self.families {
            for cell in &family.cells {
                let Cell::Cluster(number) = *cell else { continue };
                for opening in &mut self.clusters[number as usize].openings {
                    if opening.room.is_finite() {
                        opening.row = Some(family.rows.len() as u32);
                        self.place[self.resources + opening.trip] = family.rows.len() as u32;
                        family.rows.push(self.resources + opening.trip);
                    }
                }
            }
        }
    }

    /// The units of a cell.
    pub(crate) fn members(&self, cell: Cell) -> Vec<usize> {
        match cell {
            Cell::Unit(unit) => vec![unit as usize],
            Cell::Cluster(number) => self.clusters[number as usize].units.iter().map(|&unit| unit as usize).collect(),
        }
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.resources + self.options.trips.len()
    }
}

/// Units joined by trips.
fn clusters_of(units: &Units, options: &Options, resources: usize) -> Vec<Vec<u32>> {
    if options.trips.is_empty() {
        return Vec::new();
    }
    let mut joined = Joined::new(options.trips.len());
    let trip_of: Vec<Option<usize>> = (0..units.len())
        .map(|unit| {
            let (table, item) = units.place(unit);
            let mut trips = table.palette(item).0.iter().filter_map(|&row| (row as usize).checked_sub(resources));
            let first = trips.next()?;
            trips.for_each(|trip| joined.join(first, trip));
            Some(first)
        })
        .collect();
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); options.trips.len()];
    for (unit, trip) in trip_of.iter().enumerate() {
        if let Some(trip) = trip {
            groups[joined.root(*trip)].push(unit as u32);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The cells in the order of their first unit, each with its units.
fn cells_of(units: usize, groups: &[Vec<u32>]) -> Vec<(Cell, Vec<u32>)> {
    let mut group_of = vec![None; units];
    for (number, group) in groups.iter().enumerate() {
        group.iter().for_each(|&unit| group_of[unit as usize] = Some(number));
    }
    let mut cells = Vec::new();
    for unit in 0..units as u32 {
        match group_of[unit as usize] {
            None => cells.push((Cell::Unit(unit), vec![unit])),
            Some(number) if groups[number][0] == unit => {
                cells.push((Cell::Cluster(number as u32), groups[number].clone()));
            }
            Some(_) => {}
        }
    }
    cells
}

/// The resources a cell can use, by itself or by its trips; each once.
fn rows_of(units: &Units, options: &Options, members: &[u32], resources: usize) -> Vec<usize> {
    let mut rows = Vec::new();
    for &unit in members {
        let (table, item) = units.place(unit as usize);
        for &row in table.palette(item).0 {
            match (row as usize).checked_sub(resources) {
                None => rows.push(row as usize),
                Some(trip) => rows.extend(options.trips[trip].uses.iter().map(|(resource, _)| *resource)),
            }
        }
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The fewest resources without which no family holds more than half of the cells; none where that takes too many.
fn links(touched: &[Vec<usize>], resources: usize, units: usize) -> Vec<usize> {
    if units < FEW {
        return Vec::new();
    }
    let mut users = vec![0; resources];
    touched.iter().flatten().for_each(|&row| users[row] += 1);
    let mut order: Vec<usize> = (0..resources).collect();
    order.sort_by_key(|&row| (std::cmp::Reverse(users[row]), row));
    for count in 0..=LINKS.min(resources) {
        let links = &order[..count];
        let joined = Joined::over(touched, links, resources);
        // Cells that use nothing but links stay together.
        let mut sizes = vec![0; resources + 1];
        for rows in touched {
            let own = rows.iter().find(|row| !links.contains(row));
            sizes[own.map_or(resources, |&row| joined.root(row))] += 1;
        }
        let largest = sizes.into_iter().max().unwrap_or(0);
        if 2 * largest <= touched.len() {
            return links.to_vec();
        }
    }
    Vec::new()
}

fn families(
    cells: &[(Cell, Vec<u32>)],
    touched: &[Vec<usize>],
    links: &[usize],
    rows: usize,
) -> (Vec<Family>, Vec<u32>) {
    let joined = Joined::over(touched, links, rows);
    let mut place = vec![NOWHERE; rows];
    links.iter().enumerate().for_each(|(local, &row)| place[row] = local as u32);
    let mut families: Vec<Family> = Vec::new();
    let mut family_of = vec![None; rows];
    let mut rowless = None;
    for ((cell, _), touched) in cells.iter().zip(touched) {
        let own = || touched.iter().copied().filter(|row| !links.contains(row));
        let known = own().next().map_or(&mut rowless, |row| &mut family_of[joined.root(row)]);
        let number = *known.get_or_insert_with(|| {
            families.push(Family { rows: links.to_vec(), cells: Vec::new() });
            families.len() - 1
        });
        let family = &mut families[number];
        family.cells.push(*cell);
        for row in own() {
            if place[row] == NOWHERE {
                place[row] = family.rows.len() as u32;
                family.rows.push(row);
            }
        }
    }
    (families, place)
}

fn usual(units: &Units, rows: usize) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); rows];
    for unit in 0..units.len() {
        let (table, item) = units.place(unit);
        let (palette, amounts) = table.palette(item);
        for (&row, amount) in palette.iter().zip(amounts) {
            sums[row as usize].0 += amount;
            sums[row as usize].1 += 1.0;
        }
    }
    sums.into_iter().map(|(sum, count)| if sum > 0.0 { sum / count } else { 1.0 }).collect()
}

fn chunks(families: &[Family]) -> Vec<(usize, Range<usize>)> {
    let of = |(number, family): (usize, &Family)| {
        let count = family.cells.len();
        (0..count).step_by(CHUNK).map(|from| (number, from..(from + CHUNK).min(count))).collect::<Vec<_>>()
    };
    families.iter().enumerate().flat_map(of).collect()
}

/// Numbers joined into groups.
struct Joined {
    above: Vec<usize>,
}

impl Joined {
    fn new(count: usize) -> Joined {
        Joined { above: (0..count).collect() }
    }

    /// The rows joined by the cells that touch them, the links left out.
    fn over(touched: &[Vec<usize>], links: &[usize], rows: usize) -> Joined {
        let mut joined = Joined::new(rows);
        for rows in touched {
            let mut own = rows.iter().copied().filter(|row| !links.contains(row));
            if let Some(first) = own.next() {
                own.for_each(|row| joined.join(first, row));
            }
        }
        joined
    }

    fn root(&self, mut at: usize) -> usize {
        while self.above[at] != at {
            at = self.above[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.above[a.max(b)] = a.min(b);
        // Paths stay short because every row is asked again and again by the cells that touch it.
        self.above[a.max(b)] = self.root(a.min(b));
    }
}
