//! Turns templates into answers.

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{Html, IntoResponse, Response};

use crate::failure::Failure;
use crate::frame::Visitor;

/// A page or a part of one, rendered.
pub(crate) fn page(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}

/// A page with a secret on it: no cache keeps it.
pub(crate) fn told_once(template: &impl Template) -> Result<Response, Failure> {
    let mut response = page(template)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Tells a script that fetched a part which address says the same in full, without the fields left empty.
pub(crate) fn named(visitor: &Visitor, address: &str, mut response: Response) -> Response {
    if let (true, Ok(value)) = (visitor.by_script, HeaderValue::from_str(address)) {
        response.headers_mut().insert("hx-replace-url", value);
    }
    response
}
