//! Norway: red days, half days on the winter eves, bridge days, three weeks of July off.

use super::Country;
use super::rule::WINTER_EVES;
use spelplan_facts::Text;

pub(super) static NORWAY: Country = Country {
    code: "NO",
    red_days: holidays_rs::Country::Norway,
    closed_eves: &[],
    half_days: &WINTER_EVES,
    bridges: true,
    summer: &[(28, 30, 0.0)],
    names: &[
        ("Andre juledag", Text { sv: "annandag jul", en: "Second Day of Christmas" }),
        ("Andre pinsedag", Text { sv: "annandag pingst", en: "Pentecost Monday" }),
        ("Andre påskedag", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Arbeidernes dag", Text { sv: "första maj", en: "Labour Day" }),
        ("Første juledag", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Første nyttårsdag", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Første pinsedag", Text { sv: "pingstdagen", en: "Pentecost" }),
        ("Første påskedag", Text { sv: "påskdagen", en: "Easter Sunday" }),
        ("Grunnlovsdag", Text { sv: "Norges nationaldag", en: "Constitution Day" }),
        ("Kristi himmelfartsdag", Text { sv: "Kristi himmelsfärdsdag", en: "Ascension Day" }),
        ("Langfredag", Text { sv: "långfredagen", en: "Good Friday" }),
        ("Skjærtorsdag", Text { sv: "skärtorsdagen", en: "Maundy Thursday" }),
    ],
};
