//! Contacts: people and post-boxes with addresses and with roles in projects. A retired contact is not found any more,
//! so that whoever asks again before a send learns that nobody is there.

use std::collections::{BTreeMap, HashMap};

use super::{Damage, Named, Session, Sql, Store, StoreError};
use super::{execute, fetch_all, json, sql, stored};
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::ids::{ContactId, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::role::Role;

const LIST: Sql = sql!("contacts/list");
const LIST_ADDRESSES: Sql = sql!("contacts/list_addresses");
const LIST_ROLES: Sql = sql!("contacts/list_roles");
const NAMED: Sql = sql!(twin "contacts/named");
const ADDRESSES: Sql = sql!(twin "contacts/addresses");
const ROLES: Sql = sql!(twin "contacts/roles");
const OF_PROJECTS: Sql = sql!(twin "contacts/of_projects");
const SAVE: Sql = sql!("contacts/save");
const CLEAR_ADDRESSES: Sql = sql!("contacts/clear_addresses");
const CLEAR_ROLES: Sql = sql!("contacts/clear_roles");
const ADD_ADDRESS: Sql = sql!("contacts/add_address");
const ADD_ROLE: Sql = sql!("contacts/add_role");
const RETIRE: Sql = sql!("contacts/retire");

#[derive(Debug, sqlx::FromRow)]
struct ContactRow {
    id: String,
    name: String,
    language: Option<String>,
    zone: Option<String>,
    active: bool,
    applied_by: Option<String>,
    /// JSON.
    settings: String,
}

#[derive(Debug, sqlx::FromRow)]
struct AddressRow {
    contact: String,
    channel: String,
    address: String,
}

#[derive(Debug, sqlx::FromRow)]
struct RoleRow {
    contact: String,
    project: String,
    project_key: i64,
    role: String,
}

/// A contact, the file that keeps it, and the numbers of the projects it owns.
struct Found {
    contact: Contact,
    file: Option<String>,
    owns: Vec<ProjectKey>,
}

impl ContactRow {
    fn read(self, address_rows: Vec<AddressRow>, role_rows: Vec<RoleRow>) -> Result<Found, StoreError> {
        let mut addresses: BTreeMap<ChannelKind, Vec<String>> = BTreeMap::new();
        for row in address_rows {
            let channel = stored("channel", ChannelKind::parse(&row.channel).ok_or(row.channel))?;
            addresses.entry(channel).or_default().push(row.address);
        }
        let (mut roles, mut owns): (BTreeMap<ProjectId, Vec<Role>>, Vec<ProjectKey>) = Default::default();
        for row in role_rows {
            let role = stored("role", Role::parse(&row.role).ok_or(row.role))?;
            if role == Role::Owner {
                owns.push(ProjectKey(row.project_key));
            }
            roles.entry(stored("project id", ProjectId::parse(&row.project))?).or_default().push(role);
        }
        roles.values_mut().for_each(|list| list.sort_unstable());
        let contact = Contact {
            id: stored("contact id", ContactId::parse(&self.id))?,
            name: self.name,
            language: self.language,
            zone: self.zone,
            active: self.active,
            addresses,
            roles,
            settings: stored("settings of a contact", serde_json::from_str(&self.settings))?,
        };
        Ok(Found { contact, file: self.applied_by, owns })
    }
}

/// Contacts in their order, each with its id.
fn found(
    contacts: Vec<ContactRow>,
    address_rows: Vec<AddressRow>,
    role_rows: Vec<RoleRow>,
) -> Vec<(String, Result<Found, StoreError>)> {
    let mut of: HashMap<String, (Vec<AddressRow>, Vec<RoleRow>)> = HashMap::new();
    for row in address_rows {
        of.entry(row.contact.clone()).or_default().0.push(row);
    }
    for row in role_rows {
        of.entry(row.contact.clone()).or_default().1.push(row);
    }
    let read = contacts.into_iter().map(|row| {
        let (addresses, roles) = of.remove(&row.id).unwrap_or_default();
        (row.id.clone(), row.read(addresses, roles))
    });
    read.collect()
}

impl Session {
    /// The contact of this id, unless retired.
    pub async fn contact(&mut self, id: &ContactId) -> Result<Option<Contact>, StoreError> {
        Ok(self
            .find_contacts(&[id.as_str()])
            .await?
            .pop()
            .map(|(_, read)| read)
            .transpose()?
            .map(|found| found.contact))
    }

    /// The contacts of these ids that aren't retired.
    pub async fn contacts_named(&mut self, ids: &[&str]) -> Result<Named<Contact>, StoreError> {
        let found = self.find_contacts(ids).await?.into_iter();
        found.map(|(id, read)| Ok((id, Damage::or(read.map(|found| found.contact))?))).collect()
    }

    /// The ids of everybody with a role in each of these projects, retired ones too.
    pub async fn members(&mut self, projects: &[ProjectKey]) -> Result<Vec<(ProjectKey, String)>, StoreError> {
        let keys: Vec<i64> = projects.iter().map(|key| key.0).collect();
        let rows = fetch_all!(self, OF_PROJECTS, (i64, String), json(&keys))?;
        Ok(rows.into_iter().map(|(project, contact)| (ProjectKey(project), contact)).collect())
    }

    /// Every contact that isn't retired, by id.
    pub async fn contacts(&mut self) -> Result<Vec<Contact>, StoreError> {
        Ok(self.all_contacts().await?.into_iter().map(|found| found.contact).collect())
    }

    /// Everybody with a role in this project, by id; inactive ones too.
    pub async fn contacts_of_project(&mut self, project: ProjectKey) -> Result<Vec<Contact>, StoreError> {
        Ok(self.find_contacts_of(project).await?.into_iter().map(|found| found.contact).collect())
    }

    /// The project's active owners, by id; empty: `[operations]` of the settings hears instead.
    pub async fn owners(&mut self, project: ProjectKey) -> Result<Vec<Contact>, StoreError> {
        let found = self.find_contacts_of(project).await?;
        Ok(found
            .into_iter()
            .filter(|found| found.contact.active && found.owns.contains(&project))
            .map(|found| found.contact)
            .collect())
    }

    /// The project's active ops who aren't its owners as well, by id.
    pub async fn ops(&mut self, project: ProjectKey) -> Result<Vec<Contact>, StoreError> {
        let Some(id) = self.project_by_key(project).await?.map(|project| project.id) else { return Ok(Vec::new()) };
        let all = self.find_contacts_of(project).await?.into_iter();
        let is_ops = |found: &Found| found.contact.roles.get(&id).is_some_and(|roles| roles.contains(&Role::Ops));
        Ok(all
            .filter(|found| found.contact.active && !found.owns.contains(&project) && is_ops(found))
            .map(|found| found.contact)
            .collect())
    }

    /// Every contact that isn't retired, each with the file that keeps it.
    pub(crate) async fn kept_contacts(&mut self) -> Result<Vec<(Contact, Option<String>)>, StoreError> {
        Ok(self.all_contacts().await?.into_iter().map(|found| (found.contact, found.file)).collect())
    }

    /// The contact of this id, unless retired, with the file that keeps it.
    pub(crate) async fn kept_contact(
        &mut self,
        id: &ContactId,
    ) -> Result<Option<(Contact, Option<String>)>, StoreError> {
        let found = self.find_contacts(&[id.as_str()]).await?.pop().map(|(_, read)| read).transpose()?;
        Ok(found.map(|found| (found.contact, found.file)))
    }

    /// Everybody with a role in this project, by id, each with the file that keeps it.
    pub(crate) async fn kept_contacts_of(
        &mut self,
        project: ProjectKey,
    ) -> Result<Vec<(Contact, Option<String>)>, StoreError> {
        Ok(self.find_contacts_of(project).await?.into_iter().map(|found| (found.contact, found.file)).collect())
    }

    /// Makes the contact or changes it to this, with its addresses and roles; the projects it names stand already.
    pub(crate) async fn save_contact(
        &mut self,
        contact: &Contact,
        file: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let id = contact.id.as_str();
        let (language, zone) = (contact.language.as_deref(), contact.zone.as_deref());
        let settings = json(&contact.settings);
        execute!(self, SAVE, id, contact.name.as_str(), language, zone, contact.active, file, now, settings)?;
        execute!(self, CLEAR_ADDRESSES, id)?;
        execute!(self, CLEAR_ROLES, id)?;
        for (channel, addresses) in &contact.addresses {
            for (position, address) in (0i64..).zip(addresses) {
                execute!(self, ADD_ADDRESS, id, channel.name(), position, address.as_str())?;
            }
        }
        self.forget_numbers_gone(id).await?;
        for (project, roles) in &contact.roles {
            for role in roles {
                execute!(self, ADD_ROLE, id, project.as_str(), role.name())?;
            }
        }
        Ok(())
    }

    /// Retires the contact of this id.
    pub(crate) async fn retire_contact(&mut self, id: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, RETIRE, id, now)?;
        self.forget_numbers_gone(id).await
    }

    async fn all_contacts(&mut self) -> Result<Vec<Found>, StoreError> {
        let contacts = fetch_all!(self, LIST, ContactRow)?;
        let addresses = fetch_all!(self, LIST_ADDRESSES, AddressRow)?;
        let roles = fetch_all!(self, LIST_ROLES, RoleRow)?;
        found(contacts, addresses, roles).into_iter().map(|(_, read)| read).collect()
    }

    /// Those of these ids, by id.
    async fn find_contacts(&mut self, ids: &[&str]) -> Result<Vec<(String, Result<Found, StoreError>)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let list = json(&ids);
        let contacts = fetch_all!(self, NAMED, ContactRow, list.as_str())?;
        let addresses = fetch_all!(self, ADDRESSES, AddressRow, list.as_str())?;
        let roles = fetch_all!(self, ROLES, RoleRow, list.as_str())?;
        Ok(found(contacts, addresses, roles))
    }

    /// Those with a role in a project, by id.
    async fn find_contacts_of(&mut self, project: ProjectKey) -> Result<Vec<Found>, StoreError> {
        let members = self.members(&[project]).await?;
        let ids: Vec<&str> = members.iter().map(|(_, id)| id.as_str()).collect();
        self.find_contacts(&ids).await?.into_iter().map(|(_, read)| read).collect()
    }
}

impl Store {
    /// The contact of this id, unless retired.
    pub async fn contact(&self, id: &ContactId) -> Result<Option<Contact>, StoreError> {
        self.read().await?.contact(id).await
    }

    /// Every contact that isn't retired, by id.
    pub async fn contacts(&self) -> Result<Vec<Contact>, StoreError> {
        self.read().await?.contacts().await
    }

    /// Everybody with a role in this project, by id; inactive ones too.
    pub async fn contacts_of_project(&self, project: ProjectKey) -> Result<Vec<Contact>, StoreError> {
        self.read().await?.contacts_of_project(project).await
    }

    /// The project's active owners, by id; empty: `[operations]` of the settings hears instead.
    pub async fn owners(&self, project: ProjectKey) -> Result<Vec<Contact>, StoreError> {
        self.read().await?.owners(project).await
    }
}
