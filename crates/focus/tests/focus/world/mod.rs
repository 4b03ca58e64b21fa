//! Facts built by hand for tests.
#![allow(dead_code, reason = "each test file uses its part")]

use spelplan_facts::touches;
use spelplan_facts::{
    Contact, ContactId, Day, Facts, Money, Month, MonthSale, Partner, PartnerId, Touch, TouchId, TouchKind,
};

/// The day the tests call today.
pub fn today() -> Day {
    day("2026-03-31")
}

/// A day from its text.
pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A partner of which nothing more is known.
pub fn partner(id: i64) -> Partner {
    Partner {
        key: format!("P{id}"),
        name: format!("Partner {id}"),
        country: "SE".to_owned(),
        segment: "reseller".to_owned(),
        ..Partner::of(PartnerId(id))
    }
}

/// The same sales in each of the last `months` months up to today's, at that margin share.
pub fn months(id: i64, months: i32, revenue_month: f64, margin: f64) -> Vec<MonthSale> {
    let now = today().month().0;
    let sale = |month| MonthSale {
        partner: PartnerId(id),
        month: Month(month),
        revenue: Money::from_units(revenue_month),
        margin: Money::from_units(revenue_month * margin),
        revenue_with_margin: Money::from_units(revenue_month),
    };
    (now - months + 1..=now).map(sale).collect()
}

/// A person at a partner.
pub fn contact(id: i64, partner: i64, role: &str) -> Contact {
    Contact {
        id: ContactId(id),
        key: format!("C{id}"),
        partner: PartnerId(partner),
        name: format!("Person {id}"),
        role: role.to_owned(),
        email: String::new(),
        phone: String::new(),
    }
}

/// A touch of that kind that names nobody.
pub fn touch(id: i64, partner: i64, kind: &str, on: &str) -> Touch {
    Touch {
        id: TouchId(id),
        day: day(on),
        partner: PartnerId(partner),
        contact: None,
        pam: None,
        kind: TouchKind::named(kind).unwrap_or_else(touches::visit),
        quality: None,
    }
}

/// Facts sorted as every step expects them.
pub fn facts(partners: Vec<Partner>, sales: Vec<MonthSale>, touches: Vec<Touch>) -> Facts {
    let mut facts = Facts { partners, touches, ..Facts::default() };
    facts.sales.by_month = sales;
    facts.partners.sort_by_key(|partner| partner.id);
    facts.sales.by_month.sort_by_key(|sale| (sale.partner, sale.month));
    facts.touches.sort_by_key(|touch| (touch.day, touch.id));
    facts
}
