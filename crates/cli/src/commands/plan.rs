//! `spelplan plan`: a field season, judged by the referee before anybody believes it.

use std::sync::Arc;

use serde_json::json;
use spelplan_app::jobs::Progress;
use spelplan_app::season::{SeasonPage, SeasonRequest};
use spelplan_facts::{DayRange, SeasonPlan};

use super::check;
use super::{Done, open};
use crate::arguments::PlanArguments;
use crate::output::{money, say, watched};

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
    let plan = watched("Planning the season", progress, work).await?;
    let page = app.season(&actor, Some(plan)).await?;
    let verdict = app.check(&actor, plan).await?;
    if let Some(made) = &page.plan {
        if arguments.json {
            let mut answer = as_json(made, season);
            answer["check"] = check::as_json(plan, &verdict);
            say(&answer.to_string());
        } else {
            tell(made, &page);
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

fn as_json(plan: &SeasonPlan, season: DayRange) -> serde_json::Value {
    json!({
        "plan": plan.id.0, "from": season.from.to_string(), "to": season.to.to_string(),
        "as_of": plan.as_of.to_string(), "seed": plan.seed,
        "visits": visits(plan), "field_days": plan.days.len(), "nights": nights(plan), "left_out": plan.left_out.len(),
        "gain": {"low": plan.gain.low.units(), "value": plan.gain.value.units(), "high": plan.gain.high.units()},
        "cost": plan.cost.units(), "upper_bound": plan.upper_bound.units(), "gap": plan.gap.0,
        "currency": plan.settings.currency,
    })
}
