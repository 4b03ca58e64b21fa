//! From facts to the entries of a draw: the usual month before the season, the months after it, each entry as one.

use std::collections::BTreeMap;

use spelplan_facts::{Facts, Month};
use spelplan_panel::lottery::Draw;

use super::{DrawnEntry, DrawnTossUp};
use crate::comparison::{Measure, paths};
use crate::specification::Specification;

/// Months that make the last known course before the draw.
const LATELY: usize = 3;

/// Months that are read of one toss-up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Months {
    /// The first of the base year.
    pub base: Month,
    /// The first that is counted.
    pub from: Month,
    /// How many are counted.
    pub counted: usize,
}

/// Entries as the estimators read them.
#[derive(Debug, Clone, Default)]
pub(super) struct Entries<'a> {
    /// Whom, with the months read of it.
    pub of: Vec<(&'a DrawnTossUp, &'a DrawnEntry)>,
    /// For the estimators: what came of each, as a part of the mean entry's usual month.
    pub draw: Draw,
    /// The mean entry's usual month, in units of money, each up to the cap.
    pub usual: f64,
    /// Entries that sold nothing in their base year.
    pub left_out: usize,
}

/// An entry's usual month and what followed, in units of money.
struct Course {
    usual: f64,
    lately: f64,
    after: f64,
}

/// Gathers the entries of those toss-ups. Blocks of different ones are different blocks; an entry that takes part in several
/// answers as one cluster.
pub(super) fn entries<'a>(
    facts: &Facts,
    measure: Measure,
    specification: &Specification,
    toss_ups: &[(&'a DrawnTossUp, Months)],
) -> Entries<'a> {
    let mut gathered = Entries::default();
    let (mut courses, mut blocks) = (Vec::new(), BTreeMap::new());
    for (number, (toss_up, months)) in toss_ups.iter().enumerate() {
        let n_months = usize::try_from(months.from.0 - months.base.0).unwrap_or_default() + months.counted;
        let sales = paths(facts, months.base, n_months, measure);
        for entry in &toss_up.entries {
            let mut path = vec![0.0; n_months];
            for own in entry.partners.iter().filter_map(|partner| sales.get(partner)) {
                path.iter_mut().zip(own).for_each(|(sum, amount)| *sum += amount);
            }
            let course = course(&path, specification.base_months, months.counted);
            if course.usual <= 0.0 {
                gathered.left_out += 1;
                continue;
            }
            let n_blocks = blocks.len();
            gathered.draw.blocks.push(*blocks.entry((number, entry.block)).or_insert(n_blocks));
            gathered.of.push((toss_up, entry));
            courses.push(course);
        }
    }
    gathered.fill(&courses, specification);
    gathered
}

fn course(path: &[f64], base_months: usize, counted: usize) -> Course {
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
    let base = &path[..base_months];
    Course {
        usual: mean(base),
        lately: mean(&base[base_months.saturating_sub(LATELY)..]),
        after: mean(&path[path.len() - counted..]),
    }
}

impl Entries<'_> {
    fn fill(&mut self, courses: &[Course], specification: &Specification) {
        let mut sorted: Vec<f64> = courses.iter().map(|course| course.usual).collect();
        sorted.sort_by(f64::total_cmp);
        let at = |part: f64| sorted.get(((sorted.len().max(1) - 1) as f64 * part).round() as usize).copied();
        let (floor, cap) = (at(specification.floor).unwrap_or(1.0), at(specification.cap).unwrap_or(1.0));
        let weight = |course: &Course| course.usual.clamp(floor, cap);
        self.usual = courses.iter().map(weight).sum::<f64>() / courses.len().max(1) as f64;
        let usual = self.usual;
        // What an entry earned over its own usual month, as large as the entry counts, over the mean entry's.
        let part = |course: &Course, amount: f64| weight(course) * amount / course.usual.max(floor) / usual;
        self.draw.outcome = courses.iter().map(|course| part(course, course.after)).collect();
        self.draw.covariates =
            courses.iter().map(|course| vec![weight(course) / usual, part(course, course.lately)]).collect();
        drop_constant(&mut self.draw.covariates);
        self.draw.won = self.of.iter().map(|(_, entry)| entry.won).collect();
        self.draw.chance = self.of.iter().map(|(_, entry)| entry.chance).collect();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let keys: Vec<&str> = self.of.iter().map(|(_, entry)| entry.key.as_str()).collect();
        self.draw.clusters = keys.iter().map(|key| numbered(&mut known, key)).collect();
    }
}

fn numbered<'a>(known: &mut BTreeMap<&'a str, usize>, key: &'a str) -> usize {
    let next = known.len();
    *known.entry(key).or_insert(next)
}

/// A covariate that never varies explains nothing and cannot be solved for.
fn drop_constant(rows: &mut Vec<Vec<f64>>) {
    let width = rows.first().map_or(0, Vec::len);
    let varies: Vec<bool> =
        (0..width).map(|at| rows.windows(2).any(|pair| (pair[0][at] - pair[1][at]).abs() > 1e-9)).collect();
    for row in rows.iter_mut() {
        let mut at = 0;
        row.retain(|_| {
            at += 1;
            varies[at - 1]
        });
    }
    if !varies.contains(&true) {
        rows.clear();
    }
}
