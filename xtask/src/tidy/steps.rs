//! Steps: functions of their arguments. They know no clock, chance, environment, file, database or wire, are not
//! async, and derive nothing for the wire. SQL stays in store and HTTP in web.

use super::Finding;
use crate::source::{RustFile, Tree};

/// Rooms that only compute.
const STEPS: &[&str] = &[
    "lib/",
    "crates/facts/",
    "crates/intake/",
    "crates/focus/",
    "crates/coverage/",
    "crates/effect/",
    "crates/field/",
    "crates/referee/",
    "crates/reports/",
];

/// What a step must not say, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    ("SystemTime", "a step is told its day"),
    ("Instant::now", "a step is told its day"),
    ("Zoned::now", "a step is told its day"),
    ("Timestamp::now", "a step is told its day"),
    ("rand::rng", "chance comes from a seed"),
    ("rand::random", "chance comes from a seed"),
    ("thread_rng", "chance comes from a seed"),
    ("from_os_rng", "chance comes from a seed"),
    ("RandomState", "chance comes from a seed"),
    ("env::var", "settings are arguments"),
    ("option_env!", "settings are arguments"),
    ("std::fs", "a step opens no file"),
    ("File::open", "a step opens no file"),
    ("std::net", "a step calls nobody"),
    ("std::process", "a step starts nothing"),
    ("thread::sleep", "a step does not wait"),
    ("async fn", "no step is async"),
    ("async move", "no step is async"),
    (".await", "no step is async"),
    ("http://", "HTTP lives in web"),
    ("https://", "HTTP lives in web"),
    ("Serialize", "what crosses the wire is a type of web"),
    ("Deserialize", "what crosses the wire is a type of web"),
];

/// Crates that only the named rooms may use.
const KEPT_IN: &[(&str, &[&str])] = &[
    ("sqlx", &["crates/store/"]),
    ("axum", &["crates/web/"]),
    ("askama", &["crates/web/"]),
    ("tokio", &["crates/store/", "crates/adapters/", "crates/app/", "crates/web/", "crates/cli/"]),
    ("serde", &["crates/store/", "crates/adapters/", "crates/app/", "crates/web/", "crates/cli/"]),
];

/// The beginnings of SQL statements, which only store may say.
const SQL: &[&str] =
    &["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE", "UPDATE ", "select * ", "insert into", "delete from"];

/// Looks for what a step must not know.
pub fn steps(tree: &Tree) -> Vec<Finding> {
    let rust = tree.rust_files();
    let mut findings: Vec<Finding> = rust.iter().filter(|file| is_step(file.path)).flat_map(forbidden_words).collect();
    findings.extend(rust.iter().filter(|file| file.path.starts_with("crates/")).flat_map(sql_outside_store));
    findings.extend(crates_outside_their_room(tree));
    findings
}

fn is_step(path: &str) -> bool {
    STEPS.iter().any(|room| path.starts_with(room) && path[room.len()..].contains("src/"))
}

fn forbidden_words(file: &RustFile<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.code_lines() {
        let said = FORBIDDEN.iter().filter(|(word, _)| says(line, word));
        findings.extend(said.map(|(word, why)| Finding::at(file.path, number, format!("says `{word}`: {why}"))));
    }
    findings
}

/// Does the line say the word, and not only as part of another?
fn says(line: &str, word: &str) -> bool {
    let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        let starts = !line[..at].ends_with(part_of_name) || !word.starts_with(part_of_name);
        let ends = !line[at + word.len()..].starts_with(part_of_name) || !word.ends_with(part_of_name);
        starts && ends
    })
}

fn sql_outside_store(file: &RustFile<'_>) -> Vec<Finding> {
    if file.path.starts_with("crates/store/") {
        return Vec::new();
    }
    let lines = file.code_lines().filter(|(_, line)| SQL.iter().any(|word| line.contains(&format!("\"{word}"))));
    lines.map(|(number, _)| Finding::at(file.path, number, "speaks SQL, which only store does")).collect()
}

fn crates_outside_their_room(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rooms = tree
        .texts()
        .filter(|(path, _)| path.ends_with("/Cargo.toml") && (path.starts_with("crates/") || path.starts_with("lib/")));
    for (path, text) in rooms {
        let manifest: toml::Table = text.parse().unwrap_or_default();
        let used = manifest.get("dependencies").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        let strays = KEPT_IN
            .iter()
            .filter(|(name, rooms)| used.contains_key(*name) && !rooms.iter().any(|room| path.starts_with(room)));
        findings.extend(
            strays.map(|(name, rooms)| {
                Finding::new(path, format!("uses `{name}`, which belongs in {}", rooms.join(", ")))
            }),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const STEP: &str = "crates/focus/src/lib.rs";

    #[test]
    fn a_function_of_its_arguments_is_fine() {
        check(steps, &[(STEP, "//! From https://example.org\npub fn open_goals(today: Day) {}\n")], &[]);
    }

    #[test]
    fn every_forbidden_word_is_found_in_a_step() {
        for (word, _) in FORBIDDEN {
            let code = format!("const SAID: &str = \"{word}\";\n");
            let found = steps(&Tree::of(&[(STEP, &code)]));
            assert!(!found.is_empty(), "{word} was not found");
        }
    }

    #[test]
    fn a_word_inside_another_is_not_that_word() {
        check(steps, &[(STEP, "fn a() { SerializedFileReader::new(); operand::rngs(); }\n")], &[]);
    }

    #[test]
    fn tests_of_a_step_and_rooms_that_are_no_steps_may() {
        check(steps, &[(STEP, "#[cfg(test)]\nmod tests {\n    fn a() { std::fs::read(\"a\"); }\n}\n")], &[]);
        check(steps, &[("crates/app/src/lib.rs", "async fn plan() { Zoned::now(); }\n")], &[]);
    }

    #[test]
    fn sql_outside_store_is_found() {
        let code = "const A: &str = \"SELECT id FROM partner\";\n";
        check(steps, &[("crates/app/src/lib.rs", code)], &["speaks SQL"]);
        check(steps, &[("crates/store/src/lib.rs", code)], &[]);
    }

    #[test]
    fn a_database_outside_store_and_a_server_outside_web_are_found() {
        for (name, _) in KEPT_IN {
            let manifest = format!("[dependencies]\n{name}.workspace = true\n");
            check(steps, &[("crates/focus/Cargo.toml", &manifest)], &["belongs in"]);
        }
        check(steps, &[("crates/store/Cargo.toml", "[dependencies]\nsqlx.workspace = true\n")], &[]);
    }
}
