//! Why a partner gets just so many visits: what other numbers would bring, at which price of an hour it would gain or
//! lose one, and which inputs matter most to what its coverage is worth.

use spelplan_facts::{Band, Money, ParameterName, PartnerId, Text};

use super::answer::YearPlan;
use super::ask::Ask;
use super::beliefs::{Beliefs, DRAWS};
use super::case::Case;
use super::line::band;
use super::path::Year;
use super::programme::Programme;

/// Inputs are made this much larger and smaller.
const STEP: f64 = 0.1;

/// Why this many visits.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Whom.
    pub partner: PartnerId,
    /// Place of what was chosen among the alternatives.
    pub chosen: usize,
    /// The best option of each number of visits a year that the rules leave, by number.
    pub alternatives: Vec<Alternative>,
    /// What an hour in the field is worth to its PAM, mean over the seasons' hours.
    pub hour_price: Money,
    /// Were hours worth no more than this, it would get more visits; `None` where no price brings it any.
    pub gains_at: Option<PriceChange>,
    /// Were they worth this or more, it would get fewer; `None` where it has none to lose.
    pub loses_at: Option<PriceChange>,
    /// Inputs, the one that matters most first.
    pub inputs: Vec<InputEffect>,
}

/// One number of visits a year in the best way, at the plan's prices.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Visits in each season.
    pub visits: Vec<usize>,
    /// Touches a month.
    pub touches_month: f64,
    /// Expected margin gain over doing nothing.
    pub gain: Band,
    /// Kilometres and nights.
    pub travel: Money,
    /// What its hours would bring elsewhere.
    pub hours: Money,
    /// Gain less travel and hours: the chosen one has most, or nearly so.
    pub left: Money,
}

/// A price of a field hour at which a partner's visits change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceChange {
    /// The price.
    pub hour_price: Money,
    /// Visits a year then.
    pub visits: usize,
}

/// What an input does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InputEffect {
    /// Which.
    pub input: Input,
    /// How much more the chosen option leaves when the input is 10 % larger.
    pub effect: Money,
    /// The same in per cent of the gain for one per cent of input.
    pub elasticity: f64,
}

/// What a partner's value rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// What it could buy in a year.
    Potential,
    /// Contribution margin of its sales.
    Margin,
    /// Today's relationship.
    Strength,
    /// Time and travel that a visit takes.
    VisitCost,
    /// A parameter of the model.
    Parameter(ParameterName),
}

impl Input {
    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Potential => Text { sv: "Potential", en: "Potential" },
            Self::Margin => Text { sv: "Täckningsgrad", en: "Margin" },
            Self::Strength => Text { sv: "Relationsstyrka", en: "Strength" },
            Self::VisitCost => Text { sv: "Tid och resa per besök", en: "Time and travel of a visit" },
            Self::Parameter(name) => name.text(),
        }
    }
}

/// An option at the plan's prices.
#[derive(Debug, Clone)]
struct Offer {
    level: usize,
    visits: Vec<u8>,
    travel: f64,
    /// Field hours.
    hours: f64,
    /// What the hours would bring elsewhere.
    charged: f64,
    left: f64,
}

impl Offer {
    fn n_visits(&self) -> usize {
        self.visits.iter().map(|visits| usize::from(*visits)).sum()
    }
}

impl Programme {
    /// Why the plan, made by this programme under that ask, treats the partner as it does; `None` where it has no line.
    pub fn explain(&self, ask: &Ask, plan: &YearPlan, partner: PartnerId) -> Option<Explanation> {
        let line = plan.line(partner)?;
        let case = &self.cases[self.cases.binary_search_by_key(&partner, |case| case.partner).ok()?];
        let offers = self.offers(ask, plan, case);
        let is_chosen = |offer: &&Offer| {
            let visits = offer.visits.iter().map(|visits| usize::from(*visits));
            self.levels[offer.level].touches == line.touches_month
                && self.levels[offer.level].videos == line.videos_month
                && visits.eq(line.visits.iter().copied())
        };
        let own = offers.iter().find(is_chosen)?.clone();
        let mut best: Vec<Offer> = Vec::new();
        for visits in 0..=offers.iter().map(Offer::n_visits).max()? {
            let of = offers.iter().filter(|offer| offer.n_visits() == visits);
            let most = of.reduce(|best, one| if one.left > best.left { one } else { best });
            best.extend(if visits == own.n_visits() { Some(&own) } else { most }.cloned());
        }
        let price = self.hour_price(ask, plan, case);
        let change =
            |(shift, visits): (f64, usize)| PriceChange { hour_price: Money::from_units(price + shift), visits };
        Some(Explanation {
            partner,
            chosen: best.iter().position(|offer| offer.n_visits() == own.n_visits())?,
            alternatives: best.iter().map(|offer| self.alternative(plan, case, offer)).collect(),
            hour_price: Money::from_units(price),
            gains_at: flip(&offers, own.n_visits(), Ordering::More)
                .map(change)
                .filter(|one| one.hour_price >= Money::ZERO),
            loses_at: flip(&offers, own.n_visits(), Ordering::Fewer).map(change),
            inputs: self.inputs(plan, case, &own),
        })
    }

