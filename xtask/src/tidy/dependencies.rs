//! Dependencies: none that would tie us to a foreign C library for TLS, and every licence is one we may ship.

use std::collections::BTreeMap;

use super::Finding;
use crate::shell;
use crate::source::Tree;

/// Crates that must not come in, and why.
const BANNED: &[(&str, &str)] = &[
    ("openssl-sys", "TLS is rustls with ring"),
    ("native-tls", "TLS is rustls with ring"),
    ("aws-lc-sys", "TLS is rustls with ring"),
    ("libduckdb-sys", "half an hour of C++ for what a roll-up answers"),
];

/// Licences a dependency may carry; an expression needs one of them in each of its `AND` parts.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "BSL-1.0",
    "CC0-1.0",
    "Unicode-3.0",
    "Unlicense",
    "CDLA-Permissive-2.0",
    "MPL-2.0",
];

/// Looks through the lock file, and through the licences cargo knows of.
pub fn dependencies(tree: &Tree) -> Vec<Finding> {
    let lock = tree.text("Cargo.lock").unwrap_or("");
    let banned = BANNED.iter().filter(|(name, _)| lock.contains(&format!("name = \"{name}\"\n")));
    let mut findings: Vec<Finding> =
        banned.map(|(name, why)| Finding::new("Cargo.lock", format!("`{name}` came in: {why}"))).collect();
    match licences(lock) {
        Ok(licences) => findings.extend(foreign(&licences)),
        Err(error) => findings.push(Finding::new("Cargo.lock", format!("cannot read licences: {error:#}"))),
    }
    findings
}

/// Licence by crate. Nothing without a lock file to read (as in the tests of this rule).
fn licences(lock: &str) -> anyhow::Result<BTreeMap<String, String>> {
    if !lock.contains("[[package]]\nname = \"spelplan\"\n") {
        return Ok(BTreeMap::new());
    }
    let told = shell::output(&mut shell::program("cargo", &["metadata", "--format-version", "1", "--quiet"]))?;
    let known: serde_json::Value = serde_json::from_str(&told)?;
    let packages = known["packages"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
    Ok(packages.iter().map(|package| (text(&package["name"]), text(&package["license"]))).collect())
}

fn foreign(licences: &BTreeMap<String, String>) -> Vec<Finding> {
    let foreign = licences.iter().filter(|(_, licence)| !may_ship(licence));
    foreign
        .map(|(name, licence)| Finding::new("Cargo.lock", format!("`{name}` is under {licence:?}: leave it out")))
        .collect()
}

/// `(MIT OR Apache-2.0) AND Unicode-3.0`: each part joined by AND must offer a licence we may ship.
fn may_ship(licence: &str) -> bool {
    let plain = licence.replace('/', " OR ").replace(['(', ')'], " ");
    plain.split(" AND ").all(|part| part.split(" OR ").any(|name| ALLOWED.contains(&name.trim())))
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn every_banned_crate_is_found() {
        for (name, _) in BANNED {
            let lock = format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
            check(dependencies, &[("Cargo.lock", &lock)], &["came in"]);
        }
        check(dependencies, &[("Cargo.lock", "[[package]]\nname = \"ring\"\n")], &[]);
    }

    #[test]
    fn licences_that_we_may_ship_and_others_are_told_apart() {
        for licence in ["MIT", "MIT/Apache-2.0", "(MIT OR GPL-3.0) AND Unicode-3.0"] {
            assert!(may_ship(licence), "{licence}");
        }
        for licence in ["", "GPL-3.0-only", "MIT AND GPL-3.0", "LGPL-3.0-or-later"] {
            assert!(!may_ship(licence), "{licence:?}");
        }
        let copyleft = BTreeMap::from([("readline".to_owned(), "GPL-3.0-only".to_owned())]);
        assert_eq!(foreign(&copyleft).len(), 1);
    }
}
