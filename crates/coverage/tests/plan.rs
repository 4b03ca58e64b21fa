//! The coverage plan's promises: hours kept, everybody accounted for, reasons right, nothing for nothing.

use proptest::prelude::*;
use spelplan_coverage::{Budget, CoveragePlan, Effort, plan};
use spelplan_facts::{
    Band, CoverageRule, Day, DayRange, Demand, Facts, LeftOutReason, Minutes, Money, Pam, PamId, Parameter,
    ParameterName, Partner, PartnerId, RuleId, SegmentModel, Share, Touch, TouchId, TouchKind,
};
use spelplan_focus::{OpenGoal, PotentialSource, stock, treatment_gain};

/// Six weeks.
fn season() -> DayRange {
    DayRange::parse("2026-02-02..2026-03-13").expect("a season")
}

fn partner(id: i64, pam: i64) -> Partner {
    Partner {
        key: format!("P{id}"),
        name: format!("Partner {id}"),
        country: "SE".to_owned(),
        pam: (pam > 0).then_some(PamId(pam)),
        ..Partner::of(PartnerId(id))
    }
}

fn pam(id: i64) -> Pam {
    Pam {
        id: PamId(id),
        key: format!("A{id}"),
        name: format!("Pam {id}"),
        email: String::new(),
        street: String::new(),
        postal_code: String::new(),
        city: String::new(),
        country: "SE".to_owned(),
        home: None,
        manager: String::new(),
        field_time_week: None,
    }
}

fn band(value: f64) -> Band {
    Band { low: Money::from_units(value / 2.0), value: Money::from_units(value), high: Money::from_units(value * 2.0) }
}

/// A goal whose full relationship is worth that much margin a year, at that strength.
fn goal(id: i64, worth_year: f64, strength: f64) -> OpenGoal {
    let model = Facts::default().settings.model;
    let (decay, discount) = (stock::natural_decay(&model), stock::discount_month(&model));
    let first = worth_year * model.realised * model.build * (1.0 - strength) / (decay + discount) / 12.0;
    OpenGoal {
        partner: PartnerId(id),
        rank: id as usize,
        score: Money::ZERO,
        gains: [band(first), band(0.7 * first), band(0.5 * first)],
        at_stake: band(worth_year * (1.0 - strength)),
        worth_year: band(worth_year),
        sales_year: Money::ZERO,
        margin_share: Share(0.1),
        potential: Band::default(),
        headroom: Money::ZERO,
        strength: Share(strength),
        touches_month: 0.0,
        last_visit: None,
        why: Vec::new(),
        obstacle: None,
        potential_source: PotentialSource::ByRule,
    }
}

fn effort(id: i64, minutes: i32, cost: i64) -> Effort {
    Effort {
        partner: PartnerId(id),
        per_visit: Minutes(minutes),
        cost_per_visit: Money::whole(cost),
        obstacle: None,
        max_visits: 2,
    }
}

fn budget(pam: i64, field_hours: i32, digital_hours: i32) -> Budget {
    Budget { pam: PamId(pam), field_time: Minutes::hours(field_hours), digital_time: Minutes::hours(digital_hours) }
}

/// A small world of one PAM and the goals given.
#[derive(Debug)]
struct World {
    facts: Facts,
    goals: Vec<OpenGoal>,
    efforts: Vec<Effort>,
}

impl World {
    fn of(goals: Vec<OpenGoal>) -> World {
        let facts = Facts {
            partners: goals.iter().map(|goal| partner(goal.partner.0, 1)).collect(),
            pams: vec![pam(1)],
            ..Facts::default()
        };
        let efforts = goals.iter().map(|goal| effort(goal.partner.0, 120, 1500)).collect();
        World { facts, goals, efforts }
    }

    fn plan(&self, budgets: &[Budget]) -> CoveragePlan {
        plan(&self.facts, &self.goals, budgets, &self.efforts, season(), 1)
    }
}

fn reason(plan: &CoveragePlan, id: i64) -> Option<LeftOutReason> {
    plan.left_out.iter().find(|left| left.partner == PartnerId(id)).map(|left| left.reason)
}

