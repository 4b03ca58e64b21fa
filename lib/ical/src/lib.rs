//! Calendars as text (RFC 5545): entries written for people's calendars to read, invitations, and busy time read out of theirs.
//! Leaves to others: what the entries are about, whose time it is, and how a text comes or goes. No clock.

mod busy;
mod expansion;
mod feed;
mod invitation;

pub use busy::{Busy, Read, Unreadable, busy};
pub use feed::{Entry, Feed, When};
pub use invitation::{Invitation, Party};

use calcard::common::timezone::Tz;
use jiff::tz::TimeZone;

/// Is there a time zone of that name (`Europe/Stockholm`)?
pub fn is_zone(name: &str) -> bool {
    zone(name).is_some()
}

/// The zone as both libraries know it: one reads and writes the text, the other reckons.
fn zone(name: &str) -> Option<(Tz, TimeZone)> {
    let named = name.contains('/');
    let both = named.then(|| Some((name.parse().ok()?, TimeZone::get(name).ok()?)));
    both.flatten()
}
