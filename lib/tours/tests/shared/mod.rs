//! Problems by chance, and a checker that shares no code with the search: it reads a plan and counts again.

use spelplan_tours::single::{Answer, Day, Opening, Problem, Route, Stop, UNREACHABLE};

/// Chance for tests (xorshift), apart from the search's own.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    pub fn between(&mut self, from: i32, to: i32) -> i32 {
        from + self.below((to - from + 1) as u64) as i32
    }
}

/// Stops scattered around home, on so many consecutive days of one week.
pub fn problem(seed: u64, n_stops: usize, n_days: usize) -> Problem {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let spread = dice.between(20, 150);
    let at: Vec<(i32, i32)> =
        (0..n_stops).map(|_| (dice.between(-spread, spread), dice.between(-spread, spread))).collect();
    let places: Vec<(i32, i32)> = std::iter::once((0, 0)).chain(at).collect();
    let mut minutes = Vec::new();
    for one in &places {
        for other in &places {
            let far = f64::from((one.0 - other.0).pow(2) + (one.1 - other.1).pow(2)).sqrt();
            minutes.push(if one == other { 0 } else { 5 + far as i32 });
        }
    }
    // Some pairs have no road.
    if n_stops > 2 && dice.below(3) == 0 {
        let (one, other) = (1, 2);
        minutes[one * places.len() + other] = UNREACHABLE;
        minutes[other * places.len() + one] = UNREACHABLE;
    }
    let fares = minutes.iter().map(|leg| f64::from(*leg) * 2.0).collect();
    let days: Vec<Day> = (0..n_days as i32)
        .map(|number| Day {
            number: 100 + number,
            week: number / 5,
            starts: 450,
            ends: 1080,
            may_sleep: number % 5 < 4,
        })
        .collect();
    let stops = (0..n_stops).map(|_| stop(&mut dice, n_days)).collect();
    Problem {
        stops,
        days,
        minutes,
        fares,
        minute_cost: 8.0,
        night_cost: f64::from(dice.between(200, 1500)),
        max_drive: dice.between(180, 360),
        max_stops: dice.between(2, 6) as usize,
        max_nights: dice.between(0, 3) as usize,
        days_per_week: dice.between(1, 5) as usize,
        week_minutes: (dice.below(4) == 0).then(|| dice.between(600, 2000)),
        min_gap: dice.between(0, 6),
        travel_budget: (dice.below(4) == 0).then(|| f64::from(dice.between(500, 6000))),
        step: [1, 5, 5, 15][dice.below(4) as usize],
    }
}

fn stop(dice: &mut Dice, n_days: usize) -> Stop {
    let first = f64::from(dice.between(300, 6000));
    let hours = match dice.below(5) {
        0 => vec![(540, 720)],
        1 => vec![(780, 990)],
        2 => vec![(540, 720), (780, 990)],
        _ => vec![(540, 990)],
    };
    let opening = |dice: &mut Dice| match dice.below(6) {
        0 => Opening::default(),
        1 => Opening { windows: hours.clone(), share: 0.3 },
        _ => Opening { windows: hours.clone(), share: 1.0 },
    };
    Stop {
        stay: dice.between(30, 90),
        gains: if dice.below(2) == 0 { vec![first] } else { vec![first, first * 0.5] },
        first_day: 100 + dice.between(-2, 1),
        openings: (0..n_days).map(|_| opening(dice)).collect(),
    }
}

