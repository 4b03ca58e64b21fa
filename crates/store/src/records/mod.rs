//! Records that files write again and again, and their history: what an import wrote over comes back when it is undone.
//! What stands is always the latest change by an import that is not undone.

mod articles;
mod categories;
mod contacts;
mod pams;
mod partners;
mod quotas;

use std::collections::{HashMap, HashSet};

use spelplan_intake::Change;

pub(crate) use articles::{ArticleRecord, number as number_articles};
pub(crate) use categories::CategoryRecord;

use crate::binds::binds;
use crate::documents::{Document, from_json, to_json};
use crate::names::Names;
use crate::statements::{ADD_CHANGES, CHANGES, LEFT_OVER, OTHER_CHANGES};
use crate::transaction::{Statement, Transaction};
use crate::{StoreError, Undone};

/// A kind of record that is kept under a key.
pub(crate) trait Kept: Document + Sync {
    /// Its word in the history; never changes.
    const KIND: &'static str;
    /// The key of this one in the history.
    fn key(&self) -> String;
    /// The key of the record it names, where that one must stay as long as this is said.
    fn names(&self) -> Option<&str> {
        None
    }
    /// The identity behind a key.
    fn identity(names: &Names, key: &str) -> Option<i64>;
    /// Writes new ones and gives them identities.
    async fn add(transaction: &mut Transaction, names: &mut Names, records: &[&Self]) -> Result<(), StoreError>;
    /// Writes one anew.
    async fn change(&self, transaction: &mut Transaction, names: &mut Names) -> Result<(), StoreError>;
    /// Takes some away: key and identity.
    async fn take_away(
        transaction: &mut Transaction,
        names: &mut Names,
        gone: &[(String, i64)],
    ) -> Result<(), StoreError>;
    /// Statements that list identities which something else still names.
    const NAMED_BY: &'static [Statement];
}

/// Writes what an import plan says of one kind, and its history.
pub(crate) async fn write<K: Kept>(
    transaction: &mut Transaction,
    names: &mut Names,
    import: i64,
    changes: &[Change<K>],
) -> Result<(), StoreError> {
    let new: Vec<&K> = changes.iter().filter_map(|change| matches_new(change)).collect();
    K::add(transaction, names, &new).await?;
    for change in changes {
        if let Change::Changed { after, .. } = change {
            after.change(transaction, names).await?;
        }
    }
    remember(transaction, import, changes).await
}

fn matches_new<K>(change: &Change<K>) -> Option<&K> {
    match change {
        Change::New(record) => Some(record),
        Change::Changed { .. } => None,
    }
}

/// Appends to the history.
async fn remember<K: Kept>(
    transaction: &mut Transaction,
    import: i64,
    changes: &[Change<K>],
) -> Result<(), StoreError> {
    let mut history = Vec::with_capacity(changes.len());
    for change in changes {
        let (before, after) = match change {
            Change::New(after) => (None, after),
            Change::Changed { before, after } => (Some(to_json(before)?), after),
        };
        history.push((after.key(), after.names(), before, to_json(after)?));
    }
    let rows: Vec<_> = history
        .iter()
        .flat_map(|(key, names, before, after)| binds![K::KIND, key, import, *names, before.as_deref(), after])
        .collect();
    transaction.insert(&ADD_CHANGES, &rows).await
}

/// Takes back what an import did to one kind.
pub(crate) async fn undo<K: Kept>(
    transaction: &mut Transaction,
    names: &mut Names,
    import: i64,
    undone: &mut Undone,
) -> Result<(), StoreError> {
    let mine: Vec<(String, Option<String>, String)> = transaction.all(CHANGES, &binds![import, K::KIND]).await?;
    let others: Vec<(String, i64, String)> = transaction.all(OTHER_CHANGES, &binds![import, K::KIND]).await?;
    let others: HashMap<String, (i64, String)> =
        others.into_iter().map(|(key, other, after)| (key, (other, after))).collect();
    let mut gone = Vec::new();
    for (key, before, _) in mine {
        match others.get(&key) {
            Some((other, _)) if *other > import => undone.kept += 1,
            Some((_, earlier)) => {
                put_back::<K>(transaction, names, earlier).await?;
                undone.restored += 1;
            }
            None => gone.push((key, before)),
        }
    }
    take_away::<K>(transaction, names, import, gone, undone).await
}

/// No import that still stands speaks of these: they go, but for those that something else names. With them go those that
/// an earlier undoing had to leave and that nothing names any longer.
async fn take_away<K: Kept>(
    transaction: &mut Transaction,
    names: &mut Names,
    import: i64,
    gone: Vec<(String, Option<String>)>,
    undone: &mut Undone,
) -> Result<(), StoreError> {
    let left: Vec<(String,)> = transaction.all(LEFT_OVER, &binds![import, K::KIND]).await?;
    let left: Vec<(String, i64)> =
        left.into_iter().filter_map(|(key,)| K::identity(names, &key).map(|id| (key, id))).collect();
    if gone.is_empty() && left.is_empty() {
        return Ok(());
    }
    let named = named::<K>(transaction).await?;
    let mut unnamed: Vec<(String, i64)> = left.into_iter().filter(|(_, id)| !named.contains(id)).collect();
    for (key, before) in gone {
        let Some(id) = K::identity(names, &key) else { continue };
        if !named.contains(&id) {
            unnamed.push((key, id));
            continue;
        }
        undone.kept += 1;
        if let Some(before) = before {
            put_back::<K>(transaction, names, &before).await?;
        }
    }
    undone.removed += unnamed.len() as i64;
    K::take_away(transaction, names, &unnamed).await
}

/// Identities that something else names.
async fn named<K: Kept>(transaction: &mut Transaction) -> Result<HashSet<i64>, StoreError> {
    let mut named = HashSet::new();
    for list in K::NAMED_BY {
        let rows: Vec<(i64,)> = transaction.all(*list, &[]).await?;
        named.extend(rows.into_iter().map(|(id,)| id));
    }
    Ok(named)
}

async fn put_back<K: Kept>(transaction: &mut Transaction, names: &mut Names, json: &str) -> Result<(), StoreError> {
    let record: K = from_json("the history of imports", json)?;
    if K::identity(names, &record.key()).is_some() {
        record.change(transaction, names).await
    } else {
        K::add(transaction, names, &[&record]).await
    }
}

/// Two words as one key; told apart again by [`two_words`].
pub(crate) fn one_key(first: &str, second: &str) -> String {
    serde_json::Value::from(vec![first, second]).to_string()
}

/// The two words of [`one_key`].
pub(crate) fn two_words(key: &str) -> Option<(String, String)> {
    serde_json::from_str(key).ok()
}

/// The identities of a list of keys with identities.
fn identities(gone: &[(String, i64)]) -> Vec<i64> {
    gone.iter().map(|(_, id)| *id).collect()
}
