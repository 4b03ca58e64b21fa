//! The open goals: every partner with what a visit there is worth, best first by margin gained per hour spent.

use rayon::prelude::*;
use spelplan_facts::{Band, Day, Facts, LeftOutReason, Minutes, Money, Partner, PartnerId, Reason, Share};

use crate::margin::Margins;
use crate::past::Past;
use crate::potential::{Potential, Potentials};
use crate::quantile::quantile;
use crate::relationship::{self, Standing};
use crate::sales_year::OwnSales;
use crate::stock;
use crate::why::{self, Ordinary};
use crate::worth::{self, Ahead};

/// Driving that a visit is taken to cost before any route is known.
const USUAL_TRAVEL: Minutes = Minutes(45);

/// Weeks over which mean strength is taken: the year that the sales are of.
const WEEKS: i32 = 52;

/// A partner and what a visit there is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenGoal {
    /// Whom.
    pub partner: PartnerId,
    /// Place in the order, from 1.
    pub rank: usize,
    /// Expected gain of the next visit per hour of visit, preparation and usual travel.
    pub score: Money,
    /// Expected margin gain that the 1st, 2nd and 3rd visit of a season each add, falling; discounted, after the
    /// realised/planned ratio, before costs. The first one is made today, the others at three-week intervals.
    pub gains: [Band; 3],
    /// Margin a year that lies between today's relationship and a full one.
    pub at_stake: Band,
    /// Margin a year that a full relationship is worth over none: margin share x (potential - base sales),
    /// times the response that history has taught.
    pub worth_year: Band,
    /// Net revenue of the twelve months that end with this one.
    pub sales_year: Money,
    /// Contribution margin as a share of revenue, drawn toward the segment's and the company's.
    pub margin_share: Share,
    /// What it could buy of us in a year.
    pub potential: Band,
    /// What of the potential is not yet ours; never negative.
    pub headroom: Money,
    /// How strong the relationship is, 0 to 1.
    pub strength: Share,
    /// Weighted digital touches a month, a running 12-week mean.
    pub touches_month: f64,
    /// When it was last visited.
    pub last_visit: Option<Day>,
    /// Why it is worth a visit: at most three reasons, strongest first; none where it is not.
    pub why: Vec<Reason>,
    /// What makes a visit pointless (inactive, no margin, no headroom); the gains are zero then.
    pub obstacle: Option<LeftOutReason>,
    /// Where the potential comes from.
    pub potential_source: PotentialSource,
}

/// Where a potential comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PotentialSource {
    /// What look-alikes buy when they buy much.
    LookAlikes {
        /// Partners of its segment that buy.
        peers: usize,
    },
    /// What it bought itself in its best year.
    OwnBest,
    /// A rule of thumb: there are too few partners to learn from.
    ByRule,
    /// One of the above, weighed with a person's own figure.
    Judged,
}

/// Every partner exactly once, the best goal first; equal ones by id. Knows nothing that happened after `today`.
pub fn open_goals(facts: &Facts, today: Day) -> Vec<OpenGoal> {
    goals(facts, today, &|_| Ahead::default())
}

/// The same, for visits of a season that begins on that day: those that plans hold before it are taken to be made, so
/// that the season's own bring less.
pub fn season_goals(facts: &Facts, today: Day, season_from: Day) -> Vec<OpenGoal> {
    let months = |day: Day| f64::from(today.until(day)) / stock::DAYS_A_MONTH;
    goals(facts, today, &|partner| {
        let planned = facts.planned_at(partner).iter().map(|visit| visit.day);
        let visits = planned.filter(|day| (today.plus(1)..season_from).contains(day)).map(months).collect();
        Ahead { visits, season: months(season_from) }
    })
}

fn goals(facts: &Facts, today: Day, ahead: &(dyn Fn(PartnerId) -> Ahead + Sync)) -> Vec<OpenGoal> {
    let own: Vec<OwnSales> =
        facts.partners.par_iter().map(|partner| OwnSales::of(facts, partner.id, today.month())).collect();
    let past = Past::until(facts, today);
    let (margins, potentials) = (Margins::of(facts, &own), Potentials::of(facts, &own));
    let weeks: Vec<Day> = (1..=WEEKS).map(|week| today.plus(7 * (week - WEEKS))).collect();
    let one = |(partner, own): (&Partner, &OwnSales)| {
        let potential = potentials.potential(partner, own);
        let standings = relationship::standings(facts, partner, past.of(partner.id), &weeks);
        let visits = past.of(partner.id).iter().rev().filter(|touch| touch.kind.is_visit());
        let last_visit = visits.map(|touch| touch.day).next();
        let course = Course { standings: &standings, last_visit, ahead: ahead(partner.id) };
        goal(facts, partner, own, &margins, potential, &course)
    };
    let mut goals: Vec<OpenGoal> = facts.partners.par_iter().zip(&own).map(one).collect();
    explain(facts, today, &margins, ahead, &mut goals);
    goals.sort_by(|a, b| b.score.cmp(&a.score).then(a.partner.cmp(&b.partner)));
    goals.iter_mut().enumerate().for_each(|(n, goal)| goal.rank = n + 1);
    goals
}

