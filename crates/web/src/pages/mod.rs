//! Pages, a folder per step. Each module lists its own doors; this one joins them.

mod account;
mod audit;
mod board;
mod briefing;
mod business_case;
mod calendar;
mod coverage;
mod demo;
mod effect;
mod files;
mod first_run;
mod goals;
mod health;
mod import;
mod jobs;
mod learned;
mod map;
mod meetings;
pub(crate) mod model;
pub(crate) mod outbox;
mod partner;
mod passkeys;
mod people;
mod personal;
pub(crate) mod portal;
mod potential;
mod provider;
mod scorecard;
mod season;
mod sign_in;
mod territories;
mod time;
mod today;
mod upkeep;
mod welcome;

use crate::doors::Doors;

/// Every door there is, with what it asks of whoever passes.
pub(crate) fn doors() -> Doors {
    Doors::new()
        .join(today::routes())
        .join(goals::routes())
        .join(map::routes())
        .join(partner::routes())
        .join(portal::routes())
        .join(potential::routes())
        .join(coverage::routes())
        .join(territories::routes())
        .join(season::routes())
        .join(board::routes())
        .join(meetings::routes())
        .join(outbox::routes())
        .join(upkeep::routes())
        .join(time::routes())
        .join(briefing::routes())
        .join(calendar::routes())
        .join(effect::routes())
        .join(scorecard::routes())
        .join(business_case::routes())
        .join(model::routes())
        .join(learned::routes())
        .join(import::routes())
        .join(demo::routes())
        .join(jobs::routes())
        .join(sign_in::routes())
        .join(welcome::routes())
        .join(first_run::routes())
        .join(account::routes())
        .join(passkeys::routes())
        .join(provider::routes())
        .join(people::routes())
        .join(personal::routes())
        .join(audit::routes())
        .join(files::routes())
        .join(health::routes())
}
