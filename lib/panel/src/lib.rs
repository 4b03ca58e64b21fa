//! Panels to effects with standard errors and intervals: units observed over months, treated at times of their own,
//! and what one more unit of a fading stock of treatments does to the outcome. Every answer carries its uncertainty,
//! the alarm that would discredit it, and, where the panel cannot tell, the reason.
//! Leaves to others: what the units, the outcomes and the treatments are, and what the answer is used for.
//!
//! The estimator, in order: outcomes as parts of the unit's own mean, single outliers drawn in (`outcome`); for each cell
//! of a grid of half-lives and reliefs the stock that follows from the treatments (`stock`); unit and month-by-segment
//! effects taken out exactly (`within`); a slope by least squares, or by Poisson pseudo-likelihood where many months are
//! zero (`slope`, `poisson`), with errors clustered on the unit; a posterior over the grid (`posterior`); and all of it
//! on the donut sample, the months just after a treatment left out, beside the full sample (`reading`). Two alarms: the two
//! samples' slopes differ, or the months just after a treatment bring what the stock does not explain (`excess`).

pub mod adoption;
mod distribution;
mod excess;
mod grid;
pub mod lottery;
mod outcome;
mod panel;
mod poisson;
mod posterior;
mod reading;
mod scope;
mod segment;
mod shrinkage;
mod slope;
mod stock;
mod within;

pub use grid::{Assumptions, Grid};
pub use panel::{Panel, Track, Unit, Visit};
pub use posterior::Marginal;
pub use reading::{Answer, Method, Reading, Refusal, Slope, read};
pub use shrinkage::{Estimate, Shrunk, combine, shrink};
pub use stock::stock;
