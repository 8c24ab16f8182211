//! Whether the directory's entries fit each other: a key is one person's at a time, a contact reads one person's calls.

use std::collections::{HashMap, HashSet};

use super::{After, Gone, Notes, unknown_project};
use crate::apply::plan::Noun;
use crate::apply::standing::Standing;
use crate::config::setup::{AgentEntry, Setup, Spot};
use crate::domain::contact::Contact;
use crate::domain::directory::{ListedAgent, folded};
use crate::domain::ids::ProjectId;
use crate::domain::project::Project;

/// Checks the file's people and numbers, and returns everybody who will be listed.
pub(super) fn check(
    setup: &Setup,
    standing: &Standing,
    gone: &Gone<'_>,
    projects: &After<'_, Project>,
    contacts: &After<'_, Contact>,
    notes: Notes<'_>,
) -> HashMap<ProjectId, Vec<ListedAgent>> {
    for entry in &setup.agents {
        unknown_project(entry.project.value.as_str(), &entry.project.spot, projects, notes);
        if let (Some(id), Some(spot)) = (&entry.agent.contact, &entry.contact_spot)
            && contacts.get(id.as_str()).is_none()
        {
            notes.error(spot, format!("there is no contact `{id}`"), Some(contacts.hint(id.as_str(), &[])));
        }
    }
    for entry in &setup.numbers {
        unknown_project(entry.project.value.as_str(), &entry.project.spot, projects, notes);
    }
    let named: HashSet<&str> = setup.agents.iter().map(|entry| entry.id.as_str()).collect();
    let mut placed: HashMap<&ProjectId, Vec<Placed<'_>>> = HashMap::new();
    for old in &standing.agents {
        let id = format!("{}/{}", old.project, old.entry.id);
        if !gone.has(Noun::Agent, &id) && !named.contains(id.as_str()) {
            let keeper = old.file.as_deref().unwrap_or("nobody");
            placed.entry(&old.project).or_default().push(Placed { agent: &old.entry, place: Place::Kept(keeper) });
        }
    }
    for entry in &setup.agents {
        let others = placed.entry(&entry.project.value).or_default();
        for other in others.iter() {
            keys(entry, other, notes);
            same_contact(entry, other, notes);
        }
        others.push(Placed { agent: &entry.agent, place: Place::Here(entry) });
    }
    let listed = |placed: &Vec<Placed<'_>>| placed.iter().map(|placed| placed.agent.clone()).collect();
    placed.iter().map(|(project, all)| ((*project).clone(), listed(all))).collect()
}

/// Somebody listed, and where the entry stands.
struct Placed<'a> {
    agent: &'a ListedAgent,
    place: Place<'a>,
}

enum Place<'a> {
    Here(&'a AgentEntry),
    /// In another file.
    Kept(&'a str),
}

impl Placed<'_> {
    /// `line 12`, of what `spot` finds in an entry of this file.
    fn said(&self, from: &AgentEntry, spot: impl Fn(&AgentEntry) -> Option<Spot>) -> String {
        match self.place {
            Place::Here(entry) => {
                let at = spot(entry).unwrap_or_else(|| entry.spot.clone());
                at.seen_from(&from.spot.source)
            }
            Place::Kept(file) => file.to_owned(),
        }
    }
}

fn keys(entry: &AgentEntry, other: &Placed<'_>, notes: Notes<'_>) {
    for (key, spot) in entry.agent.keys.iter().zip(&entry.key_spots) {
        let Some(n) = other.agent.keys.iter().position(|theirs| theirs.overlaps(key)) else { continue };
        let there = other.said(entry, |entry| entry.key_spots.get(n).cloned());
        let title = format!("the key `{}` is `{}`'s for some of the same days ({there})", key.key, other.agent.name);
        let help = "a key that changed hands is one person's `to` a day and the other's `from` that day".to_owned();
        notes.error(spot, title, Some(help));
    }
    let folded_name = folded(&entry.agent.name);
    if folded(&other.agent.name) == folded_name && other.agent.team == entry.agent.team {
        let there = other.said(entry, |_| None);
        let title =
            format!("`{}` is listed twice ({there}): reports would show two lines of that name", entry.agent.name);
        let help = "one `[[agent]]` holds all keys of a person, each with its own days if need be".to_owned();
        notes.warning(&entry.spot, title, Some(help));
    }
}

fn same_contact(entry: &AgentEntry, other: &Placed<'_>, notes: Notes<'_>) {
    if let (Some(id), Some(spot)) = (&entry.agent.contact, &entry.contact_spot)
        && other.agent.contact.as_ref() == Some(id)
    {
        let there = other.said(entry, |entry| entry.contact_spot.clone());
        let title = format!("the contact `{id}` already reads the calls of `{}` ({there})", other.agent.name);
        notes.error(spot, title, Some("a personal report is one person's".to_owned()));
    }
}
