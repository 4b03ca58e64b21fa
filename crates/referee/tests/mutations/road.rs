//! F4: each day on the road.

use spelplan_facts::{DriveSource, DriveTable, Ferry, Leg, Measured, Minutes, Point, Spot, TimeOfDay};

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

#[test]
fn f409_an_estimate_that_calls_itself_measured() {
    check(&["F409"], |_, plan| plan.days[0].stops[1].leg.source = DriveSource::Osrm);
}

/// Mariehamn by the ferry from Grisslehamn to Eckerö, which takes an hour and a half where somebody entered it.
fn by_ferry(codes: &[&str], entered: Option<i32>) {
    check(codes, |facts, plan| {
        let (grisslehamn, eckero) = (Point { lat: 60.10, lon: 18.81 }, Point { lat: 60.22, lon: 19.54 });
        let mariehamn = Point { lat: 60.10, lon: 19.94 };
        partner(facts, VALLENTUNA).place.as_mut().unwrap().point = mariehamn;
        plan.settings.max_drive_day = Minutes(480);
        plan.settings.ferries = (entered.iter())
            .map(|time| Ferry { name: "Eckerö".to_owned(), from: grisslehamn, to: eckero, time: Minutes(*time) })
            .collect();
        let home = facts.pam(world::PAM).unwrap().home.unwrap().point;
        let drive = |from, to| spelplan_referee::roads::estimate(&plan.settings, from, to);
        let (there, on) = (drive(home, grisslehamn), drive(eckero, mariehamn));
        let time = Minutes((there.minutes + 90 + on.minutes) as i32);
        let leg = Leg { time, km: there.km + on.km, source: DriveSource::Entered };
        let day = day(plan, "2026-02-24");
        (day.stops[0].leg, day.last_leg) = (leg, leg);
        day.departs = TimeOfDay::at(7, 30);
        day.stops[0].begins = day.departs + time;
        day.stops[0].ends = day.stops[0].begins + Minutes(60);
        day.arrives = day.stops[0].ends + time;
    });
}

#[test]
fn a_ferry_that_was_entered_is_driven_to_and_taken() {
    by_ferry(&[], Some(90));
}

#[test]
fn f404_f405_a_ferry_that_takes_longer_or_that_nobody_entered() {
    by_ferry(&["F404"], Some(95));
    // Without a ferry the way is the straight one, whose kilometres are others.
    by_ferry(&["F405", "F408"], None);
}

#[test]
fn f404_a_drive_shorter_than_a_map_measured_it() {
    check(&["F404", "F408", "F409"], |facts, plan| {
        let stop = &plan.days[0].stops[0];
        let home = facts.pam(world::PAM).unwrap().home.unwrap().point;
        let there = facts.partner(stop.partner).unwrap().place.unwrap().point;
        let measured = Measured::Drive { seconds: 3 * 3600, metres: 200_000 };
        facts.drives = DriveTable::new(DriveSource::Map, [((Spot::of(home), Spot::of(there)), measured)]);
    });
}
