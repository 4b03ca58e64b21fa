//! A year on random worlds, from suggested seasons to coverage: hours, rooms and rules of the real efforts are kept.

use spelplan_coverage::Effort;
use spelplan_coverage::year::{Ask, Programme, YearBudget};
use spelplan_facts::{Day, DayRange, Facts, Minutes, Money, PamId, PartnerId};
use spelplan_field::{budgets, efforts, suggested_seasons};
use spelplan_focus::open_goals;
use spelplan_testkit::worlds::small_world;

fn year_budgets(facts: &Facts, seasons: &[DayRange], today: Day) -> Vec<YearBudget> {
    let each: Vec<_> = seasons.iter().map(|season| budgets(facts, *season)).collect();
    let year = budgets(facts, DayRange { from: today, to: today.plus(363) });
    let budget = |(at, whole): (usize, &spelplan_coverage::Budget)| YearBudget {
        pam: whole.pam,
        field_time: each.iter().map(|season| season[at].field_time).collect(),
        digital_time: whole.digital_time,
    };
    year.iter().enumerate().map(budget).collect()
}

/// Visits planned in the world, after checking every promise.
fn check(seed: u64) -> usize {
    let (facts, _, today) = small_world(seed);
    let goals = open_goals(&facts, today);
    let seasons = suggested_seasons(&facts, today, 4);
    let all: Vec<Vec<Effort>> = seasons.iter().map(|season| efforts(&facts, &goals, *season, today)).collect();
    let ask = Ask::new(year_budgets(&facts, &seasons, today), facts.rules.clone());
    let answer = Programme::new(&facts, &goals, &all, &seasons, today).answer(&ask).expect("nothing is demanded");
    let plan = &answer.plan;
    let effort = |season: usize, id: PartnerId| all[season].iter().find(|one| one.partner == id).expect("an effort");
    for (at, season) in seasons.iter().enumerate() {
        for budget in &ask.budgets {
            let own = plan.lines.iter().filter(|line| line.pam == budget.pam);
            let used: i32 = own.map(|line| line.visits[at] as i32 * effort(at, line.partner).per_visit.0).sum();
            assert!(used <= budget.field_time[at].0, "world {seed}, {season}: {used} minutes");
        }
        for line in &plan.lines {
            let effort = effort(at, line.partner);
            assert!(line.visits[at] <= effort.max_visits, "world {seed}: {line:?}");
            assert!(effort.obstacle.is_none() || line.visits[at] == 0, "world {seed}: {line:?}");
        }
    }
    let digital = |pam: PamId| -> Minutes {
        plan.lines.iter().filter(|line| line.pam == pam).map(|line| line.digital_time).sum()
    };
    assert!(ask.budgets.iter().all(|budget| digital(budget.pam) <= budget.digital_time));
    assert!(
        plan.upper_bound >= plan.value && plan.value >= Money::ZERO && plan.gap.0 < 0.2,
        "world {seed}: {:?}",
        plan.gap
    );
    assert_eq!(plan.lines.len() + plan.left_out.len(), goals.len());
    assert!(answer.frontier.points.windows(2).all(|pair| pair[1].value >= pair[0].value), "world {seed}");
    plan.visits
}

#[test]
fn years_of_random_worlds_keep_their_promises() {
    let visits: usize = (0..40).map(check).sum();
    assert!(visits > 400, "{visits} visits: the worlds are too poor to prove anything");
}
