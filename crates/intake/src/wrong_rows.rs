//! Wrong rows back as files: as they stood, with what is wrong and what to do in columns of their own. Corrected, the
//! same file is handed in again; the added columns are passed over then.

use crate::{ImportPlan, WrongRow};

/// Columns added to what stood in the file.
const ADDED: [&str; 7] =
    ["wrong_line", "wrong_code", "wrong_column", "wrong_cause", "wrong_remedy", "fel_orsak", "fel_åtgärd"];

/// One CSV file (UTF-8, commas) for each source with wrong rows: its name and its bytes.
pub fn wrong_rows_csv(plan: &ImportPlan) -> Vec<(String, Vec<u8>)> {
    plan.wrong.iter().map(|(source, header, rows)| (name(source), file(header, rows))).collect()
}

fn name(source: &str) -> String {
    let plain = source.strip_suffix(".gz").unwrap_or(source);
    let plain = ["csv", "txt", "xlsx", "parquet"]
        .iter()
        .find_map(|end| plain.strip_suffix(&format!(".{end}")))
        .unwrap_or(plain);
    format!("{plain}.wrong.csv")
}

fn file(header: &[String], rows: &[WrongRow]) -> Vec<u8> {
    let n_added = header.iter().filter(|cell| ADDED.contains(&cell.as_str())).count();
    let own = header.len() - n_added;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let all = header[..own].iter().map(String::as_str).chain(ADDED);
    // Writing into memory does not fail.
    let _ = writer.write_record(all);
    for row in rows {
        let cells = (0..own).map(|at| row.cells.get(at).cloned().unwrap_or_default());
        let _ = writer.write_record(cells.chain(added(row)));
    }
    writer.into_inner().unwrap_or_default()
}

/// What is wrong, several faults of one row joined by bars.
fn added(row: &WrongRow) -> [String; 7] {
    let joined =
        |part: &dyn Fn(&crate::RowError) -> String| row.errors.iter().map(part).collect::<Vec<_>>().join(" | ");
    let line = row.errors.first().map(|error| error.line.to_string()).unwrap_or_default();
    [
        line,
        joined(&|error| error.code.to_owned()),
        joined(&|error| error.column.clone()),
        joined(&|error| error.cause.clone()),
        joined(&|error| error.remedy.clone()),
        joined(&|error| error.cause_sv.clone()),
        joined(&|error| error.remedy_sv.clone()),
    ]
}
