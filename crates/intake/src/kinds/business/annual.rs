//! Yearly accounts, one row a year.

use spelplan_facts::{AnnualFigures, Business};

use super::{PARTNER, keep, part};
use crate::Batch;
use crate::columns::{Columns, numbers, words};
use crate::kinds::row_reader::{RowReader, missing, not_a_day};

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("partner_id", PARTNER),
        numbers("fiscal_year", "year ar rakenskapsar bokslutsar"),
        numbers("revenue", "netrevenue turnover omsattning nettoomsattning netsales"),
        numbers("cost_of_goods", "cogs costofgoodssold kostnadsaldavaror handelsvaror"),
        numbers("personnel_cost", "personnelcosts staffcosts personalkostnad personalkostnader"),
        numbers("employees", "fte anstallda antalanstallda headcount"),
        numbers("operating_profit", "ebit rorelseresultat operatingincome"),
        numbers("receivables", "tradereceivables accountsreceivable kundfordringar"),
        numbers("inventory", "lager varulager inventories"),
        numbers("payables", "tradepayables accountspayable leverantorsskulder"),
        numbers("assets", "totalassets tillgangar balansomslutning summatillgangar"),
        numbers("equity", "egetkapital shareholdersequity"),
        numbers("financial_income", "finansiellaintakter financialincome interestincome ranteintakter"),
        numbers("non_interest_debt", "ejrantebarandeskulder rantefriaskulder noninterestbearingdebt noninterestdebt"),
        words("with_vat", "inklmoms medmoms includesvat vat"),
        numbers("domestic_share", "domestic inhemskandel andelinrikes"),
    ],
    needed: &[
        &["partner_id"],
        &["fiscal_year"],
        &["cost_of_goods", "personnel_cost", "operating_profit", "receivables", "inventory", "payables", "equity"],
    ],
    telling: &["fiscal_year", "cost_of_goods", "personnel_cost", "receivables", "payables", "equity"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let Some(year) = reader.count("fiscal_year") else {
        return reader.complain("fiscal_year", missing());
    };
    if !(1990..=2100).contains(&year) {
        return reader.complain("fiscal_year", not_a_day(&year.to_string()));
    }
    let annual = AnnualFigures {
        year: year as i32,
        revenue: reader.amount("revenue"),
        cost_of_goods: reader.amount("cost_of_goods"),
        personnel_cost: reader.amount("personnel_cost"),
        employees: reader.amount("employees").map(|number| number.units()),
        operating_profit: reader.amount("operating_profit"),
        receivables: reader.amount("receivables"),
        inventory: reader.amount("inventory"),
        payables: reader.amount("payables"),
        assets: reader.amount("assets"),
        equity: reader.amount("equity"),
        financial_income: reader.amount("financial_income"),
        non_interest_debt: reader.amount("non_interest_debt"),
        with_vat: reader.truth("with_vat"),
        domestic: part(reader, "domestic_share"),
    };
    keep(reader, batch, partner, year.to_string(), Business::Annual(annual));
}
