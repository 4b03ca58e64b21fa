//! Lotteries beside R's `estimatr`, and small figures beside closed forms.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use spelplan_effect::{LotteryColumns, LotteryFile, lottery};
use spelplan_intake::{Source, sheet};
use spelplan_panel::lottery::{self as estimators, Errors, Power, Precision};
use spelplan_panel::{Estimate, lottery::Draw};

use super::TOLERANCE;
use crate::bench::effect::comparison::Comparison;

/// `*.rct.json`: a file, outcomes, covariates.
pub fn compare_trial(folder: &Path, told: &Value) -> Result<Comparison> {
    let mut all = Comparison::default();
    let outcomes: Vec<&str> = told["y"].as_str().context("no outcome")?.split('/').map(str::trim).collect();
    let names = |value: &Value| -> Vec<String> {
        let many = value.as_array().map(|all| all.iter().filter_map(|one| one.as_str()).map(str::to_owned).collect());
        many.unwrap_or_else(|| value.as_str().into_iter().map(str::to_owned).collect())
    };
    for (at, (name, theirs)) in told["results"].as_object().context("no results")?.iter().enumerate() {
        let outcome = outcomes.get(at).or(outcomes.first()).context("no outcome")?;
        let covariates = match name.strip_suffix("_only") {
            Some(one) => vec![one.to_owned()],
            None => names(&told["covariates"]),
        };
        let arm = told["z"].as_str().context("no arm")?.to_owned();
        let columns = LotteryColumns { arm, outcome: (*outcome).to_owned(), covariates, ..LotteryColumns::default() };
        let draw = read(folder, told["data"].as_str().context("no file named")?, &columns)?.draw;
        let plain = estimators::weighted(&draw).map_err(flawed)?;
        let beside = estimators::adjusted(&draw).map_err(flawed)?;
        let apart = estimators::interacted(&draw).map_err(flawed)?;
        for (key, theirs) in theirs.as_object().context("no figures")? {
            let ours = match key.split_once('_') {
                _ if key == "diff_in_means_neyman" => estimators::difference(&draw),
                Some(("unadjusted", kind)) => of_kind(&plain, kind),
                Some(("lin", kind)) => of_kind(&apart, kind),
                Some(("ols", rest)) => of_kind(&beside, rest.trim_start_matches("adjusted_")),
                _ => None,
            };
            precision(&mut all, &format!("{name} {key}"), ours, theirs);
        }
    }
    Ok(all)
}

/// `lottery_sim.design.json`: chances, chains, strata, visits.
pub fn compare_design(folder: &Path, told: &Value) -> Result<Comparison> {
    let mut all = Comparison::default();
    let named = |name: &str| Some(name.to_owned());
    let columns = |covariates: &[&str], block: Option<&str>| LotteryColumns {
        arm: "z".to_owned(),
        outcome: "y".to_owned(),
        chance: named("p"),
        cluster: named("chain"),
        visited: named("visited"),
        block: block.map(str::to_owned),
        covariates: covariates.iter().map(|&name| name.to_owned()).collect(),
    };
    let name = told["data"].as_str().context("no file named")?;
    let plain = read(folder, name, &columns(&["pot", "late_pre"], Some("stratum")))?;
    let draw = &plain.draw;
    let hajek = estimators::weighted(draw).map_err(flawed)?;
    let apart = estimators::interacted(draw).map_err(flawed)?;
    let in_strata = estimators::interacted(&with_strata(draw)).map_err(flawed)?;
    let visited = plain.visited.as_ref().context("no visits")?;
    let visit = estimators::visit(draw, visited).map_err(flawed)?;
    let robust = estimators::doubly_robust(draw).map_err(flawed)?;
    let results = told["results"].as_object().context("no results")?;
    for (key, theirs) in results {
        let ours = match key.rsplit_once('_') {
            _ if key == "horvitz_thompson_point" => continue,
            _ if key == "blocked_dim" => estimators::blocked(draw),
            _ if key == "aipw_known_p" => {
                all.near(key, Some(robust.figure.value), number(&theirs["estimate"])?, TOLERANCE);
                all.near("aipw entries", Some(robust.by_entries), number(&theirs["se_iid"])?, TOLERANCE);
                all.near("aipw clusters", Some(robust.by_clusters), number(&theirs["se_cluster_sums"])?, TOLERANCE);
                continue;
            }
            Some(("hajek", kind)) => of_kind(&hajek, kind),
            Some(("lin_ipw", kind)) => of_kind(&apart, kind),
            Some(("lin_strata", kind)) => of_kind(&in_strata, kind),
            Some(("first_stage", kind)) => of_kind(&visit.first_stage, kind),
            Some(("late_iv", kind)) => visit.effect.and_then(|effect| of_kind(&effect, kind)),
            _ => None,
        };
        precision(&mut all, key, ours, theirs);
    }
    Ok(all)
}

