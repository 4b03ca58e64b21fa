//! `spelplan territories`: proposals of who runs which partner; one of them taken over, or a change taken back.

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value, json};
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::jobs::Progress;
use spelplan_app::territories::{Handover, Lock, Proposal, TerritoryPage, TerritoryTerms, token};
use spelplan_facts::{Band, PamId, PartnerId};

use super::{Done, open};
use crate::output::{Failure, REFUSED, money, say, watched};
use crate::territories_arguments::TerritoriesArguments;

/// Proposes, takes over, takes back.
pub async fn territories(arguments: TerritoriesArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    if let Some(change) = arguments.undo {
        app.undo_territories(&actor, change).await?;
        say(&format!("Change {change} is undone: its partners have the PAMs they had before."));
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.locks || !arguments.lock.is_empty() || !arguments.unlock.is_empty() {
        return locks(&app, &actor, &arguments).await;
    }
    let mut terms = TerritoryTerms { kept: arguments.keep.iter().cloned().collect(), ..TerritoryTerms::default() };
    if let Some(cap) = arguments.cap {
        terms.cap = (cap.min(1.0) * 1000.0).round() as u32;
    }
    let progress = Arc::new(Progress::default());
    let work = app.territories(&actor, &terms, Arc::clone(&progress));
    let page = watched("Working out territories", progress, work).await?;
    let shown = arguments.show.or(arguments.take);
    if arguments.json {
        say(&as_json(&page, shown).to_string());
    } else {
        tell(&page, shown);
    }
    let Some(number) = arguments.take else { return Ok(ExitCode::SUCCESS) };
    let proposal = numbered(&page, number)?;
    let taken = app.take_territories(&actor, &terms, &token(proposal)).await?;
    if !arguments.json {
        let (change, partners) = (taken.change, taken.partners);
        say(&format!(
            "Taken over: {partners} partners have another PAM. Undo with: spelplan territories --undo {change}"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Locks partners or ends locks, then lists those there are.
async fn locks(app: &App, actor: &Actor, arguments: &TerritoriesArguments) -> Done {
    app.lock_partners(actor, &arguments.lock.iter().cloned().collect()).await?;
    app.unlock_partners(actor, &arguments.unlock.iter().cloned().collect()).await?;
    let (locks, told) = (app.territory_locks(actor).await?, app.names(actor).await?);
    let partner = |lock: &Lock| told.partners.get(&lock.partner).map_or(("", ""), |one| (&one.key, &one.name));
    let pam = |lock: &Lock| told.pams.get(&lock.pam).map_or("", String::as_str);
    if arguments.json {
        let one = |lock: &Lock| {
            json!({
                "partner": partner(lock).0, "pam": pam(lock), "by": lock.by, "at": lock.at, "holds": lock.holds,
            })
        };
        say(&json!({ "locks": locks.iter().map(one).collect::<Vec<_>>() }).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("{} partners stay with their PAM:", locks.len()));
    for lock in &locks {
        let without = if lock.holds { "" } else { "  (without effect: somebody else runs it now)" };
        let (number, name) = partner(lock);
        say(&format!("  {number}  {name}: {}{without}", pam(lock)));
    }
    Ok(ExitCode::SUCCESS)
}

/// A proposal by the number that it is listed under; 0 is today's.
fn numbered(page: &TerritoryPage, number: usize) -> Result<&Proposal, Failure> {
    let last = page.territories.proposals.len().saturating_sub(1);
    let found = page.territories.proposals.get(number).filter(|_| number > 0);
    found.ok_or_else(|| {
        let words = match last {
            0 => "there is no proposal to take over: nothing is better than today's assignment".to_owned(),
            last => format!("there is no proposal {number}: take one of 1 to {last}"),
        };
        Failure { exit: REFUSED, words }
    })
}

fn tell(page: &TerritoryPage, shown: Option<usize>) {
    let found = &page.territories;
    if page.basis.empty || page.pams.is_empty() {
        say("There is nobody to give partners to: import a partner list and a PAM list first.");
        return;
    }
    say(&format!(
        "Territories as of {}, season {} and {} such a year; at most {} handovers ({:.1} %).",
        page.basis.as_of,
        found.season,
        found.seasons_year,
        found.most_handovers,
        f64::from(page.terms.cap) / 10.0
    ));
    if found.unassigned + found.out_of_reach > 0 {
        let (unassigned, out) = (found.unassigned, found.out_of_reach);
        say(&format!("{unassigned} partners have no PAM and get one; {out} more are out of everybody's reach."));
    }
    say("     drive h  spread  largest  handovers  net first year");
    for (number, proposal) in found.proposals.iter().enumerate() {
        say(&line(number, proposal, &page.basis.currency));
    }
    if found.proposals.len() == 1 {
        say("Nothing is better than today's assignment on these terms.");
    }
    let shown = shown.and_then(|number| found.proposals.get(number));
    for handover in shown.map(|proposal| proposal.handovers.as_slice()).unwrap_or_default() {
        say(&handed(page, handover));
    }
}

fn line(number: usize, proposal: &Proposal, currency: &str) -> String {
    let name = if number == 0 { "now".to_owned() } else { number.to_string() };
    let (drive, spread) = (proposal.drive.as_hours(), proposal.spread.0 * 100.0);
    let (largest, handovers) = (proposal.largest.0 * 100.0, proposal.handovers.len());
    let net = match number {
        0 => "-".to_owned(),
        _ => band(proposal.money.net, currency),
    };
    format!("{name:<4} {drive:>7.0} {spread:>6.1}% {largest:>7.0}% {handovers:>10}  {net}")
}

fn handed(page: &TerritoryPage, handover: &Handover) -> String {
    let partner = page.partners.get(&handover.partner).map_or("", |partner| partner.name.as_str());
    let price = money(handover.price(), &page.basis.currency);
    format!("  {partner}: {} → {}  costs {price}", pam(page, handover.from), pam(page, handover.to))
}

fn pam(page: &TerritoryPage, id: PamId) -> &str {
    page.pams.iter().find(|pam| pam.pam == id).map_or("", |pam| pam.name.as_str())
}

fn band(band: Band, currency: &str) -> String {
    format!("{} (80 %: {} to {})", money(band.value, currency), money(band.low, currency), money(band.high, currency))
}

fn as_json(page: &TerritoryPage, shown: Option<usize>) -> Value {
    let found = &page.territories;
    let one = |(number, proposal): (usize, &Proposal)| proposal_json(page, number, proposal, shown == Some(number));
    json!({
        "as_of": page.basis.as_of.to_string(), "currency": page.basis.currency, "season": found.season.to_string(),
        "seasons_a_year": found.seasons_year, "cap": f64::from(page.terms.cap) / 1000.0,
        "most_handovers": found.most_handovers, "without_pam": found.unassigned, "out_of_reach": found.out_of_reach,
        "proposals": found.proposals.iter().enumerate().map(one).collect::<Vec<_>>(),
    })
}

fn proposal_json(page: &TerritoryPage, number: usize, proposal: &Proposal, with_handovers: bool) -> Value {
    let money = &proposal.money;
    let load = |load: &spelplan_app::territories::Load| {
        json!({
            "pam": pam(page, load.pam), "partners": load.partners, "visits": load.visits,
            "visit_minutes": load.visit_time.0, "drive_minutes": load.drive.0,
            "available_minutes": load.available.0,
        })
    };
    let key = |partner: PartnerId| page.partners.get(&partner).map_or("", |partner| partner.key.as_str());
    let handover = |one: &Handover| {
        json!({
            "partner": key(one.partner), "from": pam(page, one.from), "to": pam(page, one.to),
            "loss": one.loss.value.units(), "hours": one.hours.units(),
        })
    };
    let mut told = json!({
        "number": number, "token": token(proposal), "drive_minutes": proposal.drive.0, "km": proposal.km.round(),
        "spread": proposal.spread.0, "largest": proposal.largest.0, "handovers": proposal.handovers.len(),
        "freed_minutes_a_year": money.freed.0, "hours_value": band_json(money.hours),
        "travel_saved": money.travel.units(), "handover_cost": band_json(money.handovers),
        "net_first_year": band_json(money.net), "loads": proposal.loads.iter().map(load).collect::<Vec<_>>(),
    });
    if with_handovers {
        told["moves"] = proposal.handovers.iter().map(handover).collect();
    }
    told
}

fn band_json(band: Band) -> Value {
    json!([band.low.units(), band.value.units(), band.high.units()])
}
