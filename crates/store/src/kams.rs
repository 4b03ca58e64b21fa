//! What is told of a KAM's own accounts: appended, and taken back by saying so.

use spelplan_facts::{Money, Month};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::rules::Signed;
use crate::statements::{ADD_KAM_FIGURES, KAM_FIGURES, UNDO_KAM_FIGURES};
use crate::{Store, StoreError};

/// What is told of a KAM's own accounts over some months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldKam {
    /// Who.
    pub kam: String,
    /// First and last month.
    pub months: (Month, Month),
    /// Margin of the orders.
    pub booked: Money,
    /// What would have come anyway.
    pub baseline: Money,
    /// How far that forecast may miss; none where nobody said.
    pub doubt: Option<Money>,
    /// What was spent.
    pub cost: Money,
}

/// The same as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptKam {
    /// Its number.
    pub id: i64,
    /// When (RFC 3339).
    pub at: String,
    /// By whom.
    pub by: String,
    /// What.
    pub told: ToldKam,
}

impl Store {
    /// Keeps what is told of a KAM; its number.
    pub async fn add_kam_figures(&self, told: &ToldKam, signed: Signed<'_>) -> Result<i64, StoreError> {
        let mut transaction = self.write_aside().await?;
        let id = take(&mut transaction, "kam_figures", 1).await?;
        let (from, to) = told.months;
        let doubt = told.doubt.map(|doubt| doubt.0);
        let row = binds![
            id,
            &told.kam,
            from.0,
            to.0,
            told.booked.0,
            told.baseline.0,
            doubt,
            told.cost.0,
            signed.at,
            signed.by
        ];
        transaction.insert(&ADD_KAM_FIGURES, &row).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Takes it back; was there any such that stood?
    pub async fn undo_kam_figures(&self, id: i64, signed: Signed<'_>) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let undone = transaction.run(UNDO_KAM_FIGURES, &binds![id, signed.by, signed.at]).await?;
        transaction.commit().await?;
        Ok(undone > 0)
    }

    /// Everything told that stands, by KAM then months.
    pub async fn kam_figures(&self) -> Result<Vec<KeptKam>, StoreError> {
        let rows: Vec<KamRow> = self.read().await?.all(KAM_FIGURES, &[]).await?;
        Ok(rows.into_iter().map(KamRow::kept).collect())
    }
}

#[derive(FromRow)]
struct KamRow {
    id: i64,
    kam: String,
    from_month: i32,
    to_month: i32,
    booked: i64,
    baseline: i64,
    doubt: Option<i64>,
    cost: i64,
    at: String,
    made_by: String,
}

impl KamRow {
    fn kept(self) -> KeptKam {
        let told = ToldKam {
            kam: self.kam,
            months: (Month(self.from_month), Month(self.to_month)),
            booked: Money(self.booked),
            baseline: Money(self.baseline),
            doubt: self.doubt.map(Money),
            cost: Money(self.cost),
        };
        KeptKam { id: self.id, at: self.at, by: self.made_by, told }
    }
}
