//! Operations of devices, on the wire: each read by itself, so that one that cannot be read never holds back the others.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use spelplan_app::access::Entry;
use spelplan_app::meetings::Move;
use spelplan_app::operations::{Answered, Operation, Says, Scores, Wrote};
use spelplan_app::people::SignedIn;
use spelplan_app::{App, AppError, ErrorKind};
use spelplan_facts::{Commitment, Day, GoalReached, MeetingId, Minutes, Outcome, Side, Text, TimeOfDay};

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;

type Said = Vec<(String, String)>;

pub(super) fn routes() -> Doors {
    Doors::new()
        .post("/api/operations", Entry::Answering, take_in)
        .post("/meetings/{id}/time", Entry::Answering, time)
        .post("/meetings/{id}/rating", Entry::Answering, rating)
        .post("/clashes/{id}", Entry::Answering, choose)
}

const UNREAD: Text = Text {
    sv: "det skrivna kan inte läsas: en dag skrivs 2026-03-12, en tid 09:30 och ett betyg 1 till 5. Rätta det och skicka igen",
    en: "what was written cannot be read: a day is written 2026-03-12, a time 09:30 and a score 1 to 5. Put it right and send it again",
};
const ANOTHER: Text = Text {
    sv: "det som väntar skrevs av någon annan än den som är inloggad nu. Det väntar kvar tills den personen loggar in",
    en: "what waits was written by somebody else than who is signed in now. It waits until that person signs in",
};

/// What waited on a device, for whom.
#[derive(Deserialize)]
struct Sent {
    person: String,
    operations: Vec<Value>,
}

#[derive(Deserialize)]
struct OperationIn {
    id: String,
    meeting: i64,
    version: i32,
    #[serde(default)]
    made_at: String,
    #[serde(flatten)]
    says: SaysIn,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum SaysIn {
    Outcome {
        reached: String,
        #[serde(default)]
        words: String,
        #[serde(default)]
        next_step: String,
        #[serde(default)]
        commitments: Vec<CommitmentIn>,
    },
    End {
        step: String,
        #[serde(default)]
        reason: String,
    },
    Time {
        begins: Option<String>,
        length: i32,
    },
    Promise {
        side: String,
        who: String,
        what: String,
        done: Option<String>,
    },
    Rating {
        useful: i32,
        prepared: i32,
        trust: i32,
    },
}

#[derive(Deserialize)]
struct CommitmentIn {
    side: String,
    who: String,
    what: String,
    by: String,
    #[serde(default)]
    trigger: String,
}

/// The receipt of one operation: without it the device keeps what it wrote.
#[derive(Serialize)]
struct Receipt {
    id: String,
    /// `taken`, `clash`, `refused`, or `later` where it is to be sent again.
    state: &'static str,
    code: String,
    message: String,
    version: i32,
    clashes: Vec<ClashOut>,
}

#[derive(Serialize)]
struct ClashOut {
    id: i64,
    field: String,
    stands: String,
    told: String,
}

async fn take_in(
    State(app): State<App>,
    visitor: Visitor,
    sent: Result<Json<Sent>, JsonRejection>,
) -> Result<Response, Response> {
    let no = |status: StatusCode, code: &str, message: &str| {
        (status, Json(serde_json::json!({ "code": code, "message": message }))).into_response()
    };
    let Json(sent) = sent.map_err(|error| no(StatusCode::BAD_REQUEST, "W172", &error.body_text()))?;
    let who = visitor.reader.signed_in();
    let who = who.filter(|who| who.person.0.to_string() == sent.person);
    let who = who.ok_or_else(|| no(StatusCode::CONFLICT, "W173", visitor.t.text(ANOTHER)))?;
    let mut receipts = Vec::with_capacity(sent.operations.len());
    for told in sent.operations {
        receipts.push(receipt(&app, &visitor, who, told).await);
    }
    Ok(Json(serde_json::json!({ "receipts": receipts })).into_response())
}

async fn receipt(app: &App, visitor: &Visitor, who: &SignedIn, told: Value) -> Receipt {
    let id = told.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(operation) = read(told) else {
        let (state, message) = ("refused", visitor.t.text(UNREAD).to_owned());
        return Receipt { id, state, code: "W172".to_owned(), message, version: 0, clashes: Vec::new() };
    };
    match app.receive(who, &operation).await {
        Ok(answered) => answered_as(id, answered, visitor),
        Err(error) => {
            let state = if error.kind() == ErrorKind::Failed { "later" } else { "refused" };
            let (code, message) = (error.code().to_owned(), error.text(visitor.t.0));
            Receipt { id, state, code, message, version: operation.version, clashes: Vec::new() }
        }
    }
}

fn answered_as(id: String, answered: Answered, visitor: &Visitor) -> Receipt {
    let Answered { answer, clashes } = answered;
    let state = match (answer.code.is_empty(), clashes.is_empty()) {
        (false, _) => "refused",
        (true, false) => "clash",
        (true, true) => "taken",
    };
    let clash = |one: spelplan_app::operations::KeptClash| ClashOut {
        id: one.id,
        field: one.field,
        stands: one.stands,
        told: one.told,
    };
    Receipt {
        id,
        state,
        message: visitor.t.say(&answer.sv, &answer.en).to_owned(),
        code: answer.code,
        version: answer.version,
        clashes: clashes.into_iter().map(clash).collect(),
    }
}

fn read(told: Value) -> Option<Operation> {
    let text = told.to_string();
    let OperationIn { id, meeting, version, made_at, says } = serde_json::from_value(told).ok()?;
    Some(Operation { id, meeting: MeetingId(meeting), version, made_at, says: says.read()?, told: text })
}

impl SaysIn {
    fn read(self) -> Option<Says> {
        Some(match self {
            SaysIn::Outcome { reached, words, next_step, commitments } => {
                let commitments = commitments.into_iter().map(CommitmentIn::read).collect::<Option<Vec<_>>>()?;
                let reached = GoalReached::coded(&reached)?;
                Says::Wrote(Wrote::Outcome(Outcome { reached, words, commitments, next_step }))
            }
            SaysIn::End { step, reason } => Says::Wrote(Wrote::Ended(match step.as_str() {
                "cancel" => Move::Cancel(reason),
                "miss" => Move::Miss(reason),
                _ => return None,
            })),
            SaysIn::Time { begins, length } => {
                let begins = begins
                    .filter(|text| !text.is_empty())
                    .map(|text| time_of_day(&text))
                    .map_or(Some(None), |time| time.map(Some))?;
                Says::Wrote(Wrote::Time(begins, (5..=720).contains(&length).then_some(Minutes(length))?))
            }
            SaysIn::Promise { side, who, what, done } => {
                let done = match done {
                    Some(day) => Some(Day::parse(&day)?),
                    None => None,
                };
                Says::Wrote(Wrote::Promise { side: Side::coded(&side)?, who, what, done })
            }
            SaysIn::Rating { useful, prepared, trust } => Says::Rating(Scores { useful, prepared, trust }),
        })
    }
}

impl CommitmentIn {
    fn read(self) -> Option<Commitment> {
        let CommitmentIn { side, who, what, by, trigger } = self;
        Some(Commitment { side: Side::coded(&side)?, who, what, by: Day::parse(&by)?, trigger, done: None })
    }
}

fn time_of_day(text: &str) -> Option<TimeOfDay> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then(|| TimeOfDay::at(hour, minute))
}

