//! Touches into the tables and out again, as with lines but without sums.

use std::collections::{HashMap, HashSet};

use spelplan_intake::{TouchRecord, content_of_touch};

use crate::binds::binds;
use crate::fingerprint::{halves, whole};
use crate::names::Names;
use crate::progress::Steps;
use crate::restore::{Ancestor, TouchLink, standing};
use crate::statements::{
    ADD_TOUCH_KEYS, ADD_TOUCHES, DROP_TOUCH_KEYS, LIVE_TOUCHES_OF_IMPORT, MOVE_TOUCH_KEYS, RESTORE_TOUCH_KEYS,
    TOUCHES_BY_ID, TOUCHES_OF_KEYS,
};
use crate::transaction::Transaction;
use crate::{StoreError, Undone};

/// Touches handed to the engine at a time.
const CHUNK: usize = 10_000;

/// Appends touches. Identities run from `first`.
pub(crate) async fn append(
    transaction: &mut Transaction,
    names: &Names,
    touches: &[(TouchRecord, bool)],
    (import, first): (i64, i64),
    steps: &mut Steps<'_>,
) -> Result<(), StoreError> {
    if touches.is_empty() {
        return Ok(());
    }
    let corrected = corrected(transaction, touches).await?;
    for (n, chunk) in touches.chunks(CHUNK).enumerate() {
        let mut rows = Vec::with_capacity(chunk.len() * ADD_TOUCHES.columns);
        for ((touch, corrects), id) in chunk.iter().zip(first + (n * CHUNK) as i64..) {
            let gone = || StoreError::Outdated { what: "a touch to correct is gone".to_owned() };
            let corrects = corrects.then(|| corrected.get(&touch.key).copied().ok_or_else(gone)).transpose()?;
            let (high, low) = halves(touch.key);
            let partner = names.partner(&touch.partner)?;
            let contact = names.contacts.get(&(partner, touch.contact.clone())).copied();
            let pam = if touch.pam.is_empty() { None } else { Some(names.pam(&touch.pam)?) };
            let content = content_of_touch(touch) as i64;
            let (day, kind) = (touch.day.number(), touch.kind.code);
            rows.extend(binds![
                id,
                high,
                low,
                content,
                day,
                partner,
                contact,
                pam,
                kind,
                touch.quality,
                import,
                corrects
            ]);
        }
        transaction.insert(&ADD_TOUCHES, &rows).await?;
        steps.done(chunk.len());
    }
    let last = first + touches.len() as i64 - 1;
    transaction.run(ADD_TOUCH_KEYS, &binds![first, last]).await?;
    transaction.run(MOVE_TOUCH_KEYS, &binds![first, last]).await.map(|_| ())
}

/// Identities of the live touches that these correct, by key.
async fn corrected(
    transaction: &mut Transaction,
    touches: &[(TouchRecord, bool)],
) -> Result<HashMap<u128, i64>, StoreError> {
    let high: Vec<i64> =
        touches.iter().filter(|(_, corrects)| *corrects).map(|(touch, _)| halves(touch.key).0).collect();
    let found: Vec<(i64, i64, i64)> = transaction.among(TOUCHES_OF_KEYS, &high).await?;
    Ok(found.into_iter().map(|(high, low, id)| (whole((high, low)), id)).collect())
}

/// Takes an import's touches back; what they corrected is live again, unless a later import has spoken.
pub(crate) async fn undo(
    transaction: &mut Transaction,
    (first, last): (i64, i64),
    undone_imports: &HashSet<i64>,
    undone: &mut Undone,
) -> Result<(), StoreError> {
    let live: Vec<TouchLink> = transaction.all(LIVE_TOUCHES_OF_IMPORT, &binds![first, last]).await?;
    let ancestors = live.iter().filter_map(Ancestor::corrects).collect();
    let restored: Vec<TouchLink> = standing(transaction, TOUCHES_BY_ID, ancestors, undone_imports).await?;
    let again: Vec<i64> = restored.iter().map(Ancestor::identity).collect();
    transaction.run(DROP_TOUCH_KEYS, &binds![first, last]).await?;
    transaction.run_among(RESTORE_TOUCH_KEYS, &again).await?;
    let live = live.len() as i64;
    undone.kept += last - first + 1 - live;
    undone.restored += again.len() as i64;
    undone.removed += live - again.len() as i64;
    Ok(())
}
