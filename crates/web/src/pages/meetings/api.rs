//! Meetings as JSON, through the same use cases as the pages; what is refused there is refused here, with the same code.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Json, Path, State};
use axum::http;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use spelplan_app::access::Entry;
use spelplan_app::meetings::{LACKS, MeetingList, MeetingRow, Move, Written};
use spelplan_app::{App, AppError, ErrorKind};
use spelplan_facts::{
    Commitment, Day, GoalReached, Language, MeetingId, MeetingPlace, MeetingPlan, Minutes, Outcome, PamId, PartnerId,
    Side, TimeOfDay,
};

use super::ask;
use crate::doors::Doors;
use crate::frame::Visitor;

pub(super) fn routes() -> Doors {
    Doors::new().get("/api/meetings", Entry::Staff, list).post("/api/meetings", Entry::Answering, make).post(
        "/api/meetings/{id}/steps",
        Entry::Answering,
        step,
    )
}

/// A meeting on the wire.
#[derive(Serialize)]
struct MeetingOut {
    id: i64,
    version: i32,
    stage: &'static str,
    partner: i64,
    partner_name: String,
    pam: i64,
    day: String,
    begins: Option<String>,
    length: i32,
    place: &'static str,
    purpose: String,
    agenda: Vec<String>,
    our_goal: String,
    their_goal: String,
    /// What it lacks before it can be confirmed.
    missing: Vec<&'static str>,
}

/// A meeting to make. Where a field is left out, the suggestion from the partner's figures stands; an empty one is empty.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeetingIn {
    partner: i64,
    pam: Option<i64>,
    day: Option<String>,
    begins: Option<String>,
    length: Option<i32>,
    place: Option<String>,
    location: Option<String>,
    people: Option<Vec<String>>,
    purpose: Option<String>,
    agenda: Option<Vec<String>>,
    our_goal: Option<String>,
    their_goal: Option<String>,
    /// `draft` (else), `proposed` or `confirmed`.
    stage: Option<String>,
}

