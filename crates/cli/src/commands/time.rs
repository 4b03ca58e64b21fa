//! `spelplan time`: where PAMs' hours go, in totals, and the administration that was taken away.

use std::process::ExitCode;

use serde_json::{Value, json};
use spelplan_app::worktime::{Assumption, TakenAway, TimeClass, TimePage, TimeQuery, Totals};
use spelplan_facts::{Minutes, PlanId};

use super::{Done, open};
use crate::output::say;
use crate::time_arguments::TimeArguments;

/// Tells totals.
pub async fn time(arguments: TimeArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    if let Some((what, minutes)) = &arguments.assume
        && let Some(of) = Assumption::coded(what)
    {
        app.assume(&actor, of, Some(Minutes(*minutes))).await?;
    }
    let query = TimeQuery { season: arguments.season.map(PlanId), week: arguments.week };
    if arguments.csv {
        let table = app.time_table(&actor, query).await?;
        say(String::from_utf8_lossy(&table.csv()).trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    let page = app.time(&actor, query).await?;
    if arguments.json {
        say(&as_json(&page).to_string());
    } else {
        tell(&page);
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(page: &TimePage) {
    say(&format!("Hours, {} to {}", page.range.from, page.range.to));
    let heads: Vec<String> = TimeClass::ALL.iter().map(|class| format!("{:>15}", class.text().en)).collect();
    say(&format!("  {:<28}{}{:>15}", "", heads.concat(), "Not known"));
    for pam in &page.pams {
        say(&line(&pam.name, pam.all));
    }
    if let Some((_, all)) = page.company {
        say(&line("The company", all));
    }
    let taken: Minutes = page.taken_away.iter().map(TakenAway::time).sum();
    say(&format!("Administration taken away: {:.1} h, of counts times assumed minutes", taken.as_hours()));
    for one in &page.taken_away {
        say(&format!("  {:>6} x {:>3} min  {}", one.count, one.each.0, one.counted().en));
    }
}

fn line(name: &str, totals: Totals) -> String {
    let hours = |time: Minutes| format!("{:>15.1}", time.as_hours());
    let classes: Vec<String> = totals.classes.into_iter().map(hours).collect();
    format!("  {name:<28}{}{}", classes.concat(), hours(totals.unknown))
}

fn as_json(page: &TimePage) -> Value {
    let totals = |totals: Totals| {
        let classes = TimeClass::ALL
            .into_iter()
            .zip(totals.classes)
            .map(|(class, time)| (class.code().to_owned(), json!(time.0)));
        let rest = [("unknown".to_owned(), json!(totals.unknown.0)), ("there_is".to_owned(), json!(totals.there_is.0))];
        Value::Object(classes.chain(rest).collect())
    };
    let pam = |pam: &spelplan_app::worktime::PamTime| json!({"pam": pam.name, "week": totals(pam.week), "all": totals(pam.all)});
    let away =
        |one: &TakenAway| json!({"of": one.of.code(), "count": one.count, "each": one.each.0, "minutes": one.time().0});
    json!({
        "from": page.range.from.to_string(), "to": page.range.to.to_string(),
        "week": page.query.week.map(|day| day.to_string()),
        "pams": page.pams.iter().map(pam).collect::<Vec<_>>(),
        "company": page.company.map(|(week, all)| json!({"week": totals(week), "all": totals(all)})),
        "taken_away": page.taken_away.iter().map(away).collect::<Vec<_>>(),
    })
}
