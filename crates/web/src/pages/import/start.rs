//! The import page: where files go in, what is in already, what the gaps in it cost, what can be undone.

use askama::Template;
use spelplan_app::import::{ImportSummary, Overview, Undone};
use spelplan_app::open_goals::Basis;
use spelplan_facts::Text;

use crate::addresses;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;
use crate::words;

const TITLE: Text = Text { sv: "Import", en: "Import" };

/// The page.
#[derive(Template)]
#[template(path = "import/page.html")]
pub(crate) struct ImportPage {
    frame: Frame,
    t: Tongue,
    unit: String,
    overview: Overview,
    imports: Vec<Past>,
    gaps: Vec<(i64, String, &'static str)>,
    told: Option<Told>,
}

/// A past import with its numbers in words.
struct Past {
    summary: ImportSummary,
    at: String,
    rows: Vec<String>,
}

/// What was just done.
struct Told {
    words: String,
    kept: i64,
}

impl ImportPage {
    /// The page of what is in.
    pub fn new(visitor: &Visitor, basis: Basis, overview: Overview, imports: Vec<ImportSummary>) -> ImportPage {
        let t = visitor.t;
        let unit = t.unit(&overview.currency);
        ImportPage {
            frame: visitor.frame("/import", t.text(TITLE), basis),
            gaps: gaps(&overview, t),
            imports: imports.into_iter().map(|one| past(one, t)).collect(),
            told: said(&visitor.asked(), t),
            overview,
            t,
            unit,
        }
    }
}

fn past(summary: ImportSummary, t: Tongue) -> Past {
    let row = |code: &str, number: usize| format!("{} {}", t.count(number), t.text(words::kind(code)));
    let written = summary.counts.iter().map(|(kind, counts)| (kind.code(), counts.new + counts.changed));
    let rows = written.filter(|(_, number)| *number > 0).map(|(code, number)| row(code, number)).collect();
    Past { at: minutes(&summary.at), rows, summary }
}

/// `2026-02-03T10:11:12Z` as `2026-02-03 10:11`.
fn minutes(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

/// What is missing, and what that costs the plan.
fn gaps(overview: &Overview, t: Tongue) -> Vec<(i64, String, &'static str)> {
    let gap = |count: i64, what: &str, cost: &'static str| (count, what.to_owned(), cost);
    let gaps = [
        gap(
            overview.without_place,
            t.say("partner utan plats", "partners without a place"),
            t.say(
                "De kan inte få besök i någon plan. Rätta adress, postnummer eller ort.",
                "They cannot get a visit in any plan. Correct address, postal code or town.",
            ),
        ),
        gap(
            overview.without_pam,
            t.say("partner utan PAM", "partners without a PAM"),
            t.say("Ingen åker dit. Ange PAM i partnerlistan.", "Nobody goes there. Name a PAM in the partner list."),
        ),
        gap(
            i64::from(overview.pams == 0),
            t.say("PAM-lista saknas", "no PAM list"),
            t.say("Utan PAM:ar kan ingen säsong planeras.", "Without PAMs no season can be planned."),
        ),
        gap(
            i64::from(overview.lines == 0),
            t.say("inga försäljningsrader", "no sale lines"),
            t.say(
                "Utan försäljning går potential och marginal inte att uppskatta.",
                "Without sales, potential and margin cannot be estimated.",
            ),
        ),
        gap(
            i64::from(overview.touches == 0),
            t.say("inga tidigare besök", "no past visits"),
            t.say(
                "Alla partner räknas som obesökta. Importera besök så rättas relationerna.",
                "Every partner counts as unvisited. Import visits and the relationships come right.",
            ),
        ),
    ];
    gaps.into_iter().filter(|gap| gap.0 > 0 && overview.partners > 0).collect()
}

/// The address that tells what an undo did.
pub(crate) fn told(undone: &Undone) -> String {
    let pairs = [
        ("removed", undone.removed.to_string()),
        ("restored", undone.restored.to_string()),
        ("kept", undone.kept.to_string()),
    ];
    format!("/import{}", addresses::query(&pairs))
}

fn said(asked: &[(String, String)], t: Tongue) -> Option<Told> {
    let number = |name: &str| asked.iter().find(|pair| pair.0 == name).and_then(|pair| pair.1.parse::<i64>().ok());
    if number("imported").is_some() {
        let words = t.say("Importen är inne. Den kan ångras nedan.", "The import is in. It can be undone below.");
        return Some(Told { words: words.to_owned(), kept: 0 });
    }
    let (removed, restored) = (number("removed")?, number("restored")?);
    let words = format!(
        "{} {} {}, {} {}.",
        t.say("Importen är ångrad:", "The import is undone:"),
        t.count(removed),
        t.say("poster borttagna", "records removed"),
        t.count(restored),
        t.say("återställda", "restored"),
    );
    Some(Told { words, kept: number("kept").unwrap_or(0) })
}
