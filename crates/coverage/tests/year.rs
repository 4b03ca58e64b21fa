//! What a year's coverage promises: hours, money and rules kept, values that a judge of its own finds again, bounds
//! that hold, intervals that follow from worth.

mod company;

use company::{Company, day, effort, goal, judged_gain, partner, rule, seasons, today, visit};
use proptest::prelude::*;
use spelplan_coverage::year::{Ask, Refusal, YearBudget, YearPlan};
use spelplan_facts::{Demand, LeftOutReason, Minutes, Money, PamId, PartnerId, RuleId, Share, TouchKind};

const TRAVEL: f64 = 200.0;

/// What every plan must keep.
fn judge(company: &Company, ask: &Ask, plan: &YearPlan) {
    let call = f64::from(TouchKind::named("call").expect("calls").time.0);
    for budget in &ask.budgets {
        let own = || plan.lines.iter().filter(|line| line.pam == budget.pam);
        let minutes =
            |id: PartnerId| company.efforts.iter().find(|one| one.partner == id).expect("an effort").per_visit.0;
        for (season, room) in budget.field_time.iter().enumerate() {
            let used: i32 = own().map(|line| line.visits[season] as i32 * minutes(line.partner)).sum();
            assert!(used <= room.0, "{used} of {} minutes in season {season}", room.0);
        }
        let digital: f64 = own().map(|line| line.touches_month * 12.0 * call).sum();
        assert!(digital <= f64::from(budget.digital_time.0) + 1e-6, "{digital} digital minutes");
    }
    let (mut value, mut travel) = (0.0, 0.0);
    for line in &plan.lines {
        let goal = company.goals.iter().find(|goal| goal.partner == line.partner).expect("a goal");
        let gain = if goal.obstacle.is_some() {
            0.0
        } else {
            judged_gain(&company.facts, goal, &line.visits, line.touches_month)
        };
        let near = 1e-3 + 1e-6 * gain.abs();
        assert!(
            (line.gain.value.units() - gain).abs() < near,
            "{:?}: {} for {gain}",
            line.partner,
            line.gain.value.units()
        );
        assert!(
            line.visits_year() > 0 || line.gain.value.units() < near || goal.strength.0 > 0.0,
            "built by touches alone"
        );
        assert_eq!(line.interval_days.is_some(), line.visits_year() > 0);
        assert_eq!(line.left_out.is_some(), line.visits_year() == 0);
        travel += TRAVEL * line.visits_year() as f64;
        value += gain;
    }
    let hours = plan.field_time.as_hours() * ask.least_hour.units();
    let near = 1e-2 + 1e-6 * value.abs();
    assert!(
        (plan.value.units() - (value - travel - hours)).abs() < near,
        "{} for {}",
        plan.value.units(),
        value - travel
    );
    assert!((plan.travel.units() - travel).abs() < 1e-3);
    assert!(plan.upper_bound >= plan.value && plan.gap.0 >= 0.0);
    assert!(plan.lines.windows(2).all(|pair| pair[0].partner < pair[1].partner));
    assert_eq!(plan.lines.len() + plan.left_out.len(), company.goals.len());
    assert!(ask.money.is_none_or(|money| plan.travel <= money + Money(10)));
}

