//! Doors: ARCHITECTURE.md's table and the manifests say the same, in both directions, and no door leads downwards.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::source::Tree;

/// The words above the table in ARCHITECTURE.md.
const HEADING: &str = "## Doors";

/// What a room uses, and what only its tests use besides.
#[derive(Debug, Default, PartialEq, Eq)]
struct Doors {
    uses: BTreeSet<String>,
    in_tests: BTreeSet<String>,
}

/// Compares the table with every room's manifest.
pub fn doors(tree: &Tree) -> Vec<Finding> {
    let Some(architecture) = tree.text("ARCHITECTURE.md") else {
        return vec![Finding::new("ARCHITECTURE.md", "is missing")];
    };
    let paper = on_paper(architecture);
    let built = in_manifests(tree);
    let order: Vec<&str> = paper.iter().map(|(room, _)| room.as_str()).collect();
    let mut findings = Vec::new();
    for (room, doors) in &paper {
        match built.get(room) {
            None => findings.push(Finding::new("ARCHITECTURE.md", format!("has a row for `{room}`, which is no room"))),
            Some(real) => findings.extend(differences(room, doors, real)),
        }
        findings.extend(doors.uses.iter().filter(|used| leads_down(&order, room, used)).map(|used| {
            Finding::new("ARCHITECTURE.md", format!("`{room}` uses `{used}`, which does not stand above it"))
        }));
    }
    let missing = built.keys().filter(|room| !order.contains(&room.as_str()));
    findings.extend(missing.map(|room| Finding::new("ARCHITECTURE.md", format!("has no row for the room `{room}`"))));
    findings
}

fn differences(room: &str, paper: &Doors, real: &Doors) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut compare = |paper: &BTreeSet<String>, real: &BTreeSet<String>, when: &str| {
        for used in real.difference(paper) {
            let what =
                format!("its manifest opens a door to `{used}`{when} that the table lacks: decide, then write it down");
            findings.push(Finding::new(format!("room {room}"), what));
        }
        for used in paper.difference(real) {
            let what = format!("the table shows a door to `{used}`{when} that its manifest lacks");
            findings.push(Finding::new(format!("room {room}"), what));
        }
    };
    compare(&paper.uses, &real.uses, "");
    compare(&paper.in_tests, &real.in_tests, " in tests");
    findings
}

fn leads_down(order: &[&str], room: &str, used: &str) -> bool {
    let place = |name: &str| order.iter().position(|known| *known == name);
    place(used) >= place(room)
}

/// Rows `| room | uses | in tests only |` below the heading, names in backticks.
fn on_paper(architecture: &str) -> Vec<(String, Doors)> {
    let below = architecture.lines().skip_while(|line| !line.starts_with(HEADING)).skip(1);
    let rows = below.take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with("| `"));
    rows.filter_map(|row| {
        let mut cells = row.trim_matches('|').split('|');
        let room = backticked(cells.next()?).into_iter().next()?;
        let uses = backticked(cells.next()?).into_iter().collect();
        let in_tests = cells.next().map(backticked).unwrap_or_default().into_iter().collect();
        Some((room, Doors { uses, in_tests }))
    })
    .collect()
}

fn backticked(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn in_manifests(tree: &Tree) -> BTreeMap<String, Doors> {
    let manifests = tree.texts().filter(|(path, _)| path.ends_with("/Cargo.toml") && !path.starts_with("xtask/"));
    manifests
        .filter_map(|(path, text)| {
            let manifest: toml::Table = text.parse().ok()?;
            let room = path.strip_suffix("/Cargo.toml")?.rsplit('/').next()?.to_owned();
            let uses = own_rooms(&manifest, "dependencies").chain(own_rooms(&manifest, "build-dependencies")).collect();
            // A room that lends its own tests something more than it gives others opens no door.
            let in_tests = own_rooms(&manifest, "dev-dependencies").filter(|used| *used != room).collect();
            Some((room, Doors { uses, in_tests }))
        })
        .collect()
}

fn own_rooms<'manifest>(manifest: &'manifest toml::Table, section: &str) -> impl Iterator<Item = String> + 'manifest {
    let table = manifest.get(section).and_then(toml::Value::as_table);
    table.into_iter().flat_map(toml::Table::keys).filter_map(|name| name.strip_prefix("spelplan-").map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const PAPER: &str =
        "## Doors\n\n| room | uses | in tests |\n|---|---|---|\n| `facts` | | |\n| `focus` | `facts` | |\n\n## Next\n";
    const FACTS: (&str, &str) = ("crates/facts/Cargo.toml", "[dependencies]\njiff = \"1\"\n");
    const FOCUS: (&str, &str) = ("crates/focus/Cargo.toml", "[dependencies]\nspelplan-facts.workspace = true\n");

    #[test]
    fn paper_and_manifests_that_agree_are_fine() {
        check(doors, &[("ARCHITECTURE.md", PAPER), FACTS, FOCUS], &[]);
    }

    #[test]
    fn a_new_door_must_be_written_down() {
        let opened = ("crates/facts/Cargo.toml", "[dependencies]\nspelplan-store.workspace = true\n");
        check(doors, &[("ARCHITECTURE.md", PAPER), opened, FOCUS], &["opens a door to `store`"]);
    }

    #[test]
    fn a_door_on_paper_alone_is_found() {
        let closed = ("crates/focus/Cargo.toml", "[dependencies]\n");
        check(doors, &[("ARCHITECTURE.md", PAPER), FACTS, closed], &["shows a door to `facts`"]);
    }

    #[test]
    fn a_door_for_tests_is_kept_apart() {
        let tested = ("crates/facts/Cargo.toml", "[dev-dependencies]\nspelplan-testkit.workspace = true\n");
        check(doors, &[("ARCHITECTURE.md", PAPER), tested, FOCUS], &["`testkit` in tests"]);
    }

    #[test]
    fn a_room_without_a_row_and_a_row_without_a_room_are_found() {
        let paper = PAPER.replace("`focus`", "`panel`");
        check(doors, &[("ARCHITECTURE.md", &paper), FACTS, FOCUS], &["row for `panel`", "no row for the room `focus`"]);
    }

    #[test]
    fn a_door_downwards_is_found() {
        let paper = "## Doors\n| `focus` | `facts` | |\n| `facts` | | |\n";
        check(doors, &[("ARCHITECTURE.md", paper), FACTS, FOCUS], &["does not stand above"]);
    }
}
