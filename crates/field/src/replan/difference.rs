//! What one version of a plan does otherwise than another: what moved, came in, fell out, and what that costs and brings.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{
    ArrangedPlan, Arrangements, Day, Fixedness, Minutes, Money, Night, PamId, PartnerId, SeasonPlan, TimeOfDay,
};

/// A visit with its day and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedVisit {
    /// At whose place.
    pub partner: PartnerId,
    /// By whom.
    pub pam: PamId,
    /// When.
    pub day: Day,
    /// It begins.
    pub begins: TimeOfDay,
    /// What it is expected to bring.
    pub gain: Money,
    /// How fixed it is, or was.
    pub fixedness: Fixedness,
}

/// What differs between two versions of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Visits on another day: from, to.
    pub moved: Vec<(PlacedVisit, PlacedVisit)>,
    /// Visits at another time of the same day: from, to.
    pub retimed: Vec<(PlacedVisit, PlacedVisit)>,
    /// Visits that came in.
    pub came_in: Vec<PlacedVisit>,
    /// Visits that fell out.
    pub fell_out: Vec<PlacedVisit>,
    /// Visits that became more or less fixed: before, now.
    pub fixed: Vec<(PlacedVisit, PlacedVisit)>,
    /// Minutes more on the road.
    pub minutes: Minutes,
    /// Nights more away.
    pub nights: i32,
    /// Kilometres more, whole ones.
    pub km: i32,
    /// Expected gain more.
    pub gain: Money,
    /// Cost more.
    pub cost: Money,
}

impl Difference {
    /// What it brings more above what it costs more.
    pub fn net(&self) -> Money {
        self.gain - self.cost
    }

    /// Nothing differs that anybody would see.
    pub fn is_empty(&self) -> bool {
        let none = [&self.moved, &self.retimed, &self.fixed].into_iter().all(Vec::is_empty);
        none && self.came_in.is_empty() && self.fell_out.is_empty()
    }
}

/// What the plan after does otherwise than the plan before.
pub fn difference(before: &ArrangedPlan, after: &ArrangedPlan) -> Difference {
    let (was, is) = (visits(before), visits(after));
    let mut found = Difference {
        minutes: minutes(&after.plan) - minutes(&before.plan),
        nights: nights(&after.plan) - nights(&before.plan),
        km: (km(&after.plan) - km(&before.plan)).round() as i32,
        gain: after.plan.gain.value - before.plan.gain.value,
        cost: after.plan.cost - before.plan.cost,
        ..Difference::default()
    };
    let partners: BTreeSet<PartnerId> = was.keys().chain(is.keys()).copied().collect();
    let none = Vec::new();
    for partner in partners {
        compare(was.get(&partner).unwrap_or(&none), is.get(&partner).unwrap_or(&none), &mut found);
    }
    found.moved.sort_by_key(|(from, _)| (from.day, from.begins));
    found.retimed.sort_by_key(|(from, _)| (from.day, from.begins));
    found.came_in.sort_by_key(|visit| (visit.day, visit.begins));
    found.fell_out.sort_by_key(|visit| (visit.day, visit.begins));
    found
}

/// Visits to one partner: those of the same day are the same, the others are paired in order.
fn compare(was: &[PlacedVisit], is: &[PlacedVisit], found: &mut Difference) {
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    for before in was {
        match is.iter().find(|after| after.day == before.day) {
            Some(after) if after.begins != before.begins => found.retimed.push((*before, *after)),
            Some(after) if after.fixedness != before.fixedness => found.fixed.push((*before, *after)),
            Some(_) => {}
            None => gone.push(*before),
        }
    }
    new.extend(is.iter().filter(|after| !was.iter().any(|before| before.day == after.day)).copied());
    let pairs = gone.len().min(new.len());
    found.moved.extend(gone.iter().copied().zip(new.iter().copied()));
    found.fell_out.extend(gone.drain(pairs..));
    found.came_in.extend(new.drain(pairs..));
}

fn visits(of: &ArrangedPlan) -> BTreeMap<PartnerId, Vec<PlacedVisit>> {
    let mut visits: BTreeMap<PartnerId, Vec<PlacedVisit>> = BTreeMap::new();
    for visit in placed(&of.plan, &of.arrangements) {
        visits.entry(visit.partner).or_default().push(visit);
    }
    for own in visits.values_mut() {
        own.sort_by_key(|visit| visit.day);
    }
    visits
}

fn placed(plan: &SeasonPlan, arrangements: &Arrangements) -> Vec<PlacedVisit> {
    let of_day = |day: &spelplan_facts::FieldDay| {
        let visit = |stop: &spelplan_facts::Stop| PlacedVisit {
            partner: stop.partner,
            pam: day.pam,
            day: day.day,
            begins: stop.begins,
            gain: stop.gain.value,
            fixedness: arrangements.of(stop.partner, day.day),
        };
        day.stops.iter().map(visit).collect::<Vec<_>>()
    };
    plan.days.iter().flat_map(of_day).collect()
}

fn minutes(plan: &SeasonPlan) -> Minutes {
    plan.days.iter().map(|day| day.arrives - day.departs).sum()
}

fn nights(plan: &SeasonPlan) -> i32 {
    plan.days.iter().filter(|day| day.to != Night::Home).count() as i32
}

fn km(plan: &SeasonPlan) -> f64 {
    plan.days.iter().map(|day| day.stops.iter().map(|stop| stop.leg.km).sum::<f64>() + day.last_leg.km).sum()
}
