//! Tests only: every figure of a week that fits on a page, counted by hand; then the rules that a hand count can't show,
//! over random calls: the slow second computation of callers, responses and service levels, and what filters leave.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use crate::domain::calendar::{Calendar, Shift};
use crate::domain::call::{CallStatus, Direction, PartKind, PartOutcome};
use crate::domain::document::{Block, Document, MachineData};
use crate::domain::figure::Figure;
use crate::domain::filters::Filters;
use crate::domain::goals::{Formula, Goals, ServiceLevel};
use crate::domain::ids::{CalendarId, CallKey};
use crate::domain::missed::MissedSet;
use crate::domain::period::Period;
use crate::domain::role::Scope;
use crate::domain::slice::{CallFlags, CallRow, PartRow, Slice};
use crate::zones::working::WorkingTime;

use super::ReportRequest;
use super::oracle::{self, any_calls, any_filters, any_one_call, instant, kyiv, request, slice, with_facts};
use super::oracle_callers::{slow_called_back, slow_callers, slow_service_level, waits};
use super::tests::{document, text};

/// Monday to Friday, nine to five.
fn office() -> Arc<WorkingTime> {
    let shift = || vec![Shift::parse("09:00-17:00").expect("hours")];
    let week = [shift(), shift(), shift(), shift(), shift(), vec![], vec![]];
    let id = CalendarId::parse("office").expect("an id");
    Arc::new(WorkingTime::new(Calendar::new(id, "Office".into(), None, week, Vec::new(), Vec::new()), kyiv()))
}

fn goals(formula: Formula) -> Goals {
    Goals {
        answer_rate: Some(60.0),
        first_response_minutes: Some(30),
        service_level: Some(ServiceLevel { seconds: 20, percent: 80.0, formula }),
    }
}

fn data(document: Document) -> MachineData {
    document.data.expect("a report has data")
}

fn value(figures: &BTreeMap<String, Figure>, name: &str) -> Option<f64> {
    figures.get(name).unwrap_or_else(|| panic!("no {name}")).value
}

/// `day` 0 is Monday 9 November; −7 the Monday before.
fn at(day: i64, clock: &str) -> crate::domain::instant::Instant {
    let (hour, minute) = clock.split_once(':').expect("hh:mm");
    let minutes: i64 = hour.parse::<i64>().expect("hours") * 60 + minute.parse::<i64>().expect("minutes");
    instant(oracle::WEEK_BEGINS).plus_seconds(day * 86_400 + minutes * 60)
}

