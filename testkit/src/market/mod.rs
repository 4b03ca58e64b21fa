//! An invented Nordic distributor whose every truth is known: partners, people, visits and sale lines from a seed.
//! The same seed gives the same market; a larger one begins with the smaller one's partners. Figures: data.md section 4
//! of the design papers, with its sources; what differs from it is said where it differs.

mod business;
mod calendar;
mod catalogue;
mod chance;
mod clusters;
mod effect;
mod history;
mod lines;
mod names;
mod path;
mod profile;
mod records;
mod stories;
mod territories;
mod towns;
mod truth;
mod wallets;

use std::collections::BTreeSet;

use spelplan_facts::{Day, Month};
use spelplan_intake::Batch;

use calendar::MonthDays;
use catalogue::Catalogue;
use chance::mixed;
use history::History;
use lines::LineStream;
use path::Path;
use profile::Profile;
use territories::{Territories, Territory};

pub use effect::VisitEffect;
pub use stories::{PlantedStory, Story};
pub use truth::{PartnerTruth, Truth};

/// How large a market to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarketSize {
    /// Resellers; from 39 on every partner's story is planted.
    pub partners: usize,
    /// Whole months of history before the running one.
    pub months: usize,
    /// Everything follows from it.
    pub seed: u64,
    /// About how many sale lines in all; `None` leaves it to the partners' sizes (17 a partner and month).
    pub lines: Option<usize>,
}

impl Default for MarketSize {
    /// The demo set: 260 resellers, three years.
    fn default() -> MarketSize {
        MarketSize { partners: 260, months: 36, seed: 1, lines: None }
    }
}

/// An invented market on a day.
pub struct Market {
    size: MarketSize,
    until: Day,
    first: Month,
    key_space: u128,
    line_factor: f64,
    catalogue: Catalogue,
    /// Working days by country, and last those of the one who buys at quarters' ends.
    calendars: Vec<(&'static str, Vec<MonthDays>)>,
    profiles: Vec<Profile>,
    territories: Territories,
    truth: Truth,
}

impl Market {
    /// Invents it, with history up to and including that day.
    pub fn new(size: MarketSize, until: Day) -> Market {
        let size = MarketSize { seed: size.seed.wrapping_add(TYPICAL), ..size };
        let first = Month(until.month().0 - size.months as i32);
        let months = (first.0..=until.month().0).map(Month);
        let calendar =
            |country, push| months.clone().map(|month| MonthDays::new(country, month, until, push)).collect();
        let mut calendars: Vec<_> = ["SE", "NO", "DK", "FI"].map(|country| (country, calendar(country, 2.2))).into();
        calendars.push((PUSHED, calendar("SE", 14.0)));
        let mut profiles: Vec<Profile> = (0..size.partners).map(|n| Profile::draw(&size, n, until)).collect();
        tell_apart(&mut profiles);
        let first_day = first.first().unwrap_or(until);
        let territories = Territories::divide(&profiles, size.seed, until, first_day);
        let mut market = Market {
            size,
            until,
            first,
            key_space: u128::from(mixed(size.seed ^ mixed(until.number() as u64))),
            line_factor: 1.0,
            catalogue: Catalogue::new(),
            calendars,
            profiles,
            territories,
            truth: Truth { partners: Vec::new(), stories: Vec::new() },
        };
        market.line_factor = market.factor_for(size.lines);
        market.truth = market.find_truth();
        market
    }

    /// Everything but sale lines, one batch a kind (touches in several when there are many), in the order to import.
    pub fn batches(&self) -> Vec<Batch> {
        records::batches(self)
    }

    /// What tables tell of the partners' businesses, one batch a kind; to import once everything else is in.
    pub fn business(&self) -> Vec<Batch> {
        business::batches(self)
    }

    /// Sale lines in batches of at most 200,000, each with its own tables; memory does not grow with their number.
    pub fn sales(&self) -> impl Iterator<Item = Batch> {
        LineStream::new(self)
    }

    /// The same lines from a market that nobody needs any more, for a stream that must live on its own.
    pub fn into_sales(self) -> impl Iterator<Item = Batch> + Send + use<> {
        LineStream::new(self)
    }

    /// What is true of it.
    pub fn truth(&self) -> &Truth {
        &self.truth
    }

    /// What to multiply lines a month by so that all make the wanted number.
    fn factor_for(&self, lines: Option<usize>) -> f64 {
        let months = |profile: &Profile| f64::from((profile.alive.end - profile.alive.start.max(0)).max(0));
        let usual: f64 = self.profiles.iter().map(|profile| months(profile) * profile.lines_month).sum();
        lines.map_or(1.0, |wanted| wanted as f64 / usual.max(1.0))
    }

    fn find_truth(&self) -> Truth {
        let partner =
            |profile: &Profile| truth::partner(profile, &self.history(profile), &self.path(profile), self.size.months);
        let mut stories = stories::planted(self.profiles.iter());
        if let Some((on_leave, territory)) = self.territories.on_leave() {
            let own = self
                .profiles
                .iter()
                .filter(|profile| self.territories.number_of(profile.number) == on_leave && !profile.without_pam);
            stories.push(PlantedStory {
                story: Story::ParentalLeave,
                partners: own.map(|profile| profile.key.clone()).collect(),
                pam: Some(territory.pam.key.clone()),
            });
        }
        Truth { partners: self.profiles.iter().map(partner).collect(), stories }
    }

    fn history(&self, profile: &Profile) -> History {
        let territory = self.territory(profile);
        let away = |day| territory.is_some_and(|territory| territory.is_away(day));
        History::draw(profile, self.size.seed, self.first, self.calendar(profile.country), away)
    }

    fn path(&self, profile: &Profile) -> Path {
        let lifts = VisitEffect::at(profile.response).lifts(&self.history(profile), self.size.months + 1);
        Path::draw(profile, self.size.seed, self.first, &lifts)
    }

    /// The territory the partner is run in; none where nobody runs it.
    fn territory(&self, profile: &Profile) -> Option<&Territory> {
        (!profile.without_pam).then(|| self.territories.of(profile.number)).flatten()
    }

    /// Days of each month as this partner buys.
    fn days_for(&self, profile: &Profile) -> &[MonthDays] {
        let pushed = profile.story == Some(Story::QuarterEndPusher);
        self.calendar(if pushed { PUSHED } else { profile.country })
    }

    fn calendar(&self, country: &str) -> &[MonthDays] {
        self.calendars.iter().find(|(code, _)| *code == country).map_or(&[], |(_, months)| months)
    }
}

/// Added to every seed. A few large partners move a market's totals by a tenth; this makes seed 1, the demo, the one of
/// the first 400 that lies nearest to the specification's trial.
const TYPICAL: u64 = 356;

/// Name of the calendar in which nearly everything is bought in a quarter's last days.
const PUSHED: &str = "pushed";

/// Gives companies of the same name their town's beside it, or a number where that does not help.
fn tell_apart(profiles: &mut [Profile]) {
    let mut seen = BTreeSet::new();
    for profile in profiles {
        let (stem, suffix) = profile.name.rsplit_once(' ').unwrap_or((profile.name.as_str(), ""));
        let candidates = [profile.name.clone(), format!("{stem} {} {suffix}", profile.city)];
        let with_number = (2..).map(|n| format!("{stem} {} {n} {suffix}", profile.city));
        let name = candidates.into_iter().chain(with_number).find(|name| !seen.contains(name));
        profile.name = name.unwrap_or_default();
        seen.insert(profile.name.clone());
    }
}
