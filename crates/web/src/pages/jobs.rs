//! Progress of work that takes more than a second; when it is done, the reader is taken to what came of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::jobs::{JobResult, JobState};

use crate::addresses;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::pages::{coverage, territories};
use crate::render;
use crate::tongue::Tongue;

pub(crate) fn routes() -> Doors {
    Doors::new().get("/jobs/{id}", Entry::Staff, progress)
}

async fn progress(State(app): State<App>, Path(id): Path<u64>, visitor: Visitor) -> Result<Response, Failure> {
    let state = app.job(id).ok_or_else(Failure::not_found)?;
    match &state.end {
        Some(Ok(JobResult::YearCounted)) => {
            Ok(go_on(&visitor, &then(&visitor).unwrap_or_else(|| next(&JobResult::YearCounted))))
        }
        Some(Ok(made @ JobResult::TerritoriesProposed(_))) => {
            Ok(go_on(&visitor, &then(&visitor).unwrap_or_else(|| next(made))))
        }
        Some(Ok(result)) => Ok(go_on(&visitor, &next(result))),
        _ => render::page(&JobPage::new(&visitor, id, &state)),
    }
}

/// Where the reader was going when something had to be counted first; only addresses of our own.
fn then(visitor: &Visitor) -> Option<String> {
    let asked = visitor.asked().into_iter().find(|(name, _)| name == "then").map(|(_, address)| address);
    asked.filter(|address| coverage::is_own(address) || territories::is_own(address))
}

/// Where the reader goes once the work is done.
fn next(result: &JobResult) -> String {
    match result {
        JobResult::Preview(preview) => format!("/import/preview/{preview}"),
        JobResult::Imported(import) => format!("/import?imported={import}"),
        JobResult::Planned(plan) => format!("/season/{}", plan.0),
        JobResult::SearchedOn(plan) => format!("/season/{}", plan.0),
        JobResult::Learned => "/model/learned".to_owned(),
        JobResult::YearCounted => "/coverage".to_owned(),
        JobResult::TerritoriesProposed(terms) => territories::address(terms, &[]),
        JobResult::CalendarsRead(Some(pam)) => format!("/calendar?pam={}", pam.0),
        JobResult::CalendarsRead(None) => "/calendar".to_owned(),
        JobResult::DemoReady => "/open-goals".to_owned(),
    }
}

/// A browser follows a redirect by itself; a part fetched by script must be told.
fn go_on(visitor: &Visitor, address: &str) -> Response {
    if !visitor.by_script {
        return Redirect::to(address).into_response();
    }
    let mut response = StatusCode::OK.into_response();
    if let Ok(value) = HeaderValue::from_str(address) {
        response.headers_mut().insert("hx-redirect", value);
    }
    response
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    frame: Frame,
    t: Tongue,
    id: u64,
    /// The query that asks again.
    again: String,
    running: bool,
    done: u64,
    total: u64,
    trouble: Option<(&'static str, String)>,
}

impl JobPage {
    fn new(visitor: &Visitor, id: u64, state: &JobState) -> JobPage {
        let t = visitor.t;
        let failed = state.end.as_ref().and_then(|end| end.as_ref().err());
        JobPage {
            frame: visitor.bare_frame("", t.text(state.title), None),
            t,
            id,
            again: addresses::query(&[("then", then(visitor).unwrap_or_default())]),
            running: state.end.is_none(),
            done: state.done,
            total: state.total,
            trouble: failed.map(|failure| (failure.code, t.say(&failure.sv, &failure.en).to_owned())),
        }
    }

    fn percent(&self) -> u64 {
        (self.done.min(self.total) * 100).checked_div(self.total).unwrap_or(0)
    }
}
