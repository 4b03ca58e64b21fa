//! Campaigns paid by marketing funds (MDF), one row each.

use spelplan_facts::{Business, Campaign};

use super::{PARTNER, keep, period};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, words};
use crate::kinds::row_reader::RowReader;

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("campaign_id", "campaign campaignno mdf mdfid claimid kampanj kampanjnr kampanjid"),
        words("partner_id", PARTNER),
        dates("period_start", "from fran periodstart startdate startdatum"),
        dates("period_end", "to till periodend periodslut enddate slutdatum"),
        numbers("mdf_allocated", "allocated tilldelat tilldelad avsatt"),
        numbers("mdf_approved", "approved godkant beviljat"),
        numbers("lift_margin", "lift liftmargin marginlift lyft lyftitb tblyft"),
    ],
    needed: &[&["partner_id"], &["period_start"], &["period_end"], &["mdf_allocated", "mdf_approved"]],
    telling: &["campaign_id", "mdf_allocated", "mdf_approved", "lift_margin"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let Some(period) = period(reader) else { return };
    let campaign = Campaign {
        period,
        allocated: reader.amount("mdf_allocated"),
        approved: reader.amount("mdf_approved"),
        lift_margin: reader.amount("lift_margin"),
    };
    let key = format!("{} {}", reader.words("campaign_id"), period.from).trim().to_owned();
    keep(reader, batch, partner, key, Business::Campaign(campaign));
}
