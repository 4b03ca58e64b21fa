//! The map's partners: each with its PAM's sign, those that change hands with both.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use spelplan_app::App;
use spelplan_app::jobs::Progress;
use spelplan_app::territories::TerritoryPage;
use spelplan_facts::{PamId, PartnerId, Place};

use super::ask::Asked;
use super::signs::sign;
use super::view::chosen;
use crate::failure::Failure;
use crate::frame::Visitor;

/// Partners that stay, drawn at most; of more, every second or third and so on.
const DRAWN: usize = 6_000;

#[derive(Serialize)]
struct Drawing {
    signs: Vec<Drawn>,
    homes: Vec<Home>,
    partners: Vec<Spot>,
}

#[derive(Serialize)]
struct Drawn {
    letter: String,
    shape: &'static str,
    colour: &'static str,
}

#[derive(Serialize)]
struct Home {
    sign: usize,
    name: String,
    at: [f64; 2],
}

#[derive(Serialize)]
struct Spot {
    id: i64,
    name: String,
    at: [f64; 2],
    /// Who has it in the proposal.
    sign: usize,
    /// Who has it today, where that is another; nobody is no sign.
    from: Option<usize>,
    moved: bool,
    words: String,
}

pub(super) async fn partners(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let asked = Asked::of(&visitor.asked())?;
    let page = app.territories(&visitor.actor, &asked.terms, Arc::new(Progress::default())).await?;
    Ok(Json(drawing(&visitor, &asked, &page)).into_response())
}

fn drawing(visitor: &Visitor, asked: &Asked, page: &TerritoryPage) -> Drawing {
    let places: BTreeMap<PamId, usize> = page.pams.iter().enumerate().map(|(n, pam)| (pam.pam, n)).collect();
    let proposal = page.territories.proposals.get(chosen(asked, page));
    let handed = proposal.into_iter().flat_map(|one| one.handovers.iter().map(|one| (one.partner, one.to)));
    let first = proposal.into_iter().flat_map(|one| one.first_pams.iter().copied());
    let moved: BTreeMap<PartnerId, PamId> = handed.chain(first).collect();
    let each = 1 + page.partners.len() / DRAWN;
    let name = |at: usize| page.pams.get(at).map(|pam| pam.name.clone()).unwrap_or_default();
    let spot = |(n, (&id, partner)): (usize, (&PartnerId, &spelplan_app::season::PartnerLabel))| {
        let (place, to) = (partner.place?, moved.get(&id));
        let now = partner.pam.and_then(|pam| places.get(&pam)).copied();
        let sign = to.and_then(|pam| places.get(pam)).copied().or(now)?;
        let from = now.filter(|_| to.is_some());
        let stays = visitor.t.say("stannar hos", "stays with");
        let words = match (to, from) {
            (None, _) => format!("{stays} {}", name(sign)),
            (Some(_), Some(from)) => format!("{} → {}", name(from), name(sign)),
            (Some(_), None) => format!("{} → {}", visitor.t.say("ingen", "nobody"), name(sign)),
        };
        let moved = to.is_some();
        (moved || n % each == 0).then(|| Spot {
            id: id.0,
            name: partner.name.clone(),
            at: at(place),
            sign,
            from,
            moved,
            words,
        })
    };
    let signs = (0..page.pams.len()).map(sign).map(|sign| Drawn {
        letter: sign.letter,
        shape: sign.shape,
        colour: sign.colour,
    });
    let home = |(n, pam): (usize, &spelplan_app::territories::PamLabel)| {
        Some(Home { sign: n, name: pam.name.clone(), at: at(pam.home?) })
    };
    Drawing {
        signs: signs.collect(),
        homes: page.pams.iter().enumerate().filter_map(home).collect(),
        partners: page.partners.iter().enumerate().filter_map(spot).collect(),
    }
}

/// A hundred metres are near enough.
fn at(place: Place) -> [f64; 2] {
    [place.point.lon, place.point.lat].map(|degrees| (degrees * 1e4).round() / 1e4)
}
