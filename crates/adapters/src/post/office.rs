//! The mail server that letters are handed to.

use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls as How, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::Written;
use crate::calls::said;

/// How the way to the server is kept from others' eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tls {
    /// Asked for in the clear, then all of it hidden (port 587); without it nothing is sent.
    #[default]
    StartTls,
    /// Hidden from the first byte (port 465).
    Wrapped,
    /// Not at all: only for a server on this machine or in one's own rooms.
    None,
}

impl Tls {
    /// The way of that word.
    pub fn named(word: &str) -> Option<Tls> {
        [("starttls", Tls::StartTls), ("tls", Tls::Wrapped), ("none", Tls::None)]
            .into_iter()
            .find_map(|(name, tls)| (name == word).then_some(tls))
    }

    /// The port that servers listen on for it.
    pub fn port(self) -> u16 {
        match self {
            Tls::StartTls => 587,
            Tls::Wrapped => 465,
            Tls::None => 25,
        }
    }
}

/// A mail server and who we are to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Office {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way is hidden.
    pub tls: Tls,
    /// Name and secret, where it asks for them.
    pub login: Option<(String, String)>,
    /// Longest wait for any answer.
    pub patience: Duration,
}

impl std::fmt::Debug for Office {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Office({}:{} {:?})", self.host, self.port, self.tls)
    }
}

/// Why a letter was not taken, in the server's or the system's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsent {
    /// Nobody could be reached, the connection broke or could not be hidden, or the server said: not now.
    NotNow(String),
    /// The time was up.
    TooSlow(String),
    /// The server said no for good.
    Refused(String),
}

impl Office {
    /// Hands one letter over: taken, or not.
    pub async fn send(&self, letter: &Written) -> Result<(), Unsent> {
        // Somebody else may have chosen already; either choice will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let server = self.transport().map_err(|error| unsent(&error))?;
        // The library's own patience is for each word; the whole talk has an end too.
        match tokio::time::timeout(self.patience * 4, server.send_raw(&letter.envelope, &letter.text)).await {
            Ok(answer) => answer.map(|_| ()).map_err(|error| unsent(&error)),
            Err(_) => Err(Unsent::TooSlow(format!("{}:{}", self.host, self.port))),
        }
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, Error> {
        let hidden = || TlsParameters::new(self.host.clone());
        let how = match self.tls {
            Tls::StartTls => How::Required(hidden()?),
            Tls::Wrapped => How::Wrapper(hidden()?),
            Tls::None => How::None,
        };
        let server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host);
        let server = server.port(self.port).tls(how).timeout(Some(self.patience));
        let server = match &self.login {
            Some((name, secret)) => server.credentials(Credentials::new(name.clone(), secret.clone())),
            None => server,
        };
        Ok(server.build())
    }
}

fn unsent(error: &Error) -> Unsent {
    let words = match error.status() {
        Some(code) => format!("{code}: {}", said(error)),
        None => said(error),
    };
    match () {
        () if error.is_permanent() => Unsent::Refused(words),
        () if error.is_timeout() => Unsent::TooSlow(words),
        () => Unsent::NotNow(words),
    }
}
