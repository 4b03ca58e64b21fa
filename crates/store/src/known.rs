//! What is already known, as far as an import must know it to tell new rows from changed and same ones.

use std::collections::HashMap;

use spelplan_facts::{Contact, Money, Pam, Partner, Share};
use spelplan_intake::{AbsenceRecord, Batch, ContactRecord, Known, PamRecord, PartnerRecord, QuotaRecord};

use crate::binds::binds;
use crate::fingerprint::{halves, whole};
use crate::rows::{AbsenceRow, CategoryRow, ContactRow, PamRow, PartnerRow, ProductRow, QuotaRow};
use crate::statements::{
    ABSENCES, CATEGORIES, CONTACTS, KNOWN_LINES, KNOWN_LINES_BETWEEN, KNOWN_TOUCHES, LIVE_LINES, PAMS, PARTNERS,
    PRODUCTS, QUOTAS,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError, business, settings, told_draws};

impl Store {
    /// What the database holds of the things these batches speak of. Of lines and touches only those with their keys.
    pub async fn known(&self, batches: &[Batch]) -> Result<Known, StoreError> {
        let mut transaction = self.read().await?;
        let transaction = &mut transaction;
        let mut known = Known { currency: settings::currency(transaction).await?, ..Known::default() };
        records(transaction, &mut known).await?;
        let line_keys = batches.iter().flat_map(|batch| batch.sales.iter().map(|sale| sale.key));
        known.sales = lines(transaction, high_halves(line_keys)).await?;
        let touch_keys = batches.iter().flat_map(|batch| batch.touches.iter().map(|(_, touch)| touch.key));
        let found = transaction.among(KNOWN_TOUCHES, &high_halves(touch_keys)).await?;
        known.touches = contents(found);
        Ok(known)
    }
}

/// High halves of the keys, sorted, each once.
fn high_halves(keys: impl Iterator<Item = u128>) -> Vec<i64> {
    let mut high: Vec<i64> = keys.map(|key| halves(key).0).collect();
    high.sort_unstable();
    high.dedup();
    high
}

fn contents(rows: Vec<(i64, i64, i64)>) -> HashMap<u128, u64> {
    rows.into_iter().map(|(high, low, content)| (whole((high, low)), content as u64)).collect()
}

/// Looks keys up one by one where they are few beside what is kept, and reads along the index where they are many.
async fn lines(transaction: &mut Transaction, high: Vec<i64>) -> Result<HashMap<u128, u64>, StoreError> {
    let live: Option<(i64,)> = transaction.first(LIVE_LINES, &[]).await?;
    let live = live.map_or(0, |(live,)| live);
    if live == 0 {
        return Ok(HashMap::new());
    }
    if (high.len() as i64) < live / 4 {
        return Ok(contents(transaction.among(KNOWN_LINES, &high).await?));
    }
    let mut found = HashMap::new();
    for chunk in high.chunks(20_000) {
        let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { continue };
        let rows: Vec<(i64, i64, i64)> = transaction.all(KNOWN_LINES_BETWEEN, &binds![*first, *last]).await?;
        found.extend(contents(rows.into_iter().filter(|(high, ..)| chunk.binary_search(high).is_ok()).collect()));
    }
    Ok(found)
}

async fn records(transaction: &mut Transaction, known: &mut Known) -> Result<(), StoreError> {
    let pams: Vec<PamRow> = transaction.all(PAMS, &[]).await?;
    let pams: Vec<Pam> = pams.into_iter().map(PamRow::fact).collect();
    let pam_keys: HashMap<i64, String> = pams.iter().map(|pam| (pam.id.0, pam.key.clone())).collect();
    let pam_key = |id: i64| pam_keys.get(&id).cloned().unwrap_or_default();

    let partners: Vec<PartnerRow> = transaction.all(PARTNERS, &[]).await?;
    let told: HashMap<i64, (Option<Money>, Option<Share>)> =
        partners.iter().map(|partner| (partner.id, partner.told())).collect();
    let partners = partners.into_iter().map(PartnerRow::fact).collect::<Result<Vec<Partner>, _>>()?;
    let partner_keys: HashMap<i64, String> =
        partners.iter().map(|partner| (partner.id.0, partner.key.clone())).collect();

    let contacts: Vec<ContactRow> = transaction.all(CONTACTS, &[]).await?;
    let contacts = contacts.into_iter().map(|row| contact(row.fact(), &partner_keys));
    known.contacts = contacts.map(|record| ((record.partner.clone(), record.key.clone()), record)).collect();

    business::known(transaction, &partner_keys, known).await?;
    told_draws::known(transaction, &partner_keys, known).await?;
    let quotas: Vec<QuotaRow> = transaction.all(QUOTAS, &[]).await?;
    for quota in quotas.into_iter().map(QuotaRow::fact) {
        let record =
            QuotaRecord { pam: pam_key(quota.pam.0), from: quota.from, months: quota.months, amount: quota.amount };
        known.quotas.insert((record.pam.clone(), record.from.0), record);
    }
    let absences: Vec<AbsenceRow> = transaction.all(ABSENCES, &[]).await?;
    let absence =
        |one: spelplan_facts::Absence| AbsenceRecord { pam: pam_key(one.pam.0), days: one.days, reason: one.reason };
    known.absences = absences.into_iter().map(AbsenceRow::fact).map(absence).collect();

    let categories: Vec<CategoryRow> = transaction.all(CATEGORIES, &[]).await?;
    let categories: HashMap<i64, String> = categories.into_iter().map(|row| (row.id, row.name)).collect();
    let products: Vec<ProductRow> = transaction.all(PRODUCTS, &[]).await?;
    let category = |row: ProductRow| Some((row.sku, categories.get(&row.category_id?)?.clone()));
    known.product_categories = products.into_iter().filter_map(category).collect();

    known.partners = partners
        .into_iter()
        .map(|one| {
            let told = told.get(&one.id.0).copied().unwrap_or_default();
            (one.key.clone(), partner(one, told, &pam_keys))
        })
        .collect();
    known.pams = pams.into_iter().map(|one| (one.key.clone(), pam(one))).collect();
    Ok(())
}

fn pam(pam: Pam) -> PamRecord {
    PamRecord {
        key: pam.key,
        name: pam.name,
        email: pam.email,
        street: pam.street,
        postal_code: pam.postal_code,
        city: pam.city,
        country: pam.country,
        home: pam.home,
        manager: pam.manager,
        field_time_week: pam.field_time_week,
    }
}

fn partner(partner: Partner, told: (Option<Money>, Option<Share>), pam_keys: &HashMap<i64, String>) -> PartnerRecord {
    PartnerRecord {
        pam: partner.pam.and_then(|pam| pam_keys.get(&pam.0).cloned()).unwrap_or_default(),
        key: partner.key,
        name: partner.name,
        street: partner.street,
        postal_code: partner.postal_code,
        city: partner.city,
        country: partner.country,
        place: partner.place,
        segment: partner.segment,
        chain: partner.chain,
        employees: partner.employees,
        revenue: partner.revenue,
        wallet: told.0,
        wallet_share: told.1,
        opening_hours: partner.opening_hours,
        closed: partner.closed,
        visit_time: partner.visit_time,
        inactive: partner.inactive,
    }
}

fn contact(contact: Contact, partner_keys: &HashMap<i64, String>) -> ContactRecord {
    ContactRecord {
        partner: partner_keys.get(&contact.partner.0).cloned().unwrap_or_default(),
        key: contact.key,
        name: contact.name,
        role: contact.role,
        email: contact.email,
        phone: contact.phone,
    }
}
