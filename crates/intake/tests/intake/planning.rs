//! The plan: what is new, changed, the same, a duplicate or wrong, against what is known.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::HashMap;

use crate::shared::counts;
use spelplan_facts::{Money, Point, Precision};
use spelplan_intake::{
    Change, Counts, ImportPlan, Kind, Known, Options, Source, content_of, content_of_touch, plan, read_all,
    wrong_rows_csv,
};

const PAMS: &str = "pam_id,name,email,city,country\nP1,Anna Ek,anna@x.se,Umeå,SE\n";
const PARTNERS: &str = "partner_id,name,postal_code,city,country,lat,lon,employees,pam_id\n1001,Nordkontor AB,903 25,Umeå,SE,63.8258,20.2630,14,P1\n1002,Söderdata AB,214 20,Malmö,SE,,,5,P1\n1003,Okänt AB,,,SE,,,,\n";
const SALES: &str = "date,order_no,line_no,partner_id,sku,category,quantity,revenue,cost\n2026-01-05,A,1,1001,T1,Toner,2,100.00,80.00\n2026-01-05,A,2,1001,S1,Skrivare,1,2000.00,1950.00\n2026-02-03,B,1,1002,T1,Toner,1,50.00,40.00\n";

pub fn planned_into(known: &Known, files: &[(&str, &str)]) -> ImportPlan {
    let sources: Vec<Source<'_>> = files.iter().map(|(name, text)| Source { name, bytes: text.as_bytes() }).collect();
    plan(read_all(&sources, &Options::default()).unwrap(), known)
}

pub fn planned(files: &[(&str, &str)]) -> ImportPlan {
    planned_into(&Known::default(), files)
}

/// What a database knows after committing a plan.
pub fn committed(plan: &ImportPlan) -> Known {
    fn after<R: Clone>(changes: &[Change<R>]) -> Vec<R> {
        let after = |change: &Change<R>| match change {
            Change::New(record) | Change::Changed { after: record, .. } => record.clone(),
        };
        changes.iter().map(after).collect()
    }
    let content = |sale: &spelplan_intake::SaleRecord| {
        let partner = &plan.partner_keys[sale.partner as usize];
        let supply = sale.supply.map(|at| &plan.supplies[at as usize]);
        content_of(sale, partner, &plan.categories[sale.category as usize].0, &plan.skus[sale.sku as usize], supply)
    };
    Known {
        pams: after(&plan.pams).into_iter().map(|pam| (pam.key.clone(), pam)).collect(),
        partners: after(&plan.partners).into_iter().map(|partner| (partner.key.clone(), partner)).collect(),
        contacts: after(&plan.contacts).into_iter().map(|c| ((c.partner.clone(), c.key.clone()), c)).collect(),
        product_categories: plan.products.iter().cloned().collect(),
        sales: plan.sales.iter().map(|sale| (sale.record.key, content(&sale.record))).collect(),
        touches: plan.touches.iter().map(|(touch, _)| (touch.key, content_of_touch(touch))).collect(),
        quotas: after(&plan.quotas).into_iter().map(|quota| ((quota.pam.clone(), quota.from.0), quota)).collect(),
        absences: plan.absences.clone(),
        business: plan
            .business
            .iter()
            .map(|row| ((row.what.kind(), row.partner.clone(), row.key.clone()), row.what.clone()))
            .collect(),
        meetings: plan.meetings.iter().map(|row| row.key.clone()).collect(),
        draws: plan.draws.iter().map(|row| ((row.season.clone(), row.partner.clone()), row.clone())).collect(),
        currency: plan.currency.clone(),
    }
}

fn all() -> Vec<(&'static str, &'static str)> {
    vec![
        ("pams.csv", PAMS),
        ("partners.csv", PARTNERS),
        ("sales.csv", SALES),
        ("contacts.csv", "partner_id,first_name,last_name,email\n1001,Eva,Öberg,eva@x.se\n"),
        ("visits.csv", "date,partner_id,pam_id\n2026-01-12,1001,P1\n"),
        ("quotas.csv", "pam_id,from,quota\nP1,2026-01,100000\n"),
        ("contracts.csv", "contract_id,partner_id,contract_end,annual_value\nC1,1001,2026-05-01,900\n"),
        ("to-come.csv", "partner_id,pam_id,meeting_date,purpose\n1001,P1,2026-05-01,why\n"),
        ("absences.csv", "pam_id,from,to,reason\nP1,2026-02-23,2026-02-27,sportlov\n"),
        ("drawn.csv", "season,partner_id,arm\n2025-spring,1001,treat\n"),
        ("products.csv", "sku,product,category\nT1,Svart,Toner\n"),
    ]
}

