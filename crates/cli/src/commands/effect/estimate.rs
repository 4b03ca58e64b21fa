//! `spelplan effect estimate`: units over time.

use std::process::ExitCode;

use spelplan_app::effect::{
    self, Answer, Ask, Base, Calendar, Control, Drift, Estimator, Family, Figure, PanelColumns, PanelFile, told,
};

use super::estimate_json::as_json;
use super::read;
use crate::commands::Done;
use crate::effect_arguments::{ControlWord, EstimateArguments, EstimatorWord};
use crate::output::say;

/// Reads, estimates, tells.
pub fn estimate(arguments: &EstimateArguments) -> Done {
    let (name, bytes) = read(&arguments.panel)?;
    let ask = asked(arguments);
    let (file, answer) = effect::estimate(&name, &bytes, &columns(arguments), &ask)?;
    if arguments.json {
        say(&as_json(&file, &answer, &ask).to_string());
    } else {
        tell(&file, &answer);
    }
    Ok(ExitCode::SUCCESS)
}

fn columns(arguments: &EstimateArguments) -> PanelColumns {
    PanelColumns {
        unit: arguments.unit.clone(),
        time: arguments.time.clone(),
        cohort: arguments.cohort.clone(),
        outcome: arguments.outcome.clone(),
        weight: arguments.weight.clone(),
        cluster: arguments.cluster.clone(),
        covariates: arguments.covariates.clone(),
    }
}

fn asked(arguments: &EstimateArguments) -> Ask {
    Ask {
        estimator: match arguments.estimator {
            EstimatorWord::Dr => Estimator::DoublyRobust,
            EstimatorWord::Or => Estimator::OutcomeRegression,
            EstimatorWord::Ipw => Estimator::PropensityWeights,
        },
        control: match arguments.control {
            ControlWord::Never => Control::Never,
            ControlWord::Notyet => Control::NotYet,
        },
        base: if arguments.universal { Base::Universal } else { Base::Varying },
        base_periods: usize::from(arguments.base),
        anticipation: arguments.anticipation,
        drift_periods: arguments.drift_periods.map(usize::from),
        balance: arguments.balance,
        draws: arguments.draws as usize,
        seed: arguments.seed,
    }
}

/// The word for an estimator, as on the command line.
pub fn word(estimator: Estimator) -> &'static str {
    match estimator {
        Estimator::DoublyRobust => "dr",
        Estimator::OutcomeRegression => "or",
        Estimator::PropensityWeights => "ipw",
    }
}

fn tell(file: &PanelFile, answer: &Answer) {
    let found = &answer.estimates;
    say(&format!(
        "{} units ({} answer independently), {} of them never treated, {} cohorts; {} treated from the start left out.",
        found.units,
        found.independent,
        found.never,
        found.cohorts.len(),
        found.left_out
    ));
    for name in &file.frozen {
        say(&format!("`{name}` changes within units; its value in the first period is used."));
    }
    match &answer.headline {
        Some((estimator, figure)) => say(&format!("\nEffect: {} (by {})", shown(figure), word(*estimator))),
        None => say("\nNo headline: see what is said below."),
    }
    found.simple.iter().for_each(|figure| say(&format!("All cells after the treatment: {}", shown(figure))));
    if let Some(figure) = answer.beside.as_ref().and_then(|beside| beside.simple) {
        say(&format!("The same by outcome regression: {}", shown(&figure)));
    }
    let calendar = file.calendar;
    tell_family("By time since the treatment", &found.dynamic, |at| format!("{at:+}"));
    tell_family("By cohort", &found.group, |at| calendar.written(at));
    tell_family("By period", &found.calendar, |at| calendar.written(at));
    tell_cells(answer, calendar);
    tell_drift(&found.drift, calendar);
    if let Some(multiple) = found.breakdown {
        say(&format!("A drift of {multiple:.2} times the largest step before would take the interval to zero."));
    }
    for doubt in &answer.doubts {
        let word = if doubt.withholds() { "Withheld" } else { "Note" };
        say(&format!("{word}: {}.", told(doubt, |at| calendar.written(at)).en));
    }
}

fn tell_family(title: &str, family: &Family, written: impl Fn(i64) -> String) {
    say(&format!("\n{title}"));
    family.members.iter().for_each(|member| say(&format!("  {:>8}  {}", written(member.at), shown(&member.figure))));
    family.overall.iter().for_each(|overall| say(&format!("  {:>8}  {}", "all", shown(overall))));
}

fn tell_cells(answer: &Answer, calendar: Calendar) {
    say("\nCohort and period");
    for cell in &answer.estimates.cells {
        let words = match &cell.figure {
            _ if cell.is_base => "the base".to_owned(),
            _ if cell.small => format!("hidden: {} treated, {} controls", cell.treated, cell.controls),
            Some(figure) => shown(figure),
            None => "no estimate: nobody to compare with, or covariates that tell the two apart".to_owned(),
        };
        say(&format!("  {:>8} {:>8}  {words}", calendar.written(cell.first), calendar.written(cell.period)));
    }
}

fn tell_drift(drift: &Drift, calendar: Calendar) {
    say(&format!("\nBefore the treatment ({} periods, later half less earlier half)", drift.periods));
    for (cohort, difference) in &drift.cohorts {
        say(&format!("  {:>8}  {difference:.4}", calendar.written(*cohort)));
    }
    match (&drift.pooled, drift.p(), drift.smallest_seen()) {
        (Ok((value, error)), Some(p), Some(least)) => {
            say(&format!("  pooled {value:.4} (error {error:.4}), p = {p:.3}"));
            say(&format!("  We could probably not have seen a drift smaller than {least:.4}."));
        }
        _ => say("  pooled: undefined"),
    }
    for (name, joint) in [("cohorts jointly", &drift.joint), ("cells jointly", &drift.cells)] {
        match joint {
            Ok(joint) => say(&format!("  {name}: {:.3} on {}, p = {:.3}", joint.statistic, joint.freedom, joint.p)),
            Err(_) => say(&format!("  {name}: undefined")),
        }
    }
}

/// A figure with its error, interval and band.
pub fn shown(figure: &Figure) -> String {
    let error = figure.error.map_or("no error".to_owned(), |error| format!("error {error:.4}"));
    let between = |(low, high): (f64, f64)| format!("{low:.4} to {high:.4}");
    let interval = figure.interval.map_or("no interval".to_owned(), |interval| format!("95 %: {}", between(interval)));
    let band = figure.band.map_or(String::new(), |band| format!("; band {}", between(band)));
    format!("{:.4} ({error}; {interval}{band})", figure.value)
}
