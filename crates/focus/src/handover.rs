//! What of a relationship counts when the PAM is another than the one who built it (model.md section 3): half of it
//! without a handover, four fifths where both have visited together (assumptions; a half reproduces the 13 to 18 per
//! cent of sales that a representative's leaving cost in Shi, Sridhar, Grewal and Lilien 2017).
//!
//! A PAM counts as still there as long as touches of theirs follow; the relationship counts as handed over from the day
//! after the last of them. Nothing is lost for good: one who comes back finds what time has left of their own.

use spelplan_facts::{Day, Model, PamId, Touch};

/// Days within which visits by both PAMs count as one visit together: logs of the same visit differ, and two visits in
/// a week are an introduction too.
const TOGETHER: i32 = 7;

/// Who of ours has been in touch with one partner, and when.
pub(crate) struct Handovers {
    /// Who runs it now; where nobody is known to, who touched it last.
    pub(crate) now: Option<PamId>,
    last_touches: Vec<(PamId, Day)>,
    /// Two PAMs and the day since which they have visited together.
    joint: Vec<(PamId, PamId, Day)>,
}

impl Handovers {
    /// Read from the partner's touches, in order of day.
    pub(crate) fn of(pam: Option<PamId>, touches: &[&Touch]) -> Handovers {
        let mut handovers = Handovers { now: pam, last_touches: Vec::new(), joint: Vec::new() };
        let mut visits: Vec<(PamId, Day)> = Vec::new();
        for touch in touches {
            let Some(pam) = touch.pam else { continue };
            match handovers.last_touches.iter_mut().find(|(one, _)| *one == pam) {
                Some((_, last)) => *last = touch.day,
                None => handovers.last_touches.push((pam, touch.day)),
            }
            if touch.kind.is_visit() {
                handovers.note_joint(&visits, pam, touch.day);
                visits.push((pam, touch.day));
            }
        }
        handovers.now = pam.or_else(|| handovers.last_touches.iter().max_by_key(|(_, day)| *day).map(|(pam, _)| *pam));
        handovers
    }

    fn note_joint(&mut self, visits: &[(PamId, Day)], pam: PamId, day: Day) {
        for &(other, _) in visits.iter().rev().take_while(|(_, earlier)| earlier.until(day) <= TOGETHER) {
            if other != pam && !self.joint.iter().any(|&(a, b, _)| (a, b) == (other, pam) || (a, b) == (pam, other)) {
                self.joint.push((other, pam, day));
            }
        }
    }

    /// Whose touch it was: the one it names, or the one who runs the partner.
    pub(crate) fn whose(&self, touch: &Touch) -> Option<PamId> {
        touch.pam.or(self.now)
    }

    /// What counts, for `to`, of the relationship that `from` has built.
    pub(crate) fn part(&self, model: &Model, from: Option<PamId>, to: Option<PamId>, on: Day) -> f64 {
        let (Some(from), Some(to)) = (from, to) else { return 1.0 };
        if from == to {
            return 1.0;
        }
        let both = |&(a, b, since): &(PamId, PamId, Day)| ((a, b) == (from, to) || (a, b) == (to, from)) && since <= on;
        if self.joint.iter().any(both) { model.joint_handover } else { model.handover }
    }

    /// What counts, on that day, of what this PAM has built: all of it as long as they are there.
    pub(crate) fn counts(&self, model: &Model, pam: Option<PamId>, on: Day) -> f64 {
        let there = self.last_touches.iter().any(|&(one, last)| Some(one) == pam && on <= last);
        if there { 1.0 } else { self.part(model, pam, self.now, on) }
    }
}
