//! Headings: the first line of every Rust file says in `//!` what it is for.

use super::Finding;
use crate::source::Tree;

/// Finds files that do not say what they are for.
pub fn headings(tree: &Tree) -> Vec<Finding> {
    let files = tree.texts().filter(|(path, _)| path.ends_with(".rs"));
    files
        .filter(|(_, text)| !text.lines().next().is_some_and(|line| line.starts_with("//! ") && line.len() > 8))
        .map(|(path, _)| Finding::new(path, "does not begin with `//!` and what it is for"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_file_must_say_what_it_is_for() {
        check(headings, &[("a.rs", "//! Money in and out.\n")], &[]);
        check(headings, &[("a.rs", "fn main() {}\n")], &["does not begin"]);
        check(headings, &[("a.rs", "//!\n")], &["does not begin"]);
        check(headings, &[("a.rs", "")], &["does not begin"]);
    }
}
