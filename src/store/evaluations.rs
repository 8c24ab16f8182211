//! When projects are judged again, and the facts that they are judged by, read for many at once. A judgement is written down
//! by compare-and-set on the project's version, which every fact raises: of two replicas that judge the same, one is heard.

use std::collections::BTreeSet;

use super::balances::auto_topup;
use super::bulk::{Spans, columns, instant, keys_of, some_instant};
use super::{On, Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_one, json, sql, stored};
use crate::domain::balance::{Balance, Entry, EntryKind, Standing, Status};
use crate::domain::ids::{BalanceName, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::project::ProjectSettings;

const TOUCH: Sql = sql!(twin "evaluations/touch");
const TOUCH_EDITED: Sql = sql!("evaluations/touch_edited");
const DUE: Sql = sql!(twin "evaluations/due");
const PROJECTS: Sql = sql!(twin "evaluations/projects");
const TAKE: Sql = sql!(twin "evaluations/take");
const TAKE_FREE: Sql = sql!(twin "evaluations/take_free");
/// Before and after projects are taken at once: whoever holds one is waited for a moment only.
const FOR_A_MOMENT: &str = "savepoint taking; set local lock_timeout = '50ms'";
const AS_LONG_AS_USUAL: &str = "set local lock_timeout to default; release savepoint taking";
const PUT_OFF: Sql = sql!(twin "evaluations/put_off");
const READERS_WITH_MORE: Sql = sql!(twin "evaluations/readers_with_more");
const BALANCES: Sql = sql!(twin "evaluations/balances");
const ENTRIES: Sql = sql!(twin "evaluations/entries");
const SPEND_TOLD: Sql = sql!(twin "evaluations/spend_told");
const CALL_COSTS: Sql = sql!(twin "evaluations/call_costs");

/// A project that is to be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct DueProject {
    pub key: ProjectKey,
    pub id: ProjectId,
    /// IANA.
    pub zone: String,
    /// ISO 4217.
    pub currency: String,
    /// Without the brand.
    pub settings: ProjectSettings,
    pub standing: Option<Standing>,
    /// When it fell due: a local day began, or a fact came in.
    pub due_at: Instant,
    pub version: i64,
}

/// A balance that is to be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueBalance {
    pub project: ProjectKey,
    pub balance: Balance,
}

/// Since when and to when spend was told: the first usage, else the first fixed charge, and the last usage.
pub type SpendTold = (Option<Instant>, Option<Instant>);

/// As it is packed on SQLite, times in microseconds.
#[derive(Debug, serde::Deserialize)]
struct DueRow {
    project: i64,
    #[serde(deserialize_with = "instant")]
    due_at: Instant,
    version: i64,
    id: String,
    zone: String,
    currency: String,
    settings: String,
    status: Option<String>,
    paid_until: Option<String>,
    #[serde(deserialize_with = "some_instant")]
    as_of: Option<Instant>,
}

columns! {
    DueColumns of DueRow {
        project: i64, due_at: Instant, version: i64, id: String, zone: String, currency: String, settings: String,
        status: Option<String>, paid_until: Option<String>, as_of: Option<Instant>,
    }
}

impl DueRow {
    fn read(self) -> Result<DueProject, StoreError> {
        let standing = match (self.status, self.as_of) {
            (Some(status), Some(as_of)) => Some(Standing {
                status: stored("status of a project", Status::parse(&status).ok_or(status))?,
                paid_until: stored("last paid day", self.paid_until.map(|day| day.parse()).transpose())?,
                as_of,
            }),
            _ => None,
        };
        Ok(DueProject {
            key: ProjectKey(self.project),
            id: stored("project id", ProjectId::parse(&self.id))?,
            zone: self.zone,
            currency: self.currency,
            settings: stored("settings of a project", serde_json::from_str(&self.settings))?,
            standing,
            due_at: self.due_at,
            version: self.version,
        })
    }
}

/// As it is packed on SQLite, times in microseconds.
#[derive(Debug, serde::Deserialize)]
struct BalanceRow {
    project: i64,
    name: String,
    currency: String,
    amount: i64,
    credit_limit: i64,
    #[serde(deserialize_with = "instant")]
    as_of: Instant,
    topup_below: Option<i64>,
    topup_amount: Option<i64>,
    #[serde(deserialize_with = "some_instant")]
    below_since: Option<Instant>,
}

columns! {
    BalanceColumns of BalanceRow {
        project: i64, name: String, currency: String, amount: i64, credit_limit: i64, as_of: Instant,
        topup_below: Option<i64>, topup_amount: Option<i64>, below_since: Option<Instant>,
    }
}

