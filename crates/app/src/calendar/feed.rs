//! A PAM's plan as a text that calendars subscribe to, behind a secret that can be changed and taken away.

use async_recursion::async_recursion as boxed;
use jiff::Timestamp;
use spelplan_facts::{Contact, Facts, Language, PamId, Partner};
use spelplan_ical::{Entry, Feed, When};
use spelplan_store::{CalendarEntry, EntryKind, Signed};

use super::{no_pam, secret};
use crate::access::{Actor, Role};
use crate::audit::Deed;
use crate::{App, AppError, clock};

/// Entries older than so many days are no longer told; calendars then let go of them.
const KEPT_DAYS: i32 = 200;

/// A feed as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedText {
    /// The text.
    pub text: String,
    /// Equal for equal texts.
    pub tag: String,
}

impl App {
    /// Opens a PAM's feed with a new secret, which is told this once; the one before stops working.
    #[boxed]
    pub async fn open_feed(&self, actor: &Actor, pam: PamId) -> Result<String, AppError> {
        self.may_keep(actor, pam).await?;
        let secret = secret::secret()?;
        let signed = Signed { by: &actor.name, at: &clock::now() };
        self.store.open_feed(pam, &secret::digest(&secret), signed).await?;
        self.log(actor, Deed::FeedOpened, format!("PAM {}", pam.0)).await?;
        Ok(secret)
    }

    /// Closes a PAM's feed: whoever still asks for it finds nothing.
    #[boxed]
    pub async fn close_feed(&self, actor: &Actor, pam: PamId) -> Result<(), AppError> {
        self.may_keep(actor, pam).await?;
        self.store.close_feed(pam, Signed { by: &actor.name, at: &clock::now() }).await?;
        self.log(actor, Deed::FeedClosed, format!("PAM {}", pam.0)).await
    }

    /// The feed behind a secret. Whoever knows it sees what the PAM sees.
    #[boxed]
    pub async fn feed(&self, secret: &str, language: Language) -> Result<FeedText, AppError> {
        let nothing = || AppError::not_found("calendar behind that address", "kalender bakom den adressen");
        let kept = self.store.feed(&secret::digest(secret)).await?.ok_or_else(nothing)?;
        self.store.keep_calendar().await?;
        let origin = self.calendar_origin().await?;
        let zone = self.zone_of(kept.pam).await?;
        let snapshot = self.snapshot().await?;
        let from = snapshot.basis.as_of.plus(-KEPT_DAYS);
        let entries = self.store.calendar_entries(kept.pam, from).await?;
        let actor = Actor::named("calendar", Role::Pam(kept.pam));
        let writer = Writer { facts: &snapshot.facts, actor: &actor, language, origin: &origin };
        let pam = snapshot.facts.pam(kept.pam).ok_or_else(no_pam)?;
        let name = format!("Spelplan: {}", pam.name);
        let feed = Feed { name, zone, entries: entries.iter().map(|entry| writer.entry(entry)).collect() };
        let text = feed.text().ok_or_else(nothing)?;
        Ok(FeedText { tag: secret::digest(&text), text })
    }

    /// The word that begins the identity of every entry of this database's.
    pub(crate) async fn calendar_origin(&self) -> Result<String, AppError> {
        Ok(self.store.calendar_origin(&secret::word::<8>()?).await?)
    }
}

/// Beginning of the identity of every entry of a database with that word.
pub(crate) fn own_prefix(origin: &str) -> String {
    format!("spelplan-{origin}-")
}

/// Puts entries into words.
struct Writer<'a> {
    facts: &'a Facts,
    actor: &'a Actor,
    language: Language,
    origin: &'a str,
}

