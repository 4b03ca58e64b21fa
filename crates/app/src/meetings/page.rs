//! What the pages of meetings show.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{
    Commitment, Contact, Day, Language, Meeting, MeetingId, Missing, Pam, PamId, Partner, PartnerId, Side, Stage,
};
use spelplan_meetings::promises_kept;

use super::{Kept, MeetingVersion, promises, sees};
use crate::access::Actor;
use crate::open_goals::Basis;
use crate::operations::{KeptClash, KeptRating};
use crate::portal::PortalAnswer;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// What the list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MeetingQuery {
    /// Of this PAM; everybody's where `None`.
    pub pam: Option<PamId>,
    /// Which of them.
    pub show: Show,
}

/// Which meetings the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Show {
    /// What needs somebody: today's, those to log, those to prepare, those that are ready.
    #[default]
    Ahead,
    /// What is over, latest first.
    Past,
}

/// The list of meetings.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingList {
    /// On this day.
    pub today: Day,
    /// Today's, by time.
    pub todays: Vec<MeetingRow>,
    /// Confirmed ones whose day has passed: how did they go?
    pub to_log: Vec<MeetingRow>,
    /// Drafts and proposals ahead, next first.
    pub to_prepare: Vec<MeetingRow>,
    /// Confirmed ones ahead, next first.
    pub ready: Vec<MeetingRow>,
    /// Over: held, cancelled, missed, latest first; only where the past was asked for.
    pub past: Vec<MeetingRow>,
    /// Open promises of both sides whose day has come, oldest first.
    pub promises: Vec<(Promise, String)>,
    /// PAMs to choose from.
    pub pams: Vec<Pam>,
    /// What the figures build on.
    pub basis: Basis,
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingRow {
    /// The meeting.
    pub meeting: Meeting,
    /// Name of the partner.
    pub partner: String,
    /// Its town.
    pub city: String,
    /// Name of the PAM.
    pub pam: String,
    /// What it lacks before it can be confirmed.
    pub missing: Vec<Missing>,
}

/// A promise with where it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// At which meeting.
    pub meeting: MeetingId,
    /// The version of the meeting that was seen.
    pub version: i32,
    /// Its place among the meeting's promises.
    pub at: usize,
    /// When the meeting was held.
    pub held: Day,
    /// The promise.
    pub promise: Commitment,
}

/// One meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingPage {
    /// The meeting.
    pub meeting: Meeting,
    /// How far it has come; zero-th versions are drafts that nobody has kept.
    pub stage: Stage,
    /// What it lacks before it can be confirmed.
    pub missing: Vec<Missing>,
    /// The partner.
    pub partner: Partner,
    /// Who holds it.
    pub pam: Option<Pam>,
    /// People at the partner.
    pub contacts: Vec<Contact>,
    /// PAMs to choose from.
    pub pams: Vec<Pam>,
    /// Open promises of earlier meetings with the partner.
    pub open: Vec<Promise>,
    /// How its meeting came about, version by version.
    pub history: Vec<MeetingVersion>,
    /// Fields with two values, to choose between.
    pub clashes: Vec<KeptClash>,
    /// What the partner has answered about it on its own page, latest first.
    pub answers: Vec<PortalAnswer>,
    /// What both sides say of it.
    pub ratings: Ratings,
    /// May the actor change it?
    pub may_change: bool,
    /// On this day.
    pub today: Day,
    /// What the figures build on.
    pub basis: Basis,
}

/// A partner's meetings, for its page and its briefing.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerMeetings {
    /// Ahead, next first.
    pub ahead: Vec<Meeting>,
    /// Held ones, latest first.
    pub held: Vec<Meeting>,
    /// Open promises.
    pub open: Vec<Promise>,
    /// How we have kept ours.
    pub ours: Kept,
    /// How they have kept theirs.
    pub theirs: Kept,
    /// May the actor make a meeting with it?
    pub may_make: bool,
    /// On this day.
    pub today: Day,
}

impl MeetingPage {
    /// The same page with another plan in its form: nothing is kept by this.
    pub fn with(mut self, plan: spelplan_facts::MeetingPlan) -> MeetingPage {
        self.missing = plan.missing();
        self.meeting.state = spelplan_facts::MeetingState::Draft(plan);
        self
    }
}

