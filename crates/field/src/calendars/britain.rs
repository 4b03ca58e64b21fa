//! Great Britain: the bank holidays of England, half days on the winter eves.

use super::Country;
use super::rule::WINTER_EVES;
use spelplan_facts::Text;

pub(super) static BRITAIN: Country = Country {
    code: "GB",
    red_days: holidays_rs::Country::UnitedKingdom,
    closed_eves: &[],
    half_days: &WINTER_EVES,
    bridges: false,
    summer: &[],
    names: &[
        ("Boxing Day", Text { sv: "annandag jul", en: "Boxing Day" }),
        ("Christmas Day", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Early May Bank Holiday", Text { sv: "majhelgen", en: "Early May Bank Holiday" }),
        ("Easter Monday", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Good Friday", Text { sv: "långfredagen", en: "Good Friday" }),
        ("New Year's Day", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Spring Bank Holiday", Text { sv: "vårhelgen", en: "Spring Bank Holiday" }),
        ("Summer Bank Holiday", Text { sv: "sensommarhelgen", en: "Summer Bank Holiday" }),
    ],
};