#[test]
fn the_same_files_again_change_nothing() {
    let first = planned(&all());
    assert_eq!(first.n_wrong(), 0, "{:#?}", first.wrong);
    assert_eq!((counts(&first, Kind::Sales).new, first.revenue), (3, Money::whole(2150)));
    let again = planned_into(&committed(&first), &all());
    assert_eq!((again.n_written(), again.n_wrong()), (0, 0), "{:?}", again.counts);
    let same: usize = again.counts.iter().map(|(_, counts)| counts.same).sum();
    assert_eq!(same, 1 + 3 + 3 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1);
}

#[test]
fn two_copies_of_a_file_in_one_import_are_duplicates() {
    let files = all();
    let twice: Vec<(&str, &str)> = files.iter().chain(&files).copied().collect();
    let plan = planned(&twice);
    assert_eq!(plan.n_wrong(), 0);
    assert_eq!(counts(&plan, Kind::Sales), Counts { new: 3, duplicate: 3, ..Counts::default() });
    assert_eq!(counts(&plan, Kind::Partners), Counts { new: 3, duplicate: 3, ..Counts::default() });
    assert_eq!(plan.revenue, Money::whole(2150));
}

#[test]
fn a_corrected_line_replaces_the_one_of_its_key() {
    let known = committed(&planned(&all()));
    let corrected = SALES.replace("2000.00", "1800.00");
    let plan = planned_into(&known, &[("sales.csv", &corrected)]);
    assert_eq!(counts(&plan, Kind::Sales), Counts { changed: 1, same: 2, ..Counts::default() });
    assert_eq!((plan.sales.len(), plan.sales[0].corrects, plan.revenue), (1, true, Money::whole(1800)));
}

#[test]
fn a_file_without_a_column_leaves_what_is_known_of_it() {
    let known = committed(&planned(&all()));
    let plan =
        planned_into(&known, &[("partners.csv", "partner_id,name\n1001,Nordkontor i Umeå AB\n1002,Söderdata AB\n")]);
    assert_eq!(counts(&plan, Kind::Partners), Counts { changed: 1, same: 1, ..Counts::default() });
    let Change::Changed { before, after } = &plan.partners[0] else { panic!("{:?}", plan.partners) };
    assert_eq!((after.employees, after.pam.as_str(), after.place), (Some(14), "P1", before.place));
    let emptied = planned_into(&known, &[("partners.csv", "partner_id,name,employees\n1001,Nordkontor AB,\n")]);
    let Change::Changed { after, .. } = &emptied.partners[0] else { panic!() };
    assert_eq!(after.employees, None, "a column that is there and empty does empty");
}

#[test]
fn two_files_complete_one_partner_and_may_not_contradict_each_other() {
    let extra = "partner_id,chain,employees\n2001,Kedjan,9\n";
    let base = "partner_id,name,city,country\n2001,Norr AB,Umeå,SE\n";
    let plan = planned(&[("a.csv", base), ("b.csv", extra)]);
    let Change::New(partner) = &plan.partners[0] else { panic!() };
    assert_eq!((partner.name.as_str(), partner.chain.as_str(), partner.employees), ("Norr AB", "Kedjan", Some(9)));
    let against = "partner_id,name,employees\n2001,Söder AB,9\n";
    assert_eq!(counts(&planned(&[("a.csv", base), ("b.csv", against)]), Kind::Partners).wrong, 1);
}

#[test]
fn places_are_given_or_found_and_what_is_neither_is_listed() {
    let plan = planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS)]);
    let places: HashMap<&str, _> = plan
        .partners
        .iter()
        .map(|change| match change {
            Change::New(partner) => (partner.key.as_str(), partner.place.map(|place| place.precision)),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(places["1001"], Some(Precision::Given));
    assert_eq!(places["1002"], Some(Precision::Town));
    assert_eq!(places["1003"], None);
    assert_eq!(plan.unplaced, [(Kind::Partners, "1003".to_owned(), "Okänt AB".to_owned(), "SE".to_owned())]);
    let codes: Vec<&str> = plan.notices.iter().map(|notice| notice.code).collect();
    assert!(codes.contains(&"I203") && codes.contains(&"I213"), "{codes:?}");
}

#[test]
fn given_coordinates_stay_until_the_address_moves_or_better_ones_come() {
    let known = committed(&planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS)]));
    let place = |text: &str| match &planned_into(&known, &[("partners.csv", text)]).partners[..] {
        [Change::Changed { after, .. }] => after.place.unwrap(),
        [] => known.partners["1001"].place.unwrap(),
        other => panic!("{other:?}"),
    };
    let header = "partner_id,postal_code,city,country,lat,lon";
    assert_eq!(place(&format!("{header}\n1001,903 25,Umeå,SE,,\n")).precision, Precision::Given);
    assert_eq!(place(&format!("{header}\n1001,111 22,Stockholm,SE,,\n")).precision, Precision::Town);
    assert_eq!(place(&format!("{header}\n1001,903 25,Umeå,SE,63.9,20.3\n")).point, Point { lat: 63.9, lon: 20.3 });
}

