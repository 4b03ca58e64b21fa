//! Partners: the resellers we plan for.

use spelplan_facts::{DayRange, Minutes, Money, Share, WeekHours};

use super::addresses::{CITY, COUNTRY, LAT, LON, POSTAL_CODE, REGION, STREET, read_country, read_place};
use super::row_reader::{RowReader, negative, not_a_number};
use crate::columns::{Columns, numbers, words};
use crate::errors::Complaint;
use crate::{Batch, PartnerRecord};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words(
            "partner_id",
            "partnerkey partnerno partnernr partnernummer accountid donotmodifyaccount recordid \
            resellerkey resellerid aterforsaljarnr kundnr kundnummer kundid customerid customerno \
            customernumber storenumber companyid accountnumber id orgnr organisationsnummer",
        ),
        words(
            "name",
            "partnername partnernamn namn partner accountname companyname company resellername storename \
            kundnamn kund customername foretag foretagsnamn aterforsaljare",
        ),
        STREET,
        POSTAL_CODE,
        CITY,
        REGION,
        COUNTRY,
        LAT,
        LON,
        words("segment", "partnersegment businesstype type accounttype industry bransch kundtyp kundgrupp kategori"),
        words("chain", "kedja group grupp koncern parentid parentaccount parentaccountid parentcompany"),
        numbers("employees", "numberofemployees numberemployees anstallda antalanstallda employeecount"),
        numbers("annual_sales", "annualrevenue omsattning arsomsattning turnover revenue"),
        numbers(
            "wallet",
            "knownwallet totalwallet walletyear totalpurchases annualpurchases yearlypurchases purchasesyear totalspend \
            annualspend arsinkop totalinkop totalainkop inkopperar inkopsvolym",
        ),
        numbers(
            "share_of_wallet",
            "walletshare ourshare shareofpurchases purchaseshare shareofspend andel varandel andelavinkop inkopsandel \
            andelavinkopen",
        ),
        words(
            "pam_id",
            "pam pamkey ownerid accountowner companyowner owner ansvarig saljare saljarnr saljarid \
            partneransvarig salespersonid",
        ),
        words("opening_hours", "oppettider openinghours besokstider hours"),
        words("closed", "stangt closeddays stangdadagar closedperiods"),
        numbers("visit_time", "visitminutes visitlength besokstid besokslangd besoksminuter"),
        words("status", "partnerstatus statecode accountstatus lifecyclestage"),
        words("active", "aktiv isactive"),
        words("inactive", "inaktiv isdeleted deleted sparrad"),
    ],
    needed: &[&["partner_id"]],
    telling: &[
        "segment",
        "chain",
        "employees",
        "annual_sales",
        "wallet",
        "share_of_wallet",
        "opening_hours",
        "closed",
        "visit_time",
    ],
};

/// One partner.
pub(super) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let key = reader.needed_words("partner_id").into_owned();
    let country = read_country(reader);
    let name = reader.words("name");
    let record = PartnerRecord {
        name: if name.is_empty() { key.clone() } else { name },
        street: reader.words("street"),
        postal_code: reader.words("postal_code"),
        city: reader.words("city"),
        place: read_place(reader, &country),
        country,
        segment: reader.words("segment"),
        chain: reader.words("chain"),
        employees: reader.count("employees"),
        revenue: reader.amount("annual_sales"),
        wallet: purchases(reader),
        wallet_share: share(reader),
        pam: reader.words("pam_id"),
        opening_hours: opening_hours(reader),
        closed: closed(reader),
        visit_time: reader.count("visit_time").and_then(|minutes| i32::try_from(minutes).ok()).map(Minutes),
        inactive: inactive(reader),
        key,
    };
    if reader.is_good() {
        batch.partners.push((reader.line, record));
    }
}

/// A year's purchases from everybody; nothing bought is nothing known.
fn purchases(reader: &mut RowReader<'_>) -> Option<Money> {
    let amount = reader.amount("wallet")?;
    if amount < Money::ZERO {
        reader.complain("wallet", negative(&reader.words("wallet")));
    }
    (amount > Money::ZERO).then_some(amount)
}

/// Our part of its purchases: `0.25` and `25 %` are the same, and so is `25`; `1` is all of them.
fn share(reader: &mut RowReader<'_>) -> Option<Share> {
    let words = reader.words("share_of_wallet");
    let without_sign = words.trim_end_matches(['%', ' ', '\u{a0}']);
    if without_sign.is_empty() {
        return None;
    }
    let Some(number) = without_sign.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite()) else {
        reader.complain("share_of_wallet", not_a_number(&words));
        return None;
    };
    let part = if words.contains('%') || number > 1.0 { number / 100.0 } else { number };
    if !(0.0..=1.0).contains(&part) {
        reader.complain("share_of_wallet", no_share(&words));
    }
    (part > 0.0 && part <= 1.0).then_some(Share(part))
}

fn opening_hours(reader: &mut RowReader<'_>) -> Option<WeekHours> {
    let words = reader.words("opening_hours");
    if words.is_empty() {
        return None;
    }
    let hours = WeekHours::parse(&words);
    if hours.is_none() {
        reader.complain("opening_hours", unreadable_hours(&words));
    }
    hours
}

/// Closed periods, such as `2026-02-02..2026-02-06; 2026-07-06..2026-07-31`; a single day stands alone.
fn closed(reader: &mut RowReader<'_>) -> Vec<DayRange> {
    let words = reader.words("closed");
    let parts = words.split([';', '|']).map(str::trim).filter(|part| !part.is_empty());
    let ranges: Option<Vec<DayRange>> =
        parts.map(|part| DayRange::parse(part).or_else(|| DayRange::parse(&format!("{part}..{part}")))).collect();
    ranges.unwrap_or_else(|| {
        reader.complain("closed", unreadable_period(&words));
        Vec::new()
    })
}

/// Must not be visited: says so itself, or its status does.
fn inactive(reader: &RowReader<'_>) -> bool {
    const WORDS: [&str; 16] = [
        "inactive",
        "inaktiv",
        "closed",
        "stängd",
        "nedlagd",
        "upphörd",
        "upphört",
        "avslutad",
        "terminated",
        "lost",
        "förlorad",
        "bankrupt",
        "konkurs",
        "deleted",
        "spärrad",
        "former",
    ];
    let status = reader.words("status").to_lowercase();
    reader.truth("inactive") == Some(true) || reader.truth("active") == Some(false) || WORDS.contains(&status.as_str())
}

fn no_share(words: &str) -> Complaint {
    Complaint::new(
        "I114",
        (format!("\"{words}\" is no share of a partner's purchases"), "Write a part between 0 and 1, or 0 to 100 %"),
        (format!("\"{words}\" är ingen andel av en partners inköp"), "Skriv en del mellan 0 och 1, eller 0 till 100 %"),
    )
}

fn unreadable_hours(words: &str) -> Complaint {
    Complaint::new(
        "I109",
        (format!("\"{words}\" are no opening hours"), "Write them as Mon-Fri 09:00-12:00,13:00-16:30; Sat 10:00-13:00"),
        (format!("\"{words}\" är inga öppettider"), "Skriv dem som mån-fre 09:00-12:00,13:00-16:30; lör 10:00-13:00"),
    )
}

/// A period that is none or runs backwards.
pub(super) fn unreadable_period(words: &str) -> Complaint {
    Complaint::new(
        "I110",
        (format!("\"{words}\" is no period of days"), "Write it as 2026-02-02..2026-02-06, the first day first"),
        (format!("\"{words}\" är ingen period"), "Skriv den som 2026-02-02..2026-02-06, första dagen först"),
    )
}
