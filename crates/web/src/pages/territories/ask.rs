//! What is asked of the territories page: the cap, partners that stay, which proposal is shown.

use std::collections::BTreeSet;

use spelplan_app::territories::{TerritoryChangeId, TerritoryTerms};
use spelplan_facts::Text;

use crate::addresses;
use crate::failure::Failure;

const NOT_A_CAP: Text = Text {
    sv: "Taket för överlämningar ska vara ett tal i procent mellan 0 och 100, till exempel 10. Gå tillbaka och ändra det",
    en: "The cap on handovers must be a number in per cent between 0 and 100, for example 10. Go back and change it",
};

/// An address or a form, taken apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Asked {
    pub terms: TerritoryTerms,
    /// The proposal shown, by its place; 0 is today's.
    pub show: Option<usize>,
    /// The word of the proposal to take over.
    pub token: String,
    /// A change that was just made, or taken back.
    pub taken: Option<TerritoryChangeId>,
    pub undone: Option<TerritoryChangeId>,
}

impl Asked {
    pub fn of(pairs: &[(String, String)]) -> Result<Asked, Failure> {
        let said = |name: &str| pairs.iter().find(|(one, _)| one == name).map(|(_, value)| value.trim());
        let mut terms = TerritoryTerms::default();
        if let Some(cap) = said("cap").filter(|cap| !cap.is_empty()) {
            let cap = cap.trim_end_matches('%').trim().replace(',', ".").parse::<f64>().ok();
            let cap = cap.filter(|cap| (0.0..=100.0).contains(cap)).ok_or(Failure::refused("W160", NOT_A_CAP))?;
            terms.cap = (cap * 10.0).round() as u32;
        }
        terms.kept = numbers(said("keep").unwrap_or_default());
        Ok(Asked {
            terms,
            show: said("show").and_then(|number| number.parse().ok()),
            token: said("token").unwrap_or_default().to_owned(),
            taken: said("taken").and_then(|number| number.parse().ok()),
            undone: said("undone").and_then(|number| number.parse().ok()),
        })
    }
}

/// Partner numbers as people write them.
pub(super) fn numbers(words: &str) -> BTreeSet<String> {
    let all = words.split([',', ';', ' ']).map(str::trim);
    all.filter(|number| !number.is_empty()).map(str::to_owned).collect()
}

/// The cap as people write it: per cent, with a decimal only where there is one.
pub(super) fn cap(terms: &TerritoryTerms) -> String {
    let (whole, rest) = (terms.cap / 10, terms.cap % 10);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest}") }
}

/// The partners that stay, as people write them.
pub(super) fn keep(terms: &TerritoryTerms) -> String {
    terms.kept.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// The page on those terms.
pub(crate) fn address(terms: &TerritoryTerms, more: &[(&str, String)]) -> String {
    format!("/territories{}", query(terms, more))
}

/// Is that an address of this page, and of nothing else?
pub(crate) fn is_own(address: &str) -> bool {
    let rest = address.strip_prefix("/territories");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('?')) && !address.contains(['\\', '\r', '\n'])
}

/// The query of those terms.
pub(super) fn query(terms: &TerritoryTerms, more: &[(&str, String)]) -> String {
    let usual = *terms == TerritoryTerms::default();
    let mut pairs = vec![("cap", if usual { String::new() } else { cap(terms) }), ("keep", keep(terms))];
    pairs.extend(more.iter().cloned());
    addresses::query(&pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Option<Asked> {
        Asked::of(&addresses::pairs(query)).ok()
    }

    #[test]
    fn terms_survive_an_address() {
        for query in ["", "cap=5&keep=1001%2C%201002&show=2", "cap=7,5", "cap=0", "cap=100 %25"] {
            let asked = asked(query).expect("terms");
            let address = address(&asked.terms, &[]);
            let again = address.split_once('?').map_or("", |(_, query)| query);
            assert_eq!(self::asked(again).expect("terms").terms, asked.terms, "{query}");
        }
    }

    #[test]
    fn a_cap_that_is_no_part_is_refused() {
        for query in ["cap=x", "cap=-1", "cap=101", "cap=nan"] {
            assert_eq!(asked(query), None, "{query}");
        }
    }
}
