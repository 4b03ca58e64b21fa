//! Kinds of records: one file per kind, with its columns and how a row becomes a record. Also tells a file's kind by
//! its header.

mod absences;
mod addresses;
mod business;
mod contacts;
mod currencies;
mod meetings;
mod pams;
mod partners;
mod products;
mod quotas;
pub(crate) mod row_reader;
mod sale_keys;
mod sales;
mod supplies;
mod toss_ups;
mod touches;

use row_reader::RowReader;

use crate::columns::{Columns, Layout, squashed};
use crate::{Batch, Kind, Options};

pub(crate) use currencies::mixed_currency;
pub(crate) use sale_keys::RETURNED_KEY;
pub(crate) use sales::{Interner, guess_aftermarket};
pub(crate) use supplies::Supplies;

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
        Kind::Meetings => &meetings::COLUMNS,
        Kind::Annual => &business::annual::COLUMNS,
        Kind::Contracts => &business::contracts::COLUMNS,
        Kind::Rebates => &business::rebates::COLUMNS,
        Kind::Certificates => &business::certificates::COLUMNS,
        Kind::Stock => &business::stock::COLUMNS,
        Kind::Receivables => &business::receivables::COLUMNS,
        Kind::Pipeline => &business::pipeline::COLUMNS,
        Kind::Campaigns => &business::campaigns::COLUMNS,
        Kind::Resale => &business::resale::COLUMNS,
        Kind::Cases => &business::cases::COLUMNS,
        Kind::TossUps => &toss_ups::COLUMNS,
    }
}

/// Is that our name for a column of some kind?
pub(crate) fn is_column(name: &str) -> bool {
    Kind::ALL.iter().any(|kind| columns(*kind).all.iter().any(|column| column.code == name))
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
        Kind::Meetings => Box::new(Each(meetings::take)),
        Kind::Annual => Box::new(Each(business::annual::take)),
        Kind::Contracts => Box::new(Each(business::contracts::take)),
        Kind::Rebates => Box::new(Each(business::rebates::take)),
        Kind::Certificates => Box::new(Each(business::certificates::take)),
        Kind::Stock => Box::new(Each(business::stock::take)),
        Kind::Receivables => Box::new(Each(business::receivables::take)),
        Kind::Pipeline => Box::new(Each(business::pipeline::take)),
        Kind::Campaigns => Box::new(Each(business::campaigns::take)),
        Kind::Resale => Box::new(Each(business::resale::take)),
        Kind::Cases => Box::new(Each(business::cases::take)),
        Kind::TossUps => Box::new(Each(toss_ups::take)),
    }
}

/// The kind a header fits best and how well; `None` where a needed column of every kind is missing, or where it looks
/// much more like a kind that lacks one: sale lines without an amount are not visits.
pub(crate) fn recognise(source: &str, header: &[String], options: &Options) -> Option<(Kind, usize)> {
    let file = squashed(source.rsplit(['/', '\\']).next().unwrap_or(source));
    let (mut best, mut best_lacking) = (None, 0);
    for kind in Kind::ALL.into_iter().filter(|kind| options.kind.is_none_or(|wanted| wanted == *kind)) {
        let columns = columns(kind);
        let layout = Layout::of(columns, header, &options.columns);
        let told = options.kind.is_some() || file_words(kind).iter().any(|word| file.contains(word));
        let likeness = layout.likeness(columns) + if told { 3 } else { 0 };
        // A single number says too little: every table of the trade has a partner's.
        if !layout.missing(columns).is_empty() || (layout.codes().count() < 2 && !told) {
            best_lacking = best_lacking.max(likeness);
        } else if best.is_none_or(|(_, most)| most < likeness) {
            best = Some((kind, likeness));
        }
    }
    best.filter(|(_, likeness)| likeness + MUCH_MORE >= best_lacking)
}

/// How much more a header must look like a kind that lacks a column before it is refused as any other.
const MUCH_MORE: usize = 4;

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
        Kind::Meetings => &["plannedmeeting", "motesplan"],
        Kind::Annual => &["annual", "arsredovisning", "bokslut"],
        Kind::Contracts => &["contract", "avtal"],
        Kind::Rebates => &["rebate", "bonus"],
        Kind::Certificates => &["certificat", "certifikat", "certifiering"],
        Kind::Stock => &["stock", "lager"],
        Kind::Receivables => &["receivable", "reskontra", "kundfordring"],
        Kind::Pipeline => &["pipeline", "deals", "opportunit", "affarer"],
        Kind::Campaigns => &["campaign", "kampanj", "mdf"],
        Kind::Resale => &["resale", "vidareforsaljning"],
        Kind::Cases => &["cases", "arenden", "servicelog"],
        Kind::TossUps => &["tossup", "lottning", "lottery"],
    }
}
