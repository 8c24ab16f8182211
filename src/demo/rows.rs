//! Made-up calls in the shape that `import` reads: the canonical record's columns, as JSON lines or as CSV. What a file
//! says depends on when it is written: a call that is still going on has no end yet.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use super::business::{Business, Shape};
use super::day::{MadeCall, calls_of};
use super::dice::Dice;
use crate::domain::call::{CallStatus, Direction, PartKind, PartOutcome};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::zones::Zone;

/// One row of the file; empty cells are what isn't known.
#[derive(Debug, Serialize)]
struct Row<'a> {
    call_id: String,
    direction: &'static str,
    started_at: Instant,
    answered_at: Option<Instant>,
    ended_at: Option<Instant>,
    from_number: Option<String>,
    to_number: Option<String>,
    tracking_number: Option<String>,
    status: &'static str,
    raw_status: &'static str,
    wait_sec: Option<i64>,
    ring_sec: Option<i64>,
    talk_sec: Option<i64>,
    duration_sec: Option<i64>,
    agent_id: Option<&'a str>,
    agent_name: Option<&'a str>,
    queue: Option<&'a str>,
    is_target: Option<bool>,
    utm_source: Option<&'a str>,
    utm_medium: Option<&'a str>,
    utm_campaign: Option<&'a str>,
    referrer: Option<&'a str>,
    client_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part<'a>>,
}

#[derive(Debug, Serialize)]
struct Part<'a> {
    agent_key: &'a str,
    agent_name: &'a str,
    kind: PartKind,
    started_at: Instant,
    ring_sec: Option<i64>,
    talk_sec: Option<i64>,
    outcome: PartOutcome,
}

/// What a file that is written at the end of `span` has to tell which one written at its beginning didn't: calls that
/// began inside it, and those that were going on at its beginning.
pub(super) fn written(business: &Business, zone: &Zone, span: Period) -> std::io::Result<(Vec<u8>, usize)> {
    let first = zone.local(span.from()).date().checked_sub_days(Days::new(1));
    let last = zone.local(span.to()).date();
    let days = first.into_iter().flat_map(|day| day.iter_days()).take_while(|day| *day <= last);
    let rows: Vec<_> = days
        .flat_map(|day| calls_of(business, day).into_iter().enumerate().map(move |(n, call)| (day, n, call)))
        .map(|(day, n, call)| (began(zone, day, call.second), format!("{}-{day}-{n:03}", business.project), call))
        .filter(|(began, _, call)| span.contains(*began) || (*began < span.from() && span.from() < end(*began, call)))
        .map(|(began, id, call)| row(business, id, began, &call, span.to()))
        .collect();
    Ok((bytes(business.shape, &rows)?, rows.len()))
}

fn bytes(shape: Shape, rows: &[Row<'_>]) -> std::io::Result<Vec<u8>> {
    match shape {
        Shape::JsonLines => {
            let mut lines = Vec::new();
            for row in rows {
                serde_json::to_writer(&mut lines, row)?;
                lines.push(b'\n');
            }
            Ok(lines)
        }
        Shape::Csv => {
            let mut table = csv::Writer::from_writer(Vec::new());
            for row in rows {
                table.serialize(row)?;
            }
            table.into_inner().map_err(|error| error.into_error())
        }
    }
}

/// The instant at which the day's clock shows this second.
fn began(zone: &Zone, day: NaiveDate, second: i64) -> Instant {
    let time = u32::try_from(second.clamp(0, 86_399)).unwrap_or(0);
    let shown = NaiveTime::from_num_seconds_from_midnight_opt(time, 0).unwrap_or(NaiveTime::MIN);
    zone.resolve(NaiveDateTime::new(day, shown)).earliest()
}

fn end(began: Instant, call: &MadeCall) -> Instant {
    began.plus_seconds(call.wait_sec + call.talk_sec)
}

fn row<'a>(business: &'a Business, call_id: String, began: Instant, call: &MadeCall, written_at: Instant) -> Row<'a> {
    let over = end(began, call) <= written_at;
    let answered = began.plus_seconds(call.wait_sec);
    let was_answered = call.status.is_answered() && answered <= written_at;
    let known = |seconds: i64| over.then_some(seconds);
    let plus = |digits: &str| format!("+{digits}");
    let channel = call.channel.map(|index| &business.channels[index]);
    let person = call.person.filter(|_| was_answered || over).map(|index| &business.people[index]);
    let tracking = channel.map_or(business.channels[0].number, |channel| channel.number);
    let client = call.client.as_deref().map(plus);
    let (from_number, to_number) = match call.direction {
        Direction::Inbound => (client, Some(plus(tracking))),
        Direction::Internal => {
            let colleague = (call.person.unwrap_or(0) + 1) % business.people.len();
            (person.map(|person| person.key.to_owned()), Some(business.people[colleague].key.to_owned()))
        }
        _ => (Some(plus(tracking)), client),
    };
    let mut own = Dice::of(&call_id);
    let target = person.is_some_and(|person| call.talk_sec > 45 && own.chance(f64::from(person.targets) / 100.0));
    let visitor = format!("{}.{}", own.between(100_000_000, 999_999_999), began.as_seconds() - own.between(40, 900));
    let inbound = call.direction == Direction::Inbound;
    let said = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    Row {
        direction: call.direction.name(),
        started_at: began,
        answered_at: was_answered.then_some(answered),
        ended_at: known(0).map(|_| end(began, call)),
        from_number,
        to_number,
        tracking_number: inbound.then(|| plus(tracking)),
        status: if over { call.status.name() } else { CallStatus::InProgress.name() },
        raw_status: if over { call.word } else { "IN PROGRESS" },
        wait_sec: known(call.wait_sec),
        ring_sec: known(call.wait_sec).filter(|_| !call.rings.is_empty()),
        talk_sec: known(call.talk_sec),
        duration_sec: known(call.wait_sec + call.talk_sec),
        agent_id: person.map(|person| person.key),
        agent_name: person.map(|person| person.name),
        queue: inbound.then_some(business.queue),
        is_target: (inbound && over && call.status.is_answered()).then_some(target),
        utm_source: channel.and_then(|channel| said(channel.source)),
        utm_medium: channel.and_then(|channel| said(channel.medium)),
        utm_campaign: channel.and_then(|channel| said(channel.campaign)),
        referrer: channel.and_then(|channel| said(channel.referrer)),
        client_id: channel.filter(|channel| channel.tracked).map(|_| visitor),
        // CSV has no room for parts; there they are derived from the row.
        parts: if over && business.shape == Shape::JsonLines { parts(business, began, call) } else { Vec::new() },
        call_id,
    }
}

