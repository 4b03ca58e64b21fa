//! Links that open a partner's own page, and what is answered behind them. Of a link's secret only the digest is kept; answers are appended.

use std::collections::BTreeMap;

use spelplan_facts::{KnownWallet, MeetingId, PartnerId, Share, Side, ToldWallet};
use sqlx::FromRow;

use crate::binds::binds;
use crate::meetings::{self, MeetingEntry};
use crate::names::take;
use crate::operations::{Scores, add_rating};
use crate::rules::Signed;
use crate::statements::{
    ADD_PORTAL_ANSWER, ADD_PORTAL_LINK, END_PORTAL_LINK, PORTAL_ANSWERS, PORTAL_LINK, PORTAL_LINKS_OF, SEE_PORTAL_LINK,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// A link of a partner's; instants in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalLink {
    /// Its identity; no secret.
    pub id: i64,
    /// Whose page it opens.
    pub partner: PartnerId,
    /// For whom there it was made.
    pub name: String,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub at: i64,
    /// Until when it works.
    pub expires_at: i64,
    /// When it was last opened.
    pub seen_at: Option<i64>,
    /// When somebody ended it.
    pub ended_at: Option<i64>,
}

/// Something a partner answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalAnswer {
    /// Which partner.
    pub partner: PartnerId,
    /// About which meeting, where about one.
    pub meeting: Option<MeetingId>,
    /// What sort: a stable word.
    pub kind: String,
    /// A number, where the answer is one.
    pub number: Option<i64>,
    /// Words; may be empty.
    pub words: String,
    /// Who said it.
    pub made_by: String,
    /// When (RFC 3339).
    pub at: String,
}

impl Store {
    /// Keeps a link.
    pub async fn add_portal_link(&self, digest: &str, link: &PortalLink) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        let id = take(&mut transaction, "portal_link", 1).await?;
        let row = binds![id, digest, link.partner.0, &link.name, &link.made_by, link.at, link.expires_at];
        transaction.insert(&ADD_PORTAL_LINK, &row).await?;
        transaction.commit().await
    }

    /// The link with that digest, where it works then; and it is noted that it was opened.
    pub async fn open_portal_link(&self, digest: &str, at: i64) -> Result<Option<PortalLink>, StoreError> {
        let row: Option<LinkRow> = self.read().await?.first(PORTAL_LINK, &binds![digest, at]).await?;
        let Some(link) = row.map(LinkRow::link) else { return Ok(None) };
        let mut transaction = self.write_aside().await?;
        transaction.run(SEE_PORTAL_LINK, &binds![link.id, at]).await?;
        transaction.commit().await?;
        Ok(Some(link))
    }

    /// A partner's links, latest first.
    pub async fn portal_links_of(&self, partner: PartnerId) -> Result<Vec<PortalLink>, StoreError> {
        let rows: Vec<LinkRow> = self.read().await?.all(PORTAL_LINKS_OF, &binds![partner.0]).await?;
        Ok(rows.into_iter().map(LinkRow::link).collect())
    }

    /// Ends a partner's link; false where it had ended or is not that partner's.
    pub async fn end_portal_link(&self, partner: PartnerId, id: i64, by: &str, at: i64) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let ended = transaction.run(END_PORTAL_LINK, &binds![id, partner.0, at, by]).await?;
        transaction.commit().await?;
        Ok(ended == 1)
    }

    /// Everything that partners have answered, in order.
    pub async fn portal_answers(&self) -> Result<Vec<PortalAnswer>, StoreError> {
        answers(&mut self.read().await?).await
    }

    /// Appends an answer, with the meeting's next version or the partner's rating where it brings one; all of it or nothing.
    pub async fn add_portal_answer(
        &self,
        answer: &PortalAnswer,
        meeting: Option<(i32, &MeetingEntry)>,
        rating: Option<Scores>,
    ) -> Result<(), StoreError> {
        let signed = Signed { by: &answer.made_by, at: &answer.at };
        let mut transaction = self.write().await?;
        if let (Some(id), Some((seen, entry))) = (answer.meeting, meeting) {
            meetings::change(&mut transaction, id, seen, entry, signed).await?;
        }
        if let (Some(id), Some(scores)) = (answer.meeting, rating) {
            add_rating(&mut transaction, id, Side::Theirs, scores, signed).await?;
        }
        let id = take(&mut transaction, "portal_answer", 1).await?;
        let about = answer.meeting.map(|meeting| meeting.0);
        let PortalAnswer { partner, kind, number, words, made_by, at, .. } = answer;
        let row = binds![id, partner.0, about, kind, *number, words, made_by, at];
        transaction.insert(&ADD_PORTAL_ANSWER, &row).await?;
        transaction.commit().await
    }
}

/// Every answer, in order.
async fn answers(transaction: &mut Transaction) -> Result<Vec<PortalAnswer>, StoreError> {
    let rows: Vec<AnswerRow> = transaction.all(PORTAL_ANSWERS, &[]).await?;
    Ok(rows.into_iter().map(AnswerRow::answer).collect())
}

/// Wallets that files tell, with the partner's own latest word in place of an older one of a share; what it buys in money stays as told.
pub(crate) async fn with_own_words(
    transaction: &mut Transaction,
    wallets: Vec<KnownWallet>,
) -> Result<Vec<KnownWallet>, StoreError> {
    let shares = answers(transaction).await?.into_iter().filter(|one| one.kind == "share");
    let own: Vec<(PartnerId, i64)> = shares.filter_map(|one| Some((one.partner, one.number?))).collect();
    if own.is_empty() {
        return Ok(wallets);
    }
    let mut all: BTreeMap<PartnerId, ToldWallet> = wallets.into_iter().map(|one| (one.partner, one.told)).collect();
    for (partner, thousandths) in own.into_iter().filter(|(_, number)| (1..=1000).contains(number)) {
        let told = all.entry(partner).or_insert(ToldWallet::OurShare(Share(1.0)));
        if let ToldWallet::OurShare(share) = told {
            *share = Share(thousandths as f64 / 1000.0);
        }
    }
    Ok(all.into_iter().map(|(partner, told)| KnownWallet { partner, told }).collect())
}

#[derive(FromRow)]
struct LinkRow {
    id: i64,
    partner_id: i64,
    name: String,
    made_by: String,
    at: i64,
    expires_at: i64,
    seen_at: Option<i64>,
    ended_at: Option<i64>,
}

impl LinkRow {
    fn link(self) -> PortalLink {
        let LinkRow { id, partner_id, name, made_by, at, expires_at, seen_at, ended_at } = self;
        PortalLink { id, partner: PartnerId(partner_id), name, made_by, at, expires_at, seen_at, ended_at }
    }
}

#[derive(FromRow)]
struct AnswerRow {
    partner_id: i64,
    meeting_id: Option<i64>,
    kind: String,
    number: Option<i64>,
    words: String,
    made_by: String,
    at: String,
}

impl AnswerRow {
    fn answer(self) -> PortalAnswer {
        let AnswerRow { partner_id, meeting_id, kind, number, words, made_by, at } = self;
        let (partner, meeting) = (PartnerId(partner_id), meeting_id.map(MeetingId));
        PortalAnswer { partner, meeting, kind, number, words, made_by, at }
    }
}
