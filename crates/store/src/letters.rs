//! Letters on their way out: what somebody pressed "send" for. What one says is kept as it was; only its state changes. No figure follows
//! from a letter, so the generation stays.

use spelplan_facts::{MeetingId, PamId, PartnerId};
use sqlx::FromRow;

use crate::binds::{Bind, binds};
use crate::names::take;
use crate::statements::{
    ADD_LETTER, LETTER, LETTER_AGAIN, LETTER_BACK, LETTER_OF_KEY, LETTER_SENT, LETTER_UNSENT, LETTERS, LETTERS_DUE,
    LETTERS_OF, TAKE_LETTER,
};
use crate::{Store, StoreError};

/// How far a letter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterState {
    /// It leaves as soon as its time has come.
    Waiting,
    /// The mail server took it.
    Sent,
    /// It was tried in vain; nobody tries again unless asked.
    Failed,
    /// Somebody took it back before it left.
    Back,
    /// There was no mail server: it is kept to be taken out by hand, or sent when somebody presses again.
    Kept,
}

impl LetterState {
    const ALL: [(LetterState, &'static str); 5] = [
        (LetterState::Waiting, "waiting"),
        (LetterState::Sent, "sent"),
        (LetterState::Failed, "failed"),
        (LetterState::Back, "back"),
        (LetterState::Kept, "kept"),
    ];

    /// Stable word.
    pub fn code(self) -> &'static str {
        Self::ALL.into_iter().find(|one| one.0 == self).map_or("kept", |one| one.1)
    }

    fn coded(code: &str) -> Option<LetterState> {
        Self::ALL.into_iter().find(|one| one.1 == code).map(|one| one.0)
    }
}

/// A letter as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLetter {
    /// Its identity.
    pub id: i64,
    /// What it is known again by: no two that stand are the same.
    pub key: String,
    /// About which meeting.
    pub meeting: MeetingId,
    /// In which version.
    pub version: i32,
    /// What sort: a stable word.
    pub kind: String,
    /// Whose meeting it is.
    pub pam: PamId,
    /// With whom.
    pub partner: PartnerId,
    /// Name of whom it comes from.
    pub sender: String,
    /// Where answers go; empty where that is the sender.
    pub reply_to: String,
    /// To whom: addresses.
    pub readers: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// Its words.
    pub words: String,
    /// What belongs into its words and is told nobody else; empty once the letter has left.
    pub secret: String,
    /// A calendar's text; empty where none.
    pub calendar: String,
    /// What that text asks: `REQUEST`, `CANCEL`, or nothing.
    pub method: String,
    /// Identity of what is in it; empty where no calendar's text is.
    pub uid: String,
    /// Who pressed.
    pub made_by: String,
    /// When, in seconds since 1970.
    pub at: i64,
    /// How far it has come.
    pub state: LetterState,
    /// How often it was tried.
    pub tries: i32,
    /// When it is tried next.
    pub due_at: i64,
    /// Code of what went wrong the last time; empty where nothing did.
    pub code: String,
    /// In the server's words; or why it was taken back.
    pub told: String,
    /// When it was sent or taken back.
    pub ended_at: Option<i64>,
    /// Who took it back.
    pub ended_by: Option<String>,
}