impl Writer<'_> {
    fn entry(&self, of: &CalendarEntry) -> Entry {
        let partner = self.facts.partner(of.partner).filter(|partner| self.actor.sees(partner));
        let at = |time: spelplan_facts::TimeOfDay| {
            let minute = time.0.clamp(0, 24 * 60 - 1);
            of.day.date().at((minute / 60) as i8, (minute % 60) as i8, 0, 0)
        };
        let when = match of.kind {
            EntryKind::Night => When::Days(of.day.date(), of.day.date()),
            _ => When::Clock(at(of.begins), at(of.ends)),
        };
        let visit = of.kind == EntryKind::Visit;
        Entry {
            uid: identity(self.origin, of),
            sequence: of.sequence,
            changed: of.changed_at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            cancelled: of.cancelled,
            busy: of.kind != EntryKind::Night,
            when,
            summary: self.summary(of.kind, partner),
            location: partner.filter(|_| visit).map(address).unwrap_or_default(),
            description: partner.filter(|_| visit).map(|partner| self.description(of, partner)).unwrap_or_default(),
            point: partner.filter(|_| visit).and_then(|partner| partner.place).map(|at| (at.point.lat, at.point.lon)),
        }
    }

    fn say<'b>(&self, sv: &'b str, en: &'b str) -> &'b str {
        match self.language {
            Language::Swedish => sv,
            Language::English => en,
        }
    }

    fn summary(&self, kind: EntryKind, partner: Option<&Partner>) -> String {
        let somebody = self.say("en partner", "a partner");
        let name = partner.map_or(somebody, |partner| partner.name.as_str());
        let town = partner.map_or("", |partner| partner.city.as_str());
        match kind {
            EntryKind::Visit => format!("{}: {name}", self.say("Besök", "Visit")),
            EntryKind::Night if town.is_empty() => self.say("Natt borta", "Night away").to_owned(),
            EntryKind::Night => format!("{} {town}", self.say("Natt i", "Night in")),
            EntryKind::Preparation => {
                self.say("Förberedelse inför fältsäsongen", "Preparing the field season").to_owned()
            }
            EntryKind::FollowUp => {
                self.say("Uppföljning efter fältsäsongen", "Following up the field season").to_owned()
            }
        }
    }

    fn description(&self, of: &CalendarEntry, partner: &Partner) -> String {
        let contact = of.contact.and_then(|id| self.contact(id));
        let meet = contact.map(|contact| format!("{}: {}", self.say("Träffa", "Meet"), contact.name));
        let number = format!("{} {}", self.say("Partnernummer", "Partner number"), partner.key);
        meet.into_iter().chain([number]).collect::<Vec<_>>().join("\n")
    }

    fn contact(&self, id: spelplan_facts::ContactId) -> Option<&Contact> {
        let at = self.facts.contacts.binary_search_by_key(&id, |contact| contact.id).ok()?;
        self.facts.contacts.get(at)
    }
}

/// Never changes for an entry, and must never be written otherwise: calendars would show every entry twice.
pub(crate) fn identity(origin: &str, of: &CalendarEntry) -> String {
    let (line, pam, kind, partner, nth) = (of.lineage.0, of.pam.0, of.kind.code(), of.partner.0, of.nth);
    format!("{}{line}-{pam}-{kind}-{partner}-{nth}", own_prefix(origin))
}

/// Where a partner lies, in a line.
pub(crate) fn address(partner: &Partner) -> String {
    let town = format!("{} {}", partner.postal_code, partner.city);
    let parts = [partner.street.trim(), town.trim(), partner.country.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::{Day, PartnerId, PlanId, TimeOfDay};

    /// A new version that writes identities otherwise doubles everybody's calendar.
    #[test]
    fn an_identity_is_written_as_it_always_was() {
        let entry = CalendarEntry {
            pam: PamId(3),
            lineage: PlanId(1),
            kind: EntryKind::FollowUp,
            partner: PartnerId(0),
            nth: 2,
            day: Day::new(2026, 3, 2).expect("a day"),
            begins: TimeOfDay::at(9, 0),
            ends: TimeOfDay::at(10, 0),
            contact: None,
            sequence: 4,
            changed_at: String::new(),
            cancelled: false,
        };
        assert_eq!(identity("0123abcd", &entry), "spelplan-0123abcd-1-3-follow-up-0-2");
    }
}
