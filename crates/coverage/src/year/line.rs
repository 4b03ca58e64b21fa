//! From the options taken to lines and sums.

use std::collections::BTreeMap;

use spelplan_facts::{Band, LeftOutReason, Minutes, Money, Share};
use spelplan_focus::stock;

use super::answer::{HourValue, YearLine, YearPlan};
use super::beliefs::{DRAWS, spread};
use super::case::Case;
use super::choosing::{Choosing, Chosen, Way};
use super::path::Level;
use super::programme::Programme;

impl Choosing<'_> {
    /// What one item's option brings in each world, after the realised ratio.
    pub(crate) fn worlds(&self, item: usize, way: &Way) -> [f64; DRAWS] {
        let case = self.case(item);
        let (beliefs, years) = (&self.programme.beliefs[case.beliefs], &self.programme.years[case.beliefs]);
        case.worlds(beliefs, years, way.level, &way.visits).map(|gain| self.realised * gain)
    }

    /// The whole answer.
    pub(crate) fn year_plan(&self, chosen: &Chosen) -> YearPlan {
        let mut worlds = [0.0; DRAWS];
        let mut lines = Vec::with_capacity(self.items.len());
        for item in 0..self.items.len() {
            let own = self.worlds(item, self.way(chosen, item));
            worlds.iter_mut().zip(own).for_each(|(sum, one)| *sum += one);
            lines.push(self.line(chosen, item, own));
        }
        let programme = self.programme;
        let inside: BTreeMap<_, ()> = lines.iter().map(|line| (line.partner, ())).collect();
        let outside = programme.cases.iter().filter(|case| !inside.contains_key(&case.partner));
        let value = Money::from_units(self.problem.value_of(&chosen.allocation.choices));
        let upper_bound = Money::from_units(chosen.allocation.upper_bound).max(value);
        let field_time = lines.iter().map(|line| line.field_time).sum::<Minutes>();
        let digital_time = lines.iter().map(|line| line.digital_time).sum::<Minutes>();
        let travel = lines.iter().map(|line| line.travel).sum::<Money>();
        YearPlan {
            seasons: programme.seasons.clone(),
            months: programme.calendar.index.len(),
            left_out: outside.map(|case| programme.outside(case)).collect(),
            value,
            upper_bound,
            gap: Share::of(upper_bound - value, upper_bound).unwrap_or_default(),
            gain: band(worlds),
            travel,
            cost: travel + programme.hour_cost * (field_time + digital_time).as_hours(),
            field_time,
            digital_time,
            visits: lines.iter().map(YearLine::visits_year).sum(),
            lines,
            realised: self.realised,
            video_build: programme.video_build,
            hour_values: self.hour_values(chosen),
        }
    }

    fn line(&self, chosen: &Chosen, item: usize, worlds: [f64; DRAWS]) -> YearLine {
        let (programme, case, way) = (self.programme, self.case(item), self.way(chosen, item));
        let level = programme.levels[way.level];
        let (gain, travel) = (band(worlds), Money::from_units(way.travel));
        let field_time: Minutes = Minutes(case.field_time(&way.visits).iter().sum());
        let digital_time = Minutes(programme.level_time[way.level]);
        let visits: usize = way.visits.iter().map(|visits| usize::from(*visits)).sum();
        let now = Level { touches: case.now.touches, videos: 0.0 };
        YearLine {
            partner: case.partner,
            pam: self.ask.budgets[self.items[item].budget].pam,
            now: case.now.pace(),
            visits: way.visits.iter().map(|visits| usize::from(*visits)).collect(),
            touches_month: level.touches,
            videos_month: level.videos,
            interval_days: (visits > 0).then(|| (365.25 / visits as f64).round() as i32),
            gain,
            travel,
            net: gain.value - travel - programme.hour_cost * (field_time + digital_time).as_hours(),
            field_time,
            digital_time,
            strength: Share(case.strength),
            strength_now: Share(strengths(programme, case, now, &case.now.visits).0),
            strength_proposed: Share(strengths(programme, case, level, &programme.by_month(way)).0),
            left_out: (visits == 0).then(|| self.reason(case)),
            rules: self.items[item].kept.rules.clone(),
            rules_cost: self.rules_cost(chosen, item),
        }
    }

    /// Why a partner gets no visit.
    fn reason(&self, case: &Case) -> LeftOutReason {
        let effort = || {
            case.efforts
                .iter()
                .find_map(|effort| effort.obstacle)
                .filter(|_| !case.efforts.iter().any(|effort| effort.obstacle.is_none()))
        };
        case.obstacle.or_else(effort).unwrap_or(match () {
            () if case.most.iter().all(|most| *most == 0) => LeftOutReason::VisitedRecently,
            () if !self.pays(case) => LeftOutReason::CostsMore,
            () => LeftOutReason::HoursGoElsewhere,
        })
    }

    /// Does any option with visits bring more than its travel and what the ask charges for hours?
    fn pays(&self, case: &Case) -> bool {
        let item = self.items.binary_search_by_key(&case.partner, |item| self.programme.cases[item.case].partner);
        let ways = item.map(|item| &self.items[item].ways);
        ways.is_ok_and(|ways| ways.iter().any(|way| way.visits.iter().any(|visits| *visits > 0) && way.value > 0.0))
    }

    /// What an option leaves after paying for its hours and money at the plan's prices.
    pub(crate) fn reduced(&self, chosen: &Chosen, way: &Way) -> f64 {
        way.value - way.uses.iter().map(|(resource, amount)| chosen.allocation.prices[*resource] * amount).sum::<f64>()
    }

    fn rules_cost(&self, chosen: &Chosen, item: usize) -> Option<Money> {
        let item = &self.items[item];
        let best = |ways: &[Way]| ways.iter().map(|way| self.reduced(chosen, way)).fold(f64::NEG_INFINITY, f64::max);
        let lost = (best(&item.forbidden) - best(&item.ways)).max(0.0);
        (!item.kept.is_empty()).then(|| Money::from_units(lost))
    }

    fn hour_values(&self, chosen: &Chosen) -> Vec<HourValue> {
        let seasons = self.programme.seasons.len();
        let hour = |resource: usize| Money::from_units(60.0 * chosen.allocation.prices[resource]);
        let value = |(at, budget): (usize, &super::YearBudget)| {
            let first = self.first_resource(at);
            let field = (first..first + seasons).map(hour).collect();
            HourValue { pam: budget.pam, field, digital: hour(first + seasons) }
        };
        self.ask.budgets.iter().enumerate().map(value).collect()
    }
}

