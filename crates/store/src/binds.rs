//! Values on their way into a statement, the same for both engines.

/// One value; `None` is NULL.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bind<'a> {
    /// A BIGINT: identity, money, count.
    Big(Option<i64>),
    /// An INTEGER: day, month, minutes.
    Small(Option<i32>),
    /// A DOUBLE PRECISION.
    Real(Option<f64>),
    /// A TEXT.
    Text(Option<&'a str>),
    /// A BOOLEAN.
    Flag(bool),
}

macro_rules! into_bind {
    ($($from:ty => $variant:ident),+ $(,)?) => {$(
        impl<'a> From<$from> for Bind<'a> {
            fn from(value: $from) -> Bind<'a> {
                Bind::$variant(Some(value))
            }
        }
        impl<'a> From<Option<$from>> for Bind<'a> {
            fn from(value: Option<$from>) -> Bind<'a> {
                Bind::$variant(value)
            }
        }
    )+};
}

into_bind!(i64 => Big, i32 => Small, f64 => Real, &'a str => Text);

impl<'a> From<&'a String> for Bind<'a> {
    fn from(value: &'a String) -> Bind<'a> {
        Bind::Text(Some(value))
    }
}

impl From<bool> for Bind<'_> {
    fn from(value: bool) -> Self {
        Bind::Flag(value)
    }
}

/// The values of a statement, in the order of its `$1`, `$2`, …
macro_rules! binds {
    ($($value:expr),* $(,)?) => { [$($crate::binds::Bind::from($value)),*] };
}
pub(crate) use binds;

/// Binds every value to a query of either engine.
macro_rules! bind_all {
    ($query:expr, $binds:expr) => {{
        let mut query = $query;
        for bind in $binds {
            query = match *bind {
                $crate::binds::Bind::Big(value) => query.bind(value),
                $crate::binds::Bind::Small(value) => query.bind(value),
                $crate::binds::Bind::Real(value) => query.bind(value),
                $crate::binds::Bind::Text(value) => query.bind(value),
                $crate::binds::Bind::Flag(value) => query.bind(value),
            };
        }
        query
    }};
}
pub(crate) use bind_all;

/// Rows in the text format of PostgreSQL's COPY: tabs between, `\N` for NULL.
pub(crate) fn copy_text(binds: &[Bind<'_>], columns: usize) -> Vec<u8> {
    let mut text = String::with_capacity(binds.len() * 12);
    for row in binds.chunks_exact(columns) {
        for (n, bind) in row.iter().enumerate() {
            if n > 0 {
                text.push('\t');
            }
            copy_value(&mut text, bind);
        }
        text.push('\n');
    }
    text.into_bytes()
}

fn copy_value(text: &mut String, bind: &Bind<'_>) {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let _ = match bind {
        Bind::Big(Some(value)) => write!(text, "{value}"),
        Bind::Small(Some(value)) => write!(text, "{value}"),
        Bind::Real(Some(value)) => write!(text, "{value:?}"),
        Bind::Flag(value) => write!(text, "{}", if *value { 't' } else { 'f' }),
        Bind::Text(Some(value)) => {
            copy_words(text, value);
            Ok(())
        }
        Bind::Big(None) | Bind::Small(None) | Bind::Real(None) | Bind::Text(None) => write!(text, "\\N"),
    };
}

fn copy_words(text: &mut String, words: &str) {
    for letter in words.chars() {
        match letter {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            // PostgreSQL keeps no NUL in a text; SQLite would.
            '\0' => {}
            letter => text.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_escapes_what_would_end_a_cell_or_a_row() {
        let rows = [binds![1_i64, "a\tb\\c\nd\re", None::<f64>], binds![-2_i32, "å\u{0}", 0.1_f64]].concat();
        assert_eq!(copy_text(&rows, 3), "1\ta\\tb\\\\c\\nd\\re\t\\N\n-2\tå\t0.1\n".as_bytes());
    }
}
