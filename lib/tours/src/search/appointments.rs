//! Appointments before everything else: of those that cannot all be kept, the ones that count most, with the nights that takes.
//!
//! What is planned first stays, for nothing may push an appointment out later. So one that can only be kept from a hotel, or
//! that rules another one out, must be weighed before the search begins: run by run of days that nights may join, over all
//! beds and all appointments of each day in the order of their hours.

use super::anneal::{SLACKS, Search};
use super::beds::sleep_in;
use super::route::OWN_PLACE;
use super::table::{NEVER, Table};

impl Search<'_> {
    /// Keeps, run by run, the appointments that count most, where those that are kept already count less; the run's other
    /// visits go.
    pub(super) fn keep_appointments(&mut self) {
        let table = self.state.table;
        for (from, to) in table.runs() {
            let run = Run::new(table, from, to);
            let kept = |stop: &&u32| !self.state.visits[**stop as usize].is_empty();
            if run.days.iter().flatten().all(|stop| kept(&stop)) {
                continue;
            }
            let now: Brings =
                run.days.iter().flatten().filter(kept).fold(NOTHING, |now, stop| now.with(run.kept(*stop)));
            if let Some(found) = run.best().filter(|found| found.brings > now) {
                self.keep_only(from, to, &found);
            }
        }
    }

    /// Makes the run what was found, and fills it; as it was where that breaks a limit or loses an appointment.
    fn keep_only(&mut self, from: usize, to: usize, found: &Found) {
        let table = self.state.table;
        let fixed = |stop: &u32| table.problem.stops[*stop as usize].fixed;
        let before = (from..=to).flat_map(|day| &self.state.routes[day].order).copied().filter(fixed);
        // Those that other days could keep too are not weighed here.
        let others: Vec<u32> = before.filter(|stop| only_day(table, *stop).is_none()).collect();
        self.state.empty_all(from..=to);
        sleep_in(&mut self.state, from, &found.beds);
        for (day, order) in (from..).zip(&found.orders) {
            self.state.change(day, |route| route.order.clone_from(order));
        }
        for stop in others.iter().copied() {
            self.plant(stop, (from..=to).map(|day| day as u32));
        }
        self.fill();
        if others.iter().all(|stop| !self.state.visits[*stop as usize].is_empty()) {
            self.state.settle();
        } else {
            self.state.take_back();
        }
    }
}

/// The only day on which the stop can be visited.
fn only_day(table: &Table, stop: u32) -> Option<usize> {
    let mut open = (0..table.n_days).filter(|day| table.problem.opening(stop as usize, *day).is_some());
    open.next().filter(|_| open.next().is_none())
}

/// Days that nights may join, with the appointments that can only be kept on each, by the latest that they may begin.
struct Run<'a> {
    table: &'a Table<'a>,
    from: usize,
    to: usize,
    days: Vec<Vec<u32>>,
    beds: Vec<u32>,
    max_nights: usize,
    /// What a minute of driving costs.
    minute: f64,
}

/// How many appointments are kept, and what that is worth: as many as can be, then those that are worth most.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Brings(u32, f64);

const NOTHING: Brings = Brings(0, 0.0);

impl Brings {
    fn with(self, other: Brings) -> Brings {
        Brings(self.0 + other.0, self.1 + other.1)
    }

    fn less(self, cost: f64) -> Brings {
        Brings(self.0, self.1 - cost)
    }
}

/// What a run of days would be.
struct Found {
    /// Its appointments, and what they are worth before costs.
    brings: Brings,
    /// The bed after each day but the last.
    beds: Vec<u32>,
    /// The appointments of each day.
    orders: Vec<Vec<u32>>,
}

/// The most that can be had until some evening in some bed, and how.
#[derive(Clone, Copy)]
struct Evening {
    brings: Brings,
    /// Bed of the night before, as a position among the run's beds, and how many nights in a row were spent away with it.
    woke: usize,
    nights: usize,
    /// The day's last step.
    last: usize,
}

/// Somewhere on the way through a day's appointments: where the day begins, or after one of them.
#[derive(Clone, Copy)]
struct Step {
    /// After which of the day's appointments, and which step came before; none where the day begins.
    after: Option<(usize, usize)>,
    brings: Brings,
    /// When it is left, and what was driven until then.
    leaves: i32,
    driven: i32,
    place: u32,
}

impl Step {
    /// Is it as good as the other, after the same appointment, in everything?
    fn dominates(&self, other: &Step) -> bool {
        self.brings >= other.brings && self.leaves <= other.leaves && self.driven <= other.driven
    }
}

