//! France: holidays of the whole country, half days on the winter eves, ponts.

use super::Country;
use super::rule::WINTER_EVES;
use spelplan_facts::Text;

pub(super) static FRANCE: Country = Country {
    code: "FR",
    red_days: holidays_rs::Country::France,
    closed_eves: &[],
    half_days: &WINTER_EVES,
    bridges: true,
    summer: &[],
    names: &[
        ("Armistice 1918", Text { sv: "vapenstilleståndsdagen", en: "Armistice Day" }),
        ("Ascension", Text { sv: "Kristi himmelsfärdsdag", en: "Ascension Day" }),
        ("Assomption", Text { sv: "Marie himmelsfärd", en: "Assumption Day" }),
        ("Fête du Travail", Text { sv: "första maj", en: "Labour Day" }),
        ("Fête nationale", Text { sv: "Frankrikes nationaldag", en: "Bastille Day" }),
        ("Jour de l'an", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Lundi de Pentecôte", Text { sv: "annandag pingst", en: "Pentecost Monday" }),
        ("Lundi de Pâques", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Noël", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Toussaint", Text { sv: "alla helgons dag", en: "All Saints' Day" }),
        ("Victoire 1945", Text { sv: "segerdagen", en: "Victory Day" }),
    ],
};
