//! Sale lines, streamed: a partner's months one after another, batch by batch, with memory that does not grow.

use std::borrow::Borrow;

use spelplan_facts::Money;
use spelplan_intake::{Batch, Kind, SaleRecord, Supply};

use super::Market;
use super::catalogue::{BRANDS, CATEGORIES, DISTRIBUTORS, N_CATEGORIES};
use super::chance::{Chance, Purpose};
use super::profile::Profile;

/// Most lines in one batch.
pub(super) const BATCH_LINES: usize = 200_000;
/// Lines that are returns.
const RETURNS: f64 = 0.006;

/// Odd, so that multiplying by it keeps keys apart; spreads a counter over all bits, as fingerprints of real lines are.
const SPREAD: u128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;

/// Streams a market's sale lines.
pub(super) struct LineStream<M: Borrow<Market>> {
    market: M,
    tables: Batch,
    partner: usize,
    open: Option<OpenPartner>,
    n_batches: usize,
}

/// The partner whose lines are being made.
struct OpenPartner {
    chance: Chance,
    bought: Vec<f64>,
    /// Running sums of line weights by category, for months of many lines; and the plain mix for months of few.
    many: [f64; N_CATEGORIES],
    few: [f64; N_CATEGORIES],
    month: usize,
    /// Lines of the month still to be made, and the kronor each weighs.
    pending: Vec<Line>,
    made: u32,
}

#[derive(Clone, Copy)]
struct Line {
    category: usize,
    amount: f64,
}

impl<M: Borrow<Market>> LineStream<M> {
    pub(super) fn new(market: M) -> LineStream<M> {
        let tables = Batch {
            kind: Some(Kind::Sales),
            categories: CATEGORIES.iter().map(|category| (category.name.to_owned(), category.aftermarket)).collect(),
            skus: std::iter::once("").chain(market.borrow().catalogue.numbers()).map(str::to_owned).collect(),
            supplies: BRANDS.iter().flat_map(|brand| DISTRIBUTORS.map(|one| supply(brand, one))).collect(),
            currency: Some("SEK".to_owned()),
            ..Batch::default()
        };
        LineStream { market, tables, partner: 0, open: None, n_batches: 0 }
    }
}

impl<M: Borrow<Market>> Iterator for LineStream<M> {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let market = self.market.borrow();
        if self.partner >= market.profiles.len() {
            return None;
        }
        self.n_batches += 1;
        let mut batch = Batch { source: format!("demo-sales-{:04}", self.n_batches), ..self.tables.clone() };
        while batch.sales.len() + 2 < BATCH_LINES {
            let Some(profile) = market.profiles.get(self.partner) else { break };
            let open = self.open.get_or_insert_with(|| OpenPartner::new(market, profile));
            if batch.partner_keys.last() != Some(&profile.key) {
                batch.partner_keys.push(profile.key.clone());
            }
            if !open.write(market, profile, &mut batch) {
                self.open = None;
                self.partner += 1;
            }
        }
        (!batch.sales.is_empty()).then_some(batch)
    }
}

impl OpenPartner {
    fn new(market: &Market, profile: &Profile) -> OpenPartner {
        let sizes = CATEGORIES.each_ref().map(|category| category.line_size);
        let mut many = profile.mix;
        many.iter_mut().zip(sizes).for_each(|(part, size)| *part /= size);
        OpenPartner {
            chance: Chance::of(market.size.seed, profile.number, Purpose::Lines),
            bought: market.path(profile).bought,
            many: running(many),
            few: running(profile.mix),
            month: 0,
            pending: Vec::new(),
            made: 0,
        }
    }

    /// Writes what fits into the batch; false when the partner has no more.
    fn write(&mut self, market: &Market, profile: &Profile, batch: &mut Batch) -> bool {
        while batch.sales.len() + 2 < BATCH_LINES {
            let Some(line) = self.pending.pop() else {
                if self.month >= self.bought.len() {
                    return false;
                }
                self.begin_month(market, profile);
                continue;
            };
            self.write_line(line, market, profile, batch);
        }
        true
    }

