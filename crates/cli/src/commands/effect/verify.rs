//! `spelplan effect verify`: does a receipt still hold?

use std::process::ExitCode;

use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::effect::Discrepancy;

use super::read;
use crate::commands::Done;
use crate::effect_arguments::VerifyArguments;
use crate::output::{FAULTS, Failure, say};

/// At most so many changed lines are named.
const NAMED: usize = 20;

/// Adds the receipt up again and holds it against the lines as they are; a change ends with an exit code of its own.
pub async fn verify(app: &App, arguments: &VerifyArguments) -> Done {
    let (name, bytes) = read(&arguments.receipt)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure { exit: 3, words: format!("{name} is no text. Give a receipt") })?;
    let checked = app.check_receipt(&Actor::at_this_machine(), &text).await?;
    say(&format!("{} lines add up to {:.2}; the figure is {:.2}.", checked.lines, checked.sum, checked.value));
    if checked.found.is_empty() {
        say("The receipt holds: the lines are as they were.");
        return Ok(ExitCode::SUCCESS);
    }
    checked.found.iter().take(NAMED).for_each(|one| say(&format!("FAULT {}", words(one))));
    if checked.found.len() > NAMED {
        say(&format!("... and {} more.", checked.found.len() - NAMED));
    }
    if let Some(now) = checked.now {
        say(&format!("Compared anew with the lines as they are now, the figure is {now:.2}."));
    }
    Ok(ExitCode::from(FAULTS))
}

fn words(one: &Discrepancy) -> String {
    match one {
        Discrepancy::Sum { lines, figure } => format!("the lines add up to {lines:.2}, the figure is {figure:.2}"),
        Discrepancy::Hash => "the lines in the receipt are not those it was made of".to_owned(),
        Discrepancy::Specification => "it was counted by another specification".to_owned(),
        Discrepancy::Changed { key, before, now } => {
            format!("line {key} has changed: {} then, {} now", before.units(), now.units())
        }
        Discrepancy::Gone { key, amount } => format!("line {key} of {} is gone", amount.units()),
        Discrepancy::New { key, amount } => format!("line {key} of {} has come since", amount.units()),
    }
}
