//! What is answered when a call can't be: `application/problem+json` (RFC 9457) with a named reason, and of a body
//! everything that is wrong at once, each with its field, its value and what to do.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

use crate::access::Denied;
use crate::domain::access::Scope;
use crate::domain::instant::Instant;
use crate::funds::FactError;
use crate::store::StoreError;

/// One thing that is wrong with a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Wrong {
    /// `amount`, or in a list `[3].amount`; empty: the body itself.
    pub(super) field: String,
    /// As it was sent, shortened; null where there is none.
    pub(super) value: Option<String>,
    /// What is wrong, and what to write.
    pub(super) why: String,
}

/// Why a call isn't answered as it was meant.
#[derive(Clone, Debug)]
pub(super) struct Problem(Box<Told>);

#[derive(Clone, Debug)]
struct Told {
    status: StatusCode,
    /// The reason's name, which programs go by.
    reason: &'static str,
    detail: String,
    wrong: Vec<Wrong>,
    /// What stands instead, of a fact that isn't taken.
    stands: Option<serde_json::Value>,
    headers: Vec<(header::HeaderName, HeaderValue)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, reason: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self(Box::new(Told { status, reason, detail, wrong: Vec::new(), stands: None, headers: Vec::new() }))
    }

    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    /// What is wrong with a body that could be read as JSON.
    pub(super) fn wrong(wrong: Vec<Wrong>) -> Self {
        let detail = match wrong.len() {
            1 => "one thing is wrong, and nothing was taken".to_owned(),
            count => format!("{count} things are wrong, and nothing was taken"),
        };
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail);
        problem.0.wrong = wrong;
        problem.0.wrong.truncate(MOST_WRONG);
        problem
    }

    /// A younger fact stands.
    pub(super) fn older(told: Instant, stands: Instant, now: serde_json::Value) -> Self {
        let detail = format!(
            "not taken: what stands was true at {stands}, which is later than {told}; sending this again changes nothing"
        );
        let mut problem = Self::new(StatusCode::CONFLICT, "older_fact", detail);
        problem.0.stands = Some(now);
        problem
    }

    pub(super) fn denied(denied: Denied) -> Self {
        let (reason, detail, error) = match denied {
            Denied::NoToken => ("no_token", "send a token: `Authorization: Bearer cb_…`".to_owned(), ""),
            Denied::Unknown => ("unknown_token", "this token opens nothing".to_owned(), ", error=\"invalid_token\""),
            Denied::Expired(at) => (
                "expired_token",
                format!("this token's time was up at {at}; make a new one"),
                ", error=\"invalid_token\"",
            ),
            Denied::Revoked(at) => {
                ("revoked_token", format!("this token was revoked at {at}"), ", error=\"invalid_token\"")
            }
        };
        let mut problem = Self::new(StatusCode::UNAUTHORIZED, reason, detail);
        if let Ok(value) = HeaderValue::from_str(&format!("Bearer realm=\"callbrief\"{error}")) {
            problem.0.headers.push((header::WWW_AUTHENTICATE, value));
        }
        problem
    }

    pub(super) fn scope(has: Scope, needs: Scope) -> Self {
        let detail = format!("this token's scope is `{}`, and this needs `{}`", has.name(), needs.name());
        Self::new(StatusCode::FORBIDDEN, "scope", detail)
    }

    /// More calls than a token has turns; the next one comes in so many seconds.
    pub(super) fn too_many(seconds: u64) -> Self {
        let detail = format!("too many calls with this token; the next may come in {seconds} s");
        let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", detail);
        problem.0.headers.push((header::RETRY_AFTER, HeaderValue::from(seconds)));
        problem
    }

    /// A fact that isn't taken as it was told.
    pub(super) fn from_fact(error: FactError) -> Self {
        let reason = match error {
            FactError::Store(error) => return Self::from_store(error),
            FactError::OtherCurrency { .. } => "other_currency",
            FactError::TooManyBalances { .. } => "too_many_balances",
            _ => "invalid",
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, reason, error.to_string())
    }

    pub(super) fn from_store(error: StoreError) -> Self {
        Self::from_error(error.into())
    }

    /// Something of ours failed: it is logged, and the caller may come again.
    pub(super) fn from_error(error: anyhow::Error) -> Self {
        tracing::error!("a call couldn't be answered: {error:#}");
        let mut problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "try_later",
            "this can't be done just now; the same call may work later",
        );
        problem.0.headers.push((header::RETRY_AFTER, HeaderValue::from(LATER_SEC)));
        problem
    }

    /// The answer, which keeps the headers that the framework had put on it.
    pub(super) fn rendered(self, request_id: &str, headers: &HeaderMap) -> Response {
        let told = *self.0;
        let mut body = json!({
            "type": format!("urn:callbrief:problem:{}", told.reason),
            "title": title(told.status, told.reason),
            "status": told.status.as_u16(),
            "reason": told.reason,
            "detail": told.detail,
            "request_id": request_id,
        });
        if !told.wrong.is_empty() {
            body["problems"] = json!(told.wrong);
        }
        if let Some(stands) = told.stands {
            body["stands"] = stands;
        }
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = told.status;
        let of_body = [header::CONTENT_LENGTH, header::CONTENT_TYPE];
        for (name, value) in headers.iter().filter(|(name, _)| !of_body.contains(name)) {
            response.headers_mut().insert(name.clone(), value.clone());
        }
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        for (name, value) in told.headers {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

/// Things that are named of one body; the first ones.
const MOST_WRONG: usize = 100;
const LATER_SEC: u64 = 10;

fn title(status: StatusCode, reason: &str) -> &'static str {
    match status.as_u16() {
        409 if reason == "in_use" => "It is in use",
        412 => "It isn't any more what it was taken for",
        401 => "A token is needed",
        403 => "This token may not do that",
        404 => "There is no such thing",
        405 => "Not by this method",
        409 => "A younger fact stands",
        413 => "Too large",
        415 => "Not JSON",
        422 => "It can't be taken as it is",
        429 => "Too many calls",
        503 => "Not just now",
        _ => "It can't be read",
    }
}

/// The layer around all handlers puts the request's id into it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

const LONGEST_SHOWN: usize = 80;

/// A value for a person's eyes.
pub(super) fn shortened(value: &str) -> String {
    first_of(value, LONGEST_SHOWN)
}

/// The first letters of a text, without control characters.
pub(super) fn first_of(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(most).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}
