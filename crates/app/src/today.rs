//! A PAM's day and the fortnight after it: stops of the plans that hold, meetings, the drives between, what is to be prepared.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{
    Day, DayRange, DeskBlock, FieldDay, Leg, Meeting, Minutes, Night, Pam, PamId, PartnerId, PlanId, SeasonPlan, Stage,
    TimeOfDay,
};

use crate::access::{Actor, Role};
use crate::meetings::{MeetingQuery, MeetingRow, Promise, sees};
use crate::open_goals::Basis;
use crate::operations::KeptClash;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// Days shown after today; all of them are kept on the PAM's device.
pub const DAYS_AHEAD: i32 = 14;
/// Drafts and proposals named as what is to be prepared.
const MOST_TO_PREPARE: usize = 5;

/// Everything the page of today shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TodayPage {
    /// Which day it is.
    pub today: Day,
    /// Whose; `None` where there is no PAM at all.
    pub pam: Option<Pam>,
    /// PAMs to choose from.
    pub pams: Vec<Pam>,
    /// Today and the days after it, none left out.
    pub days: Vec<TodayDay>,
    /// The first thing beyond these days, where they hold none.
    pub beyond: Option<(Day, String)>,
    /// Drafts and proposals ahead, next first.
    pub to_prepare: Vec<MeetingRow>,
    /// Open promises of both sides whose day has come, with the partner's name.
    pub promises: Vec<(Promise, String)>,
    /// Fields of the PAM's meetings with two values, with the partner's name.
    pub clashes: Vec<(KeptClash, String)>,
    /// Grows with every change: equal numbers mean an equal page on the same day.
    pub generation: i64,
    /// What the figures build on.
    pub basis: Basis,
}

/// One day.
#[derive(Debug, Clone, PartialEq)]
pub struct TodayDay {
    /// Which.
    pub day: Day,
    /// The drives around its stops, where it is a field day.
    pub road: Option<Road>,
    /// Visits and meetings by time.
    pub entries: Vec<DayEntry>,
    /// Time at the desk around the season.
    pub desk: Vec<DeskBlock>,
}

/// How a field day begins and ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Road {
    /// Departure.
    pub departs: TimeOfDay,
    /// Town it begins in, where not at home.
    pub from: Option<String>,
    /// The drive after the last stop.
    pub last_leg: Leg,
    /// Arrival.
    pub arrives: TimeOfDay,
    /// Town of the night, where away.
    pub night: Option<String>,
}

/// A visit or a meeting of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayEntry {
    /// With whom.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its town.
    pub city: String,
    /// From.
    pub begins: Option<TimeOfDay>,
    /// How long.
    pub length: Minutes,
    /// The drive to it, where the plan has it as a stop.
    pub leg: Option<Leg>,
    /// The meeting, where there is one.
    pub meeting: Option<Meeting>,
    /// May the partner's own pages be opened?
    pub open: bool,
}

impl TodayDay {
    /// Is there anything on it?
    pub fn is_empty(&self) -> bool {
        self.road.is_none() && self.entries.is_empty() && self.desk.is_empty()
    }
}

impl App {
    /// Today and the fortnight after it, of that PAM: one's own, or the first of those one may see.
    #[boxed]
    pub async fn today(&self, actor: &Actor, pam: Option<PamId>) -> Result<TodayPage, AppError> {
        let snapshot = self.snapshot().await?;
        let today = self.day_of_meetings();
        let pams: Vec<Pam> = snapshot.facts.pams.iter().filter(|pam| actor.sees_days_of(pam.id)).cloned().collect();
        let own = if let Role::Pam(own) = actor.role { Some(own) } else { None };
        let shown = match pam.or(own) {
            Some(id) => Some(pams.iter().find(|pam| pam.id == id).ok_or_else(no_pam)?.clone()),
            None => pams.first().cloned(),
        };
        let span = DayRange { from: today, to: today.plus(DAYS_AHEAD) };
        let plans = self.plans_touching(span).await?;
        let list = self.meetings(actor, MeetingQuery { pam: shown.as_ref().map(|pam| pam.id), ..Default::default() });
        let list = list.await?;
        let days = match &shown {
            Some(pam) => (0..=DAYS_AHEAD).map(|n| day_of(&snapshot, actor, &plans, pam.id, today.plus(n))).collect(),
            None => Vec::new(),
        };
        let beyond = shown.as_ref().and_then(|pam| beyond(&snapshot, actor, pam.id, span.to));
        let to_prepare = list.to_prepare.into_iter().filter(|row| row.meeting.plan().day >= today);
        Ok(TodayPage {
            today,
            pams,
            days,
            beyond,
            to_prepare: to_prepare.take(MOST_TO_PREPARE).collect(),
            promises: list.promises,
            clashes: self.clashes(actor).await?,
            generation: snapshot.generation,
            basis: snapshot.basis.clone(),
            pam: shown,
        })
    }

