//! House rules that a compiler does not know. Each rule is a function of the [`Tree`] to findings, runs in the
//! gate as a test, and has a test of its own with a spoiled sample that proves it can fail.

mod changelog;
mod dependencies;
mod doors;
mod error_codes;
mod files;
mod glossary;
mod headings;
mod names;
mod sizes;
mod steps;
mod unlisted;
mod unwraps;

use anyhow::Result;

pub use error_codes::{codes_in_code, codes_without_paragraph};

use crate::source::Tree;

/// Something against the house rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where: a path, with a line where one is known.
    pub place: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl Finding {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Finding {
        Finding { place: place.into(), what: what.into() }
    }

    fn at(path: &str, line: usize, what: impl Into<String>) -> Finding {
        Finding::new(format!("{path}:{line}"), what)
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

/// Every rule with its name, in the order shown.
pub const RULES: &[(&str, Rule)] = &[
    ("doors", doors::doors),
    ("dependencies", dependencies::dependencies),
    ("sizes", sizes::sizes),
    ("unlisted files", unlisted::unlisted),
    ("names", names::names),
    ("headings", headings::headings),
    ("steps", steps::steps),
    ("unwraps", unwraps::unwraps),
    ("files", files::files),
    ("error codes", error_codes::error_codes),
    ("glossary", glossary::glossary),
    ("changelog", changelog::changelog),
];

/// Prints every finding; true when there is none.
pub fn report() -> Result<bool> {
    let tree = Tree::read()?;
    let mut clean = true;
    for (name, rule) in RULES {
        let mut findings = rule(&tree);
        findings.sort();
        clean &= findings.is_empty();
        println!("{} {name}", if findings.is_empty() { "ok  " } else { "FAIL" });
        for finding in findings {
            println!("     {}: {}", finding.place, finding.what);
        }
    }
    Ok(clean)
}

/// Do these files break the rule, with a finding that contains each of these texts, and no finding besides?
#[cfg(test)]
fn check(rule: Rule, files: &[(&str, &str)], expected: &[&str]) {
    let found: Vec<String> =
        rule(&Tree::of(files)).into_iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect();
    assert_eq!(found.len(), expected.len(), "found {found:#?}");
    for text in expected {
        assert!(found.iter().any(|finding| finding.contains(text)), "no finding says {text:?}: {found:#?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn this_repository_keeps(name: &str) {
        let tree = Tree::read().expect("the repository is a git working tree");
        let rule = RULES.iter().find(|(rule, _)| *rule == name).expect("a rule of that name").1;
        let mut findings = rule(&tree);
        findings.sort();
        let shown: Vec<String> =
            findings.into_iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect();
        assert!(shown.is_empty(), "\n{}", shown.join("\n"));
    }

    macro_rules! kept {
        ($($test:ident => $name:literal),+ $(,)?) => {$(
            #[test]
            fn $test() {
                this_repository_keeps($name);
            }
        )+
            #[test]
            fn every_rule_is_kept_by_a_test() {
                let tested = [$($name),+];
                let rules: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
                assert_eq!(rules, tested);
            }
        };
    }

    kept! {
        the_doors_on_paper_are_the_doors_in_the_manifests => "doors",
        no_dependency_is_banned_or_of_a_foreign_licence => "dependencies",
        no_file_or_function_outgrows_its_limit => "sizes",
        no_file_lies_unlisted => "unlisted files",
        no_name_hides_its_meaning => "names",
        every_file_says_what_it_is_for => "headings",
        no_step_knows_clock_chance_files_or_databases => "steps",
        nothing_unwraps_outside_tests => "unwraps",
        no_file_names_a_machine_or_is_too_large => "files",
        every_error_code_has_its_paragraph => "error codes",
        every_glossary_word_has_a_home => "glossary",
        the_changelog_speaks_of_this_version => "changelog",
    }
}
