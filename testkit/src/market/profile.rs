//! One partner as its own stream draws it: where it lies, what it buys in all, how much of it from us.

use spelplan_facts::{Day, DayRange, Minutes, Point, WeekHours};

use super::MarketSize;
use super::catalogue::{BRAND_PARTS, CATEGORIES, N_BRANDS, N_CATEGORIES};
use super::chance::{Chance, Purpose, evenly, index_at};
use super::stories::{self, Story};
use super::wallets::{attention, wallet_at};
use super::{names, towns};

/// Kinds of reseller, with their part of all partners and how much each brand suits them.
pub(super) const SEGMENTS: [(&str, f64, [f64; N_BRANDS]); 6] = [
    ("generalist", 0.35, [1.1, 0.8, 0.7]),
    ("MSP", 0.25, [0.8, 0.3, 2.0]),
    ("print", 0.20, [0.3, 2.6, 0.1]),
    ("integrator", 0.12, [1.3, 0.4, 1.6]),
    ("e-tail", 0.05, [1.6, 0.7, 0.2]),
    ("retail", 0.03, [1.2, 1.0, 0.1]),
];
const COUNTRIES: [(&str, f64); 4] = [("SE", 0.62), ("NO", 0.14), ("DK", 0.13), ("FI", 0.11)];
/// Chains with their mean share of wallet (Iowa's chain means run from .04 to .33) and the segments they take in.
const CHAINS: [(&str, f64, [f64; 6]); 5] = [
    ("Kontorsringen", 0.12, [0.08, 0.0, 0.10, 0.0, 0.0, 0.0]),
    ("Tryckpunkten", 0.24, [0.0, 0.0, 0.20, 0.0, 0.0, 0.0]),
    ("Driftalliansen", 0.09, [0.0, 0.10, 0.0, 0.05, 0.0, 0.0]),
    ("Hemdatagruppen", 0.16, [0.03, 0.0, 0.0, 0.0, 0.0, 0.5]),
    ("IT-handlarna", 0.30, [0.06, 0.03, 0.0, 0.0, 0.2, 0.2]),
];

/// Lines a month of a partner that buys for 1 MSEK a year.
const LINES_AT_ONE_MILLION: f64 = 14.5;

/// Parts of all partners that begin and that stop buying in a year: nine and five in a hundred of those who buy.
const BEGIN_YEAR: f64 = 0.08;
const END_YEAR: f64 = 0.048;

/// One in so many partners has a post box and no address, is sold to below cost, is run by nobody.
const EVERY_NOWHERE: usize = 97;
const EVERY_AT_A_LOSS: usize = 71;
const EVERY_WITHOUT_PAM: usize = 61;

/// How well the files know where it lies.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Located {
    /// Coordinates.
    Given,
    /// Postal code and town.
    ByPostalCode,
    /// A post box without code or town.
    Nowhere,
}

/// A partner of the invented market.
pub(super) struct Profile {
    pub(super) number: usize,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) country: &'static str,
    pub(super) city: &'static str,
    pub(super) street: String,
    pub(super) postal_code: &'static str,
    pub(super) point: Point,
    pub(super) located: Located,
    pub(super) segment: usize,
    pub(super) chain: &'static str,
    pub(super) employees: u32,
    /// Yearly revenue by its accounts, kronor.
    pub(super) accounts: Option<f64>,
    /// What it buys of all three brands' kinds from anybody, kronor a year, in the first month.
    pub(super) wallet: f64,
    /// Our share of each brand's part of the wallet, without visits.
    pub(super) shares: [f64; N_BRANDS],
    /// Parts of its revenue by category; their sum is 1.
    pub(super) mix: [f64; N_CATEGORIES],
    /// Its margin above (below) the articles', a share of revenue.
    pub(super) margin_offset: f64,
    /// Growth a year, logarithmic.
    pub(super) trend: f64,
    /// Its buying begins and ends with these months, counted from the first.
    pub(super) alive: std::ops::Range<i32>,
    pub(super) lines_month: f64,
    /// Visits a year and digital touches a month.
    pub(super) visit_rate: f64,
    pub(super) touch_rate: f64,
    /// By how much a visit does more (or less) here than at the average partner.
    pub(super) response: f64,
    pub(super) inactive: bool,
    /// Nobody of ours runs it.
    pub(super) without_pam: bool,
    pub(super) opening_hours: Option<WeekHours>,
    pub(super) closed: Vec<DayRange>,
    pub(super) visit_time: Option<Minutes>,
    pub(super) story: Option<Story>,
}

