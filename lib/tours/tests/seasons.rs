//! A thousand random seasons of several travellers, with every kind of limit, solved and judged.

use spelplan_tours::{
    Bed, CLOSED, Day, Miss, Opening, Plan, Problem, Stop, Traveller, UNREACHABLE, check, missing, solve, solve_blocks,
};

/// Chance for the test alone (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn between(&mut self, from: i32, to: i32) -> i32 {
        from + self.below((to - from + 1) as u64) as i32
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

fn season(seed: u64) -> Problem {
    season_of(seed, 3)
}

/// A season of one traveller to so many.
fn season_of(seed: u64, most: u64) -> Problem {
    let chance = &mut Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let n_places = 4 + chance.below(14) as usize;
    let points: Vec<(i32, i32)> = (0..n_places).map(|_| (chance.between(0, 200), chance.between(0, 200))).collect();
    let island = chance.one_in(4).then(|| chance.below(n_places as u64) as usize);
    let minutes = (0..n_places * n_places).map(|at| {
        let (from, to) = (at / n_places, at % n_places);
        let way = (points[from].0 - points[to].0).abs() + (points[from].1 - points[to].1).abs();
        if from != to && (Some(from) == island || Some(to) == island) { UNREACHABLE } else { way }
    });
    let minutes: Vec<i32> = minutes.collect();
    let fares = if chance.one_in(3) { Vec::new() } else { minutes.iter().map(|way| f64::from(*way) * 0.7).collect() };
    let n_travellers = 1 + chance.below(most) as usize;
    let travellers = (0..n_travellers).map(|_| Traveller {
        max_nights: chance.below(4) as usize,
        days_per_week: if chance.one_in(3) { 1 + chance.below(5) as usize } else { 7 },
        week_minutes: chance.one_in(3).then(|| chance.between(200, 2_000)),
        travel_budget: chance.one_in(4).then(|| f64::from(chance.between(100, 2_000))),
    });
    let travellers: Vec<Traveller> = travellers.collect();
    let mut days = Vec::new();
    for traveller in 0..n_travellers {
        let home = chance.below(n_places as u64) as usize;
        let mut number = 0;
        for _ in 0..1 + chance.below(7) {
            number += if chance.one_in(4) { 3 } else { 1 };
            days.push(Day {
                traveller,
                number,
                week: number / 5,
                starts: chance.between(400, 500),
                ends: chance.between(900, 1_150),
                from: home,
                to: home,
                may_sleep: !chance.one_in(4),
                max_drive: chance.between(100, 500),
                max_stops: 1 + chance.below(8) as usize,
            });
        }
    }
    let openings: Vec<Opening> = std::iter::once(Opening::default()).chain((0..6).map(|_| opening(chance))).collect();
    let n_budgets = chance.below(3) as usize;
    let budgets = (0..n_budgets).map(|_| f64::from(chance.between(1, 12))).collect();
    let stops = (0..chance.below(10 * most)).map(|_| stop(chance, n_places, days.len(), n_budgets)).collect();
    let beds: Vec<Bed> = (0..chance.below(6))
        .map(|_| Bed { place: chance.below(n_places as u64) as usize, price: f64::from(chance.between(0, 60)) })
        .collect();
    Problem {
        n_places,
        minutes,
        fares,
        minute_cost: if chance.one_in(2) { 0.0 } else { 0.3 },
        beds,
        travellers,
        days,
        stops,
        openings,
        budgets,
        no_idle_days: chance.one_in(2),
        step: [1, 1, 5, 15][chance.below(4) as usize],
    }
}

fn opening(chance: &mut Chance) -> Opening {
    let first = chance.between(450, 700);
    let mut windows = vec![(first, first + chance.between(0, 200))];
    while chance.one_in(2) {
        let from = windows.last().map_or(first, |last| last.1) + chance.between(1, 60);
        windows.push((from, from + chance.between(0, 120)));
    }
    Opening { windows, share: [1.0, 1.0, 0.6][chance.below(3) as usize] }
}

fn stop(chance: &mut Chance, n_places: usize, n_days: usize, n_budgets: usize) -> Stop {
    let first = f64::from(chance.between(5, 400));
    let falling = [1.0, 0.6, 0.3, 0.1].map(|part| first * part);
    let min_gap = chance.between(1, 6);
    Stop {
        place: chance.below(n_places as u64) as usize,
        stay: chance.between(10, 120),
        gains: falling[..1 + chance.below(4) as usize].to_vec(),
        min_gap,
        max_gap: chance.one_in(5).then(|| min_gap + chance.between(0, 6)),
        openings: (0..n_days).map(|_| if chance.one_in(4) { CLOSED } else { 1 + chance.below(6) as u32 }).collect(),
        uses: (0..n_budgets).filter(|_| chance.one_in(2)).map(|budget| (budget, 1.0)).collect(),
        fixed: chance.one_in(12),
    }
}

