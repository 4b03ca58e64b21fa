//! The part of a partner's page about its potential: share of wallet, categories, people's own figures.

use askama::Template;
use spelplan_app::PotentialWord;
use spelplan_app::potential::PossiblePartner;
use spelplan_facts::{Money, PartnerId};

use super::blind::sure;
use super::view::{share_words, source_words};
use crate::tongue::Tongue;

/// Categories listed.
const CATEGORIES: usize = 8;

/// The part.
#[derive(Template)]
#[template(path = "potential/part.html")]
pub(crate) struct PotentialPart {
    t: Tongue,
    unit: String,
    partner: PartnerId,
    found: PossiblePartner,
    categories: Vec<Category>,
    /// What the categories not listed have together: number, sales, potential.
    rest: Option<(usize, Money, Money)>,
    sure: Vec<(f64, &'static str, bool)>,
    said: Vec<(String, String, String)>,
}

impl askama::filters::HtmlSafe for PotentialPart {}

/// A category with its bar.
struct Category {
    name: String,
    sales: Money,
    potential: Money,
    headroom: Money,
    /// Sales in per cent of the widest potential, and the potential.
    reached: f64,
    width: f64,
}

impl PotentialPart {
    /// The part for that partner.
    pub fn new(t: Tongue, unit: &str, found: PossiblePartner) -> PotentialPart {
        let most = found.possible.categories.iter().map(|one| one.potential.units()).fold(1.0, f64::max);
        let width = |money: Money| (money.units().max(0.0) / most * 1000.0).round().min(1000.0) / 10.0;
        let listed = found.possible.categories.iter().take(CATEGORIES).map(|one| Category {
            name: found.categories.get(&one.category).cloned().unwrap_or_default(),
            sales: one.sales_year,
            potential: one.potential,
            headroom: one.headroom,
            reached: width(one.sales_year),
            width: width(one.potential),
        });
        let more = found.possible.categories.iter().skip(CATEGORIES);
        let count = more.clone().count();
        let sum = |part: fn(&spelplan_app::CategoryPotential) -> Money| more.clone().map(part).sum();
        let said = found.said.iter().map(|said| {
            (said.at.get(..10).unwrap_or(&said.at).to_owned(), said.made_by.clone(), words(t, unit, &said.word))
        });
        PotentialPart {
            categories: listed.collect(),
            rest: (count > 0).then(|| (count, sum(|one| one.sales_year), sum(|one| one.potential))),
            said: said.collect(),
            sure: sure(t),
            partner: found.possible.partner,
            unit: unit.to_owned(),
            found,
            t,
        }
    }

    fn share_words(&self) -> Option<(String, String, String)> {
        let wallet = self.found.possible.wallet?;
        let total = format!("{} ({})", self.t.about(wallet.total.value), self.t.between(wallet.total));
        Some((share_words(self.t, &wallet), total, source_words(self.t, &wallet)))
    }
}

fn words(t: Tongue, unit: &str, word: &PotentialWord) -> String {
    match word {
        PotentialWord::Own(amount, _) => {
            format!("{} {} {unit}", t.say("egen bedömning", "own figure"), t.money(amount))
        }
        PotentialWord::Blind(amount, _, ours) => format!(
            "{} {} {unit}, {} {}",
            t.say("blindtest", "blind check"),
            t.money(amount),
            t.say("vår var", "ours was"),
            t.about(ours.value)
        ),
        PotentialWord::Kept(amount, _) => {
            format!("{} {} {unit}", t.say("behöll sin bedömning", "kept the own figure"), t.money(amount))
        }
        PotentialWord::Ours => t.say("valde vår skattning", "chose our estimate").to_owned(),
        PotentialWord::Withdrawn => t.say("drog tillbaka bedömningen", "withdrew the figure").to_owned(),
    }
}