#[test]
fn lines_without_a_number_are_known_by_content_and_repeated_ones_are_kept() {
    let text = "date,partner_id,category,revenue\n2026-01-05,1001,Toner,100\n2026-01-05,1001,Toner,100\n2026-01-06,1001,Toner,100\n";
    let files = [("pams.csv", PAMS), ("partners.csv", PARTNERS), ("sales.csv", text)];
    let first = planned(&files);
    assert_eq!((counts(&first, Kind::Sales).new, first.revenue), (3, Money::whole(300)));
    assert!(first.notices.iter().any(|notice| notice.code == "I212"));
    let known = committed(&first);
    assert_eq!(counts(&planned_into(&known, &files), Kind::Sales), Counts { same: 3, ..Counts::default() });
    let shuffled = "date,partner_id,category,revenue\n2026-01-06,1001,Toner,100\n2026-01-05,1001,Toner,100\n2026-01-05,1001,Toner,100\n2026-01-05,1001,Toner,100\n";
    let plan = planned_into(&known, &[("later.csv", shuffled)]);
    assert_eq!(counts(&plan, Kind::Sales), Counts { new: 1, same: 3, ..Counts::default() });
}

#[test]
fn orders_without_line_numbers_keep_all_their_lines() {
    let text = "date,order_no,partner_id,sku,revenue\n2026-01-05,A,1001,T1,100\n2026-01-05,A,1001,T1,100\n2026-01-05,A,1001,T2,7\n";
    let plan = planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS), ("sales.csv", text)]);
    assert_eq!((counts(&plan, Kind::Sales).new, plan.revenue), (3, Money::whole(207)));
    let corrected = planned_into(&committed(&plan), &[("sales.csv", &text.replace(",7\n", ",8\n"))]);
    assert_eq!(counts(&corrected, Kind::Sales), Counts { changed: 1, same: 2, ..Counts::default() });
}

#[test]
fn wrong_rows_come_back_as_a_file_that_goes_in_once_corrected() {
    let spoiled = SALES.replace("1002", "1992").replace("2026-01-05,A,2,1001,S1", "5 Jan,A,2,1001,S1");
    let files = [("pams.csv", PAMS), ("partners.csv", PARTNERS), ("sales.csv", spoiled.as_str())];
    let plan = planned(&files);
    assert_eq!(counts(&plan, Kind::Sales), Counts { new: 1, wrong: 2, ..Counts::default() });
    let back = wrong_rows_csv(&plan);
    assert_eq!((back.len(), back[0].0.as_str()), (1, "sales.wrong.csv"));
    let text = String::from_utf8(back[0].1.clone()).unwrap();
    assert!(text.lines().nth(1).unwrap().contains(",3,I103,date,"), "{text}");
    assert!(text.lines().nth(2).unwrap().contains(",4,I121,partner_id,"), "{text}");
    let corrected = text.replace("1992", "1002").replace("5 Jan,", "2026-01-05,");
    let known = committed(&plan);
    let rest = planned_into(&known, &[("sales.wrong.csv", &corrected)]);
    assert_eq!(counts(&rest, Kind::Sales), Counts { new: 2, ..Counts::default() });
    let whole = planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS), ("sales.csv", SALES)]);
    let mut keys: Vec<u128> = plan.sales.iter().chain(&rest.sales).map(|sale| sale.record.key).collect();
    let mut expected: Vec<u128> = whole.sales.iter().map(|sale| sale.record.key).collect();
    keys.sort_unstable();
    expected.sort_unstable();
    assert_eq!(keys, expected, "corrected rows keep their identity");
    assert_eq!(plan.revenue + rest.revenue, whole.revenue);
}

#[test]
fn dates_of_wrong_rows_go_back_settled() {
    let text = "date,order_no,line_no,partner_id,revenue\n3/2/2026,A,1,nobody,5\n25/2/2026,A,2,1001,5\n";
    let plan = planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS), ("sales.csv", text)]);
    let back = String::from_utf8(wrong_rows_csv(&plan)[0].1.clone()).unwrap();
    assert!(back.lines().nth(1).unwrap().starts_with("2026-02-03,A,1,nobody,5,"), "{back}");
}

