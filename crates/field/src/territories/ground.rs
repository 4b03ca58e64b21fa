//! The ground of the search: partners with their visits, PAMs with their hours, and which of them share a drive.

use std::collections::BTreeMap;

use spelplan_facts::{Day, Facts, Minutes, Money, PamId, Partner, PartnerId, Settings};
use spelplan_focus::{HandoverLosses, OpenGoal};

use super::candidates::{Roads, Way, candidates};
use super::{Demand, Handover, Terms};
use crate::drive::End;
use crate::efforts::{HOP, cell, visits_a_trip};

/// No neighbourhood.
pub(super) const NONE: u32 = u32::MAX;

/// Everything that stays as it is while partners change hands.
pub(super) struct Ground<'a> {
    pub(super) facts: &'a Facts,
    pub(super) demand: &'a Demand,
    /// Partners that take part, by id.
    pub(super) spots: Vec<Spot>,
    /// What changes hands as one.
    pub(super) units: Vec<Unit>,
    /// For each neighbourhood of a PAM, it and those around it that the PAM may have as well.
    pub(super) around: Vec<[u32; 9]>,
    /// Minutes of field time of each PAM; 0 where it takes no part.
    pub(super) available: Vec<f64>,
    /// Most handovers.
    pub(super) most: usize,
    /// All of that together, at least one minute.
    hours: f64,
    /// Partners without a PAM that nobody can take.
    pub(super) out_of_reach: usize,
}

/// A partner.
pub(super) struct Spot {
    pub(super) partner: PartnerId,
    /// Visits it asks for.
    pub(super) visits: f64,
    /// Minutes of one.
    pub(super) visit_time: f64,
    /// Who has it today.
    pub(super) today: Option<usize>,
    /// Who may have it.
    pub(super) options: Vec<SpotWay>,
}

/// A PAM that may have a partner.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpotWay {
    pub(super) way: Way,
    /// The neighbourhood there; [`NONE`] where the partner asks for no visits or nobody knows where it lies.
    pub(super) place: u32,
    /// What the handover costs, in money; 0 for the PAM it has.
    pub(super) price: f64,
}

/// A partner, or a chain's partners that one PAM has and keeps together.
pub(super) struct Unit {
    pub(super) spots: Vec<usize>,
    /// PAMs that may have all of it.
    pub(super) options: Vec<usize>,
    pub(super) today: Option<usize>,
}

