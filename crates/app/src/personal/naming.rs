//! What counts as naming somebody: their name, address or telephone, as whole words, in what people wrote.

use serde_json::Value;
use spelplan_store::PlaceKind;

/// Shorter words stand in too many texts to mean somebody.
const SHORTEST: usize = 3;

/// Somebody's words, and what takes their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Takes their place.
    pub mark: String,
    names: Vec<String>,
    addresses: Vec<String>,
}

impl Words {
    /// Somebody of that name.
    pub fn new(name: &str, mark: &str) -> Words {
        Words { mark: mark.to_owned(), names: Vec::new(), addresses: Vec::new() }.and_name(name)
    }

    /// Who is also called that.
    pub fn and_name(mut self, name: &str) -> Words {
        push(&mut self.names, name);
        self
    }

    /// And reached there.
    pub fn and_address(mut self, address: &str) -> Words {
        push(&mut self.addresses, address);
        self
    }

    /// Does that value name them?
    pub fn name(&self, kind: PlaceKind, value: &str) -> bool {
        self.rewritten(kind, value).is_some()
    }

    /// The value without them; `None` where it does not name them.
    pub fn rewritten(&self, kind: PlaceKind, value: &str) -> Option<String> {
        match kind {
            PlaceKind::Signature => self.names.iter().any(|name| name == value).then(|| self.mark.clone()),
            PlaceKind::Words => {
                let other = match serde_json::from_str::<Value>(value) {
                    Ok(mut document @ (Value::Object(_) | Value::Array(_))) => {
                        self.walk(&mut document).then(|| document.to_string())
                    }
                    _ => self.replaced(value),
                };
                other.filter(|other| other != value)
            }
        }
    }

    /// Every text of a document; whether any was changed.
    fn walk(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => match self.replaced(text) {
                Some(other) => {
                    *text = other;
                    true
                }
                None => false,
            },
            Value::Array(values) => values.iter_mut().fold(false, |any, value| self.walk(value) | any),
            Value::Object(fields) => fields.values_mut().fold(false, |any, value| self.walk(value) | any),
            _ => false,
        }
    }

    fn replaced(&self, text: &str) -> Option<String> {
        let mut other = text.to_owned();
        if text.starts_with("BEGIN:VCALENDAR") {
            // An invitation's lines are folded, in the middle of a name as well.
            other = other.replace("\r\n ", "").replace("\n ", "");
        }
        let unfolded = other.clone();
        for name in &self.names {
            // A single name may be a word as well: it counts only as it is written.
            other = replace(&other, name, &self.mark, name.contains(' '));
        }
        for address in &self.addresses {
            other = replace(&other, address, &self.mark, true);
        }
        (other != unfolded).then_some(other)
    }
}

fn push(words: &mut Vec<String>, word: &str) {
    let word = word.trim();
    if word.chars().count() >= SHORTEST && !words.iter().any(|known| known == word) {
        words.push(word.to_owned());
    }
}

/// Every whole word or row of words that is `wanted`, replaced.
fn replace(text: &str, wanted: &str, with: &str, in_any_case: bool) -> String {
    let (mut other, mut rest, mut before) = (String::new(), text, None);
    while let Some(letter) = rest.chars().next() {
        let ends = starts_with(rest, wanted, in_any_case).filter(|length| {
            let after = rest[*length..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        });
        let length = ends.unwrap_or(letter.len_utf8());
        other.push_str(if ends.is_some() { with } else { &rest[..length] });
        before = rest[..length].chars().next_back();
        rest = &rest[length..];
    }
    other
}

/// How many bytes of the text are that word, where it begins with it.
fn starts_with(text: &str, word: &str, in_any_case: bool) -> Option<usize> {
    let mut length = 0;
    let mut letters = text.chars();
    for wanted in word.chars() {
        let letter = letters.next()?;
        let same = letter == wanted || (in_any_case && letter.to_lowercase().eq(wanted.to_lowercase()));
        same.then_some(())?;
        length += letter.len_utf8();
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, left: Option<&str>) {
        let words = Words::new("Åsa Ek", "Person 7").and_address("asa@b.example").and_address("070-1");
        assert_eq!(words.rewritten(PlaceKind::Words, value).as_deref(), left, "{value}");
    }

    #[test]
    fn names_and_addresses_go_as_whole_words_in_any_case() {
        check("åsa ek lovade", Some("Person 7 lovade"));
        check("Åsa Eklund lovade", None);
        check("ring 070-1, eller skriv till ASA@B.example.", Some("ring Person 7, eller skriv till Person 7."));
        check("ring 070-12", None);
        check("Åsa", None);
        check("", None);
    }

    #[test]
    fn a_name_is_found_where_an_invitations_line_is_folded() {
        check(
            "BEGIN:VCALENDAR\r\nATTENDEE;CN=Åsa\r\n  Ek:x\r\n",
            Some("BEGIN:VCALENDAR\r\nATTENDEE;CN=Person 7:x\r\n"),
        );
    }

    #[test]
    fn documents_keep_their_shape_and_their_keys() {
        check(r#"{"people":["Åsa Ek","Bo"],"n":1}"#, Some(r#"{"n":1,"people":["Person 7","Bo"]}"#));
        check(r#"{"Åsa Ek":1}"#, None);
        check("[]", None);
    }

    #[test]
    fn a_single_name_counts_only_as_it_is_written_and_a_short_one_not_at_all() {
        let words = Words::new("Held", "Person K1");
        assert_eq!(
            words.rewritten(PlaceKind::Words, r#"{"held":["Held kommer"]}"#).as_deref(),
            Some(r#"{"held":["Person K1 kommer"]}"#)
        );
        assert!(!words.name(PlaceKind::Words, "held"));
        assert!(!Words::new("Bo", "x").name(PlaceKind::Words, "Bo"));
    }

    #[test]
    fn a_signature_is_the_whole_name() {
        let words = Words::new("Åsa Ek", "Person 7");
        assert_eq!(words.rewritten(PlaceKind::Signature, "Åsa Ek").as_deref(), Some("Person 7"));
        assert_eq!(words.rewritten(PlaceKind::Signature, "Åsa Ek m.fl."), None);
    }
}