fn visits(plan: &CoveragePlan, id: i64) -> usize {
    plan.lines.iter().find(|line| line.partner == PartnerId(id)).map_or(0, |line| line.visits)
}

/// What every plan must keep, whatever the world.
fn judge(world: &World, budgets: &[Budget], plan: &CoveragePlan) {
    let call = TouchKind::named("call").expect("calls").time;
    let months = f64::from(season().from.until(season().to) + 1) / stock::DAYS_A_MONTH;
    for budget in budgets {
        let lines = || plan.lines.iter().filter(|line| line.pam == budget.pam);
        let each =
            |id: PartnerId| world.efforts.iter().find(|effort| effort.partner == id).expect("an effort").per_visit.0;
        let field: i32 = lines().map(|line| line.visits as i32 * each(line.partner)).sum();
        let digital: f64 = lines().map(|line| (line.touches_month * months * f64::from(call.0)).ceil()).sum();
        assert!(field <= budget.field_time.0, "{field} field minutes of {}", budget.field_time.0);
        assert!(digital <= f64::from(budget.digital_time.0), "{digital} digital minutes of {}", budget.digital_time.0);
    }
    for goal in &world.goals {
        let line = plan.lines.iter().find(|line| line.partner == goal.partner);
        let left = plan.left_out.iter().filter(|left| left.partner == goal.partner).count();
        assert_eq!(left, usize::from(line.is_none_or(|line| line.visits == 0)), "{:?}", goal.partner);
        let Some(line) = line else { continue };
        assert!(line.visits > 0 || line.touches_month > 0.0);
        assert!(goal.obstacle.is_none() && line.gain.value > Money::ZERO);
        assert!(line.visits > 0 || goal.strength.0 > 0.0, "digital touches on nothing");
        let segment = world.facts.partner(goal.partner).map_or("", |partner| &partner.segment);
        let again =
            treatment_gain(&world.facts.settings.model_of(segment), goal, line.visits, line.touches_month, months);
        assert_eq!(line.gain, again);
    }
    assert!(plan.value >= Money::ZERO && plan.upper_bound >= plan.value && (0.0..=1.0).contains(&plan.gap.0));
    assert!(plan.lines.windows(2).all(|pair| pair[0].partner < pair[1].partner));
    assert!(plan.left_out.windows(2).all(|pair| pair[0].partner < pair[1].partner));
}

#[test]
fn the_most_valuable_partners_get_the_hours() {
    let world = World::of(vec![goal(1, 200_000.0, 0.0), goal(2, 40_000.0, 0.0), goal(3, 90_000.0, 0.0)]);
    let plan = world.plan(&[budget(1, 4, 0)]);
    judge(&world, &[budget(1, 4, 0)], &plan);
    assert_eq!((visits(&plan, 1), visits(&plan, 2), visits(&plan, 3)), (2, 0, 0));
    assert_eq!(reason(&plan, 3), Some(LeftOutReason::HoursGoElsewhere));
    assert!(plan.hour_values[0].1 > Money::ZERO);
}

#[test]
fn a_visit_that_does_not_pay_is_not_made_however_much_time_there_is() {
    let world = World::of(vec![goal(1, 5_000.0, 0.0)]);
    let plan = world.plan(&[budget(1, 400, 40)]);
    assert_eq!(reason(&plan, 1), Some(LeftOutReason::CostsMore));
    assert_eq!((plan.value, plan.hour_values[0].1), (Money::ZERO, Money::ZERO));
}

#[test]
fn the_first_reason_is_the_one_that_makes_visits_impossible() {
    let at_a_loss =
        OpenGoal { obstacle: Some(LeftOutReason::NoMargin), gains: [Band::default(); 3], ..goal(1, 0.0, 0.5) };
    let mut world =
        World::of(vec![at_a_loss, goal(2, 200_000.0, 0.0), goal(3, 200_000.0, 0.0), goal(4, 200_000.0, 0.0)]);
    world.efforts[1].obstacle = Some(LeftOutReason::TooFar);
    world.efforts[2].max_visits = 0;
    world.facts.partners[3].pam = None;
    let plan = world.plan(&[budget(1, 40, 8)]);
    judge(&world, &[budget(1, 40, 8)], &plan);
    let reasons = [1, 2, 3, 4].map(|id| reason(&plan, id));
    let expected =
        [LeftOutReason::NoMargin, LeftOutReason::TooFar, LeftOutReason::VisitedRecently, LeftOutReason::NoPam];
    assert_eq!(reasons, expected.map(Some));
    world.efforts[0].obstacle = Some(LeftOutReason::NoPlace);
    assert_eq!(reason(&world.plan(&[budget(1, 40, 8)]), 1), Some(LeftOutReason::NoPlace));
}

