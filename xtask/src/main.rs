//! The chores of the house, in Rust: set up, develop, check, test, tidy, measure. `cargo xtask` lists them.
//! Leaves to others: everything the product itself does.
// Chores read clocks, files and the environment; the rule against them is for the steps.
#![allow(clippy::disallowed_methods)]

mod bench;
mod docs;
mod gate;
mod guide;
mod postgres;
mod server;
mod setup;
mod shell;
mod source;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Chores of the Spelplan repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what the tests need (Chromium, PostgreSQL, wrk, npm's packages); quick when all is there
    Setup,
    /// Build and serve a development database on loopback
    Dev {
        /// Database file
        #[arg(long, default_value = "target/dev.db")]
        db: String,
        /// Address to listen on
        #[arg(long, default_value = "127.0.0.1:8480")]
        listen: String,
    },
    /// The fast gate: format, lint, tidy, unit tests
    Check,
    /// The whole gate, or the tests of one room
    Test {
        /// A room, for example `focus`; without it, everything
        room: Option<String>,
    },
    /// House rules that a compiler does not know: doors, sizes, names, absent clocks, error codes, words
    Tidy,
    /// Lint everything, warnings denied
    Clippy,
    /// Run a room's tests and accept its new golden files; look at them with `git diff` before committing
    Golden {
        /// A room, for example `web`
        room: String,
    },
    /// Measure a room (its benches), `pages` (latency of every page), `import` (beside sqlite3 .import), `allocate`, `tours`
    /// or `tours-peers`
    Bench {
        /// A room, `pages`, `import` or `tours-peers`
        room: String,
        #[command(flatten)]
        arguments: Box<bench::Arguments>,
    },
    /// What the documents lack: error codes without a paragraph; builds the API documentation
    Docs,
}

fn main() -> ExitCode {
    match run(Arguments::parse().chore) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// True when the chore found nothing wrong.
fn run(chore: Chore) -> Result<bool> {
    match chore {
        Chore::Setup => setup::run().map(|()| true),
        Chore::Dev { db, listen } => server::develop(&db, &listen),
        Chore::Check => gate::check(),
        Chore::Test { room: None } => gate::test_everything(),
        Chore::Test { room: Some(room) } => gate::test_room(&room),
        Chore::Tidy => tidy::report(),
        Chore::Clippy => gate::clippy(),
        Chore::Golden { room } => gate::golden(&room),
        Chore::Bench { room, arguments } => bench::run(&room, &arguments),
        Chore::Docs => docs::run(),
    }
}
