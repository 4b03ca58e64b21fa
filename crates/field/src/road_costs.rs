//! What a visit to each partner costs on the routes that were laid: what its tour would save without it and, where it is
//! not visited, what the cheapest way past it would add.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_coverage::Effort;
use spelplan_facts::{Facts, FieldDay, Minutes, Money, Night, PamId, Partner, PartnerId, Stop};
use spelplan_tours::{Route, UNREACHABLE};

use crate::drive::{Drives, End};
use crate::openings::visit_time;
use crate::plan::Laid;
use crate::routes::{HOME, PamProblem};

/// A visit's minutes on the road, itself included, and money for kilometres and nights.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct RoadCost {
    pub(crate) minutes: f64,
    pub(crate) fares: f64,
}

/// The efforts, each moved half the way to what a visit costs on these routes. Where nothing is known it stays.
pub(crate) fn revised(facts: &Facts, efforts: &[Effort], laid: &Laid) -> Vec<Effort> {
    let costs = road_costs(facts, efforts, laid);
    let half_way = |effort: &Effort| {
        let Some(cost) = costs.get(&effort.partner) else { return *effort };
        let minutes = (f64::from(effort.per_visit.0) + cost.minutes) / 2.0;
        let money = facts.settings.hour_cost.units() * cost.minutes / 60.0 + cost.fares;
        Effort {
            per_visit: Minutes(minutes.ceil() as i32),
            cost_per_visit: Money::from_units((effort.cost_per_visit.units() + money) / 2.0),
            ..*effort
        }
    };
    efforts.iter().map(half_way).collect()
}

fn road_costs(facts: &Facts, efforts: &[Effort], laid: &Laid) -> BTreeMap<PartnerId, RoadCost> {
    let mut by_pam: BTreeMap<PamId, Vec<&Partner>> = BTreeMap::new();
    for effort in efforts.iter().filter(|effort| effort.obstacle.is_none()) {
        if let Some((pam, partner)) = facts.partner(effort.partner).and_then(|partner| Some((partner.pam?, partner))) {
            by_pam.entry(pam).or_default().push(partner);
        }
    }
    let both: Vec<_> = laid.problems.iter().zip(&laid.answers).collect();
    let of_pam = |(of, answer): (&PamProblem, &spelplan_tours::Answer)| {
        let mut costs = removal_costs(of, &answer.plan.routes);
        let left = by_pam.get(&of.pam.id).into_iter().flatten().filter(|partner| !costs.contains_key(&partner.id));
        let ways = Ways::of(facts, of, &answer.plan.routes);
        let added: Vec<_> = left.filter_map(|partner| Some((partner.id, ways.past(facts, partner)?))).collect();
        costs.extend(added);
        costs
    };
    both.into_par_iter().map(of_pam).reduce(BTreeMap::new, |mut all, own| {
        all.extend(own);
        all
    })
}

/// What each trip would save without a partner. What no single removal saves, as the way to where several lie, is shared
/// evenly, so that the visits' hours add up to the hours away: else coverage would promise more visits than the hours hold.
fn removal_costs(of: &PamProblem, routes: &[Route]) -> BTreeMap<PartnerId, RoadCost> {
    let mut sums: BTreeMap<usize, (usize, RoadCost)> = BTreeMap::new();
    for trip in routes.chunk_by(|day, _| day.sleeps.is_some()) {
        let mut rest = trip.iter().fold(RoadCost::default(), |sum, day| plus(sum, whole_day(of, day)));
        let mut own: Vec<(usize, RoadCost)> = trip.iter().flat_map(|day| saved(of, day)).collect();
        own.iter().for_each(|(_, saved)| {
            rest = RoadCost { minutes: rest.minutes - saved.minutes, fares: rest.fares - saved.fares }
        });
        let n = own.len().max(1) as f64;
        for (stop, saved) in own.drain(..) {
            let sum = sums.entry(stop).or_default();
            let share = RoadCost { minutes: rest.minutes / n, fares: rest.fares / n };
            *sum = (sum.0 + 1, plus(sum.1, plus(saved, share)));
        }
    }
    let mean = |(stop, (n, sum)): (usize, (usize, RoadCost))| {
        let each = RoadCost { minutes: sum.minutes / n as f64, fares: sum.fares / n as f64 };
        (of.partner_at(of.place_at(stop)), each)
    };
    sums.into_iter().map(mean).collect()
}

