//! The changelog speaks of the version that the manifests carry, or of what is unreleased.

use super::Finding;
use crate::source::Tree;

/// Looks for a section of the present version with something in it.
pub fn changelog(tree: &Tree) -> Vec<Finding> {
    let manifest: toml::Table = tree.text("Cargo.toml").unwrap_or("").parse().unwrap_or_default();
    let package = manifest.get("workspace").and_then(|workspace| workspace.get("package"));
    let version = package.and_then(|package| package.get("version")).and_then(toml::Value::as_str).unwrap_or("0.0.0");
    let short = version.rsplit_once('.').map_or(version, |(short, _)| short);
    let text = tree.text("CHANGELOG.md").unwrap_or("");
    let about = |line: &&str| line.starts_with("## ") && (line.contains("Unreleased") || line.contains(short));
    let section = text.lines().skip_while(|line| !about(line)).skip(1).take_while(|line| !line.starts_with("## "));
    if section.filter(|line| !line.trim().is_empty()).count() > 0 {
        return Vec::new();
    }
    vec![Finding::new("CHANGELOG.md", format!("says nothing under `## Unreleased` or `## {short}`"))]
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const VERSION: (&str, &str) = ("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");

    #[test]
    fn this_version_must_be_spoken_of() {
        check(changelog, &[VERSION, ("CHANGELOG.md", "# Changelog\n\n## 0.1\n\nImport your partners.\n")], &[]);
        check(changelog, &[VERSION, ("CHANGELOG.md", "## Unreleased\n\nImport your partners.\n")], &[]);
        check(changelog, &[VERSION, ("CHANGELOG.md", "## 0.0\n\nNothing.\n")], &["says nothing"]);
        check(changelog, &[VERSION, ("CHANGELOG.md", "## 0.1\n\n## 0.0\n\nNothing.\n")], &["says nothing"]);
        check(changelog, &[VERSION], &["says nothing"]);
    }
}
