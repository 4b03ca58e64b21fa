//! The golden form: the relationship's equations, computed by the focus room, against figures derived elsewhere.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use spelplan_facts::Model;
use spelplan_focus::stock;

use super::Line;
use super::forms::{list, number, numbers};

/// What still counts as equal.
const CLOSE: f64 = 1e-9;

/// The largest error over all trajectories, steady states and equal effects.
pub(crate) fn check(name: &str, instance: &Value) -> Result<(Vec<Line>, Value)> {
    let mut worst = Vec::new();
    for case in list(instance, "trajectories")? {
        worst.push((case["name"].as_str().unwrap_or("").to_owned(), trajectory(case)?));
    }
    for case in instance["steady_state"].as_array().into_iter().flatten() {
        worst.push((format!("steady state {}", case["visits_per_year"]), steady(case)?));
    }
    for case in instance["iso_effect"].as_array().into_iter().flatten() {
        worst.push((format!("equal effect, decay cut {}", case["decay_cut"]), iso_effect(case)?));
    }
    let error = worst.iter().map(|(_, error)| *error).fold(0.0, f64::max);
    let line = Line { instance: name.to_owned(), value: error, upper_bound: error, feasible: error <= CLOSE };
    let cases: Vec<Value> = worst.iter().map(|(case, error)| json!({ "case": case, "error": error })).collect();
    Ok((vec![line], json!({ "instance": name, "largest_error": error, "feasible": error <= CLOSE, "cases": cases })))
}

/// The model with these figures in place of the defaults.
fn model(params: &Value) -> Result<Model> {
    let half_life = match params["half_life_months"].as_f64() {
        Some(months) => months,
        None => std::f64::consts::LN_2 / number(params, "delta0")?,
    };
    let mut model = Model { build: number(params, "alpha")?, half_life_months: half_life, ..Model::default() };
    if params["eta"].is_number() {
        (model.digital_relief, model.digital_scale) = (number(params, "eta")?, number(params, "kappa")?);
    }
    Ok(model)
}

fn trajectory(case: &Value) -> Result<f64> {
    let params = &case["params"];
    let model = model(params)?;
    let quality = params["q"].as_f64().unwrap_or(1.0);
    let mut strength = number(case, "R0")?;
    let (visits, touches) = (numbers(case, "visits")?, numbers(case, "digital_weighted_touches")?);
    let (means, ends) = (numbers(case, "expected_month_mean")?, numbers(case, "expected_month_end")?);
    let mut worst: f64 = 0.0;
    for (at, (visits, touches)) in visits.iter().zip(&touches).enumerate() {
        let month = stock::month(&model, strength, *visits as usize, quality, *touches);
        let mean = means.get(at).context("fewer means than months")?;
        let end = ends.get(at).context("fewer ends than months")?;
        worst = worst.max((month.mean - mean).abs()).max((month.end - end).abs());
        strength = month.end;
    }
    Ok(worst)
}

fn steady(case: &Value) -> Result<f64> {
    let model = model(case)?;
    let visits = number(case, "visits_per_year")?;
    let mean = stock::settled_mean(&model, visits, stock::natural_decay(&model));
    Ok((mean - number(case, "R_mean")?).abs())
}

/// The same mean strength comes of fewer visits when decay is cut: visits times the decay that is left.
fn iso_effect(case: &Value) -> Result<f64> {
    let delta = number(case, "delta0")?;
    let model = model(case)?;
    let (before, after) = (number(case, "visits_without_digital")?, number(case, "visits_with_digital")?);
    let cut = delta * (1.0 - number(case, "decay_cut")?);
    let (before, after) = (stock::settled_mean(&model, before, delta), stock::settled_mean(&model, after, cut));
    Ok((before - after).abs())
}
