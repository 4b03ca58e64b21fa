//! Who gets no visit, by reason: how many, and the ones that would have brought most.

use std::collections::BTreeMap;

use spelplan_app::season::PartnerLabel;
use spelplan_facts::{LeftOut, LeftOutReason, Money, PartnerId, Text};

/// Partners named under each reason; the rest are in the file to download.
const NAMED: usize = 40;

/// Everybody left out for one reason.
pub(crate) struct Group {
    /// Why.
    pub reason: Text,
    /// How many.
    pub count: usize,
    /// Those that would have brought most.
    pub first: Vec<(LeftOut, PartnerLabel)>,
    /// What those would have to bring for a visit to be worth its hours, where it could be made at all.
    pub prices: BTreeMap<PartnerId, Money>,
    /// What to do about it, where something can be done.
    pub remedy: Option<Text>,
}

/// The left out by reason, biggest group first.
pub(crate) fn groups(
    left_out: &[LeftOut],
    partners: &BTreeMap<PartnerId, PartnerLabel>,
    prices: &BTreeMap<PartnerId, Money>,
) -> Vec<Group> {
    let priced = |group: Group| Group { prices: told(&group, prices), ..group };
    let mut groups: Vec<Group> =
        LeftOutReason::ALL.into_iter().map(|reason| priced(group(reason, left_out, partners))).collect();
    groups.retain(|group| group.count > 0);
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    groups
}

fn group(reason: LeftOutReason, left_out: &[LeftOut], partners: &BTreeMap<PartnerId, PartnerLabel>) -> Group {
    let mut own: Vec<&LeftOut> = left_out.iter().filter(|one| one.reason == reason).collect();
    own.sort_by(|one, other| other.gain.cmp(&one.gain).then(one.partner.cmp(&other.partner)));
    let named = own.iter().filter_map(|one| Some(((*one).clone(), partners.get(&one.partner)?.clone())));
    Group {
        reason: reason.text(),
        count: own.len(),
        first: named.take(NAMED).collect(),
        prices: BTreeMap::new(),
        remedy: remedy(reason),
    }
}

/// The prices of the named ones that money alone keeps out.
fn told(group: &Group, prices: &BTreeMap<PartnerId, Money>) -> BTreeMap<PartnerId, Money> {
    let by_money = |reason| matches!(reason, LeftOutReason::HoursGoElsewhere | LeftOutReason::CostsMore);
    let named = group.first.iter().map(|(left, _)| left);
    let of = |left: &LeftOut| {
        prices.get(&left.partner).filter(|price| **price > left.gain).map(|price| (left.partner, *price))
    };
    named.filter(|left| by_money(left.reason)).filter_map(of).collect()
}

fn remedy(reason: LeftOutReason) -> Option<Text> {
    match reason {
        LeftOutReason::NoPam => {
            Some(Text { sv: "Ge dem en PAM i partnerlistan.", en: "Give them a PAM in the partner list." })
        }
        LeftOutReason::PamWithoutHome => {
            Some(Text { sv: "Ange PAM:ens adress i PAM-listan.", en: "Give the PAM's address in the PAM list." })
        }
        LeftOutReason::NoPlace => {
            Some(Text { sv: "Rätta adressen eller ange koordinater.", en: "Correct the address or give coordinates." })
        }
        LeftOutReason::HoursGoElsewhere => Some(Text {
            sv: "Fler fälttimmar eller en längre säsong skulle nå några av dem.",
            en: "More field hours or a longer season would reach some of them.",
        }),
        LeftOutReason::NoDayFits | LeftOutReason::ClosedAllSeason => Some(Text {
            sv: "Se över öppettiderna, eller låt säsongen börja en annan vecka.",
            en: "Look over the opening hours, or begin the season another week.",
        }),
        _ => None,
    }
}
