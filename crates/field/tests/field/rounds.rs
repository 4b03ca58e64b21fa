//! Coverage and routes in rounds: never worse than one round, better where travel money is short, and the same whenever it
//! is asked again.

use rayon::prelude::*;
use spelplan_facts::{
    Day, DayRange, Facts, Money, Month, MonthSale, Pam, PamId, Partner, PartnerId, Place, Point, Precision, SeasonPlan,
    Settings, Touch, TouchId, TouchKind,
};
use spelplan_referee::judge;
use spelplan_testkit::worlds::small_world;

const SMALL_WORLDS: u64 = 80;
const CLUSTERED_WORLDS: u64 = 4;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn worth(plan: &SeasonPlan) -> f64 {
    plan.net().units()
}

/// The plan of one round, and the plan in rounds.
fn both(facts: &Facts, season: DayRange, today: Day, seed: u64) -> [SeasonPlan; 2] {
    let goals = spelplan_focus::open_goals(facts, today);
    let budgets = spelplan_field::budgets(facts, season);
    let efforts = spelplan_field::efforts(facts, &goals, season, today);
    let coverage = spelplan_coverage::plan(facts, &goals, &budgets, &efforts, season, seed);
    let one = spelplan_field::plan(facts, &goals, &coverage, season, today, seed, &|_, _| {});
    let rounds = spelplan_field::plan_in_rounds(facts, &goals, &budgets, season, today, seed, &|_, _| {});
    [one, rounds]
}

/// A draw between 0 and 1 for each number, the same for ever.
fn drawn(seed: u64, n: u64) -> f64 {
    let mut x = (seed << 32 ^ n).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ x >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}

/// PAMs in three towns, each with far towns of which few partners are worth the way, though the guess shares the way among
/// all of them, with partners along the roads there, which the guess takes to be alone, and of very different wealth.
fn clustered(seed: u64) -> Facts {
    let mut facts = Facts { settings: Settings::default(), ..Facts::default() };
    let homes = [(63.1767, 14.6361), (59.2741, 15.2066), (57.7089, 14.1000)];
    for (n, (lat, lon)) in homes.into_iter().enumerate() {
        let home = Point { lat, lon };
        facts.pams.push(pam(n as i64 + 1, home));
        add_towns(&mut facts, PamId(n as i64 + 1), home, seed * 3 + n as u64);
    }
    facts
}

fn pam(id: i64, home: Point) -> Pam {
    Pam {
        id: PamId(id),
        key: id.to_string(),
        name: format!("Maj {id}"),
        email: String::new(),
        street: String::new(),
        postal_code: String::new(),
        city: String::new(),
        country: "SE".into(),
        home: Some(Place { point: home, precision: Precision::Given }),
        manager: String::new(),
        field_time_week: None,
    }
}

fn add_towns(facts: &mut Facts, pam: PamId, home: Point, seed: u64) {
    let mut n = 0;
    let mut next = || {
        n += 1;
        drawn(seed, n)
    };
    let wealth = (2.0 * next() - 1.0).exp();
    for town in 0..5 {
        let turn = std::f64::consts::TAU * (f64::from(town) + next() * 0.8) / 5.0;
        let far = 0.2 + 0.9 * next();
        let middle = Point { lat: home.lat + far * turn.sin(), lon: home.lon + 2.0 * far * turn.cos() };
        for _ in 0..8 + (12.0 * next()) as usize {
            let at = Point { lat: middle.lat + 0.06 * (next() - 0.5), lon: middle.lon + 0.12 * (next() - 0.5) };
            let monthly = 40_000.0 * wealth * (2.2 * next() + 2.2 * next() - 2.0).exp();
            add(facts, pam, at, monthly, next());
        }
        for _ in 0..3 {
            let part = 0.2 + 0.6 * next();
            let [lat, lon] = [(home.lat, middle.lat), (home.lon, middle.lon)].map(|(a, b)| a + part * (b - a));
            let at = Point { lat, lon: lon + 0.02 * (next() - 0.5) };
            add(facts, pam, at, 60_000.0 * wealth * (0.5 + next()), next());
        }
    }
}