/// Every way to visit every partner, by exhaustion: small companies only, no digital time.
fn best_by_exhaustion(company: &Company, hours: i32) -> f64 {
    let n = company.seasons.len();
    let ways = 3_usize.pow(n as u32);
    let visits = |way: usize| -> Vec<usize> { (0..n).map(|season| way / 3_usize.pow(season as u32) % 3).collect() };
    let mut states = vec![(vec![0; n], 0.0_f64)];
    for goal in &company.goals {
        let mut next: Vec<(Vec<usize>, f64)> = Vec::new();
        for (used, value) in &states {
            for visits in (0..ways).map(visits) {
                let total: Vec<usize> = used.iter().zip(&visits).map(|(a, b)| a + b).collect();
                if total.iter().any(|count| *count as i32 * 2 > hours) {
                    continue;
                }
                let gain =
                    judged_gain(&company.facts, goal, &visits, 0.0) - TRAVEL * visits.iter().sum::<usize>() as f64;
                match next.iter_mut().find(|(known, _)| *known == total) {
                    Some((_, best)) => *best = best.max(value + gain),
                    None => next.push((total, value + gain)),
                }
            }
        }
        states = next;
    }
    states.into_iter().map(|(_, value)| value).fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn the_best_of_all_plans_is_found_and_no_plan_exceeds_the_bound() {
    for (n, worths) in
        [[90_000.0, 40_000.0, 65_000.0, 20_000.0], [5_000.0, 5_500.0, 300_000.0, 80_000.0]].into_iter().enumerate()
    {
        let goals =
            worths.iter().enumerate().map(|(at, worth)| goal(at as i64 + 1, *worth, 0.2 * (at % 3) as f64)).collect();
        let company = Company::of(goals, 3);
        for hours in [2, 4, 6, 10] {
            let ask = company.ask(hours, 0);
            let plan = company.programme().plan(&ask).expect("a plan");
            judge(&company, &ask, &plan);
            let best = best_by_exhaustion(&company, hours);
            assert!(
                plan.upper_bound.units() >= best - 1e-3,
                "company {n}, {hours} h: bound {:?} under {best}",
                plan.upper_bound
            );
            assert!(
                plan.value.units() >= best - 1e-3 - 1e-9 * best.abs(),
                "company {n}, {hours} h: {:?} for {best}",
                plan.value
            );
        }
    }
}

#[test]
fn the_interval_is_an_answer_that_shortens_as_worth_rises() {
    let interval = |worth: f64| {
        let mut goals: Vec<_> = (2..=12).map(|id| goal(id, 50_000.0, 0.3)).collect();
        goals.insert(0, goal(1, worth, 0.3));
        let company = Company::of(goals, 4);
        let plan = company.programme().plan(&company.ask(8, 0)).expect("a plan");
        plan.line(PartnerId(1)).expect("a line").interval_days.unwrap_or(9_999)
    };
    let intervals: Vec<i32> = [2_000.0, 30_000.0, 60_000.0, 200_000.0, 2_000_000.0].into_iter().map(interval).collect();
    assert!(intervals.windows(2).all(|pair| pair[0] >= pair[1]), "{intervals:?}");
    assert_eq!(*intervals.first().expect("five"), 9_999);
    assert!(intervals.windows(2).filter(|pair| pair[0] > pair[1]).count() >= 3, "{intervals:?}");
    assert_eq!(*intervals.last().expect("five"), 46);
}

#[test]
fn digital_touches_keep_what_is_built_and_never_build() {
    let mut company = Company::of(vec![goal(1, 400_000.0, 0.6), goal(2, 400_000.0, 0.0)], 4);
    company
        .efforts
        .iter_mut()
        .for_each(|effort| (effort.obstacle, effort.max_visits) = (Some(LeftOutReason::TooFar), 0));
    let ask = company.ask(40, 40);
    let plan = company.programme().plan(&ask).expect("a plan");
    judge(&company, &ask, &plan);
    let lines = [1, 2].map(|id| plan.line(PartnerId(id)).expect("a line"));
    assert!(lines[0].touches_month > 0.0 && lines[0].gain.value > Money::ZERO);
    assert_eq!((lines[1].touches_month, lines[1].gain.value), (0.0, Money::ZERO));
    assert_eq!(lines.map(|line| line.left_out), [Some(LeftOutReason::TooFar); 2]);
}

#[test]
fn a_video_that_builds_is_never_worse_and_builds_only_with_somebody_met() {
    let mut company = Company::of(vec![goal(1, 400_000.0, 0.3), goal(2, 400_000.0, 0.0)], 4);
    company
        .efforts
        .iter_mut()
        .for_each(|effort| (effort.obstacle, effort.max_visits) = (Some(LeftOutReason::TooFar), 0));
    let programme = company.programme();
    let plain = programme.plan(&company.ask(0, 40)).expect("a plan");
    let video = programme.plan(&Ask { video_build: Some(0.3), ..company.ask(0, 40) }).expect("a plan");
    assert!(video.value > plain.value && video.video_build == 0.3);
    let lines = [1, 2].map(|id| video.line(PartnerId(id)).expect("a line"));
    assert!(lines[0].videos_month == 1.0 && lines[1].gain.value == Money::ZERO);
}

/// Refused, and why.
fn check_refusal(company: &Company, ask: &Ask, expected: impl Fn(&Refusal) -> bool) {
    let refusal = company.programme().plan(ask).expect_err("a refusal");
    assert!(expected(&refusal), "{refusal:?}");
}

#[test]
fn what_cannot_stand_together_is_refused_by_name() {
    let company = Company::of(vec![goal(1, 50_000.0, 0.3), goal(2, 50_000.0, 0.3)], 2);
    let with = |rules, hours| Ask { rules, ..company.ask(hours, 0) };
    check_refusal(
        &company,
        &with(vec![rule(7, 1, Demand::VisitsAtLeast(5))], 40),
        |refusal| matches!(refusal, Refusal::Contradiction { partner: PartnerId(1), rules, .. } if *rules == [RuleId(7)]),
    );
    let both =
        vec![rule(7, 1, Demand::VisitsAtLeast(3)), rule(8, 1, Demand::VisitsAtMost(2)), rule(9, 2, Demand::Visits(1))];
    check_refusal(
        &company,
        &with(both, 40),
        |refusal| matches!(refusal, Refusal::Contradiction { partner: PartnerId(1), rules, .. } if *rules == [RuleId(7), RuleId(8)]),
    );
    let nowhere = vec![rule(7, 1, Demand::VisitsAtLeast(1))];
    check_refusal(
        &company,
        &with(nowhere, 0),
        |refusal| matches!(refusal, Refusal::TooLittle { rules, season: None, needed: Minutes(120), available: Minutes(0), .. } if *rules == [RuleId(7)]),
    );
    let twice = vec![rule(7, 1, Demand::Visits(4)), rule(8, 2, Demand::VisitsAtMost(4))];
    check_refusal(
        &company,
        &with(twice, 3),
        |refusal| matches!(refusal, Refusal::TooLittle { rules, pam: Some(PamId(1)), season: Some(_), needed: Minutes(240), available: Minutes(180) } if *rules == [RuleId(7)]),
    );
}

/// Rules of one partner among competitors; what its line must then be.
fn check_rules(rules: Vec<(Demand, Option<&str>)>, visits: impl Fn(&[usize]) -> bool, touches: impl Fn(f64) -> bool) {
    let mut company = Company::of((1..=6).map(|id| goal(id, 60_000.0, 0.3)).collect(), 4);
    company.facts.touches = vec![visit(1, 1, "2026-01-02")];
    let rules = rules.into_iter().enumerate().map(|(at, (demand, within))| {
        let within = within.map(|text| spelplan_facts::DayRange::parse(text).expect("days"));
        spelplan_facts::CoverageRule { within, ..rule(at as i64 + 1, 1, demand) }
    });
    let ask = Ask { rules: rules.collect(), ..company.ask(10, 60) };
    let plan = company.programme().plan(&ask).expect("a plan");
    judge(&company, &ask, &plan);
    let line = plan.line(PartnerId(1)).expect("a line");
    assert!(visits(&line.visits) && touches(line.touches_month), "{:?} {}", line.visits, line.touches_month);
    assert!(line.rules_cost.is_some_and(|cost| cost >= Money::ZERO));
    let free = company.programme().plan(&Ask { rules: Vec::new(), ..ask.clone() }).expect("a plan");
    assert!(free.upper_bound >= plan.value && free.line(PartnerId(1)).expect("a line").rules_cost.is_none());
}

#[test]
fn rules_are_kept() {
    let sum = |visits: &[usize]| visits.iter().sum::<usize>();
    let any = |_: f64| true;
    check_rules(vec![(Demand::VisitsAtLeast(7), None)], |visits| sum(visits) >= 7, any);
    check_rules(vec![(Demand::VisitsAtMost(1), None)], |visits| sum(visits) <= 1, any);
    check_rules(vec![(Demand::Visits(0), None)], |visits| sum(visits) == 0, any);
    check_rules(vec![(Demand::Visits(2), Some("2026-08-31..2026-10-02"))], |visits| visits[2] == 2, any);
    check_rules(
        vec![(Demand::VisitsAtMost(0), Some("2026-09-30..2026-11-02"))],
        |visits| visits[2] + visits[3] == 0,
        any,
    );
    // One visit of 2026 has been made already.
    check_rules(vec![(Demand::Visits(3), Some("2026-01-01..2026-12-31"))], |visits| sum(visits) == 2, any);
    let closed = seasons(1)[0];
    check_rules(
        vec![(Demand::NotOn(closed), None), (Demand::VisitsAtLeast(5), None)],
        |visits| visits[0] == 0 && sum(visits) >= 5,
        any,
    );
    check_rules(vec![(Demand::TouchesAtLeast(2.0), None)], |_| true, |touches| touches >= 2.0);
    check_rules(vec![(Demand::TouchesAtMost(0.5), None)], |_| true, |touches| touches == 0.0);
}

#[test]
fn what_a_rule_costs_is_the_difference_of_two_plans() {
    let company = Company::of((1..=6).map(|id| goal(id, 20_000.0 * id as f64, 0.3)).collect(), 2);
    let ask =
        Ask { rules: vec![rule(1, 1, Demand::Visits(4)), rule(2, 6, Demand::VisitsAtMost(1))], ..company.ask(8, 0) };
    let programme = company.programme();
    let with = programme.plan(&ask).expect("a plan").value;
    let without = programme.plan(&Ask { rules: vec![ask.rules[1].clone()], ..ask.clone() }).expect("a plan").value;
    let cost = programme.rule_cost(&ask, RuleId(1)).expect("a cost");
    assert!(cost == without - with && cost > Money::ZERO, "{cost:?}");
}

#[test]
fn the_present_pace_and_the_reasons_are_told() {
    let mut company = Company::of(
        vec![goal(1, 90_000.0, 0.3), goal(2, 900.0, 0.0), goal(3, 90_000.0, 0.0), goal(4, 90_000.0, 0.0)],
        2,
    );
    company.facts.partners[2].pam = None;
    company.facts.partners[3].pam = Some(PamId(9));
    company.facts.touches = vec![visit(1, 1, "2025-02-03"), visit(2, 1, "2025-11-03")];
    let call = TouchKind::named("call").expect("calls");
    company.facts.touches.extend((3..9).map(|id| spelplan_facts::Touch { kind: call, ..visit(id, 1, "2025-10-01") }));
    company.facts.touches.sort_by_key(|touch| (touch.day, touch.id));
    let plan = company.programme().plan(&company.ask(20, 0)).expect("a plan");
    let line = plan.line(PartnerId(1)).expect("a line");
    assert!(line.now.visits_year == 2.0 && (line.now.touches_month - 0.5).abs() < 1e-9, "{:?}", line.now);
    assert!(line.strength_proposed > line.strength_now && line.strength == Share(0.3));
    assert_eq!(plan.line(PartnerId(2)).expect("a line").left_out, Some(LeftOutReason::CostsMore));
    let outside: Vec<LeftOutReason> = plan.left_out.iter().map(|left| left.reason).collect();
    assert_eq!(outside, [LeftOutReason::NoPam, LeftOutReason::PamAway]);
}

/// Companies of every kind over two PAMs and nobody.
fn any_company() -> impl Strategy<Value = Company> {
    let one = (0.0..300_000.0_f64, 0.0..0.9_f64, 40..400_i32, 0..3_i64, 0..6_usize, 0..4_usize);
    (proptest::collection::vec(one, 1..16), 1..=4_usize).prop_map(|(drawn, n_seasons)| {
        let mut company = Company::of(Vec::new(), n_seasons);
        for (n, (worth, strength, minutes, pam, kind, most)) in drawn.into_iter().enumerate() {
            let id = n as i64 + 1;
            company.facts.partners.push(partner(id, pam));
            company.goals.push(goal(id, worth, if kind < 2 { 0.0 } else { strength }));
            let obstacle = (kind == 1).then_some(LeftOutReason::AcrossWater);
            let hours = Money::whole(650) * (f64::from(minutes) / 60.0);
            let cost_per_visit = hours + Money::from_units(TRAVEL);
            company.efforts.push(spelplan_coverage::Effort {
                per_visit: Minutes(minutes),
                cost_per_visit,
                obstacle,
                max_visits: if kind == 1 { 0 } else { most },
                ..effort(id)
            });
        }
        company
    })
}

fn two_pams(company: &Company, field: i32, digital: i32) -> Ask {
    let budget = |pam: i64, times: i32| YearBudget {
        pam: PamId(pam),
        field_time: vec![Minutes::hours(field * times); company.seasons.len()],
        digital_time: Minutes::hours(digital),
    };
    Ask::new(vec![budget(1, 1), budget(2, 2)], Vec::new())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn every_plan_keeps_its_promises(company in any_company(), field in 0..40_i32, digital in 0..40_i32, money in 0..20_000_i64) {
        let limit = (money % 3 == 0).then_some(Money::whole(money));
        let least_hour = if money % 2 == 0 { Money::ZERO } else { Money::whole(300) };
        let ask = Ask { money: limit, least_hour, ..two_pams(&company, field, digital) };
        let plan = company.programme().plan(&ask).expect("everybody may be left alone");
        judge(&company, &ask, &plan);
    }

    #[test]
    fn rules_are_kept_or_named(company in any_company(), field in 0..40_i32, demands in proptest::collection::vec((1..16_i64, 0..4_usize, 0..5_usize), 1..5)) {
        let demand = |kind, count| match kind {
            0 => Demand::VisitsAtLeast(count),
            1 => Demand::VisitsAtMost(count),
            2 => Demand::Visits(count),
            _ => Demand::TouchesAtMost(count as f64),
        };
        let rules: Vec<_> = demands.iter().enumerate().map(|(at, (id, kind, count))| rule(at as i64 + 1, *id, demand(*kind, *count))).collect();
        let ask = Ask { rules: rules.clone(), ..two_pams(&company, field, 10) };
        match company.programme().plan(&ask) {
            Ok(plan) => {
                judge(&company, &ask, &plan);
                for rule in rules {
                    let Some(line) = plan.line(rule.partner) else { continue };
                    let (fewest, most) = rule.visits();
                    prop_assert!((fewest..=most).contains(&line.visits_year()), "{rule:?}: {:?}", line.visits);
                    prop_assert!(line.touches_month <= rule.touches().1 && line.rules.contains(&rule.id));
                }
            }
            Err(Refusal::Contradiction { rules, partner, .. }) => {
                prop_assert!(!rules.is_empty() && rules.iter().all(|id| ask.rules.iter().any(|rule| rule.id == *id && rule.partner == partner)));
            }
            Err(Refusal::TooLittle { rules, needed, available, .. }) => {
                prop_assert!(!rules.is_empty() && needed > Minutes::ZERO, "{needed:?} of {available:?}");
            }
        }
    }

    #[test]
    fn more_hours_never_lower_what_can_be_had(company in any_company(), field in 0..30_i32, more in 0..20_i32) {
        let programme = company.programme();
        let few = programme.plan(&two_pams(&company, field, 10)).expect("a plan");
        let many = programme.plan(&two_pams(&company, field + more, 10)).expect("a plan");
        prop_assert!(many.upper_bound >= few.value);
        prop_assert!(many.value + Money(10) >= few.value - (many.upper_bound - many.value), "{:?} then {:?}", few.value, many.value);
    }

}

proptest! {
    // Each case is some eighty solves.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(8) })]

    #[test]
    fn order_and_threads_change_nothing(company in any_company()) {
        let ask = two_pams(&company, 12, 10);
        let with = |threads: usize, company: &Company| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| company.programme().answer(&ask).expect("an answer"))
        };
        let one = with(1, &company);
        prop_assert_eq!(&one, &with(2, &company));
        let mut turned = company.clone();
        turned.goals.reverse();
        turned.efforts.reverse();
        prop_assert_eq!(&one, &with(2, &turned));
    }
}

#[test]
fn nobody_to_plan_for_is_a_plan() {
    let company = Company::of(Vec::new(), 4);
    let answer = company.programme().answer(&company.ask(10, 10)).expect("an answer");
    assert_eq!((answer.plan.lines.len(), answer.plan.value, answer.frontier.points.len()), (0, Money::ZERO, 21));
    let none = Company::of(vec![goal(1, 1e5, 0.4)], 0);
    let plan = none.programme().plan(&none.ask(10, 10)).expect("a plan");
    assert!(plan.lines[0].touches_month > 0.0 && plan.lines[0].visits.is_empty());
    assert_eq!(today(), day("2026-01-05"));
}
