//! Every format, by its fixtures: what is written there is what comes out.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::PathBuf;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use spelplan_facts::{Money, Precision};
use spelplan_intake::{Batch, Change, Kind, Known, Options, Source, formats, plan, read, read_all};

fn fixture(name: &str) -> Vec<u8> {
    #[allow(clippy::disallowed_methods, reason = "a test reads its fixture")]
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/formats/fixtures").join(name)).unwrap()
}

fn one(name: &str) -> Batch {
    let bytes = fixture(name);
    let mut batches = read(&Source { name, bytes: &bytes }, &Options::default()).unwrap();
    assert_eq!(batches.len(), 1);
    batches.remove(0)
}

#[test]
fn swedish_excel_exports_come_in_with_their_letters_hours_and_closed_days() {
    let batch = one("csv/partners_excel_sv.csv");
    assert_eq!((batch.kind, batch.wrong.len()), (Some(Kind::Partners), 0), "{:#?}", batch.wrong);
    let (line, partner) = &batch.partners[0];
    assert_eq!(*line, 3);
    assert_eq!((partner.key.as_str(), partner.name.as_str()), ("1001", "Ångströms Data AB"));
    assert_eq!((partner.country.as_str(), partner.employees), ("SE", Some(12)));
    assert_eq!(partner.revenue, Some(Money(125_000_005_000)));
    assert_eq!(
        partner.opening_hours.as_ref().unwrap().to_string().split("; ").next(),
        Some("Mon 09:00-12:00,13:00-16:30")
    );
    assert_eq!(
        partner.closed.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["2026-07-06..2026-07-31", "2026-12-21..2026-12-31"]
    );
    assert_eq!(partner.place.unwrap().precision, Precision::Town);
    let second = &batch.partners[1].1;
    assert_eq!((second.name.as_str(), second.employees, second.revenue), ("Åre Kontor & Print", None, None));
}

#[test]
fn titles_above_the_header_are_passed_over_and_lines_still_count_from_the_top() {
    let batch = one("csv/sellout_excel_sv.csv");
    assert_eq!((batch.kind, batch.wrong.len(), batch.sales.len()), (Some(Kind::Sales), 0, 3), "{:#?}", batch.wrong);
    assert_eq!(batch.currency.as_deref(), Some("SEK"));
    assert_eq!(batch.sale_lines, [(0, 4)]);
    let rows: Vec<_> =
        batch.sales.iter().map(|s| (s.day.to_string(), s.quantity, s.revenue.0, s.margin.map(|m| m.0))).collect();
    let expected = [
        ("2026-02-03".to_owned(), 2, 12_345_000, Some(-1_002_500)),
        ("2026-02-03".to_owned(), 1, 99_900_000, Some(12_000_000)),
        ("2026-02-17".to_owned(), -1, -6_172_500, None),
    ];
    assert_eq!(rows, expected);
    assert_eq!(batch.categories, [("Toner".to_owned(), true), ("Skrivare".to_owned(), false)]);
}

#[test]
fn utf_16_sums_per_month_come_in() {
    let batch = one("csv/sellout_utf16.txt");
    assert_eq!((batch.kind, batch.sums), (Some(Kind::Sales), true));
    assert_eq!(batch.categories[0].0, "Skärmar");
    let margins: Vec<_> = batch.sales.iter().map(|sale| sale.margin.unwrap().0).collect();
    assert_eq!(margins, [2_345_000, 6_000_000]);
}

