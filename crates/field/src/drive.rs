//! Drive times and kilometres: measured ones where a map was asked, else by distance, parking in large towns, slow
//! regions and slack.
//!
//! measured: minutes = (seconds / 60 + 4.5 per end inside a town of 200,000) × the PAM's factor × (1 + slack), rounded up;
//! estimated: minutes = (60 d / v(d) + 4.5 per such end) × slow region × the PAM's factor × (1 + slack), rounded up;
//! kilometres = d × detour(d). Against real car times between Belgian towns the mean error is 9.3 %, also on towns that
//! the speeds were not fitted to (docs/bench/driving.md). Every time is an estimate, and over open sea there is none:
//! whoever takes the ferry must say how long it takes.

use spelplan_atlas::{Ashore, great_circle_km, in_large_town};
use spelplan_facts::{DriveSource, DriveTable, Facts, Leg, Measured, Minutes, PamId, Point, Settings, Spot};

/// Crow-fly distances in km and the speed in km/h at which such a distance is covered; between them linear in ln d.
const SPEEDS: [(f64, f64); 8] =
    [(1.0, 23.0), (5.0, 30.0), (15.0, 43.0), (35.0, 55.0), (75.0, 65.0), (150.0, 74.0), (300.0, 77.0), (600.0, 80.0)];
/// Crow-fly distances in km below which a road is that much longer.
const DETOURS: [(f64, f64); 6] = [(5.0, 1.28), (10.0, 1.23), (20.0, 1.20), (50.0, 1.17), (100.0, 1.14), (200.0, 1.13)];
/// Detour of everything farther.
const LONG_DETOUR: f64 = 1.12;
/// Minutes for parking and walking at an end inside a large town.
const PARKING: f64 = 4.5;
/// No drive is shorter than this: out of the door, into the car, find the next one. Partners placed by postal code
/// often share a point, and the drive between them would otherwise be nothing.
const SHORTEST: Minutes = Minutes(5);

/// A drive, as far as it can be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drive {
    /// With its time, and where that comes from.
    Known(Leg),
    /// By ferry or flight: nobody has entered the time.
    AcrossWater,
}

impl Drive {
    /// The leg; `None` across water.
    pub fn leg(self) -> Option<Leg> {
        match self {
            Drive::Known(leg) => Some(leg),
            Drive::AcrossWater => None,
        }
    }
}

/// Estimates the drive between two points under those settings.
pub fn leg(settings: &Settings, from: Point, to: Point) -> Drive {
    let drives = Drives::estimated(settings);
    drives.between(&End::new(settings, from), &End::new(settings, to))
}

/// One end of many drives, with what can be found out once: its land, whether one parks there, how slow the roads are.
#[derive(Debug, Clone, Copy)]
pub struct End {
    point: Point,
    spot: Spot,
    ashore: Ashore,
    parking: bool,
    /// Largest factor of the slow regions it lies in; `None` outside them.
    slow: Option<f64>,
}

impl End {
    /// Looks the point up on the map.
    pub fn new(settings: &Settings, point: Point) -> End {
        let regions = settings.slow_regions.iter().filter(|region| {
            let (low, high) = (region.south_west, region.north_east);
            (low.lat..=high.lat).contains(&point.lat) && (low.lon..=high.lon).contains(&point.lon)
        });
        End {
            point,
            spot: Spot::of(point),
            ashore: Ashore::at(point.lat, point.lon),
            parking: in_large_town(point.lat, point.lon),
            slow: regions.map(|region| region.factor).reduce(f64::max),
        }
    }

    /// Where it is.
    pub fn point(&self) -> Point {
        self.point
    }

    /// The land it belongs to; ends of one land can be driven between, however long the way round.
    pub fn mass(&self) -> Option<u32> {
        self.ashore.mass()
    }

    /// Great-circle kilometres to another end.
    pub fn crow_km(&self, other: &End) -> f64 {
        great_circle_km((self.point.lat, self.point.lon), (other.point.lat, other.point.lon))
    }
}

