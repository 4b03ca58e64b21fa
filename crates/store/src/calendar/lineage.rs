//! Which plans are one and the same season, planned again: a plan that replaces others carries on the oldest of their
//! lines, so that what a calendar holds of them can be changed instead of doubled.

use spelplan_facts::DayRange;

/// A plan as it stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InLine {
    /// The plan.
    pub(crate) plan: i64,
    /// Its line, named after its first plan.
    pub(crate) lineage: i64,
    season: DayRange,
}

/// Plans that hold, in their lines, while later ones are appended one by one.
#[derive(Debug, Default)]
pub(crate) struct Lines(Vec<InLine>);

impl Lines {
    /// Appends a plan. Its line, and every line that it replaces (its own among them, where there was one).
    pub(crate) fn append(&mut self, plan: i64, season: DayRange) -> (i64, Vec<i64>) {
        let touches = |one: &InLine| one.season.touches(season);
        let mut replaced: Vec<i64> = self.0.iter().filter(|one| touches(one)).map(|one| one.lineage).collect();
        self.0.retain(|one| !touches(one));
        replaced.sort_unstable();
        replaced.dedup();
        let lineage = replaced.first().copied().unwrap_or(plan);
        self.0.push(InLine { plan, lineage, season });
        (lineage, replaced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(seasons: &[(&str, i64, &[i64])]) {
        let mut lines = Lines::default();
        for (plan, (season, lineage, replaced)) in (1..).zip(seasons) {
            let season = DayRange::parse(season).expect("a season");
            assert_eq!(lines.append(plan, season), (*lineage, replaced.to_vec()), "plan {plan}");
        }
    }

    #[test]
    fn a_season_planned_again_stays_in_its_line() {
        check(&[
            ("2026-02-02..2026-03-13", 1, &[]),
            ("2026-09-07..2026-10-16", 2, &[]),
            ("2026-02-09..2026-03-20", 1, &[1]),
            ("2026-09-07..2026-10-16", 2, &[2]),
            ("2026-02-16..2026-03-27", 1, &[1]),
        ]);
    }

    #[test]
    fn a_plan_over_two_seasons_carries_on_the_older_and_ends_the_other() {
        check(&[
            ("2026-02-02..2026-03-13", 1, &[]),
            ("2026-04-06..2026-05-08", 2, &[]),
            ("2026-03-02..2026-04-17", 1, &[1, 2]),
            ("2026-04-13..2026-05-08", 1, &[1]),
        ]);
    }
}
