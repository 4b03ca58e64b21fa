//! The question and its answer.

/// One way to treat an item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choice {
    /// What it brings.
    pub value: f64,
    /// What it uses: (index of the resource, amount), amounts not negative, each resource at most once.
    pub uses: Vec<(usize, f64)>,
}

/// Items with their choices, and the capacities of the resources.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    /// For each item its choices, of which exactly one is taken. An item that may be left alone has a choice of
    /// value 0 that uses nothing.
    pub items: Vec<Vec<Choice>>,
    /// How much there is of each resource.
    pub capacities: Vec<f64>,
}

/// A plan, how good it is and how much better any plan could be.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// The choice taken, per item.
    pub choices: Vec<usize>,
    /// Sum of the values taken.
    pub value: f64,
    /// No plan under these capacities exceeds this.
    pub upper_bound: f64,
    /// (upper bound - value) / upper bound.
    pub gap: f64,
    /// Per resource, what one more unit would bring (the dual price); zero where it is not scarce.
    pub prices: Vec<f64>,
}

/// No plan keeps within the capacities, or none was found: the items that must use something use too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Infeasible;

impl std::fmt::Display for Infeasible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no plan keeps within the capacities")
    }
}

impl std::error::Error for Infeasible {}

impl Problem {
    /// The sum of the values of these choices.
    pub fn value_of(&self, choices: &[usize]) -> f64 {
        self.items.iter().zip(choices).map(|(item, &choice)| item[choice].value).sum()
    }

    /// What these choices use of each resource.
    pub fn use_of(&self, choices: &[usize]) -> Vec<f64> {
        let mut used = vec![0.0; self.capacities.len()];
        for (item, &choice) in self.items.iter().zip(choices) {
            for &(resource, amount) in &item[choice].uses {
                used[resource] += amount;
            }
        }
        used
    }
}

impl Allocation {
    pub(crate) fn empty(problem: &Problem) -> Allocation {
        Allocation {
            choices: vec![0; problem.items.len()],
            value: 0.0,
            upper_bound: 0.0,
            gap: 0.0,
            prices: vec![0.0; problem.capacities.len()],
        }
    }
}

/// Capacities are kept up to this rounding error.
pub(crate) fn tolerance(capacity: f64) -> f64 {
    1e-9 * capacity.abs().max(1.0)
}
