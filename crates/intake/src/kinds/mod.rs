//! Kinds of records: one file per kind, with its columns and how a row becomes a record. Also tells a file's kind by
//! its header.

mod absences;
mod addresses;
mod contacts;
mod currencies;
mod pams;
mod partners;
mod products;
mod quotas;
pub(crate) mod row_reader;
mod sales;
mod touches;

use row_reader::RowReader;

use crate::columns::{Columns, Layout, squashed};
use crate::{Batch, Kind, Options};

pub(crate) use currencies::mixed_currency;
pub(crate) use sales::{Interner, RETURNED_KEY, guess_aftermarket};

/// Takes the rows of one file, one by one, into a batch.
pub(crate) trait Collector {
    /// Takes one row; nothing of it where the reader found something wrong.
    fn take(&mut self, reader: &mut RowReader<'_>, batch: &mut Batch);
    /// After the last row.
    fn finish(&mut self, _batch: &mut Batch) {}
}

/// A collector without memory between rows.
struct Each(fn(&mut RowReader<'_>, &mut Batch));

impl Collector for Each {
    fn take(&mut self, reader: &mut RowReader<'_>, batch: &mut Batch) {
        (self.0)(reader, batch);
    }
}

/// The columns of a kind.
pub(crate) fn columns(kind: Kind) -> &'static Columns {
    match kind {
        Kind::Pams => &pams::COLUMNS,
        Kind::Partners => &partners::COLUMNS,
        Kind::Contacts => &contacts::COLUMNS,
        Kind::Products => &products::COLUMNS,
        Kind::Sales => &sales::COLUMNS,
        Kind::Touches => &touches::COLUMNS,
        Kind::Quotas => &quotas::COLUMNS,
        Kind::Absences => &absences::COLUMNS,
    }
}

/// What takes rows of that kind.
pub(crate) fn collector(kind: Kind, source: &str, layout: &Layout) -> Box<dyn Collector> {
    match kind {
        Kind::Pams => Box::new(Each(pams::take)),
        Kind::Partners => Box::new(Each(partners::take)),
        Kind::Contacts => Box::new(Each(contacts::take)),
        Kind::Products => Box::new(Each(products::take)),
        Kind::Sales => Box::new(sales::SalesCollector::new(layout)),
        Kind::Touches => Box::new(touches::TouchCollector::new(source, layout)),
        Kind::Quotas => Box::new(Each(quotas::take)),
        Kind::Absences => Box::new(Each(absences::take)),
    }
}

/// How well a header fits its best kind, and which that is; `None` where a needed column of every kind is missing.
pub(crate) fn recognise(source: &str, header: &[String], options: &Options) -> Option<(Kind, usize)> {
    let file = squashed(source);
    let fits =
        Kind::ALL.into_iter().filter(|kind| options.kind.is_none_or(|wanted| wanted == *kind)).filter_map(|kind| {
            let columns = columns(kind);
            let layout = Layout::of(columns, header, &options.columns);
            let hinted = file_words(kind).iter().any(|word| file.contains(word));
            layout.missing(columns).is_empty().then(|| (kind, layout.likeness(columns) + if hinted { 3 } else { 0 }))
        });
    // Of equal fits the first listed wins.
    fits.fold(
        None,
        |best: Option<(Kind, usize)>, fit| if best.is_some_and(|best| best.1 >= fit.1) { best } else { Some(fit) },
    )
}

/// Words in a file's name that tell its kind.
fn file_words(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Pams => &["pams", "pam", "saljare", "employees", "accountmanagers"],
        Kind::Partners => &["partner", "aterforsaljare", "reseller", "account", "kund", "customer", "companies"],
        Kind::Contacts => &["contact", "kontakt"],
        Kind::Products => &["product", "produkt", "artik", "article", "item"],
        Kind::Sales => &["sellout", "sales", "forsaljning", "invoice", "faktur", "orders", "lines"],
        Kind::Touches => {
            &["visit", "besok", "touch", "activit", "aktivitet", "event", "appointment", "meeting", "moten"]
        }
        Kind::Quotas => &["quota", "target", "budget", "malsattning"],
        Kind::Absences => &["absence", "franvaro", "vacation", "semester", "leave"],
    }
}
