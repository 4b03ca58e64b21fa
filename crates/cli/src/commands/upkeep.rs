//! `spelplan upkeep`: whom to be in touch with between visits; touches logged and taken back.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::{Value, json};
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::upkeep::asked::Why;
use spelplan_app::upkeep::{DueRow, MeetFirstRow, Tapped, UpkeepPage};
use spelplan_facts::{Language, Side};

use super::{Done, open};
use crate::output::{Failure, say};
use crate::upkeep_arguments::UpkeepArguments;

/// Lists, logs, takes back.
pub async fn upkeep(arguments: UpkeepArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    if let Some(batch) = arguments.undo {
        let undone = app.undo_logged(&actor, batch).await?;
        tell(arguments.json, &json!({ "undone": undone }), &format!("{undone} touches taken back."));
    } else if let Some(partner) = &arguments.log {
        let partner = app.partner_called(&actor, partner).await?;
        let tapped = Tapped { partner, contact: None, way: arguments.way.clone(), day: arguments.day };
        let batch = app.log_touch(&actor, tapped).await?;
        let words = format!("Logged as number {batch}. Take it back: spelplan upkeep --undo {batch}");
        tell(arguments.json, &json!({ "logged": batch }), &words);
    } else if let Some(file) = &arguments.file {
        take_in(&app, &actor, file, arguments.json).await?;
    } else {
        list(&app, &actor, &arguments).await?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn take_in(app: &App, actor: &Actor, file: &Path, in_json: bool) -> Result<(), Failure> {
    let bytes = std::fs::read(file).with_context(|| {
        format!("A124 {} could not be read. Is the path right, and may you read it?", file.display())
    })?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let filed = app.log_touch_file(actor, &name, bytes).await?;
    let answer = json!({
        "logged": filed.batch, "new": filed.new, "known": filed.known, "passed_over": filed.passed_over,
        "unknown": filed.unknown,
    });
    let undo = filed.batch.map(|batch| format!(" Take them back: spelplan upkeep --undo {batch}"));
    let words = format!(
        "{} touches logged, {} were there already, {} concerned no partner.{}",
        filed.new,
        filed.known,
        filed.passed_over,
        undo.unwrap_or_default()
    );
    tell(in_json, &answer, &words);
    if !in_json && !filed.unknown.is_empty() {
        say(&format!("Addresses that no contact has: {}", filed.unknown.join(", ")));
    }
    Ok(())
}

async fn list(app: &App, actor: &Actor, arguments: &UpkeepArguments) -> Result<(), Failure> {
    let pam = match &arguments.pam {
        Some(word) => Some(app.pam_called(actor, word).await?),
        None => None,
    };
    let page = app.upkeep(actor, pam, Language::English).await?;
    if arguments.json {
        say(&as_json(&page).to_string());
        return Ok(());
    }
    if page.due.is_empty() {
        say(&format!("No touch is due on {}. {} relationships hold for now.", page.today, page.resting));
    }
    for row in &page.due {
        let whom = row.contact.as_ref().map(|contact| contact.name.as_str()).unwrap_or_default();
        let why: Vec<String> = row.due.why.iter().map(reason).collect();
        say(&format!("  {:<10} {:<32} {:<24} {}", row.due.kind.code, row.partner, whom, why.join("; ")));
    }
    for MeetFirstRow { first, partner, .. } in &page.meet_first {
        say(&format!("  meet first {partner:<32} {} touches in a year have built nothing", first.touches));
    }
    Ok(())
}

fn reason(why: &Why) -> String {
    match why {
        Why::Promise { side: Side::Ours, what, by, .. } => format!("you promised: {what}, by {by}"),
        Why::Promise { who, what, by, .. } => format!("{who} promised: {what}, by {by}"),
        Why::Contract { number, ends, .. } => format!("contract {number} ends on {ends}"),
        Why::Tier { ends, .. } => format!("a rebate tier is within reach until {ends}"),
        Why::Certificate { name, until } => format!("{name} is valid until {until}"),
        Why::Quota { ends, .. } => format!("the quota that ends on {ends} is not reached"),
        Why::Fading => "the relationship fades".to_owned(),
    }
}

fn tell(in_json: bool, answer: &Value, words: &str) {
    if in_json { say(&answer.to_string()) } else { say(words) }
}

fn as_json(page: &UpkeepPage) -> Value {
    json!({
        "today": page.today.to_string(),
        "due": page.due.iter().map(row).collect::<Vec<_>>(),
        "ahead": page.ahead.iter().map(row).collect::<Vec<_>>(),
        "meet_first": page.meet_first.iter().map(|one| json!({
            "partner": one.partner, "touches": one.first.touches, "gain": one.first.gain.units(),
            "planned": one.first.planned.map(|day| day.to_string()),
        })).collect::<Vec<_>>(),
        "resting": page.resting,
    })
}

fn row(row: &DueRow) -> Value {
    let holding = row.due.holding.map(|one| {
        json!({
            "until": one.until.to_string(), "visit": one.visit, "without": one.without.0, "with": one.with.0,
            "needs": one.needs.0, "touches_a_month": one.pace, "gain": one.gain.units(), "by_need": one.by_need,
        })
    });
    json!({
        "partner": row.partner, "contact": row.contact.as_ref().map(|contact| contact.name.clone()), "pam": row.pam,
        "day": row.due.day.to_string(), "way": row.due.kind.code, "strength": row.due.strength.0,
        "why": row.due.why.iter().map(reason).collect::<Vec<_>>(), "holding": holding,
        "subject": row.letter.subject, "text": row.letter.text,
    })
}
