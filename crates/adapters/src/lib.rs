//! The only room that calls out: to map services and calendars by their addresses, to a mail server, and to map files by their paths.
//! Leaves to others: what is asked and when (app), what an answer is worth (field), keeping it (store).

mod calls;
pub mod post;
pub mod roads;
pub mod sign_in;
pub mod texts;
