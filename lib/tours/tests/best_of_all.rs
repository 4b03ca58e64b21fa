//! On tiny problems every plan there is can be tried: the search must find the best of all.

mod shared;

use std::collections::BTreeMap;

use shared::{faults, problem, worth};
use spelplan_tours::single::{Problem, solve};

/// Minutes and fares of a day's stops between two places; `None` where they do not fit.
type DayPrice = Option<(i32, f64)>;

/// Days already priced: day, place it begins, stops, place it ends.
type Known = BTreeMap<(usize, usize, Vec<usize>, usize), DayPrice>;

/// The best worth of any plan: every choice of stops for each day, every night place, every order.
fn best_of_all(problem: &Problem) -> f64 {
    let n_days = problem.days.len();
    let mut choice = vec![Vec::new(); n_days];
    let (mut best, mut known) = (0.0, Known::new());
    nights(problem, &mut vec![0; n_days], 0, &mut |ends| {
        assign(problem, ends, 0, &mut choice, &mut known, &mut best);
    });
    best
}

fn nights(problem: &Problem, ends: &mut Vec<usize>, day: usize, then: &mut dyn FnMut(&[usize])) {
    let joins = |day: usize| {
        let days = &problem.days;
        day + 1 < days.len() && days[day].may_sleep && days[day + 1].number == days[day].number + 1
    };
    if day == ends.len() {
        let mut run = 0;
        let short = ends.iter().all(|end| {
            run = if *end != 0 { run + 1 } else { 0 };
            run <= problem.max_nights
        });
        if short {
            then(ends);
        }
        return;
    }
    for end in 0..=problem.stops.len() {
        if end == 0 || joins(day) {
            ends[day] = end;
            nights(problem, ends, day + 1, then);
        }
    }
    ends[day] = 0;
}

/// Every subset of stops for the day, then the next day; prices whole plans at the end.
fn assign(
    problem: &Problem,
    ends: &[usize],
    day: usize,
    choice: &mut Vec<Vec<usize>>,
    known: &mut Known,
    best: &mut f64,
) {
    if day == ends.len() {
        *best = best.max(price(problem, ends, choice, known).unwrap_or(0.0));
        return;
    }
    for set in 0..1usize << problem.stops.len() {
        let stops: Vec<usize> = (0..problem.stops.len()).filter(|stop| set >> stop & 1 == 1).collect();
        let away = ends[day] != 0 || day > 0 && ends[day - 1] != 0;
        if stops.len() > problem.max_stops || away && stops.is_empty() {
            continue;
        }
        choice[day] = stops;
        assign(problem, ends, day + 1, choice, known, best);
    }
    choice[day] = Vec::new();
}

fn price(problem: &Problem, ends: &[usize], choice: &[Vec<usize>], known: &mut Known) -> Option<f64> {
    let mut worth = 0.0;
    let (mut travel, mut minutes_week, mut days_week) = (0.0, 0, 0);
    let mut visits: Vec<Vec<usize>> = vec![Vec::new(); problem.stops.len()];
    for (day, stops) in choice.iter().enumerate() {
        for &stop in stops {
            visits[stop].push(day);
        }
        let from = if day == 0 { 0 } else { ends[day - 1] };
        if stops.is_empty() {
            continue;
        }
        days_week += 1;
        let key = (day, from, stops.clone(), ends[day]);
        let (minutes, fares) = (*known.entry(key).or_insert_with(|| cheapest(problem, day, from, stops, ends[day])))?;
        minutes_week += minutes;
        travel += fares + if ends[day] != 0 { problem.night_cost } else { 0.0 };
        worth -= f64::from(minutes) * problem.minute_cost;
    }
    if days_week > problem.days_per_week {
        return None;
    }
    if problem.week_minutes.is_some_and(|most| minutes_week > most)
        || problem.travel_budget.is_some_and(|most| travel > most)
    {
        return None;
    }
    for (stop, days) in visits.iter().enumerate() {
        let known = &problem.stops[stop];
        let number = |day: usize| problem.days[day].number;
        let early = days.iter().any(|day| number(*day) < known.first_day);
        let close = days.windows(2).any(|pair| number(pair[1]) - number(pair[0]) < problem.min_gap.max(1));
        if early || close || days.len() > known.gains.len() {
            return None;
        }
        worth += days.iter().zip(&known.gains).map(|(day, gain)| gain * known.openings[*day].share).sum::<f64>();
    }
    Some(worth - travel)
}

