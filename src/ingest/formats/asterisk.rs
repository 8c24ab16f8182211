//! Asterisk's call detail records. A row is a leg; what the legs of a call make is `domain::fold::asterisk`'s work.
//!
//! Three layouts: `Master.csv` as cdr-csv writes it, without a header and with 16 to 21 fields (docs.asterisk.org, "CDR
//! Specification" and `cdr.conf`); FreePBX's table with its columns `did`, `cnum`, `dst_cnam` …; the names of the SQL
//! back-ends, which have `calldate` and neither `answer` nor `end`. Times name no zone.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::native::seconds;
use super::{Csv, Item, KeptPiece, Layout, Noticed, Piece, Reading};
use crate::domain::call::LONGEST_SEC;
use crate::domain::fold::Ranked;
use crate::domain::fold::asterisk::{Disposition, Leg, fold};
use crate::domain::hex::hex;
use crate::domain::instant::Instant;
use crate::ingest::problem::Problem;
use crate::ingest::{text, times};

/// Every column that the three layouts have; the first 21 in the order of cdr-csv.
const COLUMNS: &[&str] = &[
    "accountcode",
    "src",
    "dst",
    "dcontext",
    "clid",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "start",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
    "amaflags",
    "uniqueid",
    "userfield",
    "peeraccount",
    "linkedid",
    "sequence",
    "did",
    "recordingfile",
    "cnum",
    "cnam",
    "outbound_cnum",
    "outbound_cnam",
    "dst_cnam",
];
const REQUIRED: &[&[&str]] =
    &[&["start", "calldate"], &["channel"], &["duration", "end"], &["billsec", "answer"], &["disposition"]];
/// Columns of tables that tell nothing of a call.
const QUIET: &[&str] = &["id", "cdr_id", "acctid", "recid"];

/// Fields of cdr-csv that every release writes.
const ALWAYS: usize = 16;
const UNIQUE_ID: usize = 16;
const USER_FIELD: usize = 17;
const NEWER: [usize; 3] = [18, 19, 20];

static POSITIONS: LazyLock<HashMap<&str, usize>> =
    LazyLock::new(|| COLUMNS.iter().enumerate().map(|(position, name)| (*name, position)).collect());

fn column(name: &str) -> Option<usize> {
    let name = name.trim().to_ascii_lowercase();
    let name = if name == "calldate" { "start" } else { &name };
    POSITIONS.get(name).copied()
}

/// How the CSV of this format is read.
pub(crate) const CSV: Csv = Csv { layout, row: read_fields };

fn layout(first: &[&str], _: &Reading) -> Result<Layout, String> {
    let known = first.iter().filter(|name| column(name).is_some()).count();
    match without_header(first) {
        Some(columns) if known < REQUIRED.len() => {
            let names = columns.iter().map(|column| COLUMNS[*column].to_owned()).collect();
            let columns = columns.into_iter().map(Some).collect();
            Ok(Layout { columns, names, ignored: Vec::new(), starts_with_row: true })
        }
        _ => Layout::named(first, column, QUIET, REQUIRED)
            .map_err(|detail| format!("{detail}. Without a header, a row of cdr-csv has 16 to 21 fields")),
    }
}

/// The columns of a row that cdr-csv wrote. What follows the first 16 fields is a matter of release and settings; the shape
/// of an id tells them apart.
fn without_header(fields: &[&str]) -> Option<Vec<usize>> {
    let is_id = |at: usize| is_id(fields[at].trim());
    let more: Vec<usize> = match fields.len() {
        16 => Vec::new(),
        17 => vec![if is_id(16) { UNIQUE_ID } else { USER_FIELD }],
        18 if is_id(16) => vec![UNIQUE_ID, USER_FIELD],
        19 if is_id(17) => NEWER.to_vec(),
        20 if is_id(18) => [vec![if is_id(16) { UNIQUE_ID } else { USER_FIELD }], NEWER.to_vec()].concat(),
        21 if is_id(16) => [vec![UNIQUE_ID, USER_FIELD], NEWER.to_vec()].concat(),
        _ => return None,
    };
    let looks_like_one = fields[5].contains('/') || disposition(fields[14].trim()).is_some();
    looks_like_one.then(|| (0..ALWAYS).chain(more).collect())
}

/// `1780293600.26`, with the server's name before it where it has one.
fn is_id(text: &str) -> bool {
    epoch_of(text).is_some()
}

/// When the channel with this id was made, in seconds since 1970.
fn epoch_of(id: &str) -> Option<i64> {
    let (before, count) = id.rsplit_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let epoch = before.rsplit_once('-').map_or(before, |(_, epoch)| epoch);
    (digits(count) && digits(epoch)).then(|| epoch.parse().ok()).flatten()
}

fn disposition(word: &str) -> Option<Disposition> {
    Disposition::parse(word)
}

/// One row's values, by the positions of [`COLUMNS`]; `None`: not known.
struct Fields<'a>(Vec<Option<Cow<'a, str>>>);

impl Fields<'_> {
    fn get(&self, name: &'static str) -> Option<&str> {
        POSITIONS.get(name).and_then(|column| self.0[*column].as_deref())
    }

    fn text(&self, name: &'static str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A number as it was dialled or shown.
    fn number(&self, name: &'static str, noticed: &mut Noticed) -> Option<String> {
        let written = self.get(name)?;
        let number = text::number(written).map(Cow::into_owned);
        noticed.lost_number |= number.is_none();
        number
    }

    fn seconds(&self, name: &'static str) -> Result<Option<u32>, Problem> {
        self.get(name).map(|text| seconds(name, text)).transpose()
    }
}

