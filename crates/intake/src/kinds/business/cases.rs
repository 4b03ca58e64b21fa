//! Service logs: what partners asked us to do, one row each; many orders may stand in one.

use spelplan_facts::{Business, Case, CaseKind};

use super::{PARTNER, keep};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, squashed, words};
use crate::errors::Complaint;
use crate::kinds::row_reader::{RowReader, negative};

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("case_id", "case caseno casenumber arende arendenr arendenummer ticket ticketid"),
        words("partner_id", PARTNER),
        words("case_type", "casekind arendetyp type typ"),
        dates("case_opened", "opened createddate inkommen inkom oppnad skapad"),
        dates("case_closed", "closed closeddate avslutad stangd klar"),
        numbers("response_hours", "responsetime svarstimmar svarstid"),
        numbers("orders", "ordercount antalorder"),
        numbers("order_errors", "errors orderfel antalfel felaktiga"),
        numbers("case_amount", "amount belopp"),
    ],
    needed: &[&["case_id"], &["partner_id"], &["case_type"], &["case_opened"]],
    telling: &["case_id", "case_type", "response_hours", "order_errors"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let number = reader.needed_words("case_id").into_owned();
    let Some(opened) = reader.needed_day("case_opened") else { return };
    let word = reader.needed_words("case_type").into_owned();
    let Some(kind) = kind(&squashed(&word)) else {
        return reader.complain("case_type", unknown_kind(&word));
    };
    let response_hours = reader.amount("response_hours").map(|hours| hours.units());
    if response_hours.is_some_and(|hours| hours < 0.0) {
        reader.complain("response_hours", negative(&reader.words("response_hours")));
    }
    let case = Case {
        kind,
        opened,
        closed: reader.day("case_closed"),
        response_hours,
        orders: reader.count("orders").unwrap_or(1),
        order_errors: reader.count("order_errors"),
        amount: reader.amount("case_amount"),
    };
    keep(reader, batch, partner, number, Business::Case(case));
}

/// The kind that these words mean, told by what they begin with.
fn kind(words: &str) -> Option<CaseKind> {
    const BEGINNINGS: [(CaseKind, &[&str]); 4] = [
        (CaseKind::PriceProtection, &["priceprotection", "prisskydd"]),
        (CaseKind::Quote, &["quot", "offert"]),
        (CaseKind::Return, &["rma", "return", "retur"]),
        (CaseKind::Order, &["order", "bestallning"]),
    ];
    let begins = |(_, all): &&(CaseKind, &[&str])| all.iter().any(|one| words.starts_with(one));
    BEGINNINGS.iter().find(begins).map(|(kind, _)| *kind)
}

fn unknown_kind(word: &str) -> Complaint {
    Complaint::new(
        "I117",
        (
            format!("\"{word}\" is no kind of case; known are quote, order, return and price-protection"),
            "Write one of those words, or leave the row out",
        ),
        (
            format!("\"{word}\" är ingen ärendetyp; kända är offert, order, retur och prisskydd"),
            "Skriv ett av de orden, eller lämna bort raden",
        ),
    )
}
