//! What services tell us by themselves: mails that came back, answers to texts. Nobody has a token here; each service proves who
//! it is in its own way, and what isn't proved changes nothing. The words of an answer are for whoever sets it up.

#[cfg(any(test, fuzzing))]
pub(super) mod fuzzed;
mod mail_events;
mod sms_replies;

use std::sync::Arc;
use std::time::Instant as Stopwatch;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::json;

use crate::app::App;
use crate::net::Client;
use crate::notify::back::sns::Certificates;

/// Bytes of a request's body: a message of SNS has at most 256 kB, as text in a text.
const BODY_LIMIT: usize = 600 * 1024;

/// What the handlers share.
#[derive(Clone)]
struct Hooks {
    app: App,
    net: Client,
    certificates: Arc<Certificates>,
}

/// The routes, with all that surrounds them.
pub(super) fn router(app: App) -> Router {
    let hooks = Hooks { net: Client::new(app.settings.net.clone()), app, certificates: Arc::default() };
    Router::new()
        .route("/v1/mail-events", post(mail_events::take))
        .route("/v1/mail-events/{secret}", post(mail_events::take_by_path))
        .route("/v1/sms-replies", post(sms_replies::take))
        .route("/v1/sms-replies/{secret}", post(sms_replies::take_by_path))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(hooks.clone(), around))
        .with_state(hooks)
}

/// Counts and logs each request by its route, whose secret isn't part of it.
async fn around(State(hooks): State<Hooks>, request: Request, next: Next) -> Response {
    let begun = Stopwatch::now();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = if request.method() == "POST" { "POST" } else { "other" };
    let response = next.run(request).await;
    let status = response.status().as_u16();
    hooks.app.telemetry.metrics.count_request(&route, method, status, begun.elapsed().as_secs_f64());
    if response.status().is_success() {
        tracing::debug!(route, status, "a service told something");
    } else {
        tracing::info!(route, status, "what a service told wasn't taken");
    }
    response
}

/// Why something isn't taken.
#[derive(Clone, Debug, PartialEq, Eq)]
enum No {
    /// It can't be read.
    Unreadable(&'static str),
    /// It isn't proved who tells it.
    Unproved(String),
    /// The settings don't know such a service.
    NotSetUp(&'static str),
    /// To be told again in so many seconds.
    Later(u32),
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let (status, why, again) = match self {
            Self::Unreadable(why) => (StatusCode::BAD_REQUEST, why.to_owned(), None),
            Self::Unproved(why) => (StatusCode::UNAUTHORIZED, why, None),
            Self::NotSetUp(why) => (StatusCode::NOT_FOUND, why.to_owned(), None),
            Self::Later(seconds) => (StatusCode::SERVICE_UNAVAILABLE, "tell it again later".to_owned(), Some(seconds)),
        };
        let mut response = (status, axum::Json(json!({ "detail": why }))).into_response();
        if let Some(seconds) = again {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What failed on our side is logged, and told again.
fn failed(error: impl Into<anyhow::Error>) -> No {
    tracing::error!("what a service told couldn't be taken: {:#}", error.into());
    No::Later(60)
}
