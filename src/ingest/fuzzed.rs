//! What must hold of any bytes that are read as a file of calls; tests of hostile files and `fuzz/` ask it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::Format;
use super::file::{self, Chunk, FileProblem};
use super::formats::{Item, KeptPiece, Reading};
use crate::config::mapping::{self, Mapping};
use crate::config::problem::{Problems, Source};
use crate::domain::call::{Call, LONGEST_SEC};
use crate::domain::fold::{Ranked, client_digits, flags, parts};
use crate::zones::Zones;

static ZONES: LazyLock<Zones> = LazyLock::new(Zones::bundled);

/// The mappings that are among the samples.
static MAPPINGS: LazyLock<Vec<Reading>> = LazyLock::new(|| {
    let samples = [
        include_str!("../../config/samples/mappings/3cx.toml"),
        include_str!("../../config/samples/mappings/callrail.toml"),
        include_str!("../../config/samples/mappings/freeswitch.toml"),
    ];
    samples.into_iter().map(|text| reading(Format::Mapped, Some(text))).collect()
});

/// How files of a format are read here; `mapping` is one that must be right.
pub(super) fn reading(format: Format, mapping: Option<&str>) -> Reading {
    let problems = Problems::default();
    let mapping = mapping.map(|text| {
        let source = Source::new("calls.toml", text);
        mapping::read(&source, &ZONES, &problems).unwrap_or_else(|| panic!("{}", problems.render(false)))
    });
    with(format, mapping)
}

fn with(format: Format, mapping: Option<Mapping>) -> Reading {
    Reading {
        format,
        project: "acme".into(),
        source: "hostile".into(),
        zone: ZONES.get("Europe/Kyiv").unwrap_or_else(|error| panic!("{error}")),
        region: None,
        mapping: mapping.map(Arc::new),
        is_explained: false,
        encoding: None,
    }
}

/// Reads a file to the end and folds what it holds.
pub(super) fn taken_in(bytes: &[u8], reading: &Reading) -> Result<(Chunk, Vec<Ranked>), FileProblem> {
    let mut all = Chunk::default();
    file::read(bytes, reading, &mut |chunk| {
        all.rows += chunk.rows;
        all.no_calls += chunk.no_calls;
        all.items.extend(chunk.items);
        all.set_aside.extend(chunk.set_aside);
        true
    })?;
    let (mut calls, mut pieces) = (Vec::new(), BTreeMap::<String, Vec<KeptPiece>>::new());
    for item in &all.items {
        match item {
            Item::Call(call) => calls.push((**call).clone()),
            Item::Piece(piece) => {
                let kept = KeptPiece { at: Some(piece.at), body: piece.body.clone() };
                pieces.entry(piece.call_id.clone()).or_default().push(kept);
            }
            Item::NoCall => {}
        }
    }
    if let Some(fold) = reading.format.entry().kind.fold() {
        for (id, mut pieces) in pieces {
            let folded = fold(&id, &pieces, reading);
            pieces.reverse();
            pieces.extend_from_within(..pieces.len() / 2);
            let again = fold(&id, &pieces, reading);
            assert_eq!(folded, again, "neither order nor repetition may change a call");
            calls.extend(folded);
        }
    }
    Ok((all, calls))
}

/// No time is longer than a call may last, and the call can be kept and read again.
pub(super) fn must_be_within_bounds(call: &Call) {
    let own =
        [call.wait_sec, call.ring_sec, call.ivr_sec, call.talk_sec, call.hold_sec, call.wrap_sec, call.duration_sec];
    let parts = parts(call);
    let of_parts = parts.iter().flat_map(|part| [part.ring_sec, part.talk_sec]);
    let longest = own.into_iter().chain(of_parts).flatten().max().unwrap_or(0);
    assert!(longest <= LONGEST_SEC, "{longest} seconds");
    let _ = (flags(call), client_digits(call));
    let kept = serde_json::to_string(call).unwrap_or_else(|error| panic!("it can't be kept: {error}"));
    let again: Call = serde_json::from_str(&kept).unwrap_or_else(|error| panic!("{kept} can't be read: {error}"));
    assert_eq!(&again, call, "what is kept is read again");
}

/// Any bytes as a file of this format: every row is accounted for, and what becomes a call is within bounds. Of a mapped file
/// the first byte chooses the mapping.
pub(crate) fn file(format: Format, bytes: &[u8]) {
    match (format, bytes) {
        (Format::Mapped, []) => {}
        (Format::Mapped, [first, rest @ ..]) => read(rest, &MAPPINGS[usize::from(*first) % MAPPINGS.len()]),
        _ => read(bytes, &with(format, None)),
    }
}

fn read(bytes: &[u8], reading: &Reading) {
    let Ok((all, calls)) = taken_in(bytes, reading) else { return };
    let told = all.items.len() as u64 + all.set_aside.len() as u64 + all.no_calls;
    assert_eq!(all.rows, told, "a row that nobody accounts for");
    calls.iter().for_each(|ranked| must_be_within_bounds(&ranked.call));
}

/// A mapping, and behind a zero byte a file to read by it.
pub(crate) fn mapping(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let text = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let (source, problems) = (Source::new("calls.toml", text), Problems::default());
    let mapping = mapping::read(&source, &ZONES, &problems);
    let said = problems.render(false);
    assert!(mapping.is_some() || !said.is_empty(), "what is refused is refused with a reason");
    if let Some((mapping, file)) = mapping.zip(parts.next()) {
        read(file, &with(Format::Mapped, Some(mapping)));
    }
}
