//! Files that lie beside the repository; a test that needs them is skipped where they are absent, but never in CI.
#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and the environment, and each uses its part"
)]

use std::path::PathBuf;

use spelplan_intake::{Batch, Counts, ImportPlan, IntakeError, Kind, Known, Options, Source, plan, read_all};

/// The folder of shared data, or `None` with a message.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").is_err(), "CI needs the shared data at {}", folder.display());
    eprintln!("skipped: {} is not here", folder.display());
    None
}

/// Files by their path below the shared data.
pub fn files(names: &[&str]) -> Option<Vec<(String, Vec<u8>)>> {
    let folder = folder()?;
    let read = |name: &&str| (name.rsplit('/').next().unwrap().to_owned(), std::fs::read(folder.join(name)).unwrap());
    Some(names.iter().map(read).collect())
}

/// Reads files as if handed in together.
pub fn read(files: &[(String, Vec<u8>)]) -> Result<Vec<Batch>, IntakeError> {
    let sources: Vec<Source<'_>> = files.iter().map(|(name, bytes)| Source { name, bytes }).collect();
    read_all(&sources, &Options::default())
}

/// Plans files into an empty database.
pub fn planned(files: &[(String, Vec<u8>)]) -> ImportPlan {
    plan(read(files).unwrap(), &Known::default())
}

/// The counts of a kind.
pub fn counts(plan: &ImportPlan, kind: Kind) -> Counts {
    plan.counts.iter().find(|(own, _)| *own == kind).map(|(_, counts)| *counts).unwrap_or_default()
}

/// Two sale lines in Parquet: exact decimals, a date, whole numbers, and a margin that is missing once.
pub fn parquet_sales() -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;

    let schema = "message sales { required binary invoice_line (STRING); required int32 date (DATE);
        required binary partner_id (STRING); required int32 quantity; required int64 revenue (DECIMAL(18,4)); optional double margin; }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let text = |words: [&str; 2]| words.map(ByteArray::from).to_vec();
    let mut n = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        match n {
            0 => column.typed::<ByteArrayType>().write_batch(&text(["A-1", "A-2"]), None, None).unwrap(),
            1 => column.typed::<Int32Type>().write_batch(&[20_487, 20_488], None, None).unwrap(),
            2 => column.typed::<ByteArrayType>().write_batch(&text(["1001", "1002"]), None, None).unwrap(),
            3 => column.typed::<Int32Type>().write_batch(&[2, -1], None, None).unwrap(),
            4 => column.typed::<Int64Type>().write_batch(&[20_249_940, -99_995], None, None).unwrap(),
            _ => column.typed::<DoubleType>().write_batch(&[125.0], Some(&[1, 0]), None).unwrap(),
        };
        column.close().unwrap();
        n += 1;
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}
