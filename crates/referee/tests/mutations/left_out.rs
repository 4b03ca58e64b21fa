//! F8: who is visited, who is left out, and why.

use spelplan_facts::{LeftOutReason, PartnerId, PlannedVisit, SeasonPlan};

use crate::check;
use crate::world::{self, ALMUNGE, HALLSTAVIK, LOSING, UNOWNED, left_out};

#[test]
fn f801_a_partner_forgotten() {
    check(&["F801"], |_, plan| plan.left_out.retain(|left| left.partner != HALLSTAVIK));
}

#[test]
fn f802_a_visited_partner_left_out() {
    check(&["F802"], |_, plan| plan.left_out.insert(0, left_out(ALMUNGE, LeftOutReason::HoursGoElsewhere)));
}

#[test]
fn f803_a_partner_left_out_twice() {
    check(&["F803"], |_, plan| plan.left_out.insert(0, plan.left_out[0].clone()));
}

#[test]
fn f805_two_coverage_lines_for_one_partner() {
    check(&["F805"], |_, plan| plan.coverage.push(plan.coverage[0].clone()));
}

#[test]
fn f805_a_coverage_line_under_another_pam() {
    check(&["F805"], |_, plan| plan.coverage[0].pam = world::AWAY_PAM);
}

#[test]
fn f806_coverage_asks_for_nine_visits() {
    check(&["F806"], |_, plan| plan.coverage[0].visits = 9);
}

fn check_reason(partner: PartnerId, reason: LeftOutReason) {
    check(&["F804"], |_, plan| {
        plan.left_out.iter_mut().find(|left| left.partner == partner).unwrap().reason = reason;
    });
}

#[test]
fn f804_reasons_that_do_not_fit_an_ordinary_partner() {
    use LeftOutReason as R;
    let false_ones = [
        R::NoPam,
        R::PamWithoutHome,
        R::NoPlace,
        R::Inactive,
        R::VisitedRecently,
        R::VisitPlanned,
        R::AcrossWater,
        R::TooFar,
        R::ClosedAllSeason,
        R::PamAway,
    ];
    for reason in false_ones {
        check_reason(HALLSTAVIK, reason);
    }
}

#[test]
fn f804_hours_blamed_where_nobody_runs_the_partner() {
    for reason in [LeftOutReason::CostsMore, LeftOutReason::HoursGoElsewhere, LeftOutReason::NoDayFits] {
        check_reason(UNOWNED, reason);
    }
}

#[test]
fn f804_no_margin_where_everybody_earns() {
    check(&["F804"], |facts, _| {
        let sale = facts.sales.by_month.iter_mut().find(|sale| sale.partner == LOSING).unwrap();
        sale.margin = -sale.margin;
    });
}

#[test]
fn f804_visited_recently_although_days_remain() {
    check(&["F804"], |facts, _| crate::partner(facts, PartnerId(28)).closed.clear());
}

#[test]
fn f804_a_planned_visit_blamed_that_leaves_days_and_one_that_leaves_none() {
    let blamed = |plan: &mut SeasonPlan| {
        plan.left_out.iter_mut().find(|left| left.partner == HALLSTAVIK).unwrap().reason = LeftOutReason::VisitPlanned;
    };
    let planned = |day: &str| PlannedVisit { partner: HALLSTAVIK, day: world::day(day) };
    check(&["F804"], |facts, plan| {
        facts.planned = vec![planned("2026-01-30")];
        blamed(plan);
    });
    check(&[], |facts, plan| {
        facts.planned = vec![planned("2026-01-30"), planned("2026-02-19"), planned("2026-03-12")];
        blamed(plan);
    });
}
