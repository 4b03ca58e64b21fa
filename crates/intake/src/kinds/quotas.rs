//! Quotas: what PAMs should sell, one period a row or a year's months side by side.

use spelplan_facts::{Day, Month};

use super::row_reader::{RowReader, missing, not_a_day};
use crate::columns::{Columns, dates, numbers, words};
use crate::{Batch, QuotaRecord};

/// Columns of the months of a year, January first.
const MONTHS: [&str; 12] = ["m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"];

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words("pam_id", "pam pamkey employeekey employeeid anstnr saljare saljarnr salespersonid ownerid owner"),
        numbers("quota", "amount target mal budget kvot belopp salesamountquota salestarget"),
        dates("quarter_start", "quarterstart kvartalsstart"),
        dates("from", "month period start startdate date manad fran datum"),
        numbers("year", "ar calendaryear"),
        numbers("quarter", "kvartal calendarquarter"),
        numbers("months", "nmonths manader antalmanader"),
        numbers(MONTHS[0], "jan january januari"),
        numbers(MONTHS[1], "feb february februari"),
        numbers(MONTHS[2], "mar march mars"),
        numbers(MONTHS[3], "apr april"),
        numbers(MONTHS[4], "may maj"),
        numbers(MONTHS[5], "jun june juni"),
        numbers(MONTHS[6], "jul july juli"),
        numbers(MONTHS[7], "aug august augusti"),
        numbers(MONTHS[8], "sep september"),
        numbers(MONTHS[9], "oct okt october oktober"),
        numbers(MONTHS[10], "nov november"),
        numbers(MONTHS[11], "dec december"),
    ],
    needed: &[&["pam_id"], &["quota", "m01"], &["from", "quarter_start", "year"]],
    telling: &["quota", "quarter_start", "quarter", "m01"],
};

/// One quota, or one for each month that has one.
pub(super) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let pam = reader.needed_words("pam_id").into_owned();
    if reader.layout.has("quota") {
        take_one(reader, batch, pam);
    } else {
        take_months(reader, batch, &pam);
    }
}

fn take_one(reader: &mut RowReader<'_>, batch: &mut Batch, pam: String) {
    if reader.cell("quota").is_empty() {
        reader.complain("quota", missing());
    }
    let amount = reader.amount("quota");
    let period = period(reader);
    if let (Some(amount), Some((from, months)), true) = (amount, period, reader.is_good()) {
        batch.quotas.push((reader.line, QuotaRecord { pam, from, months, amount }));
    }
}

fn take_months(reader: &mut RowReader<'_>, batch: &mut Batch, pam: &str) {
    let Some(first) = first_of_year(reader) else { return };
    let amounts: Vec<_> = MONTHS.iter().map(|code| reader.amount(code)).collect();
    if !reader.is_good() {
        return;
    }
    for (n, amount) in amounts.into_iter().enumerate() {
        if let Some(amount) = amount {
            let from = Month(first.0 + n as i32);
            batch.quotas.push((reader.line, QuotaRecord { pam: pam.to_owned(), from, months: 1, amount }));
        }
    }
}

/// First month and how many: as the file says, else a quarter where it names quarters, a year where only years.
fn period(reader: &mut RowReader<'_>) -> Option<(Month, i32)> {
    let told = reader.count("months").and_then(|months| i32::try_from(months).ok());
    let quarterly = reader.layout.has("quarter_start") || reader.layout.has("quarter");
    if let Some(day) = reader.day("quarter_start") {
        return Some((day.month(), told.unwrap_or(3)));
    }
    if let Some(day) = reader.day("from") {
        let named_quarter = reader.words("from").contains(['Q', 'q', 'K']);
        return Some((day.month(), told.unwrap_or(if quarterly || named_quarter { 3 } else { 1 })));
    }
    let first = first_of_year(reader)?;
    match reader.count("quarter") {
        Some(quarter @ 1..=4) => Some((Month(first.0 + (quarter as i32 - 1) * 3), told.unwrap_or(3))),
        Some(other) => {
            reader.complain("quarter", not_a_day(&other.to_string()));
            None
        }
        None => Some((first, told.unwrap_or(12))),
    }
}

fn first_of_year(reader: &mut RowReader<'_>) -> Option<Month> {
    let Some(year) = reader.count("year") else {
        reader.complain("year", missing());
        return None;
    };
    let first =
        i16::try_from(year).ok().filter(|year| (1990..=2100).contains(year)).and_then(|year| Day::new(year, 1, 1));
    if first.is_none() {
        reader.complain("year", not_a_day(&year.to_string()));
    }
    first.map(Day::month)
}
