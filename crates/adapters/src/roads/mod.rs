//! Drive times from an OSRM or a Valhalla service, or from a map of one's own. Whatever goes wrong, the pairs that were not
//! answered are counted with the reason, and nobody waits longer than was said.

mod blocks;
mod map;
mod osrm;
mod valhalla;

use std::collections::BTreeSet;
use std::time::Duration;

use spelplan_facts::{DriveSource, Fallback, Measured, Roads, Spot};

pub use map::fingerprint;

/// Farthest that a place may lie from its road, in metres; beyond it nothing is known.
pub const OFF_THE_ROAD: f64 = 2_000.0;

/// How long somebody waits.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For one answer.
    pub answer: Duration,
    /// For all answers together.
    pub all: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        let seconds = Duration::from_secs;
        Patience { connect: seconds(3), answer: seconds(20), all: seconds(300) }
    }
}

/// From one place to several.
pub type Wanted = (Spot, Vec<Spot>);

/// What a map answered.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// What was found out, of pairs that were wanted.
    pub found: Vec<((Spot, Spot), Measured)>,
    /// Pairs that were not answered, by reason.
    pub missed: Vec<(Fallback, usize)>,
    /// In its own words, the last thing that went wrong.
    pub said: Option<String>,
}

/// A reason with the words that came with it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    why: Fallback,
    said: String,
}

/// Asks the roads for every wanted pair.
pub async fn measure(roads: &Roads, wanted: &[Wanted], patience: Patience) -> Answer {
    match roads.source {
        DriveSource::Osrm => blocks::ask(&osrm::Osrm::default(), &roads.address, wanted, patience).await,
        DriveSource::Valhalla => blocks::ask(&valhalla::Valhalla, &roads.address, wanted, patience).await,
        DriveSource::Map => map::measure(roads.address.clone(), wanted.to_vec()).await,
        DriveSource::Estimated | DriveSource::Entered => Answer::default(),
    }
}

fn pairs(wanted: &[Wanted]) -> BTreeSet<(Spot, Spot)> {
    wanted.iter().flat_map(|(from, to)| to.iter().map(|to| (*from, *to))).filter(|(from, to)| from != to).collect()
}
