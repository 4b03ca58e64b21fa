//! Everything the board shows of one PAM's week.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use spelplan_facts::{
    Appointment, ArrangedPlan, Arrangements, Day, FieldDay, HindranceKind, PamId, PartnerId, PlanId, SeasonPlan,
};
use spelplan_field::replan::{Board, Difference, Filler, LeftOutWhy, StopWhy, difference};
use spelplan_store::{PlanVersion, VersionEvent};

use super::Ground;
use super::changes::Overtaken;
use crate::access::Actor;
use crate::open_goals::Basis;
use crate::season::{PartnerLabel, labels_of};
use crate::{App, AppError, clock};

/// Fillers shown for a day.
const FILLERS: usize = 3;
/// Versions listed.
const LISTED: usize = 8;

/// Whose week is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BoardQuery {
    /// Whose; `None` is the first who has field days.
    pub pam: Option<PamId>,
    /// Any day of the week; `None` is the first week with field days still to come.
    pub week: Option<Day>,
}

/// The board of one PAM's week.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardPage {
    /// The version shown.
    pub plan: SeasonPlan,
    /// What is arranged about it.
    pub arrangements: Arrangements,
    /// Whose days.
    pub pam: PamId,
    /// Monday of the week.
    pub monday: Day,
    /// Monday to Friday.
    pub days: Vec<BoardDay>,
    /// Every day of the season on which the PAM may drive and something may still change.
    pub open_days: Vec<Day>,
    /// Why each visit of the week stands where it stands.
    pub stop_whys: Vec<StopWhy>,
    /// Why each of the PAM's partners without a visit has none, those that would bring most first.
    pub left_out_whys: Vec<LeftOutWhy>,
    /// What this version does otherwise than the one it was made from.
    pub difference: Option<Difference>,
    /// How it came about.
    pub version: Option<VersionSummary>,
    /// There is a change to take back.
    pub can_undo: bool,
    /// There is a change to make again.
    pub can_redo: bool,
    /// A later plan holds; this one can be looked at only.
    pub overtaken: Option<Overtaken>,
    /// The latest versions.
    pub history: Vec<VersionSummary>,
    /// Faults the referee finds.
    pub faults: usize,
    /// The day it is.
    pub today: Day,
    /// Partners' names, towns and places.
    pub partners: BTreeMap<PartnerId, PartnerLabel>,
    /// PAM names of those whose days may be seen.
    pub pams: BTreeMap<PamId, String>,
    /// Where the PAM starts from.
    pub home: Option<spelplan_facts::Point>,
    /// What the figures build on.
    pub basis: Basis,
}

/// One day of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardDay {
    /// When.
    pub day: Day,
    /// The field day; `None` where there is none.
    pub field: Option<FieldDay>,
    /// Something may still be put there.
    pub open: bool,
    /// Why nobody drives.
    pub hindrance: Option<HindranceKind>,
    /// What the PAM is booked for.
    pub appointments: Vec<Appointment>,
    /// Partners on the way that could be put in, best first.
    pub fillers: Vec<Filler>,
}

/// A version in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionSummary {
    /// Identity.
    pub plan: PlanId,
    /// How it came about.
    pub event: VersionEvent,
    /// Who made it.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

pub(super) fn summary(version: PlanVersion) -> VersionSummary {
    VersionSummary { plan: version.plan, event: version.links.event, by: version.by, at: version.at }
}

/// What of the board takes time.
struct Found {
    days: Vec<BoardDay>,
    open_days: Vec<Day>,
    stop_whys: Vec<StopWhy>,
    left_out_whys: Vec<LeftOutWhy>,
    difference: Option<Difference>,
}

