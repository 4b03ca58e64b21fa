//! The season plan, one row per visit, in the order they are driven.

use spelplan_facts::{FieldDay, Night, Stop, Text};

use crate::{Cell, Column, Material, Report, Table, column, pam_cells, partner_cells};

pub(crate) static REPORT: Report =
    Report { code: "season-plan", title: Text { sv: "Säsongsplan", en: "Season plan" }, of_plan: true, make };

fn columns() -> Vec<Column> {
    vec![
        column("pam_id", "PAM-nr", "PAM no."),
        column("pam", "PAM", "PAM"),
        column("date", "Datum", "Date"),
        column("trip", "Resa", "Trip"),
        column("stop", "Stopp", "Stop"),
        column("begins", "Från", "From"),
        column("ends", "Till", "To"),
        column("partner_id", "Partnernr", "Partner no."),
        column("partner", "Partner", "Partner"),
        column("city", "Ort", "Town"),
        column("country", "Land", "Country"),
        column("drive_minutes", "Körtid (min)", "Drive (min)"),
        column("drive_km", "Körsträcka (km)", "Drive (km)"),
        column("drive_source", "Körtid från", "Drive time from"),
        column("gain_low", "Effekt (TB), låg", "Expected gain, low"),
        column("gain", "Effekt (TB)", "Expected gain"),
        column("gain_high", "Effekt (TB), hög", "Expected gain, high"),
        column("departs", "Dagen börjar", "Day begins"),
        column("arrives", "Dagen slutar", "Day ends"),
        column("night_after", "Natt", "Night after"),
    ]
}

fn make(material: &Material) -> Table {
    let days = material.plan.map_or(&[][..], |plan| &plan.days);
    let stops = days.iter().flat_map(|day| day.stops.iter().enumerate().map(move |(at, stop)| (day, at, stop)));
    let rows = stops.map(|(day, at, stop)| row(material, day, at, stop)).collect();
    Table { name: REPORT.code, columns: columns(), rows }
}

fn row(material: &Material, day: &FieldDay, at: usize, stop: &Stop) -> Vec<Cell> {
    let partner = material.facts.partner(stop.partner);
    let [pam_key, pam_name] = pam_cells(material.facts, Some(day.pam));
    let [key, name] = partner_cells(material.facts, stop.partner);
    let night = match day.to {
        Night::Home => Cell::Text("home".to_owned()),
        Night::Away { near, .. } => {
            material.facts.partner(near).map_or(Cell::Empty, |partner| Cell::text(&partner.city))
        }
    };
    let mut cells =
        vec![pam_key, pam_name, Cell::Day(day.day), Cell::Whole(day.trip as i64 + 1), Cell::Whole(at as i64 + 1)];
    cells.extend([Cell::Text(stop.begins.to_string()), Cell::Text(stop.ends.to_string()), key, name]);
    cells.push(partner.map_or(Cell::Empty, |partner| Cell::text(&partner.city)));
    cells.push(partner.map_or(Cell::Empty, |partner| Cell::text(&partner.country)));
    cells.extend([Cell::Whole(i64::from(stop.leg.time.0)), Cell::Number((stop.leg.km * 10.0).round() / 10.0)]);
    cells.push(Cell::Text(stop.leg.source.code().to_owned()));
    cells.extend([stop.gain.low, stop.gain.value, stop.gain.high].map(Cell::Money));
    cells.extend([Cell::Text(day.departs.to_string()), Cell::Text(day.arrives.to_string()), night]);
    cells
}
