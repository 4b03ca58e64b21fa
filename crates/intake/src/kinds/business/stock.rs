//! Our goods in partners' stock, one row for each count and category or article.

use spelplan_facts::{Business, StockLevel};

use super::{PARTNER, keep, needed_amount};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, words};
use crate::kinds::row_reader::RowReader;

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("partner_id", PARTNER),
        dates("counted_on", "stockdate lagerdatum inventerad date datum day dag"),
        words("stock_of", "category kategori sku article artikel"),
        numbers("stock_value", "lagervarde inventoryvalue valueatcost"),
        dates("last_moved", "moved senastrorelse lastmovement"),
    ],
    needed: &[&["partner_id"], &["counted_on"], &["stock_value"]],
    telling: &["stock_value", "last_moved", "counted_on"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let Some(day) = reader.needed_day("counted_on") else { return };
    let what = reader.words("stock_of");
    let value = needed_amount(reader, "stock_value");
    let level = StockLevel { day, what: what.clone(), value, moved: reader.day("last_moved") };
    keep(reader, batch, partner, format!("{day} {what}"), Business::Stock(level));
}
