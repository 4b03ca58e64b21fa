//! How long a change of a plan takes in the engine: laying the board out, changing, judging.

use anyhow::{Result, bail};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use spelplan_facts::{Allowance, ArrangedPlan, Day, DayRange, Facts, PamId, PartnerId, PlanChange, TimeOfDay};
use spelplan_field::replan::Board;
use spelplan_focus::OpenGoal;
use spelplan_testkit::nation::{NationSize, facts};

use super::Given;
use super::tours::clock::Clock;

/// Partners of each PAM, and numbers of PAMs that are measured.
const EACH: usize = 150;
const PAMS: [usize; 3] = [1, 10, 20];
/// Changes of each kind that are made, and how many times as many are tried, as not everything asked for can be done.
const CHANGES: usize = 100;
const TRIES: usize = 20;
const SEASON: &str = "2026-02-02..2026-03-06";
/// The day on which people call off: in the season's second week.
const DAYS_IN: i32 = 8;
/// Promised: 95 of 100 cancellations within this.
const PROMISED: f64 = 0.2;

/// What is changed.
const KINDS: [&str; 7] = ["cancel", "ill, two days", "snow, everybody", "appoint", "book", "move", "swap"];

/// Plans a season for each size, makes changes of each kind on it and prints the table.
pub fn run(given: &Given) -> Result<bool> {
    if cfg!(debug_assertions) {
        return super::in_release();
    }
    println!("# {}", super::day_and_machine());
    println!("partners,change,made,refused,board ms,p50 ms,p95 ms,longest ms,referee p95 ms,faults");
    let mut good = true;
    for pams in PAMS {
        let case = Case::planned(NationSize { pams, partners: pams * EACH, seed: given.seed })?;
        for kind in KINDS {
            good &= case.measured(kind, given.seed);
        }
    }
    Ok(good)
}

/// A plan with what it was made from.
struct Case {
    facts: Facts,
    goals: Vec<OpenGoal>,
    arranged: ArrangedPlan,
    today: Day,
    visits: Vec<(PamId, PartnerId, Day)>,
}

impl Case {
    fn planned(size: NationSize) -> Result<Case> {
        let Some(season) = DayRange::parse(SEASON) else { bail!("no season") };
        let as_of = season.from.plus(-21);
        let facts = facts(size, as_of);
        let goals = spelplan_focus::open_goals(&facts, as_of);
        let budgets = spelplan_field::budgets(&facts, season);
        let efforts = spelplan_field::efforts(&facts, &goals, season, as_of);
        let coverage = spelplan_coverage::plan(&facts, &goals, &budgets, &efforts, season, size.seed);
        let plan = spelplan_field::plan(&facts, &goals, &coverage, season, as_of, size.seed, &|_, _| {});
        let today = season.from.plus(DAYS_IN);
        let later = plan.days.iter().filter(|day| day.day > today.plus(2));
        let visits = later.flat_map(|day| day.stops.iter().map(|stop| (day.pam, stop.partner, day.day))).collect();
        let arranged = ArrangedPlan { plan, arrangements: Default::default() };
        Ok(Case { facts, goals, arranged, today, visits })
    }

    /// Makes changes of that kind, each on the plan as it was made; false where the promise is broken. What is refused is not
    /// counted: it is refused sooner.
    fn measured(&self, kind: &str, seed: u64) -> bool {
        let mut chance = Pcg64Mcg::seed_from_u64(seed);
        let (mut boards, mut changes, mut judged) = (Vec::new(), Vec::new(), Vec::new());
        let (mut refused, mut faults) = (0, 0);
        while judged.len() < CHANGES && judged.len() + refused < TRIES * CHANGES {
            let change = self.change(kind, &mut chance);
            let clock = Clock::start(1.0);
            let board = Board::new(&self.facts, &self.goals, &self.arranged, self.today);
            let laid_out = clock.used();
            let changed = board.changed(&change, Allowance { fill: true, ..Allowance::default() });
            let used = clock.used();
            let Ok(after) = changed else {
                refused += 1;
                continue;
            };
            boards.push(laid_out);
            changes.push(used);
            let clock = Clock::start(1.0);
            faults += spelplan_referee::judge(&self.facts, &after.plan).faults.len();
            judged.push(clock.used());
        }
        let milliseconds = |all: &mut Vec<f64>, part: f64| {
            all.sort_by(f64::total_cmp);
            all.get(((all.len() as f64 * part) as usize).min(all.len().saturating_sub(1))).map_or(0.0, |one| one * 1e3)
        };
        let (p50, p95) = (milliseconds(&mut changes, 0.5), milliseconds(&mut changes, 0.95));
        println!(
            "{},{kind},{},{refused},{:.1},{p50:.1},{p95:.1},{:.1},{:.1},{faults}",
            self.facts.partners.len(),
            judged.len(),
            milliseconds(&mut boards, 0.95),
            milliseconds(&mut changes, 1.0),
            milliseconds(&mut judged, 0.95)
        );
        faults == 0 && (kind != "cancel" || p95 <= 1e3 * PROMISED)
    }

    fn change(&self, kind: &str, chance: &mut Pcg64Mcg) -> PlanChange {
        let mut visit = || self.visits[chance.random_range(0..self.visits.len())];
        let (pam, partner, day) = visit();
        let own: Vec<_> = self.visits.iter().filter(|other| other.0 == pam).collect();
        let other = own[chance.random_range(0..own.len())];
        match kind {
            "cancel" => PlanChange::Cancel { partner, day },
            "ill, two days" => PlanChange::Ill { pam, days: DayRange { from: day, to: day.plus(1) } },
            "snow, everybody" => PlanChange::Snow { day, pam: None },
            "appoint" => {
                let at = chance.random_range(0..self.facts.partners.len());
                let begins = TimeOfDay(5 * chance.random_range(108..190));
                PlanChange::Appoint { partner: self.facts.partners[at].id, day, begins }
            }
            "book" => {
                let from = TimeOfDay(5 * chance.random_range(96..180));
                PlanChange::Book { pam, day, from, to: TimeOfDay(from.0 + 90), title: String::new() }
            }
            "move" => PlanChange::Move { partner, from: day, to: other.2, position: None },
            _ => PlanChange::Swap { one: (partner, day), other: (other.1, other.2) },
        }
    }
}
