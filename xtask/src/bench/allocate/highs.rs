//! HiGHS on the same problem, as an oracle outside the build: the problem goes over as arrays in a file, a few lines
//! of Python hand it to highspy, and its value, bound and time come back.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use spelplan_allocate::Problem;

use crate::shell;

/// Longest time HiGHS gets, as it counts it.
pub(crate) const SECONDS: f64 = 60.0;

/// Reads the arrays, solves, prints value, bound and seconds. One thread, as we are measured with one beside it.
const SCRIPT: &str = r#"
import sys, time, numpy, highspy
with open(sys.argv[1], 'rb') as file:
    columns, rows, entries = numpy.fromfile(file, 'i8', 3)
    cost = numpy.fromfile(file, 'f8', columns)
    upper = numpy.fromfile(file, 'f8', columns)
    low = numpy.fromfile(file, 'f8', rows)
    high = numpy.fromfile(file, 'f8', rows)
    start = numpy.fromfile(file, 'i4', columns + 1)
    index = numpy.fromfile(file, 'i4', entries)
    value = numpy.fromfile(file, 'f8', entries)
lp = highspy.HighsLp()
lp.num_col_, lp.num_row_ = int(columns), int(rows)
lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, numpy.zeros(columns), upper
lp.row_lower_, lp.row_upper_ = low, high
lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = start, index, value
lp.integrality_ = [highspy.HighsVarType.kInteger] * int(columns)
lp.sense_ = highspy.ObjSense.kMaximize
highs = highspy.Highs()
highs.setOptionValue('output_flag', False)
highs.setOptionValue('threads', 1)
highs.setOptionValue('time_limit', float(sys.argv[2]))
highs.passModel(lp)
begun = time.process_time()
highs.run()
seconds = time.process_time() - begun
told = highs.getInfo()
print(told.objective_function_value if told.primal_solution_status == 2 else 'nan', told.mip_dual_bound, seconds)
"#;

/// What HiGHS came to.
pub(crate) struct Oracle {
    /// Not a number where it found no plan.
    pub(crate) value: f64,
    pub(crate) bound: f64,
    pub(crate) seconds: f64,
}

/// Columns as HiGHS takes them.
#[derive(Default)]
struct Columns {
    cost: Vec<f64>,
    upper: Vec<f64>,
    start: Vec<i32>,
    index: Vec<i32>,
    value: Vec<f64>,
}

impl Columns {
    fn push(&mut self, cost: f64, upper: f64, entries: impl Iterator<Item = (usize, f64)>) {
        self.cost.push(cost);
        self.upper.push(upper);
        for (row, amount) in entries.filter(|(_, amount)| *amount != 0.0) {
            self.index.push(row as i32);
            self.value.push(amount);
        }
        self.start.push(self.index.len() as i32);
    }
}

/// Solves the problem with HiGHS. Rows: one for each item, the resources, and for each trip one for each of its
/// visitors (no visit without the trip), or one for all where it holds only so many.
pub(crate) fn solve(python: &Path, problem: &Problem) -> Result<Oracle> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("problem");
    write(problem, &path)?;
    let mut command = std::process::Command::new(python);
    let told = shell::output(command.args(["-c", SCRIPT]).arg(&path).arg(SECONDS.to_string()))?;
    let numbers: Vec<f64> = told.split_whitespace().rev().take(3).filter_map(|number| number.parse().ok()).collect();
    let [seconds, bound, value] = numbers[..] else { anyhow::bail!("HiGHS printed {told}") };
    Ok(Oracle { value, bound, seconds })
}

fn write(problem: &Problem, path: &Path) -> Result<()> {
    let items = problem.items();
    let resources = problem.capacities().len();
    let (mut low, mut high) = (vec![1.0; items], vec![1.0; items]);
    low.extend(std::iter::repeat_n(f64::NEG_INFINITY, resources));
    high.extend(problem.capacities());
    let mut columns = Columns { start: vec![0], ..Columns::default() };
    let mut trip_entries: Vec<Vec<(usize, f64)>> = vec![Vec::new(); problem.trips().len()];
    for item in 0..items {
        let mut own: Vec<(usize, usize)> = Vec::new();
        for choice in 0..problem.choices(item) {
            for (trip, _) in problem.visits(item, choice) {
                if !own.iter().any(|(known, _)| *known == trip) {
                    own.push((trip, low.len()));
                    trip_entries[trip].push((low.len(), -1.0));
                    low.push(f64::NEG_INFINITY);
                    high.push(0.0);
                }
            }
        }
        for choice in 0..problem.choices(item) {
            let uses = problem.uses(item, choice).map(|(resource, amount)| (items + resource, amount));
            let visits = problem.visits(item, choice).filter_map(|(trip, _)| own.iter().find(|(t, _)| *t == trip));
            let entries = std::iter::once((item, 1.0)).chain(uses).chain(visits.map(|(_, row)| (*row, 1.0)));
            columns.push(problem.value(item, choice), 1.0, entries);
        }
    }
    for (trip, entries) in problem.trips().iter().zip(&trip_entries) {
        let uses = trip.uses.iter().map(|&(resource, amount)| (items + resource, amount));
        columns.push(-trip.cost, f64::from(trip.most.min(1000)), uses.chain(entries.iter().copied()));
    }
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).context("the problem's file")?);
    for count in [columns.cost.len(), low.len(), columns.index.len()] {
        file.write_all(&(count as i64).to_le_bytes())?;
    }
    for list in [&columns.cost, &columns.upper, &low, &high] {
        list.iter().try_for_each(|number| file.write_all(&number.to_le_bytes()))?;
    }
    for list in [&columns.start, &columns.index] {
        list.iter().try_for_each(|number| file.write_all(&number.to_le_bytes()))?;
    }
    columns.value.iter().try_for_each(|number| file.write_all(&number.to_le_bytes()))?;
    file.flush().context("the problem's file")
}
