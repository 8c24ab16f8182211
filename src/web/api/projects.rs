//! `/v1/projects/{id}` and `/v1/apply`: the project itself and what belongs to it, by the same way as the command `apply`. A
//! project is read as the document that makes it, with a mark (ETag) by which an edit can be bound to what was read.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::problem::{Problem, Wrong, shortened};
use super::{Answer, Api, project_of, text};
use crate::access::Caller;
use crate::apply::{self, ApplyError, Plan, Request};
use crate::config::problem::{Problems, Source};
use crate::config::setup::{self, Form, Input};
use crate::domain::access::Scope;
use crate::domain::hex::hex;
use crate::domain::ids::ProjectId;
use crate::domain::project::Project;

/// What a body is called where something in it is wrong.
const BODY: &str = "body";

/// The project as the document that makes it.
pub(super) async fn get(
    Extension(caller): Extension<Caller>,
    Path(project): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Manage)?;
    let mark = mark(&project);
    if names(&headers, &header::IF_NONE_MATCH).is_some_and(|marks| fits(&marks, Some(&mark))) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, value(&mark)?)]).into_response());
    }
    Ok(([(header::ETAG, value(&mark)?)], Json(setup::written::project(&project))).into_response())
}

/// Makes the project what the body says as a whole.
pub(super) async fn put(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(project): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Manage)?;
    let dry_run = dry_run(query.as_deref())?;
    let body = of_project(&text(&headers, body)?, &project.id)?;
    let inputs = [input(&body, Form::Json, &project.id)];
    changed(&api, &caller, &project, Wish { inputs: &inputs, dry_run, retire: false, headers: &headers }).await
}

/// Retires the project with its own schedules. Its calls and what was sent stay.
pub(super) async fn delete(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(project): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Manage)?;
    let dry_run = dry_run(query.as_deref())?;
    changed(&api, &caller, &project, Wish { inputs: &[], dry_run, retire: true, headers: &headers }).await
}

/// Applies a document of several entries, all of the token's project.
pub(super) async fn apply(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let own = caller.project.as_ref().map_or("", |project| project.id.as_str()).to_owned();
    let project = project_of(&caller, &own, Scope::Manage)?;
    let dry_run = dry_run(query.as_deref())?;
    let body = text(&headers, body)?;
    let inputs = [input(&body, Form::Json, &project.id)];
    changed(&api, &caller, &project, Wish { inputs: &inputs, dry_run, retire: false, headers: &headers }).await
}

struct Wish<'a> {
    inputs: &'a [Input],
    dry_run: bool,
    retire: bool,
    headers: &'a HeaderMap,
}

async fn changed(api: &Api, caller: &Caller, project: &Project, wish: Wish<'_>) -> Answer {
    let Wish { inputs, dry_run, retire, headers } = wish;
    let app = &api.app;
    let (matches, none) = (names(headers, &header::IF_MATCH), names(headers, &header::IF_NONE_MATCH));
    let is_expected = |stands: Option<&Project>| {
        let mark = stands.map(mark);
        matches.as_ref().is_none_or(|marks| fits(marks, mark.as_deref()))
            && none.as_ref().is_none_or(|marks| !fits(marks, mark.as_deref()))
    };
    let (actor, subject) = (caller.actor(), keeper(&project.id));
    let request = Request {
        dry_run,
        has_operations: !app.settings.operations.email.is_empty(),
        channels: &app.settings.channels,
        only: Some(&project.id),
        retire: retire.then_some(&project.id),
        if_stands: Some(&is_expected),
        ..Request::new(inputs, &subject, &actor, app.clock.now())
    };
    let mut notes = Vec::new();
    let show = |_: &Plan, warnings: &Problems| {
        notes = warnings.told().into_iter().map(|told| sentence(&told.title, told.help.as_deref())).collect();
    };
    let body = inputs.first().map_or("", |input| &input.source.text);
    let applied = apply::apply(&app.store, &app.zones, &request, show).await;
    let plan = applied.map_err(|error| problem(error, body, retire))?;
    let mut answer = plan.as_json();
    answer["dry_run"] = json!(dry_run);
    answer["notes"] = json!(notes);
    let stands = app.store.project(&project.id).await.map_err(Problem::from_store)?;
    let mut response = Json(answer).into_response();
    if let Some(stands) = stands {
        response.headers_mut().insert(header::ETAG, value(&mark(&stands))?);
    }
    Ok(response)
}

/// The name under which what comes by the interface is kept.
fn keeper(project: &ProjectId) -> String {
    format!("/v1/projects/{project}")
}

