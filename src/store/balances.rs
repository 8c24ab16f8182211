//! Balances and what moved them, as others told. A younger fact stands against an older one, whatever order they come in.

use std::cmp::Ordering;
use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::collections::{HashMap, HashSet};

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::balance::{AutoTopup, Balance, Entry, EntryKind, Taken, ToldTopup};
use crate::domain::ids::{BalanceName, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;

const SET: Sql = sql!(twin "balances/set");
const KNOWN: Sql = sql!(twin "balances/known");
const COUNT: Sql = sql!(twin "balances/count");
const FRESHEN: Sql = sql!(twin "balances/freshen");
const LIST: Sql = sql!("balances/list");
const OF_PROJECT: Sql = sql!("balances/of_project");
const ENTRIES: Sql = sql!("balances/entries");
const HAS_ENTRIES: Sql = sql!("balances/has_entries");
const SPEND_TOLD: Sql = sql!("balances/spend_told");
const KNOWN_ENTRIES: Sql = sql!(twin "balances/known_entries");
const ADD_ENTRIES: Sql = sql!(twin "balances/add_entries");

/// A balance as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBalance {
    pub name: BalanceName,
    pub currency: String,
    pub amount: Amount,
    /// `None`: as it was.
    pub credit_limit: Option<Amount>,
    pub auto_topup: ToldTopup,
    pub as_of: Instant,
}

/// A balance and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBalance {
    pub key: ProjectKey,
    pub project: ProjectId,
    pub balance: Balance,
}

/// What became of entries that were told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddedEntries {
    pub new: u64,
    /// Ids that stood already with the same content.
    pub known: u64,
    /// Ids that stood already with another content, which stays.
    pub different: Vec<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct BalanceRow {
    project: i64,
    project_id: String,
    name: String,
    currency: String,
    amount: i64,
    credit_limit: i64,
    as_of: Instant,
    topup_below: Option<i64>,
    topup_amount: Option<i64>,
    below_since: Option<Instant>,
}

/// An automatic top-up as it is stored.
pub(super) fn auto_topup(below: Option<i64>, amount: Option<i64>) -> Option<AutoTopup> {
    let (below, amount) = below.zip(amount)?;
    Some(AutoTopup { below: Amount::from_micros(below), amount: Amount::from_micros(amount) })
}

impl BalanceRow {
    fn read(self) -> Result<StoredBalance, StoreError> {
        Ok(StoredBalance {
            key: ProjectKey(self.project),
            project: stored("project id", ProjectId::parse(&self.project_id))?,
            balance: Balance {
                name: stored("name of a balance", BalanceName::parse(&self.name))?,
                currency: self.currency,
                amount: Amount::from_micros(self.amount),
                credit_limit: Amount::from_micros(self.credit_limit),
                as_of: self.as_of,
                auto_topup: auto_topup(self.topup_below, self.topup_amount),
                below_since: self.below_since,
            },
        })
    }
}

#[derive(Debug, sqlx::FromRow)]
struct KnownRow {
    project: i64,
    name: String,
    currency: String,
    amount: i64,
    credit_limit: i64,
    as_of: Instant,
    topup_below: Option<i64>,
    topup_amount: Option<i64>,
}

impl KnownRow {
    fn read(self) -> Result<(Place, Balance), StoreError> {
        let name = stored("name of a balance", BalanceName::parse(&self.name))?;
        let balance = Balance {
            name: name.clone(),
            currency: self.currency,
            amount: Amount::from_micros(self.amount),
            credit_limit: Amount::from_micros(self.credit_limit),
            as_of: self.as_of,
            auto_topup: auto_topup(self.topup_below, self.topup_amount),
            below_since: None,
        };
        Ok(((ProjectKey(self.project), name), balance))
    }
}

/// What becomes of a balance that is told, where one stands.
pub fn fate(stands: &Balance, new: &NewBalance) -> Taken {
    let is_same = stands.amount == new.amount
        && stands.currency == new.currency
        && new.auto_topup.is_as(stands.auto_topup)
        && new.credit_limit.is_none_or(|limit| limit == stands.credit_limit);
    match new.as_of.cmp(&stands.as_of) {
        Ordering::Less => Taken::Older { than: stands.as_of },
        Ordering::Equal if is_same => Taken::Same,
        Ordering::Greater if is_same => Taken::Fresh,
        Ordering::Equal | Ordering::Greater => Taken::Now,
    }
}