/// A call of the hand-made week: key, day, clock, direction, status, last digits of the caller, agent, wait, talk.
type Line = (i64, i64, &'static str, Direction, CallStatus, Option<i64>, Option<i64>, Option<u32>, Option<u32>);

fn call(line: Line) -> CallRow {
    let (key, day, clock, direction, status, client, agent, wait_sec, talk_sec) = line;
    CallRow {
        key: CallKey(key),
        started_at: at(day, clock),
        source: 1,
        direction,
        status,
        client: client.map(|digits| 380_671_110_000 + digits),
        tracking: Some(380_445_550_101),
        agent,
        attribution: None,
        wait_sec,
        talk_sec,
        flags: CallFlags(0),
    }
}

/// Everything that a figure of the issue tells of happens once or more.
fn week() -> (Vec<CallRow>, Vec<PartRow>) {
    use CallStatus::*;
    use Direction::{Callback, Inbound, Internal, Outbound};
    let calls = vec![
        // Three weeks before: somebody whom nobody ever called back.
        call((1, -20, "10:00", Inbound, MissedNoAnswer, Some(90), None, Some(30), None)),
        // The week before: one known caller, one who is missed and waits into this week.
        call((2, -6, "10:00", Inbound, Answered, Some(1), Some(1), Some(8), Some(100))),
        call((3, -5, "12:00", Inbound, MissedBusy, Some(2), None, Some(0), None)),
        // Monday.
        call((10, 0, "09:00", Inbound, Answered, Some(1), Some(1), Some(10), Some(100))),
        call((11, 0, "10:00", Inbound, MissedNoAnswer, Some(3), None, Some(25), None)),
        call((12, 0, "10:20", Outbound, ClientNoAnswer, Some(3), Some(1), None, Some(0))),
        call((13, 0, "11:00", Outbound, Answered, Some(3), Some(2), None, Some(50))),
        call((14, 0, "20:00", Inbound, MissedVoicemail, Some(4), None, Some(18), None)),
        // Tuesday.
        call((20, 1, "09:05", Outbound, Answered, Some(4), Some(1), None, Some(30))),
        call((21, 1, "10:00", Inbound, MissedAbandoned, Some(5), None, Some(40), None)),
        call((22, 1, "10:01", Inbound, MissedCancelled, Some(6), None, Some(3), None)),
        call((23, 1, "10:02", Inbound, Answered, Some(7), Some(2), Some(30), Some(20))),
        call((24, 1, "10:30", Inbound, MissedBusy, None, None, None, None)),
        // Wednesday: the caller of Tuesday 10:00 tries again and is answered; Olena's phone rang, Taras took it.
        call((30, 2, "14:00", Inbound, Answered, Some(5), Some(2), Some(20), Some(60))),
        call((31, 2, "15:00", Inbound, MissedNoRoute, Some(8), None, Some(2), None)),
        call((32, 2, "16:00", Inbound, MissedIvr, Some(9), None, None, None)),
        call((33, 2, "16:05", Inbound, Failed, Some(10), None, None, None)),
        call((34, 2, "16:10", Internal, MissedNoAnswer, Some(11), None, None, None)),
        // Friday: call-backs that visitors asked for.
        call((40, 4, "10:00", Callback, Answered, Some(12), Some(1), None, Some(90))),
        call((41, 4, "11:00", Callback, ClientNoAnswer, Some(13), Some(1), None, None)),
        call((42, 4, "12:00", Callback, MissedNoAnswer, Some(14), None, None, None)),
        // After the week: the forwarding that failed is mended, and its caller reached.
        call((50, 7, "07:00", Outbound, Answered, Some(8), Some(2), None, Some(15))),
    ];
    let ring = |call: i64, agent: i64, outcome| PartRow {
        call: CallKey(call),
        agent: Some(agent),
        kind: PartKind::Ring,
        ring_sec: Some(5),
        talk_sec: None,
        outcome,
    };
    let parts = vec![
        ring(11, 1, PartOutcome::NoAnswer),
        ring(11, 2, PartOutcome::NoAnswer),
        ring(14, 2, PartOutcome::NoAnswer),
        ring(30, 1, PartOutcome::Elsewhere),
        ring(30, 2, PartOutcome::Answered),
    ];
    (calls, parts)
}

fn hand_made() -> (ReportRequest, Arc<Slice>) {
    let mut request = request();
    request.calendar = Some(office());
    request.project.settings.goals = goals(Formula::F3);
    let (calls, parts) = week();
    let slice = slice(request.slice_request(), calls, parts);
    (request, slice)
}

#[test]
fn every_figure_of_a_week_is_that_of_a_hand_count() {
    let (request, slice) = hand_made();
    let data = data(document(&request, &slice));
    let expected: &[(&str, Option<f64>, Option<f64>)] = &[
        // 10 23 30 answered; 11 14 21 22 24 31 missed; 32 33 are left out, 34 is between colleagues.
        ("totals.calls", Some(9.0), Some(2.0)),
        ("totals.answered", Some(3.0), Some(1.0)),
        ("totals.answer_rate", Some(3.0 / 9.0), Some(0.5)),
        ("totals.missed", Some(6.0), Some(1.0)),
        ("totals.missed_rate", Some(6.0 / 9.0), Some(0.5)),
        ("totals.missed_no_answer", Some(1.0), Some(0.0)),
        ("totals.missed_hung_up", Some(2.0), Some(0.0)),
        ("totals.missed_busy", Some(1.0), Some(1.0)),
        ("totals.missed_voicemail", Some(1.0), Some(0.0)),
        ("totals.missed_no_route", Some(1.0), Some(0.0)),
        // Monday at eight in the evening is outside nine to five.
        ("totals.calls_in_hours", Some(8.0), Some(2.0)),
        ("totals.calls_outside_hours", Some(1.0), Some(0.0)),
        ("totals.answered_in_hours", Some(3.0), Some(1.0)),
        ("totals.answered_outside_hours", Some(0.0), Some(0.0)),
        ("totals.missed_in_hours", Some(5.0), Some(1.0)),
        ("totals.missed_outside_hours", Some(1.0), Some(0.0)),
        ("totals.answer_rate_in_hours", Some(3.0 / 8.0), Some(0.5)),
        ("totals.answer_rate_outside_hours", Some(0.0), None),
        // Only call 22 was given up within five seconds; the two seconds of 31 are no hanging up.
        ("totals.missed_short", Some(1.0), Some(0.0)),
        // 90 since October, 2 since the week before, 8, 10 (failed), 14 (a request that we didn't take). Not 6: too short.
        ("totals.to_call_back", Some(5.0), Some(2.0)),
        // 1 3 4 5 6 7 8; of them 1 had called before. 24 is withheld.
        ("totals.unique_callers", Some(7.0), Some(2.0)),
        ("totals.new_callers", Some(6.0), Some(2.0)),
        // 10 repeats the target call of the week before; 23 is short; 30 is one.
        ("totals.target", Some(1.0), None),
        ("totals.wait_median_sec", Some(20.0), Some(8.0)),
        ("totals.asa_sec", Some(20.0), Some(8.0)),
        ("totals.wait_p90_sec", Some(30.0), Some(8.0)),
        // a = 10 and 30; A = 3; B = 21 and 22.
        ("totals.service_level", Some(2.0 / 5.0), Some(1.0)),
        ("totals.talk_avg_sec", Some(60.0), Some(100.0)),
        ("totals.outbound", Some(3.0), Some(0.0)),
        ("totals.outbound_reached", Some(2.0), Some(0.0)),
        ("totals.callback_requests", Some(3.0), Some(0.0)),
        ("totals.callback_reached", Some(1.0), Some(0.0)),
        ("totals.callback_client_not_reached", Some(1.0), Some(0.0)),
        ("totals.callback_not_taken", Some(1.0), Some(0.0)),
        ("totals.callback_other", Some(0.0), Some(0.0)),
        // Everybody who is open has waited for more than a day at the week's end.
        ("to_call_back.lost", Some(5.0), None),
        ("to_call_back.waiting", Some(0.0), None),
        ("to_call_back.backlog", Some(1.0), None),
        // 3 and 4 by us, 5 by calling again.
        ("to_call_back.reached", Some(3.0), None),
        // 3 after 20 minutes, 4 after 13 h 5 min, of which 5 min were working time.
        ("to_call_back.first_response_median_sec", Some((1_200.0 + 47_100.0) / 2.0), None),
        ("to_call_back.first_response_median_open_sec", Some((1_200.0 + 300.0) / 2.0), None),
        // In time: nobody in 15 minutes, 3 in an hour, 3 and 4 in a day; for all others the time ran out in this week.
        ("to_call_back.first_response_within_15_min", Some(0.0), None),
        ("to_call_back.first_response_within_1_h", Some(1.0 / 6.0), None),
        ("to_call_back.first_response_within_24_h", Some(2.0 / 6.0), None),
        // 3: Olena's phone had rung; 4: only Taras's had.
        ("to_call_back.first_response_same_agent", Some(1.0), None),
        ("to_call_back.first_response_colleague", Some(1.0), None),
    ];
    for (name, now, before) in expected {
        let figure = &data.figures[*name];
        assert_eq!((figure.value, figure.previous), (*now, *before), "{name}");
        assert_eq!(figure.delta, now.zip(*before).map(|(now, before)| now - before), "{name}");
    }
    let told: Vec<&str> = data.figures.keys().map(String::as_str).collect();
    let mut all: Vec<&str> = expected.iter().map(|(name, ..)| *name).collect();
    all.sort_unstable();
    assert_eq!(told, all, "every figure is counted here");
    let met = |name: &str| data.figures[name].goal.expect("a goal").met;
    assert_eq!(met("totals.answer_rate"), Some(false));
    assert_eq!(met("totals.service_level"), Some(false));
    assert_eq!(met("to_call_back.first_response_median_open_sec"), Some(true), "by working time");
    let mut long = request.clone();
    long.project.settings.goals.first_response_minutes = Some(90);
    let said = text(&document(&long, &slice));
    assert!(said.contains("goal 1~h 30~min: met"), "a goal isn't rounded to two hours: {said}");
    assert!(said.contains("goal 60~%: not met") && said.contains("goal 80~%: not met"), "{said}");
    assert!(data.figures["to_call_back.first_response_median_sec"].goal.is_none());
    assert_eq!(data.stamp.left_out, BTreeMap::from([("failed".to_owned(), 1), ("missed_ivr".to_owned(), 1)]));
}

#[test]
fn people_are_told_by_parts_and_never_ranked_by_misses() {
    let (request, slice) = hand_made();
    let document = document(&request, &slice);
    let rows = &document.data.as_ref().expect("data").tables["agents"];
    let told: Vec<(&str, Vec<u64>)> = rows
        .iter()
        .map(|row| {
            let of = |name: &str| row[name].as_u64().expect("a count");
            let columns =
                ["answered", "target", "talk_sec", "rang_colleague_answered", "rang_caller_lost", "called_back"];
            (row["agent_name"].as_str().unwrap_or("?"), columns.map(of).to_vec())
        })
        .collect();
    // Taras answered two, Olena one; hers rang once for Taras, and each phone rang for a lost caller. Calls to 3 and 4 were
    // calls back to people who waited, the one on the Monday after is of another week; 12 and 13 asked themselves.
    assert_eq!(told, [("Taras B.", vec![2, 1, 80, 0, 2, 1]), ("Olena K.", vec![1, 0, 100, 1, 1, 2])]);
}

#[test]
fn who_waits_is_listed_longest_first_with_what_happened_since() {
    let (request, slice) = hand_made();
    let document = document(&request, &slice);
    let rows = &document.data.as_ref().expect("data").tables["to_call_back"];
    let told: Vec<(&str, u64, Option<u64>, bool)> = rows
        .iter()
        .map(|row| {
            let number = row["client_number"].as_str().expect("a number");
            (&number[number.len() - 2..], row["tries"].as_u64().expect("tries"), row["waited_sec"].as_u64(), {
                !row["reached_at"].is_null()
            })
        })
        .collect();
    let longest_first =
        [("02", 1, Some(0), false), ("08", 1, Some(2), true), ("10", 1, None, false), ("14", 1, None, false)];
    assert_eq!(told, longest_first);
    let said = text(&document);
    assert!(said.contains("1 more caller has waited for over 14 days."), "{said}");
    assert!(said.contains("withheld"), "{said}");
}

#[test]
fn nobody_is_said_to_have_been_reached_who_was_not() {
    let request = request();
    let nobody = |flags| {
        let call =
            CallRow { status: CallStatus::MissedNoAnswer, client: None, flags: CallFlags(flags), ..any_one_call() };
        let slice = slice(request.slice_request(), vec![call], Vec::new());
        let document = document(&request, &slice);
        assert_eq!(document.title, "Nobody waits for a call back");
        text(&document)
    };
    let (hidden, unread) = (nobody(0), nobody(64));
    assert!(
        hidden.contains("One missed call came from a withheld number.") && !hidden.contains("can't be read"),
        "{hidden}"
    );
    assert!(unread.contains("The number of one missed call can't be read") && !unread.contains("withheld"), "{unread}");
}

#[test]
fn the_ninetieth_percentile_is_a_wait_that_somebody_had() {
    let request = request();
    let p90 = |waits: &[u32]| {
        let calls = waits.iter().enumerate().map(|(n, wait)| {
            let n = n as i64;
            call((n + 1, n % 7, "10:00", Direction::Inbound, CallStatus::Answered, Some(n), None, Some(*wait), Some(9)))
        });
        let slice = slice(request.slice_request(), calls.collect(), Vec::new());
        value(&data(document(&request, &slice)).figures, "totals.wait_p90_sec")
    };
    let counting = |n: u32| (1..=n).rev().collect::<Vec<u32>>();
    assert_eq!(p90(&[7]), Some(7.0));
    assert_eq!(p90(&counting(9)), Some(9.0), "the ninth: nine tenths of nine are 8.1");
    assert_eq!(p90(&counting(10)), Some(9.0), "the ninth, exactly nine tenths");
    assert_eq!(p90(&counting(11)), Some(10.0), "the tenth: 9.9");
    assert_eq!(p90(&counting(20)), Some(18.0));
    assert_eq!(p90(&[5, 5, 5, 100]), Some(100.0), "never between 5 and 100");
}

#[test]
fn a_mean_is_that_of_the_calls_and_not_of_the_days() {
    let request = request();
    let inbound = |key, day, status, wait, talk| {
        call((key, day, "10:00", Direction::Inbound, status, Some(key), None, wait, talk))
    };
    let calls = vec![
        inbound(1, 0, CallStatus::Answered, Some(100), Some(10)),
        inbound(2, 1, CallStatus::Answered, Some(0), Some(40)),
        inbound(3, 1, CallStatus::Answered, Some(20), Some(40)),
        inbound(4, 1, CallStatus::Answered, None, None),
        inbound(5, 1, CallStatus::MissedNoAnswer, Some(500), None),
        inbound(6, 1, CallStatus::MissedNoAnswer, Some(500), None),
    ];
    let data = data(document(&request, &slice(request.slice_request(), calls, Vec::new())));
    assert_eq!(
        value(&data.figures, "totals.asa_sec"),
        Some(40.0),
        "zeros count, unknown and missed ones don't; by day 55"
    );
    assert_eq!(value(&data.figures, "totals.talk_avg_sec"), Some(30.0), "by day it would be 25");
    assert_eq!(value(&data.figures, "totals.answer_rate"), Some(4.0 / 6.0), "by day it would be 80 %");
}

#[test]
fn a_part_of_a_period_is_never_compared_with_a_whole_one() {
    let whole = request();
    let week = Period::new(at(0, "00:00"), at(7, "00:00")).expect("a week");
    let covered = |request: &ReportRequest, spans: &[(i64, i64)]| {
        let mut slice = (*slice(request.slice_request(), super::tests::two_weeks(), Vec::new())).clone();
        for source in slice.sources.values_mut() {
            let span = |(from, to): &(i64, i64)| Period::new(at(*from, "00:00"), at(*to, "00:00"));
            source.spans = spans.iter().filter_map(span).collect();
        }
        let begins = slice.sources.values().filter_map(|source| Some(source.spans.first()?.from())).min();
        slice.previous.retain(|call| begins.is_some_and(|begins| call.started_at >= begins));
        Arc::new(slice)
    };
    let compared = |request: &ReportRequest, spans: &[(i64, i64)]| {
        let document = document(request, &covered(request, spans));
        let data = document.data.expect("data");
        let any = data.figures.values().any(|figure| figure.previous.is_some() || figure.delta.is_some());
        let tables = data.tables.values().flatten();
        let in_tables = tables.flatten().any(|(name, value)| name.starts_with("previous") && !value.is_null());
        let cards =
            document.blocks.iter().filter_map(|block| if let Block::Cards(cards) = block { Some(cards) } else { None });
        let on_cards = cards.flatten().any(|card| !card.change.is_empty());
        assert_eq!((any, any, any), (data.compared_with_local.is_some(), in_tables, on_cards), "all or nothing");
        any
    };
    assert_eq!(whole.period, week);
    assert!(compared(&whole, &[(-14, 7)]));
    assert!(!compared(&whole, &[(-14, 6)]), "the last day is missing");
    assert!(!compared(&whole, &[(-14, 2), (3, 7)]), "a day in the middle is missing");
    assert!(!compared(&whole, &[(-14, -3), (0, 7)]), "a part of the week before is missing");
    assert!(!compared(&whole, &[(-4, 7)]), "the data begin in the week before");
    let running = ReportRequest { made_at: at(3, "10:00"), ..request() };
    assert!(!compared(&running, &[(-14, 7)]), "the week isn't over");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Callers, responses and calls back, against a look at all calls for each of them; also with calls that came after.
    #[test]
    fn callers_and_responses_are_those_of_a_slow_second_computation(
        (calls, parts) in any_calls(80),
        (with_calendar, is_over, missed_ivr, strict) in any::<(bool, bool, bool, bool)>(),
        (short_call_sec, response_window_hours) in (0..60_u32, 1..60_u32),
    ) {
        let mut request = request();
        if is_over {
            // The first of the two weeks: what is in the second happened since.
            request.compared_with = Period::new(at(-14, "00:00"), at(-7, "00:00"));
            request.period = Period::new(at(-7, "00:00"), at(0, "00:00")).expect("a week");
        }
        request.calendar = with_calendar.then(office);
        let options = &mut request.spec.options;
        options.short_call_sec = short_call_sec;
        options.response_window_hours = response_window_hours;
        options.missed_ivr = missed_ivr;
        options.max_rows = 1000;
        if strict {
            options.missed = MissedSet::NONE.with(CallStatus::MissedNoAnswer).with(CallStatus::MissedBusy);
        }
        let slice = slice(request.slice_request(), calls.clone(), parts);
        let data = data(document(&request, &slice));
        for (name, expected) in slow_callers(&request, &slice, &calls) {
            prop_assert_eq!(value(&data.figures, &name), expected, "{}", name);
        }
        let rule = request.spec.options.callback_rule();
        let all = waits(&calls, rule);
        let (end, before) = (request.period.to(), request.compared_with.expect("a week before").to());
        if let Some(previous) = data.figures["totals.to_call_back"].previous {
            prop_assert_eq!(previous, all.iter().filter(|wait| wait.is_open_at(before)).count() as f64);
        }
        let mut open: Vec<_> = all
            .iter()
            .filter(|wait| wait.is_open_at(end) && wait.first.started_at >= end.plus_seconds(-14 * 86_400))
            .collect();
        open.sort_by_key(|wait| (wait.first.started_at, wait.client));
        let rows = &data.tables["to_call_back"];
        prop_assert_eq!(rows.len(), open.len());
        for (row, wait) in rows.iter().zip(open) {
            let tries: Vec<_> = wait.missed.iter().filter(|call| call.started_at < end).collect();
            let waited = tries.iter().filter_map(|call| call.wait_sec).map(u64::from).reduce(|a, b| a + b);
            prop_assert_eq!(row["client_number"].as_str().map(|number| number[1..].to_owned()), Some(wait.client.to_string()));
            prop_assert_eq!(row["tries"].as_u64(), Some(tries.len() as u64));
            prop_assert_eq!(row["waited_sec"].as_u64(), waited);
            prop_assert_eq!(row["attempts"].as_u64(), Some(wait.tries.len() as u64), "up to the run");
            prop_assert_eq!(row["reached_at"].is_null(), wait.ended_by.is_none());
        }
        let made = slow_called_back(&request, &calls, &|_| true);
        let told = data.tables["agents"].iter().map(|row| row["called_back"].as_u64().unwrap_or(0)).sum::<u64>();
        prop_assert_eq!(told, made.values().sum::<u64>());
        for row in &data.tables["agents"] {
            let id = row["agent_id"].as_str().map(|key| key.trim_start_matches("20").parse::<i64>().expect("201 to 203"));
            prop_assert_eq!(row["called_back"].as_u64(), Some(made.get(&id).copied().unwrap_or(0)));
            let out = calls.iter().filter(|call| {
                let named = call.agent.map(|agent| format!("20{agent}"));
                call.direction == Direction::Outbound
                    && request.period.contains(call.started_at)
                    && named.as_deref() == row["agent_id"].as_str()
            });
            let reached = out.clone().filter(|call| match call.talk_sec {
                Some(seconds) => seconds > 0,
                None => call.status == CallStatus::Answered,
            });
            prop_assert_eq!(row["outbound"].as_u64(), Some(out.count() as u64));
            prop_assert_eq!(row["outbound_reached"].as_u64(), Some(reached.count() as u64));
            let (own, whole) = (row["answered"].as_u64().unwrap_or(0), value(&data.figures, "totals.answered"));
            let share = whole.filter(|whole| *whole > 0.0).map(|whole| own as f64 / whole);
            prop_assert_eq!(row["answered_share"].as_f64(), share);
        }
        for (column, figure) in [("outbound", "totals.outbound"), ("outbound_reached", "totals.outbound_reached")] {
            let told = data.tables["agents"].iter().map(|row| row[column].as_u64().unwrap_or(0)).sum::<u64>();
            prop_assert_eq!(Some(told as f64), value(&data.figures, figure), "{}", column);
        }
    }

    /// Whichever filters choose calls: our calls back are those that they choose and those to callers whom they choose, and
    /// what no filter lets through is null in each column of the people's table.
    #[test]
    fn people_under_filters_are_those_of_a_slow_second_computation(
        (calls, parts) in any_calls(60),
        filters in any_filters(),
    ) {
        let mut request = request();
        request.calendar = Some(office());
        request.spec.filters = filters.clone();
        let slice = with_facts(&slice(request.slice_request(), calls.clone(), parts));
        let made = slow_called_back(&request, &calls, &|call| oracle::slow_admits(call, &slice, &request));
        let data = data(document(&request, &slice));
        let rows = &data.tables["agents"];
        let mut told = 0;
        for row in rows {
            let id = row["agent_id"].as_str().map(|key| key.trim_start_matches("20").parse::<i64>().expect("201 to 203"));
            prop_assert_eq!(row["kind"].as_str(), Some(if id.is_some() { "person" } else { "unknown" }));
            let slow = made.get(&id).copied().unwrap_or(0);
            told += slow;
            match row["called_back"].as_u64() {
                Some(fast) => prop_assert_eq!(fast, slow, "{:?}", row),
                None => prop_assert_eq!(slow, 0, "silent of {:?}", row),
            }
            let of = |name: &str| data.figures[name].value.is_some();
            for (column, figure) in [
                ("answered", "totals.answered"), ("target", "totals.answered"), ("talk_sec", "totals.answered"),
                ("rang_colleague_answered", "totals.answered"), ("rang_caller_lost", "totals.missed"),
                ("outbound", "totals.outbound"), ("outbound_reached", "totals.outbound_reached"),
            ] {
                prop_assert_eq!(row[column].is_null(), !of(figure), "{} and {}", column, figure);
            }
            let back = of("totals.to_call_back") || of("totals.outbound") || of("totals.callback_reached")
                || of("totals.callback_client_not_reached");
            prop_assert_eq!(row["called_back"].is_null(), !back, "{:?}", filters);
        }
        if filters.agent.is_empty() && filters.team.is_empty() {
            prop_assert_eq!(told, made.values().sum::<u64>(), "everybody who called back has a line");
        }
        let parts = ["reached", "client_not_reached", "not_taken", "other"]
            .map(|part| data.figures[&format!("totals.callback_{part}")].value);
        if let [Some(a), Some(b), Some(c), Some(d)] = parts {
            prop_assert_eq!(Some(a + b + c + d), data.figures["totals.callback_requests"].value);
        }
    }

    /// Each formula of the service level, in both periods.
    #[test]
    fn service_levels_are_those_of_a_slow_second_computation(
        (calls, parts) in any_calls(80),
        formula in 0..Formula::ALL.len(),
        (seconds, short_call_sec, strict) in (1..120_u32, 0..60_u32, any::<bool>()),
    ) {
        let mut request = request();
        let level = ServiceLevel { seconds, percent: 80.0, formula: Formula::ALL[formula] };
        request.project.settings.goals.service_level = Some(level);
        request.spec.options.short_call_sec = short_call_sec;
        if strict {
            request.spec.options.missed = MissedSet::NONE.with(CallStatus::MissedNoAnswer);
        }
        let slice = slice(request.slice_request(), calls, parts);
        let figure = data(document(&request, &slice)).figures.remove("totals.service_level").expect("a goal");
        let options = &request.spec.options;
        prop_assert_eq!(figure.value, slow_service_level(&slice.calls, level, options));
        let before = slow_service_level(&slice.previous, level, options);
        let is_compared = document(&request, &slice).data.is_some_and(|data| data.compared_with_local.is_some());
        prop_assert_eq!(figure.previous, before.filter(|_| is_compared));
        prop_assert_eq!(figure.goal.and_then(|goal| goal.met), figure.value.map(|value| value * 100.0 >= 80.0 - 1e-9));
    }

    /// A report with filters says of its calls what a report of nothing but these calls would say, or nothing: where it is
    /// silent there was nothing to count, or it is a part of calls that were chosen by their outcome.
    #[test]
    fn figures_under_filters_are_those_of_the_chosen_calls_alone(
        (calls, parts) in any_calls(60),
        filters in any_filters(),
        own in proptest::option::weighted(0.2, 1..=3_u32),
    ) {
        let mut request = request();
        request.calendar = Some(office());
        request.project.settings.goals = goals(Formula::F4);
        request.spec.filters = filters.clone();
        if let Some(agent) = own {
            request.rights.scope = Scope::Agent(format!("20{agent}"));
        }
        let slice = with_facts(&slice(request.slice_request(), calls, parts));
        let took_part = |call: &CallRow| {
            let Some(agent) = own.map(i64::from) else { return true };
            call.agent == Some(agent)
                || slice.parts.iter().any(|part| part.call == call.key && part.agent == Some(agent))
        };
        let admits = |call: &CallRow| oracle::slow_admits(call, &slice, &request) && took_part(call);
        let mut alone = Slice::clone(&slice);
        alone.calls.retain(admits);
        alone.previous.retain(admits);
        alone.entry_calls.retain(admits);
        let opened: Vec<_> = alone.entry_calls.iter().map(|call| (call.client, call.started_at)).collect();
        alone.entries.retain(|entry| opened.contains(&(Some(entry.client), entry.opened_at)));
        let mut plain = request.clone();
        plain.spec.filters = Filters::default();
        plain.rights.scope = Scope::Project;
        let chosen = data(document(&request, &slice)).figures;
        let expected = data(document(&plain, &Arc::new(alone))).figures;
        prop_assert_eq!(chosen.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        let by_outcome = filters.is_by_outcome(request.spec.options.missed);
        let no_rates = by_outcome || own.is_some() || !(filters.agent.is_empty() && filters.team.is_empty());
        for (name, figure) in &chosen {
            let is_rate = name.contains("rate") || name.ends_with("service_level");
            let slow = &expected[name];
            if name.ends_with("same_agent") || name.ends_with("colleague") {
                // Who called back is read from calls that the filters needn't let through.
            } else if is_rate && no_rates {
                prop_assert_eq!((figure.value, figure.previous, figure.goal), (None, None, None), "{}", name);
            } else if figure.value.is_some() {
                prop_assert_eq!(figure.value, slow.value, "{}", name);
                prop_assert_eq!(figure.previous, slow.previous, "{}", name);
            } else {
                // Calls of ours with a word for calls in are made by these dice only.
                let is_ours = name.contains("outbound") || name.contains("callback");
                let made_up = is_ours && !filters.status.is_empty();
                // Nobody is new among those who called before.
                let not_new = name.ends_with("new_callers") && filters.first_time == Some(false);
                let nothing = slow.value.is_none_or(|value| value == 0.0);
                prop_assert!(nothing || made_up || not_new, "{} is silent of {:?}", name, slow.value);
            }
        }
    }
}

#[test]
fn a_report_of_missed_calls_says_no_rate_and_why() {
    let said = |change: &dyn Fn(&mut ReportRequest)| {
        let (mut request, _) = hand_made();
        change(&mut request);
        let (calls, parts) = week();
        let slice = with_facts(&slice(request.slice_request(), calls, parts));
        text(&document(&request, &slice))
    };
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let missed = said(&|request| request.spec.filters.status = list(&["missed"]));
    assert!(!missed.contains("answered 0") && !missed.contains("card:    Answered"), "{missed}");
    assert!(missed.contains("6 calls were missed."), "{missed}");
    assert!(missed.contains("Rates are left out: these calls are chosen by what became of them"), "{missed}");
    let out = said(&|request| request.spec.filters.direction = list(&["outbound"]));
    assert!(out.contains("3 calls went out, 2 reached somebody."), "{out}");
    assert!(!out.contains("No calls came in") && !out.contains("has been reached"), "{out}");
    let team = said(&|request| request.spec.filters.team = list(&["Sales"]));
    assert!(team.contains("Rates are left out: these calls are chosen by who took part"), "{team}");
    let own = said(&|request| request.rights.scope = Scope::Agent("201".into()));
    assert!(own.contains("Rates are left out") && !own.contains("You answered"), "{own}");
    let all = said(&|_| ());
    assert!(!all.contains("Rates are left out") && all.contains("You answered"), "{all}");
}

/// The guide's table of figures is what JSON gives, name by name and unit by unit; each has a formula, and words of its own.
#[test]
fn the_guide_lists_exactly_the_figures_of_the_json() {
    let guide = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/guide/figures.md"));
    let listed: BTreeMap<&str, &str> = guide
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split(" | ");
            let name = cells.next()?.trim_end_matches('`');
            Some((name, cells.next()?)).filter(|(name, _)| name.contains('.'))
        })
        .collect();
    let (request, slice) = hand_made();
    let document = document(&request, &slice);
    let json = super::render::render(&document, crate::domain::schedule::Format::Json).expect("JSON").bytes;
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let figures = json["figures"].as_object().expect("figures");
    let told: BTreeMap<&str, &str> =
        figures.iter().map(|(name, figure)| (name.as_str(), figure["unit"].as_str().expect("a unit"))).collect();
    assert_eq!(listed, told);
    let mut names = super::sections::figure_names();
    names.sort();
    assert_eq!(names, told.keys().map(|name| (*name).to_owned()).collect::<Vec<_>>(), "there are no others");
    let mut formulas = std::collections::BTreeSet::new();
    for (name, figure) in figures {
        let formula = figure["formula"].as_str().expect("a formula");
        assert!(formula.len() > 5, "{name}: {formula}");
        assert!(formulas.insert(formula), "{name}: {formula} is another's");
        for language in ["en", "uk", "nl", "de", "pl", "es"] {
            let said = crate::i18n::Words::of(language).maybe(&crate::domain::figure::word(name));
            assert!(said.is_some_and(|said| !said.is_empty()), "{language}: {name} has no words");
        }
    }
}

