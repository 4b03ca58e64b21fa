//! Articles and sale lines: millions of them, so names become numbers once and lines are moved, not copied.

use std::collections::{BTreeMap, HashMap, HashSet};

use spelplan_facts::Money;

use super::Planning;
use super::names::{Found, conflict, unknown_partner};
use super::supplies::ToldSince;
use crate::errors::Complaint;
use crate::fingerprints::content_of;
use crate::kinds::{Interner, Supplies, guess_aftermarket, mixed_currency};
use crate::{Batch, Counts, Kind, Notice, PlannedSale, SaleRecord};

/// Lines moved at a time, so that a file's lines and the plan's are never both held whole.
const CHUNK: usize = 1 << 18;

/// Names of the plan, numbered.
#[derive(Default)]
struct Tables {
    partners: Interner,
    categories: Interner,
    skus: Interner,
    supplies: Supplies,
}

/// Where each planned line came from, until duplicates are told.
struct Sources {
    /// Batch of the lines from an index on.
    batches: Vec<(usize, usize)>,
    /// Line in its file.
    lines: Vec<u32>,
}

impl Planning<'_> {
    pub(super) fn plan_products(&mut self, batches: &mut [Batch]) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, record) in std::mem::take(&mut batch.products) {
                match seen.get(&record.sku) {
                    Some(category) if *category == record.category => self.count(Kind::Products).duplicate += 1,
                    Some(_) => self.wrong.complain(at, batch, line, "sku", conflict(&record.sku)),
                    None => {
                        let counts = self.counts.entry(Kind::Products).or_default();
                        match self.known.product_categories.get(&record.sku) {
                            Some(category) if *category == record.category => counts.same += 1,
                            before => {
                                *(if before.is_some() { &mut counts.changed } else { &mut counts.new }) += 1;
                                self.plan.products.push((record.sku.clone(), record.category.clone()));
                            }
                        }
                        if let Some(aftermarket) = record.aftermarket {
                            self.aftermarket.insert(record.category.clone(), aftermarket);
                        }
                        seen.insert(record.sku, record.category);
                    }
                }
            }
        }
        self.product_categories = seen;
    }

    pub(super) fn plan_sales(&mut self, batches: &mut [Batch]) {
        if batches.iter().all(|batch| batch.sales.is_empty()) {
            return;
        }
        let mut tables = Tables::default();
        let mut sources = Sources { batches: Vec::new(), lines: Vec::new() };
        self.plan.currency = self.known.currency.clone();
        self.say_double_counting(batches);
        self.plan.sales.reserve_exact(batches.iter().map(|batch| batch.sales.len()).sum());
        for (at, batch) in batches.iter_mut().enumerate().filter(|(_, batch)| !batch.sales.is_empty()) {
            self.take_lines(at, batch, &mut tables, &mut sources);
        }
        let keep = self.tell_duplicates(batches, &sources);
        drop(sources);
        self.compare_lines(&keep);
        self.say_uncategorised();
    }

    /// Moves a batch's lines into the plan, with the plan's numbers for names; lines of unknown partners stay behind.
    fn take_lines(&mut self, at: usize, batch: &mut Batch, tables: &mut Tables, sources: &mut Sources) {
        let numbers = self.numbers(batch, tables);
        let foreign = self.foreign_currency(batch);
        let mixed = mixed_lines(batch);
        let start = self.plan.sales.len();
        let mut sales = std::mem::take(&mut batch.sales);
        sources.batches.push((start, at));
        let mut lines = LinesFromEnd::of(&batch.sale_lines);
        while !sales.is_empty() {
            let chunk = sales.split_off(sales.len().saturating_sub(CHUNK));
            sales.shrink_to_fit();
            for (n, mut record) in chunk.into_iter().enumerate().rev() {
                let line = lines.line(sales.len() + n);
                let strange = foreign.as_ref().or_else(|| mixed.get(&((sales.len() + n) as u32)));
                let partner = match (strange, &numbers.partners[record.partner as usize]) {
                    (None, Ok(partner)) => *partner,
                    (Some(complaint), _) => {
                        let names = names_of(batch, &record);
                        self.wrong.complain_sale(at, batch, (line, &record, names), "currency", complaint.clone());
                        continue;
                    }
                    (None, Err(complaint)) => {
                        let names = names_of(batch, &record);
                        self.wrong.complain_sale(at, batch, (line, &record, names), "partner_id", complaint.clone());
                        continue;
                    }
                };
                let category = numbers.categories[record.category as usize];
                record.category = category.unwrap_or_else(|| numbers.sku_categories[record.sku as usize]);
                (record.partner, record.sku) = (partner, numbers.skus[record.sku as usize]);
                record.supply = record.supply.and_then(|at| numbers.supplies[at as usize]);
                self.plan.sales.push(PlannedSale { record, corrects: false });
                sources.lines.push(line);
            }
        }
        self.plan.sales[start..].reverse();
        sources.lines[start..].reverse();
    }

    /// The plan's numbers for a batch's names.
    fn numbers(&mut self, batch: &Batch, tables: &mut Tables) -> Numbers {
        let mut numbers = Numbers::default();
        for word in &batch.partner_keys {
            numbers.partners.push(match self.names.partners.find(word) {
                Found::Key(key) => Ok(intern(&mut tables.partners, &mut self.plan.partner_keys, &key)),
                found => Err(unknown_partner(word, &found, self.names.partners.is_empty())),
            });
        }
        for (name, aftermarket) in &batch.categories {
            let told = self.aftermarket.get(name).copied().unwrap_or(*aftermarket);
            numbers.categories.push((!name.is_empty()).then(|| self.category(tables, name, told)));
        }
        for sku in &batch.skus {
            numbers.skus.push(intern(&mut tables.skus, &mut self.plan.skus, sku));
            let own = self.product_categories.get(sku).or_else(|| self.known.product_categories.get(sku));
            let name = own.cloned().unwrap_or_default();
            let told = self.aftermarket.get(&name).copied().unwrap_or_else(|| guess_aftermarket(&name));
            // Only lines without a category of their own need their article's.
            let needed = batch.categories.iter().any(|(name, _)| name.is_empty());
            numbers.sku_categories.push(if needed { self.category(tables, &name, told) } else { 0 });
        }
        for one in &batch.supplies {
            let number = tables.supplies.number(&one.brand, &one.distributor, &mut self.plan.supplies);
            numbers.supplies.push(number);
        }
        numbers
    }

    fn category(&mut self, tables: &mut Tables, name: &str, aftermarket: bool) -> u32 {
        let (number, new) = tables.categories.number(name);
        if new {
            self.plan.categories.push((name.to_owned(), aftermarket));
        } else if aftermarket {
            self.plan.categories[number as usize].1 = true;
        }
        number
    }

    /// What to complain where a batch is in another currency than the database or the files before it.
    fn foreign_currency(&mut self, batch: &Batch) -> Option<Complaint> {
        let (own, other) = match (&self.plan.currency, &batch.currency) {
            (None, other) => {
                self.plan.currency = other.clone();
                return None;
            }
            (Some(own), Some(other)) if own != other => (own, other),
            _ => return None,
        };
        Some(Complaint::new(
            "I124",
            (
                format!("the line is in {other}, the database in {own}"),
                "Convert the file first, or import it into a database of its own",
            ),
            (
                format!("raden är i {other}, databasen i {own}"),
                "Räkna om filen först, eller importera den i en egen databas",
            ),
        ))
    }

    /// Of lines with one key the first is kept; the others are duplicates, or wrong where they say something else.
    fn tell_duplicates(&mut self, batches: &[Batch], sources: &Sources) -> Vec<bool> {
        let sales = &self.plan.sales;
        let mut keep = vec![true; sales.len()];
        let mut order: Vec<u32> = (0..sales.len() as u32).collect();
        order.sort_unstable_by_key(|at| (sales[*at as usize].record.key, *at));
        let (mut conflicts, mut n_duplicates) = (Vec::new(), 0);
        let key = |at: &u32| sales[*at as usize].record.key;
        for group in order.chunk_by(|a, b| key(a) == key(b)).filter(|group| group.len() > 1) {
            for at in group[1..].iter().map(|at| *at as usize) {
                keep[at] = false;
                let same = sales[group[0] as usize].record == sales[at].record;
                if same { n_duplicates += 1 } else { conflicts.push(at) }
            }
        }
        self.count(Kind::Sales).duplicate += n_duplicates;
        conflicts.sort_unstable();
        for at in conflicts {
            let (batch, line) = sources.of(at);
            let record = self.plan.sales[at].record.clone();
            let supply = record.supply.map(|at| &self.plan.supplies[at as usize]);
            let names = [
                self.plan.partner_keys[record.partner as usize].as_str(),
                self.plan.categories[record.category as usize].0.as_str(),
                self.plan.skus[record.sku as usize].as_str(),
                supply.map_or("", |one| &one.brand),
                supply.map_or("", |one| &one.distributor),
            ];
            let complaint = conflict(&format!("{} {}", record.day, names[0]));
            let column = if batches[batch].sums { "month" } else { "order_no" };
            self.wrong.complain_sale(batch, &batches[batch], (line, &record, names), column, complaint);
        }
        keep
    }

    /// Leaves what is new or corrects a known line.
    fn compare_lines(&mut self, keep: &[bool]) {
        let plan = &mut self.plan;
        let mut counts = Counts::default();
        let (mut revenue, mut first, mut last) = (Money::ZERO, None, None);
        let (mut at, mut told_since) = (0, ToldSince::default());
        plan.sales.retain_mut(|sale| {
            at += 1;
            if !keep[at - 1] {
                return false;
            }
            let record = &mut sale.record;
            let (partner, sku) = (&plan.partner_keys[record.partner as usize], &plan.skus[record.sku as usize]);
            let category = &plan.categories[record.category as usize].0;
            let supply = record.supply.map(|at| &plan.supplies[at as usize]);
            let content = |record: &SaleRecord, supply| content_of(record, partner, category, sku, supply);
            let same = || [content(record, None), content(record, supply)];
            record.key = told_since.key(&self.known.sales, record, supply, same);
            if let Some(before) = self.known.sales.get(&record.key) {
                if *before == content(record, supply) {
                    counts.same += 1;
                    return false;
                }
                sale.corrects = true;
            }
            *(if sale.corrects { &mut counts.changed } else { &mut counts.new }) += 1;
            revenue += sale.record.revenue;
            let day = sale.record.day;
            first = Some(first.map_or(day, |earlier| day.min(earlier)));
            last = Some(last.map_or(day, |later| day.max(later)));
            true
        });
        (plan.revenue, plan.days) = (revenue, first.zip(last));
        plan.notices.extend(told_since.notice(&self.known.sales));
        let all = self.counts.entry(Kind::Sales).or_default();
        (all.new, all.changed, all.same) = (counts.new, counts.changed, counts.same);
    }

    /// Warns where sums per month and dated lines tell the same partner's same month and category.
    fn say_double_counting(&mut self, batches: &[Batch]) {
        let has = |sums: bool| batches.iter().any(|batch| batch.sums == sums && !batch.sales.is_empty());
        if !(has(true) && has(false)) {
            return;
        }
        let cells = |sums: bool| -> HashSet<(String, i32, &str)> {
            let own = batches.iter().filter(|batch| batch.sums == sums);
            let mut directory = HashMap::new();
            own.flat_map(|batch| batch.sales.iter().map(move |sale| (batch, sale)))
                .map(|(batch, sale)| {
                    let [partner, category, ..] = names_of(batch, sale);
                    let key = directory.entry(partner).or_insert_with(|| match self.names.partners.find(partner) {
                        Found::Key(key) => key,
                        _ => partner.to_owned(),
                    });
                    (key.clone(), sale.day.month().0, category)
                })
                .collect()
        };
        let n = cells(true).intersection(&cells(false)).count();
        if n > 0 {
            self.plan.notices.push(Notice {
                code: "I204",
                en: format!("{n} sums of a partner, month and category stand beside dated lines of the same: they would count twice. Import either sums or lines for a period."),
                sv: format!("{n} summor per partner, månad och kategori står bredvid daterade rader för samma: de skulle räknas dubbelt. Importera antingen summor eller rader för en period."),
            });
        }
    }

    fn say_uncategorised(&mut self) {
        let Some(none) = self.plan.categories.iter().position(|(name, _)| name.is_empty()) else { return };
        let n = self.plan.sales.iter().filter(|sale| sale.record.category as usize == none).count();
        if n > 0 {
            self.plan.notices.push(Notice {
                code: "I205",
                en: format!("{n} lines have no category. Import the articles with their categories, or add the column, to see what sells."),
                sv: format!("{n} rader saknar kategori. Importera artiklarna med kategorier, eller lägg till kolumnen, för att se vad som säljer."),
            });
        }
    }
}

