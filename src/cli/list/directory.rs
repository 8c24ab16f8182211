//! `callbrief list agents`, `numbers` and `unknown`.

use std::collections::HashMap;

use chrono::NaiveDate;
use comfy_table::Table;
use serde_json::{Value, json};

use super::{Shown, table};
use crate::app::App;
use crate::cli::{Exit, Failure};
use crate::domain::directory::{Directory, ListedAgent, ListedKey, is_extension};
use crate::domain::ids::ProjectId;
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::store::Store;
use crate::store::directory::Kept;
use crate::zones::Zone;

/// Who is listed, by project; for questions that don't depend on the day.
pub(in crate::cli) async fn directories(store: &Store) -> anyhow::Result<HashMap<ProjectId, Directory>> {
    let mut agents: HashMap<ProjectId, Vec<ListedAgent>> = HashMap::new();
    for kept in store.listed_agents().await? {
        agents.entry(kept.project).or_default().push(kept.entry);
    }
    let of = |agents| Directory::new(agents, Vec::new(), |_| Instant::from_seconds(0));
    Ok(agents.into_iter().map(|(project, agents)| (project, of(agents))).collect())
}

fn is_of<T>(kept: &Kept<T>, project: Option<&str>) -> bool {
    project.is_none_or(|project| kept.project.as_str() == project)
}

pub(super) async fn agents(store: &Store, project: Option<&str>) -> anyhow::Result<Shown> {
    let mut table = table(&["agent", "name", "team", "keys", "contact"]);
    let mut list = Vec::new();
    for kept in store.listed_agents().await?.into_iter().filter(|kept| is_of(kept, project)) {
        let agent = &kept.entry;
        table.add_row([
            format!("{}/{}", kept.project, agent.id),
            agent.name.clone(),
            agent.team.clone().unwrap_or_default(),
            agent.keys.iter().map(shown).collect::<Vec<_>>().join("\n"),
            agent.contact.as_ref().map(ToString::to_string).unwrap_or_default(),
        ]);
        list.push(json!({
            "project": kept.project, "id": agent.id, "name": agent.name, "team": agent.team, "keys": agent.keys,
            "contact": agent.contact, "applied_by": kept.file,
        }));
    }
    Ok((Value::Array(list), table))
}

/// `205 from 2026-06-01`
fn shown(key: &ListedKey) -> String {
    let from = key.from.map(|day| format!(" from {day}")).unwrap_or_default();
    let to = key.to.map(|day| format!(" to {day}")).unwrap_or_default();
    format!("{}{from}{to}", key.key)
}

pub(super) async fn numbers(store: &Store, project: Option<&str>) -> anyhow::Result<Shown> {
    let mut table = table(&["number", "label", "department", "source", "medium", "campaign", ""]);
    let mut list = Vec::new();
    for kept in store.listed_numbers().await?.into_iter().filter(|kept| is_of(kept, project)) {
        let number = &kept.entry;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        table.add_row([
            format!("{}/{}", kept.project, number.number),
            text(&number.label),
            text(&number.department),
            text(&number.source),
            text(&number.medium),
            text(&number.campaign),
            if number.ignore { "left out" } else { "" }.to_owned(),
        ]);
        list.push(json!({
            "project": kept.project, "number": number.number.to_string(), "label": number.label,
            "department": number.department, "source": number.source, "medium": number.medium,
            "campaign": number.campaign, "ignore": number.ignore, "applied_by": kept.file,
        }));
    }
    Ok((Value::Array(list), table))
}

/// Local days from which and up to which, half-open.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// Something that calls name and nobody listed.
struct Unknown {
    project: ProjectId,
    kind: &'static str,
    key: String,
    /// When calls name it and nobody is listed for it; without any bounds for what nobody ever was.
    days: Vec<Days>,
    name: Option<String>,
    calls: i64,
    last_at: Instant,
    last_local: String,
}

impl Unknown {
    /// What to put into the set-up file.
    fn snippet(&self) -> String {
        let quoted = |text: &str| Value::from(text).to_string();
        if self.kind == "number" {
            return format!(
                "[[number]]\nproject = {}\nnumber = {}\nlabel = \"\"\n",
                quoted(self.project.as_str()),
                quoted(&self.key)
            );
        }
        let name = self.name.clone().unwrap_or_else(|| match is_extension(&self.key) {
            true => format!("Extension {}", self.key),
            false => self.key.clone(),
        });
        let key = quoted(&self.key);
        let keys = self.days.iter().map(|(from, to)| {
            let day =
                |word: &str, day: &Option<NaiveDate>| day.map(|day| format!(", {word} = {day}")).unwrap_or_default();
            match (day("from", from), day("to", to)) {
                (from, to) if from.is_empty() && to.is_empty() => key.clone(),
                (from, to) => format!("{{ key = {key}{from}{to} }}"),
            }
        });
        let keys: Vec<String> = keys.collect();
        let (project, name) = (quoted(self.project.as_str()), quoted(&name));
        format!("[[agent]]\nproject = {project}\nname = {name}\nkeys = [{}]\n", keys.join(", "))
    }
}

const ALL_LISTED: &str = "Everybody and every number that calls name is listed.";
const NO_CALLS: &str =
    "There are no calls yet, so nobody and no number is named in one. `callbrief import` reads them from files.";

