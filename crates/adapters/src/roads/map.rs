//! A map of one's own: an extract on this machine, read once and kept while it is the same file.
#![allow(clippy::disallowed_methods, reason = "this room opens the map's file")]

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use spelplan_facts::{Fallback, Measured, Spot};
use spelplan_roads::{ExtractError, Graph, Reached, Snapped, read_extract};

use super::{Answer, OFF_THE_ROAD, Wanted, pairs};

/// What a file looked like when it was read: path, length, last change.
type Look = (String, u64, Option<SystemTime>);

static KEPT: Mutex<Option<(Look, Arc<Graph>)>> = Mutex::new(None);

/// A short name for what the file holds: the beginning of its SHA-256. The error says why it cannot be read.
pub fn fingerprint(path: &Path) -> Result<String, String> {
    let mut file = File::open(path).map_err(|error| error.to_string())?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut buffer).map_err(|error| error.to_string())?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    graph(&path.to_string_lossy())?;
    Ok(hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

pub(super) async fn measure(path: String, wanted: Vec<Wanted>) -> Answer {
    let count = pairs(&wanted).len();
    let lost = |said: String| Answer { missed: vec![(Fallback::NoMap, count)], said: Some(said), ..Answer::default() };
    let measured = tokio::task::spawn_blocking(move || graph(&path).map(|graph| drives(&graph, &wanted)));
    match measured.await {
        Ok(Ok(answer)) => answer,
        Ok(Err(said)) => lost(said),
        Err(died) => lost(died.to_string()),
    }
}

fn graph(path: &str) -> Result<Arc<Graph>, String> {
    let looks = std::fs::metadata(path).map_err(|error| error.to_string())?;
    let look: Look = (path.to_owned(), looks.len(), looks.modified().ok());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, graph)) = kept.as_ref().filter(|(known, _)| *known == look) {
        return Ok(Arc::clone(graph));
    }
    let read = read_extract(|| File::open(path).map(BufReader::new)).map_err(|error| match error {
        ExtractError::Broken(cause) => cause,
        ExtractError::NoRoads => "it holds no road that a car may use".to_owned(),
    });
    let graph = Arc::new(read?);
    *kept = Some((look, Arc::clone(&graph)));
    Ok(graph)
}

fn drives(graph: &Graph, wanted: &[Wanted]) -> Answer {
    let snap = |spot: Spot| graph.snap((spot.point().lat, spot.point().lon), OFF_THE_ROAD);
    let row = |(from, to): &Wanted| -> Vec<((Spot, Spot), Measured)> {
        let start = snap(*from);
        let ends: Vec<Option<Snapped>> = to.iter().map(|to| snap(*to)).collect();
        let nodes: Vec<u32> = ends.iter().flatten().map(|end| end.node).collect();
        let reached = start.map(|start| graph.drives(start.node, &nodes, u64::MAX)).unwrap_or_default();
        let mut reached = reached.into_iter();
        let mut found = Vec::new();
        for (to, end) in to.iter().zip(ends) {
            let reached = start.and(end).and_then(|_| reached.next());
            let measured = match reached {
                Some(Reached::Driven(time)) => Measured::Drive {
                    seconds: (time.tenths as f64 / 10.0).round() as u32,
                    metres: u32::try_from(time.metres).unwrap_or(u32::MAX),
                },
                Some(Reached::NeedsFerry) => Measured::NeedsFerry,
                Some(Reached::TooFar | Reached::NoWay) | None => Measured::Unknown,
            };
            if from != to {
                found.push(((*from, *to), measured));
            }
        }
        found
    };
    let found: Vec<((Spot, Spot), Measured)> = wanted.par_iter().flat_map_iter(row).collect();
    let unknown = found.iter().filter(|(_, measured)| *measured == Measured::Unknown).count();
    let missed = if unknown > 0 { vec![(Fallback::NoRoad, unknown)] } else { Vec::new() };
    Answer { found, missed, said: None }
}
