//! What was pressed: waiting, sent, failed, taken back, kept; read, tried again, taken back, taken out as a file.

use async_recursion::async_recursion as boxed;
use spelplan_facts::Language;
use spelplan_store::{KeptLetter, LetterState};

use super::{LINK, LetterKind, Road, refused};
use crate::access::Actor;
use crate::audit::Deed;
use crate::open_goals::Basis;
use crate::snapshot::Snapshot;
use crate::{App, AppError, clock};

/// Letters, latest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Outbox {
    /// The letters.
    pub rows: Vec<OutboxRow>,
    /// How letters leave.
    pub road: Road,
    /// May the actor see other PAMs' letters?
    pub everybodys: bool,
    /// What the figures build on.
    pub basis: Basis,
}

/// A letter with the names it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// The letter; the secret in it is not told.
    pub letter: KeptLetter,
    /// What sort.
    pub kind: Option<LetterKind>,
    /// Name of the partner.
    pub partner: String,
    /// Name of the PAM.
    pub pam: String,
    /// Can it still be taken back or tried again?
    pub stays: bool,
}

/// Letters shown at once.
const SHOWN: usize = 300;

impl App {
    /// The outbox: a PAM's own letters, a manager's everybody's.
    #[boxed]
    pub async fn outbox(&self, actor: &Actor) -> Result<Outbox, AppError> {
        actor.answers().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let all = self.store.letters().await?.into_iter().filter(|one| actor.replans(Some(one.pam)));
        let rows = all.take(SHOWN).map(|letter| row(&snapshot, letter)).collect();
        let (road, basis) = (self.post().road.clone(), snapshot.basis.clone());
        Ok(Outbox { rows, road, everybodys: actor.steers(), basis })
    }

    /// One letter, with how letters leave.
    #[boxed]
    pub async fn letter(&self, actor: &Actor, id: i64) -> Result<(OutboxRow, Road, Basis), AppError> {
        let letter = self.own_letter(actor, id).await?;
        let snapshot = self.snapshot().await?;
        Ok((row(&snapshot, letter), self.post().road.clone(), snapshot.basis.clone()))
    }

    /// A letter as the file that mail programs open. Whoever takes it out may send it, so the link is in it while the letter has not left.
    #[boxed]
    pub async fn letter_file(&self, actor: &Actor, id: i64) -> Result<Vec<u8>, AppError> {
        let letter = self.own_letter(actor, id).await?;
        let written = super::written(&letter, &self.post().sender).map_err(|cause| refused::unwritable(&cause.0))?;
        self.log(actor, Deed::Exported, format!("letter-{id}.eml")).await?;
        Ok(written.text)
    }

    /// Takes a letter back before it leaves.
    #[boxed]
    pub async fn take_letter_back(&self, actor: &Actor, id: i64) -> Result<(), AppError> {
        self.own_letter(actor, id).await?;
        let back = self.store.take_letter_back(id, clock::seconds(), &actor.name, "").await?;
        back.then_some(()).ok_or_else(refused::has_left)?;
        self.log(actor, Deed::LetterTakenBack, format!("letter {id}")).await
    }

    /// Tries a letter again at once.
    #[boxed]
    pub async fn try_letter_again(&self, actor: &Actor, id: i64) -> Result<(), AppError> {
        self.own_letter(actor, id).await?;
        matches!(self.post().road, Road::Server(_)).then_some(()).ok_or_else(refused::no_server)?;
        let again = self.store.letter_again(id, clock::seconds()).await?;
        again.then_some(()).ok_or_else(refused::has_left)?;
        self.memory.pressed.notify_one();
        Ok(())
    }

    async fn own_letter(&self, actor: &Actor, id: i64) -> Result<KeptLetter, AppError> {
        let found = self.store.letter(id).await?.filter(|one| actor.replans(Some(one.pam)));
        found.ok_or_else(|| AppError::not_found("letter with that number", "brev med det numret"))
    }
}

fn row(snapshot: &Snapshot, mut letter: KeptLetter) -> OutboxRow {
    letter.secret.clear();
    let partner = snapshot.facts.partner(letter.partner).map(|one| one.name.clone()).unwrap_or_default();
    let pam = snapshot.facts.pam(letter.pam).map(|one| one.name.clone()).unwrap_or_default();
    let stays = matches!(letter.state, LetterState::Waiting | LetterState::Failed | LetterState::Kept);
    OutboxRow { kind: LetterKind::coded(&letter.kind), letter, partner, pam, stays }
}

impl OutboxRow {
    /// Its words as the outbox shows them: where the link goes is said, the link itself is not.
    pub fn words(&self, language: Language) -> String {
        let here = if language == Language::Swedish { "[länken]" } else { "[the link]" };
        self.letter.words.replace(LINK, here)
    }
}
