//! `spelplan effect scorecard` and `spelplan effect business-case`: the sentences first, then the table.

use std::process::ExitCode;

use spelplan_app::access::Actor;
use spelplan_app::effect::{Card, Said, Whose, said_of_card, said_of_case};
use spelplan_app::{App, Table};
use spelplan_facts::{Band, Language, PlanId};

use super::season::keep;
use crate::commands::Done;
use crate::effect_arguments::{CaseArguments, TableArguments};
use crate::output::{money, say};

/// Tells the cards.
pub async fn scorecard(app: &App, arguments: &TableArguments) -> Done {
    let actor = Actor::at_this_machine();
    let page = app.scorecard(&actor).await?;
    if written(arguments, &app.scorecard_table(&actor).await?)? {
        return Ok(ExitCode::SUCCESS);
    }
    let currency = &page.basis.currency;
    let amount = |value| money(value, currency);
    tell(&said_of_card(&page.team, &page.own, &page.withheld, Language::English, amount));
    say(&format!("\n{} to {}, {currency}; intervals hold the truth 8 times of 10", page.months.0, page.months.1));
    for one in &page.cards {
        say(&line(if one.card.whose == Whose::Nobody { "No PAM" } else { &one.name }, &one.card, currency));
    }
    say(&line("The team", &page.team, currency));
    if page.reconciles == Some(false) {
        say("The columns do NOT add up to the sale lines.");
    }
    for kam in &page.kams {
        let told = &kam.figures;
        say(&format!(
            "KAM {} {} to {}: booked {}, anyway {}, brought in {}, cost {}, net {} (grade {}, told by {})",
            told.kam,
            told.months.0,
            told.months.1,
            amount(told.booked),
            amount(told.baseline),
            amount(told.brought().value),
            amount(told.cost),
            amount(told.net().value),
            told.grade().letter(),
            kam.by
        ));
    }
    page.withheld.iter().for_each(|told| say(&format!("Withheld: {}.", told.en)));
    Ok(ExitCode::SUCCESS)
}

/// Tells the case of a plan.
pub async fn business_case(app: &App, arguments: &CaseArguments) -> Done {
    let (actor, plan) = (Actor::at_this_machine(), arguments.plan.map(PlanId));
    let page = app.business_case(&actor, plan).await?;
    if written(&arguments.table, &app.case_table(&actor, plan).await?)? {
        return Ok(ExitCode::SUCCESS);
    }
    let currency = &page.basis.currency;
    let Some((_, case)) = &page.case else {
        say(&format!("No season is planned yet. Plan one first: spelplan plan --season {}", page.proposed));
        return Ok(ExitCode::SUCCESS);
    };
    tell(&said_of_case(case, Language::English, |value| money(value, currency), percent));
    say(&format!("\nSeason {}: {} visits on {} field days", case.season, case.visits, case.field_days));
    say(&format!("Planned: {}", between(case.planned, currency)));
    say(&format!("Expected: {}", between(case.expected, currency)));
    say(&format!("Cost: {}", money(case.bill.total(), currency)));
    say(&format!("Net: {}", between(case.net(), currency)));
    if let Some(even) = case.break_even() {
        say(&format!("The cost is paid when {} of the plan comes true", percent(even)));
    }
    say(&format!("Lost in a year without visits: {}", between(case.left_alone, currency)));
    Ok(ExitCode::SUCCESS)
}

/// Writes the table where it is asked for; is anything left to tell?
fn written(arguments: &TableArguments, table: &Table) -> Result<bool, crate::output::Failure> {
    if let Some(path) = &arguments.csv {
        keep(path, &table.csv())?;
    }
    if arguments.json {
        say(&table.json().to_string());
    }
    Ok(arguments.json)
}

fn tell(said: &Said) {
    say(&said.did_it_pay);
    say(&said.how_sure);
    say(&said.why_believe);
    say(&format!("Next: {}", said.what_next));
}

fn line(name: &str, card: &Card, currency: &str) -> String {
    let cost = money((card.counted + card.uncounted).total(), currency);
    let booked = money(card.booked, currency);
    match (card.brought, card.net()) {
        (Some(brought), Some(net)) => format!(
            "{name}: booked {booked}, brought in {} (part {}), cost {cost}, net {} (grade {})",
            between(brought, currency),
            percent(card.share.unwrap_or_default()),
            between(net, currency),
            card.grade.letter()
        ),
        _ => format!("{name}: booked {booked}, brought in withheld, cost {cost}"),
    }
}

fn between(band: Band, currency: &str) -> String {
    format!("{} ({} to {})", money(band.value, currency), money(band.low, currency), money(band.high, currency))
}

fn percent(part: f64) -> String {
    format!("{:.0}%", part * 100.0)
}
