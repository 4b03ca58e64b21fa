//! Margin against days in the field: what more and fewer days would bring, where today's pattern lies, and where one
//! more day brings just what it costs.

use spelplan_facts::{Money, PartnerId, Share};

use super::answer::Here;
use super::ask::{Ask, Refusal};
use super::beliefs::DRAWS;
use super::choosing::{ALONE, Choosing, Chosen};
use super::line::band;
use super::marginal_day::MarginalDay;
use super::path::{Calendar, Level, Year};
use super::programme::Programme;
use super::staffing::Staffing;

/// Days in the field are varied between these shares of the ask's, in steps of this.
const SHARES: (f64, f64, usize) = (0.5, 0.05, 21);

/// A profit within this of the best is as good: the maximum is flat.
const AS_GOOD: f64 = 0.98;

/// Margin against days.
#[derive(Debug, Clone, PartialEq)]
pub struct Frontier {
    /// From half the days to half as many again, all other things equal.
    pub points: Vec<FrontierPoint>,
    /// The pattern of the last twelve months, as if it went on: its days, and what they bring.
    pub today: FrontierPoint,
    /// The days and the digital time of today's pattern, given to the partners they bring most with.
    pub reallocated: FrontierPoint,
    /// The point of the largest profit: beyond it a day brings less than it costs.
    pub optimum: FrontierPoint,
    /// Fewest and most days whose profit is within 2 % of the largest; `None` where there is no profit.
    pub within_98: Option<(f64, f64)>,
    /// One day more, where it brings most; `None` where no PAM has a season.
    pub day_more: Option<MarginalDay>,
    /// One day less, where it costs least; `None` where no season has a day to take.
    pub day_fewer: Option<MarginalDay>,
    /// What one day costs: its hours, loaded.
    pub day_cost: Money,
    /// The rule for whole heads.
    pub staffing: Option<Staffing>,
    /// What cutting the days costs.
    pub cuts: Vec<BudgetCut>,
}

/// One number of days.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FrontierPoint {
    /// Days, as a share of the ask's.
    pub share: f64,
    /// Days in the field, of all PAMs.
    pub days: f64,
    /// Expected margin gain over doing nothing.
    pub margin: Money,
    /// The same as sales.
    pub sales: Money,
    /// Travel, digital hours used, and all the days, used or not, at their loaded cost.
    pub cost: Money,
    /// Margin less cost.
    pub profit: Money,
    /// Margin less travel (and less the hours where the ask charges them): what was made as large as possible.
    pub value: Money,
    /// No plan with these days, at usual travel, is worth more.
    pub upper_bound: Money,
    /// Visits of the year.
    pub visits: usize,
}

/// What cutting the days in the field costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BudgetCut {
    /// The part of the days that is cut.
    pub cut: Share,
    /// Days that are left.
    pub days: f64,
    /// Cost that is saved.
    pub saved: Money,
    /// Margin that is lost.
    pub margin: Money,
    /// Sales that are lost.
    pub sales: Money,
    /// Saved less lost margin; negative where the cut makes the company poorer.
    pub net: Money,
}

