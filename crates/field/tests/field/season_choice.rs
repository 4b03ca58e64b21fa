//! Which weeks: what each beginning brings, its parts, and whether a season that is really planned agrees.

use rayon::prelude::*;
use spelplan_facts::{Absence, BusyBlock, Day, DayRange, Facts, Money, Month, MonthSale, PlannedVisit, TimeOfDay};
use spelplan_field::{SeasonChoice, WEEKS, season_choices};
use spelplan_testkit::worlds::small_world;

fn choices(facts: &Facts, today: Day, length: usize) -> Vec<SeasonChoice> {
    season_choices(facts, &spelplan_focus::open_goals(facts, today), today, length)
}

/// Margin and all that takes from it: what the same weeks would bring if nothing did.
fn whole(choice: &SeasonChoice) -> f64 {
    let lost = choice.lost;
    [choice.margin, lost.days, lost.closures, lost.peak, lost.waiting].map(Money::units).iter().sum()
}

#[test]
fn every_week_of_a_year_has_a_choice_whose_parts_sum_to_the_same_whole() {
    let checked: usize = (0..40_u64)
        .into_par_iter()
        .map(|seed| {
            let (facts, _, today) = small_world(seed);
            let length = 1 + seed as usize % 6;
            let found = choices(&facts, today, length);
            assert_eq!(found.len(), WEEKS - length + 1, "world {seed}");
            for (n, choice) in found.iter().enumerate() {
                assert_eq!((choice.season.from.weekday(), choice.season.to.weekday()), (0, 4), "world {seed}");
                assert_eq!(found[0].season.from.until(choice.season.from), 7 * n as i32);
                assert!(
                    choice.margin >= Money::ZERO
                        && choice.lost.peak >= Money::ZERO
                        && choice.lost.waiting >= Money::ZERO,
                    "world {seed}: {choice:?}"
                );
                assert!((whole(choice) - whole(&found[0])).abs() < 0.01, "world {seed} week {n}");
                let most = facts.pams.len() * length * facts.settings.field_days_week;
                assert!(choice.field_days <= most && today.until(choice.season.from) >= 14);
            }
            assert_eq!(found, choices(&facts, today, length), "the same facts give the same answer");
            found.iter().filter(|choice| choice.visits > 0).count()
        })
        .sum();
    assert!(checked > 300, "only {checked} seasons with visits: the worlds are too poor");
}

#[test]
fn days_away_and_busy_days_cost_what_they_take_and_only_where_they_are() {
    let (mut lost_days, mut worlds) = (0, 0);
    for seed in 0..15 {
        let (mut facts, _, today) = small_world(seed);
        facts.absences.clear();
        facts.busy.clear();
        let before = choices(&facts, today, 4);
        let away = DayRange { from: before[10].season.from, to: before[10].season.from.plus(6) };
        let mut absent = facts.clone();
        absent.absences =
            facts.pams.iter().map(|pam| Absence { pam: pam.id, days: away, reason: String::new() }).collect();
        let mut busy = facts.clone();
        for pam in &facts.pams {
            let block = |day| BusyBlock { pam: pam.id, day, from: TimeOfDay::at(0, 0), to: TimeOfDay::at(24, 0) };
            busy.busy.extend(away.days().map(block));
        }
        let after = choices(&absent, today, 4);
        assert_eq!(after, choices(&busy, today, 4), "world {seed}: busy all day is away");
        for (n, (one, other)) in before.iter().zip(&after).enumerate() {
            let touched = (7..=10).contains(&n);
            assert!(
                touched || (one.margin, one.field_days) == (other.margin, other.field_days),
                "world {seed} week {n}"
            );
            assert!(other.lost.days >= one.lost.days && other.field_days <= one.field_days, "world {seed} week {n}");
        }
        lost_days += before[8].field_days - after[8].field_days;
        worlds += 1;
    }
    assert!(lost_days > worlds, "{lost_days} days in {worlds} worlds");
}

