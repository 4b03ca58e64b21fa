//! One assignment, kept so that a partner can be handed over and back in constant time.

use super::ground::{Gathered, Ground, NONE, Trip};

/// Who has what, and what follows from it.
#[derive(Clone)]
pub(super) struct Assignment {
    /// The PAM of each unit.
    pub(super) pams: Vec<usize>,
    /// Sums of each neighbourhood.
    gathered: Vec<Gathered>,
    /// The trips to each neighbourhood.
    trips: Vec<Trip>,
    /// Minutes of each PAM: visits and driving.
    pub(super) loads: Vec<f64>,
    /// Sum of load squared over available.
    squares: f64,
    /// Sum of loads of PAMs with hours.
    total: f64,
    /// Minutes of driving, all PAMs.
    pub(super) drive: f64,
    /// Partners handed over.
    pub(super) handovers: usize,
    /// What that costs, in money.
    pub(super) price: f64,
}

/// What is weighed: less of each is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figures {
    /// Minutes of driving in a season.
    pub(super) drive: f64,
    /// Standard deviation of load over hours available.
    pub(super) spread: f64,
    /// What handovers cost, in money.
    pub(super) price: f64,
    pub(super) handovers: usize,
}

impl Assignment {
    /// Units with these PAMs.
    pub(super) fn new(ground: &Ground, pams: Vec<usize>) -> Assignment {
        let mut assignment = Assignment {
            gathered: vec![Gathered::default(); ground.around.len()],
            trips: vec![Trip::default(); ground.around.len()],
            loads: vec![0.0; ground.available.len()],
            squares: 0.0,
            total: 0.0,
            drive: 0.0,
            handovers: 0,
            price: 0.0,
            pams,
        };
        for unit in 0..ground.units.len() {
            assignment.put(ground, unit, assignment.pams[unit], 1.0);
        }
        assignment
    }

    /// Everybody with the PAM of today; who has none with the nearest.
    pub(super) fn today(ground: &Ground) -> Assignment {
        let first = |unit: &super::ground::Unit| unit.today.or(unit.options.first().copied()).unwrap_or(0);
        Assignment::new(ground, ground.units.iter().map(first).collect())
    }

    /// Hands a unit over.
    pub(super) fn hand_over(&mut self, ground: &Ground, unit: usize, to: usize) {
        let from = self.pams[unit];
        self.put(ground, unit, from, -1.0);
        self.put(ground, unit, to, 1.0);
        self.pams[unit] = to;
    }

    /// How many handovers more that would be.
    pub(super) fn handovers_more(&self, ground: &Ground, unit: usize, to: usize) -> i64 {
        let of = &ground.units[unit];
        let size = of.spots.len() as i64;
        let counts = |pam: usize| if of.today.is_some_and(|today| today != pam) { size } else { 0 };
        counts(to) - counts(self.pams[unit])
    }

    pub(super) fn figures(&self, ground: &Ground) -> Figures {
        let spread = (self.unfairness(ground) / ground.hours()).max(0.0).sqrt();
        Figures { drive: self.drive, spread, price: self.price, handovers: self.handovers }
    }

    /// Minutes by which loads miss the common part of the hours there are, the farther the heavier:
    /// `sum of available x (load/available - mean)^2`, the mean weighed by hours.
    pub(super) fn unfairness(&self, ground: &Ground) -> f64 {
        self.squares - self.total * self.total / ground.hours()
    }

    /// What handing over one unit would change, without doing it: drive, unfairness, price.
    pub(super) fn change(&mut self, ground: &Ground, unit: usize, to: usize) -> [f64; 3] {
        let from = self.pams[unit];
        if let [spot] = ground.units[unit].spots[..] {
            return self.change_of_one(ground, spot, from, to);
        }
        let before = [self.drive, self.unfairness(ground), self.price];
        self.hand_over(ground, unit, to);
        let after = [self.drive, self.unfairness(ground), self.price];
        self.hand_over(ground, unit, from);
        std::array::from_fn(|n| after[n] - before[n])
    }

    fn change_of_one(&self, ground: &Ground, at: usize, from: usize, to: usize) -> [f64; 3] {
        let ([less, more], price) = self.moved(ground, at, from, to);
        let visits = ground.spots[at].visits * ground.spots[at].visit_time;
        let unfairness = self.unfairness_change(ground, [(from, less - visits), (to, more + visits)]);
        [less + more, unfairness, price]
    }

