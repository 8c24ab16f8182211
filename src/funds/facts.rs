//! How facts are taken in: checked, kept unless a younger one stands, and noted in the audit. What a fact leaves out stays as it
//! was.

use serde_json::json;

use super::AHEAD_SEC;
use crate::app::App;
use crate::domain::balance::{Balance, Entry, InvalidEntry, Taken, ToldStanding, ToldTopup};
use crate::domain::ids::BalanceName;
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::project::Project;
use crate::store::StoreError;
use crate::store::balances::{AddedEntries, NewBalance};

/// Why a fact isn't taken.
#[derive(Debug, thiserror::Error)]
pub enum FactError {
    #[error("{at} lies in the future; a fact is told when it is true")]
    InFuture { at: Instant },
    #[error("a credit limit is how far below zero the balance may go: write it without a sign")]
    NegativeLimit,
    #[error("an automatic top-up brings more than nothing, and runs below a sum that isn't negative")]
    Topup,
    #[error("`{0}` isn't a currency: three letters of ISO 4217, such as EUR")]
    Currency(String),
    #[error(
        "{name} is in {stands} and this is in {told}: what moved a balance and its limits are in its currency, so it keeps that; \
         leave the currency out, or tell a balance of another name"
    )]
    OtherCurrency { name: BalanceName, stands: String, told: String },
    #[error("{MOST_BALANCES} balances of a project are known already; `{name}` would be one more than there may be")]
    TooManyBalances { name: BalanceName },
    #[error("entry `{id}`: {why}")]
    Entry { id: String, why: InvalidEntry },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A project has so many balances at most: each may warn people.
const MOST_BALANCES: usize = 50;

/// The currency of a fact that names none: the balance's own, or the project's where nobody has told of it yet.
pub async fn currency_of(app: &App, project: &Project, name: &BalanceName) -> Result<String, StoreError> {
    let stands = app.store.read().await?.balances(Some(project.key), Some(name)).await?.pop();
    Ok(stands.map_or_else(|| project.currency.clone(), |stored| stored.balance.currency))
}

/// Keeps a balance as it was told.
pub async fn set_balance(app: &App, project: &Project, new: &NewBalance, actor: &str) -> Result<Taken, FactError> {
    let now = app.clock.now();
    check_time(new.as_of, now)?;
    new.credit_limit.map_or(Ok(()), check_limit)?;
    check_currency(&new.currency)?;
    check_topup(new.auto_topup)?;
    let mut session = app.store.write().await?;
    let known = session.balances(Some(project.key), None).await?;
    let stands = known.iter().map(|stored| &stored.balance).find(|balance| balance.name == new.name);
    if stands.is_none() && known.len() >= MOST_BALANCES {
        return Err(FactError::TooManyBalances { name: new.name.clone() });
    }
    let other = stands.filter(|stands| stands.currency != new.currency && new.as_of >= stands.as_of);
    if let Some(stands) = other
        && (keeps_sums(stands, new) || session.has_entries(project.key, &new.name).await?)
    {
        let (name, told) = (new.name.clone(), new.currency.clone());
        return Err(FactError::OtherCurrency { name, stands: stands.currency.clone(), told });
    }
    let zone = app.zones.get(&project.zone).ok();
    let is_news = |_, before, after| zone.as_ref().is_none_or(|zone| zone.date(before) != zone.date(after));
    let told = [(project.key, new.clone())];
    let taken = session.set_balances(&told, is_news, now).await?.pop().unwrap_or(Taken::Same);
    if taken == Taken::Now {
        let mut detail = json!({
            "amount": new.amount, "currency": new.currency, "credit_limit": new.credit_limit, "as_of": new.as_of.to_string(),
        });
        match new.auto_topup {
            ToldTopup::AsItWas => {}
            ToldTopup::Off => detail["auto_topup"] = json!(null),
            ToldTopup::On(topup) => detail["auto_topup"] = json!(topup),
        }
        session.audit(now, actor, "balance_set", &format!("{}/{}", project.id, new.name), &detail).await?;
    }
    session.commit().await?;
    Ok(taken)
}

/// Whether a sum of the balance that stands would be read in the other currency.
fn keeps_sums(stands: &Balance, new: &NewBalance) -> bool {
    let keeps_credit = new.credit_limit.is_none() && stands.credit_limit.is_positive();
    keeps_credit || (new.auto_topup == ToldTopup::AsItWas && stands.auto_topup.is_some())
}

/// Adds what moved a balance; what was told before changes nothing.
pub async fn add_entries(
    app: &App,
    project: &Project,
    balance: &BalanceName,
    entries: &[Entry],
    actor: &str,
) -> Result<AddedEntries, FactError> {
    for entry in entries {
        entry.check().map_err(|why| FactError::Entry { id: entry.id.clone(), why })?;
    }
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let list: Vec<_> = entries.iter().map(|entry| (project.key, balance, entry)).collect();
    let added = session.add_entries(&list, now).await?;
    if added.new > 0 {
        let detail = json!({ "new": added.new, "known": added.known, "different": added.different });
        session.audit(now, actor, "balance_entries", &format!("{}/{balance}", project.id), &detail).await?;
    }
    session.commit().await?;
    Ok(added)
}

/// Keeps how a project stands.
pub async fn set_standing(
    app: &App,
    project: &Project,
    new: impl Into<ToldStanding>,
    actor: &str,
) -> Result<Taken, FactError> {
    let told: ToldStanding = new.into();
    let now = app.clock.now();
    check_time(told.as_of, now)?;
    let mut session = app.store.write().await?;
    let new = told.over(session.standings(Some(project.key)).await?.pop().map(|stored| stored.standing));
    let taken = session.set_standings(&[(project.key, new)], now).await?.pop().unwrap_or(Taken::Same);
    if taken == Taken::Now {
        let detail = json!({ "status": new.status, "paid_until": new.paid_until, "as_of": new.as_of.to_string() });
        session.audit(now, actor, "standing_set", project.id.as_str(), &detail).await?;
    }
    session.commit().await?;
    Ok(taken)
}

/// An automatic top-up is one that can run.
pub fn check_topup(told: ToldTopup) -> Result<(), FactError> {
    match told {
        ToldTopup::On(topup) if topup.below.is_negative() || !topup.amount.is_positive() => Err(FactError::Topup),
        _ => Ok(()),
    }
}

/// A credit limit has no sign.
pub fn check_limit(limit: Amount) -> Result<(), FactError> {
    if limit.is_negative() { Err(FactError::NegativeLimit) } else { Ok(()) }
}

/// A currency is one of ISO 4217.
pub fn check_currency(code: &str) -> Result<(), FactError> {
    let known = iso_currency::Currency::from_code(code);
    known.map(|_| ()).ok_or_else(|| FactError::Currency(code.to_owned()))
}

/// A fact from the future would keep every true one out until then.
pub fn check_time(at: Instant, now: Instant) -> Result<(), FactError> {
    if at > now.plus_seconds(AHEAD_SEC) { Err(FactError::InFuture { at }) } else { Ok(()) }
}