fn read_fields(fields: &[&str], layout: &Layout, reading: &Reading, noticed: &mut Noticed) -> Result<Item, Problem> {
    let mut values = vec![None; COLUMNS.len()];
    for (column, field) in layout.columns.iter().zip(fields) {
        if let Some(column) = column {
            values[*column] = text::known(field).map(western_digits);
        }
    }
    let leg = leg(&Fields(values), reading, noticed)?;
    let call_id = identity(&leg, reading)?;
    let body = serde_json::to_value(&leg).map(|value| value.to_string());
    let body = body.map_err(|error| Problem::new("", &leg.channel, error.to_string()))?;
    Ok(Item::Piece(Box::new(Piece::new(call_id, None, leg.start, body))))
}

/// Digits of Persian and Arabic locales, as softphones send them, become those that numbers are compared by.
fn western_digits(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(|c| matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')) {
        return text;
    }
    let western = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(c as u32 - 0x6f0, 10).unwrap_or(c),
        other => other,
    };
    text.chars().map(western).collect::<String>().into()
}

fn leg(fields: &Fields<'_>, reading: &Reading, noticed: &mut Noticed) -> Result<Leg, Problem> {
    let start = start(fields, reading, noticed)?;
    let time = |name| match fields.get(name).filter(|text| !text.starts_with("0000")) {
        Some(text) => times::read(text, &reading.zone).map(|time| Some(time.at)),
        None => Ok(None),
    };
    // An hour that the clock showed twice can't shorten a call, so seconds come before the columns with times.
    let until_end = |from: Option<Instant>| -> Result<Option<u32>, Problem> {
        let Some((from, end)) = from.zip(time("end").ok().flatten()) else { return Ok(None) };
        let end = times::within_call(end, start)
            .map_err(|reason| Problem::new("end", fields.get("end").unwrap_or_default(), reason))?;
        Ok(u32::try_from(end.since(from).as_secs()).ok().map(|seconds| seconds.min(LONGEST_SEC)))
    };
    let duration = match fields.seconds("duration")? {
        Some(duration) => Some(duration),
        None => until_end(Some(start))?,
    };
    let billsec = match fields.seconds("billsec")? {
        Some(billsec) => Some(billsec),
        None => until_end(time("answer").ok().flatten())?,
    };
    Ok(Leg {
        start,
        sequence: fields.get("sequence").and_then(|text| text.parse().ok()),
        uniqueid: fields.text("uniqueid"),
        channel: fields.text("channel").unwrap_or_default(),
        dstchannel: fields.text("dstchannel"),
        disposition: word(fields, noticed)?,
        duration,
        billsec,
        lastapp: fields.text("lastapp"),
        lastdata: fields.text("lastdata"),
        dcontext: fields.text("dcontext"),
        src: fields.number("src", noticed),
        dst: fields.number("dst", noticed),
        clid: fields.text("clid"),
        did: fields.number("did", noticed),
        cnum: fields.number("cnum", noticed),
        cnam: fields.text("cnam"),
        dst_cnam: fields.text("dst_cnam"),
        linkedid: fields.text("linkedid"),
        recording: fields.text("recordingfile"),
    })
}

/// The start. Of the two moments at which a clock that was set back showed it, a channel's id tells which is meant: no leg
/// begins before its channel was made.
fn start(fields: &Fields<'_>, reading: &Reading, noticed: &mut Noticed) -> Result<Instant, Problem> {
    let text =
        fields.get("start").ok_or_else(|| Problem::new("start", "", "the time of the start is required and empty"))?;
    let time = times::read(text, &reading.zone).map_err(|reason| Problem::new("start", text, reason))?;
    if !time.is_ambiguous {
        return Ok(time.at);
    }
    let made = fields.get("uniqueid").and_then(epoch_of).map(Instant::from_seconds);
    match (made, times::second_pass(time.at, &reading.zone)) {
        (Some(made), Some(second)) if made > time.at.plus_seconds(1) => Ok(second),
        (Some(_), _) => Ok(time.at),
        (None, _) => {
            noticed.ambiguous_time = true;
            Ok(time.at)
        }
    }
}

fn word(fields: &Fields<'_>, noticed: &mut Noticed) -> Result<Disposition, Problem> {
    let Some(text) = fields.get("disposition") else {
        noticed.unknown_status = Some("(empty)".to_owned());
        return Ok(Disposition::Unknown);
    };
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let reason = "a word is expected (ANSWERED, NO ANSWER, BUSY, FAILED, CONGESTION); what a number means changed from \
            release to release";
        return Err(Problem::new("disposition", text, reason));
    }
    Ok(disposition(text).unwrap_or_else(|| {
        noticed.unknown_status = Some(text.to_owned());
        Disposition::Unknown
    }))
}

/// What the legs of a call share: `linkedid`, else a channel's own id. Where a file has neither, each leg is a call.
fn identity(leg: &Leg, reading: &Reading) -> Result<String, Problem> {
    if let Some(id) = leg.linkedid.as_ref().or(leg.uniqueid.as_ref()) {
        let is_short = id.len() <= 200;
        return is_short.then(|| id.clone()).ok_or_else(|| Problem::new("linkedid", id, "at most 200 bytes are kept"));
    }
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let told = [
        reading.source.clone(),
        leg.start.to_string(),
        leg.channel.clone(),
        known(&leg.dstchannel),
        known(&leg.src),
        known(&leg.dst),
    ];
    let digest = Sha256::digest(told.join("\n"));
    Ok(hex(&digest[..16]))
}

/// Folds legs as they were kept; what can't be read any more is left out.
pub(crate) fn fold_kept(call_id: &str, pieces: &[KeptPiece], reading: &Reading) -> Option<Ranked> {
    let legs = pieces.iter().filter_map(|piece| serde_json::from_str(&piece.body).ok()).collect();
    fold(call_id, &reading.source, legs, reading.region)
}

#[cfg(test)]
mod tests;
