//! Rebate agreements with us, one row for each partner and period.

use spelplan_facts::{Business, DayRange, Rebate};

use super::{PARTNER, keep, needed_amount};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, words};
use crate::kinds::row_reader::{RowReader, not_a_day};

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
    let (from, to) = (reader.needed_day("period_start"), reader.needed_day("period_end"));
    let (Some(from), Some(to)) = (from, to) else { return };
    if to < from {
        return reader.complain("period_end", not_a_day(&format!("{from} to {to}")));
    }
    let rebate = Rebate {
        period: DayRange { from, to },
        counted: needed_amount(reader, "counted"),
        next_tier_at: reader.amount("next_tier_at"),
        earned: needed_amount(reader, "rebate_earned"),
        next_tier_rebate: reader.amount("next_tier_rebate"),
    };
    let key = format!("{} {from}", reader.words("agreement")).trim().to_owned();
    keep(reader, batch, partner, key, Business::Rebate(rebate));
}
