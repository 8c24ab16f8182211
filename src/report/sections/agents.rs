//! Who answered, by the parts of the calls. Sorted by calls answered, never by misses; calls answered by somebody who
//! isn't known stand apart below, so that the column sums to H. Where the filters name people, only these have a line: of
//! their colleagues' work the chosen calls tell a part, which would look like all of it.

use std::collections::BTreeSet;

use crate::domain::document::{Align, Block, Cell, Column, Table, Text};
use crate::domain::figure::TableRow;
use crate::i18n::NOTHING;

use super::super::choose::chosen_people;
use super::super::dialled::Dialled;
use super::super::meaning::Of;
use super::super::tally::{AgentTally, ratio};
use super::super::view::View;
use super::{Drawn, lead, row};

/// An agent's line.
struct Line {
    id: Option<i64>,
    name: String,
    tally: AgentTally,
    called_back: u64,
    dialled: Dialled,
}

impl Line {
    /// Whether this person called anybody.
    fn called_out(&self) -> bool {
        self.called_back + self.dialled.tried > 0
    }
}

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let words = &view.words;
    if !view.people.are_shown() {
        return Drawn::default();
    }
    let lines = lines(view);
    // Of calls that go out, only who made them is known.
    let only_ours = !view.meaning.has(Of::Answered) && !view.meaning.has(Of::Missed);
    let rows = Some(lines.iter().map(|line| machine_row(view, line)).collect());
    let (known, unknown): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.id.is_some());
    let heading = |caption: String| Block::Heading {
        section: "agents".into(),
        text: words.word(if view.people.are_teams() { "agents-teams" } else { "agents" }),
        caption: Some(Text::plain(caption)),
    };
    if view.now.offered() == 0 && !known.iter().any(|line| line.called_out()) {
        let why = (only_ours && !view.people.is_personal())
            .then(|| Block::Note(Text::plain(words.word("agents-nobody-called-back"))));
        return Drawn { end: why.into_iter().collect(), rows, ..Drawn::default() };
    }
    if known.is_empty() || (view.people.are_teams() && !view.people.has_teams()) {
        // A table of nobody would say that nobody worked.
        let how = if known.is_empty() { "agents-not-known" } else { "agents-no-teams" };
        let is_of_some = view.people.is_personal() || view.request.spec.filters.is_by_people();
        let note = (!is_of_some).then(|| Block::Note(Text::plain(words.word(how))));
        return Drawn { end: note.into_iter().collect(), rows, ..Drawn::default() };
    }
    let column = |id: &str, hide_when_narrow| Column {
        label: words.word(id),
        align: Align::End,
        hide_when_narrow,
        is_bar: false,
    };
    let shown = if only_ours { known.len() } else { known.len().min(view.max_rows()) };
    let mut columns =
        vec![Column { label: String::new(), align: Align::Start, hide_when_narrow: false, is_bar: false }];
    if !only_ours {
        columns.extend([
            column("column-answered", false),
            column("column-target", true),
            column("column-talk", false),
            column("column-elsewhere", true),
            column("column-lost", false),
        ]);
    }
    let with_called_back = view.meaning.has(Of::CalledBack);
    if with_called_back {
        columns.push(column("column-called-back", !only_ours));
    }
    let with_dialled = view.meaning.has(Of::Outbound) && lines.iter().any(|line| line.dialled.tried > 0);
    if with_dialled {
        let with_reached = view.meaning.has(Of::OutboundReached);
        columns.push(column(if with_reached { "figures-outbound" } else { "figure-outbound" }, !only_ours));
    }
    let cells = |line: &&Line| {
        let mut cells = cells(view, line);
        if !with_called_back {
            cells.pop();
        }
        if with_dialled {
            cells.push(Cell::text(dialled(view, line)));
        }
        if only_ours {
            cells.drain(1..ANSWERING);
        }
        cells
    };
    let cut = (known.len() > shown).then(|| {
        let rest: u64 = known[shown..].iter().map(|line| line.tally.answered).sum();
        words.say("agents-more", &[("n", (known.len() - shown).into()), ("answered", rest.into())])
    });
    let table = Table {
        columns,
        rows: known[..shown].iter().map(cells).collect(),
        total: unknown.iter().find(|line| line.tally.answered > 0 || line.called_out()).map(cells),
        more: cut.clone(),
        cut: cut.map(|plain| view.cut(plain)),
    };
    let mut blocks = vec![heading(caption(view, &known)), Block::Table(table)];
    if known.iter().any(|line| line.tally.lost > 0) {
        let note = words.say("agents-note-lost", &[("n", view.now.missed.into())]);
        blocks.push(Block::Note(Text::plain(note)));
    }
    Drawn { blocks, rows, ..Drawn::default() }
}

