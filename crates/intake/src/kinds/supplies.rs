//! Brands and distributors that lines name, each pair kept once and told by its number.

use std::collections::HashMap;

use super::sales::Interner;
use crate::Supply;

/// Numbers of pairs, in the order in which they are seen.
#[derive(Default)]
pub(crate) struct Supplies {
    brands: Interner,
    distributors: Interner,
    pairs: HashMap<(u32, u32), u32>,
}

impl Supplies {
    /// The number of a pair in `all`, where a new one is put; `None` where neither is told.
    pub fn number(&mut self, brand: &str, distributor: &str, all: &mut Vec<Supply>) -> Option<u32> {
        if brand.is_empty() && distributor.is_empty() {
            return None;
        }
        let pair = (self.brands.number(brand).0, self.distributors.number(distributor).0);
        Some(*self.pairs.entry(pair).or_insert_with(|| {
            all.push(Supply { brand: brand.to_owned(), distributor: distributor.to_owned() });
            all.len() as u32 - 1
        }))
    }
}
