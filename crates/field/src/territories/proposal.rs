//! The proposals: the search under many mixtures, what nothing beats of it, and each of them counted out anew.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use spelplan_facts::{Band, Day, Facts, Minutes, Money, Share};
use spelplan_focus::OpenGoal;

use super::assignment::Assignment;
use super::front::{Front, MOST};
use super::ground::{Gathered, Ground, NONE, Prices, Spot};
use super::search::{Chance, search};
use super::weights::Weights;
use super::{Brings, Demand, Handover, Load, Proposal, Terms, Territories, small};

/// Three to seven assignments, today's first, of which none is better than another in driving, fairness and handovers at
/// once; fewer where there is nothing to choose between. `progress` hears of steps done and steps in all.
pub fn propose(
    facts: &Facts,
    goals: &[OpenGoal],
    demand: &Demand,
    terms: &Terms,
    today: Day,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Territories {
    let ground = Ground::new(facts, goals, demand, terms, today);
    let front = front(&ground, terms.seed, progress);
    let counting = Counting::new(&ground, goals, today);
    let all: Vec<Proposal> = front.0.iter().map(|(_, assignment)| counting.proposal(assignment)).collect();
    let worth: Vec<f64> = all.iter().map(|one| one.money.net.value.units()).collect();
    let mut chosen: Vec<Proposal> = front.spread(&worth, MOST).into_iter().map(|at| all[at].clone()).collect();
    let now = counting.today();
    chosen.retain(|one| !one.handovers.is_empty() || !one.first_pams.is_empty());
    chosen.sort_by(|one, other| other.money.net.value.cmp(&one.money.net.value).then(one.drive.cmp(&other.drive)));
    Territories {
        season: demand.season,
        seasons_year: demand.seasons_year,
        most_handovers: ground.most,
        unassigned: ground.spots.iter().filter(|spot| spot.today.is_none()).count(),
        out_of_reach: ground.out_of_reach,
        proposals: std::iter::once(now).chain(chosen).collect(),
    }
}

/// What nothing beats of all that the search finds.
pub(super) fn front(ground: &Ground, seed: u64, progress: &(dyn Fn(usize, usize) + Sync)) -> Front {
    let today = Assignment::today(ground);
    let mixtures = Weights::all(ground);
    let (done, total) = (AtomicUsize::new(0), mixtures.len());
    progress(0, total);
    let run = |(n, weights): (usize, &Weights)| {
        let mut chance = Chance(seed ^ (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let found = search(ground, today.clone(), weights, &mut chance);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        found
    };
    let found: Vec<Assignment> = mixtures.par_iter().enumerate().map(run).collect();
    let mut front = Front::default();
    std::iter::once(&today).chain(&found).for_each(|one| {
        front.offer(ground, one);
    });
    small::widen(ground, &mut front);
    front
}

/// Counts assignments out from their partners, without what the search kept on its way.
struct Counting<'a> {
    ground: &'a Ground<'a>,
    prices: Prices<'a>,
    /// Today's, with the partners that have nobody given to the nearest PAM: what others are held against.
    before: Counted,
}

/// Loads and travel of one assignment.
#[derive(Default)]
struct Counted {
    loads: Vec<Load>,
    minutes: Vec<f64>,
    km: f64,
    nights: f64,
}

impl<'a> Counting<'a> {
    fn new(ground: &'a Ground<'a>, goals: &'a [OpenGoal], today: Day) -> Counting<'a> {
        let prices = Prices::new(ground.facts, goals, today);
        let before = counted(ground, &Assignment::today(ground), |_| true);
        Counting { ground, prices, before }
    }

    /// Today's assignment as it is.
    fn today(&self) -> Proposal {
        let now = counted(self.ground, &Assignment::today(self.ground), |spot| spot.today.is_some());
        self.told(now, Vec::new(), Vec::new(), Brings::default())
    }

    fn proposal(&self, assignment: &Assignment) -> Proposal {
        let ground = self.ground;
        let id = |pam: usize| ground.facts.pams[pam].id;
        let (mut handovers, mut first_pams) = (Vec::new(), Vec::new());
        for (unit, &pam) in ground.units.iter().zip(&assignment.pams) {
            for &at in &unit.spots {
                let spot = &ground.spots[at];
                match spot.today {
                    Some(today) if today == pam => {}
                    Some(today) => handovers.push(self.prices.handover(spot.partner, id(today), id(pam))),
                    None => first_pams.push((spot.partner, id(pam))),
                }
            }
        }
        handovers.sort_by_key(|one: &Handover| one.partner);
        first_pams.sort_unstable();
        let now = counted(ground, assignment, |_| true);
        let money = self.brings(&now, &handovers);
        self.told(now, handovers, first_pams, money)
    }

    fn told(
        &self,
        now: Counted,
        handovers: Vec<Handover>,
        first_pams: Vec<(spelplan_facts::PartnerId, spelplan_facts::PamId)>,
        money: Brings,
    ) -> Proposal {
        let at_work = || now.loads.iter().filter(|load| load.available > Minutes::ZERO);
        let hours: f64 = at_work().map(|load| f64::from(load.available.0)).sum::<f64>().max(1.0);
        let weighed = |of: &dyn Fn(&Load) -> f64| {
            at_work().map(|load| f64::from(load.available.0) * of(load)).sum::<f64>() / hours
        };
        let mean = weighed(&|load| load.part().0);
        let spread = weighed(&|load| (load.part().0 - mean).powi(2)).max(0.0).sqrt();
        Proposal {
            drive: now.loads.iter().map(|load| load.drive).sum(),
            km: now.km,
            spread: Share(spread),
            largest: Share(at_work().map(|load| load.part().0).fold(0.0, f64::max)),
            handovers,
            first_pams,
            loads: now.loads,
            money,
        }
    }

    fn brings(&self, now: &Counted, handovers: &[Handover]) -> Brings {
        let (demand, settings) = (self.ground.demand, &self.ground.facts.settings);
        let seasons = demand.seasons_year as f64;
        let freed: Vec<f64> = self.before.minutes.iter().zip(&now.minutes).map(|(a, b)| (a - b) * seasons).collect();
        let values = demand.pams.iter().map(|pam| pam.hour_value.units() / 60.0);
        let hours: f64 = freed.iter().zip(values).map(|(minutes, value)| minutes * value).sum();
        let (km, nights) = ((self.before.km - now.km) * seasons, (self.before.nights - now.nights) * seasons);
        let travel = settings.km_cost * km + settings.night_cost * nights;
        let loss = |end: fn(&Band) -> Money| handovers.iter().map(|one| end(&one.loss) + one.hours).sum();
        let handovers = Band { low: loss(|it| it.low), value: loss(|it| it.value), high: loss(|it| it.high) };
        let hours = band(hours, demand.sure);
        Brings {
            freed: Minutes(freed.iter().sum::<f64>().round() as i32),
            hours,
            travel,
            handovers,
            net: Band {
                low: hours.low + travel - handovers.high,
                value: hours.value + travel - handovers.value,
                high: hours.high + travel - handovers.low,
            },
        }
    }
}

fn band(value: f64, (low, high): (f64, f64)) -> Band {
    let ends = [value * low, value * high];
    Band {
        low: Money::from_units(ends[0].min(ends[1]).min(value)),
        value: Money::from_units(value),
        high: Money::from_units(ends[0].max(ends[1]).max(value)),
    }
}

fn counted(ground: &Ground, assignment: &Assignment, counts: impl Fn(&Spot) -> bool) -> Counted {
    let load = |pam: &super::PamHours| Load {
        pam: pam.pam,
        partners: 0,
        visits: 0,
        visit_time: Minutes::ZERO,
        drive: Minutes::ZERO,
        available: pam.field_time,
    };
    let mut loads: Vec<Load> = ground.demand.pams.iter().map(load).collect();
    let mut gathered = vec![(0, Gathered::default()); ground.around.len()];
    for (unit, &pam) in ground.units.iter().zip(&assignment.pams) {
        for spot in unit.spots.iter().map(|&at| &ground.spots[at]).filter(|spot| counts(spot)) {
            loads[pam].partners += 1;
            loads[pam].visits += spot.visits as usize;
            loads[pam].visit_time += Minutes((spot.visits * spot.visit_time).round() as i32);
            gather(ground, &mut gathered, spot, pam);
        }
    }
    let mut minutes: Vec<f64> = loads.iter().map(|load| f64::from(load.visit_time.0)).collect();
    let mut drives = vec![0.0; loads.len()];
    let (mut km, mut nights) = (0.0, 0.0);
    for (pam, gathered) in &gathered {
        let driving = gathered.driving(&ground.facts.settings);
        drives[*pam] += driving.minutes;
        km += driving.km;
        nights += driving.nights;
    }
    for (n, load) in loads.iter_mut().enumerate() {
        load.drive = Minutes(drives[n].round() as i32);
        minutes[n] += drives[n];
    }
    Counted { loads, minutes, km, nights }
}

fn gather(ground: &Ground, gathered: &mut [(usize, Gathered)], spot: &Spot, pam: usize) {
    let Some(option) = spot.option(pam).filter(|option| option.place != NONE) else { return };
    let own = &mut gathered[option.place as usize];
    own.0 = pam;
    own.1.visits += spot.visits;
    own.1.way += spot.visits * option.way.time;
    own.1.km += spot.visits * option.way.km;
    own.1.visit_time += spot.visits * spot.visit_time;
    for &near in ground.around[option.place as usize].iter().filter(|near| **near != NONE) {
        gathered[near as usize].1.sharing += 1;
    }
}
