//! `spelplan meetings`: what is to be logged, prepared and held; or what is over.

use std::process::ExitCode;

use serde_json::{Value, json};
use spelplan_app::meetings::{MeetingList, MeetingQuery, MeetingRow, Show};

use super::{Done, open};
use crate::meetings_arguments::MeetingsArguments;
use crate::output::say;

/// Lists meetings.
pub async fn meetings(arguments: MeetingsArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let pam = match &arguments.pam {
        Some(word) => Some(app.pam_called(&actor, word).await?),
        None => None,
    };
    let show = if arguments.past { Show::Past } else { Show::Ahead };
    let list = app.meetings(&actor, MeetingQuery { pam, show }).await?;
    if arguments.json {
        say(&as_json(&list).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    let parts = parts(&list);
    if parts.iter().all(|(_, rows)| rows.is_empty()) {
        say("There are no meetings here. The season page makes drafts of a plan's visits.");
    }
    for (title, rows) in parts.into_iter().filter(|(_, rows)| !rows.is_empty()) {
        say(title);
        rows.iter().for_each(tell);
    }
    Ok(ExitCode::SUCCESS)
}

fn parts(list: &MeetingList) -> [(&'static str, &[MeetingRow]); 5] {
    [
        ("Today", &list.todays),
        ("To log", &list.to_log),
        ("To prepare", &list.to_prepare),
        ("Ready", &list.ready),
        ("Over", &list.past),
    ]
}

fn tell(row: &MeetingRow) {
    let plan = row.meeting.plan();
    let begins = plan.begins.map(|time| time.to_string()).unwrap_or_default();
    let (stage, name) = (row.meeting.stage().text().en, &row.partner);
    say(&format!("  {:>5} {} {begins:<5} {stage:<9} {name:<32} {}", row.meeting.id.0, plan.day, row.pam));
}

fn as_json(list: &MeetingList) -> Value {
    let row = |row: &MeetingRow| {
        let plan = row.meeting.plan();
        json!({
            "id": row.meeting.id.0, "stage": row.meeting.stage().code(), "day": plan.day.to_string(),
            "partner": row.partner, "pam": row.pam, "purpose": plan.purpose,
            "missing": row.missing.iter().map(|one| one.code()).collect::<Vec<_>>(),
        })
    };
    let rows = |rows: &[MeetingRow]| rows.iter().map(row).collect::<Vec<Value>>();
    json!({
        "today": rows(&list.todays), "to_log": rows(&list.to_log), "to_prepare": rows(&list.to_prepare),
        "ready": rows(&list.ready), "over": rows(&list.past),
    })
}
