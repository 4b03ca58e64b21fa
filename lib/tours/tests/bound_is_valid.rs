//! No plan is worth more than its bound: every plan of tiny problems is tried, and published plans are compared.

mod readers;

use proptest::prelude::*;
use readers::{best_known, ophs, text, top, toptw};
use spelplan_tours::{Bed, Day, Opening, Problem, Stop, Traveller, bound, bound_keeping, solve};

/// Numbers from a seed, for problems that are drawn.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end as u64) as i32
    }

    fn one_in(&mut self, many: i32) -> bool {
        self.below(many) == 0
    }
}

/// A problem so small that every plan can be tried, with any of the limits there are.
fn tiny(seed: u64) -> Problem {
    let mut draw = Draw(seed);
    let (n_stops, n_beds) = (1 + draw.below(3) as usize, draw.below(3) as usize);
    let n_travellers = 1 + draw.below(2) as usize;
    let n_places = n_stops + n_beds + 2;
    let minutes = (0..n_places * n_places).map(|_| if draw.one_in(12) { 1_000_000_000 } else { draw.below(14) });
    let mut minutes: Vec<i32> = minutes.collect();
    (0..n_places).for_each(|place| minutes[place * n_places + place] = 0);
    let fares = if draw.one_in(3) { Vec::new() } else { minutes.iter().map(|leg| f64::from(*leg % 100)).collect() };
    let mut days = Vec::new();
    for traveller in 0..n_travellers {
        let mut number = draw.below(2);
        for _ in 0..if n_travellers == 1 { 1 + draw.below(3) } else { 1 + draw.below(2) } {
            let ends = 15 + draw.below(40);
            let max_drive = if draw.one_in(3) { draw.below(40) } else { 100 };
            let max_stops = if draw.one_in(3) { 1 } else { 9 };
            let (from, to) = (draw.below(2) as usize, draw.below(2) as usize);
            let may_sleep = !draw.one_in(4);
            days.push(Day {
                traveller,
                number,
                week: number / 2,
                starts: draw.below(6),
                ends,
                from,
                to,
                may_sleep,
                max_drive,
                max_stops,
            });
            number += 1 + draw.below(5) / 4;
        }
    }
    let mut openings = vec![Opening::default()];
    let stops = (0..n_stops).map(|at| drawn_stop(&mut draw, 2 + at, days.len(), &mut openings)).collect();
    let travellers = (0..n_travellers).map(|_| Traveller {
        max_nights: draw.below(3) as usize,
        days_per_week: 1 + draw.below(2) as usize,
        week_minutes: draw.one_in(3).then(|| 20 + draw.below(50)),
        travel_budget: draw.one_in(3).then(|| f64::from(draw.below(60))),
    });
    let travellers = travellers.collect();
    let minute_cost = f64::from(draw.below(3)) / 2.0;
    Problem {
        n_places,
        minutes,
        fares,
        minute_cost,
        travellers,
        days,
        stops,
        openings,
        beds: (0..n_beds).map(|bed| Bed { place: 2 + n_stops + bed, price: f64::from(draw.below(10)) }).collect(),
        budgets: vec![f64::from(draw.below(4))],
        no_idle_days: false,
        step: 1 + draw.below(2) * draw.below(6),
    }
}

fn drawn_stop(draw: &mut Draw, place: usize, n_days: usize, openings: &mut Vec<Opening>) -> Stop {
    let first = f64::from(20 + draw.below(80));
    let gains = (0..1 + draw.below(3)).map(|nth| first / f64::from(1 + nth)).collect();
    let of_day = |_| {
        if draw.one_in(5) {
            return 0;
        }
        let from = draw.below(20);
        let mut windows = vec![(from, from + draw.below(20))];
        if draw.one_in(3) {
            windows.push((windows[0].1 + 3, windows[0].1 + 3 + draw.below(9)));
        }
        openings.push(Opening { windows, share: f64::from(1 + draw.below(4)) / 4.0 });
        openings.len() as u32 - 1
    };
    let openings = (0..n_days).map(of_day).collect();
    let uses = if draw.one_in(2) { vec![(0, f64::from(draw.below(3)))] } else { Vec::new() };
    let max_gap = draw.one_in(4).then(|| 1 + draw.below(3));
    Stop { place, stay: draw.below(8), gains, min_gap: draw.below(3), max_gap, openings, uses, fixed: false }
}

