//! Letters: prepared from a meeting, looked at and adapted by a person, and on their way only when that person presses. What was pressed lies
//! in the outbox: it can be read, tried again, and taken back before it leaves. Leaves to others: how a letter travels (adapters).

mod asked;
mod draft;
mod outbox;
mod press;
mod refused;
mod words;
mod worker;

use spelplan_adapters::post;
use spelplan_facts::{Stage, Text};

pub use draft::LetterDraft;
pub use outbox::{Outbox, OutboxRow};
pub use press::Press;
pub use refused::told;
pub use spelplan_adapters::post::{Office, Tls, is_address};
pub use spelplan_store::{KeptLetter, LetterState};
pub use words::LINK;
pub use worker::Delivered;

use crate::App;

/// What sort of letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LetterKind {
    /// Asks for the meeting, with its entry for the reader's calendar.
    Invitation,
    /// Says that it is off, and takes the entry away.
    Cancellation,
    /// What came out of it, for both sides.
    Minutes,
    /// The link to the partner's own page.
    Portal,
}

impl LetterKind {
    /// Every kind.
    pub const ALL: [LetterKind; 4] =
        [LetterKind::Invitation, LetterKind::Cancellation, LetterKind::Minutes, LetterKind::Portal];

    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            LetterKind::Invitation => "invitation",
            LetterKind::Cancellation => "cancellation",
            LetterKind::Minutes => "minutes",
            LetterKind::Portal => "portal",
        }
    }

    /// The kind of that word.
    pub fn coded(code: &str) -> Option<LetterKind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As users see it.
    pub fn text(self) -> Text {
        match self {
            LetterKind::Invitation => Text { sv: "Inbjudan", en: "Invitation" },
            LetterKind::Cancellation => Text { sv: "Återbud", en: "Cancellation" },
            LetterKind::Minutes => Text { sv: "Mötesanteckningar", en: "Minutes" },
            LetterKind::Portal => Text { sv: "Länk till partnerns sida", en: "Link to the partner's page" },
        }
    }

    /// Can one be sent of a meeting that has come so far? Somebody must have been invited before anything is called off.
    fn fits(self, stage: Stage, invited: bool) -> bool {
        match self {
            LetterKind::Invitation => matches!(stage, Stage::Proposed | Stage::Confirmed),
            LetterKind::Cancellation => stage == Stage::Cancelled && invited,
            LetterKind::Minutes => stage == Stage::Held,
            LetterKind::Portal => true,
        }
    }
}

/// How letters leave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Road {
    /// There is no mail server: letters are kept to be taken out by hand.
    #[default]
    None,
    /// Nothing leaves, whatever is pressed: letters are kept, and every page says so.
    DryRun,
    /// By this mail server.
    Server(Office),
}

/// How letters leave, and in whose name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// How.
    pub road: Road,
    /// The address they come from; the name beside it is the PAM's.
    pub sender: String,
}

impl Default for Post {
    fn default() -> Post {
        Post { road: Road::None, sender: "spelplan@localhost".to_owned() }
    }
}

impl App {
    /// The same application with a way for letters to leave; the first one told holds.
    pub fn with_post(self, post: Post) -> App {
        let _ = self.memory.post.set(post);
        self
    }

    pub(crate) fn post(&self) -> &Post {
        self.memory.post.get_or_init(Post::default)
    }
}

/// The letter as it travels.
fn written(letter: &KeptLetter, sender: &str) -> Result<post::Written, post::Unwritable> {
    let words = letter.words.replace(LINK, &letter.secret);
    let (method, text) = (letter.method.as_str(), letter.calendar.as_str());
    post::written(&post::Letter {
        id: &message_id(letter, sender),
        from: (&letter.sender, sender),
        reply_to: Some((letter.sender.as_str(), letter.reply_to.as_str())).filter(|(_, address)| !address.is_empty()),
        to: &letter.readers,
        subject: &letter.subject,
        words: &words,
        calendar: (!text.is_empty()).then_some(post::Calendar { method, text }),
        at: letter.at,
    })
}

/// The same at every try: a mail server that gets a letter twice can tell.
fn message_id(letter: &KeptLetter, sender: &str) -> String {
    let domain = sender.rsplit('@').next().unwrap_or("localhost");
    let key: String = letter.key.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("spelplan-{}-{}-{key}@{domain}", letter.id, letter.at)
}
