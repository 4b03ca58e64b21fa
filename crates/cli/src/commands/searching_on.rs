//! The longer search behind `spelplan plan --better` and `spelplan replan --better`.

use std::sync::Arc;

use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::board::Replanned;
use spelplan_app::jobs::Progress;
use spelplan_app::season_better::Offer;
use spelplan_facts::{Money, PlanId};

use crate::output::{Failure, money, watched};

/// What a longer search came to.
pub enum SearchedOn {
    /// It was not begun, or not to the end, and that is why.
    Not(&'static str),
    /// It found nothing better.
    InVain,
    /// The better plan, and what it is worth more.
    Taken(PlanId, Money),
}

/// Searches on from the plan, and takes the better one where there is one.
pub async fn search_on(app: &App, actor: &Actor, first: PlanId) -> Result<SearchedOn, Failure> {
    let why_not = match app.offer(actor, first).await? {
        None => "A later plan holds, so no better one was sought.",
        Some(Offer::TooLate) => "What is left of the season is too near to be moved, so no better plan was sought.",
        Some(Offer::Taken) => {
            "The plan is the better one that was found. Change it, or plan the season again, to search on."
        }
        Some(Offer::Declined) => {
            "A better plan was found and declined. Change the plan, or plan the season again, to search on."
        }
        Some(Offer::Nothing) => return Ok(SearchedOn::InVain),
        Some(Offer::Found(_)) => return take(app, actor, first).await,
        Some(Offer::Waiting | Offer::Sought(..) | Offer::Outdated) => return sought(app, actor, first).await,
    };
    Ok(SearchedOn::Not(why_not))
}

async fn sought(app: &App, actor: &Actor, first: PlanId) -> Result<SearchedOn, Failure> {
    let progress = Arc::new(Progress::default());
    let work = app.search_on(actor, first, Arc::clone(&progress));
    if watched("Looking for a better plan", progress, work).await? {
        return take(app, actor, first).await;
    }
    Ok(match app.offer(actor, first).await? {
        Some(Offer::Nothing) => SearchedOn::InVain,
        _ => SearchedOn::Not(
            "What is known has changed since the plan was made, so nothing can be compared. Plan the season again.",
        ),
    })
}

async fn take(app: &App, actor: &Actor, first: PlanId) -> Result<SearchedOn, Failure> {
    let more = app.better(actor, first).await?.found.more;
    Ok(match app.take_better(actor, first).await? {
        Replanned::Made(plan) => SearchedOn::Taken(plan, more),
        Replanned::Objected(_) | Replanned::Overtaken(_) => SearchedOn::Not("A later plan holds, so none was taken."),
    })
}

impl SearchedOn {
    /// For people.
    pub fn words(&self, currency: &str) -> String {
        match self {
            SearchedOn::Not(why) => (*why).to_owned(),
            SearchedOn::InVain => "A longer search found no better plan.".to_owned(),
            SearchedOn::Taken(_, more) => format!(
                "A longer search found a better plan: {} more net. Take it back: spelplan replan --undo.",
                money(*more, currency)
            ),
        }
    }
}
