//! What a report reads from before its period, on both databases: who called first, which talks repeat a target call,
//! and callers who wait over the period's edge; and that callers to call back, kept in a former way, are kept anew.

use std::collections::{BTreeMap, BTreeSet};

use callbrief::domain::call::{CallStatus, Direction};
use callbrief::domain::ids::CallKey;
use callbrief::domain::instant::Instant;
use callbrief::domain::schedule::Format;
use callbrief::domain::slice::CallFlags;
use callbrief::domain::target::{Rule, Talk};
use callbrief::report::{self, ReportRequest, render};

use crate::flow::ACME;
use crate::slices::request;
use crate::support::{Engine, World, on_both};

const WEEK: [&str; 2] = ["2026-11-08T22:00:00Z", "2026-11-15T22:00:00Z"];
const WEEK_BEFORE: [&str; 2] = ["2026-11-01T22:00:00Z", "2026-11-08T22:00:00Z"];
const WEEK_AFTER: [&str; 2] = ["2026-11-15T22:00:00Z", "2026-11-22T22:00:00Z"];

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).expect("RFC 3339")
}

/// The report as machines get it.
async fn json(world: &World, request: ReportRequest) -> serde_json::Value {
    let slice = world.app.store.load_slices(&[request.slice_request()]).await.expect("slices").remove(0);
    tokio::task::spawn_blocking(move || {
        let document = report::documents(&[(request, slice)]).expect("a document").remove(0);
        let bytes = render::render(&document, Format::Json).expect("JSON").bytes;
        serde_json::from_slice(&bytes).expect("JSON")
    })
    .await
    .expect("no panic")
}

/// One call of the long history.
#[derive(Clone, Copy)]
struct Past {
    client: i64,
    at: Instant,
    direction: Direction,
    status: CallStatus,
    talk_sec: Option<u32>,
    is_target: Option<bool>,
    is_first: Option<bool>,
}

/// Fourteen months of calls of forty people, by dice with a fixed seed; some talk every three weeks, so that whether their
/// last talk is a target call depends on their first.
fn history() -> Vec<Past> {
    let mut seed = 7_u64;
    let mut dice = |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let end = at(WEEK[1]);
    let mut calls = Vec::new();
    for client in 0..40_i64 {
        let steady = client % 4 == 0;
        let mut day = 420 - dice(60) as i64;
        while day >= 0 {
            let answered = steady || dice(3) > 0;
            let direction = if !steady && dice(4) == 0 { Direction::Outbound } else { Direction::Inbound };
            let status = match (answered, direction) {
                (true, _) => CallStatus::Answered,
                (false, Direction::Inbound) => CallStatus::MissedNoAnswer,
                (false, _) => CallStatus::ClientNoAnswer,
            };
            let told = (!steady && dice(6) == 0).then(|| dice(2) == 0);
            calls.push(Past {
                client: 380_671_110_000 + client,
                at: end.plus_seconds(-day * 86_400 - 3_600 - dice(70_000) as i64),
                direction,
                status,
                talk_sec: answered.then(|| if steady { 60 } else { dice(90) as u32 }),
                is_target: told.filter(|_| answered && direction == Direction::Inbound),
                is_first: (dice(9) == 0 && direction == Direction::Inbound).then_some(false),
            });
            day -= if steady { 21 } else { 1 + dice(45) as i64 };
        }
    }
    calls
}

fn rows(calls: &[Past]) -> String {
    let mut text = String::from("call_id,started_at,direction,status,client_number,talk_sec,is_target,is_first_call\n");
    let flag = |flag: Option<bool>| flag.map_or("", |flag| if flag { "true" } else { "false" });
    for (n, call) in calls.iter().enumerate() {
        let Past { client, at, direction, status, talk_sec, is_target, is_first } = *call;
        let talk = talk_sec.map(|talk| talk.to_string()).unwrap_or_default();
        text.push_str(&format!(
            "c{n},{at},{},{},+{client},{talk},{},{}\n",
            direction.name(),
            status.name(),
            flag(is_target),
            flag(is_first)
        ));
    }
    text
}

/// Bits as the store keeps them: target known and so, first call known and so.
fn flags(call: &Past) -> CallFlags {
    let pair = |flag: Option<bool>, known: u8| flag.map_or(0, |yes| known | if yes { known << 1 } else { 0 });
    CallFlags(pair(call.is_target, 1) | pair(call.is_first, 4))
}

