//! For readers of mails: stopping a report. A GET only ever shows a page, because mail scanners follow links; the POST
//! acts, without login and without a redirect (RFC 8058), and again is the same as once.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::{api, hooks};
use crate::app::App;
use crate::i18n::{Value, Words};
use crate::notify::stop::{self, Subject};
use crate::report::render::{self, Page};

/// Longer than any body that a mail program sends for one click.
const BODY_LIMIT: usize = 16 * 1024;

/// From the end of a request's head to the end of its answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// Sent with every answer: nothing may be loaded, framed, sniffed, kept or indexed.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("x-robots-tag", "noindex"),
];

/// The pages of the public listener.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/stop/{token}", get(ask).post(act))
        .fallback(|| async { (StatusCode::NOT_FOUND, "not found\n") })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(guard))
        .with_state(app.clone())
        .merge(hooks::router(app.clone()).layer(middleware::from_fn(guard)))
        .merge(api::router(app).layer(middleware::from_fn(guard)))
}

/// Bounds an answer in time, and puts the strict headers on it.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let mut response = match tokio::time::timeout(ANSWER_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

async fn ask(State(app): State<App>, Path(token): Path<String>) -> Response {
    match stop::subject(&app, &token).await {
        Ok(Some(subject)) if subject.is_stopped => done(&subject),
        Ok(Some(subject)) => page("ask", StatusCode::OK, Some(&subject), true),
        Ok(None) => page("unknown", StatusCode::NOT_FOUND, None, false),
        Err(error) => later(&error),
    }
}

/// The body is read, and bounded, but what it says doesn't matter: the address of the request is the whole request.
async fn act(State(app): State<App>, Path(token): Path<String>, _body: Bytes) -> Response {
    match stop::stop(&app, &token).await {
        Ok(Some(subject)) => done(&subject),
        Ok(None) => page("unknown", StatusCode::NOT_FOUND, None, false),
        Err(error) => later(&error),
    }
}

fn done(subject: &Subject) -> Response {
    page("done", StatusCode::OK, Some(subject), false)
}

fn later(error: &anyhow::Error) -> Response {
    tracing::error!("a stop page couldn't be answered: {error:#}");
    page("later", StatusCode::SERVICE_UNAVAILABLE, None, false)
}

fn page(which: &str, status: StatusCode, subject: Option<&Subject>, with_button: bool) -> Response {
    let words = Words::of(subject.map_or("en", |subject| subject.language.as_str()));
    let field = |of: fn(&Subject) -> &str| subject.map_or("", of);
    let values = [
        ("address", Value::from(field(|subject| &subject.masked_address))),
        ("report", Value::from(field(|subject| &subject.report))),
        ("project", Value::from(field(|subject| &subject.project_name))),
    ];
    let say = |part: &str| words.say(&format!("stop-{which}-{part}"), &values);
    let page = Page {
        language: words.language().to_owned(),
        direction: words.direction(),
        title: say("title"),
        sentence: say("sentence"),
        button: with_button.then(|| say("button")),
        note: say("note"),
        brand: subject.map(|subject| Arc::new(subject.brand.clone())).unwrap_or_default(),
    };
    match render::page(&page) {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!("a page can't be drawn: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
