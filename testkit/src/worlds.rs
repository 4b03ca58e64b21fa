//! Small random worlds for property tests: odd opening hours, islands, absences, losses, seasons across holidays.
//! The same seed gives the same world. No clock.

mod geography;
mod territory;
mod trade;

use rand::RngExt;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use spelplan_facts::{
    Absence, BusyBlock, Contact, ContactId, Day, DayRange, Facts, Minutes, Money, Pam, PamId, Partner, PartnerId,
    Place, Precision, Settings, Share, TimeOfDay, WeekHours,
};

use geography::{Town, town_in, town_like};
pub use territory::{TerritoryWorld, muddled_world, territory_world};

/// A small random world, the season to plan in it, and the day on which one plans.
pub fn small_world(seed: u64) -> (Facts, DayRange, Day) {
    let mut chance = Pcg64Mcg::seed_from_u64(seed);
    let season = season(&mut chance);
    let today = today(&mut chance, season);
    let mut world = World { chance, season, today, facts: Facts::default() };
    world.settings();
    world.pams();
    world.partners();
    world.contacts();
    world.absences();
    trade::sales(&mut world.chance, &mut world.facts, today);
    trade::touches(&mut world.chance, &mut world.facts, today);
    world.busy();
    (world.facts, season, today)
}

struct World {
    chance: Pcg64Mcg,
    season: DayRange,
    today: Day,
    facts: Facts,
}

/// Seasons that begin so many days into the year and last so many days: ordinary ones and those that meet a holiday.
const SEASONS: [(i32, i32); 10] =
    [(30, 41), (250, 27), (180, 40), (345, 30), (75, 34), (160, 20), (40, 0), (20, 90), (240, 90), (120, 34)];

fn season(chance: &mut Pcg64Mcg) -> DayRange {
    let year = chance.random_range(2024..2029);
    let new_year = Day::from(jiff::civil::date(year, 1, 1));
    let (begins, lasts) = SEASONS[chance.random_range(0..SEASONS.len())];
    let from = new_year.plus(begins + chance.random_range(0..14));
    DayRange { from, to: from.plus(lasts + if lasts > 0 { chance.random_range(0..7) } else { 0 }) }
}

/// Mostly some weeks ahead, sometimes the very day, now and then in the middle of the season.
fn today(chance: &mut Pcg64Mcg, season: DayRange) -> Day {
    match chance.random_range(0..100) {
        0..8 => season.from,
        8..11 => season.from.plus(chance.random_range(0..=season.from.until(season.to))),
        11..30 => season.from.plus(-chance.random_range(1..6)),
        _ => season.from.plus(-chance.random_range(6..70)),
    }
}

impl World {
    /// Some PAMs have calendars of their own: short entries, mornings, whole days. Drawn last, so that the rest of a world
    /// is what it was without them.
    fn busy(&mut self) {
        let (chance, facts) = (&mut self.chance, &mut self.facts);
        let range = DayRange { from: self.season.from.plus(-60), to: self.season.to.plus(60) };
        for pam in &facts.pams {
            let each_day = [0.0, 0.0, 0.1, 0.4, 0.9][chance.random_range(0..5)];
            for day in range.days() {
                let mut last = 0;
                while last < 24 * 60 && chance.random_bool(each_day) {
                    let whole = last == 0 && chance.random_bool(0.1);
                    let from = if whole { 0 } else { last + chance.random_range(1..420) };
                    let to = if whole { 24 * 60 } else { from + [15, 30, 45, 60, 90, 240][chance.random_range(0..6)] };
                    if to > 24 * 60 {
                        break;
                    }
                    facts.busy.push(BusyBlock { pam: pam.id, day, from: TimeOfDay(from), to: TimeOfDay(to) });
                    last = to;
                }
            }
        }
        facts.busy.sort_by_key(|block| (block.pam, block.day, block.from));
    }

    fn settings(&mut self) {
        let chance = &mut self.chance;
        let mut settings = Settings::for_currency(["SEK", "SEK", "SEK", "EUR", "USD"][chance.random_range(0..5)]);
        match chance.random_range(0..4) {
            0 => tight(chance, &mut settings),
            1 => lavish(chance, &mut settings),
            _ => {}
        }
        if chance.random_bool(0.2) {
            let budget = [0.0, 500.0, 3000.0, 20_000.0][chance.random_range(0..4)];
            settings.travel_budget = Some(Money::from_units(budget));
        }
        settings.home_by_weekday = chance.random_range(0..5);
        settings.model.realised = chance.random_range(0.2..1.0);
        self.facts.settings = settings;
    }

