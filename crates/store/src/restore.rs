//! Which earlier version stands again when a correction is taken back: the nearest whose own import is not undone.

use std::collections::HashSet;

use sqlx::FromRow;

use crate::StoreError;
use crate::rows::LineRow;
use crate::transaction::{Fetched, Statement, Transaction};

/// A line or touch in a chain of corrections.
pub(crate) trait Ancestor: Fetched {
    /// Its identity.
    fn identity(&self) -> i64;
    /// The import it came with.
    fn import(&self) -> i64;
    /// The one before it.
    fn corrects(&self) -> Option<i64>;
}

impl Ancestor for LineRow {
    fn identity(&self) -> i64 {
        self.id
    }
    fn import(&self) -> i64 {
        self.import_id
    }
    fn corrects(&self) -> Option<i64> {
        self.corrects
    }
}

/// A touch as far as corrections go.
#[derive(FromRow)]
pub(crate) struct TouchLink {
    id: i64,
    corrects: Option<i64>,
    import_id: i64,
}

impl Ancestor for TouchLink {
    fn identity(&self) -> i64 {
        self.id
    }
    fn import(&self) -> i64 {
        self.import_id
    }
    fn corrects(&self) -> Option<i64> {
        self.corrects
    }
}

/// Follows each chain back from these to the first whose import stands; chains without one end in nothing.
pub(crate) async fn standing<A: Ancestor>(
    transaction: &mut Transaction,
    by_identity: Statement,
    mut wanted: Vec<i64>,
    undone: &HashSet<i64>,
) -> Result<Vec<A>, StoreError> {
    let mut found = Vec::new();
    while !wanted.is_empty() {
        wanted.sort_unstable();
        let (stand, fell): (Vec<A>, Vec<A>) = transaction
            .among::<A>(by_identity, &wanted)
            .await?
            .into_iter()
            .partition(|one| !undone.contains(&one.import()));
        found.extend(stand);
        wanted = fell.iter().filter_map(Ancestor::corrects).collect();
    }
    Ok(found)
}
