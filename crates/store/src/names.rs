//! Which identity stands behind the keys that files use.

use std::collections::HashMap;

use crate::StoreError;
use crate::binds::binds;
use crate::rows::{CategoryRow, ContactRow, PamRow, PartnerRow, ProductRow};
use crate::statements::{CATEGORIES, CONTACTS, PAMS, PARTNERS, PRODUCTS, RAISE_COUNTER};
use crate::transaction::Transaction;

/// Identities by key.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) pams: HashMap<String, i64>,
    pub(crate) partners: HashMap<String, i64>,
    /// By partner's identity and own key.
    pub(crate) contacts: HashMap<(i64, String), i64>,
    /// With the aftermarket mark.
    pub(crate) categories: HashMap<String, (i64, bool)>,
    /// With the category's identity, where an article file gave one.
    pub(crate) products: HashMap<String, (i64, Option<i64>)>,
}

impl Names {
    /// Every name there is now.
    pub(crate) async fn load(transaction: &mut Transaction) -> Result<Names, StoreError> {
        let pams: Vec<PamRow> = transaction.all(PAMS, &[]).await?;
        let partners: Vec<PartnerRow> = transaction.all(PARTNERS, &[]).await?;
        let contacts: Vec<ContactRow> = transaction.all(CONTACTS, &[]).await?;
        let categories: Vec<CategoryRow> = transaction.all(CATEGORIES, &[]).await?;
        let products: Vec<ProductRow> = transaction.all(PRODUCTS, &[]).await?;
        Ok(Names {
            pams: pams.into_iter().map(|row| (row.key, row.id)).collect(),
            partners: partners.into_iter().map(|row| (row.key, row.id)).collect(),
            contacts: contacts.into_iter().map(|row| ((row.partner_id, row.key), row.id)).collect(),
            categories: categories.into_iter().map(|row| (row.name, (row.id, row.aftermarket))).collect(),
            products: products.into_iter().map(|row| (row.sku, (row.id, row.category_id))).collect(),
        })
    }

    /// The PAM with that key.
    pub(crate) fn pam(&self, key: &str) -> Result<i64, StoreError> {
        self.pams.get(key).copied().ok_or_else(|| missing("PAM", key))
    }

    /// The partner with that key.
    pub(crate) fn partner(&self, key: &str) -> Result<i64, StoreError> {
        self.partners.get(key).copied().ok_or_else(|| missing("partner", key))
    }

    /// The category with that name.
    pub(crate) fn category(&self, name: &str) -> Result<i64, StoreError> {
        self.categories.get(name).map(|(id, _)| *id).ok_or_else(|| missing("category", name))
    }
}

/// A name that an import plan counts on is not there.
pub(crate) fn missing(what: &str, key: &str) -> StoreError {
    StoreError::Outdated { what: format!("there is no {what} {key}") }
}

/// Takes that many new identities; the first of them.
pub(crate) async fn take(transaction: &mut Transaction, counter: &str, count: usize) -> Result<i64, StoreError> {
    let count = count as i64;
    let last: Option<(i64,)> = transaction.first(RAISE_COUNTER, &binds![count, counter]).await?;
    let (last,) = last.ok_or_else(|| StoreError::Damaged { cause: format!("the counter {counter} is gone") })?;
    Ok(last - count + 1)
}
