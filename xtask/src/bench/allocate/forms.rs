//! The judge's forms, told apart by what they hold, not by their names.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use spelplan_allocate::{Problem, Trip};

use super::{Line, Solver, golden, rules, written};

/// More than anybody could use.
const PLENTY: f64 = 1e12;

/// Solves an instance of any known form: its lines, and what is written beside them.
pub(crate) fn solve(name: &str, instance: &Value, solver: &Solver) -> Result<(Vec<Line>, Value)> {
    if !instance["trajectories"].is_null() {
        return golden::check(name, instance);
    }
    let partners = list(instance, "partners").context("neither trajectories nor partners: not a form I know")?;
    let first = partners.first().context("no partners")?;
    if !instance["clusters"].is_null() {
        return trips(name, instance, solver);
    }
    if !instance["budget"].is_null() && first["options"][0]["cost"].is_number() {
        return rules::solve(name, instance, solver);
    }
    if first["options"][0]["season_hours"].is_array() {
        return written::simple(name, instance, &season_options(instance)?, solver);
    }
    if instance["capacities"]["season_hours"].is_array() {
        return written::simple(name, instance, &season_values(instance)?, solver);
    }
    if instance["capacity_hours"].is_number() {
        return written::simple(name, instance, &one_resource(instance)?, solver);
    }
    bail!("not a form I know: neither trajectories, clusters, budget, season hours nor capacity_hours")
}

/// A list of the instance.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>> {
    value[name].as_array().with_context(|| format!("`{name}` is not a list"))
}

/// A number of the instance.
pub(crate) fn number(value: &Value, name: &str) -> Result<f64> {
    value[name].as_f64().with_context(|| format!("`{name}` is not a number"))
}

/// A list of numbers.
pub(crate) fn numbers(value: &Value, name: &str) -> Result<Vec<f64>> {
    let number = |value: &Value| value.as_f64().with_context(|| format!("`{name}` holds something else than numbers"));
    list(value, name)?.iter().map(number).collect()
}

/// Hours only; options with hours and value, or hours a visit with a value for each number of visits.
fn one_resource(instance: &Value) -> Result<Problem> {
    let mut problem = Problem::new(vec![number(instance, "capacity_hours")?]);
    for partner in list(instance, "partners")? {
        problem.item();
        if partner["options"].is_array() {
            for option in list(partner, "options")? {
                problem.choice(number(option, "value")?, &[(0, number(option, "hours")?)], &[]);
            }
        } else {
            let each = number(partner, "hours_per_visit")?;
            for (visits, value) in numbers(partner, "values")?.into_iter().enumerate() {
                problem.choice(value, &[(0, each * visits as f64)], &[]);
            }
        }
    }
    Ok(problem)
}

/// Options with hours for each season, and digital hours; money where both sides know it.
fn season_options(instance: &Value) -> Result<Problem> {
    let mut capacities = numbers(instance, "season_capacity_hours")?;
    let seasons = capacities.len();
    capacities.push(instance["digital_capacity_hours"].as_f64().unwrap_or(PLENTY));
    capacities.push(instance["budget"].as_f64().unwrap_or(PLENTY));
    let mut problem = Problem::new(capacities);
    for partner in list(instance, "partners")? {
        problem.item();
        for option in list(partner, "options")? {
            let hours = numbers(option, "season_hours")?;
            if hours.len() > seasons {
                bail!("an option has hours in more seasons than there are capacities");
            }
            let mut uses: Vec<(usize, f64)> = hours.into_iter().enumerate().collect();
            uses.push((seasons, option["digital_hours"].as_f64().unwrap_or(0.0)));
            uses.push((seasons + 1, option["cost"].as_f64().unwrap_or(0.0)));
            problem.choice(number(option, "value")?, &uses, &[]);
        }
    }
    Ok(problem)
}

