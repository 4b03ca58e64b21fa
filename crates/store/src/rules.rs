//! What somebody or chance has decided about partners' coverage: appended, ended by an event, restored by another.

use spelplan_facts::{CoverageRule, DayRange, Demand, PartnerId, RuleId, TossUpId};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::rows::day;
use crate::statements::{ADD_RULE_EVENT, ADD_RULES, HELD_WHAT_IF, RULE, RULES};
use crate::transaction::Transaction;
use crate::what_ifs::WhatIfId;
use crate::{CoverageError, Store, StoreError};

/// A rule with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRule {
    /// The rule.
    pub rule: CoverageRule,
    /// The what-if it came with; `None` is everyday's decision.
    pub what_if: Option<WhatIfId>,
    /// When it was written down (RFC 3339).
    pub at: String,
    /// It was not ended, and the what-if it came with, if any, holds.
    pub holds: bool,
}

/// Who does something to a rule, and when (RFC 3339).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed<'a> {
    /// Who.
    pub by: &'a str,
    /// When.
    pub at: &'a str,
}

impl Store {
    /// Writes rules down; their own ids are ignored and given anew. A what-if's rules hold only while it does.
    pub async fn decide_rules(&self, rules: &[CoverageRule], at: &str) -> Result<Vec<RuleId>, StoreError> {
        let mut transaction = self.write().await?;
        let ids = add(&mut transaction, rules, None, at).await?;
        transaction.commit().await?;
        Ok(ids)
    }

    /// Ends a rule; it is kept and can be restored.
    pub async fn end_rule(&self, rule: RuleId, signed: Signed<'_>) -> Result<(), StoreError> {
        self.tell_rule(rule, "ended", true, signed).await
    }

    /// Lets a rule that was ended hold again.
    pub async fn restore_rule(&self, rule: RuleId, signed: Signed<'_>) -> Result<(), StoreError> {
        self.tell_rule(rule, "restored", false, signed).await
    }

    /// Every rule there ever was, by partner then id.
    pub async fn rules(&self) -> Result<Vec<KeptRule>, StoreError> {
        kept(&mut self.read().await?).await
    }

    async fn tell_rule(&self, rule: RuleId, event: &str, held: bool, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let row: Option<RuleRow> = transaction.first(RULE, &binds![rule.0]).await?;
        let row = row.ok_or(StoreError::from(CoverageError::NoSuchRule { rule: rule.0 }))?;
        if row.holds != held {
            return Err(StoreError::from(CoverageError::RuleAlready { rule: rule.0, ended: !row.holds }));
        }
        let id = take(&mut transaction, "coverage_rule_event", 1).await?;
        transaction.insert(&ADD_RULE_EVENT, &binds![id, rule.0, event, signed.by, signed.at]).await?;
        transaction.commit().await
    }
}

/// Appends rules within a transaction.
pub(crate) async fn add(
    transaction: &mut Transaction,
    rules: &[CoverageRule],
    what_if: Option<WhatIfId>,
    at: &str,
) -> Result<Vec<RuleId>, StoreError> {
    let first = take(transaction, "coverage_rule", rules.len()).await?;
    let mut rows = Vec::with_capacity(rules.len() * ADD_RULES.columns);
    for (rule, id) in rules.iter().zip(first..) {
        let (word, visits, touches, not_on) = columns(rule.demand);
        if touches.is_some_and(|touches| !touches.is_finite()) {
            return Err(StoreError::NotExact);
        }
        let ends = |range: Option<DayRange>| (range.map(|it| it.from.number()), range.map(|it| it.to.number()));
        let ((not_from, not_to), (within_from, within_to)) = (ends(not_on), ends(rule.within));
        rows.extend(binds![id, rule.partner.0, word, visits, touches, not_from, not_to, within_from, within_to]);
        let toss_up = rule.toss_up.map(|toss_up| toss_up.0);
        rows.extend(binds![&rule.by, rule.on.number(), &rule.reason, toss_up, what_if.map(|it| it.0), at]);
    }
    transaction.insert(&ADD_RULES, &rows).await?;
    Ok((first..).take(rules.len()).map(RuleId).collect())
}

/// The rules that hold, by partner then id.
pub(crate) async fn holding(transaction: &mut Transaction) -> Result<Vec<CoverageRule>, StoreError> {
    Ok(kept(transaction).await?.into_iter().filter(|kept| kept.holds).map(|kept| kept.rule).collect())
}

async fn kept(transaction: &mut Transaction) -> Result<Vec<KeptRule>, StoreError> {
    let held: Option<(i64,)> = transaction.first(HELD_WHAT_IF, &[]).await?;
    let rows: Vec<RuleRow> = transaction.all(RULES, &[]).await?;
    rows.into_iter().map(|row| row.kept(held.map(|(id,)| id))).collect()
}

type DemandColumns = (&'static str, Option<i64>, Option<f64>, Option<DayRange>);

fn columns(demand: Demand) -> DemandColumns {
    match demand {
        Demand::VisitsAtLeast(count) => ("visits-at-least", Some(count as i64), None, None),
        Demand::VisitsAtMost(count) => ("visits-at-most", Some(count as i64), None, None),
        Demand::Visits(count) => ("visits", Some(count as i64), None, None),
        Demand::NotOn(days) => ("not-on", None, None, Some(days)),
        Demand::TouchesAtLeast(touches) => ("touches-at-least", None, Some(touches), None),
        Demand::TouchesAtMost(touches) => ("touches-at-most", None, Some(touches), None),
    }
}

#[derive(FromRow)]
struct RuleRow {
    id: i64,
    partner_id: i64,
    demand: String,
    visits: Option<i64>,
    touches: Option<f64>,
    not_from: Option<i32>,
    not_to: Option<i32>,
    within_from: Option<i32>,
    within_to: Option<i32>,
    decided_by: String,
    day: i32,
    reason: String,
    toss_up_id: Option<i64>,
    what_if_id: Option<i64>,
    at: String,
    holds: bool,
}

impl RuleRow {
    fn kept(self, held: Option<i64>) -> Result<KeptRule, StoreError> {
        let demand = self.demand().ok_or_else(|| StoreError::Unreadable {
            what: format!("coverage rule {}", self.id),
            cause: format!("{} is not a demand with its figure", self.demand),
        })?;
        let rule = CoverageRule {
            id: RuleId(self.id),
            partner: PartnerId(self.partner_id),
            demand,
            within: range(self.within_from, self.within_to),
            by: self.decided_by,
            on: day(self.day),
            reason: self.reason,
            toss_up: self.toss_up_id.map(TossUpId),
        };
        let holds = self.holds && (self.what_if_id.is_none() || self.what_if_id == held);
        Ok(KeptRule { rule, what_if: self.what_if_id.map(WhatIfId), at: self.at, holds })
    }

    fn demand(&self) -> Option<Demand> {
        let visits = self.visits.and_then(|visits| usize::try_from(visits).ok());
        match self.demand.as_str() {
            "visits-at-least" => visits.map(Demand::VisitsAtLeast),
            "visits-at-most" => visits.map(Demand::VisitsAtMost),
            "visits" => visits.map(Demand::Visits),
            "not-on" => range(self.not_from, self.not_to).map(Demand::NotOn),
            "touches-at-least" => self.touches.map(Demand::TouchesAtLeast),
            "touches-at-most" => self.touches.map(Demand::TouchesAtMost),
            _ => None,
        }
    }
}

fn range(from: Option<i32>, to: Option<i32>) -> Option<DayRange> {
    from.zip(to).map(|(from, to)| DayRange { from: day(from), to: day(to) })
}