    /// Draws the next month's lines so that together they make what was bought in it.
    fn begin_month(&mut self, market: &Market, profile: &Profile) {
        let days = &market.days_for(profile)[self.month];
        let bought = self.bought[self.month] * days.elapsed;
        self.month += 1;
        if bought < 50.0 {
            return;
        }
        let usual = profile.bought_year() / 12.0;
        let mean = profile.lines_month * market.line_factor * (bought / usual).powf(0.7);
        let n = self.chance.poisson(mean).max(1);
        let weights = if n > 4 { &self.many } else { &self.few };
        for _ in 0..n {
            let part = self.chance.uniform() * weights[N_CATEGORIES - 1];
            let category = weights.iter().position(|&sum| part < sum).unwrap_or(N_CATEGORIES - 1);
            let size = if n > 4 { CATEGORIES[category].line_size } else { 1.0 };
            self.pending.push(Line { category, amount: size * (0.8 * self.chance.normal()).exp() });
        }
        let whole: f64 = self.pending.iter().map(|line| line.amount).sum();
        self.pending.iter_mut().for_each(|line| line.amount *= bought / whole);
    }

    fn write_line(&mut self, line: Line, market: &Market, profile: &Profile, batch: &mut Batch) {
        let days = &market.days_for(profile)[self.month - 1];
        let Some(day) = days.sale_day(self.chance.uniform()) else { return };
        let (article_number, article) = market.catalogue.draw(line.category, line.amount, &mut self.chance);
        let pieces = (line.amount / article.price).round().max(1.0);
        let each = (line.amount / pieces).round().max(1.0);
        let margin = article.margin + profile.margin_offset + 0.016 * self.chance.normal();
        let sale = SaleRecord {
            key: self.next_key(market, profile),
            day,
            partner: batch.partner_keys.len() as u32 - 1,
            category: line.category as u32,
            sku: article_number as u32 + 1,
            quantity: pieces as i64,
            revenue: Money::whole((pieces * each) as i64),
            margin: Some(Money(((pieces * each * margin * 100.0).round() as i64) * 100)),
            supply: Some((CATEGORIES[line.category].brand * DISTRIBUTORS.len() + self.distributor(profile)) as u32),
        };
        let back = self.chance.happens(RETURNS / (1.0 - RETURNS)).then(|| returned(&sale, &mut self.chance));
        batch.sales.push(sale);
        if let Some(back) = back {
            let later = back.day.plus(3 + self.chance.below(15) as i32).min(market.until);
            batch.sales.push(SaleRecord { key: self.next_key(market, profile), day: later, ..back });
        }
    }

    /// The partner's usual distributor, and the next one for every fifth line. Draws no chance, so that nothing else moves.
    fn distributor(&self, profile: &Profile) -> usize {
        (profile.number + usize::from(self.made.is_multiple_of(5))) % DISTRIBUTORS.len()
    }

    fn next_key(&mut self, market: &Market, profile: &Profile) -> u128 {
        self.made += 1;
        let counted = market.key_space << 64 | (profile.number as u128) << 32 | u128::from(self.made);
        counted.wrapping_mul(SPREAD)
    }
}

fn supply(brand: &str, distributor: &str) -> Supply {
    Supply { brand: brand.to_owned(), distributor: distributor.to_owned() }
}

/// Some or all pieces of a line, sent back at what they were bought for.
fn returned(sale: &SaleRecord, chance: &mut Chance) -> SaleRecord {
    let pieces = 1 + chance.below(sale.quantity as usize) as i64;
    let part = |money: Money| Money(-money.0 / sale.quantity * pieces);
    SaleRecord { quantity: -pieces, revenue: part(sale.revenue), margin: sale.margin.map(part), ..sale.clone() }
}

fn running(mut parts: [f64; N_CATEGORIES]) -> [f64; N_CATEGORIES] {
    for at in 1..N_CATEGORIES {
        parts[at] += parts[at - 1];
    }
    parts
}
