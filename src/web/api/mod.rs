//! `/v1`: what other programs tell and ask, one project a token. Every call is asked for its token first, is counted by
//! route and status, carries a request id, and fails with a problem (RFC 9457) that names everything that is wrong.
//!
//! To add a resource: a file with its handlers, a route here, its part in `config/guide/api.md`.

mod balances;
mod description;
mod entries;
#[cfg(any(test, fuzzing))]
pub(super) mod fuzzed;
mod problem;
mod projects;
mod read;
mod standing;
mod test_alerts;
mod turns;

use std::sync::Arc;
use std::time::Instant as Stopwatch;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, delete, get, post};
use axum::{Json, Router};

use self::problem::Problem;
use self::turns::{Turns, UnderWay};
use crate::access::{self, Caller};
use crate::app::App;
use crate::domain::access::Scope;
use crate::domain::project::Project;

/// Bytes of a request's body.
const BODY_LIMIT: usize = 1024 * 1024;

/// What the handlers share.
#[derive(Clone)]
struct Api {
    app: App,
    turns: Arc<Turns>,
}

type Answer = Result<Response, Problem>;

/// The routes, with all that surrounds them.
pub(super) fn router(app: App) -> Router {
    let api = Api { app, turns: Arc::default() };
    Router::new()
        .route("/v1/projects/{project}", get(projects::get).put(projects::put).delete(projects::delete))
        .route("/v1/apply", post(projects::apply))
        .route("/v1/projects/{project}/balances", get(balances::list))
        .route("/v1/projects/{project}/balances/{name}", get(balances::get).put(balances::put))
        .route("/v1/projects/{project}/balances/{name}/entries", get(entries::list).post(entries::add))
        .route("/v1/projects/{project}/balances/{name}/entries/{entry}", delete(entries::withdraw))
        .route("/v1/projects/{project}/standing", get(standing::get).put(standing::put))
        .route("/v1/test-alerts", post(test_alerts::ask))
        .route("/v1/test-alerts/{reference}", get(test_alerts::get))
        .route("/v1", any(unknown))
        .route("/v1/{*rest}", any(unknown))
        .method_not_allowed_fallback(other_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(api.clone(), around))
        .route("/v1/openapi.json", get(description::get))
        .with_state(api)
}

async fn unknown() -> Problem {
    Problem::not_found("nothing is here; config/guide/api.md of the program names every address")
}

async fn other_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "this address takes other methods, which the header Allow names",
    )
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Around every call: its id, its token, its turn; and what became of it, counted and logged without anything that is
/// secret or anybody's.
async fn around(State(api): State<Api>, mut request: Request, next: Next) -> Response {
    let begun = Stopwatch::now();
    let id = request_id(request.headers());
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let route = if route.contains('*') || route == "/v1" { "other".to_owned() } else { route };
    let method = method_name(request.method());
    let mut token = String::new();
    let mut response = match let_in(&api, request.headers()).await {
        Ok((caller, _under_way)) => {
            token = caller.id.to_string();
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = problem.rendered(&id, response.headers());
    }
    let status = response.status();
    api.app.telemetry.metrics.count_request(&route, method, status.as_u16(), begun.elapsed().as_secs_f64());
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    if status.is_success() {
        tracing::debug!(
            request.id = id,
            token,
            route,
            method,
            status = status.as_u16(),
            took_ms,
            "a call was answered"
        );
    } else if !status.is_server_error() {
        tracing::info!(request.id = id, token, route, method, status = status.as_u16(), took_ms, "a call was refused");
    } else {
        tracing::warn!(request.id = id, token, route, method, status = status.as_u16(), took_ms, "a call failed");
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Methods are a label of metrics, so there must be an end to them.
fn method_name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "PUT" => "PUT",
        "POST" => "POST",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

const LONGEST_REQUEST_ID: usize = 64;

/// The caller's or the proxy's own, where it is short and plain; else one that nobody had.
fn request_id(headers: &HeaderMap) -> String {
    let is_plain = |text: &&str| {
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        !text.is_empty() && text.len() <= LONGEST_REQUEST_ID && text.bytes().all(fits)
    };
    let brought = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(is_plain);
    brought.map_or_else(|| crate::notify::secret::random_hex(8), str::to_owned)
}

async fn let_in(api: &Api, headers: &HeaderMap) -> Result<(Caller, UnderWay), Problem> {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let caller = access::caller(&api.app, header).await.map_err(Problem::from_store)?;
    let caller = caller.map_err(Problem::denied)?;
    api.turns.take(caller.id.as_str(), turns::CALLS, api.app.clock.now()).map_err(Problem::too_many)?;
    let under_way = api.turns.begin(caller.id.as_str()).ok_or_else(|| Problem::too_many(1))?;
    Ok((caller, under_way))
}

/// The caller's project, when it is the one of the address and the token's scope suffices. A project of somebody else's
/// looks like one that isn't there.
fn project_of(caller: &Caller, id: &str, needs: Scope) -> Result<Project, Problem> {
    let project = caller.project.as_ref().filter(|project| project.id.as_str() == id);
    let project = project.ok_or_else(|| {
        Problem::not_found(format!("there is no project `{}` that this token opens", problem::shortened(id)))
    })?;
    needs_scope(caller, needs)?;
    Ok(project.clone())
}

fn needs_scope(caller: &Caller, needs: Scope) -> Result<(), Problem> {
    if caller.scope.covers(needs) { Ok(()) } else { Err(Problem::scope(caller.scope, needs)) }
}

/// The body's text: JSON is UTF-8, and says that it is JSON.
fn text(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<String, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence != "application/json" && !(essence.starts_with("application/") && essence.ends_with("+json")) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content_type",
            "send JSON, with the header Content-Type: application/json",
        ));
    }
    let is_packed = |value: &HeaderValue| !value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity");
    if headers.get_all(header::CONTENT_ENCODING).iter().any(is_packed) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content_encoding",
            "send the body as it is: nothing here unpacks it, so leave the header Content-Encoding out",
        ));
    }
    let body = body.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                format!("a body has at most {BODY_LIMIT} bytes; send a long list in pieces"),
            );
        }
        Problem::new(StatusCode::BAD_REQUEST, "unread", "the body broke off")
    })?;
    String::from_utf8(body.to_vec())
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "not_json", "the body isn't UTF-8, which JSON always is"))
}

fn json(value: &serde_json::Value) -> Answer {
    Ok(Json(value).into_response())
}