    fn pams(&mut self) {
        for n in 0..self.chance.random_range(1..5_i64) {
            let town = town_in(&mut self.chance, None);
            let chance = &mut self.chance;
            let home = (!chance.random_bool(0.04)).then(|| near(chance, town, 10.0));
            let hours = [None, None, None, Some(0), Some(4), Some(12), Some(30)][chance.random_range(0..7)];
            self.facts.pams.push(Pam {
                id: PamId(n * 7 + 1),
                key: format!("P{n}"),
                name: format!("Pam {n}"),
                email: String::new(),
                street: String::new(),
                postal_code: String::new(),
                city: town.name.into(),
                country: town.country.into(),
                home,
                manager: String::new(),
                field_time_week: hours.map(Minutes::hours),
            });
        }
    }

    fn partners(&mut self) {
        for n in 0..self.chance.random_range(0..41_i64) {
            let partner = self.partner(n);
            self.facts.partners.push(partner);
        }
    }

    fn partner(&mut self, n: i64) -> Partner {
        let (chance, pams) = (&mut self.chance, &self.facts.pams);
        let pam = &pams[chance.random_range(0..pams.len())];
        let town = town_like(chance, &pam.country);
        let pam = match chance.random_range(0..40) {
            0 => None,
            1 => Some(PamId(99_999)),
            _ => Some(pam.id),
        };
        Partner {
            key: format!("R{n}"),
            name: format!("Partner {n}"),
            city: town.name.into(),
            country: if chance.random_bool(0.02) { String::new() } else { town.country.into() },
            place: (!chance.random_bool(0.06)).then(|| near(chance, town, 15.0)),
            segment: ["generalist", "msp", "print", ""][chance.random_range(0..4)].into(),
            chain: ["", "", "Kedjan"][chance.random_range(0..3)].into(),
            employees: chance.random_bool(0.5).then(|| chance.random_range(0..200)),
            revenue: chance.random_bool(0.3).then(|| Money::whole(chance.random_range(0..50_000_000))),
            pam,
            opening_hours: opening_hours(chance),
            closed: closed(chance, self.season),
            visit_time: [None, None, None, Some(30), Some(120)][chance.random_range(0..5)].map(Minutes),
            inactive: chance.random_bool(0.05),
            ..Partner::of(PartnerId(n * 3 + 2))
        }
    }

    fn contacts(&mut self) {
        for index in 0..self.facts.partners.len() {
            for n in 0..self.chance.random_range(0..3_i64) {
                let partner = self.facts.partners[index].id;
                let id = ContactId(self.facts.contacts.len() as i64 * 2 + 1);
                self.facts.contacts.push(Contact {
                    id,
                    key: n.to_string(),
                    partner,
                    name: format!("Person {}", id.0),
                    role: String::new(),
                    email: String::new(),
                    phone: String::new(),
                });
            }
        }
    }

    /// Holidays, training, whole seasons away, and days promised in other plans.
    fn absences(&mut self) {
        let pams: Vec<PamId> = self.facts.pams.iter().map(|pam| pam.id).collect();
        let (season, chance) = (self.season, &mut self.chance);
        for pam in pams {
            for _ in 0..chance.random_range(0..3) {
                let from = season.from.plus(chance.random_range(-20..60));
                let days = DayRange { from, to: from.plus(chance.random_range(0..8)) };
                self.facts.absences.push(Absence { pam, days, reason: String::new() });
            }
            if chance.random_bool(0.03) {
                self.facts.absences.push(Absence { pam, days: season, reason: "leave".into() });
            }
            let promised = (0..chance.random_range(0..4)).map(|_| self.today.plus(chance.random_range(0..50)));
            self.facts.taken.extend(promised.map(|day| (pam, day)));
        }
        self.facts.taken.sort();
        self.facts.taken.dedup();
    }
}

fn tight(chance: &mut Pcg64Mcg, settings: &mut Settings) {
    settings.day_start = TimeOfDay::at(9, 0);
    settings.day_end = TimeOfDay::at(15, chance.random_range(0..60));
    settings.max_drive_day = Minutes(chance.random_range(30..150));
    settings.max_visits_day = chance.random_range(1..3);
    settings.max_nights = chance.random_range(0..2);
    settings.field_days_week = chance.random_range(1..3);
    settings.visit_time = Minutes(90);
    settings.min_gap_days = chance.random_range(30..90);
    settings.max_visits_season = 1;
    settings.desk_time_day = Minutes(chance.random_range(45..120));
    settings.digital_time_week = Minutes(chance.random_range(0..30));
    settings.drive_slack = Share(0.4);
}

