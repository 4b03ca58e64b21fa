//! Events of a text, each repetition by itself, as moments.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarProperty, ICalendarValue,
};

/// Most repetitions looked at of one event; a daily one of fifty years has fewer.
const MOST_REPETITIONS: usize = 20_000;

/// One time that an event takes place.
pub(crate) struct Occurrence<'a> {
    pub(crate) component: &'a ICalendarComponent,
    /// Seconds since 1970 in UTC.
    pub(crate) from: i64,
    /// The same; whole days that follow each other are counted in days instead.
    pub(crate) to: End,
}

/// How far an occurrence reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// To that moment.
    Moment(i64),
    /// So many days by the calendar, however long each of them is.
    Days(i64),
}

/// One event with its exceptions, apart from all others, and the zones that the text defines.
pub(crate) struct Group {
    calendar: ICalendar,
}

/// What one group gave.
pub(crate) struct Expanded<'a> {
    pub(crate) occurrences: Vec<Occurrence<'a>>,
    /// Events that could not be understood.
    pub(crate) failed: usize,
    /// There were more repetitions than are looked at.
    pub(crate) cut: bool,
}

/// Takes a calendar apart into events. Exceptions are told from their event by its identity alone: the number of changes
/// that each of them carries need not agree.
pub(crate) fn groups(calendar: &ICalendar, until: &PartialDateTime) -> Vec<Group> {
    let mut nameless = 0;
    let mut groups: BTreeMap<(&str, usize), Vec<ICalendarComponent>> = BTreeMap::new();
    let events = calendar.components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent);
    for event in events {
        let key = event.uid().map_or_else(
            || {
                nameless += 1;
                ("", nameless)
            },
            |uid| (uid, 0),
        );
        groups.entry(key).or_default().push(plain(event, until));
    }
    let zones = Zones::of(calendar);
    groups.into_values().map(|events| Group { calendar: zones.with(events) }).collect()
}

/// The event without what would mislead the expansion, and never repeated beyond the day that is looked at.
fn plain(event: &ICalendarComponent, until: &PartialDateTime) -> ICalendarComponent {
    let mut event = event.clone();
    event.component_ids.clear();
    event.entries.retain(|entry| entry.name != ICalendarProperty::Sequence);
    for value in event.entries.iter_mut().flat_map(|entry| &mut entry.values) {
        if let ICalendarValue::RecurrenceRule(rule) = value
            && rule.until.is_none()
            && rule.count.is_none()
        {
            rule.until = Some(until.clone());
        }
    }
    event
}

/// The definitions of zones in a text.
struct Zones(Vec<ICalendarComponent>);

impl Zones {
    fn of(calendar: &ICalendar) -> Zones {
        let zones = calendar.components.iter().filter(|one| one.component_type == ICalendarComponentType::VTimezone);
        let bare = |zone: &ICalendarComponent| ICalendarComponent { component_ids: Vec::new(), ..zone.clone() };
        Zones(zones.map(bare).collect())
    }

    fn with(&self, events: Vec<ICalendarComponent>) -> ICalendar {
        let mut root = ICalendarComponent::new(ICalendarComponentType::VCalendar);
        root.component_ids = (1..=(self.0.len() + events.len()) as u32).collect();
        ICalendar { components: std::iter::once(root).chain(self.0.iter().cloned()).chain(events).collect() }
    }
}

impl Group {
    /// The identity of its event.
    pub(crate) fn uid(&self) -> &str {
        self.calendar.components.iter().find_map(ICalendarComponent::uid).unwrap_or_default()
    }

    /// Every time it takes place; days and clocks without a zone are those of `zone`.
    pub(crate) fn expanded(&self, zone: Tz) -> Expanded<'_> {
        let found = self.calendar.expand_dates(zone, MOST_REPETITIONS);
        let cut = found.events.len() >= MOST_REPETITIONS;
        let occurrences = found.events.iter().filter_map(|event| {
            let component = self.calendar.components.get(event.comp_id as usize)?;
            let from = event.start.timestamp();
            let to = match &event.end {
                TimeOrDelta::Time(to) => End::Moment(to.timestamp()),
                TimeOrDelta::Delta(length) if is_whole_days(component) => End::Days(length.num_days()),
                TimeOrDelta::Delta(_) if !has_length(component) => End::Moment(from),
                TimeOrDelta::Delta(length) => End::Moment(from + length.num_seconds()),
            };
            Some(Occurrence { component, from, to })
        });
        Expanded { occurrences: occurrences.collect(), failed: found.errors.len(), cut }
    }
}

fn is_whole_days(event: &ICalendarComponent) -> bool {
    let starts = event.property(&ICalendarProperty::Dtstart).and_then(first);
    matches!(starts, Some(ICalendarValue::PartialDateTime(at)) if !at.has_time())
}

/// An event at a clock time that says no end takes no time.
fn has_length(event: &ICalendarComponent) -> bool {
    event.has_property(&ICalendarProperty::Dtend) || event.has_property(&ICalendarProperty::Duration)
}

fn first(entry: &ICalendarEntry) -> Option<&ICalendarValue> {
    entry.values.first()
}
