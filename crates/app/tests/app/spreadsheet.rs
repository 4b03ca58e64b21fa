//! A spreadsheet reproduces a figure: the exported lines in LibreOffice, weight times margin by formula, and their sum. Needs LibreOffice
//! Calc (`apt-get install libreoffice-calc`, half a gigabyte), and so stays out of the gate:
//! `cargo nextest run --workspace --run-ignored only -E 'test(a_spreadsheet_reproduces)'`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "what LibreOffice reads and writes are files")]

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use crate::effect::{files, take_in};
use crate::shared::open_on;
use spelplan_app::effect::EffectScope;
use spelplan_facts::{Day, Language};

/// Text with commas, cells as they are and not as they look.
const CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false";

/// What LibreOffice makes of that file, row by row.
fn recalculated(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut office = Command::new("soffice");
    office.args(["--headless", &profile, "--convert-to", CSV, "--outdir"]).arg(folder).arg(folder.join(name));
    let ended = office.output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let text = std::fs::read_to_string(folder.join(name).with_extension("csv")).unwrap();
    text.lines().map(|line| line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect()).collect()
}

/// Amount, weight and their product by formula in each row; the sum of the products in the last.
fn sheet(rows: &[(f64, f64)]) -> String {
    let mut text = r#"<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="lines">"#.to_owned();
    let number = |value: f64| format!(r#"<table:table-cell office:value-type="float" office:value="{value}"/>"#);
    for (at, (amount, weight)) in rows.iter().enumerate() {
        let (row, amount, weight) = (at + 1, number(*amount), number(*weight));
        let product = format!(r#"<table:table-cell table:formula="of:=[.A{row}]*[.B{row}]"/>"#);
        write!(text, "<table:table-row>{amount}{weight}{product}</table:table-row>").unwrap();
    }
    let sum = format!(r#"<table:table-cell table:formula="of:=SUM([.C1:.C{}])"/>"#, rows.len());
    write!(text, "<table:table-row><table:table-cell/><table:table-cell/>{sum}</table:table-row>").unwrap();
    text + "</table:table></office:spreadsheet></office:body></office:document>"
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs LibreOffice Calc"]
async fn a_spreadsheet_reproduces_a_figure_from_its_exported_lines() {
    let opened = open_on(Day::new(2025, 12, 31).unwrap()).await;
    for (name, content) in files() {
        take_in(&opened, name, &content).await;
    }
    let (app, actor, all) = (&opened.app, &opened.actor, EffectScope::Everybody);
    let page = app.effect(actor, all).await.unwrap();
    let figure = page.found.as_ref().as_ref().unwrap().brought.unwrap().value.units();
    let table = app.receipt_table(actor, all).await.unwrap();
    let folder = tempfile::tempdir().unwrap();

    // Our own workbook, opened there: amount, weight and product of every line.
    std::fs::write(folder.path().join("exported.xlsx"), table.xlsx(Language::English).unwrap()).unwrap();
    let exported = recalculated(folder.path(), "exported.xlsx");
    let cell = |row: &[String], at: usize| row[at].parse::<f64>().unwrap();
    let rows: Vec<&Vec<String>> = exported.iter().filter(|row| row[0].parse::<i64>().is_ok()).collect();
    assert_eq!(rows.len(), table.rows.len());
    let theirs: f64 = rows.iter().map(|row| cell(row, 6)).sum();
    let lines: Vec<(f64, f64)> = rows.iter().map(|row| (cell(row, 4), cell(row, 5))).collect();

    // The same lines in a sheet that holds nothing but them and formulas.
    std::fs::write(folder.path().join("formulas.fods"), sheet(&lines)).unwrap();
    let counted = recalculated(folder.path(), "formulas.fods");
    let sum = cell(counted.last().unwrap(), 2);
    println!("{} lines: figure {figure:.4}, their SUM {sum:.4}, products in our workbook {theirs:.4}", lines.len());
    assert!((sum - figure).abs() < 0.01, "{sum} {figure}");
    assert!((theirs - figure).abs() < 0.01, "{theirs} {figure}");
}
