//! Season planning's tests in one program.

mod a_year;
mod around;
mod belgium;
mod better;
mod calendars;
mod plans;
mod promises;
mod proof;
mod replan;
mod rounds;
mod season_choice;
mod suggested_year;
mod territories;
mod thousand_worlds;
mod two_opinions;