/// Solves with so many rounds and has the answer judged.
fn judged(problem: &Problem, start: Option<&Plan>, seed: u64, rounds: u64) -> (Plan, f64, Vec<(usize, Miss)>) {
    let answer = solve(problem, start, seed, &mut |done| done as f64 / rounds as f64);
    match check(problem, &answer.plan) {
        Ok(worth) => assert!((worth - answer.worth).abs() < 1e-6, "seed {seed}: {worth} against {}", answer.worth),
        Err(breaches) => {
            panic!("seed {seed}: {}", breaches.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        }
    }
    (answer.plan, answer.worth, answer.misses)
}

#[test]
fn a_thousand_seasons_break_no_rule() {
    let (mut visits, mut nights) = (0, 0);
    for seed in 0..1_000 {
        let problem = season(seed);
        let (plan, worth, misses) = judged(&problem, None, seed, 160);
        assert!(
            worth >= -1e-9 || problem.stops.iter().any(|stop| stop.fixed),
            "seed {seed}: {worth} is worse than nothing"
        );
        let visited = |stop: usize| plan.routes.iter().flat_map(|route| &route.visits).any(|visit| visit.stop == stop);
        let told = |stop: usize| misses.iter().any(|(missed, _)| *missed == stop);
        assert!(
            (0..problem.stops.len()).all(|stop| visited(stop) != told(stop)),
            "seed {seed}: each stop visited or told of"
        );
        visits += plan.routes.iter().map(|route| route.visits.len()).sum::<usize>();
        nights += plan.routes.iter().filter(|route| route.sleeps.is_some()).count();
    }
    assert!(visits > 3_000 && nights > 100, "{visits} visits and {nights} nights are too few to tell");
}

#[test]
fn a_start_is_never_made_worse_and_its_appointments_stay() {
    for seed in 0..150 {
        let problem = season(seed);
        let (plan, worth, _) = judged(&problem, None, seed, 80);
        let (again, better, _) = judged(&problem, Some(&plan), seed + 1, 80);
        assert!(better >= worth - 1e-6, "seed {seed}: {better} from a start worth {worth}");
        assert!(missing(&problem, &again).len() <= missing(&problem, &plan).len(), "seed {seed}");
    }
}

#[test]
fn same_problem_seed_and_rounds_give_the_same_plan() {
    for seed in 0..40 {
        let problem = season(seed);
        assert_eq!(judged(&problem, None, 7, 100), judged(&problem, None, 7, 100), "seed {seed}");
    }
}

/// Long enough that days are packed anew again and again.
const PACKING: u64 = 60_000;

#[test]
fn seasons_packed_from_known_days_break_no_rule_and_are_the_same_again() {
    let mut better = 0;
    for seed in 0..40 {
        let problem = season(seed);
        let first = judged(&problem, None, seed, PACKING);
        let (short, ..) = judged(&problem, None, seed, 160);
        let (onward, ..) = judged(&problem, Some(&short), seed, PACKING);
        assert!(
            missing(&problem, &onward).len() <= missing(&problem, &short).len(),
            "seed {seed}: appointments given up"
        );
        assert_eq!(first, judged(&problem, None, seed, PACKING), "seed {seed}");
        better += usize::from(first.1 > judged(&problem, None, seed, 160).1 + 1e-6);
    }
    assert!(better > 10, "only {better} of 40 seasons gained from a longer search");
}

#[test]
fn seasons_too_long_to_be_packed_at_once_break_no_rule() {
    let long = |seed: &u64| season_of(*seed, 20).days.len() > 40;
    let mut nights = 0;
    for seed in (0..1_000).filter(long).take(20) {
        let problem = season_of(seed, 20);
        let (plan, ..) = judged(&problem, None, seed, PACKING);
        let (short, ..) = judged(&problem, None, seed, 160);
        assert!(missing(&problem, &plan).len() <= missing(&problem, &short).len() + 1, "seed {seed}");
        nights += plan.routes.iter().filter(|route| route.sleeps.is_some()).count();
    }
    assert!(nights > 10, "{nights} nights are too few to tell");
}

/// Solves travellers apart, side by side on so many threads, and has the answer judged.
fn apart(problem: &Problem, seed: u64, threads: usize) -> (Plan, f64, Vec<(usize, Miss)>) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let answer = pool.install(|| solve_blocks(problem, seed, &|_, done| done as f64 / 60.0));
    match check(problem, &answer.plan) {
        Ok(worth) => assert!((worth - answer.worth).abs() < 1e-6, "seed {seed}: {worth} against {}", answer.worth),
        Err(breaches) => panic!("seed {seed}: {}", breaches[0]),
    }
    (answer.plan, answer.worth, answer.misses)
}

