//! Where things lie: places of postal codes and towns, large towns, land and sea, distances.
//! Knows degrees and kilometres, no partner and no clock.

mod distance;
mod land;
pub mod places;
mod towns;
mod water;

pub use distance::{EARTH_RADIUS_KM, great_circle_km};
pub use towns::{LargeTown, in_large_town, large_town};
pub use water::{Ashore, crosses_water};
