//! Calendars that PAMs are busy by: added, read on a press and every hour, and let go. Of what they hold only days and
//! minutes are kept; titles never leave the text they came in.

use async_recursion::async_recursion as boxed;
use std::time::Duration;

use spelplan_facts::{BusyBlock, Day, DayRange, PamId, Text, TimeOfDay};
use spelplan_ical::{Busy, Unreadable};
use spelplan_store::{CalendarReading, KeptSubscription, Signed, SubscriptionId};

use super::feed::own_prefix;
use super::fetching::{self, LARGEST, Unfetched};
use crate::access::Actor;
use crate::jobs::{JobId, JobResult, Progress};
use crate::{App, AppError, ErrorKind, clock};

/// Days before today that busy time is kept for.
const BEFORE: i32 = 7;
/// Days after it.
const AHEAD: i32 = 400;
/// Calendars are read again so often.
const AGAIN: Duration = Duration::from_secs(60 * 60);

/// What a reading's code means and what to do, for people.
pub fn told(code: &str) -> Text {
    match code {
        "A402" => Text {
            sv: "adressen svarade, men inte med en kalender: kontrollera att den är rätt och fortfarande delad",
            en: "the address answered, but not with a calendar: check that it is right and still shared",
        },
        "A403" => Text {
            sv: "kalendern är större än 10 MB: dela en kalender med färre år",
            en: "the calendar is larger than 10 MB: share one with fewer years",
        },
        "A404" => Text {
            sv: "det som kom är ingen kalender (iCalendar): kopiera adressen som slutar på .ics",
            en: "what came is no calendar (iCalendar): copy the address that ends in .ics",
        },
        "A408" => Text {
            sv: "adressen svarade inte inom 20 sekunder: försök igen senare",
            en: "the address did not answer within 20 seconds: try again later",
        },
        _ => Text {
            sv: "adressen gick inte att nå: kontrollera den och nätet",
            en: "the address could not be reached: check it and the network",
        },
    }
}

impl App {
    /// Adds a calendar by its address and begins to read it.
    #[boxed]
    pub async fn add_calendar(&self, actor: &Actor, pam: PamId, name: &str, written: &str) -> Result<JobId, AppError> {
        self.may_keep(actor, pam).await?;
        let address = fetching::address(written).ok_or_else(|| {
            let en = "that is no address of a calendar. It begins with https:// or webcal:// and often ends in .ics";
            let sv =
                "det är ingen adress till en kalender. Den börjar med https:// eller webcal:// och slutar ofta på .ics";
            AppError::own("A405", ErrorKind::Refused, en, sv)
        })?;
        let host = address.split('/').nth(2).and_then(|host| host.rsplit('@').next()).unwrap_or_default();
        let name = if name.trim().is_empty() { host } else { name.trim() };
        self.store.subscribe(pam, name, Some(&address), Signed { by: &actor.name, at: &clock::now() }).await?;
        Ok(self.start_reading_calendars(actor, Some(pam)))
    }

