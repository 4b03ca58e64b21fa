//! The web room's tests: one program, so that its large dependencies are linked once.

mod board;
mod coverage;
mod goals;
mod guards;
mod hostile;
mod learned;
mod matrix;
mod meetings;
mod model;
mod pages;
mod people;
mod portal;
mod potential;
mod shared;
mod sign_in_limits;
mod territories;
mod today;
mod upkeep;
