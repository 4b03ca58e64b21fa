//! Open planners beside ours on the reductions they can say: the same numbers go over as JSON, routes come back, and all of
//! them are timed and valued here. What a peer cannot say is made up for in its favour or told in `docs/bench/tours.md`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use spelplan_tours::{Part, Plan, Problem, Route, Visit, solve};

use super::clock::Clock;
use super::files;
use super::instance::{Family, Instance};
use super::realistic::{Ask, Night, Reduction};
use super::{Arguments, SECONDS, shown};
use crate::bench::Given;

/// The peers' models.
const SCRIPT: &str = include_str!("peers.py");

/// Who is asked, as the script names them.
const PEERS: [&str; 4] = ["pyvrp", "or-tools", "vroom", "vrp-cli"];

/// Units of time between the same hour of two days.
const SHIFT: i32 = 1440 * 100;

/// Runs every instance on each reduction with our kernel and with each peer.
pub(crate) fn run(given: &Given, arguments: &Arguments) -> Result<bool> {
    let Some(folder) = &given.instances else { bail!("say which instances, with --instances") };
    let Some(python) = &given.python else { bail!("say which Python has the peers, with --python") };
    let reductions = arguments.reduction.map_or(vec![Reduction::R1, Reduction::R2, Reduction::R3], |one| vec![one]);
    println!("instance,planner,seconds,value,feasible");
    let mut good = true;
    for found in files::find(folder)? {
        for &reduction in &reductions {
            let seconds = given.seconds.unwrap_or(SECONDS);
            let race = |reduction: Reduction, nights: Vec<Night>| {
                let ask = Ask { reduction: Some(reduction), nights };
                let instance = Instance::read(Family::Realistic, &found.path, &found.name, 0, &ask)?;
                let parts = if arguments.by_pam && reduction != Reduction::Free {
                    Part::each(&instance.problem, &instance.owners())
                } else {
                    Vec::new()
                };
                let name = shown(&found.name, Some(reduction)) + if parts.is_empty() { "" } else { "-by-pam" };
                anyhow::Ok(Race { instance, parts, name, reduction, seconds, seed: given.seed })
            };
            let mut nights = Vec::new();
            if reduction == Reduction::R2 {
                // The given nights come from our own plan with free ones.
                let free = race(Reduction::Free, Vec::new())?;
                nights = free.instance.nights(&free.ours()?);
            }
            let race = race(reduction, nights)?;
            race.ours()?;
            for peer in PEERS.iter().filter(|peer| arguments.peer.as_ref().is_none_or(|only| only == *peer)) {
                good &= race.theirs(python, peer);
            }
        }
    }
    Ok(good)
}

/// One instance that all of them get.
struct Race {
    instance: Instance,
    /// One PAM after another, where they are solved apart.
    parts: Vec<Part>,
    name: String,
    reduction: Reduction,
    seconds: f64,
    seed: u64,
}

/// One visit that a peer may plan: the whole of a stop, or one of its visits in a row.
struct Job {
    stop: usize,
    /// Number of the day, and when a visit may begin on it.
    windows: Vec<(i32, i32, i32)>,
    gain: f64,
}

impl Race {
    fn ours(&self) -> Result<Plan> {
        let (plan, seconds) = self.planned(|problem, seconds| {
            let clock = Clock::start(seconds);
            let answer = solve(problem, None, self.seed, &mut |_| clock.spent());
            Ok((answer.plan, clock.used()))
        })?;
        self.tell("spelplan", seconds, &plan);
        Ok(plan)
    }

    fn theirs(&self, python: &Path, peer: &str) -> bool {
        let told = self.planned(|problem, seconds| {
            let jobs = jobs(problem, self.reduction, self.instance.season_days());
            let (answer, seconds) = ask(python, &told(problem, &jobs, peer, seconds, self.seed))?;
            Ok((plan(problem, &jobs, &answer)?, seconds))
        });
        match &told {
            Ok((plan, seconds)) => self.tell(peer, *seconds, plan),
            Err(error) => {
                eprintln!("error: {}: {peer}: {error:#}", self.name);
                println!("{},{peer},,,error", self.name);
            }
        }
        told.is_ok()
    }

