//! A year's coverage as it is answered: a line for every partner, sums, the bound, and what hours are worth.

use spelplan_facts::{Band, DayRange, LeftOut, LeftOutReason, Minutes, Money, PamId, PartnerId, RuleId, Share};

use super::frontier::{Frontier, FrontierPoint};
use super::marginal_day::MarginalDay;

/// A plan with what surrounds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The best coverage.
    pub plan: YearPlan,
    /// What more and fewer days would bring.
    pub frontier: Frontier,
}

/// A plan with what one day more and one day fewer mean, without the whole frontier: what a changed budget asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Here {
    /// The best coverage.
    pub plan: YearPlan,
    /// Its point on the frontier.
    pub point: FrontierPoint,
    /// One day more, where it brings most; `None` where no PAM has a season.
    pub day_more: Option<MarginalDay>,
    /// One day less, where it costs least; `None` where no season has a day to take.
    pub day_fewer: Option<MarginalDay>,
}

impl Answer {
    /// The answer's own place on its frontier.
    pub fn here(&self) -> Here {
        let Frontier { points, day_more, day_fewer, .. } = &self.frontier;
        Here {
            plan: self.plan.clone(),
            point: points.get(points.len() / 2).copied().unwrap_or_default(),
            day_more: day_more.clone(),
            day_fewer: day_fewer.clone(),
        }
    }
}

/// How often a partner is met and touched.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pace {
    /// Visits a year.
    pub visits_year: f64,
    /// Weighted digital touches a month.
    pub touches_month: f64,
}

/// What one more hour brings a PAM.
#[derive(Debug, Clone, PartialEq)]
pub struct HourValue {
    /// Who.
    pub pam: PamId,
    /// One more field hour, for each season in order.
    pub field: Vec<Money>,
    /// One more digital hour.
    pub digital: Money,
}

/// One partner's year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearLine {
    /// Whom.
    pub partner: PartnerId,
    /// Who.
    pub pam: PamId,
    /// The last twelve months.
    pub now: Pace,
    /// Visits in each season, in order.
    pub visits: Vec<usize>,
    /// Weighted digital touches a month.
    pub touches_month: f64,
    /// Of those, how many are video meetings; none unless video is taken to build.
    pub videos_month: f64,
    /// Days between visits that the year's visits come to; `None` without visits.
    pub interval_days: Option<i32>,
    /// Expected margin gain over doing nothing, after the realised/planned ratio, before costs.
    pub gain: Band,
    /// Kilometres and nights.
    pub travel: Money,
    /// Gain less travel and less the hours at their loaded cost.
    pub net: Money,
    /// Field time of the year's visits.
    pub field_time: Minutes,
    /// Digital time of the year.
    pub digital_time: Minutes,
    /// Strength today.
    pub strength: Share,
    /// Mean strength over the year at the present pace.
    pub strength_now: Share,
    /// Mean strength over the year as proposed.
    pub strength_proposed: Share,
    /// Why it gets no visit, where it gets none.
    pub left_out: Option<LeftOutReason>,
    /// Rules that it keeps.
    pub rules: Vec<RuleId>,
    /// What the rules take from the plan's value at the present prices of hours; `None` where no rule concerns it.
    pub rules_cost: Option<Money>,
}

/// The year's best coverage under what was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct YearPlan {
    /// The field seasons.
    pub seasons: Vec<DayRange>,
    /// Months that are valued, from today on; what lies after them counts as what it leaves behind.
    pub months: usize,
    /// Every partner of a PAM with a budget, by id.
    pub lines: Vec<YearLine>,
    /// Everybody else, by id.
    pub left_out: Vec<LeftOut>,
    /// Gain less travel (and less the hours where the ask charges them): what was made as large as possible.
    pub value: Money,
    /// No plan under these hours, at usual travel, is worth more.
    pub upper_bound: Money,
    /// (upper bound - value) / upper bound.
    pub gap: Share,
    /// Expected margin gain over doing nothing.
    pub gain: Band,
    /// Kilometres and nights.
    pub travel: Money,
    /// Travel, and the hours used at their loaded cost.
    pub cost: Money,
    /// Field time used.
    pub field_time: Minutes,
    /// Digital time used.
    pub digital_time: Minutes,
    /// Visits of the year.
    pub visits: usize,
    /// The realised/planned ratio that gains were multiplied by.
    pub realised: f64,
    /// Building force of a video meeting that was assumed.
    pub video_build: f64,
    /// What one more hour brings, by PAM in the budgets' order.
    pub hour_values: Vec<HourValue>,
}

impl YearLine {
    /// Visits of the year.
    pub fn visits_year(&self) -> usize {
        self.visits.iter().sum()
    }

    /// The pace proposed.
    pub fn proposed(&self) -> Pace {
        Pace { visits_year: self.visits_year() as f64, touches_month: self.touches_month }
    }
}

impl YearPlan {
    /// That partner's line.
    pub fn line(&self, partner: PartnerId) -> Option<&YearLine> {
        self.lines.binary_search_by_key(&partner, |line| line.partner).ok().map(|at| &self.lines[at])
    }
}
