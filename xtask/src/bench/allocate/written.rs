//! What is written beside the lines: the options chosen, and the frontiers that an instance lists.

use anyhow::Result;
use serde_json::{Value, json};
use spelplan_allocate::{Allocation, Effort, Infeasible, Problem, frontier};

use super::forms::{list, number};
use super::{Line, Solver};

/// The answer as JSON.
pub(crate) fn answer(instance: &str, answer: &Result<Allocation, Infeasible>) -> Value {
    match answer {
        Ok(answer) => json!({
            "instance": instance,
            "feasible": true,
            "objective": answer.value,
            "upper_bound": answer.upper_bound,
            "gap": answer.gap,
            "options": answer.choices,
            "prices": answer.prices,
        }),
        Err(conflict) => json!({
            "instance": instance,
            "feasible": false,
            "proven": conflict.proven,
            "conflict": conflict.to_string(),
        }),
    }
}

/// Solves the problem as it is, and at the hours of every frontier the instance lists.
pub(crate) fn simple(name: &str, instance: &Value, problem: &Problem, solver: &Solver) -> Result<(Vec<Line>, Value)> {
    let solved = solver.solve(problem);
    let mut text = answer(name, &solved);
    if let Ok(solved) = &solved {
        let partners = list(instance, "partners")?;
        text["visits"] = visits(partners, &solved.choices);
        text["used"] = json!(problem.use_of(&solved.choices));
    } else if let Err(conflict) = &solved {
        eprintln!("{name}: infeasible: {conflict}");
    }
    for (field, listed) in [("frontier", &instance["frontier"]), ("by_capacity", &instance["expected"]["by_capacity"])]
    {
        let Some(points) = listed.as_array() else { continue };
        let hours: Vec<f64> = points.iter().map(|point| number(point, "hours")).collect::<Result<_>>()?;
        let capacities: Vec<Vec<f64>> = hours.iter().map(|hours| vec![*hours]).collect();
        let effort = Effort { seed: solver.seed, ..Effort::default() };
        let answers = frontier(problem, &capacities, &effort);
        text[field] = hours.iter().zip(&answers).map(|(hours, answer)| point(*hours, answer)).collect();
    }
    Ok((vec![Line::of(name, &solved)], text))
}

fn point(hours: f64, answer: &Result<Allocation, Infeasible>) -> Value {
    match answer {
        Ok(answer) => json!({
            "hours": hours,
            "objective": answer.value,
            "upper_bound": answer.upper_bound,
            "options": answer.choices,
            "shadow_price_per_hour": answer.prices[0],
        }),
        Err(conflict) => json!({ "hours": hours, "feasible": false, "conflict": conflict.to_string() }),
    }
}

/// Visits of each partner, by name where partners have names: as its options say, or the option's own number.
fn visits(partners: &[Value], choices: &[usize]) -> Value {
    let of = |(partner, &choice): (&Value, &usize)| {
        let said = &partner["options"][choice]["visits"];
        if said.is_null() { json!(choice) } else { said.clone() }
    };
    let each = || partners.iter().zip(choices);
    if partners.iter().all(|partner| partner["name"].is_string()) {
        let named = |(partner, choice): (&Value, &usize)| {
            (partner["name"].as_str().unwrap_or("").to_owned(), of((partner, choice)))
        };
        return Value::Object(each().map(named).collect());
    }
    each().map(of).collect()
}
