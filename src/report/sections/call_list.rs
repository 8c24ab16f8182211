//! Every call, under the canonical record's names: the columns that were chosen for people, all of them for machines. What
//! a reader may not see isn't there: numbers are masked, recordings and costs left out.

use serde_json::{Value, json};

use crate::domain::call::{Call, Direction};
use crate::domain::column::{CALL_COLUMNS, ColumnKind, Right, USUAL_CALL_COLUMNS, kind_of, right_for, word_id};
use crate::domain::cut::Cut;
use crate::domain::digits::digits;
use crate::domain::document::{Align, Block, Cell, Column, Link, LongTable, Table, Text};
use crate::domain::figure::TableRow;
use crate::domain::filters::{Filters, status_fits};
use crate::domain::instant::Instant;
use crate::domain::presets::preset;
use crate::domain::report_spec::ReportSpec;
use crate::domain::role::Numbers;
use crate::domain::slice::CallRow;
use crate::i18n::NOTHING;

use super::super::document::label;
use super::super::only::statuses;
use super::super::origin;
use super::super::ours::Ours;
use super::super::view::View;
use super::{Drawn, row};

/// Rows that are printed at most; machines always get all.
const MOST_PRINTED: usize = 1_000;

/// Columns that stay on a small screen.
const STAY_WHEN_NARROW: &[&str] = &["started_at", "client_number", "status", "agent", "recording_url"];

/// A call of the list, with its full record.
struct Listed<'a> {
    row: &'a CallRow,
    call: &'a Call,
}

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let options = &view.request.spec.options;
    let wanted = &options.list_status;
    let is_wanted = |call: &CallRow| {
        let fits = |word: &String| status_fits(word, call.direction, call.status, options.missed);
        wanted.is_empty() || wanted.iter().any(fits)
    };
    let listed: Vec<Listed<'_>> = view
        .calls
        .iter()
        .filter(|call| is_wanted(call))
        .filter_map(|row| Some(Listed { row, call: view.slice.records.get(&row.key)? }))
        .collect();
    let ours = if view.mask.numbers == Numbers::Full { Ours::default() } else { Ours::of(view.slice) };
    let rows: Vec<TableRow> = listed.iter().map(|one| line(view, &ours, one.row, one.call)).collect();
    let words = &view.words;
    let mut caption = words.say("subject-calls", &[("n", listed.len().into())]);
    if !wanted.is_empty() {
        let only = words.say("only", &[("what", statuses(words, wanted).into())]);
        caption = format!("{caption} · {only}");
    }
    let heading = Block::Heading {
        section: "call_list".into(),
        text: words.word("call-list"),
        caption: Some(Text::plain(caption)),
    };
    let mut blocks = vec![heading];
    if !listed.is_empty() {
        blocks.push(Block::List(list(view, &listed, &rows)));
    }
    Drawn { blocks, rows: Some(rows), ..Drawn::default() }
}

