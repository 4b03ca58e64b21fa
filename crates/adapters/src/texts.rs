//! Fetches a text by its web address: a few seconds, a few redirects, up to a length, and no more.

use std::time::Duration;

use crate::calls::{Broken, client, read, said};

/// How much is put up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest wait for all of it.
    pub patience: Duration,
    /// Most times that an answer may point elsewhere.
    pub redirects: usize,
    /// Most bytes.
    pub longest: usize,
}

/// Why a text did not come; with words of the other side or the system where there are any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoText {
    /// Nobody could be reached, or the connection broke.
    Unreachable(String),
    /// The time was up.
    TooSlow(String),
    /// The other side answered, but not with a text.
    Refused(String),
    /// It is longer than it may be.
    TooLong,
}

/// The text behind an http or https address, asked for as one of those kinds (as in the `Accept` header).
pub async fn fetch(address: &str, kinds: &str, limits: Limits) -> Result<String, NoText> {
    let client = client(limits.patience, limits.patience, limits.redirects).map_err(failed)?;
    let answer = client.get(address).header("accept", kinds).send().await;
    let (status, bytes) = read(answer, limits.longest).await.map_err(|broken| match broken {
        Broken::Call(error) => failed(error),
        Broken::TooLong => NoText::TooLong,
    })?;
    if !(200..300).contains(&status) {
        return Err(NoText::Refused(status.to_string()));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn failed(error: reqwest::Error) -> NoText {
    let said = said(&error);
    match () {
        () if error.is_timeout() => NoText::TooSlow(said),
        () if error.is_redirect() => NoText::Refused(said),
        () => NoText::Unreachable(said),
    }
}