/// The kinds by the numbers that packed entries call them.
const KINDS: [EntryKind; 6] = [
    EntryKind::Usage,
    EntryKind::Fixed,
    EntryKind::Topup,
    EntryKind::TopupFailed,
    EntryKind::Refund,
    EntryKind::Adjustment,
];

/// Entries by their places, each list by time, out of `place:moment amount,moment amount;place:…`, where a moment is
/// microseconds times eight plus the kind. `None`: that isn't what the text is.
fn unpacked(packed: &str, places: usize) -> Option<Vec<Vec<Entry>>> {
    let mut all: Vec<Vec<Entry>> = (0..places).map(|_| Vec::new()).collect();
    for list in packed.split_terminator(';') {
        let (place, moved) = list.split_once(':')?;
        let place = all.get_mut(place.parse::<usize>().ok()?)?;
        *place = moved.split(',').map(entry).collect::<Option<_>>()?;
        place.sort_by_key(|entry| entry.at);
    }
    Some(all)
}

/// The same as three lists of one length; none of them is there where nothing moved.
#[derive(Debug, Default, sqlx::FromRow)]
struct EntryLists {
    /// From 1, times eight plus the kind.
    places: Option<Vec<i64>>,
    moments: Option<Vec<Instant>>,
    amounts: Option<Vec<i64>>,
}

impl EntryLists {
    fn unpacked(self, places: usize) -> Option<Vec<Vec<Entry>>> {
        let mut all: Vec<Vec<Entry>> = (0..places).map(|_| Vec::new()).collect();
        let (to, moments, amounts) =
            (self.places.unwrap_or_default(), self.moments.unwrap_or_default(), self.amounts.unwrap_or_default());
        if [moments.len(), amounts.len()] != [to.len(); 2] {
            return None;
        }
        for ((place, at), amount) in to.into_iter().zip(moments).zip(amounts) {
            let kind = *KINDS.get(usize::try_from(place.rem_euclid(8)).ok()?)?;
            let place = all.get_mut(usize::try_from(place.div_euclid(8)).ok()?.checked_sub(1)?)?;
            place.push(entry_of(at, kind, Amount::from_micros(amount)));
        }
        all.iter_mut().for_each(|entries| entries.sort_by_key(|entry| entry.at));
        Some(all)
    }
}

/// Nobody asks for its id and its words here.
fn entry_of(at: Instant, kind: EntryKind, amount: Amount) -> Entry {
    Entry { id: String::new(), at, kind, amount, what: String::new() }
}

fn entry(packed: &str) -> Option<Entry> {
    let (moment, amount) = packed.split_once(' ')?;
    let moment: i64 = moment.parse().ok()?;
    let kind = *KINDS.get(usize::try_from(moment.rem_euclid(8)).ok()?)?;
    Some(entry_of(Instant::from_micros(moment.div_euclid(8)), kind, Amount::from_micros(amount.parse().ok()?)))
}

impl Session {
    /// A fact about a project came in: it is judged at once.
    pub(super) async fn touch_evaluation(&mut self, project: ProjectKey, now: Instant) -> Result<(), StoreError> {
        self.touch_evaluations(&[project], now).await
    }

    /// The same of many.
    pub(super) async fn touch_evaluations(&mut self, projects: &[ProjectKey], now: Instant) -> Result<(), StoreError> {
        if projects.is_empty() {
            return Ok(());
        }
        let keys: BTreeSet<i64> = projects.iter().map(|key| key.0).collect();
        execute!(self, TOUCH, json(&keys), now).map(|_| ())
    }

    /// A project was edited.
    pub(super) async fn touch_edited(&mut self, project: &ProjectId, now: Instant) -> Result<(), StoreError> {
        execute!(self, TOUCH_EDITED, project.as_str(), now).map(|_| ())
    }

    /// Projects that are to be judged, the longest due first.
    pub async fn evaluations_due(&mut self, now: Instant, most: i64) -> Result<Vec<ProjectKey>, StoreError> {
        let (packed,) = fetch_one!(self, DUE, (String,), now, most)?;
        let keys: Vec<i64> = stored("projects to judge", serde_json::from_str(&packed))?;
        Ok(keys.into_iter().map(ProjectKey).collect())
    }

    /// What is known of these, but for those that others judged meanwhile; of one that this version can't read, why.
    pub async fn due_projects(
        &mut self,
        projects: &[ProjectKey],
        now: Instant,
    ) -> Result<Vec<(ProjectKey, Result<DueProject, StoreError>)>, StoreError> {
        let rows: Vec<DueRow> = match self.on() {
            On::Sqlite(connection) => {
                let (packed,): (String,) = sqlx::query_as(PROJECTS.sqlite)
                    .bind(now)
                    .bind(json(&keys_of(projects)))
                    .fetch_one(connection)
                    .await?;
                stored("projects to judge", serde_json::from_str(&packed))?
            }
            On::Postgres(connection) => {
                let spans = Spans::of(projects);
                let all = sqlx::query_as(PROJECTS.postgres).bind(now).bind(&spans.first).bind(&spans.last);
                let all: DueColumns = all.fetch_one(connection).await?;
                spans.only(all.rows()?, |row: &DueRow| row.project)
            }
        };
        Ok(rows.into_iter().map(|row| (ProjectKey(row.project), row.read())).collect())
    }