#[test]
fn lines_that_have_no_file_behind_them_come_back_too() {
    let sources = [Source { name: "sales.csv", bytes: SALES.as_bytes() }];
    let mut batches = read_all(&sources, &Options::default()).unwrap();
    batches[0].origin = None;
    let all_wrong = plan(batches, &Known::default());
    assert_eq!(counts(&all_wrong, Kind::Sales).wrong, 3);
    let back = wrong_rows_csv(&all_wrong).remove(0).1;
    let known = committed(&planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS)]));
    let rest = planned_into(&known, &[("sales.wrong.csv", &String::from_utf8(back).unwrap())]);
    let whole = planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS), ("sales.csv", SALES)]);
    let keys = |plan: &ImportPlan| plan.sales.iter().map(|sale| sale.record.key).collect::<Vec<_>>();
    assert_eq!(keys(&rest), keys(&whole));
}

#[test]
fn sums_beside_lines_of_the_same_month_are_warned_about() {
    let sums = "month,partner_id,category,revenue\n2026-01,1001,Toner,100\n2026-03,1001,Toner,100\n";
    let files = [("pams.csv", PAMS), ("partners.csv", PARTNERS), ("sales.csv", SALES), ("sums.csv", sums)];
    let plan = planned(&files);
    let notice = plan.notices.iter().find(|notice| notice.code == "I204").unwrap();
    assert!(notice.en.starts_with("1 sums"), "{}", notice.en);
    let apart = planned(&[
        files[0],
        files[1],
        files[2],
        ("sums.csv", "month,partner_id,category,revenue\n2026-03,1001,Toner,100\n"),
    ]);
    assert!(apart.notices.iter().all(|notice| notice.code != "I204"));
}

#[test]
fn articles_give_their_category_to_lines_that_have_none() {
    let lines = "date,order_no,line_no,partner_id,sku,revenue\n2026-01-05,A,1,1001,T1,100\n2026-01-05,A,2,1001,X9,7\n";
    let products = "sku,product,category\nT1,Svart,Toner\n";
    let plan =
        planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS), ("sales.csv", lines), ("products.csv", products)]);
    let category = |at: usize| plan.categories[plan.sales[at].record.category as usize].clone();
    assert_eq!((category(0), category(1).0), (("Toner".to_owned(), true), String::new()));
    assert!(plan.notices.iter().any(|notice| notice.code == "I205" && notice.en.starts_with("1 lines")));
}

#[test]
fn partners_and_pams_may_be_named_where_the_name_is_clear() {
    let visits =
        "date,partner,owner,kind\n2026-01-12,söderdata ab,Anna Ek,besök\n2026-01-13,Nordkontor AB,anna@x.se,mejl\n";
    let plan = planned(&[("pams.csv", PAMS), ("partners.csv", PARTNERS), ("activities.csv", visits)]);
    let found: Vec<_> = plan.touches.iter().map(|(t, _)| (t.partner.as_str(), t.pam.as_str(), t.kind.code)).collect();
    assert_eq!(found, [("1002", "P1", "visit"), ("1001", "P1", "mail")]);
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let (forth, back) = (all(), all().into_iter().rev().collect::<Vec<_>>());
    let (forth, back) = (planned(&forth), planned(&back));
    assert_eq!(forth.counts, back.counts);
    assert_eq!((forth.revenue, forth.days, forth.sales), (back.revenue, back.days, back.sales));
}

#[test]
fn dates_that_stay_open_are_read_by_home_and_said() {
    let text = "date,order_no,line_no,partner_id,revenue\n3/2/2026,A,1,1001,5\n4/5/2026,A,2,1001,5\n";
    let read = |country: Option<&str>| {
        let options = Options { country: country.map(str::to_owned), ..Options::default() };
        let batch = read_all(&[Source { name: "sales.csv", bytes: text.as_bytes() }], &options).unwrap().remove(0);
        assert!(batch.notices.iter().any(|notice| notice.code == "I201"));
        batch.sales[0].day.to_string()
    };
    assert_eq!(read(None), "2026-02-03");
    assert_eq!(read(Some("US")), "2026-03-02");
    let options = Options { date_order: Some(spelplan_intake::DateOrder::MonthFirst), ..Options::default() };
    let batch = read_all(&[Source { name: "sales.csv", bytes: text.as_bytes() }], &options).unwrap().remove(0);
    assert_eq!((batch.sales[0].day.to_string().as_str(), batch.notices.len()), ("2026-03-02", 0));
}

#[test]
fn wide_targets_become_a_quota_a_month() {
    let text = "Year,Säljare,M01,M02,M03,M04,M05,M06,M07,M08,M09,M10,M11,M12\n2026,P1,,NULL,100,200,,,,,,,,300\n";
    let plan = planned(&[("pams.csv", PAMS), ("budget.csv", text)]);
    let quotas: Vec<_> = plan
        .quotas
        .iter()
        .map(|change| match change {
            Change::New(quota) => (quota.from.to_string(), quota.months, quota.amount),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [("2026-03", 100), ("2026-04", 200), ("2026-12", 300)];
    assert_eq!(quotas, expected.map(|(month, amount)| (month.to_owned(), 1, Money::whole(amount))));
}
