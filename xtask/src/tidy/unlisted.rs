//! Unlisted files: every Rust file is named by the file above it, and what lists things by hand lists all of them.

use super::Finding;
use crate::source::Tree;

/// Where one file is one thing, and the file that must both declare and list it.
const SHELVES: &[(&str, &str)] = &[
    ("crates/reports/src/", "crates/reports/src/lib.rs"),
    ("crates/intake/src/formats/", "crates/intake/src/formats/mod.rs"),
    ("crates/facts/src/touches/", "crates/facts/src/touches/mod.rs"),
    ("crates/field/src/calendars/", "crates/field/src/calendars/mod.rs"),
];

/// Finds files that nobody names.
pub fn unlisted(tree: &Tree) -> Vec<Finding> {
    let files = tree.texts().map(|(path, _)| path).filter(|path| path.ends_with(".rs"));
    files.filter_map(|path| undeclared(tree, path).or_else(|| unshelved(tree, path))).collect()
}

/// A file in `src` that the file above it does not declare with `mod`.
fn undeclared(tree: &Tree, path: &str) -> Option<Finding> {
    let (room, inside) = path.split_once("/src/")?;
    if matches!(inside, "lib.rs" | "main.rs") || inside.starts_with("bin/") {
        return None;
    }
    let own = inside.strip_suffix("/mod.rs").or_else(|| inside.strip_suffix(".rs"))?;
    let (above, name) = own.rsplit_once('/').unwrap_or(("", own));
    let parents = match above {
        "" => vec![format!("{room}/src/lib.rs"), format!("{room}/src/main.rs")],
        above => vec![format!("{room}/src/{above}/mod.rs"), format!("{room}/src/{above}.rs")],
    };
    let declared = parents.iter().filter_map(|parent| tree.text(parent)).any(|text| declares(text, name));
    (!declared).then(|| Finding::new(path, format!("is declared by none of {}: say `mod {name};`", parents.join(", "))))
}

/// A file on a shelf that is declared but stands in no list.
fn unshelved(tree: &Tree, path: &str) -> Option<Finding> {
    let (shelf, list) = SHELVES.iter().find(|(shelf, list)| path.starts_with(shelf) && path != *list)?;
    let name = path.strip_prefix(shelf)?.strip_suffix(".rs")?;
    let text = tree.text(list)?;
    let used = text.contains(&format!("{name}::")) || name.contains('/') || name == "tests";
    (!used).then(|| Finding::new(path, format!("is declared in {list} but nothing there uses `{name}::`: list it")))
}

fn declares(text: &str, name: &str) -> bool {
    text.lines().map(str::trim).any(|line| {
        let declaration = line.strip_suffix(';').and_then(|line| line.rsplit_once("mod "));
        declaration.is_some_and(|(before, declared)| {
            declared == name && (before.is_empty() || before.ends_with(' ')) && !before.starts_with("//")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn declared_and_listed_files_are_fine() {
        let list = "pub mod totals;\npub const REPORTS: &[Report] = &[totals::REPORT];\n";
        check(unlisted, &[("crates/reports/src/lib.rs", list), ("crates/reports/src/totals.rs", "")], &[]);
    }

    #[test]
    fn a_file_that_nobody_declares_is_found() {
        check(unlisted, &[("crates/web/src/lib.rs", "mod a;"), ("crates/web/src/b.rs", "")], &["say `mod b;`"]);
        check(unlisted, &[("crates/web/src/lib.rs", "// mod b;"), ("crates/web/src/b.rs", "")], &["say `mod b;`"]);
        check(unlisted, &[("crates/web/src/a/b.rs", "")], &["crates/web/src/a/mod.rs"]);
    }

    #[test]
    fn a_report_that_is_declared_but_in_no_list_is_found() {
        let list = ("crates/reports/src/lib.rs", "pub mod totals;\n");
        check(unlisted, &[list, ("crates/reports/src/totals.rs", "")], &["list it"]);
    }

    #[test]
    fn every_shelf_is_watched() {
        for (shelf, list) in SHELVES {
            let tree = Tree::of(&[(list, "mod extra;"), (&format!("{shelf}extra.rs"), "")]);
            assert!(unlisted(&tree).iter().any(|finding| finding.what.ends_with("list it")), "{shelf}");
        }
    }
}
