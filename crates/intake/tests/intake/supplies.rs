//! Brand and distributor of a line: under which headers they stand, and that no line counts twice or hides another for their sake.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;

use crate::planning::{committed, planned, planned_into};
use crate::shared::counts;
use spelplan_facts::Money;
use spelplan_intake::{Counts, ImportPlan, Kind, Options, Source, read, wrong_rows_csv};

const PARTNERS: &str = "partner_id,name,postal_code,country\n1001,Nordkontor AB,90325,SE\n1002,Söderdata AB,21420,SE\n";
const SILENT: &str =
    "date,order_no,line_no,partner_id,category,revenue\n2026-01-05,A,1,1001,Toner,100\n2026-01-05,A,2,1002,Toner,40\n";
const TOLD: &str = "date,order_no,line_no,partner_id,category,brand,distributor,revenue\n2026-01-05,A,1,1001,Toner,Polaro,Granvik,100\n2026-01-05,A,2,1002,Toner,Polaro,,40\n";
const ANOTHERS: &str =
    "date,order_no,line_no,partner_id,category,brand,distributor,revenue\n2026-02-05,A,1,1002,Toner,Polaro,Tallmo,7\n";

fn files(sales: &str) -> Vec<(&'static str, &str)> {
    vec![("partners.csv", PARTNERS), ("sales.csv", sales)]
}

fn has(plan: &ImportPlan, code: &str) -> bool {
    plan.notices.iter().any(|notice| notice.code == code)
}

/// Revenue by brand and distributor.
fn sums(plan: &ImportPlan) -> BTreeMap<(String, String), Money> {
    let mut sums = BTreeMap::new();
    for sale in &plan.sales {
        let told = sale.record.supply.map(|at| plan.supplies[at as usize].clone()).unwrap_or_default();
        *sums.entry((told.brand, told.distributor)).or_default() += sale.record.revenue;
    }
    sums
}

#[test]
fn they_stand_under_swedish_and_english_headers() {
    let pairs = [
        ("brand", "distributor"),
        ("Märke", "Distributör"),
        ("Varumärke", "Grossist"),
        ("Leverantör", "Såld via"),
        ("Tillverkare", "Såld genom"),
        ("Vendor Name", "Distributor Name"),
        ("Manufacturer", "Sold through"),
    ];
    for (brand, distributor) in pairs {
        let text = format!("Datum;Ordernr;Kundnr;{brand};{distributor};Belopp\n2026-01-05;A;1001;Polaro;Granvik;5\n");
        let batch = read(&Source { name: "x.csv", bytes: text.as_bytes() }, &Options::default()).unwrap().remove(0);
        assert_eq!((batch.kind, batch.sales.len()), (Some(Kind::Sales), 1), "{brand}, {distributor}");
        let told = &batch.supplies[batch.sales[0].supply.unwrap() as usize];
        assert_eq!((told.brand.as_str(), told.distributor.as_str()), ("Polaro", "Granvik"), "{brand}, {distributor}");
    }
    // Whoever sells is a person in most files.
    let text = "date,order_no,partner_id,seller,revenue\n2026-01-05,A,1001,Eva,5\n";
    let batch = read(&Source { name: "x.csv", bytes: text.as_bytes() }, &Options::default()).unwrap().remove(0);
    assert_eq!((batch.supplies.len(), batch.sales[0].supply), (0, None));
}

#[test]
fn lines_known_without_them_are_corrected_once_they_are_told() {
    let known = committed(&planned(&files(SILENT)));
    let told = planned_into(&known, &files(TOLD));
    assert_eq!(counts(&told, Kind::Sales), Counts { changed: 2, ..Counts::default() });
    assert!(told.sales.iter().all(|sale| sale.corrects) && !has(&told, "I217"));
    let again = planned_into(&committed(&told), &files(TOLD));
    assert_eq!(counts(&again, Kind::Sales), Counts { same: 2, ..Counts::default() });
}

