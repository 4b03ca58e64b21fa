//! What closed seasons say of plans: the ratio that is proposed, put into use by one press and taken back by another. Nothing is
//! multiplied by it before.

use async_recursion::async_recursion as boxed;

use spelplan_effect::{Calibration, DidItPay, Realised};
use spelplan_facts::{DayRange, RealisedRatio, SeasonPlan};
use spelplan_focus::{returns, stock};

use super::EffectScope;
use crate::access::Actor;
use crate::{App, AppError, ErrorKind};

/// Earlier seasons that are looked at, the latest first.
const EARLIER: usize = 8;

/// What plans are multiplied by, and what closed seasons say it should be.
#[derive(Debug, Clone, PartialEq)]
pub struct RealisedPage {
    /// What every planned gain is multiplied by.
    pub in_use: f64,
    /// Where that was learned: from what.
    pub learned: Option<RealisedRatio>,
    /// What closed seasons say; none where none can be counted.
    pub proposed: Option<Calibration>,
    /// Closed seasons that say nothing, and how they were answered.
    pub uncounted: Vec<(DayRange, DidItPay)>,
    /// May the reader put it into use?
    pub steers: bool,
}

impl RealisedPage {
    /// Is what is proposed something else than what is in use?
    pub fn can_use(&self) -> bool {
        let proposed = self.proposed.as_ref().map(learned);
        self.steers && proposed.is_some_and(|proposed| self.learned.is_none_or(|one| !same(&one, &proposed)))
    }

    /// Is anything learned in use?
    pub fn can_undo(&self) -> bool {
        self.steers && self.learned.is_some()
    }
}

impl App {
    /// The ratio in use and the one that closed seasons propose.
    #[boxed]
    pub async fn realised(&self, actor: &Actor) -> Result<RealisedPage, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let (mut seasons, mut uncounted) = (Vec::new(), Vec::new());
        let today = snapshot.basis.as_of;
        let all = self.seasons(actor).await?;
        for one in all.iter().filter(|one| !one.superseded && one.season.to < today).take(EARLIER) {
            let Some(plan) = self.store.plan(one.plan).await? else { continue };
            let found = self.effect_of(&snapshot, EffectScope::Season(one.plan)).await?;
            let verdict = found.as_ref().as_ref().map_or(DidItPay::CannotTell, |effect| effect.verdict);
            match found
                .as_ref()
                .as_ref()
                .ok()
                .and_then(|effect| Realised::of(&plan, effect, |months| due(&plan, months)))
            {
                Some(season) => seasons.push(season),
                None => uncounted.push((one.season, verdict)),
            }
        }
        let settings = &snapshot.facts.settings;
        Ok(RealisedPage {
            in_use: settings.model.realised,
            learned: settings.realised_ratio,
            proposed: Calibration::of(seasons),
            uncounted,
            steers: actor.steers(),
        })
    }

    /// Puts what closed seasons propose into use: every plan from now on is multiplied by it.
    #[boxed]
    pub async fn use_realised(&self, actor: &Actor) -> Result<RealisedRatio, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let page = self.realised(actor).await?;
        let proposed = page.proposed.as_ref().map(learned).ok_or_else(nothing_counted)?;
        let mut settings = self.store.settings().await?;
        let before = settings.realised_ratio.map_or(settings.model.realised, |earlier| earlier.before);
        let used = RealisedRatio { before, ..proposed };
        settings.model.realised = used.value;
        settings.realised_ratio = Some(used);
        self.store.save_settings(&settings).await?;
        Ok(used)
    }

    /// Takes it back: plans are multiplied by what they were before.
    #[boxed]
    pub async fn forget_realised(&self, actor: &Actor) -> Result<f64, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let mut settings = self.store.settings().await?;
        let used = settings.realised_ratio.take().ok_or_else(nothing_in_use)?;
        settings.model.realised = used.before;
        self.store.save_settings(&settings).await?;
        Ok(used.before)
    }
}

/// As it is put into use.
fn learned(calibration: &Calibration) -> RealisedRatio {
    let Calibration { low, value, high, .. } = *calibration;
    RealisedRatio { low, value, high, seasons: calibration.seasons.len(), before: value }
}

/// The same ratio, whatever it stands instead of.
fn same(one: &RealisedRatio, other: &RealisedRatio) -> bool {
    (one.low, one.value, one.high, one.seasons) == (other.low, other.value, other.high, other.seasons)
}

/// The part of a gain that comes within so many months: the rest lies in what the relationship brings after them. By the model
/// that the plan was made under, without touches.
fn due(plan: &SeasonPlan, months: f64) -> f64 {
    let model = &plan.settings.model;
    let decay = stock::natural_decay(model);
    returns::while_fading(model, 1.0, decay, months) / returns::of_strength(model, 1.0, decay)
}

fn nothing_counted() -> AppError {
    let en = "no closed season can be counted, so nothing says how much of plans comes true. The page of effects says what each lacks";
    let sv = "ingen avslutad säsong går att räkna, så inget säger hur mycket av planer som blir sant. Sidan Effekt säger vad var och en saknar";
    AppError::own("A560", ErrorKind::Refused, en, sv)
}

fn nothing_in_use() -> AppError {
    let en = "no learned ratio is in use, so there is nothing to take back. The business case shows what plans are multiplied by";
    let sv =
        "ingen lärd andel används, så det finns inget att ta tillbaka. Affärscaset visar vad planer multipliceras med";
    AppError::own("A561", ErrorKind::Refused, en, sv)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_gain_that_halves_in_six_months_is_due_in_six() {
        // Without discount: 1 - 2^(-months / 6).
        let model = spelplan_facts::Model { discount: 0.0, half_life_months: 6.0, ..spelplan_facts::Model::default() };
        let decay = stock::natural_decay(&model);
        let part =
            |months| returns::while_fading(&model, 1.0, decay, months) / returns::of_strength(&model, 1.0, decay);
        for (months, due) in [(6.0, 0.5), (12.0, 0.75), (18.0, 0.875)] {
            assert!((part(months) - due).abs() < 1e-9, "{months}");
        }
    }
}
