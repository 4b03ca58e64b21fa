//! The partner's own page behind a link: its next meeting, its numbers as we see them, promises of both sides, and what it answers. A link
//! opens one partner's page and nothing else; what is ours alone (our goal, our margin, our estimates, other partners) never reaches it.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use spelplan_facts::{Commitment, Day, Meeting, MeetingId, MeetingState, PartnerId, Stage};
use spelplan_meetings::{Figure, Move, Split, moved, quality_of, rewritten, shown_to_partner};
use spelplan_store::MeetingEntry;

pub use spelplan_store::{PortalAnswer, PortalLink, Scores};

use crate::access::Actor;
use crate::audit::Deed;
use crate::calendar::secret;
use crate::meetings::{Ratings, promises, ratings, refused};
use crate::snapshot::Snapshot;
use crate::{App, AppError, ErrorKind, clock};

/// How long a link may work (days).
pub const LINK_DAYS: [i64; 3] = [30, 90, 365];
/// A held meeting is rated within so many days.
const RATED_WITHIN: i32 = 60;
/// Longest words of an answer.
const LONGEST: usize = 500;
/// Most answers of a partner in a day: whoever has a link cannot fill the database.
const MOST_A_DAY: usize = 100;

/// Everything a partner sees.
#[derive(Debug, Clone, PartialEq)]
pub struct PortalPage {
    /// Its name.
    pub partner: String,
    /// For whom there the link was made.
    pub name: String,
    /// Who of ours runs it.
    pub pam: String,
    /// The next meeting that it has been asked to, or that is agreed.
    pub meeting: Option<Meeting>,
    /// Its own numbers.
    pub figures: Vec<Figure>,
    /// Its own purchases by brand and by who sold.
    pub splits: Vec<Split>,
    /// Open promises of both sides.
    pub promises: Vec<Commitment>,
    /// The latest held meeting, with what both sides said of it.
    pub held: Option<(MeetingId, Day, Ratings)>,
    /// The latest answer of each kind.
    pub said: BTreeMap<String, PortalAnswer>,
    /// On this day.
    pub today: Day,
    /// Currency of the numbers.
    pub currency: String,
}

/// What a partner says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Say {
    /// A point for the agenda.
    Point(MeetingId, String),
    /// The meeting suits.
    Accept(MeetingId),
    /// Another time would suit.
    Time(MeetingId, String),
    /// Its word on a held meeting.
    Rating(MeetingId, Scores),
    /// So many per cent of its purchases go through us.
    Share(i64),
    /// So many visits by other vendors in the last 90 days, and whose.
    Vendors(i64, String),
    /// We need to meet.
    Wish(String),
}

/// A partner's links and answers, for whoever runs it.
#[derive(Debug, Clone, PartialEq)]
pub struct PortalRoom {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// People there, to make a link for.
    pub contacts: Vec<String>,
    /// Its links, latest first.
    pub links: Vec<PortalLink>,
    /// What it has answered, latest first.
    pub answers: Vec<PortalAnswer>,
    /// May the actor make and end links?
    pub may_change: bool,
    /// Now, in seconds since 1970.
    pub now: i64,
    /// What figures build on.
    pub basis: crate::open_goals::Basis,
}

impl App {
    /// A partner's links and answers.
    #[boxed]
    pub async fn portal_room(&self, actor: &Actor, id: PartnerId) -> Result<PortalRoom, AppError> {
        let snapshot = self.snapshot().await?;
        let partner = snapshot.facts.partner(id).filter(|one| actor.sees(one)).ok_or_else(no_partner)?;
        let mut answers = self.store.portal_answers().await?;
        answers.retain(|one| one.partner == id);
        answers.reverse();
        Ok(PortalRoom {
            partner: id,
            name: partner.name.clone(),
            contacts: snapshot
                .facts
                .contacts
                .iter()
                .filter(|one| one.partner == id)
                .map(|one| one.name.clone())
                .collect(),
            links: self.store.portal_links_of(id).await?,
            answers,
            may_change: actor.judges(partner),
            now: clock::seconds(),
            basis: snapshot.basis.clone(),
        })
    }

    /// Makes a link for somebody at a partner; its secret is told this once.
    #[boxed]
    pub async fn make_portal_link(
        &self,
        actor: &Actor,
        id: PartnerId,
        name: &str,
        days: i64,
    ) -> Result<String, AppError> {
        let room = self.portal_room(actor, id).await?;
        room.may_change.then_some(()).ok_or_else(AppError::forbidden)?;
        let days = LINK_DAYS.into_iter().find(|one| *one == days).unwrap_or(LINK_DAYS[0]);
        let secret = secret::secret()?;
        let name: String = name.trim().chars().take(LONGEST).collect();
        let link = PortalLink {
            id: 0,
            partner: id,
            name: if name.is_empty() { room.name } else { name },
            made_by: actor.name.clone(),
            at: room.now,
            expires_at: room.now + days * 24 * 3600,
            seen_at: None,
            ended_at: None,
        };
        self.store.add_portal_link(&secret::digest(&secret), &link).await?;
        self.log(actor, Deed::PortalOpened, format!("partner {}", id.0)).await?;
        Ok(secret)
    }

