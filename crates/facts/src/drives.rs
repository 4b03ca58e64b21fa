//! Where drive times come from: the estimate, a map service, a map of one's own, a ferry's timetable; and the measured
//! times that were asked for, so that steps only look them up.

use std::collections::HashMap;

use crate::{Minutes, PamId, Point, Share, Text};

/// Where one drive's time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DriveSource {
    /// By distance alone.
    #[default]
    Estimated,
    /// Asked of an OSRM service.
    Osrm,
    /// Asked of a Valhalla service.
    Valhalla,
    /// By the roads of an OpenStreetMap extract.
    Map,
    /// With a ferry whose time somebody entered.
    Entered,
}

impl DriveSource {
    /// Every source.
    pub const ALL: [DriveSource; 5] = [Self::Estimated, Self::Osrm, Self::Valhalla, Self::Map, Self::Entered];

    /// Stable word for files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Estimated => "estimate",
            Self::Osrm => "osrm",
            Self::Valhalla => "valhalla",
            Self::Map => "map",
            Self::Entered => "ferry",
        }
    }

    /// The source with that code.
    pub fn coded(code: &str) -> Option<DriveSource> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }

    /// For people, in a word or two.
    pub fn text(self) -> Text {
        match self {
            Self::Estimated => Text { sv: "uppskattad", en: "estimated" },
            Self::Osrm => Text { sv: "OSRM", en: "OSRM" },
            Self::Valhalla => Text { sv: "Valhalla", en: "Valhalla" },
            Self::Map => Text { sv: "egen karta", en: "own map" },
            Self::Entered => Text { sv: "med färja", en: "with the ferry" },
        }
    }
}

/// Which roads a company's drive times are asked of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roads {
    /// Whom to ask; `Estimated` asks nobody.
    pub source: DriveSource,
    /// The service's address or the map's path.
    pub address: String,
    /// The version of measured times that holds; a new map or a new service begins a new one. Zero is none.
    pub version: i64,
}

/// A ferry (or flight) that may be counted on, because somebody entered how long it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Ferry {
    /// What people call it.
    pub name: String,
    /// One port.
    pub from: Point,
    /// The other.
    pub to: Point,
    /// From the arrival at one port to the departure from the other: waiting, loading and crossing.
    pub time: Minutes,
}

/// What a PAM's own logged trips say of the times: they are multiplied by it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DriveFactor {
    /// Whose.
    pub pam: PamId,
    /// Real time over computed time, drawn towards 1 where there are few trips.
    pub factor: f64,
    /// Trips it rests on.
    pub trips: usize,
}

/// A trip that somebody drove and wrote down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoggedTrip {
    /// Who drove.
    pub pam: PamId,
    /// From where.
    pub from: Point,
    /// To where.
    pub to: Point,
    /// How long it took, door to door.
    pub time: Minutes,
}

/// Why a drive is estimated although a map was to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fallback {
    /// The service did not answer at all.
    NoAnswer,
    /// It took too long.
    TooSlow,
    /// It answered that it could not.
    Refused,
    /// Its answer made no sense.
    Unreadable,
    /// The map's file cannot be read.
    NoMap,
    /// It knows no road between the two, or none near one of them.
    NoRoad,
    /// More pairs than are asked for at once.
    TooMany,
}

impl Fallback {
    /// Every reason.
    pub const ALL: [Fallback; 7] =
        [Self::NoAnswer, Self::TooSlow, Self::Refused, Self::Unreadable, Self::NoMap, Self::NoRoad, Self::TooMany];

    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoAnswer => "no-answer",
            Self::TooSlow => "too-slow",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::NoMap => "no-map",
            Self::NoRoad => "no-road",
            Self::TooMany => "too-many",
        }
    }

    /// The reason with that code.
    pub fn coded(code: &str) -> Option<Fallback> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::NoAnswer => Text { sv: "tjänsten svarade inte", en: "the service did not answer" },
            Self::TooSlow => Text { sv: "tjänsten svarade inte i tid", en: "the service did not answer in time" },
            Self::Refused => Text { sv: "tjänsten sade nej", en: "the service said no" },
            Self::Unreadable => {
                Text { sv: "tjänstens svar gick inte att förstå", en: "the service's answer made no sense" }
            }
            Self::NoMap => Text { sv: "kartfilen kunde inte läsas", en: "the map's file could not be read" },
            Self::NoRoad => Text { sv: "kartan känner ingen väg där", en: "the map knows no road there" },
            Self::TooMany => {
                Text { sv: "fler par än som frågas på en gång", en: "more pairs than are asked for at once" }
            }
        }
    }
}

/// How a plan's drives were found out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DriveNote {
    /// Whom the plan asked.
    pub source: DriveSource,
    /// Pairs of places it wanted to know.
    pub pairs: usize,
    /// Pairs that had to be estimated, by reason.
    pub estimated: Vec<(Fallback, usize)>,
}

/// A place rounded to a ten-thousandth of a degree (11 m): what measured times are kept by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Ten-thousandths of a degree north.
    pub lat: i32,
    /// Ten-thousandths of a degree east.
    pub lon: i32,
}

impl Spot {
    /// The spot a point lies on.
    pub fn of(point: Point) -> Spot {
        Spot { lat: (point.lat * 1e4).round() as i32, lon: (point.lon * 1e4).round() as i32 }
    }

    /// The point it stands for.
    pub fn point(self) -> Point {
        Point { lat: f64::from(self.lat) / 1e4, lon: f64::from(self.lon) / 1e4 }
    }
}

/// What was found out about the way from one spot to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// By road, without slack, parking or correction.
    Drive {
        /// Seconds.
        seconds: u32,
        /// Metres.
        metres: u32,
    },
    /// Only with a ferry.
    NeedsFerry,
    /// It could not be found out there; the estimate holds.
    Unknown,
}

/// Measured drive times, looked up before anything is estimated.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DriveTable {
    source: DriveSource,
    known: HashMap<(Spot, Spot), Measured>,
}

impl DriveTable {
    /// The table of one source.
    pub fn new(source: DriveSource, rows: impl IntoIterator<Item = ((Spot, Spot), Measured)>) -> DriveTable {
        DriveTable { source, known: rows.into_iter().collect() }
    }

    /// Whom the times were asked of.
    pub fn source(&self) -> DriveSource {
        self.source
    }

    /// Pairs there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Is nothing measured?
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What is known of the way; `None` where nobody asked.
    pub fn between(&self, from: Spot, to: Spot) -> Option<Measured> {
        self.known.get(&(from, to)).copied()
    }
}

/// The slack on every drive that logged trips speak for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearnedSlack {
    /// The share of drives that ends in time with it.
    pub in_time: Share,
    /// Longer than computed by this part.
    pub slack: Share,
    /// Learned from so many trips.
    pub trips: usize,
}
