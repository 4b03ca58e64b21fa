//! Mail handed in as a file (.eml, or an mbox of many): who wrote to whom on which day. Nothing else of it is read.

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, HeaderName, Message, MessageParser};
use spelplan_facts::Day;

/// One mail, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRecord {
    /// What it is known again by; empty where it has no identity.
    pub id: String,
    /// The day it was written, by its writer's clock.
    pub day: Option<Day>,
    /// Address of whoever wrote it, lower case.
    pub from: String,
    /// Addresses it went to, openly or not, lower case, each once.
    pub to: Vec<String>,
    /// Sent by a machine or to many: a newsletter.
    pub bulk: bool,
}

/// Every mail of a file, in order; none where it holds no mail.
pub fn letters(bytes: &[u8]) -> Vec<LetterRecord> {
    let texts: Vec<Vec<u8>> = if bytes.starts_with(b"From ") {
        MessageIterator::new(bytes).filter_map(Result::ok).map(|one| one.contents().to_vec()).collect()
    } else {
        vec![bytes.to_vec()]
    };
    texts.iter().filter_map(|text| letter(text)).collect()
}

fn letter(text: &[u8]) -> Option<LetterRecord> {
    let message = MessageParser::new().parse(text)?;
    let from = message.from().and_then(Address::first).and_then(|one| one.address()).map(str::to_lowercase)?;
    let mut to: Vec<String> =
        message.all_to().chain(message.all_cc()).chain(message.all_bcc()).flat_map(addresses).collect();
    to.sort();
    to.dedup();
    let day = message.date().and_then(|date| {
        Day::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
    });
    let id = message.message_id().unwrap_or_default().to_owned();
    Some(LetterRecord { id, day, from, to, bulk: is_bulk(&message) })
}

fn addresses(of: &Address<'_>) -> Vec<String> {
    of.iter().filter_map(|one| one.address()).map(str::to_lowercase).collect()
}

/// Marks that lists and machines put on what they send (RFC 2369, RFC 3834).
fn is_bulk(message: &Message<'_>) -> bool {
    let says = |name: HeaderName<'static>, words: &[&str]| {
        let value = message.header_raw(name).unwrap_or_default().trim();
        words.iter().any(|word| value.eq_ignore_ascii_case(word))
    };
    let listed = message.header(HeaderName::ListUnsubscribe).is_some() || message.header(HeaderName::ListId).is_some();
    listed
        || says(HeaderName::Other("Precedence".into()), &["bulk", "list", "junk"])
        || says(HeaderName::AutoSubmitted, &["auto-generated", "auto-replied"])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "From: Anna Alm <Anna@Vendor.example>\r\nTo: =?utf-8?Q?=C3=85sa?= <asa@partner.example>, bo@partner.example\r\nCc: asa@partner.example\r\nBcc: log@vendor.example\r\nDate: Tue, 12 May 2026 23:30:00 +0200\r\nMessage-ID: <1@vendor.example>\r\nSubject: Hej\r\n\r\nHemligt\r\n";

    #[test]
    fn a_mail_says_who_wrote_to_whom_and_when() {
        let read = letters(ONE.as_bytes());
        let to = ["asa@partner.example", "bo@partner.example", "log@vendor.example"].map(str::to_owned).to_vec();
        let day = Day::new(2026, 5, 12);
        let from = "anna@vendor.example".to_owned();
        assert_eq!(read, [LetterRecord { id: "1@vendor.example".to_owned(), day, from, to, bulk: false }]);
    }

    #[test]
    fn a_mailbox_holds_many_and_lists_are_known() {
        let list = ONE.replace("<1@", "<2@").replace("Subject:", "List-Unsubscribe: <https://x.example>\r\nSubject:");
        let auto = ONE.replace("<1@", "<3@").replace("Subject:", "Auto-Submitted: auto-generated\r\nSubject:");
        let mass = ONE.replace("<1@", "<4@").replace("Subject:", "Precedence: Bulk\r\nSubject:");
        let mbox = [ONE, &list, &auto, &mass].map(|one| format!("From a@b Tue May 12 23:30:00 2026\n{one}\n")).concat();
        let read = letters(mbox.as_bytes());
        assert_eq!(
            read.iter().map(|one| (one.id.as_str(), one.bulk)).collect::<Vec<_>>(),
            [
                ("1@vendor.example", false),
                ("2@vendor.example", true),
                ("3@vendor.example", true),
                ("4@vendor.example", true)
            ]
        );
    }

    #[test]
    fn what_is_no_mail_holds_none() {
        for text in ["", "partner_id;date\n1;2026-01-01\n", "just words"] {
            assert_eq!(letters(text.as_bytes()), [], "{text:?}");
        }
    }
}
