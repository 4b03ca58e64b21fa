//! `spelplan plan`: a field season, judged by the referee before anybody believes it.

use std::sync::Arc;

use serde_json::json;
use spelplan_app::board::Objection;
use spelplan_app::jobs::Progress;
use spelplan_app::season::{SeasonPage, SeasonRequest};
use spelplan_app::season_kept::KeptPromises;
use spelplan_facts::{BrokenPromise, DayRange, Money, RouteBound, RouteProof, SeasonPlan, Share};

use super::check;
use super::searching_on::{SearchedOn, search_on};
use super::{Done, open};
use crate::output::{money, say, watched};
use crate::planning_arguments::PlanArguments;

/// Plans, keeps, judges, tells.
pub async fn plan(arguments: PlanArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let season = match arguments.season {
        Some(season) => season,
        None => app.season(&actor, None).await?.proposed,
    };
    let request = SeasonRequest { season, seed: arguments.seed };
    let progress = Arc::new(Progress::default());
    let work = app.plan_season(&actor, request, Arc::clone(&progress));
    let first = watched("Planning the season", progress, work).await?;
    let came_to = if arguments.better { Some(search_on(&app, &actor, first).await?) } else { None };
    let (plan, more) = match came_to {
        Some(SearchedOn::Taken(plan, more)) => (plan, more),
        _ => (first, Money::ZERO),
    };
    if arguments.prove {
        let progress = Arc::new(Progress::default());
        watched("Proving the routes", Arc::clone(&progress), app.prove_routes(&actor, plan, progress)).await?;
    }
    let page = app.season(&actor, Some(plan)).await?;
    let verdict = app.check(&actor, plan).await?;
    if let Some(made) = &page.plan {
        if arguments.json {
            let mut answer = as_json(made, season);
            answer["proof"] = page.proof.as_ref().map_or(json!(null), proof_as_json);
            answer["gained_by_searching_on"] = json!(more.units());
            answer["promises"] = page.kept.as_ref().map_or(json!(null), kept_as_json);
            answer["check"] = check::as_json(plan, &verdict);
            say(&answer.to_string());
        } else {
            tell(made, &page);
            page.kept.iter().for_each(|kept| tell_kept(kept, &page));
            if let Some(came_to) = &came_to {
                say(&came_to.words(&page.basis.currency));
            }
            check::tell_briefly(plan, &verdict);
        }
    }
    Ok(check::exit(&verdict))
}

fn visits(plan: &SeasonPlan) -> usize {
    plan.days.iter().map(|day| day.stops.len()).sum()
}

fn nights(plan: &SeasonPlan) -> usize {
    plan.days.iter().filter(|day| day.to != spelplan_facts::Night::Home).count()
}

fn tell(plan: &SeasonPlan, page: &SeasonPage) {
    let currency = &page.basis.currency;
    say(&format!("Season {} planned as of {} (plan {}).", plan.season, plan.as_of, plan.id.0));
    say(&format!(
        "{} visits on {} field days, {} nights away, {} PAMs.",
        visits(plan),
        plan.days.len(),
        nights(plan),
        plan.workloads.len()
    ));
    let band = plan.gain;
    let band = format!("80 %: {} to {}", money(band.low, currency), money(band.high, currency));
    say(&format!("Expected margin gain {} ({band}).", money(plan.gain.value, currency)));
    say(&format!("Cost of it (hours, kilometres, nights) {}.", money(plan.cost, currency)));
    let bound = money(plan.upper_bound, currency);
    let gap = plan.gap.0 * 100.0;
    say(&format!(
        "Coverage, net of costs at estimated travel: no choice under these hours beats {bound}; ours is within {gap:.2} %."
    ));
    say(&rounds(plan, currency));
    if let Some(proof) = &page.proof {
        tell_proof(proof, page);
    }
    let mut reasons = std::collections::BTreeMap::new();
    for one in &plan.left_out {
        *reasons.entry(one.reason.code()).or_insert(0_usize) += 1;
    }
    say(&format!("{} partners get no visit:", plan.left_out.len()));
    for reason in spelplan_facts::LeftOutReason::ALL {
        if let Some(count) = reasons.get(reason.code()) {
            say(&format!("  {count:>6}  {}", reason.text().en));
        }
    }
    say("The days: spelplan report season-plan --format csv");
}

