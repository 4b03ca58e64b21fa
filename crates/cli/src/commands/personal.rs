//! `spelplan people export`, `erase`, `retention`: personal data out, away, and for how long.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::personal::{KeptKind, PersonalSummary, Subject};
use spelplan_facts::{Language, Text};

use super::{Done, open};
use crate::output::{Failure, say};
use crate::people_arguments::{EraseArguments, RetentionArguments, SubjectArguments};

/// Prints everything that is kept about somebody.
pub async fn export(arguments: SubjectArguments) -> Done {
    let (app, actor, subject) = find(&arguments).await?;
    let document = app.export_personal(&actor, subject).await?;
    say(&serde_json::to_string_pretty(&document).unwrap_or_default());
    Ok(ExitCode::SUCCESS)
}

/// Says what goes and what stays; with `--yes` takes it away.
pub async fn erase(arguments: EraseArguments) -> Done {
    let (app, actor, subject) = find(&arguments.subject).await?;
    let before = app.personal(&actor, subject).await?;
    tell(&before, arguments.yes);
    if !arguments.yes {
        say("Nothing was changed. Say --yes to erase; it cannot be undone.");
        return Ok(ExitCode::SUCCESS);
    }
    let after = app.erase(&actor, subject).await?;
    say(&format!("Erased. What stays stands under {}.", after.name));
    Ok(ExitCode::SUCCESS)
}

/// Lists kinds with their time; decides; counts or takes away what is older.
pub async fn retention(arguments: RetentionArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    for asked in &arguments.keep {
        let (kept, days) = kept_for(asked)?;
        app.set_retention(&actor, kept, days).await?;
    }
    let rows = app.retention(&actor).await?;
    if arguments.json {
        let row = |row: &spelplan_app::personal::KeptFor| json!({"kind": row.kept.word(), "days": row.days, "older": row.older});
        say(&serde_json::Value::from(rows.iter().map(row).collect::<Vec<_>>()).to_string());
    } else {
        for row in &rows {
            let (word, name) = (row.kept.word(), english(row.kept.name()));
            say(&format!("{word:<16} {:>6} days  {:>6} older  {name}", row.days, row.older));
        }
    }
    if !arguments.run {
        return Ok(ExitCode::SUCCESS);
    }
    let removed = app.expire(&actor).await?;
    if !arguments.json {
        for (kept, gone) in &removed.gone {
            say(&format!("Removed {gone}: {}", english(kept.name())));
        }
        if removed.stayed > 0 {
            say(&format!("{} people stay: they still run partners.", removed.stayed));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn find(arguments: &SubjectArguments) -> Result<(App, Actor, Subject), Failure> {
    let (app, actor) = open(&arguments.database).await?;
    let subject = match (&arguments.contact, &arguments.email) {
        (Some(contact), _) => {
            let partner = arguments.partner.as_deref().unwrap_or_default();
            Subject::Contact(app.contact_named(&actor, partner, contact).await?)
        }
        (None, email) => Subject::Person(app.person_named(&actor, email.as_deref().unwrap_or_default()).await?),
    };
    Ok((app, actor, subject))
}

fn kept_for(asked: &str) -> Result<(KeptKind, i64), Failure> {
    let read =
        asked.split_once('=').and_then(|(word, days)| Some((KeptKind::parse(word.trim())?, days.trim().parse().ok()?)));
    read.ok_or_else(|| {
        let kinds: Vec<&str> = KeptKind::ALL.map(KeptKind::word).to_vec();
        Failure { exit: 2, words: format!("{asked} is not KIND=DAYS. Kinds: {}", kinds.join(", ")) }
    })
}

fn tell(summary: &PersonalSummary, goes_now: bool) {
    say(&format!("{} ({})", summary.name, summary.about));
    let tense = if goes_now { "Goes:" } else { "Would go:" };
    say(tense);
    for (what, count) in &summary.goes {
        say(&format!("  {count} × {}", english(*what)));
    }
    say("Stays, without the name:");
    for (what, why) in &summary.stays {
        say(&format!("  {}: {}", english(*what), english(*why)));
    }
}

fn english(text: Text) -> &'static str {
    text.in_language(Language::English)
}
