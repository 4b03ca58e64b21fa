//! Sales: sell-out lines, or sums per month. Millions of them: records are compact and names are kept once.
//!
//! A line is known again by its invoice line number; else by order number and line number; else by order number,
//! partner, article and category; a sum per month by month, partner, category and article; and a row without any of
//! these by its whole content. Where equal rows without an own number occur several times in one file they are
//! numbered, so all of them are kept, and the same file read again gives the same lines.

use std::collections::HashMap;

use spelplan_facts::{Day, Money};

use super::currencies::Currencies;
use super::row_reader::{RowReader, missing};
use crate::columns::{Column, Columns, Holds, Layout};
use crate::fingerprints::{fingerprint_in, occurrence};
use crate::{Batch, Notice, SaleRecord};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        Column {
            code: "date",
            holds: Holds::Dates,
            names: &[
                "datum",
                "orderdate",
                "invoicedate",
                "fakturadatum",
                "orderdatum",
                "bokforingsdatum",
                "salesdate",
                "transactiondate",
                "day",
                "dag",
                "leveransdatum",
            ],
        },
        Column {
            code: "month",
            holds: Holds::Dates,
            names: &["manad", "period", "yearmonth", "salesmonth", "armanad"],
        },
        Column {
            code: "partner_id",
            holds: Holds::Words,
            names: &[
                "partnerkey",
                "partner",
                "partnerno",
                "partnernr",
                "partnernummer",
                "accountid",
                "resellerkey",
                "resellerid",
                "aterforsaljarnr",
                "aterforsaljare",
                "kundnr",
                "kundnummer",
                "kundid",
                "customerid",
                "customerno",
                "customernumber",
                "accountnumber",
                "storenumber",
                "companyid",
                "kund",
                "customer",
                "accountname",
            ],
        },
        Column {
            code: "invoice_line",
            holds: Holds::Words,
            names: &[
                "invoicelineid",
                "invoicelineno",
                "invoiceitemnumber",
                "orderlineid",
                "lineid",
                "rowid",
                "transactionid",
                "id",
            ],
        },
        Column { code: RETURNED_KEY, holds: Holds::Words, names: &[] },
        Column {
            code: "order_no",
            holds: Holds::Words,
            names: &[
                "orderno",
                "ordernumber",
                "ordernr",
                "orderid",
                "order",
                "salesordernumber",
                "invoiceno",
                "invoicenumber",
                "invoiceid",
                "invoice",
                "fakturanr",
                "fakturanummer",
                "faktura",
                "verifikat",
            ],
        },
        Column {
            code: "line_no",
            holds: Holds::Words,
            names: &[
                "lineno",
                "linenumber",
                "orderline",
                "salesorderlinenumber",
                "radnr",
                "radnummer",
                "rad",
                "line",
                "pos",
            ],
        },
        Column {
            code: "sku",
            holds: Holds::Words,
            names: &[
                "articleno",
                "articlenumber",
                "article",
                "artikelnr",
                "artikelnummer",
                "artnr",
                "artikel",
                "itemnumber",
                "itemno",
                "itemid",
                "productkey",
                "productid",
                "productno",
                "productnumber",
                "produktnr",
                "partnumber",
            ],
        },
        Column {
            code: "category",
            holds: Holds::Words,
            names: &[
                "productcategory",
                "productgroup",
                "kategori",
                "produktgrupp",
                "varugrupp",
                "produktkategori",
                "categoryname",
                "englishproductcategoryname",
                "productfamily",
            ],
        },
        Column { code: "aftermarket", holds: Holds::Words, names: &["eftermarknad", "isaftermarket"] },
        Column {
            code: "quantity",
            holds: Holds::Numbers,
            names: &["qty", "antal", "orderquantity", "pieces", "units", "bottlessold", "st"],
        },
        Column {
            code: "revenue",
            holds: Holds::Numbers,
            names: &[
                "netrevenue",
                "intakt",
                "omsattning",
                "netamount",
                "nettobelopp",
                "netto",
                "salesamount",
                "belopp",
                "amount",
                "forsaljning",
                "sales",
                "sale",
                "saledollars",
                "sellout",
                "linetotal",
                "radbelopp",
                "total",
            ],
        },
        Column {
            code: "cost",
            holds: Holds::Numbers,
            names: &["totalproductcost", "totalcost", "kostnad", "varukostnad", "cogs", "inkopsvarde"],
        },
        Column {
            code: "margin",
            holds: Holds::Numbers,
            names: &[
                "contributionmargin",
                "grossprofit",
                "tackningsbidrag",
                "tb",
                "tb1",
                "tbkr",
                "bruttovinst",
                "marginal",
                "profit",
            ],
        },
        Column {
            code: "unit_cost",
            holds: Holds::Numbers,
            names: &["unitcost", "standardcost", "styckkostnad", "inpris"],
        },
        Column {
            code: "currency",
            holds: Holds::Words,
            names: &["valuta", "currencycode", "valutakod", "currencyisocode"],
        },
    ],
    needed: &[&["date", "month"], &["partner_id"], &["revenue"]],
    telling: &["revenue", "quantity", "order_no", "invoice_line", "cost", "margin", "sku"],
};

