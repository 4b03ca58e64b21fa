//! Columns: which header means what. Every kind of record lists its columns with the names files use for them.

use std::collections::BTreeMap;

use crate::IntakeError;
use crate::errors::Complaint;

/// How the cells of a column are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Words, names, numbers that are names.
    Words,
    /// Numbers.
    Numbers,
    /// Dates or months.
    Dates,
}

/// A column that a kind of record knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Our name for it.
    pub code: &'static str,
    /// How its cells are read.
    pub holds: Holds,
    /// Other names, as [`squashed`] leaves them and spaces between; an earlier one wins over a later one.
    pub names: &'static str,
}

/// A column of words, names, and numbers that are names.
pub(crate) const fn words(code: &'static str, names: &'static str) -> Column {
    Column { code, holds: Holds::Words, names }
}

/// A column of numbers.
pub(crate) const fn numbers(code: &'static str, names: &'static str) -> Column {
    Column { code, holds: Holds::Numbers, names }
}

/// A column of dates or months.
pub(crate) const fn dates(code: &'static str, names: &'static str) -> Column {
    Column { code, holds: Holds::Dates, names }
}

/// Which columns a kind of record knows, which it cannot do without, and which give it away.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    /// All of them.
    pub all: &'static [Column],
    /// From each of these groups at least one must be there.
    pub needed: &'static [&'static [&'static str]],
    /// Columns that hardly any other kind has.
    pub telling: &'static [&'static str],
}

/// A header understood: which of our columns stands where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    /// Header cells as they stood.
    pub header: Vec<String>,
    /// Our columns: code, place in the row, how it is read.
    placed: Vec<(&'static str, usize, Holds)>,
}

impl Layout {
    /// Finds our columns in a header; what the user named comes first.
    pub fn of(columns: &Columns, header: &[String], named: &BTreeMap<String, String>) -> Layout {
        let keys: Vec<(String, String)> = header.iter().map(|cell| (squashed(cell), without_suffix(cell))).collect();
        let mut taken = vec![false; header.len()];
        let mut placed = Vec::new();
        for column in columns.all {
            let wanted = named_header(column.code, header, named);
            let at = wanted.or_else(|| {
                let names =
                    std::iter::once(squashed(column.code)).chain(column.names.split_whitespace().map(str::to_owned));
                names.into_iter().find_map(|name| {
                    let exact = (0..keys.len()).find(|&at| !taken[at] && keys[at].0 == name);
                    exact.or_else(|| (0..keys.len()).find(|&at| !taken[at] && !name.is_empty() && keys[at].1 == name))
                })
            });
            if let Some(at) = at {
                taken[at] = true;
                placed.push((column.code, at, column.holds));
            }
        }
        Layout { header: header.to_vec(), placed }
    }

    /// Where our column stands.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.placed.iter().find(|(own, _, _)| *own == code).map(|(_, at, _)| *at)
    }

    /// Is our column there?
    pub fn has(&self, code: &str) -> bool {
        self.place(code).is_some()
    }

    /// Our columns that are there.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.placed.iter().map(|(code, _, _)| *code)
    }

    /// Our columns with place and reading.
    pub fn placed(&self) -> &[(&'static str, usize, Holds)] {
        &self.placed
    }

    /// What the file calls our column, or our own name where it has none.
    pub fn called(&self, code: &str) -> String {
        self.place(code).and_then(|at| self.header.get(at)).cloned().unwrap_or_else(|| code.to_owned())
    }

    /// Headers that mean nothing to us.
    pub fn unused(&self) -> Vec<&str> {
        let used = |at: &usize| self.placed.iter().any(|(_, place, _)| place == at);
        let rest = (0..self.header.len()).filter(|at| !used(at)).map(|at| self.header[at].trim());
        rest.filter(|name| !name.is_empty()).collect()
    }

    /// Groups of needed columns of which none is there.
    pub fn missing(&self, columns: &Columns) -> Vec<&'static [&'static str]> {
        columns.needed.iter().copied().filter(|group| !group.iter().any(|code| self.has(code))).collect()
    }

    /// How much the header looks like the kind: every column counts, telling ones thrice more.
    pub fn likeness(&self, columns: &Columns) -> usize {
        self.placed.len() + 3 * columns.telling.iter().filter(|code| self.has(code)).count()
    }
}

/// The header that the user named for our column, in either direction ("partner_id" = "Kundnr" or the other way).
fn named_header(code: &str, header: &[String], named: &BTreeMap<String, String>) -> Option<usize> {
    let place = |name: &str| header.iter().position(|cell| squashed(cell) == squashed(name));
    let ours = named.get(code).and_then(|name| place(name));
    ours.or_else(|| named.iter().find(|(_, own)| own.as_str() == code).and_then(|(name, _)| place(name)))
}

/// Complains when the user named a column that the file does not have; `is_ours` tells our own names from the file's.
pub(crate) fn check_named(
    source: &str,
    header: &[String],
    named: &BTreeMap<String, String>,
    is_ours: &dyn Fn(&str) -> bool,
) -> Result<(), IntakeError> {
    let there = |name: &str| header.iter().any(|cell| squashed(cell) == squashed(name));
    let theirs = |(left, right): (&String, &String)| if is_ours(left) { right.clone() } else { left.clone() };
    let Some(missing) = named.iter().map(theirs).find(|name| !there(name)) else { return Ok(()) };
    let found = header.join(", ");
    Err(Complaint::new(
        "I006",
        (format!("there is no column called \"{missing}\"; the file has: {found}"), "Name a column as the file does"),
        (
            format!("det finns ingen kolumn som heter \"{missing}\"; filen har: {found}"),
            "Ange kolumnen som den heter i filen",
        ),
    )
    .of_file(source))
}

/// A header's letters and digits alone, lower case and without accents: `Billing State/Province` is `billingstateprovince`.
pub(crate) fn squashed(header: &str) -> String {
    let mut plain = String::with_capacity(header.len());
    for letter in header.chars().flat_map(char::to_lowercase) {
        match letter {
            'å' | 'ä' | 'á' | 'à' => plain.push('a'),
            'ö' | 'ø' | 'ó' => plain.push('o'),
            'æ' => plain.push_str("ae"),
            'é' | 'è' => plain.push('e'),
            'ü' => plain.push('u'),
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// The header without what stands in brackets at its end: `Belopp (SEK)` is `belopp`; empty where nothing does.
fn without_suffix(header: &str) -> String {
    header
        .trim_end()
        .strip_suffix([')', ']'])
        .and_then(|open| open.rsplit_once(['(', '[']))
        .map_or_else(String::new, |(name, _)| squashed(name))
}
