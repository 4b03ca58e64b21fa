//! Coverage of a year: how often each partner is visited and touched now and as proposed, and what that should bring.

use spelplan_coverage::year::YearLine;
use spelplan_facts::Text;

use crate::{Cell, Column, Material, Report, Table, column, pam_cells, partner_cells};

/// Its stable code.
pub(crate) const CODE: &str = "coverage-year";

pub(crate) static REPORT: Report =
    Report { code: CODE, title: Text { sv: "Årets bearbetning", en: "Coverage of the year" }, of_plan: false, make };

fn columns() -> Vec<Column> {
    vec![
        column("partner_id", "Partnernr", "Partner no."),
        column("partner", "Partner", "Partner"),
        column("segment", "Segment", "Segment"),
        column("pam_id", "PAM-nr", "PAM no."),
        column("pam", "PAM", "PAM"),
        column("visits_now", "Besök per år nu", "Visits a year now"),
        column("visits", "Besök per år, förslag", "Visits a year, proposed"),
        column("interval_days", "Dagar mellan besök", "Days between visits"),
        column("touches_month_now", "Kontakter per månad nu", "Touches a month now"),
        column("touches_month", "Kontakter per månad, förslag", "Touches a month, proposed"),
        column("gain_low", "Effekt (TB), låg", "Expected gain, low"),
        column("gain", "Effekt (TB)", "Expected gain"),
        column("gain_high", "Effekt (TB), hög", "Expected gain, high"),
        column("net", "Netto efter resor och timmar", "Net of travel and hours"),
        column("rules", "Beslut", "Decisions"),
        column("rules_cost", "Vad besluten kostar", "Cost of the decisions"),
        column("left_out", "Varför inget besök", "Why no visit"),
    ]
}

fn make(material: &Material) -> Table {
    let rows = material.year.iter().map(|line| row(material, line)).collect();
    Table { name: REPORT.code, columns: columns(), rows }
}

fn row(material: &Material, line: &YearLine) -> Vec<Cell> {
    let [key, name] = partner_cells(material.facts, line.partner);
    let [pam_key, pam_name] = pam_cells(material.facts, Some(line.pam));
    let segment = material.facts.partner(line.partner).map_or(Cell::Empty, |partner| Cell::text(&partner.segment));
    vec![
        key,
        name,
        segment,
        pam_key,
        pam_name,
        Cell::Number(line.now.visits_year),
        Cell::Whole(line.visits_year() as i64),
        line.interval_days.map_or(Cell::Empty, |days| Cell::Whole(i64::from(days))),
        Cell::Number(line.now.touches_month),
        Cell::Number(line.touches_month),
        Cell::Money(line.gain.low),
        Cell::Money(line.gain.value),
        Cell::Money(line.gain.high),
        Cell::Money(line.net),
        Cell::Whole(line.rules.len() as i64),
        line.rules_cost.map_or(Cell::Empty, Cell::Money),
        line.left_out.map_or(Cell::Empty, |reason| Cell::Text(reason.code().to_owned())),
    ]
}