/// Links lead to what exists: to the set-up of numbers where forwarding failed, to adding funds for whoever may see money.
#[test]
fn links_stand_where_something_can_be_done_and_only_if_they_lead_somewhere() {
    use crate::domain::brand::Links;
    use crate::domain::document::{Link, Text};
    use crate::domain::role::{Rights, Role};
    let page = |name: &str| Some(Link::Web(format!("https://acme.example/{name}")));
    let links = Links { pay: page("pay"), calls: page("calls"), number_setup: page("numbers"), support: page("help") };
    let pages = |links: &Links, role: Role, without: Option<CallStatus>| -> Vec<String> {
        let (mut request, _) = hand_made();
        request.rights = Rights::of(&[role], None);
        request.project.settings.brand.links = links.clone();
        let (mut calls, parts) = week();
        calls.retain(|call| Some(call.status) != without);
        let made = document(&request, &slice(request.slice_request(), calls, parts));
        let texts =
            made.blocks.iter().filter_map(|block| if let Block::Note(text) = block { Some(text) } else { None });
        let spans = texts.chain(&made.foot).flat_map(|Text(spans)| spans);
        let buttons = made.blocks.iter().filter_map(|block| match block {
            Block::Button { link: Link::Web(page), .. } => Some(page.clone()),
            _ => None,
        });
        let linked = spans.filter_map(|span| match &span.link {
            Some(Link::Web(page)) => Some(page.clone()),
            _ => None,
        });
        buttons.chain(linked).map(|page| page.replace("https://acme.example/", "")).collect()
    };
    let failing = Some(CallStatus::MissedNoRoute);
    assert_eq!(pages(&links, Role::Owner, None), ["calls", "numbers", "pay", "help"]);
    assert_eq!(pages(&links, Role::Manager, None), ["calls", "numbers", "help"], "a manager sees no money");
    assert_eq!(pages(&links, Role::Finance, failing), ["calls", "pay", "help"], "no number failed");
    assert!(pages(&Links::default(), Role::Owner, None).is_empty());
    let (request, slice) = hand_made();
    let said = text(&document(&request, &slice));
    assert!(
        said.contains("Forwarding failed for calls to +380~44~555~0101 (1)."),
        "the number is named, link or not: {said}"
    );
}
