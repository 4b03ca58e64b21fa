//! Hands letters over whose time has come. A letter is taken on before it is tried, so that two servers do not both try it; should a server
//! stop in the middle, the letter is due again after a while. A refusal for good ends it; else it waits longer after each try.

use async_recursion::async_recursion as boxed;
use std::time::Duration;

use spelplan_adapters::post::Unsent;
use spelplan_facts::Stage;
use spelplan_store::KeptLetter;

use super::{LetterKind, Office, Road};
use crate::{App, AppError, clock};

/// Seconds to wait after each try in vain; after the last one the letter has failed.
const WAITS: [i64; 5] = [60, 5 * 60, 30 * 60, 2 * 3600, 8 * 3600];
/// Seconds after which a letter that somebody took on and never brought back is due again.
const LOST: i64 = 15 * 60;
/// How often the outbox is looked at, unless somebody presses.
const LOOK: Duration = Duration::from_secs(15);

/// What a look at the outbox came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Letters that the mail server took.
    pub sent: usize,
    /// Letters that wait for another try.
    pub waiting: usize,
    /// Letters that have failed.
    pub failed: usize,
    /// Invitations to meetings that were called off meanwhile.
    pub back: usize,
}

impl App {
    /// Sends what was pressed, for as long as the task lives; at once without a mail server.
    pub async fn keep_mailing(self) {
        if !matches!(self.post().road, Road::Server(_)) {
            return;
        }
        loop {
            if let Err(error) = self.send_due(clock::seconds()).await {
                tracing::warn!(code = error.code(), "letters were not looked at: {error}");
            }
            let _ = tokio::time::timeout(LOOK, self.memory.pressed.notified()).await;
        }
    }

    /// Tries every letter whose time has come by then, in seconds since 1970.
    #[boxed]
    pub async fn send_due(&self, now: i64) -> Result<Delivered, AppError> {
        let mut delivered = Delivered::default();
        let Road::Server(office) = &self.post().road else { return Ok(delivered) };
        for letter in self.store.letters_due(now).await? {
            if self.is_off(&letter).await? {
                let why = "the meeting was called off before the letter left";
                self.store.take_letter_back(letter.id, now, "", why).await?;
                delivered.back += 1;
            } else if self.store.take_letter(&letter, now + LOST).await? {
                self.send(office, letter, now, &mut delivered).await?;
            }
        }
        Ok(delivered)
    }

    async fn send(&self, office: &Office, letter: KeptLetter, now: i64, told: &mut Delivered) -> Result<(), AppError> {
        let tried = match super::written(&letter, &self.post().sender) {
            Ok(written) => office.send(&written).await,
            Err(cause) => Err(Unsent::Refused(cause.0)),
        };
        let Err(unsent) = tried else {
            told.sent += 1;
            return Ok(self.store.letter_sent(letter.id, now).await?);
        };
        let (code, words, wait) = match unsent {
            Unsent::NotNow(words) => ("A315", words, wait(letter.tries)),
            Unsent::TooSlow(words) => ("A316", words, wait(letter.tries)),
            Unsent::Refused(words) => ("A317", words, None),
        };
        tracing::warn!(code, letter = letter.id, "a letter was not taken: {words}");
        match wait {
            Some(_) => told.waiting += 1,
            None => told.failed += 1,
        }
        Ok(self.store.letter_unsent(letter.id, wait.map(|wait| now + wait), code, &words).await?)
    }

    /// Nobody is invited to what was called off, or is no meeting any longer, before the letter left.
    async fn is_off(&self, letter: &KeptLetter) -> Result<bool, AppError> {
        if letter.kind != LetterKind::Invitation.code() {
            return Ok(false);
        }
        let snapshot = self.snapshot().await?;
        let meeting = snapshot.facts.meetings.iter().find(|one| one.id == letter.meeting);
        Ok(meeting.is_none_or(|one| one.stage() == Stage::Cancelled))
    }
}

/// How long after so many tries before this one.
fn wait(tries: i32) -> Option<i64> {
    usize::try_from(tries).ok().and_then(|tries| WAITS.get(tries).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_longer_and_the_last_try_ends_it() {
        let waits: Vec<Option<i64>> = (0..7).map(wait).collect();
        assert!(waits[..5].windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
        assert_eq!((waits[0], waits[5], waits[6]), (Some(60), None, None));
    }
}
