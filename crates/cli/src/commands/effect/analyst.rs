//! `spelplan effect power`, `placebo` and `ratio`: what a lottery can show, what chance alone shows, and a ratio of two estimates.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::effect::{
    self, Estimate, Fieller, OutcomeColumns, PlaceboAnswer, PlaceboAsk, PlaceboColumns, PowerAnswer, PowerAsk, Sought,
    Spread,
};

use super::read;
use crate::analyst_arguments::{PlaceboArguments, PowerArguments, RatioArguments};
use crate::commands::Done;
use crate::output::{Failure, say};

/// How many entries, what effect, or with what power.
pub fn power(arguments: &PowerArguments) -> Done {
    let ask = PowerAsk {
        spread: spread(arguments)?,
        share: arguments.share,
        alpha: arguments.alpha,
        power: arguments.power,
        entries: arguments.entries,
        effect: arguments.effect,
    };
    let answer = effect::power(&ask)?;
    if arguments.json {
        let sought = match answer.sought {
            Sought::Entries => "entries",
            Sought::Effect => "effect",
            Sought::Power => "power",
        };
        let Spread { deviation, explained, correlation, mean_size, variation } = ask.spread;
        say(&json!({
            "sought": sought, "entries": answer.entries, "effect": answer.effect, "power": answer.power,
            "deviation": deviation, "explained": explained, "correlation": correlation, "cluster_size": mean_size,
            "cluster_variation": variation, "design_effect": answer.design_effect, "share": ask.share, "alpha": ask.alpha,
        })
        .to_string());
    } else {
        tell_power(&ask, &answer);
    }
    Ok(ExitCode::SUCCESS)
}

/// As a file tells it, or as the figures beside `--deviation` do; a figure that is given counts for more than the file's.
fn spread(arguments: &PowerArguments) -> Result<Spread, Failure> {
    let plain = Spread { deviation: 0.0, explained: 0.0, correlation: 0.0, mean_size: 1.0, variation: 0.0 };
    let found = match (&arguments.file, &arguments.outcome) {
        (Some(file), Some(outcome)) => {
            let (name, bytes) = read(file)?;
            let (cluster, covariates) = (arguments.cluster.clone(), arguments.covariates.clone());
            effect::spread(&name, &bytes, &OutcomeColumns { outcome: outcome.clone(), cluster, covariates })?
        }
        _ => plain,
    };
    Ok(Spread {
        deviation: arguments.deviation.unwrap_or(found.deviation),
        explained: arguments.explained.unwrap_or(found.explained),
        correlation: arguments.correlation.unwrap_or(found.correlation),
        mean_size: arguments.cluster_size.unwrap_or(found.mean_size),
        variation: arguments.cluster_variation.unwrap_or(found.variation),
    })
}

fn tell_power(ask: &PowerAsk, answer: &PowerAnswer) {
    let PowerAnswer { entries, effect, power, design_effect, .. } = *answer;
    let percent = power * 100.0;
    say(&match answer.sought {
        Sought::Entries => {
            format!(
                "{entries:.0} entries in all are needed to see an effect of {effect} with a power of {percent:.0} %."
            )
        }
        Sought::Effect => format!("{entries:.0} entries show an effect of {effect:.4} with a power of {percent:.0} %."),
        Sought::Power => format!("{entries:.0} entries see an effect of {effect} with a power of {percent:.1} %."),
    });
    let Spread { deviation, explained, correlation, mean_size, variation } = ask.spread;
    let (winners, alarm) = (ask.share * 100.0, ask.alpha * 100.0);
    say(&format!("  {winners:.0} % of them win; one test of {:.0} is a false alarm", 100.0 / alarm));
    say(&format!("  deviation {deviation:.4}, of whose variance covariates explain {:.1} %", explained * 100.0));
    say(&format!(
        "  clusters of {mean_size:.2} (sizes vary by {:.0} %), correlation within {correlation:.3}: {design_effect:.2} times as many",
        variation * 100.0
    ));
}

/// What chance alone shows on that file.
pub fn placebo(arguments: &PlaceboArguments) -> Done {
    let (name, bytes) = read(&arguments.file)?;
    let columns = PlaceboColumns {
        unit: arguments.unit.clone(),
        time: arguments.time.clone(),
        outcome: arguments.outcome.clone(),
        block: arguments.block.clone(),
        cluster: arguments.cluster.clone(),
        covariates: arguments.covariates.clone(),
    };
    let ask = PlaceboAsk {
        share: arguments.share,
        horizon: arguments.horizon,
        base: arguments.base,
        relative: arguments.relative,
        draws: arguments.draws as usize,
        seed: arguments.seed,
    };
    let answer = effect::placebo(&name, &bytes, &columns, &ask)?;
    let PlaceboAnswer { entries, winners, left_out, found } = answer;
    let (smallest, rate) = (found.smallest_effect(), found.rejection_rate());
    if arguments.json {
        say(&json!({
            "entries": entries, "winners": winners, "left_out": left_out, "draws": found.draws, "mean": found.mean,
            "deviation": found.deviation, "mean_error": found.error, "rejected": found.rejected, "rejection_rate": rate,
            "smallest_effect": smallest,
        })
        .to_string());
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!(
        "The smallest effect seen four times of five: {smallest:.4}, in the unit of `{}`{}.",
        arguments.outcome,
        if arguments.relative { " over the usual one" } else { "" }
    ));
    say(&format!(
        "  {entries} entries, {winners} of them winning in each of {} draws; {left_out} left out",
        found.draws
    ));
    say(&format!(
        "  figures by chance alone: mean {:.4}, deviation {:.4}; told errors {:.4}",
        found.mean, found.deviation, found.error
    ));
    let chance = (0.05 * 0.95 / found.draws as f64).sqrt() * 100.0;
    say(&format!(
        "  mistaken for an effect: {:.1} % of the draws; 5 % is what a 95 % interval promises, give or take {:.1}",
        rate * 100.0,
        2.0 * chance
    ));
    Ok(ExitCode::SUCCESS)
}

/// One estimate over another.
pub fn ratio(arguments: &RatioArguments) -> Done {
    let over = Estimate { value: arguments.over, error: arguments.over_error };
    let under = Estimate { value: arguments.under, error: arguments.under_error };
    let Fieller { value, interval } = effect::ratio(over, under, arguments.covariance)?;
    if arguments.json {
        let (low, high) = interval.unzip();
        say(&json!({"ratio": value, "lower": low, "upper": high, "bounded": interval.is_some()}).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    match interval {
        Some((low, high)) => say(&format!("Ratio {value:.4} (95 %: {low:.4} to {high:.4})")),
        None => {
            say(&format!(
                "Ratio {value:.4}, unbounded: the figure below may well be nothing, and then any ratio may be true."
            ));
            say("  Do not tell the ratio; tell the two figures, or make the lower one surer.");
        }
    }
    Ok(ExitCode::SUCCESS)
}
