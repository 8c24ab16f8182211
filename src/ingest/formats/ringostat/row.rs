//! One row of the export becomes a row of our own, and so a call.

use super::Fields;
use crate::domain::call::Direction;
use crate::domain::fold::{Ranked, normalised};
use crate::domain::phone;
use crate::ingest::formats::native::{self, Row};
use crate::ingest::formats::{Noticed, Reading};
use crate::ingest::problem::Problem;
use crate::ingest::{text, times};

/// Fields that mean the same under our name.
const SAME: &[(&str, &str)] = &[
    ("call_id", "uniqueid"),
    ("wait_sec", "waittime"),
    ("duration_sec", "duration"),
    ("agent_name", "employee_fio"),
    ("queue", "scheme_name"),
    ("department", "department"),
    ("is_target", "proper_flag"),
    ("is_repeat", "repeated_flag"),
    ("category", "category_mark"),
    ("utm_source", "utm_source"),
    ("utm_medium", "utm_medium"),
    ("utm_campaign", "utm_campaign"),
    ("utm_content", "utm_content"),
    ("utm_term", "utm_term"),
    ("client_id", "client_id"),
    ("landing", "landing"),
    ("referrer", "refferrer"),
];
/// Fields that are read under another of our names, for messages.
const MADE: &[(&str, &str)] = &[("started_at", "calldate"), ("talk_sec", "billsec"), ("status", "disposition")];

/// Builds the call that one row of the export tells of.
pub(super) fn call(fields: &Fields<'_>, reading: &Reading, noticed: &mut Noticed) -> Result<Ranked, Problem> {
    let mut row = Row::empty();
    for (ours, theirs) in SAME {
        row.set(ours, fields.get(theirs));
    }
    if fields.get("duration").is_none() {
        row.set("duration_sec", fields.get("duration_ms").map(|ms| seconds_of(ms).unwrap_or_else(|| ms.to_owned())));
    }
    let direction = direction(fields, noticed);
    row.set("direction", Some(direction.name()));
    status(&mut row, fields);
    numbers(&mut row, fields, direction, noticed);
    agent(&mut row, fields, direction, noticed);
    row.set("is_first_call", fields.get("call_counter").and_then(|text| text.parse::<u32>().ok()).and_then(first));
    row.set("tags", tags(fields));
    if fields.get("has_recording").is_none_or(|flag| !matches!(flag, "0" | "false")) {
        row.set("recording_url", fields.get("recording").or(fields.get("recording_wav")));
    }
    times(&mut row, fields, reading, noticed)?;
    let read = native::read(&row, reading, noticed);
    if fields.get("disposition").is_none() && noticed.unknown_status.is_some() {
        noticed.unknown_status = Some("(empty)".to_owned());
    }
    read.map_err(theirs)
}

/// A problem under the name that the file has.
fn theirs(mut problem: Problem) -> Problem {
    if let Some((_, theirs)) = SAME.iter().chain(MADE).find(|(ours, _)| *ours == problem.column) {
        problem.column = (*theirs).to_owned();
    }
    problem
}

/// The first call of this client, by the count that the row has.
fn first(counter: u32) -> Option<&'static str> {
    match counter {
        0 => None,
        1 => Some("1"),
        _ => Some("0"),
    }
}

fn direction(fields: &Fields<'_>, noticed: &mut Noticed) -> Direction {
    let word = normalised(fields.get("call_type").unwrap_or_default());
    match word.as_str() {
        "IN" | "INBOUND" | "INCOMING" => Direction::Inbound,
        "OUT" | "OUTBOUND" | "OUTGOING" => Direction::Outbound,
        "CALLBACK" | "CALL BACK" => Direction::Callback,
        "TRANSITIN" | "TRANSITOUT" | "TRANSIT IN" | "TRANSIT OUT" | "TRANSIT" => Direction::Transit,
        "INTERNAL" => Direction::Internal,
        _ => {
            noticed.unknown_direction = Some(fields.get("call_type").unwrap_or("(empty)").to_owned());
            Direction::Unknown
        }
    }
}

/// The word stays beside what it means. Seconds of a machine are no talk, and of a call that one side didn't take neither.
fn status<'a>(row: &mut Row<'a>, fields: &'a Fields<'_>) {
    let word = normalised(fields.get("disposition").unwrap_or_default());
    let machine = match word.as_str() {
        "VOICEMAIL" => Some("voicemail"),
        "WRONG EXTENSION" | "NO EXTENSION" => Some("ivr"),
        "CLIENT NO ANSWER" | "OPERATOR NO ANSWER" => Some("none"),
        _ => None,
    };
    row.set("answered_by", machine);
    row.set("talk_sec", fields.get("billsec").map(|text| if machine.is_some() { "0" } else { text }));
    match fields.get("disposition") {
        Some(word) => row.set("raw_status", Some(word)),
        None => row.set("status", Some("unknown")),
    }
    // The word names what it is; a flag that a sender leaves at 0 doesn't take it back.
    if word == "PROPER" {
        row.set("is_target", Some("1"));
    }
    if word == "REPEATED" {
        row.set("is_repeat", Some("1"));
    }
}

