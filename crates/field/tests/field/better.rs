//! A longer search: it finds plans that are worth more and hold, the same ones each time, and says when it cannot compare.

use rayon::prelude::*;
use spelplan_facts::{ArrangedPlan, Arrangements, Demand, Facts, Money, SeasonPlan};
use spelplan_field::{Better, better, plan_in_rounds};
use spelplan_focus::{OpenGoal, season_goals};
use spelplan_referee::judge;
use spelplan_testkit::worlds::small_world;

const WORLDS: u64 = 60;

struct World {
    facts: Facts,
    goals: Vec<OpenGoal>,
    plan: SeasonPlan,
}

fn world(seed: u64, change: impl Fn(&mut Facts)) -> World {
    let (mut facts, season, today) = small_world(seed);
    change(&mut facts);
    let goals = season_goals(&facts, today, season.from);
    let budgets = spelplan_field::budgets(&facts, season);
    let plan = plan_in_rounds(&facts, &goals, &budgets, season, today, seed, &|_, _| {});
    World { facts, goals, plan }
}

fn searched_on(world: &World) -> Better {
    let arranged = ArrangedPlan { plan: world.plan.clone(), arrangements: Arrangements::default() };
    let long_before = world.plan.season.from.plus(-30);
    better(&world.facts, &world.goals, &arranged, &[], long_before, &|_, _| {})
}

#[test]
fn what_is_found_in_sixty_worlds_is_worth_more_holds_and_is_found_again() {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    let found: Vec<f64> = (0..WORLDS)
        .into_par_iter()
        .filter_map(|seed| {
            // Money that is short must not be overdrawn by what is better.
            let short = |facts: &mut Facts| {
                facts.settings.travel_budget = (seed % 3 == 0).then(|| Money::from_units(2_000.0));
            };
            let world = world(seed, short);
            let answer = searched_on(&world);
            assert_ne!(answer, Better::Outdated, "world {seed}");
            let Better::Found(found) = answer else { return None };
            let plan = &found.plan;
            assert!(plan.net() > world.plan.net(), "world {seed}");
            let faults = judge(&world.facts, plan).faults;
            assert!(faults.is_empty(), "world {seed}: {faults:?}");
            if seed % 5 == 0 {
                let again = alone.install(|| searched_on(&world));
                assert_eq!(again, Better::Found(found.clone()), "world {seed}");
            }
            Some((plan.net() - world.plan.net()).units() / world.plan.net().units().abs().max(1.0))
        })
        .collect();
    println!(
        "{} of {WORLDS} worlds, by up to {:.2} %",
        found.len(),
        100.0 * found.iter().fold(0.0_f64, |a, b| a.max(*b))
    );
    assert!(!found.is_empty() && (found.len() as u64) < WORLDS, "{} of {WORLDS}", found.len());
}

#[test]
fn a_plan_that_lost_its_best_day_gets_it_back() {
    let mut tried = 0;
    for seed in 0..120 {
        let mut world = world(seed, |facts| facts.settings.travel_budget = None);
        // A day by itself, of which nothing else depends.
        let home = |day: &spelplan_facts::FieldDay| {
            day.from == spelplan_facts::Night::Home && day.to == spelplan_facts::Night::Home
        };
        let gain = |day: &spelplan_facts::FieldDay| day.stops.iter().map(|stop| stop.gain.value).sum::<Money>();
        let once = |day: &spelplan_facts::FieldDay| {
            let all = || world.plan.days.iter().flat_map(|day| &day.stops);
            day.stops.iter().all(|stop| all().filter(|other| other.partner == stop.partner).count() == 1)
        };
        let days = world.plan.days.iter().enumerate().filter(|(_, day)| home(day) && once(day));
        let Some(best) = days.max_by_key(|(_, day)| gain(day)).map(|(at, _)| at) else { continue };
        let whole = world.plan.net();
        let lost = world.plan.days.remove(best);
        let settings = &world.facts.settings;
        let km = lost.stops.iter().map(|stop| stop.leg.km).sum::<f64>() + lost.last_leg.km;
        let cost = settings.km_cost * km + settings.hour_cost * (lost.arrives - lost.departs).as_hours();
        if (gain(&lost) - cost).units() < 0.01 * whole.units() {
            continue;
        }
        world.plan.gain.value -= gain(&lost);
        world.plan.cost -= cost;
        let answer = searched_on(&world);
        let Better::Found(found) = answer else { panic!("world {seed}: {answer:?} for a plan less {lost:?}") };
        let plan = found.plan;
        assert!(plan.net().units() > whole.units() - 1.0, "world {seed}: {:?} of {whole:?}", plan.net());
        tried += 1;
    }
    assert!(tried > 5, "{tried} worlds");
}

#[test]
fn facts_that_have_changed_since_are_told_from_those_of_the_plan() {
    let mut world = world(3, |_| {});
    assert!(!world.plan.days.is_empty());
    world.goals.iter_mut().for_each(|goal| goal.gains.iter_mut().for_each(|gain| gain.value = gain.value * 1.1));
    assert_eq!(searched_on(&world), Better::Outdated);
}

#[test]
fn what_is_decided_is_kept_by_the_better_plan() {
    let mut kept = 0;
    for seed in 0..30 {
        let before = world(seed, |_| {});
        let Some(stop) = before.plan.days.iter().flat_map(|day| &day.stops).min_by_key(|stop| stop.gain.value) else {
            continue;
        };
        let partner = stop.partner;
        let decided = world(seed, |facts| {
            let season = before.plan.season;
            facts.rules = vec![spelplan_facts::CoverageRule {
                id: spelplan_facts::RuleId(1),
                partner,
                demand: Demand::VisitsAtLeast(1),
                within: Some(season),
                by: String::new(),
                on: before.plan.as_of,
                reason: String::new(),
                toss_up: None,
            }];
        });
        let visits = |plan: &SeasonPlan| plan.days.iter().any(|day| day.stops.iter().any(|one| one.partner == partner));
        let Better::Found(found) = searched_on(&decided) else { continue };
        assert!(visits(&found.plan) || !visits(&decided.plan), "world {seed}");
        kept += 1;
    }
    assert!(kept > 0, "no better plan to look at");
}
