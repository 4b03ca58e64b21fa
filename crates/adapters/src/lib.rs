//! The only room that calls out: to map services by their addresses, and to map files by their paths.
//! Leaves to others: what is asked and when (app), what an answer is worth (field), keeping it (store).

pub mod roads;
