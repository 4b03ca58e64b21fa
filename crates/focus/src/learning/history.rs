//! Facts as a panel: whole months of each partner's sales, and the touches of each person there.
//!
//! A person's stock as in `relationship`, by months: a visit counts from its month's start, and which of our PAMs made it is
//! not asked (handovers are few and would need dates of their own). Before the first known touch there is no relationship.
//! The kinds of touch carry no order confirmations or invoices, so nothing transactional enters the digital intensity.

use std::collections::BTreeMap;

use spelplan_facts::{ContactId, Day, Facts, Model, Month, Partner, Touch};
use spelplan_panel::{Panel, Track, Unit, Visit};

use crate::past::Past;
use crate::potential::Potentials;
use crate::sales_year::OwnSales;
use crate::{relationship, roles, stock, worth};

/// Most months of sales that are kept.
const MOST_MONTHS: i32 = 36;

/// Months before the first sale in which touches still build up.
const MOST_LEAD: i32 = 36;

/// A partner is read from its first month of sales on, and only with so many months ...
const FEWEST_MONTHS: usize = 12;

/// ... of which it bought in so many.
const FEWEST_BOUGHT: usize = 6;

/// The memory of the running mean of digital touches: 12 weeks, in months.
const TOUCH_MEMORY: f64 = 84.0 / stock::DAYS_A_MONTH;

/// The company's months as a panel.
pub(super) struct History {
    pub(super) panel: Panel,
    /// Names, in the panel's order.
    pub(super) segments: Vec<String>,
    /// Position in `facts.partners` of each unit.
    partners: Vec<usize>,
    pub(super) first: Month,
    pub(super) last: Month,
    pub(super) left_out: usize,
}

