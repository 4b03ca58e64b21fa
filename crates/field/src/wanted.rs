//! Which drives a plan may want to know, so that a map is asked for them all at once.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{Facts, PamId, Point, Spot};
use spelplan_focus::OpenGoal;

use crate::drive::{Drives, End};
use crate::routes::MOST_CANDIDATES;

/// From each place to those that one may drive to from it in a day, PAM by PAM: home, ports, and the partners most worth a
/// visit. Nobody drives from one PAM's partner to another's.
pub fn wanted_drives(facts: &Facts, goals: &[OpenGoal]) -> Vec<(Spot, Vec<Spot>)> {
    let mut places: BTreeMap<PamId, Vec<Point>> = BTreeMap::new();
    let mut useful: Vec<&OpenGoal> = goals.iter().filter(|goal| goal.obstacle.is_none()).collect();
    useful.sort_by(|one, other| {
        let worth = |goal: &OpenGoal| goal.gains[0].value;
        worth(other).cmp(&worth(one)).then(one.partner.cmp(&other.partner))
    });
    for goal in useful {
        let partner = facts.partner(goal.partner).filter(|partner| !partner.inactive);
        let Some((pam, place)) = partner.and_then(|partner| partner.pam.zip(partner.place)) else { continue };
        let own = places.entry(pam).or_default();
        if own.len() < MOST_CANDIDATES {
            own.push(place.point);
        }
    }
    let mut wanted: BTreeMap<Spot, BTreeSet<Spot>> = BTreeMap::new();
    for (pam, mut points) in places {
        let Some(home) = facts.pam(pam).and_then(|pam| pam.home) else { continue };
        points.push(home.point);
        points.extend(facts.settings.ferries.iter().flat_map(|ferry| [ferry.from, ferry.to]));
        add(facts, &points, &mut wanted);
    }
    wanted.into_iter().map(|(from, to)| (from, to.into_iter().collect())).collect()
}

fn add(facts: &Facts, points: &[Point], wanted: &mut BTreeMap<Spot, BTreeSet<Spot>>) {
    let drives = Drives::estimated(&facts.settings);
    let ends: Vec<End> = points.iter().map(|point| End::new(&facts.settings, *point)).collect();
    for (from, one) in ends.iter().zip(points) {
        for (to, other) in ends.iter().zip(points) {
            let (here, there) = (Spot::of(*one), Spot::of(*other));
            if here != there && drives.by_road(from, to).time <= facts.settings.max_drive_day {
                wanted.entry(here).or_default().insert(there);
            }
        }
    }
}
