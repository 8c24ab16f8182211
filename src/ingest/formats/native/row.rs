//! One row's values become a call.

use sha2::{Digest, Sha256};

use super::Row;
use crate::domain::call::{AnsweredBy, Call, CallPart, CallStatus, Direction, LONGEST_SEC, PartKind, PartOutcome, Utm};
use crate::domain::fold::{Ranked, blank, read_word};
use crate::domain::hex::hex;
use crate::domain::instant::Instant;
use crate::domain::phone::{self, Region};
use crate::ingest::formats::{Noticed, Reading};
use crate::ingest::problem::Problem;
use crate::ingest::times;

/// Builds the call that `row` tells of.
pub(super) fn call(
    row: &Row<'_>,
    parts: Vec<CallPart>,
    reading: &Reading,
    noticed: &mut Noticed,
) -> Result<Ranked, Problem> {
    if let Some(other) = row.get("project_id")
        && other != reading.project
    {
        let reason = format!("belongs to another project; this import is for `{}`", reading.project);
        return Err(Problem::new("project_id", other, reason));
    }
    let started_at = required_time(row, reading, noticed)?;
    let direction = direction(row)?;
    let mut call = blank("", &reading.source, started_at);
    call.direction = direction;
    call.answered_at = time_within(row, "answered_at", started_at, reading)?;
    call.ended_at = time_within(row, "ended_at", started_at, reading)?;
    let updated_at = time(row, "updated_at", reading)?;

    numbers(&mut call, row, reading.region);
    for (name, slot) in [
        ("wait_sec", &mut call.wait_sec),
        ("ring_sec", &mut call.ring_sec),
        ("ivr_sec", &mut call.ivr_sec),
        ("talk_sec", &mut call.talk_sec),
        ("hold_sec", &mut call.hold_sec),
        ("wrap_sec", &mut call.wrap_sec),
        ("duration_sec", &mut call.duration_sec),
    ] {
        *slot = row.get(name).map(|text| seconds(name, text)).transpose()?;
    }
    for (name, slot) in [
        ("agent_id", &mut call.agent_id),
        ("agent_name", &mut call.agent_name),
        ("queue", &mut call.queue),
        ("department", &mut call.department),
        ("landing", &mut call.landing),
        ("referrer", &mut call.referrer),
        ("client_id", &mut call.client_id),
        ("recording_url", &mut call.recording_url),
        ("hangup_cause", &mut call.hangup_cause),
        ("ended_by", &mut call.ended_by),
        ("linked_id", &mut call.linked_id),
        ("merged_into", &mut call.merged_into),
        ("region", &mut call.region),
        ("category", &mut call.category),
        ("rating", &mut call.rating),
        ("comment", &mut call.comment),
        ("visitor_id", &mut call.visitor_id),
    ] {
        *slot = row.text(name);
    }
    call.utm = utm(row, ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"]);
    call.first_utm =
        utm(row, ["first_utm_source", "first_utm_medium", "first_utm_campaign", "first_utm_content", "first_utm_term"]);
    call.is_target = flag(row, "is_target")?;
    call.is_first_call = flag(row, "is_first_call")?;
    call.is_repeat = flag(row, "is_repeat")?;
    call.tags = row.get("tags").map(tags).unwrap_or_default();
    money(&mut call, row)?;
    call.parts = parts;
    let evidence = status(&mut call, row, noticed)?;
    (call.call_id, call.id_is_synthetic) = identity(&call, row)?;
    Ok(Ranked::new(call, updated_at, evidence))
}

fn required_time(row: &Row<'_>, reading: &Reading, noticed: &mut Noticed) -> Result<Instant, Problem> {
    let text = row.get("started_at").ok_or_else(|| Problem::new("started_at", "", "is required and empty"))?;
    let time = times::read(text, &reading.zone).map_err(|reason| Problem::new("started_at", text, reason))?;
    noticed.ambiguous_time = time.is_ambiguous;
    Ok(time.at)
}

fn time(row: &Row<'_>, name: &'static str, reading: &Reading) -> Result<Option<Instant>, Problem> {
    let read = |text| times::read(text, &reading.zone).map_err(|reason| Problem::new(name, text, reason));
    Ok(row.get(name).map(read).transpose()?.map(|time| time.at))
}

/// A moment of the call, which can't lie longer after its start than a call can last.
fn time_within(
    row: &Row<'_>,
    name: &'static str,
    started_at: Instant,
    reading: &Reading,
) -> Result<Option<Instant>, Problem> {
    let at = time(row, name, reading)?;
    let checked = at.map(|at| times::within_call(at, started_at)).transpose();
    checked.map_err(|reason| Problem::new(name, row.get(name).unwrap_or_default(), reason))
}

fn direction(row: &Row<'_>) -> Result<Direction, Problem> {
    let text = row.get("direction").ok_or_else(|| Problem::new("direction", "", "is required and empty"))?;
    Direction::parse(&text.to_ascii_lowercase())
        .ok_or_else(|| Problem::new("direction", text, one_of(Direction::ALL.iter().map(|word| word.name()))))
}

/// Numbers stay as written where they can't be read as E.164; only the other side's must be one to count as a person.
/// A national number is read as one of the country of our own number, which tells it better than the project's language.
fn numbers(call: &mut Call, row: &Row<'_>, region: Option<Region>) {
    let own = match call.direction {
        Direction::Outbound | Direction::Callback => ["tracking_number", "from_number"],
        _ => ["tracking_number", "to_number"],
    };
    let home = || {
        let number = own.into_iter().filter_map(|name| row.get(name)).find_map(|text| phone::e164(text, None));
        number.and_then(|number| number.region()).or(region)
    };
    let read = |text: &str| match phone::read(text, None) {
        phone::Reading::Other => phone::read(text, home()),
        reading => reading,
    };
    let written = |name: &'static str| match read(row.get(name).unwrap_or_default()) {
        phone::Reading::Withheld => None,
        phone::Reading::Number(number) => Some(number.to_string()),
        phone::Reading::Other => row.text(name),
    };
    call.from_number = written("from_number");
    call.to_number = written("to_number");
    call.tracking_number = written("tracking_number");
    let client = row.get("client_number").or_else(|| match call.direction {
        Direction::Inbound => row.get("from_number"),
        Direction::Outbound | Direction::Callback => row.get("to_number"),
        _ => None,
    });
    call.client_number = client.and_then(|text| match read(text) {
        phone::Reading::Number(number) => Some(number.to_string()),
        phone::Reading::Withheld | phone::Reading::Other => None,
    });
    // Who called is kept as written where only the client's column tells it.
    if call.client_number.is_none() && call.from_number.is_none() && call.direction == Direction::Inbound {
        call.from_number = written("client_number");
    }
}

