//! One entry sent to people (RFC 5546): a request with an organiser and guests, or its cancellation. Whoever holds the entry by its identity
//! changes it when the sequence has grown. Leaves to others: how the text travels.

use calcard::icalendar::{
    ICalendarComponent, ICalendarMethod, ICalendarParameter, ICalendarParticipationRole, ICalendarParticipationStatus,
    ICalendarProperty, ICalendarStatus, ICalendarValue, Uri,
};

use crate::feed::{Entry, event, head, text};

/// Somebody with a mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Name; may be empty.
    pub name: String,
    /// Mail address.
    pub address: String,
}

/// An entry with who asks whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Invitation {
    /// Time zone of the entry (`Europe/Stockholm`).
    pub zone: String,
    /// What they are asked to; where it is marked as cancelled, they are told that it is off.
    pub entry: Entry,
    /// Not agreed yet.
    pub tentative: bool,
    /// Who asks.
    pub organiser: Party,
    /// Who is asked.
    pub guests: Vec<Party>,
}

impl Invitation {
    /// The word for what the text asks its reader's calendar to do, as it stands in the mail too: `REQUEST` or `CANCEL`.
    pub fn method(&self) -> &'static str {
        if self.entry.cancelled { "CANCEL" } else { "REQUEST" }
    }

    /// The text; `None` where there is no such zone.
    pub fn text(&self) -> Option<String> {
        let mut head = head();
        let method = if self.entry.cancelled { ICalendarMethod::Cancel } else { ICalendarMethod::Request };
        head.add_property(ICalendarProperty::Method, ICalendarValue::Method(method));
        let mut event = event(&self.entry, &self.zone);
        if self.tentative && !self.entry.cancelled {
            event.entries.retain(|entry| entry.name != ICalendarProperty::Status);
            event.add_property(ICalendarProperty::Status, ICalendarStatus::Tentative);
        }
        self.name_people(&mut event);
        text(head, &self.zone, &[self.entry.when], vec![event])
    }

    fn name_people(&self, event: &mut ICalendarComponent) {
        let organiser = named(&self.organiser);
        event.add_property_with_params(ICalendarProperty::Organizer, organiser, mail_to(&self.organiser));
        for guest in &self.guests {
            let asked = [
                ICalendarParameter::role(ICalendarParticipationRole::ReqParticipant),
                ICalendarParameter::partstat(ICalendarParticipationStatus::NeedsAction),
                ICalendarParameter::rsvp(true),
            ];
            let words: Vec<ICalendarParameter> = named(guest).into_iter().chain(asked).collect();
            event.add_property_with_params(ICalendarProperty::Attendee, words, mail_to(guest));
        }
    }
}

fn named(party: &Party) -> Vec<ICalendarParameter> {
    let name = party.name.replace(['"', '\n', '\r'], " ");
    if name.trim().is_empty() { Vec::new() } else { vec![ICalendarParameter::cn(name.trim().to_owned())] }
}

fn mail_to(party: &Party) -> ICalendarValue {
    ICalendarValue::Uri(Uri::Location(format!("mailto:{}", party.address)))
}
