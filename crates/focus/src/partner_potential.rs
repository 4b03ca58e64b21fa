//! Everything that is known about what each partner could buy: potential with and without people's figures, the parts
//! of it by category, the partner's whole purchases and our share of them.

use rayon::prelude::*;
use spelplan_facts::{Band, Day, Facts, Money, PartnerId};

use crate::category_potential::{Categories, CategoryPotential};
use crate::open_goals::PotentialSource;
use crate::potential::{Potential, Potentials};
use crate::sales_year::OwnSales;
use crate::wallet::{Wallet, wallets};

/// One partner's possibilities in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerPotential {
    /// Whose.
    pub partner: PartnerId,
    /// Net revenue of the twelve months that end with this one.
    pub sales_year: Money,
    /// What it could buy of us, as nobody but the figures say.
    pub estimate: Band,
    /// The same, weighed with a person's figure where one counts.
    pub potential: Band,
    /// What of the potential is not yet ours; never negative.
    pub headroom: Money,
    /// Where the potential comes from.
    pub source: PotentialSource,
    /// Its whole purchases and our share; `None` where it bought nothing of us and nobody has told.
    pub wallet: Option<Wallet>,
    /// The potential by category, largest first; the parts add up to it.
    pub categories: Vec<CategoryPotential>,
}

/// Every partner once, in the order of the facts. Knows nothing that happened after `today`.
pub fn potentials(facts: &Facts, today: Day) -> Vec<PartnerPotential> {
    let own: Vec<OwnSales> =
        facts.partners.par_iter().map(|partner| OwnSales::of(facts, partner.id, today.month())).collect();
    let buyers: Vec<usize> = (0..own.len()).filter(|&at| own[at].year > 0.0).collect();
    let ((all, categories), wallets) =
        rayon::join(|| (Potentials::of(facts, &own), Categories::of(facts, &buyers)), || wallets(facts, &own));
    let one = |(at, own): (usize, &OwnSales)| {
        let partner = &facts.partners[at];
        let potential = all.potential(partner, own);
        PartnerPotential {
            partner: partner.id,
            sales_year: Money::from_units(own.year),
            estimate: band(&all.estimate(partner, own)),
            potential: band(&potential),
            headroom: Money::from_units((potential.value - own.year.max(0.0)).max(0.0)),
            source: potential.source,
            wallet: wallets[at],
            categories: categories.parts(partner, potential.value),
        }
    };
    own.par_iter().enumerate().map(one).collect()
}

fn band(potential: &Potential) -> Band {
    let [low, value, high] = [potential.low, potential.value, potential.high].map(Money::from_units);
    Band { low, value, high }
}
