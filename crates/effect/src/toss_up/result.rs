//! The result: nothing before months are settled, an interval for any day until the horizon has closed, then the answer.

use std::collections::BTreeMap;

use spelplan_facts::{Day, Facts, Money, Month, PartnerId};
use spelplan_panel::lottery::{Precision, Repeated};

use super::compliance::{Compliance, compliance};
use super::entries::{Entries, Months, entries};
use super::{DrawnTossUp, Witness};
use crate::comparison::{Measure, last_settled, measure};
use crate::did_it_pay::{BroughtIn, DidItPay, Grade};
use crate::doubts::Told;
use crate::lottery::{LotteryFile, lottery_answer};
use crate::specification::Specification;

/// Ways in which the draw is repeated; fewer where more is believed than that alone.
const WAYS: usize = 9_999;
const FEWER_WAYS: usize = 999;
const FEW: usize = 100;
const SEED: u64 = 1;
/// Less than this part of the drawn visits made, and the draw says nothing about visits.
const FOLLOWED: f64 = 0.5;

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The visits are not all due yet.
    Running,
    /// No month after the season is settled.
    Waiting {
        /// When the first one will be.
        until: Day,
    },
    /// Some months are: looked at now, it is looked at early.
    Early {
        /// Settled months.
        settled: usize,
        /// When the last one will be.
        until: Day,
    },
    /// The horizon has closed.
    Closed,
}

/// What a toss-up, or several together, came to.
#[derive(Debug, Clone, PartialEq)]
pub struct TossUpResult {
    /// How far the last of them has come.
    pub stage: Stage,
    /// Was the draw followed?
    pub compliance: Compliance,
    /// Visits drawn for each winner.
    pub dose: f64,
    /// Entries that sold nothing in their base year and are left out.
    pub left_out: usize,
    /// Months counted of each entry.
    pub months: usize,
    /// What is explained.
    pub measure: Measure,
    /// Winners less losers, as a part of the mean entry's usual month; none where a rule forbids it or it is too early.
    pub part: Option<Precision>,
    /// The same with an interval that may be looked at any day: value, low, high.
    pub any_day: Option<(f64, f64, f64)>,
    /// The draw repeated.
    pub repeated: Option<Repeated>,
    /// What one visit more brings of a usual month: value, low, high; where the draw moved enough visits.
    pub per_visit: Option<(f64, f64, f64)>,
    /// What came in from the winners, over the months counted.
    pub brought: Option<BroughtIn>,
    /// The answer, from the interval and what the visits cost.
    pub verdict: DidItPay,
    /// How well it is proven.
    pub grade: Grade,
    /// What vouches for chance having decided; the weakest of those that count together.
    pub witness: Witness,
    /// What withholds an answer, and what would help.
    pub refusals: Vec<Told>,
}

/// Counts what those toss-ups came to together, as it can be seen on that day; none without a draw. `per_visit` is what a visit
/// to a partner takes in field time and travel.
pub fn toss_up_result(
    facts: &Facts,
    today: Day,
    specification: &Specification,
    toss_ups: &[DrawnTossUp],
    per_visit: &BTreeMap<PartnerId, Money>,
) -> Option<TossUpResult> {
    let last = toss_ups.iter().map(|one| one.season.to).max()?;
    let (stage, counted) = stage(last, today, specification);
    let windows: Vec<(&DrawnTossUp, Months)> =
        toss_ups.iter().map(|one| (one, months(one, counted, specification))).collect();
    let read = (windows.iter()).flat_map(|(_, window)| (window.base.0..window.from.0 + counted as i32).map(Month));
    let measure = measure(facts, &read.collect::<Vec<_>>(), specification);
    let gathered = entries(facts, measure, specification, &windows);
    let followed = compliance(facts, today, &gathered, per_visit);
    let mut result = TossUpResult {
        stage,
        compliance: followed,
        dose: toss_ups.iter().map(|one| one.dose as f64).sum::<f64>() / toss_ups.len() as f64,
        left_out: gathered.left_out,
        months: counted,
        measure,
        part: None,
        any_day: None,
        repeated: None,
        per_visit: None,
        brought: None,
        verdict: DidItPay::CannotTell,
        grade: Grade::D,
        witness: Witness::of_all(toss_ups),
        refusals: out_of_memory(facts, today, &windows).into_iter().collect(),
    };
    if counted > 0 && result.refusals.is_empty() {
        result.estimate(&gathered);
    }
    Some(result)
}

