//! Upkeep on small worlds: who is due, when, why; judged by arithmetic of the tests' own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use spelplan_facts::*;
use spelplan_focus::{OpenGoal, open_goals};
use spelplan_upkeep::{Due, Sources, Upkeep, Why, upkeep};

const TODAY: &str = "2026-05-04";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// One partner (and a second who sells more, so that the first has room) with touches so many days ago.
struct World {
    facts: Facts,
    planned: BTreeMap<PartnerId, Day>,
    business: Vec<BusinessRecord>,
}

const ONE: PartnerId = PartnerId(1);

fn partner(id: i64) -> Partner {
    Partner {
        key: format!("P{id}"),
        name: format!("Partner {id}"),
        country: "SE".into(),
        pam: Some(PamId(1)),
        ..Partner::of(PartnerId(id))
    }
}

impl World {
    /// Partner 1 buys for so many kronor a month at a margin of a tenth.
    fn buying(kronor: i64) -> World {
        let mut facts = Facts { partners: vec![partner(1)], ..Facts::default() };
        let last = day(TODAY).month().0;
        for month in last - 23..=last {
            let (revenue, margin) = (Money::whole(kronor), Money::whole(kronor / 10));
            let month = Month(month);
            facts.sales.by_month.push(MonthSale { partner: ONE, month, revenue, margin, revenue_with_margin: revenue });
        }
        World { facts, planned: BTreeMap::new(), business: Vec::new() }
    }

    fn touched(mut self, kind: &str, days_ago: &[i32]) -> World {
        for ago in days_ago {
            let id = TouchId(self.facts.touches.len() as i64 + 1);
            let kind = TouchKind::named(kind).unwrap();
            let (contact, pam, quality) = (None, Some(PamId(1)), None);
            let day = day(TODAY).plus(-ago);
            self.facts.touches.push(Touch { id, day, partner: ONE, contact, pam, kind, quality });
        }
        self.facts.touches.sort_by_key(|touch| (touch.day, touch.id));
        self
    }

    fn visit_in(mut self, days: i32) -> World {
        self.planned.insert(ONE, day(TODAY).plus(days));
        self
    }

    fn rule(mut self, demand: Demand) -> World {
        let rule = CoverageRule {
            id: RuleId(1),
            partner: ONE,
            demand,
            within: None,
            by: "Eva".into(),
            on: day(TODAY),
            reason: String::new(),
            toss_up: None,
        };
        self.facts.rules.push(rule);
        self
    }

    fn ask(&self) -> Upkeep {
        self.ask_on(day(TODAY))
    }

    fn ask_on(&self, today: Day) -> Upkeep {
        let goals = open_goals(&self.facts, day(TODAY));
        let goals: Vec<&OpenGoal> = goals.iter().collect();
        let (facts, planned, business) = (&self.facts, &self.planned, &self.business[..]);
        upkeep(Sources { facts, goals: &goals, planned, business, later: &[], today })
    }

    fn due(&self) -> Option<Due> {
        self.ask().due.into_iter().next()
    }

    fn fades(&self) -> bool {
        self.due().is_some_and(|due| due.why.contains(&Why::Fading))
    }
}

#[test]
fn digital_never_builds_so_who_was_never_met_is_to_be_met_first() {
    for mails in [1, 5, 40] {
        let days: Vec<i32> = (1..=mails).map(|n| n * 8).collect();
        let asked = World::buying(200_000).touched("mail", &days).touched("call", &days).ask();
        assert!(asked.due.is_empty() && asked.ahead.is_empty(), "{mails} mails make no relationship");
        assert_eq!(asked.meet_first.len(), 1);
        assert_eq!(asked.meet_first[0].touches, 2 * mails as usize);
    }
    let met = World::buying(200_000).touched("visit", &[200]).touched("mail", &[190]).ask();
    assert!(met.meet_first.is_empty());
}

#[test]
fn a_touch_is_due_where_it_pays_and_not_where_it_does_not() {
    assert!(World::buying(400_000).touched("visit", &[120]).fades());
    // The same relationship where all that is at stake is less than a quarter of an hour.
    assert!(!World::buying(400).touched("visit", &[120]).fades());
    let resting = World::buying(400).touched("visit", &[120]).ask();
    assert_eq!((resting.resting, resting.due.len()), (1, 0));
}

#[test]
fn a_touch_puts_the_next_one_off_and_time_brings_it_back() {
    let before = World::buying(400_000).touched("visit", &[120]);
    let after = World::buying(400_000).touched("visit", &[120]).touched("call", &[0]);
    assert!(before.fades() && !after.fades());
    let later = after.ask_on(day(TODAY).plus(90)).due;
    assert!(later.iter().any(|due| due.why.contains(&Why::Fading)), "three months on it is due again");
}

#[test]
fn the_more_is_at_stake_the_sooner_it_is_due() {
    let due_in = |kronor: i64| {
        let world = World::buying(kronor).touched("visit", &[20]);
        (0..400).find(|ahead| {
            let asked = world.ask_on(day(TODAY).plus(*ahead));
            asked.due.iter().any(|due| due.why.contains(&Why::Fading))
        })
    };
    let (little, much) = (due_in(12_000).unwrap_or(400), due_in(600_000).unwrap());
    assert!(much < little, "{much} days for much, {little} for little: no fixed interval");
}

