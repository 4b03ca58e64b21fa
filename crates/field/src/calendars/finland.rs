//! Finland: red days with both eves, a half day on New Year's Eve, bridge days, July off.

use super::Country;
use super::rule::{When, named};
use spelplan_facts::Text;

pub(super) static FINLAND: Country = Country {
    code: "FI",
    red_days: holidays_rs::Country::Finland,
    closed_eves: &[],
    half_days: &[named(When::Fixed(12, 31), "nyårsafton", "New Year's Eve")],
    bridges: true,
    summer: &[(27, 30, 0.0)],
    names: &[
        ("Helatorstai", Text { sv: "Kristi himmelsfärdsdag", en: "Ascension Day" }),
        ("Helluntaipäivä", Text { sv: "pingstdagen", en: "Pentecost" }),
        ("Itsenäisyyspäivä", Text { sv: "självständighetsdagen", en: "Independence Day" }),
        ("Jouluaatto", Text { sv: "julafton", en: "Christmas Eve" }),
        ("Joulupäivä", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Juhannusaatto", Text { sv: "midsommarafton", en: "Midsummer Eve" }),
        ("Juhannuspäivä", Text { sv: "midsommardagen", en: "Midsummer Day" }),
        ("Loppiainen", Text { sv: "trettondagen", en: "Epiphany" }),
        ("Pitkäperjantai", Text { sv: "långfredagen", en: "Good Friday" }),
        ("Pyhäinpäivä", Text { sv: "alla helgons dag", en: "All Saints' Day" }),
        ("Pääsiäispäivä", Text { sv: "påskdagen", en: "Easter Sunday" }),
        ("Tapaninpäivä", Text { sv: "annandag jul", en: "Second Day of Christmas" }),
        ("Toinen pääsiäispäivä", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Uudenvuodenpäivä", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Vappu", Text { sv: "första maj", en: "May Day" }),
    ],
};
