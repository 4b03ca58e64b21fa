//! One day's route and its timetable: how early and how late each visit can begin.

use super::table::{BEFORE, NEVER, Table};

/// Where a day begins or ends when no bed is used.
pub(super) const OWN_PLACE: u32 = u32::MAX;

/// One day's route. Its nodes are the place where it begins, its stops, and the place where it ends.
#[derive(Debug, Clone, Default)]
pub(super) struct DayRoute {
    /// Beds of the night before and after, or [`OWN_PLACE`].
    pub(super) woke: u32,
    pub(super) sleeps: u32,
    pub(super) order: Vec<u32>,
    /// Place of each node, and the drive from each to the next.
    pub(super) places: Vec<u32>,
    pub(super) legs: Vec<i32>,
    /// When each node is left at the earliest: the visit has ended.
    pub(super) leaves: Vec<i32>,
    /// When each node's visit begins at the latest; for the last node, when one must be there.
    pub(super) late: Vec<i32>,
    /// Latest departure that still arrives as early as can be, and that arrival.
    pub(super) departs: i32,
    pub(super) arrives: i32,
    pub(super) drive: i32,
    pub(super) fares: f64,
    /// Most minutes that one more visit, with its detour, could take anywhere in it.
    pub(super) room: i32,
    /// Can it be driven?
    pub(super) drivable: bool,
    /// Which state of the day this is; no two states of one search have the same.
    pub(super) version: u32,
}

impl DayRoute {
    pub(super) fn is_used(&self) -> bool {
        !self.order.is_empty() || self.woke != OWN_PLACE || self.sleeps != OWN_PLACE
    }

    /// Minutes away.
    pub(super) fn away(&self) -> i32 {
        if self.is_used() { self.arrives - self.departs } else { 0 }
    }

    /// Makes this a copy of another without giving up its memory.
    pub(super) fn copy_from(&mut self, other: &DayRoute) {
        self.order.clone_from(&other.order);
        self.places.clone_from(&other.places);
        self.legs.clone_from(&other.legs);
        self.leaves.clone_from(&other.leaves);
        self.late.clone_from(&other.late);
        (self.woke, self.sleeps, self.version) = (other.woke, other.sleeps, other.version);
        (self.departs, self.arrives, self.drive, self.fares) = (other.departs, other.arrives, other.drive, other.fares);
        (self.drivable, self.room) = (other.drivable, other.room);
    }

    /// Works the timetable out again; false where the route cannot be driven.
    pub(super) fn time(&mut self, table: &Table, day: usize) -> bool {
        self.drivable = self.timetable(table, day);
        if self.drivable {
            let room = |at: usize| self.late[at + 1] - self.leaves[at] - self.legs[at];
            self.room = (0..=self.order.len()).map(room).max().unwrap_or(0);
        } else {
            let starts = table.problem.days[day].starts;
            (self.departs, self.arrives, self.drive, self.fares) = (starts, starts, 0, 0.0);
        }
        self.drivable
    }

    fn timetable(&mut self, table: &Table, day: usize) -> bool {
        let own = &table.problem.days[day];
        let n = self.order.len();
        self.places.clear();
        self.places.push(table.place_of_bed(self.woke, own.from));
        self.places.extend(self.order.iter().map(|&stop| table.place[stop as usize]));
        self.places.push(table.place_of_bed(self.sleeps, own.to));
        self.legs.clear();
        self.legs.extend(self.places.windows(2).map(|two| table.leg(two[0], two[1])));
        self.leaves.clear();
        self.leaves.push(own.starts);
        let (mut now, mut drive) = (own.starts, 0i32);
        let mut fares = 0.0;
        for at in 0..=n {
            let leg = self.legs[at];
            drive = drive.saturating_add(leg);
            fares += table.fare(self.places[at], self.places[at + 1]);
            now = now.saturating_add(leg);
            if at < n {
                let stop = self.order[at];
                now = table.begin(stop, day, now);
                if now >= NEVER {
                    return false;
                }
                now += table.stay[stop as usize];
                self.leaves.push(now);
            }
        }
        (self.arrives, self.drive, self.fares) = (now, drive, fares);
        let within = now <= own.ends && drive <= own.max_drive && n <= own.max_stops;
        if !within || !self.backwards(table, day, own.ends) {
            return false;
        }
        self.departs =
            if table.problem.minute_cost > 0.0 || table.books { self.latest_departure(table, day) } else { own.starts };
        true
    }

    fn backwards(&mut self, table: &Table, day: usize, ends: i32) -> bool {
        let n = self.order.len();
        self.late.clear();
        self.late.resize(n + 2, ends);
        for at in (0..=n).rev() {
            let before = self.late[at + 1] - self.legs[at];
            self.late[at] = match at {
                0 => before,
                _ => {
                    let stop = self.order[at - 1];
                    table.latest(stop, day, before - table.stay[stop as usize])
                }
            };
            if self.late[at] == BEFORE {
                return false;
            }
        }
        self.late[0] >= self.leaves[0]
    }

    fn latest_departure(&self, table: &Table, day: usize) -> i32 {
        let mut time = self.arrives;
        for at in (0..=self.order.len()).rev() {
            time -= self.legs[at];
            if at > 0 {
                let stop = self.order[at - 1];
                time = table.latest(stop, day, time - table.stay[stop as usize]);
            }
        }
        time
    }
}