impl App {
    /// The board of that version: one PAM's week.
    #[boxed]
    pub async fn board(&self, actor: &Actor, plan: PlanId, query: BoardQuery) -> Result<BoardPage, AppError> {
        let (arranged, version) = self.arranged(plan).await?;
        let ground = self.ground(&arranged).await?;
        let faults = self.judged(actor, plan).await?.verdict.faults.len();
        let (today, figures_are_old) = self.as_of(clock::today()).await?;
        let from = match &version {
            Some(version) => Some(self.arranged(version.links.made_from).await?.0),
            None => None,
        };
        let seen: BTreeMap<PamId, String> = seen_pams(&ground, &arranged, actor);
        let pam = chosen(&seen, &arranged.plan, query.pam)?;
        let monday = week(&arranged.plan, pam, query.week, today);
        let basis = Basis {
            as_of: today,
            figures_are_old,
            currency: ground.facts.settings.currency.clone(),
            demo: self.store.is_demo().await?,
            empty: false,
        };
        let (asked, laid) = (arranged.clone(), ground.clone());
        let found = tokio::task::spawn_blocking(move || found(&laid, &asked, from.as_ref(), pam, monday, today));
        let found = found.await.map_err(|panic| AppError::died(&panic))?;
        let overtaken = self.overtaken(plan).await?;
        let history = self.store.plan_versions(plan).await?.into_iter().take(LISTED).map(summary).collect();
        Ok(BoardPage {
            pam,
            monday,
            days: found.days,
            open_days: found.open_days,
            stop_whys: found.stop_whys,
            left_out_whys: found.left_out_whys,
            difference: found.difference,
            can_undo: version.as_ref().is_some_and(|version| version.links.undo_to.is_some()),
            can_redo: version.as_ref().is_some_and(|version| version.links.redo_to.is_some()),
            version: version.map(summary),
            overtaken,
            history,
            faults,
            today,
            partners: labels_of(&ground.facts, actor),
            home: ground.facts.pam(pam).and_then(|pam| pam.home).map(|home| home.point),
            pams: seen,
            basis,
            plan: arranged.plan,
            arrangements: arranged.arrangements,
        })
    }
}

fn seen_pams(ground: &Ground, arranged: &ArrangedPlan, actor: &Actor) -> BTreeMap<PamId, String> {
    let planned = |pam: PamId| arranged.plan.workloads.iter().any(|load| load.pam == pam);
    let pams =
        ground.facts.pams.iter().filter(|pam| pam.home.is_some() && planned(pam.id) && actor.sees_days_of(pam.id));
    pams.map(|pam| (pam.id, pam.name.clone())).collect()
}

fn chosen(seen: &BTreeMap<PamId, String>, plan: &SeasonPlan, asked: Option<PamId>) -> Result<PamId, AppError> {
    let busy = plan.days.iter().map(|day| day.pam).find(|pam| seen.contains_key(pam));
    let first = asked.filter(|pam| seen.contains_key(pam)).or(busy).or_else(|| seen.keys().next().copied());
    first.ok_or_else(|| AppError::not_found("PAM with a home in that plan", "PAM med startplats i den planen"))
}

fn week(plan: &SeasonPlan, pam: PamId, asked: Option<Day>, today: Day) -> Day {
    let mut own = plan.days.iter().filter(|day| day.pam == pam).map(|day| day.day);
    let to_come = own.clone().find(|day| *day >= today);
    let first = to_come.or_else(|| own.next()).unwrap_or(plan.season.from);
    asked.filter(|day| plan.season.contains(*day) || plan.season.contains(day.plus(6))).unwrap_or(first).monday()
}

fn found(
    ground: &Ground,
    arranged: &ArrangedPlan,
    from: Option<&ArrangedPlan>,
    pam: PamId,
    monday: Day,
    today: Day,
) -> Found {
    let board = Board::new(&ground.facts, &ground.goals, arranged, today);
    let open_days = board.open_days(pam);
    let mut left_out_whys = board.left_out_whys(pam);
    left_out_whys.sort_by_key(|why| (why.needs.is_none(), why.needs, std::cmp::Reverse(why.gain), why.partner));
    let day = |day: Day| BoardDay {
        day,
        field: arranged.plan.days.iter().find(|one| (one.pam, one.day) == (pam, day)).cloned(),
        open: open_days.contains(&day),
        hindrance: arranged.arrangements.hindered(pam, day),
        appointments: appointments(&arranged.arrangements, pam, day),
        fillers: board.fillers(pam, day).into_iter().take(FILLERS).collect(),
    };
    Found {
        days: (0..5).map(|n| day(monday.plus(n))).collect(),
        stop_whys: board.stop_whys(pam, &|day| day.monday() == monday),
        difference: from.map(|from| difference(from, arranged)),
        left_out_whys,
        open_days,
    }
}

fn appointments(arrangements: &Arrangements, pam: PamId, day: Day) -> Vec<Appointment> {
    let own = arrangements.appointments.iter().filter(|one| (one.pam, one.day) == (pam, day));
    own.cloned().collect()
}
