//! What partners' businesses look like: one file per table, each row about one partner.

pub(super) mod annual;
pub(super) mod certificates;
pub(super) mod contracts;
pub(super) mod pipeline;
pub(super) mod rebates;
pub(super) mod receivables;
pub(super) mod stock;

use spelplan_facts::{Business, Money, Share};

use super::row_reader::RowReader;
use crate::{Batch, BusinessRow};

/// Other names of the column that says which partner.
pub(super) const PARTNER: &str = "partnerkey partner partnerno partnernr accountid kundnr kundnummer customerid \
    resellerid accountname companyname company foretag kund aterforsaljare";

/// Keeps a row that is good.
fn keep(reader: &RowReader<'_>, batch: &mut Batch, partner: String, key: String, what: Business) {
    if reader.is_good() {
        batch.business.push((reader.line, BusinessRow { partner, key, what }));
    }
}

/// A part of a whole: 0.4, 40 or 40 %.
fn part(reader: &mut RowReader<'_>, code: &str) -> Option<Share> {
    let number = reader.amount(code)?.units();
    Some(Share(if number > 1.0 { number / 100.0 } else { number }.clamp(0.0, 1.0)))
}

/// An amount that must be there.
fn needed_amount(reader: &mut RowReader<'_>, code: &str) -> Money {
    if reader.cell(code).is_empty() {
        reader.complain(code, super::row_reader::missing());
    }
    reader.amount(code).unwrap_or_default()
}
