//! Our invoices to partners, one row each.

use spelplan_facts::{Business, Invoice};

use super::{PARTNER, keep, needed_amount};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, words};
use crate::kinds::row_reader::RowReader;

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("invoice_id", "invoice invoiceno invoicenumber fakturanr fakturanummer faktura"),
        words("partner_id", PARTNER),
        dates("invoice_date", "fakturadatum date datum"),
        dates("due_date", "forfallodatum due forfaller"),
        dates("paid_date", "betaldatum paid betald betaldag"),
        numbers("invoice_amount", "amount belopp"),
        numbers("credit_limit", "limit kreditlimit kreditgrans creditlimit"),
    ],
    needed: &[&["invoice_id"], &["partner_id"], &["invoice_date"], &["due_date"], &["invoice_amount"]],
    telling: &["due_date", "paid_date", "invoice_id"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let number = reader.needed_words("invoice_id").into_owned();
    let (day, due) = (reader.needed_day("invoice_date"), reader.needed_day("due_date"));
    let (Some(day), Some(due)) = (day, due) else { return };
    let (paid, amount) = (reader.day("paid_date"), needed_amount(reader, "invoice_amount"));
    let invoice = Invoice { number: number.clone(), day, due, paid, amount, limit: reader.amount("credit_limit") };
    keep(reader, batch, partner, number, Business::Invoice(invoice));
}