/// One day of a plan: day, whence, visits in order, whither, fewest minutes away, money for it.
#[derive(Clone)]
struct Tried {
    day: usize,
    visits: Vec<usize>,
    woke: Option<usize>,
    sleeps: Option<usize>,
    minutes: i32,
    money: f64,
}

/// The most that any plan is worth that visits the stops, by trying all; less than any number where there is none.
fn best_of_all(problem: &Problem, kept: &[usize]) -> f64 {
    let mut best = f64::NEG_INFINITY;
    try_days(problem, 0, &mut Vec::new(), &mut |plan| {
        let visited = |stop: &usize| plan.iter().any(|route| route.visits.contains(stop));
        if kept.iter().all(visited) {
            best = worth(problem, plan).map_or(best, |worth| best.max(worth));
        }
    });
    best
}

fn try_days(problem: &Problem, day: usize, plan: &mut Vec<Tried>, then: &mut dyn FnMut(&[Tried])) {
    if day == problem.days.len() {
        then(plan);
        return;
    }
    let woke = plan.last().filter(|last| last.day + 1 == day).and_then(|last| last.sleeps);
    if woke.is_none() {
        try_days(problem, day + 1, plan, then);
    }
    let joins = problem.days[day].may_sleep
        && problem.days.get(day + 1).is_some_and(|next| {
            next.traveller == problem.days[day].traveller && next.number == problem.days[day].number + 1
        });
    let beds = if joins { problem.beds.len() } else { 0 };
    for sleeps in std::iter::once(None).chain((0..beds).map(Some)) {
        try_orders(problem, &mut Vec::new(), &mut |visits| {
            if let Some((minutes, money)) = drive(problem, day, woke, visits, sleeps) {
                plan.push(Tried { day, visits: visits.to_vec(), woke, sleeps, minutes, money });
                try_days(problem, day + 1, plan, then);
                plan.pop();
            }
        });
    }
}

fn try_orders(problem: &Problem, visits: &mut Vec<usize>, then: &mut dyn FnMut(&[usize])) {
    then(visits);
    for stop in 0..problem.stops.len() {
        if !visits.contains(&stop) {
            visits.push(stop);
            try_orders(problem, visits, then);
            visits.pop();
        }
    }
}

/// Fewest minutes away and the money of a day; `None` where it cannot be driven.
fn drive(
    problem: &Problem,
    day: usize,
    woke: Option<usize>,
    visits: &[usize],
    sleeps: Option<usize>,
) -> Option<(i32, f64)> {
    let today = &problem.days[day];
    let bed = |bed: Option<usize>, home: usize| bed.map_or(home, |bed| problem.beds[bed].place);
    let mut places = vec![bed(woke, today.from)];
    places.extend(visits.iter().map(|stop| problem.stops[*stop].place));
    places.push(bed(sleeps, today.to));
    let legs: Vec<usize> = places.windows(2).map(|pair| pair[0] * problem.n_places + pair[1]).collect();
    let driven: i64 = legs.iter().map(|leg| i64::from(problem.minutes[*leg])).sum();
    if driven > i64::from(today.max_drive) || visits.len() > today.max_stops {
        return None;
    }
    let away = |departs: i32| {
        let mut now = departs;
        for (stop, leg) in visits.iter().zip(&legs) {
            now += problem.minutes[*leg];
            let opening = problem.opening(*stop, day)?;
            let open = |minute: &i32| {
                minute % problem.step.max(1) == 0
                    && opening.windows.iter().any(|window| (window.0..=window.1).contains(minute))
            };
            now = (now..=today.ends).find(open)? + problem.stops[*stop].stay;
        }
        now += problem.minutes[*legs.last()?];
        (now <= today.ends).then_some(now - departs)
    };
    let minutes = (today.starts..=today.ends).filter_map(away).min()?;
    let fares: f64 = legs.iter().map(|leg| problem.fares.get(*leg).copied().unwrap_or(0.0)).sum();
    Some((minutes, fares + sleeps.map_or(0.0, |bed| problem.beds[bed].price)))
}

