//! Touches that people log here: appended, taken back together, and facts like those of files as long as they stand.

use std::collections::HashSet;

use spelplan_facts::{ContactId, Day, PamId, PartnerId, Touch, TouchId, TouchKind};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::rows::day;
use crate::rules::Signed;
use crate::statements::{ADD_LOGGED_TOUCHES, LOGGED_TOUCHES, UNDO_LOGGED_TOUCHES};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// Below every identity of a held meeting's touch, which are negative too.
const BELOW: i64 = -(1 << 40);

/// A touch to log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchToLog {
    /// What a mail is known again by; empty for a tap.
    pub key: String,
    /// When.
    pub day: Day,
    /// With whom.
    pub partner: PartnerId,
    /// With which person there.
    pub contact: Option<ContactId>,
    /// Who of ours.
    pub pam: Option<PamId>,
    /// Stable word of its kind.
    pub kind: &'static str,
}

/// A touch that was logged and stands.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedTouch {
    /// What went in together.
    pub batch: i64,
    /// What a mail is known again by; empty for a tap.
    pub key: String,
    /// The touch.
    pub touch: Touch,
    /// Where it comes from: empty for a tap, else the file's name.
    pub source: String,
    /// When it was logged (RFC 3339).
    pub at: String,
    /// Who logged it.
    pub by: String,
}

impl Store {
    /// Logs touches that go in together, but for those whose mail is logged already. The number they are taken back by, and
    /// how many were new; `None` where none was.
    pub async fn log_touches(
        &self,
        touches: &[TouchToLog],
        source: &str,
        signed: Signed<'_>,
    ) -> Result<Option<(i64, usize)>, StoreError> {
        let mut transaction = self.write().await?;
        let mut known: HashSet<String> = standing(&mut transaction).await?.into_iter().map(|one| one.key).collect();
        let fresh = |one: &&TouchToLog| one.key.is_empty() || known.insert(one.key.clone());
        let new: Vec<&TouchToLog> = touches.iter().filter(fresh).collect();
        if new.is_empty() {
            return Ok(None);
        }
        let batch = take(&mut transaction, "logged_touch", new.len()).await?;
        let mut rows = Vec::new();
        for (touch, id) in new.iter().zip(batch..) {
            let (contact, pam) = (touch.contact.map(|contact| contact.0), touch.pam.map(|pam| pam.0));
            rows.extend(binds![id, batch, &touch.key, touch.day.number(), touch.partner.0, contact, pam]);
            rows.extend(binds![touch.kind, source, signed.at, signed.by]);
        }
        transaction.insert(&ADD_LOGGED_TOUCHES, &rows).await?;
        transaction.commit().await?;
        Ok(Some((batch, new.len())))
    }

    /// Takes back what went in together; how many touches that were.
    pub async fn undo_logged_touches(&self, batch: i64, signed: Signed<'_>) -> Result<u64, StoreError> {
        let mut transaction = self.write().await?;
        let undone = transaction.run(UNDO_LOGGED_TOUCHES, &binds![batch, signed.by, signed.at]).await?;
        transaction.commit().await?;
        Ok(undone)
    }

    /// Every logged touch that stands, by day then identity.
    pub async fn logged_touches(&self) -> Result<Vec<LoggedTouch>, StoreError> {
        standing(&mut self.read().await?).await
    }
}

/// Every logged touch that stands.
pub(crate) async fn standing(transaction: &mut Transaction) -> Result<Vec<LoggedTouch>, StoreError> {
    let rows: Vec<LoggedRow> = transaction.all(LOGGED_TOUCHES, &[]).await?;
    rows.into_iter().map(LoggedRow::logged).collect()
}

/// Touches with the logged ones among them. One that a file or a meeting tells of too, on the same day with the same partner
/// and in the same way, is the same touch and counts once.
pub(crate) fn with_logged(touches: Vec<Touch>, logged: Vec<LoggedTouch>, as_of: Day) -> Vec<Touch> {
    let told: HashSet<(Day, PartnerId, &str)> =
        touches.iter().map(|one| (one.day, one.partner, one.kind.code)).collect();
    let logged = logged.into_iter().map(|one| one.touch).filter(|one| one.day <= as_of);
    let new: Vec<Touch> = logged.filter(|one| !told.contains(&(one.day, one.partner, one.kind.code))).collect();
    if new.is_empty() {
        return touches;
    }
    let mut all = touches;
    all.extend(new);
    all.sort_by_key(|touch| (touch.day, touch.id));
    all
}

#[derive(FromRow)]
struct LoggedRow {
    id: i64,
    batch: i64,
    key: String,
    day: i32,
    partner_id: i64,
    contact_id: Option<i64>,
    pam_id: Option<i64>,
    kind: String,
    source: String,
    at: String,
    made_by: String,
}

impl LoggedRow {
    fn logged(self) -> Result<LoggedTouch, StoreError> {
        let unknown = || StoreError::Unreadable {
            what: "a logged touch".into(),
            cause: format!("no kind is called {}", self.kind),
        };
        let touch = Touch {
            id: TouchId(BELOW - self.id),
            day: day(self.day),
            partner: PartnerId(self.partner_id),
            contact: self.contact_id.map(ContactId),
            pam: self.pam_id.map(PamId),
            kind: TouchKind::named(&self.kind).ok_or_else(unknown)?,
            quality: None,
        };
        let LoggedRow { batch, key, source, at, made_by: by, .. } = self;
        Ok(LoggedTouch { batch, key, touch, source, at, by })
    }
}
