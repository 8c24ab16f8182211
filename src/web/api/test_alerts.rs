//! `/v1/test-alerts`: a test over a channel, by the way that every notice takes. It is only written down here; the loops
//! send it, and what became of it is asked by its reference.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde_json::json;

use super::problem::Problem;
use super::{Answer, Api, json, needs_scope, project_of, read, text, turns};
use crate::access::Caller;
use crate::domain::access::Scope;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::ids::ContactId;
use crate::domain::project::Project;
use crate::notify::reference::read_reference;
use crate::notify::test_alert::{self, Asked};
use crate::store::deliveries::StoredDelivery;

const FIELDS: [&str; 3] = ["channel", "to", "project"];

/// Asks for a test.
pub(super) async fn ask(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    needs_scope(&caller, Scope::Manage)?;
    let body = text(&headers, body)?;
    let (project, contact, channel) = read_wish(&api, &caller, &body).await?;
    let turn = format!("test/{}", caller.id.as_str());
    api.turns.take(&turn, turns::TESTS, api.app.clock.now()).map_err(Problem::too_many)?;
    let asked = Asked { contact: &contact, project: &project, channel, actor: &caller.actor() };
    let posted = test_alert::post(&api.app, asked).await.map_err(Problem::from_error)?;
    let mut session = api.app.store.read().await.map_err(Problem::from_store)?;
    let mut deliveries = Vec::new();
    for id in posted {
        deliveries.extend(session.delivery(id).await.map_err(Problem::from_store)?.map(|row| shown(&row)));
    }
    Ok((StatusCode::ACCEPTED, Json(json!({ "deliveries": deliveries }))).into_response())
}

/// What became of one.
pub(super) async fn get(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(text): Path<String>,
) -> Answer {
    needs_scope(&caller, Scope::Manage)?;
    let missing = || Problem::not_found("there is no test of this reference that this token may see");
    let reference = read_reference(&text).ok_or_else(missing)?;
    let project = caller.project.as_ref().ok_or_else(missing)?;
    let found = api.app.store.test_of_project(project.key, &reference).await.map_err(Problem::from_store)?;
    let id = found.ok_or_else(missing)?;
    let mut session = api.app.store.read().await.map_err(Problem::from_store)?;
    let row = session.delivery(id).await.map_err(Problem::from_store)?;
    json(&shown(&row.ok_or_else(missing)?))
}

async fn read_wish(api: &Api, caller: &Caller, body: &str) -> Result<(Project, Contact, ChannelKind), Problem> {
    let mut fields = read::object(body, &FIELDS)?;
    let own = caller.project.as_ref().map_or("", |project| project.id.as_str());
    let named = fields.optional("project", |text| Ok(text.to_owned())).unwrap_or_else(|| own.to_owned());
    let project = project_of(caller, &named, Scope::Manage)?;
    let channel = fields.needed("channel", |text| {
        let words = || ChannelKind::ALL.map(ChannelKind::name).join(", ");
        ChannelKind::parse(text).ok_or_else(|| format!("the channels are {}", words()))
    });
    let id =
        fields.needed("to", |text| ContactId::parse(text).map_err(|error| format!("it is a contact's id: {error}")));
    // A contact of other projects only looks like one that isn't there.
    let mut contacts = api.app.store.contacts_of_project(project.key).await.map_err(Problem::from_store)?.into_iter();
    let contact = contacts.find(|contact| Some(&contact.id) == id.as_ref());
    if id.is_some() && contact.is_none() {
        fields.wrong("to", format!("{} has no contact of this id", project.id));
    }
    let wish = contact.zip(channel);
    if let Some((contact, channel)) = &wish
        && let Some(why) = test_alert::missing_way(&api.app, contact, *channel)
    {
        fields.wrong("channel", why);
    }
    fields.done(wish.map(|(contact, channel)| (project, contact, channel)))
}

/// A test as it is answered: not to which address, which a program needn't know.
fn shown(row: &StoredDelivery) -> serde_json::Value {
    json!({
        "reference": row.reference, "channel": row.channel, "state": row.state, "reason": row.reason,
    })
}
