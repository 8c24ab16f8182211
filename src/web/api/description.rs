//! `/v1/openapi.json`: the whole interface as OpenAPI 3.1 describes one. It holds nothing of anybody's, so it needs no token.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The description, as it stands in `config/openapi.json`.
pub(super) const DESCRIPTION: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/openapi.json"));

pub(super) async fn get() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION).into_response()
}
