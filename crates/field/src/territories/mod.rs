//! Territories: who runs which partner, proposed anew with less driving, fairer loads and few handovers.
//!
//! Each partner asks for so many visits in a season ([`demand`]), whoever runs it. A visit takes its own time and a share
//! of the way, which partners of one PAM in one neighbourhood divide between them, as in the coverage's efforts. Of all
//! assignments that keep the cap and the locks, those are proposed of which no other is better in driving, in fairness
//! and in what handovers cost at once. Leaves to others: on which day and road a partner is visited (the season plan).

mod assignment;
#[cfg(test)]
mod brute_force;
mod candidates;
mod demand;
mod front;
mod ground;
mod proposal;
mod search;
mod small;
mod weights;

use std::collections::BTreeSet;

use spelplan_facts::{Band, DayRange, Minutes, Money, PamId, PartnerId, Share};

pub use demand::{Demand, PamHours, demand};
pub use proposal::propose;

/// What a proposal must keep to.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Most partners that may change PAM, as a part of those that have one.
    pub cap: Share,
    /// Partners that stay with the PAM they have.
    pub kept: BTreeSet<PartnerId>,
    /// Seed of the search: same facts, demand and seed give the same proposals.
    pub seed: u64,
}

impl Default for Terms {
    /// At most one partner in ten changes PAM. An assumption that the page asks about, not a finding.
    fn default() -> Terms {
        Terms { cap: Share(0.10), kept: BTreeSet::new(), seed: 1 }
    }
}

/// The proposals, today's assignment first.
#[derive(Debug, Clone, PartialEq)]
pub struct Territories {
    /// The season whose visits are counted.
    pub season: DayRange,
    /// Such seasons in a year.
    pub seasons_year: usize,
    /// Most handovers that the cap allows.
    pub most_handovers: usize,
    /// Partners without a PAM that every proposal gives one; that is no handover.
    pub unassigned: usize,
    /// Partners without a PAM that get none: nobody knows where they lie, or no PAM can go there.
    pub out_of_reach: usize,
    /// The first is today's assignment; the others by what they bring, most first.
    pub proposals: Vec<Proposal>,
}

/// One assignment of partners to PAMs.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Driving in a season.
    pub drive: Minutes,
    /// Kilometres in a season.
    pub km: f64,
    /// How far the PAMs' loads lie from each other: the standard deviation of load over hours available.
    pub spread: Share,
    /// The largest load over hours available.
    pub largest: Share,
    /// Partners that change PAM, by id.
    pub handovers: Vec<Handover>,
    /// Partners that had none and get one, by id.
    pub first_pams: Vec<(PartnerId, PamId)>,
    /// Each PAM's load, in the facts' order.
    pub loads: Vec<Load>,
    /// In money, against today's assignment (with the partners that have nobody given to the nearest PAM).
    pub money: Brings,
}

/// A partner that changes PAM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    /// Whom it concerns.
    pub partner: PartnerId,
    /// Who has it today.
    pub from: PamId,
    /// Who would have it.
    pub to: PamId,
    /// Margin that is lost with what the relationship does not survive.
    pub loss: Band,
    /// Hours of the two PAMs for handing over: a preparation and a follow-up.
    pub hours: Money,
}

impl Handover {
    /// What it costs.
    pub fn price(&self) -> Money {
        self.loss.value + self.hours
    }
}

/// What a PAM would have to do in a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub pam: PamId,
    /// Partners it would run.
    pub partners: usize,
    /// Visits they ask for.
    pub visits: usize,
    /// Time of those visits.
    pub visit_time: Minutes,
    /// Driving to them.
    pub drive: Minutes,
    /// Field time there is.
    pub available: Minutes,
}

impl Load {
    /// The load as a part of the hours there are; nothing where there are none.
    pub fn part(&self) -> Share {
        match self.available.0 {
            0 => Share::ZERO,
            available => Share(f64::from((self.visit_time + self.drive).0) / f64::from(available)),
        }
    }
}

/// What a proposal brings in its first year, in money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Brings {
    /// Field time that is freed in a year, all PAMs.
    pub freed: Minutes,
    /// Each PAM's freed hours times the value of its field hour, a year.
    pub hours: Band,
    /// Kilometres and nights that are saved in a year.
    pub travel: Money,
    /// What the handovers cost, once.
    pub handovers: Band,
    /// The first two less the third.
    pub net: Band,
}
