//! Formats: one file per format. Each says which of the files handed in are its own and reads them; a new one is
//! listed here.

mod adventureworks;
mod csv;
mod parquet;
mod xlsx;

use spelplan_facts::Text;

use crate::cells::Rows;
use crate::errors::Complaint;
use crate::{Batch, IntakeError, Options, Source};

pub(crate) use self::csv::SeparatedRows;

/// A format of files.
#[derive(Debug)]
pub struct Format {
    /// Stable word for the command line.
    pub code: &'static str,
    /// As users see it.
    pub title: Text,
    /// Which of the files are this format's, told by their content.
    claims: fn(&[Source<'_>]) -> Vec<usize>,
    /// Reads them.
    read: fn(&[Source<'_>], &Options) -> Result<Vec<Batch>, IntakeError>,
}

/// Every format; asked in this order, so what any text file would satisfy comes last.
static FORMATS: &[&Format] = &[&adventureworks::FORMAT, &parquet::FORMAT, &xlsx::FORMAT, &csv::FORMAT];

/// Every format that can be read.
pub fn formats() -> &'static [&'static Format] {
    FORMATS
}

/// Lets each format claim its files and read them; batches come in the order of the files.
pub(crate) fn read_all(sources: &[Source<'_>], options: &Options) -> Result<Vec<Batch>, IntakeError> {
    let wanted = options.format.as_deref();
    if let (Some(code), Some(source)) = (wanted, sources.first())
        && FORMATS.iter().all(|format| format.code != code)
    {
        return Err(unknown_format(source.name, code));
    }
    let mut left: Vec<usize> = (0..sources.len()).collect();
    let mut read: Vec<(usize, Batch)> = Vec::new();
    for format in FORMATS.iter().filter(|format| wanted.is_none_or(|code| code == format.code)) {
        let offered: Vec<Source<'_>> = left.iter().map(|&at| sources[at]).collect();
        let claimed = if wanted.is_some() { (0..offered.len()).collect() } else { (format.claims)(&offered) };
        let Some(&first) = claimed.first() else { continue };
        let own: Vec<Source<'_>> = claimed.iter().map(|&at| offered[at]).collect();
        let place = left[first];
        read.extend((format.read)(&own, options)?.into_iter().map(|batch| (place_of(sources, &batch, place), batch)));
        left = (0..left.len()).filter(|at| !claimed.contains(at)).map(|at| left[at]).collect();
    }
    read.sort_by_key(|(place, _)| *place);
    Ok(read.into_iter().map(|(_, batch)| batch).collect())
}

/// Walks the rows of one sheet of a file again.
pub(crate) fn with_rows(
    source: &Source<'_>,
    format: &str,
    sheet: usize,
    each: &mut dyn FnMut(&dyn Rows) -> Result<(), IntakeError>,
) -> Result<(), IntakeError> {
    match format {
        "xlsx" => xlsx::with_rows(source, sheet, each),
        "parquet" => parquet::with_rows(source, each),
        _ => csv::with_rows(source, each),
    }
}

/// Where among the files a batch belongs: at its own file, else where its group begins.
fn place_of(sources: &[Source<'_>], batch: &Batch, otherwise: usize) -> usize {
    sources.iter().position(|source| source.name == batch.source).unwrap_or(otherwise)
}

fn unknown_format(source: &str, code: &str) -> IntakeError {
    let known = FORMATS.iter().map(|format| format.code).collect::<Vec<_>>().join(", ");
    Complaint::new(
        "I005",
        (format!("there is no format \"{code}\"; there are {known}"), "Leave the format out, or name one of these"),
        (format!("det finns inget format \"{code}\"; det finns {known}"), "Utelämna formatet, eller ange ett av dessa"),
    )
    .of_file(source)
}
