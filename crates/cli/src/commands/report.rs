//! `spelplan report`: one table as CSV, JSON or XLSX.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use spelplan_app::open_goals::{OpenGoalFilter, Show};
use spelplan_facts::{Language, PlanId};

use super::{Done, open};
use crate::arguments::ReportArguments;
use crate::output::note;

/// Writes the report.
pub async fn report(arguments: ReportArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let everybody = OpenGoalFilter { show: Show::All, ..OpenGoalFilter::default() };
    let table = app.report(&actor, &arguments.name, &everybody, arguments.plan.map(PlanId)).await?;
    let format = if arguments.json { "json" } else { arguments.format.as_str() };
    let bytes = match format {
        "json" => format!("{:#}\n", table.json()).into_bytes(),
        "xlsx" => {
            table.xlsx(Language::English).map_err(anyhow::Error::from).context("the workbook could not be written")?
        }
        _ => table.csv(),
    };
    app.exported(&actor, &format!("{}.{format}", table.name)).await?;
    match &arguments.output {
        Some(path) => {
            std::fs::write(path, &bytes).with_context(|| format!("{} could not be written", path.display()))?;
            note(&format!("{} rows written to {}", table.rows.len(), path.display()));
        }
        None => {
            let _ = std::io::stdout().write_all(&bytes);
        }
    }
    Ok(ExitCode::SUCCESS)
}
