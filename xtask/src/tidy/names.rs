//! Names: words that only say that the right word was not found. A name that GLOSSARY.md gives a meaning is fine.

use syn::visit::{self, Visit};

use super::Finding;
use super::glossary::words_with_a_home;
use crate::source::Tree;

const BANNED: &[&str] =
    &["utils", "util", "helpers", "helper", "common", "manager", "service", "data", "info", "misc", "stuff"];

/// Names in which such a word is just what is meant.
const MEANT: &[&str] = &["most_common"];

/// Looks at every declared name: files, items, fields, variants, parameters and variables.
pub fn names(tree: &Tree) -> Vec<Finding> {
    let known = words_with_a_home(tree);
    let mut findings = Vec::new();
    for file in tree.rust_files() {
        let stem = file.path.rsplit('/').next().unwrap_or("").trim_end_matches(".rs");
        if let Some(word) = banned_word(stem) {
            findings.push(Finding::new(file.path, format!("is named `{word}`: say what it holds")));
        }
        let mut names = Names::default();
        names.visit_file(&file.syntax);
        // A test's own name is a sentence, and may say what it must.
        let sentences = names.functions.iter().filter(|name| file.in_test(name.span().start().line));
        let sentences: Vec<String> = sentences.map(ToString::to_string).collect();
        names.found.extend(names.functions.iter().filter(|name| !sentences.contains(&name.to_string())).cloned());
        for name in names.found {
            let text = name.to_string();
            if let Some(word) = banned_word(&text).filter(|_| !known.contains(&text) && !MEANT.contains(&text.as_str()))
            {
                let line = name.span().start().line;
                findings.push(Finding::at(
                    file.path,
                    line,
                    format!("`{text}` says `{word}`: use the trade's own word"),
                ));
            }
        }
    }
    findings
}

fn banned_word(name: &str) -> Option<&'static str> {
    let words = words_of(name);
    BANNED.iter().find(|banned| words.iter().any(|word| word == *banned)).copied()
}

/// `SaleLine`, `sale_line` and `SALE_LINE` are all the words sale and line.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for letter in name.chars() {
        if letter == '_' || (letter.is_uppercase() && after_lower) {
            words.push(String::new());
        }
        if letter != '_'
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        after_lower = letter.is_lowercase() || letter.is_numeric();
    }
    words
}

#[derive(Default)]
struct Names {
    found: Vec<syn::Ident>,
    functions: Vec<syn::Ident>,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Struct(item) => self.found.push(item.ident.clone()),
            syn::Item::Enum(item) => self.found.push(item.ident.clone()),
            syn::Item::Trait(item) => self.found.push(item.ident.clone()),
            syn::Item::Type(item) => self.found.push(item.ident.clone()),
            syn::Item::Const(item) => self.found.push(item.ident.clone()),
            syn::Item::Static(item) => self.found.push(item.ident.clone()),
            syn::Item::Mod(item) => self.found.push(item.ident.clone()),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.functions.push(signature.ident.clone());
        visit::visit_signature(self, signature);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        self.found.extend(field.ident.clone());
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.found.push(variant.ident.clone());
        visit::visit_variant(self, variant);
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.found.push(pattern.ident.clone());
        visit::visit_pat_ident(self, pattern);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn names_of_the_trade_are_fine() {
        check(names, &[("a/src/goals.rs", "struct Database { metadata: u8 }\nfn open(informed: u8) {}\n")], &[]);
    }

    #[test]
    fn every_banned_word_is_found_wherever_it_is_declared() {
        for word in BANNED {
            check(names, &[("a/src/lib.rs", &format!("fn sale_{word}() {{}}"))], &["use the trade's own word"]);
        }
        check(names, &[("a/src/lib.rs", "struct PartnerInfo;")], &["`PartnerInfo` says `info`"]);
        check(names, &[("a/src/lib.rs", "enum Role { Manager }")], &["`Manager` says `manager`"]);
        check(names, &[("a/src/lib.rs", "struct A { raw_data: u8 }")], &["`raw_data` says `data`"]);
        check(names, &[("a/src/lib.rs", "fn a(info: u8) { let data = info; }")], &["`info`", "`data`"]);
        check(names, &[("a/src/utils.rs", "")], &["is named `utils`"]);
    }

    #[test]
    fn the_name_of_a_test_is_a_sentence() {
        check(names, &[("a/tests/all.rs", "fn data_that_is_wrong_stays_out() { let data = 1; }")], &["`data` says"]);
    }

    #[test]
    fn a_word_that_the_glossary_gives_a_meaning_is_fine() {
        let glossary =
            "## Words with a home\n| In code | På skärmen | What |\n|---|---|---|\n| `Manager` | chef | decides |\n";
        check(names, &[("GLOSSARY.md", glossary), ("a/src/lib.rs", "enum Role { Manager }")], &[]);
    }
}
