//! F6 and F7: hours, sums and the desk.

use spelplan_facts::{Minutes, Money, Share};

use crate::world;
use crate::{check, check_unsettled};

#[test]
fn f602_field_time_used_that_the_days_do_not_sum_to() {
    check_unsettled(&["F602"], |_, plan| plan.workloads[0].field_time_used.0 += 7);
}

#[test]
fn f603_a_pam_with_two_field_hours_a_week() {
    check(&["F603"], |facts, plan| {
        facts.pams[0].field_time_week = Some(Minutes::hours(2));
        plan.workloads[0].field_time = Minutes::hours(10);
    });
}

#[test]
fn f604_a_field_day_too_many() {
    check(&["F604"], |_, plan| plan.workloads[0].field_days = 21);
}

#[test]
fn f604_field_time_out_of_the_air() {
    check(&["F604"], |_, plan| plan.workloads[0].field_time.0 += 60);
}

#[test]
fn f605_digital_time_of_six_weeks_in_five() {
    check(&["F605"], |_, plan| plan.workloads[0].digital_time = Minutes(6 * 240));
}

#[test]
fn f606_more_digital_time_used_than_there_is() {
    check(&["F606"], |_, plan| plan.workloads[0].digital_time_used = Minutes(5 * 240 + 1));
}

#[test]
fn f607_travel_beyond_its_budget() {
    check(&["F607"], |_, plan| plan.settings.travel_budget = Some(Money::whole(1500)));
}

#[test]
fn f608_a_gain_larger_than_its_parts() {
    check_unsettled(&["F608"], |_, plan| plan.gain.value += Money::whole(1));
}

#[test]
fn f609_a_cost_without_its_nights() {
    check_unsettled(&["F609"], |_, plan| plan.cost -= plan.settings.night_cost);
}

#[test]
fn f610_a_gap_above_one() {
    check(&["F610"], |_, plan| plan.gap = Share(1.5));
}

#[test]
fn f610_a_gap_that_is_no_number() {
    check(&["F610"], |_, plan| plan.gap = Share(f64::NAN));
}

#[test]
fn f701_preparation_on_a_sunday() {
    check_unsettled(&["F701"], |_, plan| plan.desk[0].day = world::day("2026-02-01"));
}

#[test]
fn f701_preparation_on_epiphany() {
    check_unsettled(&["F701"], |_, plan| {
        plan.as_of = world::day("2026-01-02");
        plan.desk[0].day = world::day("2026-01-06");
    });
}

#[test]
fn f702_preparation_in_the_season() {
    check_unsettled(&["F702"], |_, plan| plan.desk[0].day = world::day("2026-02-06"));
}

#[test]
fn f702_preparation_before_anybody_planned() {
    check_unsettled(&["F702"], |_, plan| plan.desk[0].day = world::day("2026-01-09"));
}

#[test]
fn f703_a_long_day_at_the_desk() {
    check(&["F703"], |_, plan| plan.settings.desk_time_day = Minutes(200));
}

#[test]
fn f703_a_day_at_the_desk_that_busy_time_leaves_no_room_for() {
    check(&["F703"], |facts, plan| {
        let block = plan.desk[0];
        let (from, to) = (plan.settings.day_start, plan.settings.day_end + Minutes(-60));
        facts.busy.push(spelplan_facts::BusyBlock { pam: block.pam, day: block.day, from, to });
    });
}

#[test]
fn f704_preparation_cut_short() {
    check_unsettled(&["F704"], |_, plan| plan.desk[0].time.0 -= 5);
}

#[test]
fn preparation_may_be_short_where_there_are_no_days_for_it() {
    check_unsettled(&[], |_, plan| {
        plan.as_of = world::day("2026-01-30");
        plan.settings.desk_time_day = Minutes(180);
        plan.desk[0].time = Minutes(180);
    });
}

#[test]
fn f705_no_follow_up() {
    check_unsettled(&["F705"], |_, plan| plan.desk.truncate(1));
}
