//! A whole field season, generated: PAMs, partners whose value falls with each visit, hotels, appointments. Read here, made
//! into the kernel's problem in `problem`, judged in `judge`.

pub(crate) mod generate;
pub(crate) mod judge;
pub(crate) mod problem;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// Working days of a week.
pub(crate) const WEEK: usize = 5;

/// The file.
#[derive(Deserialize)]
pub(crate) struct Season {
    pub(crate) seasons: usize,
    pub(crate) weeks: usize,
    pub(crate) pams: Vec<Pam>,
    pub(crate) partners: Vec<Partner>,
    pub(crate) hotels: Vec<Hotel>,
    pub(crate) fixed: Vec<Appointment>,
    /// Leave home or hotel, be back.
    pub(crate) day: (f64, f64),
    pub(crate) max_nights_in_a_row: usize,
    pub(crate) home_by_friday: f64,
    pub(crate) km_cost: f64,
    pub(crate) minute_cost: f64,
}

#[derive(Deserialize)]
pub(crate) struct Pam {
    lat: f64,
    lon: f64,
    pub(crate) blocked_days: Vec<usize>,
}

#[derive(Deserialize)]
pub(crate) struct Partner {
    lat: f64,
    lon: f64,
    /// Money of the first, second, … visit.
    pub(crate) value: Vec<f64>,
    /// Minutes a visit takes.
    #[serde(rename = "service")]
    pub(crate) stay: f64,
    /// For each weekday, when a visit may begin.
    pub(crate) open: Vec<Option<(f64, f64)>>,
    /// Fewest working days between two visits.
    pub(crate) min_gap_days: usize,
    pub(crate) pams: Vec<usize>,
}

#[derive(Deserialize)]
pub(crate) struct Hotel {
    lat: f64,
    lon: f64,
    #[serde(rename = "night")]
    pub(crate) price: f64,
}

#[derive(Deserialize)]
pub(crate) struct Appointment {
    pub(crate) partner: usize,
    pub(crate) pam: usize,
    pub(crate) day: usize,
    pub(crate) start: f64,
}

/// A way of saying less than the whole, for planners that cannot say all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Reduction {
    /// Home every night, the first season, each partner at most once, any PAM, no appointments
    R1,
    /// As R1, but with free nights in hotels
    Free,
    /// As R1, but each day begins and ends where the plan of `free` slept
    R2,
    /// As R1, but all seasons and up to four visits with their gaps
    R3,
}

/// Where one PAM's day begins and ends: hotels, or home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Night {
    pub(crate) pam: usize,
    pub(crate) day: usize,
    pub(crate) hotel: usize,
}

/// What is asked of a season.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    /// The whole problem where none is named.
    pub(crate) reduction: Option<Reduction>,
    /// For R2: every night in a hotel.
    pub(crate) nights: Vec<Night>,
}

impl Ask {
    /// Working days that are planned.
    pub(crate) fn days(&self, season: &Season) -> usize {
        let one_season = season.weeks * WEEK;
        let all = matches!(self.reduction, None | Some(Reduction::R3));
        if all { one_season * season.seasons } else { one_season }
    }

    /// May nights be chosen?
    pub(crate) fn free_nights(&self) -> bool {
        matches!(self.reduction, None | Some(Reduction::Free))
    }

    /// Most visits to a partner that bring something.
    pub(crate) fn most_visits(&self, partner: &Partner) -> usize {
        match self.reduction {
            None => partner.value.len(),
            Some(Reduction::R3) => partner.value.len().min(4),
            Some(_) => partner.value.len().min(1),
        }
    }

    /// The given hotel after a PAM's day.
    pub(crate) fn given(&self, pam: usize, day: usize) -> Option<usize> {
        self.nights.iter().find(|night| night.pam == pam && night.day == day).map(|night| night.hotel)
    }
}

impl Season {
    pub(crate) fn read(text: &str) -> Result<Season> {
        let season: Season = serde_json::from_str(text).context("not a season")?;
        for (at, partner) in season.partners.iter().enumerate() {
            let pams = partner.pams.iter().all(|pam| *pam < season.pams.len());
            ensure!(pams && partner.open.len() == WEEK, "partner {at}: an unknown PAM, or not {WEEK} weekdays");
        }
        for (at, fixed) in season.fixed.iter().enumerate() {
            let known = fixed.partner < season.partners.len() && fixed.pam < season.pams.len();
            ensure!(known, "fixed {at}: an unknown partner or PAM");
        }
        Ok(season)
    }

    /// When a day's traveller must be back: on Fridays by an hour of its own.
    pub(crate) fn back(&self, day: usize) -> f64 {
        if day % WEEK == WEEK - 1 { self.day.1.min(self.home_by_friday) } else { self.day.1 }
    }

    /// Homes, then partners, then hotels, as latitude and longitude.
    pub(crate) fn places(&self) -> Vec<(f64, f64)> {
        let homes = self.pams.iter().map(|pam| (pam.lat, pam.lon));
        let partners = self.partners.iter().map(|partner| (partner.lat, partner.lon));
        homes.chain(partners).chain(self.hotels.iter().map(|hotel| (hotel.lat, hotel.lon))).collect()
    }

    pub(crate) fn partner_place(&self, partner: usize) -> usize {
        self.pams.len() + partner
    }

    pub(crate) fn hotel_place(&self, hotel: usize) -> usize {
        self.pams.len() + self.partners.len() + hotel
    }

    /// Money for a way: its road kilometres and its minutes of driving.
    pub(crate) fn fare(&self, way: Way) -> f64 {
        self.km_cost * way.road_km + self.minute_cost * way.minutes
    }
}

/// A way between two places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Way {
    pub(crate) road_km: f64,
    pub(crate) minutes: f64,
}

/// The way by the file's formula, `minutes = 4 + km * 1.3 / (35 if km < 10 else 65 if km < 50 else 85) * 60` with `km` as
/// on a flat earth: a degree of latitude is 111.32 km, one of longitude shrinks with the cosine of the latitude halfway.
pub(crate) fn way(a: (f64, f64), b: (f64, f64)) -> Way {
    let (north, east) = (a.0 - b.0, (a.1 - b.1) * ((a.0 + b.0) / 2.0).to_radians().cos());
    let km = 111.32 * north.hypot(east);
    let speed = match km {
        km if km < 10.0 => 35.0,
        km if km < 50.0 => 65.0,
        _ => 85.0,
    };
    Way { road_km: km * 1.3, minutes: 4.0 + km * 1.3 / speed * 60.0 }
}