/// The columns that this reader gets in a table with types: what was chosen, else every one; the usual ones where the
/// reader may see none of the chosen.
pub(in super::super) fn call_columns(view: &View<'_>) -> Vec<&'static str> {
    if view.request.spec.options.columns.is_empty() {
        return CALL_COLUMNS.iter().map(|(name, _)| *name).filter(|name| may_see(view, name)).collect();
    }
    let chosen = chosen_columns(view);
    if chosen.is_empty() { USUAL_CALL_COLUMNS.to_vec() } else { chosen }
}

/// Those of the columns that were asked for which the reader may see.
fn chosen_columns(view: &View<'_>) -> Vec<&'static str> {
    let named = |name: &String| CALL_COLUMNS.iter().find(|(known, _)| known == name).map(|(known, _)| *known);
    let chosen = view.request.spec.options.columns.iter().filter_map(named);
    chosen.filter(|name| may_see(view, name)).collect()
}

fn may_see(view: &View<'_>, column: &str) -> bool {
    match right_for(column) {
        Some(Right::Money) => view.request.rights.money,
        Some(Right::Recordings) => has_recordings(view),
        None => true,
    }
}

/// Whether the list leads to recordings: the log of every call does, and a list that asks for them, for whoever may listen.
fn has_recordings(view: &View<'_>) -> bool {
    let spec = &view.request.spec;
    let asks = || spec.options.columns.iter().any(|column| right_for(column) == Some(Right::Recordings));
    view.request.rights.recordings && (asks() || (spec.options.columns.is_empty() && is_log(spec)))
}

/// Whether it is the log of every call, in its preset's own sections.
fn is_log(spec: &ReportSpec) -> bool {
    preset("call-log").is_some_and(|log| spec.id == log.id && spec.sections == log.sections)
}

/// The list as people read it.
fn list(view: &View<'_>, listed: &[Listed<'_>], rows: &[TableRow]) -> LongTable {
    let words = &view.words;
    let mut names = chosen_columns(view);
    if names.is_empty() {
        names = USUAL_CALL_COLUMNS.iter().copied().filter(|name| says_something(name, rows)).collect();
    }
    let printed = listed.len().min(MOST_PRINTED);
    let in_mail = printed.min(view.request.spec.options.max_calls as usize);
    let cut = |shown: usize, plain: &str, attached: &str| {
        let left = listed.len() - shown;
        let said = |id: &str| words.say(id, &[("n", left.into())]);
        (left > 0).then(|| Cut { plain: said(plain), attached: said(attached) })
    };
    let in_print = cut(printed, "call-list-more-print", "call-list-more-print-attached");
    let mail_cut = cut(in_mail, "call-list-more", "call-list-more-attached");
    LongTable {
        table: Table {
            columns: names.iter().map(|name| column(view, name)).collect(),
            rows: listed.iter().zip(rows).take(printed).map(|(call, row)| cells(view, &names, call, row)).collect(),
            total: None,
            more: in_print.as_ref().map(|cut| cut.plain.clone()),
            cut: in_print,
        },
        mail_rows: in_mail,
        mail_more: mail_cut.as_ref().map(|cut| cut.plain.clone()),
        mail_cut,
    }
}

/// Whether a usual column tells more than that all calls came in, that nobody took any and that nobody talked.
fn says_something(column: &str, rows: &[TableRow]) -> bool {
    let has_other = |usual: &[Value]| rows.iter().any(|row| !usual.contains(row.get(column).unwrap_or(&Value::Null)));
    match column {
        "direction" => has_other(&[json!(Direction::Inbound.name())]),
        "agent" => has_other(&[Value::Null]),
        "talk_sec" => has_other(&[Value::Null, json!(0)]),
        _ => true,
    }
}

fn column(view: &View<'_>, name: &str) -> Column {
    let is_figure = matches!(kind_of(name), ColumnKind::Count | ColumnKind::Seconds | ColumnKind::Money);
    Column {
        label: label(&view.words, name),
        align: if is_figure { Align::End } else { Align::Start },
        hide_when_narrow: !STAY_WHEN_NARROW.contains(&name),
        is_bar: false,
    }
}

fn cells(view: &View<'_>, names: &[&str], call: &Listed<'_>, row: &TableRow) -> Vec<Cell> {
    names
        .iter()
        .map(|name| match (*name, call.row.client) {
            ("client_number", Some(client)) => {
                Cell { link: view.mask.link(client), ..Cell::strong(view.mask.number(&client.to_string())) }
            }
            ("client_number", None) => other_side(view, call.call, row),
            (name, _) => cell(view, name, row),
        })
        .collect()
}

/// Who was on the other side of a call without a client: a colleague, a number that can't be read, or somebody who hid it.
fn other_side(view: &View<'_>, call: &Call, row: &TableRow) -> Cell {
    let (side, number) = match call.direction {
        Direction::Outbound | Direction::Callback => ("to_number", &call.to_number),
        _ => ("from_number", &call.from_number),
    };
    let is_said = |name: &str| row.get(name).is_some_and(Value::is_string);
    let may_hide = matches!(call.direction, Direction::Inbound | Direction::Transit | Direction::Unknown);
    if is_said("client_number") {
        cell(view, "client_number", row)
    } else if is_said(side) {
        cell(view, side, row)
    } else if number.is_none() && may_hide {
        Cell::text(view.words.word("number-withheld"))
    } else if number.is_some() && view.mask.numbers != Numbers::Full {
        Cell::text(view.words.word("number-hidden"))
    } else {
        Cell::text(NOTHING)
    }
}

/// A value as people read it.
fn cell(view: &View<'_>, name: &str, row: &TableRow) -> Cell {
    let words = &view.words;
    let value = row.get(name).unwrap_or(&Value::Null);
    let text = match (kind_of(name), value) {
        (_, Value::Null) => NOTHING.to_owned(),
        // Nobody talked: a length of nothing says less than a dash.
        (_, Value::Number(seconds)) if name == "talk_sec" && seconds.as_u64() == Some(0) => NOTHING.to_owned(),
        (ColumnKind::Link, Value::String(page)) => {
            return Cell { link: Some(Link::Web(page.clone())), ..Cell::text(words.word("listen")) };
        }
        (ColumnKind::Word, Value::String(word)) => words.word(&word_id(name, word)),
        (ColumnKind::Phone, Value::String(number)) => match number.strip_prefix('+') {
            Some(digits) if digits.chars().all(|c| c.is_ascii_digit()) => words.phone(digits),
            _ => number.clone(),
        },
        (ColumnKind::Instant, Value::String(at)) => {
            Instant::parse_rfc3339(at).map_or_else(|| at.clone(), |at| view.moment_near(at))
        }
        (ColumnKind::Seconds, Value::Number(seconds)) => words.wait(seconds.as_u64().unwrap_or_default()),
        (ColumnKind::Flag, Value::Bool(yes)) => words.word(if *yes { "yes" } else { "no" }),
        (ColumnKind::List, Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        (ColumnKind::Money, Value::String(sum)) => {
            let currency = row.get("currency").and_then(Value::as_str).unwrap_or_default();
            match (micro(sum), currency) {
                (Some(micro), currency) if !currency.is_empty() => words.money(micro, currency),
                _ => sum.clone(),
            }
        }
        (_, Value::String(text)) if name == "origin" => origin::shown(text.clone(), words),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    };
    Cell::text(text)
}

/// Where somebody called from; of a call that nobody made to us only what its source says itself.
fn origin(view: &View<'_>, row: &CallRow) -> Option<String> {
    let is_told = Filters::has_caller(row.direction) || origin::tells_its_own(row, view.slice);
    is_told.then(|| view.origins.label(row, view.slice, view.people))
}

fn line(view: &View<'_>, ours: &Ours, row: &CallRow, call: &Call) -> TableRow {
    let client = call.client_number.clone().or_else(|| row.client.map(|client| format!("+{client}")));
    let outside = if view.mask.numbers == Numbers::Full { Vec::new() } else { ours.outside(row, call) };
    let safe = Safe { view, ours, outside };
    let person = view.people.counted(row.agent);
    let local = |at| view.request.zone.rfc3339(at);
    let mut line = row! {
        "call_id": safe.text_of(&call.call_id),
        "project_id": view.request.project.id.as_str(),
        "source": call.source,
        "direction": call.direction.name(),
        "started_at": local(call.started_at),
        "answered_at": call.answered_at.map(local),
        "ended_at": call.ended_at.map(local),
        "from_number": safe.number(&call.from_number),
        "to_number": safe.number(&call.to_number),
        "client_number": safe.number(&client),
        "tracking_number": call.tracking_number,
        "status": row.status.name(),
        "raw_status": safe.text(&call.raw_status),
        "answered_by": call.answered_by.name(),
        "wait_sec": call.wait_sec,
        "ring_sec": call.ring_sec,
        "ivr_sec": call.ivr_sec,
        "talk_sec": call.talk_sec,
        "hold_sec": call.hold_sec,
        "wrap_sec": call.wrap_sec,
        "duration_sec": call.duration_sec,
        "agent": person.filter(|_| view.people.are_shown()).and_then(|id| safe.of_client(&view.agent_name(id))),
        "origin": origin(view, row).and_then(|origin| safe.text_of(&origin)),
        "agent_id": person.and_then(|id| view.people.key(id)).and_then(|key| safe.of_client(&key)),
        "agent_name": person.and_then(|id| view.people.machine_name(&view.words, id)).and_then(|name| safe.of_client(&name)),
        "queue": safe.text(&call.queue),
        "department": safe.text(&call.department),
        "is_target": call.is_target,
        "is_first_call": call.is_first_call,
        "is_repeat": call.is_repeat,
    };
    for (prefix, utm) in [("utm", &call.utm), ("first_utm", &call.first_utm)] {
        let values = [
            ("source", &utm.source),
            ("medium", &utm.medium),
            ("campaign", &utm.campaign),
            ("content", &utm.content),
            ("term", &utm.term),
        ];
        for (name, value) in values {
            line.insert(format!("{prefix}_{name}"), json!(safe.text(value)));
        }
    }
    line.extend(row! {
        "landing": safe.text(&call.landing),
        "referrer": safe.text(&call.referrer),
        "client_id": safe.text(&call.client_id),
        "tags": call.tags.iter().filter_map(|tag| safe.text_of(tag)).collect::<Vec<_>>(),
        "hangup_cause": safe.text(&call.hangup_cause),
        "ended_by": safe.text(&call.ended_by),
        "linked_id": safe.text(&call.linked_id),
        "merged_into": safe.text(&call.merged_into),
        "region": safe.text(&call.region),
        "category": safe.text(&call.category),
        "rating": safe.text(&call.rating),
        "comment": safe.text(&call.comment),
        "visitor_id": safe.text(&call.visitor_id),
        "id_is_synthetic": call.id_is_synthetic,
    });
    if view.request.rights.money {
        line.insert("cost".into(), call.cost_micro.map_or(Value::Null, |micro| json!(decimal(micro))));
        line.insert("currency".into(), json!(call.currency));
    }
    if has_recordings(view) {
        let page = safe.text(&call.recording_url);
        let page = page.filter(|page| is_safe_link(page) && !view.people.are_told_by(page));
        line.insert("recording_url".into(), json!(page));
    }
    line
}

/// Lets through of one call's texts what the reader may see of the numbers of its people outside.
struct Safe<'a> {
    view: &'a View<'a>,
    ours: &'a Ours,
    /// Numbers of the call that aren't the project's own.
    outside: Vec<String>,
}

impl Safe<'_> {
    /// A number of either side: one of the project's own, a name of an account, or somebody's outside.
    fn number(&self, number: &Option<String>) -> Option<String> {
        // An inner call's other side is a colleague.
        let number = number.as_deref().filter(|number| !self.view.people.are_told_by(number))?;
        let is_open = self.ours.has(number) || digits(number).is_empty();
        if is_open { self.of_client(number) } else { self.view.mask.plain(number) }
    }

    fn text(&self, text: &Option<String>) -> Option<String> {
        text.as_deref().and_then(|text| self.text_of(text))
    }

    /// Any other text; one that tells the number, or names somebody whom the report doesn't name, is left out.
    fn text_of(&self, text: &str) -> Option<String> {
        self.of_client(text).filter(|text| !self.view.people.are_told_by(text))
    }

    /// A text about people that passed [`People`](super::super::people::People) already.
    fn of_client(&self, text: &str) -> Option<String> {
        let told = self.outside.iter().any(|number| self.view.mask.is_told_by(number, text));
        (!told).then(|| text.to_owned())
    }
}

