//! How each keyed record is completed by what is known of it.

use spelplan_facts::{Place, Precision};

use super::keyed::Keyed;
use crate::placing;
use crate::{ContactRecord, PamRecord, PartnerRecord, QuotaRecord};

/// Takes each named field from `before` where the file has no such column.
macro_rules! keep {
    ($after:ident, $before:ident, $has:ident, $($field:ident: $code:literal),+ $(,)?) => {$(
        if !$has($code) {
            $after.$field = $before.$field.clone();
        }
    )+};
}

impl Keyed for PamRecord {
    type Key = String;

    fn key(&self) -> String {
        self.key.clone()
    }

    fn filled(mut self, before: &PamRecord, has: &dyn Fn(&str) -> bool) -> PamRecord {
        keep!(self, before, has,
            name: "name", email: "email", street: "street", postal_code: "postal_code", city: "city",
            country: "country", manager: "manager_id", field_time_week: "field_time_week",
        );
        let (now, then) = (
            address(&self.country, &self.postal_code, &self.city),
            address(&before.country, &before.postal_code, &before.city),
        );
        self.home =
            place(self.home.filter(|_| has("lat") || has("city") || has("postal_code")), before.home, now, then);
        self
    }
}

impl Keyed for PartnerRecord {
    type Key = String;

    fn key(&self) -> String {
        self.key.clone()
    }

    fn filled(mut self, before: &PartnerRecord, has: &dyn Fn(&str) -> bool) -> PartnerRecord {
        keep!(self, before, has,
            name: "name", street: "street", postal_code: "postal_code", city: "city", country: "country",
            segment: "segment", chain: "chain", employees: "employees", revenue: "annual_sales",
            wallet: "wallet", wallet_share: "share_of_wallet", pam: "pam_id",
            opening_hours: "opening_hours", closed: "closed", visit_time: "visit_time",
        );
        if !(has("status") || has("active") || has("inactive")) {
            self.inactive = before.inactive;
        }
        let (now, then) = (
            address(&self.country, &self.postal_code, &self.city),
            address(&before.country, &before.postal_code, &before.city),
        );
        self.place =
            place(self.place.filter(|_| has("lat") || has("city") || has("postal_code")), before.place, now, then);
        self
    }
}

impl Keyed for ContactRecord {
    type Key = (String, String);

    fn key(&self) -> (String, String) {
        (self.partner.clone(), self.key.clone())
    }

    fn filled(mut self, before: &ContactRecord, has: &dyn Fn(&str) -> bool) -> ContactRecord {
        keep!(self, before, has, role: "role", email: "email", phone: "phone");
        if !(has("name") || has("first_name") || has("last_name")) {
            self.name = before.name.clone();
        }
        self
    }
}

impl Keyed for QuotaRecord {
    type Key = (String, i32);

    fn key(&self) -> (String, i32) {
        (self.pam.clone(), self.from.0)
    }

    fn filled(self, _before: &QuotaRecord, _has: &dyn Fn(&str) -> bool) -> QuotaRecord {
        self
    }
}

fn address<'a>(country: &'a str, postal_code: &'a str, city: &'a str) -> [&'a str; 3] {
    [country, postal_code, city]
}

/// Given coordinates win; without new ones a place stays as long as its address does, and is looked up anew when not.
fn place(told: Option<Place>, before: Option<Place>, now: [&str; 3], then: [&str; 3]) -> Option<Place> {
    match told {
        Some(Place { precision: Precision::Given, .. }) => told,
        _ if now == then && before.is_some() => before,
        _ => told.or_else(|| placing::find(now[0], now[1], "", now[2])),
    }
}
