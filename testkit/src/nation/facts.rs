//! The country as facts: who partners are, when they are open, what they bought month by month, whom they have met.

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;
use spelplan_facts::{
    Category, CategoryId, CategorySale, Contact, ContactId, Day, Facts, Minutes, Money, Month, MonthSale, Pam, PamId,
    Partner, PartnerId, Place, Point, Precision, Sales, Settings, Touch, TouchId, TouchKind, WeekHours,
};

use super::{NationSize, territories};

/// Months that sold something.
const MONTHS: i32 = 24;
/// Days over which visits and other touches are spread.
const PAST: i32 = 730;
/// Yearly revenue in kronor: the median, and the spread of its logarithm.
const REVENUE: (f64, f64) = (350_000.0, 1.2);

/// The country as it is known on that day.
pub fn facts(size: NationSize, today: Day) -> Facts {
    let mut chance = Pcg64Mcg::seed_from_u64(size.seed ^ 0x6e61_7469_6f6e);
    let mut facts = Facts { settings: Settings::for_currency("SEK"), ..Facts::default() };
    let name = |id, name: &str, aftermarket| Category { id: CategoryId(id), name: name.into(), aftermarket };
    facts.sales.categories = vec![name(1, "Datorer", false), name(2, "Service", true)];
    for (number, territory) in territories(size).into_iter().enumerate() {
        let pam = PamId(number as i64 + 1);
        facts.pams.push(named_pam(pam, territory.home));
        for point in territory.partners {
            let partner = partner(&mut chance, PartnerId(facts.partners.len() as i64 + 1), pam, point);
            facts.contacts.push(contact(partner.id));
            sales(&mut chance, &mut facts.sales, partner.id, today.month());
            touches(&mut chance, &mut facts.touches, &partner, today);
            facts.partners.push(partner);
        }
    }
    facts.touches.sort_by_key(|touch| (touch.day, touch.partner));
    facts.touches.iter_mut().enumerate().for_each(|(n, touch)| touch.id = TouchId(n as i64 + 1));
    facts
}

fn place(point: Point) -> Option<Place> {
    Some(Place { point, precision: Precision::Given })
}

fn named_pam(id: PamId, home: Point) -> Pam {
    Pam {
        id,
        key: format!("P{:03}", id.0),
        name: format!("PAM {}", id.0),
        email: String::new(),
        street: String::new(),
        postal_code: String::new(),
        city: String::new(),
        country: "SE".to_owned(),
        home: place(home),
        manager: String::new(),
        field_time_week: None,
    }
}

fn partner(chance: &mut Pcg64Mcg, id: PartnerId, pam: PamId, point: Point) -> Partner {
    Partner {
        key: format!("R{:06}", id.0),
        name: format!("Partner {}", id.0),
        country: "SE".to_owned(),
        place: place(point),
        segment: ["generalist", "msp", "print"][chance.random_range(0..3)].to_owned(),
        employees: chance.random_bool(0.8).then(|| chance.random_range(1..80)),
        pam: Some(pam),
        opening_hours: hours(chance),
        visit_time: Some(Minutes([60, 60, 60, 90, 90, 120][chance.random_range(0..6)])),
        inactive: chance.random_bool(0.02),
        ..Partner::of(id)
    }
}

/// One in five receives in the morning only, one in five in the afternoon, one in seven not on one of the days.
fn hours(chance: &mut Pcg64Mcg) -> Option<WeekHours> {
    match chance.random_range(0..100) {
        0..45 => None,
        45..65 => WeekHours::parse("Mon-Fri 09:00-12:00"),
        65..85 => WeekHours::parse("Mon-Fri 13:00-16:30"),
        _ => {
            let mut week = WeekHours::parse("Mon-Fri 09:00-16:30")?;
            week.0[chance.random_range(0..5)].clear();
            Some(week)
        }
    }
}

fn contact(partner: PartnerId) -> Contact {
    Contact {
        id: ContactId(partner.0),
        key: "1".to_owned(),
        partner,
        name: format!("Person {}", partner.0),
        role: String::new(),
        email: String::new(),
        phone: String::new(),
    }
}

fn sales(chance: &mut Pcg64Mcg, sales: &mut Sales, partner: PartnerId, now: Month) {
    let draw: f64 = StandardNormal.sample(chance);
    let (a_year, margin) = (REVENUE.0 * (REVENUE.1 * draw).exp(), chance.random_range(0.06..0.18));
    let mut year = Money::ZERO;
    for ago in (0..MONTHS).rev() {
        let revenue = Money::from_units(a_year / 12.0 * chance.random_range(0.5..1.5));
        year += if ago < 12 { revenue } else { Money::ZERO };
        let month = Month(now.0 - ago);
        let sale = MonthSale { partner, month, revenue, margin: revenue * margin, revenue_with_margin: revenue };
        sales.by_month.push(sale);
    }
    let split = chance.random_range(0.3..0.9);
    for (category, part) in [(CategoryId(1), split), (CategoryId(2), 1.0 - split)] {
        let revenue = year * part;
        let sale = CategorySale {
            partner,
            category,
            revenue,
            margin: revenue * margin,
            revenue_with_margin: revenue,
            months: 12,
        };
        sales.by_category.push(sale);
    }
}

/// Up to three visits and up to five other touches in two years, no visit in the last month.
fn touches(chance: &mut Pcg64Mcg, touches: &mut Vec<Touch>, partner: &Partner, today: Day) {
    let kinds: Vec<&TouchKind> = ["call", "mail", "video"].into_iter().filter_map(TouchKind::named).collect();
    let mut touch = |kind, ago: i32| {
        let (id, day) = (TouchId(0), today.plus(-ago));
        let contact = Some(ContactId(partner.id.0));
        touches.push(Touch { id, day, partner: partner.id, contact, pam: partner.pam, kind, quality: None });
    };
    for _ in 0..[0, 1, 1, 2, 3][chance.random_range(0..5)] {
        touch(spelplan_facts::touches::visit(), chance.random_range(31..PAST));
    }
    for _ in 0..chance.random_range(0..6) {
        touch(kinds[chance.random_range(0..kinds.len())], chance.random_range(0..PAST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_in_their_promised_order() {
        let today = Day::new(2026, 1, 7).expect("a day");
        let facts = facts(NationSize { pams: 4, partners: 300, seed: 1 }, today);
        assert_eq!((facts.partners.len(), facts.pams.len()), (300, 4));
        assert!(facts.partners.is_sorted_by_key(|partner| partner.id));
        assert!(facts.pams.is_sorted_by_key(|pam| pam.id) && facts.contacts.is_sorted_by_key(|contact| contact.id));
        assert!(facts.touches.is_sorted_by_key(|touch| (touch.day, touch.id)));
        assert!(facts.sales.by_month.is_sorted_by_key(|sale| (sale.partner, sale.month)));
        assert!(facts.sales.by_category.is_sorted_by_key(|sale| (sale.partner, sale.category)));
    }
}
