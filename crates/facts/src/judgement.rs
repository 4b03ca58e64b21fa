//! What people know or judge of a partner's purchases: totals that somebody has told, and figures for its potential.

use crate::{Money, PartnerId, Share};

/// What a partner buys in a year of the things we sell, from everybody, where somebody has told us.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnownWallet {
    /// Whose.
    pub partner: PartnerId,
    /// As it was told.
    pub told: ToldWallet,
}

/// The two ways in which a wallet is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ToldWallet {
    /// The purchases of a year, from everybody.
    Purchases(Money),
    /// The part of them that goes through us, above 0 and at most 1.
    OurShare(Share),
}

/// A person's own figure for a partner's potential: the latest that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// Whose potential.
    pub partner: PartnerId,
    /// What it could buy of us in a year.
    pub potential: Money,
    /// How sure: standard deviation in natural logarithms (.4 is the usual one, model.md section 4).
    pub spread: f64,
}
