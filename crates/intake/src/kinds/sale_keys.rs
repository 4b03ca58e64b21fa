//! What tells one sale line from another, now and in later imports.
//!
//! A line is known again by its invoice line number; else by order number and line number; else by order number,
//! partner, article and category; a sum per month by month, partner, category and article; and a row without any of
//! these by its whole content; each of them apart by the distributor that sold, and a sum by its brand too. Where equal rows without an own number occur several times in one file they are
//! numbered, so all of them are kept, and the same file read again gives the same lines.

use spelplan_facts::Day;

use super::row_reader::RowReader;
use crate::cells::{Cell, Row};
use crate::columns::Layout;
use crate::fingerprints::{fingerprint_in, mark_of, occurrence};
use crate::{SaleRecord, Supply};

/// Column in which a line that was given back as wrong keeps its fingerprint, where its own columns were not kept.
pub(crate) const RETURNED_KEY: &str = "spelplan_key";

/// What tells the lines of one file apart, and where that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    /// Given back by us with its fingerprint.
    Returned(usize),
    /// One number for the line.
    InvoiceLine(usize),
    /// Order and line number.
    OrderLine(usize, usize),
    /// Order number alone.
    Order(usize),
    /// A sum per month.
    Sum,
    /// Nothing but the content.
    Content,
}

/// Makes the keys of one file's lines.
pub(super) struct SaleKeys {
    /// What they are made of.
    pub identity: Identity,
    bytes: Vec<u8>,
    /// Lines without a number of their own, to be numbered among equals.
    unnumbered: Vec<u32>,
}

impl SaleKeys {
    /// For a file with that header.
    pub fn new(layout: &Layout) -> SaleKeys {
        let place = |code: &str| layout.place(code);
        let identity = match (place("invoice_line"), place("order_no"), place("line_no")) {
            _ if layout.has(RETURNED_KEY) => Identity::Returned(place(RETURNED_KEY).unwrap_or_default()),
            (Some(line), _, _) => Identity::InvoiceLine(line),
            (None, Some(order), Some(line)) => Identity::OrderLine(order, line),
            (None, Some(order), None) => Identity::Order(order),
            (None, None, _) if !layout.has("date") => Identity::Sum,
            _ => Identity::Content,
        };
        SaleKeys { identity, bytes: Vec::with_capacity(128), unnumbered: Vec::new() }
    }

    /// The key of the line that becomes the batch's `at`-th, from its own numbers where the row has them.
    pub fn key(
        &mut self,
        reader: &RowReader<'_>,
        at: usize,
        day: Day,
        names: [&str; 3],
        supply: Option<&Supply>,
    ) -> u128 {
        let mark = self.mark(supply);
        let row = reader.row;
        let own = |place: usize| Some(row.cell(place)).filter(|cell| !cell.is_empty()).map(Cell::words);
        let [partner, category, sku] = names;
        let key = match self.identity {
            // Given back with its mark.
            Identity::Returned(place) => {
                own(place).and_then(|words| u128::from_str_radix(&words, 16).ok()).map(|key| key ^ mark)
            }
            Identity::InvoiceLine(line) => {
                own(line).map(|line| fingerprint_in(&mut self.bytes, &["invoice line", &line]))
            }
            Identity::OrderLine(order, line) => own(order)
                .zip(own(line))
                .map(|(order, line)| fingerprint_in(&mut self.bytes, &["order line", &order, &line])),
            Identity::Sum => {
                let month = day.month().to_string();
                Some(fingerprint_in(&mut self.bytes, &["sum", &month, partner, category, sku]))
            }
            Identity::Order(_) | Identity::Content => None,
        };
        mark ^ key.unwrap_or_else(|| {
            self.unnumbered.push(at as u32);
            self.key_among_equals(row, names)
        })
    }

    fn mark(&self, supply: Option<&Supply>) -> u128 {
        supply.map_or(0, |supply| mark_of(supply, self.identity == Identity::Sum))
    }

    /// The key of a row without a number of its own: its order and what it is about, else all it says.
    fn key_among_equals(&mut self, row: &dyn Row, [partner, category, sku]: [&str; 3]) -> u128 {
        if let Identity::Order(order) | Identity::OrderLine(order, _) = self.identity
            && !row.cell(order).is_empty()
        {
            return fingerprint_in(&mut self.bytes, &["order", &row.cell(order).words(), partner, sku, category]);
        }
        let cells: Vec<_> = (0..row.len()).map(|at| row.cell(at).words()).collect();
        let mut parts: Vec<&str> = vec!["row"];
        parts.extend(cells.iter().map(|cell| &**cell));
        fingerprint_in(&mut self.bytes, &parts)
    }

    /// After the last row: numbers the rows that are equal.
    pub fn number_equals(&self, sales: &mut [SaleRecord], supplies: &[Supply]) {
        let mark = |sale: &SaleRecord| self.mark(sale.supply.map(|at| &supplies[at as usize]));
        number_occurrences(sales, &self.unnumbered, mark);
    }
}

/// Gives those of the lines at `unnumbered` that have equal keys a number each, in the order of the rows: the first
/// keeps the key.
fn number_occurrences(sales: &mut [SaleRecord], unnumbered: &[u32], mark: impl Fn(&SaleRecord) -> u128) {
    let mut order: Vec<(u64, u32)> = unnumbered.iter().map(|&at| ((sales[at as usize].key >> 64) as u64, at)).collect();
    order.sort_unstable();
    for group in order.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let mut seen: Vec<(u128, u32)> = Vec::new();
        for (_, at) in group {
            let key = sales[*at as usize].key;
            match seen.iter_mut().find(|(own, _)| *own == key) {
                Some((_, n)) => {
                    *n += 1;
                    let mark = mark(&sales[*at as usize]);
                    sales[*at as usize].key = mark ^ occurrence(key ^ mark, *n);
                }
                None => seen.push((key, 0)),
            }
        }
    }
}
