//! Behind a link: somebody invited, or who lost their password, chooses one and is signed in.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use spelplan_app::access::Entry;
use spelplan_app::{App, ErrorKind};
use spelplan_facts::Text;

use super::sign_in::{Said, go_on, said, told};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Välj ett lösenord", en: "Choose a password" };

pub(crate) fn routes() -> Doors {
    Doors::new().get("/welcome/{link}", Entry::Anybody, shown).post("/welcome/{link}", Entry::Anybody, choose)
}

#[derive(Template)]
#[template(path = "people/welcome.html")]
struct WelcomePage {
    frame: Frame,
    t: Tongue,
    name: String,
    email: String,
    link: String,
    trouble: Option<(String, &'static str)>,
}

async fn shown(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, link, None).await
}

async fn choose(
    State(app): State<App>,
    Path(link): Path<String>,
    visitor: Visitor,
    Form(asked): Form<Said>,
) -> Result<Response, Failure> {
    match app.accept(&link, said(&asked, "password")).await {
        Ok(entered) => go_on(&app, &visitor, entered, "").await,
        Err(error) if error.kind() == ErrorKind::Refused => {
            let shown = page(&app, &visitor, link, Some(told(visitor.t, &error))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    link: String,
    trouble: Option<(String, &'static str)>,
) -> Result<Response, Failure> {
    let (name, email) = app.invited(&link).await?;
    let t = visitor.t;
    let frame = visitor.bare_frame("", t.text(TITLE), None);
    // The address is a secret: no cache keeps it.
    render::told_once(&WelcomePage { frame, t, name, email, link, trouble })
}
