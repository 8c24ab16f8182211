//! `/v1/projects/{id}/balances/{name}/entries`: what moved a balance, and charges that are known to come. An entry is one
//! by its id, so a list that is sent again changes nothing.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, Path, Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::json;

use super::problem::{Problem, Wrong};
use super::read::Fields;
use super::{Answer, Api, balances, json, project_of, read, text};
use crate::access::Caller;
use crate::domain::access::Scope;
use crate::domain::balance::{Entry, EntryKind};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::funds::{self, Names};
use crate::zones::Zone;

const FIELDS: [&str; 5] = ["id", "at", "kind", "amount", "what"];

/// Entries in one call.
const MOST: usize = 5_000;

/// Without `from`: so far back.
const BACK_SEC: i64 = 31 * 86_400;

/// Without `to`: so far ahead, where known charges lie.
const AHEAD_SEC: i64 = 366 * 86_400;

/// Which span is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Span {
    from: Option<String>,
    to: Option<String>,
}

/// Entries by time.
pub(super) async fn list(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path((project, name)): Path<(String, String)>,
    Query(span): Query<Span>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Balance)?;
    let name = balances::name(&name)?;
    let zone = api.app.zones.get(&project.zone).map_err(|error| Problem::from_error(error.into()))?;
    let now = api.app.clock.now();
    let mut wrong = Vec::new();
    let mut bound = |field: &str, text: &Option<String>, usual: Instant| match text {
        None => usual,
        Some(text) => funds::read_time(text, &zone).unwrap_or_else(|why| {
            wrong.push(Wrong { field: field.to_owned(), value: Some(super::problem::shortened(text)), why });
            usual
        }),
    };
    let from = bound("from", &span.from, now.plus_seconds(-BACK_SEC));
    let to = bound("to", &span.to, now.plus_seconds(AHEAD_SEC));
    if !wrong.is_empty() {
        return Err(Problem::wrong(wrong));
    }
    let mut session = api.app.store.read().await.map_err(Problem::from_store)?;
    let found = session.entries(project.key, &name, from, to).await.map_err(Problem::from_store)?;
    let list: Vec<_> = found.iter().take(MOST).map(shown).collect();
    json(&json!({
        "from": from.to_string(), "to": to.to_string(), "entries": list, "is_cut": found.len() > MOST,
    }))
}

/// Adds entries that weren't told before.
pub(super) async fn add(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path((project, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Balance)?;
    let name = balances::name(&name)?;
    let body = text(&headers, body)?;
    let zone = api.app.zones.get(&project.zone).map_err(|error| Problem::from_error(error.into()))?;
    let now = api.app.clock.now();
    let entries = read_entries(&body, &zone, now)?;
    let added = funds::add_entries(&api.app, &project, &name, &entries, &caller.actor()).await;
    let added = added.map_err(Problem::from_fact)?;
    let mut session = api.app.store.read().await.map_err(Problem::from_store)?;
    let names = Names::read(&mut session, &project).await.map_err(Problem::from_store)?;
    let new = names.new_name(&name);
    let mut answer = json!({
        "new": added.new, "known": added.known, "different": added.different, "balance_is_told": new.is_none(),
    });
    if let Some(meant) = new.and_then(|new| new.meant) {
        answer["notes"] = json!([format!("nobody has said yet what `{name}` is; did you mean `{meant}`?")]);
    }
    json(&answer)
}

/// Takes back an entry that was told wrong.
pub(super) async fn withdraw(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path((project, name, entry)): Path<(String, String, String)>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Balance)?;
    let name = balances::name(&name)?;
    let withdrawn = funds::withdraw_entry(&api.app, &project, &name, &entry, &caller.actor()).await;
    let missing = || {
        let entry = super::problem::shortened(&entry);
        Problem::not_found(format!("`{name}` of {} has no entry `{entry}`", project.id))
    };
    let withdrawn = withdrawn.map_err(Problem::from_store)?.ok_or_else(missing)?;
    json(&json!({ "withdrawn": shown(&withdrawn) }))
}

/// An entry as it is answered.
fn shown(entry: &Entry) -> serde_json::Value {
    json!({
        "id": entry.id, "at": entry.at.to_string(), "kind": entry.kind, "amount": entry.amount, "what": entry.what,
    })
}

/// Reads a list of entries, whose times without an offset are of `zone`.
pub(super) fn read_entries(body: &str, zone: &Zone, now: Instant) -> Result<Vec<Entry>, Problem> {
    let (mut entries, mut wrong) = (Vec::new(), Vec::new());
    for mut fields in read::list(body, MOST, &FIELDS)? {
        entries.extend(read_entry(&mut fields, zone, now));
        wrong.extend(fields.into_wrong());
    }
    if wrong.is_empty() { Ok(entries) } else { Err(Problem::wrong(wrong)) }
}

fn read_entry(fields: &mut Fields<'_>, zone: &Zone, now: Instant) -> Option<Entry> {
    let id = fields.needed("id", |text| Ok(text.to_owned()));
    let at = fields.needed("at", |text| funds::read_time(text, zone));
    let kind = fields.needed("kind", |text| {
        let words = || EntryKind::ALL.map(EntryKind::name).join(", ");
        EntryKind::parse(text).ok_or_else(|| format!("the kinds are {}", words()))
    });
    let amount = fields.needed("amount", |text| Amount::parse(text).map_err(|error| error.to_string()));
    let what = fields.optional("what", |text| Ok(text.to_owned())).unwrap_or_default();
    let entry = Entry { id: id?, at: at?, kind: kind?, amount: amount?, what };
    match funds::check_entry(&entry, now) {
        Ok(()) => Some(entry),
        Err(why) => {
            fields.wrong(why.part(), why.to_string());
            None
        }
    }
}