/// Column in which a line that was given back as wrong keeps its fingerprint, where its own columns were not kept.
pub(crate) const RETURNED_KEY: &str = "spelplan_key";

/// Names kept once each, told by their number.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    numbers: HashMap<Box<str>, u32>,
}

impl Interner {
    /// The number of a name, and whether it is seen for the first time.
    pub fn number(&mut self, name: &str) -> (u32, bool) {
        if let Some(&number) = self.numbers.get(name) {
            return (number, false);
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(name.into(), number);
        (number, true)
    }
}

/// What tells one line from another in this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Identity {
    /// Given back by us with its fingerprint.
    Returned(usize),
    InvoiceLine(usize),
    OrderLine(usize, usize),
    Order(usize),
    Sum,
    Content,
}

/// Takes sale lines.
pub(super) struct SalesCollector {
    identity: Identity,
    date: (&'static str, Option<usize>),
    places: Places,
    partners: Interner,
    categories: Interner,
    skus: Interner,
    bytes: Vec<u8>,
    /// Lines without a number of their own, to be numbered among equals.
    unnumbered: Vec<u32>,
    currencies: Currencies,
    n_rounded: usize,
    expected_line: u32,
}

/// Where the columns stand, looked up once.
struct Places {
    partner: Option<usize>,
    sku: Option<usize>,
    category: Option<usize>,
    aftermarket: Option<usize>,
    quantity: Option<usize>,
    revenue: Option<usize>,
    cost: Option<usize>,
    margin: Option<usize>,
    unit_cost: Option<usize>,
    currency: Option<usize>,
}

impl SalesCollector {
    /// For a file with that header.
    pub fn new(layout: &Layout) -> SalesCollector {
        let place = |code: &str| layout.place(code);
        let identity = match (place("invoice_line"), place("order_no"), place("line_no")) {
            _ if place(RETURNED_KEY).is_some() => Identity::Returned(place(RETURNED_KEY).unwrap_or_default()),
            (Some(line), _, _) => Identity::InvoiceLine(line),
            (None, Some(order), Some(line)) => Identity::OrderLine(order, line),
            (None, Some(order), None) => Identity::Order(order),
            (None, None, _) if !layout.has("date") => Identity::Sum,
            _ => Identity::Content,
        };
        let date = if layout.has("date") { "date" } else { "month" };
        SalesCollector {
            identity,
            date: (date, place(date)),
            places: Places {
                partner: place("partner_id"),
                sku: place("sku"),
                category: place("category"),
                aftermarket: place("aftermarket"),
                quantity: place("quantity"),
                revenue: place("revenue"),
                cost: place("cost"),
                margin: place("margin"),
                unit_cost: place("unit_cost"),
                currency: place("currency"),
            },
            partners: Interner::default(),
            categories: Interner::default(),
            skus: Interner::default(),
            bytes: Vec::with_capacity(128),
            unnumbered: Vec::new(),
            currencies: Currencies::default(),
            n_rounded: 0,
            expected_line: 0,
        }
    }