/// A step to take with a meeting.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepIn {
    /// The version that was seen.
    version: i32,
    /// `propose`, `confirm`, `hold`, `cancel`, `miss` or `undo`.
    step: String,
    #[serde(default)]
    reason: String,
    outcome: Option<OutcomeIn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeIn {
    reached: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    next_step: String,
    #[serde(default)]
    commitments: Vec<CommitmentIn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommitmentIn {
    side: String,
    who: String,
    what: String,
    by: String,
    #[serde(default)]
    trigger: String,
}

#[derive(Serialize)]
struct WrittenOut {
    id: i64,
    version: i32,
}

#[derive(Serialize)]
struct ErrorOut {
    code: &'static str,
    message: String,
    /// What a meeting lacks, where that is the trouble.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<&'static str>,
}

/// A no on the wire.
struct Refused(StatusCode, ErrorOut);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

impl Refused {
    fn of(error: &AppError, language: Language, missing: Vec<&'static str>) -> Refused {
        let status = match error.kind() {
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::Forbidden => StatusCode::FORBIDDEN,
            ErrorKind::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorKind::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let missing = if error.code() == LACKS { missing } else { Vec::new() };
        Refused(status, ErrorOut { code: error.code(), message: error.text(language), missing })
    }

    fn unread(why: impl Into<String>) -> Refused {
        let message = format!("{}. See the guide: meetings", why.into());
        Refused(StatusCode::BAD_REQUEST, ErrorOut { code: "W171", message, missing: Vec::new() })
    }
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let query = ask::query(&visitor.asked());
    let list = app.meetings(&visitor.actor, query).await.map_err(|e| Refused::of(&e, visitor.t.0, Vec::new()))?;
    let MeetingList { todays, to_log, to_prepare, ready, past, .. } = list;
    let mut all: Vec<MeetingRow> = [todays, to_log, to_prepare, ready, past].concat();
    all.sort_by_key(|row| (row.meeting.plan().day, row.meeting.id));
    all.dedup_by_key(|row| row.meeting.id);
    Ok(Json(all.iter().map(told).collect::<Vec<MeetingOut>>()).into_response())
}

fn told(row: &MeetingRow) -> MeetingOut {
    let plan = row.meeting.plan().clone();
    MeetingOut {
        id: row.meeting.id.0,
        version: row.meeting.version,
        stage: row.meeting.stage().code(),
        partner: plan.partner.0,
        partner_name: row.partner.clone(),
        pam: plan.pam.0,
        day: plan.day.to_string(),
        begins: plan.begins.map(|time| time.to_string()),
        length: plan.length.0,
        place: plan.place.code(),
        missing: row.missing.iter().map(|one| one.code()).collect(),
        purpose: plan.purpose,
        agenda: plan.agenda,
        our_goal: plan.our_goal,
        their_goal: plan.their_goal,
    }
}

async fn make(
    State(app): State<App>,
    visitor: Visitor,
    asked: Result<Json<MeetingIn>, JsonRejection>,
) -> Result<Response, Refused> {
    let Json(asked) = asked.map_err(|error| Refused::unread(error.body_text()))?;
    let language = visitor.t.0;
    let no = |error: AppError| Refused::of(&error, language, Vec::new());
    let page = app.new_meeting(&visitor.actor, PartnerId(asked.partner), None, language).await.map_err(no)?;
    let step = match asked.stage.as_deref() {
        None | Some("draft") => None,
        Some("proposed") => Some(Move::Propose),
        Some("confirmed") => Some(Move::Confirm),
        Some(other) => return Err(Refused::unread(format!("a meeting is not made {other}"))),
    };
    let plan = asked.over(page.meeting.plan().clone())?;
    let missing = plan.missing().into_iter().map(|one| one.code()).collect();
    let written = app.write_meeting(&visitor.actor, None, plan, step).await;
    let written = written.map_err(|error| Refused::of(&error, language, missing))?;
    let place = [(http::header::LOCATION, format!("/meetings/{}", written.id.0))];
    Ok((StatusCode::CREATED, place, Json(WrittenOut { id: written.id.0, version: written.version })).into_response())
}

impl MeetingIn {
    /// What is told, over what was suggested.
    fn over(self, plan: MeetingPlan) -> Result<MeetingPlan, Refused> {
        let begins = self.begins.map(|text| time(&text)).transpose()?;
        let place = self.place.map(|code| MeetingPlace::coded(&code).ok_or_else(|| Refused::unread("no such place")));
        Ok(MeetingPlan {
            pam: self.pam.map_or(plan.pam, PamId),
            day: self.day.map(|text| day(&text)).transpose()?.unwrap_or(plan.day),
            begins: begins.or(plan.begins),
            length: self.length.map_or(plan.length, Minutes),
            place: place.transpose()?.unwrap_or(plan.place),
            location: self.location.unwrap_or(plan.location),
            people: self.people.unwrap_or(plan.people),
            purpose: self.purpose.unwrap_or(plan.purpose),
            agenda: self.agenda.unwrap_or(plan.agenda),
            our_goal: self.our_goal.unwrap_or(plan.our_goal),
            their_goal: self.their_goal.unwrap_or(plan.their_goal),
            ..plan
        })
    }
}

async fn step(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    asked: Result<Json<StepIn>, JsonRejection>,
) -> Result<Response, Refused> {
    let Json(asked) = asked.map_err(|error| Refused::unread(error.body_text()))?;
    let seen = Written { id: MeetingId(id), version: asked.version };
    let language = visitor.t.0;
    let page = app.meeting(&visitor.actor, seen.id).await.map_err(|e| Refused::of(&e, language, Vec::new()))?;
    let missing: Vec<&'static str> = page.missing.iter().map(|one| one.code()).collect();
    let no = |error: AppError| Refused::of(&error, language, missing.clone());
    if asked.step == "undo" {
        let stands = app.undo_meeting(&visitor.actor, seen).await.map_err(no)?;
        return Ok(match stands {
            Some(written) => Json(WrittenOut { id, version: written.version }).into_response(),
            None => StatusCode::NO_CONTENT.into_response(),
        });
    }
    let written = app.move_meeting(&visitor.actor, seen, asked.step()?).await.map_err(no)?;
    Ok(Json(WrittenOut { id, version: written.version }).into_response())
}

impl StepIn {
    fn step(self) -> Result<Move, Refused> {
        match self.step.as_str() {
            "propose" => Ok(Move::Propose),
            "confirm" => Ok(Move::Confirm),
            "cancel" => Ok(Move::Cancel(self.reason)),
            "miss" => Ok(Move::Miss(self.reason)),
            "hold" => {
                let told = self.outcome.ok_or_else(|| Refused::unread("a held meeting needs its outcome"))?;
                Ok(Move::Hold(told.outcome()?))
            }
            other => Err(Refused::unread(format!("there is no step {other}"))),
        }
    }
}

impl OutcomeIn {
    fn outcome(self) -> Result<Outcome, Refused> {
        let commitment = |one: CommitmentIn| -> Result<Commitment, Refused> {
            let side = Side::coded(&one.side).ok_or_else(|| Refused::unread("a side is ours or theirs"))?;
            let by = day(&one.by)?;
            Ok(Commitment { side, who: one.who, what: one.what, by, trigger: one.trigger, done: None })
        };
        Ok(Outcome {
            reached: GoalReached::coded(&self.reached)
                .ok_or_else(|| Refused::unread("reached is yes, partly or no"))?,
            words: self.words,
            next_step: self.next_step,
            commitments: self.commitments.into_iter().map(commitment).collect::<Result<_, _>>()?,
        })
    }
}

fn day(text: &str) -> Result<Day, Refused> {
    Day::parse(text).ok_or_else(|| Refused::unread(format!("{text} is no day; write 2026-03-12")))
}

fn time(text: &str) -> Result<TimeOfDay, Refused> {
    let parts = text.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    match parts {
        Some((hour @ 0..=23, minute @ 0..=59)) => Ok(TimeOfDay::at(hour, minute)),
        _ => Err(Refused::unread(format!("{text} is no time; write 09:30"))),
    }
}
