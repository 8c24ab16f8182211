//! The same for machines: the projects side by side, and each project's own report.

use std::collections::BTreeMap;

use crate::domain::column::{self, TableColumn};
use crate::domain::document::MachineData;
use crate::domain::figure::{DataStamp, TableRow};

use super::super::document::label;
use super::super::sections::row;
use super::super::tally::Tally;
use super::super::view::View;
use super::is_unknown;

pub(super) fn machine_data(views: &[View<'_>], projects: Vec<MachineData>) -> Option<MachineData> {
    let rows: Vec<TableRow> = views.iter().map(machine_row).collect();
    let words = views.first().map(|view| view.words);
    let names = column::in_order(rows.first().into_iter().flat_map(|row| row.keys()).map(String::as_str));
    let columns = names.into_iter().map(|name| TableColumn {
        name: name.to_owned(),
        label: words.map_or_else(|| name.to_owned(), |words| label(&words, name)),
        kind: column::kind_of(name),
    });
    let columns = [("projects".to_owned(), columns.collect())].into();
    let first = projects.first().cloned()?;
    Some(MachineData {
        project: projects.iter().map(|data| data.project.as_str()).collect::<Vec<_>>().join("+"),
        stamp: stamp(&projects),
        figures: BTreeMap::new(),
        tables: [("projects".to_owned(), rows)].into(),
        columns,
        projects,
        ..first
    })
}

/// What all rest on together: nothing is surely empty unless each is.
fn stamp(projects: &[MachineData]) -> DataStamp {
    let mut all = DataStamp::default();
    for data in projects {
        let own = &data.stamp;
        all.calls += own.calls;
        all.open += own.open;
        all.unknown += own.unknown;
        all.last_call_at = all.last_call_at.max(own.last_call_at);
        all.no_data |= own.no_data;
        all.coverage_unstated |= own.coverage_unstated;
        for (status, count) in &own.left_out {
            *all.left_out.entry(status.clone()).or_default() += count;
        }
        all.missing.extend(own.missing.iter().cloned());
        all.behind.extend(own.behind.iter().map(|(source, at)| (format!("{}: {source}", data.project), *at)));
    }
    all
}

fn machine_row(view: &View<'_>) -> TableRow {
    let known = !is_unknown(view);
    let before = view.before.filter(|_| known);
    row! {
        "project_id": view.request.project.id.as_str(),
        "project": view.request.project.name,
        "calls": known.then_some(view.now.offered()),
        "answered": known.then_some(view.now.answered),
        "answer_rate": view.answer_rate(view.now).filter(|_| known),
        "missed": known.then_some(view.now.missed),
        "target": known.then_some(view.now.target),
        "to_call_back": view.open().filter(|_| known),
        "previous_calls": before.map(Tally::offered),
        "previous_answered": before.map(|before| before.answered),
    }
}
