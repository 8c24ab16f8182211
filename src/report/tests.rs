//! What a report must keep whatever the calls: parts sum to totals, masks hold in every text, quiet is not unknown.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use crate::domain::call::{CallStatus, Direction};
use crate::domain::document::Document;
use crate::domain::ids::CallKey;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::role::{Numbers, Scope};
use crate::domain::schedule::Format;
use crate::domain::slice::{CallFlags, CallRow, Slice};

use super::oracle::{any_calls, instant, request, slice};
use super::{ReportRequest, documents, render};

fn document(request: &ReportRequest, slice: &Arc<Slice>) -> Document {
    documents(&[(request.clone(), slice.clone())]).expect("a document").remove(0)
}

fn text(document: &Document) -> String {
    let rendered = render::render(document, Format::Text).expect("text can be drawn");
    String::from_utf8(rendered.bytes).expect("text is UTF-8")
}

/// Every text of a document, numbers of its JSON included.
fn all_texts(document: &Document) -> String {
    serde_json::to_string(document).expect("a document is data")
}

fn call(n: i64, at: &str, direction: Direction, status: CallStatus, client: Option<i64>) -> CallRow {
    CallRow {
        key: CallKey(n),
        started_at: instant(at),
        source: 1,
        direction,
        status,
        client,
        tracking: Some(380_445_550_101),
        agent: status.is_answered().then_some(n % 3 + 1),
        attribution: (n % 5 > 0).then_some(n % 5),
        wait_sec: Some(9 + (n % 7) as u32),
        talk_sec: Some(if status.is_answered() { 120 + n as u32 } else { 0 }),
        flags: CallFlags(0),
    }
}

/// Two weeks of invented calls with a bad Tuesday morning.
fn two_weeks() -> Vec<CallRow> {
    let mut calls = Vec::new();
    let begin = instant("2026-11-01T22:00:00Z");
    for n in 0..400_i64 {
        let day = n % 14;
        let at = begin.plus_seconds(day * 86_400 + (9 + n % 9) * 3600 + n * 7 % 3600);
        let bad = day == 8 && n % 9 < 3;
        let status = if bad || n % 17 == 0 { CallStatus::MissedNoAnswer } else { CallStatus::Answered };
        let client = (n % 23 != 0).then_some(380_671_110_000 + n * 37 % 9000);
        calls.push(CallRow {
            started_at: at,
            ..call(n + 1, "2026-11-01T22:00:00Z", Direction::Inbound, status, client)
        });
    }
    for n in 0..30_i64 {
        let at = begin.plus_seconds(9 * 86_400 + n * 3000);
        let status = if n % 3 == 0 { CallStatus::ClientNoAnswer } else { CallStatus::Answered };
        let client = Some(380_671_110_000 + n * 17 * 37 % 9000);
        calls.push(CallRow {
            started_at: at,
            ..call(1000 + n, "2026-11-01T22:00:00Z", Direction::Outbound, status, client)
        });
    }
    calls
}

#[test]
fn a_week_reads_well() {
    let request = request();
    let document = document(&request, &slice(request.slice_request(), two_weeks(), Vec::new()));
    insta::assert_snapshot!(format!(
        "Subject: {}\nPreview: {}\nFile: {}\n\n{}",
        document.subject,
        document.preview,
        document.file_stem,
        text(&document)
    ));
}
