//! The answer: a plan with its bound and prices, or why there is none; and how hard to look for it.

/// How hard to look. The default amount of work is fixed, so the same problem and seed give the same answer on any
/// machine and any number of threads. With `stop`, the answer may depend on when it says so.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Where chance enters the search, it comes from here.
    pub seed: u64,
    /// Times the usual amount of work; 1 is the usual.
    pub work: f64,
    /// Asked now and then: when it says true, the search ends with the best it has.
    pub stop: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl Default for Effort<'_> {
    fn default() -> Self {
        Effort { seed: 0, work: 1.0, stop: None }
    }
}

impl Effort<'_> {
    /// Whether the caller wants to hear the best there is, now.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop())
    }
}

/// A plan, how good it is and how much better any plan could be.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// The choice taken, per item.
    pub choices: Vec<usize>,
    /// How often each trip is made.
    pub trips: Vec<u32>,
    /// Sum of the values taken, less the trips' costs.
    pub value: f64,
    /// No plan under these capacities exceeds this.
    pub upper_bound: f64,
    /// (upper bound - value) / upper bound.
    pub gap: f64,
    /// Per resource, what one more unit would bring (the dual price); zero where it is not scarce.
    pub prices: Vec<f64>,
    /// Per trip, what room for one more visit would bring; zero where it holds any number.
    pub visit_prices: Vec<f64>,
    /// The bound that the prices alone prove: under capacities that differ by `d` it is this and `prices * d`.
    pub priced_bound: f64,
}

/// No plan keeps within the capacities: a smallest set of things that cannot stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Infeasible {
    /// Items that must use something, and together too much.
    pub items: Vec<usize>,
    /// The resources they use too much of.
    pub resources: Vec<usize>,
    /// The trips they need too often.
    pub trips: Vec<usize>,
    /// The pairs that leave them no other choice.
    pub pairs: Vec<usize>,
    /// Whether it is certain that there is no plan; otherwise the search only found none.
    pub proven: bool,
}

impl std::fmt::Display for Infeasible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verb = if self.proven { "can be" } else { "was" };
        write!(f, "no plan {verb} found: items {:?}, resources {:?}", self.items, self.resources)?;
        if !self.trips.is_empty() {
            write!(f, ", trips {:?}", self.trips)?;
        }
        if !self.pairs.is_empty() {
            write!(f, ", pairs {:?}", self.pairs)?;
        }
        Ok(())
    }
}

impl std::error::Error for Infeasible {}

/// (bound - value) / |bound|; zero where there is nothing to gain.
pub(crate) fn relative_gap(value: f64, bound: f64) -> f64 {
    if bound.abs() > f64::EPSILON { (bound - value) / bound.abs() } else { 0.0 }
}
