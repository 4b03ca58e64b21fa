//! Calendars out and in: each PAM's plan as a feed that a calendar subscribes to, and calendars whose busy time binds the
//! planner. Nothing is mailed and nobody invited. Leaves to others: the text's format (ical), what is kept (store).

mod busy;
mod feed;
mod fetching;
pub(crate) mod secret;
mod zones;

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use spelplan_facts::{BusyBlock, PamId};
use spelplan_store::{KeptFeed, KeptSubscription};

pub use busy::told;
pub use feed::FeedText;
pub(crate) use feed::{address, identity, own_prefix};
pub use spelplan_store::{CalendarReading, SubscriptionId};
pub use zones::ZONES;

use crate::access::Actor;
use crate::open_goals::Basis;
use crate::{App, AppError, ErrorKind};

/// Everything the calendar page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarPage {
    /// Those whose calendars the actor may see.
    pub pams: Vec<PamCalendar>,
    /// May the actor change them?
    pub steers: bool,
    /// What the figures build on.
    pub basis: Basis,
}

/// One PAM's calendars.
#[derive(Debug, Clone, PartialEq)]
pub struct PamCalendar {
    /// Who.
    pub pam: PamId,
    /// Their name.
    pub name: String,
    /// Their time zone.
    pub zone: String,
    /// Nobody chose it: it follows from where they live.
    pub zone_guessed: bool,
    /// The open feed, if any; its secret is not known any longer.
    pub feed: Option<KeptFeed>,
    /// Calendars that they are busy by.
    pub subscriptions: Vec<KeptSubscription>,
    /// When they are busy, from the day figures are computed for.
    pub busy: Vec<BusyBlock>,
}

impl App {
    /// The calendar page.
    #[boxed]
    pub async fn calendars(&self, actor: &Actor) -> Result<CalendarPage, AppError> {
        let snapshot = self.snapshot().await?;
        let (feeds, subscriptions) = (self.store.feeds().await?, self.store.subscriptions().await?);
        let chosen = self.store.calendar_zones().await?;
        let seen = snapshot.facts.pams.iter().filter(|pam| actor.sees_days_of(pam.id));
        let pams = seen.map(|pam| {
            let (zone, zone_guessed) = zones::zone(pam, &chosen);
            PamCalendar {
                pam: pam.id,
                name: pam.name.clone(),
                zone,
                zone_guessed,
                feed: feeds.iter().find(|feed| feed.pam == pam.id).cloned(),
                subscriptions: subscriptions.iter().filter(|one| one.pam == pam.id).cloned().collect(),
                busy: snapshot.facts.busy.iter().filter(|one| one.pam == pam.id).copied().collect(),
            }
        });
        Ok(CalendarPage { pams: pams.collect(), steers: actor.answers(), basis: snapshot.basis.clone() })
    }

    /// Chooses a PAM's time zone, and reads their calendars again by it.
    #[boxed]
    pub async fn choose_zone(&self, actor: &Actor, pam: PamId, zone: &str) -> Result<(), AppError> {
        self.may_keep(actor, pam).await?;
        if !spelplan_ical::is_zone(zone) {
            let en = format!("there is no time zone {zone:?}. Choose one of the list, such as Europe/Stockholm");
            let sv = format!("det finns ingen tidszon {zone:?}. Välj en i listan, till exempel Europe/Stockholm");
            return Err(AppError::own("A406", ErrorKind::Refused, en, sv));
        }
        Ok(self.store.choose_calendar_zone(pam, zone).await?)
    }

    /// The PAM's time zone: as chosen, else where they live.
    pub(crate) async fn zone_of(&self, pam: PamId) -> Result<String, AppError> {
        let snapshot = self.snapshot().await?;
        let chosen: BTreeMap<PamId, String> = self.store.calendar_zones().await?;
        let known = snapshot.facts.pam(pam).ok_or_else(no_pam)?;
        Ok(zones::zone(known, &chosen).0)
    }

    /// Only whoever may see a PAM's days, and may change anything, keeps that PAM's calendars.
    async fn may_keep(&self, actor: &Actor, pam: PamId) -> Result<(), AppError> {
        if !(actor.sees_days_of(pam) && actor.answers()) {
            return Err(AppError::forbidden());
        }
        let snapshot = self.snapshot().await?;
        snapshot.facts.pam(pam).map(|_| ()).ok_or_else(no_pam)
    }
}

fn no_pam() -> AppError {
    AppError::not_found("PAM with that number", "PAM med det numret")
}
