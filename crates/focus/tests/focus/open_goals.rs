//! The open goals: order, signs, obstacles, reasons, and that nothing after today is known.

use crate::world::{day, facts, months, partner, today, touch};
use proptest::prelude::*;
use spelplan_facts::{Facts, LeftOutReason, Money, Partner, PartnerId, Reason, Touch};
use spelplan_focus::{OpenGoal, PotentialSource, open_goals, treatment_gain};

fn goal_of(goals: &[OpenGoal], id: i64) -> &OpenGoal {
    goals.iter().find(|goal| goal.partner == PartnerId(id)).expect("a goal")
}

/// Eighty ordinary partners (ids from 100) that the ones in question stand among.
fn among_others(partners: Vec<Partner>, sales: Vec<spelplan_facts::MonthSale>, touches: Vec<Touch>) -> Facts {
    let others = 100..180_i64;
    let mut all = partners;
    all.extend(others.clone().map(|id| Partner { employees: Some(10 + id as u32 % 7), ..partner(id) }));
    let mut sold = sales;
    sold.extend(others.flat_map(|id| months(id, 30, 10_000.0 + 700.0 * (id * 37 % 23) as f64, 0.12)));
    facts(all, sold, touches)
}

#[test]
fn a_partner_sold_to_at_a_loss_is_no_goal_whatever_its_peers_earn() {
    let goals = open_goals(&among_others(vec![partner(1)], months(1, 12, 5000.0, -0.02), vec![]), today());
    let goal = goal_of(&goals, 1);
    assert_eq!(goal.obstacle, Some(LeftOutReason::NoMargin));
    assert!(goal.gains.iter().all(|gain| gain.high == Money::ZERO) && goal.at_stake.high == Money::ZERO);
    assert_eq!((goal.score, goal.why.len()), (Money::ZERO, 0));
    assert_eq!(treatment_gain(&Default::default(), goal, 2, 3.0, 2.0).high, Money::ZERO);
}

#[test]
fn a_partner_that_earns_nothing_is_no_goal() {
    let goals = open_goals(&among_others(vec![partner(1)], months(1, 12, 5000.0, 0.0), vec![]), today());
    // Zero margin on known revenue is known to be zero, not unknown.
    assert_eq!(goal_of(&goals, 1).obstacle, Some(LeftOutReason::NoMargin));
}

#[test]
fn margin_is_the_segment_s_where_a_partner_s_own_is_unknown() {
    let mut sales = months(1, 12, 5000.0, 0.0);
    sales.iter_mut().for_each(|sale| sale.revenue_with_margin = Money::ZERO);
    let goals = open_goals(&among_others(vec![partner(1)], sales, vec![]), today());
    let goal = goal_of(&goals, 1);
    assert_eq!(goal.obstacle, None);
    assert!((goal.margin_share.0 - 0.12).abs() < 1e-9);
}

#[test]
fn an_own_margin_on_little_revenue_is_drawn_to_the_segment_s() {
    let sales = [months(1, 1, 50.0, 0.9), months(2, 36, 200_000.0, 0.9)].concat();
    let goals = open_goals(&among_others(vec![partner(1), partner(2)], sales, vec![]), today());
    let (little, much) = (goal_of(&goals, 1).margin_share.0, goal_of(&goals, 2).margin_share.0);
    assert!(little < 0.85 && much > 0.85 && little < much, "{little} and {much}");
}

#[test]
fn an_inactive_partner_is_no_goal() {
    let gone = Partner { inactive: true, ..partner(1) };
    let goals = open_goals(&among_others(vec![gone], months(1, 12, 9000.0, 0.2), vec![]), today());
    assert_eq!(goal_of(&goals, 1).obstacle, Some(LeftOutReason::Inactive));
    assert_eq!(goal_of(&goals, 1).gains[0].value, Money::ZERO);
}