/// Evidence before words: a person's talk means answered whatever the word is, unless a machine took the call.
fn status(call: &mut Call, row: &Row<'_>, noticed: &mut Noticed) -> Result<u8, Problem> {
    let answered_by = row.get("answered_by").map(|text| {
        AnsweredBy::parse(&text.to_ascii_lowercase())
            .ok_or_else(|| Problem::new("answered_by", text, one_of(AnsweredBy::ALL.iter().map(|word| word.name()))))
    });
    call.answered_by = answered_by.transpose()?.unwrap_or_default();
    let canonical = row.get("status").and_then(|text| CallStatus::parse(&text.to_ascii_lowercase()));
    let raw = row.get("raw_status").or(row.get("status").filter(|_| canonical.is_none()));
    if canonical.is_none() && raw.is_none() {
        return Err(Problem::new("status", "", "one of `status` and `raw_status` is required; both are empty"));
    }
    call.raw_status = row.text("raw_status").or_else(|| row.text("status"));
    let canonical = canonical.filter(|status| *status != CallStatus::Unknown || row.get("raw_status").is_none());
    let mut evidence = 2;
    call.status = match (canonical, raw) {
        (Some(status), _) => status,
        (None, raw) => {
            let raw = raw.unwrap_or_default();
            evidence = 1;
            match read_word(raw, call.direction) {
                Some(word) => {
                    call.is_target = call.is_target.or(word.is_target.then_some(true));
                    call.is_repeat = call.is_repeat.or(word.is_repeat.then_some(true));
                    word.status
                }
                None => {
                    noticed.unknown_status = Some(raw.to_owned());
                    CallStatus::Unknown
                }
            }
        }
    };
    let by_machine = matches!(call.answered_by, AnsweredBy::Voicemail | AnsweredBy::Ivr | AnsweredBy::None);
    let talked = |part: &CallPart| {
        part.kind == PartKind::Talk && part.outcome == PartOutcome::Answered && part.talk_sec.is_some_and(|sec| sec > 0)
    };
    if (call.talk_sec.is_some_and(|sec| sec > 0) && !by_machine) || call.parts.iter().any(talked) {
        if call.status != CallStatus::InProgress {
            call.status = CallStatus::Answered;
        }
        evidence = 3;
    }
    if call.status == CallStatus::Answered && call.answered_by == AnsweredBy::Unknown {
        call.answered_by = AnsweredBy::Human;
    }
    if call.status == CallStatus::Unknown {
        evidence = 0;
        noticed.unknown_status.get_or_insert_with(|| raw.unwrap_or("unknown").to_owned());
    }
    Ok(evidence)
}

