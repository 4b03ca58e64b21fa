//! The one binary: data in, a plan out, a judge, reports, and the server. It reaches everything through `app`.
#![allow(clippy::disallowed_methods, reason = "the command line is where files and the environment are read")]

mod analyst_arguments;
mod arguments;
mod commands;
mod effect_arguments;
mod mail_arguments;
mod meetings_arguments;
mod output;
mod people_arguments;
mod planning_arguments;
mod provider_arguments;
mod roads_arguments;
mod territories_arguments;
mod time_arguments;
mod upkeep_arguments;
mod values;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
    let done = match arguments.command {
        Command::Demo(demo) => commands::demo(demo).await,
        Command::Import(import) => commands::import(import).await,
        Command::Plan(plan) => commands::plan(plan).await,
        Command::Replan(replan) => commands::replan(replan).await,
        Command::Coverage(coverage) => commands::coverage(coverage).await,
        Command::Territories(territories) => commands::territories(territories).await,
        Command::Briefing(briefing) => commands::briefing(briefing).await,
        Command::Meetings(meetings) => commands::meetings(meetings).await,
        Command::Upkeep(upkeep) => commands::upkeep(upkeep).await,
        Command::Time(time) => commands::time(time).await,
        Command::Check(check) => commands::check(check).await,
        Command::Model(model) => commands::model(model).await,
        Command::People(people) => commands::people(people).await,
        Command::Audit(audit) => commands::audit(audit).await,
        Command::Report(report) => commands::report(report).await,
        Command::Roads(roads) => commands::roads(roads).await,
        Command::Learn(learn) => commands::learn(learn).await,
        Command::Effect(effect) => commands::effect(effect).await,
        Command::Serve(serve) => commands::serve(serve).await,
        Command::Undo(undo) => commands::undo(undo).await,
        Command::Imports(imports) => commands::imports(imports).await,
        Command::Clear(clear) => commands::clear(clear).await,
    };
    done.unwrap_or_else(|failure| failure.report())
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SPELPLAN_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