/// Whether a page may be linked: encrypted, and nothing that a browser would run.
fn is_safe_link(page: &str) -> bool {
    page.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
        && !page.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'))
}

/// Reads what [`decimal`] writes.
fn micro(sum: &str) -> Option<i64> {
    let (whole, fraction) = sum.split_once('.').unwrap_or((sum, ""));
    let parts = format!("{whole}{fraction:0<6}");
    parts.parse().ok()
}

/// Micro-units as a decimal text: `0.25`.
fn decimal(micro: i64) -> String {
    let (sign, size) = (if micro < 0 { "-" } else { "" }, micro.unsigned_abs());
    let fraction = format!("{:06}", size % 1_000_000);
    let digits = fraction.trim_end_matches('0');
    format!("{sign}{}.{digits:0<2}", size / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_linked_by_https_only() {
        assert!(is_safe_link("https://rec.example/1.mp3"));
        for wrong in ["http://rec.example/1", "javascript:alert(1)", "https://", "https://rec.example/a b", ""] {
            assert!(!is_safe_link(wrong), "{wrong}");
        }
    }

    #[test]
    fn money_is_a_decimal_text() {
        for micro_units in [0, 250_000, -12_400_000, 1_234_567, i64::MAX / 2] {
            assert_eq!(micro(&decimal(micro_units)), Some(micro_units));
        }
        assert_eq!(decimal(250_000), "0.25");
        assert_eq!(decimal(-12_345_600), "-12.3456");
        assert_eq!(decimal(3_000_000), "3.00");
    }
}
