//! What a programme is asked: hours, money and rules; and what it says when they cannot stand together.

use spelplan_facts::{CoverageRule, LeftOutReason, Minutes, Money, PamId, PartnerId, RuleId};

/// What a PAM has to give in the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearBudget {
    /// Who.
    pub pam: PamId,
    /// Visits and driving, for each of the programme's seasons in order.
    pub field_time: Vec<Minutes>,
    /// Calls, mails and video meetings of the twelve months.
    pub digital_time: Minutes,
}

/// One question to a programme; a what-if is one with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The PAMs' hours; a PAM without a budget visits nobody.
    pub budgets: Vec<YearBudget>,
    /// Most money for kilometres and nights in the year; `None` is no limit.
    pub money: Option<Money>,
    /// What has been decided, and is kept.
    pub rules: Vec<CoverageRule>,
    /// Building force of a video meeting with somebody met, where another than the company's is asked about.
    pub video_build: Option<f64>,
    /// Realised over planned gain, where another than the company's is asked about.
    pub realised: Option<f64>,
    /// What an hour in the field must bring to be used at all. Zero: the hours are there and paid for, so use them for
    /// what is best.
    pub least_hour: Money,
}

impl Ask {
    /// The plain question: these hours and rules, no limit on money.
    pub fn new(budgets: Vec<YearBudget>, rules: Vec<CoverageRule>) -> Ask {
        Ask { budgets, money: None, rules, video_build: None, realised: None, least_hour: Money::ZERO }
    }

    /// The same with that share of every PAM's field time (1 is all of it), rounded down to whole minutes.
    pub fn with_field_time(&self, share: f64) -> Ask {
        let part = |time: &Minutes| Minutes((f64::from(time.0) * share + 1e-9).floor() as i32);
        let budget = |budget: &YearBudget| YearBudget {
            field_time: budget.field_time.iter().map(part).collect(),
            ..budget.clone()
        };
        Ask { budgets: self.budgets.iter().map(budget).collect(), ..self.clone() }
    }

    /// Field time of all PAMs and seasons.
    pub fn field_time(&self) -> Minutes {
        self.budgets.iter().flat_map(|budget| &budget.field_time).copied().sum()
    }
}

/// Why no plan keeps everything that was decided, with what cannot stand together.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Rules about one partner leave it no way at all: they contradict each other or what is possible there.
    Contradiction {
        /// Whom they concern.
        partner: PartnerId,
        /// Them.
        rules: Vec<RuleId>,
        /// What makes visits impossible there, where something does.
        obstacle: Option<LeftOutReason>,
    },
    /// What rules demand takes more than there is.
    TooLittle {
        /// The rules that demand it.
        rules: Vec<RuleId>,
        /// The PAM whose hours do not suffice; `None` where it is the money.
        pam: Option<PamId>,
        /// Place of the season among the programme's; `None` where it is several seasons, digital time or money.
        season: Option<usize>,
        /// What they take at least, all counted together; where that is not more than there is, it cannot be divided so.
        needed: Minutes,
        /// Time there is.
        available: Minutes,
    },
}
