//! Everybody accounted for: a line for each partner that gets something, a reason for each that gets no visit.

use spelplan_facts::{CoverageLine, LeftOut, LeftOutReason, Money, PamId};
use spelplan_focus::OpenGoal;

use crate::Effort;
use crate::options::Treatment;

/// A partner in the choosing: its goal, its effort, its PAM if one with hours runs it, and the ways to treat it.
pub(crate) struct Candidate<'a> {
    pub(crate) goal: &'a OpenGoal,
    pub(crate) effort: Option<&'a Effort>,
    pub(crate) pam: Option<PamId>,
    /// Place of its PAM among the budgets.
    pub(crate) budget: Option<usize>,
    pub(crate) treatments: Vec<Treatment>,
    /// Do rules demand one of the treatments?
    pub(crate) forced: bool,
    /// Do rules forbid every visit that there is room for?
    pub(crate) barred: bool,
}

impl Candidate<'_> {
    /// The treatment that a choice stands for; `None` where the partner is left alone.
    pub(crate) fn chosen(&self, choice: usize) -> Option<&Treatment> {
        let way = if self.forced { Some(choice) } else { choice.checked_sub(1) };
        way.and_then(|way| self.treatments.get(way))
    }

    /// The partner's line, where it gets anything.
    pub(crate) fn line(&self, chosen: Option<&Treatment>) -> Option<CoverageLine> {
        let (chosen, pam) = (chosen?, self.pam?);
        let partner = self.goal.partner;
        let (visits, touches_month, gain) = (chosen.visits, chosen.touches_month, chosen.gain);
        Some(CoverageLine { partner, pam, visits, touches_month, gain })
    }

    /// Why it gets no visit, where it gets none.
    pub(crate) fn left_out(&self, chosen: Option<&Treatment>) -> Option<LeftOut> {
        if chosen.is_some_and(|chosen| chosen.visits > 0) {
            return None;
        }
        let gain = self.goal.gains[0].value.max(Money::ZERO);
        Some(LeftOut { partner: self.goal.partner, reason: self.reason(), gain })
    }

    fn reason(&self) -> LeftOutReason {
        let Some(effort) = self.effort else {
            return if self.pam.is_none() { LeftOutReason::NoPam } else { LeftOutReason::NoPlace };
        };
        let impossible = effort.obstacle.or(self.goal.obstacle);
        impossible.unwrap_or(match () {
            () if self.pam.is_none() => LeftOutReason::NoPam,
            () if self.budget.is_none() => LeftOutReason::PamAway,
            () if self.barred => LeftOutReason::Decided,
            () if effort.max_visits == 0 => LeftOutReason::VisitedRecently,
            () if self.treatments.iter().all(|treatment| treatment.visits == 0) => LeftOutReason::CostsMore,
            () => LeftOutReason::HoursGoElsewhere,
        })
    }
}
