//! The only room that speaks HTTP: takes a request apart, asks the application once, renders the answer.
//! Leaves to others: what is true (app and the steps), who may see it (app's access), scripts and styles (assets).

mod addresses;
mod caller;
mod doors;
mod drawings;
mod failure;
mod frame;
mod guard;
mod language;
mod numbers;
mod pages;
mod reader;
mod render;
mod serve;
mod tongue;
mod words;

pub use caller::{PublicAddress, Serving};
pub use doors::Door;
pub use serve::{ServeError, doors, router, router_served, serve};
