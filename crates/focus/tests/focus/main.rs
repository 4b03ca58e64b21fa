//! The relationship model's and the potential's tests in one program.

mod dose;
mod handover_loss;
mod learning;
mod open_goals;
mod planted;
mod questions;
mod relationship;
mod stock;
mod wallets;
mod world;