fn plus(one: RoadCost, other: RoadCost) -> RoadCost {
    RoadCost { minutes: one.minutes + other.minutes, fares: one.fares + other.fares }
}

fn whole_day(of: &PamProblem, day: &Route) -> RoadCost {
    RoadCost { minutes: f64::from(day.arrives - day.departs), fares: of.travel(day) }
}

/// What the day would save without each of its visits.
fn saved(of: &PamProblem, day: &Route) -> Vec<(usize, RoadCost)> {
    let places = of.places(day);
    let saves = |(visit, around): (&spelplan_tours::Visit, &[usize])| {
        let [before, there, after] = [around[0], around[1], around[2]];
        let straight = of.problem.leg(before, after);
        let straight = if straight >= UNREACHABLE { 0 } else { straight };
        let stay = of.problem.stops[visit.stop].stay;
        let driving = of.problem.leg(before, there) + of.problem.leg(there, after) - straight;
        let fare = |from, to| of.problem.fare(from, to);
        let fares = fare(before, there) + fare(there, after) - fare(before, after);
        (visit.stop, RoadCost { minutes: f64::from(stay + driving.max(0)), fares: fares.max(0.0) })
    };
    day.visits.iter().zip(places.windows(3)).map(saves).collect()
}

/// The drives of one PAM's routes, past which a partner could be reached.
pub(crate) struct Ways<'a> {
    drives: Drives<'a>,
    home: End,
    legs: Vec<(End, End)>,
}

impl<'a> Ways<'a> {
    fn of(facts: &'a Facts, of: &PamProblem, routes: &[Route]) -> Ways<'a> {
        let mut pairs: Vec<(usize, usize)> = routes
            .iter()
            .flat_map(|day| of.places(day).windows(2).map(|way| (way[0], way[1])).collect::<Vec<_>>())
            .filter(|(from, to)| from != to)
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let end = |place: usize| if place == HOME { of.home } else { of.candidates[place - 1].end };
        let legs = pairs.into_iter().map(|(from, to)| (end(from), end(to))).collect();
        Ways { drives: Drives::of(facts, of.pam.id), home: of.home, legs }
    }

    /// The drives of a stored plan's days; `None` where the PAM has no home.
    pub(crate) fn of_days(facts: &'a Facts, pam: PamId, days: &[&FieldDay]) -> Option<Ways<'a>> {
        let home = End::new(&facts.settings, facts.pam(pam)?.home?.point);
        let night = |night: Night| match night {
            Night::Home => Some(home),
            Night::Away { point, .. } => Some(End::new(&facts.settings, point)),
        };
        let stop = |stop: &Stop| Some(End::new(&facts.settings, facts.partner(stop.partner)?.place?.point));
        let mut legs = Vec::new();
        for day in days {
            let stops = day.stops.iter().map(stop);
            let ends: Vec<End> =
                std::iter::once(night(day.from)).chain(stops).chain([night(day.to)]).flatten().collect();
            legs.extend(ends.windows(2).map(|way| (way[0], way[1])));
        }
        Some(Ways { drives: Drives::of(facts, pam), home, legs })
    }

    /// A visit in passing, on whichever drive lies nearest, or on a day of its own where that is shorter or nothing is
    /// driven; `None` where neither fits into a day's driving.
    pub(crate) fn past(&self, facts: &Facts, partner: &Partner) -> Option<RoadCost> {
        let there = End::new(&facts.settings, partner.place?.point);
        let longest = facts.settings.max_drive_day;
        let way = |from: &End, to: &End| Some(self.drives.by_road(from, to)).filter(|leg| leg.time <= longest);
        let added = |(from, to): &(End, End)| {
            let (out, on, straight) = (way(from, &there)?, way(&there, to)?, self.drives.by_road(from, to));
            Some(((out.time + on.time - straight.time).max(Minutes(0)), (out.km + on.km - straight.km).max(0.0)))
        };
        let alone = || {
            let leg = way(&self.home, &there)?;
            Some((leg.time + leg.time, 2.0 * leg.km)).filter(|(time, _)| *time <= longest)
        };
        let near = self.legs.iter().filter_map(added).chain(alone()).min_by(|one, other| one.0.cmp(&other.0));
        near.map(|(driving, km)| RoadCost {
            minutes: f64::from((visit_time(&facts.settings, partner) + driving).0),
            fares: km * facts.settings.km_cost.units(),
        })
    }
}
