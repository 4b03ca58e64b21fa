//! Rows become records: finds the header, tells the kind, decides how columns are written, reads every row.

use std::ops::ControlFlow;

use crate::cells::{Row, Rows, in_writing};
use crate::columns::{self, Layout};
use crate::errors::Complaint;
use crate::kinds::row_reader::RowReader;
use crate::kinds::{self, Collector};
use crate::origin::Origin;
use crate::styles::Styles;
use crate::{Batch, IntakeError, Kind, MAX_WRONG_ROWS, Notice, Options, WrongRow};

/// Rows above the header that are looked through: titles and notes that people put there.
const MOST_TITLE_ROWS: usize = 10;

/// Reads the rows of one sheet.
pub(crate) fn read_rows(
    source: &str,
    rows: &dyn Rows,
    origin: Option<Origin>,
    options: &Options,
) -> Result<Batch, IntakeError> {
    let top = top_rows(rows)?;
    let (kind, header_line, layout) = understand(source, &top, options)?;
    let styles = Styles::decide(rows, header_line, &layout, options)?;
    let mut batch = Batch {
        source: source.to_owned(),
        kind: Some(kind),
        columns: Some(layout.codes().collect()),
        currency: (kind == Kind::Sales).then(|| currency_in(&layout.header)).flatten(),
        notices: styles.notices.clone(),
        ..Batch::default()
    };
    let mut collector = kinds::collector(kind, source, &layout);
    rows.walk(&mut |line, row| {
        if line > header_line {
            let mut reader =
                RowReader { source, line, row, layout: &layout, styles: &styles, options, errors: Vec::new() };
            read_row(&mut reader, &mut *collector, &mut batch);
        }
        ControlFlow::Continue(())
    })?;
    collector.finish(&mut batch);
    finish(&mut batch, &layout);
    batch.origin = origin.map(|origin| origin.written(layout, styles));
    Ok(batch)
}

