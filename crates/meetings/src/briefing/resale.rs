//! What the partner earns on our goods, as far as it has told what it sells them for: its margin, what rebates and campaigns
//! add, and what its own work takes away.

use spelplan_facts::{Business, Campaign, DayRange, Money, Rebate, Resale, Share, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, input, ratio};

const FRONT: Recipe = Recipe {
    code: "front-margin",
    name: Text { sv: "Deras marginal på våra varor", en: "Their margin on our goods" },
    formula: Text { sv: "(försäljning − inköp) / försäljning", en: "(resale − purchase) / resale" },
    origin: Origin::Shared,
    missing: Text {
        sv: "vad de säljer våra varor för: fråga dem, importera resale",
        en: "what they sell our goods for: ask them, import resale",
    },
};

const EARNED: Recipe = Recipe {
    code: "earned-on-us",
    name: Text { sv: "Tjänat på oss, efter egna kostnader", en: "Earned on us, after their own costs" },
    formula: Text {
        sv: "försäljning − inköp + bonus + MDF − egna kostnader; bonus och MDF efter dagar i perioden",
        en: "resale − purchases + rebates + MDF − own cost to serve; rebates and MDF by days in the period",
    },
    ..FRONT
};

/// The same where the partner has not told what its own work costs: said in the name, for the figure is another one.
const EARNED_BEFORE: Recipe = Recipe {
    name: Text {
        sv: "Tjänat på oss, före egna kostnader (inte kända)",
        en: "Earned on us, before their own costs (not known)",
    },
    formula: Text {
        sv: "försäljning − inköp + bonus + MDF; bonus och MDF efter dagar i perioden",
        en: "resale − purchases + rebates + MDF; rebates and MDF by days in the period",
    },
    ..EARNED
};

const OWN_COST: Recipe = Recipe {
    code: "own-cost",
    name: Text { sv: "Deras egna kostnader för våra varor", en: "Their own cost of serving with our goods" },
    formula: Text { sv: "som de har berättat", en: "as they have told" },
    origin: Origin::Shared,
    missing: Text {
        sv: "vad det kostar dem att sälja och hantera våra varor: fråga dem (own_cost i resale)",
        en: "what selling and handling our goods costs them: ask them (own_cost in resale)",
    },
};

const DEPENDENCE: Recipe = Recipe {
    code: "rebate-dependence",
    name: Text { sv: "Bonusens andel av det de tjänar på oss", en: "Rebates, of what they earn on us" },
    formula: Text { sv: "bonus / tjänat på oss", en: "rebates / earned on us" },
    origin: Origin::Shared,
    missing: Text {
        sv: "deras försäljning (resale) och bonusavtal (rebates) för samma tid",
        en: "their resale and rebates of the same time",
    },
};

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let resale = ground.business.iter().filter_map(|one| match one {
        Business::Resale(resale) if resale.period.from <= ground.from.today => Some(resale),
        _ => None,
    });
    let Some(told) = resale.max_by_key(|resale| (resale.period.to, resale.period.from)) else {
        return vec![FRONT.unknown(), EARNED.unknown(), OWN_COST.unknown(), DEPENDENCE.unknown()];
    };
    earned(ground, told)
}

fn earned(ground: &Ground<'_>, told: &Resale) -> Vec<Figure> {
    let period = Some(told.period);
    let front = told.revenue - told.purchases;
    let (rebates, campaigns) = (rebates(ground, told.period), campaigns(ground, told.period));
    let rest = rebates.unwrap_or_default() + campaigns.unwrap_or_default() - told.own_cost.unwrap_or_default();
    let whole = front + rest;
    let sides = vec![
        input("försäljning", "resale", Amount::Money(told.revenue)),
        input("inköp", "purchases", Amount::Money(told.purchases)),
    ];
    let more = [
        rebates.map(|money| input("bonus", "rebates", Amount::Money(money))),
        campaigns.map(|money| input("MDF", "MDF", Amount::Money(money))),
        told.own_cost.map(|money| input("egna kostnader", "own cost to serve", Amount::Money(money))),
    ];
    let recipe = if told.own_cost.is_some() { EARNED } else { EARNED_BEFORE };
    let parts = vec![
        input("bonus", "rebates", Amount::Money(rebates.unwrap_or_default())),
        input("tjänat på oss", "earned on us", Amount::Money(whole)),
    ];
    let dependence = rebates.and_then(|rebates| ratio(rebates, whole)).map(|part| Amount::Share(Share(part)));
    vec![
        FRONT.made(ratio(front, told.revenue).map(|part| Amount::Share(Share(part))), period, sides.clone()),
        recipe.made(Some(Amount::Money(whole)), period, sides.into_iter().chain(more.into_iter().flatten()).collect()),
        OWN_COST.made(told.own_cost.map(Amount::Money), period, Vec::new()),
        DEPENDENCE.made(dependence, period, parts),
    ]
}

/// Rebates earned in the period; `None` where no agreement counts days of it.
fn rebates(ground: &Ground<'_>, period: DayRange) -> Option<Money> {
    let today = ground.from.today;
    let part = |rebate: &Rebate| {
        // What is earned so far was earned in the days so far.
        let so_far = DayRange { to: rebate.period.to.min(today), ..rebate.period };
        Some(rebate.earned.part(within(so_far, period)?))
    };
    added(ground.business.iter().filter_map(|one| match one {
        Business::Rebate(rebate) => part(rebate),
        _ => None,
    }))
}

/// MDF approved in the period; `None` where no campaign has any in it.
fn campaigns(ground: &Ground<'_>, period: DayRange) -> Option<Money> {
    let part = |campaign: &Campaign| Some(campaign.approved?.part(within(campaign.period, period)?));
    added(ground.business.iter().filter_map(|one| match one {
        Business::Campaign(campaign) => part(campaign),
        _ => None,
    }))
}

fn added(amounts: impl Iterator<Item = Money>) -> Option<Money> {
    amounts.fold(None, |sum: Option<Money>, one| Some(sum.unwrap_or_default() + one))
}

/// The part of these days that lies within the others; `None` where none does.
fn within(days: DayRange, period: DayRange) -> Option<Share> {
    let (from, to) = (days.from.max(period.from), days.to.min(period.to));
    let (inside, all) = (from.until(to) + 1, days.from.until(days.to) + 1);
    (inside > 0 && all > 0).then(|| Share(f64::from(inside) / f64::from(all)))
}
