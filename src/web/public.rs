//! For readers of mails: stopping a report, and (in `paid`) saying that a payment is on its way. A GET only ever shows a page, because mail scanners follow links; the POST
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
use chrono::NaiveDate;

use super::{api, hooks, paid};
use crate::app::App;
use crate::domain::stopping::{Standing, Wish};
use crate::i18n::Words;
use crate::notify::stop::{self, Done, Subject};
use crate::report::render::{self, Offer, Page};
use crate::report::stop_page;

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
        .route("/paid/{token}", get(paid::ask).post(paid::act))
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
        Ok(Some(subject)) => standing(&subject),
        Ok(None) => page("unknown", StatusCode::NOT_FOUND, None, Vec::new()),
        Err(error) => later(&error),
    }
}

/// A mail program's own POST says `List-Unsubscribe=One-Click`, which stops, as whatever isn't understood does.
async fn act(State(app): State<App>, Path(token): Path<String>, body: Bytes) -> Response {
    let wish = wish_of(&body);
    match stop::wish(&app, &token, wish).await {
        Ok(Some(Done::Yes(subject))) if wish == Wish::Undo && subject.standing == Standing::Gets => {
            page("undone", StatusCode::OK, Some(&subject), offers(&subject))
        }
        Ok(Some(Done::Yes(subject))) => standing(&subject),
        Ok(Some(Done::NoSuchDay(subject))) => {
            page("day", StatusCode::UNPROCESSABLE_ENTITY, Some(&subject), offers(&subject))
        }
        Ok(None) => page("unknown", StatusCode::NOT_FOUND, None, Vec::new()),
        Err(error) => later(&error),
    }
}

pub(super) fn wish_of(body: &[u8]) -> Wish {
    let fields: Vec<_> = url::form_urlencoded::parse(body).take(8).collect();
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    match field("do") {
        // A day that can't be read is none that is offered.
        "pause" => Wish::Pause(field("until").parse().unwrap_or(NaiveDate::MIN)),
        "project" => Wish::Project,
        "undo" => Wish::Undo,
        _ => Wish::Stop,
    }
}

/// The page that says how the address stands, and offers what can be done about it.
fn standing(subject: &Subject) -> Response {
    let which = match subject.standing {
        Standing::Gets => "ask",
        Standing::Stopped => "done",
        Standing::Paused(_) => "paused",
        Standing::ProjectStopped => "project",
        Standing::StoppedByOthers => "others",
    };
    page(which, StatusCode::OK, Some(subject), offers(subject))
}

fn offers(subject: &Subject) -> Vec<Offer> {
    let words = Words::of(&subject.language);
    match subject.standing {
        Standing::Gets => stop_page::offers(&words, &subject.project_name, subject.pause_days),
        Standing::Stopped | Standing::Paused(_) | Standing::ProjectStopped => stop_page::undo(&words),
        Standing::StoppedByOthers => Vec::new(),
    }
}

fn later(error: &anyhow::Error) -> Response {
    tracing::error!("a stop page couldn't be answered: {error:#}");
    page("later", StatusCode::SERVICE_UNAVAILABLE, None, Vec::new())
}

fn page(which: &str, status: StatusCode, subject: Option<&Subject>, offers: Vec<Offer>) -> Response {
    let words = Words::of(subject.map_or("en", |subject| subject.language.as_str()));
    let field = |of: fn(&Subject) -> &str| subject.map_or("", of);
    let until = match subject.map(|subject| subject.standing) {
        Some(Standing::Paused(day)) => words.day_month_year(day),
        _ => String::new(),
    };
    let about = stop_page::About {
        address: field(|subject| &subject.masked_address),
        report: field(|subject| &subject.report),
        project: field(|subject| &subject.project_name),
        until: &until,
    };
    let brand = subject.map(|subject| Arc::new(subject.brand.clone())).unwrap_or_default();
    drawn(status, &stop_page::page(&words, which, &about, offers, brand))
}

/// A page as an answer.
pub(super) fn drawn(status: StatusCode, page: &Page) -> Response {
    match render::page(page) {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!("a page can't be drawn: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
