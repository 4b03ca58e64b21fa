//! `spelplan replan`: one change of a plan, as the trip board makes it; a better plan around what is arranged; or the last
//! change taken back.

use std::cmp::Ordering;
use std::process::ExitCode;

use serde_json::json;
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::board::{BoardQuery, Difference, OBJECTED, Replanned};
use spelplan_facts::{Allowance, DayRange, Money, PlanChange, PlanId};

use super::searching_on::{SearchedOn, search_on};
use super::{Done, check, open};
use crate::output::{Failure, REFUSED, money, say};
use crate::planning_arguments::ReplanArguments;

/// Changes, keeps, judges, tells.
pub async fn replan(arguments: ReplanArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let plan = check::named(&app, &actor, &arguments.plan).await?;
    if arguments.better {
        let came_to = search_on(&app, &actor, plan).await?;
        let SearchedOn::Taken(made, _) = came_to else {
            let words = came_to.words("");
            say(&if arguments.json {
                json!({"plan": plan.0, "found": false, "why": words}).to_string()
            } else {
                words
            });
            return Ok(ExitCode::SUCCESS);
        };
        return tell(&app, &actor, made, arguments.json).await;
    }
    let became = match change(&app, &actor, &arguments).await? {
        Some(change) => {
            let (next_days, fixed_visits, fill) = (arguments.next_days, arguments.fixed_visits, !arguments.no_fill);
            app.replan(&actor, plan, &change, Allowance { next_days, fixed_visits, fill }).await?
        }
        None => app.undo_change(&actor, plan).await?,
    };
    match became {
        Replanned::Made(made) => tell(&app, &actor, made, arguments.json).await,
        Replanned::Objected(objection) => Err(refused(format!("{OBJECTED} {}", objection.text().1))),
        Replanned::Overtaken(overtaken) => {
            Err(refused(format!("plan {} is no longer the latest: see plan {}", plan.0, overtaken.newer.0)))
        }
    }
}

fn refused(words: String) -> Failure {
    Failure { exit: REFUSED, words }
}

/// The change asked for; `None` is to take the last one back.
async fn change(app: &App, actor: &Actor, arguments: &ReplanArguments) -> Result<Option<PlanChange>, Failure> {
    let day = || arguments.day.ok_or_else(|| refused("say which day: --day YYYY-MM-DD".to_owned()));
    if let Some(partner) = &arguments.cancel {
        return Ok(Some(PlanChange::Cancel { partner: app.partner_named(actor, partner).await?, day: day()? }));
    }
    if let Some(pam) = &arguments.ill {
        let from = day()?;
        let days = DayRange { from, to: arguments.until.unwrap_or(from) };
        return Ok(Some(PlanChange::Ill { pam: app.pam_named(actor, pam).await?, days }));
    }
    Ok(if arguments.snow { Some(PlanChange::Snow { day: day()?, pam: None }) } else { None })
}

async fn tell(app: &App, actor: &Actor, made: PlanId, as_json: bool) -> Done {
    let page = app.board(actor, made, BoardQuery::default()).await?;
    let difference = page.difference.unwrap_or_default();
    let currency = &page.basis.currency;
    if as_json {
        say(&json!({
            "plan": made.0, "moved": difference.moved.len(), "retimed": difference.retimed.len(),
            "came_in": difference.came_in.len(), "fell_out": difference.fell_out.len(),
            "minutes": difference.minutes.0, "nights": difference.nights, "km": difference.km,
            "gain": difference.gain.units(), "cost": difference.cost.units(), "faults": page.faults,
        })
        .to_string());
        return Ok(if page.faults == 0 { ExitCode::SUCCESS } else { ExitCode::from(crate::output::FAULTS) });
    }
    for line in lines(&difference, &|partner| page.partners.get(&partner).map_or(String::new(), |one| one.name.clone()))
    {
        say(&line);
    }
    say(&sums(made, &difference, currency));
    let verdict = app.check(actor, made).await?;
    check::tell_briefly(made, &verdict);
    Ok(check::exit(&verdict))
}

/// What the version is worth beside the one before.
fn sums(made: PlanId, difference: &Difference, currency: &str) -> String {
    let net = difference.net();
    let nets = match net.0.cmp(&0) {
        Ordering::Greater => format!("nets {} more", money(net, currency)),
        Ordering::Less => format!("nets {} less", money(-net, currency)),
        Ordering::Equal => "nets the same".to_owned(),
    };
    let signed = |amount: Money| format!("{}{}", if amount > Money::ZERO { "+" } else { "" }, money(amount, currency));
    let Difference { gain, cost, minutes, km, nights, .. } = difference;
    let (gain, cost) = (signed(*gain), signed(*cost));
    format!("Plan {} {nets}: gain {gain}, cost {cost}, {:+} min, {km:+} km, {nights:+} nights.", made.0, minutes.0)
}

fn lines(difference: &Difference, name: &dyn Fn(spelplan_facts::PartnerId) -> String) -> Vec<String> {
    let moved = difference.moved.iter().map(|(from, to)| {
        format!("moved     {} {} → {} {}  {}", from.day, from.begins, to.day, to.begins, name(from.partner))
    });
    let new =
        difference.came_in.iter().map(|one| format!("came in   {} {}  {}", one.day, one.begins, name(one.partner)));
    let out =
        difference.fell_out.iter().map(|one| format!("fell out  {} {}  {}", one.day, one.begins, name(one.partner)));
    let times = difference
        .retimed
        .iter()
        .map(|(from, to)| format!("new time  {} {} → {}  {}", from.day, from.begins, to.begins, name(from.partner)));
    moved.chain(new).chain(out).chain(times).collect()
}