    /// Every option that the rules leave, at the plan's prices.
    fn offers(&self, ask: &Ask, plan: &YearPlan, case: &Case) -> Vec<Offer> {
        let rules = ask.rules.iter().filter(|rule| rule.partner == case.partner);
        let kept = super::kept_rules::Kept::of(rules, case, &self.seasons, self.today, self.gap_days);
        let prices = plan.hour_values.iter().find(|one| Some(one.pam) == case.pam);
        let n_ways = case.n_ways();
        let mut offers = Vec::new();
        for (at, gain) in case.gains.iter().enumerate().filter(|(_, gain)| !gain.is_nan()) {
            let (level, visits) = (at / n_ways, case.visits(at % n_ways));
            if !kept.allows(&visits, &self.levels[level]) {
                continue;
            }
            let minutes = case.field_time(&visits);
            let hours = minutes.iter().map(|minutes| f64::from(*minutes) / 60.0).sum::<f64>();
            let digital = f64::from(self.level_time[level]) / 60.0;
            let field = prices.into_iter().flat_map(|one| one.field.iter().zip(&minutes));
            let charged = field.map(|(price, minutes)| price.units() * f64::from(*minutes) / 60.0).sum::<f64>()
                + prices.map_or(0.0, |one| one.digital.units() * digital)
                + ask.least_hour.units() * hours;
            let travel = case.travel(&visits, self.hour_cost).units();
            let left = plan.realised * gain - travel - charged;
            offers.push(Offer { level, visits, travel, hours, charged, left });
        }
        offers
    }

    /// Price of a field hour: the seasons' prices weighted by their hours.
    fn hour_price(&self, ask: &Ask, plan: &YearPlan, case: &Case) -> f64 {
        let prices = plan.hour_values.iter().find(|one| Some(one.pam) == case.pam);
        let budget = ask.budgets.iter().find(|one| Some(one.pam) == case.pam);
        let (Some(prices), Some(budget)) = (prices, budget) else { return ask.least_hour.units() };
        let all: f64 = budget.field_time.iter().map(|time| f64::from(time.0)).sum();
        let paid = prices.field.iter().zip(&budget.field_time).map(|(price, time)| price.units() * f64::from(time.0));
        paid.sum::<f64>() / all.max(1.0) + ask.least_hour.units()
    }

    fn alternative(&self, plan: &YearPlan, case: &Case, offer: &Offer) -> Alternative {
        Alternative {
            visits: offer.visits.iter().map(|visits| usize::from(*visits)).collect(),
            touches_month: self.levels[offer.level].touches,
            gain: band(self.gains(plan, case, &self.beliefs[case.beliefs], None, offer)),
            travel: Money::from_units(offer.travel),
            hours: Money::from_units(offer.charged),
            left: Money::from_units(offer.left),
        }
    }

    /// Gain of the option in each world; with years of its own where the beliefs are others than the programme's.
    fn gains(
        &self,
        plan: &YearPlan,
        case: &Case,
        beliefs: &Beliefs,
        own: Option<&[Vec<Year>]>,
        offer: &Offer,
    ) -> [f64; DRAWS] {
        let years = own.unwrap_or(&self.years[case.beliefs]);
        case.worlds(beliefs, years, offer.level, &offer.visits).map(|gain| plan.realised * gain)
    }