    /// What exchanging two partners would change where they do not share a drive, and nearly so where they do; nothing
    /// for chains.
    pub(super) fn exchanged(&self, ground: &Ground, one: usize, other: usize) -> Option<[f64; 3]> {
        let ([at], [there]) = (&ground.units[one].spots[..], &ground.units[other].spots[..]) else { return None };
        let (own, others) = (self.pams[one], self.pams[other]);
        let ([less, more], price) = self.moved(ground, *at, own, others);
        let ([others_less, own_more], others_price) = self.moved(ground, *there, others, own);
        let visits = |at: usize| ground.spots[at].visits * ground.spots[at].visit_time;
        let shift = visits(*there) - visits(*at);
        let loads = [(own, less + own_more + shift), (others, more + others_less - shift)];
        let drive = less + more + others_less + own_more;
        Some([drive, self.unfairness_change(ground, loads), price + others_price])
    }

    /// Minutes of driving less for one PAM and more for the other when the partner goes over, and the price.
    fn moved(&self, ground: &Ground, at: usize, from: usize, to: usize) -> ([f64; 2], f64) {
        let price = |pam: usize| ground.spots[at].option(pam).map_or(0.0, |option| option.price);
        let drive = [self.drive_change(ground, at, from, -1.0), self.drive_change(ground, at, to, 1.0)];
        (drive, price(to) - price(from))
    }

    fn unfairness_change(&self, ground: &Ground, loads: [(usize, f64); 2]) -> f64 {
        let (mut squares, mut total) = (0.0, self.total);
        for (pam, by) in loads {
            if ground.available[pam] > 0.0 {
                squares += (2.0 * self.loads[pam] + by) * by / ground.available[pam];
                total += by;
            }
        }
        squares - (total * total - self.total * self.total) / ground.hours()
    }

    /// Minutes of driving more for that PAM when the partner comes (1) or goes (-1).
    fn drive_change(&self, ground: &Ground, at: usize, pam: usize, sign: f64) -> f64 {
        let Some(place) = place(ground, at, pam) else { return 0.0 };
        let (own, more) = (place as usize, sign as i32);
        let mut gathered = self.gathered[own];
        let before = self.trips[own].minutes(gathered.sharing);
        add(ground, &mut gathered, at, pam, sign);
        let mut change = gathered.trip(&ground.facts.settings).minutes(gathered.sharing + more) - before;
        for &near in ground.around[own].iter().filter(|near| **near != NONE && **near != place) {
            let near = near as usize;
            change += self.trips[near].minutes_more(self.gathered[near].sharing, more);
        }
        change
    }

    fn put(&mut self, ground: &Ground, unit: usize, pam: usize, sign: f64) {
        let of = &ground.units[unit];
        for &at in &of.spots {
            let spot = &ground.spots[at];
            let by = self.drive_change(ground, at, pam, sign);
            self.drive += by;
            let load = self.loads[pam];
            let now = load + by + sign * spot.visits * spot.visit_time;
            if ground.available[pam] > 0.0 {
                self.squares += (now * now - load * load) / ground.available[pam];
                self.total += now - load;
            }
            self.loads[pam] = now;
            if of.today.is_some_and(|today| today != pam) {
                self.price += sign * spot.option(pam).map_or(0.0, |option| option.price);
                self.handovers = self.handovers.saturating_add_signed(sign as isize);
            }
            self.settle(ground, at, pam, sign);
        }
    }

    /// Writes the neighbourhoods down as they are with or without the partner.
    fn settle(&mut self, ground: &Ground, at: usize, pam: usize, sign: f64) {
        let Some(place) = place(ground, at, pam) else { return };
        let own = &mut self.gathered[place as usize];
        add(ground, own, at, pam, sign);
        self.trips[place as usize] = own.trip(&ground.facts.settings);
        for &near in ground.around[place as usize].iter().filter(|near| **near != NONE) {
            self.gathered[near as usize].sharing += sign as i32;
        }
    }
}

fn place(ground: &Ground, at: usize, pam: usize) -> Option<u32> {
    ground.spots[at].option(pam).map(|option| option.place).filter(|place| *place != NONE)
}

fn add(ground: &Ground, gathered: &mut Gathered, at: usize, pam: usize, sign: f64) {
    let spot = &ground.spots[at];
    let Some(option) = spot.option(pam) else { return };
    let visits = sign * spot.visits;
    gathered.visits += visits;
    gathered.way += visits * option.way.time;
    gathered.km += visits * option.way.km;
    gathered.visit_time += visits * spot.visit_time;
}
