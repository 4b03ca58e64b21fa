//! Personal data: what is kept about a person who signs in or a contact at a partner, told to them as a file, taken away when it
//! is asked for, and gone with its time. What must stay, and why, is said before and after.

mod export;
mod naming;
mod retention;

pub use retention::{KeptFor, KeptKind, Removed};

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Contact, ContactId, Pam, Partner, Text};
use spelplan_store::{ErasedContact, Erasure, KeptPerson, Naming, PersonId};

use crate::access::{Actor, Role};
use crate::audit::{self, Deed};
use crate::people::{refusals, roles};
use crate::{App, AppError, clock};
use naming::Words;

/// Whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Somebody who signs in.
    Person(PersonId),
    /// A contact at a partner.
    Contact(ContactId),
}

/// What is kept about somebody, in short: what an erasure takes and what it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalSummary {
    /// Whom it is about.
    pub subject: Subject,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are, or where they work.
    pub about: String,
    /// What goes, and how many of it.
    pub goes: Vec<(Text, i64)>,
    /// What stays without their name, and why.
    pub stays: Vec<(Text, Text)>,
    /// Already erased: nothing is left to go.
    pub erased: bool,
}

/// Whom it is about, with everything that tells so.
pub(super) enum Known {
    Person { kept: KeptPerson, pam: Option<Pam> },
    Contact { contact: Contact, partner: Partner },
}

impl Known {
    fn words(&self) -> Words {
        match self {
            Known::Person { kept, pam } => {
                let mut words = Words::new(&kept.name, &format!("Person {}", kept.id.0)).and_address(&kept.email);
                if let Some(pam) = pam {
                    words = words.and_name(&pam.name).and_address(&pam.email).and_address(&pam.street);
                }
                words
            }
            Known::Contact { contact, .. } => Words::new(&contact.name, &format!("Person K{}", contact.id.0))
                .and_address(&contact.email)
                .and_address(&contact.phone),
        }
    }

    fn erased(&self) -> bool {
        match self {
            Known::Person { kept, .. } => kept.erased_at.is_some(),
            Known::Contact { contact, .. } => contact.key == format!("erased-{}", contact.id.0),
        }
    }
}

impl App {
    /// What is kept about somebody, in short.
    #[boxed]
    pub async fn personal(&self, actor: &Actor, subject: Subject) -> Result<PersonalSummary, AppError> {
        let known = self.known(actor, subject).await?;
        let words = known.words();
        let namings = match known.erased() {
            true => Vec::new(),
            false => self.store.namings(&|kind, value| words.name(kind, value)).await?,
        };
        Ok(self.summary(subject, &known, &namings))
    }

    /// The contact of that name or address at that partner; for the command line.
    #[boxed]
    pub async fn contact_named(&self, actor: &Actor, partner: &str, contact: &str) -> Result<ContactId, AppError> {
        let partner = self.partner_named(actor, partner).await?;
        let snapshot = self.snapshot().await?;
        let wanted = contact.trim().to_lowercase();
        let is = |one: &&Contact| {
            one.partner == partner && [&one.key, &one.name, &one.email].iter().any(|word| word.to_lowercase() == wanted)
        };
        let found = snapshot.facts.contacts.iter().find(is);
        Ok(found.ok_or_else(|| AppError::not_found("such contact", "sådan kontaktperson"))?.id)
    }

    /// Takes somebody's personal data away. It cannot be undone.
    #[boxed]
    pub async fn erase(&self, actor: &Actor, subject: Subject) -> Result<PersonalSummary, AppError> {
        let known = self.known(actor, subject).await?;
        if known.erased() {
            return Err(erased_before());
        }
        let (words, at) = (known.words(), clock::seconds());
        let written = clock::written(at);
        let erasure = Erasure { mark: &words.mark, at, written: &written };
        let rewrite = |kind, value: &str| words.rewritten(kind, value);
        match &known {
            Known::Person { kept, pam } => {
                self.keep_an_admin(kept).await?;
                self.runs_nobody(pam.as_ref()).await?;
                self.store.erase_person(kept.id, pam.as_ref(), erasure, &rewrite).await?;
                self.log(actor, Deed::Erased, audit::of(kept.id)).await?;
            }
            Known::Contact { contact, partner } => {
                let erased = ErasedContact { contact, partner_key: &partner.key };
                self.store.erase_contact(erased, erasure, &rewrite).await?;
                self.log(actor, Deed::Erased, format!("contact {}", contact.id.0)).await?;
            }
        }
        self.personal(actor, subject).await
    }

