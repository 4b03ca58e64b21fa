//! Dates and months as people and systems write them. Whether 3/2/2026 is in March or in February is decided for the
//! whole column, from all its values.

use spelplan_facts::Day;

use crate::cells::Cell;

/// In which order day and month stand where both are numbers and the year is last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DateOrder {
    /// 3/2/2026 is the third of February.
    #[default]
    DayFirst,
    /// 3/2/2026 is the second of March.
    MonthFirst,
}

/// What the values of a column say about how it is written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DateEvidence {
    /// Values whose first number can only be a day.
    pub day_first: usize,
    /// Values whose second number can only be a day.
    pub month_first: usize,
    /// Values that both readings allow, with different days.
    pub open: usize,
    /// Which first numbers open values have, one bit each.
    firsts: u16,
    /// Which second numbers open values have.
    seconds: u16,
}

impl DateEvidence {
    /// Takes one more value into account.
    pub fn see(&mut self, text: &str) {
        let Some((first, second)) = numbers_before_year(text) else { return };
        match (first > 12, second > 12) {
            (true, false) => self.day_first += 1,
            (false, true) => self.month_first += 1,
            (true, true) => {}
            (false, false) => {
                self.open += usize::from(first != second);
                self.firsts |= 1 << first;
                self.seconds |= 1 << second;
            }
        }
    }

    /// The order the column shows: by values that allow one reading only, else by being the same day of every month.
    pub fn order(&self) -> Option<DateOrder> {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => return Some(DateOrder::DayFirst),
            std::cmp::Ordering::Less => return Some(DateOrder::MonthFirst),
            std::cmp::Ordering::Equal => {}
        }
        match (self.firsts.count_ones(), self.seconds.count_ones()) {
            (1, 3..) => Some(DateOrder::DayFirst),
            (3.., 1) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Would the value mean another day in another column?
pub(crate) fn is_open(text: &str) -> bool {
    numbers_before_year(text).is_some_and(|(a, b)| a <= 12 && b <= 12 && a != b)
}

/// The day a cell tells; a month alone is its first day. `None` where it tells none.
pub(crate) fn day(cell: Cell<'_>, order: DateOrder) -> Option<Day> {
    match cell {
        Cell::Day(day) => Some(day),
        Cell::Text(text) => written_day(text, order),
        Cell::Number(number) => numbered_day(number),
        Cell::Amount(money) => numbered_day(money.units()),
        Cell::Empty => None,
    }
}

/// Excel's count of days, or a date written as one number such as 20260203.
fn numbered_day(number: f64) -> Option<Day> {
    let whole = number.floor();
    if (20_000.0..80_000.0).contains(&whole) {
        return Some(Day::new(1899, 12, 30)?.plus(whole as i32));
    }
    (whole == number && (190_000.0..22_000_000.0).contains(&whole)).then(|| digits_day(&format!("{whole}")))?
}

fn written_day(text: &str, order: DateOrder) -> Option<Day> {
    if let Some(day) = text.get(..10).and_then(Day::parse)
        && text.as_bytes().get(10).is_none_or(|after| matches!(after, b' ' | b'T'))
    {
        return Some(day);
    }
    let text = without_time(text);
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits_day(text);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [first, second, third] => three_parts(first, second, third, order),
        [first, second] => two_parts(first, second),
        [one] => one_part(one),
        _ => None,
    }
}

/// The date without its time of day: `2026-02-03 00:00:00.000`, `3/2/2026 14:30`, `2026-02-03T10:00Z`.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let Some(colon) = text.find(':') else { return text };
    let hour = text[..colon].rfind([' ', 'T']);
    hour.map_or(text, |at| text[..at].trim_end_matches([',', ' ']))
}

/// 20260203 and 202602.
fn digits_day(text: &str) -> Option<Day> {
    match text.len() {
        8 => Day::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?),
        6 => Day::new(text[..4].parse().ok()?, text[4..].parse().ok()?, 1),
        _ => None,
    }
}