#[test]
fn crm_exports_are_recognised_by_their_own_columns() {
    let cases = [
        ("csv/salesforce_accounts.csv", Kind::Partners),
        ("csv/salesforce_accounts_labels.csv", Kind::Partners),
        ("csv/salesforce_contacts.csv", Kind::Contacts),
        ("csv/salesforce_events.csv", Kind::Touches),
        ("csv/hubspot_companies.csv", Kind::Partners),
        ("csv/hubspot_contacts.csv", Kind::Contacts),
    ];
    for (name, kind) in cases {
        // The name must not help: CRM exports are often called report1234.csv.
        let bytes = fixture(name);
        let batch = read(&Source { name: "report.csv", bytes: &bytes }, &Options::default()).unwrap().remove(0);
        assert_eq!((batch.kind, batch.wrong.len()), (Some(kind), 0), "{name}");
    }
    let accounts = one("csv/salesforce_accounts.csv");
    assert_eq!(accounts.partners[0].1.street, "Kungsgatan 2\nPort B");
    assert_eq!(accounts.partners[0].1.place.unwrap().precision, Precision::Given);
    assert_eq!(
        accounts.partners.iter().map(|(line, p)| (*line, p.inactive)).collect::<Vec<_>>(),
        [(2, false), (4, true)]
    );
    let contact = &one("csv/hubspot_contacts.csv").contacts[0].1;
    assert_eq!((contact.key.as_str(), contact.partner.as_str(), contact.name.as_str()), ("501", "9001", "Eva Öberg"));
    let events = one("csv/salesforce_events.csv");
    let kinds: Vec<&str> = events.touches.iter().map(|(_, touch)| touch.kind.code).collect();
    assert_eq!(kinds, ["visit", "video"]);
    assert!(events.notices.iter().any(|notice| notice.code == "I206"));
}

/// A workbook as Dynamics exports it, and one as people make them.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("hiddenSheet").unwrap().write(0, 0, "x").unwrap();
    let accounts = book.add_worksheet().set_name("Active Accounts").unwrap();
    let header = [
        "(Do Not Modify) Account",
        "(Do Not Modify) Row Checksum",
        "(Do Not Modify) Modified On",
        "Account Name",
        "Main Phone",
        "Address 1: City",
        "Address 1: Country/Region",
    ];
    for (at, name) in header.iter().enumerate() {
        accounts.write(0, at as u16, *name).unwrap();
    }
    for (at, cell) in ["6f1c-guid", "abc=", "", "Nordkontor AB", "090-1", "Umeå", "Sweden"].iter().enumerate() {
        accounts.write(1, at as u16, *cell).unwrap();
    }
    let sales = book.add_worksheet().set_name("Rader").unwrap();
    sales.write(0, 0, "Försäljning").unwrap();
    for (at, name) in ["Fakturanr", "Rad", "Datum", "Partner", "Varugrupp", "Antal", "Belopp"].iter().enumerate() {
        sales.write(2, at as u16, *name).unwrap();
    }
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sales.write(3, 0, 20_001).unwrap().write(3, 1, 1).unwrap();
    sales.write_with_format(3, 2, ExcelDateTime::from_ymd(2026, 2, 3).unwrap(), &date).unwrap();
    sales
        .write(3, 3, "6f1c-guid")
        .unwrap()
        .write(3, 4, "Toner")
        .unwrap()
        .write(3, 5, 2)
        .unwrap()
        .write(3, 6, 1234.5)
        .unwrap();
    sales.write(5, 0, 20_002).unwrap().write(5, 1, 1).unwrap().write(5, 2, 46_057).unwrap();
    sales
        .write(5, 3, "Nordkontor AB")
        .unwrap()
        .write(5, 4, "Toner")
        .unwrap()
        .write(5, 5, 1)
        .unwrap()
        .write(5, 6, "12,50")
        .unwrap();
    book.add_worksheet().set_name("Anteckningar").unwrap().write(0, 0, "ring Eva").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_gives_its_sheets_and_passes_over_what_is_none() {
    let bytes = workbook();
    let batches = read(&Source { name: "export.xlsx", bytes: &bytes }, &Options::default()).unwrap();
    let kinds: Vec<_> = batches.iter().map(|batch| batch.kind.unwrap()).collect();
    assert_eq!(kinds, [Kind::Partners, Kind::Sales]);
    assert!(batches[0].notices.iter().any(|notice| notice.code == "I211" && notice.en.contains("Anteckningar")));
    assert_eq!(batches[0].partners[0].1.key, "6f1c-guid");
    let sales = &batches[1];
    assert_eq!(sales.sale_lines, [(0, 4), (1, 6)]);
    let rows: Vec<_> = sales.sales.iter().map(|s| (s.day.to_string(), s.revenue.0)).collect();
    assert_eq!(rows, [("2026-02-03".to_owned(), 12_345_000), ("2026-02-04".to_owned(), 125_000)]);
    let plan = plan(batches, &Known::default());
    assert_eq!(plan.n_wrong(), 0, "{:#?}", plan.wrong);
    assert_eq!(plan.partner_keys, ["6f1c-guid"], "the name of a partner leads to its key");
}

