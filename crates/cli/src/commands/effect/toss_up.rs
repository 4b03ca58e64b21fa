//! `spelplan effect toss-up`: what chance taught, the sentence first; and the draw made again.

use std::process::ExitCode;

use serde_json::{Value, json};
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::effect::{KnownTold, KnownTossUp, TossUpResult, Witness, said_of_toss_up};
use spelplan_facts::{Language, Money, TossUpId};

use crate::commands::Done;
use crate::effect_arguments::TossUpArguments;
use crate::output::{FAULTS, Failure, MISSING, REFUSED, money, say};

/// Lists, tells, or makes the draw again.
pub async fn toss_up(app: &App, arguments: &TossUpArguments) -> Done {
    let actor = Actor::at_this_machine();
    let (known, currency) = app.known_toss_ups(&actor).await?;
    let told = app.told_toss_ups(&actor).await?;
    let wanted = |id: TossUpId| arguments.number.is_none_or(|number| id.0 == number);
    let asked: Vec<&KnownTossUp> = known.iter().filter(|one| wanted(one.kept.id)).collect();
    let told: Vec<&KnownTold> = told.iter().filter(|one| wanted(one.id)).collect();
    if let Some(number) = arguments.number.filter(|_| asked.is_empty() && told.is_empty()) {
        let words = format!("there is no toss-up {number}. `spelplan effect toss-up` lists them");
        return Err(Failure { exit: MISSING, words });
    }
    if arguments.json {
        let all = asked.iter().map(|one| as_json(one)).chain(told.iter().map(|one| told_json(one)));
        say(&json!(all.collect::<Vec<_>>()).to_string());
    } else if asked.is_empty() && told.is_empty() {
        say(
            "There is no toss-up yet. Coverage, Toss-ups in the web pages proposes one; `spelplan import` takes in one that was drawn elsewhere.",
        );
    } else {
        asked.iter().for_each(|one| tell(one, &currency));
        told.iter().for_each(|one| tell_told(one, &currency));
        if arguments.number.is_none() && asked.len() + told.len() > 1 {
            app.toss_ups_together(&actor).await?.as_ref().iter().for_each(|result| {
                say("All that have closed, together:");
                tell_result(result, &currency);
            });
        }
    }
    match arguments.number.filter(|_| arguments.verify) {
        Some(number) if asked.is_empty() => {
            let words = format!(
                "toss-up {number} was drawn elsewhere: nothing was written down here before the draw, so it cannot be made again. \
                 Ask whoever drew it for its list and seed"
            );
            Err(Failure { exit: REFUSED, words })
        }
        Some(number) => verify(app, &actor, TossUpId(number)).await,
        None => Ok(ExitCode::SUCCESS),
    }
}

async fn verify(app: &App, actor: &Actor, id: TossUpId) -> Done {
    let verified = app.verify_toss_up(actor, id).await?;
    if verified.commitment && verified.outcome {
        say("The draw stands: list and seed give the check sum shown before it, and the same winners.");
        return Ok(ExitCode::SUCCESS);
    }
    let fault = if verified.commitment {
        "the winners are not those that list and seed give, or it is not drawn yet"
    } else {
        "list or seed is not what was written down"
    };
    say(&format!("FAULT {fault}"));
    Ok(ExitCode::from(FAULTS))
}

fn entries(one: &KnownTossUp) -> (usize, usize) {
    let blocks = &one.kept.terms.blocks;
    (blocks.iter().map(|block| block.winners).sum(), blocks.iter().map(|block| block.entries.len()).sum())
}

fn tell(one: &KnownTossUp, currency: &str) {
    let (winners, all) = entries(one);
    let (terms, draw) = (&one.kept.terms, one.kept.draw.as_ref());
    say(&format!(
        "Toss-up {}, {}: {winners} of {all} win {} visits; price {}",
        one.kept.id.0,
        terms.season,
        terms.dose,
        money(terms.price, currency)
    ));
    say(&format!("  check sum {}, written down {} by {}", one.kept.commitment, one.kept.made.1, one.kept.made.0));
    match draw {
        Some(draw) => say(&format!("  drawn {} by {}, seed {}", draw.at, draw.by, terms.seed)),
        None => say("  not drawn yet"),
    }
    one.result.as_ref().iter().for_each(|result| tell_result(result, currency));
}

