//! One year of one size: four seasons after one another, each knowing what the ones before it promised.

use std::collections::BTreeMap;
use std::time::Instant;

use spelplan_facts::{Day, DayRange, Facts, PartnerId, SeasonPlan, Touch, TouchId, touches};
use spelplan_testkit::nation::{NationSize, facts};

use super::Grown;
use crate::bench::measures::{peak_megabytes, processor_seconds};

/// The four seasons.
const SEASONS: [&str; 4] =
    ["2026-02-02..2026-03-06", "2026-04-13..2026-05-15", "2026-08-24..2026-09-25", "2026-10-26..2026-11-27"];
/// Days before its beginning that a season is planned.
const BEFORE: i32 = 21;

/// Thirteen weeks as one season.
const QUARTER: &str = "2026-02-02..2026-05-01";

/// Plans one long season as `spelplan plan` would and prints what each step took.
pub(in crate::bench) fn quarter(size: NationSize) -> bool {
    let Some(season) = DayRange::parse(QUARTER) else { return false };
    let mut steps = Steps::default();
    let facts = facts(size, season.from.plus(-BEFORE));
    let plan = planned(&facts, season, size.seed, &mut steps);
    let verdict = steps.time("referee", || spelplan_referee::judge(&facts, &plan));
    let visits: usize = plan.days.iter().map(|day| day.stops.len()).sum();
    let net = plan.net().units();
    println!("{visits} visits on {} days, {net:.0} net, {} faults", plan.days.len(), verdict.faults.len());
    for (step, seconds) in &steps.0 {
        println!("    {step:<12} {seconds:>8.2} s");
    }
    verdict.faults.is_empty()
}

/// Plans the year and says what it took.
pub(super) fn of(size: NationSize) -> Grown {
    let seasons = seasons();
    let mut grown = Grown { partners: size.partners, pams: size.pams, ..Grown::default() };
    let mut steps = Steps::default();
    let mut facts = facts_of(size);
    grown.facts = peak_megabytes();
    let (wall, begun) = (Instant::now(), processor_seconds());
    let mut visited: BTreeMap<PartnerId, Day> = BTreeMap::new();
    for season in seasons {
        let plan = planned(&facts, season, size.seed, &mut steps);
        let verdict = steps.time("referee", || spelplan_referee::judge(&facts, &plan));
        for fault in verdict.faults.iter().take(3) {
            eprintln!("{season}: {} {}", fault.code, fault.what);
        }
        grown.faults += verdict.faults.len();
        count(&mut grown, &facts, &plan, &mut visited);
        let (processor, clock) = (processor_seconds() - begun, wall.elapsed().as_secs_f64());
        eprintln!(
            "{season}: {} visits so far, {processor:.0} s of processor, {clock:.0} s, {:.0} MB",
            grown.visits,
            peak_megabytes()
        );
        promise(&mut facts, &plan);
    }
    (grown.wall, grown.processor) = (wall.elapsed().as_secs_f64(), processor_seconds() - begun);
    grown.megabytes = peak_megabytes();
    grown.steps = steps.0;
    grown
}

fn seasons() -> Vec<DayRange> {
    SEASONS.iter().filter_map(|text| DayRange::parse(text)).collect()
}

/// What is known on the day on which the first season is planned.
pub(super) fn facts_of(size: NationSize) -> Facts {
    facts(size, seasons()[0].from.plus(-BEFORE))
}

/// The steps of `spelplan plan`.
fn planned(facts: &Facts, season: DayRange, seed: u64, steps: &mut Steps) -> SeasonPlan {
    let as_of = season.from.plus(-BEFORE);
    let goals = steps.time("goals", || spelplan_focus::open_goals(facts, as_of));
    let budgets = steps.time("budgets", || spelplan_field::budgets(facts, season));
    let plan = || spelplan_field::plan_in_rounds(facts, &goals, &budgets, season, as_of, seed, &|_, _| {});
    steps.time("plan", plan)
}

fn count(grown: &mut Grown, facts: &Facts, plan: &SeasonPlan, visited: &mut BTreeMap<PartnerId, Day>) {
    grown.field_days += plan.days.len();
    let mut days: Vec<_> = plan.days.iter().collect();
    days.sort_by_key(|day| day.day);
    for day in days {
        for stop in &day.stops {
            grown.visits += 1;
            if let Some(before) = visited.insert(stop.partner, day.day) {
                grown.again += 1;
                grown.too_near += usize::from(before.until(day.day) < facts.settings.min_gap_days);
            }
        }
    }
}

/// What the plan promised is made: its visits are touches, its days at the desk and on the road are taken.
fn promise(facts: &mut Facts, plan: &SeasonPlan) {
    let first = facts.touches.len() as i64 + 1;
    for day in &plan.days {
        for stop in &day.stops {
            facts.touches.push(Touch {
                id: TouchId(first),
                day: day.day,
                partner: stop.partner,
                contact: stop.contact,
                pam: Some(day.pam),
                kind: touches::visit(),
                quality: None,
            });
        }
    }
    facts.touches.sort_by_key(|touch| (touch.day, touch.id, touch.partner));
    facts.touches.iter_mut().enumerate().for_each(|(n, touch)| touch.id = TouchId(n as i64 + 1));
    let road = plan.days.iter().map(|day| (day.pam, day.day));
    facts.taken.extend(road.chain(plan.desk.iter().map(|block| (block.pam, block.day))));
    facts.taken.sort();
    facts.taken.dedup();
}

/// Processor seconds by step.
#[derive(Default)]
pub(super) struct Steps(Vec<(String, f64)>);

impl Steps {
    fn time<T>(&mut self, step: &str, work: impl FnOnce() -> T) -> T {
        let begun = processor_seconds();
        let done = work();
        let used = processor_seconds() - begun;
        match self.0.iter_mut().find(|(name, _)| name == step) {
            Some((_, seconds)) => *seconds += used,
            None => self.0.push((step.to_owned(), used)),
        }
        done
    }
}
