//! Turns templates into answers.

use askama::Template;
use axum::http::HeaderValue;
use axum::response::{Html, IntoResponse, Response};

use crate::failure::Failure;
use crate::frame::Visitor;

/// A page or a part of one, rendered.
pub(crate) fn page(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}

/// Tells a script that fetched a part which address says the same in full, without the fields left empty.
pub(crate) fn named(visitor: &Visitor, address: &str, mut response: Response) -> Response {
    if let (true, Ok(value)) = (visitor.by_script, HeaderValue::from_str(address)) {
        response.headers_mut().insert("hx-replace-url", value);
    }
    response
}
