//! F4: each day on the road.

use spelplan_facts::{Minutes, TimeOfDay};

use crate::world::{self, VALLENTUNA};
use crate::{check, day, partner};

#[test]
fn f401_a_departure_before_the_day_begins() {
    check(&["F401"], |_, plan| plan.days[0].departs = TimeOfDay::at(7, 29));
}

#[test]
fn f402_an_arrival_after_the_day_ends() {
    check(&["F402"], |_, plan| plan.days[0].arrives = TimeOfDay::at(18, 1));
}

#[test]
fn f403_a_visit_that_begins_before_the_pam_is_there() {
    check(&["F403"], |_, plan| {
        let [almunge, rimbo] = &mut plan.days[0].stops[..] else { panic!("two stops") };
        rimbo.begins = TimeOfDay(almunge.ends.0 + rimbo.leg.time.0 - 5);
        rimbo.ends = rimbo.begins + Minutes(60);
    });
}

#[test]
fn f403_an_arrival_before_the_last_drive_is_over() {
    check(&["F403"], |_, plan| plan.days[0].arrives = plan.days[0].stops[1].ends);
}

#[test]
fn f404_a_drive_shorter_than_any_car_makes_it() {
    check(&["F404"], |_, plan| plan.days[0].stops[1].leg.time.0 -= 2);
}

#[test]
fn f404_slack_left_out() {
    check(&["F404"], |_, plan| plan.settings.drive_slack = spelplan_facts::Share(0.30));
}

#[test]
fn f405_a_drive_to_mariehamn() {
    check(&["F405"], |facts, plan| {
        partner(facts, VALLENTUNA).place.as_mut().unwrap().point = spelplan_facts::Point { lat: 60.10, lon: 19.94 };
        world::drive(facts, day(plan, "2026-02-24"));
    });
}

#[test]
fn f406_more_driving_than_a_day_allows() {
    check(&["F406"], |_, plan| plan.settings.max_drive_day = Minutes(60));
}

#[test]
fn f407_more_visits_than_a_day_allows() {
    check(&["F407"], |_, plan| plan.settings.max_visits_day = 1);
}

#[test]
fn f408_kilometres_halved() {
    check(&["F408"], |_, plan| plan.days[1].stops[0].leg.km /= 2.0);
}