/// What is wrong with a plan, in words; empty when nothing is.
pub fn faults(problem: &Problem, answer: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            found.push(what);
        }
    };
    let routes = &answer.routes;
    expect(routes.windows(2).all(|pair| pair[0].day < pair[1].day), "days in order".into());
    for (n, route) in routes.iter().enumerate() {
        let day = &problem.days[route.day];
        let before = n.checked_sub(1).map(|n| &routes[n]);
        let after = routes.get(n + 1);
        expect(!route.visits.is_empty() && route.visits.len() <= problem.max_stops, format!("stops of {}", route.day));
        expect(route.departs >= day.starts && route.arrives <= day.ends, format!("frame of {}", route.day));
        if route.from != 0 {
            let joined = before
                .is_some_and(|before| before.to == route.from && problem.days[before.day].number + 1 == day.number);
            expect(joined, format!("day {} begins away", route.day));
        }
        if route.to != 0 {
            let joined =
                after.is_some_and(|after| after.from == route.to && problem.days[after.day].number == day.number + 1);
            expect(joined && day.may_sleep, format!("night after {}", route.day));
        } else {
            expect(after.is_none_or(|after| after.from == 0), format!("home after {}", route.day));
        }
        found_on_the_road(problem, route, &mut expect);
    }
    let mut run = 0;
    for route in routes {
        run = if route.to != 0 { run + 1 } else { 0 };
        expect(run <= problem.max_nights, format!("{run} nights in a row"));
    }
    for week in problem.days.iter().map(|day| day.week) {
        let own: Vec<&Route> = routes.iter().filter(|route| problem.days[route.day].week == week).collect();
        expect(own.len() <= problem.days_per_week, format!("days of week {week}"));
        let minutes: i32 = own.iter().map(|route| route.arrives - route.departs).sum();
        expect(problem.week_minutes.is_none_or(|most| minutes <= most), format!("{minutes} minutes in week {week}"));
    }
    let travel = travel(problem, routes);
    expect(problem.travel_budget.is_none_or(|most| travel <= most + 1e-6), format!("travel {travel}"));
    for (stop, known) in problem.stops.iter().enumerate() {
        let dates: Vec<i32> = routes
            .iter()
            .filter(|route| route.visits.iter().any(|visit| visit.stop == stop))
            .map(|route| problem.days[route.day].number)
            .collect();
        expect(dates.len() <= known.gains.len(), format!("stop {stop} visited {} times", dates.len()));
        expect(dates.iter().all(|date| *date >= known.first_day), format!("stop {stop} visited too early"));
        let apart = dates.windows(2).all(|pair| pair[1] - pair[0] >= problem.min_gap.max(1));
        expect(apart, format!("stop {stop} visited too often"));
        expect(dates.is_empty() == answer.misses.iter().any(|(miss, _)| *miss == stop), format!("miss of {stop}"));
    }
    found
}

fn found_on_the_road(problem: &Problem, route: &Route, expect: &mut impl FnMut(bool, String)) {
    let n = problem.stops.len() + 1;
    let (mut here, mut free, mut drive) = (route.from, route.departs, 0);
    for visit in &route.visits {
        let stop = &problem.stops[visit.stop];
        let leg = problem.minutes[here * n + visit.stop + 1];
        drive += leg;
        expect(visit.begins >= free + leg, format!("day {}: there before one can be", route.day));
        expect(visit.begins % problem.step == 0, format!("day {}: odd minute {}", route.day, visit.begins));
        let ends = visit.begins + stop.stay;
        let open = stop.openings[route.day].windows.iter().any(|(from, to)| *from <= visit.begins && ends <= *to);
        expect(open, format!("day {}: stop {} closed", route.day, visit.stop));
        (here, free) = (visit.stop + 1, ends);
    }
    let leg = problem.minutes[here * n + route.to];
    expect(route.arrives >= free + leg, format!("day {}: home too soon", route.day));
    expect(drive + leg <= problem.max_drive, format!("day {}: drives {}", route.day, drive + leg));
}

/// Money for fares and nights.
pub fn travel(problem: &Problem, routes: &[Route]) -> f64 {
    let n = problem.stops.len() + 1;
    let mut money = 0.0;
    for route in routes {
        let mut here = route.from;
        for there in route.visits.iter().map(|visit| visit.stop + 1).chain([route.to]) {
            money += problem.fares[here * n + there];
            here = there;
        }
        money += if route.to != 0 { problem.night_cost } else { 0.0 };
    }
    money
}

/// Value of the visits less every cost, counted from the routes alone.
pub fn worth(problem: &Problem, routes: &[Route]) -> f64 {
    let mut seen = vec![0; problem.stops.len()];
    let mut worth = -travel(problem, routes);
    for route in routes {
        worth -= f64::from(route.arrives - route.departs) * problem.minute_cost;
        for visit in &route.visits {
            let stop = &problem.stops[visit.stop];
            worth += stop.gains[seen[visit.stop]] * stop.openings[route.day].share;
            seen[visit.stop] += 1;
        }
    }
    worth
}