fn three_parts(first: &str, second: &str, third: &str, order: DateOrder) -> Option<Day> {
    if first.len() == 4
        && let Ok(year) = first.parse()
    {
        let month = second.parse().ok().or_else(|| month_named(second))?;
        return Day::new(year, month, third.parse().ok()?);
    }
    if let Some(month) = month_named(second) {
        return Day::new(year(third)?, month, ordinal(first)?);
    }
    if let Some(month) = month_named(first) {
        return Day::new(year(third)?, month, ordinal(second)?);
    }
    let (first, second, year): (i8, i8, i16) = (first.parse().ok()?, second.parse().ok()?, year(third)?);
    let month_first = second > 12 || (first <= 12 && order == DateOrder::MonthFirst);
    if month_first { Day::new(year, first, second) } else { Day::new(year, second, first) }
}

/// A month: 2026-02, 02/2026, feb 2026, 2026 Q1, Q1 2026.
fn two_parts(first: &str, second: &str) -> Option<Day> {
    for (year, month) in [(first, second), (second, first)] {
        if year.len() == 4
            && let Ok(year) = year.parse()
        {
            let month = month.parse().ok().or_else(|| month_named(month)).or_else(|| quarter_month(month));
            return Day::new(year, month?, 1);
        }
    }
    Day::new(year(second)?, month_named(first)?, 1)
}

/// A month in one word: 2026M02, 2026Q1.
fn one_part(text: &str) -> Option<Day> {
    let (year, rest) = text.split_at_checked(4)?;
    let month = rest.strip_prefix(['M', 'm']).and_then(|month| month.parse().ok()).or_else(|| quarter_month(rest));
    Day::new(year.parse().ok()?, month?, 1)
}

fn quarter_month(text: &str) -> Option<i8> {
    let quarter: i8 = text.strip_prefix(['Q', 'q', 'K', 'k'])?.parse().ok()?;
    (1..=4).contains(&quarter).then(|| quarter * 3 - 2)
}

fn ordinal(text: &str) -> Option<i8> {
    let digits = text.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == ':');
    digits.parse().ok()
}

/// Four digits, or two: 90 and later are the last century's.
fn year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(if year >= 90 { 1900 + year } else { 2000 + year }),
        _ => None,
    }
}

