//! F3: each visit at its partner.

use spelplan_facts::{Band, LeftOutReason, Minutes, SeasonPlan, TimeOfDay, WeekHours};

use crate::world::{self, ALMUNGE, AWAY_PAM, RIMBO, VALLENTUNA, days, left_out, stop};
use crate::{check, day, move_vallentuna, partner};

/// A season of 23 weeks, from February into July; every week has at least four working days.
fn long_season(plan: &mut SeasonPlan) {
    plan.season = days("2026-02-02..2026-07-10");
    plan.workloads[0].field_days = 23 * 4;
    plan.workloads[0].field_time = Minutes(23 * 4 * 630);
    plan.workloads[0].digital_time = Minutes(23 * 240);
}

#[test]
fn f317_a_visit_while_the_pam_is_busy() {
    check(&["F317"], |facts, plan| {
        let (day, stop) = (&plan.days[0], &plan.days[0].stops[0]);
        let (pam, on) = (day.pam, day.day);
        let from = stop.ends + spelplan_facts::Minutes(-5);
        facts.busy.push(spelplan_facts::BusyBlock { pam, day: on, from, to: stop.ends + spelplan_facts::Minutes(30) });
    });
}

#[test]
fn busy_time_that_only_meets_a_visit_or_is_another_pams_is_no_fault() {
    check(&[], |facts, plan| {
        let (day, stop) = (&plan.days[0], &plan.days[0].stops[0]);
        let (pam, on) = (day.pam, day.day);
        let block = |pam, day, from, to| spelplan_facts::BusyBlock { pam, day, from, to };
        let early = spelplan_facts::TimeOfDay::at(0, 0);
        facts.busy.push(block(pam, on, early, stop.begins));
        facts.busy.push(block(pam, on, stop.ends, stop.ends + spelplan_facts::Minutes(1)));
        facts.busy.push(block(pam, on.plus(400), stop.begins, stop.ends));
        facts.busy.push(block(spelplan_facts::PamId(pam.0 + 1_000), on, stop.begins, stop.ends));
    });
}

#[test]
fn f301_a_partner_that_another_pam_runs() {
    check(&["F301"], |facts, plan| {
        partner(facts, VALLENTUNA).pam = Some(AWAY_PAM);
        plan.coverage.iter_mut().find(|line| line.partner == VALLENTUNA).unwrap().pam = AWAY_PAM;
    });
}

#[test]
fn f302_a_partner_without_place() {
    check(&["F302"], |facts, _| partner(facts, VALLENTUNA).place = None);
}

#[test]
fn f303_an_inactive_partner() {
    check(&["F303"], |facts, plan| {
        partner(facts, VALLENTUNA).inactive = true;
        plan.coverage.retain(|line| line.partner != VALLENTUNA);
    });
}

#[test]
fn f304_a_pam_without_home() {
    check(&["F304"], |facts, plan| {
        facts.pams[0].home = None;
        for left in &mut plan.left_out {
            if matches!(left.reason, LeftOutReason::HoursGoElsewhere | LeftOutReason::CostsMore) {
                left.reason = LeftOutReason::PamWithoutHome;
            }
        }
    });
}

#[test]
fn f305_a_visit_that_lasts_too_long() {
    check(&["F305"], |_, plan| {
        let day = day(plan, "2026-02-24");
        day.stops[0].ends = TimeOfDay::at(11, 10);
        day.arrives = TimeOfDay(day.arrives.0 + 10);
    });
}

#[test]
fn f305_a_visit_shorter_than_the_partner_wants() {
    check(&["F305"], |facts, _| partner(facts, VALLENTUNA).visit_time = Some(Minutes(90)));
}

#[test]
fn f306_a_holiday_in_the_partners_country_only() {
    check(&["F306"], |facts, plan| {
        partner(facts, VALLENTUNA).country = "US".into();
        move_vallentuna(plan, "2026-02-16");
    });
}

#[test]
fn f307_a_visit_in_week_28() {
    check(&["F307"], |_, plan| {
        long_season(plan);
        move_vallentuna(plan, "2026-07-07");
    });
}

#[test]
fn f308_a_day_the_partner_is_closed() {
    check(&["F308"], |facts, _| partner(facts, VALLENTUNA).closed = vec![days("2026-02-23..2026-02-24")]);
}

#[test]
fn f309_a_visit_before_the_doors_open() {
    check(&["F309"], |facts, _| partner(facts, VALLENTUNA).opening_hours = WeekHours::parse("Mon-Fri 10:15-16:00"));
}

#[test]
fn f309_a_visit_across_lunch() {
    check(&["F309"], |facts, _| {
        partner(facts, VALLENTUNA).opening_hours = WeekHours::parse("Mon-Fri 08:00-10:30,10:45-16:00");
    });
}

#[test]
fn f310_an_afternoon_visit_on_maundy_thursday() {
    check(&["F310"], |facts, plan| {
        long_season(plan);
        move_vallentuna(plan, "2026-04-02");
        let day = day(plan, "2026-04-02");
        day.stops[0] = stop(VALLENTUNA, 13);
        world::drive(facts, day);
    });
}

#[test]
fn f311_a_visit_without_gain() {
    check(&["F311"], |_, plan| day(plan, "2026-02-24").stops[0].gain = Band::default());
}

#[test]
fn f312_a_partner_that_sells_at_a_loss() {
    check(&["F312"], |facts, _| {
        let sale = facts.sales.by_month.iter_mut().find(|sale| sale.partner == VALLENTUNA).unwrap();
        sale.margin = -sale.margin;
    });
}

#[test]
fn f313_more_visits_than_a_season_allows() {
    check(&["F313"], |_, plan| {
        plan.settings.max_visits_season = 1;
        plan.coverage[0].visits = 1;
    });
}

#[test]
fn f314_two_visits_sixteen_days_apart() {
    check(&["F314"], |_, plan| {
        day(plan, "2026-03-03").day = world::day("2026-02-19");
        plan.days.sort_by_key(|day| day.day);
    });
}

#[test]
fn f315_a_visit_two_weeks_after_a_real_one() {
    check(&["F315"], |facts, _| facts.touches.push(world::visit("2026-01-20", ALMUNGE)));
}

#[test]
fn f318_a_visit_two_weeks_before_and_after_one_of_another_season_s_plan() {
    for other in ["2026-01-20", "2026-03-17"] {
        check(&["F318"], |facts, _| {
            facts.planned.push(spelplan_facts::PlannedVisit { partner: ALMUNGE, day: world::day(other) });
        });
    }
}

#[test]
fn f316_the_same_partner_twice_in_a_day() {
    check(&["F316"], |facts, plan| {
        plan.settings.max_visits_season = 3;
        plan.days[0].stops[1] = stop(ALMUNGE, 13);
        let mut day = plan.days[0].clone();
        world::drive(facts, &mut day);
        plan.days[0] = day;
        plan.left_out.insert(0, left_out(RIMBO, LeftOutReason::HoursGoElsewhere));
    });
}
