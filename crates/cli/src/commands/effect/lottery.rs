//! `spelplan effect lottery`: chance decided.

use std::process::ExitCode;

use serde_json::{Value, json};
use spelplan_app::effect::{self, Errors, LotteryAnswer, LotteryColumns, LotteryFile, Precision};

use super::read;
use crate::commands::Done;
use crate::effect_arguments::LotteryArguments;
use crate::output::say;

/// Reads, estimates, tells.
pub fn lottery(arguments: &LotteryArguments) -> Done {
    let (name, bytes) = read(&arguments.file)?;
    let columns = LotteryColumns {
        arm: arguments.arm.clone(),
        outcome: arguments.outcome.clone(),
        chance: arguments.prob.clone(),
        block: arguments.block.clone(),
        cluster: arguments.cluster.clone(),
        visited: arguments.visited.clone(),
        covariates: arguments.covariates.clone(),
    };
    let (draws, planned) = (arguments.draws as usize, arguments.planned as usize);
    let (file, answer) = effect::lottery(&name, &bytes, &columns, draws, arguments.seed, planned)?;
    if arguments.json {
        say(&as_json(&file, &answer).to_string());
    } else {
        tell(&file, &answer);
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(file: &LotteryFile, answer: &LotteryAnswer) {
    let draw = &file.draw;
    say(&format!("{} entries, {} of them won.", draw.len(), draw.n_won()));
    match &answer.headline {
        Some(figure) => say(&format!("\nEffect: {} (doubly robust, known chances)", shown(figure))),
        None => say("\nNo headline: see what is said below."),
    }
    let line = |name: &str, figure: &Precision| say(&format!("  {name:<34} {}", shown(figure)));
    answer.difference.iter().for_each(|figure| line("difference of means", figure));
    line("by one over chance", &answer.weighted.chosen());
    answer.blocked.iter().for_each(|figure| line("block by block", figure));
    answer.adjusted.iter().for_each(|errors| line("with covariates", &errors.chosen()));
    answer.interacted.iter().for_each(|errors| line("with covariates on each side", &errors.chosen()));
    line("doubly robust", &answer.doubly_robust.figure);
    if let Some(visit) = &answer.visit {
        line("visited, winners less losers", &visit.first_stage.chosen());
        match &visit.effect {
            Some(errors) => line("effect of the visit itself", &errors.chosen()),
            None => say("  effect of the visit itself: the lottery moves too few"),
        }
    }
    match &answer.repeated {
        Some(again) => {
            let kind = if again.exact { "every way" } else { "ways drawn at random" };
            say(&format!("  the draw repeated: p = {:.4} ({} {kind})", again.p, again.ways));
        }
        None => say("  the draw repeated: undefined, clusters were not drawn as one"),
    }
    if let Some(sequence) = &answer.sequence {
        let (value, radius) = (answer.doubly_robust.figure.value, sequence.radius);
        say(&format!("  whatever day one looks, 95 %: {:.4} to {:.4}", value - radius, value + radius));
    }
    answer.refusals.iter().for_each(|told| say(&format!("Withheld: {}.", told.en)));
}

fn shown(figure: &Precision) -> String {
    let interval = figure.interval();
    let interval = interval.map_or("no interval".to_owned(), |(low, high)| format!("95 %: {low:.4} to {high:.4}"));
    let p = figure.p().map_or(String::new(), |p| format!("; p = {p:.4}"));
    format!("{:.4} (error {:.4}; {interval}{p})", figure.value, figure.error)
}

fn as_json(file: &LotteryFile, answer: &LotteryAnswer) -> Value {
    let draw = &file.draw;
    let one = |figure: &Option<Precision>| figure.as_ref().map(precision);
    let many = |figure: &Option<Errors>| figure.as_ref().map(errors);
    let again = answer.repeated.as_ref().map(|again| {
        json!({"p": again.p, "p_two_sided_abs_diff": again.p_plain, "p_one_sided": again.p_higher,
               "ways": again.ways, "exact": again.exact})
    });
    let value = answer.doubly_robust.figure.value;
    let sequence = answer.sequence.as_ref().map(|own| {
        json!({"radius": own.radius, "planned": own.planned, "lower": value - own.radius, "upper": value + own.radius})
    });
    let mut robust = precision(&answer.doubly_robust.figure);
    robust["se_cluster_sums"] = json!(answer.doubly_robust.by_clusters);
    robust["se_iid"] = json!(answer.doubly_robust.by_entries);
    let visit = answer.visit.as_ref().map(|visit| {
        json!({"first_stage": errors(&visit.first_stage), "effect": many(&visit.effect),
               "undefined": visit.effect.is_none().then_some("the lottery moves too few")})
    });
    json!({
        "n": draw.len(), "won": draw.n_won(),
        "difference_in_means": one(&answer.difference),
        "hajek": errors(&answer.weighted), "blocked": one(&answer.blocked),
        "ols_adjusted": many(&answer.adjusted), "lin": many(&answer.interacted),
        "aipw": robust,
        "randomisation": again, "confidence_sequence": sequence, "visit": visit,
        "headline": one(&answer.headline),
        "refusals": answer.refusals.iter().map(|told| json!({"rule": told.rule, "en": told.en, "sv": told.sv})).collect::<Vec<_>>(),
    })
}

fn errors(all: &Errors) -> Value {
    let [hc0, hc1, hc2, hc3] = all.robust.each_ref().map(precision);
    let clustered = all.clustered.as_ref();
    json!({
        "classical": precision(&all.classical), "hc0": hc0, "hc1": hc1, "hc2": hc2, "hc3": hc3,
        "cr0": clustered.map(|two| precision(&two[0])), "cr2": clustered.map(|two| precision(&two[1])),
    })
}

fn precision(figure: &Precision) -> Value {
    let interval = figure.interval();
    json!({
        "estimate": figure.value, "se": figure.error, "df": figure.freedom, "p": figure.p(),
        "lower": interval.map(|interval| interval.0), "upper": interval.map(|interval| interval.1),
    })
}
