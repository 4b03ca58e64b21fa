//! The repository as rules see it: its files, and for Rust files which lines are tests and what is declared.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::shell;

/// The files git knows or would take, by path from the root.
#[derive(Default)]
pub struct Tree {
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// Reads the working tree: tracked files and new ones that are not ignored.
    pub fn read() -> Result<Tree> {
        let listing = shell::output(&mut shell::program("git", &["ls-files", "-z", "-co", "--exclude-standard"]))?;
        let mut files = BTreeMap::new();
        for path in listing.split('\0').filter(|path| !path.is_empty()) {
            let full = shell::root().join(path);
            if full.is_file() {
                files.insert(path.to_owned(), std::fs::read(&full).with_context(|| format!("cannot read {path}"))?);
            }
        }
        Ok(Tree { files })
    }

    /// A tree made of these files, for proving that a rule can fail.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Tree {
        Tree { files: files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect() }
    }

    /// Paths with the length of each file in bytes.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.len()))
    }

    /// Is there such a file?
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The text of a file; `None` when there is no such file or it is not text.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(path)?).ok()
    }

    /// All text files.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).ok()?;
            (!text.contains('\0')).then_some((path.as_str(), text))
        })
    }

    /// All Rust files, parsed. A file that does not parse is left to the compiler.
    pub fn rust_files(&self) -> Vec<RustFile<'_>> {
        self.texts()
            .filter(|(path, _)| path.ends_with(".rs"))
            .filter_map(|(path, text)| RustFile::parse(path, text))
            .collect()
    }
}

/// A Rust file with its syntax.
pub struct RustFile<'tree> {
    /// From the repository's root.
    pub path: &'tree str,
    /// As it stands.
    pub text: &'tree str,
    /// Its syntax.
    pub syntax: syn::File,
    test_lines: Vec<std::ops::RangeInclusive<usize>>,
}

impl<'tree> RustFile<'tree> {
    fn parse(path: &'tree str, text: &'tree str) -> Option<RustFile<'tree>> {
        let syntax = syn::parse_file(text).ok()?;
        let mut tests = TestLines::default();
        tests.visit_file(&syntax);
        Some(RustFile { path, text, syntax, test_lines: tests.ranges })
    }

    /// Is the whole file test or bench code?
    pub fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        parts.any(|part| matches!(part, "tests" | "benches" | "examples" | "testing" | "tests.rs" | "testing.rs"))
    }

    /// Is this line (from 1) inside `#[cfg(test)]`?
    pub fn in_test(&self, line: usize) -> bool {
        self.is_test() || self.test_lines.iter().any(|range| range.contains(&line))
    }

    /// Lines that are not tests, numbered from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'tree str)> + use<'tree, '_> {
        let numbered = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        numbered.filter(|(number, _)| !self.in_test(*number))
    }

    /// Lines that are neither tests nor comments, numbered from 1.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &'tree str)> + use<'tree, '_> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

#[derive(Default)]
struct TestLines {
    ranges: Vec<std::ops::RangeInclusive<usize>>,
}

impl<'ast> Visit<'ast> for TestLines {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if attributes(item).iter().any(is_test_attribute) {
            self.ranges.push(item.span().start().line..=item.span().end().line);
        } else {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if function.attrs.iter().any(is_test_attribute) {
            self.ranges.push(function.span().start().line..=function.span().end().line);
        }
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}

fn is_test_attribute(attribute: &syn::Attribute) -> bool {
    if attribute.path().is_ident("test") {
        return true;
    }
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_test_module_are_tests_and_others_are_not() {
        let tree = Tree::of(&[("a/src/lib.rs", "fn one() {}\n#[cfg(test)]\nmod tests {\n    fn two() {}\n}\n")]);
        let lines: Vec<usize> = tree.rust_files()[0].lines().map(|(number, _)| number).collect();
        assert_eq!(lines, [1]);
    }

    #[test]
    fn a_file_under_tests_is_a_test() {
        let tree = Tree::of(&[("a/tests/whole.rs", "fn one() {}\n")]);
        assert!(tree.rust_files()[0].in_test(1));
    }
}