impl<'a> Run<'a> {
    fn new(table: &'a Table<'a>, from: usize, to: usize) -> Run<'a> {
        let mut days = vec![Vec::new(); to + 1 - from];
        for (day, own) in (from..).zip(&mut days) {
            let appointed =
                |stop: &u32| table.problem.stops[*stop as usize].fixed && only_day(table, *stop) == Some(day);
            own.extend(table.open_stops[day].iter().copied().filter(appointed));
            own.sort_by_key(|stop| (table.hours_of(*stop, day).last(), *stop));
        }
        let beds = if from == to { 0 } else { table.problem.beds.len() as u32 };
        Run {
            table,
            from,
            to,
            days,
            beds: std::iter::once(OWN_PLACE).chain(0..beds).collect(),
            max_nights: table.problem.travellers[table.problem.days[from].traveller].max_nights.min(to - from),
            minute: SLACKS[0] * table.mean_gain / table.mean_leg + table.problem.minute_cost,
        }
    }

    fn kept(&self, stop: u32) -> Brings {
        Brings(1, self.table.first_gain[stop as usize])
    }

    /// The appointments to keep, less what driving and nights for them cost; `None` where the run cannot be driven.
    fn best(&self) -> Option<Found> {
        let width = self.max_nights + 1;
        let mut evenings: Vec<Vec<Option<Evening>>> = vec![vec![None; self.beds.len() * width]];
        evenings[0][0] = Some(Evening { brings: NOTHING, woke: 0, nights: 0, last: 0 });
        for day in self.from..=self.to {
            let before = &evenings[day - self.from];
            let mut after: Vec<Option<Evening>> = vec![None; self.beds.len() * width];
            for woke in 0..self.beds.len() {
                let nights: Vec<(usize, Brings)> = (0..width)
                    .filter_map(|nights| before[woke * width + nights].map(|evening| (nights, evening.brings)))
                    .collect();
                if nights.is_empty() {
                    continue;
                }
                let steps = self.steps(day, woke);
                for (sleeps, end) in self.ends(day, &steps).into_iter().enumerate() {
                    let Some((today, last)) = end else { continue };
                    for (nights, until) in &nights {
                        let then = if sleeps == 0 { 0 } else { nights + 1 };
                        let brings = until.with(today);
                        let known = after.get_mut(sleeps * width + then).filter(|_| then < width);
                        if let Some(known) = known.filter(|known| known.is_none_or(|known| brings > known.brings)) {
                            *known = Some(Evening { brings, woke, nights: *nights, last });
                        }
                    }
                }
            }
            evenings.push(after);
        }
        self.read_back(&evenings)
    }

    /// All that can be worth doing on the way through the day's appointments from that bed; the first is where the day begins.
    fn steps(&self, day: usize, woke: usize) -> Vec<Step> {
        let (table, own) = (self.table, &self.table.problem.days[day]);
        let place = table.place_of_bed(self.beds[woke], own.from);
        let mut steps = vec![Step { after: None, brings: NOTHING, leaves: own.starts, driven: 0, place }];
        for (appointment, stop) in self.days[day - self.from].iter().enumerate() {
            let place = table.place[*stop as usize];
            let mut here = Vec::new();
            for (at, from) in steps.iter().enumerate() {
                let leg = table.leg(from.place, place);
                let begins = table.begin(*stop, day, from.leaves.saturating_add(leg));
                let step = Step {
                    after: Some((appointment, at)),
                    brings: from.brings.with(self.kept(*stop)).less(self.way(from.place, place)),
                    leaves: begins.saturating_add(table.stay[*stop as usize]),
                    driven: from.driven.saturating_add(leg),
                    place,
                };
                if begins < NEVER
                    && step.driven <= own.max_drive
                    && !here.iter().any(|other: &Step| other.dominates(&step))
                {
                    here.retain(|other| !step.dominates(other));
                    here.push(step);
                }
            }
            steps.extend(here);
        }
        steps
    }

    /// For each bed of the night after, the most that the day brings that ends there, and its last step.
    fn ends(&self, day: usize, steps: &[Step]) -> Vec<Option<(Brings, usize)>> {
        let (table, own) = (self.table, &self.table.problem.days[day]);
        let end = |bed: &u32| {
            let to = table.place_of_bed(*bed, own.to);
            let night = table.problem.beds.get(*bed as usize).map_or(0.0, |bed| bed.price);
            let mut best: Option<(Brings, usize)> = None;
            for (at, step) in steps.iter().enumerate() {
                let leg = table.leg(step.place, to);
                let in_time = step.leaves.saturating_add(leg) <= own.ends;
                let brings = step.brings.less(self.way(step.place, to) + night);
                let fits = in_time && step.driven.saturating_add(leg) <= own.max_drive;
                if fits && best.is_none_or(|best| brings > best.0) {
                    best = Some((brings, at));
                }
            }
            best
        };
        let may = |bed: &u32| *bed == OWN_PLACE || day < self.to;
        self.beds.iter().map(|bed| if may(bed) { end(bed) } else { None }).collect()
    }

    fn read_back(&self, evenings: &[Vec<Option<Evening>>]) -> Option<Found> {
        let width = self.max_nights + 1;
        let (mut bed, mut nights) = (0, 0);
        let mut found = Found { brings: NOTHING, beds: Vec::new(), orders: Vec::new() };
        for day in (self.from..=self.to).rev() {
            let evening = evenings[day + 1 - self.from][bed * width + nights]?;
            if day < self.to {
                found.beds.push(self.beds[bed]);
            }
            let steps = self.steps(day, evening.woke);
            let mut order = Vec::new();
            let mut at = evening.last;
            while let Some((appointment, before)) = steps[at].after {
                let stop = self.days[day - self.from][appointment];
                found.brings = found.brings.with(self.kept(stop));
                order.push(stop);
                at = before;
            }
            order.reverse();
            found.orders.push(order);
            (bed, nights) = (evening.woke, evening.nights);
        }
        found.beds.reverse();
        found.orders.reverse();
        Some(found)
    }

    /// What the way costs, its minutes included.
    fn way(&self, from: u32, to: u32) -> f64 {
        self.table.fare(from, to) + self.minute * f64::from(self.table.leg(from, to))
    }
}
