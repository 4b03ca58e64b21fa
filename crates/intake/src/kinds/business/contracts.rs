//! Contracts between partners and their end customers, one row each.

use spelplan_facts::{Business, Contract};

use super::{PARTNER, keep};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, words};
use crate::kinds::row_reader::RowReader;

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("contract_id", "contract contractno contractnumber avtal avtalsnr avtalsnummer"),
        words("partner_id", PARTNER),
        dates("contract_end", "enddate ends slutdatum avtalsslut expires expirydate utgar"),
        dates("contract_start", "startdate begins startdatum avtalsstart"),
        numbers("annual_value", "arsvarde yearlyvalue acv arr annualamount"),
        words("renewal_of", "renews fornyar ersatter"),
    ],
    needed: &[&["contract_id"], &["partner_id"], &["contract_end"]],
    telling: &["contract_id", "contract_end", "annual_value", "renewal_of"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let number = reader.needed_words("contract_id").into_owned();
    let Some(ends) = reader.needed_day("contract_end") else { return };
    let (annual_value, begins) = (reader.amount("annual_value"), reader.day("contract_start"));
    let contract = Contract { number: number.clone(), ends, annual_value, renews: reader.words("renewal_of"), begins };
    keep(reader, batch, partner, number, Business::Contract(contract));
}