    /// Takes a calendar's file in, once. A file that is none is refused and nothing kept.
    #[boxed]
    pub async fn add_calendar_file(&self, actor: &Actor, pam: PamId, name: &str, bytes: &[u8]) -> Result<(), AppError> {
        self.may_keep(actor, pam).await?;
        if bytes.len() as u64 > LARGEST {
            return Err(refused(&Unfetched { code: "A403", told: String::new() }));
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (read, busy) = self.read_text(pam, text).await?.map_err(|unfetched| refused(&unfetched))?;
        let signed = Signed { by: &actor.name, at: &clock::now() };
        let id = self.store.subscribe(pam, name, None, signed).await?;
        let kept = self.store.subscriptions().await?.into_iter().find(|one| one.id == id);
        if let Some(kept) = kept {
            self.store.keep_reading(&kept, &read, &busy).await?;
        }
        Ok(())
    }

    /// Lets a calendar go: its busy time no longer binds.
    #[boxed]
    pub async fn end_calendar(&self, actor: &Actor, pam: PamId, id: SubscriptionId) -> Result<(), AppError> {
        self.may_keep(actor, pam).await?;
        let known = self.store.subscriptions().await?.iter().any(|one| one.id == id && one.pam == pam);
        if !known {
            return Err(AppError::not_found("calendar with that number", "kalender med det numret"));
        }
        self.store.end_subscription(id, Signed { by: &actor.name, at: &clock::now() }).await?;
        Ok(())
    }

    /// Takes a calendar up again that was let go.
    #[boxed]
    pub async fn restore_calendar(&self, actor: &Actor, pam: PamId, id: SubscriptionId) -> Result<(), AppError> {
        self.may_keep(actor, pam).await?;
        Ok(self.store.restore_subscription(id, pam).await?)
    }

    /// Reads calendars beside the pages: one PAM's, or everybody's.
    pub fn start_reading_calendars(&self, actor: &Actor, pam: Option<PamId>) -> JobId {
        let title = Text { sv: "Läser kalendrar", en: "Reading calendars" };
        let (app, actor) = (self.clone(), actor.clone());
        self.memory.jobs.start(title, move |progress| async move {
            app.read_calendars(&actor, pam, &progress).await.map(|()| JobResult::CalendarsRead(pam))
        })
    }

    /// Reads every calendar with an address again and again for as long as the task lives.
    #[boxed]
    pub async fn keep_reading_calendars(self) {
        let actor = Actor::at_this_machine();
        loop {
            tokio::time::sleep(AGAIN).await;
            if let Err(error) = self.read_calendars(&actor, None, &Progress::default()).await {
                tracing::warn!(code = error.code(), "calendars could not be read: {error}");
            }
        }
    }

    /// Reads calendars. One that fails is written down as failed, and the others are read all the same.
    #[boxed]
    pub async fn read_calendars(&self, actor: &Actor, pam: Option<PamId>, progress: &Progress) -> Result<(), AppError> {
        let seen = |one: &KeptSubscription| actor.sees_days_of(one.pam) && pam.is_none_or(|pam| pam == one.pam);
        let all = self.store.subscriptions().await?;
        let due: Vec<&KeptSubscription> = all.iter().filter(|one| one.address.is_some() && seen(one)).collect();
        for (done, one) in due.iter().enumerate() {
            progress.set(done as u64, due.len() as u64);
            let address = one.address.clone().unwrap_or_default();
            let read = match fetching::fetch(&address).await {
                Ok(text) => self.read_text(one.pam, text).await?,
                Err(unfetched) => Err(unfetched),
            };
            let (reading, busy) = read.unwrap_or_else(|Unfetched { code, told }| {
                tracing::warn!(code, subscription = one.id.0, "a calendar was not read: {told}");
                let at = clock::now();
                (CalendarReading { at, code: code.to_owned(), told, ..CalendarReading::default() }, Vec::new())
            });
            self.store.keep_reading(one, &reading, &busy).await?;
        }
        Ok(())
    }

    /// Busy time of a text, by the PAM's clock.
    async fn read_text(
        &self,
        pam: PamId,
        text: String,
    ) -> Result<Result<(CalendarReading, Vec<BusyBlock>), Unfetched>, AppError> {
        let zone = self.zone_of(pam).await?;
        let own = own_prefix(&self.calendar_origin().await?);
        let today = clock::today();
        let (as_of, _) = self.as_of(today).await?;
        let range = DayRange { from: as_of.min(today).plus(-BEFORE), to: as_of.max(today).plus(AHEAD) };
        let read = tokio::task::spawn_blocking(move || {
            spelplan_ical::busy(&text, &zone, range.from.date(), range.to.date(), &own)
        });
        let read = read.await.map_err(|panic| AppError::died(&panic))?;
        Ok(read.map_err(unreadable).map(|read| {
            let busy: Vec<BusyBlock> = read.busy.iter().map(|one| block(pam, *one)).collect();
            let (blocks, skipped) = (busy.len() as i64, (read.failed + read.cut) as i64);
            (CalendarReading { at: clock::now(), blocks, skipped, ..CalendarReading::default() }, busy)
        }))
    }
}

fn block(pam: PamId, Busy { day, from, to }: Busy) -> BusyBlock {
    BusyBlock { pam, day: Day::from(day), from: TimeOfDay(from), to: TimeOfDay(to) }
}

fn unreadable(why: Unreadable) -> Unfetched {
    let code = match why {
        Unreadable::NoCalendar => "A404",
        Unreadable::NoZone => "A406",
    };
    Unfetched { code, told: String::new() }
}

fn refused(why: &Unfetched) -> AppError {
    let words = told(why.code);
    AppError::own(why.code, ErrorKind::Refused, words.en, words.sv)
}
