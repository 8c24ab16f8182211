//! Mail addresses are kept in one spelling (`EmailAddress`). What a version before that kept in another (`xn--…`) is spelled anew,
//! once, when the structure is brought up to date: who was stopped stays stopped, and who is known is found.

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, json, sql};
use crate::domain::contact::EmailAddress;

const STOPS: Sql = sql!("spelling/stops");
const OUTLASTED: Sql = sql!("spelling/outlasted");
const STOP: Sql = sql!("spelling/stop");
const NEEDLESS: Sql = sql!("spelling/needless");
const MAILBOXES: Sql = sql!("spelling/mailboxes");
const MAILBOX: Sql = sql!("spelling/mailbox");
const DOMAINS: Sql = sql!("spelling/domains");
const PROJECT: Sql = sql!("spelling/project");
const WAITING: Sql = sql!("spelling/waiting");
const DELIVERY: Sql = sql!("spelling/delivery");

/// Under which name `meta` says that it was done.
const DONE: &str = "addresses_spelled";

/// A mail address in the spelling that is kept; any other text as it is. (Letter case before the `@` stays.)
pub(super) fn spelled(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| address.to_owned(), String::from)
}

/// The spelling that is kept, where it is another.
fn anew(address: &str) -> Option<String> {
    Some(spelled(address)).filter(|new| new != address)
}

/// Spells what an earlier version kept. Messages on their way keep their address, by which their stop links are known.
pub(super) async fn spell_anew(session: &mut Session) -> Result<(), StoreError> {
    if session.meta(DONE).await?.is_some() {
        return Ok(());
    }
    for (id, address) in fetch_all!(session, STOPS, (i64, String))? {
        let Some(new) = anew(&address) else { continue };
        execute!(session, OUTLASTED, id, new.as_str())?;
        if execute!(session, STOP, id, new.as_str())? == 0 {
            execute!(session, NEEDLESS, id)?;
        }
    }
    for (contact, address) in fetch_all!(session, MAILBOXES, (String, String))? {
        if let Some(new) = anew(&address) {
            execute!(session, MAILBOX, contact, address, new)?;
        }
    }
    for (key, domains) in fetch_all!(session, DOMAINS, (i64, String))? {
        let Ok(written) = serde_json::from_str::<Vec<String>>(&domains) else { continue };
        let of = |domain: &String| {
            let address = EmailAddress::parse(&format!("someone@{domain}"));
            address.map_or_else(|_| domain.clone(), |address| address.domain().to_owned())
        };
        let mut new: Vec<String> = written.iter().map(of).collect();
        new.sort();
        new.dedup();
        if new != written {
            execute!(session, PROJECT, key, json(&new))?;
        }
    }
    for (id, address) in fetch_all!(session, WAITING, (i64, String))? {
        if let Some(new) = anew(&address) {
            execute!(session, DELIVERY, id, new.as_str())?;
        }
    }
    session.put_meta(DONE, "1").await
}