/// What both sides say of a held meeting. Neither sees the other's word before both have said theirs, or a week has gone: nobody answers an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ratings {
    /// Our latest word.
    pub ours: Option<KeptRating>,
    /// The partner's latest word.
    pub theirs: Option<KeptRating>,
    /// May each side see the other's?
    pub open: bool,
}

/// Days after which a word is shown although the other side has said nothing.
const SILENT_DAYS: i32 = 7;

/// The latest word of each side.
pub(crate) fn ratings(all: Vec<KeptRating>, held: Day, today: Day) -> Ratings {
    let latest = |side: Side| all.iter().rev().find(|one| one.side == side).cloned();
    let (ours, theirs) = (latest(Side::Ours), latest(Side::Theirs));
    let open = (ours.is_some() && theirs.is_some()) || held.until(today) >= SILENT_DAYS;
    Ratings { ours, theirs, open }
}

/// Meetings that are over shown at once.
const MOST_PAST: usize = 200;

impl App {
    /// The list of meetings.
    #[boxed]
    pub async fn meetings(&self, actor: &Actor, query: MeetingQuery) -> Result<MeetingList, AppError> {
        let snapshot = self.snapshot().await?;
        let today = self.day_of_meetings();
        let wanted = |one: &&Meeting| sees(actor, &snapshot, one) && query.pam.is_none_or(|pam| one.plan().pam == pam);
        let mut rows: Vec<MeetingRow> =
            snapshot.facts.meetings.iter().filter(wanted).map(|one| row(&snapshot, one)).collect();
        rows.sort_by_key(|row| (row.meeting.plan().day, row.meeting.plan().begins, row.meeting.id));
        let of = |which: &dyn Fn(Stage, Day) -> bool| -> Vec<MeetingRow> {
            let fits = |row: &&MeetingRow| which(row.meeting.stage(), row.meeting.plan().day);
            rows.iter().filter(fits).cloned().collect()
        };
        let past = query.show == Show::Past;
        let mut over = if past { of(&|stage, _| !stage.is_ahead()) } else { Vec::new() };
        over.reverse();
        over.truncate(MOST_PAST);
        Ok(MeetingList {
            todays: of(&|stage, day| day == today && (stage.is_ahead() || stage == Stage::Held)),
            to_log: of(&|stage, day| stage == Stage::Confirmed && day < today),
            to_prepare: of(&|stage, day| (matches!(stage, Stage::Draft | Stage::Proposed)) && day != today),
            ready: of(&|stage, day| stage == Stage::Confirmed && day > today),
            past: over,
            promises: due(actor, &snapshot, query.pam, today),
            pams: pams(actor, &snapshot),
            basis: snapshot.basis.clone(),
            today,
        })
    }

    /// One meeting.
    #[boxed]
    pub async fn meeting(&self, actor: &Actor, id: MeetingId) -> Result<MeetingPage, AppError> {
        let (snapshot, meeting) = self.seen_meeting(actor, id).await?;
        let plan = meeting.plan();
        let partner = snapshot.facts.partner(plan.partner).ok_or_else(super::missing)?.clone();
        Ok(MeetingPage {
            stage: meeting.stage(),
            missing: plan.missing(),
            pam: snapshot.facts.pam(plan.pam).cloned(),
            contacts: contacts(&snapshot, partner.id),
            pams: pams(actor, &snapshot),
            open: promises(&snapshot, partner.id).into_iter().filter(|one| one.meeting != id).collect(),
            history: self.store.meeting_versions(id).await?,
            clashes: self.clashes(actor).await?.into_iter().map(|one| one.0).filter(|one| one.meeting == id).collect(),
            answers: self.answers_about(id).await?,
            ratings: ratings(self.store.ratings_of(id).await?, plan.day, self.day_of_meetings()),
            may_change: actor.replans(Some(plan.pam)),
            today: self.day_of_meetings(),
            basis: snapshot.basis.clone(),
            partner,
            meeting,
        })
    }

    /// What the partner has answered about that meeting, latest first; that it has rated it is told where ratings are.
    async fn answers_about(&self, id: MeetingId) -> Result<Vec<PortalAnswer>, AppError> {
        let all = self.store.portal_answers().await?.into_iter().rev();
        Ok(all.filter(|one| one.meeting == Some(id) && one.kind != "rating").collect())
    }

