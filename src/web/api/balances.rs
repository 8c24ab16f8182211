//! `/v1/projects/{id}/balances`: what there is, as it was last told.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use serde_json::json;

use super::problem::Problem;
use super::read::Nested;
use super::{Answer, Api, json, project_of, read, text};
use crate::access::Caller;
use crate::domain::access::Scope;
use crate::domain::balance::{AutoTopup, Balance, Taken, ToldTopup};
use crate::domain::ids::BalanceName;
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::project::Project;
use crate::funds::{self, FactError, Names, ToldBalance};
use crate::zones::Zone;

const FIELDS: [&str; 5] = ["amount", "as_of", "currency", "credit_limit", "auto_topup"];

/// All balances of the project.
pub(super) async fn list(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(project): Path<String>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Balance)?;
    let mut session = api.app.store.read().await.map_err(Problem::from_store)?;
    let balances = session.balances(Some(project.key), None).await.map_err(Problem::from_store)?;
    let list: Vec<_> = balances.iter().map(|stored| shown(&project, &stored.balance)).collect();
    json(&json!(list))
}

/// One balance.
pub(super) async fn get(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path((project, name)): Path<(String, String)>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Balance)?;
    let balance = stands(&api, &project, &self::name(&name)?).await?;
    json(&shown(&project, &balance))
}

/// Tells what a balance is.
pub(super) async fn put(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path((project, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let project = project_of(&caller, &project, Scope::Balance)?;
    let name = self::name(&name)?;
    let body = text(&headers, body)?;
    let zone = api.app.zones.get(&project.zone).map_err(|error| Problem::from_error(error.into()))?;
    let told = read_balance(name.clone(), &body, &zone, api.app.clock.now())?;
    let as_of = told.as_of;
    let mut session = api.app.store.read().await.map_err(Problem::from_store)?;
    let names = Names::read(&mut session, &project).await.map_err(Problem::from_store)?;
    drop(session);
    let taken = funds::set_balance(&api.app, &project, told, &caller.actor()).await;
    let taken = taken.map_err(Problem::from_fact)?;
    let balance = stands(&api, &project, &name).await?;
    let mut stands = shown(&project, &balance);
    match taken {
        Taken::Now | Taken::Fresh => stands["taken"] = json!("now"),
        Taken::Same => stands["taken"] = json!("before"),
        Taken::Older { than } => return Err(Problem::older(as_of, than, stands)),
    }
    if let Some(new) = names.new_name(&name) {
        stands["is_new"] = json!(true);
        stands["notes"] = json!(names.notes(&new, &balance));
    }
    json(&stands)
}

/// Reads a balance of this name, whose times without an offset are of `zone`.
pub(super) fn read_balance(name: BalanceName, body: &str, zone: &Zone, now: Instant) -> Result<ToldBalance, Problem> {
    let mut fields = read::object(body, &FIELDS)?;
    let said = |error: FactError| error.to_string();
    let sum = |text: &str| Amount::parse(text).map_err(|error| error.to_string());
    let amount = fields.needed("amount", sum);
    let as_of = fields.needed("as_of", |text| {
        let at = funds::read_time(text, zone)?;
        funds::check_time(at, now).map(|()| at).map_err(said)
    });
    let currency =
        fields.optional("currency", |text| funds::check_currency(text).map(|()| text.to_owned()).map_err(said));
    let credit_limit = fields.optional("credit_limit", |text| {
        let limit = sum(text)?;
        funds::check_limit(limit).map(|()| limit).map_err(said)
    });
    let auto_topup = fields.nested("auto_topup", &["below", "amount"], |fields| {
        let topup = fields.needed("below", sum).zip(fields.needed("amount", sum));
        topup.map(|(below, amount)| AutoTopup { below, amount })
    });
    let auto_topup = match auto_topup {
        Nested::Absent => Some(ToldTopup::AsItWas),
        Nested::Null => Some(ToldTopup::Off),
        Nested::Is(topup) => Some(ToldTopup::On(topup)),
        Nested::Wrong => None,
    };
    if let Some(Err(error)) = auto_topup.map(funds::check_topup) {
        fields.wrong("auto_topup", said(error));
    }
    let new = amount.zip(as_of).map(|(amount, as_of)| ToldBalance {
        name,
        currency,
        amount,
        credit_limit,
        auto_topup: auto_topup.unwrap_or_default(),
        as_of,
    });
    fields.done(new)
}

/// A balance's name, as a part of the address.
pub(super) fn name(text: &str) -> Result<BalanceName, Problem> {
    BalanceName::parse(text)
        .map_err(|error| Problem::not_found(format!("`{}` names no balance: {error}", super::problem::shortened(text))))
}

async fn stands(api: &Api, project: &Project, name: &BalanceName) -> Result<Balance, Problem> {
    let mut session = api.app.store.read().await.map_err(Problem::from_store)?;
    let found = session.balances(Some(project.key), Some(name)).await.map_err(Problem::from_store)?.pop();
    let missing = || Problem::not_found(format!("nobody has said yet what `{name}` of {} is", project.id));
    found.map(|stored| stored.balance).ok_or_else(missing)
}

/// A balance as it is answered.
fn shown(project: &Project, balance: &Balance) -> serde_json::Value {
    json!({
        "project": project.id, "name": balance.name, "currency": balance.currency, "amount": balance.amount,
        "credit_limit": balance.credit_limit, "as_of": balance.as_of.to_string(), "auto_topup": balance.auto_topup,
    })
}
