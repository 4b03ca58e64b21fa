//! `spelplan import`: read, show, and — unless told otherwise — commit exactly what was shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use serde_json::{Value, json};
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::import::{ImportFile, ImportPreview};
use spelplan_app::intake::{Counts, Kind, Options, RowError};
use spelplan_app::jobs::Progress;

use super::{Done, open};
use crate::arguments::ImportArguments;
use crate::output::{Failure, REFUSED, grouped, money, note, say, watched};

/// Imports files; exit code 3 and an untouched database where rows are wrong.
pub async fn import(arguments: ImportArguments) -> Done {
    let options = options(&arguments)?;
    let (app, actor) = open(&arguments.database).await?;
    let files = read(&arguments.files)?;
    let progress = Arc::new(Progress::default());
    let id = watched("Reading", Arc::clone(&progress), app.read_files(&actor, files, options)).await?;
    let preview = app.preview(&actor, id).await?;
    let wrong_rows = write_wrong_rows(&app, &actor, id, arguments.wrong_rows.as_deref()).await?;
    let refused = preview.n_wrong > 0 && !arguments.good_rows_only;
    let committed = if arguments.dry_run || refused || preview.n_written == 0 {
        None
    } else {
        let work = app.commit_import(&actor, id, arguments.good_rows_only, Arc::clone(&progress));
        Some(watched("Importing", progress, work).await?)
    };
    if arguments.json {
        say(&as_json(&preview, committed, &wrong_rows).to_string());
    } else {
        tell(&preview);
    }
    conclude(&arguments, &preview, committed, refused)
}

fn conclude(arguments: &ImportArguments, preview: &ImportPreview, committed: Option<i64>, refused: bool) -> Done {
    let line = match committed {
        Some(import) => format!(
            "Imported as number {import}. Take it back with: spelplan undo {import} --db {}",
            arguments.database.location
        ),
        None if arguments.dry_run => "Nothing was changed (--dry-run).".to_owned(),
        None if refused => {
            let words = format!(
                "A123 {} rows are wrong, so nothing was imported. Correct them, or import the others with --good-rows-only; --wrong-rows FOLDER writes them out with their reasons",
                preview.n_wrong
            );
            return Err(Failure { exit: REFUSED, words });
        }
        None => "Everything was there already; nothing was changed.".to_owned(),
    };
    if !arguments.json {
        say(&line);
    }
    Ok(ExitCode::SUCCESS)
}

fn options(arguments: &ImportArguments) -> Result<Options, Failure> {
    let usage = |words: String| Failure { exit: 2, words };
    let kind = match &arguments.kind {
        Some(code) => {
            let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
            let words = format!("`{code}` is not something a file can hold. Say one of {}", known.join(", "));
            Some(Kind::coded(code).ok_or_else(|| usage(words))?)
        }
        None => None,
    };
    let mut columns = BTreeMap::new();
    for pair in &arguments.columns {
        let (field, header) = pair
            .split_once('=')
            .ok_or_else(|| usage(format!("`{pair}` is not FIELD=HEADER, for example partner_id=Kundnr")))?;
        columns.insert(field.to_owned(), header.to_owned());
    }
    Ok(Options { kind, country: arguments.country.clone(), columns, ..Options::default() })
}

fn read(paths: &[PathBuf]) -> Result<Vec<ImportFile>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        for path in within(path)? {
            let bytes = std::fs::read(&path).with_context(|| {
                format!("A124 {} could not be read. Is the path right, and may you read it?", path.display())
            })?;
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            files.push(ImportFile { name, bytes });
        }
    }
    Ok(files)
}

/// The file itself, or the files of the folder in order of name; hidden ones and licences are passed over.
fn within(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries =
        std::fs::read_dir(path).with_context(|| format!("A124 the folder {} could not be read", path.display()))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| is_readable(path)).collect();
    files.sort();
    Ok(files)
}

fn is_readable(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    path.is_file() && [".csv", ".csv.gz", ".tsv", ".xlsx", ".parquet"].iter().any(|ending| name.ends_with(ending))
}

async fn write_wrong_rows(
    app: &App,
    actor: &Actor,
    preview: u64,
    folder: Option<&Path>,
) -> Result<Vec<String>, Failure> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    std::fs::create_dir_all(folder).with_context(|| format!("the folder {} could not be made", folder.display()))?;
    let mut written = Vec::new();
    for (name, bytes) in app.wrong_rows(actor, preview).await? {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("{} could not be written", path.display()))?;
        note(&format!("wrong rows written to {}", path.display()));
        written.push(path.display().to_string());
    }
    Ok(written)
}

fn tell(preview: &ImportPreview) {
    for (kind, counts) in &preview.counts {
        let Counts { new, changed, same, duplicate, wrong } = *counts;
        let [new, changed, same, duplicate, wrong] =
            [new, changed, same, duplicate, wrong].map(|count| grouped(count as u64));
        say(&format!(
            "{:<9} {new} new, {changed} changed, {same} same, {duplicate} duplicate, {wrong} wrong",
            kind.code()
        ));
    }
    if let (Some((first, last)), Some(currency)) = (preview.days, &preview.currency) {
        say(&format!("Lines from {first} to {last}, revenue {}.", money(preview.revenue, currency)));
    }
    for notice in &preview.notices {
        say(&format!("Note {}: {}", notice.code, notice.en));
    }
    for (kind, key, name, sought) in preview.unplaced.iter().take(10) {
        say(&format!("Not placed: {} {key} {name} ({sought})", kind.code()));
    }
    if preview.n_unplaced > 10 {
        say(&format!("… and {} more that could not be placed.", preview.n_unplaced - 10));
    }
    for error in preview.errors.iter().take(20) {
        note(&error.to_string());
    }
    if preview.errors.len() > 20 {
        note("… and more; --wrong-rows FOLDER writes them all out with their reasons");
    }
}

/// Counts per kind for machines.
pub fn counts_as_json(counts: &[(Kind, Counts)]) -> Value {
    let rows = counts.iter().map(|(kind, counts)| {
        let Counts { new, changed, same, duplicate, wrong } = counts;
        let value = json!({"new": new, "changed": changed, "same": same, "duplicate": duplicate, "wrong": wrong});
        (kind.code().to_owned(), value)
    });
    Value::Object(rows.collect())
}

fn error_as_json(error: &RowError) -> Value {
    json!({
        "code": error.code, "file": error.source_name, "row": error.line, "column": error.column,
        "cause": error.cause, "remedy": error.remedy,
    })
}

fn as_json(preview: &ImportPreview, committed: Option<i64>, wrong_rows: &[String]) -> Value {
    json!({
        "import": committed, "sources": preview.sources, "counts": counts_as_json(&preview.counts),
        "wrong": preview.n_wrong, "written": if committed.is_some() { preview.n_written } else { 0 },
        "errors": preview.errors.iter().map(error_as_json).collect::<Vec<_>>(),
        "unplaced": preview.n_unplaced, "revenue": preview.revenue.units(), "currency": preview.currency,
        "notices": preview.notices.iter().map(|notice| json!({"code": notice.code, "text": notice.en})).collect::<Vec<_>>(),
        "wrong_rows": wrong_rows,
    })
}
