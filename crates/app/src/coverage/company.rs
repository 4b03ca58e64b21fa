//! What only those see who see the whole company: the curve, the day more and the day fewer, fewer visits with the same
//! relationships.

use std::collections::BTreeMap;

use spelplan_coverage::year::{DayChange, Frontier, FrontierPoint, MarginalDay, SubstitutionLine};
use spelplan_facts::{Minutes, PartnerId};

use super::counted::{Answered, Counted};

/// What one more and one fewer day mean, and the whole curve.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyYear {
    /// The curve around today's days.
    pub frontier: Frontier,
    /// The curve with video that builds.
    pub with_video: Vec<FrontierPoint>,
    /// The point asked about.
    pub asked: FrontierPoint,
    /// One day more than asked.
    pub day_more: Option<NamedDay>,
    /// One day fewer.
    pub day_fewer: Option<NamedDay>,
    /// Fewer visits with the same relationships.
    pub substitution: Substituted,
    /// The optimum lies at an end of what was tried.
    pub on_the_edge: bool,
}

/// Visits before and after digital touches take their part, at equal relationship.
#[derive(Debug, Clone, PartialEq)]
pub struct Substituted {
    /// Weighted touches a month assumed.
    pub touches_month: f64,
    /// Visits a year before and after.
    pub visits: (f64, f64),
    /// Field time a year it saves.
    pub saved: Minutes,
    /// Digital time a year it takes.
    pub taken: Minutes,
    /// Partners whose visits it concerns most: identity, name, visits before and after.
    pub most: Vec<(PartnerId, String, f64, f64)>,
    /// Visits before and after by partner, for the rows.
    pub by_partner: BTreeMap<PartnerId, (f64, f64)>,
}

/// A day more or less with names.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedDay {
    /// The day.
    pub day: MarginalDay,
    /// Its PAM's name.
    pub pam: String,
    /// Whom it goes to or drops, the largest first.
    pub partners: Vec<(String, DayChange)>,
}

/// Partners named beside a day more or less, and in the substitution.
const NAMED: usize = 6;

/// Weighted touches a month at which the substitution is shown: one personal call in two weeks.
const SUBSTITUTING_TOUCHES: f64 = 2.0;

/// The company's year; `None` where it was refused.
pub(super) fn company_year(year: &Counted, answered: &Answered) -> Option<CompanyYear> {
    let snapshot = &*year.snapshot;
    let (whole, here) = (year.whole.as_ref().ok()?, answered.answer.as_ref().ok()?);
    let name = |partner: PartnerId| snapshot.facts.partner(partner).map(|it| it.name.clone()).unwrap_or_default();
    let named = |day: &MarginalDay, follows: fn(&DayChange) -> bool| {
        // Those it goes to, or is taken from; touches are told only where no visit moves.
        let visits: Vec<&DayChange> = day.changes.iter().filter(|change| follows(change)).collect();
        let told = if visits.is_empty() { day.changes.iter().collect() } else { visits };
        NamedDay {
            pam: snapshot.facts.pam(day.pam).map(|pam| pam.name.clone()).unwrap_or_default(),
            partners: told.into_iter().take(NAMED).map(|change| (name(change.partner), *change)).collect(),
            day: day.clone(),
        }
    };
    let substitution = year.programme.substitution(&answered.ask, SUBSTITUTING_TOUCHES);
    let mut most: Vec<_> = substitution.lines.iter().collect();
    let saved = |line: &SubstitutionLine| line.visits.0 - line.visits.1;
    most.sort_by(|one, other| saved(other).total_cmp(&saved(one)).then(one.partner.cmp(&other.partner)));
    let most = most.into_iter().take(NAMED).filter(|line| saved(line) > 0.05);
    let optimum = whole.frontier.optimum.share;
    Some(CompanyYear {
        substitution: Substituted {
            touches_month: SUBSTITUTING_TOUCHES,
            visits: substitution.visits,
            saved: substitution.field_time_saved,
            taken: substitution.digital_time_taken,
            most: most.map(|line| (line.partner, name(line.partner), line.visits.0, line.visits.1)).collect(),
            by_partner: substitution.lines.iter().map(|line| (line.partner, line.visits)).collect(),
        },
        with_video: year.whole_with_video.as_ref().map(|answer| answer.frontier.points.clone()).unwrap_or_default(),
        asked: here.point,
        day_more: here.day_more.as_ref().map(|day| named(day, |change| change.visits.1 > change.visits.0)),
        day_fewer: here.day_fewer.as_ref().map(|day| named(day, |change| change.visits.1 < change.visits.0)),
        on_the_edge: whole.frontier.points.first().is_some_and(|point| point.share == optimum)
            || whole.frontier.points.last().is_some_and(|point| point.share == optimum),
        frontier: whole.frontier.clone(),
    })
}
