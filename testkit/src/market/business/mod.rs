//! What the market's partners' businesses look like, as tables of one's own would tell it: most partners are known well, some
//! hardly at all, as it is. What a table says of money between us follows from what the partner bought.

mod accounts;
mod cases;
mod terms;
mod trade;

use spelplan_facts::{Business, Day, DayRange, Money, Month};
use spelplan_intake::{Batch, BusinessRow, Kind};

use super::Market;
use super::chance::{Chance, Purpose, mixed};
use super::profile::Profile;

/// Added to the seed, so that these draws move nothing else in the market.
const OF_ITS_OWN: u64 = 0xb5_1e55;
/// Partners of whom the tables know anything.
const KNOWN: f64 = 0.85;

/// The tables, one batch a kind.
pub(super) fn batches(market: &Market) -> Vec<Batch> {
    let rows: Vec<BusinessRow> = market.profiles.iter().flat_map(|profile| rows(market, profile)).collect();
    let of = |kind: Kind| rows.iter().filter(move |row| row.what.kind() == kind.code()).cloned();
    let batch = |kind: Kind| Batch {
        source: format!("demo-{}", kind.code()),
        kind: Some(kind),
        business: (2..).zip(of(kind)).collect(),
        ..Batch::default()
    };
    Kind::ALL.into_iter().map(batch).filter(|batch| !batch.business.is_empty()).collect()
}

fn rows(market: &Market, profile: &Profile) -> Vec<BusinessRow> {
    let chance = Chance::of(mixed(market.size.seed ^ OF_ITS_OWN), profile.number, Purpose::Profile);
    let mut one = Told::of(market, profile, chance);
    if profile.inactive || one.year < 1_000.0 || !(one.chance.happens(KNOWN) || profile.story.is_some()) {
        return Vec::new();
    }
    one.accounts();
    one.rebates();
    one.certificates();
    one.campaigns();
    one.resale();
    one.contracts();
    one.stock();
    one.invoices();
    one.deals();
    one.cases();
    one.rows
}

/// One partner while its rows are drawn.
struct Told<'a> {
    profile: &'a Profile,
    chance: Chance,
    /// The last day that anything is known of.
    until: Day,
    /// The market's first month, and what the partner bought in it and every month after.
    first: Month,
    bought: Vec<f64>,
    /// Bought in the last twelve whole months, kronor.
    year: f64,
    rows: Vec<BusinessRow>,
}

impl<'a> Told<'a> {
    fn of(market: &Market, profile: &'a Profile, chance: Chance) -> Told<'a> {
        let bought = market.path(profile).bought;
        let months = market.size.months.min(bought.len());
        let year = bought[months.saturating_sub(12)..months].iter().sum();
        Told { profile, chance, until: market.until, first: market.first, bought, year, rows: Vec::new() }
    }

    fn tell(&mut self, key: String, what: Business) {
        self.rows.push(BusinessRow { partner: self.profile.key.clone(), key, what });
    }

    /// Does that table know this partner? Those that a story is told of are known to all of them.
    fn is_told(&mut self, part: f64) -> bool {
        self.chance.happens(part) || self.profile.story.is_some()
    }

    /// Between these, each as likely.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.chance.uniform()
    }

    /// A day so many days after today, within these.
    fn day(&mut self, from: i32, to: i32) -> Day {
        let days = self.between(f64::from(from), f64::from(to));
        self.until.plus(days as i32)
    }

    /// That day where it has been.
    fn if_past(&self, day: Day) -> Option<Day> {
        (day <= self.until).then_some(day)
    }

    /// Kronor bought in that month.
    fn month(&self, month: Month) -> f64 {
        usize::try_from(month.0 - self.first.0).ok().and_then(|at| self.bought.get(at)).copied().unwrap_or(0.0)
    }

    /// Kronor bought in the months of that period.
    fn within(&self, days: DayRange) -> f64 {
        (days.from.month().0..=days.to.month().0).map(|month| self.month(Month(month))).sum()
    }

    /// The year so far, in whole months; of January and February there is too little to tell, then it is the year before.
    fn year_so_far(&self) -> Option<DayRange> {
        let (year, month, _) = self.until.plus(1).parts();
        let (year, to) = if month < 3 { (year - 1, Day::new(year, 1, 1)?) } else { (year, Day::new(year, month, 1)?) };
        Some(DayRange { from: Day::new(year, 1, 1)?, to: to.plus(-1) })
    }
}

/// Kronor, rounded to so many.
fn kronor(amount: f64, to: f64) -> Money {
    Money::whole(((amount / to).round() * to) as i64)
}