/// The source's id; without one, a hash of what tells calls apart. Two calls of one number to one number in the same
/// moment are then one.
fn identity(call: &Call, row: &Row<'_>) -> Result<(String, bool), Problem> {
    if let Some(id) = row.get("call_id") {
        if id.len() > 200 {
            return Err(Problem::new("call_id", id, "at most 200 bytes are kept"));
        }
        return Ok((id.to_owned(), flag(row, "id_is_synthetic")?.unwrap_or(false)));
    }
    let from = call.from_number.as_deref().unwrap_or_default();
    let to = call.to_number.as_deref().unwrap_or_default();
    let told = [&call.source, &call.started_at.to_string(), from, to, call.direction.name()].join("\n");
    let digest = Sha256::digest(told);
    Ok((hex(&digest[..16]), true))
}

fn utm(row: &Row<'_>, [source, medium, campaign, content, term]: [&'static str; 5]) -> Utm {
    Utm {
        source: row.text(source),
        medium: row.text(medium),
        campaign: row.text(campaign),
        content: row.text(content),
        term: row.text(term),
    }
}

fn tags(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

fn flag(row: &Row<'_>, name: &'static str) -> Result<Option<bool>, Problem> {
    row.get(name)
        .map(|text| match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Ok(true),
            "false" | "0" | "no" => Ok(false),
            _ => Err(Problem::new(name, text, "true or false is expected")),
        })
        .transpose()
}

/// Whole seconds; a fraction is cut off.
pub(crate) fn seconds(name: &str, text: &str) -> Result<u32, Problem> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::new(name, text, "seconds, 0 or more, are expected"));
    }
    let seconds = whole.parse().ok().filter(|seconds| *seconds <= LONGEST_SEC);
    seconds.ok_or_else(|| {
        let days = LONGEST_SEC / 86_400;
        let reason = format!("no call lasts longer than {days} days; seconds are expected, are these milliseconds?");
        Problem::new(name, text, reason)
    })
}

fn money(call: &mut Call, row: &Row<'_>) -> Result<(), Problem> {
    if let Some(text) = row.get("currency") {
        let code = text.to_ascii_uppercase();
        iso_currency::Currency::from_code(&code)
            .ok_or_else(|| Problem::new("currency", text, "an ISO 4217 code such as EUR is expected"))?;
        call.currency = Some(code);
    }
    if let Some(text) = row.get("cost") {
        let micro =
            micro(text).ok_or_else(|| Problem::new("cost", text, "a decimal number such as 0.085 is expected"))?;
        call.cost_micro = Some(micro);
    }
    Ok(())
}

/// A decimal number in millionths; finer digits are cut off.
fn micro(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let micro: i64 = format!("{:0<6.6}", fraction).parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(micro)?.checked_mul(sign)
}

/// `a, b or c is expected`.
pub(super) fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last} is expected", rest.join(", ")),
        _ => format!("{} is expected", words.concat()),
    }
}
