//! Error codes: each code in the code has its paragraph in the guide, and each paragraph a code.

use std::collections::BTreeMap;

use super::Finding;
use crate::source::Tree;

/// Where the paragraphs stand, under headings `### I102`.
pub const GUIDE: &str = "docs/guide/errors.md";
/// Letters that codes begin with: intake, store, referee, app and command line, web.
const LETTERS: &[u8] = b"ISFAW";

/// Compares codes and paragraphs.
pub fn error_codes(tree: &Tree) -> Vec<Finding> {
    let lacking = codes_without_paragraph(tree);
    let lacking = lacking
        .into_iter()
        .map(|(code, place)| Finding::new(place, format!("{code} has no paragraph `### {code}` in {GUIDE}")));
    let codes = codes_in_code(tree);
    let stale = paragraphs(tree).into_iter().filter(|code| !codes.contains_key(code));
    let stale = stale.map(|code| Finding::new(GUIDE, format!("{code} is a code that nothing gives")));
    let twice = twice(paragraphs(tree));
    let twice = twice
        .into_iter()
        .map(|code| Finding::new(GUIDE, format!("{code} has two paragraphs: two things share a code")));
    lacking.chain(stale).chain(twice).collect()
}

/// Codes that stand more than once.
fn twice(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    let mut twice: Vec<String> =
        codes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
    twice.dedup();
    twice
}

/// Codes that lack their paragraph, with where each is given.
pub fn codes_without_paragraph(tree: &Tree) -> BTreeMap<String, String> {
    let written = paragraphs(tree);
    codes_in_code(tree).into_iter().filter(|(code, _)| !written.contains(code)).collect()
}

/// Every code that the code gives, with the first place where it does.
pub fn codes_in_code(tree: &Tree) -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for file in tree.rust_files().iter().filter(|file| file.path.starts_with("crates/")) {
        for (number, line) in file.code_lines() {
            for code in line.split('"').skip(1).step_by(2).filter_map(code_at_start) {
                codes.entry(code.to_owned()).or_insert_with(|| format!("{}:{number}", file.path));
            }
        }
    }
    codes
}

/// `I102`, alone or before other words of the same text.
fn code_at_start(text: &str) -> Option<&str> {
    let code = text.get(..4)?;
    let bytes = code.as_bytes();
    let ends = text[4..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    (LETTERS.contains(&bytes[0]) && bytes[1..].iter().all(u8::is_ascii_digit) && ends).then_some(code)
}

fn paragraphs(tree: &Tree) -> Vec<String> {
    let text = tree.text(GUIDE).unwrap_or("");
    text.lines().filter_map(|line| code_at_start(line.strip_prefix("### ")?)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const CODE: (&str, &str) = ("crates/intake/src/lib.rs", "const CODE: &str = \"I102\";\n");

    #[test]
    fn a_code_with_its_paragraph_is_fine() {
        check(error_codes, &[CODE, (GUIDE, "### I102 Not an amount\n")], &[]);
    }

    #[test]
    fn a_code_without_a_paragraph_is_found() {
        check(
            error_codes,
            &[CODE, (GUIDE, "### I103\n")],
            &["I102 has no paragraph", "I103 is a code that nothing gives"],
        );
    }

    #[test]
    fn two_things_under_one_code_are_found() {
        check(
            error_codes,
            &[CODE, (GUIDE, "### I102 Not an amount\n### I102 Not a day\n")],
            &["I102 has two paragraphs"],
        );
    }

    #[test]
    fn a_code_before_other_words_is_a_code() {
        let code = ("crates/app/src/lib.rs", "#[error(\"A201 no such plan\")]\nconst B: &str = \"A2011\";\n");
        check(error_codes, &[code], &["A201 has no paragraph"]);
    }

    #[test]
    fn a_code_in_a_test_needs_no_paragraph() {
        check(error_codes, &[("crates/intake/tests/spoiled.rs", "const CODE: &str = \"I102\";\n")], &[]);
    }
}
