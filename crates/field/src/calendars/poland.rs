//! Poland: holidays (Christmas Eve since 2025), half days on the winter eves, bridge days.

use super::Country;
use super::rule::WINTER_EVES;
use spelplan_facts::Text;

pub(super) static POLAND: Country = Country {
    code: "PL",
    red_days: holidays_rs::Country::Poland,
    closed_eves: &[],
    half_days: &WINTER_EVES,
    bridges: true,
    summer: &[],
    names: &[
        ("Boże Ciało", Text { sv: "Kristi lekamens fest", en: "Corpus Christi" }),
        ("Boże Narodzenie", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Drugi dzień Bożego Narodzenia", Text { sv: "annandag jul", en: "Second Day of Christmas" }),
        ("Narodowe Święto Niepodległości", Text { sv: "självständighetsdagen", en: "Independence Day" }),
        ("Nowy Rok", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Poniedziałek Wielkanocny", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Wielkanoc", Text { sv: "påskdagen", en: "Easter Sunday" }),
        ("Wigilia Bożego Narodzenia", Text { sv: "julafton", en: "Christmas Eve" }),
        ("Wniebowzięcie Najświętszej Maryi Panny", Text { sv: "Marie himmelsfärd", en: "Assumption Day" }),
        ("Wszystkich Świętych", Text { sv: "alla helgons dag", en: "All Saints' Day" }),
        ("Zielone Świątki", Text { sv: "pingstdagen", en: "Pentecost" }),
        ("Święto Konstytucji Trzeciego Maja", Text { sv: "konstitutionsdagen", en: "Constitution Day" }),
        ("Święto Pracy", Text { sv: "första maj", en: "Labour Day" }),
        ("Święto Trzech Króli", Text { sv: "trettondagen", en: "Epiphany" }),
    ],
};
