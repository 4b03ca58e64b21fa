//! The tables by their shape: which file is which, and where their columns stand.

use std::ops::ControlFlow;

use super::made::MadeCell;
use crate::cells::{Rows, in_writing};
use crate::columns::squashed;
use crate::formats::csv::SeparatedRows;
use crate::formats::parquet::TypedRows;
use crate::{IntakeError, Source};

/// A table of the warehouse (dw) or of the course built on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    /// Resellers, bare.
    DwResellers,
    /// Towns and postal codes, bare.
    DwGeography,
    /// Quotas, bare.
    DwQuotas,
    /// Sold lines, Parquet.
    DwSales,
    /// Articles with categories.
    CourseProducts,
    /// Resellers with town.
    CourseResellers,
    /// Which employee has which territory.
    CourseTerritories,
    /// Sold lines, dates shifted by years.
    CourseSales,
    /// Targets with a year's months side by side.
    CourseTargets,
}

/// Columns of sold lines: day, reseller, employee, product, pieces, revenue, cost, order, line.
pub(super) const DW_SALES: [&str; 9] = [
    "OrderDate",
    "ResellerKey",
    "EmployeeKey",
    "ProductKey",
    "OrderQuantity",
    "SalesAmount",
    "TotalProductCost",
    "SalesOrderNumber",
    "SalesOrderLineNumber",
];
/// The same of the course, which has no line numbers but a cost per piece.
pub(super) const COURSE_SALES: [&str; 9] = [
    "OrderDate",
    "ResellerKey",
    "EmployeeKey",
    "ProductKey",
    "OrderQuantity",
    "SalesAmount",
    "TotalProductCost",
    "SalesOrderNumber",
    "StandardCost",
];
/// Sold lines laid out, but for the last column, which differs.
pub(super) const SALES_HEADER: [&str; 9] =
    ["date", "partner_id", "sku", "category", "quantity", "revenue", "cost", "order_no", "currency"];
/// Columns of the course's resellers.
pub(super) const COURSE_RESELLERS: [&str; 6] =
    ["ResellerKey", "ResellerName", "BusinessType", "City", "StateProvinceName", "Country_Region"];
/// Columns of the course's targets.
pub(super) const COURSE_TARGETS: [&str; 14] =
    ["EmployeeID", "Year", "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12"];
/// What they are in our words.
pub(super) const TARGET_HEADER: [&str; 14] =
    ["pam_id", "year", "m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"];
/// Partners laid out from resellers and geography.
pub(super) const RESELLER_HEADER: [&str; 11] = [
    "partner_id",
    "name",
    "street",
    "postal_code",
    "city",
    "region",
    "country",
    "segment",
    "employees",
    "annual_sales",
    "pam_id",
];

/// Which table a file is; `None` where it is none of them.
pub(super) fn recognise(source: &Source<'_>) -> Option<Table> {
    if source.bytes.starts_with(b"PAR1") {
        let header = TypedRows::of(source).ok()?.header();
        return DW_SALES.iter().all(|name| header.iter().any(|own| own == name)).then_some(Table::DwSales);
    }
    if source.bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let rows = SeparatedRows::of(source, None).ok()?;
    let mut first = Vec::new();
    rows.walk(&mut |_, row| {
        first = in_writing(row);
        ControlFlow::Break(())
    })
    .ok()?;
    bare(&first).or_else(|| course(&first))
}

/// A warehouse table by its first row: it has no header.
fn bare(cells: &[String]) -> Option<Table> {
    let is_number = |at: usize| !cells[at].is_empty() && cells[at].bytes().all(|byte| byte.is_ascii_digit());
    match cells.len() {
        20 if is_number(0) && is_number(1) && cells[2].starts_with("AW") => Some(Table::DwResellers),
        11 if is_number(0) && cells[4].len() == 2 && is_number(9) => Some(Table::DwGeography),
        7 if is_number(0) && is_number(1) && is_number(2) && cells[2].len() == 8 && is_number(3) && is_number(4) => {
            Some(Table::DwQuotas)
        }
        _ => None,
    }
}

/// A course table by its header.
fn course(header: &[String]) -> Option<Table> {
    let has = |names: &[&str]| names.iter().all(|name| header.iter().any(|own| squashed(own) == squashed(name)));
    let tables: [(Table, &[&str]); 5] = [
        (Table::CourseProducts, &["ProductKey", "Product", "Subcategory", "EnglishProductCategoryName"]),
        (Table::CourseResellers, &COURSE_RESELLERS),
        (Table::CourseSales, &COURSE_SALES),
        (Table::CourseTargets, &COURSE_TARGETS),
        (Table::CourseTerritories, &["EmployeeKey", "SalesTerritoryKey"]),
    ];
    let found = tables.into_iter().find(|(_, names)| has(names)).map(|(table, _)| table);
    found.filter(|table| *table != Table::CourseTerritories || header.len() == 2)
}

/// Walks the rows of a bare table as text.
pub(super) fn texts(source: &Source<'_>, each: &mut dyn FnMut(u32, &[String])) -> Result<(), IntakeError> {
    SeparatedRows::of(source, None)?.walk(&mut |line, row| {
        let mut cells = in_writing(row);
        cells.resize(20, String::new());
        each(line, &cells);
        ControlFlow::Continue(())
    })
}

/// Walks the rows of a table with a header, giving only the named columns, in that order.
pub(super) fn walk_named(
    source: &Source<'_>,
    names: &[&str],
    each: &mut dyn FnMut(u32, &[MadeCell]),
) -> Result<(), IntakeError> {
    let rows: Box<dyn Rows + '_> = if source.bytes.starts_with(b"PAR1") {
        Box::new(TypedRows::of(source)?)
    } else {
        Box::new(SeparatedRows::of(source, None)?)
    };
    let mut places: Option<Vec<usize>> = None;
    rows.walk(&mut |line, row| {
        if let Some(places) = &places {
            let cells: Vec<MadeCell> = places.iter().map(|&at| MadeCell::of(row.cell(at))).collect();
            each(line, &cells);
        } else {
            let header: Vec<String> = in_writing(row).iter().map(|cell| squashed(cell)).collect();
            let place = |name: &&str| header.iter().position(|own| *own == squashed(name)).unwrap_or(usize::MAX);
            places = Some(names.iter().map(place).collect());
        }
        ControlFlow::Continue(())
    })
}
