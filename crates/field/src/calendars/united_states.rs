//! The United States: federal holidays on the day they are observed, half days on the winter eves.

use super::Country;
use super::rule::WINTER_EVES;
use spelplan_facts::Text;

pub(super) static UNITED_STATES: Country = Country {
    code: "US",
    red_days: holidays_rs::Country::UnitedStates,
    closed_eves: &[],
    half_days: &WINTER_EVES,
    bridges: false,
    summer: &[],
    names: &[
        ("Christmas Day", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Independence Day", Text { sv: "självständighetsdagen", en: "Independence Day" }),
        ("New Year's Day", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Veterans Day", Text { sv: "veterandagen", en: "Veterans Day" }),
    ],
};
