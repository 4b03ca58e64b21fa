//! `spelplan briefing PARTNER`: a partner's own business, figure by figure, and what to ask.

use std::process::ExitCode;

use serde_json::{Value as Json, json};
use spelplan_app::briefing::BriefingPage;
use spelplan_app::briefings::{Amount, Dated, Due, Figure, Split, SplitName, Value};

use super::{Done, open};
use crate::meetings_arguments::BriefingArguments;
use crate::output::{money, say};

/// Tells the briefing of one partner.
pub async fn briefing(arguments: BriefingArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let partner = app.partner_called(&actor, &arguments.partner).await?;
    let page = app.briefing(&actor, partner).await?;
    if arguments.json {
        say(&as_json(&page).to_string());
    } else {
        tell(&page);
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(page: &BriefingPage) {
    let (briefing, currency) = (&page.briefing, &page.basis.currency);
    say(&format!("{} ({}), as of {}", page.partner.name, page.partner.key, briefing.today));
    line(&briefing.half_year, currency);
    for section in &briefing.sections {
        say(&format!("\n{}", section.title.en));
        section.figures.iter().for_each(|figure| line(figure, currency));
    }
    briefing.splits.iter().for_each(|split| tell_split(split, currency));
    say("\nWorth asking");
    for (n, question) in briefing.questions.iter().enumerate() {
        say(&format!("  {}. {}", n + 1, question.words.en));
    }
    let quarter = &briefing.quarter;
    for (who, dated) in [("We", &quarter.ours), ("The partner", &quarter.theirs)] {
        say(&format!("\nUntil {}: {who}", quarter.days.to));
        dated.iter().for_each(|one| say(&format!("  {}  {}", one.by, due(one, currency))));
    }
}

fn due(dated: &Dated, currency: &str) -> String {
    match &dated.what {
        Due::Promised(promise) => format!("{}: {} (promised)", promise.who, promise.what),
        Due::Proposed(proposal) => {
            proposal.told(proposal.words.en, proposal.amount.map(|amount| said(&amount, currency)))
        }
    }
}

fn tell_split(split: &Split, currency: &str) {
    let period = split.period.map(|days| format!(", {days}")).unwrap_or_default();
    say(&format!("\n{}{period}, and the year before", split.title.en));
    for row in &split.rows {
        let name = if let SplitName::Told(name) = &row.name { name } else { row.name.text().en };
        let change = row.change.map(|share| format!("{:+.1} %", share.0 * 100.0)).unwrap_or_default();
        say(&format!("  {name:<48} {:>24} {:>24}  {change}", money(row.now, currency), money(row.before, currency)));
    }
}

fn line(figure: &Figure, currency: &str) {
    let of = figure.of.as_ref().map(|of| format!(": {of}")).unwrap_or_default();
    let name = format!("{}{of}", figure.name.en);
    match &figure.value {
        Value::Known(amount) => {
            say(&format!("  {name:<48} {:>24}  {}", said(amount, currency), figure.origin.text().en));
        }
        Value::Missing(text) => say(&format!("  {name:<48} {:>24}  missing: {}", "-", text.en)),
    }
}

fn said(amount: &Amount, currency: &str) -> String {
    match amount {
        Amount::Money(one) => money(*one, currency),
        Amount::Band(band) => money(band.value, currency),
        Amount::Share(share) => format!("{:.1} %", share.0 * 100.0),
        Amount::Shares([low, value, high]) => {
            format!("{:.0} % ({:.0} to {:.0})", value.0 * 100.0, low.0 * 100.0, high.0 * 100.0)
        }
        Amount::Change(share) => format!("{:+.1} %", share.0 * 100.0),
        Amount::Count(number) => format!("{number:.1}").trim_end_matches(".0").to_owned(),
        Amount::Days(days) => format!("{days:.0} days"),
        Amount::Hours(hours) => format!("{hours:.0} hours"),
        Amount::Times(times) => format!("{times:.2}"),
        Amount::Day(day) => day.to_string(),
    }
}

fn as_json(page: &BriefingPage) -> Json {
    let briefing = &page.briefing;
    let sections = briefing.sections.iter().map(
        |section| json!({"code": section.code, "figures": section.figures.iter().map(figure_json).collect::<Vec<_>>()}),
    );
    let questions = briefing.questions.iter().map(|one| json!({"figure": one.figure, "words": one.words.en}));
    json!({
        "partner": page.partner.key, "name": page.partner.name, "as_of": briefing.today.to_string(),
        "currency": page.basis.currency, "peers": briefing.peers, "half_year": figure_json(&briefing.half_year),
        "splits": briefing.splits.iter().map(split_json).collect::<Vec<_>>(),
        "quarter": {
            "until": briefing.quarter.days.to.to_string(),
            "ours": briefing.quarter.ours.iter().map(dated_json).collect::<Vec<_>>(),
            "theirs": briefing.quarter.theirs.iter().map(dated_json).collect::<Vec<_>>(),
        },
        "sections": sections.collect::<Vec<_>>(), "questions": questions.collect::<Vec<_>>(),
    })
}

fn dated_json(dated: &Dated) -> Json {
    match &dated.what {
        Due::Promised(promise) => json!({
            "by": dated.by.to_string(), "kind": "promised", "who": promise.who, "what": promise.what,
        }),
        Due::Proposed(proposal) => json!({
            "by": dated.by.to_string(), "kind": "proposed", "what": proposal.words.en, "of": proposal.of,
            "figure": proposal.figure, "amount": proposal.amount.as_ref().map(amount_json),
        }),
    }
}

fn split_json(split: &Split) -> Json {
    let rows = split.rows.iter().map(|row| {
        let name = if let SplitName::Told(name) = &row.name { Some(name) } else { None };
        json!({
            "name": name, "kind": match row.name {
                SplitName::Told(_) => "told",
                SplitName::Others(_) => "others",
                SplitName::NotTold => "not-told",
            },
            "now": row.now.units(), "before": row.before.units(), "change": row.change.map(|share| share.0),
        })
    });
    json!({
        "code": split.code, "name": split.title.en, "period": split.period.map(|days| days.to_string()),
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn figure_json(figure: &Figure) -> Json {
    let (value, missing) = match &figure.value {
        Value::Known(amount) => (amount_json(amount), None),
        Value::Missing(text) => (Json::Null, Some(text.en)),
    };
    let inputs: Vec<Json> =
        figure.inputs.iter().map(|one| json!({"name": one.name.en, "value": amount_json(&one.amount)})).collect();
    json!({
        "code": figure.code, "name": figure.name.en, "of": figure.of, "value": value, "missing": missing,
        "formula": figure.formula.en, "inputs": inputs, "origin": figure.origin.letter().to_string(),
        "period": figure.period.map(|days| days.to_string()),
    })
}

fn amount_json(amount: &Amount) -> Json {
    match amount {
        Amount::Money(money) => json!(money.units()),
        Amount::Band(band) => json!([band.low.units(), band.value.units(), band.high.units()]),
        Amount::Share(share) | Amount::Change(share) => json!(share.0),
        Amount::Shares(shares) => json!(shares.map(|share| share.0)),
        Amount::Count(number) | Amount::Days(number) | Amount::Hours(number) | Amount::Times(number) => json!(number),
        Amount::Day(day) => json!(day.to_string()),
    }
}
