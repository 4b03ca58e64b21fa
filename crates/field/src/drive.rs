//! Drive times and kilometres without a map service: by distance, parking in large towns, slow regions and slack.
//!
//! minutes = (60 d / v(d) + 4.5 per end inside a town of 200,000) × slow region × (1 + slack), rounded up;
//! kilometres = d × detour(d). Against real car times between Belgian towns the mean error is 9.3 %, also on towns that
//! the speeds were not fitted to (docs/bench/driving.md). Every time is an estimate, and over open sea there is none:
//! whoever takes the ferry must say how long it takes.

use spelplan_atlas::{Ashore, great_circle_km, in_large_town};
use spelplan_facts::{Leg, Minutes, Point, Settings};

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
    /// By road, estimated.
    Estimated(Leg),
    /// By ferry or flight: nobody has entered the time.
    AcrossWater,
}

impl Drive {
    /// The leg by road; `None` across water.
    pub fn leg(self) -> Option<Leg> {
        match self {
            Drive::Estimated(leg) => Some(leg),
            Drive::AcrossWater => None,
        }
    }
}

/// Estimates the drive between two points under those settings.
pub fn leg(settings: &Settings, from: Point, to: Point) -> Drive {
    End::new(settings, from).drive(&End::new(settings, to), settings)
}

/// One end of many drives, with what can be found out once: its land, whether one parks there, how slow the roads are.
#[derive(Debug, Clone, Copy)]
pub struct End {
    point: Point,
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

    /// The estimate by road, whether or not there is water between.
    pub fn by_road(&self, other: &End, settings: &Settings) -> Leg {
        let crow = self.crow_km(other);
        let ends = f64::from(u8::from(self.parking) + u8::from(other.parking));
        let slow = [self.slow, other.slow].into_iter().flatten().reduce(f64::max).unwrap_or(1.0);
        let minutes = (60.0 * crow / speed(crow) + PARKING * ends) * slow * (1.0 + settings.drive_slack.0);
        Leg { time: Minutes(minutes.ceil() as i32).max(SHORTEST), km: crow * detour(crow) }
    }

    /// The drive to another end.
    pub fn drive(&self, other: &End, settings: &Settings) -> Drive {
        if self.ashore.across_water(&other.ashore) {
            return Drive::AcrossWater;
        }
        Drive::Estimated(self.by_road(other, settings))
    }
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
    use super::{Drive, leg};
    use spelplan_facts::{Point, Settings, Share};

    fn plain() -> Settings {
        Settings { drive_slack: Share(0.0), ..Settings::default() }
    }

    fn minutes(settings: &Settings, from: (f64, f64), to: (f64, f64)) -> f64 {
        let point = |(lat, lon)| Point { lat, lon };
        match leg(settings, point(from), point(to)) {
            Drive::Estimated(leg) => f64::from(leg.time.0),
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
}
