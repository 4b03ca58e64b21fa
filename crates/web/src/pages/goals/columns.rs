//! The columns of the list, each with the order a click on it gives.

use spelplan_app::open_goals::Sort;
use spelplan_facts::Text;

use super::GoalQuery;

/// A column's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its name.
    pub name: Text,
    /// Style of the column.
    pub style: &'static str,
    /// The address that sorts by it; empty where it cannot be sorted by.
    pub address: String,
    /// What `aria-sort` says; empty where the list is in another order.
    pub order: &'static str,
}

const COLUMNS: [(&str, Option<Sort>, Text); 8] = [
    ("rank", Some(Sort::Rank), Text { sv: "Rang", en: "Rank" }),
    ("partner", Some(Sort::Name), Text { sv: "Partner", en: "Partner" }),
    ("stake", Some(Sort::AtStake), Text { sv: "TB att vinna per år", en: "Margin at stake a year" }),
    ("gain", Some(Sort::Gain), Text { sv: "Ett besök ger", en: "One visit brings" }),
    ("relation", Some(Sort::Strength), Text { sv: "Relation", en: "Relationship" }),
    ("visit", Some(Sort::LastVisit), Text { sv: "Senaste besök", en: "Last visit" }),
    ("visit", Some(Sort::NextVisit), Text { sv: "Nästa besök", en: "Next visit" }),
    ("why", None, Text { sv: "Varför", en: "Why" }),
];

/// The heads for a list in that order.
pub(crate) fn heads(query: &GoalQuery) -> Vec<Head> {
    COLUMNS.iter().map(|(style, sort, name)| head(query, style, *sort, *name)).collect()
}

fn head(query: &GoalQuery, style: &'static str, sort: Option<Sort>, name: Text) -> Head {
    let order = match sort == Some(query.sort) {
        true if downwards(query.sort) != query.reversed => "descending",
        true => "ascending",
        false => "",
    };
    Head {
        name,
        style,
        address: sort.map(|sort| format!("/open-goals{}", query.sorted(sort))).unwrap_or_default(),
        order,
    }
}

/// Does that order begin with the greatest?
fn downwards(sort: Sort) -> bool {
    matches!(sort, Sort::AtStake | Sort::Gain | Sort::Strength | Sort::Sales)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_head_says_how_the_list_is_sorted() {
        let heads = heads(&GoalQuery { sort: Sort::AtStake, ..GoalQuery::default() });
        let sorted: Vec<_> = heads.iter().filter(|head| !head.order.is_empty()).collect();
        assert_eq!(sorted.len(), 1);
        assert_eq!((sorted[0].name.en, sorted[0].order), ("Margin at stake a year", "descending"));
    }
}
