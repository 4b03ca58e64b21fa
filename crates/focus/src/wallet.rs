//! A partner's whole purchases of what we sell, from everybody, and our share of them.
//!
//! What somebody has told is taken as told. From partners whose wallet is known the others' are learned by likeness
//! ([`crate::kernel`]). Where nobody has told anything, the level is a rule of thumb, and only the differences between
//! partners are read from our own sales. Sales of several categories show a larger partner than the same sum of one, in which
//! we may simply be strong; and one that buys more of us than its breadth (in how many months it bought how many categories),
//! employees and revenue go with is partly larger than those show, and partly gives us a larger share.

use rayon::prelude::*;
use spelplan_facts::{Band, Facts, Money, Partner, PartnerId, Share, ToldWallet};

use crate::cholesky::Cholesky;
use crate::kernel::{Item, Learned};
use crate::look_alikes::{log_employees, log_revenue};
use crate::potential::REACH;
use crate::quantile::quantile;
use crate::sales_year::OwnSales;
use crate::traits::{Traits, standard, standard_of_known};

/// The median partner's share given to one vendor, where nobody has told: the true one of the only real vendor whose
/// partners' wallets we have seen (chain means between .04 and .33 there).
const USUAL_SHARE: f64 = 0.162;

/// How much shares differ between partners there, in logs.
const SHARE_SPREAD: f64 = 0.46;

/// How much vendors differ from each other in their usual share, in logs: our guess.
const LEVEL_SPREAD: f64 = 0.5;

/// How exact a told figure is, in logs.
const TOLD_SPREAD: f64 = 0.1;

/// A deviation from what breadth goes with is at least so much size and not share: breadth is a poor measure of size at
/// its upper end, where nearly everything is bought nearly every month (docs/bench/potential.md).
const LEAST_SIZE: f64 = 0.8;

/// At most so many examples are learned from; fewer where there are very many partners to guess.
const MOST_EXAMPLES: usize = 700;

/// The same where there are more partners than [`MANY`].
const FEWER_EXAMPLES: usize = 300;

/// Very many partners.
const MANY: usize = 20_000;

/// One partner's whole purchases in the year that its sales are of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wallet {
    /// Purchases from everybody; never below what it bought of us.
    pub total: Band,
    /// Our part of them: low, value, high.
    pub share: [Share; 3],
    /// Where the figure comes from.
    pub source: WalletSource,
}

/// Where a wallet comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WalletSource {
    /// Somebody has told it.
    Told,
    /// Learned from partners whose wallet is known.
    Learned {
        /// How many those are.
        known: usize,
    },
    /// By a usual share, which may be quite another for us.
    Assumed,
}

/// What a partner buys in a year from everybody, where told; in currency units.
pub(crate) fn known_wallet(facts: &Facts, partner: PartnerId, own: &OwnSales) -> Option<f64> {
    let at = facts.wallets.binary_search_by_key(&partner, |wallet| wallet.partner).ok()?;
    let told = match facts.wallets[at].told {
        ToldWallet::Purchases(purchases) => purchases.units(),
        ToldWallet::OurShare(share) => own.year / share.0,
    };
    (told.is_finite() && told > 0.0).then_some(told)
}

/// Every partner's wallet, in the order of the facts; `None` for one that bought nothing of us and has told nothing.
pub(crate) fn wallets(facts: &Facts, own: &[OwnSales]) -> Vec<Option<Wallet>> {
    let buyers: Vec<usize> = (0..own.len()).filter(|&at| own[at].year > 0.0).collect();
    let partners: Vec<&Partner> = buyers.iter().map(|&at| &facts.partners[at]).collect();
    let sizes: Vec<OwnSales> = buyers.iter().map(|&at| own[at]).collect();
    let traits = Traits::of(facts, &partners, &sizes);
    let assumed = assumed(&partners, &sizes, &traits);
    let told: Vec<Option<f64>> = partners.iter().zip(&sizes).map(|(p, own)| known_wallet(facts, p.id, own)).collect();
    let items: Vec<Item> = traits.items(&partners);
    let learned = learn(&items, &assumed, &told);
    let guessed = |n: usize| -> Wallet {
        let (shift, spread, source) = match &learned {
            Some((learned, known)) => {
                let (shift, spread) = learned.guess(&items[n]);
                (shift, spread, WalletSource::Learned { known: *known })
            }
            None => (0.0, SHARE_SPREAD.hypot(LEVEL_SPREAD), WalletSource::Assumed),
        };
        wallet(assumed[n] + shift, spread, sizes[n].year, source)
    };
    let of_buyers: Vec<Wallet> = (0..buyers.len()).into_par_iter().map(guessed).collect();
    let mut all: Vec<Option<Wallet>> = vec![None; own.len()];
    for (&at, wallet) in buyers.iter().zip(of_buyers) {
        all[at] = Some(wallet);
    }
    for (at, partner) in facts.partners.iter().enumerate() {
        if let Some(told) = known_wallet(facts, partner.id, &own[at]) {
            all[at] = Some(wallet(told.ln(), TOLD_SPREAD, own[at].year.max(0.0), WalletSource::Told));
        }
    }
    all
}

