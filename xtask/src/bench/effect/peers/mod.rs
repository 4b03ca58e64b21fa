//! Other programs for the same estimate, each in a process of its own that reads the same file and measures itself.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use spelplan_effect::adoption::Adoption;
use tempfile::NamedTempFile;

use super::speed::DRAWS;

/// How each is asked.
const SCRIPT: &str = include_str!("peers.py");

/// Who is asked, as the script names them.
pub(super) const PEERS: [&str; 3] = ["diff-diff", "csdid", "differences"];

/// A panel as a file, one row for each unit and month.
pub(super) struct Panel {
    file: NamedTempFile,
    covariates: usize,
}

impl Panel {
    /// Writes it: `id,t,g,y` and the covariates `x0`, `x1` …; `g` is 0 for those never visited.
    pub(super) fn write(panel: &Adoption) -> Result<Panel> {
        let covariates = panel.covariates.first().map_or(0, Vec::len);
        let mut text = String::from("id,t,g,y");
        for at in 0..covariates {
            write!(text, ",x{at}")?;
        }
        text.push('\n');
        for (unit, first) in panel.first.iter().enumerate() {
            for (at, period) in panel.periods.iter().enumerate() {
                let outcome = panel.outcomes[unit * panel.periods.len() + at];
                write!(text, "{unit},{period},{},{outcome}", first.unwrap_or(0))?;
                for value in panel.covariates.get(unit).into_iter().flatten() {
                    write!(text, ",{value}")?;
                }
                text.push('\n');
            }
        }
        let file = NamedTempFile::new()?;
        std::fs::write(file.path(), text)?;
        Ok(Panel { file, covariates })
    }

    /// What that program used and found: `processor seconds,seconds,peak MB,effect`. The seconds are of the estimate alone, the
    /// peak is of its process.
    pub(super) fn estimate(&self, python: &Path, peer: &str) -> Result<String> {
        let mut command = Command::new(python);
        command.args(["-c", SCRIPT, peer]).arg(self.file.path()).args([self.covariates.to_string(), DRAWS.to_string()]);
        for threads in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"] {
            command.env(threads, "1");
        }
        let output = command.output().with_context(|| format!("cannot start {}", python.display()))?;
        let complaints = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "ended with {}: {}", output.status, complaints.trim());
        let printed = String::from_utf8_lossy(&output.stdout);
        let last = printed.lines().last().unwrap_or_default();
        let told: Value = serde_json::from_str(last).with_context(|| format!("the program printed {last:?}"))?;
        let number = |name: &str| told[name].as_f64().with_context(|| format!("no {name}"));
        let (used, waited) = (number("processor")?, number("seconds")?);
        Ok(format!("{used:.2},{waited:.2},{:.0},{:.6}", number("peak")?, number("effect")?))
    }
}
