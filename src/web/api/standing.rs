//! `/v1/projects/{id}/standing`: how the project stands with whoever serves it.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use serde_json::json;

use super::problem::Problem;
use super::{Answer, Api, json, project_of, read, text};
use crate::access::Caller;
use crate::domain::access::Scope;
use crate::domain::balance::{Standing, Status, Taken, ToldDay, ToldStanding};
use crate::domain::day;
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::funds;
use crate::zones::Zone;

const FIELDS: [&str; 3] = ["status", "paid_until", "as_of"];

/// How it stands.
pub(super) async fn get(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(project): Path<String>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Balance)?;
    json(&shown(&project, &stands(&api, &project).await?))
}

/// Tells how it stands.
pub(super) async fn put(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(project): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Balance)?;
    let body = text(&headers, body)?;
    let zone = api.app.zones.get(&project.zone).map_err(|error| Problem::from_error(error.into()))?;
    let new = read_standing(&body, &zone, api.app.clock.now())?;
    let taken = funds::set_standing(&api.app, &project, new, &caller.actor()).await;
    let taken = taken.map_err(Problem::from_fact)?;
    let standing = stands(&api, &project).await?;
    let mut stands = shown(&project, &standing);
    match taken {
        Taken::Now | Taken::Fresh => stands["taken"] = json!("now"),
        Taken::Same => stands["taken"] = json!("before"),
        Taken::Older { than } => return Err(Problem::older(new.as_of, than, stands)),
    }
    if let Some(note) = standing.note() {
        stands["notes"] = json!([note]);
    }
    json(&stands)
}

pub(super) fn read_standing(body: &str, zone: &Zone, now: Instant) -> Result<ToldStanding, Problem> {
    let mut fields = read::object(body, &FIELDS)?;
    let status = fields.needed("status", |text| {
        let words = || Status::ALL.map(Status::name).join(", ");
        Status::parse(text).ok_or_else(|| format!("a project is told to be {}", words()))
    });
    let as_of = fields.needed("as_of", |text| {
        let at = funds::read_time(text, zone)?;
        funds::check_time(at, now).map(|()| at).map_err(|error| error.to_string())
    });
    let paid_until = fields.optional("paid_until", |text| {
        day::read(text).map_err(|why| format!("this is the last paid day, in the project's zone: {why}"))
    });
    let paid_until = match paid_until {
        Some(day) => ToldDay::Until(day),
        None if fields.is_null("paid_until") => ToldDay::Never,
        None => ToldDay::AsItWas,
    };
    fields.done(status.zip(as_of).map(|(status, as_of)| ToldStanding { status, paid_until, as_of }))
}

async fn stands(api: &Api, project: &Project) -> Result<Standing, Problem> {
    let mut session = api.app.store.read().await.map_err(Problem::from_store)?;
    let found = session.standings(Some(project.key)).await.map_err(Problem::from_store)?.pop();
    let missing = || Problem::not_found(format!("nobody has said yet how {} stands", project.id));
    found.map(|stored| stored.standing).ok_or_else(missing)
}

/// How it stands as it is answered.
fn shown(project: &Project, standing: &Standing) -> serde_json::Value {
    json!({
        "project": project.id, "status": standing.status, "paid_until": standing.paid_until,
        "as_of": standing.as_of.to_string(),
    })
}