/// Strata as covariates, without weights.
fn with_strata(draw: &Draw) -> Draw {
    let n_strata = draw.blocks.iter().max().map_or(1, |most| most + 1);
    let mark = |stratum: usize, own: usize| f64::from(u8::from(stratum == own));
    let row = |(row, &own): (&Vec<f64>, &usize)| {
        row.iter().copied().chain((1..n_strata).map(|stratum| mark(stratum, own))).collect()
    };
    let covariates = draw.covariates.iter().zip(&draw.blocks).map(row).collect();
    Draw { covariates, chance: vec![0.5; draw.len()], ..draw.clone() }
}

/// `small_anchors.json`: enumeration and closed forms.
pub fn compare_small(told: &Value) -> Result<Comparison> {
    let mut all = Comparison::default();
    exact(&mut all, &told["ri_exact"])?;
    for theirs in told["power"].as_array().into_iter().flatten() {
        let of = |key: &str| number(&theirs[key]);
        let power = Power {
            deviation: of("sd")?,
            share: of("share")?,
            explained: of("r2")?,
            design_effect: of("deff")?,
            alpha: 0.05,
            power: of("power")?,
        };
        let ours = match theirs["call"].as_str() {
            Some("n_total") => power.entries_for(of("delta")?),
            _ => power.smallest_effect(of("n")?),
        };
        all.near("power", Some(ours), of("value")?, TOLERANCE);
    }
    for theirs in told["mckenzie2012_ancova_variance_factor"].as_array().into_iter().flatten() {
        let of = |key: &str| number(&theirs[key]);
        let ours = estimators::ancova_factor(of("rho")?, of("pre")?, of("post")?);
        all.near("variance beside what was before", Some(ours), of("factor")?, TOLERANCE);
    }
    for theirs in told["power_t_noncentral"].as_array().into_iter().flatten() {
        let ours = estimators::power_of_t(number(&theirs["n_per_arm"])?, number(&theirs["d"])?, 0.05);
        all.near("power of t", ours, number(&theirs["power"])?, TOLERANCE);
    }
    for theirs in told["deff"].as_array().into_iter().flatten() {
        let of = |key: &str| number(&theirs[key]);
        let ours = estimators::design_effect(of("mean_size")?, of("cv")?, of("icc")?);
        all.near("design effect", Some(ours), of("value")?, TOLERANCE);
    }
    let days = &told["asymptotic_cs_radius"];
    for (n, theirs) in days["radius"].as_object().into_iter().flatten() {
        let ours =
            estimators::radius(n.parse()?, number(&days["sd"])?, number(&days["alpha"])?, number(&days["nstar"])?);
        all.near("radius", Some(ours), number(theirs)?, TOLERANCE);
    }
    for theirs in told["fieller"].as_array().into_iter().flatten() {
        let of = |key: &str| number(&theirs[key]);
        let over = Estimate { value: of("a")?, error: of("se_a")? };
        let under = Estimate { value: of("b")?, error: of("se_b")? };
        let ours = estimators::fieller(over, under, of("cov")?).interval;
        match theirs["interval"].as_array() {
            Some(theirs) => {
                all.near("ratio, low", ours.map(|ours| ours.0), number(&theirs[0])?, TOLERANCE);
                all.near("ratio, high", ours.map(|ours| ours.1), number(&theirs[1])?, TOLERANCE);
            }
            None => all.holds("a ratio that has to be undefined", ours.is_none()),
        }
    }
    for (name, theirs) in told["empirical_bayes_dersimonian_laird"].as_object().into_iter().flatten() {
        together(&mut all, name, theirs)?;
    }
    Ok(all)
}

