//! The log of who did what, for an admin; and whether its chain is whole.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::audit::{ChainCheck, LoggedDeed};
use spelplan_facts::Text;

use super::sign_in::said;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Logg", en: "Log" };

pub(crate) fn routes() -> Doors {
    Doors::new().get("/audit", Entry::Administration, shown)
}

#[derive(Template)]
#[template(path = "people/audit.html")]
struct AuditPage {
    frame: Frame,
    t: Tongue,
    deeds: Vec<LoggedDeed>,
    /// Where the next page begins, where there is one.
    older: Option<i64>,
    check: Option<ChainCheck>,
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let (t, asked) = (visitor.t, visitor.asked());
    let deeds = app.audit(&visitor.actor, said(&asked, "before").parse().ok()).await?;
    let check = match said(&asked, "check") {
        "" => None,
        _ => Some(app.check_audit(&visitor.actor, "").await?),
    };
    let older = deeds.last().map(|deed| deed.id).filter(|&id| id > 1);
    render::page(&AuditPage { frame: visitor.bare_frame("/audit", t.text(TITLE), None), t, deeds, older, check })
}

impl AuditPage {
    /// Day and time in UTC.
    fn when(deed: &LoggedDeed) -> String {
        deed.at.replace('T', " ").replace('Z', "")
    }

    fn who<'a>(&self, deed: &'a LoggedDeed) -> &'a str {
        match deed.by.as_deref() {
            Some("local") => self.t.say("Vid maskinen", "At the machine"),
            Some(name) => name,
            None => self.t.say("Okänd", "Unknown"),
        }
    }

    fn what(&self, deed: &LoggedDeed) -> &'static str {
        deed.deed.map_or("?", |deed| self.t.text(deed.name()))
    }
}
