//! Spans of days within which a stop can be visited only so often, because of the days that must lie between two visits.

use crate::problem::Problem;

/// Days in a row, by their numbers, whose visits to one stop have one price.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub(super) price: usize,
    /// Number of its first day; it lasts until the next span.
    pub(super) first: i32,
    pub(super) most_visits: usize,
    pub(super) most_share: f64,
    least_share: f64,
}

impl Span {
    /// The part of a gain that a visit in the span may bring, whichever makes more of it.
    pub(super) fn part(&self, gain: f64, prices: &[f64]) -> f64 {
        if gain > prices[self.price] { self.most_share } else { self.least_share }
    }

    /// By how much a gain exceeds the price of a visit, for that part of both.
    pub(super) fn excess(&self, gain: f64, prices: &[f64]) -> f64 {
        self.part(gain, prices) * (gain - prices[self.price])
    }
}

/// More spans than this for each visit bring more prices to find than they make the bound sharper.
const SPANS_FOR_EACH_VISIT: usize = 3;

/// The spans of one stop: each begins on the first open day that is far enough from the first day of the one before, so
/// that no two visits fall into the same. Where only one visit counts, or the spans are many, all days are one span.
pub(super) fn spans(problem: &Problem, at: usize) -> Vec<Span> {
    let stop = &problem.stops[at];
    let mut open: Vec<(i32, f64)> = (0..problem.days.len())
        .filter_map(|day| Some((problem.days[day].number, problem.opening(at, day)?.share)))
        .collect();
    open.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let mut found: Vec<Span> = Vec::new();
    for (number, share) in open {
        match found.last_mut() {
            Some(span) if number < span.first.saturating_add(stop.min_gap.max(1)) => span.widen(share),
            _ => found.push(Span { price: 0, first: number, most_visits: 1, most_share: share, least_share: share }),
        }
    }
    if found.len() <= 1 || stop.gains.len() > 1 && found.len() <= SPANS_FOR_EACH_VISIT * stop.gains.len() {
        return found;
    }
    vec![joined(&found, stop.gains.len())]
}

impl Span {
    fn widen(&mut self, share: f64) {
        self.most_share = self.most_share.max(share);
        self.least_share = self.least_share.min(share);
    }
}

/// All of them as one, in which as many visits fit as there are spans.
fn joined(spans: &[Span], gains: usize) -> Span {
    let mut whole = Span { most_visits: spans.len().min(gains), ..spans[0].clone() };
    for span in spans {
        whole.widen(span.most_share);
        whole.widen(span.least_share);
    }
    whole
}