    /// What each input does to what the option leaves.
    fn inputs(&self, plan: &YearPlan, case: &Case, offer: &Offer) -> Vec<InputEffect> {
        let parameters = [
            ParameterName::Build,
            ParameterName::HalfLife,
            ParameterName::DigitalRelief,
            ParameterName::DigitalScale,
            ParameterName::BaseShare,
        ];
        let named = [Input::Potential, Input::Margin, Input::Strength, Input::VisitCost].into_iter();
        let gain = self.mean_gain(plan, case, offer, Input::Margin, 1.0);
        let effect = |input: Input| {
            let change = match input {
                Input::VisitCost => -STEP * (offer.travel + offer.charged),
                _ => [1.0 + STEP, 1.0 - STEP]
                    .map(|factor| self.mean_gain(plan, case, offer, input, factor))
                    .into_iter()
                    .reduce(|more, less| 0.5 * (more - less))
                    .unwrap_or_default(),
            };
            let elasticity = if gain.abs() > 1e-9 { change / STEP / gain } else { 0.0 };
            InputEffect { input, effect: Money::from_units(change), elasticity }
        };
        let mut effects: Vec<InputEffect> = named.chain(parameters.map(Input::Parameter)).map(effect).collect();
        effects.sort_by(|a, b| b.effect.0.abs().cmp(&a.effect.0.abs()).then(a.input.cmp(&b.input)));
        effects
    }

    /// The option's gain where one input is another.
    fn mean_gain(&self, plan: &YearPlan, case: &Case, offer: &Offer, input: Input, factor: f64) -> f64 {
        let beliefs = &self.beliefs[case.beliefs];
        let mean = |worlds: [f64; DRAWS]| worlds.iter().sum::<f64>() / DRAWS as f64;
        let mut other = case.clone();
        match input {
            Input::Potential => {
                let more = (factor - 1.0) * case.potential.value.units() * case.margin_share * beliefs.model.response;
                other.worth_year.value += Money::from_units(more);
                let potential = case.potential;
                other.potential.low = potential.low * factor;
                other.potential.value = potential.value * factor;
                other.potential.high = potential.high * factor;
            }
            Input::Margin => return factor * mean(self.gains(plan, case, beliefs, None, offer)),
            Input::Strength => other.strength = (case.strength * factor).min(1.0),
            Input::VisitCost => {}
            Input::Parameter(name) => {
                let mut moved = beliefs.clone();
                moved.worlds =
                    moved.worlds.map(|world| world.with(name, (world.value(name) * factor).min(highest(name))));
                let year = |draw: usize| {
                    self.levels.iter().map(|level| Year::new(&moved.worlds[draw], *level, &self.calendar)).collect()
                };
                let years: Vec<Vec<Year>> = (0..DRAWS).map(year).collect();
                return mean(self.gains(plan, case, &moved, Some(&years), offer));
            }
        }
        mean(self.gains(plan, &other, beliefs, None, offer))
    }
}

fn highest(name: ParameterName) -> f64 {
    match name {
        ParameterName::Build | ParameterName::DigitalRelief | ParameterName::BaseShare => 1.0,
        _ => f64::INFINITY,
    }
}

/// Which way the number of visits is to change.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ordering {
    More,
    Fewer,
}

/// How much dearer (or, negative, cheaper) every field hour must be for the best option to have more or fewer visits
/// than `visits`, and how many it then has. What an option leaves falls in a straight line with the hour's price, as
/// steeply as it takes hours, so the best of one side overtakes the best of the other where two such lines meet.
fn flip(offers: &[Offer], visits: usize, toward: Ordering) -> Option<(f64, usize)> {
    let beyond = |offer: &&Offer| match toward {
        Ordering::More => offer.n_visits() > visits,
        Ordering::Fewer => offer.n_visits() < visits,
    };
    let (others, rest): (Vec<&Offer>, Vec<&Offer>) = offers.iter().partition(beyond);
    let best = |side: &[&Offer], shift: f64| {
        side.iter().map(|offer| offer.left - shift * offer.hours).fold(f64::NEG_INFINITY, f64::max)
    };
    let steeper = |other: &Offer, own: &Offer| match toward {
        Ordering::More => other.hours > own.hours + 1e-9,
        Ordering::Fewer => other.hours + 1e-9 < own.hours,
    };
    let mut nearest: Option<(f64, usize)> = None;
    for (other, own) in others.iter().flat_map(|other| rest.iter().map(move |own| (other, own))) {
        let shift = (other.left - own.left) / (other.hours - own.hours);
        let nearer = nearest.is_none_or(|(known, _)| match toward {
            Ordering::More => shift > known,
            Ordering::Fewer => shift < known,
        });
        if !steeper(other, own) || !nearer {
            continue;
        }
        let here = other.left - shift * other.hours;
        let tie = 1e-6 * here.abs().max(1.0);
        if here + tie >= best(&others, shift) && here + tie >= best(&rest, shift) {
            nearest = Some((shift, other.n_visits()));
        }
    }
    nearest
}
