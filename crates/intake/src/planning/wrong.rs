//! Wrong rows of a plan: those found on reading and those that only the plan finds, with their cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::errors::Complaint;
use crate::kinds::RETURNED_KEY;
use crate::plan::MAX_WRONG_ROWS;
use crate::{Batch, Kind, Notice, RowError, SaleRecord, WrongRow};

/// Wrong rows by batch.
#[derive(Debug, Default)]
pub(super) struct WrongRows {
    read: Vec<Vec<WrongRow>>,
    found: Vec<BTreeMap<u32, Vec<RowError>>>,
    /// Lines whose file is gone: what the records hold of them.
    made: Vec<BTreeMap<u32, WrongRow>>,
    beyond: Vec<usize>,
}

/// Header of lines whose file is gone.
const MADE_HEADER: [&str; 10] =
    ["date", "partner_id", "sku", "category", "brand", "distributor", "quantity", "revenue", "margin", RETURNED_KEY];

impl WrongRows {
    /// Takes over what reading found.
    pub fn of(batches: &mut [Batch]) -> WrongRows {
        let n = batches.len();
        WrongRows {
            read: batches.iter_mut().map(|batch| std::mem::take(&mut batch.wrong)).collect(),
            found: vec![BTreeMap::new(); n],
            made: vec![BTreeMap::new(); n],
            beyond: vec![0; n],
        }
    }

    /// Complains about a row of a batch.
    pub fn complain(&mut self, at: usize, batch: &Batch, line: u32, code: &str, complaint: Complaint) {
        let error = complaint.at(&batch.source, line, &column_of(batch, code));
        self.found[at].entry(line).or_default().push(error);
        self.keep_the_first(at);
    }

    /// Complains about a sale line; where the file is gone its cells are made from the record.
    pub fn complain_sale(
        &mut self,
        at: usize,
        batch: &Batch,
        (line, sale, names): (u32, &SaleRecord, [&str; 5]),
        code: &str,
        complaint: Complaint,
    ) {
        if batch.origin.is_some() {
            return self.complain(at, batch, line, code, complaint);
        }
        let errors = vec![complaint.at(&batch.source, line, code)];
        self.made[at].insert(line, WrongRow { cells: made_cells(sale, names), errors });
        self.keep_the_first(at);
    }

    /// Lets the last line go where there are more than are given back.
    fn keep_the_first(&mut self, at: usize) {
        if self.n(at) > MAX_WRONG_ROWS && (self.found[at].pop_last().is_some() || self.made[at].pop_last().is_some()) {
            self.beyond[at] += 1;
        }
    }

    /// How many wrong rows each kind has, as found by reading (those kept) and by the plan.
    pub fn by_kind(&self, batches: &[Batch]) -> Vec<(Kind, usize)> {
        let all = batches.iter().enumerate();
        all.filter_map(|(at, batch)| Some((batch.kind?, self.n(at) + self.beyond[at]))).collect()
    }

    fn n(&self, at: usize) -> usize {
        self.read[at].len() + self.found[at].len() + self.made[at].len()
    }

    /// All wrong rows by source, in the order of their lines, with what is to be said about them.
    #[allow(clippy::type_complexity, reason = "the plan's own shape: name, header, rows")]
    pub fn give_back(self, batches: &[Batch]) -> (Vec<(String, Vec<String>, Vec<WrongRow>)>, Vec<Notice>) {
        let (mut wrong, mut notices) = (Vec::new(), Vec::new());
        let all = self.read.into_iter().zip(self.found).zip(self.made).zip(self.beyond).zip(batches);
        for ((((mut rows, mut found), made), beyond), batch) in all {
            let lines: BTreeSet<u32> = found.keys().copied().collect();
            if let (Some(origin), false) = (&batch.origin, lines.is_empty()) {
                for (line, cells) in origin.rows_at(&lines) {
                    rows.extend(found.remove(&line).map(|errors| WrongRow { cells, errors }));
                }
            }
            rows.extend(found.into_values().map(|errors| WrongRow { cells: Vec::new(), errors }));
            rows.sort_by_key(|row| row.errors.first().map_or(0, |error| error.line));
            if !rows.is_empty() {
                wrong.push((batch.source.clone(), batch.header.clone(), rows));
            }
            if !made.is_empty() {
                wrong.push((
                    batch.source.clone(),
                    MADE_HEADER.map(str::to_owned).to_vec(),
                    made.into_values().collect(),
                ));
            }
            if beyond > 0 {
                notices.push(not_all_given_back(&batch.source, beyond));
            }
        }
        (wrong, notices)
    }
}

/// What the file calls a column; our own name where it has no header.
fn column_of(batch: &Batch, code: &str) -> String {
    batch.origin.as_ref().map_or_else(|| code.to_owned(), |origin| origin.called(code))
}

fn made_cells(sale: &SaleRecord, [partner, category, sku, brand, distributor]: [&str; 5]) -> Vec<String> {
    let amount = |money| crate::cells::Cell::Amount(money).words().into_owned();
    vec![
        sale.day.to_string(),
        partner.to_owned(),
        sku.to_owned(),
        category.to_owned(),
        brand.to_owned(),
        distributor.to_owned(),
        sale.quantity.to_string(),
        amount(sale.revenue),
        sale.margin.map(amount).unwrap_or_default(),
        format!("{:032x}", sale.key),
    ]
}

fn not_all_given_back(source: &str, beyond: usize) -> Notice {
    Notice {
        code: "I210",
        en: format!("{source}: the first {MAX_WRONG_ROWS} wrong rows are given back, {beyond} more are only counted."),
        sv: format!("{source}: de första {MAX_WRONG_ROWS} felraderna ges tillbaka, {beyond} till bara räknas."),
    }
}
