//! An analyst's lottery: who won, what came of it, and every estimate of the effect with what must not be believed.

use spelplan_intake::{Sheet, SheetColumn};
use spelplan_panel::lottery::{
    DoublyRobust, Draw, Errors, Flaw, Precision, Repeated, Sequence, Visit, adjusted, blocked, difference,
    doubly_robust, interacted, repeated, sequence, visit, weighted,
};

use crate::cells::{Labels, column, filled, number};
use crate::doubts::Told;
use crate::errors::EffectError;

/// Fewer entries than this leave only the draw repeated ...
const ENTRIES: usize = 100;
/// ... as do fewer clusters on a side.
const CLUSTERS: usize = 20;
/// Sides that differ before the draw by less chance than this were not drawn.
const BALANCE: f64 = 0.001;

/// Words for having won, and for not.
const WON: &[&str] = &["1", "1.0", "true", "yes", "ja", "won"];
const LOST: &[&str] = &["0", "0.0", "false", "no", "nej", "lost"];

/// Which columns hold what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LotteryColumns {
    /// Did the entry win: 1 or 0.
    pub arm: String,
    /// What came of it.
    pub outcome: String,
    /// The chance it had; the part that won in its block where left out.
    pub chance: Option<String>,
    /// The block it was drawn in.
    pub block: Option<String>,
    /// What was drawn as one (a chain).
    pub cluster: Option<String>,
    /// Was it visited: 1 or 0.
    pub visited: Option<String>,
    /// What was known before the draw.
    pub covariates: Vec<String>,
}

/// What the file held.
#[derive(Debug, Clone, PartialEq)]
pub struct LotteryFile {
    /// For the estimators.
    pub draw: Draw,
    /// Who was visited, where told.
    pub visited: Option<Vec<f64>>,
}

/// Every estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct LotteryAnswer {
    /// Means of the two sides.
    pub difference: Option<Precision>,
    /// Each side by one over its chance.
    pub weighted: Errors,
    /// Block by block; none where a block has fewer than two on a side.
    pub blocked: Option<Precision>,
    /// With covariates beside.
    pub adjusted: Option<Errors>,
    /// With covariates on each side.
    pub interacted: Option<Errors>,
    /// Doubly robust with known chances.
    pub doubly_robust: DoublyRobust,
    /// The draw repeated; none where clusters were not drawn as one.
    pub repeated: Option<Repeated>,
    /// An interval for any day, around the doubly robust figure.
    pub sequence: Option<Sequence>,
    /// Effect of the visit itself.
    pub visit: Option<Visit>,
    /// The figure that may be told.
    pub headline: Option<Precision>,
    /// What withholds it.
    pub refusals: Vec<Told>,
}

impl LotteryColumns {
    /// Every column that is needed.
    pub fn names(&self) -> Vec<&str> {
        let more = self.chance.iter().chain(&self.block).chain(&self.cluster).chain(&self.visited);
        [&self.arm, &self.outcome].into_iter().chain(more).chain(&self.covariates).map(String::as_str).collect()
    }
}

/// Reads the lottery.
pub fn lottery(sheet: &Sheet, columns: &LotteryColumns) -> Result<LotteryFile, EffectError> {
    let optional = |name: &Option<String>| name.as_ref().map(|name| column(sheet, name)).transpose();
    let rows = 0..sheet.n_rows();
    let numbers =
        |column: &SheetColumn| rows.clone().map(|row| number(sheet, column, row)).collect::<Result<Vec<_>, _>>();
    let labels = |column: Option<&SheetColumn>| -> Result<Vec<usize>, EffectError> {
        let mut labels = Labels::default();
        let Some(column) = column else { return Ok(Vec::new()) };
        rows.clone().map(|row| Ok(labels.number(filled(sheet, column, row)?))).collect()
    };
    let sides = |column: &SheetColumn| rows.clone().map(|row| side(sheet, column, row)).collect::<Result<Vec<_>, _>>();
    let won = sides(column(sheet, &columns.arm)?)?;
    let outcome = numbers(column(sheet, &columns.outcome)?)?;
    let blocks = labels(optional(&columns.block)?)?;
    let chance = match optional(&columns.chance)? {
        Some(column) => numbers(column)?,
        None => parts_won(&won, &blocks),
    };
    let own: Vec<&SheetColumn> = columns.covariates.iter().map(|name| column(sheet, name)).collect::<Result<_, _>>()?;
    let covariates = if own.is_empty() {
        Vec::new()
    } else {
        let row = |row: usize| own.iter().map(|column| number(sheet, column, row)).collect::<Result<Vec<_>, _>>();
        rows.clone().map(row).collect::<Result<_, _>>()?
    };
    let clusters = labels(optional(&columns.cluster)?)?;
    let visited = optional(&columns.visited)?.map(sides).transpose()?;
    let visited = visited.map(|visited| visited.into_iter().map(|was| f64::from(u8::from(was))).collect());
    Ok(LotteryFile { draw: Draw { won, chance, outcome, blocks, clusters, covariates }, visited })
}

