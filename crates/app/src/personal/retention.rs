//! For how long each kind of thing is kept, and a run that takes away what is older. A dry run counts and changes nothing.

use std::time::Duration;

use async_recursion::async_recursion as boxed;
use spelplan_facts::Text;
use spelplan_store::{Aging, Before};

use super::Subject;
use crate::access::Actor;
use crate::audit::Deed;
use crate::{App, AppError, ErrorKind, clock};

const DAY: i64 = 24 * 3600;
const A_DAY: Duration = Duration::from_secs(24 * 3600);
/// Longest that can be decided: a hundred years.
const LONGEST: i64 = 36_525;

/// A kind of thing that is kept for its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeptKind {
    /// Something of the store's own.
    Things(Aging),
    /// People who were let go: their personal data are erased.
    LetGo,
}

impl KeptKind {
    /// Every kind, in the order of the page.
    pub const ALL: [KeptKind; 8] = [
        KeptKind::Things(Aging::Sessions),
        KeptKind::Things(Aging::Links),
        KeptKind::Things(Aging::PortalLinks),
        KeptKind::Things(Aging::Operations),
        KeptKind::Things(Aging::Busy),
        KeptKind::Things(Aging::Reasons),
        KeptKind::Things(Aging::Letters),
        KeptKind::LetGo,
    ];

    /// How it is written on the command line and kept.
    pub fn word(self) -> &'static str {
        match self {
            KeptKind::Things(Aging::Sessions) => "sessions",
            KeptKind::Things(Aging::Links) => "links",
            KeptKind::Things(Aging::PortalLinks) => "portal-links",
            KeptKind::Things(Aging::Operations) => "device-texts",
            KeptKind::Things(Aging::Busy) => "busy-time",
            KeptKind::Things(Aging::Reasons) => "absence-reasons",
            KeptKind::Things(Aging::Letters) => "letters",
            KeptKind::LetGo => "let-go",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<KeptKind> {
        KeptKind::ALL.into_iter().find(|kept| kept.word() == word)
    }

    /// What it is.
    pub fn name(self) -> Text {
        match self {
            KeptKind::Things(Aging::Sessions) => {
                Text { sv: "inloggningar, efter senaste användning", en: "sessions, after they were last used" }
            }
            KeptKind::Things(Aging::Links) => Text {
                sv: "länkar för att välja lösenord, efter att de gått ut",
                en: "links to choose a password with, after they expired",
            },
            KeptKind::Things(Aging::PortalLinks) => {
                Text { sv: "partners länkar, efter att de slutat gälla", en: "partners' links, after they ended" }
            }
            KeptKind::Things(Aging::Operations) => Text {
                sv: "det som skrevs på enheter utan nät, ordagrant",
                en: "what was written on devices without a network, word for word",
            },
            KeptKind::Things(Aging::Busy) => Text {
                sv: "upptagen tid ur egna kalendrar, efter dagen",
                en: "busy time out of people's own calendars, after its day",
            },
            KeptKind::Things(Aging::Reasons) => {
                Text { sv: "skäl till frånvaro, efter den", en: "reasons for absence, after it" }
            }
            KeptKind::Things(Aging::Letters) => Text {
                sv: "brev, efter att de skickats eller tagits tillbaka",
                en: "letters, after they were sent or taken back",
            },
            KeptKind::LetGo => Text {
                sv: "personuppgifter om dem som inte längre släpps in",
                en: "personal data of those who are let in no longer",
            },
        }
    }

    /// Days, unless somebody decides otherwise.
    pub fn default_days(self) -> i64 {
        match self {
            KeptKind::Things(Aging::Sessions | Aging::Links | Aging::Busy) => 90,
            KeptKind::Things(Aging::PortalLinks | Aging::Operations) => 365,
            KeptKind::Things(Aging::Reasons | Aging::Letters) => 400,
            KeptKind::LetGo => 730,
        }
    }
}

/// A kind with its time, and what would go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptFor {
    /// Which.
    pub kept: KeptKind,
    /// Days.
    pub days: i64,
    /// Somebody decided so.
    pub decided: bool,
    /// So many are older today.
    pub older: i64,
}

/// What a run took away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Removed {
    /// Of each kind.
    pub gone: Vec<(KeptKind, i64)>,
    /// People who were let go and still run partners, or are the last admin: they stay.
    pub stayed: i64,
}

