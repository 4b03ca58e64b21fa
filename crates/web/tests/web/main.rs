//! The web room's tests: one program, so that its large dependencies are linked once.

mod board;
mod coverage;
mod goals;
mod guards;
mod hostile;
mod learned;
mod mail;
mod matrix;
mod meetings;
mod model;
mod pages;
mod people;
mod personal;
mod portal;
mod potential;
mod second_step;
mod shared;
mod sign_in_limits;
#[path = "../../../adapters/tests/adapters/sink.rs"]
mod sink;
mod territories;
mod time;
mod today;
mod upkeep;
