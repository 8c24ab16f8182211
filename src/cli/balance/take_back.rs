//! `callbrief balance withdraw` and `balance remove`: what was told wrong is taken back.

use super::super::{Exit, Failure};
use super::shown;
use crate::app::App;
use crate::config;
use crate::domain::ids::BalanceName;
use crate::domain::nearest::nearest;
use crate::domain::project::Project;
use crate::funds::{self, Names};
use crate::zones::Zone;

/// Entries that are looked through for the one that was meant: a quarter of a year and what is known to come.
const BACK_SEC: i64 = 92 * 86_400;
const AHEAD_SEC: i64 = 366 * 86_400;

/// Ids that are shown.
const SHOWN: usize = 5;

/// Takes back one entry.
pub(super) async fn withdraw(
    app: &App,
    (project, zone): (&Project, &Zone),
    name: &BalanceName,
    id: &str,
) -> Result<Exit, Failure> {
    let entry = funds::withdraw_entry(app, project, name, id, &config::user_name()).await?;
    if let Some(entry) = entry {
        let at = shown(zone, entry.at);
        println!(
            "{} · {name}: {} of {} at {at} is withdrawn; its id may be told again",
            project.id,
            entry.kind.name(),
            entry.amount
        );
        return Ok(Exit::Done);
    }
    let now = app.clock.now();
    let (from, to) = (now.plus_seconds(-BACK_SEC), now.plus_seconds(AHEAD_SEC));
    let found = app.store.read().await?.entries(project.key, name, from, to).await?;
    let ids = || found.iter().map(|entry| entry.id.as_str());
    let hint = match nearest(id, ids()) {
        Some(meant) => format!("is `{meant}` meant?"),
        None if found.is_empty() => "none was told of it lately".to_owned(),
        None => {
            let last: Vec<String> = ids().rev().take(SHOWN).map(|id| format!("`{id}`")).collect();
            format!("the last are {}", last.join(", "))
        }
    };
    Err(Failure::usage(format!("error: {} · {name} has no entry `{id}`; {hint}", project.id)))
}

/// Forgets a balance.
pub(super) async fn remove(app: &App, project: &Project, name: &BalanceName, dry_run: bool) -> Result<Exit, Failure> {
    let removed = funds::remove_balance(app, project, name, &config::user_name(), dry_run).await?;
    let Some(removed) = removed else {
        let names = Names::read(&mut app.store.read().await?, project).await?;
        return Err(Failure::usage(format!("error: {}", unknown(project, name, &names))));
    };
    let (entries, messages) = (removed.entries, removed.cancelled);
    let (is, are) = if dry_run { ("would be removed", "would be") } else { ("is removed", "are") };
    println!("{} · {name} {is}, with {entries} entries; {messages} messages that wait {are} cancelled", project.id);
    if project.settings.balances.contains_key(name) {
        println!("Its rules stay: [project.balances.{name}] stands in the set-up file.");
    }
    Ok(Exit::Done)
}

/// `acme has no balance `x`; …`: which there are, the near one first.
pub(in crate::cli) fn unknown(project: &Project, name: &BalanceName, names: &Names) -> String {
    let (id, told) = (&project.id, names.told().collect::<Vec<_>>());
    let near = nearest(name.as_str(), told.iter().copied());
    let others: Vec<&str> = told.iter().copied().filter(|one| Some(*one) != near).collect();
    let hint = match (near, others.as_slice()) {
        (None, []) => "nobody told any; `callbrief balance set` does".to_owned(),
        (None, others) => format!("it has {}", others.join(", ")),
        (Some(near), []) => format!("is `{near}` meant?"),
        (Some(near), others) => format!("is `{near}` meant? It also has {}", others.join(", ")),
    };
    format!("{id} has no balance `{name}`; {hint}")
}
