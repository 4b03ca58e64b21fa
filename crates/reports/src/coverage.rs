//! Coverage: how many visits and touches each partner gets in the season, and what they should bring.

use spelplan_facts::{CoverageLine, Text};

use crate::{Cell, Column, Material, Report, Table, column, pam_cells, partner_cells};

pub(crate) static REPORT: Report =
    Report { code: "coverage", title: Text { sv: "Bearbetningsplan", en: "Coverage plan" }, of_plan: true, make };

fn columns() -> Vec<Column> {
    vec![
        column("partner_id", "Partnernr", "Partner no."),
        column("partner", "Partner", "Partner"),
        column("pam_id", "PAM-nr", "PAM no."),
        column("pam", "PAM", "PAM"),
        column("visits", "Besök i säsongen", "Visits in the season"),
        column("visits_planned", "Varav inplanerade", "Of these on a day"),
        column("touches_month", "Digitala kontakter per månad", "Digital touches a month"),
        column("gain_low", "Effekt (TB), låg", "Expected gain, low"),
        column("gain", "Effekt (TB)", "Expected gain"),
        column("gain_high", "Effekt (TB), hög", "Expected gain, high"),
    ]
}

fn make(material: &Material) -> Table {
    let lines = material.plan.map_or(&[][..], |plan| &plan.coverage);
    Table { name: REPORT.code, columns: columns(), rows: lines.iter().map(|line| row(material, line)).collect() }
}

fn row(material: &Material, line: &CoverageLine) -> Vec<Cell> {
    let [key, name] = partner_cells(material.facts, line.partner);
    let [pam_key, pam_name] = pam_cells(material.facts, Some(line.pam));
    let days = material.plan.map_or(&[][..], |plan| &plan.days);
    let planned = days.iter().flat_map(|day| &day.stops).filter(|stop| stop.partner == line.partner).count();
    let mut cells = vec![key, name, pam_key, pam_name, Cell::Whole(line.visits as i64), Cell::Whole(planned as i64)];
    cells.push(Cell::Number(line.touches_month));
    cells.extend([line.gain.low, line.gain.value, line.gain.high].map(Cell::Money));
    cells
}