#[test]
fn visits_that_plans_hold_already_are_not_counted_once_more() {
    let (mut fewer, mut less) = (0, 0);
    for seed in 0..15 {
        let (mut facts, _, today) = small_world(seed);
        facts.planned.clear();
        let before = choices(&facts, today, 2);
        let day = before[20].season.from.plus(2);
        facts.planned = facts.partners.iter().map(|one| PlannedVisit { partner: one.id, day }).collect();
        let after = choices(&facts, today, 2);
        let gap = facts.settings.min_gap_days.max(1);
        for (n, (one, other)) in before.iter().zip(&after).enumerate() {
            assert!(other.margin <= one.margin && other.visits <= one.visits, "world {seed} week {n}");
            if one.season.to.plus(gap) <= day {
                assert_eq!(one, other, "world {seed} week {n}: far before");
            }
            let too_near = one.season.days().all(|near| near.until(day).abs() < gap);
            assert!(!too_near || other.visits == 0, "world {seed} week {n}: too near");
            fewer += usize::from(too_near && one.visits > 0);
            less += usize::from(one.season.from >= day.plus(gap) && other.margin < one.margin);
        }
    }
    assert!(fewer > 20 && less > 100, "{fewer} and {less}: the worlds are too poor");
}

#[test]
fn a_peak_in_sales_takes_from_the_weeks_it_falls_in() {
    let (mut facts, _, today) = small_world(4);
    let peak = today.month().0 + 4;
    facts.sales.by_month.clear();
    for back in 1..=36 {
        let month = Month(today.month().0 - back);
        let sold = Money::whole(if (month.0 - peak).rem_euclid(12) == 0 { 900_000 } else { 100_000 });
        let margin = sold * 0.2;
        let partner = facts.partners[0].id;
        facts.sales.by_month.push(MonthSale { partner, month, revenue: sold, margin, revenue_with_margin: sold });
    }
    facts.sales.by_month.sort_by_key(|sale| (sale.partner, sale.month));
    let found = choices(&facts, today, 4);
    let taken = |choice: &SeasonChoice| choice.lost.peak.units() / (choice.margin + choice.lost.peak).units().max(1e-9);
    let worst = found.iter().filter(|one| one.margin > Money::ZERO).max_by(|a, b| taken(a).total_cmp(&taken(b)));
    let worst = worst.expect("a season with visits");
    let middle = worst.season.from.plus(14).month().0;
    assert!(taken(worst) > 0.2 && (middle - peak).abs() <= 1, "{worst:?}");
}

/// What days off and closures take in the light figure, against how many visits seasons hold that are laid in full. The two
/// figures of money cannot be held together: in a full plan a visit to a relationship that has cooled is worth more, and what
/// was missed meanwhile is in neither of its sums.
#[test]
fn seasons_that_lose_less_to_days_off_hold_more_visits_when_planned_in_full() {
    let pairs: Vec<(u64, f64)> = (0..80_u64)
        .into_par_iter()
        .filter_map(|seed| {
            let (facts, _, today) = small_world(seed);
            let light = choices(&facts, today, 4);
            let goals = spelplan_focus::open_goals(&facts, today);
            let full = |season: DayRange| {
                let budgets = spelplan_field::budgets(&facts, season);
                let efforts = spelplan_field::efforts(&facts, &goals, season, today);
                let coverage = spelplan_coverage::plan(&facts, &goals, &budgets, &efforts, season, 1);
                let plan = spelplan_field::plan(&facts, &goals, &coverage, season, today, 1, &|_, _| {});
                plan.days.iter().map(|day| day.stops.len() as f64).sum::<f64>()
            };
            let some: Vec<&SeasonChoice> = light.iter().step_by(8).collect();
            if some.iter().map(|one| one.visits).max()? < 5 {
                return None;
            }
            let (a, b): (Vec<f64>, Vec<f64>) = some
                .iter()
                .map(|one| ((one.margin + one.lost.peak + one.lost.waiting).units(), full(one.season)))
                .unzip();
            Some((seed, correlation(&a, &b)?))
        })
        .collect();
    let mean = pairs.iter().map(|(_, one)| one).sum::<f64>() / pairs.len().max(1) as f64;
    println!("{} worlds, mean correlation {mean:.2}", pairs.len());
    assert!(pairs.len() > 10 && mean > 0.5, "{} worlds, {mean}: {pairs:?}", pairs.len());
}

fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let (x, y) = (mean(a), mean(b));
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(p, q)| f(p - x, q - y)).sum::<f64>();
    let (xx, yy, xy) = (sum(&|p, _| p * p), sum(&|_, q| q * q), sum(&|p, q| p * q));
    (xx > 1e-9 && yy > 1e-9).then(|| xy / (xx * yy).sqrt())
}
