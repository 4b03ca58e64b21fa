//! The rules, one file per group.

mod days;
mod desk;
mod hours;
mod left_out;
mod nights;
mod reasons;
mod road;
mod sums;
mod visits;
mod whole;

use crate::case::Case;
use crate::verdict::Protocol;

/// Every group of rules, in the order of their codes.
pub(crate) const GROUPS: &[fn(&Case, &mut Protocol)] = &[
    whole::judge,
    days::judge,
    visits::judge,
    road::judge,
    nights::judge,
    hours::judge,
    sums::judge,
    desk::judge,
    left_out::judge,
    reasons::judge,
];
