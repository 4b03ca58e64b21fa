//! Currencies that sale lines name. One database has one currency, so a file that names several is either wrong in
//! some rows, or keeps all amounts in one and only tells what each order was invoiced in. The prices say which.

use crate::errors::Complaint;
use crate::{Batch, Notice, SaleRecord};

/// A line that names no currency is in the file's.
const UNNAMED: u8 = u8::MAX;
/// Prices are the same when they differ by less than this part.
const SAME_PRICE: f64 = 0.01;
/// Articles that must have been sold in two currencies before prices say anything.
const ENOUGH_ARTICLES: usize = 5;

/// The currency of each line of a file.
#[derive(Debug, Default)]
pub(super) struct Currencies {
    names: Vec<String>,
    of: Vec<u8>,
}

impl Currencies {
    /// Takes the currency of the next line.
    pub fn see(&mut self, word: &str) {
        if word.is_empty() {
            return self.of.push(UNNAMED);
        }
        let at = self.names.iter().position(|name| name.eq_ignore_ascii_case(word)).unwrap_or_else(|| {
            self.names.push(word.to_uppercase());
            self.names.len() - 1
        });
        self.of.push(u8::try_from(at).unwrap_or(UNNAMED - 1));
    }

    /// The most named currency is the file's; lines in others are left for the plan to refuse, unless the same articles
    /// cost the same number in all of them.
    pub fn settle(self, batch: &mut Batch) {
        let n_of = |at: usize| self.of.iter().filter(|&&own| usize::from(own) == at).count();
        let Some(main) = (0..self.names.len()).max_by_key(|&at| (n_of(at), std::cmp::Reverse(at))) else { return };
        batch.currency = Some(self.names[main].clone());
        if self.names.len() == 1 {
            return;
        }
        let main_code = main as u8;
        if self.prices_agree(&batch.sales, &batch.skus, main_code) {
            batch.notices.push(one_currency(&batch.source, &self.names, main));
            return;
        }
        for (at, name) in self.names.iter().enumerate().filter(|(at, _)| *at != main) {
            let lines = (0..self.of.len() as u32).filter(|&line| usize::from(self.of[line as usize]) == at).collect();
            batch.other_currencies.push((name.clone(), lines));
        }
    }

    /// Do most articles sold in another currency too have the same middle price there as in the main one?
    fn prices_agree(&self, sales: &[SaleRecord], skus: &[String], main: u8) -> bool {
        let priced = sales.iter().zip(&self.of).filter(|(sale, currency)| {
            sale.quantity != 0
                && **currency != UNNAMED
                && skus.get(sale.sku as usize).is_some_and(|sku| !sku.is_empty())
        });
        let mut prices: Vec<(u32, u8, f64)> =
            priced.map(|(sale, currency)| (sale.sku, *currency, sale.revenue.units() / sale.quantity as f64)).collect();
        prices.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let (mut n, mut n_same) = (0, 0);
        for article in prices.chunk_by(|a, b| a.0 == b.0) {
            let middles: Vec<(u8, f64)> =
                article.chunk_by(|a, b| a.1 == b.1).map(|own| (own[0].1, own[own.len() / 2].2)).collect();
            let Some((_, price)) = middles.iter().find(|(currency, _)| *currency == main) else { continue };
            let others = middles.iter().filter(|(currency, _)| *currency != main);
            for (_, other) in others {
                n += 1;
                n_same += usize::from((other - price).abs() <= SAME_PRICE * price.abs());
            }
        }
        n >= ENOUGH_ARTICLES && n_same * 3 >= n * 2
    }
}

/// The complaint about a line in another currency than its file.
pub(crate) fn mixed_currency(other: &str, own: &str) -> Complaint {
    Complaint::new(
        "I112",
        (
            format!("the row is in {other}, most of the file in {own}"),
            "A database has one currency: convert the row first",
        ),
        (format!("raden är i {other}, det mesta av filen i {own}"), "En databas har en valuta: räkna om raden först"),
    )
}

fn one_currency(source: &str, names: &[String], main: usize) -> Notice {
    let own = &names[main];
    let others = names.iter().filter(|name| *name != own).cloned().collect::<Vec<_>>().join(", ");
    Notice {
        code: "I216",
        en: format!(
            "{source}: some lines name {others}, but the same articles cost the same number as in {own}; all amounts were taken as {own}."
        ),
        sv: format!(
            "{source}: en del rader nämner {others}, men samma artiklar kostar samma tal som i {own}; alla belopp togs som {own}."
        ),
    }
}
