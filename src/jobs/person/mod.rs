//! A person is exported, or erased everywhere: found by the database's own account of its tables, known by keyed hashes.
//! What was a call stays as a call of a hidden number, so that every total stays what it was.

mod documents;
mod erase;
mod find;
pub mod replay;

pub use erase::{Outcome, erase};
pub use find::{Found, FoundRow, find};

use std::collections::BTreeSet;

use crate::app::App;
use crate::domain::contact::ChannelKind;
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::person::{Identity, Marks, Trace};
use crate::notify::secret::random_hex;
use crate::store::StoreError;

/// Whose data: everybody's, or one project's only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub project: Option<ProjectKey>,
}

/// The person behind what was named: a contact's other addresses are theirs as well, unless another contact has them too.
/// Within one project only what was named counts, since contacts belong to none.
///
/// # Errors
/// When the database can't be read.
pub async fn all_of(app: &App, named: Vec<Identity>, scope: Scope) -> Result<Vec<Identity>, StoreError> {
    let mut all: BTreeSet<Identity> = named.into_iter().collect();
    if scope.project.is_some() {
        return Ok(all.into_iter().collect());
    }
    let contacts = app.store.contacts().await?;
    let of = |contact: &crate::domain::contact::Contact| -> Vec<Identity> {
        let identity = |(channel, address): (ChannelKind, &str)| match channel {
            ChannelKind::Email => Identity::email(address).ok(),
            ChannelKind::Sms => Identity::number(address).ok(),
            _ => None,
        };
        let addresses = contact.addresses.iter();
        addresses
            .flat_map(|(channel, list)| list.iter().map(|one| (*channel, one.as_str())))
            .filter_map(identity)
            .collect()
    };
    let known: Vec<Vec<Identity>> = contacts.iter().map(of).collect();
    for addresses in
        known.iter().filter(|addresses| addresses.iter().any(|one| all.contains(one))).cloned().collect::<Vec<_>>()
    {
        let alone = |one: &Identity| known.iter().filter(|others| others.contains(one)).count() == 1;
        all.extend(addresses.into_iter().filter(alone));
    }
    Ok(all.into_iter().collect())
}

/// These persons, whenever what names them happened: a clock that was wrong must leave nobody in.
pub fn whenever(traces: &[Trace]) -> Marks {
    let at_last = |trace: &Trace| Trace { erased_at: Instant::from_micros(i64::MAX), ..trace.clone() };
    Marks::new(&traces.iter().map(at_last).collect::<Vec<_>>())
}

/// By what these are known again, under the key that the last erasure had, or a new one.
///
/// # Errors
/// When the database can't be read.
pub async fn traces(app: &App, persons: &[Identity], scope: Scope, now: Instant) -> Result<Vec<Trace>, StoreError> {
    let known = app.store.read().await?.erased(None).await?;
    let key = known.last().map_or_else(|| random_hex(32), |trace| trace.key.clone());
    let project = scope.project.map(|key| key.0);
    let of = |person: &Identity| {
        let (token, traces) = person.traces(&key);
        let key = key.clone();
        traces.into_iter().map(move |(kind, hash)| Trace {
            project,
            token: token.clone(),
            kind: kind.to_owned(),
            hash,
            key: key.clone(),
            erased_at: now,
        })
    };
    Ok(persons.iter().flat_map(of).collect())
}
