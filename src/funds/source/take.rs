//! What a look gave, checked, compared with what stands and kept: by the same way as a single fact, for hundreds at a time.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::read::{Facts, Known};
use crate::app::App;
use crate::domain::balance::{Balance, Entry, Standing, Taken, ToldStanding};
use crate::domain::currency;
use crate::domain::ids::{BalanceName, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::funds::facts::{self, Counts};
use crate::funds::{FactError, ToldBalance};
use crate::store::StoreError;
use crate::store::balances::{self, NewBalance};
use crate::store::standings;

/// Facts that are written in one transaction: nobody else writes meanwhile on SQLite.
const PORTION: usize = 500;

/// What became of the facts of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Balances and standings that are something else now.
    pub changed: u64,
    /// Those that are as they were, and known to be so at a later moment.
    pub fresh: u64,
    /// Those that were told before.
    pub same: u64,
    /// Those older than what stands.
    pub older: u64,
    pub new_entries: u64,
    pub known_entries: u64,
    /// Entries whose id stands with another content, which stays.
    pub different_entries: u64,
}

impl Account {
    pub(in crate::funds) fn count(&mut self, taken: Taken) {
        match taken {
            Taken::Now => self.changed += 1,
            Taken::Fresh => self.fresh += 1,
            Taken::Same => self.same += 1,
            Taken::Older { .. } => self.older += 1,
        }
    }

    /// Whether anything is something else now.
    pub fn has_changes(&self) -> bool {
        self.changed + self.new_entries > 0
    }
}

/// One thing that changes, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub project: String,
    /// A balance's name; nothing: how the project stands.
    pub balance: Option<String>,
    /// `None`: nobody had told it.
    pub old: Option<String>,
    pub new: String,
    pub as_of: Instant,
    /// The project's, for people.
    pub zone: String,
}

/// Keeps the facts, or only says what keeping them would change.
pub(super) async fn take(
    app: &App,
    facts: &mut Facts,
    known: &Known,
    actor: &str,
    is_trial: bool,
) -> Result<(Account, Vec<Change>), StoreError> {
    let (account, changes, counts, refused) = Default::default();
    let mut taking = Taking { app, known, actor, is_trial, account, changes, counts, refused };
    let balances: Vec<(ProjectKey, ToldBalance)> =
        facts.balances.iter().map(|((key, _), told)| (*key, told.clone())).collect();
    for portion in balances.chunks(PORTION) {
        taking.balances(portion).await?;
    }
    let standings: Vec<(ProjectKey, ToldStanding)> = facts.standings.iter().map(|(key, new)| (*key, *new)).collect();
    for portion in standings.chunks(PORTION) {
        taking.standings(portion).await?;
    }
    for portion in facts.entries.chunks(PORTION) {
        taking.entries(portion).await?;
    }
    let Taking { account, changes, refused, .. } = taking;
    refused.into_iter().for_each(|complaint| facts.complain(complaint));
    Ok((account, changes))
}

struct Taking<'t> {
    app: &'t App,
    known: &'t Known,
    actor: &'t str,
    is_trial: bool,
    account: Account,
    changes: Vec<Change>,
    counts: Counts,
    /// What isn't taken although it can be read, and why.
    refused: Vec<String>,
}

