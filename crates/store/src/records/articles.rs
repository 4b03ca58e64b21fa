//! Articles: the category of an article number. Taken back, the number stays, since lines may name it.

use super::{Kept, identities};
use crate::StoreError;
use crate::binds::binds;
use crate::names::{Names, missing, take};
use crate::statements::{ADD_PRODUCTS, CHANGE_PRODUCT, CLEAR_PRODUCTS};
use crate::transaction::{Statement, Transaction};

/// An article with the name of its category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArticleRecord {
    pub(crate) sku: String,
    pub(crate) category: String,
}

impl Kept for ArticleRecord {
    const KIND: &'static str = "product";
    const NAMED_BY: &'static [Statement] = &[];

    fn key(&self) -> String {
        self.sku.clone()
    }

    fn names(&self) -> Option<&str> {
        Some(&self.category)
    }

    /// Only of articles that have a category: a number that merely stood on a line is new to article files.
    fn identity(names: &Names, key: &str) -> Option<i64> {
        names.products.get(key).filter(|(_, category)| category.is_some()).map(|(id, _)| *id)
    }

    async fn add(transaction: &mut Transaction, names: &mut Names, records: &[&Self]) -> Result<(), StoreError> {
        let (known, new): (Vec<&Self>, Vec<&Self>) =
            records.iter().partition(|record| names.products.contains_key(&record.sku));
        for record in known {
            record.change(transaction, names).await?;
        }
        let first = take(transaction, "product", new.len()).await?;
        let mut rows = Vec::with_capacity(new.len() * 3);
        for (record, id) in new.iter().zip(first..) {
            let category = category(record, names)?;
            names.products.insert(record.sku.clone(), (id, Some(category)));
            rows.extend(binds![id, &record.sku, category]);
        }
        transaction.insert(&ADD_PRODUCTS, &rows).await
    }

    async fn change(&self, transaction: &mut Transaction, names: &mut Names) -> Result<(), StoreError> {
        let category = category(self, names)?;
        let known = names.products.get_mut(&self.sku).ok_or_else(|| missing("article", &self.sku))?;
        known.1 = Some(category);
        transaction.run(CHANGE_PRODUCT, &binds![known.0, category]).await.map(|_| ())
    }

    async fn take_away(
        transaction: &mut Transaction,
        names: &mut Names,
        gone: &[(String, i64)],
    ) -> Result<(), StoreError> {
        for (key, _) in gone {
            if let Some(known) = names.products.get_mut(key) {
                known.1 = None;
            }
        }
        transaction.run_among(CLEAR_PRODUCTS, &identities(gone)).await
    }
}

fn category(record: &ArticleRecord, names: &Names) -> Result<i64, StoreError> {
    names.categories.get(&record.category).map(|(id, _)| *id).ok_or_else(|| missing("category", &record.category))
}

/// Gives identities to article numbers that lines name and nobody has told of.
pub(crate) async fn number(
    transaction: &mut Transaction,
    names: &mut Names,
    skus: &[String],
) -> Result<Vec<i64>, StoreError> {
    let mut new: Vec<&String> = skus.iter().filter(|sku| !names.products.contains_key(*sku)).collect();
    new.sort();
    new.dedup();
    let first = take(transaction, "product", new.len()).await?;
    let mut rows = Vec::with_capacity(new.len() * 3);
    for (sku, id) in new.iter().zip(first..) {
        names.products.insert((*sku).clone(), (id, None));
        rows.extend(binds![id, *sku, None::<i64>]);
    }
    transaction.insert(&ADD_PRODUCTS, &rows).await?;
    skus.iter().map(|sku| names.products.get(sku).map(|(id, _)| *id).ok_or_else(|| missing("article", sku))).collect()
}
