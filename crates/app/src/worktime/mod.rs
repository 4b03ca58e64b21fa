//! Where PAMs' time goes. A PAM sees their own weeks with all that they are made of, and has the last word on them. Whoever leads PAMs sees
//! totals of weeks and seasons and nothing finer; finance sees the company's.

mod changes;
mod counts;
mod table;

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use spelplan_facts::{Day, DayRange, Facts, Minutes, PamId, PlanId, SeasonPlan};
use spelplan_field::calendars::Calendar;
use spelplan_store::KeptCorrection;
pub use spelplan_worktime::{Assumption, Assumptions, Part, PartKind, TakenAway, TimeClass, Week};
use spelplan_worktime::{Correction, Done, Sources, taken_away, weeks};

use crate::access::{Actor, Role};
use crate::open_goals::Basis;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// Weeks shown before this one, and after it.
const BEFORE: i32 = 8;
const AHEAD: i32 = 3;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeQuery {
    /// All weeks that a plan touches; the weeks around today where `None`.
    pub season: Option<PlanId>,
    /// The week that is looked at; this one where `None`.
    pub week: Option<Day>,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TimePage {
    /// What was asked.
    pub query: TimeQuery,
    /// On this day.
    pub today: Day,
    /// The weeks, from a Monday to a Sunday.
    pub range: DayRange,
    /// Plans that hold, to choose from.
    pub seasons: Vec<(PlanId, DayRange)>,
    /// The reader's own weeks, where they are a PAM.
    pub own: Option<OwnTime>,
    /// Each PAM's totals: of the week that is looked at, and of all of them; only for whoever leads PAMs.
    pub pams: Vec<PamTime>,
    /// The company's totals, for whoever sees the company: of the week, and of all of them.
    pub company: Option<(Totals, Totals)>,
    /// Administration that was taken away in these weeks: the reader's own, or the company's.
    pub taken_away: Vec<TakenAway>,
    /// What is assumed.
    pub assumptions: Assumptions,
    /// May the reader change that?
    pub may_assume: bool,
    /// How long a visit takes, and how long what is before and after it, by the company's settings.
    pub visit: (Minutes, Minutes),
    /// What the figures build on.
    pub basis: Basis,
}

/// A PAM's own weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnTime {
    /// Who.
    pub pam: PamId,
    /// All weeks.
    pub weeks: Vec<Week>,
    /// The one that is looked at.
    pub week: Week,
    /// What the PAM has said of it, latest first.
    pub corrections: Vec<KeptCorrection>,
    /// All weeks together.
    pub totals: Totals,
}

/// A PAM's totals.
#[derive(Debug, Clone, PartialEq)]
pub struct PamTime {
    /// Who.
    pub pam: PamId,
    /// Name.
    pub name: String,
    /// Of the week that is looked at.
    pub week: Totals,
    /// Of all weeks.
    pub all: Totals,
}

/// Hours in their classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// In the order of [`TimeClass::ALL`].
    pub classes: [Minutes; 4],
    /// What nobody knows.
    pub unknown: Minutes,
    /// The time there is.
    pub there_is: Minutes,
}

impl Totals {
    /// Of those weeks.
    fn of<'a>(weeks: impl IntoIterator<Item = &'a Week>) -> Totals {
        weeks.into_iter().fold(Totals::default(), |mut all, week| {
            for (sum, class) in all.classes.iter_mut().zip(TimeClass::ALL) {
                *sum += week.time(class);
            }
            all.unknown += week.unknown();
            all.there_is += week.there_is;
            all
        })
    }

    fn and(self, other: Totals) -> Totals {
        let mut classes = self.classes;
        for (sum, one) in classes.iter_mut().zip(other.classes) {
            *sum += one;
        }
        Totals { classes, unknown: self.unknown + other.unknown, there_is: self.there_is + other.there_is }
    }
}

/// Everything hours follow from, loaded once.
struct Loaded {
    plans: Vec<SeasonPlan>,
    later: Vec<spelplan_facts::Touch>,
    corrections: Vec<KeptCorrection>,
    assumptions: Assumptions,
    today: Day,
    range: DayRange,
}

