//! Unwraps: outside tests, no `unwrap` and no `expect`; a failure is an answer that says what, where and what to do.

use syn::visit::{self, Visit};

use super::Finding;
use crate::source::{RustFile, Tree};

const CALLS: &[&str] = &[".unwrap()", ".unwrap_err()", "unimplemented!(", "todo!("];
/// Not even in a comment.
const LEFT_FOR_LATER: &[&str] = &["TODO", "FIXME"];

/// Finds calls that end the program instead of answering, and work left for later.
pub fn unwraps(tree: &Tree) -> Vec<Finding> {
    let rust = tree.rust_files();
    let others = rust.iter().filter(|file| !file.path.starts_with("xtask/src/tidy/"));
    others.flat_map(|file| said(file).into_iter().chain(expectations(file))).collect()
}

fn said(file: &RustFile<'_>) -> Vec<Finding> {
    let code = file.code_lines().flat_map(|(number, line)| CALLS.iter().map(move |call| (number, line, call)));
    let all = file.lines().flat_map(|(number, line)| LEFT_FOR_LATER.iter().map(move |word| (number, line, word)));
    let said = code.chain(all).filter(|(_, line, call)| line.contains(*call));
    said.map(|(number, _, call)| Finding::at(file.path, number, format!("says `{call}`: answer instead"))).collect()
}

/// Calls of `expect` with one argument, as `Option` and `Result` have it.
fn expectations(file: &RustFile<'_>) -> Vec<Finding> {
    let mut calls = Expectations::default();
    calls.visit_file(&file.syntax);
    let outside = calls.lines.into_iter().filter(|line| !file.in_test(*line));
    outside.map(|line| Finding::at(file.path, line, "says `.expect(`: answer instead")).collect()
}

#[derive(Default)]
struct Expectations {
    lines: Vec<usize>,
}

impl<'ast> Visit<'ast> for Expectations {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if matches!(call.method.to_string().as_str(), "expect" | "expect_err") && call.args.len() == 1 {
            self.lines.push(call.method.span().start().line);
        }
        visit::visit_expr_method_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn every_such_call_is_found_outside_tests() {
        for call in CALLS.iter().chain(LEFT_FOR_LATER) {
            check(unwraps, &[("a/src/lib.rs", &format!("const A: &str = \"{call}\";\n"))], &["answer instead"]);
        }
        check(unwraps, &[("a/src/lib.rs", "fn a() {\n    b().expect(\"a price\");\n}\n")], &["a/src/lib.rs:2"]);
    }

    #[test]
    fn a_comment_may_speak_of_a_call_but_not_leave_work() {
        check(unwraps, &[("a/src/lib.rs", "// never .unwrap() here\n")], &[]);
        check(unwraps, &[("a/src/lib.rs", "// TODO\n")], &["answer instead"]);
    }

    #[test]
    fn an_expectation_of_our_own_is_another_thing() {
        check(unwraps, &[("a/src/lib.rs", "fn a() {\n    b.expect(\"F201\", true);\n}\n")], &[]);
    }

    #[test]
    fn tests_may_unwrap() {
        check(unwraps, &[("a/tests/whole.rs", "fn a() { b().unwrap(); }\n")], &[]);
    }
}