#[test]
fn a_partner_that_buys_all_its_own_sales_allow_and_was_never_met_has_no_headroom() {
    // It buys for 96,000 a year and sells for 100,000: the best year it could have is the one it has.
    let full = Partner { revenue: Some(Money::whole(100_000)), ..partner(1) };
    let goals = open_goals(&among_others(vec![full], months(1, 36, 8000.0, 0.2), vec![]), today());
    assert_eq!(goal_of(&goals, 1).obstacle, None, "a purchase above four fifths of its revenue is not believed");
    let full = Partner { revenue: Some(Money::whole(120_001)), ..partner(1) };
    let goals = open_goals(&among_others(vec![full], months(1, 36, 8000.0, 0.2), vec![]), today());
    assert!(goal_of(&goals, 1).headroom < Money::whole(1));
}

#[test]
fn a_well_kept_partner_far_above_its_look_alikes_is_still_worth_keeping() {
    let visits = (0..8).map(|n| Touch { day: today().plus(-90 * n - 80), ..touch(n.into(), 1, "visit", "2026-01-01") });
    let goals = open_goals(&among_others(vec![partner(1)], months(1, 36, 900_000.0, 0.2), visits.collect()), today());
    let goal = goal_of(&goals, 1);
    assert_eq!(goal.obstacle, None);
    assert!(goal.headroom.units() < 0.5 * goal.sales_year.units());
    assert!(goal.gains[0].value > Money::ZERO);
}

#[test]
fn one_that_never_bought_has_its_look_alikes_potential_times_their_habit_of_buying() {
    let strangers: Vec<Partner> = (1..=20).map(|id| Partner { employees: Some(12), ..partner(id) }).collect();
    let goals = open_goals(&among_others(strangers, months(50, 0, 0.0, 0.0), vec![]), today());
    let goal = goal_of(&goals, 1);
    assert!(matches!(goal.potential_source, PotentialSource::LookAlikes { peers: 80 }));
    let twin = goal_of(&goals, 100 + 2);
    assert!(goal.potential.value > Money::ZERO && goal.potential.value < twin.potential.value);
    assert_eq!(goal.obstacle, None);
    assert!((goal.margin_share.0 - 0.12).abs() < 1e-9);
}

#[test]
fn what_happens_after_today_is_not_known() {
    let past = among_others(vec![partner(1)], months(1, 12, 5000.0, 0.1), vec![touch(1, 1, "visit", "2026-02-01")]);
    let mut later = past.clone();
    later.touches.push(touch(2, 1, "visit", "2026-04-02"));
    later.sales.by_month.push(spelplan_facts::MonthSale {
        month: spelplan_facts::Month(today().month().0 + 1),
        ..months(179, 1, 9e6, 0.5)[0]
    });
    assert_eq!(open_goals(&past, today()), open_goals(&later, today()));
}

#[test]
fn reasons_carry_their_figures_strongest_first() {
    let big = Partner { employees: Some(500), ..partner(1) };
    let touches = vec![touch(1, 2, "visit", "2025-09-01")];
    let goals = open_goals(
        &among_others(
            vec![big, partner(2)],
            [months(1, 36, 9000.0, 0.3), months(2, 36, 3000.0, 0.12)].concat(),
            touches,
        ),
        today(),
    );
    let (never_met, fading) = (goal_of(&goals, 1), goal_of(&goals, 2));
    assert!(never_met.why.len() <= 3 && never_met.why.iter().any(|why| matches!(why, Reason::Unbuilt(_))));
    assert!(never_met.why.iter().any(|why| matches!(why, Reason::GoodMargin(share) if share.0 > 0.2)));
    assert!(fading.why.contains(&Reason::Fading(day("2025-09-01").until(today()))), "{:?}", fading.why);
    assert_eq!(fading.last_visit, Some(day("2025-09-01")));
}

#[test]
fn a_year_is_the_twelve_months_that_end_today() {
    let goals = open_goals(&among_others(vec![partner(1)], months(1, 30, 1000.0, 0.1), vec![]), today());
    assert_eq!(goal_of(&goals, 1).sales_year, Money::whole(12_000));
}

