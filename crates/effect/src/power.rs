//! How many entries a lottery needs, what so many can show, and a ratio of two estimates: an analyst's questions before and after.

use spelplan_intake::Sheet;
use spelplan_panel::Estimate;
use spelplan_panel::lottery::{Flaw, Power, Ratio, Spread, design_effect, fieller, spread};

use crate::cells::{Labels, column, filled, number};
use crate::errors::EffectError;

/// Which columns of an outcome file hold what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutcomeColumns {
    /// What will be explained.
    pub outcome: String,
    /// What is drawn as one.
    pub cluster: Option<String>,
    /// What is known beforehand.
    pub covariates: Vec<String>,
}

/// What is asked of a lottery before it is drawn. One of entries and effect, or both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerAsk {
    /// What the outcome's spread is made of.
    pub spread: Spread,
    /// Part of the entries that win.
    pub share: f64,
    /// Probability of a false alarm.
    pub alpha: f64,
    /// Probability of seeing an effect that is there, where it is not what is asked for.
    pub power: f64,
    /// Entries in all.
    pub entries: Option<f64>,
    /// The effect.
    pub effect: Option<f64>,
}

/// Which of the three was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// How many entries it takes.
    Entries,
    /// The smallest effect that is seen.
    Effect,
    /// How probably it is seen.
    Power,
}

/// The three that belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerAnswer {
    /// Which of them was asked for.
    pub sought: Sought,
    /// Entries in all.
    pub entries: f64,
    /// The effect, in the outcome's own unit.
    pub effect: f64,
    /// Probability of seeing it.
    pub power: f64,
    /// How much clusters cost.
    pub design_effect: f64,
}

impl OutcomeColumns {
    /// Every column that is needed.
    pub fn names(&self) -> Vec<&str> {
        let more = self.cluster.iter().chain(&self.covariates);
        std::iter::once(&self.outcome).chain(more).map(String::as_str).collect()
    }
}

/// What the outcome of a file is made of: one row for each entry.
pub fn spread_of(sheet: &Sheet, columns: &OutcomeColumns) -> Result<Spread, EffectError> {
    let rows = 0..sheet.n_rows();
    let numbers = |name: &String| -> Result<Vec<f64>, EffectError> {
        let own = column(sheet, name)?;
        rows.clone().map(|row| number(sheet, own, row)).collect()
    };
    let outcome = numbers(&columns.outcome)?;
    let told: Vec<Vec<f64>> = columns.covariates.iter().map(numbers).collect::<Result<_, _>>()?;
    let covariates: Vec<Vec<f64>> = match told.is_empty() {
        true => Vec::new(),
        false => rows.clone().map(|row| told.iter().map(|own| own[row]).collect()).collect(),
    };
    let mut labels = Labels::default();
    let clusters: Vec<usize> = match &columns.cluster {
        None => Vec::new(),
        Some(name) => {
            let own = column(sheet, name)?;
            rows.map(|row| Ok(labels.number(filled(sheet, own, row)?))).collect::<Result<_, EffectError>>()?
        }
    };
    spread(&outcome, &clusters, &covariates).map_err(|flaw: Flaw| EffectError::of_flaw(&flaw))
}

/// Answers for the one that is left open.
pub fn power(ask: &PowerAsk) -> Result<PowerAnswer, EffectError> {
    let Spread { deviation, explained, correlation, mean_size, variation } = ask.spread;
    within("deviation", deviation, deviation > 0.0, ("above 0", "över 0"))?;
    within(
        "explained",
        explained,
        (0.0..1.0).contains(&explained),
        ("from 0 up to, not with, 1", "från 0 till under 1"),
    )?;
    within("correlation", correlation, (0.0..=1.0).contains(&correlation), ("from 0 to 1", "från 0 till 1"))?;
    within("cluster-size", mean_size, mean_size >= 1.0, ("at least 1", "minst 1"))?;
    within("cluster-variation", variation, variation >= 0.0, ("at least 0", "minst 0"))?;
    let open = |part: f64| part > 0.0 && part < 1.0;
    within("share", ask.share, open(ask.share), ("between 0 and 1", "mellan 0 och 1"))?;
    within("alpha", ask.alpha, open(ask.alpha), ("between 0 and 1", "mellan 0 och 1"))?;
    let sees = open(ask.power) && ask.power > ask.alpha;
    within("power", ask.power, sees, ("between alpha and 1", "mellan alpha och 1"))?;
    let entries = ask.entries.unwrap_or(4.0);
    within("entries", entries, entries >= 4.0, ("at least 4", "minst 4"))?;
    let effect = ask.effect.unwrap_or(1.0);
    within("effect", effect, effect != 0.0, ("other than 0", "skilt från 0"))?;
    let design_effect = design_effect(mean_size, variation, correlation);
    let ground = Power { deviation, share: ask.share, explained, design_effect, alpha: ask.alpha, power: ask.power };
    let answer = |sought, entries, effect, power| Ok(PowerAnswer { sought, entries, effect, power, design_effect });
    match (ask.entries, ask.effect) {
        (Some(entries), Some(effect)) => answer(Sought::Power, entries, effect, ground.power_of(entries, effect)),
        (Some(entries), None) => answer(Sought::Effect, entries, ground.smallest_effect(entries), ask.power),
        (None, Some(effect)) => answer(Sought::Entries, ground.entries_for(effect).ceil(), effect, ask.power),
        (None, None) => Err(EffectError::new(
            "A550",
            "neither entries nor an effect are given, so nothing follows. Give --entries for the smallest effect they show, --effect for how many it takes, or both for the power",
            "varken antal eller effekt är angivet, så ingenting följer. Ange --entries för den minsta effekt som syns, --effect för hur många som behövs, eller båda för styrkan",
        )),
    }
}

/// A ratio of two estimates with Fieller's interval.
pub fn ratio(over: Estimate, under: Estimate, covariance: f64) -> Result<Ratio, EffectError> {
    let finite = [over.value, under.value].into_iter().all(f64::is_finite);
    within("over and under", if finite { 0.0 } else { f64::NAN }, finite, ("a number", "ett tal"))?;
    within("over-error", over.error, over.error >= 0.0, ("at least 0", "minst 0"))?;
    within("under-error", under.error, under.error >= 0.0, ("at least 0", "minst 0"))?;
    within("under", under.value, under.value != 0.0, ("other than 0", "skilt från 0"))?;
    let most = over.error * under.error;
    let possible = covariance.abs() <= most * (1.0 + 1e-9);
    within("covariance", covariance, possible, ("no larger than the product of the errors", "högst felens produkt"))?;
    Ok(fieller(over, under, covariance))
}

fn within(name: &str, value: f64, holds: bool, (en, sv): (&str, &str)) -> Result<(), EffectError> {
    let told = || {
        EffectError::new(
            "A551",
            format!("--{name} is {value}; it must be {en}. Correct it"),
            format!("--{name} är {value}; det måste vara {sv}. Rätta det"),
        )
    };
    if holds { Ok(()) } else { Err(told()) }
}
