//! Every code by a file that earns it: the message says what, where and what to do, in both languages.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};

use spelplan_intake::{Known, Options, PartnerRecord, RowError, Source, errors, plan, read_all};

/// A spoiled file beside a good list of partners, and the code it must give.
struct Case {
    code: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    options: Options,
}

fn case(code: &'static str, text: &str) -> Case {
    Case { code, name: "file.csv", bytes: text.as_bytes().to_vec(), options: Options::default() }
}

fn named(code: &'static str, columns: &[(&str, &str)], text: &str) -> Case {
    let columns = columns.iter().map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned())).collect();
    Case { options: Options { columns, ..Options::default() }, ..case(code, text) }
}

fn whole_files() -> Vec<Case> {
    let format = Options { format: Some("dbase".to_owned()), ..Options::default() };
    let kind = Options { kind: Some(spelplan_intake::Kind::Sales), ..Options::default() };
    let gz = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3].to_vec();
    let mut parquet = b"PAR1".to_vec();
    parquet.extend([0; 40]);
    vec![
        case("I001", ""),
        case("I001", "\n\n\n"),
        case("I001", "date,partner_id,revenue\n"),
        Case {
            bytes: vec![0x89, b'P', b'N', b'G', 0, 0, 0, 13, 1, 2, 0, 5, 7, 7],
            name: "photo.png",
            ..case("I002", "")
        },
        Case { bytes: b"PK\x03\x04 no workbook".to_vec(), name: "x.xlsx", ..case("I002", "") },
        Case { bytes: gz, name: "x.csv.gz", ..case("I007", "") },
        Case { bytes: parquet, name: "x.parquet", ..case("I007", "") },
        case("I003", "apple,pear\n1,2\n"),
        case("I004", "date,partner_id,sku,quantity\n2026-02-03,1001,a,1\n"),
        Case { options: kind, ..case("I004", "apple,pear\n1,2\n") },
        Case { options: format, ..case("I005", "date,partner_id,revenue\n2026-02-03,1001,5\n") },
        named("I006", &[("revenue", "Omsatt")], "date,partner_id,revenue\n2026-02-03,1001,5\n"),
        case("I008", "1|Seattle|WA|Washington|US|United States|x|y|98104|1|198.51.100.1\n"),
    ]
}

fn rows() -> Vec<Case> {
    let sales = |row: &str| {
        format!("date,partner_id,order_no,line_no,quantity,revenue,currency\n2026-02-02,1001,A,1,1,10.5,SEK\n{row}\n")
    };
    let partner = |header: &str, row: &str| format!("partner_id,name,{header}\n2001,Norr AB,{row}\n");
    let drawn = |row: &str| format!("season,partner_id,arm\n2021-spring,1001,treat\n{row}\n");
    vec![
        case("I115", &drawn("Kampanj A,1001,treat")),
        case("I116", &drawn("2021-autumn,1001,perhaps")),
        case("I101", &sales("2026-02-03,,A,2,1,10.5,SEK")),
        case("I101", &sales(",1001,A,2,1,10.5,SEK")),
        case("I101", &sales("2026-02-03,1001,A,2,1,,SEK")),
        case("I102", &sales("2026-02-03,1001,A,2,two,10.5,SEK")),
        case("I102", &sales("2026-02-03,1001,A,2,1,10.5.5.1x,SEK")),
        case("I103", &sales("2026-02-30,1001,A,2,1,10.5,SEK")),
        case("I104", &sales("1899-12-31,1001,A,2,1,10.5,SEK")),
        case("I104", &sales("2206-02-03,1001,A,2,1,10.5,SEK")),
        case("I105", &sales("2026-02-03,1001,A,2,1,10,5,SEK,x")),
        case("I106", &partner("country,lat,lon", "SE,18.07,59.33")),
        case("I106", &partner("country,lat,lon", "US,-122.4,47.6")),
        case("I106", &partner("country,lat,lon", "SE,159.33,18.07")),
        case("I107", &partner("city,employees", "Umeå,-4")),
        case("I108", "date,partner_id,kind\n2026-02-03,1001,smoke signals\n"),
        case("I109", &partner("city,opening_hours", "Umeå,whenever")),
        case("I110", &partner("city,closed", "Umeå,2026-03-02..2026-02-01")),
        case("I111", "date,partner_id,kind,quality\n2026-02-03,1001,visit,7\n"),
        case("I117", "case_id,partner_id,case_type,case_opened\nA1,1001,weather,2026-02-03\n"),
        case("I112", &sales("2026-02-03,1001,A,2,1,10.5,SEK\n2026-02-03,1001,A,3,1,10.5,EUR")),
        case("I113", &partner("city,country", "Umeå,Lilliput")),
        case("I121", &sales("2026-02-03,nobody,A,2,1,10.5,SEK")),
        case("I121", "date,partner_id,kind\n2026-02-03,nobody,visit\n"),
        case("I122", "date,partner_id,pam_id,kind\n2026-02-03,1001,P9,visit\n"),
        case("I122", &partner("city,pam_id", "Umeå,P9")),
        case("I123", &sales("2026-02-02,1001,A,1,1,99,SEK")),
        case("I123", "partner_id,name,city\n2001,Norr,Umeå\n2001,Söder,Umeå\n"),
        case("I124", "date,partner_id,revenue,currency\n2026-02-03,1001,5,EUR\n"),
        case("I125", "date,partner_id,kind\n2026-02-03,Tvilling AB,visit\n"),
    ]
}

