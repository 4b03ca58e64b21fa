//! A figure down to its lines: the receipt made, and a receipt checked against itself and against the lines as they are now.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;
use std::sync::Arc;

use spelplan_effect::{
    Contribution, Discrepancy, Effect, Receipt, ReceiptLine, Specification, contributions, receipt_weights,
};
use spelplan_facts::{DayRange, PartnerId};
use spelplan_reports::{Cell, Column, Table, column};
use spelplan_store::LineUnder;

use super::EffectScope;
use super::receipt_json;
use crate::access::Actor;
use crate::snapshot::Snapshot;
use crate::{App, AppError, ErrorKind};

/// A receipt with the names that people know.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptFile {
    /// The receipt.
    pub receipt: Receipt,
    /// What was asked about, as addresses and commands name it.
    pub scope: EffectScope,
    /// Numbers of the partners in their files.
    pub partners: BTreeMap<PartnerId, String>,
}

/// What came of checking a receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The figure.
    pub value: f64,
    /// What its lines add up to.
    pub sum: f64,
    /// Lines in it.
    pub lines: usize,
    /// What is wrong with it, and what has changed since.
    pub found: Vec<Discrepancy>,
    /// The figure as it comes out now, where there is one.
    pub now: Option<f64>,
}

impl App {
    /// The receipt of what the visits of that scope brought in.
    #[boxed]
    pub async fn receipt(&self, actor: &Actor, scope: EffectScope) -> Result<ReceiptFile, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let found = self.effect_of(&snapshot, scope).await?;
        let Ok(effect) = &*found else { return Err(no_figure()) };
        let value = effect.brought.and(effect.estimates.total).ok_or_else(no_figure)?.value;
        let lines = self.lines_of(effect).await?;
        let name = self.scope_name(scope).await?;
        let receipt = Receipt::new(name, snapshot.basis.as_of, value, &Specification::STANDARD, lines);
        Ok(ReceiptFile { receipt, scope, partners: keys(&snapshot) })
    }

    /// The lines under that figure as a table: amount times weight, a line each; the last column adds up to the figure.
    #[boxed]
    pub async fn receipt_table(&self, actor: &Actor, scope: EffectScope) -> Result<Table, AppError> {
        let file = self.receipt(actor, scope).await?;
        let row = |line: &Contribution| {
            let key = file.partners.get(&line.partner).map_or("", String::as_str);
            vec![
                Cell::Whole(line.id),
                Cell::text(&line.key),
                Cell::text(key),
                Cell::Day(line.day),
                Cell::Money(line.amount),
                Cell::Exact(line.weight),
                Cell::Product { one: 4, other: 5, value: line.contribution() },
            ]
        };
        let rows = file.receipt.lines.iter().map(row).collect();
        Ok(Table { name: "effect-lines", columns: columns(), rows })
    }

    /// Checks a receipt: that its lines add up, that they are those that were hashed, and that they are the lines there are now of the
    /// months that were settled on its day.
    #[boxed]
    pub async fn check_receipt(&self, actor: &Actor, text: &str) -> Result<Checked, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let ids: BTreeMap<String, PartnerId> = keys(&snapshot).into_iter().map(|(id, key)| (key, id)).collect();
        let (scope, receipt) = receipt_json::read(text, &ids)?;
        let mut found = receipt.faults(&Specification::STANDARD);
        // Months that have been settled since are no change in the figure that was told.
        let effect = if receipt.as_of == snapshot.basis.as_of {
            self.effect_of(&snapshot, scope).await?
        } else {
            self.effect_on(scope, receipt.as_of).await?
        };
        let now = match effect.as_ref().as_ref().ok() {
            Some(effect) => Some((self.lines_of(effect).await?, effect.estimates.total.map(|total| total.value))),
            None => None,
        };
        if let Some((lines, _)) = &now {
            found.extend(receipt.changes(lines));
        }
        Ok(Checked {
            value: receipt.value,
            sum: receipt.sum(),
            lines: receipt.lines.len(),
            found,
            now: now.and_then(|(_, value)| value),
        })
    }

    async fn lines_of(&self, effect: &Effect) -> Result<Vec<Contribution>, AppError> {
        let weights = receipt_weights(effect, &Specification::STANDARD);
        let months = &effect.comparison.months;
        let first = months.first().and_then(|month| month.first());
        let end = months.last().and_then(|month| spelplan_facts::Month(month.0 + 1).first());
        let Some((from, end)) = first.zip(end) else { return Ok(Vec::new()) };
        let lines = self.store.lines_between(DayRange { from, to: end.plus(-1) }).await?;
        Ok(contributions(&weights, effect.comparison.measure, lines.into_iter().map(line).collect()))
    }
}

impl ReceiptFile {
    /// The receipt as a file.
    pub fn json(&self) -> String {
        receipt_json::written(self)
    }
}

fn columns() -> Vec<Column> {
    vec![
        column("line", "Rad", "Line"),
        column("key", "Faktura och rad (kontrollsumma)", "Invoice and line (check sum)"),
        column("partner_id", "Partnernr", "Partner no."),
        column("day", "Dag", "Day"),
        column("amount", "Belopp", "Amount"),
        column("weight", "Vikt", "Weight"),
        column("contribution", "Bidrag till siffran", "Contribution to the figure"),
    ]
}

fn line(line: LineUnder) -> ReceiptLine {
    ReceiptLine {
        id: line.id,
        key: format!("{:032x}", line.key),
        partner: line.partner,
        day: line.day,
        revenue: line.revenue,
        margin: line.margin,
    }
}

fn keys(snapshot: &Arc<Snapshot>) -> BTreeMap<PartnerId, String> {
    snapshot.facts.partners.iter().map(|partner| (partner.id, partner.key.clone())).collect()
}

fn no_figure() -> AppError {
    let en = "there is no figure, so there is no receipt: the page of effects says which rule withholds it and what would help";
    let sv = "det finns ingen siffra och därför inget kvitto: sidan Effekt säger vilken regel som håller inne den och vad som hjälper";
    AppError::own("A531", ErrorKind::Refused, en, sv)
}