impl Taking<'_> {
    async fn balances(&mut self, told: &[(ProjectKey, ToldBalance)]) -> Result<(), StoreError> {
        let (app, now) = (self.app, self.app.clock.now());
        let projects = self.known.by_key();
        let mut session = if self.is_trial { app.store.read().await? } else { app.store.write().await? };
        let usual = |key| projects.get(&key).map_or_else(String::new, |(project, _)| project.currency.clone());
        let checked = facts::checked(&mut session, told.to_vec(), usual, &mut self.counts, now).await?;
        let mut new = Vec::new();
        for ((key, told), checked) in told.iter().zip(checked) {
            match checked {
                Ok(balance) => new.push((*key, balance)),
                Err(FactError::Store(error)) => return Err(error),
                Err(error) => {
                    self.refused.push(format!("balances, {}/{}: {error}", project(&projects, *key), told.name));
                }
            }
        }
        let told = new.as_slice();
        let before = session.known_balances(told.iter().map(|(key, new)| (*key, &new.name))).await?;
        let stands = |key: &ProjectKey, new: &NewBalance| before.get(&(*key, new.name.clone()));
        let taken: Vec<Taken> = if self.is_trial {
            told.iter()
                .map(|(key, new)| stands(key, new).map_or(Taken::Now, |stands| balances::fate(stands, new)))
                .collect()
        } else {
            let is_news = |key: ProjectKey, before: Instant, after: Instant| {
                projects.get(&key).is_none_or(|(_, zone)| zone.date(before) != zone.date(after))
            };
            session.set_balances(told, is_news, now).await?
        };
        for ((key, new), taken) in told.iter().zip(&taken) {
            self.account.count(*taken);
            if *taken == Taken::Now {
                self.changes.push(Change {
                    project: project(&projects, *key),
                    balance: Some(new.name.to_string()),
                    old: stands(key, new).map(|stands| sum(stands, new)),
                    new: currency::shown(new.amount, &new.currency),
                    as_of: new.as_of,
                    zone: zone_name(&projects, *key),
                });
            }
        }
        session.commit().await
    }

    async fn standings(&mut self, told: &[(ProjectKey, ToldStanding)]) -> Result<(), StoreError> {
        let (app, now) = (self.app, self.app.clock.now());
        let projects = self.known.by_key();
        let mut session = if self.is_trial { app.store.read().await? } else { app.store.write().await? };
        let (new, before) = facts::over_what_stands(&mut session, told).await?;
        let told = new.as_slice();
        let taken: Vec<Taken> = if self.is_trial {
            told.iter().map(|(key, new)| before.get(key).map_or(Taken::Now, |old| standings::fate(old, new))).collect()
        } else {
            session.set_standings(told, now).await?
        };
        let mut noted = Vec::new();
        for ((key, new), taken) in told.iter().zip(&taken) {
            self.account.count(*taken);
            if *taken == Taken::Now {
                let id = project(&projects, *key);
                let detail =
                    json!({ "status": new.status, "paid_until": new.paid_until, "as_of": new.as_of.to_string() });
                noted.push((id.clone(), detail));
                let (old, new_text) = (before.get(key).map(words), words(new));
                let zone = zone_name(&projects, *key);
                self.changes.push(Change { project: id, balance: None, old, new: new_text, as_of: new.as_of, zone });
            }
        }
        if !self.is_trial {
            session.audit_many(now, self.actor, "standing_set", &noted).await?;
        }
        session.commit().await
    }

    async fn entries(&mut self, told: &[(ProjectKey, BalanceName, Entry)]) -> Result<(), StoreError> {
        let (app, now) = (self.app, self.app.clock.now());
        let list: Vec<_> = told.iter().map(|(key, name, entry)| (*key, name, entry)).collect();
        let added = if self.is_trial {
            app.store.read().await?.compare_entries(&list).await?.0
        } else {
            let mut session = app.store.write().await?;
            let added = session.add_entries(&list, now).await?;
            session.commit().await?;
            added
        };
        self.account.new_entries += added.new;
        self.account.known_entries += added.known;
        self.account.different_entries += added.different.len() as u64;
        Ok(())
    }
}

type Projects<'p> = HashMap<ProjectKey, (&'p crate::store::ProjectPlace, &'p crate::zones::Zone)>;

fn project(projects: &Projects<'_>, key: ProjectKey) -> String {
    projects.get(&key).map_or_else(String::new, |(project, _)| project.id.clone())
}

fn zone_name(projects: &Projects<'_>, key: ProjectKey) -> String {
    projects.get(&key).map_or_else(String::new, |(project, _)| project.zone.clone())
}

/// What stood, with what else changes where the sum is the same.
fn sum(stands: &Balance, new: &NewBalance) -> String {
    let text = currency::shown(stands.amount, &stands.currency);
    let limit = new.credit_limit.filter(|limit| *limit != stands.credit_limit).map(|_| stands.credit_limit);
    match limit {
        Some(limit) if limit != Amount::ZERO => {
            format!("{text}, limit {}", currency::shown(limit, &stands.currency))
        }
        _ => text,
    }
}

fn words(standing: &Standing) -> String {
    let parts = [Some(standing.status.name().to_owned()), standing.until()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
