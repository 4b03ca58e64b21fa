//! Touches out of files: one's own mail (.eml, .mbox, as a BCC address gathers it) and lists (CSV, Excel). Of a mail only who,
//! to whom and when is read; what it says is never kept.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeSet;

use spelplan_facts::{Contact, Facts, PamId, Partner};
use spelplan_intake::{Kind, LetterRecord, Options, RowError, Source, TouchRecord, fingerprint, letters, read_all};
use spelplan_store::{Signed, TouchToLog};

use crate::access::{Actor, Role};
use crate::{App, AppError, ErrorKind, clock};

/// Addresses that nobody is known by, named at most.
const NAMED: usize = 20;

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filed {
    /// What its touches are taken back by; `None` where none was new.
    pub batch: Option<i64>,
    /// Touches logged.
    pub new: usize,
    /// Touches that were logged before.
    pub known: usize,
    /// Mails or rows without anybody of one's own on one side, or without a day that has come.
    pub passed_over: usize,
    /// Addresses that no contact has, the first of them.
    pub unknown: Vec<String>,
}

impl App {
    /// Logs the touches of a file: mail between a PAM and people at partners, or a list of touches.
    #[boxed]
    pub async fn log_touch_file(&self, actor: &Actor, name: &str, bytes: Vec<u8>) -> Result<Filed, AppError> {
        actor.answers().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let (asking, source, today) = (actor.clone(), name.to_owned(), self.day_of_meetings());
        let kept = snapshot.clone();
        let read = tokio::task::spawn_blocking(move || {
            let reader = Reader { facts: &kept.facts, actor: &asking, filed: Filed::default(), touches: Vec::new() };
            let mail = if is_list(&source) { Vec::new() } else { letters(&bytes) };
            if mail.is_empty() { reader.list(&source, &bytes) } else { Ok(reader.mail(&mail)) }
        });
        let (mut filed, mut touches) = read.await.map_err(|panic| AppError::died(&panic))??;
        let found = touches.len();
        touches.retain(|touch| touch.day <= today);
        filed.passed_over += found - touches.len();
        let signed = Signed { by: &actor.name, at: &clock::now() };
        let logged = self.store.log_touches(&touches, name, signed).await?;
        filed.batch = logged.map(|(batch, _)| batch);
        filed.new = logged.map_or(0, |(_, new)| new);
        filed.known = touches.len() - filed.new;
        Ok(filed)
    }
}

fn is_list(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".xlsx", ".parquet", ".tsv"].iter().any(|ending| name.ends_with(ending))
}

struct Reader<'a> {
    facts: &'a Facts,
    actor: &'a Actor,
    filed: Filed,
    touches: Vec<TouchToLog>,
}

type Read = (Filed, Vec<TouchToLog>);

impl Reader<'_> {
    fn mail(mut self, mail: &[LetterRecord]) -> Read {
        let mut unknown = BTreeSet::new();
        for letter in mail {
            let before = self.touches.len();
            let Some(day) = letter.day else {
                self.filed.passed_over += 1;
                continue;
            };
            let all = || std::iter::once(&letter.from).chain(&letter.to);
            let pam = all().find_map(|address| self.pam_at(address));
            let Some(pam) = pam else {
                self.filed.passed_over += 1;
                continue;
            };
            let mut partners = BTreeSet::new();
            for address in all() {
                match self.contact_at(address) {
                    Some((contact, partner)) if partners.insert(partner.id) => {
                        let kind = if letter.bulk { "newsletter" } else { "mail" };
                        let key = key(&["mail", &identity(letter), &partner.key]);
                        let (partner, contact) = (partner.id, Some(contact.id));
                        self.touches.push(TouchToLog { key, day, partner, contact, pam: Some(pam), kind });
                    }
                    Some(_) => {}
                    None if self.is_ours(address) => {}
                    None => {
                        unknown.insert(address.clone());
                    }
                }
            }
            self.filed.passed_over += usize::from(self.touches.len() == before);
        }
        self.filed.unknown = unknown.into_iter().take(NAMED).collect();
        (self.filed, self.touches)
    }

    fn list(mut self, name: &str, bytes: &[u8]) -> Result<Read, AppError> {
        let options = Options { kind: Some(Kind::Touches), ..Options::default() };
        let batches = read_all(&[Source { name, bytes }], &options)?;
        if let Some(wrong) = batches.iter().flat_map(|batch| &batch.wrong).flat_map(|row| &row.errors).next() {
            return Err(wrong_row(wrong));
        }
        for (_, record) in batches.iter().flat_map(|batch| &batch.touches) {
            match self.touch_of(record) {
                Some(touch) => self.touches.push(touch),
                None => self.filed.passed_over += 1,
            }
        }
        Ok((self.filed, self.touches))
    }

    fn touch_of(&self, record: &TouchRecord) -> Option<TouchToLog> {
        let partner = self.facts.partners.iter().find(|one| one.key == record.partner && self.actor.sees(one))?;
        let contacts = self.facts.contacts.iter().filter(|one| one.partner == partner.id);
        let contact = contacts.clone().find(|one| !record.contact.is_empty() && one.key == record.contact);
        let named = self.facts.pams.iter().find(|pam| pam.key == record.pam).map(|pam| pam.id);
        let pam = named.or(self.own_pam()).or(partner.pam);
        let key = format!("{:032x}", record.key);
        let contact = contact.map(|one| one.id);
        Some(TouchToLog { key, day: record.day, partner: partner.id, contact, pam, kind: record.kind.code })
    }

    fn own_pam(&self) -> Option<PamId> {
        if let Role::Pam(own) = self.actor.role { Some(own) } else { None }
    }

    /// The PAM with that address: of one's own where a PAM asks, anybody where a manager does.
    fn pam_at(&self, address: &str) -> Option<PamId> {
        let own = |pam: PamId| self.own_pam().is_none_or(|own| own == pam);
        let found = self.facts.pams.iter().find(|pam| !pam.email.is_empty() && pam.email.to_lowercase() == address);
        found.map(|pam| pam.id).filter(|pam| own(*pam))
    }

    /// Ours by its domain: whoever shares it with a PAM.
    fn is_ours(&self, address: &str) -> bool {
        let domain = |one: &str| one.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
        self.facts.pams.iter().any(|pam| domain(&pam.email).is_some() && domain(&pam.email) == domain(address))
    }

    fn contact_at(&self, address: &str) -> Option<(&Contact, &Partner)> {
        let found =
            self.facts.contacts.iter().filter(|one| !one.email.is_empty() && one.email.to_lowercase() == address);
        let mut seen = found.filter_map(|one| Some((one, self.facts.partner(one.partner)?)));
        seen.find(|(_, partner)| self.actor.sees(partner))
    }
}

/// The mail's own identity, or what else tells it apart.
fn identity(letter: &LetterRecord) -> String {
    if !letter.id.is_empty() {
        return letter.id.clone();
    }
    let day = letter.day.map(|day| day.to_string()).unwrap_or_default();
    format!("{} {day} {}", letter.from, letter.to.join(" "))
}

fn key(parts: &[&str]) -> String {
    format!("{:032x}", fingerprint(parts))
}

fn wrong_row(wrong: &RowError) -> AppError {
    let RowError { line, column, cause, remedy, cause_sv, remedy_sv, .. } = wrong;
    let en = format!("nothing was logged, for line {line} ({column}) of the list is wrong: {cause}. {remedy}");
    let sv = format!("inget loggades, för rad {line} ({column}) i listan är fel: {cause_sv}. {remedy_sv}");
    AppError::own("A302", ErrorKind::Refused, en, sv)
}
