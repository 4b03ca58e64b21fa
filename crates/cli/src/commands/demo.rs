//! `spelplan demo` and `spelplan clear`: an invented market to try everything on, and away with it.

use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;
use spelplan_app::access::Actor;
use spelplan_app::demo::DemoSize;
use spelplan_app::jobs::Progress;
use spelplan_app::season::SeasonRequest;
use spelplan_app::{App, AppOptions};

use super::serve::open_pages;
use super::{Done, open};
use crate::arguments::{ClearArguments, DemoArguments};
use crate::output::{Failure, REFUSED, grouped, money, note, say, watched};

/// Builds the demo, plans a season in it, opens the pages.
pub async fn demo(arguments: DemoArguments) -> Done {
    let app = App::open(&arguments.location, AppOptions { today: arguments.today }).await?;
    let actor = Actor::at_this_machine();
    if arguments.clear {
        return away(&app, &actor, &arguments.location, false, false).await;
    }
    let size = DemoSize {
        partners: arguments.partners,
        months: arguments.months,
        seed: arguments.seed,
        lines: arguments.lines,
    };
    let progress = Arc::new(Progress::default());
    watched("Inventing the market", Arc::clone(&progress), app.build_demo(&actor, size, progress)).await?;
    let request = match arguments.no_plan {
        true => None,
        false => Some(SeasonRequest { season: app.season(&actor, None).await?.proposed, seed: arguments.seed }),
    };
    let overview = app.overview(&actor).await?;
    note(&format!(
        "Invented Nordic distributor: {} partners, {} PAMs, {} sale lines, {} revenue, in {}.",
        grouped(overview.partners as u64),
        overview.pams,
        grouped(overview.lines as u64),
        money(overview.revenue, &overview.currency),
        arguments.location
    ));
    match request {
        Some(request) if arguments.no_serve => {
            let progress = Arc::new(Progress::default());
            let work = app.plan_season(&actor, request, Arc::clone(&progress));
            watched("Planning a season", progress, work).await?;
        }
        // The pages open at once; the season appears on them some seconds later.
        Some(request) => drop(app.start_planning(&actor, request)?),
        None => {}
    }
    if arguments.no_serve {
        return Ok(ExitCode::SUCCESS);
    }
    open_pages(app, free(arguments.listen), None, false).await
}

/// The address itself, or the next free port above it.
fn free(wanted: SocketAddr) -> SocketAddr {
    let ports = wanted.port()..=wanted.port().saturating_add(50);
    let mut addresses = ports.map(|port| SocketAddr::new(wanted.ip(), port));
    addresses.find(|address| TcpListener::bind(address).is_ok()).unwrap_or(wanted)
}

/// Takes everything out of a database.
pub async fn clear(arguments: ClearArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    away(&app, &actor, &arguments.database.location, arguments.yes, arguments.json).await
}

async fn away(app: &App, actor: &Actor, location: &str, yes: bool, in_json: bool) -> Done {
    let basis = app.basis(actor).await?;
    if !basis.demo && !basis.empty && !yes {
        let words = format!(
            "{location} holds real data, so nothing was cleared. Say --yes if you mean it: spelplan clear --db {location} --yes"
        );
        return Err(Failure { exit: REFUSED, words });
    }
    app.clear(actor).await?;
    if in_json {
        say(&json!({"cleared": location}).to_string());
    } else {
        say(&format!("{location} is empty now."));
    }
    Ok(ExitCode::SUCCESS)
}
