//! A letter to look at and adapt before anybody presses.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Contact, Language, Meeting, MeetingId, Pam, Partner, Stage};
use spelplan_store::{KeptLetter, LetterState};

use super::asked::About;
use super::words::{self, Between};
use super::{LetterKind, Road};
use crate::access::Actor;
use crate::meetings::missing;
use crate::open_goals::Basis;
use crate::{App, AppError};

/// A letter to adapt.
#[derive(Debug, Clone, PartialEq)]
pub struct LetterDraft {
    /// About this meeting, as it stands.
    pub meeting: Meeting,
    /// The partner.
    pub partner: Partner,
    /// Its people who have an address.
    pub contacts: Vec<Contact>,
    /// What sort; `None` where nothing can be sent of the meeting yet.
    pub kind: LetterKind,
    /// Sorts that can be sent now.
    pub kinds: Vec<LetterKind>,
    /// To whom: addresses.
    pub readers: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// Its words.
    pub words: String,
    /// What it asks the reader's calendar to do; `None` where nothing.
    pub calendar: Option<String>,
    /// Letters about the meeting so far, latest first.
    pub before: Vec<KeptLetter>,
    /// How it would leave.
    pub road: Road,
    /// What the figures build on.
    pub basis: Basis,
}

impl App {
    /// A letter about a meeting: of that sort, or of the one that fits it best.
    #[boxed]
    pub async fn letter_draft(
        &self,
        actor: &Actor,
        id: MeetingId,
        kind: Option<LetterKind>,
        language: Language,
    ) -> Result<LetterDraft, AppError> {
        let meeting = self.changeable(actor, id).await?;
        let snapshot = self.snapshot().await?;
        let partner = snapshot.facts.partner(meeting.plan().partner).ok_or_else(missing)?.clone();
        let pam = snapshot.facts.pam(meeting.plan().pam).ok_or_else(missing)?.clone();
        let before = self.store.letters_of(id).await?;
        let kinds = kinds(&meeting, &before);
        let kind = kind.filter(|kind| kinds.contains(kind)).or(kinds.first().copied()).unwrap_or(LetterKind::Portal);
        let of_partner = |contact: &&Contact| contact.partner == partner.id && super::is_address(&contact.email);
        let contacts: Vec<Contact> = snapshot.facts.contacts.iter().filter(of_partner).cloned().collect();
        let readers = readers(kind, &meeting, &contacts, &pam, &before);
        let reader = name_of(&contacts, readers.first()).unwrap_or_default();
        let between = Between { meeting: &meeting, partner: &partner.name, pam: &pam.name, reader: &reader, language };
        let (subject, words) = (words::subject(kind, &between), words::words(kind, &between));
        let mut calendar = None;
        if asks(kind) {
            let named: Vec<(String, String)> = readers.iter().map(|one| named(&contacts, one)).collect();
            let about = About { meeting: &meeting, partner: &partner, pam: &pam, readers: &named, language };
            calendar = Some(self.asked_of(about, &before).await?.text);
        }
        let (road, basis) = (self.post().road.clone(), snapshot.basis.clone());
        Ok(LetterDraft {
            meeting,
            partner,
            contacts,
            kind,
            kinds,
            readers,
            subject,
            words,
            calendar,
            before,
            road,
            basis,
        })
    }
}

/// Does such a letter ask the reader's calendar to do something?
pub(super) fn asks(kind: LetterKind) -> bool {
    matches!(kind, LetterKind::Invitation | LetterKind::Cancellation)
}

/// What can be sent of a meeting, likeliest first.
pub(super) fn kinds(meeting: &Meeting, before: &[KeptLetter]) -> Vec<LetterKind> {
    let invited = invitation(before).is_some();
    LetterKind::ALL.into_iter().filter(|kind| kind.fits(meeting.stage(), invited)).collect()
}

/// An address with the name that goes with it.
pub(super) fn named(contacts: &[Contact], address: &String) -> (String, String) {
    (name_of(contacts, Some(address)).unwrap_or_default(), address.clone())
}

fn name_of(contacts: &[Contact], address: Option<&String>) -> Option<String> {
    let address = address?;
    contacts.iter().find(|contact| contact.email.eq_ignore_ascii_case(address)).map(|contact| contact.name.clone())
}

/// The latest invitation that went out, or was taken out by hand.
fn invitation(before: &[KeptLetter]) -> Option<&KeptLetter> {
    let out = |one: &&KeptLetter| matches!(one.state, LetterState::Sent | LetterState::Kept);
    before.iter().filter(out).find(|one| one.kind == LetterKind::Invitation.code())
}

/// Who was invited is told that it is off; else the one the meeting is with and those who take part. Minutes go to both sides.
fn readers(kind: LetterKind, meeting: &Meeting, contacts: &[Contact], pam: &Pam, before: &[KeptLetter]) -> Vec<String> {
    let plan = meeting.plan();
    let invited = invitation(before).map(|one| one.readers.clone()).unwrap_or_default();
    if kind == LetterKind::Cancellation {
        return invited;
    }
    let takes_part = |one: &&Contact| Some(one.id) == plan.contact || plan.people.contains(&one.name);
    let mut readers: Vec<String> = contacts.iter().filter(takes_part).map(|one| one.email.clone()).collect();
    if readers.is_empty() {
        readers = invited;
    }
    if kind == LetterKind::Minutes && meeting.stage() == Stage::Held && super::is_address(&pam.email) {
        readers.push(pam.email.clone());
    }
    readers
}
