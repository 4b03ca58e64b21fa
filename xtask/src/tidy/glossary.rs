//! The glossary: every word in its first table has a home in the code, and a word in its second table,
//! of words decided for rooms that do not stand yet, moves up as soon as a room offers it.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};

use super::Finding;
use crate::source::Tree;

const GLOSSARY: &str = "GLOSSARY.md";
const WITH_HOME: &str = "## Words with a home";
const WITHOUT_HOME: &str = "## Words waiting for their room";

/// Compares the two tables with the types, variants, modules and fields of the code.
pub fn glossary(tree: &Tree) -> Vec<Finding> {
    if !tree.has(GLOSSARY) {
        return vec![Finding::new(GLOSSARY, "is missing")];
    }
    let declared = declared_names(tree);
    let (home, waiting) = (words(tree, WITH_HOME), words(tree, WITHOUT_HOME));
    let homeless = home.iter().filter(|word| !declared.contains(*word));
    let homeless = homeless
        .map(|word| Finding::new(GLOSSARY, format!("`{word}` has no home: no type, field or module is named so")));
    let offered = offered_words(tree);
    let housed = waiting.iter().filter(|word| declared.contains(*word) && offered.contains(*word));
    let housed =
        housed.map(|word| Finding::new(GLOSSARY, format!("`{word}` has a home now: move it to the first table")));
    homeless.chain(housed).collect()
}

/// Words that the glossary gives a meaning and the code a home.
pub fn words_with_a_home(tree: &Tree) -> BTreeSet<String> {
    words(tree, WITH_HOME)
}

/// Backticked words of the first column below the heading.
fn words(tree: &Tree, heading: &str) -> BTreeSet<String> {
    let text = tree.text(GLOSSARY).unwrap_or("");
    let section = text.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with("## "));
    let first_cells = section.filter_map(|line| line.strip_prefix('|')?.split('|').next());
    first_cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// Words in the front door, `lib.rs`, of any room of the mission.
fn offered_words(tree: &Tree) -> BTreeSet<String> {
    let doors = tree.texts().filter(|(path, _)| path.starts_with("crates/") && path.ends_with("/src/lib.rs"));
    let words = doors.flat_map(|(_, text)| text.split(|letter: char| !letter.is_alphanumeric() && letter != '_'));
    words.map(str::to_owned).collect()
}

fn declared_names(tree: &Tree) -> BTreeSet<String> {
    let mut names = Declared::default();
    for file in tree.rust_files().iter().filter(|file| !file.is_test() && !file.path.starts_with("xtask/")) {
        names.visit_file(&file.syntax);
        if let Some(room) = file.path.strip_suffix("/src/lib.rs") {
            names.found.extend(room.rsplit('/').next().map(str::to_owned));
        }
    }
    names.found
}

#[derive(Default)]
struct Declared {
    found: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Declared {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let name = match item {
            syn::Item::Struct(item) => Some(&item.ident),
            syn::Item::Enum(item) => Some(&item.ident),
            syn::Item::Trait(item) => Some(&item.ident),
            syn::Item::Type(item) => Some(&item.ident),
            syn::Item::Mod(item) => Some(&item.ident),
            syn::Item::Const(item) => Some(&item.ident),
            syn::Item::Fn(item) => Some(&item.sig.ident),
            syn::Item::Macro(item) => return self.visit_ids(item),
            _ => None,
        };
        self.found.extend(name.map(ToString::to_string));
        visit::visit_item(self, item);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        self.found.extend(field.ident.as_ref().map(ToString::to_string));
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.found.insert(variant.ident.to_string());
        visit::visit_variant(self, variant);
    }
}

impl Declared {
    /// Types made by a macro such as `ids!` stand in its tokens.
    fn visit_ids(&mut self, item: &syn::ItemMacro) {
        let names = item.mac.tokens.clone().into_iter().filter_map(|token| match token {
            proc_macro2::TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        self.found.extend(names);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const TABLES: &str = "## Words with a home\n| `Partner` | partner | x |\n## Words waiting for their room\n| `Meeting` | möte | x |\n";

    #[test]
    fn a_word_with_a_type_of_its_name_is_at_home() {
        check(glossary, &[(GLOSSARY, TABLES), ("a/src/lib.rs", "pub struct Partner;")], &[]);
    }

    #[test]
    fn a_word_without_a_home_is_found() {
        check(glossary, &[(GLOSSARY, TABLES), ("a/src/lib.rs", "// Partner\n")], &["`Partner` has no home"]);
    }

    #[test]
    fn a_waiting_word_that_got_a_home_must_move_up() {
        let code = "pub struct Partner { meeting: u8 }\nenum Kind { Meeting }";
        check(glossary, &[(GLOSSARY, TABLES), ("crates/a/src/lib.rs", code)], &["`Meeting` has a home now"]);
    }

    #[test]
    fn a_waiting_word_may_mean_something_else_deep_inside_a_room() {
        let inside = ("crates/a/src/inside.rs", "pub struct Partner;\nenum Kind { Meeting }");
        check(glossary, &[(GLOSSARY, TABLES), ("crates/a/src/lib.rs", "mod inside;"), inside], &[]);
    }
}