impl TossUpResult {
    fn estimate(&mut self, entries: &Entries) {
        let n = entries.draw.len();
        let file = LotteryFile { draw: entries.draw.clone(), visited: None };
        let answer = match lottery_answer(&file, if n < FEW { WAYS } else { FEWER_WAYS }, SEED, n) {
            Ok(answer) => answer,
            Err(_) => return self.refusals.push(nothing_to_compare()),
        };
        let figure = answer.doubly_robust.figure;
        self.any_day =
            answer.sequence.map(|around| (figure.value, figure.value - around.radius, figure.value + around.radius));
        if self.stage != Stage::Closed {
            return;
        }
        self.refusals = answer.refusals;
        self.repeated = answer.repeated;
        if self.compliance.part_followed(self.dose) < FOLLOWED {
            self.refusals.push(not_followed(self.compliance.part_followed(self.dose)));
        }
        if !self.refusals.is_empty() {
            return;
        }
        self.part = Some(figure);
        self.per_visit = self.per_visit(figure);
        let Some((low, high)) = figure.interval() else { return self.refusals.push(nothing_to_compare()) };
        let money = entries.usual * entries.draw.n_won() as f64 * self.months as f64;
        let brought = BroughtIn::new(figure.value * money, (low * money, high * money));
        self.brought = Some(brought);
        self.verdict = match self.measure {
            Measure::Margin => DidItPay::of(brought, self.compliance.cost),
            // Revenue says that something came in, never that it covers a cost.
            Measure::Revenue if brought.low > Money::ZERO => DidItPay::CostOpen,
            Measure::Revenue => DidItPay::Unsettled,
        };
        self.grade = self.witness.grade();
    }

    /// Over the visits that the draw moved, which are counted, not estimated.
    fn per_visit(&self, figure: Precision) -> Option<(f64, f64, f64)> {
        let moved = self.compliance.visits_won - self.compliance.visits_lost;
        figure.interval().map(|(low, high)| (figure.value / moved, low / moved, high / moved))
    }
}

/// Has its horizon closed on that day?
pub fn has_closed(toss_up: &DrawnTossUp, today: Day, specification: &Specification) -> bool {
    stage(toss_up.season.to, today, specification).0 == Stage::Closed
}

/// How far it has come, and how many months after the season are counted.
fn stage(season_ends: Day, today: Day, specification: &Specification) -> (Stage, usize) {
    let first = season_ends.month().0 + 1;
    let horizon = specification.horizon_months;
    let settled_on = |month: i32| Month(month + 1).first().unwrap_or(season_ends).plus(specification.return_days - 1);
    let settled = (last_settled(today, specification).0 - first + 1).clamp(0, horizon);
    let stage = match settled {
        _ if today <= season_ends => Stage::Running,
        0 => Stage::Waiting { until: settled_on(first) },
        n if n < horizon => Stage::Early { settled: n as usize, until: settled_on(first + horizon - 1) },
        _ => Stage::Closed,
    };
    (stage, settled as usize)
}

fn months(toss_up: &DrawnTossUp, counted: usize, specification: &Specification) -> Months {
    Months {
        base: Month(toss_up.season.from.month().0 - specification.base_months as i32),
        from: Month(toss_up.season.to.month().0 + 1),
        counted,
    }
}

/// Months that are no longer, or not yet, known.
fn out_of_memory(facts: &Facts, today: Day, windows: &[(&DrawnTossUp, Months)]) -> Option<Told> {
    let first = facts.sales.by_month.iter().map(|sale| sale.month.0).min().unwrap_or(today.month().0 + 1);
    let known = first.max(today.month().0 - crate::comparison::MONTHS + 1);
    windows.iter().any(|(_, window)| window.base.0 < known).then(|| {
        Told::new(
            "base_year",
            "the year before the season is not in the data, so there is no usual month to compare with. Import older sales"
                .to_owned(),
            "året före säsongen finns inte i datan, så det finns ingen vanlig månad att jämföra med. Läs in äldre försäljning"
                .to_owned(),
        )
    })
}

fn nothing_to_compare() -> Told {
    Told::new(
        "too_little",
        "too few entries sold anything on one of the sides to compare them. Draw more".to_owned(),
        "för få på endera sidan sålde något för att de ska gå att jämföra. Lotta fler".to_owned(),
    )
}

fn not_followed(part: f64) -> Told {
    let part = (part * 100.0).round();
    Told::new(
        "not_followed",
        format!(
            "only {part}% of the drawn visits were made: winners and losers were treated almost alike. Make the visits that were drawn"
        ),
        format!(
            "bara {part} % av de lottade besöken gjordes: vinnare och förlorare behandlades nästan lika. Gör de besök som lottades"
        ),
    )
}