/// How one PAM's drives are found out: measured, else estimated, over water only by ferries whose time was entered.
#[derive(Debug, Clone)]
pub struct Drives<'a> {
    settings: &'a Settings,
    table: Option<&'a DriveTable>,
    /// What the PAM's own trips say of the times.
    factor: f64,
    ferries: Vec<Crossing>,
}

/// A ferry, one way.
#[derive(Debug, Clone, Copy)]
struct Crossing {
    from: End,
    to: End,
    time: Minutes,
}

impl<'a> Drives<'a> {
    /// Nobody's drives: nothing measured, nothing corrected.
    pub fn estimated(settings: &'a Settings) -> Drives<'a> {
        let both_ways = |ferry: &spelplan_facts::Ferry| {
            let (one, other) = (End::new(settings, ferry.from), End::new(settings, ferry.to));
            let time = ferry.time;
            [Crossing { from: one, to: other, time }, Crossing { from: other, to: one, time }]
        };
        Drives { settings, table: None, factor: 1.0, ferries: settings.ferries.iter().flat_map(both_ways).collect() }
    }

    /// The drives of a PAM.
    pub fn of(facts: &'a Facts, pam: PamId) -> Drives<'a> {
        let table = (!facts.drives.is_empty()).then_some(&facts.drives);
        Drives { table, ..Drives::unmeasured(facts, pam) }
    }

    /// The drives of a PAM by distance only: for holding PAMs against each other where only some have measured times.
    pub(crate) fn unmeasured(facts: &'a Facts, pam: PamId) -> Drives<'a> {
        Drives { factor: facts.settings.drive_factor(pam), ..Drives::estimated(&facts.settings) }
    }

    /// Is every drive as long as the one back?
    pub(crate) fn same_both_ways(&self) -> bool {
        self.table.is_none()
    }

    /// The time by road, whether or not there is water between: measured, else estimated.
    pub fn by_road(&self, from: &End, to: &End) -> Leg {
        match self.measured(from, to) {
            Some(Measured::Drive { seconds, metres }) => self.by_map(from, to, seconds, metres),
            _ => self.by_distance(from, to),
        }
    }

    /// The drive from one end to the other.
    pub fn between(&self, from: &End, to: &End) -> Drive {
        self.over_land(from, to).or_else(|| self.by_ferry(from, to)).map_or(Drive::AcrossWater, Drive::Known)
    }

    fn measured(&self, from: &End, to: &End) -> Option<Measured> {
        self.table.and_then(|table| table.between(from.spot, to.spot))
    }

    fn over_land(&self, from: &End, to: &End) -> Option<Leg> {
        match self.measured(from, to) {
            Some(Measured::Drive { seconds, metres }) => Some(self.by_map(from, to, seconds, metres)),
            Some(Measured::NeedsFerry) => None,
            _ => (!from.ashore.across_water(&to.ashore)).then(|| self.by_distance(from, to)),
        }
    }

    /// To a port, over, and on: the quickest of the ferries.
    fn by_ferry(&self, from: &End, to: &End) -> Option<Leg> {
        let over = |ferry: &Crossing| {
            let (there, on) = (self.over_land(from, &ferry.from)?, self.over_land(&ferry.to, to)?);
            let time = there.time + ferry.time + on.time;
            Some(Leg { time, km: there.km + on.km, source: DriveSource::Entered })
        };
        self.ferries.iter().filter_map(over).min_by(|one, other| one.time.cmp(&other.time))
    }

    fn by_map(&self, from: &End, to: &End, seconds: u32, metres: u32) -> Leg {
        let source = self.table.map_or(DriveSource::Estimated, DriveTable::source);
        let minutes = f64::from(seconds) / 60.0 + parking(from, to);
        Leg { time: self.planned(minutes), km: f64::from(metres) / 1000.0, source }
    }

    fn by_distance(&self, from: &End, to: &End) -> Leg {
        let crow = from.crow_km(to);
        let slow = [from.slow, to.slow].into_iter().flatten().reduce(f64::max).unwrap_or(1.0);
        let minutes = (60.0 * crow / speed(crow) + parking(from, to)) * slow;
        Leg { time: self.planned(minutes), km: crow * detour(crow), source: DriveSource::Estimated }
    }

    /// Minutes as a plan keeps them free.
    fn planned(&self, minutes: f64) -> Minutes {
        Minutes((minutes * self.factor * (1.0 + self.settings.drive_slack.0)).ceil() as i32).max(SHORTEST)
    }
}

fn parking(from: &End, to: &End) -> f64 {
    PARKING * f64::from(u8::from(from.parking) + u8::from(to.parking))
}

fn speed(crow_km: f64) -> f64 {
    let [first, .., last] = SPEEDS;
    let between = |pair: &[(f64, f64)]| {
        let ((near, slow), (far, fast)) = (pair[0], pair[1]);
        (near..=far).contains(&crow_km).then(|| slow + (fast - slow) * (crow_km / near).ln() / (far / near).ln())
    };
    let beyond = if crow_km < first.0 { first.1 } else { last.1 };
    SPEEDS.windows(2).find_map(between).unwrap_or(beyond)
}

fn detour(crow_km: f64) -> f64 {
    DETOURS.iter().find(|(limit, _)| crow_km < *limit).map_or(LONG_DETOUR, |(_, factor)| *factor)
}

#[cfg(test)]
mod tests {
    use super::{Drive, Drives, End, leg};
    use spelplan_facts::{
        DriveFactor, DriveSource, DriveTable, Facts, Ferry, Leg, Measured, Minutes, PamId, Point, Settings, Share, Spot,
    };

    fn plain() -> Settings {
        Settings { drive_slack: Share(0.0), ..Settings::default() }
    }

    fn minutes(settings: &Settings, from: (f64, f64), to: (f64, f64)) -> f64 {
        let point = |(lat, lon)| Point { lat, lon };
        match leg(settings, point(from), point(to)) {
            Drive::Known(leg) => f64::from(leg.time.0),
            Drive::AcrossWater => f64::INFINITY,
        }
    }

    const STOCKHOLM: (f64, f64) = (59.3294, 18.0687);
    const ORNSKOLDSVIK: (f64, f64) = (63.2909, 18.7153);
    const UPPSALA: (f64, f64) = (59.8588, 17.6389);

    #[test]
    fn swedish_drives_come_out_within_a_sixth_of_what_drivers_know() {
        let cases = [
            ("Örnsköldsvik to Stockholm", ORNSKOLDSVIK, STOCKHOLM, 360.0),
            ("Stockholm to Göteborg", STOCKHOLM, (57.7072, 11.9668), 300.0),
            ("Örnsköldsvik to Uppsala", ORNSKOLDSVIK, UPPSALA, 322.0),
            ("Stockholm to Uppsala", STOCKHOLM, UPPSALA, 62.0),
            ("Malmö to Köpenhamn", (55.6059, 13.0007), (55.6759, 12.5655), 42.0),
        ];
        for (name, from, to, truth) in cases {
            let answer = minutes(&plain(), from, to);
            assert!((answer / truth - 1.0).abs() < 0.17, "{name}: {answer} against {truth}");
        }
    }

    #[test]
    fn slack_slow_regions_and_parking_make_a_drive_longer_and_water_makes_it_unknown() {
        let inland = ((60.0, 14.0), (60.5, 14.0));
        let base = minutes(&plain(), inland.0, inland.1);
        assert!((minutes(&Settings::default(), inland.0, inland.1) / base - 1.15).abs() < 0.03, "15 % slack");
        let fjord = minutes(&plain(), (60.0, 7.0), (60.5, 7.0));
        assert!((fjord / base - 1.45).abs() < 0.03, "Vestlandet is slower: {fjord} against {base}");
        let one_end = minutes(&plain(), (60.0, 7.0), (60.5, 8.3));
        assert!(one_end > 1.3 * minutes(&plain(), (60.0, 13.0), (60.5, 14.3)), "one end in the region is enough");
        let town = minutes(&plain(), STOCKHOLM, (59.3394, 18.0687)) - minutes(&plain(), (60.0, 14.0), (60.01, 14.0));
        assert_eq!(town, 7.0, "both ends in a large town: 9 minutes more, against the shortest drive of 5");
        assert_eq!(minutes(&plain(), STOCKHOLM, (57.6348, 18.2948)), f64::INFINITY, "Visby");
        assert_eq!(minutes(&plain(), (63.8258, 20.2630), (63.0960, 21.6158)), f64::INFINITY, "Umeå to Vasa");
        assert_eq!(minutes(&plain(), UPPSALA, UPPSALA), 5.0, "partners that share a point are not at the same door");
    }

    const VISBY: (f64, f64) = (57.6348, 18.2948);
    const NYNASHAMN: (f64, f64) = (58.9036, 17.9479);

    fn point((lat, lon): (f64, f64)) -> Point {
        Point { lat, lon }
    }

    fn drive(facts: &Facts, from: (f64, f64), to: (f64, f64)) -> Option<Leg> {
        let end = |place| End::new(&facts.settings, point(place));
        Drives::of(facts, PamId(1)).between(&end(from), &end(to)).leg()
    }

    #[test]
    fn an_entered_ferry_takes_its_time_between_the_drives_to_and_from_the_ports() {
        let mut facts = Facts { settings: plain(), ..Facts::default() };
        assert_eq!(drive(&facts, STOCKHOLM, VISBY), None);
        let (from, to) = (point(NYNASHAMN), point(VISBY));
        facts.settings.ferries.push(Ferry { name: "Visby".to_owned(), from, to, time: Minutes(225) });
        let there = drive(&facts, STOCKHOLM, NYNASHAMN).expect("by road");
        let over = drive(&facts, STOCKHOLM, VISBY).expect("over");
        assert_eq!(over.time, there.time + Minutes(225) + Minutes(5), "the drive to the port, the ferry, off it");
        assert_eq!(over.source, DriveSource::Entered);
        assert!((over.km - there.km).abs() < 0.01, "kilometres are those on the road");
        assert_eq!(drive(&facts, VISBY, STOCKHOLM).expect("back").time, over.time);
        assert_eq!(drive(&facts, (63.8258, 20.2630), (63.0960, 21.6158)), None, "another ferry takes nobody to Vasa");
    }

    #[test]
    fn what_a_map_measured_comes_before_the_estimate_and_its_water_too() {
        let mut facts = Facts { settings: plain(), ..Facts::default() };
        let (here, there) = ((60.0, 14.0), (60.5, 14.0));
        let pair = (Spot::of(point(here)), Spot::of(point(there)));
        let table = |measured| DriveTable::new(DriveSource::Osrm, [(pair, measured)]);
        facts.drives = table(Measured::Drive { seconds: 3_601, metres: 70_500 });
        let leg = drive(&facts, here, there).expect("a drive");
        assert_eq!((leg.time, leg.km, leg.source), (Minutes(61), 70.5, DriveSource::Osrm));
        let back = drive(&facts, there, here).expect("a drive");
        assert_eq!(back.source, DriveSource::Estimated, "nobody asked for the way back");
        facts.settings.drive_factors.push(DriveFactor { pam: PamId(1), factor: 1.5, trips: 30 });
        assert_eq!(
            drive(&facts, here, there).expect("a drive").time,
            Minutes(91),
            "slower, as the PAM's own trips say"
        );
        facts.drives = table(Measured::NeedsFerry);
        assert_eq!(drive(&facts, here, there), None);
        facts.drives = table(Measured::Unknown);
        assert_eq!(drive(&facts, here, there).expect("a drive").source, DriveSource::Estimated);
    }
}