#[test]
fn parquet_keeps_decimals_exact_and_dates_dated() {
    let bytes = crate::shared::parquet_sales();
    let batch = read(&Source { name: "sales.parquet", bytes: &bytes }, &Options::default()).unwrap().remove(0);
    assert_eq!((batch.kind, batch.wrong.len()), (Some(Kind::Sales), 0), "{:#?}", batch.wrong);
    let rows: Vec<_> =
        batch.sales.iter().map(|s| (s.day.to_string(), s.quantity, s.revenue.0, s.margin.map(|m| m.0))).collect();
    assert_eq!(
        rows,
        [("2026-02-03".to_owned(), 2, 20_249_940, Some(1_250_000)), ("2026-02-04".to_owned(), -1, -99_995, None)]
    );
}

#[test]
fn bare_warehouse_tables_are_put_together() {
    let names = ["resellers.csv", "geography.csv", "quotas.csv"];
    let files: Vec<(String, Vec<u8>)> =
        names.iter().map(|name| ((*name).to_owned(), fixture(&format!("adventureworks/{name}")))).collect();
    let plan = crate::shared::planned(&files);
    let partners: Vec<_> = plan
        .partners
        .iter()
        .map(|change| match change {
            Change::New(p) => (p.key.as_str(), p.city.as_str(), p.country.as_str(), p.place.unwrap().precision),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        partners,
        [("AW90000001", "Seattle", "US", Precision::Town), ("AW90000002", "Bordeaux", "FR", Precision::Town)]
    );
    assert_eq!(plan.pams.len(), 2);
    let quotas: Vec<_> = plan
        .quotas
        .iter()
        .map(|change| match change {
            Change::New(q) => (q.pam.as_str(), q.from.to_string(), q.months, q.amount.0),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(quotas, [("P901", "2011-03".to_owned(), 3, 280_000_000), ("P902", "2011-03".to_owned(), 3, 70_005_000)]);
}

#[test]
fn course_lines_take_their_cost_from_the_piece_where_the_line_has_none() {
    let bytes = fixture("adventureworks/sales.csv");
    let batches = read_all(&[Source { name: "sales.csv", bytes: &bytes }], &Options::default()).unwrap();
    let sales = batches.iter().find(|batch| batch.kind == Some(Kind::Sales)).unwrap();
    let margins: Vec<_> = sales.sales.iter().map(|sale| sale.margin.unwrap().0).collect();
    assert_eq!(margins, [1_269_000, 3_807_000, 50_000, 50_000]);
    let keys: std::collections::BTreeSet<u128> = sales.sales.iter().map(|sale| sale.key).collect();
    assert_eq!(keys.len(), 4);
}

#[test]
fn a_named_format_is_taken_at_its_word() {
    let bytes = fixture("csv/sellout_utf16.txt");
    let options = Options { format: Some("csv".to_owned()), kind: Some(Kind::Sales), ..Options::default() };
    assert_eq!(read(&Source { name: "x", bytes: &bytes }, &options).unwrap()[0].sales.len(), 2);
    let codes: Vec<&str> = formats().iter().map(|format| format.code).collect();
    assert_eq!(codes, ["adventureworks", "parquet", "xlsx", "csv"]);
}
