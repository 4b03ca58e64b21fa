//! Denmark: red days (store bededag until 2023), half days on Constitution Day and the winter eves, bridge days, three weeks of July off.

use super::Country;
use super::rule::{When, named};
use spelplan_facts::Text;

pub(super) static DENMARK: Country = Country {
    code: "DK",
    red_days: holidays_rs::Country::Denmark,
    closed_eves: &[],
    half_days: &[
        named(When::Fixed(6, 5), "grundlovsdagen", "Constitution Day"),
        named(When::Fixed(12, 24), "julafton", "Christmas Eve"),
        named(When::Fixed(12, 31), "nyårsafton", "New Year's Eve"),
    ],
    bridges: true,
    summer: &[(28, 30, 0.0)],
    names: &[
        ("Anden juledag", Text { sv: "annandag jul", en: "Second Day of Christmas" }),
        ("Anden pinsedag", Text { sv: "annandag pingst", en: "Pentecost Monday" }),
        ("Anden påskedag", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Juledag", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Kristi himmelfartsdag", Text { sv: "Kristi himmelsfärdsdag", en: "Ascension Day" }),
        ("Langfredag", Text { sv: "långfredagen", en: "Good Friday" }),
        ("Nytårsdag", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Pinsedag", Text { sv: "pingstdagen", en: "Pentecost" }),
        ("Påskedag", Text { sv: "påskdagen", en: "Easter Sunday" }),
        ("Skærtorsdag", Text { sv: "skärtorsdagen", en: "Maundy Thursday" }),
        ("Store bededag", Text { sv: "stora böndagen", en: "Great Prayer Day" }),
    ],
};