/// Strength by visits alone, in closed form.
fn strength(visits_ago: &[i32], until: i32) -> f64 {
    let (alpha, half) = (Model::default().build, Model::default().half_life_months);
    let mut all: Vec<i32> = visits_ago.to_vec();
    all.sort_by_key(|ago| -ago);
    let (mut r, mut at) = (0.0, i32::MIN);
    for ago in all {
        if at != i32::MIN {
            r *= 0.5_f64.powf(f64::from(at - ago) / (365.25 / 12.0) / half);
        }
        r = 1.0 - (1.0 - r) * (1.0 - alpha);
        at = ago;
    }
    r * 0.5_f64.powf(f64::from(at + until) / (365.25 / 12.0) / half)
}

#[test]
fn what_the_next_visit_needs_and_what_silence_leaves_are_the_model_s() {
    let visits = [400, 250, 130, 40];
    let due = World::buying(400_000).touched("visit", &visits).visit_in(120).due().unwrap();
    let holding = due.holding.unwrap();
    let (alpha, led_to) = (Model::default().build, strength(&visits, -40));
    assert!((holding.without.0 - strength(&visits, 120)).abs() < 1e-6, "{holding:?}");
    assert!((holding.needs.0 - (1.0 - (1.0 - led_to) / (1.0 - alpha))).abs() < 1e-9, "{holding:?}");
    assert!((due.strength.0 - strength(&visits, 0)).abs() < 1e-9);
    assert!(holding.with.0 > holding.without.0 && holding.until == day(TODAY).plus(120) && holding.visit);
}

#[test]
fn a_visit_that_needs_more_than_silence_leaves_makes_the_touch_due_sooner() {
    let (visits, call) = ([300, 200, 100, 30], [5]);
    let needy = World::buying(200_000).touched("visit", &visits).touched("call", &call).visit_in(140);
    let asked = needy.ask();
    let holding = asked.due.iter().chain(&asked.ahead).next().and_then(|due| due.holding).unwrap();
    let by_pace = day(TODAY).plus((30.4 / holding.pace).floor() as i32 - 5);
    assert!(holding.by_need && holding.due < by_pace, "{holding:?} and by the pace alone on {by_pace}");
    assert!(holding.without < holding.needs, "that is why");
}

#[test]
fn whoever_decided_that_nobody_is_touched_is_heeded() {
    let world = World::buying(400_000).touched("visit", &[120]).rule(Demand::TouchesAtMost(0.0));
    assert!(!world.fades());
    let asked_for = World::buying(3_000).touched("visit", &[120]).rule(Demand::TouchesAtLeast(2.0));
    assert!(asked_for.fades(), "decided, though it does not pay");
}

fn contract(ends_in: i32, number: &str, renews: &str) -> BusinessRecord {
    let contract = Contract {
        number: number.into(),
        ends: day(TODAY).plus(ends_in),
        annual_value: Some(Money::whole(90_000)),
        renews: renews.into(),
        begins: None,
    };
    BusinessRecord { partner: ONE, key: number.into(), what: Business::Contract(contract) }
}

#[test]
fn an_ending_contract_asks_once_and_a_renewed_one_does_not() {
    let world = |rows: Vec<BusinessRecord>, touched: i32| {
        let mut world = World::buying(400).touched("visit", &[120]).touched("call", &[touched]);
        world.business = rows;
        world.due().map(|due| due.why)
    };
    let asks = world(vec![contract(60, "A-1", "")], 100).unwrap();
    assert!(matches!(&asks[..], [Why::Contract { number, .. }] if number == "A-1"), "{asks:?}");
    assert_eq!(world(vec![contract(60, "A-1", "")], 5), None, "somebody called since it began to ask");
    assert_eq!(world(vec![contract(60, "A-1", ""), contract(500, "A-2", "A-1")], 100), None, "renewed");
    assert_eq!(world(vec![contract(-3, "A-1", "")], 100), None, "over");
}

#[test]
fn with_nobody_met_an_occasion_says_meet_first() {
    let mut world = World::buying(200_000);
    world.business = vec![contract(60, "A-1", "")];
    let asked = world.ask();
    assert!(asked.due.is_empty());
    assert!(matches!(&asked.meet_first[0].why[..], [Why::Contract { .. }]));
}

#[test]
fn a_quota_that_is_not_reached_names_those_with_room_and_a_relationship() {
    let mut world = World::buying(400).touched("visit", &[120]).touched("call", &[30]);
    let from = day(TODAY).month();
    world.facts.quotas.push(Quota { pam: PamId(1), from, months: 1, amount: Money::whole(10_000) });
    let goals = open_goals(&world.facts, day(TODAY));
    let has_room = goals[0].headroom > Money::ZERO;
    let why = world.due().map(|due| due.why).unwrap_or_default();
    let missing = Money::whole(10_000 - 400);
    let named = why.iter().any(|why| matches!(why, Why::Quota { missing: told, .. } if *told == missing));
    assert_eq!(named, has_room, "{why:?}");
    world.facts.quotas[0].amount = Money::whole(300);
    assert!(!world.due().map(|due| due.why).unwrap_or_default().iter().any(|why| matches!(why, Why::Quota { .. })));
}
