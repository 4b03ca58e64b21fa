//! Addresses: queries taken apart and put together, so that a filter survives in a link.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A value as it stands in an address.
pub(crate) fn encoded(value: &str) -> String {
    utf8_percent_encode(value, KEPT).to_string()
}

/// The pairs of a query, decoded; a later one of the same name does not replace an earlier.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// A query of the pairs that have a value, with its question mark; empty when there is none.
pub(crate) fn query(pairs: &[(&str, String)]) -> String {
    let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str) {
        let query = query(&[("q", value.to_owned()), ("empty", String::new())]);
        assert_eq!(pairs(query.trim_start_matches('?')), [("q".to_owned(), value.to_owned())], "{query}");
    }

    #[test]
    fn any_words_survive_a_link() {
        for value in ["Åre & Söner", "a=b&c", "100 %", "+46", "<script>", "?#/"] {
            check(value);
        }
    }
}
