//! Open goals with potential and band, one row per partner.

use spelplan_facts::Text;
use spelplan_focus::{OpenGoal, PotentialSource};

use crate::{Cell, Column, Material, Report, Table, column, pam_cells, partner_cells};

pub(crate) static REPORT: Report =
    Report { code: "open-goals", title: Text { sv: "Öppna mål", en: "Open goals" }, of_plan: false, make };

fn columns() -> Vec<Column> {
    vec![
        column("rank", "Rang", "Rank"),
        column("partner_id", "Partnernr", "Partner no."),
        column("partner", "Partner", "Partner"),
        column("city", "Ort", "Town"),
        column("country", "Land", "Country"),
        column("segment", "Segment", "Segment"),
        column("pam_id", "PAM-nr", "PAM no."),
        column("pam", "PAM", "PAM"),
        column("score_per_hour", "TB per timme", "Margin per hour"),
        column("visit_gain_low", "Besökets effekt, låg", "Gain of a visit, low"),
        column("visit_gain", "Besökets effekt", "Gain of a visit"),
        column("visit_gain_high", "Besökets effekt, hög", "Gain of a visit, high"),
        column("at_stake_low", "TB att vinna per år, låg", "Margin at stake a year, low"),
        column("at_stake", "TB att vinna per år", "Margin at stake a year"),
        column("at_stake_high", "TB att vinna per år, hög", "Margin at stake a year, high"),
        column("potential_low", "Potential, låg", "Potential, low"),
        column("potential", "Potential", "Potential"),
        column("potential_high", "Potential, hög", "Potential, high"),
        column("potential_source", "Potentialens källa", "Source of potential"),
        column("headroom", "Utrymme", "Headroom"),
        column("sales_12_months", "Försäljning 12 mån", "Sales 12 months"),
        column("margin_share", "Täckningsgrad", "Margin share"),
        column("relationship", "Relationsstyrka", "Relationship strength"),
        column("touches_month", "Kontakter per månad", "Touches a month"),
        column("last_visit", "Senaste besök", "Last visit"),
        column("next_visit", "Nästa planerade", "Next planned"),
        column("obstacle", "Varför inte", "Why not"),
    ]
}

fn make(material: &Material) -> Table {
    let rows = material.goals.iter().map(|goal| row(material, goal)).collect();
    Table { name: REPORT.code, columns: columns(), rows }
}

fn row(material: &Material, goal: &OpenGoal) -> Vec<Cell> {
    let partner = material.facts.partner(goal.partner);
    let word = |field: fn(&spelplan_facts::Partner) -> &String| partner.map_or(Cell::Empty, |p| Cell::text(field(p)));
    let [key, name] = partner_cells(material.facts, goal.partner);
    let [pam_key, pam_name] = pam_cells(material.facts, partner.and_then(|partner| partner.pam));
    let mut cells = vec![Cell::Whole(goal.rank as i64), key, name];
    cells.extend([word(|p| &p.city), word(|p| &p.country), word(|p| &p.segment), pam_key, pam_name]);
    cells.push(Cell::Money(goal.score));
    for band in [goal.gains[0], goal.at_stake, goal.potential] {
        cells.extend([band.low, band.value, band.high].map(Cell::Money));
    }
    cells.push(Cell::Text(source(&goal.potential_source)));
    cells.extend([Cell::Money(goal.headroom), Cell::Money(goal.sales_year)]);
    cells.extend([goal.margin_share.0, goal.strength.0, goal.touches_month].map(Cell::Number));
    cells.push(Cell::day(goal.last_visit));
    cells.push(Cell::day(material.next_visits.get(&goal.partner).copied()));
    cells.push(goal.obstacle.map_or(Cell::Empty, |reason| Cell::text(reason.code())));
    cells
}

pub(crate) fn source(source: &PotentialSource) -> String {
    match source {
        PotentialSource::LookAlikes { peers } => format!("look-alikes ({peers})"),
        PotentialSource::OwnBest => "own best year".to_owned(),
        PotentialSource::ByRule => "by rule".to_owned(),
        PotentialSource::Judged => "weighed with a person's figure".to_owned(),
    }
}