    /// The plan of all, made at once or part by part with an equal share of the time, and the seconds used.
    fn planned(&self, mut make: impl FnMut(&Problem, f64) -> Result<(Plan, f64)>) -> Result<(Plan, f64)> {
        if self.parts.is_empty() {
            return make(&self.instance.problem, self.seconds);
        }
        let (mut routes, mut used) = (Vec::new(), 0.0);
        for (at, part) in self.parts.iter().enumerate() {
            let share = self.seconds / self.parts.len() as f64;
            let (plan, seconds) = make(&part.problem, share).with_context(|| format!("part {at}"))?;
            routes.extend(part.routes(&plan));
            used += seconds;
        }
        routes.sort_by_key(|route| route.day);
        Ok((Plan { routes }, used))
    }

    fn tell(&self, planner: &str, seconds: f64, plan: &Plan) {
        match self.instance.judge(&self.instance.written(plan)) {
            Ok(verdict) => println!("{},{planner},{seconds:.2},{:.2},true", self.name, verdict.value),
            Err(fault) => {
                eprintln!("error: {}: {planner}: {fault:#}", self.name);
                println!("{},{planner},{seconds:.2},,false", self.name);
            }
        }
    }
}

/// What the peer answers, with the processor seconds it used.
fn ask(python: &Path, given: &Value) -> Result<(Value, f64)> {
    let mut command = Command::new(python);
    command.args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", python.display()))?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    // The script reads everything before it prints.
    stdin.write_all(given.to_string().as_bytes()).context("the peer did not read its problem")?;
    drop(stdin);
    let output = child.wait_with_output()?;
    let complaints = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "ended with {}: {}", output.status, complaints.trim());
    let printed = String::from_utf8_lossy(&output.stdout);
    let last = printed.lines().last().unwrap_or_default();
    let answer: Value = serde_json::from_str(last).with_context(|| format!("the peer printed {last:?}"))?;
    let seconds = answer["seconds"].as_f64().context("no seconds")?;
    Ok((answer, seconds))
}

/// The jobs of a reduction. Peers know no value that falls with each visit: the k-th visit is a job of its own, tied to the
/// k-th season, which keeps most visits far enough apart.
fn jobs(problem: &Problem, reduction: Reduction, season_days: usize) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (stop, given) in problem.stops.iter().enumerate().filter(|(_, stop)| !stop.fixed) {
        let mut windows: Vec<(i32, i32, i32)> = Vec::new();
        for (at, day) in problem.days.iter().enumerate() {
            let open = problem.opening(stop, at).map_or(&[][..], |opening| &opening.windows);
            windows.extend(open.iter().map(|&(from, to)| (day.number, from, to)));
        }
        windows.sort_unstable();
        windows.dedup();
        for (visit, &gain) in given.gains.iter().enumerate() {
            let in_season = |number: i32| reduction != Reduction::R3 || number as usize / season_days == visit;
            let windows: Vec<_> = windows.iter().copied().filter(|(number, _, _)| in_season(*number)).collect();
            if !windows.is_empty() {
                jobs.push(Job { stop, windows, gain });
            }
        }
    }
    jobs
}

/// The problem in the script's words.
fn told(problem: &Problem, jobs: &[Job], peer: &str, seconds: f64, seed: u64) -> Value {
    let vehicles: Vec<Value> = problem
        .days
        .iter()
        .map(|day| json!({"day": day.number, "from": day.from, "to": day.to, "starts": day.starts, "ends": day.ends}))
        .collect();
    let visited = jobs.iter().map(|job| problem.stops[job.stop].place);
    let jobs: Vec<Value> = jobs
        .iter()
        .map(|job| {
            let stop = &problem.stops[job.stop];
            json!({"place": stop.place, "stay": stop.stay, "value": job.gain, "windows": job.windows})
        })
        .collect();
    // Places that no vehicle and no job is at stand last, and are not told.
    let ends = problem.days.iter().map(|day| day.from.max(day.to));
    let places = 1 + ends.chain(visited).max().unwrap_or(0);
    let ways = (0..places).flat_map(|from| (0..places).map(move |to| (from, to)));
    let minutes: Vec<i32> = ways.clone().map(|(from, to)| problem.leg(from, to)).collect();
    let fares: Vec<f64> = ways.map(|(from, to)| problem.fare(from, to)).collect();
    json!({
        "peer": peer, "seconds": seconds, "seed": seed, "shift": SHIFT,
        "places": places, "minutes": minutes, "fares": fares,
        "vehicles": vehicles, "jobs": jobs,
    })
}

