//! Potential: how good the estimates are and what partners could buy; people's own figures; the blind check.

pub(crate) mod ask;
mod blind;
mod part;
mod view;

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::open_goals::{OpenGoalFilter, Show};
use spelplan_facts::PartnerId;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{self, kept};
use crate::render;

pub(crate) use part::PotentialPart;

type Asked = Form<Vec<(String, String)>>;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/potential", Entry::Staff, page)
        .get("/potential.csv", Entry::Staff, csv)
        .get("/potential.xlsx", Entry::Staff, xlsx)
        .get("/potential/blind-check", Entry::Staff, blind_check)
        .post("/potential/blind-answers", Entry::Answering, answer)
        .post("/potential/decisions", Entry::Answering, decide)
        .post("/partners/{id}/potential", Entry::Answering, judge)
        .post("/partners/{id}/potential/withdrawals", Entry::Answering, withdraw)
}

async fn page(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let wanted = visitor.asked().into_iter().find(|(name, _)| name == "page").and_then(|(_, page)| page.parse().ok());
    let found = app.potential_page(&visitor.actor, wanted.unwrap_or(1)).await?;
    render::page(&view::PotentialView::new(&visitor, found))
}

async fn csv(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    export(&app, &visitor, files::Form::Csv).await
}

async fn xlsx(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    export(&app, &visitor, files::Form::Xlsx).await
}

async fn export(app: &App, visitor: &Visitor, form: files::Form) -> Result<Response, Failure> {
    let everybody = OpenGoalFilter { show: Show::All, ..OpenGoalFilter::default() };
    let table = app.report(&visitor.actor, "potential", &everybody, None).await?;
    kept(app, visitor, &table, form).await
}

async fn blind_check(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let found = app.blind_check(&visitor.actor).await?;
    render::page(&blind::BlindView::new(&visitor, found))
}

async fn answer(State(app): State<App>, visitor: Visitor, Form(asked): Asked) -> Result<Response, Failure> {
    let answers = ask::answers(&asked)?;
    app.answer_blind(&visitor.actor, &answers, ask::spread(&asked)).await?;
    Ok(Redirect::to("/potential/blind-check#answers").into_response())
}

async fn decide(State(app): State<App>, visitor: Visitor, Form(asked): Asked) -> Result<Response, Failure> {
    let (partner, keep) = ask::decision(&asked)?;
    app.decide_blind(&visitor.actor, partner, keep).await?;
    Ok(Redirect::to("/potential/blind-check#answers").into_response())
}

async fn judge(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Asked,
) -> Result<Response, Failure> {
    let amount = ask::amount(&asked, "potential")?;
    app.judge_potential(&visitor.actor, PartnerId(id), amount, ask::spread(&asked)).await?;
    Ok(Redirect::to(&format!("/partners/{id}#potential")).into_response())
}

async fn withdraw(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.withdraw_potential(&visitor.actor, PartnerId(id)).await?;
    Ok(Redirect::to(&format!("/partners/{id}#potential")).into_response())
}
