//! Sizes: no file over 400 lines without its tests, no function over 60. Exceptions stand in `xtask/limits.toml`
//! with the size they have now, so that the list can only shrink.

use std::collections::BTreeMap;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::Finding;
use crate::source::{RustFile, Tree};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;
const LIMITS: &str = "xtask/limits.toml";
/// Files that people write by hand; others (fixtures, lock files) may be as long as they are.
const WRITTEN: &[&str] = &[".rs", ".ts", ".mjs", ".css", ".html"];

/// Compares every file and function with its limit.
pub fn sizes(tree: &Tree) -> Vec<Finding> {
    let limits: toml::Table = match tree.text(LIMITS).unwrap_or("").parse() {
        Ok(limits) => limits,
        Err(error) => return vec![Finding::new(LIMITS, format!("is not TOML: {error}"))],
    };
    let rust = tree.rust_files();
    let mut findings = against("files", FILE_LINES, &file_lengths(tree, &rust), &limits);
    findings.extend(against("functions", FUNCTION_LINES, &function_lengths(&rust), &limits));
    findings
}

fn against(section: &str, limit: usize, lengths: &BTreeMap<String, usize>, limits: &toml::Table) -> Vec<Finding> {
    let listed = limits.get(section).and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let allowed = |name: &str| listed.get(name).and_then(toml::Value::as_integer).map(|lines| lines as usize);
    let mut findings = Vec::new();
    for (name, &length) in lengths {
        match allowed(name) {
            None if length > limit => {
                findings.push(Finding::new(name, format!("has {length} lines, the limit is {limit}: split it")));
            }
            Some(lines) if length > limit && length > lines => {
                findings
                    .push(Finding::new(name, format!("grew from {lines} to {length} lines; exceptions only shrink")));
            }
            Some(lines) if length > limit && length < lines => {
                findings.push(Finding::new(LIMITS, format!("lower `{name}` from {lines} to {length}")));
            }
            _ => {}
        }
    }
    let idle = listed.keys().filter(|name| lengths.get(*name).is_none_or(|&length| length <= limit));
    findings.extend(idle.map(|name| Finding::new(LIMITS, format!("`{name}` needs no exception: remove it"))));
    findings
}

fn file_lengths(tree: &Tree, rust: &[RustFile<'_>]) -> BTreeMap<String, usize> {
    let rust_lengths =
        rust.iter().filter(|file| !file.is_test()).map(|file| (file.path.to_owned(), file.lines().count()));
    let others = tree.texts().filter(|(path, _)| {
        WRITTEN.iter().any(|ending| path.ends_with(ending)) && !path.ends_with(".rs") && !path.starts_with("e2e/")
    });
    rust_lengths.chain(others.map(|(path, text)| (path.to_owned(), text.lines().count()))).collect()
}

fn function_lengths(rust: &[RustFile<'_>]) -> BTreeMap<String, usize> {
    let mut lengths = BTreeMap::new();
    for file in rust {
        let mut functions = Functions::default();
        functions.visit_file(&file.syntax);
        for (name, first, last) in functions.found.into_iter().filter(|(_, first, _)| !file.in_test(*first)) {
            let longest = lengths.entry(format!("{}::{name}", file.path)).or_insert(0);
            *longest = (*longest).max(last + 1 - first);
        }
    }
    lengths
}

#[derive(Default)]
struct Functions {
    found: Vec<(String, usize, usize)>,
}

impl Functions {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (first, last) = (signature.span().start().line, block.span().end().line);
        self.found.push((signature.ident.to_string(), first, last));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    fn function_of(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    #[test]
    fn sixty_lines_are_fine_and_sixty_one_are_not() {
        check(sizes, &[("a/src/lib.rs", &function_of(60))], &[]);
        check(sizes, &[("a/src/lib.rs", &function_of(61))], &["a/src/lib.rs::long: has 61 lines"]);
    }

    #[test]
    fn tests_do_not_count_towards_a_file() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "const A: u8 = 1;\n".repeat(500));
        check(sizes, &[("a/src/lib.rs", &tests)], &[]);
        check(sizes, &[("a/src/lib.rs", &"const A: u8 = 1;\n".repeat(401))], &["a/src/lib.rs: has 401 lines"]);
    }

    #[test]
    fn an_exception_holds_at_its_very_size_only() {
        let listed = |lines: usize| format!("[functions]\n\"a/src/lib.rs::long\" = {lines}\n");
        let long = ("a/src/lib.rs", &*function_of(70));
        check(sizes, &[long, (LIMITS, &listed(70))], &[]);
        check(sizes, &[long, (LIMITS, &listed(69))], &["grew from 69 to 70"]);
        check(sizes, &[long, (LIMITS, &listed(71))], &["lower `a/src/lib.rs::long` from 71 to 70"]);
    }

    #[test]
    fn an_exception_that_is_no_longer_needed_fails() {
        check(sizes, &[(LIMITS, "[files]\n\"a/src/gone.rs\" = 500\n")], &["needs no exception"]);
    }
}
