//! A better plan: how the search for it stands, what it does otherwise, and yes or no to it.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::board::Replanned;
use spelplan_app::season_better::{BetterPage, Found, Offer};
use spelplan_facts::{PlanId, Text};

use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::pages::board::changed::{Changed, changed};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "En bättre plan", en: "A better plan" };

/// Where the search stands, as a part of the season page that asks again until it has ended.
pub(super) async fn offer(
    State(app): State<App>,
    Path(plan): Path<i64>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    // A plan with a newer one beside it has nothing to offer any more; what the page says of it stands.
    let Some(offer) = app.offer(&visitor.actor, PlanId(plan)).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let snapshot = app.season(&visitor.actor, Some(PlanId(plan))).await?;
    render::page(&OfferPart::new(PlanId(plan), offer, visitor.t, &visitor.frame("/season", "", snapshot.basis).unit()))
}

/// What the better plan does otherwise.
pub(super) async fn look(State(app): State<App>, Path(plan): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    render::page(&BetterView::new(&visitor, app.better(&visitor.actor, PlanId(plan)).await?))
}

/// Yes: to the new version. No: back to the plan as it is.
pub(super) async fn answer(
    State(app): State<App>,
    Path(plan): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let plan = PlanId(plan);
    let yes = asked.iter().any(|(name, value)| name == "answer" && value == "take");
    if !yes {
        app.decline_better(&visitor.actor, plan).await?;
        return Ok(Redirect::to(&format!("/season/{}", plan.0)).into_response());
    }
    let shown = match app.take_better(&visitor.actor, plan).await? {
        Replanned::Made(made) => made,
        Replanned::Overtaken(overtaken) => overtaken.newer,
        Replanned::Objected(_) => plan,
    };
    Ok(Redirect::to(&format!("/season/{}", shown.0)).into_response())
}

/// The offer on the season page.
#[derive(Template)]
#[template(path = "season/offer.html")]
pub(super) struct OfferPart {
    t: Tongue,
    plan: PlanId,
    unit: String,
    offer: Offer,
}

impl askama::filters::HtmlSafe for OfferPart {}

impl OfferPart {
    /// The part for that plan.
    pub(super) fn new(plan: PlanId, offer: Offer, t: Tongue, unit: &str) -> OfferPart {
        OfferPart { t, plan, unit: unit.to_owned(), offer }
    }
}

/// In how many ways visits differ, as a sentence.
fn visits(found: &Found, t: Tongue) -> String {
    let kinds = [
        (found.moved, t.say("flyttas", "move")),
        (found.came_in, t.say("tillkommer", "come in")),
        (found.fell_out, t.say("faller bort", "fall out")),
    ];
    let all = kinds.iter().filter(|(n, _)| *n > 0).enumerate();
    let told = all.map(|(at, (n, words))| match at {
        0 => format!("{} {} {words}", t.count(*n), t.say("besök", "visits")),
        _ => format!("{} {words}", t.count(*n)),
    });
    match told.collect::<Vec<String>>().join(", ") {
        none if none.is_empty() => t.say("Inga besök byter dag.", "No visit changes its day.").to_owned(),
        some => format!("{some}."),
    }
}

/// How many visits stay for what people have said or because they are near, as a sentence; nothing where none do.
fn stands(found: &Found, t: Tongue) -> String {
    match found.stands {
        0 => String::new(),
        1 => t
            .say(
                " Ett besök som är lovat, lagt för hand eller nära i tiden står kvar.",
                " One visit that is promised, put by hand or near in time stays.",
            )
            .to_owned(),
        several => format!(
            " {} {}",
            t.count(several),
            t.say(
                "besök som är lovade, lagda för hand eller nära i tiden står kvar.",
                "visits that are promised, put by hand or near in time stay."
            )
        ),
    }
}

/// Of what the plan shown is worth, in per cent with its sign.
fn part(found: &Found, t: Tongue) -> String {
    found.share().map_or(String::new(), |share| {
        format!(" (+{}{})", t.number((share.0 * 1000.0).round() / 10.0, 1), t.say("\u{a0}%", "%"))
    })
}

#[derive(Template)]
#[template(path = "season/better.html")]
struct BetterView {
    frame: Frame,
    t: Tongue,
    unit: String,
    plan: PlanId,
    found: Found,
    changed: Changed,
}

impl BetterView {
    fn new(visitor: &Visitor, page: BetterPage) -> BetterView {
        let t = visitor.t;
        let frame = visitor.frame("/season", t.text(TITLE), page.basis.clone());
        let unit = frame.unit();
        let changed = changed(&page.partners, &page.difference, t, &unit);
        BetterView { frame, t, unit, plan: page.plan, found: page.found, changed }
    }
}