fn add(facts: &mut Facts, pam: PamId, point: Point, monthly: f64, chance: f64) {
    let id = PartnerId(facts.partners.len() as i64 + 1);
    facts.partners.push(Partner {
        key: id.0.to_string(),
        name: format!("Partner {}", id.0),
        country: "SE".into(),
        place: Some(Place { point, precision: Precision::Given }),
        pam: Some(pam),
        ..Partner::of(id)
    });
    let revenue = Money::from_units(monthly);
    let first = day("2024-01-15").month().0;
    facts.sales.by_month.extend((0..24).map(|month| MonthSale {
        partner: id,
        month: Month(first + month),
        revenue,
        margin: revenue * 0.08,
        revenue_with_margin: revenue,
    }));
    if chance < 0.5 {
        let kind = TouchKind::named("visit").expect("a visit is a touch");
        let on = day("2025-06-02").plus((400.0 * chance) as i32);
        let pam = Some(pam);
        facts.touches.push(Touch { id: TouchId(id.0), day: on, partner: id, contact: None, pam, kind, quality: None });
    }
}

#[test]
fn no_small_world_is_worse_in_rounds() {
    let gains: Vec<(f64, f64)> = (0..SMALL_WORLDS)
        .into_par_iter()
        .map(|seed| {
            let (facts, season, today) = small_world(seed);
            let [one, rounds] = both(&facts, season, today, seed);
            let faults = judge(&facts, &rounds).faults;
            assert!(faults.is_empty(), "world {seed}: {faults:?}");
            let gained = worth(&rounds) - worth(&one);
            assert!(gained >= 0.0, "world {seed} loses {gained}");
            assert!((rounds.rounds.gained.units() - gained).abs() < 0.01, "world {seed}: {:?}", rounds.rounds);
            (worth(&one), gained)
        })
        .collect();
    tell("small", &gains);
}

/// With all the money there could be, and with two fifths of what would be used.
#[test]
fn short_travel_money_is_divided_better_in_rounds_and_no_clustered_world_is_worse() {
    let season = DayRange::parse("2026-02-02..2026-03-06").expect("a season");
    let today = day("2026-01-02");
    let [free, short]: [Vec<(f64, f64)>; 2] = [false, true].map(|short| {
        let world = |seed: u64| {
            let mut facts = clustered(seed);
            if short {
                let [one, _] = both(&facts, season, today, seed);
                facts.settings.travel_budget = Some(travel(&one) * 0.4);
            }
            let [one, rounds] = both(&facts, season, today, seed);
            let faults = judge(&facts, &rounds).faults;
            assert!(faults.is_empty(), "world {seed}: {faults:?}");
            println!("world {seed}: {} partners, {:?}", facts.partners.len(), rounds.rounds);
            (worth(&one), worth(&rounds) - worth(&one))
        };
        (0..CLUSTERED_WORLDS).into_par_iter().map(world).collect()
    });
    tell("clustered", &free);
    tell("short of money", &short);
    assert!(free.iter().chain(&short).all(|(_, gained)| *gained >= 0.0), "{free:?} {short:?}");
    assert!(mean(&short) > 0.005, "{short:?}");
}

/// Kilometres and nights in money.
fn travel(plan: &SeasonPlan) -> Money {
    let stops =
        |day: &spelplan_facts::FieldDay| day.stops.iter().map(|stop| stop.leg.km).sum::<f64>() + day.last_leg.km;
    let nights = plan.days.iter().filter(|day| day.to != spelplan_facts::Night::Home).count() as f64;
    plan.settings.km_cost * plan.days.iter().map(stops).sum::<f64>() + plan.settings.night_cost * nights
}

fn mean(gains: &[(f64, f64)]) -> f64 {
    let [all, gained] = gains.iter().fold([0.0, 0.0], |[all, sum], (one, gained)| [all + one, sum + gained]);
    gained / all
}

fn tell(what: &str, gains: &[(f64, f64)]) {
    let better = gains.iter().filter(|(_, gained)| *gained > 0.0).count();
    println!("{what} worlds: {better} of {} better, {:.2} % in all", gains.len(), 100.0 * mean(gains));
}

#[test]
fn rounds_give_the_same_plan_again_and_tell_how_far_they_are() {
    let (facts, season, today) = small_world(7);
    let goals = spelplan_focus::open_goals(&facts, today);
    let budgets = spelplan_field::budgets(&facts, season);
    let told = std::sync::Mutex::new(Vec::new());
    let watch = |done: usize, total: usize| told.lock().expect("nobody panicked").push((done, total));
    let plan = || spelplan_field::plan_in_rounds(&facts, &goals, &budgets, season, today, 7, &watch);
    assert_eq!(plan(), plan());
    let told = told.into_inner().expect("nobody panicked");
    assert!(told.iter().all(|(done, total)| done <= total));
    assert!(told.last().is_some_and(|(done, total)| done == total), "{told:?}");
}
