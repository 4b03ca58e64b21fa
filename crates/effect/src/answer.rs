//! The answer to an analyst: the estimates asked for, outcome regression beside them, and the headline where there may be one.

use spelplan_panel::adoption::{Adoption, Ask, Defect, Doubt, Estimates, Estimator, Figure, estimate};

/// The doubly robust figure heads the answer where every cohort has so many treated ...
const TREATED: usize = 50;
/// ... and so many controls count; elsewhere outcome regression errs less.
const EFFECTIVE_CONTROLS: f64 = 100.0;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// As asked.
    pub estimates: Estimates,
    /// By outcome regression, where something else was asked and covariates were given.
    pub beside: Option<Estimates>,
    /// The figure that may be told, and how it was found; none where a doubt withholds it.
    pub headline: Option<(Estimator, Figure)>,
    /// How the figure that heads the answer, or would, was found.
    pub headed_by: Estimator,
    /// What must not be believed of the estimate that heads the answer, or would.
    pub doubts: Vec<Doubt>,
}

/// Estimates what was asked, and outcome regression beside it.
pub fn answer(panel: &Adoption, ask: &Ask) -> Result<Answer, Defect> {
    let estimates = estimate(panel, ask)?;
    let other = ask.estimator != Estimator::OutcomeRegression && !panel.covariates.is_empty();
    let regression = Ask { estimator: Estimator::OutcomeRegression, draws: 0, ..*ask };
    let beside = other.then(|| estimate(panel, &regression)).transpose()?;
    let (estimator, heading) = match beside.as_ref().filter(|_| !is_large(&estimates)) {
        Some(beside) => (Estimator::OutcomeRegression, beside),
        None => (ask.estimator, &estimates),
    };
    let doubts = heading.doubts.clone();
    let withheld = doubts.iter().any(Doubt::withholds);
    let headline = heading.simple.filter(|figure| !withheld && figure.interval.is_some());
    let headline = headline.map(|figure| (estimator, figure));
    Ok(Answer { headed_by: estimator, estimates, beside, headline, doubts })
}

/// Are there treated and controls enough for propensities to be weighed by?
fn is_large(estimates: &Estimates) -> bool {
    estimates.cohorts.iter().all(|cohort| {
        cohort.units >= TREATED && cohort.overlap.is_none_or(|(_, controls)| controls >= EFFECTIVE_CONTROLS)
    })
}
