//! Invitations as text: who asks whom, the same identity when it is called off.
#![allow(clippy::unwrap_used, reason = "a test may fall")]

use jiff::Timestamp;
use jiff::civil::date;
use spelplan_ical::{Entry, Invitation, Party, When};

fn invitation(sequence: i64, cancelled: bool, tentative: bool) -> Invitation {
    let party = |name: &str, address: &str| Party { name: name.into(), address: address.into() };
    Invitation {
        zone: "Europe/Stockholm".into(),
        entry: Entry {
            uid: "spelplan-x-meeting-4".into(),
            sequence,
            changed: Timestamp::from_second(1_790_000_000).unwrap(),
            cancelled,
            busy: true,
            when: When::Clock(date(2026, 12, 2).at(9, 0, 0, 0), date(2026, 12, 2).at(10, 0, 0, 0)),
            summary: "Möte: Å; B".into(),
            location: "Storgatan 1".into(),
            description: "1. Pris\n2. Lager".into(),
            point: None,
        },
        tentative,
        organiser: party("Eva \"E\" Ek", "eva@example.test"),
        guests: vec![party("Åsa; Berg, VD", "asa@partner.example"), party("", "bo@partner.example")],
    }
}

/// Lines unfolded.
fn check(invitation: &Invitation, wanted: &[&str], unwanted: &[&str]) {
    let text = invitation.text().unwrap().replace("\r\n ", "").replace("\r\n\t", "");
    for line in wanted {
        assert!(text.lines().any(|one| one == *line), "{line:?} is missing in\n{text}");
    }
    for line in unwanted {
        assert!(!text.contains(line), "{line:?} stands in\n{text}");
    }
}

#[test]
fn an_invitation_says_who_asks_whom() {
    let wanted = [
        "METHOD:REQUEST",
        "UID:spelplan-x-meeting-4",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "DTSTART;TZID=Europe/Stockholm:20261202T090000",
        "ORGANIZER;CN=\"Eva  E  Ek\":mailto:eva@example.test",
        "ATTENDEE;CN=\"Åsa; Berg, VD\";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:asa@partner.example",
        "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bo@partner.example",
        "BEGIN:VTIMEZONE",
        "DESCRIPTION:1. Pris\\n2. Lager",
    ];
    check(&invitation(3, false, false), &wanted, &["METHOD:CANCEL", "TENTATIVE"]);
}

#[test]
fn a_proposal_is_tentative() {
    check(&invitation(1, false, true), &["METHOD:REQUEST", "STATUS:TENTATIVE"], &["STATUS:CONFIRMED"]);
}

#[test]
fn a_cancellation_has_the_same_identity_and_a_higher_sequence() {
    let wanted = ["METHOD:CANCEL", "UID:spelplan-x-meeting-4", "SEQUENCE:5", "STATUS:CANCELLED"];
    check(&invitation(5, true, true), &wanted, &["METHOD:REQUEST", "TENTATIVE"]);
    assert_eq!((invitation(1, false, false).method(), invitation(1, true, false).method()), ("REQUEST", "CANCEL"));
}

#[test]
fn without_a_zone_there_is_no_text() {
    assert_eq!(Invitation { zone: "Nowhere".into(), ..invitation(1, false, false) }.text(), None);
}
