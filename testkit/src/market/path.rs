//! A partner's months of buying: wallet, share, season, growth, noise and what visits truly added.

use super::calendar::{is_quarter_end, sales_season};
use super::chance::{Chance, Purpose};
use super::profile::Profile;
use super::stories::Story;
use spelplan_facts::Month;

/// Kronor of each whole month, with and without the visits' lift.
pub(super) struct Path {
    /// What was bought.
    pub(super) bought: Vec<f64>,
    /// What would have been without any visit.
    pub(super) without_visits: Vec<f64>,
}

impl Path {
    /// Draws it; `lifts` has one entry a month.
    pub(super) fn draw(profile: &Profile, seed: u64, first: Month, lifts: &[f64]) -> Path {
        let chance = &mut Chance::of(seed, profile.number, Purpose::Months);
        let noise = noise_of(profile);
        let mut path = Path { bought: Vec::new(), without_visits: Vec::new() };
        for (number, lift) in lifts.iter().enumerate() {
            let noise = (noise * chance.normal() - noise * noise / 2.0).exp();
            let growth = (profile.trend * number as f64 / 12.0).exp();
            let alive = if profile.alive.contains(&(number as i32)) { 1.0 } else { 0.0 };
            let month = Month(first.0 + number as i32);
            let own = own_season(profile.story, month, number, lifts.len());
            let base = profile.bought_year() / 12.0 * sales_season(month) * growth * noise * alive * own;
            path.without_visits.push(base);
            path.bought.push(base * (1.0 + lift));
        }
        path
    }
}

/// Monthly noise, logarithmic: .30 for small partners to .23 for large ones, little where a story should show.
fn noise_of(profile: &Profile) -> f64 {
    match profile.story {
        Some(_) => 0.10,
        None => (0.30 - 0.025 * (profile.bought_year() / 0.2e6).log10()).clamp(0.23, 0.30),
    }
}

/// What a story does to the months beyond the market's season.
fn own_season(story: Option<Story>, month: Month, number: usize, n: usize) -> f64 {
    match story {
        Some(Story::QuarterEndPusher) if is_quarter_end(month) => 2.2,
        Some(Story::QuarterEndPusher) => 0.4,
        Some(Story::FadingFriend) => 0.94_f64.powi((number + 11).saturating_sub(n) as i32),
        Some(Story::NewPartner) => 0.7 + 0.15 * (number + 5).saturating_sub(n) as f64,
        _ => 1.0,
    }
}
