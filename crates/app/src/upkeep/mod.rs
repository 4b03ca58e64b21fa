//! Upkeep between visits: whom to be in touch with, with words to begin from; touches logged by a tap, from one's own mail
//! or from a list, and taken back.

mod files;
mod logging;

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use spelplan_facts::{Contact, Day, Language, Pam, PamId, Stage, Touch, TouchId};
use spelplan_focus::OpenGoal;
use spelplan_store::LoggedTouch;
use spelplan_upkeep::{Between, Due, Letter, MeetFirst, Sources, letter, upkeep};

pub use files::Filed;
pub use logging::{Tapped, WAYS};
pub use spelplan_upkeep as asked;

use crate::access::Actor;
use crate::open_goals::Basis;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// Logged touches that are shown to be taken back.
const SHOWN: usize = 20;

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct UpkeepPage {
    /// On this day.
    pub today: Day,
    /// PAMs to choose from.
    pub pams: Vec<Pam>,
    /// The one whose list it is; everybody's where `None`.
    pub pam: Option<PamId>,
    /// Due, strongest reason first.
    pub due: Vec<DueRow>,
    /// Due in the days ahead.
    pub ahead: Vec<DueRow>,
    /// Partners to meet first.
    pub meet_first: Vec<MeetFirstRow>,
    /// Partners in a relationship for whom nothing is due.
    pub resting: usize,
    /// What was logged last, latest first.
    pub logged: Vec<LoggedRow>,
    /// May the actor log touches?
    pub may_log: bool,
    /// What the figures build on.
    pub basis: Basis,
}

/// A partner for whom a touch is due.
#[derive(Debug, Clone, PartialEq)]
pub struct DueRow {
    /// Why and when.
    pub due: Due,
    /// Name.
    pub partner: String,
    /// Town.
    pub city: String,
    /// With whom there.
    pub contact: Option<Contact>,
    /// Who runs it.
    pub pam: String,
    /// Words to begin from.
    pub letter: Letter,
}

/// A partner to meet first.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetFirstRow {
    /// Why.
    pub first: MeetFirst,
    /// Name.
    pub partner: String,
    /// Town.
    pub city: String,
}

/// Touches that were logged together.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedRow {
    /// What they are taken back by.
    pub batch: i64,
    /// The first of them.
    pub touch: Touch,
    /// Name of its partner.
    pub partner: String,
    /// How many went in together.
    pub touches: usize,
    /// The file they came in; empty for a tap.
    pub source: String,
    /// Who logged them.
    pub by: String,
}

impl App {
    /// Whom to be in touch with between visits: one PAM's list, or everybody's whom the actor sees.
    #[boxed]
    pub async fn upkeep(&self, actor: &Actor, pam: Option<PamId>, language: Language) -> Result<UpkeepPage, AppError> {
        let snapshot = self.snapshot().await?;
        let today = self.day_of_meetings();
        let business = self.store.business_of_upkeep().await?;
        let logged = self.store.logged_touches().await?;
        let later = later(&snapshot, &logged, today);
        let (kept, asking) = (snapshot.clone(), actor.clone());
        let made = tokio::task::spawn_blocking(move || {
            let own = |goal: &&OpenGoal| {
                let partner = kept.facts.partner(goal.partner);
                partner.is_some_and(|one| asking.sees(one) && pam.is_none_or(|pam| one.pam == Some(pam)))
            };
            let goals: Vec<&OpenGoal> = kept.goals.iter().filter(own).collect();
            let (facts, planned) = (&kept.facts, &kept.next_visits);
            upkeep(Sources { facts, goals: &goals, planned, business: &business, later: &later, today })
        });
        let found = made.await.map_err(|panic| AppError::died(&panic))?;
        let rows = |due: Vec<Due>| due.into_iter().filter_map(|due| row(&snapshot, due, language)).collect();
        let pams = snapshot.facts.pams.iter().filter(|pam| actor.sees_days_of(pam.id)).cloned().collect();
        Ok(UpkeepPage {
            due: rows(found.due),
            ahead: rows(found.ahead),
            meet_first: found.meet_first.into_iter().filter_map(|first| meet_first(&snapshot, first)).collect(),
            resting: found.resting,
            logged: recent(&snapshot, actor, pam, &logged),
            may_log: actor.answers(),
            basis: snapshot.basis.clone(),
            today,
            pams,
            pam,
        })
    }
}

/// Touches since the day that the facts are of: logged ones, and meetings held.
pub(crate) fn later(snapshot: &Snapshot, logged: &[LoggedTouch], today: Day) -> Vec<Touch> {
    let after = |day: Day| day > snapshot.basis.as_of && day <= today;
    let held = snapshot.facts.meetings.iter().filter(|one| one.stage() == Stage::Held && after(one.plan().day));
    let held = held.map(|one| Touch {
        id: TouchId(-one.id.0),
        day: one.plan().day,
        partner: one.plan().partner,
        contact: one.plan().contact,
        pam: Some(one.plan().pam),
        kind: one.plan().place.touch_kind(),
        quality: None,
    });
    let mut all: Vec<Touch> = held.collect();
    all.extend(logged.iter().map(|one| one.touch.clone()).filter(|touch| after(touch.day)));
    all.sort_by_key(|touch| (touch.day, touch.id));
    all
}

fn row(snapshot: &Snapshot, due: Due, language: Language) -> Option<DueRow> {
    let partner = snapshot.facts.partner(due.partner)?;
    let contact = due.contact.and_then(|id| snapshot.facts.contacts.iter().find(|contact| contact.id == id)).cloned();
    let pam = due.pam.and_then(|pam| snapshot.facts.pam(pam)).map(|pam| pam.name.clone()).unwrap_or_default();
    let between = Between {
        contact: contact.as_ref().map_or("", |contact| contact.name.as_str()),
        partner: &partner.name,
        pam: &pam,
        currency: &snapshot.basis.currency,
        visit: due.holding.filter(|holding| holding.visit).map(|holding| holding.until),
    };
    let letter = letter(&due.why, between, language);
    Some(DueRow { partner: partner.name.clone(), city: partner.city.clone(), contact, pam, letter, due })
}

fn meet_first(snapshot: &Snapshot, first: MeetFirst) -> Option<MeetFirstRow> {
    let partner = snapshot.facts.partner(first.partner)?;
    Some(MeetFirstRow { partner: partner.name.clone(), city: partner.city.clone(), first })
}

/// The latest batches whose partners the actor sees all of.
fn recent(snapshot: &Snapshot, actor: &Actor, pam: Option<PamId>, logged: &[LoggedTouch]) -> Vec<LoggedRow> {
    let mut batches: BTreeMap<i64, Vec<&LoggedTouch>> = BTreeMap::new();
    for one in logged {
        batches.entry(one.batch).or_default().push(one);
    }
    let seen = |one: &&LoggedTouch| {
        let partner = snapshot.facts.partner(one.touch.partner);
        partner.is_some_and(|partner| actor.sees(partner) && pam.is_none_or(|pam| partner.pam == Some(pam)))
    };
    let shown = batches.into_iter().rev().filter(|(_, all)| all.iter().all(seen)).take(SHOWN);
    shown
        .filter_map(|(batch, all)| {
            let first = all.first()?;
            let partner = snapshot.facts.partner(first.touch.partner)?.name.clone();
            let (touch, source, by) = (first.touch.clone(), first.source.clone(), first.by.clone());
            Some(LoggedRow { batch, touch, partner, touches: all.len(), source, by })
        })
        .collect()
}
