//! Which partners the coverage table shows, and in which order.

use std::cmp::Ordering;

use spelplan_coverage::year::YearLine;
use spelplan_facts::{PamId, Partner};

/// What the table shows. Everything absent shows everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverageFilter {
    /// Part of name, number or town, any case.
    pub search: String,
    /// Run by this PAM.
    pub pam: Option<PamId>,
    /// Of this segment.
    pub segment: Option<String>,
    /// How it changes.
    pub change: Option<Change>,
    /// Only those somebody or chance has decided about.
    pub decided: bool,
    /// Order.
    pub sort: CoverageSort,
    /// The other way round.
    pub reversed: bool,
}

/// What the proposal changes for a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// More visits than now.
    More,
    /// Fewer, but some.
    Fewer,
    /// As many as now.
    Same,
    /// Visited for the first time in a year.
    New,
    /// Visited now, and no longer.
    Dropped,
    /// No visits, now or proposed.
    Unvisited,
}

/// Order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CoverageSort {
    /// By expected gain.
    #[default]
    Gain,
    /// By name.
    Name,
    /// By the name of its PAM.
    Pam,
    /// By visits a year now.
    Now,
    /// By visits a year proposed.
    Proposed,
    /// By the change in visits.
    Change,
    /// By digital touches proposed.
    Touches,
    /// By what rules cost.
    Cost,
}

impl Change {
    /// Every change, in the order shown.
    pub const ALL: [Change; 6] =
        [Change::More, Change::Fewer, Change::New, Change::Dropped, Change::Same, Change::Unvisited];

    /// What the line changes.
    pub fn of(line: &YearLine) -> Change {
        let (now, proposed) = (line.now.visits_year, line.visits_year() as f64);
        match () {
            () if now <= 0.0 && proposed <= 0.0 => Change::Unvisited,
            () if now <= 0.0 => Change::New,
            () if proposed <= 0.0 => Change::Dropped,
            () if proposed > now => Change::More,
            () if proposed < now => Change::Fewer,
            () => Change::Same,
        }
    }
}

impl CoverageFilter {
    /// Does the filter let the partner through? `words` are its name, number and town in lower case.
    pub(crate) fn passes(&self, partner: &Partner, words: &str, line: &YearLine) -> bool {
        let search = self.search.trim().to_lowercase();
        self.pam.is_none_or(|pam| partner.pam == Some(pam))
            && self.segment.as_ref().is_none_or(|segment| partner.segment == *segment)
            && self.change.is_none_or(|change| change == Change::of(line))
            && (!self.decided || !line.rules.is_empty())
            && (search.is_empty() || words.contains(&search))
    }
}

/// Which of two lines stands first; equals keep the order of their identities.
pub(crate) fn order(
    sort: CoverageSort,
    one: (&Partner, &str, &YearLine),
    other: (&Partner, &str, &YearLine),
) -> Ordering {
    let ((partner_a, pam_a, a), (partner_b, pam_b, b)) = (one, other);
    let change = |line: &YearLine| line.visits_year() as f64 - line.now.visits_year;
    let first = match sort {
        CoverageSort::Gain => b.gain.value.cmp(&a.gain.value),
        CoverageSort::Name => partner_a.name.to_lowercase().cmp(&partner_b.name.to_lowercase()),
        CoverageSort::Pam => pam_a.cmp(pam_b),
        CoverageSort::Now => b.now.visits_year.total_cmp(&a.now.visits_year),
        CoverageSort::Proposed => b.visits_year().cmp(&a.visits_year()),
        CoverageSort::Change => change(b).total_cmp(&change(a)),
        CoverageSort::Touches => b.touches_month.total_cmp(&a.touches_month),
        CoverageSort::Cost => b.rules_cost.cmp(&a.rules_cost),
    };
    first.then(b.gain.value.cmp(&a.gain.value)).then(a.partner.cmp(&b.partner))
}