impl Choosing<'_> {
    /// The frontier around the plan.
    pub(crate) fn frontier(&self, chosen: &Chosen) -> Result<Frontier, Refusal> {
        let shares: Vec<f64> = (0..SHARES.2).map(|n| SHARES.0 + SHARES.1 * n as f64).collect();
        let asks: Vec<Ask> = shares.iter().map(|share| self.ask.with_field_time(*share)).collect();
        let mut solved = self.solve_around(&asks, chosen)?;
        better_of_neighbours(&mut solved);
        let points: Vec<FrontierPoint> = asks
            .iter()
            .zip(&shares)
            .zip(&solved)
            .map(|((ask, share), chosen)| self.point(ask, *share, chosen))
            .collect();
        let optimum =
            points.iter().copied().reduce(|best, point| if point.profit > best.profit { point } else { best });
        let optimum = optimum.unwrap_or_default();
        Ok(Frontier {
            today: self.present(),
            reallocated: self.reallocated(),
            within_98: within(&points, optimum.profit),
            day_more: self.day_more(chosen)?,
            day_fewer: self.day_fewer(chosen)?,
            day_cost: self.programme.day_cost(),
            staffing: self.staffing(chosen, &points),
            cuts: cuts(&points),
            points,
            optimum,
        })
    }

    /// The plan's own place on the frontier.
    pub(crate) fn here(&self, chosen: &Chosen) -> Result<Here, Refusal> {
        Ok(Here {
            plan: self.year_plan(chosen),
            point: self.point(self.ask, 1.0, chosen),
            day_more: self.day_more(chosen)?,
            day_fewer: self.day_fewer(chosen)?,
        })
    }

    /// What a plan is on the frontier.
    fn point(&self, ask: &Ask, share: f64, chosen: &Chosen) -> FrontierPoint {
        let programme = self.programme;
        let mut point = FrontierPoint { share, days: programme.days(ask.field_time().0.into()), ..Default::default() };
        let (mut margin, mut sales, mut travel, mut digital) = (0.0, 0.0, 0.0, 0.0);
        for item in 0..self.items.len() {
            let (case, way) = (self.case(item), self.way(chosen, item));
            let at = case.way(&way.visits).unwrap_or(0);
            let gain = self.realised * case.gains[way.level * case.n_ways() + at];
            margin += gain;
            sales += if case.margin_share > 0.0 { gain / case.margin_share } else { 0.0 };
            travel += way.travel;
            digital += f64::from(programme.level_time[way.level]);
            point.visits += way.visits.iter().map(|visits| usize::from(*visits)).sum::<usize>();
        }
        let hours = point.days * programme.day_length.as_hours() + digital / 60.0;
        point.margin = Money::from_units(margin);
        point.sales = Money::from_units(sales);
        point.cost = Money::from_units(travel) + programme.hour_cost * hours;
        point.profit = point.margin - point.cost;
        point.value = chosen.value();
        point.upper_bound = Money::from_units(chosen.allocation.upper_bound).max(point.value);
        point
    }

    /// The pattern of the last twelve months, valued as if it went on.
    fn present(&self) -> FrontierPoint {
        let programme = self.programme;
        let months = programme.calendar.index.len();
        let calendar = Calendar { months: (0..12.min(months)).collect(), index: programme.calendar.index.clone() };
        let mut point = FrontierPoint::default();
        let (mut minutes, mut digital, mut margin, mut sales) = (0.0, 0, 0.0, 0.0);
        for item in 0..self.items.len() {
            let case = self.case(item);
            let effort = case.efforts.first();
            let visits = case.now.n_visits() as f64;
            minutes += visits * f64::from(case.per_visit().0);
            digital += case.now.digital_time.0;
            point.visits += case.now.n_visits();
            if let Some(effort) = effort {
                let hours = programme.hour_cost * effort.per_visit.as_hours();
                point.cost += (effort.cost_per_visit - hours).max(Money::ZERO) * visits;
            }
            let gain = self.realised * programme.pattern_gain(self.items[item].case, &calendar);
            margin += gain;
            sales += if case.margin_share > 0.0 { gain / case.margin_share } else { 0.0 };
        }
        point.days = programme.days(minutes);
        point.share = minutes / f64::from(self.ask.field_time().0.max(1));
        point.margin = Money::from_units(margin);
        point.sales = Money::from_units(sales);
        point.value = point.margin - point.cost;
        point.cost += programme.hour_cost * ((minutes + f64::from(digital)) / 60.0);
        point.profit = point.margin - point.cost;
        point.upper_bound = point.value;
        point
    }

    /// Every PAM's hours of the last twelve months, laid over the seasons as its budget lies, in the best way.
    fn reallocated(&self) -> FrontierPoint {
        let mut ask = self.ask.clone();
        for (at, budget) in ask.budgets.iter_mut().enumerate() {
            let own = (0..self.items.len()).filter(|item| self.items[*item].budget == at).map(|item| self.case(item));
            let (mut field, mut digital) = (0, 0);
            for case in own {
                field += case.now.n_visits() as i32 * case.per_visit().0;
                digital += case.now.digital_time.0;
            }
            let all: i32 = budget.field_time.iter().map(|time| time.0).sum();
            let part = f64::from(field) / f64::from(all.max(1));
            budget.field_time.iter_mut().for_each(|time| time.0 = (f64::from(time.0) * part).floor() as i32);
            budget.digital_time.0 = digital;
        }
        let share = f64::from(ask.field_time().0) / f64::from(self.ask.field_time().0.max(1));
        // Rules may demand more than was done: then today's hours cannot be allocated anew, and the point is today's.
        // The options that can matter are others than under the ask: little digital time favours visits alone.
        let anew =
            Choosing::new(self.programme, &ask, &ALONE).and_then(|mut choosing| Ok((choosing.solve()?, choosing)));
        anew.map_or_else(|_| self.present(), |(chosen, choosing)| choosing.point(&ask, share, &chosen))
    }
}

impl Programme {
    /// Minutes as days in the field.
    pub(crate) fn days(&self, minutes: f64) -> f64 {
        minutes / f64::from(self.day_length.0)
    }