impl Spot {
    pub(super) fn option(&self, pam: usize) -> Option<&SpotWay> {
        self.options.iter().find(|option| option.way.pam == pam)
    }
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        facts: &'a Facts,
        goals: &[OpenGoal],
        demand: &'a Demand,
        terms: &Terms,
        today: Day,
    ) -> Ground<'a> {
        let takes: Vec<bool> = facts
            .pams
            .iter()
            .zip(&demand.pams)
            .map(|(pam, hours)| pam.home.is_some() && hours.field_time > Minutes::ZERO)
            .collect();
        let available = demand.pams.iter().zip(&takes);
        let with_pam = facts.partners.iter().filter(|it| it.pam.is_some_and(|pam| facts.pam(pam).is_some())).count();
        let mut ground = Ground {
            facts,
            demand,
            spots: Vec::new(),
            units: Vec::new(),
            around: Vec::new(),
            available: available
                .map(|(hours, takes)| if *takes { f64::from(hours.field_time.0) } else { 0.0 })
                .collect(),
            most: (terms.cap.0.clamp(0.0, 1.0) * with_pam as f64).floor() as usize,
            hours: 1.0,
            out_of_reach: 0,
        };
        ground.hours = ground.available.iter().sum::<f64>().max(1.0);
        ground.add_spots(candidates(facts, &takes), terms, &takes);
        ground.price(goals, today);
        ground.join_neighbours();
        ground.join_chains();
        ground
    }

    /// Minutes of field time, all PAMs.
    pub(super) fn hours(&self) -> f64 {
        self.hours
    }

    fn add_spots(&mut self, candidates: Vec<Vec<Way>>, terms: &Terms, takes: &[bool]) {
        let facts = self.facts;
        let roads = Roads::of(facts);
        let pams: BTreeMap<PamId, usize> = facts.pams.iter().enumerate().map(|(n, pam)| (pam.id, n)).collect();
        for (partner, mut ways) in facts.partners.iter().zip(candidates) {
            let today = partner.pam.and_then(|pam| pams.get(&pam).copied());
            let visits = self.demand.visits.get(&partner.id).copied().unwrap_or(0);
            match today {
                None if partner.inactive => continue,
                None if ways.is_empty() => {
                    self.out_of_reach += 1;
                    continue;
                }
                // Without visits nothing tells the near ones apart: it goes to the nearest.
                None if visits == 0 => ways.truncate(1),
                None => {}
                Some(pam) => {
                    // Nothing is won by handing over a partner that nobody is to visit, unless its chain moves.
                    let idle = visits == 0 && partner.chain.is_empty();
                    let stays = terms.kept.contains(&partner.id) || idle || !takes[pam] || partner.place.is_none();
                    let own = ways.iter().find(|way| way.pam == pam).copied();
                    ways.retain(|way| way.pam != pam && !stays);
                    ways.insert(0, own.unwrap_or_else(|| own_way(facts, &roads, partner, pam)));
                }
            }
            let options = ways.into_iter().map(|way| SpotWay { way, place: NONE, price: 0.0 }).collect();
            let visit_time = f64::from(partner.visit_time.unwrap_or(facts.settings.visit_time).0);
            self.spots.push(Spot { partner: partner.id, visits: visits as f64, visit_time, today, options });
        }
    }

    /// What each handover would cost.
    fn price(&mut self, goals: &[OpenGoal], today: Day) {
        let prices = Prices::new(self.facts, goals, today);
        for spot in &mut self.spots {
            let Some(from) = spot.today else { continue };
            for option in spot.options.iter_mut().filter(|option| option.way.pam != from) {
                let pams = (self.facts.pams[from].id, self.facts.pams[option.way.pam].id);
                option.price = prices.handover(spot.partner, pams.0, pams.1).price().units();
            }
        }
    }

    /// Numbers the neighbourhoods that a PAM may have, and finds those around each.
    fn join_neighbours(&mut self) {
        let mut places: BTreeMap<(usize, (i32, i32)), u32> = BTreeMap::new();
        for spot in self.spots.iter_mut().filter(|spot| spot.visits > 0.0) {
            let Some(place) = self.facts.partner(spot.partner).and_then(|partner| partner.place) else { continue };
            let cell = cell(&place.point);
            for option in &mut spot.options {
                let next = places.len() as u32;
                option.place = *places.entry((option.way.pam, cell)).or_insert(next);
            }
        }
        self.around = vec![[NONE; 9]; places.len()];
        for (&(pam, (row, column)), &place) in &places {
            let cells = (-1..=1).flat_map(|up| (-1..=1).map(move |aside| (row + up, column + aside)));
            for (at, cell) in cells.enumerate() {
                self.around[place as usize][at] = places.get(&(pam, cell)).copied().unwrap_or(NONE);
            }
        }
    }

    /// Partners that may change hands; those of a chain that one PAM has do so together, or stay.
    fn join_chains(&mut self) {
        let mut chains: BTreeMap<&str, (Vec<usize>, bool)> = BTreeMap::new();
        let chain = |spot: &Spot| self.facts.partner(spot.partner).map_or("", |partner| partner.chain.as_str());
        for (at, spot) in self.spots.iter().enumerate().filter(|(_, spot)| !chain(spot).is_empty()) {
            let (members, together) = chains.entry(chain(spot)).or_insert((Vec::new(), true));
            *together &=
                spot.today.is_some() && members.first().is_none_or(|first| self.spots[*first].today == spot.today);
            members.push(at);
        }
        let kept: Vec<Vec<usize>> = chains.into_values().filter(|(_, together)| *together).map(|one| one.0).collect();
        let mut single = vec![true; self.spots.len()];
        kept.iter().flatten().for_each(|&at| single[at] = false);
        let alone = (0..self.spots.len()).filter(|&at| single[at]).map(|at| vec![at]);
        let units = alone.chain(kept.into_iter().filter(|members| !members.is_empty()));
        self.units = units.map(|spots| self.unit(spots)).collect();
    }

    fn unit(&self, spots: Vec<usize>) -> Unit {
        let all = |pam: &usize| spots.iter().all(|&at| self.spots[at].option(*pam).is_some());
        let options = self.spots[spots[0]].options.iter().map(|option| option.way.pam).filter(all).collect();
        Unit { today: self.spots[spots[0]].today, options, spots }
    }
}

