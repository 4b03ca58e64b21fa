//! How much attention each partner gets in a season: visits and digital touches, chosen so that what they bring less
//! what they cost is as large as the hours allow, with a bound on how much better any choice could be.
//! Leaves to others: what attention is worth (focus), and on which day and road it is given (field).

mod accounts;
pub mod draw;
mod options;
mod plan;
mod season_rules;
pub mod year;

pub use plan::plan;
pub use season_rules::{SeasonLimits, season_limits};

use spelplan_facts::{CoverageLine, LeftOut, LeftOutReason, Minutes, Money, PamId, PartnerId, Share};

/// What a PAM has to give in the season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Who.
    pub pam: PamId,
    /// Visits and driving.
    pub field_time: Minutes,
    /// Calls, mails and video meetings.
    pub digital_time: Minutes,
}

/// What a visit to a partner takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Whom.
    pub partner: PartnerId,
    /// Field time of one visit: the visit and its share of the driving.
    pub per_visit: Minutes,
    /// Cost of one visit: the PAM's hours, kilometres, its share of nights.
    pub cost_per_visit: Money,
    /// What makes visits impossible this season, if anything.
    pub obstacle: Option<LeftOutReason>,
    /// Most visits there is room for between earlier ones and the season's ends.
    pub max_visits: usize,
}

/// Who gets what, who gets no visit, and how good that is.
#[derive(Debug, Clone, PartialEq)]
pub struct CoveragePlan {
    /// Partners that get visits or touches, by id.
    pub lines: Vec<CoverageLine>,
    /// Partners that get no visit, by id, with the reason; one that gets touches only stands in `lines` as well.
    pub left_out: Vec<LeftOut>,
    /// Expected gain less cost of all lines.
    pub value: Money,
    /// No plan under these hours is worth more than this.
    pub upper_bound: Money,
    /// (upper bound - value) / upper bound.
    pub gap: Share,
    /// What one more hour in the field would bring each PAM, in the budgets' order.
    pub hour_values: Vec<(PamId, Money)>,
}
