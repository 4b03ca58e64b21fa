//! `spelplan effect season`: what the company's own visits brought in, the sentence first.

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::effect::{Effect, EffectPage, EffectScope, NotCounted, Told, said};
use spelplan_facts::{Language, Money, PlanId};

use crate::commands::Done;
use crate::effect_arguments::SeasonArguments;
use crate::output::{Failure, money, say};

/// Counts, tells, and writes the receipt where one is asked for.
pub async fn season(app: &App, arguments: &SeasonArguments) -> Done {
    let actor = Actor::at_this_machine();
    let scope = arguments.plan.map_or(EffectScope::Everybody, |plan| EffectScope::Season(PlanId(plan)));
    let page = app.effect(&actor, scope).await?;
    if let Some(path) = &arguments.receipt {
        keep(path, app.receipt(&actor, scope).await?.json().as_bytes())?;
    }
    if let Some(path) = &arguments.lines {
        keep(path, &app.receipt_table(&actor, scope).await?.csv())?;
    }
    if arguments.json {
        say(&as_json(&page).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    let currency = &page.basis.currency;
    match &*page.found {
        Ok(effect) => tell(effect, currency),
        Err(lack) => say(&format!("Whether the visits paid cannot be told: {}.", lack.en)),
    }
    if let Some(frozen) = &page.frozen {
        let when = if frozen.in_time { "before the season" } else { "after the season had begun" };
        let word = if frozen.holds { "and is the one used" } else { "and is NOT the one used" };
        say(&format!("How it is counted was written down {} ({when}) {word}.", &frozen.kept.at));
    }
    for told in &page.told {
        say(&format!(
            "Told {} by {}: {} (counted for {}).",
            told.at,
            told.by,
            money(told.told.value, currency),
            told.told.as_of
        ));
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn keep(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let words =
        |error: std::io::Error| format!("cannot write {}: {error}. Give a path that may be written", path.display());
    std::fs::write(path, bytes).map_err(|error| Failure { exit: 1, words: words(error) })
}

fn tell(effect: &Effect, currency: &str) {
    let words = said(effect, Language::English, |amount| money(amount, currency));
    say(&words.did_it_pay);
    say(&words.how_sure);
    say(&words.why_believe);
    say(&format!("Next: {}", words.what_next));
    say(&format!("\nVerdict: {} (grade {})", effect.verdict.word(), effect.grade.letter()));
    if let Some((value, low, high)) = effect.part {
        say(&format!(
            "Of what they would have earned anyway: {} ({} to {})",
            percent(value),
            percent(low),
            percent(high)
        ));
    }
    if let Some(roi) = effect.roi {
        say(&format!("Return on the cost: {} ({} to {})", percent(roi.value), percent(roi.low), percent(roi.high)));
    }
    let ledger = &effect.ledger;
    say(&format!(
        "Cost: {} = {} visits with travel {} + preparation and follow-up {} + {} other touches {}",
        money(ledger.total(), currency),
        ledger.visits,
        money(ledger.field, currency),
        money(ledger.desk, currency),
        ledger.touches,
        money(ledger.digital, currency)
    ));
    let comparison = &effect.comparison;
    say(&format!(
        "Compared: {} visited with {} never visited, {} settled months",
        comparison.n_treated(),
        comparison.compared.len() - comparison.n_treated(),
        comparison.months.len()
    ));
    for why in [
        NotCounted::VisitedFromStart,
        NotCounted::TooRecent,
        NotCounted::NoBaseYear,
        NotCounted::ChainVisited,
        NotCounted::OtherSeason,
    ] {
        let count = comparison.n_not_counted(why);
        if count > 0 {
            say(&format!("Left out: {count} {}", why.text().en));
        }
    }
    effect.refusals.iter().for_each(|told| say(&format!("Withheld: {}.", told.en)));
    effect.remarks.iter().for_each(|told| say(&format!("Note: {}.", told.en)));
}

fn percent(part: f64) -> String {
    format!("{:.1} %", part * 100.0)
}

fn as_json(page: &EffectPage) -> Value {
    let told = |all: &[Told]| -> Vec<Value> {
        all.iter().map(|one| json!({"rule": one.rule, "en": one.en, "sv": one.sv})).collect()
    };
    match &*page.found {
        Err(lack) => json!({"verdict": "cannot_tell", "refusals": told(std::slice::from_ref(lack))}),
        Ok(effect) => {
            let units = |amount: Money| amount.units();
            let total = effect.estimates.total;
            json!({
                "verdict": effect.verdict.word(), "grade": effect.grade.letter(),
                "brought_in": effect.brought.map(|one| json!({"value": units(one.value), "low": units(one.low), "high": units(one.high)})),
                "total": total.filter(|_| effect.brought.is_some()).map(|total| total.value),
                "part": effect.part.map(|part| json!({"value": part.0, "low": part.1, "high": part.2})),
                "cost": units(effect.ledger.total()), "visits": effect.ledger.visits,
                "roi": effect.roi.map(|roi| json!({"value": roi.value, "low": roi.low, "high": roi.high})),
                "treated": effect.comparison.n_treated(), "compared": effect.comparison.compared.len(),
                "months": effect.comparison.months.len(), "smallest_seen": effect.smallest_seen.map(units),
                "settle": effect.settle, "refusals": told(&effect.refusals), "remarks": told(&effect.remarks),
                "path": effect.path.iter().filter(|_| effect.brought.is_some()).map(|point| json!([point.since, point.value, point.low, point.high])).collect::<Vec<_>>(),
            })
        }
    }
}
