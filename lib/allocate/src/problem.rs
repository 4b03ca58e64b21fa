//! The question: items with choices, resources with capacities, trips and tied pairs.

use std::sync::Arc;

use crate::table::Table;

/// Something that is paid once for several visits: it costs the same whether one item or many take part.
#[derive(Debug, Clone, PartialEq)]
pub struct Trip {
    /// What making the trip once takes from the value.
    pub cost: f64,
    /// What making it once uses: (resource, amount).
    pub uses: Vec<(usize, f64)>,
    /// How many visits one trip holds; `u32::MAX` for any number.
    pub visits: u32,
    /// How often it can be made at most.
    pub most: u32,
}

/// Two items whose choices are tied: only these pairs of choices may stand together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The items.
    pub items: [usize; 2],
    /// The choices allowed together, in the items' order.
    pub allowed: Vec<[usize; 2]>,
}

/// Items with their choices, trips and pairs. Shared between problems that differ in capacities only.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    pub(crate) table: Table,
    pub(crate) trips: Vec<Trip>,
    pub(crate) pairs: Vec<Pair>,
}

/// What there is to choose, and how much there is of each resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    pub(crate) capacities: Vec<f64>,
    pub(crate) options: Arc<Options>,
}

/// Capacities are kept up to this rounding error.
pub fn tolerance(capacity: f64) -> f64 {
    1e-9 * capacity.abs().max(1.0)
}

impl Problem {
    /// A problem without items, with so much of each resource.
    pub fn new(capacities: Vec<f64>) -> Problem {
        let options = Options { table: Table::new(), trips: Vec::new(), pairs: Vec::new() };
        Problem { capacities, options: Arc::new(options) }
    }

    /// The same items, trips and pairs under other capacities; nothing is copied.
    ///
    /// # Panics
    /// Where the number of resources differs.
    pub fn with_capacities(&self, capacities: Vec<f64>) -> Problem {
        assert_eq!(capacities.len(), self.capacities.len(), "as many capacities as resources");
        Problem { capacities, options: Arc::clone(&self.options) }
    }

    /// Adds a trip and says its number.
    ///
    /// # Panics
    /// Where it holds no visit, or uses a resource that does not exist.
    pub fn trip(&mut self, trip: Trip) -> usize {
        assert!(trip.visits > 0, "a trip holds visits");
        assert!(trip.uses.iter().all(|(resource, amount)| *resource < self.capacities.len() && *amount >= 0.0));
        let options = Arc::make_mut(&mut self.options);
        options.trips.push(trip);
        options.trips.len() - 1
    }

    /// Begins an item and says its number. It takes exactly one of its choices: an item that may be left alone has a
    /// choice of value 0 that uses nothing.
    pub fn item(&mut self) -> usize {
        Arc::make_mut(&mut self.options).table.begin_item()
    }

    /// Adds a choice to the item begun last and says its number within the item: what it brings, what it uses of each
    /// resource (amounts not negative), and how many visits it makes on which trips.
    ///
    /// # Panics
    /// Where no item was begun, or a resource or trip does not exist.
    pub fn choice(&mut self, value: f64, uses: &[(usize, f64)], visits: &[(usize, u32)]) -> usize {
        let resources = self.capacities.len();
        let options = Arc::make_mut(&mut self.options);
        assert!(options.table.items() > 0, "an item comes before its choices");
        assert!(uses.iter().all(|(resource, amount)| *resource < resources && *amount >= 0.0), "uses of resources");
        assert!(visits.iter().all(|(trip, _)| *trip < options.trips.len()), "visits on trips");
        let visits = visits.iter().map(|&(trip, visits)| (resources + trip, f64::from(visits)));
        options.table.add_choice(value, uses.iter().copied().chain(visits))
    }

    /// Ties two items and says the pair's number.
    ///
    /// # Panics
    /// Where both are the same item.
    pub fn pair(&mut self, pair: Pair) -> usize {
        assert_ne!(pair.items[0], pair.items[1], "a pair is of two items");
        let options = Arc::make_mut(&mut self.options);
        options.pairs.push(pair);
        options.pairs.len() - 1
    }

    /// How much there is of each resource.
    pub fn capacities(&self) -> &[f64] {
        &self.capacities
    }

    /// How many items there are.
    pub fn items(&self) -> usize {
        self.options.table.items()
    }

    /// How many choices the item has.
    pub fn choices(&self, item: usize) -> usize {
        self.options.table.choices(item)
    }

    /// The trips.
    pub fn trips(&self) -> &[Trip] {
        &self.options.trips
    }

    /// The pairs.
    pub fn pairs(&self) -> &[Pair] {
        &self.options.pairs
    }

    /// What the item's choice brings.
    pub fn value(&self, item: usize, choice: usize) -> f64 {
        self.options.table.value(item, choice)
    }

    /// What the item's choice uses: (resource, amount).
    pub fn uses(&self, item: usize, choice: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let resources = self.capacities.len();
        self.options.table.uses(item, choice).filter(move |(row, _)| *row < resources)
    }

    /// The visits the item's choice makes: (trip, visits).
    pub fn visits(&self, item: usize, choice: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        let resources = self.capacities.len();
        let rows = self.options.table.uses(item, choice).filter(move |(row, _)| *row >= resources);
        rows.map(move |(row, visits)| (row - resources, visits as u32))
    }

    /// How often each trip is made so that these choices' visits have room.
    pub fn trips_of(&self, choices: &[usize]) -> Vec<u32> {
        let mut visits = vec![0_u64; self.options.trips.len()];
        for (item, &choice) in choices.iter().enumerate() {
            self.visits(item, choice).for_each(|(trip, more)| visits[trip] += u64::from(more));
        }
        let made = |(trip, visits): (&Trip, u64)| visits.div_ceil(u64::from(trip.visits.max(1))) as u32;
        self.options.trips.iter().zip(visits).map(made).collect()
    }

    /// The values of these choices less the cost of the trips they need.
    pub fn value_of(&self, choices: &[usize]) -> f64 {
        let values: f64 = choices.iter().enumerate().map(|(item, &choice)| self.value(item, choice)).sum();
        let trips = self.trips_of(choices);
        values - self.options.trips.iter().zip(trips).map(|(trip, made)| trip.cost * f64::from(made)).sum::<f64>()
    }

    /// What these choices and the trips they need use of each resource.
    pub fn use_of(&self, choices: &[usize]) -> Vec<f64> {
        let mut used = vec![0.0; self.capacities.len()];
        for (item, &choice) in choices.iter().enumerate() {
            self.uses(item, choice).for_each(|(resource, amount)| used[resource] += amount);
        }
        for (trip, made) in self.options.trips.iter().zip(self.trips_of(choices)) {
            trip.uses.iter().for_each(|&(resource, amount)| used[resource] += amount * f64::from(made));
        }
        used
    }

    /// Whether these choices keep every capacity, every trip's limit and every pair.
    pub fn allows(&self, choices: &[usize]) -> bool {
        let rooms = self.use_of(choices).into_iter().zip(&self.capacities);
        let rooms = rooms.into_iter().all(|(used, capacity)| used <= capacity + tolerance(*capacity));
        let trips = self.trips_of(choices).into_iter().zip(&self.options.trips).all(|(made, trip)| made <= trip.most);
        let pair = |pair: &Pair| pair.allowed.contains(&pair.items.map(|item| choices[item]));
        rooms && trips && self.options.pairs.iter().all(pair)
    }
}
