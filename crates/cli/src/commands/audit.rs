//! `spelplan audit`: the log of who did what, and whether its chain is whole.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::audit::{ChainCheck, LoggedDeed};
use spelplan_facts::Language;

use super::{Done, open};
use crate::output::{FAULTS, say};
use crate::people_arguments::AuditArguments;

/// Lists the latest deeds, or follows the chain; exit code 4 where it breaks.
pub async fn audit(arguments: AuditArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    if arguments.verify || arguments.expect.is_some() {
        return verify(&app, &actor, &arguments).await;
    }
    let deeds = app.audit(&actor, arguments.before).await?;
    if arguments.json {
        say(&serde_json::Value::from(deeds.iter().map(row).collect::<Vec<_>>()).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    for deed in &deeds {
        let by = deed.by.as_deref().unwrap_or("unknown");
        say(format!("{:>6}  {}  {by} {} {}", deed.id, deed.at, what(deed), deed.about).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

async fn verify(app: &App, actor: &Actor, arguments: &AuditArguments) -> Done {
    let expected = arguments.expect.as_deref().unwrap_or_default();
    let check = app.check_audit(actor, expected).await?;
    if arguments.json {
        let ChainCheck { sound, broken_at, head, found } = &check;
        say(&json!({"sound": sound, "broken_at": broken_at, "head": head, "found": found}).to_string());
    } else {
        tell(&check, expected);
    }
    let whole = check.broken_at.is_none() && check.found;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(FAULTS) })
}

fn tell(check: &ChainCheck, expected: &str) {
    match check.broken_at {
        Some(row) => say(&format!(
            "A221 the chain breaks at row {row}: it was changed, left out, or put there by another program. The {} rows before it are sound. Compare with a backup.",
            check.sound
        )),
        None => say(&format!("The chain is whole: {} rows. Digest of the last: {}", check.sound, check.head)),
    }
    if !check.found {
        say(&format!(
            "A222 no row has the digest {expected}: rows up to it were rewritten, or it is another database's."
        ));
    }
}

fn what(deed: &LoggedDeed) -> &'static str {
    deed.deed.map_or("?", |deed| deed.name().in_language(Language::English))
}

fn row(deed: &LoggedDeed) -> serde_json::Value {
    let word = deed.deed.map(|deed| deed.word());
    json!({"id": deed.id, "at": deed.at, "by": deed.by, "deed": word, "about": deed.about})
}
