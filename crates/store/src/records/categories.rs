//! Categories, known by their names.

use super::{Kept, identities};
use crate::StoreError;
use crate::binds::binds;
use crate::names::{Names, missing, take};
use crate::statements::{
    ADD_CATEGORIES, CATEGORIES_OF_PRODUCTS, CATEGORIES_OF_SALES, CATEGORIES_OF_STANDING, CHANGE_CATEGORY,
    DROP_CATEGORIES,
};
use crate::transaction::{Statement, Transaction};

/// A category as lines and article files name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CategoryRecord {
    pub(crate) name: String,
    pub(crate) aftermarket: bool,
}

impl Kept for CategoryRecord {
    const KIND: &'static str = "category";
    const NAMED_BY: &'static [Statement] = &[CATEGORIES_OF_SALES, CATEGORIES_OF_PRODUCTS, CATEGORIES_OF_STANDING];

    fn key(&self) -> String {
        self.name.clone()
    }

    fn identity(names: &Names, key: &str) -> Option<i64> {
        names.categories.get(key).map(|(id, _)| *id)
    }

    async fn add(transaction: &mut Transaction, names: &mut Names, records: &[&Self]) -> Result<(), StoreError> {
        let first = take(transaction, "category", records.len()).await?;
        let mut rows = Vec::with_capacity(records.len() * 3);
        for (record, id) in records.iter().zip(first..) {
            names.categories.insert(record.name.clone(), (id, record.aftermarket));
            rows.extend(binds![id, &record.name, record.aftermarket]);
        }
        transaction.insert(&ADD_CATEGORIES, &rows).await
    }

    async fn change(&self, transaction: &mut Transaction, names: &mut Names) -> Result<(), StoreError> {
        let known = names.categories.get_mut(&self.name).ok_or_else(|| missing("category", &self.name))?;
        known.1 = self.aftermarket;
        transaction.run(CHANGE_CATEGORY, &binds![known.0, self.aftermarket]).await.map(|_| ())
    }

    async fn take_away(
        transaction: &mut Transaction,
        names: &mut Names,
        gone: &[(String, i64)],
    ) -> Result<(), StoreError> {
        for (key, _) in gone {
            names.categories.remove(key);
        }
        transaction.run_among(DROP_CATEGORIES, &identities(gone)).await
    }
}
