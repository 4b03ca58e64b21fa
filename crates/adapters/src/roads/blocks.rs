//! Asking a service: in blocks it can stomach, with a time limit each and one for all, and no further once it is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::time::Duration;

use reqwest::{Client, Response};
use spelplan_atlas::Ashore;
use spelplan_facts::{Fallback, Measured, Spot};
use tokio::time::{Instant, timeout};

use super::{Answer, Failure, Patience, Wanted, pairs};
use crate::calls::{self, Broken};

/// Places on either side of a block: Valhalla's usual limit is 2,500 pairs, OSRM's 100 by 100.
const BLOCK: usize = 50;
/// Longest answer that is read, in bytes.
const LONGEST_ANSWER: usize = 16 << 20;

/// A service that fills a matrix.
pub(super) trait Matrices {
    /// Drives from each of `from` to each of `to`, row by row.
    fn matrix(
        &self,
        client: &Client,
        address: &str,
        from: &[Spot],
        to: &[Spot],
    ) -> impl Future<Output = Result<Matrix, Failure>> + Send;
}

/// A service's answer.
#[derive(Debug)]
pub(super) struct Matrix {
    /// Row by row.
    pub(super) cells: Vec<Measured>,
    /// The service was told to take no ferry, and agreed.
    pub(super) without_ferries: bool,
}

pub(super) async fn ask(asked: &impl Matrices, address: &str, wanted: &[Wanted], patience: Patience) -> Answer {
    let mut missing = pairs(wanted);
    let mut answer = Answer::default();
    let mut counts: BTreeMap<Fallback, usize> = BTreeMap::new();
    let mut failed = None;
    match client(patience) {
        Err(failure) => failed = Some(failure),
        Ok(client) => {
            let until = Instant::now() + patience.all;
            for (from, to) in blocks(&missing) {
                match one(asked, (&client, address), (&from, &to), until).await {
                    Ok(matrix) => take(&matrix, &from, &to, &mut missing, &mut answer),
                    Err(failure) if gone(failure.why) => {
                        failed = Some(failure);
                        break;
                    }
                    Err(failure) => {
                        let lost = from.iter().flat_map(|from| to.iter().map(|to| (*from, *to)));
                        *counts.entry(failure.why).or_default() += lost.filter(|pair| missing.remove(pair)).count();
                        answer.said = Some(failure.said);
                    }
                }
            }
        }
    }
    if let Some(failure) = failed {
        *counts.entry(failure.why).or_default() += missing.len();
        answer.said = Some(failure.said);
    }
    let unknown = answer.found.iter().filter(|(_, measured)| *measured == Measured::Unknown).count();
    *counts.entry(Fallback::NoRoad).or_default() += unknown;
    answer.missed = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    answer
}

/// Is it useless to ask on?
fn gone(why: Fallback) -> bool {
    matches!(why, Fallback::NoAnswer | Fallback::TooSlow | Fallback::Unreadable)
}

fn client(patience: Patience) -> Result<Client, Failure> {
    calls::client(patience.connect, patience.answer, 0).map_err(|error| failure(Fallback::NoAnswer, &error))
}

/// The pairs as blocks: places with the same row of targets would be one, but rows differ, so a block asks for the union.
fn blocks(missing: &BTreeSet<(Spot, Spot)>) -> Vec<(Vec<Spot>, Vec<Spot>)> {
    let mut rows: BTreeMap<Spot, Vec<Spot>> = BTreeMap::new();
    for (from, to) in missing {
        rows.entry(*from).or_default().push(*to);
    }
    let rows: Vec<(Spot, Vec<Spot>)> = rows.into_iter().collect();
    let mut blocks = Vec::new();
    for rows in rows.chunks(BLOCK) {
        let targets: BTreeSet<Spot> = rows.iter().flat_map(|(_, to)| to).copied().collect();
        let targets: Vec<Spot> = targets.into_iter().collect();
        for to in targets.chunks(BLOCK) {
            let wants = |(_, row): &&(Spot, Vec<Spot>)| row.iter().any(|spot| to.contains(spot));
            let from: Vec<Spot> = rows.iter().filter(wants).map(|(from, _)| *from).collect();
            if !from.is_empty() {
                blocks.push((from, to.to_vec()));
            }
        }
    }
    blocks
}

async fn one(
    asked: &impl Matrices,
    (client, address): (&Client, &str),
    (from, to): (&[Spot], &[Spot]),
    until: Instant,
) -> Result<Matrix, Failure> {
    let left = until.saturating_duration_since(Instant::now());
    let slow = |_| Failure { why: Fallback::TooSlow, said: "the time for all answers is used up".to_owned() };
    let matrix = timeout(left, asked.matrix(client, address, from, to)).await.map_err(slow)??;
    let told = format!("{} figures where {} were asked for", matrix.cells.len(), from.len() * to.len());
    if matrix.cells.len() == from.len() * to.len() { Ok(matrix) } else { Err(unreadable(&told)) }
}

/// Keeps what was wanted. Where the service may have taken a ferry, water between the two is a ferry.
fn take(matrix: &Matrix, from: &[Spot], to: &[Spot], missing: &mut BTreeSet<(Spot, Spot)>, answer: &mut Answer) {
    let ashore = |spots: &[Spot]| -> Vec<Ashore> {
        spots.iter().map(|spot| Ashore::at(spot.point().lat, spot.point().lon)).collect()
    };
    let (here, there) = (ashore(from), ashore(to));
    for (at, measured) in matrix.cells.iter().enumerate() {
        let (row, column) = (at / to.len(), at % to.len());
        let pair = (from[row], to[column]);
        if !missing.remove(&pair) {
            continue;
        }
        let driven = matches!(measured, Measured::Drive { .. });
        let wet = driven && !matrix.without_ferries && here[row].across_water(&there[column]);
        answer.found.push((pair, if wet { Measured::NeedsFerry } else { *measured }));
    }
}

/// An answer's bytes and status, read within limits.
pub(super) async fn body(response: Result<Response, reqwest::Error>) -> Result<(u16, Vec<u8>), Failure> {
    calls::read(response, LONGEST_ANSWER).await.map_err(|broken| match broken {
        Broken::Call(error) if error.is_timeout() && !error.is_connect() => failure(Fallback::TooSlow, &error),
        Broken::Call(error) => failure(Fallback::NoAnswer, &error),
        Broken::TooLong => unreadable("the answer does not end"),
    })
}

pub(super) fn refused(status: u16, bytes: &[u8]) -> Failure {
    let words: String = String::from_utf8_lossy(bytes).chars().take(200).collect();
    Failure { why: Fallback::Refused, said: format!("status {status}: {}", words.trim()) }
}

pub(super) fn unreadable(said: &str) -> Failure {
    Failure { why: Fallback::Unreadable, said: said.to_owned() }
}

fn failure(why: Fallback, error: &dyn std::error::Error) -> Failure {
    Failure { why, said: calls::said(error) }
}

/// A figure of an answer as whole seconds or metres; `None` where it is none.
pub(super) fn whole(figure: f64) -> Option<u32> {
    (figure.is_finite() && (0.0..=Duration::from_secs(7 * 86_400).as_secs_f64() * 1_000.0).contains(&figure))
        .then(|| figure.round() as u32)
}