    /// Ends a partner's link at once.
    #[boxed]
    pub async fn end_portal_link(&self, actor: &Actor, id: PartnerId, link: i64) -> Result<(), AppError> {
        let room = self.portal_room(actor, id).await?;
        room.may_change.then_some(()).ok_or_else(AppError::forbidden)?;
        let ended = self.store.end_portal_link(id, link, &actor.name, clock::seconds()).await?;
        ended.then_some(()).ok_or_else(|| AppError::not_found("link with that number", "länk med det numret"))?;
        self.log(actor, Deed::PortalClosed, format!("partner {}", id.0)).await
    }

    /// The page behind a link.
    #[boxed]
    pub async fn portal(&self, secret: &str) -> Result<PortalPage, AppError> {
        let link = self.portal_link(secret).await?;
        let snapshot = self.snapshot().await?;
        let partner = snapshot.facts.partner(link.partner).ok_or_else(no_link)?;
        let today = self.day_of_meetings();
        let briefing = self.briefing(&Actor::at_this_machine(), link.partner).await?.briefing;
        let mut held = None;
        if let Some(meeting) = latest_held(&snapshot, link.partner, today) {
            let said = ratings(self.store.ratings_of(meeting.id).await?, meeting.plan().day, today);
            held = Some((meeting.id, meeting.plan().day, said));
        }
        let answers = self.store.portal_answers().await?.into_iter().filter(|one| one.partner == link.partner);
        let pam = partner.pam.and_then(|pam| snapshot.facts.pam(pam)).map(|pam| pam.name.clone());
        Ok(PortalPage {
            partner: partner.name.clone(),
            name: link.name,
            pam: pam.unwrap_or_default(),
            meeting: next_meeting(&snapshot, link.partner, today).cloned(),
            figures: shown_to_partner(&briefing).into_iter().cloned().collect(),
            splits: briefing.splits,
            promises: promises(&snapshot, link.partner).into_iter().map(|one| one.promise).collect(),
            held,
            said: answers.map(|one| (one.kind.clone(), one)).collect(),
            today,
            currency: snapshot.basis.currency.clone(),
        })
    }

    /// Takes in what a partner says behind its link.
    #[boxed]
    pub async fn portal_say(&self, secret: &str, say: Say) -> Result<(), AppError> {
        let link = self.portal_link(secret).await?;
        let snapshot = self.snapshot().await?;
        let today = self.day_of_meetings();
        let at = clock::now();
        let known = self.store.portal_answers().await?;
        let day = at.get(..10).unwrap_or_default();
        let many = known.iter().filter(|one| one.partner == link.partner && one.at.starts_with(day)).count();
        (many < MOST_A_DAY).then_some(()).ok_or_else(enough)?;
        let own = |id: MeetingId| {
            let found = snapshot.facts.meetings.iter().find(|one| one.id == id && one.plan().partner == link.partner);
            found.ok_or_else(crate::meetings::missing)
        };
        let (kind, meeting, number, words) = match &say {
            Say::Point(id, words) => ("point", Some(own(*id)?), None, said(words)?),
            Say::Accept(id) => ("accept", Some(own(*id)?), None, String::new()),
            Say::Time(id, words) => ("time", Some(own(*id)?), None, said(words)?),
            Say::Rating(id, _) => ("rating", Some(own(*id)?), None, String::new()),
            Say::Share(percent) => ("share", None, Some(within(*percent, 1, 100)? * 10), String::new()),
            Say::Vendors(count, words) => ("vendors", None, Some(within(*count, 0, 99)?), trimmed(words)),
            Say::Wish(words) => ("wish", None, None, trimmed(words)),
        };
        let next = meeting.map(|meeting| changed(meeting, &say, &words, today)).transpose()?.flatten();
        let entry = next.map(|state| MeetingEntry { quality: quality_of(&state), state });
        let rating = if let Say::Rating(_, scores) = say { Some(sane(scores)?) } else { None };
        let answer = PortalAnswer {
            partner: link.partner,
            meeting: meeting.map(|one| one.id),
            kind: kind.to_owned(),
            number,
            words,
            made_by: link.name,
            at,
        };
        let change = entry.as_ref().and_then(|entry| Some((meeting?.version, entry)));
        Ok(self.store.add_portal_answer(&answer, change, rating).await?)
    }

