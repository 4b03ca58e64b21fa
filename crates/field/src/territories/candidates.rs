//! Which PAMs may run a partner at all: near enough, of its country or already at work there, with a home and hours.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use spelplan_facts::{Facts, Pam, Partner, Point};

use crate::drive::{Drives, End};
use crate::efforts::cell;

/// PAMs looked at for each neighbourhood, nearest first.
const LOOKED_AT: usize = 12;
/// PAMs kept for each partner.
const KEPT: usize = 8;

/// A PAM, as a place among the facts' PAMs, and the drive from its home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    pub(super) pam: usize,
    /// Minutes, one way.
    pub(super) time: f64,
    /// Kilometres, one way.
    pub(super) km: f64,
}

/// A neighbourhood and a country.
type Area<'a> = ((i32, i32), &'a str);

/// For each partner, in the facts' order, the PAMs that may take it, nearest first. `takes` says which PAMs may take
/// anything. Nobody where nobody knows where it lies, or it must not be visited.
pub(super) fn candidates(facts: &Facts, takes: &[bool]) -> Vec<Vec<Way>> {
    let roads = Roads::of(facts);
    let at_work = at_work(facts);
    let mut areas: BTreeMap<Area, Point> = BTreeMap::new();
    for partner in &facts.partners {
        if let Some(place) = partner.place {
            areas.entry((cell(&place.point), &partner.country)).or_insert(place.point);
        }
    }
    let areas: Vec<(Area, Point)> = areas.into_iter().collect();
    let near = |(area, point): &(Area, Point)| nearest(facts, &roads, takes, &at_work, area.1, *point);
    let near: Vec<Vec<usize>> = areas.par_iter().map(near).collect();
    let areas: BTreeMap<Area, Vec<usize>> = areas.iter().map(|area| area.0).zip(near).collect();
    let of = |partner: &Partner| match partner.place {
        Some(place) if !partner.inactive => {
            let near = &areas[&(cell(&place.point), partner.country.as_str())];
            reachable(&roads, &End::new(&facts.settings, place.point), near.iter().copied())
        }
        _ => Vec::new(),
    };
    facts.partners.par_iter().map(of).collect()
}

/// PAMs that may take a partner of that country there, nearest first as the crow flies.
fn nearest(
    facts: &Facts,
    roads: &Roads,
    takes: &[bool],
    at_work: &BTreeSet<(usize, &str)>,
    country: &str,
    point: Point,
) -> Vec<usize> {
    let end = End::new(&facts.settings, point);
    let fits = |n: &usize| takes[*n] && speaks(&facts.pams[*n], *n, country, at_work);
    let km = |n: usize| roads.homes[n].as_ref().map(|home| (home.crow_km(&end), n));
    let mut near: Vec<(f64, usize)> = (0..facts.pams.len()).filter(fits).filter_map(km).collect();
    near.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    near.into_iter().take(LOOKED_AT).map(|one| one.1).collect()
}

/// Each PAM's home and drives, looked up once.
pub(super) struct Roads<'a> {
    homes: Vec<Option<End>>,
    drives: Vec<Drives<'a>>,
}

impl<'a> Roads<'a> {
    pub(super) fn of(facts: &'a Facts) -> Roads<'a> {
        let home = |pam: &Pam| pam.home.map(|home| End::new(&facts.settings, home.point));
        Roads {
            homes: facts.pams.iter().map(home).collect(),
            drives: facts.pams.iter().map(|pam| Drives::unmeasured(facts, pam.id)).collect(),
        }
    }

    /// The drive there, where there is one; by road as if there were no water where `anyway`.
    pub(super) fn way(&self, pam: usize, to: &End, anyway: bool) -> Option<Way> {
        let home = self.homes[pam].as_ref()?;
        let drives = &self.drives[pam];
        let leg = drives.between(home, to).leg().or_else(|| anyway.then(|| drives.by_road(home, to)))?;
        Some(Way { pam, time: f64::from(leg.time.0), km: leg.km })
    }
}

fn reachable(roads: &Roads, end: &End, near: impl Iterator<Item = usize>) -> Vec<Way> {
    let mut ways: Vec<Way> = near.filter_map(|pam| roads.way(pam, end, false)).collect();
    ways.sort_by(|one, other| one.time.total_cmp(&other.time).then(one.pam.cmp(&other.pam)));
    ways.truncate(KEPT);
    ways
}

/// The countries in which each PAM runs a partner today.
fn at_work(facts: &Facts) -> BTreeSet<(usize, &str)> {
    let places: BTreeMap<_, usize> = facts.pams.iter().enumerate().map(|(n, pam)| (pam.id, n)).collect();
    let runs = |partner: &'_ Partner| places.get(&partner.pam?).copied();
    facts.partners.iter().filter_map(|partner| Some((runs(partner)?, partner.country.as_str()))).collect()
}

/// Languages and rules differ between countries: a PAM gets partners of its own, and of those where it works already.
fn speaks(pam: &Pam, n: usize, country: &str, at_work: &BTreeSet<(usize, &str)>) -> bool {
    pam.country.is_empty() || country.is_empty() || pam.country == country || at_work.contains(&(n, country))
}