    fn key(&mut self, reader: &RowReader<'_>, at: usize, day: Day, names: [&str; 3]) -> u128 {
        let [partner, category, sku] = names;
        let row = reader.row;
        let bytes = &mut self.bytes;
        match self.identity {
            Identity::Returned(place) => {
                if let Ok(key) = u128::from_str_radix(&row.cell(place).words(), 16) {
                    return key;
                }
                self.unnumbered.push(at as u32);
            }
            Identity::InvoiceLine(line) if !row.cell(line).is_empty() => {
                return fingerprint_in(bytes, &["invoice line", &row.cell(line).words()]);
            }
            Identity::OrderLine(order, line) if !row.cell(order).is_empty() && !row.cell(line).is_empty() => {
                return fingerprint_in(bytes, &["order line", &row.cell(order).words(), &row.cell(line).words()]);
            }
            Identity::Sum => return fingerprint_in(bytes, &["sum", &day.month().to_string(), partner, category, sku]),
            _ => self.unnumbered.push(at as u32),
        }
        if let Identity::Order(order) | Identity::OrderLine(order, _) = self.identity
            && !row.cell(order).is_empty()
        {
            return fingerprint_in(bytes, &["order", &row.cell(order).words(), partner, sku, category]);
        }
        let cells: Vec<_> = (0..row.len()).map(|at| row.cell(at).words()).collect();
        let mut parts: Vec<&str> = vec!["row"];
        parts.extend(cells.iter().map(|cell| &**cell));
        fingerprint_in(bytes, &parts)
    }

    fn category(&mut self, reader: &RowReader<'_>, batch: &mut Batch, name: &str) -> u32 {
        let (number, new) = self.categories.number(name);
        let told = self.places.aftermarket.and_then(|_| reader.truth("aftermarket"));
        if new {
            batch.categories.push((name.to_owned(), told.unwrap_or_else(|| guess_aftermarket(name))));
        } else if told == Some(true) {
            batch.categories[number as usize].1 = true;
        }
        number
    }

    /// Pieces; parts of pieces are rounded, and counted.
    fn quantity(&mut self, reader: &mut RowReader<'_>) -> i64 {
        let quantity = self.places.quantity.and_then(|at| reader.amount_at("quantity", at)).unwrap_or(Money::ZERO);
        self.n_rounded += usize::from(quantity.0 % Money::SCALE != 0);
        quantity.units().round() as i64
    }

