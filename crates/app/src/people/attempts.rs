//! Attempts to sign in: few are free, then each wrong one makes the next wait longer. No wait is for ever, none grows while one
//! waits, and what strangers try does not hold somebody up in a browser in which they have signed in before.

use spelplan_store::{Attempted, Counted, KeptPerson, PersonId};

use crate::calendar::secret;
use crate::{App, AppError, clock};

/// Failures are forgotten after so many seconds.
const FORGOTTEN: i64 = 24 * 3600;
/// A browser is known for so many seconds after the last sign-in.
const BROWSER_KNOWN: i64 = 180 * 24 * 3600;

/// Where an attempt comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Address on the network; empty where there is none.
    pub address: String,
    /// Secret of a browser in which somebody has signed in before; empty for others.
    pub browser: String,
}

/// What is tried. Each is counted by itself: a right password does not make codes free again.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tried {
    /// A password.
    Password,
    /// A code by the clock, or a recovery code.
    Code,
}

impl Tried {
    fn word(self) -> &'static str {
        match self {
            Tried::Password => "account",
            Tried::Code => "code",
        }
    }
}

/// An attempt that was taken down.
pub(super) struct Attempt {
    ids: Vec<i64>,
    account: String,
}

impl App {
    /// Takes an attempt at an account down, or says how long to wait first.
    pub(super) async fn attempt(
        &self,
        tried: Tried,
        email: &str,
        kept: Option<&KeptPerson>,
        origin: &Origin,
    ) -> Result<Attempt, AppError> {
        let browser = secret::digest(&origin.browser);
        let known = match kept {
            Some(kept) if !origin.browser.is_empty() => {
                self.store.knows_browser(&browser, kept.id, clock::seconds() - BROWSER_KNOWN).await?
            }
            _ => false,
        };
        let by = if known { format!("browser {browser} ") } else { String::new() };
        let account = secret::digest(&format!("{by}{} {email}", tried.word()));
        let address = secret::digest(&format!("address {}", origin.address));
        let mut counted = vec![Counted { by: &account, wait: of_an_account }];
        if !known && !origin.address.is_empty() {
            counted.push(Counted { by: &address, wait: of_an_address });
        }
        let ids = self.take(&counted).await?;
        Ok(Attempt { ids, account })
    }

    /// Takes down that a browser which is nobody's yet begins to sign in by a device or a provider, which leaves a row behind; or says
    /// how long to wait first.
    pub(super) async fn begins(&self, origin: &Origin) -> Result<(), AppError> {
        if origin.address.is_empty() {
            return Ok(());
        }
        let by = secret::digest(&format!("begins {}", origin.address));
        self.take(&[Counted { by: &by, wait: of_beginnings }]).await.map(|_| ())
    }

    async fn take(&self, counted: &[Counted<'_>]) -> Result<Vec<i64>, AppError> {
        let now = clock::seconds();
        match self.store.take_attempt(counted, now, now - FORGOTTEN).await? {
            Attempted::Wait(seconds) => Err(AppError::TooSoon { seconds }),
            Attempted::Taken(ids) => Ok(ids),
        }
    }

    /// The attempt was right.
    pub(super) async fn forgive(&self, attempt: &Attempt) -> Result<(), AppError> {
        Ok(self.store.forgive(&attempt.ids, &attempt.account).await?)
    }

    /// The secret by which a browser is known as somebody's from now on.
    pub(super) async fn know_browser(&self, person: PersonId) -> Result<String, AppError> {
        let (secret, now) = (secret::secret()?, clock::seconds());
        self.store.know_browser(&secret::digest(&secret), person, now, now - BROWSER_KNOWN).await?;
        Ok(secret)
    }
}

/// Five wrong passwords are free; then a quarter of a minute, doubled by each, at most a quarter of an hour.
fn of_an_account(failures: i64) -> i64 {
    wait(failures, 5, 15, 900)
}

/// Whole offices share an address: thirty are free.
fn of_an_address(failures: i64) -> i64 {
    wait(failures, 30, 5, 900)
}

/// Right ones are counted too, and a whole office may share an address: five hundred a day are free.
fn of_beginnings(begun: i64) -> i64 {
    wait(begun, 500, 5, 60)
}

fn wait(failures: i64, free: i64, first: i64, longest: i64) -> i64 {
    match failures - free {
        over if over < 0 => 0,
        over => first.saturating_mul(1 << over.min(20)).min(longest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<i64> = [0, 4, 5, 6, 7, 10, 11, 12, 1_000_000].map(of_an_account).to_vec();
        assert_eq!(waits, [0, 0, 15, 30, 60, 480, 900, 900, 900]);
        assert_eq!([29, 30, 31, 99].map(of_an_address), [0, 5, 10, 900]);
        assert_eq!([499, 500, 501, 9_999].map(of_beginnings), [0, 5, 10, 60]);
    }
}