#[test]
fn travellers_solved_apart_break_no_rule_and_come_out_the_same_on_two_threads() {
    let mut several = 0;
    for seed in 0..400 {
        let mut problem = season(seed);
        if seed % 4 > 0 {
            problem.budgets.clear();
            problem.stops.iter_mut().for_each(|stop| stop.uses.clear());
        }
        if seed % 4 > 1 {
            // Nobody shares: each stop is open to one traveller only.
            let n = problem.travellers.len();
            let owners: Vec<usize> = problem.days.iter().map(|day| day.traveller).collect();
            for (at, stop) in problem.stops.iter_mut().enumerate() {
                let closed = stop.openings.iter_mut().zip(&owners).filter(|(_, owner)| **owner != at % n);
                closed.for_each(|(opening, _)| *opening = CLOSED);
            }
        }
        let alone = apart(&problem, seed, 1);
        assert_eq!(alone, apart(&problem, seed, 2), "seed {seed}");
        let (plan, _, misses) = alone;
        let visited = |stop: usize| plan.routes.iter().flat_map(|route| &route.visits).any(|visit| visit.stop == stop);
        let told = |stop: usize| misses.iter().any(|(missed, _)| *missed == stop);
        assert!((0..problem.stops.len()).all(|stop| visited(stop) != told(stop)), "seed {seed}: visited or told of");
        let travellers = plan.routes.iter().map(|route| problem.days[route.day].traveller);
        several += usize::from(travellers.collect::<std::collections::BTreeSet<_>>().len() > 1);
    }
    assert!(several > 100, "only {several} plans in which several travel");
}

/// Travellers with four weeks each in two towns far apart, and stops around both; those in the middle may be visited by all.
fn long_season(seed: u64) -> Problem {
    let chance = &mut Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let n_stops = 60;
    let mut points = vec![(0, 0), (400, 0)];
    points.extend((0..n_stops).map(|at| ([0, 400, 200][at % 3] + chance.between(-90, 90), chance.between(-90, 90))));
    let way = |one: &(i32, i32), other: &(i32, i32)| (one.0 - other.0).abs() + (one.1 - other.1).abs();
    let traveller = Traveller { max_nights: 2, days_per_week: 4, week_minutes: None, travel_budget: None };
    let day = |traveller: usize, number: i32| Day {
        traveller,
        number: number + 2 * (number / 5),
        week: number / 5,
        starts: 480,
        ends: 1_080,
        from: traveller,
        to: traveller,
        may_sleep: number % 5 < 4,
        max_drive: 420,
        max_stops: 6,
    };
    let days: Vec<Day> = (0..2)
        .flat_map(|traveller| (0..20).map(move |number| (traveller, number)))
        .map(|(one, two)| day(one, two))
        .collect();
    let stop = |at: usize, chance: &mut Chance| {
        let first = f64::from(chance.between(100, 900));
        let open = |day: &Day| if at % 3 == 2 || day.traveller == at % 3 { 1 } else { CLOSED };
        Stop {
            place: 2 + at,
            stay: 60,
            gains: vec![first, first / 2.0],
            min_gap: 10,
            openings: days.iter().map(open).collect(),
            ..Stop::default()
        }
    };
    let stops = (0..n_stops).map(|at| stop(at, chance)).collect();
    Problem {
        n_places: points.len(),
        minutes: points.iter().flat_map(|one| points.iter().map(move |other| way(one, other))).collect(),
        fares: Vec::new(),
        minute_cost: 0.2,
        travellers: vec![traveller.clone(), traveller],
        stops,
        openings: vec![Opening::default(), Opening { windows: vec![(540, 960)], share: 1.0 }],
        beds: (2..12).map(|place| Bed { place, price: 80.0 }).collect(),
        budgets: Vec::new(),
        no_idle_days: true,
        step: 5,
        days,
    }
}

#[test]
fn long_seasons_are_solved_in_turn_and_shared_stops_are_visited_by_whom_they_suit() {
    let (mut left, mut right) = (0, 0);
    for seed in 0..12 {
        let problem = long_season(seed);
        let (plan, worth, misses) = judged(&problem, None, seed, 4_000);
        assert_eq!((plan.clone(), worth, misses), judged(&problem, None, seed, 4_000), "seed {seed}");
        // A start, be it nothing, keeps all travellers in one search.
        let (_, at_once, _) = judged(&problem, Some(&Plan::default()), seed, 4_000);
        assert!(worth > 0.95 * at_once, "seed {seed}: {worth} in turn, {at_once} at once");
        for route in &plan.routes {
            let shared = route.visits.iter().filter(|visit| visit.stop % 3 == 2).count();
            *(if problem.days[route.day].traveller == 0 { &mut left } else { &mut right }) += shared;
        }
    }
    assert!(left > 40 && right > 40, "shared stops: {left} by one, {right} by the other");
}