    fn margin(&self, reader: &mut RowReader<'_>, revenue: Money, quantity: i64) -> Option<Money> {
        let margin = self.places.margin.and_then(|at| reader.amount_at("margin", at));
        let cost = self.places.cost.and_then(|at| reader.amount_at("cost", at));
        let unit_cost = self.places.unit_cost.and_then(|at| reader.amount_at("unit_cost", at));
        let cost = cost.or_else(|| Some(Money(unit_cost?.0.checked_mul(quantity)?)));
        margin.or_else(|| cost.map(|cost| revenue - cost))
    }
}

impl super::Collector for SalesCollector {
    fn take(&mut self, reader: &mut RowReader<'_>, batch: &mut Batch) {
        let day = self.date.1.and_then(|at| reader.day_at(self.date.0, at));
        let cell = |at: Option<usize>| at.map_or(crate::cells::Cell::Empty, |at| reader.row.cell(at)).words();
        let (partner, category, sku) = (cell(self.places.partner), cell(self.places.category), cell(self.places.sku));
        let currency = cell(self.places.currency);
        if day.is_none() && reader.is_good() {
            reader.complain(self.date.0, missing());
        }
        if partner.is_empty() {
            reader.complain("partner_id", missing());
        }
        let revenue = self.places.revenue.and_then(|at| reader.amount_at("revenue", at));
        if revenue.is_none() && self.places.revenue.is_none_or(|at| reader.row.cell(at).is_empty()) {
            reader.complain("revenue", missing());
        }
        let quantity = self.quantity(reader);
        let margin = self.margin(reader, revenue.unwrap_or(Money::ZERO), quantity);
        let (Some(day), Some(revenue), true) = (day, revenue, reader.is_good()) else { return };
        let key = self.key(reader, batch.sales.len(), day, [&partner, &category, &sku]);
        let (partner_number, new) = self.partners.number(&partner);
        if new {
            batch.partner_keys.push(partner.into_owned());
        }
        let (sku_number, new) = self.skus.number(&sku);
        if new {
            batch.skus.push(sku.into_owned());
        }
        let category = self.category(reader, batch, &category);
        if reader.line != self.expected_line {
            batch.sale_lines.push((batch.sales.len() as u32, reader.line));
        }
        self.expected_line = reader.line + 1;
        if self.places.currency.is_some() {
            self.currencies.see(&currency);
        }
        batch.sales.push(SaleRecord {
            key,
            day,
            partner: partner_number,
            category,
            sku: sku_number,
            quantity,
            revenue,
            margin,
        });
    }

    fn finish(&mut self, batch: &mut Batch) {
        std::mem::take(&mut self.currencies).settle(batch);
        batch.sums = self.date.0 == "month";
        number_occurrences(&mut batch.sales, &self.unnumbered);
        if self.identity == Identity::Content && !batch.sales.is_empty() {
            batch.notices.push(Notice {
                code: "I212",
                en: "The file has no invoice or order numbers: a row is known again by its whole content, so a corrected row will come in as a new one beside the old.".to_owned(),
                sv: "Filen saknar faktura- och ordernummer: en rad känns igen på hela sitt innehåll, så en rättad rad kommer in som ny bredvid den gamla.".to_owned(),
            });
        }
        if self.n_rounded > 0 {
            let n = self.n_rounded;
            batch.notices.push(Notice {
                code: "I208",
                en: format!(
                    "{n} quantities had decimals and were rounded to whole pieces; amounts of money are exact."
                ),
                sv: format!("{n} antal hade decimaler och avrundades till hela; belopp är exakta."),
            });
        }
    }
}

/// Gives those of the lines at `unnumbered` that have equal keys a number each, in the order of the rows: the first
/// keeps the key.
pub(crate) fn number_occurrences(sales: &mut [SaleRecord], unnumbered: &[u32]) {
    let mut order: Vec<(u64, u32)> = unnumbered.iter().map(|&at| ((sales[at as usize].key >> 64) as u64, at)).collect();
    order.sort_unstable();
    for group in order.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let mut seen: Vec<(u128, u32)> = Vec::new();
        for (_, at) in group {
            let key = sales[*at as usize].key;
            match seen.iter_mut().find(|(own, _)| *own == key) {
                Some((_, n)) => {
                    *n += 1;
                    sales[*at as usize].key = occurrence(key, *n);
                }
                None => seen.push((key, 0)),
            }
        }
    }
}

/// Does a category's name say service, renewals, supplies or spare parts?
pub(crate) fn guess_aftermarket(category: &str) -> bool {
    const WORDS: [&str; 22] = [
        "service",
        "support",
        "aftermarket",
        "eftermarknad",
        "spare",
        "parts",
        "reservdel",
        "delar",
        "supplies",
        "förbrukning",
        "consumable",
        "toner",
        "ink",
        "renewal",
        "förnyelse",
        "subscription",
        "abonnemang",
        "warranty",
        "garanti",
        "accessor",
        "tillbehör",
        "component",
    ];
    let name = category.to_lowercase();
    let whole_words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    WORDS.iter().any(|word| if word.len() <= 4 { whole_words.contains(word) } else { name.contains(word) })
}
