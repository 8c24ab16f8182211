//! The first rows of a file as they would become calls: which column became what, in local time, and what isn't known.
//! Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{self, Written};
use super::formats::{Item, KeptPiece, Kind, Piece, Reading};
use super::{ImportError, ImportRequest, SetAside};
use crate::app::App;
use crate::domain::call::{Call, Flaw};
use crate::domain::fold::{parts, roots};
use crate::domain::instant::Instant;
use crate::zones::Zone;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    pub format: &'static str,
    pub source: String,
    /// Times below are shown in it.
    pub zone: String,
    /// The zone of times without an offset.
    pub file_zone: String,
    /// The file's columns in their order, and what each becomes: fields of the record, nothing where it isn't kept, `None`
    /// where it isn't known. Empty where several rows make a call.
    pub columns: Vec<(String, Option<String>)>,
    pub rows: Vec<ExplainedRow>,
    /// Rows that couldn't be read, before as many calls were found.
    pub set_aside: Vec<SetAside>,
}

/// The zone of the file's times without an offset: the mapping's, where it names one.
fn file_zone(reading: &Reading) -> &Zone {
    reading
        .mapping
        .as_ref()
        .and_then(|mapping| mapping.fields.iter().find(|field| field.name == "started_at"))
        .and_then(|field| field.ways.iter().find_map(|way| way.zone.as_ref()))
        .unwrap_or(&reading.zone)
}

/// One call and the rows it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExplainedRow {
    /// From 1.
    pub lines: Vec<u64>,
    /// Fields of the record that are known, with their values and the columns they were read from.
    pub known: Vec<(&'static str, String, Vec<String>)>,
    /// Fields that aren't known.
    pub unknown: Vec<&'static str>,
    pub parts: Vec<String>,
    /// A local time of it was shown twice by the clock, and the first was taken.
    pub shown_twice: bool,
}

/// So many rows of legs or events are read to find a call.
const ROWS_A_CALL: usize = 100;

/// Reads as many calls as `most` from the beginning of the file.
pub async fn explain(app: &App, request: ImportRequest, most: usize) -> Result<Explanation, ImportError> {
    let found = app.store.read().await?.project(&request.project).await?;
    let project = found.ok_or_else(|| ImportError::UnknownProject(request.project.to_string()))?;
    let reading = Reading { is_explained: true, ..super::reading(app, &project, &request)? };
    let (file_name, file) = (request.file_name, request.reader);
    let read = tokio::task::spawn_blocking(move || {
        let mut found = Found::default();
        let rows = if matches!(reading.format.entry().kind, Kind::Whole) { most } else { most * ROWS_A_CALL };
        let read = file::read(file, &reading, &mut |chunk| {
            found.names = if found.names.is_empty() { chunk.names } else { std::mem::take(&mut found.names) };
            found.rows.extend(chunk.items.into_iter().zip(chunk.written));
            found.set_aside.extend(chunk.set_aside);
            found.rows.len() < rows
        });
        read.map(|()| found.explanation(&reading, most, rows))
    });
    let read = read.await.map_err(|error| ImportError::Read {
        file: file_name.clone(),
        error: std::io::Error::other(error.to_string()),
    })?;
    read.map_err(|problem| super::refusal(&file_name, problem))
}

#[derive(Default)]
struct Found {
    names: Vec<String>,
    rows: Vec<(Item, Written)>,
    set_aside: Vec<SetAside>,
}

impl Found {
    fn explanation(mut self, reading: &Reading, most: usize, rows: usize) -> Explanation {
        // Where fewer were found, everything was looked at, and what comes after the last of them too.
        let found = self.rows.get(rows.saturating_sub(1)).map(|(_, written)| written.line);
        let last = found.unwrap_or(u64::MAX);
        self.rows.truncate(rows);
        self.set_aside.retain(|row| row.line <= last);
        let format = reading.format.entry();
        let explained = match format.kind.fold() {
            None => self.rows.iter().filter_map(|(item, written)| whole(item, written, reading)).take(most).collect(),
            Some(_) => folded(&self.rows, reading, most),
        };
        let columns = match format.kind {
            Kind::Whole => self.columns(reading),
            Kind::Legs(_) | Kind::Events(_) => Vec::new(),
        };
        Explanation {
            format: format.name,
            source: reading.source.clone(),
            zone: reading.zone.name().to_owned(),
            file_zone: file_zone(reading).name().to_owned(),
            columns,
            rows: explained,
            set_aside: self.set_aside,
        }
    }