/// The same by a form, where no script ran: the server makes the operation.
async fn by_form(
    app: &App,
    visitor: &Visitor,
    id: i64,
    form: &Said,
    says: Option<SaysIn>,
) -> Result<Response, Failure> {
    let unread = || Failure::refused("W172", UNREAD);
    let says = says.and_then(SaysIn::read).ok_or_else(unread)?;
    let version = field(form, "version").parse().unwrap_or_default();
    let told = serde_json::json!(form).to_string();
    let made = App::operation_identity()?;
    let operation = Operation { id: made, meeting: MeetingId(id), version, made_at: String::new(), says, told };
    let who = visitor.reader.signed_in().ok_or_else(Failure::not_found)?;
    let answered = app.receive(who, &operation).await?;
    match answered.answer.code.is_empty() {
        true => Ok(Redirect::to(&format!("/meetings/{id}")).into_response()),
        false => Err(AppError::told_before(&answered.answer).into()),
    }
}

async fn time(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(form): Form<Said>,
) -> Result<Response, Failure> {
    let length = field(&form, "length").parse().ok();
    let says = length.map(|length| SaysIn::Time { begins: Some(field(&form, "begins").to_owned()), length });
    by_form(&app, &visitor, id, &form, says).await
}

async fn rating(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(form): Form<Said>,
) -> Result<Response, Failure> {
    let score = |name: &str| field(&form, name).parse().unwrap_or_default();
    let says = SaysIn::Rating { useful: score("useful"), prepared: score("prepared"), trust: score("trust") };
    by_form(&app, &visitor, id, &form, Some(says)).await
}

async fn choose(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(form): Form<Said>,
) -> Result<Response, Failure> {
    let meeting = app.choose(&visitor.actor, id, field(&form, "chosen") == "told").await?;
    Ok(Redirect::to(&format!("/meetings/{}", meeting.0)).into_response())
}

fn field<'a>(form: &'a Said, name: &str) -> &'a str {
    form.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default()
}
