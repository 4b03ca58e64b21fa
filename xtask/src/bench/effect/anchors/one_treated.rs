//! `*.sc.json`: one unit treated, beside `synthdid`. Its plain difference in differences is a base of all periods before; weighing
//! controls and periods so that they follow the treated before (synthetic controls) is not offered: visits begin for many.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use spelplan_effect::adoption::{Adoption, Ask, estimate};

use super::TOLERANCE;
use crate::bench::effect::comparison::Comparison;

/// The difference in differences.
pub fn compare(folder: &Path, told: &Value) -> Result<Comparison> {
    let file = folder.join(told["data"].as_str().context("no file named")?);
    let panel = read(&std::fs::read_to_string(file)?)?;
    let base_periods = told["T0"].as_u64().context("no T0")? as usize;
    let ours = estimate(&panel, &Ask { base_periods, ..Ask::default() });
    let simple = ours.ok().and_then(|ours| ours.simple).map(|simple| simple.value);
    let theirs = told["results"]["did"]["estimate"].as_f64().context("no difference in differences")?;
    let mut all = Comparison::default();
    all.near("difference in differences", simple, theirs, TOLERANCE);
    Ok(all)
}

/// Unit, period, outcome, treated: a line each, in order of unit and period.
fn read(text: &str) -> Result<Adoption> {
    let mut units: BTreeMap<String, Vec<(i64, f64, bool)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
        let [unit, period, outcome, treated] = cells[..] else { anyhow::bail!("four columns are needed: {line}") };
        let row = (period.parse()?, outcome.parse()?, treated == "1");
        units.entry(unit.to_owned()).or_default().push(row);
    }
    let mut panel = Adoption::default();
    for mut rows in units.into_values() {
        rows.sort_by_key(|row| row.0);
        panel.first.push(rows.iter().find(|row| row.2).map(|row| row.0));
        panel.outcomes.extend(rows.iter().map(|row| row.1));
        panel.periods = rows.iter().map(|row| row.0).collect();
    }
    Ok(panel)
}
