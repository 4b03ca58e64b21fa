//! Busy time out of a calendar's text: when, and nothing else. Titles, places and people are never looked at.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarFreeBusyType, ICalendarParameterName, ICalendarParameterValue,
    ICalendarPeriod, ICalendarProperty, ICalendarStatus, ICalendarTransparency, ICalendarValue,
};
use calcard::{Entry, Parser};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::expansion::{End, Occurrence, groups};
use crate::zone;

/// Minutes of a day.
const DAY: i32 = 24 * 60;
/// Most days that one event is followed over.
const LONGEST: i64 = 3_660;

/// Time of one day in which somebody is busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    /// The day.
    pub day: Date,
    /// Minutes after midnight.
    pub from: i32,
    /// Minutes after midnight, at most 1440.
    pub to: i32,
}

/// What a text said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// Busy time in order; pieces of a day neither overlap nor touch.
    pub busy: Vec<Busy>,
    /// Events that could not be understood, and so bind nothing.
    pub failed: usize,
    /// Events with more repetitions than are looked at.
    pub cut: usize,
}

/// Why a text gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// There is no calendar in it.
    NoCalendar,
    /// There is no time zone of that name.
    NoZone,
}

/// Busy time from `from` to `to` (both counted) by the clock of that zone. What is free, cancelled or begins with `own` in
/// its identity (our own entries, come back) binds nothing.
pub fn busy(text: &str, zone_name: &str, from: Date, to: Date, own: &str) -> Result<Read, Unreadable> {
    let (reading, clock) = zone(zone_name).ok_or(Unreadable::NoZone)?;
    let calendars = calendars(text);
    if calendars.is_empty() {
        return Err(Unreadable::NoCalendar);
    }
    let until = day_after(to);
    let (mut read, mut days) = (Read::default(), Days { clock, from, to, busy: BTreeMap::new() });
    for calendar in &calendars {
        for group in groups(calendar, &until).iter().filter(|group| own.is_empty() || !group.uid().starts_with(own)) {
            let expanded = group.expanded(reading);
            read.failed += expanded.failed;
            read.cut += usize::from(expanded.cut);
            for occurrence in expanded.occurrences.iter().filter(|one| takes_time(one.component)) {
                days.add(occurrence);
            }
        }
        for (from, to) in calendar.components.iter().filter(|one| one.component_type.is_freebusy()).flat_map(told) {
            days.add_moments(from, to);
        }
    }
    read.busy = days.merged();
    Ok(read)
}

/// Every calendar in the text; some programs write several one after the other.
fn calendars(text: &str) -> Vec<ICalendar> {
    let mut parser = Parser::new(text);
    let mut found = Vec::new();
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => found.push(calendar),
            Entry::Eof | Entry::TooManyComponents => return found,
            _ => {}
        }
    }
}

fn day_after(day: Date) -> PartialDateTime {
    let day = day.checked_add(2.days()).unwrap_or(day);
    PartialDateTime {
        year: u16::try_from(day.year()).ok(),
        month: Some(day.month() as u8),
        day: Some(day.day() as u8),
        ..PartialDateTime::default()
    }
}

fn takes_time(event: &ICalendarComponent) -> bool {
    let cancelled = matches!(event.status(), Some(ICalendarStatus::Cancelled));
    let free = matches!(event.transparency(), Some(ICalendarTransparency::Transparent));
    !cancelled && !free && !outlook_says_free(event)
}

/// Outlook's own word beside the standard's.
fn outlook_says_free(event: &ICalendarComponent) -> bool {
    let property = ICalendarProperty::Other("X-MICROSOFT-CDO-BUSYSTATUS".to_owned());
    let said = event.property(&property).and_then(|entry| entry.values.first()).and_then(ICalendarValue::as_text);
    said.is_some_and(|word| matches!(word.to_ascii_uppercase().as_str(), "FREE" | "WORKINGELSEWHERE"))
}

/// Periods of a text that tells only when somebody is busy.
fn told(component: &ICalendarComponent) -> Vec<(i64, i64)> {
    let entries = component.properties(&ICalendarProperty::Freebusy);
    let busy = |entry: &&calcard::icalendar::ICalendarEntry| {
        let free = |value: &ICalendarParameterValue| {
            matches!(value, ICalendarParameterValue::Fbtype(ICalendarFreeBusyType::Free))
        };
        !entry.parameters(&ICalendarParameterName::Fbtype).any(free)
    };
    entries.filter(busy).flat_map(|entry| &entry.values).filter_map(period).collect()
}

fn period(value: &ICalendarValue) -> Option<(i64, i64)> {
    let ICalendarValue::Period(period) = value else { return None };
    match period {
        ICalendarPeriod::Range { start, end } => Some((start.to_timestamp()?, end.to_timestamp()?)),
        ICalendarPeriod::Duration { start, duration } => {
            let from = start.to_timestamp()?;
            Some((from, from + duration.as_seconds()))
        }
    }
}

/// Busy time, day by day, by one clock.
struct Days {
    clock: TimeZone,
    from: Date,
    to: Date,
    busy: BTreeMap<Date, Vec<(i32, i32)>>,
}

impl Days {
    fn add(&mut self, occurrence: &Occurrence) {
        match occurrence.to {
            End::Moment(to) => self.add_moments(occurrence.from, to),
            End::Days(days) => {
                let Some(first) = self.local(occurrence.from) else { return };
                for n in 0..days.clamp(0, LONGEST) {
                    if let Ok(day) = first.date().checked_add(n.days()) {
                        self.put(day, 0, DAY);
                    }
                }
            }
        }
    }

    fn add_moments(&mut self, from: i64, to: i64) {
        let (Some(begins), Some(ends)) = (self.local(from), self.local(to)) else { return };
        if to <= from {
            return;
        }
        let mut day = begins.date().max(self.from);
        while day <= ends.date().min(self.to) {
            let opens = if day == begins.date() { minute(begins) } else { 0 };
            let rest = i32::from(ends.second() > 0 || ends.subsec_nanosecond() > 0);
            let closes = if day == ends.date() { minute(ends) + rest } else { DAY };
            // In the night when clocks go back an hour comes twice; the later end counts.
            self.put(day, opens.min(closes), opens.max(closes));
            let Ok(next) = day.checked_add(1.day()) else { return };
            day = next;
        }
    }

    fn put(&mut self, day: Date, from: i32, to: i32) {
        if self.from <= day && day <= self.to && from < to {
            self.busy.entry(day).or_default().push((from, to));
        }
    }

    fn local(&self, second: i64) -> Option<DateTime> {
        Some(self.clock.to_datetime(Timestamp::from_second(second).ok()?))
    }

    fn merged(self) -> Vec<Busy> {
        let mut merged: Vec<Busy> = Vec::new();
        for (day, mut pieces) in self.busy {
            pieces.sort_unstable();
            for (from, to) in pieces {
                match merged.last_mut() {
                    Some(last) if last.day == day && from <= last.to => last.to = last.to.max(to),
                    _ => merged.push(Busy { day, from, to }),
                }
            }
        }
        merged
    }
}

fn minute(time: DateTime) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}
