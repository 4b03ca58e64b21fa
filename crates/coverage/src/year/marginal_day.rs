//! One day more and one day less: what it brings or costs, and with whom.

use spelplan_facts::{Band, DayRange, Minutes, Money, PamId, PartnerId};

use super::ask::{Ask, Refusal};
use super::choosing::{Choosing, Chosen};
use super::frontier::{changed, difference};

/// A day more or less in one PAM's season.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginalDay {
    /// Whose.
    pub pam: PamId,
    /// Place of the season among the programme's.
    pub season: usize,
    /// Its days.
    pub days: DayRange,
    /// Margin less travel that it brings; negative for a day less.
    pub gain: Band,
    /// Its hours at their loaded cost.
    pub cost: Money,
    /// Who gets more or less, the largest changes first.
    pub changes: Vec<DayChange>,
}

/// What a partner gets instead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayChange {
    /// Whom.
    pub partner: PartnerId,
    /// Visits a year before and after.
    pub visits: (usize, usize),
    /// Touches a month before and after.
    pub touches_month: (f64, f64),
    /// Margin less travel that the change brings.
    pub gain: Money,
}

impl Choosing<'_> {
    /// The day where an hour is worth most.
    pub(crate) fn day_more(&self, chosen: &Chosen) -> Result<Option<MarginalDay>, Refusal> {
        let dear = self.season_prices(chosen).into_iter().reduce(|best, one| if one.2 > best.2 { one } else { best });
        let Some((budget, season, _)) = dear else { return Ok(None) };
        self.with_days(chosen, budget, season, 1).map(Some)
    }

    /// The day where an hour is worth least, of the seasons that have a day.
    pub(crate) fn day_fewer(&self, chosen: &Chosen) -> Result<Option<MarginalDay>, Refusal> {
        let whole = |(budget, season, _): &(usize, usize, f64)| {
            self.ask.budgets[*budget].field_time.get(*season).is_some_and(|time| *time >= self.programme.day_length)
        };
        let prices = self.season_prices(chosen).into_iter().filter(whole);
        let cheap = prices.reduce(|best, one| if one.2 < best.2 { one } else { best });
        let Some((budget, season, _)) = cheap else { return Ok(None) };
        // Where rules leave no day to take, there is none to take.
        Ok(self.with_days(chosen, budget, season, -1).ok())
    }

    /// Every budget's seasons with the price of a minute.
    fn season_prices(&self, chosen: &Chosen) -> Vec<(usize, usize, f64)> {
        let seasons = 0..self.programme.seasons.len();
        let price = |budget: usize, season: usize| chosen.allocation.prices[self.first_resource(budget) + season];
        let of = |budget: usize| seasons.clone().map(move |season| (budget, season, price(budget, season)));
        (0..self.ask.budgets.len()).flat_map(of).collect()
    }

    fn with_days(&self, chosen: &Chosen, budget: usize, season: usize, days: i32) -> Result<MarginalDay, Refusal> {
        let mut ask: Ask = self.ask.clone();
        let length = self.programme.day_length;
        ask.budgets[budget].field_time[season] += Minutes(days * length.0);
        let after = self.solve_near(&ask, chosen)?;
        // Without a limit on money nobody else's plan depends on this PAM's day: what else differs is the search's doing.
        let concerned = |item: usize| self.ask.money.is_some() || self.items[item].budget == budget;
        let items: Vec<_> = changed(self, chosen, &after).into_iter().filter(|(item, _)| concerned(*item)).collect();
        let mut changes: Vec<DayChange> = items.iter().map(|(item, _)| self.change(*item, chosen, &after)).collect();
        changes.sort_by(|a, b| b.gain.0.abs().cmp(&a.gain.0.abs()).then(a.partner.cmp(&b.partner)));
        Ok(MarginalDay {
            pam: self.ask.budgets[budget].pam,
            season,
            days: self.programme.seasons[season],
            gain: difference(self, &items, chosen, &after),
            cost: self.programme.day_cost(),
            changes,
        })
    }

    fn change(&self, item: usize, before: &Chosen, after: &Chosen) -> DayChange {
        let (a, b) = (self.way(before, item), self.way(after, item));
        let visits = |visits: &[u8]| visits.iter().map(|visits| usize::from(*visits)).sum::<usize>();
        let touches = |level: usize| self.programme.levels[level].touches;
        DayChange {
            partner: self.case(item).partner,
            visits: (visits(&a.visits), visits(&b.visits)),
            touches_month: (touches(a.level), touches(b.level)),
            gain: Money::from_units(b.value - a.value),
        }
    }
}
