//! Fingerprints: how a row is known again in a later import, and how it is seen that its content has changed.
//! xxHash (XXH3-128, XXH64), whose values are fixed by its specification and so may be kept in a database.

use twox_hash::{XxHash3_128, XxHash64};

use crate::{SaleRecord, Supply, TouchRecord};

/// Fingerprint of an identity, from its parts in order ("invoice", invoice number, line number).
pub fn fingerprint(parts: &[&str]) -> u128 {
    let mut bytes = Vec::with_capacity(64);
    join(&mut bytes, parts);
    XxHash3_128::oneshot(&bytes)
}

/// As [`fingerprint`], with a buffer that is used again: millions of lines go through here.
pub(crate) fn fingerprint_in(bytes: &mut Vec<u8>, parts: &[&str]) -> u128 {
    bytes.clear();
    join(bytes, parts);
    XxHash3_128::oneshot(bytes)
}

/// Fingerprint of the occurrence of a row among equal ones: the first keeps the row's own.
pub(crate) fn occurrence(key: u128, n: u32) -> u128 {
    if n == 0 {
        return key;
    }
    let mut bytes = [0u8; 20];
    bytes[..16].copy_from_slice(&key.to_le_bytes());
    bytes[16..].copy_from_slice(&n.to_le_bytes());
    XxHash3_128::oneshot(&bytes)
}

/// What brand and distributor add to a line's key: two distributors may number their invoices alike, and sums of a month
/// may be told by both. Added by exclusive or to the key's low half, so that the key without it is found beside it.
pub(crate) fn mark_of(supply: &Supply, is_sum: bool) -> u128 {
    let mark = |what: &str, name: &str| {
        let mut bytes = Vec::with_capacity(48);
        join(&mut bytes, &[what, name]);
        if name.is_empty() { 0 } else { XxHash64::oneshot(0, &bytes) }
    };
    let brand = if is_sum { mark("brand", &supply.brand) } else { 0 };
    u128::from(brand ^ mark("distributor", &supply.distributor))
}

/// Fingerprint of what a sale line says, beside its identity: two lines of one key with the same content are the same.
/// Brand and distributor count where they are told: a line that says neither keeps the fingerprint it always had.
pub fn content_of(sale: &SaleRecord, partner_key: &str, category: &str, sku: &str, supply: Option<&Supply>) -> u64 {
    let mut bytes = Vec::with_capacity(96);
    join(&mut bytes, &[partner_key, category, sku]);
    bytes.extend_from_slice(&sale.day.number().to_le_bytes());
    bytes.extend_from_slice(&sale.quantity.to_le_bytes());
    bytes.extend_from_slice(&sale.revenue.0.to_le_bytes());
    if let Some(margin) = sale.margin {
        bytes.extend_from_slice(&margin.0.to_le_bytes());
    }
    if let Some(supply) = supply {
        join(&mut bytes, &[&supply.brand, &supply.distributor]);
    }
    XxHash64::oneshot(0, &bytes)
}

/// Fingerprint of what a touch says, beside its identity.
pub fn content_of_touch(touch: &TouchRecord) -> u64 {
    let quality = touch.quality.map(|quality| format!("{quality:.4}")).unwrap_or_default();
    let day = touch.day.to_string();
    let mut bytes = Vec::with_capacity(96);
    join(&mut bytes, &[&day, &touch.partner, &touch.contact, &touch.pam, touch.kind.code, &quality]);
    XxHash64::oneshot(0, &bytes)
}

/// Parts one after the other, each with its length before it, so that ("ab", "c") is not ("a", "bc").
fn join(bytes: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u32).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
}