/// A database in kronor with three partners, two of them of one name.
fn known() -> Known {
    let partner = |key: &str, name: &str| {
        (key.to_owned(), PartnerRecord { key: key.to_owned(), name: name.to_owned(), ..PartnerRecord::default() })
    };
    let partners = [partner("1001", "Nordkontor AB"), partner("1", "Tvilling AB"), partner("2", "Tvilling AB")];
    Known { partners: partners.into(), currency: Some("SEK".to_owned()), ..Known::default() }
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    for Case { code, name, bytes, options } in whole_files() {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        let error = read_all(&[Source { name, bytes: &bytes }], &options).expect_err(&shown);
        assert_eq!(error.code, code, "{shown}: {error}");
        for words in [&error.cause, &error.remedy, &error.cause_sv, &error.remedy_sv] {
            assert!(!words.is_empty(), "{code}");
        }
    }
}

fn found(case: &Case) -> Vec<RowError> {
    let batches = read_all(&[Source { name: case.name, bytes: &case.bytes }], &case.options).unwrap();
    let plan = plan(batches, &known());
    assert_eq!(plan.n_wrong(), 1, "{}: {:#?}", String::from_utf8_lossy(&case.bytes), plan.wrong);
    let (_, header, rows) = &plan.wrong[0];
    assert_eq!((rows.len(), rows[0].cells.len() >= header.len()), (1, true));
    rows[0].errors.clone()
}

#[test]
fn a_wrong_row_says_where_it_stands_and_leaves_the_others_alone() {
    for case in rows() {
        let errors = found(&case);
        let shown = String::from_utf8_lossy(&case.bytes).into_owned();
        assert_eq!(errors[0].code, case.code, "{shown}: {}", errors[0]);
        let text = shown.trim_end().lines().count() as u32;
        assert_eq!(errors[0].line, text, "{shown}: {}", errors[0]);
        for words in [&errors[0].cause, &errors[0].remedy, &errors[0].cause_sv, &errors[0].remedy_sv] {
            assert!(!words.is_empty(), "{}", case.code);
        }
    }
}

#[test]
fn a_row_with_several_faults_tells_them_all() {
    let case = case("I103", "date,partner_id,order_no,line_no,quantity,revenue\nnever,,A,2,two,much\n");
    let codes: Vec<&str> = found(&case).iter().map(|error| error.code).collect();
    assert_eq!(codes, ["I103", "I102", "I101", "I102"]);
}

#[test]
fn the_message_about_a_missing_column_names_what_was_found_and_what_is_wanted() {
    let bytes = b"date,partner_id,sku,quantity\n2026-02-03,1001,a,1\n";
    let error = read_all(&[Source { name: "file.csv", bytes }], &Options::default()).unwrap_err();
    assert!(error.cause.contains("revenue") && error.cause.contains("quantity"), "{error}");
}

#[test]
fn every_code_has_its_case_and_its_title() {
    let earned: BTreeSet<&str> = whole_files().iter().chain(&rows()).map(|case| case.code).collect();
    let listed: BTreeMap<&str, _> = errors().iter().map(|kind| (kind.code, kind.title)).collect();
    assert_eq!(listed.len(), errors().len(), "a code stands twice");
    let stopping: BTreeSet<&str> = listed.keys().copied().filter(|code| !code.starts_with("I2")).collect();
    assert_eq!(earned, stopping);
    assert!(listed.values().all(|title| !title.sv.is_empty() && !title.en.is_empty()));
}