#[test]
fn a_pam_without_hours_of_its_own_is_away() {
    let world = World::of(vec![goal(1, 200_000.0, 0.0)]);
    assert_eq!(reason(&world.plan(&[]), 1), Some(LeftOutReason::PamAway));
}

#[test]
fn a_built_relationship_too_far_to_visit_is_kept_by_touches_and_stands_in_both_lists() {
    let mut world = World::of(vec![goal(1, 400_000.0, 0.6), goal(2, 400_000.0, 0.0)]);
    world.efforts.iter_mut().for_each(|effort| effort.obstacle = Some(LeftOutReason::TooFar));
    let plan = world.plan(&[budget(1, 40, 20)]);
    judge(&world, &[budget(1, 40, 20)], &plan);
    assert_eq!(plan.lines.len(), 1);
    assert!(plan.lines[0].partner == PartnerId(1) && plan.lines[0].visits == 0 && plan.lines[0].touches_month > 0.0);
    assert_eq!((reason(&plan, 1), reason(&plan, 2)), (Some(LeftOutReason::TooFar), Some(LeftOutReason::TooFar)));
}

/// A rule of the first of three equal partners, and the visits it then gets in a season of four hours.
fn check_rule(demand: Demand, within: Option<&str>, visited: &[&str], expected: usize) {
    let mut world = World::of(vec![goal(1, 60_000.0, 0.2), goal(2, 60_000.0, 0.2), goal(3, 60_000.0, 0.2)]);
    let within = within.map(|text| DayRange::parse(text).expect("days"));
    let (id, partner, on) = (RuleId(1), PartnerId(1), season().from.plus(-30));
    let rule =
        CoverageRule { id, partner, demand, within, by: String::new(), on, reason: String::new(), toss_up: None };
    world.facts.rules.push(rule);
    for (n, text) in visited.iter().enumerate() {
        let (day, kind) = (Day::parse(text).expect("a day"), TouchKind::named("visit").expect("visits"));
        world.facts.touches.push(Touch {
            id: TouchId(n as i64),
            day,
            partner,
            contact: None,
            pam: None,
            kind,
            quality: None,
        });
    }
    let plan = world.plan(&[budget(1, 4, 0)]);
    assert_eq!(visits(&plan, 1), expected, "{demand:?} within {within:?}");
    assert!(plan.upper_bound >= plan.value);
}

#[test]
fn rules_bind_a_season_too() {
    check_rule(Demand::VisitsAtMost(0), None, &[], 0);
    check_rule(Demand::Visits(2), Some("2026-02-02..2026-03-13"), &[], 2);
    check_rule(Demand::Visits(0), Some("2026-02-02..2026-03-13"), &[], 0);
    check_rule(Demand::NotOn(season()), None, &[], 0);
    check_rule(Demand::VisitsAtLeast(4), None, &["2025-06-01", "2025-09-01"], 2);
    check_rule(Demand::VisitsAtMost(2), None, &["2025-06-01", "2025-09-01"], 0);
    // A visit long ago counts for nothing, and there is no room for more than two.
    check_rule(Demand::VisitsAtLeast(4), None, &["2024-06-01"], 2);
}

#[test]
fn demands_beyond_the_hours_are_kept_as_far_as_they_pay() {
    let mut world = World::of(vec![goal(1, 60_000.0, 0.2), goal(2, 60_000.0, 0.2), goal(3, 60_000.0, 0.2)]);
    for id in 1..=3 {
        world.facts.rules.push(CoverageRule {
            id: RuleId(id),
            partner: PartnerId(id),
            demand: Demand::Visits(2),
            within: Some(season()),
            by: String::new(),
            on: season().from,
            reason: String::new(),
            toss_up: None,
        });
    }
    let plan = world.plan(&[budget(1, 9, 0)]);
    assert_eq!([1, 2, 3].map(|id| visits(&plan, id)).iter().filter(|visits| **visits == 2).count(), 2);
}

