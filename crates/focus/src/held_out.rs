//! How good the quantiles are on partners they were not fitted to: in five parts, each judged by a fit to the others.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_facts::{Day, Facts, Share};

use crate::look_alikes::{LEVELS, LookAlikes};
use crate::quantile::quantile;
use crate::sales_year::OwnSales;

/// Parts the partners are dealt into.
const PARTS: usize = 5;

/// Fewer buyers than this are not judged.
const FEWEST: usize = 60;

/// Segments with fewer held out say nothing by themselves.
const FEWEST_OF_SEGMENT: usize = 30;

/// How good the quantiles are on partners held out.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// Partners that bought in the year.
    pub partners: usize,
    /// The .7, .8 and .9 quantile.
    pub levels: [LevelCheck; 3],
    /// Segments of some size: name, partners, share of them below the .8 quantile.
    pub segments: Vec<(String, usize, Share)>,
}

/// One quantile, judged.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LevelCheck {
    /// What share should lie below.
    pub level: Share,
    /// What share does.
    pub below: Share,
    /// Mean pinball loss in logs of sales.
    pub loss: f64,
    /// The same of one quantile for all.
    pub loss_of_constant: f64,
    /// The same of one quantile for each segment.
    pub loss_of_segments: f64,
}

/// One partner held out: segment, log of sales, the three quantiles, and those of all and of its segment.
struct Judged<'a> {
    segment: &'a str,
    sold: f64,
    levels: [f64; 3],
    constant: [f64; 3],
    of_segment: [f64; 3],
}

/// Judges the quantiles of a year's sales; `None` where too few partners bought.
pub fn held_out(facts: &Facts, today: Day) -> Option<HeldOut> {
    let own: Vec<OwnSales> =
        facts.partners.par_iter().map(|partner| OwnSales::of(facts, partner.id, today.month())).collect();
    let buyers: Vec<usize> = (0..own.len()).filter(|&at| !facts.partners[at].inactive && own[at].year > 0.0).collect();
    (buyers.len() >= FEWEST).then_some(())?;
    let judged: Vec<Judged> =
        (0..PARTS).into_par_iter().flat_map_iter(|part| judge(facts, &own, &buyers, part)).collect();
    let levels = [0, 1, 2].map(|at| check(&judged, at));
    let mut segments: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for one in &judged {
        let counts = segments.entry(one.segment).or_default();
        *counts = (counts.0 + 1, counts.1 + usize::from(one.sold <= one.levels[1]));
    }
    let segments = segments.into_iter().filter(|(_, (all, _))| *all >= FEWEST_OF_SEGMENT);
    let segments = segments.map(|(name, (all, below))| (name.to_owned(), all, Share(below as f64 / all as f64)));
    Some(HeldOut { partners: judged.len(), levels, segments: segments.collect() })
}

fn judge<'a>(facts: &'a Facts, own: &[OwnSales], buyers: &[usize], part: usize) -> Vec<Judged<'a>> {
    let of_part = |held: bool| {
        let chosen = buyers.iter().enumerate().filter(move |(n, _)| (n % PARTS == part) == held);
        chosen.map(|(_, &at)| at).collect::<Vec<usize>>()
    };
    let (kept, out) = (of_part(false), of_part(true));
    let look_alikes = LookAlikes::fit(facts, own, &kept);
    let mut by_segment: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for &at in &kept {
        by_segment.entry(facts.partners[at].segment.as_str()).or_default().push(own[at].year.ln());
    }
    let all: Vec<f64> = by_segment.values().flatten().copied().collect();
    let constant = LEVELS.map(|level| quantile(&all, level));
    let one = |at: usize| {
        let partner = &facts.partners[at];
        let peers = by_segment.get(partner.segment.as_str()).filter(|peers| peers.len() >= PARTS);
        Judged {
            segment: &partner.segment,
            sold: own[at].year.ln(),
            levels: look_alikes.outside(partner, &own[at]),
            constant,
            of_segment: peers.map_or(constant, |peers| LEVELS.map(|level| quantile(peers, level))),
        }
    };
    out.into_iter().map(one).collect()
}

fn check(judged: &[Judged], at: usize) -> LevelCheck {
    let count = judged.len().max(1) as f64;
    let loss = |line: fn(&Judged) -> [f64; 3]| {
        let pinball = |one: &Judged| {
            let beyond = one.sold - line(one)[at];
            if beyond > 0.0 { LEVELS[at] * beyond } else { (LEVELS[at] - 1.0) * beyond }
        };
        judged.iter().map(pinball).sum::<f64>() / count
    };
    LevelCheck {
        level: Share(LEVELS[at]),
        below: Share(judged.iter().filter(|one| one.sold <= one.levels[at]).count() as f64 / count),
        loss: loss(|one| one.levels),
        loss_of_constant: loss(|one| one.constant),
        loss_of_segments: loss(|one| one.of_segment),
    }
}
