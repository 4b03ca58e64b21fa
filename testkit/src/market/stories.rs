//! The stories planted in the market, so that tests and the guide can name a partner and what should be seen of it.

use std::collections::BTreeMap;

use spelplan_facts::Text;

use super::MarketSize;
use super::chance::Chance;
use super::profile::{Located, Profile};
use super::towns;

/// A story that some partner (or PAM) plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Story {
    /// A large wallet, hardly any of it ours, never visited.
    SleepingGiant,
    /// Buys nearly all it can from us and is visited every month.
    OverVisitedFavourite,
    /// A strong relationship that fades since its PAM left.
    FadingFriend,
    /// Hundreds of mails, calls and webinars, never met.
    DigitalOnly,
    /// Large, and all of it sold below cost.
    BoughtAtALoss,
    /// Buys in the last days of each quarter.
    QuarterEndPusher,
    /// Began to buy some months ago.
    NewPartner,
    /// Bought steadily, then stopped.
    LostOne,
    /// A chain whose members all give us the same share.
    SharedShareChain,
    /// Service packs, supplies and subscriptions: high margin.
    AftermarketGold,
    /// Beyond a ferry.
    AcrossWater,
    /// A PAM's long leave: partners of the same kind, with and without visits.
    ParentalLeave,
}

impl Story {
    /// Every story.
    pub const ALL: [Story; 12] = [
        Story::SleepingGiant,
        Story::OverVisitedFavourite,
        Story::FadingFriend,
        Story::DigitalOnly,
        Story::BoughtAtALoss,
        Story::QuarterEndPusher,
        Story::NewPartner,
        Story::LostOne,
        Story::SharedShareChain,
        Story::AftermarketGold,
        Story::AcrossWater,
        Story::ParentalLeave,
    ];

    /// What to call it.
    pub fn title(self) -> Text {
        match self {
            Story::SleepingGiant => Text { sv: "den sovande jätten", en: "the sleeping giant" },
            Story::OverVisitedFavourite => Text { sv: "den överbesökta favoriten", en: "the over-visited favourite" },
            Story::FadingFriend => Text { sv: "vännen som bleknar", en: "the fading friend" },
            Story::DigitalOnly => Text { sv: "bara digitalt", en: "digital only" },
            Story::BoughtAtALoss => Text { sv: "köper med förlust för oss", en: "bought at a loss" },
            Story::QuarterEndPusher => Text { sv: "kvartalsslutsköparen", en: "the quarter-end pusher" },
            Story::NewPartner => Text { sv: "den nya partnern", en: "the new partner" },
            Story::LostOne => Text { sv: "den förlorade", en: "the lost one" },
            Story::SharedShareChain => Text { sv: "kedjan med samma andel", en: "the chain with a shared share" },
            Story::AftermarketGold => Text { sv: "guld på eftermarknaden", en: "aftermarket gold" },
            Story::AcrossWater => Text { sv: "över vattnet", en: "across water" },
            Story::ParentalLeave => Text { sv: "föräldraledigheten", en: "the parental leave" },
        }
    }
}

/// A story with who plays it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedStory {
    /// The story.
    pub story: Story,
    /// Keys of the partners in it.
    pub partners: Vec<String>,
    /// Key of the PAM in it, where it is a PAM's.
    pub pam: Option<String>,
}

/// The stories these partners play, in [`Story::ALL`] order.
pub(super) fn planted<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Vec<PlantedStory> {
    let mut players: BTreeMap<Story, Vec<String>> = BTreeMap::new();
    for profile in profiles {
        if let Some(story) = profile.story {
            players.entry(story).or_default().push(profile.key.clone());
        }
    }
    players.into_iter().map(|(story, partners)| PlantedStory { story, partners, pam: None }).collect()
}