/// Phones that rang, then stretches of talk.
fn parts<'a>(business: &'a Business, began: Instant, call: &MadeCall) -> Vec<Part<'a>> {
    let part = |who: usize, kind, started_at, ring_sec, talk_sec, outcome| {
        let (agent_key, agent_name) = (business.people[who].key, business.people[who].name);
        Part { agent_key, agent_name, kind, started_at, ring_sec, talk_sec, outcome }
    };
    let mut parts: Vec<_> = call
        .rings
        .iter()
        .map(|&(who, how)| part(who, PartKind::Ring, began, Some(call.wait_sec.min(40)), None, how))
        .collect();
    if let (Some(who), true) = (call.person, call.talk_sec > 0) {
        let picked_up = began.plus_seconds(call.wait_sec);
        let own = call.handed_to.map_or(call.talk_sec, |(_, after)| after);
        parts.push(part(who, PartKind::Talk, picked_up, None, Some(own), PartOutcome::Answered));
        if let Some((other, after)) = call.handed_to {
            let rest = call.talk_sec - after;
            let taken_over = picked_up.plus_seconds(after);
            parts.push(part(other, PartKind::Talk, taken_over, None, Some(rest), PartOutcome::Answered));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::business::BUSINESSES;
    use super::*;
    use crate::zones::Zones;

    /// What is known of every call once all files were read, the later over the earlier.
    fn known(which: usize, cuts: &[i64]) -> BTreeMap<String, Value> {
        let zone = Zones::load().get(["Europe/Kyiv", "Europe/Amsterdam", "America/New_York"][which]).expect("a zone");
        // Over a change of the clock in each of the three zones.
        let from = ["2026-10-24T15:00:00Z", "2026-10-24T15:00:00Z", "2026-10-31T15:00:00Z"][which];
        let from = Instant::parse_rfc3339(from).expect("valid");
        let mut known = BTreeMap::new();
        for pair in cuts.windows(2) {
            let span = Period::new(from.plus_seconds(pair[0]), from.plus_seconds(pair[1])).expect("in order");
            let (file, count) = written(&BUSINESSES[which], &zone, span).expect("written");
            let rows = rows_of(BUSINESSES[which].shape, &file);
            assert_eq!(rows.len(), count);
            for row in rows {
                known.insert(row["call_id"].as_str().expect("an id").to_owned(), row);
            }
        }
        known
    }

    fn rows_of(shape: Shape, file: &[u8]) -> Vec<Value> {
        match shape {
            Shape::JsonLines => {
                serde_json::Deserializer::from_slice(file).into_iter().collect::<Result<_, _>>().expect("JSON lines")
            }
            Shape::Csv => csv::Reader::from_reader(file)
                .deserialize::<BTreeMap<String, String>>()
                .map(|row| serde_json::to_value(row.expect("a row")).expect("a value"))
                .collect(),
        }
    }

    const FOUR_DAYS: i64 = 4 * 86_400;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn pieces_tell_what_one_file_tells(
            which in 0..3_usize,
            mut cuts in prop::collection::btree_set(1..FOUR_DAYS, 1..6).prop_map(Vec::from_iter),
        ) {
            cuts.insert(0, 0);
            cuts.push(FOUR_DAYS);
            let (whole, pieces) = (known(which, &[0, FOUR_DAYS]), known(which, &cuts));
            prop_assert!(whole.len() > 60);
            prop_assert_eq!(whole, pieces);
        }
    }

    #[test]
    fn a_call_that_goes_on_has_no_end_yet() {
        let business = &BUSINESSES[0];
        let zone = Zones::load().get("Europe/Kyiv").expect("a zone");
        let day = NaiveDate::from_ymd_opt(2026, 11, 17).expect("a date");
        let long = calls_of(business, day).into_iter().find(|call| call.talk_sec > 60).expect("somebody talks");
        let start = began(&zone, day, long.second);
        let span = Period::new(start, start.plus_seconds(long.wait_sec + 10)).expect("in order");
        let (file, _) = written(business, &zone, span).expect("written");
        let row = &rows_of(Shape::JsonLines, &file)[0];
        assert_eq!((row["status"].as_str(), row["ended_at"].as_str()), (Some("in_progress"), None));
        assert!(row["answered_at"].is_string());
    }
}
