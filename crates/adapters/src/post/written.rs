//! A letter as text: plain words, and where it asks for a meeting, the calendar's text in the two places that mail programs look in.

use std::time::{Duration, SystemTime};

use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::Written;

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter<'a> {
    /// Its identity, the same at every try.
    pub id: &'a str,
    /// Name and address it comes from.
    pub from: (&'a str, &'a str),
    /// Where answers go, where that is somebody else.
    pub reply_to: Option<(&'a str, &'a str)>,
    /// To whom: addresses.
    pub to: &'a [String],
    /// What it is about.
    pub subject: &'a str,
    /// Its words.
    pub words: &'a str,
    /// What it asks a calendar to do.
    pub calendar: Option<Calendar<'a>>,
    /// When it was written, in seconds since 1970.
    pub at: i64,
}

/// A calendar's text in a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar<'a> {
    /// `REQUEST` or `CANCEL`.
    pub method: &'a str,
    /// The text.
    pub text: &'a str,
}

/// Why a letter cannot be written: in the library's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable(pub String);

/// Is that one mail address, and nothing else?
pub fn is_address(text: &str) -> bool {
    text.is_ascii()
        && !text.contains(|letter: char| letter.is_whitespace() || ",;<>".contains(letter))
        && text.parse::<Address>().is_ok()
}

/// The letter as text.
pub fn written(letter: &Letter<'_>) -> Result<Written, Unwritable> {
    let mut message = Message::builder()
        .message_id(Some(format!("<{}>", letter.id)))
        .date(instant(letter.at))
        .from(mailbox(letter.from)?)
        .subject(letter.subject);
    if let Some(reply_to) = letter.reply_to {
        message = message.reply_to(mailbox(reply_to)?);
    }
    for address in letter.to {
        message = message.to(mailbox(("", address))?);
    }
    let plain = SinglePart::plain(letter.words.replace('\n', "\r\n"));
    let message = match letter.calendar {
        None => message.singlepart(plain),
        Some(calendar) => message.multipart(with_calendar(plain, calendar)?),
    };
    let message = message.map_err(|cause| Unwritable(cause.to_string()))?;
    Ok(Written { text: message.formatted(), envelope: message.envelope().clone() })
}

/// Mail programs read an invitation as an alternative to the words; others offer the file that is attached.
fn with_calendar(plain: SinglePart, calendar: Calendar<'_>) -> Result<MultiPart, Unwritable> {
    let kind = |kind: &str| ContentType::parse(kind).map_err(|cause| Unwritable(cause.to_string()));
    let inline = SinglePart::builder()
        .header(kind(&format!("text/calendar; charset=utf-8; method={}", calendar.method))?)
        .body(calendar.text.to_owned());
    let file = Attachment::new("invite.ics".to_owned()).body(calendar.text.to_owned(), kind("application/ics")?);
    Ok(MultiPart::mixed().multipart(MultiPart::alternative().singlepart(plain).singlepart(inline)).singlepart(file))
}

fn mailbox((name, address): (&str, &str)) -> Result<Mailbox, Unwritable> {
    let parsed: Address = address.parse().map_err(|cause| Unwritable(format!("{address}: {cause}")))?;
    let name = name.replace(['\r', '\n'], " ");
    Ok(Mailbox::new(Some(name.trim().to_owned()).filter(|name| !name.is_empty()), parsed))
}

fn instant(seconds: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}