impl Profile {
    /// The partner of that number.
    pub(super) fn draw(size: &MarketSize, number: usize, until: Day) -> Profile {
        let chance = &mut Chance::of(size.seed, number, Purpose::Profile);
        let country = COUNTRIES[index_at(&COUNTRIES.map(|(_, part)| part), evenly(size.seed, number, 0))].0;
        let segment = index_at(&SEGMENTS.map(|(_, part, _)| part), evenly(size.seed, number, 5));
        let mut profile = Profile {
            number,
            key: format!("{}", 10_001 + number),
            name: names::of(country).company(segment, chance),
            country,
            city: "",
            street: names::of(country).street(chance),
            postal_code: "",
            point: Point { lat: 0.0, lon: 0.0 },
            located: Located::Given,
            segment,
            chain: "",
            employees: 0,
            accounts: None,
            wallet: wallet_at(evenly(size.seed, number, 1)),
            shares: [0.0; N_BRANDS],
            mix: [0.0; N_CATEGORIES],
            margin_offset: 0.010 * chance.normal(),
            trend: 0.02 + 0.12 * chance.normal(),
            alive: 0..size.months as i32 + 1,
            lines_month: 0.0,
            visit_rate: 0.0,
            touch_rate: 0.0,
            response: chance.gamma(4.0, 0.25),
            inactive: false,
            without_pam: false,
            opening_hours: None,
            closed: Vec::new(),
            visit_time: None,
            story: None,
        };
        profile.settle(country, evenly(size.seed, number, 2), chance);
        profile.share_out(chance);
        profile.come_and_go(size, chance);
        profile.keep_hours(until, chance);
        stories::cast(&mut profile, size, chance);
        profile.derive(chance);
        profile
    }

    /// Moves it to the town at that part of the country's inhabitants.
    pub(super) fn settle(&mut self, country: &str, part: f64, chance: &mut Chance) {
        if let Some(town) = towns::town_at(country, part) {
            self.move_to(town, chance);
        }
        self.located = match self.number % EVERY_NOWHERE {
            50 => Located::Nowhere,
            _ if chance.happens(0.06) => Located::ByPostalCode,
            _ => Located::Given,
        };
    }

    /// Moves it into that town: its postal code, a point within N(0, 1.3 km) of its middle.
    pub(super) fn move_to(&mut self, town: &'static towns::Town, chance: &mut Chance) {
        let km_per_degree = 111.2;
        let (north, east) = (1.3 * chance.normal(), 1.3 * chance.normal());
        self.city = town.name;
        self.postal_code = *chance.one_of(&town.postal_codes);
        self.point = Point {
            lat: town.point.lat + north / km_per_degree,
            lon: town.point.lon + east / (km_per_degree * town.point.lat.to_radians().cos()),
        };
    }

    /// Our share of each brand's part: Beta(3.7, 17.8) times how well brand and segment suit each other.
    fn share_out(&mut self, chance: &mut Chance) {
        let affinity = SEGMENTS[self.segment].2;
        let chain = CHAINS.iter().find(|(_, _, parts)| chance.happens(parts[self.segment]));
        for (share, affinity) in self.shares.iter_mut().zip(affinity) {
            let own = chance.beta(3.7, 17.8);
            let base = chain.map_or(own, |(_, mean, _)| mean * (1.0 + 0.1 * chance.normal()));
            *share = (base * affinity).clamp(0.002, 0.85);
        }
        self.chain = chain.map_or("", |(name, _, _)| name);
        if self.number % EVERY_AT_A_LOSS == 60 {
            self.margin_offset -= 0.085;
        }
    }

