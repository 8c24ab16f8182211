//! Recipients of a report over several projects: each project is asked for itself, and a reader sees those that say yes.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::contact::{Contact, EmailAddress};
use crate::domain::directory::Directory;
use crate::domain::ids::{ContactId, ProjectId};
use crate::domain::notice::Reader;
use crate::domain::project::Project;
use crate::domain::role::{Rights, Scope};
use crate::domain::schedule::{Recipient, Schedule};

use super::{Addressee, Audience, LeftOut, as_contact, as_plain, main_address};

/// Of each project: what may be read of it, or why nothing.
pub type Each = Vec<(ProjectId, Result<Rights, LeftOut>)>;

/// What one of the schedule's recipients may read of each project.
pub fn each(
    recipient: &Recipient,
    schedule: &Schedule,
    projects: &[(&Project, &Directory)],
    contacts: &HashMap<ContactId, Contact>,
) -> Each {
    let of = |project: &Project, directory: &Directory| match recipient {
        Recipient::Contact(id) => as_contact(contacts.get(id), schedule, project, directory),
        Recipient::Address(address) => as_plain(address, schedule, project),
    };
    let rights = |(reader, _): (Reader, Addressee)| match reader.rights.scope {
        Scope::Project => Ok(reader.rights),
        Scope::Agent(_) | Scope::Nothing => Err(LeftOut::OwnCallsOnly),
    };
    projects.iter().map(|(project, list)| (project.id.clone(), of(project, list).and_then(rights))).collect()
}

/// Everybody in the list of a schedule over several projects: each sees those in which a role of theirs receives reports,
/// as far as it may.
pub fn resolve_over(
    schedule: &Schedule,
    projects: &[(&Project, &Directory)],
    contacts: &HashMap<ContactId, Contact>,
) -> Audience {
    let mut audience = Audience::default();
    let mut taken = HashSet::new();
    for recipient in &schedule.recipients {
        let (name, found) = match recipient {
            Recipient::Contact(id) => {
                let of = |project: &Project, directory: &Directory| {
                    as_contact(contacts.get(id), schedule, project, directory)
                };
                (id.to_string(), joined(projects, of))
            }
            Recipient::Address(address) => {
                (address.to_string(), joined(projects, |project, _| as_plain(address, schedule, project)))
            }
        };
        match found {
            Ok((_, addressee)) if !taken.insert(addressee.address.to_lowercase()) => {
                audience.left_out.push((name, LeftOut::SameAddress));
            }
            Ok((reader, addressee)) => audience.readers.entry(reader).or_default().push(addressee),
            Err(reason) => audience.left_out.push((name, reason)),
        }
    }
    audience
}

/// What somebody reads of several projects, from what they read of each; the first reason when it is nothing of any.
pub fn joined(
    projects: &[(&Project, &Directory)],
    of: impl Fn(&Project, &Directory) -> Result<(Reader, Addressee), LeftOut>,
) -> Result<(Reader, Addressee), LeftOut> {
    let mut all: Option<(Reader, Addressee)> = None;
    let mut why = None;
    for (project, directory) in projects {
        match of(project, directory) {
            // Own calls are told by a personal report of one project.
            Ok((reader, _)) if reader.rights.scope != Scope::Project => why = why.or(Some(LeftOut::OwnCallsOnly)),
            Ok((reader, addressee)) => {
                let rights = reader.rights.clone();
                let (joined, person) = all.get_or_insert((reader, addressee.clone()));
                joined.projects.insert(project.id.clone(), rights);
                for role in addressee.roles {
                    if !person.roles.contains(&role) {
                        person.roles.push(role);
                    }
                }
            }
            Err(reason) => why = why.or(Some(reason)),
        }
    }
    all.ok_or(why.unwrap_or(LeftOut::NoRole))
}

/// One address that a person named, of a schedule over several projects: it reads as the contact who has it, else as a
/// viewer of those that allow its domain.
pub fn by_hand_over(
    address: &EmailAddress,
    schedule: &Schedule,
    projects: &[(&Project, &Directory)],
    contacts: &HashMap<ContactId, Contact>,
) -> Audience {
    let found = match named_by_hand(address, contacts) {
        Recipient::Contact(id) => {
            joined(projects, |project, directory| as_contact(contacts.get(&id), schedule, project, directory))
        }
        Recipient::Address(address) => joined(projects, |project, _| as_plain(&address, schedule, project)),
    };
    match found {
        Ok((reader, addressee)) => {
            let addressee = Addressee { by_hand: true, ..addressee };
            Audience { readers: BTreeMap::from([(reader, vec![addressee])]), left_out: Vec::new() }
        }
        Err(reason) => Audience { readers: BTreeMap::new(), left_out: vec![(address.to_string(), reason)] },
    }
}

/// Who an address stands for that a person named: the contact whose first address it is, else itself.
pub fn named_by_hand(address: &EmailAddress, contacts: &HashMap<ContactId, Contact>) -> Recipient {
    let is_its =
        |contact: &&Contact| main_address(contact).is_some_and(|main| main.eq_ignore_ascii_case(address.as_str()));
    match contacts.values().find(is_its) {
        Some(contact) => Recipient::Contact(contact.id.clone()),
        None => Recipient::Address(address.clone()),
    }
}
