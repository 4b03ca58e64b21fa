//! What people decide about single partners against the proposal: kept, shown with its cost, ended, restored.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{CoverageRule, DayRange, Demand, PartnerId, RuleId};
use spelplan_store::{KeptRule, Signed};

use crate::access::Actor;
use crate::{App, AppError, ErrorKind, clock};

/// A decision about one partner on its way in.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Whom it concerns.
    pub partner: PartnerId,
    /// What it demands.
    pub demand: Demand,
    /// The days in which it counts; `None` is any twelve months.
    pub within: Option<DayRange>,
    /// Why, in the words of whoever decides; may be empty.
    pub reason: String,
}

/// Most visits a year that anybody may demand: one a week.
const MOST_VISITS: usize = 52;
/// Most weighted touches a month: one a day.
const MOST_TOUCHES: f64 = 31.0;
/// Longest reason.
const LONGEST_REASON: usize = 400;

impl App {
    /// Keeps a decision; plans follow it from now on.
    #[boxed]
    pub async fn decide(&self, actor: &Actor, decision: Decision) -> Result<RuleId, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        sensible(decision.demand)?;
        let snapshot = self.snapshot().await?;
        let missing = || AppError::not_found("partner with that number", "partner med det numret");
        snapshot.facts.partner(decision.partner).filter(|partner| actor.sees(partner)).ok_or_else(missing)?;
        let rule = CoverageRule {
            id: RuleId(0),
            partner: decision.partner,
            demand: decision.demand,
            within: decision.within,
            by: actor.name.clone(),
            on: clock::today(),
            reason: decision.reason.trim().chars().take(LONGEST_REASON).collect(),
            toss_up: None,
        };
        let ids = self.store.decide_rules(&[rule], &clock::now()).await?;
        ids.into_iter().next().ok_or_else(|| AppError::died(&"no rule was written"))
    }

    /// Ends a rule: plans no longer follow it. It can be restored.
    #[boxed]
    pub async fn end_rule(&self, actor: &Actor, rule: RuleId) -> Result<(), AppError> {
        let bound = self.kept_rule(actor, rule).await?.rule.toss_up;
        if bound.is_some() {
            return Err(bound_by_chance());
        }
        Ok(self.store.end_rule(rule, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Lets a rule that was ended hold again.
    #[boxed]
    pub async fn restore_rule(&self, actor: &Actor, rule: RuleId) -> Result<(), AppError> {
        if self.kept_rule(actor, rule).await?.rule.toss_up.is_some() {
            return Err(bound_by_chance());
        }
        Ok(self.store.restore_rule(rule, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Every rule about that partner, the latest first.
    pub(crate) async fn rules_of(&self, partner: PartnerId) -> Result<Vec<KeptRule>, AppError> {
        let mut rules = self.store.rules().await?;
        rules.retain(|kept| kept.rule.partner == partner);
        rules.reverse();
        Ok(rules)
    }

    /// A rule that was just written down or ended, with its partner's name, for whoever may see that partner.
    #[boxed]
    pub async fn told_rule(&self, actor: &Actor, rule: RuleId) -> Result<Option<(String, KeptRule)>, AppError> {
        let snapshot = self.snapshot().await?;
        let kept = self.store.rules().await?.into_iter().find(|kept| kept.rule.id == rule);
        Ok(kept.and_then(|kept| {
            let partner = snapshot.facts.partner(kept.rule.partner).filter(|partner| actor.sees(partner))?;
            Some((partner.name.clone(), kept))
        }))
    }

    async fn kept_rule(&self, actor: &Actor, rule: RuleId) -> Result<KeptRule, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let rules = self.store.rules().await?;
        let missing = || AppError::not_found("rule with that number", "regel med det numret");
        rules.into_iter().find(|kept| kept.rule.id == rule).ok_or_else(missing)
    }
}

fn sensible(demand: Demand) -> Result<(), AppError> {
    let fine = match demand {
        Demand::VisitsAtLeast(count) | Demand::VisitsAtMost(count) | Demand::Visits(count) => count <= MOST_VISITS,
        Demand::TouchesAtLeast(touches) | Demand::TouchesAtMost(touches) => (0.0..=MOST_TOUCHES).contains(&touches),
        Demand::NotOn(days) => days.from <= days.to,
    };
    if fine {
        return Ok(());
    }
    let en = format!("at most {MOST_VISITS} visits a year and {MOST_TOUCHES} touches a month can be decided");
    let sv = format!("högst {MOST_VISITS} besök om året och {MOST_TOUCHES} kontakter i månaden kan beslutas");
    Err(AppError::own("A150", ErrorKind::Refused, en, sv))
}

fn bound_by_chance() -> AppError {
    let en = "that rule comes from a toss-up and is not taken back by itself: the comparison would be spoiled. End the whole toss-up on its page";
    let sv = "regeln kommer från en lottning och tas inte bort för sig: jämförelsen skulle förstöras. Avsluta hela lottningen på dess sida";
    AppError::own("A151", ErrorKind::Refused, en, sv)
}
