//! Which partners can be reached at all: within a day from home, or over a night at another partner's place.

use spelplan_facts::{LeftOutReason, Minutes, Settings};

use crate::drive::{Drive, Drives, End};

/// How far a partner is from home, and what stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// There, a visit and back in one day.
    InADay,
    /// Only with nights away.
    OverNights,
    /// Not at all.
    Not(LeftOutReason),
}

/// Where the visit is, with its length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub(crate) end: End,
    pub(crate) visit_time: Minutes,
}

/// How each of a PAM's partners can be reached. `nights` says whether any two days of the season can be joined.
pub(crate) fn reaches(
    settings: &Settings,
    drives: &Drives,
    home: &End,
    targets: &[Target],
    nights: bool,
) -> Vec<Reach> {
    let from_home: Vec<Drive> = targets.iter().map(|target| drives.between(home, &target.end)).collect();
    let in_a_day = |n: usize| from_home[n].leg().is_some_and(|leg| fits_a_day(settings, leg.time, &targets[n]));
    let near: Vec<usize> = (0..targets.len()).filter(|n| is_within_day(settings, from_home[*n])).collect();
    let reach = |n: usize| {
        if in_a_day(n) {
            return Reach::InADay;
        }
        let over = |&other: &usize| {
            other != n && joins(settings, drives, [&targets[n], &targets[other]], [from_home[n], from_home[other]])
        };
        if nights && settings.max_nights > 0 && near.iter().any(over) {
            return Reach::OverNights;
        }
        Reach::Not(reason(settings, drives, home, &targets[n].end))
    };
    (0..targets.len()).map(reach).collect()
}

/// Between places on one land that no day's driving joins, the distance is to blame; else it is the water.
fn reason(settings: &Settings, drives: &Drives, home: &End, target: &End) -> LeftOutReason {
    let one_land = home.mass().is_some() && home.mass() == target.mass();
    let far = drives.by_road(home, target).time > settings.max_drive_day;
    match drives.between(home, target) {
        Drive::AcrossWater if !(one_land && far) => LeftOutReason::AcrossWater,
        _ => LeftOutReason::TooFar,
    }
}

fn fits_a_day(settings: &Settings, leg: Minutes, target: &Target) -> bool {
    let both = leg + leg;
    both <= settings.max_drive_day && both + target.visit_time <= settings.day_end - settings.day_start
}

fn is_within_day(settings: &Settings, from_home: Drive) -> bool {
    from_home.leg().is_some_and(|leg| leg.time <= settings.max_drive_day)
}

/// Can one visit both on two days with a night between, or with one night more go on from the other and come back?
fn joins(settings: &Settings, drives: &Drives, [target, other]: [&Target; 2], [home, other_home]: [Drive; 2]) -> bool {
    let (Some(between), Some(other_home)) = (drives.between(&target.end, &other.end).leg(), other_home.leg()) else {
        return false;
    };
    let most = settings.max_drive_day;
    let (out, across) = (other_home.time, between.time);
    let home_again = home.leg().map(|leg| leg.time).filter(|time| *time <= most);
    let two_days = home_again.is_some_and(|home| out + across <= most || across + home <= most);
    two_days || (settings.max_nights > 1 && across <= most && out <= most)
}
