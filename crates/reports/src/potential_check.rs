//! How good the potentials are: quantiles on partners held out, and what a year has shown of the headroom at its beginning.

use spelplan_facts::{Money, Text};
use spelplan_focus::{BackTest, HeldOut, back_test, held_out};

use crate::{Cell, Material, Report, Table, column};

pub(crate) static REPORT: Report = Report {
    code: "potential-check",
    title: Text { sv: "Hur bra potentialen är", en: "How good the potential is" },
    of_plan: false,
    make,
};

fn make(material: &Material) -> Table {
    let columns = vec![
        column("measure", "Mått", "Measure"),
        column("group", "Grupp", "Group"),
        column("partners", "Partner", "Partners"),
        column("expected", "Väntat", "Expected"),
        column("found", "Funnet", "Found"),
        column("baseline", "Jämförelse", "Baseline"),
        column("segment_baseline", "Jämförelse per segment", "Baseline by segment"),
    ];
    let mut rows = Vec::new();
    if let Some(held_out) = held_out(material.facts, material.as_of) {
        of_held_out(&held_out, &mut rows);
    }
    if let Some(test) = back_test(material.facts, material.as_of) {
        of_back_test(&test, &mut rows);
    }
    Table { name: REPORT.code, columns, rows }
}

fn row(measure: &str, group: &str, partners: usize, figures: [Cell; 4]) -> Vec<Cell> {
    let mut cells = vec![Cell::text(measure), Cell::text(group), Cell::Whole(partners as i64)];
    cells.extend(figures);
    cells
}

fn of_held_out(found: &HeldOut, rows: &mut Vec<Vec<Cell>>) {
    let all = found.partners;
    for check in &found.levels {
        let figures = [Cell::Number(check.level.0), Cell::Number(check.below.0), Cell::Empty, Cell::Empty];
        rows.push(row("share below, held out", &format!("quantile {}", check.level.0), all, figures));
    }
    for (segment, partners, below) in &found.segments {
        let figures = [Cell::Number(0.8), Cell::Number(below.0), Cell::Empty, Cell::Empty];
        rows.push(row("share below, held out", segment, *partners, figures));
    }
    for check in &found.levels {
        let losses = [check.loss, check.loss_of_constant, check.loss_of_segments].map(Cell::Number);
        let [loss, constant, segments] = losses;
        rows.push(row(
            "pinball loss, held out",
            &format!("quantile {}", check.level.0),
            all,
            [Cell::Empty, loss, constant, segments],
        ));
    }
}

fn of_back_test(test: &BackTest, rows: &mut Vec<Vec<Cell>>) {
    let number = Cell::Number;
    let since = format!("known until {}", test.known_until);
    let figures = [number(0.2), number(test.by_headroom), number(test.by_sales), Cell::Empty];
    rows.push(row("rank correlation of headroom and growth", &since, test.partners, figures));
    let figures = [Cell::Empty, number(test.by_relative_headroom), Cell::Empty, Cell::Empty];
    rows.push(row("rank correlation, both over sales", &since, test.partners, figures));
    let figures = [number(0.8), number(test.stayed_below.0), Cell::Empty, Cell::Empty];
    rows.push(row("share of years below the potential", &since, test.partners, figures));
    for (at, (headroom, growth)) in test.tenths.iter().enumerate() {
        let money = |amount: &Money| Cell::Money(*amount);
        let figures = [money(headroom), money(growth), Cell::Empty, Cell::Empty];
        rows.push(row("mean headroom, mean growth", &format!("tenth {}", at + 1), test.partners / 10, figures));
    }
}
