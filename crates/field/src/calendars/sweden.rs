//! Sweden: red days, three eves on which offices are closed, the bank calendar's half days, klämdagar and industrisemester.

use super::Country;
use super::rule::{When, named};
use spelplan_facts::Text;

pub(super) static SWEDEN: Country = Country {
    code: "SE",
    red_days: holidays_rs::Country::Sweden,
    closed_eves: &[
        named(When::OnOrAfter(4, 6, 19), "midsommarafton", "Midsummer Eve"),
        named(When::Fixed(12, 24), "julafton", "Christmas Eve"),
        named(When::Fixed(12, 31), "nyårsafton", "New Year's Eve"),
    ],
    half_days: &[
        named(When::Fixed(1, 5), "trettondagsafton", "Twelfth Night"),
        named(When::Easter(-3), "skärtorsdagen", "Maundy Thursday"),
        named(When::Fixed(4, 30), "valborgsmässoafton", "Walpurgis Night"),
        named(When::Easter(38), "dagen före Kristi himmelsfärdsdag", "the day before Ascension Day"),
        named(When::Easter(47), "dagen före pingstafton", "the day before Pentecost Eve"),
        named(When::OnOrAfter(3, 6, 18), "dagen före midsommarafton", "the day before Midsummer Eve"),
        named(When::OnOrAfter(4, 10, 30), "allhelgonaafton", "All Saints' Eve"),
        named(When::Fixed(12, 23), "dagen före julafton", "the day before Christmas Eve"),
        named(When::Fixed(12, 30), "dagen före nyårsafton", "the day before New Year's Eve"),
    ],
    bridges: true,
    summer: &[(27, 27, 0.5), (28, 31, 0.0), (32, 32, 0.5)],
    names: &[
        ("Alla helgons dag", Text { sv: "alla helgons dag", en: "All Saints' Day" }),
        ("Annandag jul", Text { sv: "annandag jul", en: "Second Day of Christmas" }),
        ("Annandag påsk", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Första maj", Text { sv: "första maj", en: "May Day" }),
        ("Juldagen", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Kristi himmelsfärdsdag", Text { sv: "Kristi himmelsfärdsdag", en: "Ascension Day" }),
        ("Långfredagen", Text { sv: "långfredagen", en: "Good Friday" }),
        ("Midsommardagen", Text { sv: "midsommardagen", en: "Midsummer Day" }),
        ("Nationaldagen", Text { sv: "nationaldagen", en: "National Day" }),
        ("Nyårsdagen", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Pingstdagen", Text { sv: "pingstdagen", en: "Pentecost" }),
        ("Påskdagen", Text { sv: "påskdagen", en: "Easter Sunday" }),
        ("Trettondedag jul", Text { sv: "trettondedag jul", en: "Epiphany" }),
    ],
};
