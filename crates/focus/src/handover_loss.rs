//! What a change of PAM would cost a partner's relationship, in margin: the part of the strength that does not survive
//! the handover, for as long as it would have lasted (model.md section 3).

use rayon::prelude::*;
use spelplan_facts::{Band, Day, Facts, PamId, PartnerId};

use crate::handover::Handovers;
use crate::open_goals::OpenGoal;
use crate::past::Past;
use crate::{returns, stock, worth};

/// Who has visited whom, looked up once for all partners.
pub struct HandoverLosses<'a> {
    facts: &'a Facts,
    today: Day,
    /// In the facts' order.
    handovers: Vec<Handovers>,
}

impl<'a> HandoverLosses<'a> {
    /// Reads every partner's touches up to that day.
    pub fn until(facts: &'a Facts, today: Day) -> HandoverLosses<'a> {
        let past = Past::until(facts, today);
        let of = |partner: &spelplan_facts::Partner| Handovers::of(partner.pam, past.of(partner.id));
        HandoverLosses { facts, today, handovers: facts.partners.par_iter().map(of).collect() }
    }

    /// The part of the partner's relationship that counts for `to` when `from` hands it over today: more where the two
    /// have visited it together.
    pub fn kept(&self, partner: PartnerId, from: PamId, to: PamId) -> f64 {
        let Ok(at) = self.facts.partners.binary_search_by_key(&partner, |one| one.id) else { return 1.0 };
        let model = self.facts.settings.model_of(&self.facts.partners[at].segment);
        self.handovers[at].part(&model, Some(from), Some(to), self.today)
    }

    /// Margin that is lost with the part that is not kept, after the realised/planned ratio and discounted like every
    /// gain. What `to` may have built there before is not counted in its favour.
    pub fn loss(&self, goal: &OpenGoal, from: PamId, to: PamId) -> Band {
        let segment = self.facts.partner(goal.partner).map_or("", |partner| partner.segment.as_str());
        let model = self.facts.settings.model_of(segment);
        let kept = self.kept(goal.partner, from, to).clamp(0.0, 1.0);
        let decay = stock::decay(&model, goal.touches_month);
        let earns = |strength: f64| returns::of_strength(&model, strength, decay);
        let years = earns(goal.strength.0) - earns(goal.strength.0 * kept);
        let spread = worth::model_spread(&self.facts.settings, segment);
        worth::gain_band(years * goal.worth_year.value.units() * model.realised, &goal.worth_year, spread)
    }
}
