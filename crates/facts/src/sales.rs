//! What partners bought and sold: lines as they come in, and the sums every screen reads instead of lines.

use crate::{CategoryId, Day, Money, Month, PartnerId};

/// One sold line, as appended.
#[derive(Debug, Clone, PartialEq)]
pub struct SaleLine {
    /// Identity of the line in its source (invoice and line number); unique.
    pub key: String,
    /// Invoice or order day; the first of the month where the source only knows the month.
    pub day: Day,
    /// Who bought.
    pub partner: PartnerId,
    /// What sort of thing.
    pub category: CategoryId,
    /// Article number; may be empty.
    pub sku: String,
    /// Pieces; negative for a return.
    pub quantity: i64,
    /// Net revenue.
    pub revenue: Money,
    /// Contribution margin; `None` where the source does not know cost.
    pub margin: Option<Money>,
}

/// Which step of the trade a line records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SaleStage {
    /// The vendor sold to the distributor (sell-in).
    ToDistributor,
    /// The distributor sold to the partner (sell-through).
    #[default]
    ToPartner,
    /// The partner sold to the end customer (sell-out).
    ToEndCustomer,
}

/// A product category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Identity in the store.
    pub id: CategoryId,
    /// Its name as in the files.
    pub name: String,
    /// Service, renewals, supplies, spare parts: the aftermarket.
    pub aftermarket: bool,
}

/// Sums of sale lines, as kept up at import.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sales {
    /// Per partner and month, sorted by partner then month; the last 36 months.
    pub by_month: Vec<MonthSale>,
    /// Per partner and category over the last twelve months, sorted by partner then category.
    pub by_category: Vec<CategorySale>,
    /// Every category.
    pub categories: Vec<Category>,
}

/// A partner's month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSale {
    /// Who bought.
    pub partner: PartnerId,
    /// When.
    pub month: Month,
    /// Net revenue.
    pub revenue: Money,
    /// Contribution margin of the lines whose cost is known.
    pub margin: Money,
    /// Revenue of the lines whose cost is known: what margin is a share of.
    pub revenue_with_margin: Money,
}

/// A partner's year in one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategorySale {
    /// Who bought.
    pub partner: PartnerId,
    /// What.
    pub category: CategoryId,
    /// Net revenue over the last twelve months.
    pub revenue: Money,
    /// Contribution margin of the lines whose cost is known.
    pub margin: Money,
    /// Revenue of the lines whose cost is known.
    pub revenue_with_margin: Money,
    /// In how many of the twelve months something of it was sold.
    pub months: u32,
}

/// A partner's month of one brand out of one distributor's hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplyMonth {
    /// When.
    pub month: Month,
    /// Of which brand; empty where the lines do not say.
    pub brand: String,
    /// Which distributor sold; empty where the lines do not say.
    pub distributor: String,
    /// Net revenue.
    pub revenue: Money,
}

impl Sales {
    /// The months of one partner, in order.
    pub fn months_of(&self, partner: PartnerId) -> &[MonthSale] {
        let start = self.by_month.partition_point(|sale| sale.partner < partner);
        let end = self.by_month.partition_point(|sale| sale.partner <= partner);
        &self.by_month[start..end]
    }

    /// The categories of one partner, in order.
    pub fn categories_of(&self, partner: PartnerId) -> &[CategorySale] {
        let start = self.by_category.partition_point(|sale| sale.partner < partner);
        let end = self.by_category.partition_point(|sale| sale.partner <= partner);
        &self.by_category[start..end]
    }
}
