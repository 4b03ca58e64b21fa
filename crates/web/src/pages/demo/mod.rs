//! The demo: build an invented market, look at it as somebody else, clear it again.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::demo::DemoSize;
use spelplan_app::people::PersonId;
use spelplan_facts::Text;

use super::sign_in::{Said, said};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::reader::with_session;

const NOT_A_DEMO: Text = Text {
    sv: "Databasen innehåller riktiga data och rensas inte härifrån. Använd kommandot spelplan demo --clear",
    en: "The database holds real data and is not cleared from here. Use the command spelplan demo --clear",
};

pub(crate) fn routes() -> Doors {
    Doors::new().post("/demo", Entry::Steering, build).post("/demo/clear", Entry::Steering, clear).post(
        "/demo/look-as",
        Entry::SignedIn,
        look_as,
    )
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

/// Looks as somebody else of the demo's people.
async fn look_as(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let who = visitor.reader.signed_in().ok_or_else(Failure::not_found)?;
    let person = said(&asked, "person").parse().map(PersonId).map_err(|_| Failure::not_found())?;
    let session = app.look_as(who, person).await?;
    Ok(with_session(Redirect::to("/").into_response(), &visitor, &session))
}
