//! `[[contact]]`: `id name language zone active=true addresses={email=[…],sms=[…],slack=[…],teams=[…],webhook=[…]}
//! roles={acme=["owner","manager"]}`.

use std::collections::BTreeMap;

use super::{At, Spot, Table, Value};
use crate::domain::contact::{ChannelKind, EmailAddress, endpoint_name};
use crate::domain::ids::{ContactId, ProjectId};
use crate::domain::phone;
use crate::domain::role::{ROLES, Role};

/// A contact as the file says it.
#[derive(Clone, Debug)]
pub struct ContactEntry {
    pub spot: Spot,
    pub id: ContactId,
    pub name: String,
    pub language: Option<At<String>>,
    pub zone: Option<At<String>>,
    pub active: bool,
    pub addresses: BTreeMap<ChannelKind, Vec<String>>,
    pub roles: Vec<(At<ProjectId>, Vec<Role>)>,
}

pub(super) fn read(table: &Table<'_>) -> Option<ContactEntry> {
    let id = table.need("id").and_then(|value| value.parsed(ContactId::parse));
    let name = table.need("name").and_then(|value| value.line());
    let language = table.get("language").map(|value| value.text_at());
    let zone = table.get("zone").map(|value| value.text_at());
    let active = table.get("active").and_then(|value| value.boolean());
    let addresses = table.get("addresses").and_then(|value| value.table());
    let addresses = addresses.map(addresses_of).unwrap_or_default();
    let roles = table.get("roles").and_then(|value| value.table());
    let roles = roles.map(|table| roles_of(&table)).unwrap_or_default();
    Some(ContactEntry {
        spot: table.place.spot(),
        id: id?,
        name: name.unwrap_or_default(),
        language,
        zone,
        active: active.unwrap_or(true),
        addresses,
        roles,
    })
}

fn addresses_of(table: Table<'_>) -> BTreeMap<ChannelKind, Vec<String>> {
    let email = |value: &Value<'_>| value.parsed(EmailAddress::parse).map(String::from);
    let sms = |value: &Value<'_>| {
        value.parsed(|text| match phone::e164(text, None).filter(|_| text.trim().starts_with('+')) {
            Some(number) => Ok(number.to_string()),
            None => Err(format!("`{text}` isn't a number in international form, such as `+380441234567`")),
        })
    };
    let mut addresses = BTreeMap::new();
    addresses.insert(ChannelKind::Email, list(table.get("email"), email));
    addresses.insert(ChannelKind::Sms, list(table.get("sms"), sms));
    let endpoint = |value: &Value<'_>| value.parsed(endpoint_name);
    for (kind, key) in [(ChannelKind::Slack, "slack"), (ChannelKind::Teams, "teams"), (ChannelKind::Webhook, "webhook")]
    {
        addresses.insert(kind, list(table.get(key), endpoint));
    }
    addresses.retain(|_, list: &mut Vec<String>| !list.is_empty());
    table.finish();
    addresses
}

/// Each once, in the order of the file.
fn list(value: Option<Value<'_>>, read: impl Fn(&Value<'_>) -> Option<String>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for item in value.map(|value| value.one_or_several()).unwrap_or_default() {
        if let Some(address) = read(&item).filter(|address| !list.contains(address)) {
            list.push(address);
        }
    }
    list
}

fn roles_of(table: &Table<'_>) -> Vec<(At<ProjectId>, Vec<Role>)> {
    let words: Vec<&str> = ROLES.iter().map(|line| line.name).collect();
    let mut all = Vec::new();
    for (value, name, key) in table.entries() {
        let mut roles: Vec<Role> =
            value.one_or_several().iter().filter_map(|item| item.one_of(&words, Role::parse)).collect();
        roles.sort_unstable();
        roles.dedup();
        match ProjectId::parse(name) {
            Ok(project) => all.push((At { value: project, spot: key.spot() }, roles)),
            Err(why) => key.error(format!("`{name}` can't be a project: {why}"), None),
        }
    }
    all
}
