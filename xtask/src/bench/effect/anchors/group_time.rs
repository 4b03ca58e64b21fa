//! Group-time effects beside R's `did` and `DRDID`: cells, families, pre-test, every variant.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spelplan_effect::adoption::{Ask, Base, Control, Estimates, Estimator, Family, estimate};
use spelplan_effect::{PanelColumns, panel};
use spelplan_intake::{Source, sheet};

use super::TOLERANCE;
use crate::bench::effect::comparison::Comparison;

/// Drawn errors agree to this part, with so many draws.
const DRAWN_TOLERANCE: f64 = 0.05;
const DRAWS: usize = 9_999;

/// `*.did.json`: one file, many variants.
pub fn compare(folder: &Path, told: &Value) -> Result<Comparison> {
    let mut all = Comparison::default();
    for (at, result) in told["results"].as_array().context("no results")?.iter().enumerate() {
        let spec = &result["spec"];
        let balance = spec["balance_e"].as_i64();
        let mut ask = Ask { balance, ..asked(spec)? };
        let formula = spec["xformla"].as_str().unwrap_or("");
        // The drawn error is a draw itself: the first variant of each file answers for all.
        ask.draws = if at == 0 { DRAWS } else { 0 };
        let ours = estimated(folder, told, spec, formula, &ask)?;
        let mut comparison = Comparison::default();
        comparison.holds("units", result["n_units"].as_u64() == Some(ours.units as u64));
        cells(&mut comparison, &ours, &result["att_gt"])?;
        pretest(&mut comparison, &ours, &result["pretest"]);
        let simple = ours.simple.context("no simple figure")?;
        let theirs = &result["simple"];
        figure(
            &mut comparison,
            "simple",
            (Some(simple.value), simple.error),
            &theirs["overall_att"],
            &theirs["overall_se"],
        );
        if let (Some(drawn), Some(theirs)) = (simple.drawn_error, theirs["overall_se"].as_f64()) {
            comparison.near("simple, drawn error", Some(drawn), theirs, DRAWN_TOLERANCE);
            comparison.worst = 0.0;
        }
        family(&mut comparison, "group", &ours.group, &result["group"]);
        family(&mut comparison, "calendar", &ours.calendar, &result["calendar"]);
        family(&mut comparison, "dynamic", &ours.dynamic, &result["dynamic"]);
        if let (Some(balance), Some(ours)) = (balance, &ours.balanced) {
            family(&mut comparison, "balanced", ours, &result[format!("dynamic_balance_e{balance}")]);
        }
        comparison.apart.iter_mut().for_each(|apart| *apart = format!("{spec} {apart}"));
        all.add(comparison);
    }
    Ok(all)
}

/// `*.L12.*.json`: base of several periods, cells after the treatment.
pub fn compare_long_base(folder: &Path, told: &Value) -> Result<Comparison> {
    let periods = told["L"].as_u64().context("no L")?;
    let ask = Ask { base_periods: periods as usize, ..asked(told)? };
    let formula = told["xformla"].as_str().filter(|formula| *formula != "none").unwrap_or("");
    let ours = estimated(folder, told, told, formula, &ask)?;
    let mut all = Comparison::default();
    for theirs in told["cells"].as_array().context("no cells")? {
        let (group, time) = (theirs["group"].as_i64(), theirs["time"].as_i64());
        cell(&mut all, &ours, group, time, &theirs["att"], &theirs["se"]);
    }
    let simple = ours.simple.context("no simple figure")?;
    figure(&mut all, "simple", (Some(simple.value), simple.error), &told["simple"]["att"], &told["simple"]["se"]);
    for (name, ours) in [("group", &ours.group), ("calendar", &ours.calendar), ("dynamic_post", &ours.dynamic)] {
        let theirs = &told[name];
        let overall = ours.overall;
        let both = (overall.map(|one| one.value), overall.and_then(|one| one.error));
        figure(&mut all, name, both, &theirs["att"], &theirs["se"]);
        members(&mut all, name, ours, &theirs["egt"], &theirs["att_egt"], &theirs["se_egt"]);
    }
    Ok(all)
}

/// `placebo.json`: the halves of the base against each other.
pub fn compare_drift(folder: &Path, told: &Value) -> Result<Comparison> {
    let mut all = Comparison::default();
    for result in told["results"].as_array().context("no results")? {
        let name = result["data"].as_str().context("no file named")?;
        let own = folder.join(name.replace(".csv", ".did.json"));
        let columns: Value = serde_json::from_str(&std::fs::read_to_string(own)?)?;
        let base_periods = result["L"].as_u64().context("no L")? as usize;
        let formula = result["xformla"].as_str().unwrap_or("");
        let ours = estimated(folder, &columns, result, formula, &Ask { base_periods, ..asked(result)? })?.drift;
        let (value, error) = ours.pooled.ok().context("no pooled difference")?;
        figure(&mut all, "pooled", (Some(value), Some(error)), &result["pooled"], &result["se"]);
        all.near("z", ours.errors(), result["z"].as_f64().context("no z")?, TOLERANCE);
        let joint = ours.joint.ok();
        let wald = result["joint_wald"].as_f64().context("no joint statistic")?;
        all.near("joint", joint.map(|joint| joint.statistic), wald, TOLERANCE);
        all.holds("freedom", joint.map(|joint| joint.freedom as u64) == result["df"].as_u64());
        for (at, theirs) in result["placebo"].as_array().context("no differences")?.iter().enumerate() {
            let ours = ours.cohorts.get(at).map(|cohort| cohort.1);
            all.near(&format!("cohort {at}"), ours, theirs.as_f64().context("no number")?, TOLERANCE);
        }
    }
    Ok(all)
}

