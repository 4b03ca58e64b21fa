//! The company's own panel: partners over months, from the facts. Zeros are kept, months are settled before they are used,
//! chains answer as one, and whoever cannot be compared is left out and listed.

mod panel;
mod visits;

use std::collections::BTreeMap;

use spelplan_facts::{DayRange, Month, PartnerId, Text};
use spelplan_panel::adoption::Adoption;

pub use panel::comparison;
pub(crate) use panel::{MONTHS, last_settled, measure, paths};

/// What is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Contribution margin.
    Margin,
    /// Revenue, because the margin of too much of it is not known.
    Revenue,
}

/// Whose first visits are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's who entered.
    Everybody,
    /// Those of one season.
    Season(DayRange),
}

/// A partner that is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Whom.
    pub partner: PartnerId,
    /// First month of the quarter of the first visit; none for those never visited.
    pub first: Option<Month>,
    /// Usual month of the base year, in units of money, after the floor.
    pub usual: f64,
    /// What of it counts: the usual month up to the cap.
    pub weight: f64,
}

/// Why a partner is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotCounted {
    /// Nothing was sold in the base year, or less than was returned.
    NoBaseYear,
    /// Visited in the base year or not long before: there is no time before the visits.
    VisitedFromStart,
    /// Visited too lately to have been followed long enough.
    TooRecent,
    /// Visited in another season than the one asked about.
    OtherSeason,
    /// Not visited, but others of its chain are.
    ChainVisited,
}

impl NotCounted {
    /// In words.
    pub fn text(self) -> Text {
        match self {
            NotCounted::NoBaseYear => Text { sv: "sålde inget under basåret", en: "sold nothing in the base year" },
            NotCounted::VisitedFromStart => Text {
                sv: "besöktes redan från början, så det finns ingen tid före besöken",
                en: "visited from the start, so there is no time before the visits",
            },
            NotCounted::TooRecent => Text {
                sv: "besöktes för nyligen för att ha följts länge nog",
                en: "visited too lately to have been followed long enough",
            },
            NotCounted::OtherSeason => Text { sv: "besöktes i en annan säsong", en: "visited in another season" },
            NotCounted::ChainVisited => {
                Text { sv: "obesökt, men andra i samma kedja besöks", en: "not visited, but others of its chain are" }
            }
        }
    }
}

/// The panel, and who is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Settled months, in order.
    pub months: Vec<Month>,
    /// What is explained.
    pub measure: Measure,
    /// Those counted, in the order of the panel's units.
    pub compared: Vec<Compared>,
    /// Those not counted.
    pub not_counted: Vec<(PartnerId, NotCounted)>,
    /// For the estimator: outcomes over the usual month, weights in money.
    pub panel: Adoption,
}

/// Why there is no panel at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// So many settled months; the base year and the horizon need more.
    Months {
        /// There are.
        settled: usize,
        /// Needed.
        needed: usize,
    },
    /// Nobody was first visited after the base year, early enough.
    Visited,
    /// Nobody is left to compare with.
    Unvisited,
}

impl Comparison {
    /// Those visited.
    pub fn treated(&self) -> impl Iterator<Item = &Compared> {
        self.compared.iter().filter(|one| one.first.is_some())
    }

    /// The month in which each visited partner entered.
    pub fn entered(&self) -> BTreeMap<PartnerId, Month> {
        self.treated().filter_map(|one| Some((one.partner, one.first?))).collect()
    }

    /// The same with only some of the visited, against the same controls.
    pub(crate) fn with_only(&self, chosen: impl Fn(PartnerId) -> bool) -> Comparison {
        let stays = |one: &Compared| one.first.is_none() || chosen(one.partner);
        let kept: Vec<usize> = (0..self.compared.len()).filter(|&at| stays(&self.compared[at])).collect();
        let width = self.panel.periods.len();
        let panel = Adoption {
            periods: self.panel.periods.clone(),
            first: kept.iter().map(|&at| self.panel.first[at]).collect(),
            outcomes: kept.iter().flat_map(|&at| &self.panel.outcomes[at * width..(at + 1) * width]).copied().collect(),
            weights: kept.iter().filter_map(|&at| self.panel.weights.get(at).copied()).collect(),
            clusters: kept.iter().filter_map(|&at| self.panel.clusters.get(at).copied()).collect(),
            covariates: kept.iter().filter_map(|&at| self.panel.covariates.get(at).cloned()).collect(),
        };
        let compared = kept.iter().map(|&at| self.compared[at]).collect();
        Comparison { compared, panel, months: self.months.clone(), not_counted: self.not_counted.clone(), ..*self }
    }

    /// Usual months of margin that the visited would have had since they entered, in money: what an effect is a part of.
    pub(crate) fn usual_since(&self) -> f64 {
        let after = |first: Month| self.months.iter().filter(|month| **month >= first).count() as f64;
        self.treated().filter_map(|one| Some(one.weight * after(one.first?))).sum()
    }

    /// How many are visited.
    pub fn n_treated(&self) -> usize {
        self.treated().count()
    }

    /// Treated whose usual month is larger than what counts of it.
    pub fn capped(&self) -> impl Iterator<Item = PartnerId> {
        self.treated().filter(|one| one.usual > one.weight).map(|one| one.partner)
    }

    /// How many are left out for that reason.
    pub fn n_not_counted(&self, why: NotCounted) -> usize {
        self.not_counted.iter().filter(|(_, other)| *other == why).count()
    }
}
