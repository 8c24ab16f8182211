//! How facts are taken in: checked, kept unless a younger one stands, and noted in the audit. What a fact leaves out stays as it
//! was.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use super::AHEAD_SEC;
use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::balance::{Balance, Entry, InvalidEntry, Standing, Taken, ToldStanding, ToldTopup};
use crate::domain::ids::{BalanceName, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::project::Project;
use crate::store::balances::{AddedEntries, NewBalance};
use crate::store::{Session, StoreError};

/// Why a fact isn't taken.
#[derive(Debug, thiserror::Error)]
pub enum FactError {
    #[error("it lies in the future; a fact is told when it is true")]
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

/// A balance as somebody tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldBalance {
    pub name: BalanceName,
    /// ISO 4217; `None`: the balance's own, or the project's where nobody has told of it yet.
    pub currency: Option<String>,
    pub amount: Amount,
    /// `None`: as it was.
    pub credit_limit: Option<Amount>,
    pub auto_topup: ToldTopup,
    pub as_of: Instant,
}

impl From<&NewBalance> for ToldBalance {
    fn from(whole: &NewBalance) -> Self {
        let NewBalance { name, currency, amount, credit_limit, auto_topup, as_of } = whole.clone();
        Self { name, currency: Some(currency), amount, credit_limit, auto_topup, as_of }
    }
}

impl ToldBalance {
    /// What the fact says, whatever stands.
    fn check(&self, now: Instant) -> Result<(), FactError> {
        check_time(self.as_of, now)?;
        self.credit_limit.map_or(Ok(()), check_limit)?;
        self.currency.as_deref().map_or(Ok(()), check_currency)?;
        check_topup(self.auto_topup)
    }

    /// What it comes to where this stands, in a project that usually counts in `usual`.
    fn over(self, stands: Option<&Balance>, usual: &str) -> NewBalance {
        let Self { name, currency, amount, credit_limit, auto_topup, as_of } = self;
        let currency = currency.or_else(|| stands.map(|stands| stands.currency.clone()));
        let currency = currency.unwrap_or_else(|| usual.to_owned());
        NewBalance { name, currency, amount, credit_limit, auto_topup, as_of }
    }
}

/// Where balances are checked that are going to be kept: how many each project has, those that this look adds among them.
#[derive(Debug, Default)]
pub(super) struct Counts(HashMap<ProjectKey, usize>);

impl Counts {
    async fn learn(&mut self, session: &mut Session, projects: BTreeSet<ProjectKey>) -> Result<(), StoreError> {
        let unknown: Vec<ProjectKey> = projects.into_iter().filter(|key| !self.0.contains_key(key)).collect();
        if !unknown.is_empty() {
            self.0.extend(unknown.iter().map(|key| (*key, 0)));
            self.0.extend(session.count_balances(&unknown).await?);
        }
        Ok(())
    }

    fn has_room(&mut self, project: ProjectKey) -> bool {
        let count = self.0.entry(project).or_default();
        *count += 1;
        *count <= MOST_BALANCES
    }
}

/// What told balances come to, or why each isn't taken, in their order: everything that may be asked of one, by whatever way it
/// came. A balance may be named once. `usual` gives a project's currency.
pub(super) async fn checked(
    session: &mut Session,
    told: Vec<(ProjectKey, ToldBalance)>,
    usual: impl Fn(ProjectKey) -> String,
    counts: &mut Counts,
    now: Instant,
) -> Result<Vec<Result<NewBalance, FactError>>, StoreError> {
    let known = session.known_balances(told.iter().map(|(key, told)| (*key, &told.name))).await?;
    let is_new = |(key, told): &&(ProjectKey, ToldBalance)| !known.contains_key(&(*key, told.name.clone()));
    counts.learn(session, told.iter().filter(is_new).map(|(key, _)| *key).collect()).await?;
    let mut checked = Vec::new();
    for (key, told) in told {
        let stands = known.get(&(key, told.name.clone()));
        if let Err(error) = told.check(now) {
            checked.push(Err(error));
            continue;
        }
        if stands.is_none() && !counts.has_room(key) {
            checked.push(Err(FactError::TooManyBalances { name: told.name }));
            continue;
        }
        let new = told.over(stands, &usual(key));
        let other = stands.filter(|stands| stands.currency != new.currency && new.as_of >= stands.as_of);
        checked.push(match other {
            Some(stands) if keeps_sums(stands, &new) || session.has_entries(key, &new.name).await? => {
                Err(FactError::OtherCurrency { name: new.name, stands: stands.currency.clone(), told: new.currency })
            }
            _ => Ok(new),
        });
    }
    Ok(checked)
}

/// What told standings come to, with those that stood.
pub(super) async fn over_what_stands(
    session: &mut Session,
    told: &[(ProjectKey, ToldStanding)],
) -> Result<(Vec<(ProjectKey, Standing)>, HashMap<ProjectKey, Standing>), StoreError> {
    let keys: Vec<ProjectKey> = told.iter().map(|(key, _)| *key).collect();
    let stands = session.known_standings(&keys).await?;
    let new = told.iter().map(|(key, told)| (*key, told.over(stands.get(key).copied()))).collect();
    Ok((new, stands))
}

/// Keeps a balance as it was told.
pub async fn set_balance(
    app: &App,
    project: &Project,
    new: impl Into<ToldBalance>,
    actor: &str,
) -> Result<Taken, FactError> {
    let now = app.clock.now();
    let told = vec![(project.key, new.into())];
    let mut session = app.store.write().await?;
    let usual = |_| project.currency.clone();
    let checked = checked(&mut session, told, usual, &mut Counts::default(), now).await?;
    let Some(new) = checked.into_iter().next().transpose()? else { return Ok(Taken::Same) };
    let zone = app.zones.get(&project.zone).ok();
    let is_news = |_, before, after| zone.as_ref().is_none_or(|zone| zone.date(before) != zone.date(after));
    let told = [(project.key, new)];
    let taken = session.set_balances(&told, is_news, now).await?.pop().unwrap_or(Taken::Same);
    if let ([(_, new)], Taken::Now) = (&told, taken) {
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
    crash_point!("facts.stored");
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
    let now = app.clock.now();
    for entry in entries {
        check_entry(entry, now).map_err(|why| FactError::Entry { id: entry.id.clone(), why })?;
    }
    let mut session = app.store.write().await?;
    let list: Vec<_> = entries.iter().map(|entry| (project.key, balance, entry)).collect();
    let added = session.add_entries(&list, now).await?;
    if added.new > 0 {
        let detail = json!({ "new": added.new, "known": added.known, "different": added.different });
        session.audit(now, actor, "balance_entries", &format!("{}/{balance}", project.id), &detail).await?;
    }
    session.commit().await?;
    crash_point!("facts.stored");
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
    let (new, _) = over_what_stands(&mut session, &[(project.key, told)]).await?;
    let taken = session.set_standings(&new, now).await?.pop().unwrap_or(Taken::Same);
    if let ([(_, new)], Taken::Now) = (new.as_slice(), taken) {
        let detail = json!({ "status": new.status, "paid_until": new.paid_until, "as_of": new.as_of.to_string() });
        session.audit(now, actor, "standing_set", project.id.as_str(), &detail).await?;
    }
    session.commit().await?;
    crash_point!("facts.stored");
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

/// What moved a balance has done so; only a charge that is known to come may lie ahead.
pub fn check_entry(entry: &Entry, now: Instant) -> Result<(), InvalidEntry> {
    entry.check(now.plus_seconds(AHEAD_SEC))
}

/// A fact from the future would keep every true one out until then.
pub fn check_time(at: Instant, now: Instant) -> Result<(), FactError> {
    if at > now.plus_seconds(AHEAD_SEC) { Err(FactError::InFuture { at }) } else { Ok(()) }
}