/// Month names in English, Swedish, Norwegian, Danish and German, from three letters on.
fn month_named(text: &str) -> Option<i8> {
    const NAMES: [&[&str]; 12] = [
        &["jan"],
        &["feb"],
        &["mar", "mär", "mrz"],
        &["apr"],
        &["maj", "may", "mai"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["okt", "oct"],
        &["nov"],
        &["dec", "des", "dez"],
    ];
    let word = text.to_lowercase();
    let found = NAMES.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    i8::try_from(found + 1).ok()
}

/// The first two numbers of a date that ends with its year, such as 3/2/2026.
fn numbers_before_year(text: &str) -> Option<(u32, u32)> {
    let bytes = text.as_bytes();
    if bytes.get(4) == Some(&b'-') || !bytes.first()?.is_ascii_digit() {
        return None;
    }
    let mut parts = without_time(text).split(['-', '/', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || first.len() > 2 || second.len() > 2 || year(third).is_none() {
        return None;
    }
    let (first, second): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    ((1..=31).contains(&first) && (1..=31).contains(&second)).then_some((first, second))
}

/// Days that can be right: nothing in the trade is older or younger.
pub(crate) fn is_sensible(day: Day) -> bool {
    (1990..=2100).contains(&day.parts().0)
}

#[cfg(test)]
mod tests {
    use super::DateOrder::{DayFirst, MonthFirst};
    use super::*;

    #[test]
    fn a_date_is_read_however_it_is_written() {
        let cases = [
            ("2026-02-03", DayFirst, "2026-02-03"),
            ("2026-02-03 00:00:00.000", DayFirst, "2026-02-03"),
            ("2026-02-03T14:05:00Z", DayFirst, "2026-02-03"),
            ("2026-02-03 14:05", DayFirst, "2026-02-03"),
            ("2026/2/3", MonthFirst, "2026-02-03"),
            ("2026.02.03", DayFirst, "2026-02-03"),
            ("20260203", DayFirst, "2026-02-03"),
            ("3/2/2026", DayFirst, "2026-02-03"),
            ("3/2/2026", MonthFirst, "2026-03-02"),
            ("13/2/2026", MonthFirst, "2026-02-13"),
            ("2/13/2026", DayFirst, "2026-02-13"),
            ("03.02.2026", DayFirst, "2026-02-03"),
            ("3-2-26", DayFirst, "2026-02-03"),
            ("3/2/98", DayFirst, "1998-02-03"),
            ("3/2/2026 14:30:00", DayFirst, "2026-02-03"),
            ("11/20/2015 12:00 AM", DayFirst, "2015-11-20"),
            ("3-feb-2026", DayFirst, "2026-02-03"),
            ("3 februari 2026", DayFirst, "2026-02-03"),
            ("3. februar 2026", DayFirst, "2026-02-03"),
            ("Feb 3, 2026", DayFirst, "2026-02-03"),
            ("3 Oct 26", DayFirst, "2026-10-03"),
            ("12 maj 2026", DayFirst, "2026-05-12"),
            ("12 des 2026", DayFirst, "2026-12-12"),
            ("2026-02", DayFirst, "2026-02-01"),
            ("202602", DayFirst, "2026-02-01"),
            ("02/2026", DayFirst, "2026-02-01"),
            ("feb 2026", DayFirst, "2026-02-01"),
            ("feb-26", DayFirst, "2026-02-01"),
            ("2026M02", DayFirst, "2026-02-01"),
            ("2026Q2", DayFirst, "2026-04-01"),
            ("Q3 2026", DayFirst, "2026-07-01"),
        ];
        for (text, order, expected) in cases {
            assert_eq!(day(Cell::Text(text), order), Day::parse(expected), "{text} with {order:?}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read_as_one() {
        let cases = [
            "",
            "abc",
            "2026-13-01",
            "2026-02-30",
            "31/31/2026",
            "32/1/2026",
            "1/2",
            "12",
            "20261301",
            "12:30",
            "1/2/3/2026",
        ];
        for text in cases {
            assert_eq!(day(Cell::Text(text), DayFirst), None, "{text}");
        }
    }

    #[test]
    fn spreadsheet_numbers_are_days_since_1900() {
        assert_eq!(day(Cell::Number(46056.0), DayFirst), Day::parse("2026-02-03"));
        assert_eq!(day(Cell::Number(46056.75), DayFirst), Day::parse("2026-02-03"));
        assert_eq!(day(Cell::Number(20_260_203.0), DayFirst), Day::parse("2026-02-03"));
        assert_eq!(day(Cell::Number(17.0), DayFirst), None);
    }

    #[test]
    fn a_column_decides_what_its_single_values_leave_open() {
        let cases: [(&[&str], Option<DateOrder>); 6] = [
            (&["3/2/2026", "13/2/2026"], Some(DayFirst)),
            (&["3/2/2026", "2/13/2026"], Some(MonthFirst)),
            (&["3/2/2026", "4/5/2026"], None),
            (&["1/1/2026", "2/1/2026", "3/1/2026"], Some(MonthFirst)),
            (&["1/1/2026", "1/2/2026", "1/3/2026"], Some(DayFirst)),
            (&["2026-02-03"], None),
        ];
        for (values, expected) in cases {
            let mut evidence = DateEvidence::default();
            values.iter().for_each(|value| evidence.see(value));
            assert_eq!(evidence.order(), expected, "{values:?}");
        }
    }
}