fn input(body: &str, form: Form, project: &ProjectId) -> Input {
    Input { source: Source::sent(BODY, body), form, keeper: keeper(project) }
}

/// The body with its project's id, which the address names already.
fn of_project(body: &str, project: &ProjectId) -> Result<String, Problem> {
    let read: Value = serde_json::from_str(body).map_err(|error| not_json(&error.to_string()))?;
    let wrong = |field: &str, value: Option<String>, why: String| {
        Problem::wrong(vec![Wrong { field: field.to_owned(), value, why }])
    };
    let Some(fields) = read.as_object() else {
        return Err(wrong("", None, "write an object with the keys of a [[project]]".to_owned()));
    };
    match fields.get("id") {
        Some(id) if *id == project.as_str() => Ok(body.to_owned()),
        Some(id) => {
            let why = format!("this address is of the project `{project}`; an id never changes");
            Err(wrong("id", Some(shortened(&id.to_string())), why))
        }
        None => {
            let rest = body.trim_start().strip_prefix('{').unwrap_or_default();
            let comma = if fields.is_empty() { "" } else { "," };
            Ok(format!("{{\"id\":\"{project}\"{comma}{rest}"))
        }
    }
}

fn not_json(why: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "not_json", format!("the body can't be read as JSON: {why}"))
}

/// `?dry_run`, `?dry_run=true`; any other word is refused, lest a slip writes what was only to be looked at.
fn dry_run(query: Option<&str>) -> Result<bool, Problem> {
    let mut asked = false;
    for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        let wrong = |why: &str| {
            let value = Some(shortened(&value));
            Problem::wrong(vec![Wrong { field: format!("?{}", shortened(&name)), value, why: why.to_owned() }])
        };
        match (&*name, &*value) {
            ("dry_run", "" | "true" | "1") => asked = true,
            ("dry_run", "false" | "0") => asked = false,
            ("dry_run", _) => return Err(wrong("write `dry_run`, `dry_run=true` or `dry_run=false`")),
            _ => return Err(wrong("there is no such parameter; `dry_run` is one")),
        }
    }
    Ok(asked)
}

fn problem(error: ApplyError, body: &str, retire: bool) -> Problem {
    match error {
        ApplyError::Store(error) => Problem::from_store(error),
        ApplyError::Foreign(id) => Problem::not_found(format!("there is no project `{id}` that this token opens")),
        ApplyError::Changed => Problem::new(
            StatusCode::PRECONDITION_FAILED,
            "changed",
            "the project isn't what If-Match or If-None-Match says; read it again, and nothing was changed",
        ),
        ApplyError::Problems(_) if retire => Problem::new(
            StatusCode::CONFLICT,
            "in_use",
            "schedules over several projects name it; whoever runs Callbrief changes those first",
        ),
        ApplyError::Problems(problems) => {
            let told: Vec<_> = problems.told().into_iter().filter(|told| told.is_error).collect();
            if let Some(unread) = told.iter().find(|told| crate::config::problem::is_unreadable(&told.title)) {
                return not_json(&unread.title);
            }
            let wrong = told.into_iter().map(|told| Wrong {
                field: told.at.map(|at| setup::field_at(body, at)).unwrap_or_default(),
                value: told.written.as_deref().map(shortened),
                why: sentence(&told.title, told.help.as_deref()),
            });
            Problem::wrong(wrong.collect())
        }
    }
}

fn sentence(title: &str, help: Option<&str>) -> String {
    help.map_or_else(|| title.to_owned(), |help| format!("{title}; {help}"))
}

/// What the project is, in a few digits: other digits, other keys.
fn mark(project: &Project) -> String {
    let document = setup::written::project(project).to_string();
    format!("\"{}\"", hex(&Sha256::digest(document.as_bytes())[..12]))
}

fn value(mark: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(mark).map_err(|error| Problem::from_error(error.into()))
}

/// The marks that a header names; `None`: it isn't there.
fn names(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<String>> {
    let all: Vec<String> = headers
        .get_all(name)
        .iter()
        .flat_map(|value| String::from_utf8_lossy(value.as_bytes()).split(',').map(str::to_owned).collect::<Vec<_>>())
        .map(|mark| mark.trim().trim_start_matches("W/").to_owned())
        .collect();
    (!all.is_empty()).then_some(all)
}

fn fits(marks: &[String], stands: Option<&str>) -> bool {
    stands.is_some_and(|stands| marks.iter().any(|mark| mark == "*" || mark == stands))
}
