//! What is asked of a panel of adoptions.

/// How an effect is made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimator {
    /// Outcome regression and propensity together: right where either is.
    DoublyRobust,
    /// Outcome regression: the controls' change, explained by covariates.
    OutcomeRegression,
    /// Inverse propensity weights, normalised (Hajek).
    PropensityWeights,
}

/// Whom the treated are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// Units that are never treated.
    Never,
    /// Units that are not treated yet, and those that never are.
    NotYet,
}

/// What a period before the treatment is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The period before it.
    Varying,
    /// The last period before the treatment.
    Universal,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    /// How an effect is made comparable.
    pub estimator: Estimator,
    /// Whom the treated are compared with.
    pub control: Control,
    /// What periods before the treatment are compared with.
    pub base: Base,
    /// Periods after are compared with the mean of so many last periods before; 1 as other programs do.
    pub base_periods: usize,
    /// So many units of time before the treatment its effect may begin.
    pub anticipation: i64,
    /// Periods of the test for drift; `None` takes `base_periods`, or what the panel allows where that is 1.
    pub drift_periods: Option<usize>,
    /// Only cohorts seen for so long, and only so long, in the balanced path of effects.
    pub balance: Option<i64>,
    /// Multiplier draws; 0 for analytic errors alone.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
}

impl Default for Ask {
    fn default() -> Ask {
        Ask {
            estimator: Estimator::DoublyRobust,
            control: Control::Never,
            base: Base::Varying,
            base_periods: 1,
            anticipation: 0,
            drift_periods: None,
            balance: None,
            draws: 0,
            seed: 1,
        }
    }
}