/// The way to a partner that a PAM has today, even where there is none: by road, or nothing where either is unplaced.
fn own_way(facts: &Facts, roads: &Roads, partner: &Partner, pam: usize) -> Way {
    let there = partner.place.and_then(|place| roads.way(pam, &End::new(&facts.settings, place.point), true));
    there.unwrap_or(Way { pam, time: 0.0, km: 0.0 })
}

/// What handovers cost.
pub(super) struct Prices<'a> {
    losses: HandoverLosses<'a>,
    goals: BTreeMap<PartnerId, &'a OpenGoal>,
    hours: Money,
}

impl<'a> Prices<'a> {
    pub(super) fn new(facts: &'a Facts, goals: &'a [OpenGoal], today: Day) -> Prices<'a> {
        let settings = &facts.settings;
        Prices {
            losses: HandoverLosses::until(facts, today),
            goals: goals.iter().map(|goal| (goal.partner, goal)).collect(),
            hours: settings.hour_cost * (settings.preparation_time + settings.follow_up_time).as_hours(),
        }
    }

    pub(super) fn handover(&self, partner: PartnerId, from: PamId, to: PamId) -> Handover {
        let loss = self.goals.get(&partner).map(|goal| self.losses.loss(goal, from, to)).unwrap_or_default();
        Handover { partner, from, to, loss, hours: self.hours }
    }
}

/// Minutes, kilometres and nights of the drives to one neighbourhood.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Driving {
    pub(super) minutes: f64,
    pub(super) km: f64,
    pub(super) nights: f64,
}

/// Sums of a PAM's partners in one neighbourhood, each weighed by its visits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gathered {
    pub(super) visits: f64,
    pub(super) way: f64,
    pub(super) km: f64,
    pub(super) visit_time: f64,
    /// Partners here and around that share the drive.
    pub(super) sharing: i32,
}

impl Gathered {
    /// The way there and back divided by as many as a day or trip holds, and a hop between those.
    pub(super) fn driving(&self, settings: &Settings) -> Driving {
        if self.visits < 0.5 {
            return Driving::default();
        }
        let (trip, km) = (self.trip(settings), self.km / self.visits);
        let group = trip.group(self.sharing);
        let (trips, hops) = (self.visits / group, self.visits * (1.0 - 1.0 / group));
        Driving {
            minutes: trip.minutes(self.sharing),
            km: 2.0 * km * trips + HOP.km * hops,
            nights: trip.nights as f64 * trips,
        }
    }

    /// What of the driving does not hang on how many share it.
    pub(super) fn trip(&self, settings: &Settings) -> Trip {
        if self.visits < 0.5 {
            return Trip::default();
        }
        let (way, visit) = (self.way / self.visits, self.visit_time / self.visits);
        let day = f64::from((settings.day_end - settings.day_start).0);
        let in_a_day = 2.0 * way <= f64::from(settings.max_drive_day.0) && 2.0 * way + visit <= day;
        let nights = if in_a_day { 0 } else { settings.max_nights };
        let holds = visits_a_trip(settings, Minutes(way.round() as i32), Minutes(visit.round() as i32), nights);
        let hops = f64::from(HOP.time.0) * self.visits;
        Trip { hops, instead: 2.0 * self.way - hops, holds: holds as i32, nights }
    }
}

/// The trips to one neighbourhood, whoever shares them: kept, since a partner that comes or goes changes this in one
/// neighbourhood and only the sharing in the eight around.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Trip {
    /// Minutes if every visit were a hop.
    hops: f64,
    /// Minutes more if every visit were a way there and back instead.
    instead: f64,
    /// Visits that a day or trip holds; 0 where nobody is visited.
    holds: i32,
    nights: usize,
}

impl Trip {
    /// Visits that divide a way.
    fn group(&self, sharing: i32) -> f64 {
        f64::from(sharing.clamp(1, self.holds.max(1)))
    }

    /// Minutes of driving when so many share it.
    pub(super) fn minutes(&self, sharing: i32) -> f64 {
        self.hops + self.instead / self.group(sharing)
    }

    /// Minutes more when that many more share it.
    pub(super) fn minutes_more(&self, sharing: i32, more: i32) -> f64 {
        let (before, after) = (self.group(sharing), self.group(sharing + more));
        if before == after { 0.0 } else { self.instead * (1.0 / after - 1.0 / before) }
    }
}
