//! Rebate agreements with us, one row for each partner and period.

use spelplan_facts::{Business, Rebate};

use super::{PARTNER, keep, needed_amount, period};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, words};
use crate::kinds::row_reader::RowReader;

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("agreement", "agreementid bonusavtal program rebateprogram"),
        words("partner_id", PARTNER),
        dates("period_start", "from fran periodstart startdate startdatum"),
        dates("period_end", "to till periodend periodslut enddate slutdatum"),
        numbers("counted", "purchases raknat raknadekop actual utfall"),
        numbers("rebate_earned", "rebate earned intjanad bonus accrued upplupen"),
        numbers("next_tier_at", "nexttier target nastaniva troskel tier"),
        numbers("next_tier_rebate", "nasta bonus nextrebate bonusvidniva"),
    ],
    needed: &[&["partner_id"], &["period_start"], &["period_end"], &["rebate_earned"], &["counted"]],
    telling: &["rebate_earned", "next_tier_at", "period_end"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let Some(period) = period(reader) else { return };
    let rebate = Rebate {
        period,
        counted: needed_amount(reader, "counted"),
        next_tier_at: reader.amount("next_tier_at"),
        earned: needed_amount(reader, "rebate_earned"),
        next_tier_rebate: reader.amount("next_tier_rebate"),
    };
    let key = format!("{} {}", reader.words("agreement"), period.from).trim().to_owned();
    keep(reader, batch, partner, key, Business::Rebate(rebate));
}