on_both! {
    async fn talks_are_read_back_as_far_as_a_sale_cycle_asks(world: World) {
        world.apply(ACME).await;
        let calls = history();
        world.import_file("acme", &rows(&calls)).await;
        let (mut targets, mut repeated) = (0, 0);
        for cycle_days in [1, 30, 60] {
            let mut request = request(&world, WEEK, WEEK_BEFORE).await;
            request.spec.options.sale_cycle_days = cycle_days;
            let slice = world.app.store.load_slices(&[request.slice_request()]).await.expect("slices").remove(0);
            let rule = Rule { talk_sec: request.spec.options.target_talk_sec, cycle_days };
            let talk = |(n, call): (usize, &Past)| {
                let answered = call.direction == Direction::Inbound && call.status.is_answered();
                answered.then(|| Talk {
                    client: call.client,
                    started_at: call.at,
                    call: CallKey(n as i64),
                    talk_sec: call.talk_sec,
                    flags: flags(call),
                })
            };
            // Everything there ever was, at once.
            let all = rule.repeats(calls.iter().enumerate().filter_map(talk).collect());
            let is_read = |call: &Past| call.at >= at(WEEK_BEFORE[0]) && call.at < at(WEEK[1]);
            let expected: BTreeSet<(i64, Instant)> = all
                .iter()
                .map(|key| &calls[key.0 as usize])
                .filter(|call| is_read(call))
                .map(|call| (call.client, call.at))
                .collect();
            let of_key: BTreeMap<CallKey, (i64, Instant)> = slice
                .calls
                .iter()
                .chain(&slice.previous)
                .filter_map(|call| Some((call.key, (call.client?, call.started_at))))
                .collect();
            let found: BTreeSet<(i64, Instant)> =
                slice.repeated.iter().filter_map(|key| of_key.get(key).copied()).collect();
            assert_eq!(found, expected, "{cycle_days} days");
            repeated += found.len();
            let is_target = |(n, call): &(usize, &Past)| {
                let derived = call.talk_sec >= Some(rule.talk_sec) && !all.contains(&CallKey(*n as i64));
                call.direction == Direction::Inbound
                    && call.status.is_answered()
                    && call.at >= at(WEEK[0])
                    && call.at < at(WEEK[1])
                    && call.is_target.unwrap_or(derived)
            };
            let slow = calls.iter().enumerate().filter(is_target).count();
            let json = json(&world, request).await;
            assert_eq!(json["figures"]["totals.target"]["value"], slow, "{cycle_days} days");
            targets += slow;
        }
        assert!(targets > 5 && repeated > 5, "{targets} targets and {repeated} repetitions say something");
    }

    async fn a_new_caller_is_nobody_of_whom_any_call_is_kept(world: World) {
        world.apply(ACME).await;
        let calls = history();
        world.import_file("acme", &rows(&calls)).await;
        let json = json(&world, request(&world, WEEK, WEEK_BEFORE).await).await;
        for (side, [from, to]) in [("value", WEEK), ("previous", WEEK_BEFORE)] {
            let (from, to) = (at(from), at(to));
            let offered = |call: &&Past| {
                call.direction == Direction::Inbound && call.at >= from && call.at < to
            };
            let callers: BTreeSet<i64> = calls.iter().filter(offered).map(|call| call.client).collect();
            assert_eq!(json["figures"]["totals.unique_callers"][side], callers.len());
            let is_new = |client: &&i64| {
                let own = || calls.iter().filter(|call| call.client == **client);
                own().all(|call| call.at >= from) && own().filter(offered).any(|call| call.is_first != Some(false))
            };
            assert_eq!(json["figures"]["totals.new_callers"][side], callers.iter().filter(is_new).count());
        }
        // In the first weeks of all there is nobody to compare with: nobody is known to be new.
        let first = calls.iter().map(|call| call.at).min().expect("calls");
        let mut early = request(&world, WEEK, WEEK_BEFORE).await;
        early.period = callbrief::domain::period::Period::new(first, first.plus_seconds(7 * 86_400)).expect("a week");
        early.compared_with = None;
        let json = self::json(&world, early).await;
        assert!(json["figures"]["totals.new_callers"]["value"].is_null(), "{}", json["figures"]["totals.new_callers"]);
    }

    async fn a_call_back_over_the_edge_is_in_one_period_only(world: World) {
        world.apply(ACME).await;
        world.import("acme", "\
            m1,2026-11-15T23:50:00+02:00,inbound,missed_no_answer,+380502223344,\n\
            o1,2026-11-16T00:05:00+02:00,outbound,answered,+380502223344,40\n\
            m2,2026-11-15T23:55:00+02:00,inbound,missed_busy,+380633334455,\n\
            o2,2026-11-16T00:00:00+02:00,outbound,client_no_answer,+380633334455,0\n\
            m3,2026-11-15T10:00:00+02:00,inbound,missed_busy,+380934445566,\n\
            i3,2026-11-16T09:00:00+02:00,inbound,answered,+380934445566,30\n").await;
        world.set("2026-11-23T08:00:00+02:00");
        let before = json(&world, request(&world, WEEK, WEEK_BEFORE).await).await;
        let after = json(&world, request(&world, WEEK_AFTER, WEEK).await).await;
        let figure = |json: &serde_json::Value, name: &str, side: &str| json["figures"][name][side].as_f64();
        assert_eq!(figure(&before, "totals.to_call_back", "value"), Some(3.0), "all wait at midnight");
        assert_eq!(figure(&after, "totals.to_call_back", "previous"), Some(3.0), "and a week later this is still so");
        assert_eq!(figure(&after, "totals.to_call_back", "value"), Some(1.0), "one was tried and not reached");
        assert_eq!(figure(&before, "to_call_back.reached", "value"), Some(0.0));
        assert_eq!(figure(&after, "to_call_back.reached", "value"), Some(2.0));
        // What happened since is told and changes no figure.
        let rows = before["tables"]["to_call_back"].as_array().expect("a list");
        let reached: Vec<bool> = rows.iter().map(|row| !row["reached_at"].is_null()).collect();
        assert_eq!(reached, [true, true, false], "longest waiting first: m3, m1, m2");
        assert_eq!(rows[2]["attempts"], 1);
        // Fifteen and five minutes, each in the week in which we called; the caller's own return is no response of ours.
        assert_eq!(figure(&before, "to_call_back.first_response_median_sec", "value"), None);
        assert_eq!(figure(&after, "to_call_back.first_response_median_sec", "value"), Some(600.0));
        let within = "to_call_back.first_response_within_15_min";
        assert_eq!(figure(&before, within, "value"), Some(0.0), "time ran out for the third on Sunday morning");
        assert_eq!(figure(&after, within, "value"), Some(1.0));
        assert_eq!(figure(&after, "to_call_back.first_response_within_24_h", "value"), Some(1.0));
    }

    async fn callers_kept_in_the_former_way_are_kept_anew_once(world: World) {
        world.apply(ACME).await;
        let calls = history();
        world.import_file("acme", &rows(&calls)).await;
        world.import("acme", "\
            v1,2026-11-10T10:00:00+02:00,inbound,missed_ivr,+380502223344,\n\
            v2,2026-11-10T10:05:00+02:00,callback,missed_no_answer,+380633334455,\n").await;
        const KEPT: &str = "select client || ' ' || opened_at || ' ' || coalesce(closed_by, -1) || ' ' || missed || ' ' \
                            || attempts || ' ' || usual from callback_entries order by client, opened_at";
        let kept = world.texts(KEPT).await;
        assert!(kept.len() > 40, "{} entries", kept.len());
        // As the release before kept them: the usual ones only, with nothing but times.
        let micros = match world.engine {
            Engine::Sqlite => "opened_at",
            Engine::Postgres => "cast(extract(epoch from opened_at) * 1000000 as bigint)",
        };
        world.execute("delete from callback_entries where not usual").await;
        world.execute(&format!("update callback_entries set missed = '[' || {micros} || ']'")).await;
        world.execute("delete from meta where name = 'callbacks/kept'").await;
        let former = world.texts(KEPT).await;
        assert!(former.len() < kept.len() && former != kept[..former.len()]);
        let open = world.app.store.callback_entries_open_at(callbrief::domain::ids::ProjectKey(1), world.now()).await;
        assert!(!open.expect("the former way can still be read").is_empty());
        // A process that starts puts it right, and says so; one that starts later leaves everything alone.
        world.replica(|_| ()).await;
        assert_eq!(world.texts(KEPT).await, kept);
        world.execute("update callback_entries set attempts = '[1]' where not usual").await;
        let touched = world.texts(KEPT).await;
        world.replica(|_| ()).await;
        assert_eq!(world.texts(KEPT).await, touched, "it isn't done again");
    }
}
