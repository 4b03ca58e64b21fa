//! Campaigns that our marketing funds (MDF) pay for: how much of the money is used, and what it brings back.

use spelplan_facts::{Business, Campaign, DayRange, Money, Share, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, input, ratio};

const USED: Recipe = Recipe {
    code: "mdf-used",
    name: Text { sv: "Använda marknadspengar (MDF)", en: "Marketing funds used (MDF)" },
    formula: Text {
        sv: "godkänt / avsatt, kampanjer som börjat de senaste tolv månaderna",
        en: "approved / allocated, campaigns begun in the last twelve months",
    },
    origin: Origin::Observed,
    missing: Text {
        sv: "kampanjer (campaigns) med mdf_allocated, tolv månader",
        en: "campaigns with mdf_allocated, twelve months",
    },
};

const RETURN: Recipe = Recipe {
    code: "mdf-return",
    name: Text { sv: "TB tillbaka per MDF-krona", en: "Margin back for each krona of MDF" },
    formula: Text {
        sv: "TB på merförsäljningen / godkänt, kampanjer som följts upp",
        en: "margin of the lift / approved, campaigns followed up",
    },
    origin: Origin::Estimated,
    missing: Text {
        sv: "uppföljda kampanjer: campaigns med mdf_approved och lift_margin",
        en: "campaigns followed up: campaigns with mdf_approved and lift_margin",
    },
};

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let days = DayRange { from: ground.from.today.plus(-364), to: ground.from.today };
    let campaigns = ground.business.iter().filter_map(|one| match one {
        Business::Campaign(campaign) if days.contains(campaign.period.from) => Some(campaign),
        _ => None,
    });
    let all: Vec<&Campaign> = campaigns.collect();
    vec![used(&all, days), returned(&all, days)]
}

/// Of campaigns that have money set aside; where nothing of it is approved yet, nothing is used.
fn used(all: &[&Campaign], days: DayRange) -> Figure {
    let set_aside = || all.iter().filter_map(|one| Some((one.allocated?, one.approved.unwrap_or_default())));
    let allocated: Money = set_aside().map(|(allocated, _)| allocated).sum();
    let approved: Money = set_aside().map(|(_, approved)| approved).sum();
    let inputs = vec![
        input("godkänt", "approved", Amount::Money(approved)),
        input("avsatt", "allocated", Amount::Money(allocated)),
    ];
    USED.made(ratio(approved, allocated).map(|part| Amount::Share(Share(part))), Some(days), inputs)
}

fn returned(all: &[&Campaign], days: DayRange) -> Figure {
    let followed: Vec<(Money, Money)> = all.iter().filter_map(|one| Some((one.lift_margin?, one.approved?))).collect();
    let lift: Money = followed.iter().map(|(lift, _)| *lift).sum();
    let approved: Money = followed.iter().map(|(_, approved)| *approved).sum();
    let inputs = vec![
        input("TB", "margin", Amount::Money(lift)),
        input("godkänt", "approved", Amount::Money(approved)),
        input("kampanjer", "campaigns", Amount::Count(followed.len() as f64)),
    ];
    RETURN.made(ratio(lift, approved).map(Amount::Times), Some(days), inputs)
}