    /// Some are new, some leave; of those who left most are marked inactive.
    fn come_and_go(&mut self, size: &MarketSize, chance: &mut Chance) {
        let months = size.months as i32;
        // Where in the market's life it comes and goes: within the months there are, before (it was there) or after.
        let begins = evenly(size.seed, self.number, 3) * 12.0 / BEGIN_YEAR;
        let ends = evenly(size.seed, self.number, 4) * 12.0 / END_YEAR;
        if begins < f64::from(months) {
            self.alive.start = begins as i32;
        }
        if ends < f64::from(months) {
            self.alive.end = (ends as i32).max(self.alive.start + 2).min(months + 1);
            self.inactive = chance.happens(0.8) && self.alive.end < months - 3;
        }
        self.without_pam = self.number % EVERY_WITHOUT_PAM == 33;
    }

    fn keep_hours(&mut self, until: Day, chance: &mut Chance) {
        const HOURS: [&str; 5] = [
            "Mon-Fri 08:00-16:00",
            "Mon-Thu 09:00-16:30; Fri 09:00-14:00",
            "Mon-Fri 09:00-12:00,13:00-16:30",
            "Tue-Thu 10:00-15:00",
            "Mon-Fri 10:00-18:00; Sat 10:00-14:00",
        ];
        if chance.happens(0.15) {
            self.opening_hours = WeekHours::parse(chance.one_of::<&str>(&HOURS));
        }
        if chance.happens(0.08) {
            let from = until.plus(5 + chance.below(110) as i32).monday();
            self.closed.push(DayRange { from, to: from.plus(4 + 7 * chance.below(2) as i32) });
        }
        if chance.happens(0.10) {
            self.visit_time = Some(Minutes(if chance.happens(0.5) { 90 } else { 45 }));
        }
    }

    /// What follows from the wallet and the shares, whatever story they come from.
    fn derive(&mut self, chance: &mut Chance) {
        let bought = self.bought_year();
        let (known, noise) = if self.story.is_some() { (1.0, 0.05) } else { (0.8, 0.25) };
        self.accounts = chance.happens(known).then(|| self.wallet / 0.45 * (noise * chance.normal()).exp());
        let staff = (self.wallet / 1.3e6).powf(0.95) * 3.0 * (0.4 * chance.normal()).exp();
        self.employees = staff.round().max(1.0) as u32;
        for (part, category) in self.mix.iter_mut().zip(&CATEGORIES) {
            let brand = BRAND_PARTS[category.brand] * self.shares[category.brand];
            let taste = (0.3 * chance.normal()).exp() * if *part > 0.0 { *part } else { 1.0 };
            *part = brand * category.part * taste;
        }
        let whole: f64 = self.mix.iter().sum();
        self.mix.iter_mut().for_each(|part| *part /= whole);
        let spread = if self.story.is_some() { 1.0 } else { (1.1 * chance.normal() - 0.605_f64).exp() };
        let lines = LINES_AT_ONE_MILLION * (bought / 1.0e6).powf(0.7) * spread;
        self.lines_month = lines.min(bought / 12.0 / 1_500.0).max(0.7);
        let (visits, touches) = attention(bought);
        if self.story.is_none() {
            self.visit_rate = if self.without_pam { 0.0 } else { visits * chance.gamma(4.0, 0.25) };
            self.touch_rate = touches;
            self.response *= ((1.0 - self.share()) / 0.83).clamp(0.05, 1.1);
        }
    }

    /// What it buys from us in the first year without visits, kronor.
    pub(super) fn bought_year(&self) -> f64 {
        self.wallet * self.share()
    }

    /// Our share of its whole wallet, without visits.
    pub(super) fn share(&self) -> f64 {
        self.shares.iter().zip(BRAND_PARTS).map(|(share, part)| share * part).sum()
    }
}