#[test]
fn two_distributors_may_number_alike() {
    for first in [SILENT, TOLD] {
        let other = planned_into(&committed(&planned(&files(first))), &files(ANOTHERS));
        assert_eq!(counts(&other, Kind::Sales), Counts { new: 1, ..Counts::default() }, "{first}");
        assert_eq!(sums(&other), BTreeMap::from([(("Polaro".into(), "Tallmo".into()), Money::whole(7))]));
    }
    // In one file, and where orders have no line numbers.
    let both = "date,order_no,partner_id,sku,distributor,revenue\n2026-01-05,A,1001,T,Granvik,5\n2026-01-05,A,1001,T,Tallmo,5\n2026-01-05,A,1001,T,Granvik,5\n";
    let all = planned(&files(both));
    assert_eq!((counts(&all, Kind::Sales).new, all.revenue), (3, Money::whole(15)));
    let apart = "date,order_no,partner_id,sku,distributor,revenue\n2026-01-05,A,1001,T,Tallmo,5\n";
    let again = planned_into(&committed(&all), &files(apart));
    assert_eq!(counts(&again, Kind::Sales), Counts { same: 1, ..Counts::default() }, "whatever stands before it");
}

#[test]
fn sums_of_a_month_are_told_apart_by_both() {
    let text = "month,partner_id,category,brand,distributor,revenue\n2026-01,1001,Toner,Polaro,Granvik,5\n2026-01,1001,Toner,Polaro,Tallmo,6\n2026-01,1001,Toner,Tryckra,Tallmo,7\n2026-01,1001,Toner,,,8\n";
    let plan = planned(&files(text));
    assert_eq!((counts(&plan, Kind::Sales).new, plan.n_wrong(), plan.revenue), (4, 0, Money::whole(26)));
    let pair = |brand: &str, distributor: &str| (brand.to_owned(), distributor.to_owned());
    let expected = [
        (pair("", ""), Money::whole(8)),
        (pair("Polaro", "Granvik"), Money::whole(5)),
        (pair("Polaro", "Tallmo"), Money::whole(6)),
        (pair("Tryckra", "Tallmo"), Money::whole(7)),
    ];
    assert_eq!(sums(&plan), BTreeMap::from(expected));
    let corrected = planned_into(&committed(&plan), &files(&text.replace(",6\n", ",9\n")));
    assert_eq!(counts(&corrected, Kind::Sales), Counts { changed: 1, same: 3, ..Counts::default() });
}

#[test]
fn what_may_count_twice_is_said() {
    let told = committed(&planned(&files(TOLD)));
    let silent = committed(&planned(&files(SILENT)));
    let sum = |rows: &str| format!("month,partner_id,category,distributor,revenue\n{rows}");
    let whole = sum("2026-01,1001,Toner,,100\n");
    let parts = sum("2026-01,1001,Toner,Granvik,60\n2026-01,1001,Toner,Tallmo,40\n");
    let known = committed(&planned(&files(&whole)));
    let cases = [
        ("a file that lost the column", planned_into(&told, &files(SILENT)), true),
        ("a line that says something else", planned_into(&silent, &files(ANOTHERS)), true),
        ("parts beside the whole", planned_into(&known, &files(&parts)), true),
        ("the same again", planned_into(&known, &files(&whole)), false),
        ("another distributor's", planned_into(&told, &files(ANOTHERS)), false),
        ("a first import", planned(&files(TOLD)), false),
    ];
    for (case, plan, expected) in cases {
        assert_eq!(has(&plan, "I217"), expected, "{case}: {:?}", plan.notices);
    }
}

#[test]
fn wrong_rows_that_come_back_keep_them() {
    let spoiled = TOLD.replace(",1001,", ",1991,");
    for with_file in [true, false] {
        let sources = [("partners.csv", PARTNERS), ("sales.csv", spoiled.as_str())];
        let sources = sources.map(|(name, text)| Source { name, bytes: text.as_bytes() });
        let mut batches = spelplan_intake::read_all(&sources, &Options::default()).unwrap();
        if !with_file {
            batches.iter_mut().for_each(|batch| batch.origin = None);
        }
        let plan = spelplan_intake::plan(batches, &Default::default());
        assert_eq!(counts(&plan, Kind::Sales), Counts { new: 1, wrong: 1, ..Counts::default() });
        let back = String::from_utf8(wrong_rows_csv(&plan).remove(0).1).unwrap().replace("1991", "1001");
        let rest = planned_into(&committed(&plan), &[("sales.wrong.csv", back.as_str())]);
        let whole = planned(&files(TOLD));
        assert_eq!(sums(&rest), BTreeMap::from([(("Polaro".into(), "Granvik".into()), Money::whole(100))]), "{back}");
        assert_eq!(rest.sales[0].record.key, whole.sales[0].record.key, "with its file: {with_file}");
    }
}
