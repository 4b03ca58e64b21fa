//! Why somebody is not let in, in words that help the honest and tell the others nothing.

use spelplan_facts::Language;

use crate::{AppError, ErrorKind};

fn refused(code: &'static str, en: &str, sv: &str) -> AppError {
    AppError::own(code, ErrorKind::Refused, en, sv)
}

pub(super) fn not_your_password() -> AppError {
    refused(
        "A211",
        "that is not your password. It is asked for again before your account changes",
        "det är inte ditt lösenord. Det frågas efter igen innan ditt konto ändras",
    )
}

pub(super) fn wrong_password() -> AppError {
    refused(
        "A201",
        "that address and password do not belong together. Check both; an admin can send you a new link",
        "adressen och lösenordet hör inte ihop. Kontrollera båda; en administratör kan ge dig en ny länk",
    )
}

/// How long to wait before trying to sign in again, in words.
pub(crate) fn too_soon(seconds: i64, language: Language) -> String {
    let (number, short) = if seconds <= 90 { (seconds, true) } else { ((seconds + 59) / 60, false) };
    match (language, short) {
        (Language::Swedish, short) => {
            let unit = if short { "sekunder" } else { "minuter" };
            format!(
                "för många försök har gått fel. Försök igen om {number} {unit}, eller be en administratör om en ny länk"
            )
        }
        (Language::English, short) => {
            let unit = if short { "seconds" } else { "minutes" };
            format!("too many tries went wrong. Try again in {number} {unit}, or ask an admin for a new link")
        }
    }
}

pub(super) fn spent_link() -> AppError {
    let en = "the link has been used or is too old. Ask for a new one";
    let sv = "länken är använd eller för gammal. Be om en ny";
    AppError::own("A202", ErrorKind::NotFound, en, sv)
}

pub(super) fn weak_password() -> AppError {
    refused(
        "A203",
        "a password has 12 to 200 characters, at least five of them different, and is not your own address. A few words you remember are best",
        "ett lösenord har 12 till 200 tecken, minst fem olika, och är inte din egen adress. Några ord du minns är bäst",
    )
}

pub(crate) fn no_such_person() -> AppError {
    AppError::not_found("person", "person")
}

pub(super) fn taken_email() -> AppError {
    refused(
        "A204",
        "somebody already has that address. Find them in the list and give them a new link instead",
        "någon har redan den adressen. Leta upp personen i listan och ge en ny länk i stället",
    )
}

pub(super) fn unreadable_email() -> AppError {
    refused(
        "A205",
        "that is no e-mail address. Write it as name@company.example",
        "det är ingen e-postadress. Skriv den som namn@foretag.example",
    )
}

pub(super) fn nameless() -> AppError {
    refused("A206", "the person has no name. Write one", "personen har inget namn. Skriv ett")
}

pub(super) fn whose() -> AppError {
    refused(
        "A207",
        "a PAM's role says which PAM, a contact's which partner. Choose one that is in the lists",
        "en PAM-roll säger vilken PAM, en kontakts vilken partner. Välj en som finns i listorna",
    )
}

pub(super) fn last_admin() -> AppError {
    refused(
        "A208",
        "this is the last admin, and somebody must look after people. Make another admin first",
        "det här är den sista administratören, och någon måste sköta personerna. Utse en till först",
    )
}

pub(super) fn not_the_first() -> AppError {
    refused(
        "A209",
        "the first admin has been made. Sign in, or ask them for a link",
        "den första administratören finns redan. Logga in, eller be om en länk",
    )
}

pub(super) fn not_the_demo() -> AppError {
    AppError::own(
        "A210",
        ErrorKind::Forbidden,
        "only the demo lets you look as somebody else. Sign in as yourself",
        "bara demon låter dig titta som någon annan. Logga in som dig själv",
    )
}

