//! Chains of days of one traveller that nights away or a limit on the week's days tie together, and which of them are alike.

use crate::problem::{Day, Problem};

use super::prices::Layout;
use super::stage::Stage;

/// Days of one traveller in a row. Between two chains everybody is at home, and nothing of one matters to the next.
pub(super) struct Chain {
    /// For how many chains it stands, itself included.
    pub(super) alike: f64,
    pub(super) stages: Vec<Stage>,
}

/// What of the past matters on a day: how many nights in a row may still follow, on how many days of its week one may travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    nights: usize,
    days: usize,
    /// Level of the next day after a day that ends at home, in a bed, or that is not travelled; `None` where that cannot be.
    pub(super) home_next: Option<usize>,
    pub(super) bed_next: Option<usize>,
    pub(super) skip_next: Option<usize>,
}

impl Level {
    /// May one travel on that day?
    pub(super) fn travels(&self) -> bool {
        self.days > 0
    }
}

/// All chains of the problem, each kind once.
pub(super) fn chains(problem: &Problem, layout: &Layout) -> Vec<Chain> {
    let mut found: Vec<Chain> = Vec::new();
    let mut from = 0;
    while from < problem.days.len() {
        let last = (from..problem.days.len()).find(|day| !ties_next(problem, *day)).unwrap_or(from);
        let stages = stages(problem, layout, from, last);
        match found.iter_mut().find(|chain| chain.stages == stages) {
            Some(chain) => chain.alike += 1.0,
            None => found.push(Chain { alike: 1.0, stages }),
        }
        from = last + 1;
    }
    found
}

/// Does it matter to the next day of the list how this one was spent?
fn ties_next(problem: &Problem, day: usize) -> bool {
    let (today, next) = (&problem.days[day], problem.days.get(day + 1));
    let same_week = next.is_some_and(|next| next.traveller == today.traveller && next.week == today.week);
    let holds_it = |week: &&[Day]| (week[0].traveller, week[0].week) == (today.traveller, today.week);
    problem.joins_next(day) || same_week && problem.weeks().find(holds_it).is_some_and(|week| problem.week_binds(week))
}

fn stages(problem: &Problem, layout: &Layout, from: usize, last: usize) -> Vec<Stage> {
    let levels = levels(problem, from, last);
    let stage = |(at, levels): (usize, Vec<Level>)| Stage::new(problem, layout, from + at, at > 0, levels);
    levels.into_iter().enumerate().map(stage).collect()
}

/// The levels of each day of a chain, the most free one first, as they follow from one another.
fn levels(problem: &Problem, from: usize, last: usize) -> Vec<Vec<Level>> {
    let caps: Vec<(usize, usize)> = (from..=last).map(|day| most_left(problem, day, last)).collect();
    let mut levels: Vec<Vec<Level>> = vec![Vec::new(); caps.len()];
    level_at(&mut levels[0], caps[0]);
    for at in 0..caps.len() - 1 {
        let same_week = problem.days[from + at].week == problem.days[from + at + 1].week;
        let joins = problem.joins_next(from + at);
        let (nights_cap, days_cap) = caps[at + 1];
        let days_next = |days: usize| if same_week { days.min(days_cap) } else { days_cap };
        for here in 0..levels[at].len() {
            let Level { nights, days, .. } = levels[at][here];
            let next = &mut levels[at + 1];
            let skip_next = level_at(next, (nights_cap, days_next(days)));
            let after = days_next(days.saturating_sub(1));
            let home_next = (days > 0).then(|| level_at(next, (nights_cap, after)));
            let sleeps = joins && days > 0 && nights > 0 && after > 0;
            let bed_next = sleeps.then(|| level_at(next, ((nights - 1).min(nights_cap), after)));
            let level = &mut levels[at][here];
            (level.home_next, level.bed_next, level.skip_next) = (home_next, bed_next, Some(skip_next));
        }
    }
    levels
}

/// The place of that level among those of its day, added where it is new.
fn level_at(levels: &mut Vec<Level>, (nights, days): (usize, usize)) -> usize {
    let found = levels.iter().position(|level| level.nights == nights && level.days == days);
    found.unwrap_or_else(|| {
        levels.push(Level { nights, days, home_next: None, bed_next: None, skip_next: None });
        levels.len() - 1
    })
}

/// Most nights in a row that can begin with the one after the day, and most days of its week from the day on.
fn most_left(problem: &Problem, day: usize, last: usize) -> (usize, usize) {
    let today = &problem.days[day];
    let traveller = &problem.travellers[today.traveller];
    let nights = (day..last).take_while(|day| problem.joins_next(*day)).count();
    let days = (day..=last).take_while(|other| problem.days[*other].week == today.week).count();
    (nights.min(traveller.max_nights), days.min(traveller.days_per_week))
}
