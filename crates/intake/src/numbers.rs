//! Numbers as people and systems write them: comma or point, spaces, currency marks, minus signs of many kinds.
//! Whether "1,234" is a thousand or one and a bit is decided for the whole column, from all its values.

use spelplan_facts::Money;

/// The most an amount may be: more is a slip, and sums of such would not fit.
pub(crate) const MOST: Money = Money::whole(1_000_000_000_000);

/// Which mark stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DecimalMark {
    /// 1234.56
    #[default]
    Point,
    /// 1234,56
    Comma,
}

/// What the values of a column say about how it is written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NumberEvidence {
    /// Values that can only be read with a point.
    pub point: usize,
    /// Values that can only be read with a comma.
    pub comma: usize,
    /// Values that would change with the reading, such as 1,234.
    pub open: usize,
}

impl NumberEvidence {
    /// Takes one more value into account.
    pub fn see(&mut self, text: &str) {
        match marks(text) {
            Marks::None => {}
            Marks::Settled(DecimalMark::Point) => self.point += 1,
            Marks::Settled(DecimalMark::Comma) => self.comma += 1,
            Marks::Open => self.open += 1,
        }
    }

    /// The mark the column shows; `None` where no value does.
    pub fn mark(&self) -> Option<DecimalMark> {
        match self.point.cmp(&self.comma) {
            std::cmp::Ordering::Greater => Some(DecimalMark::Point),
            std::cmp::Ordering::Less => Some(DecimalMark::Comma),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// Would the value mean something else in another column?
pub(crate) fn is_open(text: &str) -> bool {
    marks(text) == Marks::Open
}

/// Reads a decimal number exactly, rounded half away from zero to ten-thousandths; the column's mark decides where
/// the value itself does not. `None` where it is no number or beyond all money.
pub(crate) fn decimal(text: &str, mark: DecimalMark) -> Option<Money> {
    let (negative, body) = unsigned(text)?;
    let mark = match marks_of(body) {
        Marks::Settled(own) => own,
        _ => mark,
    };
    let (decimal, thousands) = match mark {
        DecimalMark::Point => (b'.', b','),
        DecimalMark::Comma => (b',', b'.'),
    };
    let (mut units, mut scale, mut seen_decimal, mut n_digits, mut round_up) = (0i64, 0u32, false, 0usize, false);
    let mut exponent = 0i32;
    let bytes = body.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            digit @ b'0'..=b'9' => {
                n_digits += 1;
                if scale < 4 {
                    units = units.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
                    scale += u32::from(seen_decimal);
                } else if scale == 4 {
                    round_up = digit >= b'5';
                    scale = 5;
                }
            }
            byte if byte == decimal && !seen_decimal => seen_decimal = true,
            byte if byte == thousands && !seen_decimal && n_digits > 0 => {}
            b' ' | b'\'' if !seen_decimal && n_digits > 0 => {}
            b'e' | b'E' if n_digits > 0 => {
                exponent = body[at + 1..].parse().ok()?;
                break;
            }
            0xC2 if bytes.get(at + 1) == Some(&0xA0) => at += 1,
            0xE2 if bytes.get(at + 1) == Some(&0x80) => at += 2,
            _ => return None,
        }
        at += 1;
    }
    if n_digits == 0 {
        return None;
    }
    if exponent != 0 {
        return scientific(body, mark, negative);
    }
    let units = units.checked_mul(10i64.pow(4 - scale.min(4)))?.checked_add(i64::from(round_up))?;
    (units <= MOST.0).then_some(Money(if negative { -units } else { units }))
}

/// 1.5E+3 and the like, which spreadsheets write for very large and very small numbers.
fn scientific(body: &str, mark: DecimalMark, negative: bool) -> Option<Money> {
    let plain = if mark == DecimalMark::Comma { body.replace(',', ".") } else { body.to_owned() };
    let value: f64 = plain.parse().ok()?;
    (value.is_finite() && value.abs() <= MOST.units()).then(|| Money::from_units(if negative { -value } else { value }))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// No mark at all, or not a number.
    None,
    /// Only one reading is possible.
    Settled(DecimalMark),
    /// Both readings are possible, with different values.
    Open,
}

fn marks(text: &str) -> Marks {
    unsigned(text).map_or(Marks::None, |(_, body)| marks_of(body))
}

/// Which mark a number without sign and currency shows.
fn marks_of(body: &str) -> Marks {
    let bytes = body.as_bytes();
    let (Some(at), last) = (bytes.iter().rposition(|b| matches!(b, b'.' | b',')), bytes.len()) else {
        return Marks::None;
    };
    let decimal = if bytes[at] == b'.' { DecimalMark::Point } else { DecimalMark::Comma };
    let grouping = if bytes[at] == b'.' { DecimalMark::Comma } else { DecimalMark::Point };
    let before = &bytes[..at];
    if before.iter().any(|&b| matches!(b, b'.' | b',') && b != bytes[at]) {
        return Marks::Settled(decimal);
    }
    if before.contains(&bytes[at]) {
        return Marks::Settled(grouping);
    }
    let three_digits = last - at - 1 == 3 && bytes[at + 1..].iter().all(u8::is_ascii_digit);
    let short = matches!(before.len(), 1..=3) && before[0] != b'0' && before.iter().all(u8::is_ascii_digit);
    if three_digits && short { Marks::Open } else { Marks::Settled(decimal) }
}

/// Splits sign and currency off: (is it negative, the rest). `None` where what is left is not made of a number's signs.
fn unsigned(text: &str) -> Option<(bool, &str)> {
    let mut negative = false;
    let mut rest = text.trim();
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    if is_digit(rest.as_bytes().first()) && is_digit(rest.as_bytes().last()) {
        return Some((false, rest));
    }
    if let Some(inner) = rest.strip_prefix('(').and_then(|open| open.strip_suffix(')')) {
        (negative, rest) = (true, inner.trim());
    }
    for _ in 0..3 {
        rest = without_currency(rest);
        for minus in ['-', '\u{2212}', '\u{2013}'] {
            if let Some(body) = rest.strip_prefix(minus).or_else(|| rest.strip_suffix(minus)) {
                if negative {
                    return None;
                }
                (negative, rest) = (true, body.trim());
            }
        }
        rest = rest.strip_prefix('+').unwrap_or(rest);
        if is_digit(rest.as_bytes().first()) && is_digit(rest.as_bytes().last()) {
            break;
        }
    }
    (!rest.is_empty()).then_some((negative, rest))
}

/// Takes a currency's sign or word off either end.
fn without_currency(text: &str) -> &str {
    const MARKS: [&str; 13] = ["kr.", "kr", "Kr", "SEK", "NOK", "DKK", "EUR", "USD", "GBP", "$", "€", "£", ":-"];
    for mark in MARKS {
        if let Some(rest) = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark)) {
            return rest.trim();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    #[test]
    fn a_number_is_read_however_it_is_written() {
        let cases = [
            ("1234.5", Point, 12_345_000),
            ("1234,5", Point, 12_345_000),
            ("1 234,56", Comma, 12_345_600),
            ("1\u{a0}234,56", Comma, 12_345_600),
            ("1\u{202f}234,56", Comma, 12_345_600),
            ("1.234,56", Point, 12_345_600),
            ("1,234.56", Comma, 12_345_600),
            ("1'234.56", Comma, 12_345_600),
            ("1,234,567", Comma, 12_345_670_000),
            ("1.234.567", Point, 12_345_670_000),
            ("1,234", Comma, 12_340),
            ("1,234", Point, 12_340_000),
            ("1.234", Comma, 12_340_000),
            ("1.234", Point, 12_340),
            ("0,125", Point, 1_250),
            ("-12,5", Comma, -125_000),
            ("12,5-", Comma, -125_000),
            ("(12,5)", Comma, -125_000),
            ("\u{2212}12.5", Point, -125_000),
            ("– 12", Point, -120_000),
            ("+7", Point, 70_000),
            ("$1,234.50", Point, 12_345_000),
            ("-$5.00", Point, -50_000),
            ("($5.00)", Point, -50_000),
            ("1 234 kr", Comma, 12_340_000),
            ("kr 99,90", Comma, 999_000),
            ("12:-", Comma, 120_000),
            ("€ 3,50", Comma, 35_000),
            ("450 SEK", Comma, 4_500_000),
            (".5", Point, 5_000),
            ("5.", Point, 50_000),
            ("2024.9940", Point, 20_249_940),
            ("0.00005", Point, 1),
            ("0.00004999", Point, 0),
            ("-0.00005", Point, -1),
            ("1.5E+3", Point, 15_000_000),
            ("1,5e3", Comma, 15_000_000),
        ];
        for (text, mark, expected) in cases {
            assert_eq!(decimal(text, mark), Some(Money(expected)), "{text} with {mark:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_read_as_one() {
        let cases = [
            "",
            "abc",
            "12a",
            "1.2.3,4,5",
            "12 34 a",
            "--5-",
            "()",
            "1e",
            "99999999999999999999",
            "12:30",
            "2026-02-03",
        ];
        for text in cases {
            assert_eq!(decimal(text, Point), None, "{text}");
        }
    }

    #[test]
    fn a_column_decides_what_its_single_values_leave_open() {
        let cases: [(&[&str], Option<DecimalMark>); 6] = [
            (&["1,234", "12,5"], Some(Comma)),
            (&["1,234", "12.5"], Some(Point)),
            (&["1.234", "1.234.567"], Some(Comma)),
            (&["1,234", "1 000,00"], Some(Comma)),
            (&["1,234", "2,345"], None),
            (&["12", "13"], None),
        ];
        for (values, expected) in cases {
            let mut evidence = NumberEvidence::default();
            values.iter().for_each(|value| evidence.see(value));
            assert_eq!(evidence.mark(), expected, "{values:?}");
        }
    }
}
