//! Calendars out and in: what feeds hold, who may read them, and when PAMs are busy elsewhere.

mod feeds;
mod ledger;
mod lineage;
mod subscriptions;

pub use feeds::KeptFeed;
pub use ledger::{CalendarEntry, EntryKind};
pub use subscriptions::{CalendarReading, KeptSubscription, SubscriptionId};

pub(crate) use ledger::catch_up;
pub(crate) use subscriptions::busy_from;