pub(super) fn wrong_code() -> AppError {
    refused(
        "A230",
        "that is not the code of now, or it was used before. Wait for the next one in the app, or use a recovery code. Does the phone show the right time?",
        "det är inte koden just nu, eller så är den redan använd. Vänta på nästa i appen, eller använd en reservkod. Går telefonens klocka rätt?",
    )
}

pub(super) fn begin_again() -> AppError {
    refused(
        "A231",
        "it took more than ten minutes, or somebody chose a new password meanwhile. Sign in from the beginning",
        "det tog mer än tio minuter, eller så valdes ett nytt lösenord under tiden. Logga in från början",
    )
}

pub(super) fn codes_stand() -> AppError {
    refused(
        "A232",
        "one-time codes are switched on already, or no key waits to be confirmed. Begin again on your account's page",
        "engångskoder är redan på, eller så väntar ingen nyckel på att bekräftas. Börja om på sidan om ditt konto",
    )
}

pub(super) fn passkey_refused() -> AppError {
    refused(
        "A233",
        "the passkey could not be taken in: the device gave none, gave one that you have already, or you have twenty. Try again",
        "nyckeln kunde inte tas emot: enheten gav ingen, gav en du redan har, eller så har du tjugo. Försök igen",
    )
}

pub(super) fn wrong_passkey() -> AppError {
    refused(
        "A234",
        "nobody here has that passkey. It may have been removed; sign in with your password and add it again",
        "ingen här har den nyckeln. Den kan vara borttagen; logga in med lösenord och lägg till den igen",
    )
}

pub(super) fn no_name_for_passkeys() -> AppError {
    refused(
        "A235",
        "passkeys belong to a name, and these pages were reached by a number. Open them at http://localhost, or at the address people use with https",
        "nycklar hör till ett namn, och sidorna nåddes med ett nummer. Öppna dem på http://localhost, eller på den adress med https som ni använder",
    )
}

pub(super) fn no_provider() -> AppError {
    AppError::not_found("provider of sign-in here", "leverantör av inloggning här")
}

pub(super) fn provider_silent(cause: &str) -> AppError {
    tracing::warn!(code = "A236", "the provider of sign-in does not answer: {cause}");
    let en = format!(
        "the provider of sign-in does not answer ({cause}). Sign in with your password, and tell whoever runs the server"
    );
    let sv = format!(
        "leverantören av inloggning svarar inte ({cause}). Logga in med lösenordet, och säg till den som sköter servern"
    );
    AppError::own("A236", ErrorKind::Refused, en, sv)
}

pub(super) fn provider_refuses(cause: &str) -> AppError {
    tracing::warn!(code = "A237", "the provider of sign-in refused: {cause}");
    let en = format!(
        "the provider of sign-in did not say who you are ({cause}). Begin again; if it stays so, its settings and ours do not agree"
    );
    let sv = format!(
        "leverantören av inloggning sade inte vem du är ({cause}). Börja om; går det ändå inte stämmer dess inställningar inte med våra"
    );
    AppError::own("A237", ErrorKind::Refused, en, sv)
}

pub(super) fn not_invited() -> AppError {
    refused(
        "A238",
        "you are known there, but nobody has invited you here. Ask an admin to invite you with the address you have there",
        "du är känd där, men ingen har bjudit in dig hit. Be en administratör bjuda in dig med adressen du har där",
    )
}

pub(super) fn unverified() -> AppError {
    refused(
        "A239",
        "the provider of sign-in told no address that it has verified. Verify your address there, or sign in with your password",
        "leverantören av inloggning gav ingen bekräftad adress. Bekräfta din adress där, eller logga in med lösenordet",
    )
}

pub(super) fn other_identity() -> AppError {
    refused(
        "A243",
        "your address belongs to another account at the provider than before. An admin makes you a new link if that is right; it forgets the old one",
        "din adress hör till ett annat konto hos leverantören än förut. Stämmer det gör en administratör en ny länk åt dig; den glömmer det gamla",
    )
}
