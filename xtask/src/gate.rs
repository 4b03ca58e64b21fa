//! The gates: `check` while working, `test` before handing in and in the continuous build.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::postgres::{self, Postgres};
use crate::{guide, server, setup, shell, tidy};

/// How many tests went well and how many did not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Went well.
    pub passed: usize,
    /// Did not.
    pub failed: usize,
}

impl Tally {
    /// One check that went well, or did not.
    pub fn one(well: bool) -> Tally {
        Tally { passed: usize::from(well), failed: usize::from(!well) }
    }
}

/// The steps run so far.
#[derive(Default)]
struct Gate {
    steps: Vec<(&'static str, Tally, Duration)>,
}

impl Gate {
    /// Runs a step; a step that cannot run has failed, and the next one runs all the same.
    fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<Tally>) {
        println!("\n== {name}");
        let began = Instant::now();
        let tally = run().unwrap_or_else(|error| {
            println!("{error:#}");
            Tally::one(false)
        });
        self.steps.push((name, tally, began.elapsed()));
    }

    /// Prints what every step took and the closing line; true when nothing failed.
    fn close(self) -> bool {
        println!("\n{:<34} {:>7} {:>7} {:>9}", "step", "passed", "failed", "seconds");
        for (name, tally, took) in &self.steps {
            println!("{name:<34} {:>7} {:>7} {:>9.1}", tally.passed, tally.failed, took.as_secs_f64());
        }
        let took: Duration = self.steps.iter().map(|(_, _, took)| *took).sum();
        let passed: usize = self.steps.iter().map(|(_, tally, _)| tally.passed).sum();
        let failed: usize = self.steps.iter().map(|(_, tally, _)| tally.failed).sum();
        println!("{:<34} {passed:>7} {failed:>7} {:>9.1}\n", "all", took.as_secs_f64());
        println!("{passed} passed, {failed} failed");
        failed == 0
    }
}

/// Format, lint, tidy and unit tests.
pub fn check() -> Result<bool> {
    let mut gate = Gate::default();
    gate.step("format", format);
    gate.step("lint", || clippy().map(Tally::one));
    gate.step("tidy", || tidy::report().map(Tally::one));
    gate.step("unit tests", || cargo_tests(&["--workspace", "--lib", "--bins"], &[]));
    Ok(gate.close())
}

/// Everything, after installing what it needs.
pub fn test_everything() -> Result<bool> {
    let mut gate = Gate::default();
    gate.step("setup", || setup::run().map(|()| Tally::one(true)));
    gate.step("format", format);
    gate.step("lint", || clippy().map(Tally::one));
    gate.step("tidy", || tidy::report().map(Tally::one));
    gate.step("tests", || {
        let postgres = Postgres::start()?;
        cargo_tests(&["--workspace"], &[(postgres::VARIABLE, &postgres.url())])
    });
    gate.step("documentation tests", || {
        counted("cargo", &["test", "--workspace", "--doc", "--quiet"], &[], count_cargo_test)
    });
    gate.step("program", || server::build_tested().map(|()| Tally::one(true)));
    gate.step("commands in README and guide", guide::run);
    gate.step("browser tests", browser_tests);
    Ok(gate.close())
}

/// One room's tests, with a PostgreSQL server where the room wants one.
pub fn test_room(room: &str) -> Result<bool> {
    let mut gate = Gate::default();
    match room {
        "e2e" => {
            gate.step("setup", || setup::run().map(|()| Tally::one(true)));
            gate.step("program", || server::build_tested().map(|()| Tally::one(true)));
            gate.step("browser tests", browser_tests);
        }
        "guide" => {
            gate.step("program", || server::build_tested().map(|()| Tally::one(true)));
            gate.step("commands in README and guide", guide::run);
        }
        room => {
            let package = package_of(room)?;
            gate.step("tests", || {
                let wants_postgres = matches!(room, "store" | "app" | "web" | "cli");
                let postgres = wants_postgres.then(Postgres::start).transpose()?;
                let url = postgres.as_ref().map(Postgres::url);
                let environment: Vec<(&str, &str)> = url.iter().map(|url| (postgres::VARIABLE, url.as_str())).collect();
                cargo_tests(&["--package", &package], &environment)
            });
        }
    }
    Ok(gate.close())
}

/// Runs a room's tests accepting what its golden files should say now.
pub fn golden(room: &str) -> Result<bool> {
    let package = package_of(room)?;
    let accepting = [("INSTA_UPDATE", "always"), ("SPELPLAN_GOLDEN", "accept")];
    let tally = cargo_tests(&["--package", &package], &accepting)?;
    println!("look at the new golden files with `git diff` before you commit them");
    Ok(tally.failed == 0)
}

/// Lints every target of every room, warnings denied.
pub fn clippy() -> Result<bool> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    Ok(shell::program("cargo", &arguments).status()?.success())
}

fn format() -> Result<Tally> {
    Ok(Tally::one(shell::program("cargo", &["fmt", "--all", "--check"]).status()?.success()))
}

