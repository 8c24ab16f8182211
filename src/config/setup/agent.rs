//! `[[agent]]`: `project name id team keys=["201", { key = "202", from = 2026-06-01 }] from to contact`. The person behind
//! extensions, accounts, mail addresses and the names that sources use.

use chrono::NaiveDate;
use toml::de::DeValue;
use toml::value::Datetime;

use super::{At, Spot, Table, Value};
use crate::domain::directory::{ListedAgent, ListedKey};
use crate::domain::ids::{ContactId, ProjectId};

/// A person as the file says it.
#[derive(Clone, Debug)]
pub struct AgentEntry {
    pub spot: Spot,
    pub project: At<ProjectId>,
    /// `acme/olena`: what `apply` knows it by.
    pub id: String,
    pub agent: ListedAgent,
    /// Where each of the agent's keys stands.
    pub key_spots: Vec<Spot>,
    pub contact_spot: Option<Spot>,
}

/// As long as any name that a telephony system takes.
const LONGEST_ID: usize = 64;

pub(super) fn read(table: &Table<'_>) -> Option<AgentEntry> {
    let project = table.need("project").and_then(|value| Some(value.at(value.parsed(ProjectId::parse)?)));
    let name = table.need("name").and_then(|value| value.line());
    let id = match table.get("id") {
        Some(value) => value.parsed(id),
        None => name.as_deref().map(id_of),
    };
    let team = table.get("team").and_then(|value| value.line());
    let (from, to) = (day(table, "from"), day(table, "to"));
    let keys = table.need("keys").map(|value| keys_of(&value, from, to)).unwrap_or_default();
    let contact = table.get("contact").and_then(|value| Some(value.at(value.parsed(ContactId::parse)?)));
    let (project, id) = (project?, id?);
    let (keys, key_spots) = keys.into_iter().map(|at| (at.value, at.spot)).unzip();
    Some(AgentEntry {
        spot: table.place.spot(),
        id: format!("{}/{id}", project.value),
        project,
        contact_spot: contact.as_ref().map(|at| at.spot.clone()),
        agent: ListedAgent { id, name: name?, team, keys, contact: contact.map(|at| at.value) },
        key_spots,
    })
}

fn id(text: &str) -> Result<String, String> {
    let made = id_of(text);
    if made == text && !text.is_empty() && text.len() <= LONGEST_ID {
        return Ok(made);
    }
    Err(format!("`{text}` can't be an id: small letters, digits, `-`, `_` and `.`, such as `{made}`"))
}

/// `Olena K.` → `olena-k`: the id of somebody who was given none. Letters of every script stay.
fn id_of(name: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let words =
        name.split(|c: char| !fits(c)).map(|word| word.trim_matches(['.', '-'])).filter(|word| !word.is_empty());
    let mut id = words.collect::<Vec<_>>().join("-").to_lowercase();
    let end = (0..=LONGEST_ID.min(id.len())).rev().find(|at| id.is_char_boundary(*at)).unwrap_or(0);
    id.truncate(end);
    id
}

fn keys_of(value: &Value<'_>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<At<ListedKey>> {
    let items = value.one_or_several();
    if items.is_empty() {
        value
            .wrong("nobody is known without a key: an extension, an account, a mail address, or the source's own name");
    }
    let mut keys: Vec<At<ListedKey>> = Vec::new();
    for item in items {
        let read = match item.raw() {
            DeValue::Table(_) => item.table().and_then(|table| {
                let key = table.need("key").and_then(|value| key_text(&value));
                let (own_from, own_to) = (day(&table, "from"), day(&table, "to"));
                table.finish();
                Some(ListedKey { key: key?, from: own_from.or(from), to: own_to.or(to) })
            }),
            _ => key_text(&item).map(|key| ListedKey { key, from, to }),
        };
        let Some(key) = read else { continue };
        if let (Some(from), Some(to)) = (key.from, key.to)
            && to <= from
        {
            item.wrong(format!("`{}` would never be in use: `to` ({to}) must come after `from` ({from})", key.key));
        }
        if keys.iter().any(|other| other.value.overlaps(&key)) {
            item.wrong(format!("`{}` is there twice for the same days", key.key));
        }
        keys.push(item.at(key));
    }
    keys
}

/// A key is a text or a number: `"201"`, `201`.
fn key_text(value: &Value<'_>) -> Option<String> {
    match value.raw() {
        DeValue::Integer(number) => Some(number.to_string()),
        _ => value.line(),
    }
}

/// `2026-06-01`, in quotes or as TOML's own.
fn day(table: &Table<'_>, key: &'static str) -> Option<NaiveDate> {
    let value = table.get(key)?;
    let text = match value.raw() {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(date @ Datetime { time: None, .. }) => date.to_string(),
        _ => {
            value.wrong_type("a day such as 2026-06-01");
            return None;
        }
    };
    let found = text.trim().parse().ok();
    if found.is_none() {
        value.wrong(format!("`{text}` isn't a day such as `2026-06-01`"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_any_name() {
        assert_eq!(id_of("Olena K."), "olena-k");
        assert_eq!(id_of("Олена  Коваль"), "олена-коваль");
        assert_eq!(id_of("J. R. O'Brien (Sales)"), "j-r-o-brien-sales");
        assert_eq!(id_of("…"), "");
        assert!(id("Olena").is_err() && id("olena").is_ok() && id("").is_err());
        assert!(id_of(&"ш".repeat(100)).len() <= LONGEST_ID);
    }
}
