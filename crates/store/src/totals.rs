//! Sums and counts over everything, and single partners' sums and lines.

use std::ops::RangeInclusive;

use spelplan_facts::{CategoryId, Day, Money, Month, PartnerId, SaleLine};
use sqlx::FromRow;

use crate::binds::binds;
use crate::fingerprint::whole;
use crate::rows::day;
use crate::statements::{LAST_SALE_DAY, PARTNER_CELLS, PARTNER_LINES, RECORD_COUNTS, SALE_TOTALS};
use crate::{Store, StoreError};

/// How much of everything there is; exact to the ten-thousandth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Partners.
    pub partners: i64,
    /// Contacts.
    pub contacts: i64,
    /// PAMs.
    pub pams: i64,
    /// Live sale lines: not undone, not corrected by another.
    pub lines: i64,
    /// Live touches.
    pub touches: i64,
    /// Quotas.
    pub quotas: i64,
    /// Net revenue of the live lines.
    pub revenue: Money,
    /// Margin of those whose cost is known.
    pub margin: Money,
    /// Revenue of those.
    pub revenue_with_margin: Money,
    /// First day with a live line.
    pub first_day: Option<Day>,
    /// Last day with a live line.
    pub last_day: Option<Day>,
}

/// A partner's month in one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategoryMonth {
    /// When.
    pub month: Month,
    /// What.
    pub category: CategoryId,
    /// Live lines.
    pub lines: i64,
    /// Pieces.
    pub quantity: i64,
    /// Net revenue.
    pub revenue: Money,
    /// Margin of the lines whose cost is known.
    pub margin: Money,
    /// Revenue of those.
    pub revenue_with_margin: Money,
}

impl Store {
    /// How much of everything there is. Reads sums, never lines.
    pub async fn totals(&self) -> Result<Totals, StoreError> {
        let mut transaction = self.read().await?;
        let counts: Option<(i64, i64, i64, i64, i64)> = transaction.first(RECORD_COUNTS, &[]).await?;
        let sums: Option<SumRow> = transaction.first(SALE_TOTALS, &[]).await?;
        let (partners, contacts, pams, touches, quotas) = counts.unwrap_or_default();
        let sums = sums.unwrap_or_default();
        Ok(Totals {
            partners,
            contacts,
            pams,
            lines: sums.lines,
            touches,
            quotas,
            revenue: Money(sums.revenue),
            margin: Money(sums.margin),
            revenue_with_margin: Money(sums.revenue_with_margin),
            first_day: sums.first_day.map(day),
            last_day: sums.last_day.map(day),
        })
    }

    /// The last day with a live line.
    pub async fn last_sale_day(&self) -> Result<Option<Day>, StoreError> {
        let row: Option<(Option<i32>,)> = self.read().await?.first(LAST_SALE_DAY, &[]).await?;
        Ok(row.and_then(|(last,)| last).map(day))
    }

    /// A partner's live lines, latest first, at most `limit`. To go on, give the last line's day and how many of the
    /// lines shown so far lie on it.
    pub async fn partner_lines(
        &self,
        partner: PartnerId,
        limit: i64,
        before: Option<(Day, i64)>,
    ) -> Result<Vec<SaleLine>, StoreError> {
        let (until, skip) = before.map_or((i32::MAX, 0), |(day, shown)| (day.number(), shown));
        let rows: Vec<PartnerLineRow> =
            self.read().await?.all(PARTNER_LINES, &binds![partner.0, until, limit, skip]).await?;
        Ok(rows.into_iter().map(|row| row.fact(partner)).collect())
    }

    /// A partner's sums by month and category, in that order.
    pub async fn partner_category_months(
        &self,
        partner: PartnerId,
        months: RangeInclusive<Month>,
    ) -> Result<Vec<CategoryMonth>, StoreError> {
        let (from, to) = (months.start().0, months.end().0);
        let rows: Vec<CellRow> = self.read().await?.all(PARTNER_CELLS, &binds![partner.0, from, to]).await?;
        Ok(rows.into_iter().map(CellRow::fact).collect())
    }
}

#[derive(FromRow, Default)]
struct SumRow {
    lines: i64,
    revenue: i64,
    margin: i64,
    revenue_with_margin: i64,
    first_day: Option<i32>,
    last_day: Option<i32>,
}

#[derive(FromRow)]
struct PartnerLineRow {
    key_high: i64,
    key_low: i64,
    day: i32,
    category_id: i64,
    sku: String,
    quantity: i64,
    revenue: i64,
    margin: Option<i64>,
}

impl PartnerLineRow {
    fn fact(self, partner: PartnerId) -> SaleLine {
        SaleLine {
            key: format!("{:032x}", whole((self.key_high, self.key_low))),
            day: day(self.day),
            partner,
            category: CategoryId(self.category_id),
            sku: self.sku,
            quantity: self.quantity,
            revenue: Money(self.revenue),
            margin: self.margin.map(Money),
        }
    }
}

#[derive(FromRow)]
struct CellRow {
    month: i32,
    category_id: i64,
    lines: i64,
    quantity: i64,
    revenue: i64,
    margin: i64,
    revenue_with_margin: i64,
}

impl CellRow {
    fn fact(self) -> CategoryMonth {
        CategoryMonth {
            month: Month(self.month),
            category: CategoryId(self.category_id),
            lines: self.lines,
            quantity: self.quantity,
            revenue: Money(self.revenue),
            margin: Money(self.margin),
            revenue_with_margin: Money(self.revenue_with_margin),
        }
    }
}
