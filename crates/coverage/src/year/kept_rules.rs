//! Rules as a programme keeps them: which visits and levels they leave a partner.

use spelplan_facts::{CoverageRule, Day, DayRange, Demand, RuleId};

use super::case::Case;
use super::path::Level;

/// What rules leave one partner.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    /// The rules that concern this year.
    pub(crate) rules: Vec<RuleId>,
    /// For each rule of visits: the seasons counted, fewest and most in them.
    counts: Vec<(Vec<bool>, usize, usize)>,
    /// Most visits in each season that days which are ruled out leave; empty where none are.
    room: Vec<usize>,
    /// Fewest and most touches a month.
    touches: Option<(f64, f64)>,
}

impl Kept {
    /// Of that partner's rules.
    pub(crate) fn of<'a>(
        rules: impl Iterator<Item = &'a CoverageRule>,
        case: &Case,
        seasons: &[DayRange],
        today: Day,
        gap: i32,
    ) -> Kept {
        let mut kept = Kept::default();
        let mut closed: Vec<DayRange> = Vec::new();
        for rule in rules {
            let counted: Vec<bool> = seasons.iter().map(|season| counts(rule, season)).collect();
            if rule.within.is_some() && !counted.contains(&true) && !is_within_reach(rule, seasons, today) {
                continue;
            }
            match rule.demand {
                Demand::NotOn(days) => closed.push(days),
                Demand::TouchesAtLeast(_) | Demand::TouchesAtMost(_) => {
                    let (fewest, most) = kept.touches.unwrap_or((0.0, f64::INFINITY));
                    kept.touches = Some((fewest.max(rule.touches().0), most.min(rule.touches().1)));
                }
                Demand::VisitsAtLeast(_) | Demand::VisitsAtMost(_) | Demand::Visits(_) => {
                    let made = made(rule, case, today);
                    let (fewest, most) = rule.visits();
                    kept.counts.push((counted, fewest.saturating_sub(made), most.saturating_sub(made)));
                }
            }
            kept.rules.push(rule.id);
        }
        if !closed.is_empty() {
            kept.room = seasons.iter().map(|season| room(season, &closed, gap)).collect();
        }
        kept
    }

    /// Whether any rule concerns the partner.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Are these visits and touches allowed?
    pub(crate) fn allows(&self, visits: &[u8], level: &Level) -> bool {
        let within = |(counted, fewest, most): &(Vec<bool>, usize, usize)| {
            let all = visits.iter().zip(counted).filter(|(_, counted)| **counted);
            let sum: usize = all.map(|(visits, _)| usize::from(*visits)).sum();
            (*fewest..=*most).contains(&sum)
        };
        let roomy = visits.iter().zip(&self.room).all(|(visits, room)| usize::from(*visits) <= *room);
        let touched = self.touches.is_none_or(|(fewest, most)| fewest <= level.touches && level.touches <= most);
        roomy && touched && self.counts.iter().all(within)
    }
}

/// Does the rule count visits of that season? Those of the year, or those its own days hold; a season that lies in
/// part outside its days counts for a rule that forbids and not for one that demands.
fn counts(rule: &CoverageRule, season: &DayRange) -> bool {
    let Some(within) = rule.within else { return true };
    let inside = within.from <= season.from && season.to <= within.to;
    let touches = within.touches(*season);
    match rule.demand {
        Demand::VisitsAtMost(_) => touches,
        _ => inside,
    }
}

/// Could the rule's days still be served, and do they end before the programme does?
fn is_within_reach(rule: &CoverageRule, seasons: &[DayRange], today: Day) -> bool {
    let last = seasons.last().map_or(today, |season| season.to);
    rule.within.is_none_or(|within| within.to >= today && within.to <= last)
}

/// Visits already made that count for the rule.
fn made(rule: &CoverageRule, case: &Case, today: Day) -> usize {
    let Some(within) = rule.within else { return 0 };
    case.visited.iter().filter(|day| within.contains(**day) && **day <= today).count()
}

/// How many visits fit on the season's weekdays that are not ruled out, each `gap` days after the one before.
pub(crate) fn room(season: &DayRange, closed: &[DayRange], gap: i32) -> usize {
    let (mut last, mut count): (Option<Day>, usize) = (None, 0);
    let open = season.days().filter(|day| !day.is_weekend() && !closed.iter().any(|range| range.contains(*day)));
    for day in open {
        if last.is_none_or(|last| last.until(day) >= gap.max(1)) {
            (last, count) = (Some(day), count + 1);
        }
    }
    count
}

/// Is there room for these visits with `gap` days between any two, whatever run of seasons is looked at?
pub(crate) fn keeps_gap(seasons: &[DayRange], visits: &[u8], gap: i32) -> bool {
    (0..seasons.len()).all(|first| {
        (first..seasons.len()).all(|last| {
            let run: i32 = visits[first..=last].iter().map(|visits| i32::from(*visits)).sum();
            let days = seasons[first].from.until(seasons[last].to);
            run <= 1 || (run - 1) * gap.max(0) <= days
        })
    })
}