/// The peer's routes, timed as early as may be. A visit too close to the one before it is taken out: no peer could know.
fn plan(problem: &Problem, jobs: &[Job], answer: &Value) -> Result<Plan> {
    let mut orders: Vec<(usize, Vec<usize>)> = Vec::new();
    for route in answer["routes"].as_array().context("no routes")? {
        let day = route["vehicle"].as_u64().context("no vehicle")? as usize;
        let stops = route["jobs"].as_array().context("no jobs")?.iter().map(|job| {
            let job = job.as_u64().context("a job is not a number")? as usize;
            Ok(jobs.get(job).context("an unknown job")?.stop)
        });
        ensure!(day < problem.days.len(), "an unknown vehicle");
        orders.push((day, stops.collect::<Result<_>>()?));
    }
    orders.sort_by_key(|(day, _)| problem.days[*day].number);
    let mut last: Vec<Option<i32>> = vec![None; problem.stops.len()];
    let mut routes = Vec::new();
    for (day, mut stops) in orders {
        let number = problem.days[day].number;
        stops.retain(|&stop| last[stop].is_none_or(|last| number - last >= problem.stops[stop].min_gap));
        stops.iter().for_each(|&stop| last[stop] = Some(number));
        if !stops.is_empty() {
            routes.push(timed(problem, day, &stops)?);
        }
    }
    routes.sort_by_key(|route| route.day);
    Ok(Plan { routes })
}

fn timed(problem: &Problem, day: usize, stops: &[usize]) -> Result<Route> {
    let given = &problem.days[day];
    let (mut now, mut here) = (given.starts, given.from);
    let mut visits = Vec::new();
    for &stop in stops {
        let place = problem.stops[stop].place;
        now += problem.leg(here, place);
        let windows = problem.opening(stop, day).map_or(&[][..], |opening| &opening.windows);
        let window = windows.iter().find(|(_, to)| now <= *to);
        let opens = window.with_context(|| format!("day {day}: stop {stop} is closed from {now}"))?.0;
        now = now.max(opens);
        visits.push(Visit { stop, begins: now });
        now += problem.stops[stop].stay;
        here = place;
    }
    let arrives = now + problem.leg(here, given.to);
    Ok(Route { day, woke: None, departs: given.starts, visits, arrives, sleeps: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_tours::{CLOSED, Day, Opening, Stop, Traveller, check};

    /// Two seasons of two days; one partner open on all of them, worth less the second time.
    fn problem(min_gap: i32) -> Problem {
        let day = |number| Day {
            traveller: 0,
            number,
            week: 0,
            starts: 0,
            ends: 100,
            from: 0,
            to: 0,
            may_sleep: false,
            max_drive: 100,
            max_stops: 9,
        };
        let traveller = Traveller { max_nights: 0, days_per_week: 5, week_minutes: None, travel_budget: None };
        let partner =
            Stop { place: 1, stay: 5, gains: vec![9.0, 4.0], min_gap, openings: vec![1; 4], ..Stop::default() };
        let closed = Stop { openings: vec![CLOSED; 4], ..partner.clone() };
        Problem {
            n_places: 2,
            minutes: vec![0, 10, 10, 0],
            travellers: vec![traveller],
            days: (0..4).map(day).collect(),
            stops: vec![partner, closed],
            openings: vec![Opening::default(), Opening { windows: vec![(20, 30)], share: 1.0 }],
            ..Problem::default()
        }
    }

    #[test]
    fn repeated_visits_are_jobs_of_their_own_season() {
        let windows = |reduction| -> Vec<Vec<i32>> {
            let jobs = jobs(&problem(2), reduction, 2);
            jobs.iter().map(|job| job.windows.iter().map(|window| window.0).collect()).collect()
        };
        assert_eq!(windows(Reduction::R3), [vec![0, 1], vec![2, 3]]);
        assert_eq!(windows(Reduction::R1)[0], [0, 1, 2, 3]);
    }

    fn check_answer(min_gap: i32, vehicles: [usize; 2], worth: f64) {
        let problem = problem(min_gap);
        let jobs = jobs(&problem, Reduction::R3, 2);
        let answer = json!({"routes": [{"vehicle": vehicles[1], "jobs": [1]}, {"vehicle": vehicles[0], "jobs": [0]}]});
        let plan = plan(&problem, &jobs, &answer).expect("a plan");
        assert_eq!(check(&problem, &plan), Ok(worth));
    }

    #[test]
    fn routes_are_timed_and_visits_too_close_taken_out() {
        check_answer(2, [0, 2], 13.0);
        check_answer(2, [1, 2], 9.0);
    }
}
