//! Tests only: every cell of the tables that machines get, and every figure of the period before, against plain loops over the
//! calls.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use proptest::prelude::*;
use serde_json::Value;

use crate::domain::call::{CallStatus, Direction};
use crate::domain::document::MachineData;
use crate::domain::figure::TableRow;
use crate::domain::instant::Instant;
use crate::domain::missed::MissedSet;
use crate::domain::period::Period;
use crate::domain::report_spec::SectionId;
use crate::domain::slice::{CallRow, Slice};

use super::ReportRequest;
use super::oracle::{any_calls, request, slice, slow_agents, slow_origins};
use super::tests::document;

fn data(request: &ReportRequest, slice: &std::sync::Arc<Slice>) -> MachineData {
    document(request, slice).data.expect("a report has data")
}

/// What a clock in Kyiv shows in November, two hours ahead of UTC.
fn wall(at: Instant) -> NaiveDateTime {
    DateTime::from_timestamp(at.as_seconds() + 2 * 3_600, 0).expect("in the calendar").naive_utc()
}

/// Answered and missed, of these calls in.
fn split<'a>(request: &ReportRequest, calls: impl Iterator<Item = &'a CallRow>) -> (u64, u64) {
    let missed =
        |call: &CallRow| request.spec.options.missed.words().any(|word| format!("missed_{word}") == call.status.name());
    let (mut answered, mut lost) = (0, 0);
    for call in calls.filter(|call| call.direction == Direction::Inbound) {
        answered += u64::from(call.status == CallStatus::Answered);
        lost += u64::from(missed(call));
    }
    (answered, lost)
}

