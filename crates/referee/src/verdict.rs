//! What the referee found: every rule with how much it examined, and every fault with what, where and what to do.

use std::collections::BTreeMap;

use spelplan_facts::{Day, PamId, PartnerId, Text};

use crate::codes::{RULES, Rule};

/// The judgement of one plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Everything that is wrong, in the order of the rules.
    pub faults: Vec<Fault>,
    /// Every rule, with how many things it examined.
    pub checks: Vec<Check>,
}

impl Verdict {
    /// Is the plan without fault?
    pub fn passed(&self) -> bool {
        self.faults.is_empty()
    }
}

/// One rule, applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its stable code.
    pub code: &'static str,
    /// What it demands.
    pub title: Text,
    /// How many things it looked at.
    pub examined: usize,
    /// How many of them broke it.
    pub faults: usize,
}

/// One breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule's stable code.
    pub code: &'static str,
    /// Whose plan, where it is one PAM's.
    pub pam: Option<PamId>,
    /// When, where it is one day's.
    pub day: Option<Day>,
    /// Which partner, where it is one partner's.
    pub partner: Option<PartnerId>,
    /// What is wrong and what to do, in English.
    pub what: String,
    /// Vad som är fel och vad man gör åt det, på svenska.
    pub what_sv: String,
}

/// Where something is: whose, when, at which partner.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spot {
    pub pam: Option<PamId>,
    pub day: Option<Day>,
    pub partner: Option<PartnerId>,
}

impl Spot {
    /// Nowhere in particular: the plan as a whole.
    pub const PLAN: Spot = Spot { pam: None, day: None, partner: None };

    pub fn pam(pam: PamId) -> Spot {
        Spot { pam: Some(pam), ..Spot::PLAN }
    }

    pub fn partner(partner: PartnerId) -> Spot {
        Spot { partner: Some(partner), ..Spot::PLAN }
    }

    pub fn day(pam: PamId, day: Day) -> Spot {
        Spot { pam: Some(pam), day: Some(day), partner: None }
    }

    pub fn visit(pam: PamId, day: Day, partner: PartnerId) -> Spot {
        Spot { pam: Some(pam), day: Some(day), partner: Some(partner) }
    }
}

/// Keeps count while the rules are applied.
#[derive(Debug, Default)]
pub(crate) struct Protocol {
    examined: BTreeMap<&'static str, usize>,
    faults: Vec<Fault>,
}

impl Protocol {
    /// Examines one thing under a rule; where it does not hold, `what` tells it in English and Swedish.
    pub fn expect(&mut self, code: &'static str, holds: bool, spot: Spot, what: impl FnOnce() -> [String; 2]) {
        *self.examined.entry(code).or_default() += 1;
        if holds {
            return;
        }
        let [english, swedish] = what();
        let remedy = RULES.iter().find(|rule| rule.code == code).map(|rule| rule.remedy);
        let with = |text: String, remedy: Option<&'static str>| format!("{text}. {}", remedy.unwrap_or_default());
        self.faults.push(Fault {
            code,
            pam: spot.pam,
            day: spot.day,
            partner: spot.partner,
            what: with(english, remedy.map(|text| text.en)),
            what_sv: with(swedish, remedy.map(|text| text.sv)),
        });
    }

    /// Closes the protocol.
    pub fn verdict(self) -> Verdict {
        let check = |rule: &Rule| Check {
            code: rule.code,
            title: rule.title,
            examined: self.examined.get(rule.code).copied().unwrap_or(0),
            faults: self.faults.iter().filter(|fault| fault.code == rule.code).count(),
        };
        let checks = RULES.iter().map(check).collect();
        let mut faults = self.faults;
        faults.sort_by_key(|fault| fault.code);
        Verdict { faults, checks }
    }
}
