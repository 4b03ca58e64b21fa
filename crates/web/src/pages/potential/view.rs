//! The potential page as it is shown: how good the estimates are, in words, and the partners.

use askama::Template;
use spelplan_app::potential::{PotentialPage, PotentialRow};
use spelplan_app::{BackTest, HeldOut, Wallet, WalletSource};
use spelplan_facts::{Money, Share, Text};

use crate::drawings::BandBar;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Potential", en: "Potential" };

/// Points by which a held-out share may miss before the page calls it off.
const OFF: f64 = 0.03;

/// Rank correlation from which headroom is said to tell who grows.
const TELLS: f64 = 0.2;

/// Rank correlation below which headroom is said to tell nothing of growth.
const HARDLY: f64 = 0.05;

/// The page.
#[derive(Template)]
#[template(path = "potential/page.html")]
pub(crate) struct PotentialView {
    frame: Frame,
    t: Tongue,
    unit: String,
    page: PotentialPage,
    rows: Vec<Row>,
    tenths: Vec<Tenth>,
    before: Option<String>,
    after: Option<String>,
}

/// A partner with its bar.
struct Row {
    row: PotentialRow,
    bar: BandBar,
}

/// A tenth of the partners in the back-test.
struct Tenth {
    headroom: Money,
    growth: Money,
    /// Width of its bar in per cent of the widest; zero where it shrank.
    width: f64,
}

impl PotentialView {
    /// The page with what was found.
    pub fn new(visitor: &Visitor, mut page: PotentialPage) -> PotentialView {
        let t = visitor.t;
        let frame = visitor.frame("/open-goals", t.text(TITLE), page.basis.clone());
        let rows = std::mem::take(&mut page.rows).into_iter();
        let rows = rows.map(|row| Row { bar: BandBar::reached(row.possible.sales_year, row.possible.potential), row });
        let address = |page: usize| format!("/potential?page={page}");
        PotentialView {
            rows: rows.collect(),
            tenths: page.back_test.as_ref().map(tenths).unwrap_or_default(),
            before: (page.page > 1).then(|| address(page.page - 1)),
            after: (page.page < page.pages).then(|| address(page.page + 1)),
            unit: frame.unit(),
            page,
            frame,
            t,
        }
    }

    /// Does the .8 quantile hold on partners held out?
    fn holds(&self, found: &HeldOut) -> bool {
        found.levels.iter().all(|check| (check.below.0 - check.level.0).abs() <= OFF)
    }

    /// How much better than one line for each segment, as a share of its loss.
    fn better(&self, found: &HeldOut) -> Share {
        let middle = found.levels[1];
        Share(1.0 - middle.loss / middle.loss_of_segments.max(1e-12))
    }

    /// Does headroom tell who grows? The word, and whether it is to be warned of.
    fn tells(&self, test: &BackTest) -> (&'static str, bool) {
        match test.by_headroom {
            much if much >= TELLS => (self.t.say("ja", "yes"), false),
            some if some >= HARDLY => (self.t.say("svagt", "weakly"), true),
            _ => (self.t.say("nej", "no"), true),
        }
    }

    fn share_words(&self, wallet: &Wallet) -> String {
        share_words(self.t, wallet)
    }

    fn source_words(&self, wallet: &Wallet) -> String {
        source_words(self.t, wallet)
    }
}

fn tenths(test: &BackTest) -> Vec<Tenth> {
    let most = test.tenths.iter().map(|(_, growth)| growth.units()).fold(1.0, f64::max);
    let width = |growth: Money| (growth.units().max(0.0) / most * 1000.0).round() / 10.0;
    test.tenths.iter().map(|&(headroom, growth)| Tenth { headroom, growth, width: width(growth) }).collect()
}

/// `12 % (8–19 %)`.
pub(super) fn share_words(t: Tongue, wallet: &Wallet) -> String {
    let [low, value, high] = wallet.share;
    if wallet.source == WalletSource::Told {
        return t.percent(value);
    }
    let low = t.percent(low);
    format!("{} ({}–{})", t.percent(value), low.trim_end_matches(['%', '\u{a0}']), t.percent(high))
}

/// Where a wallet comes from.
pub(super) fn source_words(t: Tongue, wallet: &Wallet) -> String {
    match wallet.source {
        WalletSource::Told => t.say("uppgiven", "told").to_owned(),
        WalletSource::Learned { known } => format!(
            "{} {} {}",
            t.say("lärd av", "learned from"),
            t.count(known),
            t.say("partner vars inköp är kända", "partners whose purchases are known")
        ),
        WalletSource::Assumed => t.say("vanlig andel antagen", "usual share assumed").to_owned(),
    }
}
