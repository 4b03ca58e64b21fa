//! A feed: entries with stable identities, as one text that calendars subscribe to. It invites and mails nobody: there is
//! no method, no organiser and no attendee in it.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameter, ICalendarProperty,
    ICalendarStatus, ICalendarTransparency, ICalendarValueType,
};
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};

use crate::zone;

/// Who wrote the text, as the format wants it.
const WRITER: &str = "-//Spelplan//Spelplan//EN";
/// How often a calendar may ask again, in the format's own words.
const AGAIN: &str = "PT1H";

/// Everything a calendar gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// What calendars call it.
    pub name: String,
    /// Time zone of the timed entries (`Europe/Stockholm`).
    pub zone: String,
    /// In any order; the text keeps it.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its identity, the same for ever.
    pub uid: String,
    /// Grows with every change.
    pub sequence: i64,
    /// The last change.
    pub changed: Timestamp,
    /// It fell out; kept so that calendars take it away.
    pub cancelled: bool,
    /// Does it take time, so that others see it as busy?
    pub busy: bool,
    /// When it is.
    pub when: When,
    /// What it is, in a few words.
    pub summary: String,
    /// Where; may be empty.
    pub location: String,
    /// More; may be empty.
    pub description: String,
    /// Latitude and longitude, where known.
    pub point: Option<(f64, f64)>,
}

/// When an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// From and to, by the clock of the feed's zone.
    Clock(DateTime, DateTime),
    /// Whole days, both counted.
    Days(Date, Date),
}

impl When {
    fn first(&self) -> Date {
        match self {
            When::Clock(from, _) => from.date(),
            When::Days(from, _) => *from,
        }
    }
}

impl Feed {
    /// The text; `None` where there is no such zone.
    pub fn text(&self) -> Option<String> {
        let whens: Vec<When> = self.entries.iter().map(|entry| entry.when).collect();
        let events = self.entries.iter().map(|entry| event(entry, &self.zone)).collect();
        text(self.head(), &self.zone, &whens, events)
    }

    fn head(&self) -> ICalendarComponent {
        let mut head = head();
        for (name, value) in
            [("X-WR-CALNAME", self.name.as_str()), ("X-WR-TIMEZONE", self.zone.as_str()), ("X-PUBLISHED-TTL", AGAIN)]
        {
            head.add_property(ICalendarProperty::Other(name.to_owned()), value);
        }
        head
    }
}

/// What every text begins with.
pub(crate) fn head() -> ICalendarComponent {
    let mut head = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    head.add_property(ICalendarProperty::Version, "2.0");
    head.add_property(ICalendarProperty::Prodid, WRITER);
    head
}

/// A text of those entries, with the rules of their zone for the days they lie on; `None` where there is no such zone.
pub(crate) fn text(
    head: ICalendarComponent,
    name: &str,
    whens: &[When],
    events: Vec<ICalendarComponent>,
) -> Option<String> {
    let (_, zone) = zone(name)?;
    let mut calendar = ICalendar { components: vec![head] };
    let dates = whens.iter().map(When::first);
    if let Some((first, last)) = dates.clone().min().zip(dates.max()) {
        let instant = |date: Date| zone.to_timestamp(date.at(0, 0, 0, 0)).map(|at| at.as_second()).ok();
        let to = last.checked_add(2.days()).unwrap_or(last);
        calendar.add_timezone(name, instant(first)?, instant(to)?)?;
    }
    for event in events {
        let at = calendar.components.len() as u32;
        calendar.components.push(event);
        calendar.components[0].component_ids.push(at);
    }
    Some(calendar.to_string())
}

pub(crate) fn event(entry: &Entry, zone: &str) -> ICalendarComponent {
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_uid(&entry.uid);
    let changed = entry.changed.as_second();
    event.add_dtstamp(PartialDateTime::from_utc_timestamp(changed));
    event.add_property(ICalendarProperty::LastModified, PartialDateTime::from_utc_timestamp(changed));
    event.add_sequence(entry.sequence);
    match entry.when {
        When::Clock(from, to) => {
            event.entries.push(at_clock(ICalendarProperty::Dtstart, from, zone));
            event.entries.push(at_clock(ICalendarProperty::Dtend, to, zone));
        }
        When::Days(from, to) => {
            event.entries.push(on_day(ICalendarProperty::Dtstart, from));
            // The format's end is the first day that no longer counts.
            event.entries.push(on_day(ICalendarProperty::Dtend, to.checked_add(1.day()).unwrap_or(to)));
        }
    }
    event.add_property(ICalendarProperty::Summary, entry.summary.as_str());
    for (name, words) in
        [(ICalendarProperty::Location, &entry.location), (ICalendarProperty::Description, &entry.description)]
    {
        if !words.is_empty() {
            event.add_property(name, words.as_str());
        }
    }
    if let Some((lat, lon)) = entry.point {
        let point = [lat.into(), lon.into()].to_vec();
        event.entries.push(ICalendarEntry::new(ICalendarProperty::Geo).with_values(point));
    }
    let status = if entry.cancelled { ICalendarStatus::Cancelled } else { ICalendarStatus::Confirmed };
    event.add_property(ICalendarProperty::Status, status);
    let takes_time = entry.busy && !entry.cancelled;
    let shown = if takes_time { ICalendarTransparency::Opaque } else { ICalendarTransparency::Transparent };
    event.add_property(ICalendarProperty::Transp, shown);
    event
}

fn at_clock(name: ICalendarProperty, time: DateTime, zone: &str) -> ICalendarEntry {
    let clock = PartialDateTime {
        hour: Some(time.hour() as u8),
        minute: Some(time.minute() as u8),
        second: Some(time.second() as u8),
        ..date(time.date())
    };
    ICalendarEntry::new(name).with_param(ICalendarParameter::tzid(zone.to_owned())).with_value(clock)
}

fn on_day(name: ICalendarProperty, day: Date) -> ICalendarEntry {
    ICalendarEntry::new(name).with_param(ICalendarParameter::value(ICalendarValueType::Date)).with_value(date(day))
}

fn date(day: Date) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(day.year()).ok(),
        month: Some(day.month() as u8),
        day: Some(day.day() as u8),
        ..PartialDateTime::default()
    }
}
