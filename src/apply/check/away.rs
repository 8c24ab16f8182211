//! Whether whoever is away has a deputy who can stand in: another one, active, there on those days, and hearing of money in
//! each project in which the contact does.

use super::{After, Notes};
use crate::config::setup::ContactEntry;
use crate::domain::contact::Contact;
use crate::domain::role::Role;

pub(super) fn check(entry: &ContactEntry, contact: &Contact, contacts: &After<'_, Contact>, notes: Notes<'_>) {
    let Some(away) = &contact.settings.away else { return };
    let spot = entry.away.as_ref().unwrap_or(&entry.spot);
    let (id, deputy) = (&contact.id, &away.deputy);
    if deputy == id {
        notes.error(spot, format!("`{id}` can't stand in for itself"), Some("name another contact".to_owned()));
        return;
    }
    let Some(found) = contacts.get(deputy.as_str()) else {
        notes.error(spot, format!("there is no contact `{deputy}`"), Some(contacts.hint(deputy.as_str(), &[])));
        return;
    };
    if !found.active {
        let title = format!("`{deputy}` isn't active, so it can't stand in for `{id}`");
        notes.error(spot, title, Some("name another contact".to_owned()));
    }
    if let Some(other) = found.settings.away.as_ref().filter(|other| other.meets(away)) {
        let title = format!("`{deputy}` can't stand in for `{id}`: it is away itself ({other})");
        let help = "a deputy has no deputy: name somebody who is there on all of these days".to_owned();
        notes.error(spot, title, Some(help));
    }
    let hears = |roles: &[Role]| roles.iter().any(|role| matches!(role, Role::Owner | Role::Finance | Role::Ops));
    let stands_in = |project| found.roles.get(project).is_some_and(|roles| hears(roles));
    let missing: Vec<&str> = contact
        .roles
        .iter()
        .filter(|(project, roles)| hears(roles) && !stands_in(*project))
        .map(|(project, _)| project.as_str())
        .collect();
    if !missing.is_empty() {
        let title = format!("`{deputy}` can't stand in for `{id}` in {}", missing.join(", "));
        let help = "a deputy is finance, owner or ops of the same projects; sums show by its own role".to_owned();
        notes.error(spot, title, Some(help));
    }
}