fn tell_told(one: &KnownTold, currency: &str) {
    let (winners, all) = one.entries;
    say(&format!(
        "Toss-up {}, {} ({}), drawn elsewhere: {winners} of {all} were drawn to be visited",
        one.id.0, one.name, one.season
    ));
    if !one.dated {
        say("  the file tells no days: the season runs from the first to the last visit to those who won");
    }
    say(&format!(
        "  told by a file on {}; no check sum was written down here before the draw, and it cannot be made again",
        one.told
    ));
    if one.one_sided > 0 {
        say(&format!("  {} more do not count: all of their block fell on one side", one.one_sided));
    }
    one.result.as_ref().iter().for_each(|result| tell_result(result, currency));
}

fn tell_result(result: &TossUpResult, currency: &str) {
    let said = said_of_toss_up(result, Language::English, |amount| money(amount, currency));
    for words in [&said.did_it_pay, &said.how_sure, &said.why_believe] {
        say(&format!("  {words}"));
    }
    say(&format!("  Next: {}", said.what_next));
    if let Some(repeated) = result.repeated {
        let p = repeated.p;
        say(&format!(
            "  The draw repeated {} times: so large a difference came by chance with p = {p:.4}",
            repeated.ways
        ));
    }
}

fn as_json(one: &KnownTossUp) -> Value {
    let (winners, all) = entries(one);
    json!({
        "number": one.kept.id.0, "season": one.kept.terms.season.to_string(), "dose": one.kept.terms.dose,
        "winners": winners, "entries": all, "price": one.kept.terms.price.units(), "check_sum": one.kept.commitment,
        "drawn": one.kept.draw.as_ref().map(|draw| json!({"at": draw.at, "by": draw.by, "seed": one.kept.terms.seed})),
        "drawn_elsewhere": false, "ended": one.kept.ended_at, "result": one.result.as_ref().as_ref().map(result_json),
    })
}

fn told_json(one: &KnownTold) -> Value {
    let (winners, all) = one.entries;
    json!({
        "number": one.id.0, "name": one.name, "season": one.season.to_string(), "season_told": one.dated, "dose": one.dose,
        "winners": winners, "entries": all, "one_sided": one.one_sided, "check_sum": null, "drawn_elsewhere": true,
        "told": one.told.to_string(), "result": one.result.as_ref().as_ref().map(result_json),
    })
}

fn witness(result: &TossUpResult) -> &'static str {
    match result.witness {
        Witness::WrittenDown => "written_down",
        Witness::ToldInTime => "told_in_time",
        Witness::ToldAfterwards => "told_afterwards",
    }
}

fn result_json(result: &TossUpResult) -> Value {
    let interval = |(value, low, high): (f64, f64, f64)| json!({"value": value, "low": low, "high": high});
    let units = |amount: Money| amount.units();
    let followed = &result.compliance;
    json!({
        "verdict": result.verdict.word(), "grade": result.grade.letter(), "witness": witness(result),
        "months": result.months, "left_out": result.left_out,
        "part": result.part.and_then(|part| part.interval().map(|(low, high)| interval((part.value, low, high)))),
        "any_day": result.any_day.map(interval), "per_visit": result.per_visit.map(interval),
        "p_repeated": result.repeated.map(|repeated| repeated.p),
        "brought_in": result.brought.map(|one| interval((units(one.value), units(one.low), units(one.high)))),
        "cost": units(followed.cost), "visits_won": followed.visits_won, "visits_lost": followed.visits_lost,
        "winners_visited": followed.winners, "losers_left_alone": followed.losers,
        "refusals": result.refusals.iter().map(|told| json!({"rule": told.rule, "en": told.en, "sv": told.sv})).collect::<Vec<_>>(),
    })
}
