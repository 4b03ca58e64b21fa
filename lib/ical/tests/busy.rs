//! Other people's calendars: what binds, and when.
#![allow(clippy::unwrap_used, reason = "a test may fall")]

use jiff::civil::date;
use spelplan_ical::{Read, Unreadable, busy};

fn wrapped(events: &str) -> String {
    let lines: Vec<&str> = events.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{}\r\nEND:VCALENDAR\r\n", lines.join("\r\n"))
}

fn read(text: &str) -> Read {
    busy(text, "Europe/Stockholm", date(2026, 3, 1), date(2026, 4, 30), "spelplan-ours").unwrap()
}

/// Busy time as `03-02 09:00-10:00`.
fn check(events: &str, wanted: &[&str]) {
    let read = read(&wrapped(events));
    let clock = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let said: Vec<String> = (read.busy.iter())
        .map(|one| format!("{:02}-{:02} {}-{}", one.day.month(), one.day.day(), clock(one.from), clock(one.to)))
        .collect();
    assert_eq!(said, wanted, "{events}");
    assert_eq!(read.failed, 0, "{events}");
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\n{lines}\nEND:VEVENT")
}

#[test]
fn a_time_is_read_by_its_own_zone() {
    check(&event("DTSTART:20260302T080000Z\nDTEND:20260302T090000Z"), &["03-02 09:00-10:00"]);
    check(&event("DTSTART:20260302T080000\nDTEND:20260302T090000"), &["03-02 08:00-09:00"]);
    check(
        &event("DTSTART;TZID=Europe/Helsinki:20260302T100000\nDTEND;TZID=Europe/Helsinki:20260302T113000"),
        &["03-02 09:00-10:30"],
    );
    check(&event("DTSTART;TZID=W. Europe Standard Time:20260330T100000\nDURATION:PT45M"), &["03-30 10:00-10:45"]);
}

#[test]
fn whole_days_are_whole_even_when_clocks_change() {
    check(&event("DTSTART;VALUE=DATE:20260329\nDTEND;VALUE=DATE:20260330"), &["03-29 00:00-24:00"]);
    check(&event("DTSTART;VALUE=DATE:20260328\nDURATION:P2D"), &["03-28 00:00-24:00", "03-29 00:00-24:00"]);
    check(&event("DTSTART;VALUE=DATE:20260302"), &["03-02 00:00-24:00"]);
    check(
        &event("DTSTART;VALUE=DATE:20260328\nRRULE:FREQ=DAILY;COUNT=3"),
        &["03-28 00:00-24:00", "03-29 00:00-24:00", "03-30 00:00-24:00"],
    );
}

#[test]
fn a_night_belongs_to_both_its_days() {
    check(&event("DTSTART:20260302T210000Z\nDTEND:20260303T010000Z"), &["03-02 22:00-24:00", "03-03 00:00-02:00"]);
}

#[test]
fn repetitions_keep_their_hour_over_the_change_of_clocks() {
    check(
        &event(
            "DTSTART;TZID=Europe/Stockholm:20150105T090000\nDTEND;TZID=Europe/Stockholm:20150105T093000\nRRULE:FREQ=WEEKLY;BYDAY=MO",
        ),
        &[
            "03-02 09:00-09:30",
            "03-09 09:00-09:30",
            "03-16 09:00-09:30",
            "03-23 09:00-09:30",
            "03-30 09:00-09:30",
            "04-06 09:00-09:30",
            "04-13 09:00-09:30",
            "04-20 09:00-09:30",
            "04-27 09:00-09:30",
        ],
    );
}

#[test]
fn exceptions_move_and_take_away_single_times() {
    let series = "DTSTART;TZID=Europe/Stockholm:20260302T090000\nDTEND;TZID=Europe/Stockholm:20260302T100000\n\
        RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Stockholm:20260309T090000\nSEQUENCE:0";
    let moved = "RECURRENCE-ID;TZID=Europe/Stockholm:20260316T090000\nDTSTART;TZID=Europe/Stockholm:20260317T130000\n\
        DTEND;TZID=Europe/Stockholm:20260317T140000\nSEQUENCE:4";
    let gone = "RECURRENCE-ID:20260323T080000Z\nDTSTART:20260323T080000Z\nDTEND:20260323T090000Z\nSTATUS:CANCELLED";
    check(
        &[event(series), event(moved), event(gone)].join("\n"),
        &["03-02 09:00-10:00", "03-17 13:00-14:00", "03-30 09:00-10:00"],
    );
}

#[test]
fn what_is_free_cancelled_or_our_own_binds_nothing() {
    let hour = "DTSTART:20260302T080000Z\nDTEND:20260302T090000Z";
    check(&event(&format!("{hour}\nTRANSP:TRANSPARENT")), &[]);
    check(&event(&format!("{hour}\nSTATUS:CANCELLED")), &[]);
    check(&event(&format!("{hour}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE")), &[]);
    check(&event(&format!("{hour}\nX-MICROSOFT-CDO-BUSYSTATUS:OOF")), &["03-02 09:00-10:00"]);
    check(&event(&format!("{hour}\nCLASS:PRIVATE\nSTATUS:TENTATIVE")), &["03-02 09:00-10:00"]);
    check(&event(hour).replace("UID:a", "UID:spelplan-ours-1"), &[]);
    check(&event("DTSTART:20260302T080000Z"), &[]);
}

#[test]
fn overlapping_pieces_are_one_and_two_events_stay_apart() {
    let one = event("DTSTART:20260302T080000Z\nDTEND:20260302T090000Z");
    let two = event("DTSTART:20260302T083000Z\nDTEND:20260302T100000Z").replace("UID:a", "UID:b");
    let late = event("DTSTART:20260302T120000Z\nDTEND:20260302T121500Z").replace("UID:a\n", "");
    check(&[one, two, late].join("\n"), &["03-02 09:00-11:00", "03-02 13:00-13:15"]);
}

#[test]
fn a_text_of_busy_time_only_is_understood() {
    let told = "BEGIN:VFREEBUSY\nUID:f\nDTSTAMP:20260101T000000Z\n\
        FREEBUSY;FBTYPE=BUSY:20260302T080000Z/20260302T090000Z,20260303T080000Z/PT30M\n\
        FREEBUSY;FBTYPE=FREE:20260304T080000Z/20260304T090000Z\nEND:VFREEBUSY";
    check(told, &["03-02 09:00-10:00", "03-03 09:00-09:30"]);
}

#[test]
fn what_is_no_calendar_is_refused_and_a_bad_event_is_counted() {
    let at = (date(2026, 3, 1), date(2026, 3, 2));
    for text in ["", "<html>sign in</html>", "BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n"] {
        assert_eq!(busy(text, "Europe/Stockholm", at.0, at.1, ""), Err(Unreadable::NoCalendar), "{text}");
    }
    assert_eq!(busy(&wrapped(""), "Mars/Base", at.0, at.1, ""), Err(Unreadable::NoZone));
    let broken = read(&wrapped(&event("SUMMARY:no time at all")));
    assert_eq!((broken.failed, broken.busy.len()), (1, 0));
}
