//! A letter about a meeting: looked at, adapted, and sent by a press.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::Entry;
use spelplan_app::letters::{KeptLetter, LINK, LetterDraft, LetterKind, Press, Road};
use spelplan_app::{App, AppError, ErrorKind};
use spelplan_facts::{MeetingId, Text};

use super::ask::{self, Said};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::pages::outbox;
use crate::render;
use crate::tongue::Tongue;

pub(super) fn routes() -> Doors {
    Doors::new().get("/meetings/{id}/mail", Entry::Answering, shown).post(
        "/meetings/{id}/mail",
        Entry::Answering,
        press,
    )
}

const UNREAD: Text = Text {
    sv: "formuläret säger inte vad för brev det är. Gå tillbaka, ladda om sidan och skicka igen",
    en: "the form does not say what sort of letter it is. Go back, reload the page and send again",
};

/// The page.
#[derive(Template)]
#[template(path = "meetings/mail.html")]
struct MailView {
    frame: Frame,
    t: Tongue,
    draft: LetterDraft,
    /// As it stands in the field.
    readers: String,
    /// Why the last press was refused.
    refused: Option<String>,
}

async fn shown(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let kind = ask::said(&visitor.asked(), "kind").and_then(LetterKind::coded);
    let draft = app.letter_draft(&visitor.actor, MeetingId(id), kind, visitor.t.0).await?;
    render::page(&MailView::new(&visitor, draft, None))
}

async fn press(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    let field = |name: &str| ask::said(&said, name).unwrap_or_default().to_owned();
    let kind = LetterKind::coded(&field("kind")).ok_or_else(|| Failure::refused("W181", UNREAD))?;
    let press = Press {
        version: ask::number(&said, "version").and_then(|version| i32::try_from(version).ok()).unwrap_or_default(),
        kind,
        readers: field("readers"),
        subject: field("subject"),
        words: field("words"),
        base: visitor.caller.base.clone(),
        language: visitor.t.0,
    };
    match app.press(&visitor.actor, MeetingId(id), press.clone()).await {
        Ok(letter) => Ok(Redirect::to(&format!("/outbox/{letter}")).into_response()),
        Err(error) if error.kind() == ErrorKind::Refused => {
            let draft = app.letter_draft(&visitor.actor, MeetingId(id), Some(kind), visitor.t.0).await?;
            refused(&visitor, draft, press, &error)
        }
        Err(error) => Err(error.into()),
    }
}

/// The form comes back with every word kept.
fn refused(visitor: &Visitor, draft: LetterDraft, press: Press, error: &AppError) -> Result<Response, Failure> {
    let why = format!("{} {}", error.code(), error.text(visitor.t.0));
    let mut view = MailView::new(visitor, draft, Some(why));
    view.readers = press.readers;
    (view.draft.subject, view.draft.words) = (press.subject, press.words);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render::page(&view)?).into_response())
}

impl MailView {
    fn new(visitor: &Visitor, draft: LetterDraft, refused: Option<String>) -> MailView {
        let title = format!("{}: {}", visitor.t.text(draft.kind.text()), draft.partner.name);
        let frame = visitor.frame("/meetings", title, draft.basis.clone());
        MailView { t: visitor.t, frame, readers: draft.readers.join(", "), draft, refused }
    }

    fn address(&self) -> String {
        format!("/meetings/{}/mail", self.draft.meeting.id.0)
    }

    fn leaves(&self) -> bool {
        matches!(self.draft.road, Road::Server(_))
    }

    fn notice(&self) -> Option<&'static str> {
        outbox::notice(self.t, &self.draft.road)
    }

    fn is_portal(&self) -> bool {
        self.draft.kind == LetterKind::Portal
    }

    fn link(&self) -> &'static str {
        LINK
    }

    fn told(&self, letter: &KeptLetter) -> String {
        outbox::told(self.t, letter)
    }

    fn state(&self, letter: &KeptLetter) -> &'static str {
        outbox::state(self.t, letter.state)
    }
}
