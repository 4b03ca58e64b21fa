//! What partners' businesses look like: one file per table, each row about one partner.

pub(super) mod annual;
pub(super) mod campaigns;
pub(super) mod cases;
pub(super) mod certificates;
pub(super) mod contracts;
pub(super) mod pipeline;
pub(super) mod rebates;
pub(super) mod receivables;
pub(super) mod resale;
pub(super) mod stock;

use spelplan_facts::{Business, DayRange, Money, Share};

use super::row_reader::{RowReader, not_a_day};
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

/// First and last day of what the row is about.
fn period(reader: &mut RowReader<'_>) -> Option<DayRange> {
    let (from, to) = (reader.needed_day("period_start"), reader.needed_day("period_end"));
    let (from, to) = (from?, to?);
    if to < from {
        reader.complain("period_end", not_a_day(&format!("{from} to {to}")));
        return None;
    }
    Some(DayRange { from, to })
}

/// An amount that must be there.
fn needed_amount(reader: &mut RowReader<'_>, code: &str) -> Money {
    if reader.cell(code).is_empty() {
        reader.complain(code, super::row_reader::missing());
    }
    reader.amount(code).unwrap_or_default()
}