/// Minutes and fares of the cheapest order and the best departure.
fn cheapest(problem: &Problem, day: usize, from: usize, stops: &[usize], to: usize) -> DayPrice {
    let mut best: Option<(f64, i32, f64)> = None;
    permute(&mut stops.to_vec(), 0, &mut |order| {
        if let Some((minutes, fares)) = drive(problem, day, from, order, to) {
            let cost = f64::from(minutes) * problem.minute_cost + fares;
            if best.is_none_or(|(least, _, _)| cost < least) {
                best = Some((cost, minutes, fares));
            }
        }
    });
    best.map(|(_, minutes, fares)| (minutes, fares))
}

fn permute(order: &mut Vec<usize>, at: usize, then: &mut dyn FnMut(&[usize])) {
    if at == order.len() {
        then(order);
        return;
    }
    for other in at..order.len() {
        order.swap(at, other);
        permute(order, at + 1, then);
        order.swap(at, other);
    }
}

/// Tries every departure, minute by minute: the shortest time away in that order.
fn drive(problem: &Problem, day: usize, from: usize, order: &[usize], to: usize) -> Option<(i32, f64)> {
    let n = problem.stops.len() + 1;
    let places: Vec<usize> = order.iter().map(|stop| stop + 1).chain([to]).collect();
    let (mut here, mut drive, mut fares) = (from, 0, 0.0);
    for &there in &places {
        drive += problem.minutes[here * n + there];
        fares += problem.fares[here * n + there];
        here = there;
    }
    if drive > problem.max_drive {
        return None;
    }
    let mut shortest: Option<i32> = None;
    for departs in problem.days[day].starts..problem.days[day].ends {
        let (mut here, mut time, mut fits) = (from, departs, true);
        for &stop in order {
            time += problem.minutes[here * n + stop + 1];
            let known = &problem.stops[stop];
            let begins = (time..1440).filter(|minute| minute % problem.step == 0).find(|minute| {
                known.openings[day].windows.iter().any(|(from, to)| from <= minute && minute + known.stay <= *to)
            });
            fits &= begins.is_some();
            time = begins.unwrap_or(time) + known.stay;
            here = stop + 1;
        }
        let arrives = time + problem.minutes[here * n + to];
        if fits && arrives <= problem.days[day].ends {
            shortest = Some(shortest.map_or(arrives - departs, |least: i32| least.min(arrives - departs)));
        }
    }
    shortest.map(|minutes| (minutes, fares))
}

#[test]
fn nearly_every_tiny_problem_is_solved_to_the_best_of_all_plans_and_the_others_nearly() {
    let (mut with_nights, mut with_value, mut exact) = (0, 0, 0);
    let (mut all_ours, mut all_best) = (0.0, 0.0);
    for seed in 0..120 {
        let mut problem =
            problem(5000 + seed, 1 + seed as usize % 4, 1 + seed as usize % 2 + usize::from(seed % 8 == 7));
        // Beginning at any minute: with steps, an earlier end may cost a few minutes of waiting.
        problem.step = 1;
        if seed % 2 == 1 {
            // Nights cheap and days long, so that sleeping away pays.
            (problem.max_nights, problem.night_cost, problem.days_per_week) = (2, 30.0, 5);
        }
        let answer = solve(&problem, 300, seed);
        assert!(faults(&problem, &answer).is_empty(), "problem {seed}: {:?}", faults(&problem, &answer));
        let (ours, best) = (worth(&problem, &answer.routes), best_of_all(&problem));
        assert!(ours <= best + 1e-6, "problem {seed}: {ours} cannot be better than the best, {best}");
        exact += usize::from(ours >= best - 1e-6);
        (all_ours, all_best) = (all_ours + ours, all_best + best);
        with_nights += usize::from(answer.routes.iter().any(|route| route.to != 0));
        with_value += usize::from(best > 0.0);
    }
    assert!(with_value > 60 && with_nights > 5, "{with_value} with value, {with_nights} with nights");
    assert!(exact >= 116, "{exact} of 120 solved to the best");
    assert!(all_ours >= 0.995 * all_best, "{all_ours} of {all_best}");
}
