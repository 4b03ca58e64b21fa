//! Lines a second and peak memory of an import, beside `sqlite3 .import` of the same file in the same run.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::day_and_machine;
use crate::{server, shell};

/// Real deliveries of one vendor to every shop of a state. Their licence is unverified, so they stay outside the repository.
const FILES: &[(&str, &str)] = &[
    ("monthly rows 2019-01..2022-10", "sellout_monthly_sazerac.csv"),
    ("delivery lines 2022-05..10", "sellout_lines_sazerac_2022h2.csv"),
];

struct Run {
    seconds: f64,
    kilobytes: u64,
}

/// Imports each file with both programs and writes the table.
pub fn run() -> Result<()> {
    let shared = shell::shared().context("the shared test material is not beside this repository")?;
    if !shell::has("sqlite3") {
        bail!("sqlite3 is not there: run `cargo xtask setup`");
    }
    server::build()?;
    let folder = tempfile::tempdir()?;
    let mut text = format!(
        "# Import beside sqlite3\n\n`cargo xtask bench import`, {}. Both read the same unpacked CSV into an empty file with the partners \
         already in; `sqlite3 .import` stores cells as text without checking anything, Spelplan checks every cell, looks for duplicates, \
         finds each line's partner and category and keeps the roll-up. Peak memory as the kernel counts it (VmHWM).\n\n\
         | file | lines | program | seconds | lines/s | peak MB |\n|---|---:|---|---:|---:|---:|\n",
        day_and_machine()
    );
    for (title, name) in FILES {
        let csv = unpack(&shared.join("data/iowa").join(format!("{name}.gz")), &folder, name)?;
        let lines = std::fs::read(&csv)?.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1);
        let ours = spelplan(&shared, &csv, &folder)?;
        let theirs = sqlite3(&csv, &folder)?;
        for (program, run) in [("spelplan import", ours), ("sqlite3 .import", theirs)] {
            let rate = lines as f64 / run.seconds;
            let megabytes = run.kilobytes / 1024;
            let row = format!("| {title} | {lines} | `{program}` | {:.2} | {rate:.0} | {megabytes} |", run.seconds);
            println!("{row}");
            writeln!(text, "{row}")?;
        }
    }
    std::fs::create_dir_all(shell::root().join("docs/bench"))?;
    std::fs::write(shell::root().join("docs/bench/import.md"), text).context("docs/bench/import.md")
}

fn unpack(packed: &Path, folder: &TempDir, name: &str) -> Result<PathBuf> {
    let to = folder.path().join(name);
    let file = std::fs::File::create(&to)?;
    shell::run(Command::new("gzip").args(["-dc"]).arg(packed).stdout(file))?;
    Ok(to)
}

fn spelplan(shared: &Path, csv: &Path, folder: &TempDir) -> Result<Run> {
    let db = folder.path().join("spelplan.db");
    for ending in ["db", "db-wal", "db-shm"] {
        let _ = std::fs::remove_file(db.with_extension(ending));
    }
    let import = |file: &Path| {
        let mut command = Command::new(server::binary());
        command.arg("import").arg(file).arg("--db").arg(&db);
        command
    };
    shell::output(&mut import(&shared.join("data/iowa/partners.csv")))?;
    timed(&mut import(csv))
}

fn sqlite3(csv: &Path, folder: &TempDir) -> Result<Run> {
    let db = folder.path().join("sqlite3.db");
    let _ = std::fs::remove_file(&db);
    let mut command = Command::new("sqlite3");
    timed(
        command.arg(&db).arg("PRAGMA journal_mode=WAL").arg(".mode csv").arg(format!(".import {} line", csv.display())),
    )
}

/// Seconds from start to end, and the most memory the process was seen to use.
fn timed(command: &mut Command) -> Result<Run> {
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut kilobytes = 0;
    let status = loop {
        kilobytes = server::peak_memory(child.id()).unwrap_or(0).max(kilobytes);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    if !status.success() {
        let told = child.wait_with_output()?;
        bail!("ended with {status}: {}", String::from_utf8_lossy(&told.stderr).trim());
    }
    Ok(Run { seconds: began.elapsed().as_secs_f64(), kilobytes })
}
