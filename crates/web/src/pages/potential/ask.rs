//! Figures and decisions out of forms.

use spelplan_app::potential::SURENESS;
use spelplan_facts::{Money, PartnerId, Text};

use crate::failure::Failure;

const NOT_A_FIGURE: Text = Text {
    sv: "Potentialen kan inte läsas. Skriv ett års inköp med siffror, till exempel 250 000",
    en: "The potential cannot be read. Write a year's purchases in digits, for example 250 000",
};

const NOTHING_SAID: Text = Text {
    sv: "Ingen siffra är ifylld. Fyll i minst en partner",
    en: "No figure is filled in. Fill in one partner at least",
};

const NOT_A_DECISION: Text = Text {
    sv: "Valet kan inte läsas. Ladda om sidan och välj igen",
    en: "The choice cannot be read. Reload the page and choose again",
};

fn said<'a>(asked: &'a [(String, String)], name: &str) -> &'a str {
    asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default()
}

/// The figure of that field.
pub(crate) fn amount(asked: &[(String, String)], name: &str) -> Result<Money, Failure> {
    figure(said(asked, name)).ok_or_else(|| Failure::refused("W123", NOT_A_FIGURE))
}

/// Every partner whose figure is filled in.
pub(crate) fn answers(asked: &[(String, String)]) -> Result<Vec<(PartnerId, Money)>, Failure> {
    let unread = || Failure::refused("W123", NOT_A_FIGURE);
    let mut answers = Vec::new();
    for (name, value) in asked.iter().filter(|(_, value)| !value.trim().is_empty()) {
        if let Some(id) = name.strip_prefix("partner-").and_then(|id| id.parse().ok()) {
            answers.push((PartnerId(id), figure(value).ok_or_else(unread)?));
        }
    }
    if answers.is_empty() { Err(Failure::refused("W123", NOTHING_SAID)) } else { Ok(answers) }
}

/// How sure, as a standard deviation in logs; the usual one where nothing is said.
pub(crate) fn spread(asked: &[(String, String)]) -> f64 {
    said(asked, "sure").parse().unwrap_or(SURENESS[1])
}

/// Whose answer, and whether it comes to count.
pub(crate) fn decision(asked: &[(String, String)]) -> Result<(PartnerId, bool), Failure> {
    let unread = || Failure::refused("W124", NOT_A_DECISION);
    let partner = said(asked, "partner").parse().map(PartnerId).map_err(|_| unread())?;
    match said(asked, "decision") {
        "keep" => Ok((partner, true)),
        "ours" => Ok((partner, false)),
        _ => Err(unread()),
    }
}

/// Digits as people write amounts: spaces and marks between thousands, comma or point before at most two decimals.
pub(crate) fn figure(words: &str) -> Option<Money> {
    let marks = |letter: char| letter.is_whitespace() || letter == '\'' || letter == '\u{2019}';
    let compact: String = words.chars().filter(|&letter| !marks(letter)).collect();
    let (whole, decimals) = match compact.rfind([',', '.']) {
        Some(at) if compact.len() - at - 1 != 3 => (&compact[..at], &compact[at + 1..]),
        _ => (compact.as_str(), ""),
    };
    let whole: String = whole.chars().filter(|letter| !matches!(letter, ',' | '.')).collect();
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || decimals.len() > 2 || !digits(&whole) || !digits(decimals) {
        return None;
    }
    let units: f64 = format!("{whole}.{decimals}0").parse().ok()?;
    Some(Money::from_units(units))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, units: Option<f64>) {
        assert_eq!(figure(words), units.map(Money::from_units), "{words:?}");
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for words in ["250000", "250 000", "250\u{a0}000", "250.000", "250,000", "250'000", "250 000,00", "250,000.00"]
        {
            check(words, Some(250_000.0));
        }
        check("1.250.000,50", Some(1_250_000.5));
        check("12,5", Some(12.5));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for words in ["", " ", "-5", "5 kr", "1e9", "ett par", "1,2,3,4x", "9999999999999999"] {
            check(words, None);
        }
    }

    #[test]
    fn answers_are_the_fields_that_are_filled_in() {
        let asked = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let some = asked(&[("partner-7", "10"), ("partner-8", " "), ("sure", "0.2")]);
        assert_eq!(answers(&some).ok(), Some(vec![(PartnerId(7), Money::whole(10))]));
        assert!((spread(&some) - 0.2).abs() < 1e-12);
        assert!(answers(&asked(&[("partner-7", "")])).is_err() && answers(&asked(&[("partner-7", "x")])).is_err());
        assert_eq!(decision(&asked(&[("partner", "7"), ("decision", "keep")])).ok(), Some((PartnerId(7), true)));
        assert!(decision(&asked(&[("partner", "7"), ("decision", "")])).is_err());
    }
}