    /// The names of the header, else every key of the rows shown.
    fn columns(&self, reading: &Reading) -> Vec<(String, Option<String>)> {
        let mut names: Vec<&String> = self.names.iter().collect();
        let mut seen: BTreeSet<&String> = names.iter().copied().collect();
        for (name, _) in self.rows.iter().flat_map(|(_, written)| &written.cells) {
            if seen.insert(name) {
                names.push(name);
            }
        }
        let meaning = reading.format.entry().meaning;
        names.into_iter().map(|name| (name.clone(), meaning(name, reading))).collect()
    }
}

fn whole(item: &Item, written: &Written, reading: &Reading) -> Option<ExplainedRow> {
    let Item::Call(ranked) = item else { return None };
    let meaning = reading.format.entry().meaning;
    let mut from: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in written.cells.iter().filter(|(_, value)| !value.is_empty()) {
        for field in meaning(name, reading).unwrap_or_default().split(", ") {
            from.entry(field.to_owned()).or_default().push(format!("{name} `{value}`"));
        }
    }
    let row = row(&ranked.call, vec![written.line], &from, reading);
    Some(ExplainedRow { shown_twice: written.shown_twice, ..row })
}

/// The calls that pieces make, in the order of their first lines.
fn folded(rows: &[(Item, Written)], reading: &Reading, most: usize) -> Vec<ExplainedRow> {
    let twice: BTreeSet<u64> = rows.iter().filter(|(_, written)| written.shown_twice).map(|(_, it)| it.line).collect();
    let pieces: Vec<(&Piece, u64)> = rows
        .iter()
        .filter_map(|(item, written)| match item {
            Item::Piece(piece) => Some((&**piece, written.line)),
            Item::Call(_) | Item::NoCall => None,
        })
        .collect();
    let claims = |piece: &Piece| Some((piece.merged_id.clone()?, piece.call_id.clone()));
    let into = roots(&pieces.iter().filter_map(|(piece, _)| claims(piece)).collect());
    let mut order: Vec<&String> = Vec::new();
    let mut calls: BTreeMap<&String, (Vec<KeptPiece>, Vec<u64>)> = BTreeMap::new();
    for (piece, line) in pieces {
        let root = into.get(&piece.call_id).unwrap_or(&piece.call_id);
        let (kept, lines) = calls.entry(root).or_default();
        if lines.is_empty() {
            order.push(root);
        }
        kept.push(KeptPiece { at: Some(piece.at), body: piece.body.clone() });
        lines.push(line);
    }
    let fold = reading.format.entry().kind.fold();
    let explained = |root: &String| {
        let (mut kept, lines) = calls.get(root)?.clone();
        kept.sort_unstable();
        kept.dedup();
        let ranked = fold.and_then(|fold| fold(root, &kept, reading))?;
        let shown_twice = lines.iter().any(|line| twice.contains(line));
        Some(ExplainedRow { shown_twice, ..row(&ranked.call, lines, &BTreeMap::new(), reading) })
    };
    order.into_iter().filter_map(explained).take(most).collect()
}

fn row(call: &Call, lines: Vec<u64>, from: &BTreeMap<String, Vec<String>>, reading: &Reading) -> ExplainedRow {
    let mut explained = ExplainedRow { lines, ..ExplainedRow::default() };
    for (name, value) in values(call, &reading.zone) {
        match value {
            Some(value) => explained.known.push((name, value, from.get(name).cloned().unwrap_or_default())),
            None if name == "flaws" => {}
            None => explained.unknown.push(name),
        }
    }
    explained.parts = parts(call)
        .iter()
        .map(|part| {
            let agent = part.agent_key.as_deref().map(|key| format!(" {key}")).unwrap_or_default();
            format!("{}{agent} {}", part.kind.name(), part.outcome.name())
        })
        .collect();
    explained
}

