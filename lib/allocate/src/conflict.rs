//! Why there is no plan: a smallest set of items, resources, trips and pairs that cannot stand together.

use crate::answer::Infeasible;
use crate::layout::Layout;
use crate::problem::Problem;

/// A conflict that is seen without a search.
pub(crate) fn at_once(problem: &Problem, layout: &Layout) -> Option<Infeasible> {
    let _ = problem;
    let empty = (0..layout.units.len()).find(|&unit| {
        let (table, item) = layout.units.place(unit);
        table.choices(item) == 0
    })?;
    Some(Infeasible { items: layout.units.items(empty), resources: vec![], trips: vec![], pairs: vec![], proven: true })
}

/// A conflict found by leaving out one thing after another.
pub(crate) fn searched(_problem: &Problem, _layout: &Layout) -> Infeasible {
    Infeasible { items: vec![], resources: vec![], trips: vec![], pairs: vec![], proven: false }
}
