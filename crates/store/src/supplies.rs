//! Brands and distributors that lines name in pairs: their identities, and a partner's sums by them.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use spelplan_facts::{Money, Month, PartnerId, SupplyMonth};
use spelplan_intake::Supply;
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::statements::{ADD_SUPPLIES, PARTNER_SUPPLY_MONTHS, SUPPLIES};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

impl Store {
    /// A partner's sums by month, brand and distributor, in the order of the months: of the live lines that tell either.
    pub async fn partner_supply_months(
        &self,
        partner: PartnerId,
        months: RangeInclusive<Month>,
    ) -> Result<Vec<SupplyMonth>, StoreError> {
        let (from, to) = (months.start().0, months.end().0);
        let rows: Vec<SupplyMonthRow> =
            self.read().await?.all(PARTNER_SUPPLY_MONTHS, &binds![partner.0, from, to]).await?;
        Ok(rows.into_iter().map(SupplyMonthRow::fact).collect())
    }
}

/// Identities of the pairs, in their order; new ones get theirs.
pub(crate) async fn number(transaction: &mut Transaction, supplies: &[Supply]) -> Result<Vec<i64>, StoreError> {
    if supplies.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, String, String)> = transaction.all(SUPPLIES, &[]).await?;
    let known: HashMap<Supply, i64> =
        rows.into_iter().map(|(id, brand, distributor)| (Supply { brand, distributor }, id)).collect();
    let count = supplies.iter().filter(|one| !known.contains_key(*one)).count();
    let mut next = take(transaction, "supply", count).await?;
    let (mut numbers, mut rows) = (Vec::with_capacity(supplies.len()), Vec::new());
    for one in supplies {
        numbers.push(known.get(one).copied().unwrap_or_else(|| {
            rows.extend(binds![next, &one.brand, &one.distributor]);
            next += 1;
            next - 1
        }));
    }
    transaction.insert(&ADD_SUPPLIES, &rows).await?;
    Ok(numbers)
}

#[derive(FromRow)]
struct SupplyMonthRow {
    month: i32,
    brand: String,
    distributor: String,
    revenue: i64,
}

impl SupplyMonthRow {
    fn fact(self) -> SupplyMonth {
        SupplyMonth {
            month: Month(self.month),
            brand: self.brand,
            distributor: self.distributor,
            revenue: Money(self.revenue),
        }
    }
}