fn exact(all: &mut Comparison, theirs: &Value) -> Result<()> {
    let outcome: Vec<f64> = theirs["y"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let won: Vec<bool> = theirs["z"].as_array().into_iter().flatten().map(|z| z.as_i64() == Some(1)).collect();
    let draw = Draw { chance: vec![0.5; won.len()], won, outcome, ..Draw::default() };
    let ours = estimators::repeated(&draw, 99, 1).context("nothing drawn")?;
    all.holds("ways", Some(ours.ways as u64) == theirs["permutations"].as_u64() && ours.exact);
    all.near("p of t", Some(ours.p), number(&theirs["p_two_sided_abs_t"])?, TOLERANCE);
    all.near("p of the difference", Some(ours.p_plain), number(&theirs["p_two_sided_abs_diff"])?, TOLERANCE);
    all.near("p one way", Some(ours.p_higher), number(&theirs["p_one_sided"])?, TOLERANCE);
    let difference = estimators::difference(&draw).map(|own| own.value);
    all.near("difference", difference, number(&theirs["diff"])?, TOLERANCE);
    Ok(())
}

fn together(all: &mut Comparison, name: &str, theirs: &Value) -> Result<()> {
    let column =
        |key: &str| -> Vec<f64> { theirs[key].as_array().into_iter().flatten().filter_map(Value::as_f64).collect() };
    let pairs = column("y").into_iter().zip(column("se"));
    let own: Vec<Estimate> = pairs.map(|(value, error)| Estimate { value, error }).collect();
    let ours = estimators::drawn_together(&own).context("nothing to draw together")?;
    all.near(&format!("{name} apart"), Some(ours.apart), number(&theirs["Q"])?, TOLERANCE);
    all.near(&format!("{name} between"), Some(ours.between), number(&theirs["tau2"])?, TOLERANCE);
    all.near(&format!("{name} mean"), Some(ours.mean.value), number(&theirs["mean"])?, TOLERANCE);
    all.near(&format!("{name} error"), Some(ours.mean.error), number(&theirs["mean_se"])?, TOLERANCE);
    for (ours, theirs) in ours.drawn.iter().zip(column("shrunk")) {
        all.near(&format!("{name} drawn"), Some(*ours), theirs, TOLERANCE);
    }
    Ok(())
}

/// Reads the file; entries without an outcome are left out, as the other program does.
fn read(folder: &Path, name: &str, columns: &LotteryColumns) -> Result<LotteryFile> {
    let text = std::fs::read_to_string(folder.join(name))?;
    let header: Vec<&str> = text.lines().next().unwrap_or("").split(',').collect();
    let needed: Vec<usize> =
        columns.names().iter().filter_map(|name| header.iter().position(|column| column == name)).collect();
    let whole = |line: &&str| {
        let cells: Vec<&str> = line.split(',').collect();
        needed.iter().all(|&at| cells.get(at).is_some_and(|cell| !cell.is_empty() && *cell != "NA"))
    };
    let kept: Vec<&str> = text.lines().filter(whole).collect();
    let sheet = sheet(&Source { name, bytes: kept.join("\n").as_bytes() }, &columns.names())?;
    Ok(lottery(&sheet, columns)?)
}

fn flawed(flaw: estimators::Flaw) -> anyhow::Error {
    anyhow::anyhow!("{flaw:?}")
}

fn number(value: &Value) -> Result<f64> {
    value.as_f64().context("no number")
}

fn of_kind(errors: &Errors, kind: &str) -> Option<Precision> {
    match kind {
        "classical" => Some(errors.classical),
        "HC0" => Some(errors.robust[0]),
        "HC1" => Some(errors.robust[1]),
        "HC2" => Some(errors.robust[2]),
        "HC3" => Some(errors.robust[3]),
        "CR0" => errors.clustered.map(|two| two[0]),
        "CR2" => errors.clustered.map(|two| two[1]),
        _ => None,
    }
}

fn precision(all: &mut Comparison, what: &str, ours: Option<Precision>, theirs: &Value) {
    let interval = ours.and_then(|ours| ours.interval());
    let parts = [
        ("estimate", ours.map(|ours| ours.value)),
        ("se", ours.map(|ours| ours.error)),
        ("df", ours.map(|ours| ours.freedom)),
        ("lo", interval.map(|interval| interval.0)),
        ("hi", interval.map(|interval| interval.1)),
        ("p", ours.and_then(|ours| ours.p())),
    ];
    for (key, ours) in parts {
        if let Some(theirs) = theirs[key].as_f64() {
            all.near(&format!("{what} {key}"), ours, theirs, TOLERANCE);
        }
    }
}
