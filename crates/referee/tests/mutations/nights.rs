//! F5: nights away.

use spelplan_facts::{LeftOutReason, Night, Point};

use crate::world::{self, GAVLE, TIERP, left_out};
use crate::{check, day};

#[test]
fn f501_a_night_with_no_day_after_it() {
    check(&["F501"], |_, plan| {
        plan.days.remove(2);
        plan.left_out.insert(0, left_out(TIERP, LeftOutReason::NoDayFits));
    });
}

#[test]
fn f501_the_next_day_begins_at_home() {
    check(&["F501"], |facts, plan| {
        let day = day(plan, "2026-02-12");
        day.from = Night::Home;
        world::drive(facts, day);
    });
}

#[test]
fn f502_a_night_where_none_is_allowed() {
    check(&["F502"], |_, plan| plan.settings.max_nights = 0);
}

#[test]
fn f503_away_after_tuesday_where_tuesday_is_the_last() {
    check(&["F503"], |_, plan| plan.settings.home_by_weekday = 1);
}

#[test]
fn f504_a_night_in_the_woods() {
    check(&["F504"], |_, plan| {
        let Night::Away { near, point } = plan.days[1].to else { panic!("a night away") };
        let woods = Night::Away { near, point: Point { lat: point.lat + 0.0004, ..point } };
        plan.days[1].to = woods;
        plan.days[2].from = woods;
    });
}

#[test]
fn f505_a_day_that_begins_in_gavle_without_a_night_there() {
    check(&["F505"], |facts, plan| {
        let Night::Away { point, .. } = plan.days[1].to else { panic!("a night away") };
        let day = day(plan, "2026-02-24");
        day.from = Night::Away { near: GAVLE, point };
        day.stops[0] = world::stop(day.stops[0].partner, 11);
        world::drive(facts, day);
    });
}

#[test]
fn f506_two_days_weeks_apart_called_one_trip() {
    check(&["F506"], |_, plan| day(plan, "2026-03-03").trip = 0);
}