impl App {
    /// Every kind with its time, and how much is older: what a run would take away.
    #[boxed]
    pub async fn retention(&self, actor: &Actor) -> Result<Vec<KeptFor>, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let decided = self.store.retention().await?;
        let mut rows = Vec::new();
        for kept in KeptKind::ALL {
            let own = decided.iter().find(|(word, _)| word == kept.word()).map(|(_, days)| *days);
            let days = own.unwrap_or_else(|| kept.default_days());
            let before = Cut::of(days);
            let older = match kept {
                KeptKind::Things(aging) => self.store.count_older(aging, &before.before()).await?,
                KeptKind::LetGo => {
                    i64::try_from(self.store.let_go_before(before.seconds).await?.len()).unwrap_or(i64::MAX)
                }
            };
            rows.push(KeptFor { kept, days, decided: own.is_some(), older });
        }
        Ok(rows)
    }

    /// Decides for how many days a kind is kept.
    #[boxed]
    pub async fn set_retention(&self, actor: &Actor, kept: KeptKind, days: i64) -> Result<(), AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        (1..=LONGEST).contains(&days).then_some(()).ok_or_else(no_such_time)?;
        self.store.set_retention(kept.word(), days).await?;
        self.log(actor, Deed::RetentionChanged, format!("{}: {days}", kept.word())).await
    }

    /// Takes away once a day what is older than the time that somebody decided, for as long as the task lives. What has only its default
    /// waits for a press.
    pub async fn keep_expiring(self) {
        loop {
            if let Err(error) = self.expire_decided().await {
                tracing::warn!(code = error.code(), "what is older than its time was not taken away: {error}");
            }
            tokio::time::sleep(A_DAY).await;
        }
    }

    /// Takes away what is older than the time that somebody decided.
    #[boxed]
    pub async fn expire_decided(&self) -> Result<Removed, AppError> {
        let actor = Actor::at_this_machine();
        let rows = self.retention(&actor).await?;
        self.expire_rows(&actor, rows.into_iter().filter(|row| row.decided).collect()).await
    }

    /// Takes away what is older than its time.
    #[boxed]
    pub async fn expire(&self, actor: &Actor) -> Result<Removed, AppError> {
        let rows = self.retention(actor).await?;
        self.expire_rows(actor, rows).await
    }

    async fn expire_rows(&self, actor: &Actor, rows: Vec<KeptFor>) -> Result<Removed, AppError> {
        let mut removed = Removed::default();
        for row in rows.into_iter().filter(|row| row.older > 0) {
            let cut = Cut::of(row.days);
            let gone = match row.kept {
                KeptKind::Things(aging) => self.store.drop_older(aging, &cut.before()).await?,
                KeptKind::LetGo => self.expire_people(actor, cut.seconds, &mut removed.stayed).await?,
            };
            if gone > 0 {
                self.log(actor, Deed::Expired, format!("{}: {gone}", row.kept.word())).await?;
                removed.gone.push((row.kept, gone));
            }
        }
        Ok(removed)
    }

    async fn expire_people(&self, actor: &Actor, seconds: i64, stayed: &mut i64) -> Result<i64, AppError> {
        let mut gone = 0;
        for person in self.store.let_go_before(seconds).await? {
            match self.erase(actor, Subject::Person(person)).await {
                Ok(_) => gone += 1,
                Err(error) if error.kind() == ErrorKind::Refused => *stayed += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(gone)
    }
}

/// The instant before which things are older than so many days.
struct Cut {
    seconds: i64,
    written: String,
    day: i32,
}

impl Cut {
    fn of(days: i64) -> Cut {
        let seconds = clock::seconds() - days * DAY;
        let day = i32::try_from(seconds.div_euclid(DAY)).unwrap_or(i32::MIN);
        Cut { seconds, written: clock::written(seconds), day }
    }

    fn before(&self) -> Before<'_> {
        Before { seconds: self.seconds, written: &self.written, day: self.day }
    }
}

fn no_such_time() -> AppError {
    AppError::own(
        "A242",
        ErrorKind::Refused,
        "something is kept for 1 to 36525 days. Write a whole number",
        "något sparas i 1 till 36525 dagar. Skriv ett heltal",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_of_its_own_and_a_time() {
        for kept in KeptKind::ALL {
            assert_eq!(KeptKind::parse(kept.word()), Some(kept));
            assert!((1..=LONGEST).contains(&kept.default_days()));
        }
        assert_eq!(KeptKind::parse("sale-lines"), None);
    }
}
