//! Who did what, and when: a log that only grows. Every row carries a digest of itself and of the row before, so that none can
//! be changed, left out or put in between unseen. It keeps who by number: a name that is forgotten is forgotten here too.

mod deeds;

use async_recursion::async_recursion as boxed;
pub use deeds::Deed;
use sha2::{Digest, Sha256};
use spelplan_store::{KeptDeed, KeptPerson, PersonId};

use crate::access::Actor;
use crate::{App, AppError, clock};

/// Rows that one page shows.
const PAGE: i64 = 100;
/// Rows read at a time when the chain is followed.
const STRIDE: i64 = 2_000;

/// A deed as an admin reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedDeed {
    /// Number, from 1 on.
    pub id: i64,
    /// When, as RFC 3339 text in UTC.
    pub at: String,
    /// Who; `None` for somebody whose name was erased, or who was not known.
    pub by: Option<String>,
    /// What; `None` for a word of another version's.
    pub deed: Option<Deed>,
    /// What it was done to.
    pub about: String,
}

/// What following the chain from its first row to its last has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainCheck {
    /// Rows that follow from one another.
    pub sound: i64,
    /// The first row that does not follow from the one before, or is not there.
    pub broken_at: Option<i64>,
    /// Digest of the last sound row: whoever keeps it elsewhere can tell later that nothing before it was rewritten.
    pub head: String,
    /// The digest that was looked for is among the sound rows.
    pub found: bool,
}

impl App {
    /// The latest deeds before that number, latest first.
    #[boxed]
    pub async fn audit(&self, actor: &Actor, before: Option<i64>) -> Result<Vec<LoggedDeed>, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let people = self.store.people().await?;
        let kept = self.store.deeds(before.unwrap_or(i64::MAX), PAGE).await?;
        Ok(kept.into_iter().map(|kept| logged(kept, &people)).collect())
    }

    /// Follows the chain of every row there is, and looks for a digest that was kept elsewhere.
    #[boxed]
    pub async fn check_audit(&self, actor: &Actor, expected: &str) -> Result<ChainCheck, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let ever = self.store.deeds_ever().await?;
        let mut check = ChainCheck { sound: 0, broken_at: None, head: String::new(), found: expected.is_empty() };
        while check.broken_at.is_none() {
            let kept = self.store.deeds_after(check.sound, STRIDE).await?;
            if kept.is_empty() {
                // Rows taken off the end leave the counter behind.
                check.broken_at = (ever > check.sound).then_some(check.sound + 1);
                break;
            }
            kept.iter().for_each(|row| check.follow(row, expected));
        }
        Ok(check)
    }

    /// Writes down that somebody did something.
    pub(crate) async fn log(&self, actor: &Actor, deed: Deed, about: impl Into<String>) -> Result<(), AppError> {
        let by = if actor.person.is_some() { String::new() } else { actor.name.clone() };
        self.append(actor.person, by, deed, about.into()).await
    }

    /// Writes down what a person did to their own account, or failed to.
    pub(crate) async fn log_of(&self, person: PersonId, deed: Deed, about: impl Into<String>) -> Result<(), AppError> {
        self.append(Some(person), String::new(), deed, about.into()).await
    }

    /// Writes down what somebody did whom nobody knows.
    pub(crate) async fn log_unknown(&self, deed: Deed) -> Result<(), AppError> {
        self.append(None, String::new(), deed, String::new()).await
    }

    /// Somebody took figures out of the house, as that file.
    #[boxed]
    pub async fn exported(&self, actor: &Actor, file: &str) -> Result<(), AppError> {
        self.log(actor, Deed::Exported, file).await
    }

    async fn append(&self, person: Option<PersonId>, by: String, deed: Deed, about: String) -> Result<(), AppError> {
        let (word, chain) = (deed.word().to_owned(), String::new());
        let kept = KeptDeed { id: 0, at: clock::seconds(), person, done_by: by, deed: word, about, chain };
        Ok(self.store.add_deed(kept, chained).await?)
    }
}

impl ChainCheck {
    fn follow(&mut self, row: &KeptDeed, expected: &str) {
        if self.broken_at.is_some() {
            return;
        }
        let before = KeptDeed { chain: self.head.clone(), ..row.clone() };
        if row.id != self.sound + 1 || chained(&before) != row.chain {
            self.broken_at = Some(self.sound + 1);
            return;
        }
        self.sound = row.id;
        self.head.clone_from(&row.chain);
        self.found |= row.chain == expected;
    }
}

/// Digest of a row whose `chain` is the digest of the row before. Lengths stand before texts, so that no two rows read the same.
fn chained(row: &KeptDeed) -> String {
    let mut hash = Sha256::new();
    let person = row.person.map_or(0, |person| person.0);
    hash.update(format!("{} {} {person} ", row.id, row.at));
    for text in [&row.done_by, &row.deed, &row.about, &row.chain] {
        hash.update(format!("{}:{text} ", text.len()));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn logged(kept: KeptDeed, people: &[KeptPerson]) -> LoggedDeed {
    let name = |id: PersonId| people.iter().find(|person| person.id == id).map(|person| person.name.clone());
    let by = match kept.person {
        Some(person) => name(person),
        None => Some(kept.done_by).filter(|by| !by.is_empty()),
    };
    // Whom something was done to is kept by number as well.
    let about = match kept.about.strip_prefix("person ").and_then(|id| id.parse().ok()) {
        Some(id) => name(PersonId(id)).unwrap_or(kept.about),
        None => kept.about,
    };
    LoggedDeed { id: kept.id, at: clock::written(kept.at), by, deed: Deed::parse(&kept.deed), about }
}

/// A person as the log names them.
pub(crate) fn of(person: PersonId) -> String {
    format!("person {}", person.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, about: &str, chain: &str) -> KeptDeed {
        let (by, deed) = ("local".to_owned(), "exported".to_owned());
        KeptDeed { id, at: 10, person: None, done_by: by, deed, about: about.to_owned(), chain: chain.to_owned() }
    }

    /// Three rows, each with its digest.
    fn chain() -> Vec<KeptDeed> {
        let mut rows = Vec::new();
        let mut before = String::new();
        for (id, about) in [(1, "a.csv"), (2, "b.csv"), (3, "c.csv")] {
            let digest = chained(&row(id, about, &before));
            rows.push(row(id, about, &digest));
            before = digest;
        }
        rows
    }

    fn check(rows: &[KeptDeed], sound: i64, broken_at: Option<i64>) {
        let mut check = ChainCheck { sound: 0, broken_at: None, head: String::new(), found: false };
        rows.iter().for_each(|row| check.follow(row, "none"));
        assert_eq!((check.sound, check.broken_at), (sound, broken_at));
    }

    #[test]
    fn a_row_changed_left_out_moved_or_put_in_between_is_found() {
        let sound = chain();
        check(&sound, 3, None);
        let mut changed = sound.clone();
        changed[1].about = "d.csv".to_owned();
        check(&changed, 1, Some(2));
        let mut moved = sound.clone();
        moved[0].at = 11;
        check(&moved, 0, Some(1));
        let left_out: Vec<KeptDeed> = sound.iter().filter(|row| row.id != 2).cloned().collect();
        check(&left_out, 1, Some(2));
        let mut renumbered = left_out;
        renumbered[1].id = 2;
        check(&renumbered, 1, Some(2));
        let mut shifted = sound;
        (shifted[1].done_by, shifted[1].deed) = ("localexp".to_owned(), "orted".to_owned());
        check(&shifted, 1, Some(2));
    }
}
