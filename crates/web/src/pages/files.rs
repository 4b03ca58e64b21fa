//! Scripts, styles and the basemap, kept by browsers for ever under an address that changes with their content; and
//! the answers that are files to keep.

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use spelplan_app::access::Entry;
use spelplan_app::{App, Table};
use spelplan_facts::Text;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;

pub(crate) fn routes() -> Doors {
    Doors::new().get("/assets/{version}/{name}", Entry::Anybody, asset)
}

async fn asset(Path((_, name)): Path<(String, String)>, headers: HeaderMap) -> Result<Response, Failure> {
    let takes = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes_brotli = takes.split(',').any(|one| one.trim().split(';').next() == Some("br"));
    let asset = spelplan_assets::asset(&name, takes_brotli).ok_or_else(Failure::not_found)?;
    let mut response = asset.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.media));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if asset.packed {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Ok(response)
}

/// How a table leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Comma separated.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// How its name ends.
    fn ending(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Xlsx => "xlsx",
        }
    }
}

/// A report's table as a file to keep; the log says who took it.
pub(crate) async fn kept(app: &App, visitor: &Visitor, table: &Table, form: Form) -> Result<Response, Failure> {
    app.exported(&visitor.actor, &format!("{}.{}", table.name, form.ending())).await?;
    match form {
        Form::Csv => Ok(file(table.csv(), "text/csv; charset=utf-8", &format!("{}.csv", table.name))),
        Form::Xlsx => {
            let bytes = table.xlsx(visitor.t.0).map_err(|error| {
                tracing::error!(code = "W501", "a workbook could not be written: {error}");
                Failure::of(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "W501", UNWRITTEN)
            })?;
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Ok(file(bytes, media, &format!("{}.xlsx", table.name)))
        }
    }
}

const UNWRITTEN: Text = Text {
    sv: "Arbetsboken kunde inte skrivas: Excel rymmer högst 1 048 576 rader. Hämta CSV i stället",
    en: "The workbook could not be written: Excel holds at most 1,048,576 rows. Take the CSV instead",
};

/// Bytes to keep under that name.
pub(crate) fn file(bytes: Vec<u8>, media: &'static str, name: &str) -> Response {
    let mut response = bytes.into_response();
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{safe}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}
