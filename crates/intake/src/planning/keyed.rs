//! Records with a key: merged over the files of an import, then compared with what is known.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Batch, Change, Counts};

/// A record that is known again by its key.
pub(super) trait Keyed: Clone + PartialEq {
    /// What it is known again by.
    type Key: Ord + Clone;

    /// Its key.
    fn key(&self) -> Self::Key;

    /// This record as a file tells it, with what the file's columns (`has`) do not tell taken from `before`.
    fn filled(self, before: &Self, has: &dyn Fn(&str) -> bool) -> Self;
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// The first of its key.
    First,
    /// The same again, or one that completes it from another file.
    Again,
    /// Another content under the same key.
    Conflict,
}

/// Looks up what is known under a key.
type Lookup<'k, R> = Box<dyn Fn(&<R as Keyed>::Key) -> Option<&'k R> + 'k>;

/// The records of an import by key, in the order they came.
pub(super) struct Merged<'k, R: Keyed> {
    known: Lookup<'k, R>,
    rows: BTreeMap<R::Key, Row<R>>,
    order: Vec<R::Key>,
}

struct Row<R> {
    record: R,
    batch: usize,
    columns: Option<BTreeSet<&'static str>>,
}

impl<'k, R: Keyed> Merged<'k, R> {
    /// Nothing yet.
    pub fn new(known: impl Fn(&R::Key) -> Option<&'k R> + 'k) -> Merged<'k, R> {
        Merged { known: Box::new(known), rows: BTreeMap::new(), order: Vec::new() }
    }

    /// Takes one row of a batch.
    pub fn take(&mut self, at: usize, batch: &Batch, record: R) -> Taken {
        let key = record.key();
        let has = |code: &str| batch.columns.as_ref().is_none_or(|columns| columns.contains(&code));
        let Some(row) = self.rows.get_mut(&key) else {
            let record = match (self.known)(&key) {
                Some(before) => record.filled(before, &has),
                None => record,
            };
            let columns = batch.columns.as_ref().map(|columns| columns.iter().copied().collect());
            self.rows.insert(key.clone(), Row { record, batch: at, columns });
            self.order.push(key);
            return Taken::First;
        };
        let in_both = |code: &str| has(code) && row.columns.as_ref().is_none_or(|columns| columns.contains(code));
        let agrees = record.clone().filled(&row.record, &in_both) == row.record;
        if agrees && row.batch != at {
            let earlier = row.columns.clone();
            let is_new = |code: &str| has(code) && !earlier.as_ref().is_none_or(|columns| columns.contains(code));
            row.record = record.filled(&row.record, &is_new);
            if let (Some(columns), Some(more)) = (&mut row.columns, &batch.columns) {
                columns.extend(more.iter().copied());
            }
        }
        if agrees { Taken::Again } else { Taken::Conflict }
    }

    /// The records as they would be, in order.
    pub fn records(&self) -> impl Iterator<Item = &R> {
        self.order.iter().filter_map(|key| self.rows.get(key)).map(|row| &row.record)
    }

    /// Is there one of that key?
    pub fn contains(&self, key: &R::Key) -> bool {
        self.rows.contains_key(key)
    }

    /// What is to be written, counted.
    pub fn changes(mut self, counts: &mut Counts) -> Vec<Change<R>> {
        let mut changes = Vec::new();
        for key in &self.order {
            let Some(Row { record, .. }) = self.rows.remove(key) else { continue };
            match (self.known)(key) {
                None => {
                    counts.new += 1;
                    changes.push(Change::New(record));
                }
                Some(before) if *before == record => counts.same += 1,
                Some(before) => {
                    counts.changed += 1;
                    changes.push(Change::Changed { before: before.clone(), after: record });
                }
            }
        }
        changes
    }
}
