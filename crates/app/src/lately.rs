//! What was worked out lately, a few of each kind: the newest first, each under what it was worked out for.

use std::sync::{Arc, Mutex, PoisonError};

/// At most `MOST` values with their keys.
pub(crate) struct Lately<Key, Value, const MOST: usize>(Mutex<Vec<(Key, Arc<Value>)>>);

impl<Key, Value, const MOST: usize> Default for Lately<Key, Value, MOST> {
    fn default() -> Self {
        Lately(Mutex::new(Vec::new()))
    }
}

impl<Key: PartialEq, Value, const MOST: usize> Lately<Key, Value, MOST> {
    /// What is kept under the key.
    pub(crate) fn get(&self, key: &Key) -> Option<Arc<Value>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|one| one.0 == *key).map(|one| Arc::clone(&one.1))
    }

    /// Keeps the value, instead of what was under its key.
    pub(crate) fn keep(&self, key: Key, value: &Arc<Value>) {
        self.keep_beside(key, value, |_| true);
    }

    /// The same, and drops what is under keys that are of no use any more.
    pub(crate) fn keep_beside(&self, key: Key, value: &Arc<Value>, of_use: impl Fn(&Key) -> bool) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.0 != key && of_use(&one.0));
        kept.insert(0, (key, Arc::clone(value)));
        kept.truncate(MOST);
    }
}
