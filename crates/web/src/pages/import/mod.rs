//! Data in: drop files, look at what they would do, take them in, undo them whole.

mod preview;
mod start;
pub(super) mod upload;

use axum::extract::{Form, Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::file;
use crate::render;

/// All files of one upload together.
const MOST_BYTES: usize = 512 << 20;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/import", Entry::Steering, start)
        .post_up_to(MOST_BYTES, "/import", Entry::Steering, read)
        .get("/import/preview/{id}", Entry::Steering, shown)
        .post("/import/preview/{id}/commit", Entry::Steering, commit)
        .post("/import/preview/{id}/drop", Entry::Steering, forget)
        .get("/import/preview/{id}/wrong-rows/{number}", Entry::Steering, wrong_rows)
        .post("/imports/{id}/undo", Entry::Steering, undo)
}

async fn start(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let basis = app.basis(&visitor.actor).await?;
    let overview = app.overview(&visitor.actor).await?;
    let imports = app.imports(&visitor.actor).await?;
    render::page(&start::ImportPage::new(&visitor, basis, overview, imports))
}

async fn read(State(app): State<App>, visitor: Visitor, form: Multipart) -> Result<Response, Failure> {
    let job = app.start_reading(&visitor.actor, upload::files(form).await?)?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn shown(State(app): State<App>, Path(id): Path<u64>, visitor: Visitor) -> Result<Response, Failure> {
    let preview = app.preview(&visitor.actor, id).await?;
    let basis = app.basis(&visitor.actor).await?;
    render::page(&preview::PreviewPage::new(&visitor, basis, preview))
}

async fn commit(
    State(app): State<App>,
    Path(id): Path<u64>,
    visitor: Visitor,
    Form(asked): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let good_rows_only = asked.iter().any(|(name, value)| name == "rows" && value == "good");
    let job = app.start_import(&visitor.actor, id, good_rows_only)?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn forget(State(app): State<App>, Path(id): Path<u64>, visitor: Visitor) -> Result<Response, Failure> {
    app.drop_preview(&visitor.actor, id).await?;
    Ok(Redirect::to("/import").into_response())
}

/// The wrong rows of the n-th source that has any, from 1, with their reasons.
async fn wrong_rows(
    State(app): State<App>,
    Path((id, number)): Path<(u64, usize)>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    let mut sources = app.wrong_rows(&visitor.actor, id).await?;
    if number == 0 || number > sources.len() {
        return Err(Failure::not_found());
    }
    let (name, bytes) = sources.swap_remove(number - 1);
    Ok(file(bytes, "text/csv; charset=utf-8", &name))
}

async fn undo(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let undone = app.undo_import(&visitor.actor, id).await?;
    Ok(Redirect::to(&start::told(&undone)).into_response())
}