fn wallet(log: f64, spread: f64, bought: f64, source: WalletSource) -> Wallet {
    let totals = [-1.0, 0.0, 1.0].map(|side| (log + side * REACH * spread).exp().max(bought));
    let [low, value, high] = totals.map(Money::from_units);
    let share = |total: f64| Share(if total > 0.0 { (bought / total).clamp(0.0, 1.0) } else { 0.0 });
    Wallet { total: Band { low, value, high }, share: [share(totals[2]), share(totals[1]), share(totals[0])], source }
}

/// What the known wallets teach about how far the assumed ones are off, and how many they are.
fn learn<'a>(items: &'a [Item<'a>], assumed: &[f64], told: &[Option<f64>]) -> Option<(Learned<'a>, usize)> {
    let known: Vec<usize> = (0..items.len()).filter(|&n| told[n].is_some()).collect();
    if known.is_empty() {
        return None;
    }
    let most = if items.len() > MANY { FEWER_EXAMPLES } else { MOST_EXAMPLES };
    let step = known.len().div_ceil(most);
    let examples: Vec<usize> = known.iter().copied().step_by(step).collect();
    let off: Vec<f64> = examples.iter().map(|&n| told[n].map_or(0.0, f64::ln) - assumed[n]).collect();
    Some((Learned::from(examples.iter().map(|&n| &items[n]).collect(), &off), known.len()))
}

/// Logs of wallets by rule of thumb.
fn assumed(partners: &[&Partner], own: &[OwnSales], traits: &Traits) -> Vec<f64> {
    let sold: Vec<f64> = own.iter().map(|own| own.year.ln()).collect();
    let even = least_squares(&[vec![1.0; sold.len()], standard(traits.spread_out.clone())], &sold);
    let breadth = &traits.breadth;
    let columns = [
        vec![1.0; sold.len()],
        standard(breadth.clone()),
        standard(breadth.iter().map(|x| x * x).collect()),
        standard_of_known(partners.iter().map(|partner| log_employees(partner)).collect()),
        standard_of_known(partners.iter().map(|partner| log_revenue(partner)).collect()),
    ];
    let fitted = least_squares(&columns, &even);
    let beyond: Vec<f64> = even.iter().zip(&fitted).map(|(even, fitted)| even - fitted).collect();
    let variance = beyond.iter().map(|x| x * x).sum::<f64>() / beyond.len().max(1) as f64;
    // Of what the traits leave open, what shares do not explain is size.
    let size = (1.0 - SHARE_SPREAD * SHARE_SPREAD / variance.max(1e-9)).clamp(LEAST_SIZE, 1.0);
    let sizes: Vec<f64> = fitted.iter().zip(&beyond).map(|(fitted, beyond)| fitted + size * beyond).collect();
    let middle = quantile(&sold.iter().zip(&sizes).map(|(sold, size)| sold - size).collect::<Vec<f64>>(), 0.5);
    sizes.iter().map(|size| size + middle - USUAL_SHARE.ln()).collect()
}

/// Fitted values of a least squares line with a slight ridge.
fn least_squares(columns: &[Vec<f64>], y: &[f64]) -> Vec<f64> {
    let n = columns.len();
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mut matrix = vec![0.0; n * n];
    for row in 0..n {
        for column in 0..=row {
            matrix[row * n + column] = product(&columns[row], &columns[column]);
        }
        matrix[row * n + row] += if row == 0 { 1e-9 } else { 1.0 };
    }
    let right: Vec<f64> = columns.iter().map(|column| product(column, y)).collect();
    let slopes = Cholesky::of(matrix, n).solve(&right);
    (0..y.len()).map(|at| columns.iter().zip(&slopes).map(|(column, slope)| column[at] * slope).sum()).collect()
}