    /// What partners the actor sees have answered, latest first, with their names.
    #[boxed]
    pub async fn portal_answers(
        &self,
        actor: &Actor,
    ) -> Result<(Vec<(PortalAnswer, String)>, crate::open_goals::Basis), AppError> {
        let snapshot = self.snapshot().await?;
        let all = self.store.portal_answers().await?.into_iter().rev();
        let seen = all.filter_map(|one| {
            let partner = snapshot.facts.partner(one.partner).filter(|partner| actor.sees(partner))?;
            Some((one, partner.name.clone()))
        });
        Ok((seen.collect(), snapshot.basis.clone()))
    }

    async fn portal_link(&self, told: &str) -> Result<PortalLink, AppError> {
        self.store.open_portal_link(&secret::digest(told), clock::seconds()).await?.ok_or_else(no_link)
    }
}

/// Wishes to meet that no meeting held since has answered.
pub(crate) fn open_wishes(answers: &[PortalAnswer], meetings: &[Meeting]) -> BTreeMap<PartnerId, String> {
    let wishes = answers.iter().filter(|one| one.kind == "wish");
    let open = wishes.filter(|wish| {
        let since = wish.at.get(..10).and_then(Day::parse);
        let met = |one: &Meeting| {
            one.plan().partner == wish.partner
                && one.stage() == Stage::Held
                && since.is_some_and(|since| one.plan().day > since)
        };
        !meetings.iter().any(met)
    });
    open.map(|wish| (wish.partner, wish.words.clone())).collect()
}

fn next_meeting(snapshot: &Snapshot, partner: PartnerId, today: Day) -> Option<&Meeting> {
    let asked = |one: &&Meeting| {
        one.plan().partner == partner
            && one.plan().day >= today
            && matches!(one.stage(), Stage::Proposed | Stage::Confirmed)
    };
    snapshot.facts.meetings.iter().filter(asked).min_by_key(|one| (one.plan().day, one.plan().begins, one.id))
}

fn latest_held(snapshot: &Snapshot, partner: PartnerId, today: Day) -> Option<&Meeting> {
    let held = |one: &&Meeting| {
        one.plan().partner == partner && one.stage() == Stage::Held && one.plan().day.until(today) <= RATED_WITHIN
    };
    snapshot.facts.meetings.iter().filter(held).max_by_key(|one| (one.plan().day, one.id))
}

/// The meeting's next version, where what was said changes it: a point stands on the agenda, a meeting that suits and is whole is confirmed.
fn changed(meeting: &Meeting, say: &Say, words: &str, today: Day) -> Result<Option<MeetingState>, AppError> {
    let asked = matches!(meeting.stage(), Stage::Proposed | Stage::Confirmed);
    match say {
        Say::Rating(..) if meeting.stage() == Stage::Held => Ok(None),
        Say::Point(..) if asked => {
            let mut plan = meeting.plan().clone();
            plan.agenda.push(words.to_owned());
            rewritten(&meeting.state, plan).map(Some).map_err(refused)
        }
        Say::Accept(_) if meeting.stage() == Stage::Proposed && meeting.plan().missing().is_empty() => {
            moved(meeting.state.clone(), Move::Confirm, today).map(Some).map_err(refused)
        }
        Say::Accept(_) | Say::Time(..) if asked => Ok(None),
        _ => Err(crate::meetings::missing()),
    }
}

fn trimmed(words: &str) -> String {
    words.trim().chars().take(LONGEST).collect()
}

fn said(words: &str) -> Result<String, AppError> {
    let words = trimmed(words);
    if words.is_empty() { Err(nothing_said()) } else { Ok(words) }
}

fn within(number: i64, least: i64, most: i64) -> Result<i64, AppError> {
    (least..=most).contains(&number).then_some(number).ok_or_else(nothing_said)
}

fn sane(scores: Scores) -> Result<Scores, AppError> {
    let sane = [scores.useful, scores.prepared, scores.trust].iter().all(|score| (1..=5).contains(score));
    sane.then_some(scores).ok_or_else(nothing_said)
}

fn nothing_said() -> AppError {
    let en = "the answer is empty or not a number that can be meant. Go back, fill it in and send again";
    let sv = "svaret är tomt eller inte ett tal som kan stämma. Gå tillbaka, fyll i det och skicka igen";
    AppError::own("A711", ErrorKind::Refused, en, sv)
}

fn enough() -> AppError {
    let en = "a hundred answers have come today. The rest is taken in tomorrow; call if it is urgent";
    let sv = "hundra svar har redan kommit i dag. Resten tas emot i morgon; ring om det är bråttom";
    AppError::own("A712", ErrorKind::Refused, en, sv)
}

/// The same words for a link that never was, has expired or was ended: whoever tries learns nothing.
fn no_link() -> AppError {
    let en = "the link works no longer, or was never one. Ask whoever sent it for a new one";
    let sv = "länken fungerar inte längre, eller har aldrig gjort det. Be den som skickade den om en ny";
    AppError::own("A710", ErrorKind::NotFound, en, sv)
}

fn no_partner() -> AppError {
    AppError::not_found("partner with that number", "partner med det numret")
}
