//! The season strip: a year's weeks with what a season that begins in each of them would bring, so that one can be dragged.

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use spelplan_facts::{DayRange, Money};
use spelplan_field::season_choices;

pub use spelplan_field::{SeasonChoice, SeasonLoss, WEEKS};

use crate::access::Actor;
use crate::lately::Lately;
use crate::open_goals::Basis;
use crate::season_weeks::{WeekStrip, commonest_country, demand, strip};
use crate::{App, AppError};

/// Weeks of a season where nothing else is asked.
pub const USUAL_LENGTH: usize = 5;
/// Longest season of the strip, in weeks.
pub const LONGEST: usize = 13;
/// Strips remembered.
const REMEMBERED: usize = 8;

/// Everything the strip shows.
#[derive(Debug, Clone, PartialEq)]
pub struct StripPage {
    /// The year's weeks from the first that leaves time to prepare, with the latest plan that holds.
    pub weeks: Vec<WeekStrip>,
    /// What a season brings that begins in each week, as long as the year holds it.
    pub choices: Arc<Vec<SeasonChoice>>,
    /// Weeks of a season.
    pub length: usize,
    /// The beginning that brings most after costs.
    pub best: usize,
    /// Seasons of plans that hold.
    pub planned: Vec<DayRange>,
    /// May the actor plan?
    pub steers: bool,
    /// What the figures build on.
    pub basis: Basis,
}

pub(crate) type Key = (i64, i32, usize);

/// Strips counted lately, each for one state of the database and one day.
pub(crate) type Strips = Lately<Key, Vec<SeasonChoice>, REMEMBERED>;

impl App {
    /// The strip for seasons of so many weeks. Whoever sees only some days sees them as everybody's: weeks are a company's.
    #[boxed]
    pub async fn season_strip(&self, actor: &Actor, length: usize) -> Result<StripPage, AppError> {
        let length = length.clamp(1, LONGEST);
        let snapshot = self.snapshot().await?;
        let as_of = snapshot.basis.as_of;
        let key = (snapshot.generation, as_of.number(), length);
        let choices = match self.memory.strips.get(&key) {
            Some(known) => known,
            None => {
                let of = Arc::clone(&snapshot);
                let counted =
                    tokio::task::spawn_blocking(move || season_choices(&of.facts, &of.goals, as_of, length)).await;
                let counted = Arc::new(counted.map_err(|panic| AppError::died(&panic))?);
                self.memory.strips.keep(key, &counted);
                counted
            }
        };
        let plan = self.latest_plan(actor).await?;
        let plan = plan.map(|judged| crate::season::visible(judged.plan.clone(), actor, &snapshot));
        let (country, demand) = (commonest_country(&snapshot.facts), demand(&snapshot));
        let first = choices.first().map_or(as_of.monday(), |choice| choice.season.from);
        let week = |n: usize| strip(first.plus(7 * n as i32), &country, plan.as_ref(), &demand);
        let net = |at: &usize| choices.get(*at).map_or(Money::ZERO, SeasonChoice::net);
        let best = (0..choices.len()).max_by(|a, b| net(a).cmp(&net(b)).then(b.cmp(a))).unwrap_or(0);
        let seasons = self.seasons(actor).await?;
        Ok(StripPage {
            weeks: (0..WEEKS).map(week).collect(),
            length,
            best,
            planned: seasons.iter().filter(|one| !one.superseded).map(|one| one.season).collect(),
            steers: actor.steers(),
            basis: snapshot.basis.clone(),
            choices,
        })
    }
}
