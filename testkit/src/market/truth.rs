//! What is true of the market and stands in no record: wallets, shares, and what visits really did.

use spelplan_facts::{Money, Share};

use super::catalogue::{BRANDS, N_BRANDS};
use super::effect::VisitEffect;
use super::history::History;
use super::path::Path;
use super::profile::{Profile, SEGMENTS};
use super::stories::{PlantedStory, Story};

/// The truth about a market.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// Each partner's, in the order of their keys.
    pub partners: Vec<PartnerTruth>,
    /// Who plays which story.
    pub stories: Vec<PlantedStory>,
}

impl Truth {
    /// The partner with that key.
    pub fn partner(&self, key: &str) -> Option<&PartnerTruth> {
        self.partners.iter().find(|partner| partner.key == key)
    }

    /// The planted story, where the market is large enough to hold it.
    pub fn story(&self, story: Story) -> Option<&PlantedStory> {
        self.stories.iter().find(|planted| planted.story == story)
    }
}

/// The truth about a partner.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerTruth {
    /// Its number in the records.
    pub key: String,
    /// What it buys of all three brands' kinds from anybody, a year, now.
    pub wallet: Money,
    /// Our share of that, as bought in the last twelve whole months.
    pub share: Share,
    /// Our share of each brand's part of the wallet, without visits.
    pub share_by_brand: [(&'static str, Share); N_BRANDS],
    /// Bought from us in the last twelve whole months.
    pub bought_year: Money,
    /// What of the wallet is not ours.
    pub headroom: Money,
    /// What a visit does here.
    pub effect: VisitEffect,
    /// Revenue of the last twelve whole months that would not be without visits.
    pub uplift_year: Money,
    /// Visits made in all.
    pub n_visits: usize,
    /// Digital touches in all.
    pub n_touches: usize,
    /// Kind of reseller.
    pub segment: &'static str,
    /// The story it plays, if any.
    pub story: Option<Story>,
}

/// The truth about one partner whose months are known.
pub(super) fn partner(profile: &Profile, history: &History, path: &Path, months: usize) -> PartnerTruth {
    let year = months.saturating_sub(12)..months;
    let bought: f64 = path.bought[year.clone()].iter().sum();
    let without: f64 = path.without_visits[year].iter().sum();
    let wallet = profile.wallet * (profile.trend * months as f64 / 12.0).exp();
    PartnerTruth {
        key: profile.key.clone(),
        wallet: Money::from_units(wallet),
        share: Share(bought / wallet),
        share_by_brand: std::array::from_fn(|brand| (BRANDS[brand], Share(profile.shares[brand]))),
        bought_year: Money::from_units(bought),
        headroom: Money::from_units((wallet - bought).max(0.0)),
        effect: VisitEffect::at(profile.response),
        uplift_year: Money::from_units(bought - without),
        n_visits: history.visits.len(),
        n_touches: history.touches.len(),
        segment: SEGMENTS[profile.segment].0,
        story: profile.story,
    }
}
