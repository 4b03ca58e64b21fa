//! What the pages read: facts and open goals in memory, made anew only when the database has changed.
//! The store's generation number tells; so several machines on one database each keep a true copy.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwapOption;
use spelplan_facts::{Day, Facts, PartnerId};
use spelplan_focus::{BackTest, HeldOut, OpenGoal, PartnerPotential};
use tokio::sync::Mutex;

use crate::open_goals::Basis;
use crate::{App, AppError, clock};

/// Data older than this is looked at from its own last day instead of from today (days).
const OLD_AFTER: i32 = 62;

/// One state of the database, with what follows from it.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) generation: i64,
    pub(crate) asked_on: Day,
    pub(crate) basis: Basis,
    pub(crate) facts: Facts,
    /// Best first.
    pub(crate) goals: Vec<OpenGoal>,
    /// Where a partner's goal stands in `goals`, by position of the partner in `facts.partners`.
    pub(crate) goal_at: Vec<usize>,
    /// Name, number and town in lower case, by position of the partner in `facts.partners`.
    pub(crate) searchable: Vec<String>,
    /// Next planned visit.
    pub(crate) next_visits: BTreeMap<PartnerId, Day>,
    /// Partners that have asked for a meeting, and about what.
    pub(crate) wishes: BTreeMap<PartnerId, String>,
    /// What each partner could buy, computed when first asked for.
    possible: OnceLock<Arc<Vec<PartnerPotential>>>,
    /// How good that is, computed when first asked for.
    tests: OnceLock<(Option<HeldOut>, Option<BackTest>)>,
}

/// Keeps the latest snapshot; one maker at a time.
#[derive(Default)]
pub(crate) struct Keeper {
    latest: ArcSwapOption<Snapshot>,
    making: Mutex<()>,
}

impl Snapshot {
    /// What each partner could buy, in the order of the facts. May take a second: not for the thread that answers.
    pub(crate) fn possible(&self) -> &Arc<Vec<PartnerPotential>> {
        self.possible.get_or_init(|| Arc::new(spelplan_focus::potentials(&self.facts, self.basis.as_of)))
    }

    /// How good the potentials are. May take seconds: not for the thread that answers.
    pub(crate) fn tests(&self) -> &(Option<HeldOut>, Option<BackTest>) {
        let (facts, day) = (&self.facts, self.basis.as_of);
        self.tests.get_or_init(|| (spelplan_focus::held_out(facts, day), spelplan_focus::back_test(facts, day)))
    }

    /// The goal of a partner.
    pub(crate) fn goal(&self, partner: PartnerId) -> Option<&OpenGoal> {
        let at = self.facts.partners.binary_search_by_key(&partner, |partner| partner.id).ok()?;
        self.goal_at.get(at).and_then(|&at| self.goals.get(at))
    }
}

impl App {
    /// The present state of the database with its open goals.
    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>, AppError> {
        let today = clock::today();
        let generation = self.store.generation().await?;
        if let Some(kept) = self.kept(generation, today) {
            return Ok(kept);
        }
        let _making = self.memory.snapshot.making.lock().await;
        let generation = self.store.generation().await?;
        if let Some(kept) = self.kept(generation, today) {
            return Ok(kept);
        }
        let snapshot = Arc::new(self.make_snapshot(generation, today).await?);
        self.memory.snapshot.latest.store(Some(Arc::clone(&snapshot)));
        Ok(snapshot)
    }

    fn kept(&self, generation: i64, today: Day) -> Option<Arc<Snapshot>> {
        let kept = self.memory.snapshot.latest.load_full()?;
        (kept.generation == generation && kept.asked_on == today).then_some(kept)
    }

    async fn make_snapshot(&self, generation: i64, today: Day) -> Result<Snapshot, AppError> {
        let (as_of, figures_are_old) = self.as_of(today).await?;
        let facts = self.rated_facts(as_of).await?;
        let demo = self.store.is_demo().await?;
        let stops = self.store.next_stops(as_of).await?;
        let wishes = crate::portal::open_wishes(&self.store.portal_answers().await?, &facts.meetings);
        let made = tokio::task::spawn_blocking(move || {
            let goals = spelplan_focus::open_goals(&facts, as_of);
            (facts, goals)
        });
        let (facts, goals) = made.await.map_err(|panic| AppError::died(&panic))?;
        let mut next_visits = BTreeMap::new();
        for (partner, _, day, _) in stops {
            if next_visits.get(&partner).is_none_or(|&known| day < known) {
                next_visits.insert(partner, day);
            }
        }
        let basis = Basis {
            as_of,
            figures_are_old,
            currency: facts.settings.currency.clone(),
            demo,
            empty: facts.partners.is_empty(),
        };
        let goal_at = goal_positions(&facts, &goals);
        let searchable = facts.partners.iter().map(searchable).collect();
        let (possible, tests) = Default::default();
        Ok(Snapshot {
            generation,
            asked_on: today,
            basis,
            facts,
            goals,
            goal_at,
            searchable,
            next_visits,
            wishes,
            possible,
            tests,
        })
    }

    /// The day figures are computed for: as told, else today, else the last day in the data where that is long ago.
    pub(crate) async fn as_of(&self, today: Day) -> Result<(Day, bool), AppError> {
        if let Some(told) = self.options.today {
            return Ok((told, false));
        }
        let last = self.store.last_sale_day().await?;
        Ok(match last {
            Some(last) if last.until(today) > OLD_AFTER => (last, true),
            _ => (today, false),
        })
    }
}

fn goal_positions(facts: &Facts, goals: &[OpenGoal]) -> Vec<usize> {
    let mut positions = vec![usize::MAX; facts.partners.len()];
    for (at, goal) in goals.iter().enumerate() {
        if let Ok(partner) = facts.partners.binary_search_by_key(&goal.partner, |partner| partner.id) {
            positions[partner] = at;
        }
    }
    positions
}

fn searchable(partner: &spelplan_facts::Partner) -> String {
    format!("{}\n{}\n{}", partner.name, partner.key, partner.city).to_lowercase()
}
