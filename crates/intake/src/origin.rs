//! The file a batch came from, kept packed beside it: rows that only the plan finds wrong are fetched from it again.

use std::collections::BTreeSet;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cells::{Rows, in_writing};
use crate::columns::Layout;
use crate::encoding::is_packed;
use crate::reading::settled_cells;
use crate::styles::Styles;
use crate::{Source, formats};

/// A packed copy of a file and which of its sheets is meant. Tens of bytes a line where the file was text.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    name: String,
    bytes: Arc<[u8]>,
    format: &'static str,
    sheet: usize,
    /// How its columns are written, once that is known.
    written: Option<Arc<(Layout, Styles)>>,
}

impl Origin {
    /// Keeps a file; text is packed first, other formats are packed already.
    pub(crate) fn of(source: &Source<'_>, format: &'static str, sheet: usize) -> Origin {
        let bytes =
            if format == "csv" && !is_packed(source.bytes) { packed(source.bytes) } else { source.bytes.into() };
        Origin { name: source.name.to_owned(), bytes, format, sheet, written: None }
    }

    /// The same file's other sheet.
    pub(crate) fn sheet(&self, sheet: usize) -> Origin {
        Origin { sheet, ..self.clone() }
    }

    /// The same file, with how its columns are written.
    pub(crate) fn written(self, layout: Layout, styles: Styles) -> Origin {
        Origin { written: Some(Arc::new((layout, styles))), ..self }
    }

    /// What the file calls our column.
    pub(crate) fn called(&self, code: &str) -> String {
        self.written.as_deref().map_or_else(|| code.to_owned(), |(layout, _)| layout.called(code))
    }

    /// The cells of those lines, in order.
    pub(crate) fn rows_at(&self, lines: &BTreeSet<u32>) -> Vec<(u32, Vec<String>)> {
        let source = Source { name: &self.name, bytes: &self.bytes };
        let mut found = Vec::with_capacity(lines.len());
        // The file was read once already; should it fail now, the plan falls back on what the records hold.
        let _ = formats::with_rows(&source, self.format, self.sheet, &mut |rows: &dyn Rows| {
            rows.walk(&mut |line, row| {
                if lines.contains(&line) {
                    let cells = match self.written.as_deref() {
                        Some((layout, styles)) => settled_cells(row, layout, styles),
                        None => in_writing(row),
                    };
                    found.push((line, cells));
                }
                if found.len() == lines.len() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
        });
        found
    }
}

fn packed(bytes: &[u8]) -> Arc<[u8]> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 5), Compression::fast());
    match packer.write_all(bytes).and_then(|()| packer.finish()) {
        Ok(packed) => packed.into(),
        Err(_) => bytes.into(),
    }
}
