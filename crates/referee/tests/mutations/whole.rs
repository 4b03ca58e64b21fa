//! F1 and F2: the plan itself, and the days on the road.

use spelplan_facts::{
    Absence, Band, ContactId, CoverageLine, LeftOutReason, Minutes, Money, Night, PamId, PartnerId, Share, TimeOfDay,
    Workload,
};

use crate::world::{self, ALMUNGE, GAVLE, PAM, RIMBO, TIERP, VALLENTUNA, days, field_day, left_out};
use crate::{check, check_unsettled, day, move_vallentuna};

#[test]
fn f101_a_season_that_runs_backwards() {
    check(&["F101"], |_, plan| {
        for visited in [ALMUNGE, RIMBO, GAVLE, TIERP, VALLENTUNA] {
            plan.left_out.push(left_out(visited, LeftOutReason::HoursGoElsewhere));
        }
        plan.left_out.sort_by_key(|left| left.partner);
        plan.days.clear();
        plan.workloads.clear();
        plan.season = spelplan_facts::DayRange { from: plan.season.to, to: plan.season.from };
    });
}

#[test]
fn f102_a_model_that_is_no_number() {
    check(&["F102"], |_, plan| plan.settings.model.realised = f64::NAN);
}

#[test]
fn f102_a_slack_that_is_no_number_leaves_no_drive_long_enough() {
    check(&["F102", "F404"], |_, plan| plan.settings.drive_slack = Share(f64::NAN));
}

#[test]
fn f103_a_workload_of_nobody() {
    check(&["F103"], |_, plan| {
        let load = Workload { pam: PamId(77), field_time_used: Minutes::ZERO, ..plan.workloads[0].clone() };
        plan.workloads.push(load);
    });
}

#[test]
fn f104_coverage_of_an_unknown_partner() {
    check(&["F104"], |_, plan| {
        let line = CoverageLine { partner: PartnerId(999), ..plan.coverage[0].clone() };
        plan.coverage.push(line);
    });
}

#[test]
fn f105_a_contact_from_another_partner() {
    check(&["F105"], |_, plan| plan.days[0].stops[0].contact = Some(ContactId(2)));
}

#[test]
fn f106_a_negative_upper_bound() {
    check(&["F106"], |_, plan| plan.upper_bound = Money::whole(-1));
}

#[test]
fn f106_an_interval_upside_down() {
    check(&["F106"], |_, plan| {
        let gain = &mut plan.days[0].stops[0].gain;
        *gain = Band { low: gain.high, value: gain.value, high: gain.low };
    });
}

#[test]
fn f107_an_arrival_after_midnight_is_also_too_late() {
    check(&["F107", "F402"], |_, plan| plan.days[0].arrives = TimeOfDay::at(24, 1));
}

#[test]
fn f108_days_out_of_order() {
    check(&["F108"], |_, plan| plan.days.swap(0, 4));
}

#[test]
fn f201_a_day_after_the_season() {
    check(&["F201"], |_, plan| day(plan, "2026-03-03").day = world::day("2026-03-10"));
}

#[test]
fn f202_a_saturday_even_where_the_partner_is_open() {
    check(&["F202"], |_, plan| day(plan, "2026-03-03").day = world::day("2026-02-28"));
}

#[test]
fn f203_a_holiday_where_the_pam_lives() {
    check(&["F203"], |facts, plan| {
        facts.pams[0].country = "US".into();
        move_vallentuna(plan, "2026-02-16");
    });
}

#[test]
fn f204_a_day_the_pam_is_away() {
    check(&["F204"], |facts, _| {
        facts.absences.push(Absence { pam: PAM, days: days("2026-02-24..2026-02-24"), reason: String::new() });
    });
}

#[test]
fn f205_a_day_promised_in_another_plan() {
    check(&["F205"], |facts, _| facts.taken.push((PAM, world::day("2026-02-24"))));
}

#[test]
fn f206_two_days_in_a_week_that_allows_one() {
    check(&["F206"], |_, plan| {
        plan.settings.field_days_week = 1;
        plan.workloads[0].field_days = 5;
        plan.workloads[0].field_time = Minutes(5 * 630);
    });
}

#[test]
fn f207_two_field_days_on_one_date() {
    check(&["F207"], |facts, plan| {
        plan.days[0] = field_day(facts, "2026-02-03", 0, (Night::Home, Night::Home), &[(ALMUNGE, 10)]);
        plan.days.insert(1, field_day(facts, "2026-02-03", 4, (Night::Home, Night::Home), &[(RIMBO, 13)]));
    });
}

#[test]
fn f208_a_day_without_a_visit() {
    check(&["F208"], |facts, plan| {
        let mut empty = field_day(facts, "2026-02-25", 4, (Night::Home, Night::Home), &[(RIMBO, 13)]);
        empty.stops.clear();
        empty.last_leg = spelplan_facts::Leg::default();
        plan.days.insert(4, empty);
    });
}

#[test]
fn f601_no_workload_for_a_pam_on_the_road() {
    check_unsettled(&["F601"], |_, plan| plan.workloads.clear());
}