fn side(sheet: &Sheet, column: &SheetColumn, row: usize) -> Result<bool, EffectError> {
    let text = filled(sheet, column, row)?;
    let lower = text.to_lowercase();
    match (WON.contains(&lower.as_str()), LOST.contains(&lower.as_str())) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(EffectError::no_side(&sheet.name, sheet.lines[row], &column.name, text)),
    }
}

/// The part of each block that won.
fn parts_won(won: &[bool], blocks: &[usize]) -> Vec<f64> {
    let n_blocks = blocks.iter().max().map_or(1, |most| most + 1);
    let block = |at: usize| blocks.get(at).copied().unwrap_or(0);
    let (mut winners, mut all) = (vec![0.0; n_blocks], vec![0.0; n_blocks]);
    for (at, &won) in won.iter().enumerate() {
        winners[block(at)] += f64::from(u8::from(won));
        all[block(at)] += 1.0;
    }
    (0..won.len()).map(|at| winners[block(at)] / all[block(at)]).collect()
}

/// Estimates everything; `planned` is the number of entries for which the interval for any day is tightest.
pub fn lottery_answer(file: &LotteryFile, ways: usize, seed: u64, planned: usize) -> Result<LotteryAnswer, Flaw> {
    let draw = &file.draw;
    if let Some(flaw) = draw.flaw() {
        return Err(flaw);
    }
    let with_covariates = !draw.covariates.is_empty();
    let doubly_robust = doubly_robust(draw)?;
    let refusals = refusals(draw)?;
    Ok(LotteryAnswer {
        difference: difference(draw),
        weighted: weighted(draw)?,
        blocked: blocked(draw),
        adjusted: with_covariates.then(|| adjusted(draw)).transpose()?,
        interacted: with_covariates.then(|| interacted(draw)).transpose()?,
        repeated: repeated(draw, ways, seed),
        sequence: sequence(doubly_robust.figure.error, draw.len(), planned),
        visit: file.visited.as_ref().map(|visited| visit(draw, visited)).transpose()?,
        headline: refusals.is_empty().then_some(doubly_robust.figure),
        doubly_robust,
        refusals,
    })
}

fn refusals(draw: &Draw) -> Result<Vec<Told>, Flaw> {
    let mut refusals = Vec::new();
    let n = draw.len();
    if n < ENTRIES {
        refusals.push(Told::new(
            "few_entries",
            format!("only {n} entries; under 100 only the draw repeated is believed. Draw more"),
            format!("bara {n} deltagare; under 100 går bara den upprepade dragningen att lita på. Lotta fler"),
        ));
    }
    let on_side = |won: bool| {
        let own = (0..n).filter(|&at| draw.won[at] == won);
        let mut clusters: Vec<usize> = own.map(|at| draw.clusters.get(at).copied().unwrap_or(at)).collect();
        clusters.sort_unstable();
        clusters.dedup();
        clusters.len()
    };
    let fewest = on_side(true).min(on_side(false));
    if fewest < CLUSTERS {
        refusals.push(Told::new(
            "few_clusters",
            format!("only {fewest} independent entries on one side; under 20 only the draw repeated is believed"),
            format!(
                "bara {fewest} oberoende deltagare på ena sidan; under 20 går bara den upprepade dragningen att lita på"
            ),
        ));
    }
    if let Some(p) = balance(draw)?.filter(|&p| p < BALANCE) {
        refusals.push(Told::new(
            "balance",
            format!("winners and losers differed before the draw (p = {p:.5}): was it drawn as logged?"),
            format!("vinnare och förlorare skilde sig redan före dragningen (p = {p:.5}): drogs det som det loggats?"),
        ));
    }
    Ok(refusals)
}

/// The smallest probability, over the covariates and times their number, of so large a difference before the draw.
fn balance(draw: &Draw) -> Result<Option<f64>, Flaw> {
    let width = draw.covariates.first().map_or(0, Vec::len);
    let mut least: Option<f64> = None;
    for at in 0..width {
        let outcome = draw.covariates.iter().map(|row| row[at]).collect();
        let p = weighted(&Draw { outcome, covariates: Vec::new(), ..draw.clone() })?.chosen().p();
        least = p.map(|p| least.map_or(p, |least| least.min(p))).or(least);
    }
    Ok(least.map(|p| (p * width as f64).min(1.0)))
}
