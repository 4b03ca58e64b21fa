//! Who gets no visit in the season, and why not.

use spelplan_facts::{LeftOut, Text};

use crate::{Cell, Column, Material, Report, Table, column, pam_cells, partner_cells};

pub(crate) static REPORT: Report =
    Report { code: "left-out", title: Text { sv: "Utan besök", en: "Without a visit" }, of_plan: true, make };

fn columns() -> Vec<Column> {
    vec![
        column("partner_id", "Partnernr", "Partner no."),
        column("partner", "Partner", "Partner"),
        column("city", "Ort", "Town"),
        column("country", "Land", "Country"),
        column("pam_id", "PAM-nr", "PAM no."),
        column("pam", "PAM", "PAM"),
        column("reason", "Skäl", "Reason"),
        column("words", "Skäl i ord", "Reason in words"),
        column("best_gain", "Bästa förväntade effekt (TB)", "Best expected gain"),
    ]
}

fn make(material: &Material) -> Table {
    let left_out = material.plan.map_or(&[][..], |plan| &plan.left_out);
    Table { name: REPORT.code, columns: columns(), rows: left_out.iter().map(|one| row(material, one)).collect() }
}

fn row(material: &Material, one: &LeftOut) -> Vec<Cell> {
    let partner = material.facts.partner(one.partner);
    let [key, name] = partner_cells(material.facts, one.partner);
    let [pam_key, pam_name] = pam_cells(material.facts, partner.and_then(|partner| partner.pam));
    let city = partner.map_or(Cell::Empty, |partner| Cell::text(&partner.city));
    let country = partner.map_or(Cell::Empty, |partner| Cell::text(&partner.country));
    let reason = [Cell::text(one.reason.code()), Cell::text(one.reason.text().en)];
    let [code, words] = reason;
    vec![key, name, city, country, pam_key, pam_name, code, words, Cell::Money(one.gain)]
}
