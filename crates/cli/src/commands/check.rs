//! `spelplan check`: the referee's word on a stored plan.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::access::Actor;
use spelplan_app::{App, Verdict};
use spelplan_facts::PlanId;

use super::{Done, open};
use crate::arguments::CheckArguments;
use crate::output::{FAULTS, Failure, MISSING, note, say};

/// Judges; exit code 4 where there are faults.
pub async fn check(arguments: CheckArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let plan = named(&app, &actor, &arguments.plan).await?;
    let verdict = app.check(&actor, plan).await?;
    if arguments.json {
        say(&as_json(plan, &verdict).to_string());
    } else {
        tell(plan, &verdict);
    }
    Ok(exit(&verdict))
}

/// 0 where the plan stands, 4 where it does not.
pub fn exit(verdict: &Verdict) -> ExitCode {
    if verdict.passed() { ExitCode::SUCCESS } else { ExitCode::from(FAULTS) }
}

/// The plan of that number, or the latest.
pub async fn named(app: &App, actor: &Actor, name: &str) -> Result<PlanId, Failure> {
    if name == "latest" {
        let latest = app.seasons(actor).await?.into_iter().next();
        let words = "no season is planned yet. Plan one: spelplan plan --season FROM..TO".to_owned();
        return latest.map(|season| season.plan).ok_or(Failure { exit: MISSING, words });
    }
    let words = format!("`{name}` is not the number of a plan. Give a number, or `latest`");
    name.parse().map(PlanId).map_err(|_| Failure { exit: 2, words })
}

/// Says the verdict for people, check by check.
fn tell(plan: PlanId, verdict: &Verdict) {
    for check in &verdict.checks {
        let mark = if check.faults == 0 { "ok   " } else { "FAULT" };
        say(&format!(
            "{mark} {} {} ({} examined, {} faults)",
            check.code, check.title.en, check.examined, check.faults
        ));
    }
    tell_briefly(plan, verdict);
}

/// Says the faults, if any, and the verdict in a line.
pub fn tell_briefly(plan: PlanId, verdict: &Verdict) {
    for fault in verdict.faults.iter().take(50) {
        let day = fault.day.map(|day| format!(" {day}")).unwrap_or_default();
        say(&format!("  {}{day}: {}", fault.code, fault.what));
    }
    if verdict.faults.len() > 50 {
        note(&format!("… and {} more; --json gives all", verdict.faults.len() - 50));
    }
    let word = if verdict.passed() { "passes" } else { "does NOT pass" };
    say(&format!("Plan {} {word}: {} checks, {} faults.", plan.0, verdict.checks.len(), verdict.faults.len()));
}

/// The verdict for machines.
pub fn as_json(plan: PlanId, verdict: &Verdict) -> serde_json::Value {
    let checks = verdict.checks.iter().map(|check| {
        json!({"code": check.code, "title": check.title.en, "examined": check.examined, "faults": check.faults})
    });
    let faults = verdict.faults.iter().map(|fault| {
        json!({
            "code": fault.code, "what": fault.what,
            "pam": fault.pam.map(|pam| pam.0), "partner": fault.partner.map(|partner| partner.0),
            "date": fault.day.map(|day| day.to_string()),
        })
    });
    json!({
        "plan": plan.0, "passed": verdict.passed(),
        "checks": checks.collect::<Vec<_>>(), "faults": faults.collect::<Vec<_>>(),
    })
}
