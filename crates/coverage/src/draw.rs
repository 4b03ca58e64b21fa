//! The draw of toss-ups: within each block just so many entries win, by a hash that anybody can work out again from
//! the list and the seed (effect.md 1.6). The commitment, a hash of both, is kept before the draw; the seed is told
//! to nobody until then.
//!
//! Entry e of block b stands at SHA-256 of the lines seed, b, e; the lowest win. Every set of winners of the right size
//! is equally likely over seeds, so an entry's probability is winners over entries.

use sha2::{Digest, Sha256};
use spelplan_facts::PartnerId;

/// Entries must win with a probability within these, so that both outcomes teach something.
pub const PROBABILITIES: (f64, f64) = (0.2, 0.8);

/// Partners that win or lose together: a chain's, or one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the list; unique within the block, without line breaks.
    pub key: String,
    /// Whom, by id.
    pub partners: Vec<PartnerId>,
}

/// Entries that are alike, of which so many win.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name in the list; unique, without line breaks.
    pub code: String,
    /// By key.
    pub entries: Vec<Entry>,
    /// How many win.
    pub winners: usize,
}

/// A draw, with everything that is needed to make it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// What it was drawn with.
    pub seed: String,
    /// SHA-256 of the list and the seed, in hexadecimal.
    pub commit: String,
    /// By block, then key.
    pub assignments: Vec<Assignment>,
}

/// An entry's outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// Its block's name.
    pub block: String,
    /// Its key.
    pub entry: String,
    /// Whom.
    pub partners: Vec<PartnerId>,
    /// Did it win the extra visits?
    pub wins: bool,
    /// How likely that was.
    pub probability: f64,
}

/// Why a draw does not stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawFault {
    /// The list or the seed is not the one that was committed to.
    OtherCommit,
    /// The outcomes are not those that list and seed give.
    OtherOutcome,
}

impl Block {
    /// How likely an entry is to win.
    pub fn probability(&self) -> f64 {
        self.winners as f64 / self.entries.len().max(1) as f64
    }

    /// A block in which half win, rounded down; `None` with fewer than two entries.
    pub fn halved(code: String, mut entries: Vec<Entry>) -> Option<Block> {
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        let winners = entries.len() / 2;
        (winners > 0).then_some(Block { code, entries, winners })
    }
}

/// The list as it is hashed: a line for each block with its winners and entries, then a line for each entry with its
/// partners.
pub fn canonical_list(blocks: &[Block]) -> String {
    let mut list = String::new();
    for block in blocks {
        list.push_str(&format!("block\t{}\t{} of {}\n", block.code, block.winners, block.entries.len()));
        for entry in &block.entries {
            let partners: Vec<String> = entry.partners.iter().map(|partner| partner.0.to_string()).collect();
            list.push_str(&format!("entry\t{}\t{}\n", entry.key, partners.join(",")));
        }
    }
    list
}

/// The commitment to a list and a seed: SHA-256 of the list followed by `seed`, tab and the seed. It may be shown
/// before the draw; the seed may not.
pub fn commit(blocks: &[Block], seed: &str) -> String {
    hex(&[&canonical_list(blocks), "seed\t", seed])
}

/// Draws: who wins in each block.
pub fn draw(blocks: &[Block], seed: &str) -> Draw {
    let mut assignments = Vec::new();
    for block in blocks {
        let mut order: Vec<(String, usize)> = (block.entries.iter().enumerate())
            .map(|(at, entry)| (hex(&[seed, "\n", &block.code, "\n", &entry.key]), at))
            .collect();
        order.sort();
        let winners: Vec<usize> = order.into_iter().take(block.winners).map(|(_, at)| at).collect();
        assignments.extend(block.entries.iter().enumerate().map(|(at, entry)| Assignment {
            block: block.code.clone(),
            entry: entry.key.clone(),
            partners: entry.partners.clone(),
            wins: winners.contains(&at),
            probability: block.probability(),
        }));
    }
    Draw { seed: seed.to_owned(), commit: commit(blocks, seed), assignments }
}

/// Makes the draw again from the list that was committed to.
pub fn verify(blocks: &[Block], kept: &Draw) -> Result<(), DrawFault> {
    let again = draw(blocks, &kept.seed);
    match () {
        () if again.commit != kept.commit => Err(DrawFault::OtherCommit),
        () if again.assignments != kept.assignments => Err(DrawFault::OtherOutcome),
        () => Ok(()),
    }
}

fn hex(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part.as_bytes()));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
