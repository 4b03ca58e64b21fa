//! What will be counted, and how, written down before there is anything to count. Its text is hashed when a season is planned:
//! whoever counts otherwise afterwards has another hash to show.

use sha2::{Digest, Sha256};

/// How visits are counted. There is one, for everybody; a change of it is a change of version.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Specification {
    /// Months of the base year, the first of the panel: nobody counted is visited in them.
    pub base_months: usize,
    /// So many months without a visit, and a relationship begins anew.
    pub memory_months: i32,
    /// So many days after its end a month is settled: returns have come.
    pub return_days: i32,
    /// Fewest settled months that a partner is followed from the first visit on.
    pub horizon_months: i32,
    /// Usual margins below this part of all are taken as that one.
    pub floor: f64,
    /// Usual margins above this part of all count as that one.
    pub cap: f64,
    /// The same, taken in order where those visited have hardly anybody alike among the others as large accounts count.
    pub lower_caps: [f64; 2],
    /// This part of revenue must have a known margin.
    pub known_margin: f64,
}

impl Specification {
    /// The one that is used.
    pub const STANDARD: Specification = Specification {
        base_months: 12,
        memory_months: 18,
        return_days: 60,
        horizon_months: 6,
        floor: 0.01,
        cap: 0.95,
        lower_caps: [0.8, 0.5],
        known_margin: 0.95,
    };

    /// The text that is hashed: a line for each decision.
    pub fn text(&self) -> String {
        format!(
            "spelplan effect specification 2\n\
             outcome\tmonthly contribution margin over the usual month of the base year\n\
             base year\tfirst {} months of at most 36; no visit in it\n\
             usual month\tfloored at the {} quantile, weighed up to the {} quantile; where the visited have hardly anybody alike so, to the {} or the {}\n\
             treated\tfirst completed visit after the base year, or after {} months without one; counted from its quarter\n\
             controls\tnever visited, outside the chains of the visited\n\
             clusters\tchains\n\
             covariates\tlog usual month, log employees where known\n\
             compared with\tmean of the {} last months before\n\
             settled\t{} days after the end of the month\n\
             horizon\tat least {} settled months\n\
             margin known\t{} of revenue\n\
             estimator\tdoubly robust with 50 treated in every cohort and 100 controls that count, else outcome regression\n\
             level\t0.95\n",
            self.base_months,
            self.floor,
            self.cap,
            self.lower_caps[0],
            self.lower_caps[1],
            self.memory_months,
            self.base_months,
            self.return_days,
            self.horizon_months,
            self.known_margin,
        )
    }

    /// SHA-256 of the text, in hexadecimal.
    pub fn hash(&self) -> String {
        hash(self.text().as_bytes())
    }
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
