//! Why a letter is not prepared, pressed, taken back or sent, in words.

use spelplan_facts::{Language, Text};

use super::LetterKind;
use crate::{AppError, ErrorKind};

fn own(code: &'static str, en: impl Into<String>, sv: impl Into<String>) -> AppError {
    AppError::own(code, ErrorKind::Refused, en, sv)
}

pub(super) fn not_now(kind: LetterKind) -> AppError {
    let (en, sv) = (kind.text().in_language(Language::English), kind.text().in_language(Language::Swedish));
    own(
        "A310",
        format!(
            "{en}: none can be sent of the meeting as it stands. Propose or confirm it before inviting, hold it before sending minutes; only who was invited is told that it is off"
        ),
        format!(
            "{sv}: det går inte att skicka för mötet som det står. Föreslå eller bekräfta det innan du bjuder in, logga det innan du skickar anteckningar; bara den som var inbjuden får återbud"
        ),
    )
}

pub(super) fn no_address(part: &str) -> AppError {
    own(
        "A311",
        format!("{part:?} is no mail address. Write addresses such as asa@partner.example, with commas between"),
        format!("{part:?} är ingen mejladress. Skriv adresser som asa@partner.example, med komma emellan"),
    )
}

pub(super) fn readers(count: usize, most: usize) -> AppError {
    own(
        "A311",
        format!("the letter has {count} readers: write between one and {most} mail addresses"),
        format!("brevet har {count} mottagare: skriv mellan en och {most} mejladresser"),
    )
}

pub(super) fn nothing_said() -> AppError {
    own("A312", "the letter lacks a subject or words. Fill both in", "brevet saknar ämne eller text. Fyll i båda")
}

pub(super) fn no_link() -> AppError {
    own(
        "A312",
        "the letter does not say where the link goes. Write [[link]] where it is to stand",
        "brevet säger inte var länken ska stå. Skriv [[link]] där den ska vara",
    )
}

pub(super) fn unwritable(cause: &str) -> AppError {
    own(
        "A312",
        format!("the letter cannot be written as mail: {cause}. Change subject, words or addresses"),
        format!("brevet kan inte skrivas som mejl: {cause}. Ändra ämne, text eller adresser"),
    )
}

pub(super) fn twice() -> AppError {
    own(
        "A313",
        "a letter of this sort to the same readers is in the outbox already, with other words. Take it back there first if it has not left, or change the meeting",
        "ett sådant brev till samma mottagare ligger redan i utkorgen, med annan text. Ta tillbaka det där först om det inte har gått, eller ändra mötet",
    )
}

pub(super) fn has_left() -> AppError {
    own(
        "A314",
        "the letter has left, or was taken back before. Reload the outbox to see how it stands",
        "brevet har gått, eller är redan tillbakataget. Ladda om utkorgen för att se hur det står",
    )
}

pub(super) fn no_server() -> AppError {
    own(
        "A318",
        "there is no mail server, so nothing is sent. Take the letter out as a file, or start the server with --smtp-host",
        "det finns ingen mejlserver, så inget skickas. Hämta brevet som fil, eller starta servern med --smtp-host",
    )
}

/// What the code of a try in vain means and what to do, for people.
pub fn told(code: &str) -> Text {
    match code {
        "A316" => Text {
            sv: "mejlservern svarade inte i tid; ett nytt försök görs",
            en: "the mail server did not answer in time; there will be another try",
        },
        "A317" => Text {
            sv: "mejlservern tog inte emot brevet: kontrollera adresserna, ta tillbaka det och skriv ett nytt",
            en: "the mail server did not take the letter: check the addresses, take it back and write another",
        },
        _ => Text {
            sv: "mejlservern gick inte att nå eller bad om att få vänta; ett nytt försök görs",
            en: "the mail server could not be reached or asked for time; there will be another try",
        },
    }
}
