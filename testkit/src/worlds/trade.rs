//! What the small worlds sold and whom they met: nothing, losses, unknown costs, visits long ago and yesterday.

use rand::RngExt;
use rand_pcg::Pcg64Mcg;
use spelplan_facts::{
    Category, CategoryId, CategorySale, Day, Facts, Money, Month, MonthSale, PartnerId, Touch, TouchId, touches,
};

/// Sales of up to 36 months before today.
pub(super) fn sales(chance: &mut Pcg64Mcg, facts: &mut Facts, today: Day) {
    let name = |id, name: &str, aftermarket| Category { id: CategoryId(id), name: name.into(), aftermarket };
    facts.sales.categories = vec![name(1, "Datorer", false), name(2, "Förbrukning", true)];
    let partners: Vec<PartnerId> = facts.partners.iter().map(|partner| partner.id).collect();
    // A world may run at a loss as a whole, or never know a cost.
    let (tilt, costs_known) = (if chance.random_bool(0.05) { -0.15 } else { 0.0 }, !chance.random_bool(0.05));
    for partner in partners {
        if chance.random_bool(0.12) {
            continue;
        }
        let size = 10.0_f64.powf(chance.random_range(3.5..7.5));
        let margin =
            if chance.random_bool(0.12) { chance.random_range(-0.1..0.02) } else { chance.random_range(0.02..0.2) };
        let known = costs_known && !chance.random_bool(0.1);
        months(chance, facts, partner, today.month(), (size, margin + tilt, known));
    }
}

fn months(chance: &mut Pcg64Mcg, facts: &mut Facts, partner: PartnerId, now: Month, trade: (f64, f64, bool)) {
    let (size, margin, known) = trade;
    let (oldest, newest) = (chance.random_range(1..36), chance.random_range(0..3));
    let mut year = Money::ZERO;
    for ago in (newest..oldest.max(newest)).rev() {
        if chance.random_bool(0.15) {
            continue;
        }
        let revenue = Money::from_units(size / 12.0 * chance.random_range(-0.05..2.0));
        if ago < 12 {
            year += revenue;
        }
        facts.sales.by_month.push(MonthSale {
            partner,
            month: Month(now.0 - ago),
            revenue,
            margin: if known { revenue * margin } else { Money::ZERO },
            revenue_with_margin: if known { revenue } else { Money::ZERO },
        });
    }
    let split = chance.random_range(0.0..1.0);
    for (category, share) in [(CategoryId(1), split), (CategoryId(2), 1.0 - split)] {
        let revenue = year * share;
        facts.sales.by_category.push(CategorySale {
            partner,
            category,
            revenue,
            margin: if known { revenue * margin } else { Money::ZERO },
            revenue_with_margin: if known { revenue } else { Money::ZERO },
            months: 6,
        });
    }
}

/// Visits and touches of the last two years; some visits very recent.
pub(super) fn touches(chance: &mut Pcg64Mcg, facts: &mut Facts, today: Day) {
    let mut drawn: Vec<Touch> = Vec::new();
    for partner in &facts.partners {
        let visits = [0, 0, 1, 3][chance.random_range(0..4)];
        for n in 0..visits + chance.random_range(0..8) {
            let kind = if n < visits {
                touches::visit()
            } else {
                touches::KINDS[chance.random_range(0..touches::KINDS.len())]
            };
            let ago = if chance.random_bool(0.15) { chance.random_range(0..40) } else { chance.random_range(0..730) };
            let of_partner = |contact: &&spelplan_facts::Contact| contact.partner == partner.id;
            drawn.push(Touch {
                id: TouchId(0),
                day: today.plus(-ago),
                partner: partner.id,
                contact: facts.contacts.iter().find(of_partner).map(|contact| contact.id),
                pam: partner.pam.filter(|&pam| facts.pam(pam).is_some()),
                kind,
                quality: chance.random_bool(0.3).then(|| chance.random_range(0.0..1.2)),
            });
        }
    }
    drawn.sort_by_key(|touch| touch.day);
    for (index, touch) in drawn.iter_mut().enumerate() {
        touch.id = TouchId(index as i64 + 1);
    }
    facts.touches = drawn;
}