impl History {
    /// Whole months up to that day.
    pub(super) fn of(facts: &Facts, today: Day) -> History {
        let end = today.plus(1).month().0;
        let known = facts.sales.by_month.iter().map(|sale| sale.month.0).filter(|&month| month < end);
        let first = known.min().unwrap_or(end).max(end - MOST_MONTHS);
        let past = Past::until(facts, today);
        let touched = facts.touches.first().map_or(first, |touch| touch.day.month().0);
        let lead = (first - touched).clamp(0, MOST_LEAD);
        let span = Span { lead: lead as usize, months: (end - first) as usize, from: first - lead };
        let read: Vec<(usize, Vec<Option<f64>>)> = (0..facts.partners.len())
            .filter_map(|at| outcome(facts, &facts.partners[at], first, end).map(|outcome| (at, outcome)))
            .collect();
        let mut names: Vec<&str> = read.iter().map(|(at, _)| facts.partners[*at].segment.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let unit = |(at, outcome): &(usize, Vec<Option<f64>>)| {
            let partner = &facts.partners[*at];
            let segment = names.binary_search(&partner.segment.as_str()).unwrap_or_default();
            Unit { segment, outcome: outcome.clone(), tracks: tracks(facts, partner, past.of(partner.id), &span) }
        };
        History {
            panel: Panel {
                months: span.months,
                lead: span.lead,
                segments: names.len(),
                units: read.iter().map(unit).collect(),
            },
            segments: names.iter().map(|&name| name.to_owned()).collect(),
            partners: read.iter().map(|(at, _)| *at).collect(),
            first: Month(first),
            last: Month((end - 1).max(first)),
            left_out: facts.partners.len() - read.len(),
        }
    }

    /// For each unit the slope that its potential and base sales imply, (potential - base) / sales; none where it sold
    /// nothing in the last year.
    pub(super) fn implied(&self, facts: &Facts, today: Day) -> Vec<Option<f64>> {
        let own: Vec<OwnSales> =
            facts.partners.iter().map(|partner| OwnSales::of(facts, partner.id, today.month())).collect();
        let potentials = Potentials::of(facts, &own);
        let past = Past::until(facts, today);
        let weeks: Vec<Day> = (1..=52).map(|week| today.plus(7 * (week - 52))).collect();
        let slope = |&at: &usize| {
            let (partner, own) = (&facts.partners[at], &own[at]);
            let stood = relationship::standings(facts, partner, past.of(partner.id), &weeks);
            let strength = stood.iter().map(|week| week.strength).sum::<f64>() / stood.len() as f64;
            let (model, potential) =
                (facts.settings.model_of(&partner.segment), potentials.potential(partner, own).value);
            let base = worth::base_sales(&model, own.year.max(0.0), potential, strength);
            (own.year > 0.0).then(|| (potential - base).max(0.0) / own.year)
        };
        self.partners.iter().map(slope).collect()
    }
}

/// The months of touches and sales.
struct Span {
    lead: usize,
    months: usize,
    /// First month of the lead.
    from: i32,
}

/// The partner's months from its first sale on; those of one that is no longer active end with its last.
fn outcome(facts: &Facts, partner: &Partner, first: i32, end: i32) -> Option<Vec<Option<f64>>> {
    let sold = facts.sales.months_of(partner.id).iter().filter(|sale| (first..end).contains(&sale.month.0));
    let sold: BTreeMap<i32, f64> = sold.map(|sale| (sale.month.0, sale.revenue.units())).collect();
    let bought = || sold.iter().filter(|(_, revenue)| **revenue > 0.0).map(|(month, _)| *month);
    let (begins, last) = (bought().next()?, bought().next_back()?);
    let ends = if partner.inactive { last + 1 } else { end };
    let enough = (ends - begins) as usize >= FEWEST_MONTHS && bought().count() >= FEWEST_BOUGHT;
    let month = |month| (begins..ends).contains(&month).then(|| sold.get(&month).copied().unwrap_or(0.0));
    enough.then(|| (first..end).map(month).collect())
}

/// One stock for each person met or written to. A touch that only maintains and names nobody is with whoever was met last.
fn tracks(facts: &Facts, partner: &Partner, touches: &[&Touch], span: &Span) -> Vec<Track> {
    let model = facts.settings.model_of(&partner.segment);
    let mut people: Vec<(Option<ContactId>, Track)> = Vec::new();
    let (mut last_met, mut met) = (None, Vec::new());
    for touch in touches {
        let meeting = touch.kind.builds > 0.0;
        let contact = touch.contact.or(if meeting { None } else { last_met });
        let force = force(&model, touch, met.contains(&contact)) * touch.quality.unwrap_or(1.0).clamp(0.0, 1.2);
        let track = of_person(facts, &mut people, contact, span);
        let month = touch.day.month().0 - span.from;
        if let Ok(month) = usize::try_from(month)
            && month < span.lead + span.months
        {
            if force > 0.0 {
                track.visits.push(Visit { month, force });
            }
            spread(&mut track.intensity, touch, span);
        }
        if meeting {
            last_met = contact;
        }
        if touch.kind.is_visit() {
            met.push(contact);
        }
    }
    let kept = |track: &Track| !track.visits.is_empty();
    people.into_iter().map(|(_, track)| track).filter(kept).map(capped).collect()
}

fn force(model: &Model, touch: &Touch, met: bool) -> f64 {
    match (touch.kind.code, met) {
        ("video", true) => model.video_build,
        ("video", false) => model.video_build_unmet,
        _ => touch.kind.builds,
    }
}

fn of_person<'a>(
    facts: &Facts,
    people: &'a mut Vec<(Option<ContactId>, Track)>,
    contact: Option<ContactId>,
    span: &Span,
) -> &'a mut Track {
    let at = people.iter().position(|person| person.0 == contact).unwrap_or_else(|| {
        let role = contact.and_then(|id| facts.contacts.binary_search_by_key(&id, |contact| contact.id).ok());
        let weight = contact.map_or(roles::UNNAMED, |_| roles::weight(role.map_or("", |at| &facts.contacts[at].role)));
        let intensity = vec![0.0; span.lead + span.months];
        people.push((contact, Track { weight, visits: Vec::new(), intensity }));
        people.len() - 1
    });
    &mut people[at].1
}

/// Adds a digital touch to the mean of each month: its part of the running mean of twelve weeks, integrated exactly.
fn spread(intensity: &mut [f64], touch: &Touch, span: &Span) {
    let month = touch.day.month();
    let gone = month.first().map_or(0.0, |first| f64::from(first.until(touch.day)) / stock::DAYS_A_MONTH);
    let begins = f64::from(month.0 - span.from) + gone;
    for (at, mean) in intensity.iter_mut().enumerate().skip(begins as usize).take(18) {
        let left = |until: f64| (-(until - begins).max(0.0) / TOUCH_MEMORY).exp();
        *mean += touch.kind.maintains * (left(at as f64) - left(at as f64 + 1.0));
    }
}

fn capped(mut track: Track) -> Track {
    track.intensity.iter_mut().for_each(|mean| *mean = mean.min(stock::MOST_TOUCHES_MONTH));
    track
}