fn asked(spec: &Value) -> Result<Ask> {
    let estimator = match spec["est_method"].as_str().unwrap_or("dr") {
        "dr" => Estimator::DoublyRobust,
        "reg" => Estimator::OutcomeRegression,
        "ipw" => Estimator::PropensityWeights,
        other => bail!("the method {other} is not known"),
    };
    let control = match spec["control_group"].as_str().unwrap_or("nevertreated") {
        "nevertreated" => Control::Never,
        "notyettreated" => Control::NotYet,
        other => bail!("the controls {other} are not known"),
    };
    let base = if spec["base_period"] == "universal" { Base::Universal } else { Base::Varying };
    let anticipation = spec["anticipation"].as_i64().unwrap_or(0);
    Ok(Ask { estimator, control, base, anticipation, ..Ask::default() })
}

/// Reads the file as a user's would be read, and estimates.
fn estimated(folder: &Path, told: &Value, spec: &Value, formula: &str, ask: &Ask) -> Result<Estimates> {
    let named = |of: &Value, key: &str| of[key].as_str().filter(|name| *name != "none").map(str::to_owned);
    let column = |key: &str| named(&told["columns"], key).with_context(|| format!("no column {key}"));
    let terms: Vec<&str> = formula.trim_start_matches('~').split('+').map(str::trim).collect();
    let terms: Vec<&str> = terms.into_iter().filter(|term| !term.is_empty() && *term != "1").collect();
    let plain = |term: &&str| term.trim_start_matches("I(").trim_end_matches(')').trim_end_matches("^2").to_owned();
    let columns = PanelColumns {
        unit: column("id")?,
        time: column("t")?,
        cohort: column("g")?,
        outcome: column("y")?,
        weight: named(spec, "weights"),
        cluster: named(spec, "cluster"),
        covariates: terms.iter().map(plain).collect(),
    };
    let name = named(told, "data").context("no file named")?;
    let bytes = std::fs::read(folder.join(&name))?;
    let sheet = sheet(&Source { name: &name, bytes: &bytes }, &columns.names())?;
    let mut file = panel(&sheet, &columns)?;
    for (at, _) in terms.iter().enumerate().filter(|(_, term)| term.contains("^2")) {
        file.adoption.covariates.iter_mut().for_each(|row| row[at] *= row[at]);
    }
    estimate(&file.adoption, ask).map_err(|defect| anyhow::anyhow!("{defect:?}"))
}

fn figure(all: &mut Comparison, what: &str, ours: (Option<f64>, Option<f64>), value: &Value, error: &Value) {
    if let Some(theirs) = value.as_f64() {
        all.near(what, ours.0, theirs, TOLERANCE);
    }
    match error.as_f64() {
        Some(theirs) => all.near(&format!("{what}, error"), ours.1, theirs, TOLERANCE),
        None => all.holds(&format!("{what}: an error where they have none"), ours.1.is_none()),
    }
}

fn cell(all: &mut Comparison, ours: &Estimates, group: Option<i64>, time: Option<i64>, value: &Value, error: &Value) {
    let own = ours.cells.iter().find(|cell| Some(cell.first) == group && Some(cell.period) == time);
    let own = own.and_then(|cell| cell.figure);
    let what = format!("cohort {group:?} in {time:?}");
    figure(all, &what, (own.map(|own| own.value), own.and_then(|own| own.error)), value, error);
}

fn cells(all: &mut Comparison, ours: &Estimates, theirs: &Value) -> Result<()> {
    let groups = theirs["group"].as_array().context("no cells")?;
    for (at, group) in groups.iter().enumerate() {
        let (group, time) = (group.as_i64(), theirs["time"][at].as_i64());
        cell(all, ours, group, time, &theirs["att"][at], &theirs["se"][at]);
    }
    all.holds("as many cells", groups.len() == ours.cells.iter().filter(|cell| cell.figure.is_some()).count());
    Ok(())
}

fn pretest(all: &mut Comparison, ours: &Estimates, theirs: &Value) {
    match theirs["wald"].as_f64() {
        Some(wald) => {
            let joint = ours.drift.cells.ok();
            all.near("pre-test", joint.map(|joint| joint.statistic), wald, TOLERANCE);
            // Theirs is rounded to five decimals.
            let rounded = joint.map(|joint| (joint.p * 1e5).round() / 1e5);
            all.holds("p of the pre-test", rounded == theirs["p_rounded5"].as_f64());
        }
        None => all.holds("a pre-test that has to be undefined", ours.drift.cells.is_err()),
    }
}

fn family(all: &mut Comparison, what: &str, ours: &Family, theirs: &Value) {
    let overall = ours.overall;
    let both = (overall.map(|one| one.value), overall.and_then(|one| one.error));
    figure(all, what, both, &theirs["overall_att"], &theirs["overall_se"]);
    members(all, what, ours, &theirs["egt"], &theirs["att"], &theirs["se"]);
}

fn members(all: &mut Comparison, what: &str, ours: &Family, at: &Value, values: &Value, errors: &Value) {
    for (place, wanted) in at.as_array().into_iter().flatten().enumerate() {
        let own = ours.members.iter().find(|member| Some(member.at) == wanted.as_i64()).map(|member| member.figure);
        let both = (own.map(|own| own.value), own.and_then(|own| own.error));
        figure(all, &format!("{what} {wanted}"), both, &values[place], &errors[place]);
    }
}