/// Who plays what: partner number, story, name, country, town, segment, wallet in MSEK, share of wallet.
type Role = (usize, Story, &'static str, &'static str, &'static str, usize, f64, f64);

#[rustfmt::skip]
const ROLES: [Role; 17] = [
    (4,  Story::SleepingGiant,        "Storfors Koncerndata AB",    "SE", "Karlstad",  3, 80.0, 0.012),
    (6,  Story::OverVisitedFavourite, "Gamla Hamnens Kontor AB",    "SE", "Göteborg",  0, 4.5,  0.62),
    (9,  Story::FadingFriend,         "Åkerströms Dataväxt AB",     "SE", "Linköping", 1, 14.0, 0.22),
    (11, Story::DigitalOnly,          "Skärmflödet Sverige AB",     "SE", "Örebro",    1, 16.0, 0.11),
    (13, Story::BoughtAtALoss,        "Rampris Volymdata AB",       "SE", "Malmö",     4, 25.0, 0.20),
    (15, Story::QuarterEndPusher,     "Sista Minuten System AB",    "SE", "Västerås",  3, 18.0, 0.15),
    (18, Story::NewPartner,           "Nybyggarnas IT AB",          "SE", "Umeå",      1, 12.0, 0.10),
    (20, Story::LostOne,              "Försvunna Skrivare AB",      "SE", "Jönköping", 2, 8.0,  0.25),
    (22, Story::AftermarketGold,      "Långlivets Serviceverk AB",  "SE", "Norrköping", 1, 15.0, 0.20),
    (24, Story::AcrossWater,          "Raukarnas Data AB",          "SE", "Visby",     0, 9.0,  0.14),
    (26, Story::AcrossWater,          "Skärgårdsdata Ab",           "AX", "Mariehamn", 0, 7.0,  0.12),
    (28, Story::SharedShareChain,     "Blåbläck Borås AB",          "SE", "Borås",     2, 6.0,  0.15),
    (30, Story::SharedShareChain,     "Blåbläck Gävle AB",          "SE", "Gävle",     2, 3.0,  0.15),
    (32, Story::SharedShareChain,     "Blåbläck Växjö AB",          "SE", "Växjö",     2, 11.0, 0.15),
    (34, Story::SharedShareChain,     "Blåbläck Östersund AB",      "SE", "Östersund", 2, 1.6,  0.15),
    (36, Story::SharedShareChain,     "Blåbläck Halmstad AB",       "SE", "Halmstad",  2, 4.2,  0.15),
    (38, Story::SharedShareChain,     "Blåbläck Sundsvall AB",      "SE", "Sundsvall", 2, 8.0,  0.15),
];

/// Gives the partner of that number its role, if the market has one for it.
pub(super) fn cast(profile: &mut Profile, size: &MarketSize, chance: &mut Chance) {
    let Some(&(_, story, name, country, town, segment, wallet, share)) =
        ROLES.iter().find(|role| role.0 == profile.number)
    else {
        return;
    };
    let months = size.months as i32;
    profile.story = Some(story);
    name.clone_into(&mut profile.name);
    if let Some(town) = towns::named(country, town) {
        profile.move_to(town, chance);
    }
    profile.country = if country == "AX" { "FI" } else { country };
    profile.street = super::names::of(country).street(chance);
    (profile.segment, profile.wallet, profile.shares, profile.chain) = (segment, wallet * 1.0e6, [share; 3], "");
    (profile.located, profile.inactive, profile.without_pam) = (Located::Given, false, false);
    (profile.alive, profile.trend, profile.margin_offset) = (0..months + 1, 0.02, 0.0);
    (profile.visit_rate, profile.touch_rate, profile.response) = (1.0, 0.2, 1.0);
    direct(profile, months);
}

/// What the story makes different.
fn direct(profile: &mut Profile, months: i32) {
    match profile.story {
        Some(Story::SleepingGiant) => {
            (profile.visit_rate, profile.touch_rate, profile.response) = (0.0, 0.0, 1.8);
        }
        Some(Story::OverVisitedFavourite) => {
            (profile.visit_rate, profile.touch_rate, profile.response) = (12.0, 0.6, 0.1);
        }
        Some(Story::FadingFriend) => (profile.visit_rate, profile.response) = (9.0, 1.6),
        Some(Story::DigitalOnly) => (profile.visit_rate, profile.touch_rate) = (0.0, 8.0),
        Some(Story::BoughtAtALoss) => (profile.margin_offset, profile.visit_rate) = (-0.09, 2.0),
        Some(Story::NewPartner) => profile.alive.start = (months - 4).max(0),
        Some(Story::LostOne) => (profile.alive.end, profile.visit_rate) = ((months - 7).max(1), 1.5),
        Some(Story::AftermarketGold) => {
            // Weights on the usual mix of categories: service packs, supplies, parts and subscriptions.
            profile.mix = [0.05, 0.2, 0.3, 8.0, 0.5, 0.2, 4.0, 6.0, 0.2, 4.0];
            (profile.margin_offset, profile.visit_rate) = (0.03, 0.6);
        }
        Some(Story::SharedShareChain) => profile.chain = "Blåbläck",
        Some(Story::QuarterEndPusher) => profile.visit_rate = 2.0,
        Some(Story::AcrossWater) => profile.visit_rate = 0.0,
        _ => {}
    }
}
