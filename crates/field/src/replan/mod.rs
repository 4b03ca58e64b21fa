//! Replanning: a called-off visit, an ill PAM, snow, a new appointment, a moved visit. What is fixed and what is too close
//! stays as it is; the rest is laid anew by exact times. Leaves to others: the first plan (plan), who wrote what (store).

mod around;
mod changing;
mod difference;
mod finishing;
mod ground;
mod insertion;
mod kept;
mod nights;
mod objection;
mod removal;
mod replacing;
mod rota;
mod timing;
mod whys;

use spelplan_facts::{Allowance, ArrangedPlan, Day, Facts, LeftOutReason, PlanChange};
use spelplan_focus::OpenGoal;

use changing::Changing;
use finishing::finished;
use ground::Ground;
use rota::Rota;

pub use around::searched_around;
pub(crate) use around::{Onward, searched_on};
pub use difference::{Difference, PlacedVisit, difference};
pub use kept::{Kept, kept};
pub use objection::Objection;
pub use whys::{Detour, Filler, LeftOutWhy, StopWhy};

/// Days after today that no change touches unless that is allowed.
pub const NEXT_DAYS: i32 = 2;

/// A plan laid out for changing. `facts` are those the plan was made from, with its settings.
pub struct Board<'a> {
    ground: Ground<'a>,
    arranged: &'a ArrangedPlan,
    today: Day,
}

impl<'a> Board<'a> {
    /// Lays the plan out.
    pub fn new(facts: &'a Facts, goals: &'a [OpenGoal], arranged: &'a ArrangedPlan, today: Day) -> Board<'a> {
        let ground = Ground::new(facts, goals, arranged.plan.season, arranged.plan.as_of);
        Board { ground, arranged, today }
    }

    /// The plan after the change; what is fixed, over or too close is untouched unless allowed.
    pub fn changed(&self, change: &PlanChange, allowance: Allowance) -> Result<ArrangedPlan, Objection> {
        let rota = self.rota(allowance.next_days).ok_or(Objection::NoSuchPam)?;
        let season = self.arranged.plan.season;
        let mut changing = Changing { ground: &self.ground, rota, season, today: self.today, allowance };
        changing.make(change)?;
        let decided = matches!(change, PlanChange::Remove { .. });
        let reason = if decided { LeftOutReason::Decided } else { LeftOutReason::Cancelled };
        Ok(finished(&self.ground, &self.arranged.plan, changing.rota, &|_| reason))
    }

    fn rota(&self, next_days: bool) -> Option<Rota> {
        let stands_until = self.today.plus(if next_days { -1 } else { NEXT_DAYS });
        Rota::of(&self.ground, &self.arranged.plan, &self.arranged.arrangements, stands_until)
    }
}
