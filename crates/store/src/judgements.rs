//! People's figures for potentials: appended, never changed; the latest word of a partner counts.

use spelplan_facts::{Band, Judgement, Money, PartnerId};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::statements::{ADD_JUDGEMENTS, JUDGEMENTS};
use crate::{Store, StoreError};

/// Something said of a partner's potential.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidOfPotential {
    /// Whose potential.
    pub partner: PartnerId,
    /// What was said.
    pub word: PotentialWord,
    /// Who said it.
    pub made_by: String,
    /// When (RFC 3339).
    pub at: String,
}

/// What can be said of a potential.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PotentialWord {
    /// A figure of one's own: amount, and how sure (standard deviation in logs).
    Own(Money, f64),
    /// A figure given before ours was shown, and what ours was.
    Blind(Money, f64, Band),
    /// After that: the own figure counts beside ours.
    Kept(Money, f64),
    /// After that: ours alone counts.
    Ours,
    /// No figure counts any longer.
    Withdrawn,
}

impl Store {
    /// Appends what somebody said; `at` is RFC 3339.
    pub async fn say_of_potential(&self, said: &SaidOfPotential) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let id = take(&mut transaction, "potential_judgement", 1).await?;
        let (word, figure, ours) = columns(said.word);
        let (amount, spread) = figure.map_or((None, None), |(amount, spread)| (Some(amount.0), Some(spread)));
        let part = |of: fn(Band) -> Money| ours.map(|ours| of(ours).0);
        let row = binds![
            id,
            said.partner.0,
            word,
            amount,
            spread,
            part(|ours| ours.value),
            part(|ours| ours.low),
            part(|ours| ours.high),
            &said.made_by,
            &said.at,
        ];
        transaction.insert(&ADD_JUDGEMENTS, &row).await?;
        transaction.commit().await
    }

    /// Everything ever said of potentials, in order.
    pub async fn said_of_potentials(&self) -> Result<Vec<SaidOfPotential>, StoreError> {
        let rows: Vec<SaidRow> = self.read().await?.all(JUDGEMENTS, &[]).await?;
        rows.into_iter().map(SaidRow::said).collect()
    }
}

type Columns = (&'static str, Option<(Money, f64)>, Option<Band>);

fn columns(word: PotentialWord) -> Columns {
    match word {
        PotentialWord::Own(amount, spread) => ("own", Some((amount, spread)), None),
        PotentialWord::Blind(amount, spread, ours) => ("blind", Some((amount, spread)), Some(ours)),
        PotentialWord::Kept(amount, spread) => ("kept", Some((amount, spread)), None),
        PotentialWord::Ours => ("ours", None, None),
        PotentialWord::Withdrawn => ("withdrawn", None, None),
    }
}

#[derive(FromRow)]
struct SaidRow {
    id: i64,
    partner_id: i64,
    word: String,
    amount: Option<i64>,
    spread: Option<f64>,
    ours: Option<i64>,
    ours_low: Option<i64>,
    ours_high: Option<i64>,
    made_by: String,
    at: String,
}

impl SaidRow {
    fn said(self) -> Result<SaidOfPotential, StoreError> {
        let figure = self.amount.map(Money).zip(self.spread);
        let ours = self.ours_low.zip(self.ours).zip(self.ours_high);
        let ours = ours.map(|((low, value), high)| Band { low: Money(low), value: Money(value), high: Money(high) });
        let word = match (self.word.as_str(), figure, ours) {
            ("own", Some((amount, spread)), _) => PotentialWord::Own(amount, spread),
            ("blind", Some((amount, spread)), Some(ours)) => PotentialWord::Blind(amount, spread, ours),
            ("kept", Some((amount, spread)), _) => PotentialWord::Kept(amount, spread),
            ("ours", ..) => PotentialWord::Ours,
            ("withdrawn", ..) => PotentialWord::Withdrawn,
            (word, ..) => {
                let cause = format!("judgement {} says {word}", self.id);
                return Err(StoreError::Unreadable { what: "what was said of a potential".into(), cause });
            }
        };
        Ok(SaidOfPotential { partner: PartnerId(self.partner_id), word, made_by: self.made_by, at: self.at })
    }
}

/// A figure that counts.
#[derive(FromRow)]
pub(crate) struct JudgementRow {
    partner_id: i64,
    amount: Option<i64>,
    spread: Option<f64>,
}

impl JudgementRow {
    pub(crate) fn standing(self) -> Option<Judgement> {
        let (amount, spread) = self.amount.zip(self.spread)?;
        Some(Judgement { partner: PartnerId(self.partner_id), potential: Money(amount), spread })
    }
}
