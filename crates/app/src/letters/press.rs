//! The press: the one place from which a letter gets on its way. Pressed twice, it is one letter.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Language, Meeting, MeetingId};
use spelplan_store::{KeptLetter, LetterState, StoreError};

use super::asked::{About, Asked};
use super::draft::{asks, kinds, named};
use super::{LINK, LetterKind, Road, is_address, refused};
use crate::access::Actor;
use crate::audit::Deed;
use crate::calendar::secret;
use crate::meetings::missing;
use crate::portal::LINK_DAYS;
use crate::{App, AppError, clock};

/// Most readers of a letter.
const MOST_READERS: usize = 10;
/// Longest subject, longest words.
const LONGEST: (usize, usize) = (200, 20_000);

/// What is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// The version of the meeting that was seen.
    pub version: i32,
    /// What sort of letter.
    pub kind: LetterKind,
    /// To whom, as written: addresses with commas or blanks between.
    pub readers: String,
    /// What it is about.
    pub subject: String,
    /// Its words.
    pub words: String,
    /// Where people reach the pages, for the link.
    pub base: String,
    /// In which language the calendar's entry speaks.
    pub language: Language,
}

impl App {
    /// Puts a letter about a meeting on its way: its number in the outbox.
    #[boxed]
    pub async fn press(&self, actor: &Actor, id: MeetingId, press: Press) -> Result<i64, AppError> {
        let meeting = self.changeable(actor, id).await?;
        if meeting.version != press.version {
            return Err(StoreError::MeetingChanged { meeting: id.0 }.into());
        }
        let before = self.store.letters_of(id).await?;
        kinds(&meeting, &before).contains(&press.kind).then_some(()).ok_or_else(|| refused::not_now(press.kind))?;
        let checked = checked(&meeting, &press)?;
        let standing = before.iter().find(|one| one.key == checked.key && one.state != LetterState::Back);
        if let Some(standing) = standing {
            let same = standing.subject == checked.subject && standing.words == checked.words;
            return same.then_some(standing.id).ok_or_else(refused::twice);
        }
        let letter = self.composed(actor, &meeting, &press, checked, &before).await?;
        super::written(&letter, &self.post().sender).map_err(|cause| refused::unwritable(&cause.0))?;
        let (letter, new) = self.store.add_letter(&letter).await?;
        if new {
            let about = format!("letter {letter} ({}), meeting {}", press.kind.code(), id.0);
            self.log(actor, Deed::LetterPressed, about).await?;
            self.memory.pressed.notify_one();
        }
        Ok(letter)
    }

    async fn composed(
        &self,
        actor: &Actor,
        meeting: &Meeting,
        press: &Press,
        checked: Checked,
        before: &[KeptLetter],
    ) -> Result<KeptLetter, AppError> {
        let snapshot = self.snapshot().await?;
        let partner = snapshot.facts.partner(meeting.plan().partner).ok_or_else(missing)?;
        let pam = snapshot.facts.pam(meeting.plan().pam).ok_or_else(missing)?;
        let named: Vec<_> = checked.readers.iter().map(|one| named(&snapshot.facts.contacts, one)).collect();
        let (mut asked, mut secret) = (Asked::default(), String::new());
        if asks(press.kind) {
            let about = About { meeting, partner, pam, readers: &named, language: press.language };
            asked = self.asked_of(about, before).await?;
        }
        if press.kind == LetterKind::Portal {
            let name = named.first().map(|one| one.0.as_str()).unwrap_or_default();
            let made = self.make_portal_link(actor, partner.id, name, LINK_DAYS[0]).await?;
            secret = format!("{}/p/{made}", press.base);
        }
        let (now, leaves) = (clock::seconds(), matches!(self.post().road, Road::Server(_)));
        Ok(KeptLetter {
            id: 0,
            key: checked.key,
            meeting: meeting.id,
            version: meeting.version,
            kind: press.kind.code().to_owned(),
            pam: pam.id,
            partner: partner.id,
            sender: pam.name.clone(),
            reply_to: if is_address(&pam.email) { pam.email.clone() } else { String::new() },
            readers: checked.readers,
            subject: checked.subject,
            words: checked.words,
            secret,
            calendar: asked.text,
            method: asked.method.to_owned(),
            uid: asked.uid,
            made_by: actor.name.clone(),
            at: now,
            state: if leaves { LetterState::Waiting } else { LetterState::Kept },
            tries: 0,
            due_at: now,
            code: String::new(),
            told: String::new(),
            ended_at: None,
            ended_by: None,
        })
    }
}

/// What is pressed, looked over.
struct Checked {
    key: String,
    readers: Vec<String>,
    subject: String,
    words: String,
}

/// Addresses, subject and words as they are kept, and what the letter is known again by.
fn checked(meeting: &Meeting, press: &Press) -> Result<Checked, AppError> {
    let readers = readers(&press.readers)?;
    let (subject, words) = said(press)?;
    let to = secret::digest(&readers.join(",").to_lowercase());
    let key = format!("{} {} {} {to}", meeting.id.0, meeting.version, press.kind.code());
    Ok(Checked { key, readers, subject, words })
}

/// The addresses, each once.
fn readers(written: &str) -> Result<Vec<String>, AppError> {
    let mut readers: Vec<String> = Vec::new();
    let parts = written.split([',', ';', ' ', '\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        if !is_address(part) {
            return Err(refused::no_address(part));
        }
        if !readers.iter().any(|one| one.eq_ignore_ascii_case(part)) {
            readers.push(part.to_owned());
        }
    }
    if readers.is_empty() || readers.len() > MOST_READERS {
        return Err(refused::readers(readers.len(), MOST_READERS));
    }
    Ok(readers)
}

/// Subject and words, trimmed; a letter with a link says where it goes.
fn said(press: &Press) -> Result<(String, String), AppError> {
    let subject: String =
        press.subject.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST.0).collect();
    let words: String = press.words.replace("\r\n", "\n").trim().chars().take(LONGEST.1).collect();
    let whole = !subject.is_empty() && !words.is_empty();
    whole.then_some(()).ok_or_else(refused::nothing_said)?;
    let linked = press.kind != LetterKind::Portal || words.contains(LINK);
    linked.then_some((subject, words)).ok_or_else(refused::no_link)
}