/// A value for each option, numbered by digital level and a bit for each season, the first season's highest.
fn season_values(instance: &Value) -> Result<Problem> {
    let capacities = &instance["capacities"];
    let mut limits = numbers(capacities, "season_hours")?;
    let seasons = limits.len();
    limits.extend(["digital_hours", "budget"].map(|name| capacities[name].as_f64().unwrap_or(PLENTY)));
    let digital = numbers(&instance["params"], "digital_hours_per_year")?;
    let mut problem = Problem::new(limits);
    for partner in list(instance, "partners")? {
        let (hours, cost) = (number(partner, "hours_per_visit")?, number(partner, "cost_per_visit")?);
        problem.item();
        for (option, value) in numbers(partner, "values")?.into_iter().enumerate() {
            let visited = (0..seasons).filter(|season| option >> (seasons - 1 - season) & 1 == 1);
            let mut uses: Vec<(usize, f64)> = visited.map(|season| (season, hours)).collect();
            let level = digital.get(option >> seasons).context("a value for a digital level without hours")?;
            uses.extend([(seasons, *level), (seasons + 1, cost * uses.len() as f64)]);
            problem.choice(value, &uses, &[]);
        }
    }
    Ok(problem)
}

/// Clusters whose trips are paid once a season: a value for each pattern of visits.
fn trips(name: &str, instance: &Value, solver: &Solver) -> Result<(Vec<Line>, Value)> {
    let capacities = numbers(instance, "season_capacity_hours")?;
    let seasons = capacities.len();
    let visit = number(instance, "visit_hours")?;
    let mut problem = Problem::new(capacities);
    let clusters = list(instance, "clusters")?;
    for cluster in clusters {
        let (hours, cost) = (number(cluster, "travel_hours")?, number(cluster, "travel_cost")?);
        for season in 0..seasons {
            problem.trip(Trip { cost, uses: vec![(season, hours)], visits: u32::MAX, most: 1 });
        }
    }
    let mut patterns: Vec<Vec<&String>> = Vec::new();
    for partner in list(instance, "partners")? {
        let place = clusters.iter().position(|cluster| cluster["name"] == partner["cluster"]);
        let first = seasons * place.context("a partner of an unknown cluster")?;
        let values: &Map<String, Value> = partner["value"].as_object().context("`value` is not an object")?;
        problem.item();
        for (pattern, value) in values {
            let visited = pattern.bytes().enumerate().filter(|(_, visits)| *visits > b'0');
            let visited: Vec<(usize, u32)> = visited.map(|(season, digit)| (season, u32::from(digit - b'0'))).collect();
            if pattern.len() != seasons || visited.iter().any(|(_, visits)| *visits > 9) {
                bail!("`{pattern}` is not a pattern of {seasons} seasons");
            }
            let uses: Vec<(usize, f64)> = visited.iter().map(|&(s, visits)| (s, visit * f64::from(visits))).collect();
            let on: Vec<(usize, u32)> = visited.iter().map(|&(season, visits)| (first + season, visits)).collect();
            problem.choice(value.as_f64().context("a value is not a number")?, &uses, &on);
        }
        patterns.push(values.keys().collect());
    }
    let answer = solver.solve(&problem);
    let mut text = written::answer(name, &answer);
    if let Ok(answer) = &answer {
        let visits = |(partner, (keys, &choice)): (&Value, (&Vec<&String>, &usize))| {
            let digits: Vec<u8> = keys[choice].bytes().map(|digit| digit - b'0').collect();
            (partner["name"].as_str().unwrap_or("").to_owned(), json!(digits))
        };
        let each = list(instance, "partners")?.iter().zip(patterns.iter().zip(&answer.choices)).map(visits);
        text["visits"] = Value::Object(each.collect());
        let made = |(n, cluster): (usize, &Value)| {
            let made: Vec<u32> = answer.trips[n * seasons..(n + 1) * seasons].to_vec();
            (cluster["name"].as_str().unwrap_or("").to_owned(), json!(made))
        };
        text["trips"] = Value::Object(clusters.iter().enumerate().map(made).collect());
        text["season_hours_used"] = json!(problem.use_of(&answer.choices));
    }
    Ok((vec![Line::of(name, &answer)], text))
}