/// The first rows, with their lines.
fn top_rows(rows: &dyn Rows) -> Result<Vec<(u32, Vec<String>)>, IntakeError> {
    let mut top = Vec::new();
    rows.walk(&mut |line, row| {
        top.push((line, in_writing(row)));
        if top.len() > MOST_TITLE_ROWS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(top)
}

/// The kind of a sheet, the line its header stands on, and the header itself.
fn understand(source: &str, top: &[(u32, Vec<String>)], options: &Options) -> Result<(Kind, u32, Layout), IntakeError> {
    let Some((_, first)) = top.first() else { return Err(crate::encoding::empty(source)) };
    let fits = top.iter().filter_map(|(line, cells)| {
        kinds::recognise(source, cells, options).map(|(kind, likeness)| (likeness, kind, *line, cells))
    });
    let best = fits.fold(None, |best: Option<(usize, Kind, u32, &Vec<String>)>, fit| match best {
        Some(best) if best.0 >= fit.0 => Some(best),
        _ => Some(fit),
    });
    let Some((_, kind, line, header)) = best else {
        columns::check_named(source, first, &options.columns, &kinds::is_column)?;
        return Err(not_understood(source, first, options));
    };
    columns::check_named(source, header, &options.columns, &kinds::is_column)?;
    if top.last().is_some_and(|(last, _)| *last == line) && top.len() <= MOST_TITLE_ROWS {
        return Err(no_rows(source));
    }
    Ok((kind, line, Layout::of(kinds::columns(kind), header, &options.columns)))
}

fn read_row(reader: &mut RowReader<'_>, collector: &mut dyn Collector, batch: &mut Batch) {
    let width = reader.layout.header.len();
    if reader.row.len() > width && (width..reader.row.len()).any(|at| !reader.row.cell(at).is_empty()) {
        let complaint = too_wide(reader.row.len(), width).at(reader.source, reader.line, "");
        reader.errors.push(complaint);
    } else {
        collector.take(reader, batch);
    }
    if reader.is_good() {
        return;
    }
    if batch.wrong.len() == MAX_WRONG_ROWS {
        batch.wrong_beyond += 1;
        return;
    }
    let cells = settled_cells(reader.row, reader.layout, reader.styles);
    batch.wrong.push(WrongRow { cells, errors: std::mem::take(&mut reader.errors) });
}

/// The cells in writing, dates and numbers that another column might read differently settled.
pub(crate) fn settled_cells(row: &dyn Row, layout: &Layout, styles: &Styles) -> Vec<String> {
    let mut cells = in_writing(row);
    for (_, at, holds) in layout.placed() {
        if let Some(cell) = cells.get_mut(*at) {
            *cell = styles.settled(*at, *holds, row.cell(*at));
        }
    }
    cells
}

/// What is said about the file as a whole.
fn finish(batch: &mut Batch, layout: &Layout) {
    batch.header = layout.header.clone();
    let unused = layout.unused();
    if !unused.is_empty() {
        let list = unused.join(", ");
        let file = &batch.source;
        batch.notices.push(Notice {
            code: "I215",
            en: format!("{file}: columns not used: {list}."),
            sv: format!("{file}: kolumner som inte används: {list}."),
        });
    }
    if batch.wrong_beyond > 0 {
        let (file, n) = (&batch.source, batch.wrong_beyond);
        batch.notices.push(Notice {
            code: "I210",
            en: format!("{file}: the first {MAX_WRONG_ROWS} wrong rows are given back, {n} more are only counted."),
            sv: format!("{file}: de första {MAX_WRONG_ROWS} felraderna ges tillbaka, {n} till bara räknas."),
        });
    }
}

/// A currency in the header of an amount: `Belopp (SEK)`, `Revenue EUR`.
fn currency_in(header: &[String]) -> Option<String> {
    const CODES: [&str; 12] = ["SEK", "NOK", "DKK", "EUR", "USD", "GBP", "ISK", "PLN", "CHF", "CAD", "AUD", "JPY"];
    let mut words = header.iter().flat_map(|cell| cell.split(|letter: char| !letter.is_alphanumeric()));
    words.find(|word| CODES.contains(word)).map(str::to_owned)
}

fn too_wide(cells: usize, width: usize) -> Complaint {
    Complaint::new(
        "I105",
        (
            format!("the row has {cells} cells, the header {width}"),
            "Put quotes around text that contains the separator",
        ),
        (
            format!("raden har {cells} celler, rubriken {width}"),
            "Sätt citattecken om text som innehåller skiljetecknet",
        ),
    )
}

fn no_rows(source: &str) -> IntakeError {
    Complaint::new(
        "I001",
        ("the file has a header but no rows".to_owned(), "Export it again with its rows"),
        ("filen har rubrik men inga rader".to_owned(), "Exportera den igen med rader"),
    )
    .of_file(source)
}

/// The complaint about a header that fits no kind: names what was found, and what the likeliest kind needs.
fn not_understood(source: &str, header: &[String], options: &Options) -> IntakeError {
    let kinds = Kind::ALL.into_iter().filter(|kind| options.kind.is_none_or(|wanted| wanted == *kind));
    let likely = kinds
        .map(|kind| {
            let layout = Layout::of(kinds::columns(kind), header, &options.columns);
            (layout.likeness(kinds::columns(kind)), kind, layout)
        })
        .fold(None, |best: Option<(usize, Kind, Layout)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
    let found = header.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ");
    match likely {
        Some((likeness, kind, layout)) if options.kind.is_some() || likeness >= 3 => {
            let missing = layout.missing(kinds::columns(kind));
            let wanted = missing.iter().map(|group| group.join(" / ")).collect::<Vec<_>>().join(", ");
            Complaint::new(
                "I004",
                (format!("read as {}, the file lacks {wanted}; its columns are: {found}", kind.code()), "Rename a column, or say which of them it is"),
                (format!("läst som {} saknar filen {wanted}; dess kolumner är: {found}", kind.code()), "Döp om en kolumn, eller ange vilken av dem det är"),
            )
        }
        _ => Complaint::new(
            "I003",
            (format!("the columns say nothing we know: {found}"), "Put the header on the first row, or say what the file holds (pams, partners, contacts, products, sales, touches, quotas, absences, meetings, annual, contracts, rebates, certificates, stock, receivables, pipeline, campaigns, resale, cases, toss-ups)"),
            (format!("kolumnerna säger inget vi känner: {found}"), "Lägg rubriken på första raden, eller ange vad filen innehåller (pams, partners, contacts, products, sales, touches, quotas, absences, meetings, annual, contracts, rebates, certificates, stock, receivables, pipeline, campaigns, resale, cases, toss-ups)"),
        ),
    }
    .of_file(source)
}
