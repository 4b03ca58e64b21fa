//! Unwraps: outside tests, no `unwrap` and no `expect`; a failure is an answer that says what, where and what to do.

use super::Finding;
use crate::source::Tree;

const CALLS: &[&str] =
    &[".unwrap()", ".expect(", ".unwrap_err()", ".expect_err(", "unimplemented!(", "todo!(", "TODO", "FIXME"];

/// Finds calls that end the program instead of answering, and work left for later.
pub fn unwraps(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust_files().iter().filter(|file| !file.path.starts_with("xtask/src/tidy/")) {
        for (number, line) in file.lines() {
            let calls = CALLS.iter().filter(|call| line.contains(*call) && !is_comment(line, call));
            findings.extend(calls.map(|call| Finding::at(file.path, number, format!("says `{call}`: answer instead"))));
        }
    }
    findings
}

/// A comment may speak of a call; it may not leave work for later.
fn is_comment(line: &str, call: &str) -> bool {
    line.trim_start().starts_with("//") && !matches!(call, "TODO" | "FIXME")
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn every_such_call_is_found_outside_tests() {
        for call in CALLS {
            check(
                unwraps,
                &[("a/src/lib.rs", &format!("fn a() {{\n    // {call}\n}}\n"))],
                match *call {
                    "TODO" | "FIXME" => &["answer instead"],
                    _ => &[],
                },
            );
            check(unwraps, &[("a/src/lib.rs", &format!("const A: &str = \"{call}\";\n"))], &["answer instead"]);
        }
    }

    #[test]
    fn tests_may_unwrap() {
        check(unwraps, &[("a/tests/whole.rs", "fn a() { b().unwrap(); }\n")], &[]);
    }
}
