//! What is asked of the year, as it stands in the address: days, filter, order, page.

use spelplan_app::coverage::{Change, CoverageFilter, CoverageSort, TimeAsked};
use spelplan_facts::{PamId, Text};

use crate::addresses;

/// The days, filter, order and page of an address. What cannot be read there counts as not said.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct CoverageQuery {
    /// Days in the field; wins over the share.
    pub days: Option<f64>,
    /// Part of the days there are, in per cent.
    pub share: Option<f64>,
    /// Words searched for.
    pub search: String,
    /// Run by this PAM.
    pub pam: Option<i64>,
    /// Of this segment.
    pub segment: String,
    /// How it changes.
    pub change: Option<Change>,
    /// Only those that rules concern.
    pub decided: bool,
    /// Order.
    pub sort: CoverageSort,
    /// The other way round.
    pub reversed: bool,
    /// Page from 1; 0 means the first.
    pub page: usize,
}

/// Every change: its word in the address and on the screen.
pub(crate) static CHANGES: [(Change, &str, Text); 6] = [
    (Change::More, "more", Text { sv: "fler besök", en: "more visits" }),
    (Change::Fewer, "fewer", Text { sv: "färre besök", en: "fewer visits" }),
    (Change::New, "new", Text { sv: "nya", en: "new" }),
    (Change::Dropped, "dropped", Text { sv: "släpps", en: "dropped" }),
    (Change::Same, "same", Text { sv: "som nu", en: "as now" }),
    (Change::Unvisited, "unvisited", Text { sv: "inga besök", en: "no visits" }),
];

/// Every order: its word in the address and on the screen.
pub(crate) static SORTS: [(CoverageSort, &str, Text); 8] = [
    (CoverageSort::Gain, "gain", Text { sv: "Effekt", en: "Gain" }),
    (CoverageSort::Name, "name", Text { sv: "Namn", en: "Name" }),
    (CoverageSort::Pam, "pam", Text { sv: "PAM", en: "PAM" }),
    (CoverageSort::Now, "now", Text { sv: "Besök nu", en: "Visits now" }),
    (CoverageSort::Proposed, "proposed", Text { sv: "Föreslagna besök", en: "Visits proposed" }),
    (CoverageSort::Change, "change", Text { sv: "Ändring", en: "Change" }),
    (CoverageSort::Touches, "touches", Text { sv: "Kontakter", en: "Touches" }),
    (CoverageSort::Cost, "cost", Text { sv: "Vad beslut kostar", en: "Cost of decisions" }),
];

impl CoverageQuery {
    /// Reads the pairs of an address.
    pub fn of(pairs: &[(String, String)]) -> CoverageQuery {
        let said = |name: &str| pairs.iter().rfind(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default();
        let number = |name: &str| said(name).replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
        let sort = SORTS.iter().find(|one| one.1 == said("sort")).map(|one| one.0);
        CoverageQuery {
            days: number("days").filter(|days| *days >= 0.0),
            share: number("share").filter(|share| (0.0..=1000.0).contains(share)),
            search: said("q").to_owned(),
            pam: said("pam").parse().ok(),
            segment: said("segment").to_owned(),
            change: CHANGES.iter().find(|one| one.1 == said("change")).map(|one| one.0),
            decided: said("decided") == "1",
            sort: sort.unwrap_or_default(),
            reversed: said("reversed") == "1",
            page: said("page").parse().unwrap_or(0),
        }
    }

    /// The days that are asked about.
    pub fn time(&self) -> TimeAsked {
        match (self.days, self.share) {
            (Some(days), _) => TimeAsked::Days(days),
            (None, Some(share)) => TimeAsked::Part(share / 100.0),
            (None, None) => TimeAsked::Usual,
        }
    }

    /// The filter that the application understands.
    pub fn filter(&self) -> CoverageFilter {
        CoverageFilter {
            search: self.search.clone(),
            pam: self.pam.map(PamId),
            segment: (!self.segment.is_empty()).then(|| self.segment.clone()),
            change: self.change,
            decided: self.decided,
            sort: self.sort,
            reversed: self.reversed,
        }
    }

    /// The query that says the same, only what differs from the plain page; empty or beginning with `?`.
    pub fn address(&self) -> String {
        let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
        let mark = |on: bool| if on { "1".to_owned() } else { String::new() };
        let sort = if self.sort == CoverageSort::default() { "" } else { self.sort_word() };
        addresses::query(&[
            ("days", number(self.days)),
            ("share", if self.days.is_some() { String::new() } else { number(self.share) }),
            ("q", self.search.clone()),
            ("pam", self.pam.map(|pam| pam.to_string()).unwrap_or_default()),
            ("segment", self.segment.clone()),
            ("change", self.change_word().to_owned()),
            ("decided", mark(self.decided)),
            ("sort", sort.to_owned()),
            ("reversed", mark(self.reversed)),
            ("page", if self.page > 1 { self.page.to_string() } else { String::new() }),
        ])
    }

    /// The same table in that order; the other way round when it is in that order already.
    pub fn sorted(&self, sort: CoverageSort) -> String {
        let reversed = self.sort == sort && !self.reversed;
        CoverageQuery { sort, reversed, page: 0, ..self.clone() }.address()
    }

    /// Another page of the same table.
    pub fn turned(&self, page: usize) -> String {
        CoverageQuery { page, ..self.clone() }.address()
    }

    /// Only partners that change so.
    pub fn changed(&self, change: Change) -> String {
        CoverageQuery { change: Some(change), decided: false, page: 0, ..self.clone() }.address()
    }

    /// The same days with everybody shown.
    pub fn unfiltered(&self) -> String {
        CoverageQuery { days: self.days, share: self.share, ..CoverageQuery::default() }.address()
    }

    /// The word of the chosen change.
    pub fn change_word(&self) -> &'static str {
        CHANGES.iter().find(|one| Some(one.0) == self.change).map_or("", |one| one.1)
    }

    /// The word of the order.
    pub fn sort_word(&self) -> &'static str {
        SORTS.iter().find(|one| one.0 == self.sort).map_or("", |one| one.1)
    }

    /// Does it narrow the table at all?
    pub fn narrows(&self) -> bool {
        let wide = self.search.is_empty() && self.pam.is_none() && self.segment.is_empty();
        !(wide && self.change.is_none() && !self.decided)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str) {
        let query = CoverageQuery::of(&addresses::pairs(address.trim_start_matches('?')));
        assert_eq!(query.address(), address);
    }

    #[test]
    fn a_question_survives_its_address() {
        check("");
        check("?share=80");
        check("?days=412.5&q=%C3%85&pam=3&segment=MSP&change=dropped&decided=1&sort=change&reversed=1&page=4");
        CHANGES.iter().for_each(|(_, word, _)| check(&format!("?change={word}")));
        SORTS.iter().skip(1).for_each(|(_, word, _)| check(&format!("?sort={word}")));
    }

    #[test]
    fn what_cannot_be_read_counts_as_not_said() {
        let query = CoverageQuery::of(&addresses::pairs("days=x&share=-3&change=evil&page=-1&decided=yes&pam=a"));
        assert_eq!(query, CoverageQuery::default());
        assert_eq!(CoverageQuery::of(&addresses::pairs("share=nan&days=inf")), CoverageQuery::default());
    }

    #[test]
    fn days_win_over_a_share_and_a_comma_is_a_decimal_mark() {
        let query = CoverageQuery::of(&addresses::pairs("share=80&days=41,5"));
        assert_eq!(query.time(), TimeAsked::Days(41.5));
        assert_eq!(query.address(), "?days=41.5");
    }
}
