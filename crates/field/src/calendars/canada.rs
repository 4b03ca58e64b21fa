//! Canada: federal holidays on the day they are observed, half days on the winter eves.

use super::Country;
use super::rule::WINTER_EVES;
use spelplan_facts::Text;

pub(super) static CANADA: Country = Country {
    code: "CA",
    red_days: holidays_rs::Country::Canada,
    closed_eves: &[],
    half_days: &WINTER_EVES,
    bridges: false,
    summer: &[],
    names: &[
        ("Boxing Day", Text { sv: "annandag jul", en: "Boxing Day" }),
        ("Canada Day", Text { sv: "Kanadadagen", en: "Canada Day" }),
        ("Christmas Day", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Good Friday", Text { sv: "långfredagen", en: "Good Friday" }),
        ("New Year's Day", Text { sv: "nyårsdagen", en: "New Year's Day" }),
    ],
};
