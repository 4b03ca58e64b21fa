//! Why a partner is worth a visit, in at most three reasons with their figures, the strongest first. A reason's
//! strength is how many times more the gain is for it than it would be at the ordinary.

use spelplan_facts::{Model, Reason, Share};

use crate::open_goals::OpenGoal;
use crate::stock;

/// What is ordinary among the partners.
pub(crate) struct Ordinary {
    /// The median headroom of those that have any, in currency units.
    pub(crate) headroom: f64,
    /// The company's margin share.
    pub(crate) margin_share: f64,
}

/// Below this strength nobody has built anything.
const UNBUILT: f64 = 0.1;

/// Visits a year whose settled strength is what to compare with.
const ORDINARY_VISITS: f64 = 2.0;

/// Days without a visit before a relationship is called fading.
const FADING_DAYS: i32 = 60;

/// The reasons, strongest first.
pub(crate) fn reasons(
    model: &Model,
    goal: &OpenGoal,
    ordinary: &Ordinary,
    days_since_visit: Option<i32>,
) -> Vec<Reason> {
    if goal.gains[0].value.0 <= 0 {
        return Vec::new();
    }
    let strength = goal.strength.0;
    let kept = stock::settled_mean(model, ORDINARY_VISITS, stock::natural_decay(model));
    let room = (1.0 - strength) / (1.0 - kept).max(1e-9);
    let mut found: Vec<(f64, Reason)> = Vec::new();
    if goal.headroom.0 > 0 {
        let times = goal.headroom.units() / ordinary.headroom.max(1e-9);
        found.push((times.max(1.0), Reason::Headroom(goal.headroom)));
    }
    match days_since_visit {
        _ if strength < UNBUILT => found.push((room, Reason::Unbuilt(goal.strength))),
        Some(days) if days >= FADING_DAYS => found.push((room, Reason::Fading(days))),
        _ => {}
    }
    let kept = stock::natural_decay(model) / stock::decay(model, goal.touches_month);
    if goal.touches_month >= 0.5 {
        found.push((kept, Reason::KeptByTouches(goal.touches_month)));
    }
    let better = goal.margin_share.0 / ordinary.margin_share.max(1e-9);
    if better > 1.1 {
        found.push((better, Reason::GoodMargin(Share(goal.margin_share.0))));
    }
    found.retain(|(times, _)| *times >= 1.0);
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(3).map(|(_, reason)| reason).collect()
}
