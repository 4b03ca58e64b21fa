//! What a PAM's device wrote without a network, taken in: each operation once, merged field by field against what the device saw. What is
//! refused says why and stays with the device; what clashes is kept beside what stands until somebody chooses.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Meeting, MeetingId, MeetingState, Side, Stage};
use spelplan_meetings::{chosen, merged, quality_of};
use spelplan_store::{Effects, MeetingEntry, Signed, StoreError, ToldOperation};

pub use spelplan_meetings::{Field, Wrote};
pub use spelplan_store::{FirstAnswer, KeptClash, KeptRating, Scores};

use crate::access::Actor;
use crate::calendar::secret::word;
use crate::meetings::refused;
use crate::people::SignedIn;
use crate::{App, AppError, ErrorKind, clock};

/// One operation of a device.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Made by the device; never used twice.
    pub id: String,
    /// Which meeting it is about.
    pub meeting: MeetingId,
    /// The version that the device saw.
    pub version: i32,
    /// When the device wrote it, by its own clock.
    pub made_at: String,
    /// What it says.
    pub says: Says,
    /// All of it, as it came.
    pub told: String,
}

/// What an operation says.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    /// Something of the meeting itself.
    Wrote(Wrote),
    /// Our word on it, and the one that the device saw before.
    Rating(Scores),
}

/// The answer to an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What was answered the first time.
    pub answer: FirstAnswer,
    /// Fields of which both values are kept.
    pub clashes: Vec<KeptClash>,
}

/// Tries against others who write at the same moment.
const TRIES: usize = 8;
/// Longest identity and longest content that is taken in.
const LONGEST: (usize, usize) = (64, 100_000);

impl App {
    /// An identity for an operation that a form makes.
    pub fn operation_identity() -> Result<String, AppError> {
        word::<16>()
    }

