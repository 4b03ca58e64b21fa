//! People, for an admin: who may sign in and as what; invitations and new links, each shown once.

mod view;

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::Entry;
use spelplan_app::people::{Invitation, Invited, PersonId, RoleWord};
use spelplan_app::{App, AppError, ErrorKind};
use spelplan_facts::{PamId, Text};

use super::sign_in::{Said, said, told};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

const NO_ROLE: Text = Text {
    sv: "Formuläret sade inte vilken roll personen ska ha. Välj en i listan",
    en: "The form did not say which role the person is to have. Choose one from the list",
};

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/people", Entry::Administration, shown)
        .post("/people", Entry::Administration, invite)
        .post("/people/{id}/link", Entry::Administration, renew)
        .post("/people/{id}/role", Entry::Administration, change)
        .post("/people/{id}/codes/end", Entry::Administration, end_codes)
        .post("/people/{id}/end", Entry::Administration, end)
        .post("/people/{id}/restore", Entry::Administration, restore)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, None, None).await
}

async fn invite(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let invitation = wanted(&app, &visitor, &asked).await;
    let invited = match invitation {
        Ok(invitation) => app.invite(&visitor.actor, invitation).await,
        Err(Wrong::App(error)) => Err(error),
        Err(Wrong::Form(failure)) => return Err(failure),
    };
    match invited {
        Ok(invited) => page(&app, &visitor, Some(link(&visitor, &invited)), None).await,
        Err(error) if error.kind() == ErrorKind::Refused => {
            let trouble = view::Trouble { told: told(visitor.t, &error), asked };
            let shown = page(&app, &visitor, None, Some(trouble)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn renew(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let invited = app.renew_link(&visitor.actor, PersonId(id)).await?;
    page(&app, &visitor, Some(link(&visitor, &invited)), None).await
}

async fn change(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Said>,
) -> Result<Response, Failure> {
    let wanted = wanted(&app, &visitor, &asked).await.map_err(|wrong| match wrong {
        Wrong::App(error) => Failure::from(error),
        Wrong::Form(failure) => failure,
    })?;
    app.change_role(&visitor.actor, PersonId(id), wanted).await?;
    Ok(Redirect::to("/people").into_response())
}

async fn end(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.let_go(&visitor.actor, PersonId(id)).await?;
    Ok(Redirect::to(&format!("/people?ended={id}")).into_response())
}

async fn end_codes(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.end_codes_of(&visitor.actor, PersonId(id)).await?;
    Ok(Redirect::to(&format!("/people?codes-ended={id}")).into_response())
}

async fn restore(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.let_back(&visitor.actor, PersonId(id)).await?;
    Ok(Redirect::to("/people").into_response())
}

enum Wrong {
    App(AppError),
    Form(Failure),
}

async fn wanted(app: &App, visitor: &Visitor, asked: &Said) -> Result<Invitation, Wrong> {
    let role = RoleWord::parse(said(asked, "role")).ok_or_else(|| Wrong::Form(Failure::refused("W210", NO_ROLE)))?;
    let partner = match (role, said(asked, "partner").trim()) {
        (RoleWord::Contact, word) if !word.is_empty() => {
            Some(app.partner_named(&visitor.actor, word).await.map_err(Wrong::App)?)
        }
        _ => None,
    };
    Ok(Invitation {
        email: said(asked, "email").to_owned(),
        name: said(asked, "name").to_owned(),
        role,
        pam: said(asked, "pam").parse().ok().map(PamId),
        partner,
    })
}

fn link(visitor: &Visitor, invited: &Invited) -> view::Link {
    let address = format!("{}/welcome/{}", visitor.caller.base, invited.secret);
    view::Link { name: invited.name.clone(), address, days: invited.days }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    link: Option<view::Link>,
    trouble: Option<view::Trouble>,
) -> Result<Response, Failure> {
    let people = app.people(&visitor.actor).await?;
    let pams = app.pams(&visitor.actor).await?;
    render::told_once(&view::PeoplePage::new(visitor, people, pams, link, trouble))
}
