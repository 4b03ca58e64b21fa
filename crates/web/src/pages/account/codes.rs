//! One-time codes on one's own account: a key for an app, the first code that shows it is there, recovery codes shown once.

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::Entry;
use spelplan_app::{App, AppError, ErrorKind};
use spelplan_facts::Text;

use super::{Part, Trouble, page, who};
use crate::doors::Doors;
use crate::drawings::QrCode;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::pages::sign_in::{Said, said, told};
use crate::reader::with_wait;
use crate::render;
use crate::tongue::Tongue;

const KEY_TITLE: Text = Text { sv: "Engångskoder", en: "One-time codes" };
const RECOVERY_TITLE: Text = Text { sv: "Reservkoder", en: "Recovery codes" };

pub(super) fn routes() -> Doors {
    Doors::new()
        .get("/account/codes", Entry::SignedIn, key)
        .post("/account/codes", Entry::SignedIn, begin)
        .post("/account/codes/confirm", Entry::SignedIn, confirm)
        .post("/account/codes/recovery", Entry::SignedIn, renew)
        .post("/account/codes/end", Entry::SignedIn, end)
}

#[derive(Template)]
#[template(path = "people/codes.html")]
struct KeyPage {
    frame: Frame,
    t: Tongue,
    picture: Option<QrCode>,
    address: String,
    /// In groups of four letters.
    key: String,
    trouble: Option<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "people/recovery-codes.html")]
struct RecoveryPage {
    frame: Frame,
    t: Tongue,
    codes: Vec<String>,
}

async fn begin(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    match app.begin_codes(who(&visitor)?, said(&asked, "password"), &visitor.origin).await {
        Ok(()) => Ok(Redirect::to("/account/codes").into_response()),
        Err(error) => refused(&app, &visitor, error).await,
    }
}

async fn key(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    key_page(&app, &visitor, None).await
}

async fn confirm(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    match app.confirm_codes(who(&visitor)?, said(&asked, "code")).await {
        Ok(codes) => recovery_page(&visitor, codes),
        Err(error) if error.code() == "A230" => {
            let shown = key_page(&app, &visitor, Some(told(visitor.t, &error))).await?;
            Ok(with_wait(&error, shown))
        }
        Err(error) => Err(error.into()),
    }
}

async fn renew(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    match app.renew_recovery(who(&visitor)?, said(&asked, "code"), &visitor.origin).await {
        Ok(codes) => recovery_page(&visitor, codes),
        Err(error) => refused(&app, &visitor, error).await,
    }
}

async fn end(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    match app.end_codes(who(&visitor)?, said(&asked, "code"), &visitor.origin).await {
        Ok(()) => Ok(Redirect::to("/account?codes-ended=1").into_response()),
        Err(error) => refused(&app, &visitor, error).await,
    }
}

async fn refused(app: &App, visitor: &Visitor, error: AppError) -> Result<Response, Failure> {
    if error.kind() != ErrorKind::Refused {
        return Err(error.into());
    }
    let shown = page(app, visitor, Some(Trouble::of(visitor, Part::Codes, &error))).await?;
    Ok(with_wait(&error, shown))
}

async fn key_page(app: &App, visitor: &Visitor, trouble: Option<(String, &'static str)>) -> Result<Response, Failure> {
    let Some(key) = app.code_key(who(visitor)?).await? else { return Ok(Redirect::to("/account").into_response()) };
    let t = visitor.t;
    render::told_once(&KeyPage {
        frame: visitor.bare_frame("/account", t.text(KEY_TITLE), None),
        t,
        picture: QrCode::of(&key.address),
        address: key.address,
        key: in_groups(&key.key),
        trouble,
    })
}

fn recovery_page(visitor: &Visitor, codes: Vec<String>) -> Result<Response, Failure> {
    let t = visitor.t;
    let frame = visitor.bare_frame("/account", t.text(RECOVERY_TITLE), None);
    render::told_once(&RecoveryPage { frame, t, codes })
}

fn in_groups(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}