    /// Takes one operation in. Asked again, the first answer is given again; only what broke on the way may be tried anew.
    #[boxed]
    pub async fn receive(&self, who: &SignedIn, operation: &Operation) -> Result<Answered, AppError> {
        if operation.id.len() < 8 || operation.id.len() > LONGEST.0 || operation.told.len() > LONGEST.1 {
            return Err(not_an_operation());
        }
        for _ in 0..TRIES {
            if let Some((person, answer, clashes)) = self.store.operation(&operation.id).await? {
                return if person == who.person { Ok(Answered { answer, clashes }) } else { Err(not_an_operation()) };
            }
            let (effects, answer) = match self.effects(&who.actor, operation).await {
                Ok((effects, version)) => (effects, FirstAnswer { version, ..FirstAnswer::default() }),
                Err(error) if error.kind() == ErrorKind::Failed => return Err(error),
                Err(error) => (Effects::default(), no(&error, operation.version)),
            };
            let told = ToldOperation {
                id: &operation.id,
                person: who.person,
                meeting: operation.meeting,
                kind: operation.says.kind(),
                told: &operation.told,
                made_at: &operation.made_at,
            };
            let at = clock::now();
            match self.store.take_in(&told, &effects, &answer, Signed { by: &who.actor.name, at: &at }).await {
                Ok(_) | Err(StoreError::MeetingChanged { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(crowded())
    }

    /// What an operation changes, and the version that the meeting has after it.
    async fn effects(&self, actor: &Actor, operation: &Operation) -> Result<(Effects, i32), AppError> {
        let meeting = self.changeable(actor, operation.meeting).await?;
        match &operation.says {
            Says::Rating(scores) => {
                rateable(&meeting, *scores)?;
                let rating = Some((Side::Ours, *scores));
                Ok((Effects { rating, ..Effects::default() }, meeting.version))
            }
            Says::Wrote(wrote) => {
                let seen = self.store.meeting_at(operation.meeting, operation.version).await?;
                let seen = seen.unwrap_or_else(|| meeting.state.clone());
                let today = self.day_of_meetings();
                let (state, clashes) = merged(&seen, meeting.state.clone(), wrote.clone(), today).map_err(refused)?;
                let clashes = clashes.into_iter().map(|one| (one.field.code().to_owned(), one.stands, one.told));
                let changed = state != meeting.state;
                let entry = changed.then(|| (meeting.version, entry(state)));
                let version = meeting.version + i32::from(changed);
                Ok((Effects { meeting: entry, rating: None, clashes: clashes.collect() }, version))
            }
        }
    }

    /// Fields of meetings the actor may change with two values, that nobody has chosen between.
    #[boxed]
    pub async fn clashes(&self, actor: &Actor) -> Result<Vec<(KeptClash, String)>, AppError> {
        let snapshot = self.snapshot().await?;
        let open = self.store.open_clashes().await?;
        let own = open.into_iter().filter_map(|clash| {
            let meeting = snapshot.facts.meetings.iter().find(|one| one.id == clash.meeting)?;
            let name = snapshot.facts.partner(meeting.plan().partner)?.name.clone();
            actor.replans(Some(meeting.plan().pam)).then_some((clash, name))
        });
        Ok(own.collect())
    }

    /// Chooses between the value that stands and the one told beside it. The other one stays on record.
    #[boxed]
    pub async fn choose(&self, actor: &Actor, clash: i64, take_told: bool) -> Result<MeetingId, AppError> {
        let all = self.clashes(actor).await?;
        let (clash, _) = all.into_iter().find(|(one, _)| one.id == clash).ok_or_else(no_clash)?;
        let meeting = self.changeable(actor, clash.meeting).await?;
        let field = Field::coded(&clash.field).ok_or_else(no_clash)?;
        let next = match take_told {
            true => {
                let state = chosen(meeting.state.clone(), field, &clash.told, self.day_of_meetings());
                Some(entry(state.map_err(refused)?))
            }
            false => None,
        };
        let at = clock::now();
        let change = next.as_ref().map(|entry| (meeting.version, entry));
        let word = if take_told { "told" } else { "stands" };
        let settled = self.store.settle_clash(&clash, word, change, Signed { by: &actor.name, at: &at }).await?;
        settled.then_some(clash.meeting).ok_or_else(no_clash)
    }
}

impl Says {
    /// A word for it.
    fn kind(&self) -> &'static str {
        match self {
            Says::Rating(_) => "rating",
            Says::Wrote(Wrote::Outcome(_)) => "outcome",
            Says::Wrote(Wrote::Ended(_)) => "end",
            Says::Wrote(Wrote::Time(..)) => "time",
            Says::Wrote(Wrote::Promise { .. }) => "promise",
        }
    }
}

fn entry(state: MeetingState) -> MeetingEntry {
    MeetingEntry { quality: quality_of(&state), state }
}

fn rateable(meeting: &Meeting, scores: Scores) -> Result<(), AppError> {
    let sane = [scores.useful, scores.prepared, scores.trust].iter().all(|score| (1..=5).contains(score));
    if sane && meeting.stage() == Stage::Held {
        return Ok(());
    }
    let en = "a held meeting is rated from 1 to 5 in three answers. Log it first, then rate it";
    let sv = "ett genomfört möte betygsätts från 1 till 5 i tre svar. Logga det först och sätt betyg sedan";
    Err(AppError::own("A702", ErrorKind::Refused, en, sv))
}

fn no(error: &AppError, version: i32) -> FirstAnswer {
    use spelplan_facts::Language::{English, Swedish};
    FirstAnswer { code: error.code().to_owned(), sv: error.text(Swedish), en: error.text(English), version }
}

fn not_an_operation() -> AppError {
    let en = "the operation has no identity of its own, or is too large. Write it anew";
    let sv = "operationen saknar en egen identitet, eller är för stor. Skriv den på nytt";
    AppError::own("A703", ErrorKind::Refused, en, sv)
}

fn crowded() -> AppError {
    let en = "others kept changing the meeting at the same moment. Nothing was taken in; it is sent again by itself";
    let sv = "andra ändrade mötet hela tiden just då. Inget togs emot; det skickas igen av sig självt";
    AppError::own("A704", ErrorKind::Failed, en, sv)
}

fn no_clash() -> AppError {
    let en = "somebody has chosen between these values already. Open the meeting and see what stands";
    let sv = "någon har redan valt mellan värdena. Öppna mötet och se vad som står där";
    AppError::own("A705", ErrorKind::Refused, en, sv)
}
