//! Worlds whose best territories are known: every partner was given to the PAM nearest to it, then two neighbours' partners
//! were mixed up.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use spelplan_facts::{
    Day, DayRange, Facts, Money, MonthSale, Pam, PamId, Partner, PartnerId, Place, Point, Precision, Settings, Touch,
    TouchId, touches,
};

/// A world of territories.
#[derive(Debug, Clone)]
pub struct TerritoryWorld {
    /// As the planner meets it.
    pub facts: Facts,
    /// The season.
    pub season: DayRange,
    /// The day on which one plans.
    pub today: Day,
    /// The PAM that each partner was first given to, in the facts' order.
    pub planted: Vec<PamId>,
}

/// So many partners around the homes of so many PAMs in the south of Sweden; of the partners of two neighbouring PAMs, that
/// part has changed places.
pub fn territory_world(seed: u64, n_partners: usize, n_pams: usize, mixed: f64) -> TerritoryWorld {
    world(seed, n_partners, n_pams, mixed, 1)
}

/// The same, but every PAM has exchanged that part of its partners with the one that lives nearest to it: in a company of
/// many PAMs, two of them alone are too few to tell whether anything is found.
pub fn muddled_world(seed: u64, n_partners: usize, n_pams: usize, mixed: f64) -> TerritoryWorld {
    world(seed, n_partners, n_pams, mixed, n_pams)
}

/// The first PAMs, so many, have exchanged partners with their neighbours.
fn world(seed: u64, n_partners: usize, n_pams: usize, mixed: f64, n_mixed: usize) -> TerritoryWorld {
    let mut chance = Pcg64Mcg::seed_from_u64(seed);
    let mut facts = Facts { settings: Settings::default(), ..Facts::default() };
    facts.pams = (0..n_pams).map(|n| pam(&mut chance, n)).collect();
    facts.partners = (0..n_partners).map(|n| partner(&mut chance, n, &facts.pams)).collect();
    let planted: Vec<PamId> = facts.partners.iter().filter_map(|partner| partner.pam).collect();
    for n in 0..n_mixed {
        mix(&mut chance, &mut facts, n, mixed);
    }
    let today = Day::from(jiff::civil::date(2025, 12, 15));
    sales(&mut chance, &mut facts, today);
    visits(&mut chance, &mut facts, today);
    let season =
        DayRange { from: Day::from(jiff::civil::date(2026, 2, 2)), to: Day::from(jiff::civil::date(2026, 3, 13)) };
    TerritoryWorld { facts, season, today, planted }
}

/// Inland, so that no drive leads over water.
fn somewhere(chance: &mut Pcg64Mcg) -> Point {
    Point { lat: chance.random_range(56.7..60.6), lon: chance.random_range(13.3..15.9) }
}

fn placed(point: Point) -> Option<Place> {
    Some(Place { point, precision: Precision::Given })
}

fn pam(chance: &mut Pcg64Mcg, n: usize) -> Pam {
    Pam {
        id: PamId(n as i64 + 1),
        key: format!("P{n}"),
        name: format!("Pam {n}"),
        email: String::new(),
        street: String::new(),
        postal_code: String::new(),
        city: String::new(),
        country: "SE".into(),
        home: placed(somewhere(chance)),
        manager: String::new(),
        field_time_week: None,
    }
}

fn kilometres(one: Point, other: Point) -> f64 {
    let east = (one.lon - other.lon) * (one.lat.to_radians().cos());
    111.2 * (one.lat - other.lat).hypot(east)
}

/// Somewhere within two hours of the PAM nearest to it.
fn partner(chance: &mut Pcg64Mcg, n: usize, pams: &[Pam]) -> Partner {
    let homes = || pams.iter().filter_map(|pam| Some((pam.id, pam.home?.point)));
    let nearest = |point: Point| {
        let all = homes().map(|(id, home)| (kilometres(point, home), id));
        all.min_by(|one, other| one.0.total_cmp(&other.0))
    };
    let mut point = somewhere(chance);
    while nearest(point).is_some_and(|(km, _)| km > 90.0) {
        point = somewhere(chance);
    }
    Partner {
        key: format!("{}", 1001 + n),
        name: format!("Partner {n}"),
        country: "SE".into(),
        place: placed(point),
        segment: "MSP".into(),
        pam: nearest(point).map(|(_, id)| id),
        ..Partner::of(PartnerId(n as i64 + 1))
    }
}

/// That PAM and the one that lives nearest to it exchange that part of their partners, drawn by lot.
fn mix(chance: &mut Pcg64Mcg, facts: &mut Facts, n: usize, part: f64) {
    let Some(first) = facts.pams.get(n) else { return };
    let Some(home) = first.home else { return };
    let others = facts.pams.iter().filter(|pam| pam.id != first.id);
    let far = |pam: &&Pam| pam.home.map_or(f64::MAX, |other| kilometres(home.point, other.point));
    let Some(second) = others.min_by(|one, other| far(one).total_cmp(&far(other))) else { return };
    let (one, other) = (first.id, second.id);
    for partner in &mut facts.partners {
        if chance.random_bool(part) {
            partner.pam = match partner.pam {
                Some(pam) if pam == one => Some(other),
                Some(pam) if pam == other => Some(one),
                pam => pam,
            };
        }
    }
}

fn sales(chance: &mut Pcg64Mcg, facts: &mut Facts, today: Day) {
    for partner in &facts.partners {
        let usual = chance.random_range(40_000.0..400_000.0);
        for back in 0..24 {
            let revenue = Money::from_units(usual * chance.random_range(0.6..1.4));
            let month = spelplan_facts::Month(today.month().0 - 24 + back);
            let (margin, revenue_with_margin) = (revenue * 0.12, revenue);
            facts.sales.by_month.push(MonthSale { partner: partner.id, month, revenue, margin, revenue_with_margin });
        }
    }
}

/// Two in three were visited in the last year, by the PAM they have.
fn visits(chance: &mut Pcg64Mcg, facts: &mut Facts, today: Day) {
    for partner in &facts.partners {
        if chance.random_bool(0.66) {
            facts.touches.push(Touch {
                id: TouchId(partner.id.0),
                day: today.plus(-chance.random_range(40..360)),
                partner: partner.id,
                contact: None,
                pam: partner.pam,
                kind: touches::visit(),
                quality: None,
            });
        }
    }
    facts.touches.sort_by_key(|touch| (touch.day, touch.id));
}
