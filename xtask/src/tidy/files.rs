//! Files: none names a path of somebody's machine or the host of a package registry, none is large
//! unless NOTICE says what it is, and the files that every repository needs are there.

use super::Finding;
use crate::source::Tree;

/// Bytes; larger files must be named in NOTICE.
const LARGE: usize = 1_600_000;
const NEEDED: &[&str] = &[
    ".ci/run",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "GLOSSARY.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "NOTICE",
    "README.md",
    "STYLE.md",
];
/// Built of parts so that this file does not name what it forbids.
const PRIVATE: &[&str] = &[
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("/", "home/"),
    concat!("/", "Users/"),
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb.debian", ".org"),
];

/// Looks through every file.
pub fn files(tree: &Tree) -> Vec<Finding> {
    let missing = NEEDED.iter().filter(|path| !tree.has(path)).map(|path| Finding::new(*path, "is missing"));
    missing.chain(large(tree)).chain(private(tree)).collect()
}

fn large(tree: &Tree) -> impl Iterator<Item = Finding> {
    let notice = tree.text("NOTICE").unwrap_or("");
    let large = tree.sizes().filter(move |(path, size)| *size > LARGE && !notice.contains(path));
    large.map(|(path, size)| Finding::new(path, format!("has {size} bytes and NOTICE does not name it")))
}

fn private(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Cargo writes the registry's name into its lock file by itself.
    for (path, text) in tree.texts().filter(|(path, _)| *path != "Cargo.lock") {
        for (at, line) in text.lines().enumerate() {
            let said = PRIVATE.iter().filter(|word| line.contains(*word));
            findings.extend(
                said.map(|word| Finding::at(path, at + 1, format!("names `{word}`, which is not ours to name"))),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    fn beside_the_needed<'a>(file: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
        let mut files: Vec<(&str, &str)> = NEEDED.iter().map(|path| (*path, "")).collect();
        files.retain(|(path, _)| *path != file.0);
        files.push(file);
        files
    }

    #[test]
    fn a_machine_or_a_registry_is_found_in_any_file() {
        for word in PRIVATE {
            let text = format!("see {word}x\n");
            check(files, &beside_the_needed(("docs/a.md", &text)), &["docs/a.md:1"]);
        }
    }

    #[test]
    fn a_large_file_must_stand_in_the_notice() {
        let large = "a".repeat(LARGE + 1);
        let mut tree = beside_the_needed(("lib/atlas/postal.csv", &large));
        check(files, &tree, &["NOTICE does not name it"]);
        tree.retain(|(path, _)| *path != "NOTICE");
        tree.push(("NOTICE", "lib/atlas/postal.csv: CC BY 4.0"));
        check(files, &tree, &[]);
    }

    #[test]
    fn a_needed_file_that_is_missing_is_found() {
        for path in NEEDED {
            let tree: Vec<(&str, &str)> =
                NEEDED.iter().filter(|needed| *needed != path).map(|path| (*path, "")).collect();
            check(files, &tree, &["is missing"]);
        }
    }
}
