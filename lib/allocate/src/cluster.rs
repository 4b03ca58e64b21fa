//! Units that share trips. At given prices the trips' costs tie the units together, but only through which trips are
//! made: for each set of trips every unit takes its best choice among those that need no other. So the sets are gone
//! through, two for each trip, and the best is exact (model.md section 6).

use crate::layout::Layout;

/// A cluster with more trips than this is not gone through: its last trips count as made and free in the bound.
pub(crate) const MOST_TRIPS: usize = 12;

/// A trip of a cluster.
pub(crate) struct Opening {
    /// Its number among the trips.
    pub(crate) trip: usize,
    pub(crate) cost: f64,
    /// What making it uses: (local row, amount).
    pub(crate) uses: Vec<(u32, f64)>,
    /// Visits it holds; infinite where the cluster could never fill it.
    pub(crate) room: f64,
    /// The local row of its visits, where they have a price.
    pub(crate) row: Option<u32>,
    /// How often it can be made and may be needed.
    pub(crate) most: f64,
}

/// Units and the trips they share.
pub(crate) struct Cluster {
    pub(crate) units: Vec<u32>,
    pub(crate) openings: Vec<Opening>,
    /// Per unit and choice, which of the openings it needs, as bits.
    pub(crate) masks: Vec<Vec<u16>>,
}

impl Cluster {
    /// The cluster of these units.
    pub(crate) fn new(layout: &Layout, units: Vec<u32>) -> Cluster {
        let trips = trips_of(layout, &units);
        let mask = |unit: usize, choice: usize| -> u16 {
            let (table, item) = layout.units.place(unit);
            let needed = table.uses(item, choice).filter_map(|(row, _)| row.checked_sub(layout.resources));
            let bits = needed.filter_map(|trip| trips.iter().position(|&other| other == trip));
            bits.filter(|bit| *bit < MOST_TRIPS).fold(0, |mask, bit| mask | 1 << bit)
        };
        let masks = units.iter().map(|&unit| {
            let (table, item) = layout.units.place(unit as usize);
            (0..table.choices(item)).map(|choice| mask(unit as usize, choice)).collect()
        });
        let masks = masks.collect();
        let openings = trips.iter().map(|&trip| opening(layout, &units, trip)).collect();
        Cluster { units, openings, masks }
    }

    /// How many of the trips are gone through.
    pub(crate) fn counted(&self) -> usize {
        self.openings.len().min(MOST_TRIPS)
    }

    /// What making each trip once costs at these prices, its visits' room set off against it.
    pub(crate) fn costs(&self, prices: &[f64]) -> Vec<f64> {
        let cost = |opening: &Opening| {
            let uses: f64 = opening.uses.iter().map(|&(row, amount)| prices[row as usize] * amount).sum();
            opening.cost + uses - opening.row.map_or(0.0, |row| prices[row as usize] * opening.room)
        };
        self.openings.iter().map(cost).collect()
    }

    /// How often each opening is made for these visits, `None` where that is too often.
    pub(crate) fn made(&self, visits: &[f64]) -> Option<Vec<f64>> {
        let made = |(opening, &visits): (&Opening, &f64)| {
            let made = if visits <= 0.0 { 0.0 } else { (visits / opening.room).ceil().max(1.0) };
            (made <= opening.most).then_some(made)
        };
        self.openings.iter().zip(visits).map(made).collect()
    }
}

fn trips_of(layout: &Layout, units: &[u32]) -> Vec<usize> {
    let rows = units.iter().flat_map(|&unit| {
        let (table, item) = layout.units.place(unit as usize);
        table.palette(item).0.iter().filter_map(|&row| (row as usize).checked_sub(layout.resources))
    });
    let mut trips: Vec<usize> = rows.collect();
    trips.sort_unstable();
    trips.dedup();
    trips
}

fn opening(layout: &Layout, units: &[u32], trip: usize) -> Opening {
    let most_visits = |unit: u32| -> f64 {
        let (table, item) = layout.units.place(unit as usize);
        let visits = |choice: usize| -> f64 {
            table.uses(item, choice).filter(|(row, _)| *row == layout.resources + trip).map(|(_, visits)| visits).sum()
        };
        (0..table.choices(item)).map(visits).fold(0.0, f64::max)
    };
    let demand: f64 = units.iter().map(|&unit| most_visits(unit)).sum();
    let described = &layout.options.trips[trip];
    let holds = f64::from(described.visits.max(1));
    let room = if described.visits == u32::MAX || holds >= demand { f64::INFINITY } else { holds };
    let most = f64::from(described.most).min(if room.is_finite() { (demand / room).ceil() } else { 1.0 });
    let uses = described.uses.iter().map(|&(resource, amount)| (layout.place[resource], amount)).collect();
    Opening { trip, cost: described.cost, uses, room, row: None, most }
}
