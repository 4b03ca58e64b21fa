//! Fewer visits with the same effect: digital touches slow the decay of what visits build, and mean strength depends on
//! decay and visits only through their ratio (model.md section 3, the iso-effect law), so
//! `v' = v (1 - eta psi(u')) / (1 - eta psi(u))` keeps the relationship. Where nothing is visited nothing is saved.

use spelplan_facts::{Minutes, PamId, PartnerId};
use spelplan_focus::stock;

use super::ask::Ask;
use super::programme::Programme;

/// A company's visits before and after digital touches take their part.
#[derive(Debug, Clone, PartialEq)]
pub struct Substitution {
    /// Partners that are visited at the present pace, by id.
    pub lines: Vec<SubstitutionLine>,
    /// Visits a year before and after.
    pub visits: (f64, f64),
    /// Field time a year that is saved.
    pub field_time_saved: Minutes,
    /// Digital time a year that it takes.
    pub digital_time_taken: Minutes,
}

/// One partner's visits before and after, at equal relationship.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SubstitutionLine {
    /// Whom.
    pub partner: PartnerId,
    /// Who.
    pub pam: PamId,
    /// Visits a year before and after.
    pub visits: (f64, f64),
    /// Touches a month before and after.
    pub touches_month: (f64, f64),
}

impl Programme {
    /// Today's visits of the ask's PAMs, and how many of them would keep the same relationships at that many weighted
    /// touches a month. Partners that are touched more already keep their pace.
    pub fn substitution(&self, ask: &Ask, touches_month: f64) -> Substitution {
        let call = f64::from(spelplan_facts::TouchKind::named("call").map_or(15, |kind| kind.time.0));
        let mut answer = Substitution {
            lines: Vec::new(),
            visits: (0.0, 0.0),
            field_time_saved: Minutes::ZERO,
            digital_time_taken: Minutes::ZERO,
        };
        let (mut saved, mut taken) = (0.0, 0.0);
        for case in &self.cases {
            let Some(pam) = case.pam.filter(|pam| ask.budgets.iter().any(|budget| budget.pam == *pam)) else {
                continue;
            };
            let (before, now) = (case.now.n_visits() as f64, case.now.touches);
            if before == 0.0 {
                continue;
            }
            let then = touches_month.max(now);
            let model = &self.beliefs[case.beliefs].model;
            let after = before * stock::decay(model, then) / stock::decay(model, now);
            answer.visits = (answer.visits.0 + before, answer.visits.1 + after);
            saved += (before - after) * f64::from(case.per_visit().0);
            taken += (then - now) * 12.0 * call;
            let (visits, touches_month) = ((before, after), (now, then));
            answer.lines.push(SubstitutionLine { partner: case.partner, pam, visits, touches_month });
        }
        answer.field_time_saved = Minutes(saved.round() as i32);
        answer.digital_time_taken = Minutes(taken.round() as i32);
        answer
    }
}
