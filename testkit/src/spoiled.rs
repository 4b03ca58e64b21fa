//! Spoiled input files: each is wrong in one way, and names the code with which the import must answer.
//!
//! Read one file, then plan its import against [`known`]: the code must be that of the file's error, of a wrong row or
//! of a notice. No file may make the import fall, and no wrong row may come in.

use std::collections::HashMap;

use spelplan_intake::{Known, PamRecord, PartnerRecord};

/// A file that is wrong in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpoiledFile {
    /// Its name, as handed in.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The code that the import must give.
    pub expect_code: &'static str,
    /// What is wrong with it.
    pub why: &'static str,
}

/// What the database holds before any of the files: a PAM, three partners, amounts in kronor.
pub fn known() -> Known {
    let partner = |key: &str| {
        let record =
            PartnerRecord { key: key.into(), name: format!("Partner {key}"), pam: "P1".into(), ..Default::default() };
        (key.to_owned(), record)
    };
    let pam = PamRecord { key: "P1".into(), name: "Maja Lind".into(), ..PamRecord::default() };
    Known {
        pams: HashMap::from([("P1".to_owned(), pam)]),
        partners: HashMap::from(["K1", "K2", "K3"].map(partner)),
        currency: Some("SEK".into()),
        ..Known::default()
    }
}

/// Every spoiled file.
pub fn files() -> Vec<SpoiledFile> {
    [unreadable(), wrong_cells(), wrong_places_and_words(), wrong_company()].concat()
}

fn file(name: &'static str, bytes: impl Into<Vec<u8>>, expect_code: &'static str, why: &'static str) -> SpoiledFile {
    SpoiledFile { name, bytes: bytes.into(), expect_code, why }
}

/// Files that cannot be read at all.
fn unreadable() -> Vec<SpoiledFile> {
    let rubbish: Vec<u8> = (0..600_u32).map(|n| (n * n % 251 + n % 7) as u8).collect();
    let parquet = [b"PAR1".as_slice(), &rubbish, b"PAR1"].concat();
    vec![
        file("tom.csv", "", "I001", "no byte in it"),
        file("bara-rubrik.csv", "Kundnr;Namn;Ort;Land\n", "I001", "a header and no rows"),
        file("skrap.csv", rubbish, "I002", "binary rubbish under a CSV's name"),
        file(
            "nollor.csv",
            "Kundnr;Namn;Ort\nK1;Bo\0rås\0Data;Borås\nK2;Lund IT;Lund\n",
            "I002",
            "NUL bytes between the letters",
        ),
        file("trädgård.csv", "Växt;Höjd;Färg\nRos;40;röd\nLin;60;blå\n", "I003", "nothing the trade knows"),
        file(
            "utan-partner.csv",
            "Ordernr;Radnr;Datum;Artikelnr;Antal;Belopp\n1;1;2026-01-12;A1;2;1200\n",
            "I004",
            "sale lines that do not say to whom",
        ),
        file("avhuggen.xlsx", include_bytes!("spoiled/truncated.xlsx"), "I002", "a workbook cut off"),
        file("avhuggen.parquet", parquet, "I007", "a Parquet file with its inside lost"),
        file("avhuggen.csv.gz", include_bytes!("spoiled/truncated.csv.gz"), "I007", "a packed file cut off"),
    ]
}

/// Rows with numbers and dates that are none.
fn wrong_cells() -> Vec<SpoiledFile> {
    let sale = |row: &str| format!("Ordernr;Radnr;Datum;Kundnr;Belopp\n1;1;2026-01-12;K1;1200\n{row}\n");
    vec![
        file("inget-belopp.csv", sale("1;2;2026-01-12;K2;"), "I101", "an amount left empty"),
        file("ord-som-tal.csv", sale("1;2;2026-01-12;K2;tolvhundra"), "I102", "a number in words"),
        file("ord-som-datum.csv", sale("1;2;i förrgår;K2;1200"), "I103", "a date in words"),
        file("31-februari.csv", sale("1;2;2026-02-31;K2;1200"), "I103", "a day that no calendar has"),
        file(
            "rubrik-två-gånger.csv",
            sale("Ordernr;Radnr;Datum;Kundnr;Belopp\n1;2;2026-01-12;K2;1200"),
            "I103",
            "the header once more among the rows",
        ),
        file("år-1899.csv", sale("1;2;1899-12-30;K2;1200"), "I104", "a spreadsheet's day zero"),
        file("skiljetecken.csv", sale("1;2;2026-01-12;K2;1200;över;flöd"), "I105", "more cells than the header"),
        file(
            "citattecken.csv",
            sale("1;2;2026-01-12;\"K2;1200\n1;3;2026-01-13;K3;900"),
            "I101",
            "a quotation mark that never closes",
        ),
        file(
            "dag-eller-månad.csv",
            "Ordernr;Radnr;Datum;Kundnr;Belopp\n1;1;13/01/2026;K1;1\n1;2;01/13/2026;K2;2\n1;3;03/02/2026;K3;3\n",
            "I201",
            "one row says day first, another month first, a third may be either",
        ),
        file(
            "minus-anställda.csv",
            "Kundnr;Namn;Ort;Land;Anställda\nK9;Borås Data;Borås;SE;-12\n",
            "I107",
            "fewer employees than none",
        ),
    ]
}