/// Whether any source of these projects ever told of a call.
async fn has_calls(app: &App, projects: impl Iterator<Item = &Project>) -> anyhow::Result<bool> {
    for project in projects {
        if app.store.coverage(project.key).await?.iter().any(|source| source.last_event_at.is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) async fn unknown(app: &App, project: Option<&str>, as_json: bool) -> Result<Exit, Failure> {
    let projects = app.store.projects().await?;
    if let Some(name) = project.filter(|name| !projects.iter().any(|known| known.id.as_str() == *name)) {
        return Err(Failure::usage(format!(
            "error: there is no project `{name}`; `callbrief list projects` shows all"
        )));
    }
    let mut all = Vec::new();
    for known in projects.iter().filter(|known| project.is_none_or(|name| known.id.as_str() == name)) {
        all.extend(unknown_of(app, known).await?);
    }
    if as_json {
        let list = all.iter().map(|one| {
            json!({
                "project": one.project, "kind": one.kind, "key": one.key, "name": one.name, "calls": one.calls,
                "last_seen": one.last_at, "snippet": one.snippet(),
            })
        });
        println!("{}", serde_json::to_string_pretty(&list.collect::<Vec<_>>())?);
        return Ok(Exit::Done);
    }
    if all.is_empty() {
        let has_calls = match project {
            Some(_) => has_calls(app, projects.iter().filter(|known| Some(known.id.as_str()) == project)).await?,
            None => has_calls(app, projects.iter()).await?,
        };
        println!("{}", if has_calls { ALL_LISTED } else { NO_CALLS });
        return Ok(Exit::Done);
    }
    crate::cli::table::print(shown_unknown(&all));
    if all.iter().any(|one| one.kind == "number") {
        println!(
            "\nNumbers are those that calls name as `tracking_number`, the one that was dialled; `to_number` may be an \
             extension, or where the call went on to, and isn't looked up."
        );
    }
    println!("\nFor the set-up file, with the names that they should have:\n");
    for one in &all {
        println!("{}", one.snippet());
    }
    Ok(Exit::Done)
}

fn shown_unknown(all: &[Unknown]) -> Table {
    let mut table = table(&["project", "what", "key", "called", "calls", "last"]);
    for one in all {
        table.add_row([
            one.project.to_string(),
            one.kind.to_owned(),
            one.key.clone(),
            one.name.clone().unwrap_or_default(),
            one.calls.to_string(),
            one.last_local.clone(),
        ]);
    }
    table
}

/// Everybody and every number of a project that its calls name and nobody listed.
async fn unknown_of(app: &App, project: &Project) -> anyhow::Result<Vec<Unknown>> {
    let zone = app.zones.get(&project.zone)?;
    let mut session = app.store.read().await?;
    let directory = session.directory(project.key, |day| zone.start_of_day(day)).await?;
    let mut all = Vec::new();
    let mut note = |kind, key, name, days, calls, last_at| {
        let last_local = zone.local(last_at).format("%Y-%m-%d %H:%M").to_string();
        all.push(Unknown { project: project.id.clone(), kind, key, name, days, calls, last_at, last_local });
    };
    let always: Vec<Days> = vec![(None, None)];
    for seen in session.agents_seen(project.key, (None, None), None).await? {
        let gaps = directory.gaps(&seen.key, seen.name.as_deref());
        if gaps == [(None, None)] {
            note("agent", seen.key, seen.name, always.clone(), seen.calls, seen.last_at);
            continue;
        }
        let (mut calls, mut last_at, mut days) = (0, None, Vec::new());
        for gap in gaps {
            for part in session.agents_seen(project.key, gap, Some(seen.id)).await? {
                calls += part.calls;
                last_at = last_at.max(Some(part.last_at));
                days.push(days_of(gap, &zone));
            }
        }
        if let Some(last_at) = last_at {
            note("agent", seen.key, seen.name, days, calls, last_at);
        }
    }
    for seen in session.numbers_seen(project.key).await? {
        if directory.number(seen.number).is_none() {
            note("number", format!("+{}", seen.number), None, always.clone(), seen.calls, seen.last_at);
        }
    }
    all.sort_by(|a, b| a.kind.cmp(b.kind).then(b.calls.cmp(&a.calls)).then_with(|| a.key.cmp(&b.key)));
    Ok(all)
}

/// The local days of a gap, whose bounds are beginnings of days.
fn days_of((from, to): (Option<Instant>, Option<Instant>), zone: &Zone) -> Days {
    let day = |at: Instant| zone.local(at).date();
    (from.map(day), to.map(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(days: Vec<Days>) -> Unknown {
        Unknown {
            project: ProjectId::parse("acme").expect("an id"),
            kind: "agent",
            key: "205".into(),
            days,
            name: None,
            calls: 3,
            last_at: Instant::from_seconds(0),
            last_local: String::new(),
        }
    }

    #[test]
    fn a_key_that_is_somebody_elses_on_other_days_is_proposed_for_its_own() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let (until, since) = (day("2026-11-12"), day("2026-12-01"));
        assert!(unknown(vec![(None, None)]).snippet().ends_with("keys = [\"205\"]\n"));
        assert!(unknown(vec![(None, until)]).snippet().ends_with("keys = [{ key = \"205\", to = 2026-11-12 }]\n"));
        assert!(
            unknown(vec![(None, until), (since, None)])
                .snippet()
                .ends_with("keys = [{ key = \"205\", to = 2026-11-12 }, { key = \"205\", from = 2026-12-01 }]\n")
        );
    }
}
