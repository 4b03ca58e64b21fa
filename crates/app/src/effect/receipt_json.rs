//! Receipts as files: every line with its weight, amounts exact.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use spelplan_effect::{Contribution, Receipt};
use spelplan_facts::{Day, Money, PartnerId, PlanId};

use super::{EffectScope, ReceiptFile};
use crate::{AppError, ErrorKind};

/// The file. Amounts are in ten-thousandths of the currency's unit, so that nothing is rounded; weights are
/// texts, because not every reader of JSON keeps the last digit of a number.
pub(super) fn written(file: &ReceiptFile) -> String {
    let receipt = &file.receipt;
    let key = |id: &PartnerId| file.partners.get(id).cloned().unwrap_or_default();
    let line = |line: &Contribution| {
        json!([line.key, key(&line.partner), line.day.to_string(), line.amount.0, line.weight.to_string(), line.id])
    };
    let scope = match file.scope {
        EffectScope::Everybody => Value::Null,
        EffectScope::Season(plan) => json!(plan.0),
    };
    json!({
        "spelplan_receipt": 1,
        "figure": receipt.figure, "season_plan": scope,
        "as_of": receipt.as_of.to_string(), "value": receipt.value,
        "specification": receipt.specification, "lines_hash": receipt.lines_hash,
        "columns": ["key", "partner", "day", "amount_ten_thousandths", "weight", "line"],
        "lines": receipt.lines.iter().map(line).collect::<Vec<_>>(),
    })
    .to_string()
}

/// Reads a file; partners are known by their numbers.
pub(super) fn read(text: &str, ids: &BTreeMap<String, PartnerId>) -> Result<(EffectScope, Receipt), AppError> {
    let broken = |what: &str| no_receipt(what);
    let file: Value = serde_json::from_str(text).map_err(|error| broken(&error.to_string()))?;
    let word = |name: &str| file[name].as_str().map(str::to_owned).ok_or_else(|| broken(name));
    let lines = file["lines"].as_array().ok_or_else(|| broken("lines"))?;
    let line = |line: &Value| {
        Some(Contribution {
            key: line[0].as_str()?.to_owned(),
            partner: ids.get(line[1].as_str()?).copied().unwrap_or_default(),
            day: Day::parse(line[2].as_str()?)?,
            amount: Money(line[3].as_i64()?),
            weight: line[4].as_str()?.parse().ok()?,
            id: line[5].as_i64()?,
        })
    };
    let lines = lines.iter().enumerate().map(|(at, one)| line(one).ok_or_else(|| broken(&format!("line {at}"))));
    let receipt = Receipt {
        figure: word("figure")?,
        as_of: Day::parse(&word("as_of")?).ok_or_else(|| broken("as_of"))?,
        value: file["value"].as_f64().ok_or_else(|| broken("value"))?,
        specification: word("specification")?,
        lines_hash: word("lines_hash")?,
        lines: lines.collect::<Result<_, _>>()?,
    };
    let scope = file["season_plan"].as_i64().map_or(EffectScope::Everybody, |plan| EffectScope::Season(PlanId(plan)));
    Ok((scope, receipt))
}

fn no_receipt(what: &str) -> AppError {
    let en = format!(
        "the file is no receipt of Spelplan's: {what}. Give a file from the page of effects or `effect season --receipt`"
    );
    let sv = format!(
        "filen är inget kvitto från Spelplan: {what}. Ange en fil från sidan Effekt eller `effect season --receipt`"
    );
    AppError::own("A532", ErrorKind::Refused, en, sv)
}