    /// Plans that hold and have a day, or time at the desk, in these days: a season is prepared weeks before it begins.
    async fn plans_touching(&self, span: DayRange) -> Result<Vec<SeasonPlan>, AppError> {
        const AROUND: i32 = 60;
        let near = |season: DayRange| season.from <= span.to.plus(AROUND) && season.to >= span.from.plus(-AROUND);
        let kept = self.store.plans().await?;
        let holds = kept.into_iter().filter(|one| !one.superseded && !one.revised && near(one.season));
        let mut plans = Vec::new();
        for id in holds.map(|one| one.plan).collect::<Vec<PlanId>>() {
            plans.extend(self.store.plan(id).await?);
        }
        Ok(plans)
    }
}

fn day_of(snapshot: &Snapshot, actor: &Actor, plans: &[SeasonPlan], pam: PamId, day: Day) -> TodayDay {
    let field = plans.iter().flat_map(|plan| &plan.days).find(|one| one.pam == pam && one.day == day);
    let desk = plans.iter().flat_map(|plan| &plan.desk).filter(|block| block.pam == pam && block.day == day);
    let own = |one: &&Meeting| one.plan().pam == pam && one.plan().day == day && sees(actor, snapshot, one);
    let shown = |one: &&Meeting| !matches!(one.stage(), Stage::Cancelled | Stage::Missed);
    let mut meetings: Vec<&Meeting> = snapshot.facts.meetings.iter().filter(own).collect();
    let stops = field.map(|field| &field.stops[..]).unwrap_or_default();
    let mut entries: Vec<DayEntry> = Vec::new();
    for stop in stops {
        let at = meetings.iter().position(|one| one.plan().partner == stop.partner);
        let meeting = at.map(|at| meetings.remove(at).clone());
        let begins = meeting.as_ref().and_then(|one| one.plan().begins).or(Some(stop.begins));
        let length = meeting.as_ref().map_or(stop.ends - stop.begins, |one| one.plan().length);
        entries.push(DayEntry { begins, length, leg: Some(stop.leg), ..entry(snapshot, actor, stop.partner, meeting) });
    }
    for meeting in meetings.into_iter().filter(shown) {
        entries.push(entry(snapshot, actor, meeting.plan().partner, Some(meeting.clone())));
    }
    entries.sort_by_key(|entry| entry.begins.map_or(i32::MAX, |time| time.0));
    TodayDay { day, road: field.map(|field| road(snapshot, field)), entries, desk: desk.copied().collect() }
}

fn entry(snapshot: &Snapshot, actor: &Actor, id: PartnerId, meeting: Option<Meeting>) -> DayEntry {
    let partner = snapshot.facts.partner(id);
    let (begins, length) = match &meeting {
        Some(meeting) => (meeting.plan().begins, meeting.plan().length),
        None => (None, Minutes(0)),
    };
    DayEntry {
        partner: id,
        name: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
        city: partner.map(|partner| partner.city.clone()).unwrap_or_default(),
        begins,
        length,
        leg: None,
        open: partner.is_some_and(|partner| actor.sees(partner)),
        meeting,
    }
}

fn road(snapshot: &Snapshot, field: &FieldDay) -> Road {
    let town = |night: Night| match night {
        Night::Home => None,
        Night::Away { near, .. } => Some(snapshot.facts.partner(near).map(|one| one.city.clone()).unwrap_or_default()),
    };
    Road {
        departs: field.departs,
        from: town(field.from),
        last_leg: field.last_leg,
        arrives: field.arrives,
        night: town(field.to),
    }
}

/// The PAM's first planned visit or meeting after that day.
fn beyond(snapshot: &Snapshot, actor: &Actor, pam: PamId, after: Day) -> Option<(Day, String)> {
    let own = |one: &&Meeting| one.plan().pam == pam && one.stage().is_ahead() && sees(actor, snapshot, one);
    let meetings = snapshot.facts.meetings.iter().filter(own).map(|one| (one.plan().day, one.plan().partner));
    let run = |id: PartnerId| snapshot.facts.partner(id).filter(|one| one.pam == Some(pam) && actor.sees(one));
    let visits = snapshot.next_visits.iter().filter(|(id, _)| run(**id).is_some()).map(|(id, day)| (*day, *id));
    let next = meetings.chain(visits).filter(|(day, _)| *day > after).min()?;
    Some((next.0, snapshot.facts.partner(next.1)?.name.clone()))
}

fn no_pam() -> AppError {
    AppError::not_found("PAM with that number", "PAM med det numret")
}
