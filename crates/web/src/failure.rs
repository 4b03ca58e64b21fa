//! What did not work, as a page: what, where, what to do, in the reader's language.

use askama::Template;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use spelplan_app::{AppError, ErrorKind};
use spelplan_facts::{Language, Text};

use crate::frame::{Frame, visitor};
use crate::tongue::Tongue;

/// A request that cannot be answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    status: StatusCode,
    code: &'static str,
    sv: String,
    en: String,
}

impl Failure {
    /// A refusal of the web's own.
    pub fn refused(code: &'static str, text: Text) -> Failure {
        Failure::of(StatusCode::UNPROCESSABLE_ENTITY, code, text)
    }

    /// There is nothing at that address.
    pub fn not_found() -> Failure {
        Failure::of(StatusCode::NOT_FOUND, "W404", words_for(StatusCode::NOT_FOUND))
    }

    /// A failure with that status.
    pub fn of(status: StatusCode, code: &'static str, text: Text) -> Failure {
        Failure { status, code, sv: text.sv.to_owned(), en: text.en.to_owned() }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Failure {
        let status = match error.kind() {
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::Forbidden => StatusCode::FORBIDDEN,
            ErrorKind::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorKind::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status.is_server_error() {
            tracing::error!(code = error.code(), "{error}");
        }
        Failure { status, code: error.code(), sv: error.text(Language::Swedish), en: error.text(Language::English) }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        tracing::error!(code = "W500", "a page could not be rendered: {error}");
        Failure::of(StatusCode::INTERNAL_SERVER_ERROR, "W500", words_for(StatusCode::INTERNAL_SERVER_ERROR))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Dresses every failure as a page in the reader's language, whichever layer it came from; one told as JSON stays so.
pub(crate) async fn dress(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visitor = visitor(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || is_dressed(response.headers()) {
        return response;
    }
    let told = response.extensions().get::<Failure>().cloned();
    let failure = told.unwrap_or_else(|| Failure::of(status, plain_code(status), words_for(status)));
    let title = visitor.t.text(title(status));
    let frame = visitor.bare_frame("", title, None);
    let page = ErrorPage::new(frame, &failure);
    (status, Html(page.render().unwrap_or_else(|_| failure.en.clone()))).into_response()
}

fn is_dressed(headers: &HeaderMap) -> bool {
    let told = |value: &axum::http::HeaderValue| {
        value.as_bytes().starts_with(b"text/html") || value.as_bytes().starts_with(b"application/json")
    };
    headers.get(CONTENT_TYPE).is_some_and(told)
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    t: Tongue,
    what: String,
    remedy: &'static str,
    code: &'static str,
    status: u16,
}

impl ErrorPage {
    fn new(frame: Frame, failure: &Failure) -> ErrorPage {
        let t = frame.t;
        let what = capital(t.say(&failure.sv, &failure.en));
        ErrorPage {
            frame,
            t,
            what,
            remedy: t.text(remedy(failure.status)),
            code: failure.code,
            status: failure.status.as_u16(),
        }
    }
}

/// A sentence begins with a capital and ends with a stop.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

fn plain_code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "W404",
        StatusCode::METHOD_NOT_ALLOWED => "W405",
        StatusCode::PAYLOAD_TOO_LARGE => "W413",
        status if status.is_client_error() => "W400",
        _ => "W500",
    }
}

fn title(status: StatusCode) -> Text {
    match status {
        StatusCode::NOT_FOUND => Text { sv: "Sidan finns inte", en: "No such page" },
        StatusCode::FORBIDDEN => Text { sv: "Det får du inte", en: "Not allowed" },
        status if status.is_client_error() => Text { sv: "Det gick inte", en: "That did not work" },
        _ => Text { sv: "Något gick sönder", en: "Something broke" },
    }
}

fn words_for(status: StatusCode) -> Text {
    match status {
        StatusCode::NOT_FOUND => {
            Text { sv: "På den adressen finns ingenting", en: "There is nothing at that address" }
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            Text { sv: "Adressen kan inte användas så", en: "The address cannot be used that way" }
        }
        StatusCode::PAYLOAD_TOO_LARGE => Text {
            sv: "Filerna är tillsammans större än 512 MB. Dela upp dem, eller använd kommandot spelplan import",
            en: "The files together are larger than 512 MB. Split them, or use the command spelplan import",
        },
        status if status.is_client_error() => Text {
            sv: "Adressen eller formuläret innehöll något som inte kan läsas",
            en: "The address or the form held something that cannot be read",
        },
        _ => Text { sv: "Sidan kunde inte göras", en: "The page could not be made" },
    }
}

fn remedy(status: StatusCode) -> Text {
    match status {
        StatusCode::NOT_FOUND => Text {
            sv: "Kontrollera adressen, eller börja om från listan.",
            en: "Check the address, or start again from the list.",
        },
        status if status.is_client_error() => Text {
            sv: "Gå tillbaka, rätta det som står ovan och försök igen. Inget har ändrats.",
            en: "Go back, put right what stands above and try again. Nothing was changed.",
        },
        _ => Text {
            sv: "Försök igen. Händer det igen, titta i serverns logg efter koden nedan.",
            en: "Try again. If it happens again, look for the code below in the server's log.",
        },
    }
}
