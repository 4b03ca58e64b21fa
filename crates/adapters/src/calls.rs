//! How this room calls out, whoever is called: one client with its patience, and answers read up to a length.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};

/// Letters that are passed on of what the other side or a library says.
const LONGEST_SAID: usize = 300;

/// Why an answer could not be read.
pub(crate) enum Broken {
    /// The connection or the other side.
    Call(reqwest::Error),
    /// It is longer than it may be.
    TooLong,
}

/// A client that waits so long for a connection and for all of an answer, and follows so many redirects.
pub(crate) fn client(connect: Duration, answer: Duration, redirects: usize) -> Result<Client, reqwest::Error> {
    // Somebody else may have chosen already; either choice will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let policy = if redirects == 0 { Policy::none() } else { Policy::limited(redirects) };
    let client = Client::builder().connect_timeout(connect).timeout(answer).redirect(policy);
    client.user_agent("spelplan").build()
}

/// An answer's status and bytes, of which there may be no more than `longest`.
pub(crate) async fn read(response: Result<Response, reqwest::Error>, longest: usize) -> Result<(u16, Vec<u8>), Broken> {
    let mut response = response.map_err(Broken::Call)?;
    let status = response.status().as_u16();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Broken::Call)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > longest {
            return Err(Broken::TooLong);
        }
    }
    Ok((status, bytes))
}

/// The deepest cause in words, as many as can be read at a glance: what is above it only says that a call failed.
pub(crate) fn said(error: &dyn std::error::Error) -> String {
    let deepest = std::iter::successors(Some(error), |error| error.source()).last();
    let words = deepest.map(ToString::to_string).unwrap_or_default();
    match words.char_indices().nth(LONGEST_SAID) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}