/// What the plan is worth; `None` where it breaks a limit over several days.
fn worth(problem: &Problem, plan: &[Tried]) -> Option<f64> {
    let mut worth = 0.0;
    for (at, stop) in problem.stops.iter().enumerate() {
        let mut visits: Vec<(i32, f64)> = plan
            .iter()
            .filter(|route| route.visits.contains(&at))
            .filter_map(|route| Some((problem.days[route.day].number, problem.opening(at, route.day)?.share)))
            .collect();
        visits.sort_by_key(|visit| visit.0);
        let apart = |pair: &[(i32, f64)]| {
            let gap = pair[1].0 - pair[0].0;
            gap >= stop.min_gap.max(1) && stop.max_gap.is_none_or(|most| gap <= most)
        };
        if visits.len() > stop.gains.len() || !visits.windows(2).all(apart) {
            return None;
        }
        worth += stop.gains.iter().zip(&visits).map(|(gain, visit)| gain * visit.1).sum::<f64>();
    }
    for (budget, most) in problem.budgets.iter().enumerate() {
        let stops = plan.iter().flat_map(|route| &route.visits).flat_map(|stop| &problem.stops[*stop].uses);
        if stops.filter(|used| used.0 == budget).map(|used| used.1).sum::<f64>() > *most {
            return None;
        }
    }
    for (at, traveller) in problem.travellers.iter().enumerate() {
        let routes: Vec<&Tried> = plan.iter().filter(|route| problem.days[route.day].traveller == at).collect();
        if !within_limits(problem, traveller, &routes) {
            return None;
        }
        let cost = |route: &&Tried| route.money + problem.minute_cost * f64::from(route.minutes);
        worth -= routes.iter().map(cost).sum::<f64>();
    }
    Some(worth)
}

fn within_limits(problem: &Problem, traveller: &Traveller, routes: &[&Tried]) -> bool {
    let mut nights = 0;
    for route in routes {
        nights = if route.sleeps.is_none() {
            0
        } else if route.woke.is_none() {
            1
        } else {
            nights + 1
        };
        let in_week = |other: &&&Tried| problem.days[other.day].week == problem.days[route.day].week;
        let minutes: i32 = routes.iter().filter(in_week).map(|other| other.minutes).sum();
        if nights > traveller.max_nights
            || routes.iter().filter(in_week).count() > traveller.days_per_week
            || traveller.week_minutes.is_some_and(|most| minutes > most)
        {
            return false;
        }
    }
    traveller.travel_budget.is_none_or(|most| routes.iter().map(|route| route.money).sum::<f64>() <= most)
}

