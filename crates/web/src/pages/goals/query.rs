//! The filter as it stands in the address: everything that shapes the list, so that a link shows the same list again.

use spelplan_app::open_goals::{OpenGoalFilter, Show, Sort};
use spelplan_facts::{PamId, Text};

use crate::addresses;

/// The filter, sort and page of an address. What cannot be read there counts as not said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct GoalQuery {
    /// Words searched for.
    pub search: String,
    /// Run by this PAM.
    pub pam: Option<i64>,
    /// In this country.
    pub country: String,
    /// Of this segment.
    pub segment: String,
    /// Which partners.
    pub show: Show,
    /// In which order.
    pub sort: Sort,
    /// The other way round.
    pub reversed: bool,
    /// Page from 1; 0 means the first.
    pub page: usize,
}

/// Every choice of which partners to show: its word in the address and on the screen.
pub(crate) static SHOWS: [(Show, &str, Text); 6] = [
    (Show::Worth, "worth", Text { sv: "Värda ett besök", en: "Worth a visit" }),
    (Show::NeverVisited, "never-visited", Text { sv: "Aldrig besökta", en: "Never visited" }),
    (Show::NotPlanned, "not-planned", Text { sv: "Värda, inget planerat", en: "Worth it, none planned" }),
    (Show::Planned, "planned", Text { sv: "Planerade besök", en: "Visit planned" }),
    (Show::NotWorth, "not-worth", Text { sv: "Inte värda ett besök", en: "Not worth a visit" }),
    (Show::All, "all", Text { sv: "Alla partner", en: "All partners" }),
];

/// Every order: its word in the address and on the screen.
pub(crate) static SORTS: [(Sort, &str, Text); 9] = [
    (Sort::Rank, "rank", Text { sv: "Rang", en: "Rank" }),
    (Sort::Name, "name", Text { sv: "Namn", en: "Name" }),
    (Sort::AtStake, "at-stake", Text { sv: "TB att vinna", en: "Margin at stake" }),
    (Sort::Gain, "gain", Text { sv: "Besökets effekt", en: "Gain of a visit" }),
    (Sort::Strength, "strength", Text { sv: "Relation", en: "Relationship" }),
    (Sort::LastVisit, "last-visit", Text { sv: "Senaste besök", en: "Last visit" }),
    (Sort::NextVisit, "next-visit", Text { sv: "Nästa besök", en: "Next visit" }),
    (Sort::Sales, "sales", Text { sv: "Försäljning", en: "Sales" }),
    (Sort::Town, "town", Text { sv: "Ort", en: "Town" }),
];

impl GoalQuery {
    /// Reads the pairs of an address.
    pub fn of(pairs: &[(String, String)]) -> GoalQuery {
        let said = |name: &str| pairs.iter().rfind(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default();
        let show = SHOWS.iter().find(|one| one.1 == said("show")).map(|one| one.0);
        let sort = SORTS.iter().find(|one| one.1 == said("sort")).map(|one| one.0);
        GoalQuery {
            search: said("q").to_owned(),
            pam: said("pam").parse().ok(),
            country: said("country").to_owned(),
            segment: said("segment").to_owned(),
            show: show.unwrap_or_default(),
            sort: sort.unwrap_or_default(),
            reversed: said("reversed") == "1",
            page: said("page").parse().unwrap_or(0),
        }
    }

    /// The filter that the application understands.
    pub fn filter(&self) -> OpenGoalFilter {
        let named = |word: &String| (!word.is_empty()).then(|| word.clone());
        OpenGoalFilter {
            search: self.search.clone(),
            pam: self.pam.map(PamId),
            country: named(&self.country),
            segment: named(&self.segment),
            show: self.show,
            sort: self.sort,
            reversed: self.reversed,
        }
    }

    /// The query that says the same, only what differs from the plain list; empty or beginning with `?`.
    pub fn address(&self) -> String {
        let show = if self.show == Show::default() { "" } else { self.show_word() };
        let sort = if self.sort == Sort::default() { "" } else { self.sort_word() };
        addresses::query(&[
            ("q", self.search.clone()),
            ("pam", self.pam.map(|pam| pam.to_string()).unwrap_or_default()),
            ("country", self.country.clone()),
            ("segment", self.segment.clone()),
            ("show", show.to_owned()),
            ("sort", sort.to_owned()),
            ("reversed", if self.reversed { "1".to_owned() } else { String::new() }),
            ("page", if self.page > 1 { self.page.to_string() } else { String::new() }),
        ])
    }

    /// The same list in that order; the other way round when it is in that order already.
    pub fn sorted(&self, sort: Sort) -> String {
        let reversed = self.sort == sort && !self.reversed;
        GoalQuery { sort, reversed, page: 0, ..self.clone() }.address()
    }

    /// Another page of the same list.
    pub fn turned(&self, page: usize) -> String {
        GoalQuery { page, ..self.clone() }.address()
    }

    /// The word of the choice.
    pub fn show_word(&self) -> &'static str {
        SHOWS.iter().find(|one| one.0 == self.show).map_or("", |one| one.1)
    }

    /// The word of the order.
    pub fn sort_word(&self) -> &'static str {
        SORTS.iter().find(|one| one.0 == self.sort).map_or("", |one| one.1)
    }

    /// Does it narrow the list at all?
    pub fn narrows(&self) -> bool {
        let plain = GoalQuery { sort: self.sort, reversed: self.reversed, page: self.page, ..GoalQuery::default() };
        *self != plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str) {
        let query = GoalQuery::of(&addresses::pairs(address.trim_start_matches('?')));
        assert_eq!(query.address(), address);
        assert_eq!(GoalQuery::of(&addresses::pairs(query.address().trim_start_matches('?'))), query);
    }

    #[test]
    fn a_filter_survives_its_address() {
        check("");
        check("?q=%C3%85kes%20%26%20Co");
        check("?q=x&pam=3&country=SE&segment=MSP&show=not-planned&sort=at-stake&reversed=1&page=4");
    }

    #[test]
    fn every_choice_and_order_has_its_own_word() {
        for (_, word, _) in SHOWS.iter().skip(1) {
            check(&format!("?show={word}"));
        }
        for (_, word, _) in SORTS.iter().skip(1) {
            check(&format!("?sort={word}"));
        }
    }

    #[test]
    fn what_cannot_be_read_counts_as_not_said() {
        let query = GoalQuery::of(&addresses::pairs("pam=x&show=evil&sort=&page=-3&reversed=yes&other=1"));
        assert_eq!(query, GoalQuery::default());
    }

    #[test]
    fn sorting_twice_turns_the_order_and_goes_to_the_first_page() {
        let query = GoalQuery { page: 3, ..GoalQuery::default() };
        assert_eq!(query.sorted(Sort::Name), "?sort=name");
        let by_name = GoalQuery { sort: Sort::Name, ..query };
        assert_eq!(by_name.sorted(Sort::Name), "?sort=name&reversed=1");
    }
}
