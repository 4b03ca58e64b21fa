//! Certificates that partners need or have, one row each.

use spelplan_facts::{Business, Certificate};

use super::{PARTNER, keep};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, words};
use crate::kinds::row_reader::RowReader;

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("partner_id", PARTNER),
        words("certificate", "certification certifikat certifiering"),
        numbers("required", "kravs antalkravs needed"),
        numbers("held", "har antal innehar holders"),
        dates("valid_until", "expires giltigtill utgar validto"),
    ],
    needed: &[&["partner_id"], &["certificate"]],
    telling: &["certificate", "valid_until", "required"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let name = reader.needed_words("certificate").into_owned();
    let certificate = Certificate {
        name: name.clone(),
        required: reader.count("required").unwrap_or(1),
        held: reader.count("held").unwrap_or(1),
        valid_until: reader.day("valid_until"),
    };
    keep(reader, batch, partner, name, Business::Certificate(certificate));
}
