//! Feeds as text: lines, identities, zones, and the same time again when read back.
#![allow(clippy::unwrap_used, reason = "a test may fall")]

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use spelplan_ical::{Busy, Entry, Feed, When, busy};

const ZONES: [&str; 5] =
    ["Europe/Stockholm", "Europe/Helsinki", "Europe/London", "America/New_York", "Australia/Sydney"];

fn entry(when: When) -> Entry {
    Entry {
        uid: "spelplan-x-1-1-v2-1".into(),
        sequence: 3,
        changed: Timestamp::from_second(1_790_000_000).unwrap(),
        cancelled: false,
        busy: true,
        when,
        summary: "Besök: Å; B, C\\D".into(),
        location: "Storgatan 1\n123 45 Åmål".into(),
        description: String::new(),
        point: Some((59.05, 12.7)),
    }
}

fn feed(zone: &str, entries: Vec<Entry>) -> Feed {
    Feed { name: "Spelplan: Eva Åå".into(), zone: zone.into(), entries }
}

fn read(text: &str, zone: &str, from: Date, to: Date) -> Vec<Busy> {
    let read = busy(text, zone, from, to, "").unwrap();
    assert_eq!((read.failed, read.cut), (0, 0), "{text}");
    read.busy
}

#[test]
fn a_feed_reads_as_it_always_has() {
    let mut gone = entry(When::Days(date(2026, 3, 3), date(2026, 3, 4)));
    gone.uid = "spelplan-x-1-1-n2-1".into();
    gone.cancelled = true;
    let clock = When::Clock(date(2026, 3, 2).at(9, 0, 0, 0), date(2026, 3, 2).at(10, 0, 0, 0));
    let text = feed("Europe/Stockholm", vec![entry(clock), gone]).text().unwrap();
    for line in [
        "UID:spelplan-x-1-1-v2-1",
        "SEQUENCE:3",
        "DTSTART;TZID=Europe/Stockholm:20260302T090000",
        "DTEND;TZID=Europe/Stockholm:20260302T100000",
        "SUMMARY:Besök: Å\\; B\\, C\\\\D",
        "LOCATION:Storgatan 1\\n123 45 Åmål",
        "GEO:59.05;12.7",
        "STATUS:CONFIRMED",
        "DTSTART;VALUE=DATE:20260303",
        "DTEND;VALUE=DATE:20260305",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Stockholm",
        "VERSION:2.0",
        "DTSTAMP:20260921T141320Z",
        "LAST-MODIFIED:20260921T141320Z",
    ] {
        assert!(text.split("\r\n").any(|one| one == line), "{line} is not in\n{text}");
    }
    for word in ["METHOD", "ATTENDEE", "ORGANIZER", "VALARM"] {
        assert!(!text.contains(word), "a feed mails nobody: {word}\n{text}");
    }
    assert_eq!(feed("Europe/Atlantis", Vec::new()).text(), None);
}

#[test]
fn the_nights_when_clocks_change_keep_their_days_and_hours() {
    for zone in ZONES {
        for middle in [
            date(2026, 3, 8),
            date(2026, 3, 29),
            date(2026, 4, 5),
            date(2026, 10, 4),
            date(2026, 10, 25),
            date(2026, 11, 1),
        ] {
            for day in (-1..=1).map(|n| middle.checked_add(n.days()).unwrap()) {
                let clock = When::Clock(day.at(9, 15, 0, 0), day.at(10, 45, 0, 0));
                let whole = day.checked_add(7.days()).unwrap();
                let text = feed(zone, vec![entry(clock), Entry { uid: "n".into(), ..entry(When::Days(whole, whole)) }]);
                let found = read(&text.text().unwrap(), zone, day, whole.checked_add(3.days()).unwrap());
                let wanted = [Busy { day, from: 555, to: 645 }, Busy { day: whole, from: 0, to: 1440 }];
                assert_eq!(found, wanted, "{zone} {day}");
            }
        }
    }
}

#[test]
fn another_clock_sees_the_same_moment() {
    let day = date(2026, 3, 30);
    let text = feed("Europe/Stockholm", vec![entry(When::Clock(day.at(9, 0, 0, 0), day.at(10, 0, 0, 0)))]);
    let text = text.text().unwrap();
    for (zone, hour) in
        [("Europe/Helsinki", 10), ("Europe/London", 8), ("America/New_York", 3), ("Australia/Sydney", 18)]
    {
        assert_eq!(read(&text, zone, day, day), [Busy { day, from: hour * 60, to: hour * 60 + 60 }], "{zone}");
    }
}

proptest! {
    #[test]
    fn any_words_and_any_time_come_back(
        words in "\\PC{0,200}",
        n in 0..3000_i64,
        from in 0..1300_i32,
        length in 1..139_i32,
        zone in prop::sample::select(ZONES.to_vec()),
    ) {
        let day = date(2024, 1, 1).checked_add(n.days()).unwrap();
        // Clocks change at night; what a visit's hours are is never twice or missing.
        prop_assume!(from >= 4 * 60);
        let at = |minute: i32| day.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
        let one = Entry { summary: words.clone(), ..entry(When::Clock(at(from), at(from + length))) };
        let text = feed(zone, vec![one]).text().unwrap();
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75, "{line}");
        }
        prop_assert_eq!(read(&text, zone, day, day), vec![Busy { day, from, to: from + length }]);
    }
}
