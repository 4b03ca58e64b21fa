//! The commands, one file each: take the arguments apart, one call to the application, say what came of it.

mod audit;
mod briefing;
mod check;
mod coverage;
mod demo;
mod effect;
mod import;
mod imports;
mod learn;
mod meetings;
mod model;
mod people;
mod personal;
mod plan;
mod replan;
mod report;
mod roads;
mod searching_on;
mod serve;
mod territories;
mod time;
mod upkeep;

pub use audit::audit;
pub use briefing::briefing;
pub use check::check;
pub use coverage::coverage;
pub use demo::{clear, demo};
pub use effect::effect;
pub use import::import;
pub use imports::{imports, undo};
pub use learn::learn;
pub use meetings::meetings;
pub use model::model;
pub use people::people;
pub use plan::plan;
pub use replan::replan;
pub use report::report;
pub use roads::roads;
pub use serve::serve;
pub use territories::territories;
pub use time::time;
pub use upkeep::upkeep;

use std::process::ExitCode;

use spelplan_app::access::Actor;
use spelplan_app::{App, AppOptions};

use crate::arguments::Database;
use crate::output::Failure;

/// How every command ends.
type Done = Result<ExitCode, Failure>;

async fn open(database: &Database) -> Result<(App, Actor), Failure> {
    let app = App::open(&database.location, AppOptions { today: database.today }).await?;
    Ok((app, Actor::at_this_machine()))
}