    /// A form for a new meeting with that partner: a suggestion from its figures, or a template's words.
    #[boxed]
    pub async fn new_meeting(
        &self,
        actor: &Actor,
        partner: PartnerId,
        template: Option<&str>,
        language: Language,
    ) -> Result<MeetingPage, AppError> {
        let snapshot = self.snapshot().await?;
        let known = snapshot.facts.partner(partner).filter(|partner| actor.sees(partner));
        let known = known.ok_or_else(|| AppError::not_found("partner with that number", "partner med det numret"))?;
        let today = self.day_of_meetings();
        let plan = super::drafts::fresh(&snapshot, actor, known, template, today, language);
        let may_change = actor.replans(Some(plan.pam));
        let meeting =
            Meeting { id: MeetingId::default(), version: 0, state: spelplan_facts::MeetingState::Draft(plan) };
        Ok(MeetingPage {
            stage: Stage::Draft,
            missing: meeting.plan().missing(),
            pam: snapshot.facts.pam(meeting.plan().pam).cloned(),
            contacts: contacts(&snapshot, partner),
            pams: pams(actor, &snapshot),
            open: promises(&snapshot, partner),
            history: Vec::new(),
            clashes: Vec::new(),
            answers: Vec::new(),
            ratings: Ratings::default(),
            may_change,
            today,
            basis: snapshot.basis.clone(),
            partner: known.clone(),
            meeting,
        })
    }

    /// A partner's meetings.
    #[boxed]
    pub async fn meetings_of(&self, actor: &Actor, partner: PartnerId) -> Result<PartnerMeetings, AppError> {
        let snapshot = self.snapshot().await?;
        let today = self.day_of_meetings();
        let own = |one: &&Meeting| one.plan().partner == partner && sees(actor, &snapshot, one);
        let mut all: Vec<Meeting> = snapshot.facts.meetings.iter().filter(own).cloned().collect();
        all.sort_by_key(|one| (one.plan().day, one.plan().begins, one.id));
        let ahead = all.iter().filter(|one| one.stage().is_ahead()).cloned().collect();
        let held = all.iter().rev().filter(|one| one.stage() == Stage::Held).cloned().collect();
        let kept = |side: Side| promises_kept(&all, partner, side, today);
        let pam = snapshot.facts.partner(partner).and_then(|partner| partner.pam);
        Ok(PartnerMeetings {
            ahead,
            held,
            open: promises(&snapshot, partner),
            ours: kept(Side::Ours),
            theirs: kept(Side::Theirs),
            may_make: actor.replans(pam),
            today,
        })
    }
}

fn row(snapshot: &Snapshot, meeting: &Meeting) -> MeetingRow {
    let plan = meeting.plan();
    let partner = snapshot.facts.partner(plan.partner);
    let pam = snapshot.facts.pam(plan.pam).map(|pam| pam.name.clone());
    MeetingRow {
        partner: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
        city: partner.map(|partner| partner.city.clone()).unwrap_or_default(),
        pam: pam.unwrap_or_default(),
        missing: plan.missing(),
        meeting: meeting.clone(),
    }
}

/// Open promises whose day has come, with the partner's name.
fn due(actor: &Actor, snapshot: &Snapshot, pam: Option<PamId>, today: Day) -> Vec<(Promise, String)> {
    let mut partners: Vec<PartnerId> = Vec::new();
    for meeting in snapshot.facts.meetings.iter().filter(|one| one.stage() == Stage::Held) {
        let wanted = pam.is_none_or(|pam| meeting.plan().pam == pam) && sees(actor, snapshot, meeting);
        if wanted && !partners.contains(&meeting.plan().partner) {
            partners.push(meeting.plan().partner);
        }
    }
    let name = |id| snapshot.facts.partner(id).map(|partner| partner.name.clone()).unwrap_or_default();
    let all = partners.into_iter().flat_map(|id| promises(snapshot, id).into_iter().map(move |one| (one, name(id))));
    let mut due: Vec<_> = all.filter(|(one, _)| one.promise.by <= today).collect();
    due.sort_by_key(|(one, _)| one.promise.by);
    due
}

fn contacts(snapshot: &Snapshot, partner: PartnerId) -> Vec<Contact> {
    snapshot.facts.contacts.iter().filter(|contact| contact.partner == partner).cloned().collect()
}

fn pams(actor: &Actor, snapshot: &Snapshot) -> Vec<Pam> {
    snapshot.facts.pams.iter().filter(|pam| actor.sees_days_of(pam.id)).cloned().collect()
}