/// The search can miss the best plan of all, but not often where there is so little to try, and never beats it.
#[test]
fn the_search_finds_the_best_of_all_plans_of_tiny_problems() {
    let (mut found, mut all) = (0, 0);
    for seed in 0..400u64 {
        let problem = tiny(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (best, rounds) = (best_of_all(&problem, &[]), 600);
        let worth = solve(&problem, None, seed, &mut |made| part(made, rounds)).worth;
        assert!(worth <= best + 1e-6, "seed {seed}: {worth} beats the best of all plans, {best}");
        all += 1;
        found += usize::from(worth >= best - 1e-6);
    }
    println!("{found} of {all} best plans found");
    assert!(found * 100 >= all * 90, "{found} of {all} best plans found");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_plan_of_a_tiny_problem_is_worth_more(seed in any::<u64>(), rounds in 0u64..120) {
        let problem = tiny(seed);
        let best = best_of_all(&problem, &[]);
        let found = bound(&problem, 0.0, &mut |made| part(made, rounds));
        prop_assert!(found.value >= best, "bound {} below {best} after {} rounds", found.value, found.rounds);
        prop_assert!(found.rounds <= rounds);
        prop_assert_eq!(found, bound(&problem, 0.0, &mut |made| part(made, rounds)));
    }

    #[test]
    fn no_plan_that_keeps_its_appointments_is_worth_more(seed in any::<u64>(), rounds in 0u64..120) {
        let problem = tiny(seed);
        for kept in 0..problem.stops.len() {
            let best = best_of_all(&problem, &[kept]);
            let found = bound_keeping(&problem, &[kept], f64::NEG_INFINITY, &mut |made| part(made, rounds));
            prop_assert!(found.value >= best, "bound {} below {best} for {kept}", found.value);
        }
    }
}

/// One day, and threes of stops beside one another, so far apart that one three can be visited.
fn threes(n: usize) -> Problem {
    let place = |at: usize| if at == 0 { None } else { Some((at - 1) / 3) };
    let leg = |from: usize, to: usize| match (place(from), place(to)) {
        (Some(one), Some(other)) if one == other => i32::from(from != to),
        (Some(_), Some(_)) => 80,
        _ => 40 * i32::from(from != to),
    };
    let n_places = 3 * n + 1;
    let day = Day {
        traveller: 0,
        number: 0,
        week: 0,
        starts: 0,
        ends: 160,
        from: 0,
        to: 0,
        may_sleep: false,
        max_drive: 160,
        max_stops: n_places,
    };
    let stop = |place| Stop { place, stay: 5, gains: vec![100.0], openings: vec![1], ..Stop::default() };
    Problem {
        n_places,
        minutes: (0..n_places * n_places).map(|at| leg(at / n_places, at % n_places)).collect(),
        travellers: vec![Traveller { max_nights: 0, days_per_week: 5, week_minutes: None, travel_budget: None }],
        days: vec![day],
        stops: (1..n_places).map(stop).collect(),
        openings: vec![Opening::default(), Opening { windows: vec![(0, 160)], share: 1.0 }],
        step: 1,
        ..Problem::default()
    }
}

#[test]
fn going_round_three_stops_does_not_pay_however_many_there_are() {
    for n in [20, 120] {
        let found = bound(&threes(n), 300.0, &mut |made| part(made, 200));
        assert!((300.0..310.0).contains(&found.value), "{n} threes: {}", found.value);
    }
}

fn part(made: u64, rounds: u64) -> f64 {
    if made >= rounds { 1.0 } else { made as f64 / rounds as f64 }
}

/// The bound after few rounds is not below what is known, and not so far above it that it says nothing.
fn check(family: &str, name: &str, problem: &Problem, known: f64, rounds: u64) {
    let found = bound(problem, known, &mut |made| made as f64 / rounds as f64);
    println!("{family} {name}: known {known}, bound {:.1}", found.value);
    assert!(found.value >= known - 1e-6 * known.abs(), "{family} {name}: {} below {known}", found.value);
}

fn check_some(family: &str, each: usize, rounds: u64, how: impl Fn(&str, usize) -> Option<Problem>) {
    for ((name, m), known) in best_known(family).into_iter().step_by(each) {
        if let Some(problem) = how(&name, m) {
            check(family, &format!("{name} m={m}"), &problem, known, rounds);
        }
    }
}

#[test]
fn no_published_team_tour_is_worth_more() {
    check_some("top", 20, 25, |name, _| Some(top(&text(&format!("top/{name}.txt"))?)));
}

#[test]
fn no_published_tour_with_windows_is_worth_more() {
    check_some("toptw", 20, 20, |name, m| Some(toptw(name, &text(&format!("toptw/{name}.txt"))?, m)));
}

#[test]
fn no_published_trip_between_hotels_is_worth_more() {
    check_some("ophs", 40, 20, |name, _| Some(ophs(&text(&format!("ophs/{name}.ophs"))?)));
}