/// How many were answered; of chosen people, how many by them and how many by colleagues.
fn caption(view: &View<'_>, known: &[&Line]) -> String {
    if !view.meaning.has(Of::Answered) {
        return view.words.say("subject-calls", &[("n", lead::calls(view).into())]);
    }
    if !view.people.is_personal() && !view.request.spec.filters.is_by_people() {
        return view.words.say("agents-caption", &[("n", view.now.answered.into())]);
    }
    let own: u64 = known.iter().map(|line| line.tally.answered).sum();
    let others = view.now.answered.saturating_sub(own);
    view.words.say("agents-caption-own", &[("own", own.into()), ("others", others.into())])
}

fn lines(view: &View<'_>) -> Vec<Line> {
    let (agents, called_back) = (&view.now.agents, &view.callers.called_back);
    let ids: BTreeSet<Option<i64>> =
        agents.keys().chain(called_back.keys()).chain(view.dialled.keys()).copied().collect();
    let chosen = chosen_people(view.slice, &view.request.spec.filters);
    let chosen: Option<BTreeSet<i64>> =
        chosen.map(|people| people.into_iter().filter_map(|id| view.people.counted(Some(id))).collect());
    let is_chosen = |id: i64| view.people.is_listed(id) && chosen.as_ref().is_none_or(|chosen| chosen.contains(&id));
    let mut lines: Vec<Line> = ids
        .into_iter()
        .filter(|id| id.map_or(!view.people.is_personal() && chosen.is_none(), is_chosen))
        .map(|id| Line {
            id,
            name: id.map_or_else(|| view.words.word("agents-unknown"), |id| view.agent_name(id)),
            tally: agents.get(&id).copied().unwrap_or_default(),
            called_back: called_back.get(&id).copied().unwrap_or_default(),
            dialled: view.dialled.get(&id).copied().unwrap_or_default(),
        })
        .collect();
    lines.sort_by(|a, b| {
        let by_calls_back = || match (a.tally.answered, b.tally.answered) {
            (0, 0) => (b.called_back, b.dialled.tried).cmp(&(a.called_back, a.dialled.tried)),
            _ => std::cmp::Ordering::Equal,
        };
        b.tally
            .answered
            .cmp(&a.tally.answered)
            .then_with(by_calls_back)
            .then_with(|| a.name.cmp(&b.name))
            .then(a.id.cmp(&b.id))
    });
    lines
}

/// So many cells of a line, its name among them, tell of calls in.
const ANSWERING: usize = 6;

/// `12 · 8`: tried and reached.
fn dialled(view: &View<'_>, line: &Line) -> String {
    match line.dialled {
        Dialled { tried: 0, .. } => NOTHING.to_owned(),
        Dialled { tried, .. } if !view.meaning.has(Of::OutboundReached) => view.words.count(tried),
        Dialled { tried, reached } => format!("{} · {}", view.words.count(tried), view.words.count(reached)),
    }
}

fn cells(view: &View<'_>, line: &Line) -> Vec<Cell> {
    let words = &view.words;
    let talk = line.tally.talk.mean().map(|seconds| words.duration(seconds.round() as u64));
    // Nobody's phone rings as "not known".
    let rang =
        |of: Of, count: u64| words.count_or_nothing((line.id.is_some() && view.meaning.has(of)).then_some(count));
    let count = |of: Of, count: u64| Cell::text(words.count_or_nothing(view.meaning.has(of).then_some(count)));
    vec![
        Cell::strong(line.name.as_str()),
        count(Of::Answered, line.tally.answered),
        count(Of::Answered, line.tally.target),
        Cell::text(talk.unwrap_or_else(|| NOTHING.to_owned())),
        Cell::text(rang(Of::Answered, line.tally.elsewhere)),
        Cell::text(rang(Of::Missed, line.tally.lost)),
        count(Of::CalledBack, line.called_back),
    ]
}

fn machine_row(view: &View<'_>, line: &Line) -> TableRow {
    let has = |of: Of| view.meaning.has(of);
    let (kind, name) = match line.id {
        None => ("unknown", Some(line.name.clone())),
        Some(id) if view.people.is_no_team(id) => ("no_team", Some(line.name.clone())),
        Some(id) => {
            (if view.people.are_teams() { "team" } else { "person" }, view.people.machine_name(&view.words, id))
        }
    };
    row! {
        "agent_id": line.id.and_then(|id| view.people.key(id)),
        "agent_name": name,
        "kind": kind,
        "answered": has(Of::Answered).then_some(line.tally.answered),
        "answered_share": ratio(line.tally.answered, view.now.answered).filter(|_| has(Of::Answered)),
        "target": has(Of::Answered).then_some(line.tally.target),
        "talk_sec": has(Of::Answered).then_some(line.tally.talk.total),
        "talk_avg_sec": line.tally.talk.mean().filter(|_| has(Of::Answered)).map(|seconds| seconds.round() as u64),
        "rang_colleague_answered": has(Of::Answered).then_some(line.tally.elsewhere),
        "rang_caller_lost": has(Of::Missed).then_some(line.tally.lost),
        "called_back": has(Of::CalledBack).then_some(line.called_back),
        "outbound": has(Of::Outbound).then_some(line.dialled.tried),
        "outbound_reached": has(Of::OutboundReached).then_some(line.dialled.reached),
    }
}
