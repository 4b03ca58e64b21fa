//! The hours as a table: a PAM's own week by week; totals of the weeks for whoever leads; the company's for finance.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Day, Minutes};
use spelplan_reports::{Cell, Column, Table, column};

use super::{TimeClass, TimePage, TimeQuery, Totals};
use crate::access::Actor;
use crate::{App, AppError};

impl App {
    /// The table of what is asked, in minutes.
    #[boxed]
    pub async fn time_table(&self, actor: &Actor, query: TimeQuery) -> Result<Table, AppError> {
        let page = self.time(actor, query).await?;
        let rows = match &page.own {
            Some(own) => own
                .weeks
                .iter()
                .map(|week| row(&actor.name, week.monday, week.monday.plus(6), Totals::of([week])))
                .collect(),
            None => totals(&page),
        };
        Ok(Table { name: "time", columns: columns(), rows })
    }
}

fn totals(page: &TimePage) -> Vec<Vec<Cell>> {
    let (from, to) = (page.range.from, page.range.to);
    let pams = page.pams.iter().map(|pam| row(&pam.name, from, to, pam.all));
    pams.chain(page.company.map(|(_, all)| row("*", from, to, all))).collect()
}

fn row(who: &str, from: Day, to: Day, totals: Totals) -> Vec<Cell> {
    let whole = |time: Minutes| Cell::Whole(i64::from(time.0));
    let head = [Cell::text(who), Cell::Day(from), Cell::Day(to)];
    let classes = totals.classes.into_iter().map(whole);
    head.into_iter().chain(classes).chain([whole(totals.unknown), whole(totals.there_is)]).collect()
}

fn columns() -> Vec<Column> {
    let [field, preparation, digital, administration] = TimeClass::ALL;
    let class = |of: TimeClass| Column { code: of.code(), title: of.text() };
    vec![
        column("pam", "PAM", "PAM"),
        column("from", "Från", "From"),
        column("to", "Till", "To"),
        class(field),
        class(preparation),
        class(digital),
        class(administration),
        column("unknown", "Vet vi inte", "Not known"),
        column("there_is", "Arbetstid", "Working time"),
    ]
}
