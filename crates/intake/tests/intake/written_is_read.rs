//! Whatever is written is read back the same: any encoding, separator, decimal style, date style, quoting, packing.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::Write;

use proptest::prelude::*;
use spelplan_facts::{Day, Money};
use spelplan_intake::{Batch, Kind, Options, Source, read};

#[derive(Debug, Clone)]
struct Line {
    day: Day,
    partner: String,
    category: String,
    quantity: i64,
    revenue: Money,
}

#[derive(Debug, Clone, Copy)]
struct Style {
    encoding: usize,
    separator: char,
    comma: bool,
    grouping: Option<char>,
    minus: usize,
    date: usize,
    line_end: &'static str,
    packed: bool,
    quoted: bool,
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let names =
        prop::sample::select(vec!["Åre Data", "Smith & Co", "Ö; \"Kiosken\"", "Ærø, Nord", "Müller|Söhne", "x"]);
    let line = (0i32..3000, names, "[a-zåäö]{3,9}", -999i64..99_999, -9_999_999i64..9_999_999_999).prop_map(
        |(days, partner, category, quantity, revenue)| Line {
            day: Day::new(2019, 1, 1).unwrap().plus(days),
            partner: partner.to_owned(),
            category,
            quantity,
            revenue: Money(revenue * 100),
        },
    );
    prop::collection::vec(line, 1..40)
}

fn styles() -> impl Strategy<Value = Style> {
    let separators = prop::sample::select(vec![',', ';', '\t', '|']);
    let groupings = prop::sample::select(vec![None, Some(' '), Some('\u{a0}'), Some('.')]);
    let ends = prop::sample::select(vec!["\n", "\r\n"]);
    (0..5usize, separators, any::<bool>(), groupings, 0..4usize, 0..6usize, ends, any::<bool>(), any::<bool>())
        .prop_map(|(encoding, separator, comma, grouping, minus, date, line_end, packed, quoted)| Style {
            encoding,
            separator,
            comma,
            // A point between thousands goes with a comma before decimals, and the other way round.
            grouping: grouping.map(|mark| if mark == '.' && !comma { ',' } else { mark }),
            minus,
            date,
            line_end,
            packed,
            quoted,
        })
}

fn amount(money: Money, style: Style) -> String {
    let hundredths = (money.0 / 100).unsigned_abs();
    let (whole, rest) = ((hundredths / 100).to_string(), hundredths % 100);
    let mut grouped = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 {
            grouped.extend(style.grouping);
        }
        grouped.push(digit);
    }
    let plain = format!("{grouped}{}{rest:02}", if style.comma { ',' } else { '.' });
    match (money.0 < 0, style.minus) {
        (false, _) => plain,
        (true, 0) => format!("-{plain}"),
        // Windows-1252 has no U+2212; its en dash does the same.
        (true, 1) => format!("{}{plain}", if style.encoding == 2 { '\u{2013}' } else { '\u{2212}' }),
        (true, 2) => format!("{plain}-"),
        (true, _) => format!("({plain})"),
    }
}

fn date(day: Day, style: Style) -> String {
    let (year, month, of_month) = day.parts();
    let months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    match style.date {
        0 => day.to_string(),
        1 => format!("{day} 00:00:00.000"),
        2 => format!("{year}{month:02}{of_month:02}"),
        3 => format!("{of_month:02}.{month:02}.{year}"),
        4 => format!("{of_month}-{}-{year}", months[month as usize - 1]),
        _ => format!("{of_month}/{month}/{year}"),
    }
}

fn cell(text: &str, style: Style) -> String {
    if style.quoted || text.contains([style.separator, '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn written(lines: &[Line], style: Style) -> Vec<u8> {
    let mut rows = vec![["Datum", "Återförsäljare", "Varugrupp", "Antal", "Belopp"].map(str::to_owned)];
    rows.extend(lines.iter().map(|line| {
        [
            date(line.day, style),
            line.partner.clone(),
            line.category.clone(),
            line.quantity.to_string(),
            amount(line.revenue, style),
        ]
    }));
    let joined = |row: &[String; 5]| {
        row.iter().map(|text| cell(text, style)).collect::<Vec<_>>().join(&style.separator.to_string())
    };
    let text: String = rows.iter().map(|row| joined(row) + style.line_end).collect();
    let bytes = match style.encoding {
        0 => text.into_bytes(),
        1 => [b"\xEF\xBB\xBF".to_vec(), text.into_bytes()].concat(),
        2 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        3 => [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        _ => [vec![0xFE, 0xFF], text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat(),
    };
    if !style.packed {
        return bytes;
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&bytes).unwrap();
    packer.finish().unwrap()
}

fn same(batch: &Batch, lines: &[Line]) -> Result<(), TestCaseError> {
    prop_assert_eq!((batch.kind, batch.wrong.first()), (Some(Kind::Sales), None));
    prop_assert_eq!(batch.sales.len(), lines.len());
    for (sale, line) in batch.sales.iter().zip(lines) {
        prop_assert_eq!(sale.day, line.day);
        prop_assert_eq!(&batch.partner_keys[sale.partner as usize], &line.partner);
        prop_assert_eq!(&batch.categories[sale.category as usize].0, &line.category);
        prop_assert_eq!((sale.quantity, sale.revenue), (line.quantity, line.revenue));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(mut lines in lines(), style in styles()) {
        // One date that only one order allows settles the others.
        lines[0].day = Day::new(2024, 5, 23).unwrap();
        let bytes = written(&lines, style);
        let batch = read(&Source { name: "utdrag.csv", bytes: &bytes }, &Options::default()).unwrap().remove(0);
        same(&batch, &lines)?;
    }

    #[test]
    fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&Source { name: "x", bytes: &bytes }, &Options::default());
    }

    #[test]
    fn no_text_brings_the_reader_down(text in "(date|partner_id|revenue|[,;\t|\"\n]|[0-9./-]{1,9}|åäö){0,60}") {
        let _ = read(&Source { name: "x", bytes: text.as_bytes() }, &Options::default());
    }
}
