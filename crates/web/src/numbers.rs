//! Numbers as people read them: grouped, with their language's decimal mark, by the ICU tables.

use std::thread::LocalKey;

use icu_decimal::input::Decimal;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::{Locale, locale};
use spelplan_facts::{Language, Money};

// The formatters cannot be shared between threads, so each thread makes its own once.
thread_local! {
    static SWEDISH: Option<DecimalFormatter> = formatter(locale!("sv"));
    static ENGLISH: Option<DecimalFormatter> = formatter(locale!("en"));
}

fn formatter(locale: Locale) -> Option<DecimalFormatter> {
    DecimalFormatter::try_new(DecimalFormatterPreferences::from(locale), Default::default()).ok()
}

/// A number given in units of ten to the power of minus `decimals`, written with that many decimals.
pub(crate) fn written(language: Language, scaled: i64, decimals: u8) -> String {
    let mut number = Decimal::from(scaled);
    number.multiply_pow10(-i16::from(decimals));
    let formatter: &'static LocalKey<Option<DecimalFormatter>> = match language {
        Language::Swedish => &SWEDISH,
        Language::English => &ENGLISH,
    };
    formatter.with(|formatter| match formatter {
        Some(formatter) => formatter.format(&number).to_string(),
        None => number.to_string(),
    })
}

/// A measured number rounded to that many decimals.
pub(crate) fn measured(language: Language, number: f64, decimals: u8) -> String {
    let scaled = (number * 10_f64.powi(i32::from(decimals))).round();
    written(language, scaled as i64, decimals)
}

/// An estimate, with no more figures than it deserves: three, and never decimals above a hundred.
pub(crate) fn estimated(language: Language, money: Money) -> String {
    let units = money.units();
    if units.abs() < 1.0 {
        return written(language, 0, 0);
    }
    let digits = units.abs().log10().floor() as i32 + 1;
    let step = 10_f64.powi((digits - 3).max(0));
    measured(language, (units / step).round() * step, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Swedish};

    fn check(language: Language, hundredths: i64, expected: &str) {
        assert_eq!(written(language, hundredths, 2), expected);
    }

    #[test]
    fn totals_show_cents_in_both_languages() {
        check(English, 8_045_059_698, "80,450,596.98");
        check(Swedish, 8_045_059_698, "80\u{a0}450\u{a0}596,98");
        check(Swedish, -150, "\u{2212}1,50");
        check(English, 0, "0.00");
    }

    #[test]
    fn an_estimate_has_three_figures() {
        for (units, expected) in [
            (182_431.0, "182\u{a0}000"),
            (1_234_567.0, "1\u{a0}230\u{a0}000"),
            (87.4, "87"),
            (-999.6, "\u{2212}1\u{a0}000"),
            (0.4, "0"),
        ] {
            assert_eq!(estimated(Swedish, Money::from_units(units)), expected);
        }
    }
}
