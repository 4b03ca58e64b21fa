//! The demo: build an invented market, clear it again.

use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::{Redirect, Response};
use axum::routing::post;
use spelplan_app::App;
use spelplan_app::demo::DemoSize;
use spelplan_facts::Text;

use crate::failure::Failure;
use crate::frame::Visitor;

const NOT_A_DEMO: Text = Text {
    sv: "Databasen innehåller riktiga data och rensas inte härifrån. Använd kommandot spelplan demo --clear",
    en: "The database holds real data and is not cleared from here. Use the command spelplan demo --clear",
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/demo", post(build)).route("/demo/clear", post(clear))
}

async fn build(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let job = app.start_demo(&visitor.actor, DemoSize::default())?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn clear(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if !app.basis(&visitor.actor).await?.demo {
        return Err(Failure::refused("W110", NOT_A_DEMO));
    }
    app.clear(&visitor.actor).await?;
    Ok(Redirect::to("/open-goals").into_response())
}