type Row<'a> = (i64, &'a str, &'a str, i64, i64, i64, Option<i64>, Option<i64>);

/// A balance as it is stored: what isn't told stays as it was.
fn row<'a>(key: ProjectKey, new: &'a NewBalance, stands: Option<&Balance>) -> Row<'a> {
    let credit = new.credit_limit.or(stands.map(|stands| stands.credit_limit)).unwrap_or(Amount::ZERO);
    let topup = match new.auto_topup {
        ToldTopup::AsItWas => stands.and_then(|stands| stands.auto_topup),
        ToldTopup::Off => None,
        ToldTopup::On(topup) => Some(topup),
    };
    let (below, by) = (topup.map(|one| one.below.as_micros()), topup.map(|one| one.amount.as_micros()));
    let (amount, as_of) = (new.amount.as_micros(), new.as_of.as_micros());
    (key.0, new.name.as_str(), &new.currency, amount, credit.as_micros(), as_of, below, by)
}

#[derive(Debug, sqlx::FromRow)]
struct KnownEntryRow {
    project: i64,
    balance: String,
    #[sqlx(flatten)]
    entry: EntryRow,
}

#[derive(Debug, sqlx::FromRow)]
pub(super) struct EntryRow {
    id: String,
    at: Instant,
    kind: String,
    amount: i64,
    what: String,
}

impl EntryRow {
    pub(super) fn read(self) -> Result<Entry, StoreError> {
        let kind = stored("kind of an entry", EntryKind::parse(&self.kind).ok_or(self.kind))?;
        Ok(Entry { id: self.id, at: self.at, kind, amount: Amount::from_micros(self.amount), what: self.what })
    }
}

/// Whose balance it is, and its name.
type Place = (ProjectKey, BalanceName);

impl Session {
    /// Keeps balances as they were told, each unless a younger fact stands; what became of each, in their order. One that
    /// stands as it is told, but for the moment, only moves on to that moment: nobody has to judge it anew, unless
    /// `is_news` says of the moment that stood and the one that is told that it does (another local day began between).
    /// A balance may be named once.
    pub async fn set_balances(
        &mut self,
        told: &[(ProjectKey, NewBalance)],
        is_news: impl Fn(ProjectKey, Instant, Instant) -> bool,
        now: Instant,
    ) -> Result<Vec<Taken>, StoreError> {
        let before = self.known_balances(told.iter().map(|(key, new)| (*key, &new.name))).await?;
        let (mut taken, mut wanted, mut fresh, mut touched) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (key, new) in told {
            let stands = before.get(&(*key, new.name.clone()));
            let fate = stands.map_or(Taken::Now, |stands| fate(stands, new));
            match fate {
                Taken::Now => {
                    wanted.push(row(*key, new, stands));
                    touched.push(*key);
                }
                Taken::Fresh => {
                    fresh.push((key.0, new.name.as_str(), new.as_of.as_micros()));
                    touched.extend(stands.filter(|stands| is_news(*key, stands.as_of, new.as_of)).map(|_| *key));
                }
                Taken::Same | Taken::Older { .. } => {}
            }
            taken.push(fate);
        }
        if !fresh.is_empty() {
            execute!(self, FRESHEN, json(&fresh), now)?;
        }
        if !wanted.is_empty() {
            let kept = fetch_all!(self, SET, (i64, String), json(&wanted), now)?;
            let kept: HashSet<(i64, &str)> = kept.iter().map(|(key, name)| (*key, name.as_str())).collect();
            for ((key, new), fate) in told.iter().zip(&mut taken) {
                if *fate == Taken::Now && !kept.contains(&(key.0, new.name.as_str())) {
                    // Somebody told the first of it, and a younger one, between the two statements.
                    *fate = Taken::Older { than: now };
                }
            }
        }
        self.touch_evaluations(&touched, now).await?;
        Ok(taken)
    }

    /// What stands under these names.
    pub async fn known_balances(
        &mut self,
        places: impl Iterator<Item = (ProjectKey, &BalanceName)>,
    ) -> Result<HashMap<Place, Balance>, StoreError> {
        let places: Vec<(i64, &str)> = places.map(|(key, name)| (key.0, name.as_str())).collect();
        let rows = fetch_all!(self, KNOWN, KnownRow, json(&places))?;
        rows.into_iter().map(KnownRow::read).collect()
    }