fn lavish(chance: &mut Pcg64Mcg, settings: &mut Settings) {
    settings.day_start = TimeOfDay::at(6, 0);
    settings.day_end = TimeOfDay::at(20, 0);
    settings.max_drive_day = Minutes::hours(10);
    settings.max_visits_day = 10;
    settings.max_nights = chance.random_range(3..6);
    settings.field_days_week = 5;
    settings.visit_time = Minutes(30);
    settings.min_gap_days = chance.random_range(0..8);
    settings.max_visits_season = chance.random_range(2..6);
    settings.desk_time_day = Minutes::hours(8);
    settings.drive_slack = Share(0.0);
}

fn near(chance: &mut Pcg64Mcg, town: &Town, km: f64) -> Place {
    let precision = if chance.random_bool(0.5) { Precision::Given } else { Precision::Town };
    Place { point: town.point_near(chance, km), precision }
}

/// Default hours, ordinary ones, split windows, one weekday only, evenings, nights, never.
const HOURS: [&str; 7] = [
    "Mon-Fri 08:00-17:00",
    "Mon-Fri 09:00-12:00,13:00-16:30",
    "Tue 10:00-11:30",
    "Mon-Wed 09:00-15:00; Sat 10:00-13:00",
    "Mon-Fri 17:00-20:00",
    "Sat-Sun 10:00-16:00",
    "Mon-Fri 12:00-12:45; Thu 14:00-16:00",
];

fn opening_hours(chance: &mut Pcg64Mcg) -> Option<WeekHours> {
    match chance.random_range(0..20) {
        0..12 => None,
        12 => Some(WeekHours::default()),
        _ => WeekHours::parse(HOURS[chance.random_range(0..HOURS.len())]),
    }
}

fn closed(chance: &mut Pcg64Mcg, season: DayRange) -> Vec<DayRange> {
    if chance.random_bool(0.03) {
        return vec![season];
    }
    let range = |chance: &mut Pcg64Mcg| {
        let from = season.from.plus(chance.random_range(-10..50));
        DayRange { from, to: from.plus(chance.random_range(0..12)) }
    };
    (0..chance.random_range(0..5_i32) - 2).map(|_| range(chance)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_world() {
        assert_eq!(format!("{:?}", small_world(7)), format!("{:?}", small_world(7)));
        assert_ne!(format!("{:?}", small_world(7)), format!("{:?}", small_world(8)));
    }

    #[test]
    fn facts_stand_in_their_promised_order() {
        for seed in 0..300 {
            let (facts, season, _) = small_world(seed);
            assert!(season.from <= season.to);
            assert!(facts.partners.is_sorted_by_key(|partner| partner.id), "{seed}");
            assert!(facts.pams.is_sorted_by_key(|pam| pam.id) && facts.contacts.is_sorted_by_key(|contact| contact.id));
            assert!(facts.touches.is_sorted_by_key(|touch| (touch.day, touch.id)), "{seed}");
            assert!(facts.sales.by_month.is_sorted_by_key(|sale| (sale.partner, sale.month)), "{seed}");
            assert!(facts.sales.by_category.is_sorted_by_key(|sale| (sale.partner, sale.category)), "{seed}");
            assert!(facts.taken.is_sorted(), "{seed}");
        }
    }

    #[test]
    fn a_thousand_worlds_hold_every_oddity() {
        let worlds: Vec<_> = (0..1000).map(small_world).collect();
        let any = |odd: &dyn Fn(&Facts, DayRange) -> bool| worlds.iter().any(|(facts, season, _)| odd(facts, *season));
        let partner = |odd: &dyn Fn(&Partner) -> bool| any(&|facts, _| facts.partners.iter().any(odd));
        assert!(any(&|facts, _| facts.partners.is_empty()), "nobody");
        assert!(any(&|_, season| season.from == season.to), "one day");
        assert!(any(&|_, season| season.from.until(season.to) >= 90), "thirteen weeks");
        assert!(any(&|facts, _| facts.pams.iter().any(|pam| pam.home.is_none())), "a PAM without home");
        assert!(
            partner(&|partner| partner.pam.is_none()) && partner(&|partner| partner.place.is_none()),
            "no PAM, no place"
        );
        assert!(
            partner(&|partner| partner.inactive) && partner(&|partner| partner.city == "Visby"),
            "inactive, island"
        );
        assert!(partner(&|partner| partner.opening_hours == Some(WeekHours::default())), "never open");
        assert!(any(&|facts, _| facts.sales.by_month.iter().any(|sale| sale.margin < Money::ZERO)), "a loss");
    }
}
