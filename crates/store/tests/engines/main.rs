//! What the store promises, on both engines: every case runs on a fresh SQLite file and a fresh PostgreSQL database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::bool_assert_comparison,
    clippy::useless_vec,
    reason = "tests fail where they cannot go on, and use files and the environment"
)]

mod access;
mod answers;
mod calendar;
mod concurrency;
mod coverage;
mod draft;
mod drives;
mod effect;
mod history;
mod imports;
mod judgements;
mod killed;
mod lessons;
mod letters;
mod logged_touches;
mod meetings;
mod opening;
mod operations;
mod passkeys;
mod people;
mod personal;
mod plan_versions;
mod plans;
mod portal;
mod reading;
mod second_steps;
mod sequences;
mod territories;
mod told_draws;
mod worktime;