    /// How many balances each of these projects has; one without any isn't there.
    pub async fn count_balances(&mut self, projects: &[ProjectKey]) -> Result<HashMap<ProjectKey, usize>, StoreError> {
        let keys: Vec<i64> = projects.iter().map(|key| key.0).collect();
        let rows = fetch_all!(self, COUNT, (i64, i64), json(&keys))?;
        Ok(rows.into_iter().map(|(key, n)| (ProjectKey(key), usize::try_from(n).unwrap_or(usize::MAX))).collect())
    }

    /// The balances of a project, or of all, by project and name; only those of this name, if given.
    pub async fn balances(
        &mut self,
        project: Option<ProjectKey>,
        name: Option<&BalanceName>,
    ) -> Result<Vec<StoredBalance>, StoreError> {
        let name = name.map(BalanceName::as_str);
        let rows = match project {
            Some(project) => fetch_all!(self, OF_PROJECT, BalanceRow, project.0, name)?,
            None => fetch_all!(self, LIST, BalanceRow, name)?,
        };
        rows.into_iter().map(BalanceRow::read).collect()
    }

    /// Adds entries that weren't told before, of any projects and balances.
    pub async fn add_entries(
        &mut self,
        entries: &[(ProjectKey, &BalanceName, &Entry)],
        now: Instant,
    ) -> Result<AddedEntries, StoreError> {
        let (mut added, new) = self.compare_entries(entries).await?;
        if !new.is_empty() {
            let rows: Vec<_> = new
                .iter()
                .map(|(key, balance, entry)| {
                    let (at, amount) = (entry.at.as_micros(), entry.amount.as_micros());
                    (key.0, balance.as_str(), &entry.id, at, entry.kind.name(), amount, &entry.what)
                })
                .collect();
            added.new = execute!(self, ADD_ENTRIES, json(&rows), now)?;
            let touched: Vec<ProjectKey> = new.iter().map(|(key, ..)| *key).collect();
            self.touch_evaluations(&touched, now).await?;
        }
        Ok(added)
    }

    /// What adding them would come to, and those that would be added.
    pub async fn compare_entries<'e>(
        &mut self,
        entries: &[(ProjectKey, &'e BalanceName, &'e Entry)],
    ) -> Result<(AddedEntries, Vec<(ProjectKey, &'e BalanceName, &'e Entry)>), StoreError> {
        let ids: Vec<_> = entries.iter().map(|(key, balance, entry)| (key.0, balance.as_str(), &entry.id)).collect();
        let rows = fetch_all!(self, KNOWN_ENTRIES, KnownEntryRow, json(&ids))?;
        let known: Vec<(i64, String, Entry)> = rows
            .into_iter()
            .map(|row| Ok((row.project, row.balance, row.entry.read()?)))
            .collect::<Result<_, StoreError>>()?;
        let mut stands: HashMap<(i64, &str, &str), &Entry> =
            known.iter().map(|(key, balance, entry)| ((*key, balance.as_str(), entry.id.as_str()), entry)).collect();
        let (mut added, mut new) = (AddedEntries::default(), Vec::new());
        for (key, balance, entry) in entries {
            match stands.entry((key.0, balance.as_str(), entry.id.as_str())) {
                Occupied(same) if *same.get() == *entry => added.known += 1,
                Occupied(_) => added.different.push(entry.id.clone()),
                Vacant(place) => {
                    place.insert(entry);
                    new.push((*key, *balance, *entry));
                }
            }
        }
        added.new = new.len() as u64;
        Ok((added, new))
    }

    /// What moved a balance in a span, by time.
    pub async fn entries(
        &mut self,
        project: ProjectKey,
        balance: &BalanceName,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = fetch_all!(self, ENTRIES, EntryRow, project.0, balance.as_str(), from, to)?;
        rows.into_iter().map(EntryRow::read).collect()
    }

    /// Whether anything that moved a balance was told.
    pub async fn has_entries(&mut self, project: ProjectKey, balance: &BalanceName) -> Result<bool, StoreError> {
        Ok(fetch_optional!(self, HAS_ENTRIES, (i32,), project.0, balance.as_str())?.is_some())
    }

    /// Since when and to when the spend of a balance was told: the first usage, else the first fixed charge, and the last
    /// usage; each `None` where there is none.
    pub async fn spend_told(
        &mut self,
        project: ProjectKey,
        balance: &BalanceName,
    ) -> Result<(Option<Instant>, Option<Instant>), StoreError> {
        let told = fetch_optional!(self, SPEND_TOLD, (Option<Instant>, Option<Instant>), project.0, balance.as_str())?;
        Ok(told.unwrap_or_default())
    }
}
