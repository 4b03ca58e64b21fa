//! Sales: sell-out lines, or sums per month. Millions of them: records are compact and names are kept once.

use std::collections::HashMap;

use spelplan_facts::{Day, Money};

use super::currencies::Currencies;
use super::row_reader::{RowReader, missing};
use super::sale_keys::{Identity, RETURNED_KEY, SaleKeys};
use super::supplies::Supplies;
use crate::cells::Cell;
use crate::columns::{Columns, Layout, dates, numbers, words};
use crate::{Batch, Notice, SaleRecord};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        dates(
            "date",
            "datum orderdate invoicedate fakturadatum orderdatum bokforingsdatum salesdate \
            transactiondate day dag leveransdatum",
        ),
        dates("month", "manad period yearmonth salesmonth armanad"),
        words(
            "partner_id",
            "partnerkey partner partnerno partnernr partnernummer accountid resellerkey resellerid \
            aterforsaljarnr aterforsaljare kundnr kundnummer kundid customerid customerno customernumber \
            accountnumber storenumber companyid kund customer accountname",
        ),
        words(
            "invoice_line",
            "invoicelineid invoicelineno invoiceitemnumber orderlineid lineid rowid transactionid id",
        ),
        words(RETURNED_KEY, ""),
        words(
            "order_no",
            "orderno ordernumber ordernr orderid order salesordernumber invoiceno invoicenumber invoiceid \
            invoice fakturanr fakturanummer faktura verifikat",
        ),
        words("line_no", "lineno linenumber orderline salesorderlinenumber radnr radnummer rad line pos"),
        words(
            "sku",
            "articleno articlenumber article artikelnr artikelnummer artnr artikel itemnumber itemno \
            itemid productkey productid productno productnumber produktnr partnumber",
        ),
        words(
            "category",
            "productcategory productgroup kategori produktgrupp varugrupp produktkategori categoryname \
            englishproductcategoryname productfamily",
        ),
        words("aftermarket", "eftermarknad isaftermarket"),
        words(
            "brand",
            "brandname productbrand marke varumarke fabrikat vendor vendorname manufacturer manufacturername mfr \
            oem tillverkare leverantor leverantorsnamn producent",
        ),
        // Not "seller" or "sold by": those are people in most files.
        words(
            "distributor",
            "distributorname distributornamn distributorid disti sellingdistributor soldthrough soldvia saldvia \
            saldgenom wholesaler grossist grossistnamn",
        ),
        numbers("quantity", "qty antal orderquantity pieces units bottlessold st"),
        numbers(
            "revenue",
            "netrevenue intakt omsattning netamount nettobelopp netto salesamount belopp amount \
            forsaljning sales sale saledollars sellout linetotal radbelopp total",
        ),
        numbers("cost", "totalproductcost totalcost kostnad varukostnad cogs inkopsvarde"),
        numbers("margin", "contributionmargin grossprofit tackningsbidrag tb tb1 tbkr bruttovinst marginal profit"),
        numbers("unit_cost", "unitcost standardcost styckkostnad inpris"),
        words("currency", "valuta currencycode valutakod currencyisocode"),
    ],
    needed: &[&["date", "month"], &["partner_id"], &["revenue"]],
    telling: &["revenue", "quantity", "order_no", "invoice_line", "cost", "margin", "sku"],
};

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

/// Takes sale lines.
pub(super) struct SalesCollector {
    keys: SaleKeys,
    date: (&'static str, Option<usize>),
    places: Places,
    partners: Interner,
    categories: Interner,
    skus: Interner,
    supplies: Supplies,
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
    brand: Option<usize>,
    distributor: Option<usize>,
    currency: Option<usize>,
}

impl SalesCollector {
    /// For a file with that header.
    pub fn new(layout: &Layout) -> SalesCollector {
        let place = |code: &str| layout.place(code);
        let date = if layout.has("date") { "date" } else { "month" };
        SalesCollector {
            keys: SaleKeys::new(layout),
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
                brand: place("brand"),
                distributor: place("distributor"),
                currency: place("currency"),
            },
            partners: Interner::default(),
            categories: Interner::default(),
            skus: Interner::default(),
            supplies: Supplies::default(),
            currencies: Currencies::default(),
            n_rounded: 0,
            expected_line: 0,
        }
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

    fn day(&self, reader: &mut RowReader<'_>) -> Option<Day> {
        let (code, at) = self.date;
        let day = at.and_then(|at| reader.day_at(code, at));
        if day.is_none() && at.is_none_or(|at| reader.row.cell(at).is_empty()) {
            reader.complain(code, missing());
        }
        day
    }

    fn revenue(&self, reader: &mut RowReader<'_>) -> Option<Money> {
        let at = self.places.revenue;
        let revenue = at.and_then(|at| reader.amount_at("revenue", at));
        if revenue.is_none() && at.is_none_or(|at| reader.row.cell(at).is_empty()) {
            reader.complain("revenue", missing());
        }
        revenue
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
        let (day, revenue) = (self.day(reader), self.revenue(reader));
        let cell = |at: Option<usize>| at.map_or(Cell::Empty, |at| reader.row.cell(at)).words();
        let (partner, category, sku) = (cell(self.places.partner), cell(self.places.category), cell(self.places.sku));
        let (brand, distributor) = (cell(self.places.brand), cell(self.places.distributor));
        let currency = cell(self.places.currency);
        if partner.is_empty() {
            reader.complain("partner_id", missing());
        }
        let quantity = self.quantity(reader);
        let margin = self.margin(reader, revenue.unwrap_or(Money::ZERO), quantity);
        let (Some(day), Some(revenue), true) = (day, revenue, reader.is_good()) else { return };
        let supply = self.supplies.number(&brand, &distributor, &mut batch.supplies);
        let told = supply.map(|at| &batch.supplies[at as usize]);
        let key = self.keys.key(reader, batch.sales.len(), day, [&partner, &category, &sku], told);
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
            supply,
        });
    }

    fn finish(&mut self, batch: &mut Batch) {
        std::mem::take(&mut self.currencies).settle(batch);
        batch.sums = self.date.0 == "month";
        self.keys.number_equals(&mut batch.sales, &batch.supplies);
        if self.keys.identity == Identity::Content && !batch.sales.is_empty() {
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
