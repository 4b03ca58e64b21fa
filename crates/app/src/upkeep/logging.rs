//! A touch logged by one tap, and any that was logged taken back.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{ContactId, Day, PartnerId, TouchKind};
use spelplan_store::{Signed, TouchToLog};

use crate::access::{Actor, Role};
use crate::{App, AppError, ErrorKind, clock};

/// Ways to be in touch from afar that a tap can log, by their stable words.
pub const WAYS: [&str; 4] = ["call", "mail", "chat", "video"];

/// What a tap says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tapped {
    /// With whom.
    pub partner: PartnerId,
    /// With which person there, where known.
    pub contact: Option<ContactId>,
    /// Which way: one of [`WAYS`].
    pub way: String,
    /// When; today where nobody says.
    pub day: Option<Day>,
}

impl App {
    /// Logs a touch; the number it is taken back by.
    #[boxed]
    pub async fn log_touch(&self, actor: &Actor, tapped: Tapped) -> Result<i64, AppError> {
        let snapshot = self.snapshot().await?;
        let missing = || AppError::not_found("partner with that number", "partner med det numret");
        let partner = snapshot.facts.partner(tapped.partner).filter(|one| actor.sees(one)).ok_or_else(missing)?;
        actor.judges(partner).then_some(()).ok_or_else(AppError::forbidden)?;
        let kind = TouchKind::named(&tapped.way).filter(|kind| WAYS.contains(&kind.code)).ok_or_else(no_way)?;
        let day = tapped.day.unwrap_or_else(|| self.day_of_meetings());
        if day > self.day_of_meetings() {
            return Err(not_yet(day));
        }
        let contacts = &snapshot.facts.contacts;
        let works_there = |id: &ContactId| contacts.iter().any(|one| one.id == *id && one.partner == partner.id);
        let touch = TouchToLog {
            key: String::new(),
            day,
            partner: partner.id,
            contact: tapped.contact.filter(works_there),
            pam: if let Role::Pam(own) = actor.role { Some(own) } else { partner.pam },
            kind: kind.code,
        };
        let signed = Signed { by: &actor.name, at: &clock::now() };
        let logged = self.store.log_touches(&[touch], "", signed).await?;
        logged.map(|(batch, _)| batch).ok_or_else(missing)
    }

    /// Takes back what was logged together: one touch, or a file's.
    #[boxed]
    pub async fn undo_logged(&self, actor: &Actor, batch: i64) -> Result<usize, AppError> {
        let missing = || AppError::not_found("logged touch with that number", "loggad kontakt med det numret");
        let snapshot = self.snapshot().await?;
        let all = self.store.logged_touches().await?;
        let own: Vec<_> = all.iter().filter(|one| one.batch == batch).collect();
        let partners = own.iter().map(|one| snapshot.facts.partner(one.touch.partner));
        let seen = partners.clone().all(|partner| partner.is_some_and(|partner| actor.sees(partner)));
        if own.is_empty() || !seen {
            return Err(missing());
        }
        actor.answers().then_some(()).ok_or_else(AppError::forbidden)?;
        self.store.undo_logged_touches(batch, Signed { by: &actor.name, at: &clock::now() }).await?;
        Ok(own.len())
    }
}

fn no_way() -> AppError {
    let en = "that is no way to be in touch from afar: call, mail, chat or video. A visit is logged as a meeting";
    let sv = "det är inget sätt att hålla kontakt på håll: samtal, mejl, chatt eller video. Ett besök loggas som möte";
    AppError::own("A300", ErrorKind::Refused, en, sv)
}

fn not_yet(day: Day) -> AppError {
    let en = format!("{day} has not come yet: only what has happened is logged. Choose today or an earlier day");
    let sv = format!("{day} har inte varit än: bara det som har hänt loggas. Välj i dag eller en tidigare dag");
    AppError::own("A301", ErrorKind::Refused, en, sv)
}