    /// Says that projects were judged and when they are again, each only if its version still stands; returns those. What
    /// somebody holds for longer than a moment is left to be judged again.
    pub async fn take_evaluations(
        &mut self,
        judged: &[(ProjectKey, i64, Instant)],
    ) -> Result<Vec<ProjectKey>, StoreError> {
        let mut list: Vec<_> = judged.iter().map(|(key, version, next)| (key.0, version, next.as_micros())).collect();
        // Whoever takes several holds them in one order, so that no two wait for each other.
        list.sort_unstable();
        let list = json(&list);
        let taken: Vec<(i64,)> = match self.on() {
            On::Sqlite(connection) => sqlx::query_as(TAKE.sqlite).bind(list).fetch_all(connection).await?,
            On::Postgres(connection) => {
                sqlx::raw_sql(FOR_A_MOMENT).execute(&mut *connection).await?;
                let all = sqlx::query_as(TAKE.postgres).bind(&list).fetch_all(&mut *connection).await;
                match all.map_err(StoreError::from) {
                    Ok(taken) => {
                        sqlx::raw_sql(AS_LONG_AS_USUAL).execute(connection).await?;
                        taken
                    }
                    Err(error) if error.is_held_elsewhere() => {
                        sqlx::raw_sql("rollback to savepoint taking").execute(&mut *connection).await?;
                        sqlx::query_as(TAKE_FREE.postgres).bind(list).fetch_all(connection).await?
                    }
                    Err(error) => return Err(error),
                }
            }
        };
        Ok(taken.into_iter().map(|(key,)| ProjectKey(key)).collect())
    }

    /// Projects that can't be judged are looked at again then.
    pub async fn put_off_evaluations(&mut self, projects: &[ProjectKey], until: Instant) -> Result<(), StoreError> {
        execute!(self, PUT_OFF, json(&keys_of(projects)), until).map(|_| ())
    }

    /// Those of these contacts that have a project which is still to be judged.
    pub async fn readers_with_more(&mut self, contacts: &[&str], now: Instant) -> Result<Vec<String>, StoreError> {
        Ok(fetch_all!(self, READERS_WITH_MORE, (String,), json(&contacts), now)?.into_iter().map(|(id,)| id).collect())
    }

    /// The balances of these projects.
    pub async fn due_balances(&mut self, projects: &[ProjectKey]) -> Result<Vec<DueBalance>, StoreError> {
        let rows: Vec<BalanceRow> = match self.on() {
            On::Sqlite(connection) => {
                let (packed,): (String,) =
                    sqlx::query_as(BALANCES.sqlite).bind(json(&keys_of(projects))).fetch_one(connection).await?;
                stored("balances to judge", serde_json::from_str(&packed))?
            }
            On::Postgres(connection) => {
                let spans = Spans::of(projects);
                let all = sqlx::query_as(BALANCES.postgres).bind(&spans.first).bind(&spans.last);
                let all: BalanceColumns = all.fetch_one(connection).await?;
                spans.only(all.rows()?, |row: &BalanceRow| row.project)
            }
        };
        rows.into_iter()
            .map(|row| {
                Ok(DueBalance {
                    project: ProjectKey(row.project),
                    balance: Balance {
                        name: stored("name of a balance", BalanceName::parse(&row.name))?,
                        currency: row.currency,
                        amount: Amount::from_micros(row.amount),
                        credit_limit: Amount::from_micros(row.credit_limit),
                        as_of: row.as_of,
                        auto_topup: auto_topup(row.topup_below, row.topup_amount),
                        below_since: row.below_since,
                    },
                })
            })
            .collect()
    }

