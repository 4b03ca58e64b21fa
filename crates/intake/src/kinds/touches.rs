//! Touches: past visits, calls, mails and the like.

use spelplan_facts::{TouchKind, touches};

use super::row_reader::RowReader;
use crate::columns::{Columns, Layout, dates, numbers, squashed, words};
use crate::errors::Complaint;
use crate::fingerprints::fingerprint;
use crate::{Batch, Notice, TouchRecord};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words("touch_id", "activityid donotmodifyappointment donotmodifyactivity recordid visitid eventid id"),
        dates(
            "date",
            "datum day dag visitdate besoksdatum activitydate startdatetime activitydatetime duedatetime \
            starttime scheduledstart start duedateonly enddatetime",
        ),
        words(
            "partner_id",
            "partnerkey partner partnerno partnernr accountid whatid regarding associatedcompanyids \
            companyid kundnr kundnummer customerid resellerid relatedtoid company kund aterforsaljare",
        ),
        words("kind", "type typ touchkind kontaktsatt activitytype aktivitetstyp channel touch"),
        words("pam_id", "pam pamkey ownerid assignedtoid owner saljare saljarnr employeekey"),
        words("contact_id", "contact contactkey whoid kontakt kontaktperson associatedcontactids"),
        numbers("quality", "kvalitet rating betyg"),
        words("status", "statecode showas outcome"),
        words("deleted", "isdeleted"),
        words("location", "plats where"),
        words("subject", "amne rubrik titel"),
    ],
    needed: &[&["date"], &["partner_id"]],
    telling: &["kind", "quality", "subject", "location", "touch_id"],
};

/// Takes touches; knows what kind they are where the file does not say.
pub(super) struct TouchCollector {
    assumed: bool,
    n_assumed: usize,
    n_passed_over: usize,
}

impl TouchCollector {
    /// For a file without a column of kinds, its name and headers tell whether it lists visits.
    pub fn new(source: &str, layout: &Layout) -> TouchCollector {
        let says_visit = |text: &str| ["visit", "besok"].iter().any(|word| squashed(text).contains(word));
        let told = says_visit(source) || layout.header.iter().any(|header| says_visit(header));
        TouchCollector { assumed: !layout.has("kind") && !told, n_assumed: 0, n_passed_over: 0 }
    }
}

impl super::Collector for TouchCollector {
    fn take(&mut self, reader: &mut RowReader<'_>, batch: &mut Batch) {
        if did_not_happen(reader) {
            self.n_passed_over += 1;
            return;
        }
        let day = reader.needed_day("date");
        let partner = first_of_list(&reader.needed_words("partner_id"));
        let kind = kind(reader);
        let quality = quality(reader);
        let (Some(day), Some(kind), true) = (day, kind, reader.is_good()) else { return };
        self.n_assumed += usize::from(self.assumed);
        let (pam, id) = (reader.words("pam_id"), reader.words("touch_id"));
        let key = if id.is_empty() {
            fingerprint(&["touch", &day.to_string(), &partner, &pam, kind.code])
        } else {
            fingerprint(&["touch id", &id])
        };
        let contact = first_of_list(&reader.words("contact_id"));
        batch.touches.push((reader.line, TouchRecord { key, day, partner, contact, pam, kind, quality }));
    }

    fn finish(&mut self, batch: &mut Batch) {
        if self.n_passed_over > 0 {
            let n = self.n_passed_over;
            batch.notices.push(Notice {
                code: "I206",
                en: format!("{n} cancelled or deleted rows were passed over: they are not touches."),
                sv: format!("{n} inställda eller raderade rader hoppades över: de är inga kontakter."),
            });
        }
        if self.n_assumed > 0 {
            let n = self.n_assumed;
            batch.notices.push(Notice {
                code: "I214",
                en: format!("{n} rows do not say what kind of touch they are; taken for visits unless place or subject says video or call. Add a column \"kind\" to say it."),
                sv: format!("{n} rader säger inte vilket kontaktsätt det är; togs som besök om inte plats eller ämne säger video eller samtal. Lägg till kolumnen \"kind\" för att ange det."),
            });
        }
    }
}

/// Cancelled, deleted or missed: no touch.
fn did_not_happen(reader: &RowReader<'_>) -> bool {
    const WORDS: [&str; 9] =
        ["canceled", "cancelled", "inställt", "inställd", "avbokad", "avbokat", "no show", "no_show", "missed"];
    let status = reader.words("status").to_lowercase();
    reader.truth("deleted") == Some(true) || WORDS.contains(&status.as_str())
}

/// HubSpot joins several by semicolons; the first is the primary one.
fn first_of_list(keys: &str) -> String {
    keys.split(';').map(str::trim).find(|key| !key.is_empty()).unwrap_or_default().to_owned()
}

fn kind(reader: &mut RowReader<'_>) -> Option<&'static TouchKind> {
    let word = reader.words("kind");
    if word.is_empty() {
        return Some(kind_by_text(reader));
    }
    let kind = TouchKind::named(&word);
    if kind.is_none() {
        reader.complain("kind", unknown_kind(&word));
    }
    kind
}

/// Where no kind is told: what place and subject say, else a visit.
fn kind_by_text(reader: &RowReader<'_>) -> &'static TouchKind {
    let text = format!("{} {}", reader.words("location"), reader.words("subject")).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let named = if says(&["teams", "zoom", "google meet", "webex", "video", "skype"]) {
        TouchKind::named("video")
    } else if says(&["telefon", "phone", "call ", "samtal"]) {
        TouchKind::named("call")
    } else {
        None
    };
    named.unwrap_or(touches::visit())
}

fn quality(reader: &mut RowReader<'_>) -> Option<f64> {
    let quality = reader.amount("quality")?.units();
    if !(0.0..=1.2).contains(&quality) {
        reader.complain("quality", quality_out_of_range(quality));
    }
    Some(quality)
}

fn unknown_kind(word: &str) -> Complaint {
    let known: Vec<&str> = touches::KINDS.iter().map(|kind| kind.code).collect();
    let known = known.join(", ");
    Complaint::new(
        "I108",
        (format!("\"{word}\" is no kind of touch; known are {known}"), "Write one of those words"),
        (format!("\"{word}\" är inget kontaktsätt; kända är {known}"), "Skriv ett av de orden"),
    )
}

fn quality_out_of_range(quality: f64) -> Complaint {
    Complaint::new(
        "I111",
        (format!("{quality} lies outside 0–1.2"), "1 is a meeting with agenda, purpose and goal; 0.5 one without"),
        (format!("{quality} ligger utanför 0–1,2"), "1 är ett möte med agenda, syfte och mål; 0,5 ett utan"),
    )
}