    async fn known(&self, actor: &Actor, subject: Subject) -> Result<Known, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        match subject {
            Subject::Person(id) => {
                let kept = self.store.person(id).await?.ok_or_else(refusals::no_such_person)?;
                let pam = match roles::role(&kept) {
                    Role::Pam(pam) => snapshot.facts.pam(pam).cloned(),
                    _ => None,
                };
                Ok(Known::Person { kept, pam })
            }
            Subject::Contact(id) => {
                let contact = snapshot.facts.contacts.iter().find(|contact| contact.id == id).cloned();
                let contact = contact.ok_or_else(|| AppError::not_found("such contact", "sådan kontaktperson"))?;
                let partner = snapshot.facts.partner(contact.partner).cloned().ok_or_else(refusals::no_such_person)?;
                Ok(Known::Contact { contact, partner })
            }
        }
    }

    /// Whoever is still out there for partners is not taken away under them.
    async fn runs_nobody(&self, pam: Option<&Pam>) -> Result<(), AppError> {
        let Some(pam) = pam else { return Ok(()) };
        let snapshot = self.snapshot().await?;
        let runs = snapshot.facts.partners.iter().filter(|one| one.pam == Some(pam.id) && !one.inactive).count();
        (runs == 0).then_some(()).ok_or_else(|| still_runs(runs))
    }

    fn summary(&self, subject: Subject, known: &Known, namings: &[Naming]) -> PersonalSummary {
        let rows = |wanted| namings.iter().filter(|one| one.kind == wanted).map(|one| one.rows).sum::<i64>();
        let mut goes: Vec<(Text, i64)> = match known {
            Known::Person { pam, .. } => {
                let pam = i64::from(pam.is_some());
                vec![(OWN_ROW, 1), (HOME, pam)]
            }
            Known::Contact { .. } => vec![(OWN_RECORD, 1)],
        };
        goes.push((SIGNATURES, rows(spelplan_store::PlaceKind::Signature)));
        goes.push((MENTIONS, rows(spelplan_store::PlaceKind::Words)));
        goes.retain(|(_, count)| *count > 0 && !known.erased());
        let (name, email, about) = match known {
            Known::Person { kept, .. } => (kept.name.clone(), kept.email.clone(), kept.role.clone()),
            Known::Contact { contact, partner } => (contact.name.clone(), contact.email.clone(), partner.name.clone()),
        };
        PersonalSummary { subject, name, email, about, goes, stays: STAYS.to_vec(), erased: known.erased() }
    }
}

const OWN_ROW: Text = Text {
    sv: "namn, adress, lösenord, koder, nycklar och inloggningar",
    en: "name, address, password, codes, passkeys and sessions",
};
const HOME: Text = Text {
    sv: "PAM:ens namn, hemadress, egna kalendrar och skäl till frånvaro",
    en: "the PAM's name, home, own calendars and reasons for absence",
};
const OWN_RECORD: Text = Text {
    sv: "namn, roll, adress, telefon, och det importerna minns av dem",
    en: "name, role, address, telephone, and what imports remember of them",
};
const SIGNATURES: Text = Text { sv: "rader som säger vem som gjorde något", en: "rows that say who did something" };
const MENTIONS: Text = Text {
    sv: "texter och dokument där namn, adress eller telefon nämns",
    en: "texts and documents that mention name, address or telephone",
};

/// What stays for everybody alike, and why.
const STAYS: &[(Text, Text)] = &[
    (
        Text { sv: "planer, besök och kontakter", en: "plans, visits and touches" },
        Text {
            sv: "vad de gav kan annars inte räknas; där står bara ett nummer",
            en: "what they brought cannot be counted otherwise; only a number stands there",
        },
    ),
    (
        Text { sv: "försäljningsrader", en: "sale lines" },
        Text { sv: "de är mellan företag och nämner ingen", en: "they are between companies and name nobody" },
    ),
    (
        Text { sv: "möten och åtaganden", en: "meetings and commitments" },
        Text {
            sv: "vad två företag lovat varandra gäller ändå; namnet byts mot ett nummer",
            en: "what two companies promised each other still holds; a number takes the name's place",
        },
    ),
    (
        Text { sv: "loggen", en: "the log" },
        Text {
            sv: "den får inte ändras, annars bevisar den inget; personer står där bara som nummer",
            en: "it may not be changed, or it proves nothing; people stand there by number only",
        },
    ),
];

fn erased_before() -> AppError {
    AppError::own(
        "A240",
        crate::ErrorKind::Refused,
        "their personal data were erased before; nothing is left to take away",
        "personuppgifterna är redan raderade; det finns inget kvar att ta bort",
    )
}

fn still_runs(partners: usize) -> AppError {
    let en = format!("this PAM still runs {partners} partners. Hand them over first (Territories, or a partner list)");
    let sv = format!(
        "den här PAM:en har fortfarande {partners} partner. Lämna över dem först (Distrikt, eller en partnerlista)"
    );
    AppError::own("A241", crate::ErrorKind::Refused, en, sv)
}
