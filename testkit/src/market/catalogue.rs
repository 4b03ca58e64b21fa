//! What is sold: three invented brands, their categories with margins, and articles.

use super::chance::{Chance, Purpose};

/// Number of brands.
pub(super) const N_BRANDS: usize = 3;
/// Number of categories.
pub(super) const N_CATEGORIES: usize = 10;
/// The brands.
pub(super) const BRANDS: [&str; N_BRANDS] = ["Polaro", "Tryckra", "Skyddia"];
/// The distributors that the brands' goods go through; most of a partner's lines come from one of them.
pub(super) const DISTRIBUTORS: [&str; 2] = ["Granvik Distribution", "Tallmo Grossist"];
/// Part of a wallet that could be each brand's.
pub(super) const BRAND_PARTS: [f64; N_BRANDS] = [0.50, 0.28, 0.22];

/// A category of one brand.
pub(super) struct Category {
    /// Name in the files.
    pub(super) name: &'static str,
    /// Number of its brand.
    pub(super) brand: usize,
    /// Service, renewals, supplies, spare parts.
    pub(super) aftermarket: bool,
    /// Distributor's margin, a share of revenue. Add-ons about a third below the split first assumed, so that all makes 6.5 %.
    margin: f64,
    /// Part of its brand's revenue.
    pub(super) part: f64,
    /// Typical price of a piece in kronor.
    price: f64,
    /// How much larger than others its lines are.
    pub(super) line_size: f64,
    code: &'static str,
    n_articles: usize,
}

#[rustfmt::skip]
pub(super) static CATEGORIES: [Category; N_CATEGORIES] = [
    Category { name: "Polaro datorer",       brand: 0, aftermarket: false, margin: 0.040, part: 0.47, price: 9_500.0, line_size: 2.5, code: "PO-D", n_articles: 60 },
    Category { name: "Polaro skärmar",       brand: 0, aftermarket: false, margin: 0.060, part: 0.16, price: 2_400.0, line_size: 1.2, code: "PO-S", n_articles: 40 },
    Category { name: "Polaro dockor",        brand: 0, aftermarket: false, margin: 0.080, part: 0.07, price: 1_700.0, line_size: 0.7, code: "PO-K", n_articles: 15 },
    Category { name: "Polaro servicepaket",  brand: 0, aftermarket: true,  margin: 0.085, part: 0.21, price: 1_300.0, line_size: 1.0, code: "PO-V", n_articles: 25 },
    Category { name: "Polaro tillbehör",     brand: 0, aftermarket: false, margin: 0.100, part: 0.09, price: 420.0,   line_size: 0.4, code: "PO-T", n_articles: 80 },
    Category { name: "Tryckra skrivare",     brand: 1, aftermarket: false, margin: 0.045, part: 0.28, price: 3_800.0, line_size: 1.6, code: "TR-S", n_articles: 30 },
    Category { name: "Tryckra förbrukning",  brand: 1, aftermarket: true,  margin: 0.075, part: 0.62, price: 850.0,   line_size: 0.7, code: "TR-F", n_articles: 90 },
    Category { name: "Tryckra reservdelar",  brand: 1, aftermarket: true,  margin: 0.087, part: 0.10, price: 620.0,   line_size: 0.4, code: "TR-R", n_articles: 60 },
    Category { name: "Skyddia brandväggar",  brand: 2, aftermarket: false, margin: 0.080, part: 0.38, price: 11_000.0, line_size: 2.2, code: "SK-B", n_articles: 20 },
    Category { name: "Skyddia abonnemang",   brand: 2, aftermarket: true,  margin: 0.075, part: 0.62, price: 5_200.0, line_size: 1.2, code: "SK-A", n_articles: 25 },
];

/// An article.
pub(super) struct Article {
    /// Number; unique.
    pub(super) number: String,
    /// Price of a piece in kronor.
    pub(super) price: f64,
    /// Margin as a share of revenue, before what the partner and the deal change.
    pub(super) margin: f64,
}

/// Every article, the same for every seed; a category's stand together, the most sold first.
pub(super) struct Catalogue {
    articles: Vec<Article>,
    starts: [usize; N_CATEGORIES + 1],
}

impl Catalogue {
    /// Makes it: prices lognormal around the category's, margins with a deviation of 1.2 points.
    pub(super) fn new() -> Catalogue {
        let mut articles = Vec::new();
        let mut starts = [0; N_CATEGORIES + 1];
        for (at, category) in CATEGORIES.iter().enumerate() {
            let mut chance = Chance::of(0, at, Purpose::Catalogue);
            starts[at] = articles.len();
            for n in 0..category.n_articles {
                articles.push(Article {
                    number: format!("{}{:03}", category.code, 100 + n),
                    price: (category.price * (0.6 * chance.normal()).exp()).round().max(49.0),
                    margin: category.margin + 0.012 * chance.normal(),
                });
            }
        }
        starts[N_CATEGORIES] = articles.len();
        Catalogue { articles, starts }
    }

    /// An article of that category by exponential rank, preferring one that costs no more than the line.
    pub(super) fn draw(&self, category: usize, amount: f64, chance: &mut Chance) -> (usize, &Article) {
        let articles = &self.articles[self.starts[category]..self.starts[category + 1]];
        let mut rank = 0;
        for _ in 0..4 {
            let drawn = -(1.0 - chance.uniform()).ln() * articles.len() as f64 / 4.0;
            rank = (drawn as usize) % articles.len();
            if articles[rank].price <= amount * 1.2 {
                break;
            }
        }
        (self.starts[category] + rank, &articles[rank])
    }

    /// Article numbers in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.articles.iter().map(|article| article.number.as_str())
    }
}