/// The record's fields in its own order; times in `zone`.
fn values(call: &Call, zone: &Zone) -> Vec<(&'static str, Option<String>)> {
    let local = |at: Instant| zone.local(at).format("%Y-%m-%d %H:%M:%S").to_string();
    let seconds = |seconds: Option<u32>| seconds.map(|seconds| seconds.to_string());
    let flag = |flag: Option<bool>| flag.map(|flag| flag.to_string());
    let list = |list: Vec<&str>| (!list.is_empty()).then(|| list.join(", "));
    let money = |micro: i64| {
        let sign = if micro < 0 { "-" } else { "" };
        let (whole, rest) = (micro.unsigned_abs() / 1_000_000, micro.unsigned_abs() % 1_000_000);
        format!("{sign}{whole}.{rest:06}").trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let text = |text: &Option<String>| text.clone();
    let (utm, first) = (&call.utm, &call.first_utm);
    vec![
        ("call_id", Some(call.call_id.clone())),
        ("direction", Some(call.direction.name().to_owned())),
        ("started_at", Some(local(call.started_at))),
        ("answered_at", call.answered_at.map(local)),
        ("ended_at", call.ended_at.map(local)),
        ("from_number", text(&call.from_number)),
        ("to_number", text(&call.to_number)),
        ("client_number", text(&call.client_number)),
        ("tracking_number", text(&call.tracking_number)),
        ("status", Some(call.status.name().to_owned())),
        ("raw_status", text(&call.raw_status)),
        ("answered_by", Some(call.answered_by.name().to_owned())),
        ("wait_sec", seconds(call.wait_sec)),
        ("ring_sec", seconds(call.ring_sec)),
        ("ivr_sec", seconds(call.ivr_sec)),
        ("talk_sec", seconds(call.talk_sec)),
        ("hold_sec", seconds(call.hold_sec)),
        ("wrap_sec", seconds(call.wrap_sec)),
        ("duration_sec", seconds(call.duration_sec)),
        ("agent_id", text(&call.agent_id)),
        ("agent_name", text(&call.agent_name)),
        ("queue", text(&call.queue)),
        ("department", text(&call.department)),
        ("is_target", flag(call.is_target)),
        ("is_first_call", flag(call.is_first_call)),
        ("is_repeat", flag(call.is_repeat)),
        ("utm_source", text(&utm.source)),
        ("utm_medium", text(&utm.medium)),
        ("utm_campaign", text(&utm.campaign)),
        ("utm_content", text(&utm.content)),
        ("utm_term", text(&utm.term)),
        ("first_utm_source", text(&first.source)),
        ("first_utm_medium", text(&first.medium)),
        ("first_utm_campaign", text(&first.campaign)),
        ("first_utm_content", text(&first.content)),
        ("first_utm_term", text(&first.term)),
        ("landing", text(&call.landing)),
        ("referrer", text(&call.referrer)),
        ("client_id", text(&call.client_id)),
        ("tags", list(call.tags.iter().map(String::as_str).collect())),
        ("cost", call.cost_micro.map(money)),
        ("currency", text(&call.currency)),
        ("recording_url", text(&call.recording_url)),
        ("hangup_cause", text(&call.hangup_cause)),
        ("ended_by", text(&call.ended_by)),
        ("linked_id", text(&call.linked_id)),
        ("region", text(&call.region)),
        ("category", text(&call.category)),
        ("rating", text(&call.rating)),
        ("comment", text(&call.comment)),
        ("visitor_id", text(&call.visitor_id)),
        ("flaws", list(call.flaws.iter().copied().map(Flaw::name).collect())),
    ]
}