fn count(row: &TableRow, name: &str) -> Option<u64> {
    row[name].as_u64()
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// As the oracle tells it: sources that differ by case alone are one, which is shown as it is usually written.
fn label(row: &TableRow) -> String {
    let parts = ["source", "medium", "campaign"].map(|name| row.get(name).and_then(Value::as_str).unwrap_or_default());
    parts
        .into_iter()
        .filter(|part| !part.is_empty() && *part != "(none)")
        .collect::<Vec<_>>()
        .join(" / ")
        .to_lowercase()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_cell_of_every_table_is_that_of_a_plain_count((calls, parts) in any_calls(80), strict in any::<bool>()) {
        let mut request = request();
        request.spec.sections = SectionId::ALL.into_iter().filter(|section| *section != SectionId::CallList).collect();
        if strict {
            request.spec.options.missed = MissedSet::NONE.with(CallStatus::MissedBusy).with(CallStatus::MissedNoRoute);
        }
        let slice = slice(request.slice_request(), calls.clone(), parts);
        let data = data(&request, &slice);
        let inside = |period: Period| calls.iter().filter(move |call| period.contains(call.started_at));
        let now = request.period;
        let is_compared = data.compared_with_local.is_some();
        let (answered, missed) = split(&request, inside(now));

        // Seven days, whether anybody called or not.
        let monday: NaiveDate = "2026-11-09".parse().expect("a date");
        let days = &data.tables["by_day"];
        prop_assert_eq!(days.len(), 7);
        for (row, date) in days.iter().zip(monday.iter_days()) {
            let on = |date: NaiveDate| split(&request, calls.iter().filter(|call| wall(call.started_at).date() == date));
            let (answered, missed) = on(date);
            prop_assert_eq!(row["date"].as_str().map(str::to_owned), Some(date.to_string()));
            prop_assert_eq!((count(row, "answered"), count(row, "missed")), (Some(answered), Some(missed)));
            prop_assert_eq!(count(row, "calls"), Some(answered + missed));
            let (answered, missed) = on(date - chrono::Days::new(7));
            prop_assert_eq!(count(row, "previous_calls"), Some(answered + missed).filter(|_| is_compared));
        }

        // Each hour of each weekday, which a week has once.
        let hours = &data.tables["by_hour"];
        prop_assert_eq!(hours.len(), 7 * 24);
        for (nth, row) in hours.iter().enumerate() {
            let (weekday, hour) = (nth / 24, nth % 24);
            let shown = |call: &&CallRow| {
                let shown = wall(call.started_at);
                shown.weekday().num_days_from_monday() as usize == weekday && shown.hour() as usize == hour
            };
            let (answered, missed) = split(&request, inside(now).filter(shown));
            let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            prop_assert_eq!((row["weekday"].as_str(), count(row, "hour")), (Some(names[weekday]), Some(hour as u64)));
            prop_assert_eq!((count(row, "answered"), count(row, "missed")), (Some(answered), Some(missed)));
            prop_assert_eq!((count(row, "calls"), count(row, "days")), (Some(answered + missed), Some(1)));
            prop_assert_eq!(row["average"].as_f64(), Some((answered + missed) as f64));
        }

        // Where they came from, now and before.
        let (origins, origins_before) =
            (slow_origins(&slice, &slice.calls, &request.spec.options), slow_origins(&slice, &slice.previous, &request.spec.options));
        let sources = &data.tables["sources"];
        let told: BTreeSet<String> = sources.iter().map(label).collect();
        let all: BTreeSet<String> = if is_compared { origins.keys().chain(origins_before.keys()).cloned().collect() } else { origins.keys().cloned().collect() };
        prop_assert_eq!(told.len(), sources.len(), "each once");
        prop_assert_eq!(&told, &all);
        for row in sources {
            let (now, before) = (origins.get(&label(row)).copied().unwrap_or_default(), origins_before.get(&label(row)).copied().unwrap_or_default());
            prop_assert_eq!((count(row, "calls"), count(row, "answered"), count(row, "target")), (Some(now.offered), Some(now.answered), Some(now.target)));
            prop_assert_eq!(row["share"].as_f64(), share(now.offered, answered + missed));
            let only = |value: u64| Some(value).filter(|_| is_compared);
            prop_assert_eq!((count(row, "previous_calls"), count(row, "previous_answered")), (only(before.offered), only(before.answered)));
            if let Some(target) = count(row, "previous_target") {
                prop_assert_eq!(target, before.target);
            }
        }

        // Why they were missed.
        let groups: &[(&str, &[CallStatus])] = &[
            ("no_answer", &[CallStatus::MissedNoAnswer]),
            ("hung_up", &[CallStatus::MissedAbandoned, CallStatus::MissedCancelled, CallStatus::MissedIvr]),
            ("busy", &[CallStatus::MissedBusy]),
            ("voicemail", &[CallStatus::MissedVoicemail]),
            ("no_route", &[CallStatus::MissedNoRoute]),
        ];
        let reasons = &data.tables["missed_reasons"];
        prop_assert_eq!(reasons.len(), groups.len());
        for (row, (name, statuses)) in reasons.iter().zip(groups) {
            let (_, of_group) = split(&request, inside(now).filter(|call| statuses.contains(&call.status)));
            prop_assert_eq!((row["reason"].as_str(), count(row, "calls")), (Some(*name), Some(of_group)));
            prop_assert_eq!(row["share"].as_f64(), share(of_group, missed));
        }

        // Who took them.
        let people = slow_agents(&slice, &request.spec.options);
        let mut shown = BTreeMap::new();
        for row in &data.tables["agents"] {
            let id = row["agent_id"].as_str().map(|key| key.trim_start_matches("20").parse::<i64>().expect("201 to 203"));
            let tally = people.get(&id).copied().unwrap_or_default();
            let told = ["answered", "target", "talk_sec", "rang_colleague_answered", "rang_caller_lost"].map(|name| count(row, name));
            prop_assert_eq!(told, [tally.answered, tally.target, tally.talk.total, tally.elsewhere, tally.lost].map(Some), "{:?}", id);
            prop_assert_eq!(row["answered_share"].as_f64(), share(tally.answered, answered));
            let mean = share(tally.talk.total, tally.talk.known).map(|mean| mean.round() as u64);
            prop_assert_eq!(count(row, "talk_avg_sec"), mean);
            prop_assert!(shown.insert(id, ()).is_none(), "{:?} twice", id);
        }
        for (id, tally) in people.iter().filter(|(_, tally)| tally.answered + tally.elsewhere + tally.lost > 0) {
            prop_assert!(shown.contains_key(id), "{:?} has no line: {:?}", id, tally);
        }
    }

    /// A figure of the period before is what the report of that period would tell as its own.
    #[test]
    fn what_it_is_compared_with_is_what_that_periods_own_report_told((calls, parts) in any_calls(80), short_call_sec in 0..60_u32) {
        let mut request = request();
        request.spec.options.short_call_sec = short_call_sec;
        let mut earlier = request.clone();
        let week = 7 * 86_400;
        earlier.period = request.compared_with.expect("a week before");
        earlier.compared_with = Period::new(earlier.period.from().plus_seconds(-week), earlier.period.from());
        earlier.made_at = request.made_at.plus_seconds(-week);
        earlier.due_at = Some(earlier.made_at);
        let told = data(&request, &slice(request.slice_request(), calls.clone(), parts.clone()));
        let own = data(&earlier, &slice(earlier.slice_request(), calls, parts));
        for (name, figure) in &told.figures {
            if let Some(previous) = figure.previous {
                prop_assert_eq!(Some(previous), own.figures[name].value, "{}", name);
            }
            let delta = figure.value.zip(figure.previous).map(|(now, before)| now - before);
            prop_assert_eq!(figure.delta, delta, "{}", name);
        }
    }
}
