//! Whether those in a schedule's list may receive its report. Of one over several projects each is asked: who may read none
//! will receive nothing, who may read some is told which.

use super::{Known, Notes};
use crate::apply::standing::Standing;
use crate::config::setup::At;
use crate::domain::contact::{ChannelKind, Contact, EmailAddress};
use crate::domain::directory::Directory;
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::domain::role::{Rights, Role, Scope};
use crate::domain::schedule::{Recipient, Schedule};

/// Checks one line of the list of a schedule on these projects.
pub(super) fn check(recipient: &At<Recipient>, projects: &[&Project], known: &Known<'_>, notes: Notes<'_>) {
    let spot = &recipient.spot;
    match &recipient.value {
        Recipient::Address(address) => {
            let (allowing, others): (Vec<&Project>, Vec<&Project>) =
                projects.iter().copied().partition(|project| allows(project, address));
            if projects.is_empty() {
                return; // noted where they were named
            }
            if allowing.is_empty() {
                let all = listed(projects);
                let (title, help) = match projects {
                    [only] => (
                        format!(
                            "`{address}` may not receive reports of {all}: {} isn't one of its allowed_domains",
                            address.domain()
                        ),
                        match only.allowed_domains.as_slice() {
                            [] => "it allows none".to_owned(),
                            domains => format!("it allows {}", domains.join(", ")),
                        },
                    ),
                    _ => (
                        format!(
                            "`{address}` may not receive reports of {all}: {} is in the allowed_domains of none of them",
                            address.domain()
                        ),
                        projects.iter().map(|project| allowed_by(project)).collect::<Vec<_>>().join(", "),
                    ),
                };
                notes.error(spot, title, Some(format!("{help}; make this person a contact, or allow the domain")));
            } else if !others.is_empty() {
                let title =
                    format!("`{address}` will see {} of this, and nothing of {}", listed(&allowing), listed(&others));
                let help = format!("{} isn't in the allowed_domains there", address.domain());
                notes.warning(spot, title, Some(help));
            }
        }
        Recipient::Contact(id) => {
            let Some(contact) = known.contacts.get(id.as_str()) else {
                let hint = known.contacts.hint(id.as_str(), &[]);
                notes.error(spot, format!("there is no contact `{id}`"), Some(hint));
                return;
            };
            let is_one_of_several = projects.len() > 1;
            let mut seen = Vec::new();
            let mut whys: Vec<String> = Vec::new();
            let mut hidden = Vec::new();
            for project in projects {
                match gets_nothing(contact, project, known, is_one_of_several) {
                    None => seen.push(*project),
                    Some(why) => {
                        hidden.push(*project);
                        if !whys.contains(&why) {
                            whys.push(why);
                        }
                    }
                }
            }
            if seen.is_empty() && !whys.is_empty() {
                notes.warning(spot, format!("`{id}` will receive nothing of this: {}", whys.join("; ")), None);
            } else if !hidden.is_empty() {
                let title = format!("`{id}` will see {} of this, and nothing of {}", listed(&seen), listed(&hidden));
                notes.warning(spot, title, Some(whys.join("; ")));
            }
        }
    }
}

/// Notes a contact that there isn't.
pub(in crate::apply) fn unknown(recipient: &At<Recipient>, known: &Known<'_>, notes: Notes<'_>) {
    if let Recipient::Contact(id) = &recipient.value
        && known.contacts.get(id.as_str()).is_none()
    {
        let hint = known.contacts.hint(id.as_str(), &[]);
        notes.error(&recipient.spot, format!("there is no contact `{id}`"), Some(hint));
    }
}

/// Whether a template's recipient gets the reports of this project.
pub(in crate::apply) fn gets_it(recipient: &At<Recipient>, project: &Project, known: &Known<'_>) -> bool {
    match &recipient.value {
        Recipient::Address(address) => allows(project, address),
        Recipient::Contact(id) => known
            .contacts
            .get(id.as_str())
            .is_some_and(|contact| gets_nothing(contact, project, known, false).is_none()),
    }
}

/// Plain addresses in another file's schedule that received something and no longer will.
pub(super) fn shut_out(schedule: &Schedule, standing: &Standing, known: &Known<'_>, notes: Notes<'_>) {
    let now: Vec<&Project> = schedule.projects().filter_map(|id| known.projects.get(id.as_str())).collect();
    let before: Vec<&Project> = schedule.projects().filter_map(|id| standing.project(id.as_str())).collect();
    for recipient in &schedule.recipients {
        let Recipient::Address(address) = recipient else { continue };
        let allowing = |projects: &[&Project]| projects.iter().filter(|project| allows(project, address)).count();
        let lost: Vec<&Project> = now
            .iter()
            .copied()
            .filter(|project| !allows(project, address))
            .filter(|project| before.iter().any(|old| old.id == project.id && allows(old, address)))
            .collect();
        if lost.is_empty() {
            continue;
        }
        let help = format!(
            "{} no longer {} {}",
            listed(&lost),
            if lost.len() == 1 { "allows" } else { "allow" },
            address.domain()
        );
        let title = match allowing(&now) {
            0 => format!("`{address}` will receive nothing more of the schedule `{}`", schedule.id),
            _ => format!("`{address}` will see nothing more of {} in the schedule `{}`", listed(&lost), schedule.id),
        };
        notes.problems.warning_nowhere(title, Some(help));
    }
}

fn allows(project: &Project, address: &EmailAddress) -> bool {
    project.allowed_domains.iter().any(|domain| domain == address.domain())
}

fn allowed_by(project: &Project) -> String {
    match project.allowed_domains.as_slice() {
        [] => format!("`{}` allows none", project.id),
        domains => format!("`{}` allows {}", project.id, domains.join(" and ")),
    }
}

/// `acme`, `beta`
fn listed(projects: &[&Project]) -> String {
    projects.iter().map(|project| format!("`{}`", project.id)).collect::<Vec<_>>().join(", ")
}

/// Why a contact gets no report of a project, as it stands.
fn gets_nothing(contact: &Contact, project: &Project, known: &Known<'_>, is_one_of_several: bool) -> Option<String> {
    let roles = contact.roles.get(&project.id).map(Vec::as_slice).unwrap_or_default();
    if !contact.active {
        return Some("the contact isn't active".to_owned());
    }
    if contact.addresses.get(&ChannelKind::Email).is_none_or(Vec::is_empty) {
        return Some("the contact has no mail address".to_owned());
    }
    if roles.is_empty() {
        return Some(format!("the contact has no role in `{}`", project.id));
    }
    let receiving: Vec<Role> = roles.iter().copied().filter(|role| role.rights().receives_reports).collect();
    if receiving.is_empty() {
        return Some(format!("no role of the contact in `{}` receives reports", project.id));
    }
    if is_one_of_several && Rights::of(&receiving, None).scope == Scope::Nothing {
        return Some(format!(
            "an agent sees own calls only, and no report over several projects tells them; give a report of `{}` alone",
            project.id
        ));
    }
    let own = known.directory.get(&project.id).cloned().unwrap_or_default();
    let addresses = contact.addresses.get(&ChannelKind::Email).map(Vec::as_slice).unwrap_or_default();
    // Who reads whose calls doesn't depend on the day.
    let own = Directory::new(own, Vec::new(), |_| Instant::from_seconds(0));
    let agent = own.agent_of(&contact.id, addresses);
    let sees_nothing = Rights::of(&receiving, agent.map(|agent| agent.id.as_str())).scope == Scope::Nothing;
    sees_nothing.then(|| {
        "an agent sees own calls only, and which they are isn't known; name the contact in an `[[agent]]`".to_owned()
    })
}
