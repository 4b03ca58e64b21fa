//! Where things lie: places of postal codes and towns. Knows degrees and kilometres, no partner and no clock.

pub mod places;
