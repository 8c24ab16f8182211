//! Whether the filters of a file's reports name what the projects that use them know. A report belongs to no project, so a
//! value is right when one of its projects knows it; what no list says (queues, tags, campaigns) can't be checked.

use std::collections::HashSet;

use super::{Known, Notes};
use crate::apply::plan::WantedSchedule;
use crate::apply::standing::Standing;
use crate::config::nearest::nearest;
use crate::config::setup::{ReportEntry, Setup};
use crate::domain::directory::{ListedNumber, folded};
use crate::domain::ids::ProjectId;
use crate::domain::schedule::Schedule;

/// Checks the filters of every report of the file that some schedule uses.
pub(super) fn check(
    setup: &Setup,
    schedules: &[&WantedSchedule],
    standing: &Standing,
    known: &Known<'_>,
    notes: Notes<'_>,
) {
    let own: HashSet<&str> = schedules.iter().map(|wanted| wanted.schedule.id.as_str()).collect();
    for report in &setup.reports {
        let kept = standing.schedules.iter().map(|stored| &stored.schedule);
        let kept = kept.filter(|old| !own.contains(old.id.as_str()));
        let own = schedules.iter().map(|wanted| &wanted.schedule);
        let users = own.chain(kept).filter(|schedule| schedule.report == report.id.as_str());
        let mut projects: Vec<&ProjectId> = users.flat_map(Schedule::projects).collect();
        projects.sort();
        projects.dedup();
        if !projects.is_empty() {
            values(report, &projects, setup, standing, known, notes);
        }
    }
}

/// Projects that are named in a message.
const MOST_NAMED: usize = 8;

fn values(
    report: &ReportEntry,
    projects: &[&ProjectId],
    setup: &Setup,
    standing: &Standing,
    known: &Known<'_>,
    notes: Notes<'_>,
) {
    let agents: Vec<_> = projects.iter().filter_map(|of| known.directory.get(*of)).flatten().collect();
    let numbers: Vec<&ListedNumber> = setup
        .numbers
        .iter()
        .map(|entry| (&entry.project.value, &entry.number))
        .chain(standing.numbers.iter().map(|old| (&old.project, &old.entry)))
        .filter(|(of, number)| projects.binary_search(of).is_ok() && !number.ignore)
        .map(|(_, number)| number)
        .collect();
    let mut of = projects.iter().take(MOST_NAMED).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    if projects.len() > MOST_NAMED {
        of.push_str(&format!(" and {} more", projects.len() - MOST_NAMED));
    }
    for (key, at) in &report.named {
        let value = at.value.as_str();
        let is = |name: &str| folded(name) == folded(value);
        // What is known, whether the value is among it, and whether a list that lacks it is surely whole.
        let (words, fits, is_whole): (Vec<String>, bool, bool) = match *key {
            "agent" => {
                let words = agents.iter().flat_map(|agent| [agent.id.clone(), agent.name.clone()]).collect();
                // A source may name people whom nobody listed yet.
                (words, agents.iter().any(|agent| agent.is_called(value)), false)
            }
            "team" => {
                let words: Vec<String> = agents.iter().filter_map(|agent| agent.team.clone()).collect();
                let fits = words.iter().any(|name| is(name));
                (words, fits, true)
            }
            "number" => {
                let words: Vec<String> = numbers.iter().map(|number| number.number.to_string()).collect();
                let fits = words.iter().any(|name| is(name));
                (words, fits, false)
            }
            "department" => {
                let words: Vec<String> = numbers.iter().filter_map(|number| number.department.clone()).collect();
                let fits = words.iter().any(|name| is(name));
                (words, fits, false)
            }
            "source" => {
                let sources = standing.sources.iter().filter(|(of, _)| projects.binary_search(&of).is_ok());
                let words: Vec<String> = sources.map(|(_, name)| name.clone()).collect();
                // Of two streams whose names differ in letter case only, one is meant.
                let fits = words.iter().any(|name| name == value);
                (words, fits, false)
            }
            "working_hours" => {
                let has_calendar = |id: &&ProjectId| {
                    known.projects.get(id.as_str()).is_some_and(|project| project.settings.calendar.is_some())
                };
                if !projects.iter().all(has_calendar) {
                    let help = "give the project a `calendar`".to_owned();
                    notes.error(&at.spot, format!("without a calendar {of} has no working hours"), Some(help));
                }
                continue;
            }
            _ => continue,
        };
        if fits || (words.is_empty() && *key != "team") {
            continue;
        }
        let how = if *key == "source" { "known" } else { "listed" };
        let title = format!("the filter `{key}` of `{}` names `{value}`, which isn't {how} for {of}", report.id);
        let help = match nearest(value, words.iter().map(String::as_str)) {
            Some(word) => format!("did you mean `{word}`?"),
            None if words.is_empty() => "no `[[agent]]` has a team yet".to_owned(),
            None => format!("{how}: {}", words.iter().take(12).cloned().collect::<Vec<_>>().join(", ")),
        };
        if is_whole && !words.is_empty() {
            notes.error(&at.spot, title, Some(help));
        } else {
            notes.warning(&at.spot, title, Some(help));
        }
    }
}
