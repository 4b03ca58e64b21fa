//! How effects are counted, frozen with each season's plan; figures as they were told; and the sale lines under a figure.

use spelplan_facts::{Day, DayRange, Money, PartnerId, PlanId};
use sqlx::FromRow;

use crate::binds::binds;
use crate::fingerprint::whole;
use crate::names::take;
use crate::rows::day;
use crate::rules::Signed;
use crate::statements::{
    ADD_EFFECT_FIGURE, ADD_EFFECT_SPECIFICATION, EFFECT_FIGURES, EFFECT_SPECIFICATION, LINES_BETWEEN,
};
use crate::{Store, StoreError};

/// How a season will be counted, as it was written down with its plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenSpecification {
    /// When (RFC 3339).
    pub at: String,
    /// SHA-256 of the text.
    pub hash: String,
    /// The text.
    pub text: String,
}

/// A figure to be kept as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldFigure {
    /// What it is of: `everybody`, or a season's days.
    pub scope: String,
    /// The day it was counted for.
    pub as_of: Day,
    /// Hash of the specification.
    pub specification: String,
    /// Hash of the lines.
    pub lines_hash: String,
    /// The last line there was.
    pub last_line: i64,
    /// The verdict's word.
    pub verdict: String,
    /// Lower end.
    pub low: Money,
    /// The figure.
    pub value: Money,
    /// Upper end.
    pub high: Money,
    /// What was spent.
    pub cost: Money,
}

/// A figure that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFigure {
    /// Its number.
    pub id: i64,
    /// When (RFC 3339).
    pub at: String,
    /// By whom.
    pub by: String,
    /// What.
    pub told: ToldFigure,
}

/// A line under a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineUnder {
    /// Its identity.
    pub id: i64,
    /// Fingerprint of what tells it in its source (invoice and line number).
    pub key: u128,
    /// When.
    pub day: Day,
    /// Who bought.
    pub partner: PartnerId,
    /// Revenue.
    pub revenue: Money,
    /// Contribution margin, where known.
    pub margin: Option<Money>,
}

impl Store {
    /// Writes down how the season of that plan will be counted. What was written down before stays.
    pub async fn freeze_specification(&self, plan: PlanId, kept: &FrozenSpecification) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        let row = binds![plan.0, &kept.at, &kept.hash, &kept.text];
        transaction.insert(&ADD_EFFECT_SPECIFICATION, &row).await?;
        transaction.commit().await
    }

    /// How the season of that plan is to be counted; `None` where nothing was written down.
    pub async fn frozen_specification(&self, plan: PlanId) -> Result<Option<FrozenSpecification>, StoreError> {
        let row: Option<(String, String, String)> =
            self.read().await?.first(EFFECT_SPECIFICATION, &binds![plan.0]).await?;
        Ok(row.map(|(at, hash, text)| FrozenSpecification { at, hash, text }))
    }

    /// Keeps a figure as it is told; its number.
    pub async fn add_effect_figure(&self, told: &ToldFigure, signed: Signed<'_>) -> Result<i64, StoreError> {
        let mut transaction = self.write_aside().await?;
        let id = take(&mut transaction, "effect_figure", 1).await?;
        let row = binds![
            id,
            &told.scope,
            signed.at,
            signed.by,
            told.as_of.number(),
            &told.specification,
            &told.lines_hash,
            told.last_line,
            &told.verdict,
            told.low.0,
            told.value.0,
            told.high.0,
            told.cost.0
        ];
        transaction.insert(&ADD_EFFECT_FIGURE, &row).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Every figure that was told of that scope, the first one first.
    pub async fn effect_figures(&self, scope: &str) -> Result<Vec<KeptFigure>, StoreError> {
        let rows: Vec<FigureRow> = self.read().await?.all(EFFECT_FIGURES, &binds![scope]).await?;
        Ok(rows.into_iter().map(FigureRow::kept).collect())
    }

    /// Every live line of those days, by partner, day and identity.
    pub async fn lines_between(&self, days: DayRange) -> Result<Vec<LineUnder>, StoreError> {
        let row = binds![days.from.number(), days.to.number()];
        let rows: Vec<UnderRow> = self.read().await?.all(LINES_BETWEEN, &row).await?;
        Ok(rows.into_iter().map(UnderRow::line).collect())
    }
}

#[derive(FromRow)]
struct FigureRow {
    id: i64,
    scope: String,
    at: String,
    made_by: String,
    as_of: i32,
    specification: String,
    lines_hash: String,
    last_line: i64,
    verdict: String,
    low: i64,
    value: i64,
    high: i64,
    cost: i64,
}

impl FigureRow {
    fn kept(self) -> KeptFigure {
        let told = ToldFigure {
            scope: self.scope,
            as_of: day(self.as_of),
            specification: self.specification,
            lines_hash: self.lines_hash,
            last_line: self.last_line,
            verdict: self.verdict,
            low: Money(self.low),
            value: Money(self.value),
            high: Money(self.high),
            cost: Money(self.cost),
        };
        KeptFigure { id: self.id, at: self.at, by: self.made_by, told }
    }
}

#[derive(FromRow)]
struct UnderRow {
    id: i64,
    key_high: i64,
    key_low: i64,
    day: i32,
    partner_id: i64,
    revenue: i64,
    margin: Option<i64>,
}

impl UnderRow {
    fn line(self) -> LineUnder {
        LineUnder {
            id: self.id,
            key: whole((self.key_high, self.key_low)),
            day: day(self.day),
            partner: PartnerId(self.partner_id),
            revenue: Money(self.revenue),
            margin: self.margin.map(Money),
        }
    }
}
