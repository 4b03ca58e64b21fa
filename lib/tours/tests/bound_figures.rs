//! Figures of the bound on public instances: `cargo test -p spelplan-tours --release --test bound_figures -- --ignored --nocapture`.

mod readers;

use readers::{Reading, best_known, ophs, realistic, text, top, toptw};
use spelplan_tours::{Answer, Problem, bound_keeping, check, solve};

/// Seconds of the processor that this thread has had.
#[allow(clippy::disallowed_methods, reason = "figures come with the time they took")]
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

#[allow(clippy::disallowed_methods, reason = "figures take as long as they are told to")]
fn setting(name: &str, otherwise: f64) -> f64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// One line of the table: the bound after so many seconds beside what is known.
fn line(family: &str, name: &str, problem: &Problem, kept: &[usize], known: f64, seconds: f64) {
    let from = processor();
    let found = bound_keeping(problem, kept, known, &mut |_| (processor() - from) / seconds);
    let took = processor() - from;
    let gap = (found.value - known) / found.value * 100.0;
    println!("| {family} | {name} | {known:.1} | {:.1} | {gap:.2} | {} | {took:.1} |", found.value, found.rounds);
    assert!(found.value >= known - 1e-6 * known.abs(), "{family} {name}: {} below {known}", found.value);
}

#[test]
#[ignore = "figures, minutes long"]
fn realistic_weeks() {
    let (for_plan, seconds) = (setting("PLAN", 10.0), setting("LIMIT", 60.0));
    for seed in 1..=2 {
        let Some(text) = text(&format!("realistic/G1-seed{seed}.json")) else { return };
        for reading in [Reading::Full, Reading::Reduced] {
            let problem = realistic(&text, reading);
            let from = processor();
            let plan = solve(&problem, None, 1, &mut |_| (processor() - from) / for_plan);
            assert_eq!(check(&problem, &plan.plan).map(|worth| worth.round()), Ok(plan.worth.round()));
            let kept = kept(&problem, &plan);
            let name = format!("G1 seed {seed} {reading:?}, {} appointments kept", kept.len());
            line("realistic", &name, &problem, &kept, plan.worth, seconds);
        }
    }
}

/// The fixed stops that the plan visits.
fn kept(problem: &Problem, plan: &Answer) -> Vec<usize> {
    let visits = plan.plan.routes.iter().flat_map(|route| &route.visits);
    visits.map(|visit| visit.stop).filter(|stop| problem.stops[*stop].fixed).collect()
}

/// Every so manieth instance of the family.
fn spread(family: &str, how: impl Fn(&str, usize) -> Option<Problem>) {
    let (each, seconds) = (setting("EACH", 24.0) as usize, setting("LIMIT", 5.0));
    for ((name, m), known) in best_known(family).into_iter().filter(|(_, known)| *known > 0.0).step_by(each) {
        if let Some(problem) = how(&name, m) {
            line(family, &format!("{name} m={m}"), &problem, &[], known, seconds);
        }
    }
}

#[test]
#[ignore = "figures, minutes long"]
fn team_orienteering() {
    spread("top", |name, _| Some(top(&text(&format!("top/{name}.txt"))?)));
}

#[test]
#[ignore = "figures, minutes long"]
fn team_orienteering_with_windows() {
    spread("toptw", |name, m| Some(toptw(name, &text(&format!("toptw/{name}.txt"))?, m)));
}

#[test]
#[ignore = "figures, minutes long"]
fn orienteering_with_hotels() {
    spread("ophs", |name, _| Some(ophs(&text(&format!("ophs/{name}.ophs"))?)));
}
