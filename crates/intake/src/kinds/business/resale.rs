//! What partners tell of their sales of our goods, one row for each partner and period.

use spelplan_facts::{Business, Resale};

use super::{PARTNER, keep, needed_amount, period};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, words};
use crate::kinds::row_reader::RowReader;

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("partner_id", PARTNER),
        dates("period_start", "from fran periodstart startdate startdatum"),
        dates("period_end", "to till periodend periodslut enddate slutdatum"),
        numbers("resale_revenue", "resale resold vidareforsaljning derasforsaljning"),
        numbers("resale_purchases", "purchasevalue inkopsvarde derasinkop"),
        numbers("own_cost", "costtoserve egnakostnader egenkostnad hanteringskostnad"),
    ],
    needed: &[&["partner_id"], &["period_start"], &["period_end"], &["resale_revenue"], &["resale_purchases"]],
    telling: &["resale_revenue", "resale_purchases", "own_cost"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let Some(period) = period(reader) else { return };
    let resale = Resale {
        period,
        revenue: needed_amount(reader, "resale_revenue"),
        purchases: needed_amount(reader, "resale_purchases"),
        own_cost: reader.amount("own_cost"),
    };
    keep(reader, batch, partner, period.from.to_string(), Business::Resale(resale));
}