#[test]
fn no_facts_give_no_goals() {
    assert!(open_goals(&Facts::default(), today()).is_empty());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let facts = among_others(vec![partner(1)], months(1, 12, 5000.0, 0.1), vec![touch(1, 1, "visit", "2026-02-01")]);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| open_goals(&facts, today()))
    };
    assert_eq!(with(1), with(2));
}

/// A partner with sales at some margin, visits and calls, all drawn.
fn any_market() -> impl Strategy<Value = Facts> {
    let one = (0.0..50_000.0_f64, -0.1..0.4_f64, 0..37_i32, 0..4_usize, 0..10_usize, any::<bool>());
    proptest::collection::vec(one, 1..90).prop_map(|drawn| {
        let (mut partners, mut sales, mut touches) = (vec![], vec![], vec![]);
        for (n, (revenue, margin, bought, visits, calls, employees)) in drawn.into_iter().enumerate() {
            let id = n as i64 + 1;
            partners.push(Partner { employees: employees.then_some(n as u32), ..partner(id) });
            sales.extend(months(id, bought, revenue, margin));
            let on = |back: usize| today().plus(-((n * 13 + back * 41) as i32 % 500));
            touches.extend(
                (0..visits).map(|v| Touch { day: on(v), ..touch(id * 100 + v as i64, id, "visit", "2026-01-01") }),
            );
            touches.extend(
                (0..calls).map(|c| Touch { day: on(c), ..touch(id * 100 + 50 + c as i64, id, "call", "2026-01-01") }),
            );
        }
        facts(partners, sales, touches)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(80) })]

    #[test]
    fn every_goal_keeps_its_promises(facts in any_market()) {
        let goals = open_goals(&facts, today());
        prop_assert_eq!(goals.len(), facts.partners.len());
        for (n, goal) in goals.iter().enumerate() {
            prop_assert_eq!(goal.rank, n + 1);
            prop_assert!(n == 0 || (goals[n - 1].score, goal.partner) > (goal.score, goals[n - 1].partner));
            prop_assert!(goal.gains.windows(2).all(|pair| pair[0].value >= pair[1].value));
            prop_assert!(goal.gains.iter().all(|gain| Money::ZERO <= gain.low && gain.low <= gain.value && gain.value <= gain.high));
            prop_assert!(goal.potential.low <= goal.potential.value && goal.potential.value <= goal.potential.high);
            prop_assert!((0.0..=1.0).contains(&goal.strength.0) && goal.headroom >= Money::ZERO && goal.why.len() <= 3);
            let own: Money = facts.sales.months_of(goal.partner).iter().map(|sale| sale.margin).sum();
            let known: Money = facts.sales.months_of(goal.partner).iter().map(|sale| sale.revenue_with_margin).sum();
            let at_a_loss = known.0 > 0 && own.0 <= 0;
            prop_assert!(!(at_a_loss || goal.margin_share.0 <= 0.0) || goal.gains[0].high == Money::ZERO);
            prop_assert_eq!(goal.obstacle.is_some(), goal.gains[0].value == Money::ZERO);
        }
    }

    #[test]
    fn more_attention_never_gains_less(facts in any_market(), months in 0.5..4.0_f64) {
        let model = facts.settings.model;
        for goal in open_goals(&facts, today()) {
            for visits in 0..=3_usize {
                let at = |touches: f64| treatment_gain(&model, &goal, visits, touches, months).value;
                let of_visits: Money = goal.gains[..visits].iter().map(|gain| gain.value).sum();
                prop_assert!((at(0.0).0 - of_visits.0).abs() <= 1, "visits alone are the sum of the gains");
                prop_assert!(at(0.0) <= at(1.0) && at(1.0) <= at(3.0));
                if visits == 0 && goal.strength.0 == 0.0 {
                    prop_assert_eq!(at(3.0), Money::ZERO);
                }
            }
        }
    }
}
