//! Passwords: what may be one, their digest by argon2id, and the comparison, which takes as long for whoever does not exist.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use super::refusals;
use crate::AppError;

/// Fewest characters.
const SHORTEST: usize = 12;
/// Most characters: a digest of more would only cost time.
const LONGEST: usize = 200;
/// Fewest characters that differ.
const FEWEST_DIFFERENT: usize = 5;

/// Each digest takes 19 MiB and a processor for a moment; no more than this many at once, however many ask.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What nobody's password is compared with.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash("nobody's password").unwrap_or_default());

/// The digest of a new password, where it may be one.
pub(super) async fn digest(password: &str, email: &str) -> Result<String, AppError> {
    fit(password, email).then_some(()).ok_or_else(refusals::weak_password)?;
    let password = password.to_owned();
    aside(move || hash(&password)).await?.ok_or_else(|| AppError::died(&"no digest of the password could be made"))
}

/// Is it this password? Nobody's takes as long as anybody's, and is never right.
pub(super) async fn right(password: &str, digest: Option<&str>) -> Result<bool, AppError> {
    let known = digest.is_some();
    let (password, digest) = (password.to_owned(), digest.map(str::to_owned));
    let right = aside(move || {
        let digest = digest.as_deref().unwrap_or(&NOBODYS);
        let parsed = PasswordHash::new(digest).ok()?;
        Some(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    });
    Ok(right.await?.unwrap_or_default() && known)
}

fn fit(password: &str, email: &str) -> bool {
    let length = password.chars().count();
    let mut letters: Vec<char> = password.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let own_name = email.split('@').next().unwrap_or_default();
    let lower = password.to_lowercase();
    let names_itself = own_name.len() >= 3 && lower.contains(own_name) && length < own_name.len() + SHORTEST;
    (SHORTEST..=LONGEST).contains(&length) && letters.len() >= FEWEST_DIFFERENT && !names_itself
}

fn hash(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|digest| digest.to_string())
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let _turn = AT_ONCE.acquire().await.map_err(|closed| AppError::died(&closed))?;
    tokio::task::spawn_blocking(work).await.map_err(|panic| AppError::died(&panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str, may_be: bool) {
        assert_eq!(fit(password, "anna.berg@example.test"), may_be, "{password:?}");
    }

    #[test]
    fn a_password_is_long_and_not_ones_own_address() {
        check("sju blå älgar", true);
        check("correct horse battery", true);
        check("short", false);
        check("aaaaaaaaaaaaaaaa", false);
        check("anna.berg1234", false);
        check("Anna.Berg och sju blå älgar", true);
        check(&"abcdefg".repeat(40), false);
    }

    #[tokio::test]
    async fn only_the_same_password_is_right_and_nobodys_never_is() {
        let digest = digest("sju blå älgar", "a@b.c").await.expect("a digest");
        assert!(digest.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{digest}");
        assert!(right("sju blå älgar", Some(&digest)).await.expect("compared"));
        assert!(!right("sju blå älgar ", Some(&digest)).await.expect("compared"));
        assert!(!right("nobody's password", None).await.expect("compared"));
        assert!(!right("x", Some("no digest")).await.expect("compared"));
    }
}