/// The mean and four in five of the worlds.
pub(crate) fn band(worlds: [f64; DRAWS]) -> Band {
    let (low, high) = spread(worlds);
    let value = worlds.iter().sum::<f64>() / DRAWS as f64;
    Band {
        low: Money::from_units(low.min(value)),
        value: Money::from_units(value),
        high: Money::from_units(high.max(value)),
    }
}

/// Mean strength over the year with so many visits in each month, and that at its end, by the parameters in use.
fn strengths(programme: &Programme, case: &Case, level: Level, visits: &[u8]) -> (f64, f64) {
    let model = &programme.beliefs[case.beliefs].model;
    let decay = stock::decay(model, level.touches);
    let (mut strength, mut met, mut sum) = (case.strength, case.met, 0.0);
    for visits in visits {
        for _ in 0..*visits {
            strength = stock::after_meeting(model, strength, 1.0);
        }
        met |= *visits > 0;
        let force = if met { model.video_build } else { model.video_build_unmet };
        if level.videos > 0.0 {
            strength = stock::after_meeting(model, strength, force * level.videos);
        }
        sum += stock::mean_while_fading(strength, decay, 1.0);
        strength = stock::faded(strength, decay, 1.0);
    }
    (sum / visits.len().max(1) as f64, strength)
}

impl Programme {
    /// Visits by month of the year.
    fn by_month(&self, way: &Way) -> Vec<u8> {
        let mut months = vec![0; self.calendar.index.len()];
        way.visits.iter().zip(&self.calendar.months).for_each(|(visits, month)| months[*month] += visits);
        months
    }

    /// Strength at the year's end that an option leaves over doing nothing.
    pub(crate) fn left_after(&self, case: &Case, way: &Way) -> f64 {
        let months = self.by_month(way);
        let (_, nothing) = strengths(self, case, self.levels[0], &vec![0; months.len()]);
        strengths(self, case, self.levels[way.level], &months).1 - nothing
    }
}