    /// The loaded cost of a day in the field.
    pub(crate) fn day_cost(&self) -> Money {
        self.hour_cost * self.day_length.as_hours()
    }

    /// What the present pattern brings over doing nothing, before the realised ratio.
    fn pattern_gain(&self, case: usize, calendar: &Calendar) -> f64 {
        let case = &self.cases[case];
        if case.obstacle.is_some() || (case.now.n_visits() == 0 && case.now.touches <= 0.0) {
            return 0.0;
        }
        let (beliefs, worths) = (&self.beliefs[case.beliefs], case.worths(&self.beliefs[case.beliefs]));
        let level = Level { touches: case.now.touches, videos: 0.0 };
        let gain = |draw: usize| {
            let year = Year::new(&beliefs.worlds[draw], level, calendar);
            let nothing = self.years[case.beliefs][draw][0].one(case.strength, case.met, &vec![0; self.seasons.len()]);
            worths[draw] * (year.one(case.strength, case.met, &case.now.visits[..calendar.months.len()]) - nothing)
        };
        (0..DRAWS).map(gain).sum::<f64>() / DRAWS as f64
    }
}

/// A plan for fewer days is one for more days, and a bound for more days is one for fewer: whoever has the better
/// lends it to the neighbour, so that the frontier never falls.
fn better_of_neighbours(solved: &mut [Chosen]) {
    for at in 1..solved.len() {
        let before = solved[at - 1].allocation.clone();
        let here = &mut solved[at].allocation;
        if before.value > here.value {
            (here.choices, here.trips, here.value) = (before.choices, before.trips, before.value);
        }
        here.upper_bound = here.upper_bound.max(here.value);
    }
    for at in (1..solved.len()).rev() {
        let above = solved[at].allocation.upper_bound;
        let below = &mut solved[at - 1].allocation;
        below.upper_bound = below.upper_bound.min(above).max(below.value);
    }
}

/// Where the straight line through the points is within 2 % of the best profit.
fn within(points: &[FrontierPoint], best: Money) -> Option<(f64, f64)> {
    if best <= Money::ZERO {
        return None;
    }
    let enough = AS_GOOD * best.units();
    let crossing = |a: &FrontierPoint, b: &FrontierPoint| {
        let (low, high) = (a.profit.units(), b.profit.units());
        a.days + (enough - low) / (high - low) * (b.days - a.days)
    };
    let good = |point: &&FrontierPoint| point.profit.units() >= enough;
    let (first, last) = (points.iter().position(|point| good(&point))?, points.iter().rposition(|point| good(&point))?);
    let low = if first > 0 { crossing(&points[first - 1], &points[first]) } else { points[first].days };
    let high = points.get(last + 1).map_or(points[last].days, |next| crossing(&points[last], next));
    Some((low, high))
}

/// Ten to fifty per cent of the days cut, against all of them.
fn cuts(points: &[FrontierPoint]) -> Vec<BudgetCut> {
    let at = |share: f64| points.iter().find(|point| (point.share - share).abs() < 1e-6);
    let Some(all) = at(1.0) else { return Vec::new() };
    let cut = |tenths: usize| {
        let part = tenths as f64 / 10.0;
        let left = at(1.0 - part)?;
        Some(BudgetCut {
            cut: Share(part),
            days: left.days,
            saved: all.cost - left.cost,
            margin: all.margin - left.margin,
            sales: all.sales - left.sales,
            net: left.profit - all.profit,
        })
    };
    (1..=5).filter_map(cut).collect()
}

/// A change of a partner's visits and touches, for lists of who gains and who loses.
pub(crate) fn changed(before: &Choosing, a: &Chosen, b: &Chosen) -> Vec<(usize, PartnerId)> {
    let items = 0..before.items.len();
    items
        .filter(|item| before.way(a, *item) != before.way(b, *item))
        .map(|item| (item, before.case(item).partner))
        .collect()
}

/// What the change of these items' options brings, with its band.
pub(crate) fn difference(
    choosing: &Choosing,
    items: &[(usize, PartnerId)],
    a: &Chosen,
    b: &Chosen,
) -> spelplan_facts::Band {
    let mut worlds = [0.0; DRAWS];
    for (item, _) in items {
        let (before, after) = (choosing.way(a, *item), choosing.way(b, *item));
        let travel = after.travel - before.travel;
        let (low, high) = (choosing.worlds(*item, before), choosing.worlds(*item, after));
        worlds.iter_mut().zip(low.into_iter().zip(high)).for_each(|(sum, (low, high))| *sum += high - low - travel);
    }
    band(worlds)
}
