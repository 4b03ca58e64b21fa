//! Roads as a graph: read from OpenStreetMap's extracts, snapped to, and driven over by the shortest time.
//! Leaves to others: where the file lies (adapters), what a drive is used for (field).
//!
//! Left out: turn restrictions, traffic lights, rush hours and the weight of vehicles. Ferries are never driven over: a
//! drive that needs one is said to need one.

mod components;
mod extract;
mod graph;
mod profile;
mod shortest;
mod snap;

pub use extract::{ExtractError, read_extract};
pub use graph::{Edge, Graph, Lane};
pub use profile::{Use, use_of};
pub use shortest::{Reached, Time};
pub use snap::Snapped;