/// What had been promised in these weeks before they were planned anew.
fn tell_kept(kept: &KeptPromises, page: &SeasonPage) {
    let stands = match kept.promises {
        0 => String::new(),
        1 => ", 1 promised visit among it".to_owned(),
        several => format!(", {several} promised visits among it"),
    };
    let all = if kept.broken.is_empty() { "What" } else { "What could be kept of what" };
    say(&format!("{all} had been arranged about these weeks stands{stands}."));
    for one in kept.broken.iter().map(|one| &one.promise) {
        let name = page.partners.get(&one.partner).map_or("", |label| label.name.as_str());
        let why = Objection::coded(&one.why).map_or("", |why| why.text().1);
        let (day, begins, how) = (one.day, one.begins, one.fixedness.text().en);
        say(&format!("  NOT KEPT: {name}, {day} {begins}, {how}: {why}."));
    }
}

fn kept_as_json(kept: &KeptPromises) -> serde_json::Value {
    let one = |one: &BrokenPromise| {
        json!({
            "partner": one.partner.0, "day": one.day.to_string(), "begins": one.begins.to_string(),
            "fixedness": one.fixedness.code(), "why": one.why,
        })
    };
    json!({"kept": kept.promises, "broken": kept.broken.iter().map(|broken| one(&broken.promise)).collect::<Vec<_>>()})
}

fn rounds(plan: &SeasonPlan, currency: &str) -> String {
    let (laid, gained) = (plan.rounds.laid, plan.rounds.gained);
    match laid {
        0 | 1 => "Coverage and routes were laid once.".to_owned(),
        _ if gained == Money::ZERO => format!("Coverage and routes were tried in {laid} rounds; the first was best."),
        _ => format!(
            "Coverage and routes were laid in {laid} rounds, which brought {} more net.",
            money(gained, currency)
        ),
    }
}

fn tell_proof(proof: &RouteProof, page: &SeasonPage) {
    let part =
        |gap: Option<Share>| gap.map_or("nothing to compare".to_owned(), |gap| format!("{:.2} %", gap.0 * 100.0));
    say(&format!(
        "No routes with the same partners, days and decisions bring more than {} more, {} seconds for each PAM:",
        part(proof.gap()),
        proof.seconds
    ));
    for bound in &proof.bounds {
        let name = page.pams.get(&bound.pam).map_or("", String::as_str);
        let words = if bound.beyond {
            "not proved: changed beyond what the planner may do".to_owned()
        } else {
            part(bound.gap())
        };
        say(&format!("  {name}: {words}"));
    }
}

fn proof_as_json(proof: &RouteProof) -> serde_json::Value {
    let one = |bound: &RouteBound| {
        json!({
            "pam": bound.pam.0, "worth": bound.worth.units(), "most": bound.most.units(),
            "partners": bound.partners, "beyond": bound.beyond,
        })
    };
    let (worth, most) = proof.total();
    json!({
        "worth": worth.units(), "most": most.units(), "seconds": proof.seconds,
        "pams": proof.bounds.iter().map(one).collect::<Vec<_>>(),
    })
}

fn as_json(plan: &SeasonPlan, season: DayRange) -> serde_json::Value {
    json!({
        "plan": plan.id.0, "from": season.from.to_string(), "to": season.to.to_string(),
        "as_of": plan.as_of.to_string(), "seed": plan.seed,
        "visits": visits(plan), "field_days": plan.days.len(), "nights": nights(plan), "left_out": plan.left_out.len(),
        "gain": {"low": plan.gain.low.units(), "value": plan.gain.value.units(), "high": plan.gain.high.units()},
        "cost": plan.cost.units(), "upper_bound": plan.upper_bound.units(), "gap": plan.gap.0,
        "rounds": plan.rounds.laid, "gained_by_rounds": plan.rounds.gained.units(),
        "currency": plan.settings.currency,
    })
}