/// The package of a room; an error that lists the rooms when there is none of that name.
pub fn package_of(room: &str) -> Result<String> {
    let folders = ["lib", "crates", "."];
    if folders.iter().any(|folder| shell::root().join(folder).join(room).join("Cargo.toml").is_file()) {
        return Ok(match room {
            "cli" => "spelplan".to_owned(),
            "xtask" => "xtask".to_owned(),
            room => format!("spelplan-{room}"),
        });
    }
    let rooms = folders.iter().flat_map(|folder| std::fs::read_dir(shell::root().join(folder)).into_iter().flatten());
    let mut names: Vec<String> = rooms
        .flatten()
        .filter(|room| room.path().join("Cargo.toml").is_file())
        .map(|room| room.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    bail!("there is no room `{room}`; rooms are {}, and e2e and guide can be tested too", names.join(", "))
}

/// By nextest where it is installed, else by cargo itself.
fn cargo_tests(which: &[&str], environment: &[(&str, &str)]) -> Result<Tally> {
    if shell::has("cargo-nextest") {
        let fixed =
            ["nextest", "run", "--no-fail-fast", "--no-tests=pass", "--status-level=slow", "--hide-progress-bar"];
        counted("cargo", &[&fixed[..], which].concat(), environment, count_nextest)
    } else {
        counted("cargo", &[&["test", "--no-fail-fast", "--quiet"], which].concat(), environment, count_cargo_test)
    }
}

fn browser_tests() -> Result<Tally> {
    let folder = shell::root().join("e2e");
    let mut files: Vec<String> = std::fs::read_dir(folder.join("tests"))?
        .flatten()
        .map(|file| file.path().to_string_lossy().into_owned())
        .filter(|path| path.ends_with(".test.mjs"))
        .collect();
    files.sort();
    // A test that stands still fails, and a browser that it leaves open does not keep the gate from ending.
    let patient = ["--test-timeout=600000", "--test-force-exit"];
    let mut arguments = vec!["--test", "--test-reporter=spec", "--test-concurrency=2", patient[0], patient[1]];
    arguments.extend(files.iter().map(String::as_str));
    let binary = server::tested().to_string_lossy().into_owned();
    let calendars = setup::calendar_folder().to_string_lossy().into_owned();
    let environment = [("SPELPLAN_BINARY", binary.as_str()), ("SPELPLAN_CALENDAR_CLIENTS", calendars.as_str())];
    counted("node", &arguments, &environment, count_node)
}

/// Runs it, shows what it prints, and counts tests in that. Ending badly without a failed test is a failure too.
fn counted(name: &str, arguments: &[&str], environment: &[(&str, &str)], count: fn(&str) -> Tally) -> Result<Tally> {
    let mut command = shell::program(name, arguments);
    command.envs(environment.iter().copied());
    let (well, text) = shell::run_shown(&mut command)?;
    let mut tally = count(&text);
    if !well && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// `Summary [ 0.01s] 5 tests run: 4 passed, 1 failed, 0 skipped`
fn count_nextest(text: &str) -> Tally {
    let summary = text.lines().rev().find(|line| line.contains("Summary [") && line.contains("run:"));
    let told = summary.and_then(|line| line.split_once("run:")).map_or("", |(_, told)| told);
    let number = |word: &str| {
        let part = told.split(',').map(str::trim).find(|part| part.contains(word));
        part.and_then(|part| part.split(' ').next()).and_then(|number| number.parse().ok()).unwrap_or(0)
    };
    Tally { passed: number("passed"), failed: number(" failed") + number("timed out") }
}

/// `test result: ok. 5 passed; 0 failed; 0 ignored`, once per program.
fn count_cargo_test(text: &str) -> Tally {
    let mut tally = Tally::default();
    for told in text.lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        let number = |word: &str| -> usize {
            let before = told.split(word).next().unwrap_or("").trim_end();
            before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        tally.passed += number(" passed");
        tally.failed += number(" failed");
    }
    tally
}

/// `ℹ pass 5` and `ℹ fail 0`, or the same after `#`.
fn count_node(text: &str) -> Tally {
    let number = |word: &str| {
        let told = text
            .lines()
            .rev()
            .find_map(|line| line.trim_start_matches(['ℹ', '#', ' ']).strip_prefix(word)?.trim().parse().ok());
        told.unwrap_or(0)
    };
    Tally { passed: number("pass "), failed: number("fail ") + number("cancelled ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: fn(&str) -> Tally, text: &str, passed: usize, failed: usize) {
        assert_eq!(count(text), Tally { passed, failed }, "{text}");
    }

    #[test]
    fn nextest_is_understood() {
        check(count_nextest, "     Summary [   0.01s] 5 tests run: 5 passed, 2 skipped\n", 5, 0);
        check(count_nextest, "     Summary [   0.01s] 5 tests run: 4 passed (1 slow), 1 failed, 0 skipped\n", 4, 1);
        check(count_nextest, "error: could not compile\n", 0, 0);
    }

    #[test]
    fn cargo_test_is_understood_and_summed() {
        let one = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n";
        let two = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured\n";
        check(count_cargo_test, &format!("{one}{two}"), 4, 2);
    }

    #[test]
    fn node_is_understood() {
        check(count_node, "ℹ tests 4\nℹ pass 3\nℹ fail 1\nℹ cancelled 0\n", 3, 1);
        check(count_node, "# pass 2\n# fail 0\n# cancelled 1\n", 2, 1);
    }

    #[test]
    fn a_program_that_ends_badly_without_a_failed_test_has_failed() {
        let tally = counted("sh", &["-c", "exit 3"], &[], count_cargo_test).expect("sh runs");
        assert_eq!(tally, Tally { passed: 0, failed: 1 });
    }

    #[test]
    fn a_room_that_is_not_there_is_told_with_those_that_are() {
        let error = package_of("cellar").expect_err("no such room").to_string();
        assert!(error.contains("focus") && error.contains("xtask"), "{error}");
    }
}
