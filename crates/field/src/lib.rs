//! Field: from coverage to seasons, trips, days and stops, with the desk time that gives their meetings quality.
//! Leaves to others: whom it is worth visiting (focus), how often (coverage), the mathematics of tours (tours).

pub mod calendars;
pub mod drive;

mod better;
mod budgets;
mod desk;
mod efforts;
mod field_days;
mod left_out;
mod openings;
mod plan;
mod prices;
mod proof;
mod reach;
pub mod replan;
mod road_costs;
mod rounds;
mod routes;
mod season_choice;
mod standing;
mod suggested_year;
mod suggestion;
pub mod territories;
mod trips;
mod wanted;
mod working_days;

pub use better::{Better, better};
pub use budgets::budgets;
pub use efforts::efforts;
pub use plan::plan;
pub use prices::left_out_prices;
pub use proof::route_bounds;
pub use rounds::plan_in_rounds;
pub use season_choice::{SeasonChoice, SeasonLoss, WEEKS, season_choices};
pub use standing::{ByHand, is_all_over, leaves_near_days, n_standing, put_by_hand};
pub use suggested_year::suggested_seasons;
pub use suggestion::{Suggestion, suggested_season, suggestion};
pub use trips::{drive_factors, learned_slack};
pub use wanted::wanted_drives;