impl Store {
    /// Keeps a letter, unless one of its key stands already: its identity, and whether it is new.
    pub async fn add_letter(&self, letter: &KeptLetter) -> Result<(i64, bool), StoreError> {
        let mut transaction = self.write_aside().await?;
        // Taking the number first makes writers on PostgreSQL wait for each other.
        let id = take(&mut transaction, "letter", 1).await?;
        let known: Option<(i64,)> = transaction.first(LETTER_OF_KEY, &binds![&letter.key]).await?;
        if let Some((known,)) = known {
            return Ok((known, false));
        }
        let readers = letter.readers.join("\n");
        let KeptLetter {
            key,
            kind,
            sender,
            reply_to,
            subject,
            words,
            secret,
            calendar,
            method,
            uid,
            made_by,
            code,
            told,
            ..
        } = letter;
        let head: [Bind<'_>; 7] =
            binds![id, key, letter.meeting.0, letter.version, kind, letter.pam.0, letter.partner.0];
        let text = binds![sender, reply_to, &readers, subject, words, secret, calendar, method, uid];
        let state = binds![made_by, letter.at, letter.state.code(), letter.tries, letter.due_at, code, told];
        transaction.insert(&ADD_LETTER, &[&head[..], &text[..], &state[..]].concat()).await?;
        transaction.commit().await?;
        Ok((id, true))
    }

    /// Every letter, latest first.
    pub async fn letters(&self) -> Result<Vec<KeptLetter>, StoreError> {
        letters(self.read().await?.all(LETTERS, &[]).await?)
    }

    /// Letters about a meeting, latest first.
    pub async fn letters_of(&self, meeting: MeetingId) -> Result<Vec<KeptLetter>, StoreError> {
        letters(self.read().await?.all(LETTERS_OF, &binds![meeting.0]).await?)
    }

    /// One letter.
    pub async fn letter(&self, id: i64) -> Result<Option<KeptLetter>, StoreError> {
        let row: Option<LetterRow> = self.read().await?.first(LETTER, &binds![id]).await?;
        row.map(LetterRow::letter).transpose()
    }

    /// Letters whose time has come by then.
    pub async fn letters_due(&self, now: i64) -> Result<Vec<KeptLetter>, StoreError> {
        letters(self.read().await?.all(LETTERS_DUE, &binds![now]).await?)
    }

    /// Takes a letter on for a try; false where somebody else has. Should whoever took it never come back, it is due again then.
    pub async fn take_letter(&self, letter: &KeptLetter, again: i64) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let taken = transaction.run(TAKE_LETTER, &binds![letter.id, letter.tries, again]).await?;
        transaction.commit().await?;
        Ok(taken == 1)
    }

    /// The mail server took it.
    pub async fn letter_sent(&self, id: i64, at: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(LETTER_SENT, &binds![id, at]).await?;
        transaction.commit().await
    }

    /// It was tried in vain, and why: it waits until then, or has failed for good where `again` is `None`.
    pub async fn letter_unsent(&self, id: i64, again: Option<i64>, code: &str, told: &str) -> Result<(), StoreError> {
        let state = if again.is_some() { LetterState::Waiting } else { LetterState::Failed };
        let mut transaction = self.write_aside().await?;
        transaction.run(LETTER_UNSENT, &binds![id, state.code(), again.unwrap_or_default(), code, told]).await?;
        transaction.commit().await
    }

    /// Puts a letter that has not left first in line; false where it has left or was taken back.
    pub async fn letter_again(&self, id: i64, at: i64) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let done = transaction.run(LETTER_AGAIN, &binds![id, at]).await?;
        transaction.commit().await?;
        Ok(done == 1)
    }

    /// Takes a letter back that has not left; false where it has, or was taken back before.
    pub async fn take_letter_back(&self, id: i64, at: i64, by: &str, why: &str) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let done = transaction.run(LETTER_BACK, &binds![id, at, by, why]).await?;
        transaction.commit().await?;
        Ok(done == 1)
    }
}

fn letters(rows: Vec<LetterRow>) -> Result<Vec<KeptLetter>, StoreError> {
    rows.into_iter().map(LetterRow::letter).collect()
}

#[derive(FromRow)]
struct LetterRow {
    id: i64,
    key: String,
    meeting_id: i64,
    version: i32,
    kind: String,
    pam_id: i64,
    partner_id: i64,
    sender: String,
    reply_to: String,
    readers: String,
    subject: String,
    words: String,
    secret: String,
    calendar: String,
    method: String,
    uid: String,
    made_by: String,
    at: i64,
    state: String,
    tries: i32,
    due_at: i64,
    code: String,
    told: String,
    ended_at: Option<i64>,
    ended_by: Option<String>,
}

impl LetterRow {
    fn letter(self) -> Result<KeptLetter, StoreError> {
        let unknown = || StoreError::Unreadable {
            what: format!("letter {}", self.id),
            cause: format!("no state is called {}", self.state),
        };
        let state = LetterState::coded(&self.state).ok_or_else(unknown)?;
        Ok(KeptLetter {
            id: self.id,
            key: self.key,
            meeting: MeetingId(self.meeting_id),
            version: self.version,
            kind: self.kind,
            pam: PamId(self.pam_id),
            partner: PartnerId(self.partner_id),
            sender: self.sender,
            reply_to: self.reply_to,
            readers: self.readers.lines().map(str::to_owned).collect(),
            subject: self.subject,
            words: self.words,
            secret: self.secret,
            calendar: self.calendar,
            method: self.method,
            uid: self.uid,
            made_by: self.made_by,
            at: self.at,
            state,
            tries: self.tries,
            due_at: self.due_at,
            code: self.code,
            told: self.told,
            ended_at: self.ended_at,
            ended_by: self.ended_by,
        })
    }
}
