//! The answer of `spelplan effect estimate` for programs. What is undefined is null, with the reason where there is one.

use serde_json::{Map, Value, json};
use spelplan_app::effect::{
    Answer, Ask, Base, Calendar, CellEstimate, Control, Drift, Family, Figure, Joint, PanelFile, Undefined, told,
};

use super::estimate::word;

/// Everything.
pub fn as_json(file: &PanelFile, answer: &Answer, ask: &Ask) -> Value {
    let found = &answer.estimates;
    let calendar = file.calendar;
    let headline =
        answer.headline.map(|(estimator, figure)| with(figure_as_json(&figure), "estimator", word(estimator)));
    let beside = answer.beside.as_ref().map(|beside| {
        json!({"estimator": "or", "simple": beside.simple.as_ref().map(figure_as_json),
               "dynamic": family_as_json(&beside.dynamic, &number), "group": family_as_json(&beside.group, &written(calendar))})
    });
    json!({
        "specification": specification(ask),
        "n_units": found.units, "n_clusters": found.independent, "n_never": found.never, "left_out": found.left_out,
        "frozen": file.frozen,
        "cohorts": found.cohorts.iter().map(|cohort| json!({
            "group": written(calendar)(cohort.first), "n": cohort.units,
            "share_alone": cohort.overlap.map(|overlap| overlap.0), "effective_controls": cohort.overlap.map(|overlap| overlap.1),
        })).collect::<Vec<_>>(),
        "att_gt": found.cells.iter().map(|cell| cell_as_json(cell, calendar)).collect::<Vec<_>>(),
        "critical_value": found.critical,
        "simple": found.simple.as_ref().map(figure_as_json),
        "dynamic": family_as_json(&found.dynamic, &number),
        "dynamic_balanced": found.balanced.as_ref().map(|family| family_as_json(family, &number)),
        "group": family_as_json(&found.group, &written(calendar)),
        "calendar": family_as_json(&found.calendar, &written(calendar)),
        "total": found.total.as_ref().map(figure_as_json),
        "largest_variance_share": found.largest_part,
        "pretest": joint_as_json(&found.drift.cells),
        "placebo": drift_as_json(&found.drift, calendar),
        "breakdown_m": found.breakdown,
        "headline": headline, "beside": beside,
        "refusals": doubts(answer, calendar, true), "warnings": doubts(answer, calendar, false),
    })
}

fn specification(ask: &Ask) -> Value {
    json!({
        "estimator": word(ask.estimator),
        "control": match ask.control { Control::Never => "never", Control::NotYet => "notyet" },
        "base_period": match ask.base { Base::Varying => "varying", Base::Universal => "universal" },
        "base": ask.base_periods, "anticipation": ask.anticipation, "draws": ask.draws, "seed": ask.seed, "level": 0.95,
    })
}

fn number(at: i64) -> Value {
    json!(at)
}

/// A period as the file writes it: a number, or a month.
fn written(calendar: Calendar) -> impl Fn(i64) -> Value {
    move |at| if calendar == Calendar::Numbers { json!(at) } else { json!(calendar.written(at)) }
}

fn figure_as_json(figure: &Figure) -> Value {
    json!({
        "att": figure.value, "se": figure.error, "boot_se": figure.drawn_error,
        "lower": figure.interval.map(|interval| interval.0), "upper": figure.interval.map(|interval| interval.1),
        "band_lower": figure.band.map(|band| band.0), "band_upper": figure.band.map(|band| band.1),
    })
}

fn cell_as_json(cell: &CellEstimate, calendar: Calendar) -> Value {
    let figure = cell.figure.as_ref().map_or_else(|| json!({"att": null, "se": null}), figure_as_json);
    let mut cells = figure.as_object().cloned().unwrap_or_else(Map::new);
    cells.insert("group".into(), written(calendar)(cell.first));
    cells.insert("time".into(), written(calendar)(cell.period));
    cells.insert("post".into(), json!(cell.after));
    cells.insert("reference".into(), json!(cell.is_base));
    cells.insert("treated".into(), json!(cell.treated));
    cells.insert("controls".into(), json!(cell.controls));
    cells.insert("refused".into(), json!(cell.small.then_some("small_cell")));
    Value::Object(cells)
}

fn family_as_json(family: &Family, at: &impl Fn(i64) -> Value) -> Value {
    let overall = family.overall.as_ref().map(figure_as_json);
    let members = family.members.iter().map(|member| with(figure_as_json(&member.figure), "egt", at(member.at)));
    json!({"overall": overall, "cells": members.collect::<Vec<_>>(), "critical_value": family.critical})
}

fn with(mut object: Value, key: &str, value: impl Into<Value>) -> Value {
    object[key] = value.into();
    object
}

fn joint_as_json(joint: &Result<Joint, Undefined>) -> Value {
    match joint {
        Ok(joint) => json!({"wald": joint.statistic, "df": joint.freedom, "p": joint.p, "undefined": null}),
        Err(why) => json!({"wald": null, "df": null, "p": null, "undefined": reason(*why)}),
    }
}

fn reason(why: Undefined) -> &'static str {
    match why {
        Undefined::NoPeriods => "no period to compare before the treatment",
        Undefined::Singular => "the differences determine one another: too few units, or cohorts of one",
    }
}

fn drift_as_json(drift: &Drift, calendar: Calendar) -> Value {
    let pooled = drift.pooled.ok();
    let joint = joint_as_json(&drift.joint);
    json!({
        "periods": drift.periods, "pooled": pooled.map(|one| one.0), "se": pooled.map(|one| one.1),
        "z": drift.errors(), "p": drift.p(), "undefined": drift.pooled.err().map(reason),
        "minimum_detectable": drift.smallest_seen(),
        "joint_wald": joint["wald"], "df": joint["df"], "joint_p": joint["p"],
        "cohorts": drift.cohorts.iter().map(|cohort| written(calendar)(cohort.0)).collect::<Vec<_>>(),
        "placebo": drift.cohorts.iter().map(|cohort| cohort.1).collect::<Vec<_>>(),
    })
}

fn doubts(answer: &Answer, calendar: Calendar, withholding: bool) -> Vec<Value> {
    let own = answer.doubts.iter().filter(|doubt| doubt.withholds() == withholding);
    let told = own.map(|doubt| told(doubt, |at| calendar.written(at)));
    told.map(|told| json!({"rule": told.rule, "en": told.en, "sv": told.sv})).collect()
}
