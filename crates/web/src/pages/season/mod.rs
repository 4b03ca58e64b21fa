//! The season: ask for a plan, look at its weeks, trips and days, see who is in and who is not, and why.

mod ask;
mod better;
mod days;
mod drives;
mod kept;
mod left_out;
mod proof;
mod strip;
mod view;
mod weeks;

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::open_goals::OpenGoalFilter;
use spelplan_facts::PlanId;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{self, kept};
use crate::render;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/season", Entry::Staff, latest)
        .post("/season", Entry::Steering, plan)
        .get("/season/strip", Entry::Staff, strip::page)
        .get("/season/{plan}", Entry::Staff, shown)
        .get("/season/{plan}/offer", Entry::Steering, better::offer)
        .get("/season/{plan}/better", Entry::Steering, better::look)
        .post("/season/{plan}/better", Entry::Steering, better::answer)
}

async fn latest(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let found = app.season_looked_at(&visitor.actor, None).await?;
    render::page(&view::SeasonView::new(&visitor, found))
}

/// A plan by its number; with `.csv` or `.xlsx` after it, its report as a file.
async fn shown(State(app): State<App>, Path(name): Path<String>, visitor: Visitor) -> Result<Response, Failure> {
    let (number, form) = match name.split_once('.') {
        Some((number, "csv")) => (number, Some(files::Form::Csv)),
        Some((number, "xlsx")) => (number, Some(files::Form::Xlsx)),
        Some(_) => return Err(Failure::not_found()),
        None => (name.as_str(), None),
    };
    let plan = PlanId(number.parse().map_err(|_| Failure::not_found())?);
    match form {
        Some(form) => export(&app, &visitor, plan, form).await,
        None => render::page(&view::SeasonView::new(&visitor, app.season_looked_at(&visitor.actor, Some(plan)).await?)),
    }
}

async fn export(app: &App, visitor: &Visitor, plan: PlanId, form: files::Form) -> Result<Response, Failure> {
    let wanted = visitor.asked().into_iter().find(|(name, _)| name == "report").map(|(_, code)| code);
    let code = wanted.as_deref().unwrap_or("season-plan");
    let table = app.report(&visitor.actor, code, &OpenGoalFilter::default(), Some(plan)).await?;
    kept(app, visitor, &table, form).await
}

async fn plan(
    State(app): State<App>,
    visitor: Visitor,
    Form(asked): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let job = app.start_planning(&visitor.actor, ask::request(&asked)?)?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}
