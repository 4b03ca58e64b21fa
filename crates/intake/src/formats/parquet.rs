//! Parquet: columns with types, row by row.

use std::ops::ControlFlow;

use bytes::Bytes;
use parquet::data_type::Decimal;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use spelplan_facts::{Day, Money, Text};

use super::Format;
use crate::cells::{Cell, Row, Rows};
use crate::encoding::damaged;
use crate::origin::Origin;
use crate::reading::read_rows;
use crate::{Batch, IntakeError, Options, Source};

/// Parquet.
pub(super) static FORMAT: Format = Format {
    code: "parquet",
    title: Text { sv: "Parquet", en: "Parquet" },
    claims: |sources| (0..sources.len()).filter(|&at| sources[at].bytes.starts_with(b"PAR1")).collect(),
    read: |sources, options| sources.iter().map(|source| read(source, options)).collect(),
};

fn read(source: &Source<'_>, options: &Options) -> Result<Batch, IntakeError> {
    read_rows(source.name, &TypedRows::of(source)?, Some(Origin::of(source, FORMAT.code, 0)), options)
}

/// Walks the rows again.
pub(super) fn with_rows(
    source: &Source<'_>,
    each: &mut dyn FnMut(&dyn Rows) -> Result<(), IntakeError>,
) -> Result<(), IntakeError> {
    each(&TypedRows::of(source)?)
}

/// The rows of a Parquet file, below a header made of its column names.
pub(crate) struct TypedRows<'a> {
    name: &'a str,
    reader: SerializedFileReader<Bytes>,
}

impl<'a> TypedRows<'a> {
    /// Opens the file.
    pub fn of(source: &Source<'a>) -> Result<TypedRows<'a>, IntakeError> {
        let reader = SerializedFileReader::new(Bytes::copy_from_slice(source.bytes));
        Ok(TypedRows { name: source.name, reader: reader.map_err(|error| damaged(source.name, &error))? })
    }

    /// Names of its columns.
    pub fn header(&self) -> Vec<String> {
        let fields = self.reader.metadata().file_metadata().schema().get_fields();
        fields.iter().map(|field| field.name().to_owned()).collect()
    }
}

impl Rows for TypedRows<'_> {
    fn walk(&self, each: &mut dyn FnMut(u32, &dyn Row) -> ControlFlow<()>) -> Result<(), IntakeError> {
        if each(1, &Header(self.header())).is_break() {
            return Ok(());
        }
        let rows = self.reader.get_row_iter(None).map_err(|error| damaged(self.name, &error))?;
        for (n, row) in rows.enumerate() {
            let row = Fields(row.map_err(|error| damaged(self.name, &error))?.into_columns());
            if each(n as u32 + 2, &row).is_break() {
                break;
            }
        }
        Ok(())
    }
}

struct Header(Vec<String>);

impl Row for Header {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        self.0.get(at).map_or(Cell::Empty, |name| Cell::of_text(name))
    }
}

struct Fields(Vec<(String, Field)>);

impl Row for Fields {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        self.0.get(at).map_or(Cell::Empty, |(_, field)| cell(field))
    }
}

fn cell(field: &Field) -> Cell<'_> {
    match field {
        Field::Str(text) => Cell::of_text(text),
        Field::Bytes(bytes) => bytes.as_utf8().map_or(Cell::Empty, Cell::of_text),
        Field::Bool(truth) => Cell::Text(if *truth { "true" } else { "false" }),
        Field::Byte(number) => Cell::Number(f64::from(*number)),
        Field::Short(number) => Cell::Number(f64::from(*number)),
        Field::Int(number) => Cell::Number(f64::from(*number)),
        Field::Long(number) => Cell::Number(*number as f64),
        Field::UByte(number) => Cell::Number(f64::from(*number)),
        Field::UShort(number) => Cell::Number(f64::from(*number)),
        Field::UInt(number) => Cell::Number(f64::from(*number)),
        Field::ULong(number) => Cell::Number(*number as f64),
        Field::Float(number) => Cell::Number(f64::from(*number)),
        Field::Double(number) => Cell::Number(*number),
        Field::Decimal(decimal) => amount(decimal).map_or(Cell::Empty, Cell::Amount),
        Field::Date(days) => since_1970(i64::from(*days)),
        Field::TimestampMillis(millis) => since_1970(millis.div_euclid(86_400_000)),
        Field::TimestampMicros(micros) => since_1970(micros.div_euclid(86_400_000_000)),
        _ => Cell::Empty,
    }
}

fn since_1970(days: i64) -> Cell<'static> {
    let day = Day::new(1970, 1, 1).zip(i32::try_from(days).ok());
    day.map_or(Cell::Empty, |(first, days)| Cell::Day(first.plus(days)))
}

/// A decimal's exact value in ten-thousandths; finer digits are rounded.
fn amount(decimal: &Decimal) -> Option<Money> {
    let bytes = decimal.data();
    let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    let mut unscaled: i128 = if negative { -1 } else { 0 };
    for byte in bytes {
        unscaled = unscaled.checked_shl(8)? | i128::from(*byte);
    }
    let scale = decimal.scale();
    let exact = if scale <= 4 {
        unscaled.checked_mul(10i128.pow((4 - scale).unsigned_abs()))?
    } else {
        let unit = 10i128.checked_pow((scale - 4).unsigned_abs())?;
        (unscaled + unscaled.signum() * unit / 2) / unit
    };
    i64::try_from(exact).ok().map(Money)
}
