//! Letters as text, and handed to a server that takes, refuses, puts off, or says nothing.

use std::time::Duration;

use spelplan_adapters::post::{Calendar, Letter, Office, Tls, Unsent, Written, is_address, written};

use crate::sink::{Mood, sink};

fn letter(calendar: Option<Calendar<'_>>) -> Written {
    let to = ["asa@partner.example".to_owned(), "bo@partner.example".to_owned()];
    written(&Letter {
        id: "spelplan-x-letter-1@spelplan",
        from: ("Eva Ek", "plan@company.example"),
        reply_to: Some(("Eva Ek", "eva@company.example")),
        to: &to,
        subject: "Möte 2 december",
        words: "Hej Åsa,\nvi ses.\n.\nEn punkt ensam på en rad.",
        calendar,
        at: 1_790_000_000,
    })
    .expect("a letter")
}

fn office(port: u16) -> Office {
    Office { host: "127.0.0.1".into(), port, tls: Tls::None, login: None, patience: Duration::from_millis(300) }
}

async fn check(mood: Mood, wanted: fn(&Result<(), Unsent>) -> bool) -> Vec<String> {
    let sink = sink(mood).await;
    let sent = office(sink.port).send(&letter(None)).await;
    assert!(wanted(&sent), "{mood:?}: {sent:?}");
    sink.taken.lock().expect("the letters").clone()
}

#[tokio::test]
async fn a_letter_arrives_once_and_whole() {
    let taken = check(Mood::Takes, Result::is_ok).await;
    assert_eq!(taken.len(), 1);
    for part in
        ["To: asa@partner.example, bo@partner.example", "Reply-To: ", "Message-ID: <spelplan-x-letter-1@spelplan>"]
    {
        assert!(taken[0].contains(part), "{part} is missing in {}", taken[0]);
    }
}

#[tokio::test]
async fn a_refusal_is_for_good_and_not_now_is_not() {
    let refused =
        check(Mood::RefusesReaders, |sent| matches!(sent, Err(Unsent::Refused(why)) if why.contains("nobody")));
    assert!(refused.await.is_empty());
    check(Mood::NotNow, |sent| matches!(sent, Err(Unsent::NotNow(why)) if why.contains("later"))).await;
}

#[tokio::test]
async fn silence_and_a_dropped_line_are_told_apart() {
    check(Mood::Silent, |sent| matches!(sent, Err(Unsent::TooSlow(_)))).await;
    check(Mood::HangsUp, |sent| matches!(sent, Err(Unsent::NotNow(_)))).await;
}

#[tokio::test]
async fn nobody_there_and_nothing_hidden_are_said() {
    let gone = sink(Mood::Takes).await;
    let sent = Office { port: 9, ..office(9) }.send(&letter(None)).await;
    assert!(matches!(sent, Err(Unsent::NotNow(_))), "{sent:?}");
    let sent = Office { tls: Tls::StartTls, ..office(gone.port) }.send(&letter(None)).await;
    assert!(sent.is_err(), "what should be hidden is not sent in the clear");
    assert!(gone.taken.lock().expect("the letters").is_empty());
}

#[test]
fn an_invitation_stands_in_both_places() {
    let text = letter(Some(Calendar { method: "REQUEST", text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" })).text;
    let text = String::from_utf8(text).expect("a text");
    for part in
        ["multipart/mixed", "multipart/alternative", "text/calendar; charset=utf-8; method=REQUEST", "invite.ics"]
    {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn only_one_address_is_an_address() {
    for good in ["a@b.example", "eva.ek+x@company.example"] {
        assert!(is_address(good), "{good}");
    }
    for bad in
        ["", "eva", "a@b, c@d", "a@b.example\r\nBcc: c@d.example", "<a@b.example>", "a b@c.example", "å@b.example"]
    {
        assert!(!is_address(bad), "{bad}");
    }
}

#[test]
fn a_secret_is_not_shown() {
    let office = Office { login: Some(("eva".into(), "hemligt".into())), ..office(25) };
    assert!(!format!("{office:?}").contains("hemligt"));
}