/// Rows with places, hours and words that mean nothing.
fn wrong_places_and_words() -> Vec<SpoiledFile> {
    let partner = |row: &str| format!("Kundnr;Namn;Ort;Land;Lat;Lon;Öppettider;Stängt\n{row}\n");
    let touch = |row: &str| format!("Datum;Kundnr;PAM;Typ;Kvalitet\n{row}\n");
    vec![
        file(
            "bortom-polen.csv",
            partner("K9;Borås Data;Borås;SE;157.72;12.94;;"),
            "I106",
            "a latitude beyond the pole",
        ),
        file("omkastat.csv", partner("K9;Borås Data;Borås;SE;12.94;57.72;;"), "I106", "north and east swapped"),
        file("oppet-jamt.csv", partner("K9;Borås Data;Borås;SE;;;när vi är här;"), "I109", "opening hours in words"),
        file(
            "baklänges.csv",
            partner("K9;Borås Data;Borås;SE;;;;2026-07-31..2026-07-06"),
            "I110",
            "closed from late to early",
        ),
        file("sagoland.csv", partner("K9;Borås Data;Borås;Narnia;;;;"), "I113", "a country out of a book"),
        file("brevduva.csv", touch("2026-01-12;K1;P1;brevduva;1"), "I108", "a kind of touch nobody uses"),
        file("för-bra.csv", touch("2026-01-12;K1;P1;besök;7"), "I111", "a quality of seven out of one"),
    ]
}

/// Rows that do not agree with each other or with what is known.
fn wrong_company() -> Vec<SpoiledFile> {
    let sale = |rows: &str| format!("Ordernr;Radnr;Datum;Kundnr;Belopp;Valuta\n{rows}\n");
    let mixed = [
        b"Kundnr;Namn;Ort;Land\nK9;G\xc3\xb6teborgs Data;G\xc3\xb6teborg;SE\n".as_slice(),
        b"K8;\xc5re IT;\xc5re;SE;\xe5\xe4\xf6\n",
    ]
    .concat();
    vec![
        file(
            "två-valutor.csv",
            sale("1;1;2026-01-12;K1;1200;SEK\n1;2;2026-01-12;K2;90;EUR"),
            "I112",
            "kronor and euros in one file",
        ),
        file("okänd-partner.csv", sale("1;1;2026-01-12;K777;1200;SEK"), "I121", "a partner nobody knows"),
        file(
            "okänd-pam.csv",
            "Kundnr;Namn;Ort;Land;Ansvarig\nK9;Borås Data;Borås;SE;P99\n",
            "I122",
            "a PAM nobody knows",
        ),
        file(
            "dubblett.csv",
            sale("1;1;2026-01-12;K1;1200;SEK\n1;1;2026-01-12;K1;900;SEK"),
            "I123",
            "one order line with two amounts",
        ),
        file("euro.csv", sale("1;1;2026-01-12;K1;1200;EUR"), "I124", "euros into a database of kronor"),
        file("två-teckenkodningar.csv", mixed, "I105", "UTF-8 above, Windows-1252 and a cell too many below"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_intake::{Options, Source, plan, read};

    /// Every code that the import gives for a file, and how many of its rows it would write.
    fn answer(file: &SpoiledFile) -> (Vec<&'static str>, usize) {
        let source = Source { name: file.name, bytes: &file.bytes };
        let batches = match read(&source, &Options::default()) {
            Ok(batches) => batches,
            Err(error) => return (vec![error.code], 0),
        };
        let plan = plan(batches, &known());
        let rows = plan.wrong.iter().flat_map(|(_, _, rows)| rows);
        let wrong = rows.flat_map(|row| &row.errors).map(|error| error.code);
        let codes = wrong.chain(plan.notices.iter().map(|notice| notice.code)).collect();
        (codes, plan.n_written())
    }

    #[test]
    fn every_spoiled_file_is_answered_with_its_code() {
        let files = files();
        assert!(files.len() >= 20);
        let missed: Vec<_> = (files.iter())
            .map(|file| (file.name, file.expect_code, answer(file)))
            .filter(|(_, code, (codes, _))| !codes.contains(code))
            .collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn names_and_contents_differ() {
        let files = files();
        for (at, file) in files.iter().enumerate() {
            assert!(
                files[..at].iter().all(|other| other.name != file.name && other.bytes != file.bytes),
                "{}",
                file.name
            );
        }
    }
}
