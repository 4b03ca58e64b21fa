//! What changed in a record: field by field, as words, before and after.

use spelplan_intake::{Change, ContactRecord, ImportPlan, Kind, PamRecord, PartnerRecord, QuotaRecord};

use super::ChangedRecord;

/// A record's fields as words.
type Written = Vec<(&'static str, String)>;

type Fields<R> = fn(&R) -> Written;

/// The changed records of a plan, kind by kind, at most so many.
pub(super) fn changed(plan: &ImportPlan, most: usize) -> Vec<ChangedRecord> {
    let mut all = changed_of(Kind::Pams, &plan.pams, pam_fields);
    all.extend(changed_of(Kind::Partners, &plan.partners, partner_fields));
    all.extend(changed_of(Kind::Contacts, &plan.contacts, contact_fields));
    all.extend(changed_of(Kind::Quotas, &plan.quotas, quota_fields));
    all.truncate(most);
    all
}

fn changed_of<R>(kind: Kind, changes: &[Change<R>], fields: Fields<R>) -> Vec<ChangedRecord> {
    let changed = changes.iter().filter_map(|change| match change {
        Change::Changed { before, after } => Some((fields(before), fields(after))),
        Change::New(_) => None,
    });
    let record = |(before, after): (Written, Written)| {
        let key = after.first().map(|(_, key)| key.clone()).unwrap_or_default();
        let differing = before.into_iter().zip(after).filter(|(before, after)| before != after);
        ChangedRecord { kind, key, fields: differing.map(|(before, after)| (before.0, before.1, after.1)).collect() }
    };
    changed.map(record).collect()
}

fn debugged<T: std::fmt::Debug>(value: &Option<T>) -> String {
    value.as_ref().map(|value| format!("{value:?}")).unwrap_or_default()
}

fn place(place: &Option<spelplan_facts::Place>) -> String {
    place.map(|place| format!("{:.4}, {:.4}", place.point.lat, place.point.lon)).unwrap_or_default()
}

fn pam_fields(pam: &PamRecord) -> Written {
    vec![
        ("key", pam.key.clone()),
        ("name", pam.name.clone()),
        ("email", pam.email.clone()),
        ("street", pam.street.clone()),
        ("postal_code", pam.postal_code.clone()),
        ("city", pam.city.clone()),
        ("country", pam.country.clone()),
        ("home", place(&pam.home)),
        ("manager", pam.manager.clone()),
        ("field_time_week", pam.field_time_week.map(|time| time.0.to_string()).unwrap_or_default()),
    ]
}

fn partner_fields(partner: &PartnerRecord) -> Written {
    vec![
        ("key", partner.key.clone()),
        ("name", partner.name.clone()),
        ("street", partner.street.clone()),
        ("postal_code", partner.postal_code.clone()),
        ("city", partner.city.clone()),
        ("country", partner.country.clone()),
        ("place", place(&partner.place)),
        ("segment", partner.segment.clone()),
        ("chain", partner.chain.clone()),
        ("employees", debugged(&partner.employees)),
        ("revenue", partner.revenue.map(|revenue| revenue.units().to_string()).unwrap_or_default()),
        ("wallet", partner.wallet.map(|wallet| wallet.units().to_string()).unwrap_or_default()),
        ("wallet_share", partner.wallet_share.map(|share| share.0.to_string()).unwrap_or_default()),
        ("pam", partner.pam.clone()),
        ("opening_hours", partner.opening_hours.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("closed", partner.closed.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")),
        ("visit_time", partner.visit_time.map(|time| time.0.to_string()).unwrap_or_default()),
        ("inactive", partner.inactive.to_string()),
    ]
}

fn contact_fields(contact: &ContactRecord) -> Written {
    vec![
        ("key", contact.key.clone()),
        ("partner", contact.partner.clone()),
        ("name", contact.name.clone()),
        ("role", contact.role.clone()),
        ("email", contact.email.clone()),
        ("phone", contact.phone.clone()),
    ]
}

fn quota_fields(quota: &QuotaRecord) -> Written {
    vec![
        ("pam", quota.pam.clone()),
        ("from", quota.from.to_string()),
        ("months", quota.months.to_string()),
        ("amount", quota.amount.units().to_string()),
    ]
}
