//! Deals in partners' pipelines, one row each; HubSpot's and Salesforce's names are known.

use spelplan_facts::{Business, Deal, DealStage, Money};

use super::{keep, needed_amount, part};
use crate::Batch;
use crate::columns::{Columns, dates, numbers, squashed, words};
use crate::kinds::row_reader::RowReader;

pub(in crate::kinds) static COLUMNS: Columns = Columns {
    all: &[
        words("deal_id", "deal dealname opportunityid opportunity affar affarsnr"),
        words(
            "partner_id",
            "associatedcompanyids partnerkey partner partnerno partnernr accountid kundnr kundnummer companyname company kund aterforsaljare",
        ),
        words("deal_stage", "stage stagename fas lage status"),
        numbers("deal_amount", "amount belopp varde"),
        numbers("chance", "probability sannolikhet"),
        dates("close_date", "closedate closes avslut avslutsdatum"),
        dates("opened", "createdate createddate skapad oppnad"),
        words("registered", "dealregistration dealreg registrerad affarsregistrering"),
        dates("registered_on", "registrationdate registreradden registreringsdatum ansokt"),
        dates("approved_on", "approvaldate registrationapproved godkand godkandden godkannandedatum"),
    ],
    needed: &[&["deal_id"], &["partner_id"], &["deal_stage"], &["deal_amount"], &["close_date"]],
    telling: &["deal_stage", "chance", "close_date", "deal_id"],
};

pub(in crate::kinds) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").split(';').next().unwrap_or_default().trim().to_owned();
    let number = reader.needed_words("deal_id").into_owned();
    let Some(closes) = reader.needed_day("close_date") else { return };
    let amount: Money = needed_amount(reader, "deal_amount");
    let (chance, opened) = (part(reader, "chance"), reader.day("opened"));
    let stage = stage(&squashed(&reader.needed_words("deal_stage")));
    let (registered_on, approved_on) = (reader.day("registered_on"), reader.day("approved_on"));
    // A file that has days of registration says of the deals without one that they are not registered.
    let by_day = reader.layout.has("registered_on").then_some(registered_on.is_some());
    let registered = reader.truth("registered").or(by_day);
    let deal =
        Deal { number: number.clone(), amount, closes, chance, stage, opened, registered, registered_on, approved_on };
    keep(reader, batch, partner, number, Business::Deal(deal));
}

/// Every company names its stages; won and lost are told by these words, all else is open.
fn stage(words: &str) -> DealStage {
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if says(&["lost", "forlorad"]) {
        DealStage::Lost
    } else if says(&["won", "vunnen", "vunnet"]) {
        DealStage::Won
    } else {
        DealStage::Open
    }
}
