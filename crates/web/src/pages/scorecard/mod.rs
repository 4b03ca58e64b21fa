//! The scorecard: the same five lines for PAM and KAM, and what is told of a KAM's own accounts.

mod line;
mod view;

use axum::extract::{Form as Body, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::effect::KamFigures;
use spelplan_facts::{Day, Money, Month, Text};

use super::potential::ask::figure;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{Form, kept};
use crate::render;

const UNREAD: Text = Text {
    sv: "Ett belopp eller en månad kan inte läsas. Skriv belopp med siffror, till exempel 250 000, och månader som 2026-03",
    en: "An amount or a month cannot be read. Write amounts in digits, for example 250 000, and months as 2026-03",
};

type Said = Vec<(String, String)>;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/scorecard", Entry::Staff, shown)
        .get("/scorecard.csv", Entry::Staff, csv)
        .get("/scorecard.xlsx", Entry::Staff, xlsx)
        .post("/scorecard/kams", Entry::Steering, tell)
        .post("/scorecard/kams/{id}/undo", Entry::Steering, undo)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    render::page(&view::ScorecardView::new(&visitor, app.scorecard(&visitor.actor).await?))
}

async fn csv(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    table(app, visitor, Form::Csv).await
}

async fn xlsx(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    table(app, visitor, Form::Xlsx).await
}

async fn table(app: App, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let table = app.scorecard_table(&visitor.actor).await?;
    kept(&app, &visitor, &table, form).await
}

async fn tell(State(app): State<App>, visitor: Visitor, Body(said): Body<Said>) -> Result<Response, Failure> {
    app.tell_kam(&visitor.actor, figures(&said)?).await?;
    Ok(Redirect::to("/scorecard#kam").into_response())
}

async fn undo(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.take_back_kam(&visitor.actor, id).await?;
    Ok(Redirect::to("/scorecard#kam").into_response())
}

fn figures(said: &Said) -> Result<KamFigures, Failure> {
    let value = |name: &str| said.iter().find(|pair| pair.0 == name).map_or("", |pair| pair.1.trim());
    let unread = || Failure::refused("A543", UNREAD);
    let amount = |name: &str| -> Result<Money, Failure> { figure(value(name)).ok_or_else(unread) };
    let month = |name: &str| -> Result<Month, Failure> {
        Day::parse(&format!("{}-01", value(name))).map(Day::month).ok_or_else(unread)
    };
    Ok(KamFigures {
        kam: value("kam").to_owned(),
        months: (month("from")?, month("to")?),
        booked: amount("booked")?,
        baseline: amount("baseline")?,
        doubt: if value("doubt").is_empty() { None } else { Some(amount("doubt")?) },
        cost: amount("cost")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kams_figures_are_read_as_people_write_them() {
        let pairs = [
            ("kam", " Karin "),
            ("from", "2025-01"),
            ("to", "2025-12"),
            ("booked", "900 000"),
            ("baseline", "700000"),
            ("doubt", ""),
            ("cost", "50 000"),
        ];
        let said: Said = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let Ok(told) = figures(&said) else { panic!("not read") };
        assert_eq!((told.kam.as_str(), told.booked, told.doubt), ("Karin", Money::whole(900_000), None));
        assert_eq!(told.brought().value, Money::whole(200_000));
        assert!(figures(&said[..4].to_vec()).is_err(), "an amount is missing");
    }
}
