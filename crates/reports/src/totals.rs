//! Totals: what is in the database, to reconcile with the source.

use spelplan_facts::Text;

use crate::{Cell, Material, Report, Table, column};

pub(crate) static REPORT: Report =
    Report { code: "totals", title: Text { sv: "Summor", en: "Totals" }, of_plan: false, make };

fn make(material: &Material) -> Table {
    let totals = &material.totals;
    let count = |name: &str, number: i64| vec![Cell::text(name), Cell::Whole(number), Cell::Empty];
    let currency = || Cell::text(&material.facts.settings.currency);
    let mut rows = vec![
        count("partners", totals.partners),
        count("contacts", totals.contacts),
        count("pams", totals.pams),
        count("sale_lines", totals.lines),
        count("touches", totals.touches),
        count("quotas", totals.quotas),
        vec![Cell::text("revenue"), Cell::Money(totals.revenue), currency()],
        vec![Cell::text("margin"), Cell::Money(totals.margin), currency()],
    ];
    if let Some((first, last)) = totals.days {
        rows.push(vec![Cell::text("first_day"), Cell::Day(first), Cell::Empty]);
        rows.push(vec![Cell::text("last_day"), Cell::Day(last), Cell::Empty]);
    }
    rows.push(vec![Cell::text("as_of"), Cell::Day(material.as_of), Cell::Empty]);
    let columns =
        vec![column("what", "Vad", "What"), column("amount", "Värde", "Amount"), column("unit", "Enhet", "Unit")];
    Table { name: REPORT.code, columns, rows }
}
