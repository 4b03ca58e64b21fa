//! `spelplan imports` and `spelplan undo`: what came in, and taking it back.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::import::ImportSummary;

use super::{Done, open};
use crate::arguments::{ImportsArguments, UndoArguments};
use crate::output::say;

/// Lists imports, latest first.
pub async fn imports(arguments: ImportsArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let imports = app.imports(&actor).await?;
    if arguments.json {
        say(&json!(imports.iter().map(as_json).collect::<Vec<_>>()).to_string());
    } else if imports.is_empty() {
        say("Nothing was imported yet. Start with: spelplan import partners.csv pams.csv sellout.csv");
    }
    for import in imports.iter().filter(|_| !arguments.json) {
        let written: usize = import.counts.iter().map(|(_, counts)| counts.new + counts.changed).sum();
        let undone = import.undone_at.as_ref().map(|at| format!("  (undone {at})")).unwrap_or_default();
        say(&format!("{:>4}  {}  {} rows  {}{undone}", import.import, import.at, written, import.sources.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(import: &ImportSummary) -> serde_json::Value {
    let counts = super::import::counts_as_json(&import.counts);
    json!({"import": import.import, "at": import.at, "sources": import.sources, "undone_at": import.undone_at, "counts": counts})
}

/// Takes one import back.
pub async fn undo(arguments: UndoArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let undone = app.undo_import(&actor, arguments.import).await?;
    if arguments.json {
        let answer = json!({"import": arguments.import, "restored": undone.restored, "removed": undone.removed, "kept": undone.kept});
        say(&answer.to_string());
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!(
        "Import {} is undone: {} records put back, {} taken away.",
        arguments.import, undone.restored, undone.removed
    ));
    if undone.kept > 0 {
        say(&format!(
            "{} stay as they are: a later import changed them, or something else still names them.",
            undone.kept
        ));
    }
    Ok(ExitCode::SUCCESS)
}
