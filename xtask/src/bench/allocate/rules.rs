//! The form with hours, money and rules: least and most visits, toss-up pairs, and a variant that has no plan.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use spelplan_allocate::{Infeasible, Pair, Problem};

use super::forms::{list, number};
use super::{Line, Solver, written};

/// The resources.
const HOURS: usize = 0;
const MONEY: usize = 1;

/// More than anybody could use.
const PLENTY: f64 = 1e9;

/// The problem, and for each partner which of its options are allowed.
struct Ruled {
    problem: Problem,
    options: Vec<Vec<usize>>,
}

/// Solves it as it is, without each rule, and in its variant without a plan.
pub(crate) fn solve(name: &str, instance: &Value, solver: &Solver) -> Result<(Vec<Line>, Value)> {
    let limits = [number(instance, "capacity_hours")?, number(instance, "budget")?];
    let (with, without) = (ruled(instance, limits, true)?, ruled(instance, limits, false)?);
    let answer = solver.solve(&with.problem);
    let mut text = written::answer(name, &answer);
    match &answer {
        Ok(answer) => text["visits"] = visits(instance, &with, &answer.choices)?,
        Err(conflict) => report(name, instance, &with, conflict)?,
    }
    if let Ok(answer) = &answer {
        let numbers = with.options.iter().zip(&answer.choices).map(|(options, &choice)| options[choice]);
        text["options"] = numbers.collect();
    }
    let mut lines = vec![Line::of(name, &answer)];
    let variants = [
        ("without_tossup", without.problem.clone(), &without),
        ("without_budget", with.problem.with_capacities(vec![limits[HOURS], PLENTY]), &with),
        ("without_hours", with.problem.with_capacities(vec![PLENTY, limits[MONEY]]), &with),
    ];
    for (variant, problem, ruled) in variants {
        let answer = solver.solve(&problem);
        lines.push(Line::of(&format!("{name}:{variant}"), &answer));
        text[variant] = written::answer(&format!("{name}:{variant}"), &answer);
        if let Ok(answer) = &answer {
            text[variant]["visits"] = visits(instance, ruled, &answer.choices)?;
        }
    }
    let variant = &instance["infeasible_variant"];
    if variant.is_object() {
        let hours = variant["capacity_hours"].as_f64().unwrap_or(limits[HOURS]);
        let money = variant["budget"].as_f64().unwrap_or(limits[MONEY]);
        let name = format!("{name}:infeasible_variant");
        let ruled = ruled(instance, [hours, money], true)?;
        let answer = solver.solve(&ruled.problem);
        lines.push(Line::of(&name, &answer));
        text["infeasible_variant"] = written::answer(&name, &answer);
        if let Err(conflict) = &answer {
            report(&name, instance, &ruled, conflict)?;
            text["infeasible_variant"]["minimal_conflict"] = json!(named(instance, &ruled, conflict)?);
        }
    }
    Ok((lines, text))
}

fn ruled(instance: &Value, limits: [f64; 2], paired: bool) -> Result<Ruled> {
    let mut problem = Problem::new(limits.to_vec());
    let mut options = Vec::new();
    for partner in list(instance, "partners")? {
        let (least, most) = (partner["min_visits"].as_f64(), partner["max_visits"].as_f64());
        problem.item();
        let mut allowed = Vec::new();
        for (n, option) in list(partner, "options")?.iter().enumerate() {
            let visits = number(option, "visits")?;
            if least.is_none_or(|least| visits >= least) && most.is_none_or(|most| visits <= most) {
                let uses = [(HOURS, number(option, "hours")?), (MONEY, number(option, "cost")?)];
                problem.choice(number(option, "value")?, &uses, &[]);
                allowed.push(n);
            }
        }
        options.push(allowed);
    }
    let mut ruled = Ruled { problem, options };
    if paired && instance["tossup_pairs"].is_array() {
        for tossup in list(instance, "tossup_pairs")? {
            let pair = pair(instance, &ruled, tossup)?;
            ruled.problem.pair(pair);
        }
    }
    Ok(ruled)
}

/// The options of two partners whose visits differ by the rule's number.
fn pair(instance: &Value, ruled: &Ruled, tossup: &Value) -> Result<Pair> {
    let partners = list(instance, "partners")?;
    let find = |name: &str| {
        let place = partners.iter().position(|partner| partner["name"] == tossup[name]);
        place.with_context(|| format!("a pair names {}, who is no partner", tossup[name]))
    };
    let rule = tossup["rule"].as_str().context("a pair without a rule")?;
    let apart = rule.split_once("| = ").map(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or(""));
    let Some(Ok(apart)) = apart.map(str::parse::<f64>) else { bail!("a pair's rule I do not know: {rule}") };
    let items = [find("a")?, find("b")?];
    let mut allowed = Vec::new();
    for (x, a) in visits_of(partners, ruled, items[0])?.into_iter().enumerate() {
        for (y, b) in visits_of(partners, ruled, items[1])?.into_iter().enumerate() {
            if ((a - b).abs() - apart).abs() < 1e-9 {
                allowed.push([x, y]);
            }
        }
    }
    Ok(Pair { items, allowed })
}

fn visits_of(partners: &[Value], ruled: &Ruled, partner: usize) -> Result<Vec<f64>> {
    let options = ruled.options[partner].iter();
    options.map(|&option| number(&partners[partner]["options"][option], "visits")).collect()
}

fn visits(instance: &Value, ruled: &Ruled, choices: &[usize]) -> Result<Value> {
    let partners = list(instance, "partners")?;
    let of = |(n, partner): (usize, &Value)| {
        let visits = partner["options"][ruled.options[n][choices[n]]]["visits"].clone();
        (partner["name"].as_str().unwrap_or("").to_owned(), visits)
    };
    Ok(Value::Object(partners.iter().enumerate().map(of).collect()))
}

/// The conflict in the instance's own words.
fn named(instance: &Value, ruled: &Ruled, conflict: &Infeasible) -> Result<Vec<String>> {
    let partners = list(instance, "partners")?;
    let name = |item: usize| partners[item]["name"].as_str().unwrap_or("somebody").to_owned();
    let units = [("hours", "h"), ("cost", "money")];
    let mut words = Vec::new();
    for &item in &conflict.items {
        let least = |field: &str| {
            let options = ruled.options[item].iter().filter_map(|&n| partners[item]["options"][n][field].as_f64());
            options.fold(f64::INFINITY, f64::min)
        };
        let needs = conflict.resources.iter().map(|&r| format!("{} {}", least(units[r].0), units[r].1));
        let needs = needs.collect::<Vec<_>>().join(", ");
        let in_pair = conflict.pairs.iter().any(|&pair| ruled.problem.pairs()[pair].items.contains(&item));
        let verb = if in_pair { "choose for" } else { "must visit" };
        words.push(format!("{verb} {} ({needs})", name(item)));
    }
    for &pair in &conflict.pairs {
        let [a, b] = ruled.problem.pairs()[pair].items;
        words.push(format!("toss-up pair {} and {}", name(a), name(b)));
    }
    for &resource in &conflict.resources {
        let kind = ["capacity", "budget"][resource];
        words.push(format!("{kind} {} {}", ruled.problem.capacities()[resource], units[resource].1));
    }
    Ok(words)
}

fn report(name: &str, instance: &Value, ruled: &Ruled, conflict: &Infeasible) -> Result<()> {
    let certain = if conflict.proven { "no plan" } else { "no plan found" };
    eprintln!("{name}: {certain}: {}", named(instance, ruled, conflict)?.join("; "));
    Ok(())
}