/// How a relationship went, and what is planned for it.
struct Course<'a> {
    standings: &'a [Standing],
    last_visit: Option<Day>,
    ahead: Ahead,
}

fn goal(
    facts: &Facts,
    partner: &Partner,
    own: &OwnSales,
    margins: &Margins,
    potential: Potential,
    course: &Course,
) -> OpenGoal {
    let Course { standings, last_visit, ahead } = course;
    let model = &facts.settings.model_of(&partner.segment);
    let now = standings.last().copied().unwrap_or_default();
    let sales = own.year.max(0.0);
    let mean_strength = standings.iter().map(|week| week.strength).sum::<f64>() / standings.len().max(1) as f64;
    let base = worth::base_sales(model, sales, potential.value, mean_strength);
    let margin_share = margins.share(partner, own);
    let earned = |potential: f64| margin_share.max(0.0) * (potential - base).max(0.0) * model.response;
    let mut worth_year = band([earned(potential.low), earned(potential.value), earned(potential.high)]);
    if partner.inactive || !margins.earns(partner, own) {
        worth_year = Band::default();
    }
    let obstacle = match () {
        () if partner.inactive => Some(LeftOutReason::Inactive),
        () if !margins.earns(partner, own) => Some(LeftOutReason::NoMargin),
        () if worth_year.value.0 <= 0 => Some(LeftOutReason::NoHeadroom),
        () => None,
    };
    let years = worth::visit_strength_years_after(model, now.strength, now.touches_month, ahead);
    let spread = worth::model_spread(&facts.settings, &partner.segment);
    let gain = |years: f64| match obstacle {
        None => worth::gain_band(years * worth_year.value.units() * model.realised, &worth_year, spread),
        Some(_) => Band::default(),
    };
    let gains = years.map(gain);
    OpenGoal {
        partner: partner.id,
        rank: 0,
        score: per_hour(facts, partner, gains[0].value),
        gains,
        at_stake: part(worth_year, 1.0 - now.strength),
        worth_year,
        sales_year: Money::from_units(own.year),
        margin_share: Share(margin_share),
        potential: band([potential.low, potential.value, potential.high]),
        headroom: Money::from_units((potential.value - sales).max(0.0)),
        strength: Share(now.strength),
        touches_month: now.touches_month,
        last_visit: *last_visit,
        why: Vec::new(),
        obstacle,
        potential_source: potential.source,
    }
}

fn per_hour(facts: &Facts, partner: &Partner, gain: Money) -> Money {
    let settings = &facts.settings;
    let time = partner.visit_time.unwrap_or(settings.visit_time) + settings.preparation_time + USUAL_TRAVEL;
    gain * (1.0 / time.as_hours().max(0.25))
}

/// Gives every goal its reasons, which need to know what is ordinary among them.
fn explain(
    facts: &Facts,
    today: Day,
    margins: &Margins,
    ahead: &(dyn Fn(PartnerId) -> Ahead + Sync),
    goals: &mut [OpenGoal],
) {
    let rooms: Vec<f64> = goals.iter().map(|goal| goal.headroom.units()).filter(|&room| room > 0.0).collect();
    let ordinary = Ordinary { headroom: quantile(&rooms, 0.5), margin_share: margins.company() };
    for goal in goals {
        // Who is to be visited before the season is not fading then.
        let days = goal.last_visit.filter(|_| ahead(goal.partner).visits.is_empty()).map(|day| day.until(today));
        let segment = facts.partner(goal.partner).map_or("", |partner| &partner.segment);
        goal.why = why::reasons(&facts.settings.model_of(segment), goal, &ordinary, days);
    }
}

fn band([low, value, high]: [f64; 3]) -> Band {
    Band { low: Money::from_units(low), value: Money::from_units(value), high: Money::from_units(high) }
}

fn part(band: Band, share: f64) -> Band {
    Band { low: band.low * share, value: band.value * share, high: band.high * share }
}