/// The plan's numbers for a batch's names, by the batch's numbers.
#[derive(Default)]
struct Numbers {
    partners: Vec<Result<u32, Complaint>>,
    /// `None` for the empty category: the article's is used.
    categories: Vec<Option<u32>>,
    skus: Vec<u32>,
    sku_categories: Vec<u32>,
    supplies: Vec<Option<u32>>,
}

impl Sources {
    /// Batch and line of a planned line.
    fn of(&self, at: usize) -> (usize, u32) {
        let run = self.batches.partition_point(|(start, _)| *start <= at);
        (self.batches[run - 1].1, self.lines[at])
    }
}

/// The line of each sale of a batch, asked from the last to the first.
struct LinesFromEnd<'a> {
    runs: &'a [(u32, u32)],
}

impl<'a> LinesFromEnd<'a> {
    fn of(runs: &'a [(u32, u32)]) -> LinesFromEnd<'a> {
        LinesFromEnd { runs }
    }

    fn line(&mut self, at: usize) -> u32 {
        let at = at as u32;
        while let Some((first, line)) = self.runs.last() {
            if *first <= at {
                return line + (at - first);
            }
            self.runs = &self.runs[..self.runs.len() - 1];
        }
        at + 1
    }
}

fn intern(interner: &mut Interner, names: &mut Vec<String>, name: &str) -> u32 {
    let (number, new) = interner.number(name);
    if new {
        names.push(name.to_owned());
    }
    number
}

/// What to complain about lines in another currency than their file.
fn mixed_lines(batch: &Batch) -> HashMap<u32, Complaint> {
    let own = batch.currency.as_deref().unwrap_or_default();
    let lines = batch.other_currencies.iter().flat_map(|(other, lines)| lines.iter().map(move |line| (*line, other)));
    lines.map(|(line, other)| (line, mixed_currency(other, own))).collect()
}

/// Partner, category, article, brand and distributor of a line, as its batch names them.
fn names_of<'a>(batch: &'a Batch, sale: &SaleRecord) -> [&'a str; 5] {
    let name = |names: &'a [String], at: u32| names.get(at as usize).map_or("", String::as_str);
    let category = batch.categories.get(sale.category as usize).map_or("", |(name, _)| name.as_str());
    let supply = sale.supply.and_then(|at| batch.supplies.get(at as usize));
    let (brand, distributor) = supply.map_or(("", ""), |one| (&one.brand, &one.distributor));
    [name(&batch.partner_keys, sale.partner), category, name(&batch.skus, sale.sku), brand, distributor]
}