    /// What moved each of these balances in its span, by time; times, kinds and sums only.
    pub async fn entries_of_many(
        &mut self,
        spans: &[(ProjectKey, &BalanceName, Instant, Instant)],
    ) -> Result<Vec<Vec<Entry>>, StoreError> {
        if spans.is_empty() {
            return Ok(Vec::new());
        }
        let entries = match self.on() {
            On::Sqlite(connection) => {
                let list: Vec<_> = spans
                    .iter()
                    .map(|(key, name, from, to)| (key.0, name.as_str(), from.as_micros(), to.as_micros()))
                    .collect();
                let (packed,): (Option<String>,) =
                    sqlx::query_as(ENTRIES.sqlite).bind(json(&list)).fetch_one(connection).await?;
                unpacked(&packed.unwrap_or_default(), spans.len())
            }
            On::Postgres(connection) => {
                let lists: EntryLists = sqlx::query_as(ENTRIES.postgres)
                    .bind(spans.iter().map(|(key, ..)| key.0).collect::<Vec<i64>>())
                    .bind(spans.iter().map(|(_, name, ..)| name.as_str()).collect::<Vec<&str>>())
                    .bind(spans.iter().map(|(.., from, _)| *from).collect::<Vec<Instant>>())
                    .bind(spans.iter().map(|(.., to)| *to).collect::<Vec<Instant>>())
                    .fetch_one(connection)
                    .await?;
                lists.unpacked(spans.len())
            }
        };
        stored("entries of balances", entries.ok_or("not packed as usual"))
    }

    /// Since when and to when the spend of each of these balances was told.
    pub async fn spend_told_of_many(
        &mut self,
        balances: &[(ProjectKey, &BalanceName)],
    ) -> Result<Vec<SpendTold>, StoreError> {
        if balances.is_empty() {
            return Ok(Vec::new());
        }
        let list: Vec<_> = balances.iter().map(|(key, name)| (key.0, name.as_str())).collect();
        let rows = fetch_all!(self, SPEND_TOLD, (i64, Option<Instant>, Option<Instant>), json(&list))?;
        let mut told = vec![(None, None); balances.len()];
        for (place, first, last) in rows {
            if let Some(of) = usize::try_from(place).ok().and_then(|place| told.get_mut(place)) {
                *of = (first, last);
            }
        }
        Ok(told)
    }

    /// What calls cost in each of these spans of a project: of this currency, and of none if it is the project's. By their
    /// places; a span without such a call isn't there.
    pub async fn call_costs(
        &mut self,
        spans: &[(ProjectKey, &str, bool, Instant, Instant)],
    ) -> Result<Vec<(usize, Amount)>, StoreError> {
        if spans.is_empty() {
            return Ok(Vec::new());
        }
        let list: Vec<_> = spans
            .iter()
            .map(|(key, currency, is_usual, from, to)| (key.0, currency, is_usual, from.as_micros(), to.as_micros()))
            .collect();
        let rows = fetch_all!(self, CALL_COSTS, (i64, i64), json(&list))?;
        let rows =
            rows.into_iter().filter_map(|(place, sum)| Some((usize::try_from(place).ok()?, Amount::from_micros(sum))));
        Ok(rows.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_entries_are_read_by_place_and_in_order_of_time() {
        let at = |micros: &[i64]| Some(micros.iter().copied().map(Instant::from_micros).collect());
        let lists = |places: &[i64]| EntryLists {
            places: Some(places.to_vec()),
            moments: at(&[20, -1, 1]),
            amounts: Some(vec![5, -7, 0]),
        };
        let read = lists(&[24, 24, 11]).unpacked(3).expect("well packed");
        let seen: Vec<Vec<_>> = read
            .iter()
            .map(|list| list.iter().map(|one| (one.at.as_micros(), one.kind, one.amount.as_micros())).collect())
            .collect();
        let moved = vec![(-1, EntryKind::Usage, -7), (20, EntryKind::Usage, 5)];
        assert_eq!(seen, [vec![(1, EntryKind::TopupFailed, 0)], Vec::new(), moved]);
        assert_eq!(EntryLists::default().unpacked(2).map(|all| all.len()), Some(2));
        for wrong in [lists(&[24, 32, 8]), lists(&[24, 3, 8]), lists(&[24, 24]), lists(&[24, 24, 14])] {
            let said = format!("{wrong:?}");
            assert!(wrong.unpacked(3).is_none(), "{said}");
        }
    }

    #[test]
    fn packed_entries_are_read_by_place_and_in_order_of_time() {
        let read = unpacked("2:160 5,-8 -7;0:11 0", 3).expect("well packed");
        let seen: Vec<Vec<_>> = read
            .iter()
            .map(|list| list.iter().map(|one| (one.at.as_micros(), one.kind, one.amount.as_micros())).collect())
            .collect();
        let none = Vec::new();
        let moved = vec![(-1, EntryKind::Usage, -7), (20, EntryKind::Usage, 5)];
        assert_eq!(seen, [vec![(1, EntryKind::TopupFailed, 0)], none, moved]);
        assert_eq!(unpacked("", 2).map(|all| all.len()), Some(2));
        for wrong in ["3:8 1", "0:8", "0:6 1", "0:8 x", "0", "x:8 1"] {
            assert!(unpacked(wrong, 3).is_none(), "`{wrong}`");
        }
    }
}