#[test]
fn what_touches_keep_is_counted_by_the_segment_s_own_half_life() {
    let kept = |half_life: f64| {
        let mut world = World::of(vec![goal(1, 400_000.0, 0.6)]);
        world.efforts[0].obstacle = Some(LeftOutReason::TooFar);
        let own = Parameter { value: half_life, ..Parameter::default_of(ParameterName::HalfLife) };
        world.facts.settings.segments = vec![SegmentModel { segment: String::new(), parameters: vec![own] }];
        let plan = world.plan(&[budget(1, 40, 20)]);
        judge(&world, &[budget(1, 40, 20)], &plan);
        plan.lines[0].gain.value
    };
    assert!(kept(6.0) > Money::ZERO && kept(12.0) != kept(6.0), "{:?} and {:?}", kept(6.0), kept(12.0));
}

#[test]
fn nobody_to_plan_for_is_a_plan() {
    let plan = World::of(vec![]).plan(&[budget(1, 10, 1)]);
    assert_eq!((plan.lines.len(), plan.left_out.len(), plan.value, plan.gap), (0, 0, Money::ZERO, Share(0.0)));
}

/// Goals of every kind over three PAMs and nobody.
fn any_world() -> impl Strategy<Value = World> {
    let one = (0.0..300_000.0_f64, 0.0..0.9_f64, 40..400_i32, 200..4000_i64, 0..4_i64, 0..8_usize, 0..4_usize);
    proptest::collection::vec(one, 1..40).prop_map(|drawn| {
        let mut world = World::of(vec![]);
        world.facts.pams = vec![pam(1), pam(2), pam(3)];
        for (n, (worth, strength, minutes, cost, pam, kind, most)) in drawn.into_iter().enumerate() {
            let id = n as i64 + 1;
            world.facts.partners.push(partner(id, pam));
            let built = if kind < 3 { 0.0 } else { strength };
            world.goals.push(match kind {
                0 => OpenGoal {
                    obstacle: Some(LeftOutReason::NoMargin),
                    gains: [Band::default(); 3],
                    ..goal(id, 0.0, built)
                },
                _ => goal(id, worth, built),
            });
            let obstacle = (kind == 1).then_some(LeftOutReason::AcrossWater);
            world.efforts.push(Effort { obstacle, max_visits: most, ..effort(id, minutes, cost) });
        }
        world
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn every_plan_keeps_its_promises(world in any_world(), field in 0..60_i32, digital in 0..12_i32) {
        let budgets = [budget(1, field, digital), budget(2, 2 * field, digital), budget(3, 5, 1)];
        let plan = world.plan(&budgets);
        judge(&world, &budgets, &plan);
    }

    #[test]
    fn more_hours_never_lower_the_value(world in any_world(), field in 0..60_i32, more in 0..30_i32) {
        let few = world.plan(&[budget(1, field, 4), budget(2, 10, 4), budget(3, 5, 1)]);
        let many = world.plan(&[budget(1, field + more, 4), budget(2, 10, 4), budget(3, 5, 1)]);
        prop_assert!(many.value >= few.value, "{:?} then {:?}", few.value, many.value);
        prop_assert!(many.upper_bound >= few.upper_bound);
    }

    #[test]
    fn order_and_threads_change_nothing(world in any_world()) {
        let budgets = [budget(1, 20, 4), budget(2, 10, 4), budget(3, 5, 1)];
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| world.plan(&budgets))
        };
        let one = with(1);
        prop_assert_eq!(&one, &with(2));
        let mut turned = World { facts: world.facts.clone(), goals: world.goals.clone(), efforts: world.efforts.clone() };
        turned.goals.reverse();
        turned.efforts.reverse();
        prop_assert_eq!(&one, &turned.plan(&budgets));
    }
}
