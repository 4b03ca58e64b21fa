//! Turns templates into answers.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use crate::failure::Failure;

/// A page or a part of one, rendered.
pub(crate) fn page(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}
