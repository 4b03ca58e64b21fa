//! Reports: facts and results become one table each, the same on screen, in files and over the wire.
//! Leaves to others: what the figures mean (the steps) and who may see them (app).

mod coverage;
mod coverage_year;
mod left_out;
mod open_goals;
mod potential;
mod potential_categories;
mod potential_check;
mod season_plan;
mod table;
mod totals;

use std::collections::BTreeMap;

use spelplan_coverage::year::YearLine;
use spelplan_facts::{Day, Facts, PamId, PartnerId, SeasonPlan, Text};
use spelplan_focus::{OpenGoal, PartnerPotential};

pub use table::{Cell, Column, Table, column};

/// Every report; the place to list a new one. Web, API and command line read this list.
pub static REPORTS: &[&Report] = &[
    &open_goals::REPORT,
    &potential::REPORT,
    &potential_categories::REPORT,
    &potential_check::REPORT,
    &season_plan::REPORT,
    &left_out::REPORT,
    &coverage::REPORT,
    &coverage_year::REPORT,
    &totals::REPORT,
];

/// A report: its stable code, its title and how it is made.
pub struct Report {
    /// Stable word: in addresses, on the command line, as file name.
    pub code: &'static str,
    /// As users see it.
    pub title: Text,
    /// Whether it needs a season plan.
    pub of_plan: bool,
    /// Makes the table.
    pub make: fn(&Material) -> Table,
}

impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Report({})", self.code)
    }
}

/// What reports are made of. Partners that the reader may not see are not in it.
#[derive(Debug)]
pub struct Material<'a> {
    /// What is known.
    pub facts: &'a Facts,
    /// The day the figures are computed for.
    pub as_of: Day,
    /// Open goals to show, in the order to show them.
    pub goals: Vec<&'a OpenGoal>,
    /// The plan, for reports of a plan.
    pub plan: Option<&'a SeasonPlan>,
    /// Partners' years to show, in the order to show them; empty for other reports.
    pub year: Vec<&'a YearLine>,
    /// Next planned visit per partner.
    pub next_visits: &'a BTreeMap<PartnerId, Day>,
    /// Sums over everything the reader may see.
    pub totals: Totals,
}

/// Sums for the totals report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Partners.
    pub partners: i64,
    /// Contacts.
    pub contacts: i64,
    /// PAMs.
    pub pams: i64,
    /// Sale lines.
    pub lines: i64,
    /// Visits and touches.
    pub touches: i64,
    /// Quotas.
    pub quotas: i64,
    /// Revenue.
    pub revenue: spelplan_facts::Money,
    /// Margin of lines whose cost is known.
    pub margin: spelplan_facts::Money,
    /// First and last day of a line.
    pub days: Option<(Day, Day)>,
}

/// Code of the report on a year's coverage, whose rows the application gathers.
pub const YEAR: &str = coverage_year::CODE;

/// The report with that code.
pub fn named(code: &str) -> Option<&'static Report> {
    REPORTS.iter().copied().find(|report| report.code == code)
}

/// Partners' possibilities, in the order of the goals to show.
fn potentials_shown(material: &Material) -> Vec<PartnerPotential> {
    let all = spelplan_focus::potentials(material.facts, material.as_of);
    let of =
        |goal: &&OpenGoal| all.binary_search_by_key(&goal.partner, |one| one.partner).ok().map(|at| all[at].clone());
    material.goals.iter().filter_map(of).collect()
}

/// Key and name of a PAM, for cells.
fn pam_cells(facts: &Facts, pam: Option<PamId>) -> [Cell; 2] {
    match pam.and_then(|pam| facts.pam(pam)) {
        Some(pam) => [Cell::text(&pam.key), Cell::text(&pam.name)],
        None => [Cell::Empty, Cell::Empty],
    }
}

/// Key and name of a partner, for cells.
fn partner_cells(facts: &Facts, partner: PartnerId) -> [Cell; 2] {
    match facts.partner(partner) {
        Some(partner) => [Cell::text(&partner.key), Cell::text(&partner.name)],
        None => [Cell::Empty, Cell::Empty],
    }
}