impl App {
    /// Where time goes: a PAM's own, or totals.
    #[boxed]
    pub async fn time(&self, actor: &Actor, query: TimeQuery) -> Result<TimePage, AppError> {
        let snapshot = self.snapshot().await?;
        let seasons = self.standing_seasons().await?;
        let (loaded, monday) = self.loaded(&snapshot, query, &seasons).await?;
        let at = |weeks: &[Week]| weeks.iter().find(|week| week.monday == monday).cloned();
        let pams = snapshot.facts.pams.iter().filter(|pam| actor.sees_days_of(pam.id));
        let all: Vec<(PamId, String, Vec<Week>)> =
            pams.map(|pam| (pam.id, pam.name.clone(), loaded.weeks(&snapshot.facts, pam.id))).collect();
        let mut own = None;
        if let (Role::Pam(pam), Some((_, _, weeks))) = (actor.role, all.first()) {
            let week = at(weeks).ok_or_else(|| AppError::not_found("week there", "vecka där"))?;
            let said = loaded.corrections.iter().rev().filter(|one| one.pam == pam && one.monday == monday);
            let (corrections, totals) = (said.cloned().collect(), Totals::of(weeks));
            own = Some(OwnTime { pam, weeks: weeks.clone(), week, corrections, totals });
        }
        let one = |(pam, name, weeks): &(PamId, String, Vec<Week>)| PamTime {
            pam: *pam,
            name: name.clone(),
            week: Totals::of(weeks.iter().filter(|week| week.monday == monday)),
            all: Totals::of(weeks),
        };
        let totals: Vec<PamTime> = all.iter().map(one).collect();
        let sum = |of: fn(&PamTime) -> Totals| totals.iter().map(of).fold(Totals::default(), Totals::and);
        let company = actor.compares_pams().then(|| (sum(|one| one.week), sum(|one| one.all)));
        let mut done = Done::default();
        for (_, one) in self.done(&snapshot, &loaded).await?.into_iter().filter(|one| actor.sees_days_of(one.0)) {
            done += one;
        }
        Ok(TimePage {
            query: TimeQuery { week: Some(monday), ..query },
            today: loaded.today,
            range: loaded.range,
            seasons,
            own,
            pams: if actor.sees_time_of_each() { totals } else { Vec::new() },
            company,
            taken_away: taken_away(done, &loaded.assumptions),
            may_assume: actor.steers(),
            visit: {
                let settings = &snapshot.facts.settings;
                (settings.visit_time, settings.preparation_time + settings.follow_up_time)
            },
            assumptions: loaded.assumptions,
            basis: snapshot.basis.clone(),
        })
    }

    /// Plans that hold, latest first.
    async fn standing_seasons(&self) -> Result<Vec<(PlanId, DayRange)>, AppError> {
        let plans = self.store.plans().await?.into_iter().filter(|plan| !plan.superseded && !plan.revised);
        Ok(plans.map(|plan| (plan.plan, plan.season)).collect())
    }

    async fn loaded(
        &self,
        snapshot: &Snapshot,
        query: TimeQuery,
        seasons: &[(PlanId, DayRange)],
    ) -> Result<(Loaded, Day), AppError> {
        let mut plans = Vec::new();
        for (id, _) in seasons {
            plans.extend(self.store.plan(*id).await?);
        }
        let today = self.day_of_meetings();
        let chosen = query.season.and_then(|id| plans.iter().find(|plan| plan.id == id));
        let range = chosen.map_or_else(|| around(today), touched);
        let monday = query.week.map(Day::monday).filter(|week| range.contains(*week));
        let monday = monday.unwrap_or_else(|| today.monday().clamp(range.from, range.to.monday()));
        let told = self.store.time_assumptions().await?;
        let told = told.into_iter().filter_map(|(code, time)| Some((Assumption::coded(&code)?, time)));
        let logged = self.store.logged_touches().await?;
        let loaded = Loaded {
            plans,
            later: crate::upkeep::later(snapshot, &logged, today),
            corrections: self.store.time_corrections().await?,
            assumptions: Assumptions::with(told),
            today,
            range,
        };
        Ok((loaded, monday))
    }
}

impl Loaded {
    fn weeks(&self, facts: &Facts, pam: PamId) -> Vec<Week> {
        let own = self.corrections.iter().filter(|one| one.pam == pam);
        let corrections: Vec<Correction> = own.filter_map(correction).collect();
        let sources = Sources {
            facts,
            later: &self.later,
            plans: &self.plans,
            working_days: &working_days(facts, pam, self.range),
            corrections: &corrections,
            assumptions: &self.assumptions,
            today: self.today,
        };
        weeks(pam, self.range, sources)
    }
}

fn correction(kept: &KeptCorrection) -> Option<Correction> {
    Some(Correction { monday: kept.monday, class: TimeClass::coded(&kept.class)?, time: kept.time })
}

/// The weeks around a day.
fn around(today: Day) -> DayRange {
    let monday = today.monday();
    DayRange { from: monday.plus(-7 * BEFORE), to: monday.plus(7 * AHEAD + 6) }
}

/// The whole weeks that a plan touches, its desk time included.
fn touched(plan: &SeasonPlan) -> DayRange {
    let days = plan.desk.iter().map(|block| block.day).chain([plan.season.from, plan.season.to]);
    let (from, to) = (days.clone().min(), days.max());
    let (from, to) = (from.unwrap_or(plan.season.from), to.unwrap_or(plan.season.to));
    DayRange { from: from.monday(), to: to.monday().plus(6) }
}

/// No weekend, holiday or absence.
fn working_days(facts: &Facts, pam: PamId, range: DayRange) -> Vec<Day> {
    let country = facts.pam(pam).map(|pam| pam.country.as_str()).unwrap_or_default();
    let calendar = Calendar::new(country, range);
    let away = |day: Day| facts.absences.iter().any(|one| one.pam == pam && one.days.contains(day));
    range.days().filter(|day| calendar.is_working(*day) && !away(*day)).collect()
}

/// By PAM.
type DoneBy = BTreeMap<PamId, Done>;