fn numbers(row: &mut Row<'_>, fields: &Fields<'_>, direction: Direction, noticed: &mut Noticed) {
    let mut number = |name| fields.get(name).and_then(|text| plain(&text::unescaped(text), noticed));
    let (caller, dst, other) = (number("caller"), number("dst"), number("caller_number"));
    let is_number =
        |text: &Option<String>| text.as_deref().is_some_and(|text| text.bytes().any(|byte| byte.is_ascii_digit()));
    let from = if is_number(&caller) || !is_number(&other) { caller } else { other };
    if direction == Direction::Inbound {
        row.set("tracking_number", dst.clone());
    }
    row.set("from_number", from);
    row.set("to_number", dst);
}

/// Who answered, or whose phone rang. On our own calls it is the caller, by the name of a SIP account.
fn agent(row: &mut Row<'_>, fields: &Fields<'_>, direction: Direction, noticed: &mut Noticed) {
    let ours = matches!(direction, Direction::Outbound | Direction::Internal);
    let caller = fields.get("caller").filter(|_| ours).and_then(|text| plain(&text::unescaped(text), noticed));
    let account = caller.filter(|text| phone::e164(text, None).is_none());
    let connected = fields.get("connected_with").map(text::unescaped);
    // Several phones rang: which of them is meant can't be told.
    let connected = connected.filter(|text| !text.contains([',', ';', '|', '&']));
    let connected = connected.and_then(|text| plain(&text, noticed));
    let number = fields.get("employee_number").and_then(|text| plain(text, noticed));
    row.set("agent_id", number.or(connected.filter(|_| !ours)).or(account));
}

/// The number or account in `"name" <number>`, as a spreadsheet may have left it.
fn plain(text: &str, noticed: &mut Noticed) -> Option<String> {
    let inner = text.split_once('<').map_or(text, |(_, rest)| rest.split('>').next().unwrap_or(rest));
    let inner = inner.trim();
    let inner = if inner.starts_with('=') { inner } else { inner.trim_matches('"') };
    if inner.is_empty() {
        return None;
    }
    match text::number(inner) {
        Some(number) => Some(number.into_owned()),
        None => {
            noticed.lost_number = true;
            None
        }
    }
}

fn tags(fields: &Fields<'_>) -> Option<String> {
    let tags = ["category_mark", "employee_mark", "pool_name"].into_iter().filter_map(|name| fields.get(name));
    let tags: Vec<String> = tags.map(|tag| tag.replace('|', "/")).collect();
    (!tags.is_empty()).then(|| tags.join("|"))
}

/// Answered after the wait, ended after the duration; where either isn't known, neither is its moment.
fn times(row: &mut Row<'_>, fields: &Fields<'_>, reading: &Reading, noticed: &mut Noticed) -> Result<(), Problem> {
    let text = fields.get("calldate").ok_or_else(|| Problem::new("calldate", "", "is required and empty"))?;
    let time = times::read(text, &reading.zone).map_err(|reason| Problem::new("calldate", text, reason))?;
    noticed.ambiguous_time = time.is_ambiguous;
    let after = |seconds: Option<&str>| {
        let seconds = seconds.and_then(|text| native::seconds("", text).ok())?;
        Some(time.at.plus_seconds(i64::from(seconds)).to_string())
    };
    let word = normalised(fields.get("disposition").unwrap_or_default());
    let is_open = matches!(word.as_str(), "IN PROGRESS" | "CALLING");
    let talked = fields.get("billsec").is_some_and(|text| text.parse::<f64>().is_ok_and(|seconds| seconds > 0.0));
    row.set("started_at", Some(time.at.to_string()));
    if talked && row.get("answered_by").is_none() {
        row.set("answered_at", after(fields.get("waittime")));
    }
    if !is_open {
        let ended = after(row.get("duration_sec"));
        row.set("ended_at", ended);
    }
    Ok(())
}

fn seconds_of(milliseconds: &str) -> Option<String> {
    let whole = milliseconds.split('.').next()?;
    whole.parse::<u64>().ok().map(|ms| (ms / 1000).to_string())
}
