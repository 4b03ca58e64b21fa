//! Australia: the holidays that every state keeps, half days on the winter eves.

use super::Country;
use super::rule::WINTER_EVES;
use spelplan_facts::Text;

pub(super) static AUSTRALIA: Country = Country {
    code: "AU",
    red_days: holidays_rs::Country::Australia,
    closed_eves: &[],
    half_days: &WINTER_EVES,
    bridges: false,
    summer: &[],
    names: &[
        ("ANZAC Day", Text { sv: "Anzacdagen", en: "Anzac Day" }),
        ("Australia Day", Text { sv: "Australiendagen", en: "Australia Day" }),
        ("Boxing Day", Text { sv: "annandag jul", en: "Boxing Day" }),
        ("Christmas Day", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Easter Monday", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Good Friday", Text { sv: "långfredagen", en: "Good Friday" }),
        ("New Year's Day", Text { sv: "nyårsdagen", en: "New Year's Day" }),
    ],
};
