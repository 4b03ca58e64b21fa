//! One resource: every item's upper hull, its increments sorted by value per unit, taken while they fit.
//! Within one increment of the optimum (model: Sinha and Zoltners 1979; the same result in arXiv 2603.18653).

use crate::group::Block;
use crate::problem::tolerance;

/// A step up an item's hull.
struct Increment {
    rate: f64,
    item: usize,
    choice: usize,
    amount: f64,
}

/// The greedy plan along the hulls (numbers within the block); `None` where the least uses do not fit.
pub(crate) fn greedy(block: &Block, capacity: f64) -> Option<Vec<usize>> {
    let hulls: Vec<Vec<(f64, f64, usize)>> = (0..block.items.len()).map(|item| upper_hull(block, item)).collect();
    let mut choices: Vec<usize> = hulls.iter().map(|hull| hull[0].2).collect();
    let mut room = capacity + tolerance(capacity) - hulls.iter().map(|hull| hull[0].0).sum::<f64>();
    if room < 0.0 {
        return None;
    }
    let mut increments: Vec<Increment> = Vec::new();
    for (item, hull) in hulls.iter().enumerate() {
        for pair in hull.windows(2) {
            let amount = pair[1].0 - pair[0].0;
            increments.push(Increment { rate: (pair[1].1 - pair[0].1) / amount, item, choice: pair[1].2, amount });
        }
    }
    increments.sort_by(|a, b| b.rate.total_cmp(&a.rate).then(a.item.cmp(&b.item)));
    let mut stopped = vec![false; hulls.len()];
    for step in increments {
        if stopped[step.item] || step.amount > room {
            stopped[step.item] = true;
        } else {
            room -= step.amount;
            choices[step.item] = step.choice;
        }
    }
    Some(choices)
}

/// The corners (amount, value, choice) of the upper hull, by growing amount.
pub(crate) fn upper_hull(block: &Block, item: usize) -> Vec<(f64, f64, usize)> {
    let point = |(number, (_, choice)): (usize, &(usize, crate::group::Choice))| {
        (choice.uses.first().map_or(0.0, |(_, amount)| *amount), choice.value, number)
    };
    let mut points: Vec<(f64, f64, usize)> = block.choices[item].iter().enumerate().map(point).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    let mut hull: Vec<(f64, f64, usize)> = Vec::new();
    for next in points {
        if hull.last().is_some_and(|top| next.1 <= top.1) {
            continue;
        }
        while let [.., before, top] = hull[..] {
            let falls = (next.1 - top.1) * (top.0 - before.0) < (top.1 - before.1) * (next.0 - top.0);
            if falls {
                break;
            }
            hull.pop();
        }
        hull.push(next);
    }
    hull
}
