//! Callers who wait are in the report of whoever's phone rang, however long before the period that was, on both databases.

use std::sync::Arc;

use callbrief::domain::call::CallStatus;
use callbrief::domain::document::{Document, MachineData};
use callbrief::domain::filters::Filters;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::missed::MissedSet;
use callbrief::domain::period::Period;
use callbrief::domain::report_spec::preset;
use callbrief::domain::role::{Rights, Role, Scope};
use callbrief::domain::slice::{Older, Slice, SliceRequest};
use callbrief::report::{self, ReportRequest};

use crate::flow::ACME;
use crate::support::{World, on_both};

/// Three callers who wait: one of two weeks ago who rang 104, one of the week before who rang 102, one of this week. The
/// one of the week before had called once already.
const CALLS: &str = r#"
{"call_id":"old","started_at":"2026-10-28T10:00:00+02:00","direction":"inbound","status":"missed_no_answer","client_number":"+380502223344","wait_sec":20,"parts":[{"agent_key":"104","kind":"ring","ring_sec":20,"outcome":"no_answer"}]}
{"call_id":"first","started_at":"2026-10-20T10:00:00+02:00","direction":"inbound","status":"answered","client_number":"+380633334455","talk_sec":60,"agent_id":"104"}
{"call_id":"before","started_at":"2026-11-03T10:00:00+02:00","direction":"inbound","status":"missed_no_answer","client_number":"+380633334455","wait_sec":20,"parts":[{"agent_key":"102","kind":"ring","ring_sec":20,"outcome":"no_answer"},{"agent_key":"103","kind":"ring","ring_sec":20,"outcome":"no_answer"}]}
{"call_id":"now","started_at":"2026-11-11T10:00:00+02:00","direction":"inbound","status":"missed_busy","client_number":"+380934445566","wait_sec":20,"parts":[{"agent_key":"103","kind":"ring","ring_sec":20,"outcome":"no_answer"}]}
{"call_id":"else","started_at":"2026-11-12T12:00:00+02:00","direction":"inbound","status":"answered","client_number":"+380441112233","talk_sec":60,"agent_id":"102"}
"#;

/// Days of November, half-open.
type Days = [u32; 2];

const WEEK: Days = [9, 16];
const DAY: Days = [12, 13];

async fn request(world: &World, days: Days, filters: Filters, scope: Scope) -> ReportRequest {
    let project = world.app.store.project(&ProjectId::parse("acme").expect("an id")).await.expect("readable");
    let project = project.expect("the project");
    let at = |day| Instant::parse_rfc3339(&format!("2026-11-{day:02}T00:00:00+02:00")).expect("RFC 3339");
    let span = |[from, to]: Days| Period::new(at(from), at(to));
    let mut spec = preset("summary").expect("a preset");
    spec.filters = filters;
    let mut rights = Rights::of(&[Role::Owner], None);
    rights.scope = scope;
    let zone = world.app.zones.get(&project.zone).expect("a zone");
    let mut session = world.app.store.read().await.expect("a connection");
    let directory = session.directory(project.key, |day| zone.start_of_day(day)).await.expect("a directory");
    ReportRequest {
        zone,
        calendar: None,
        project,
        spec,
        period: span(days).expect("days"),
        compared_with: span([days[0] - (days[1] - days[0]), days[0]]),
        rights,
        language: "en".into(),
        made_at: at(23),
        due_at: None,
        is_sample: false,
        notes: Vec::new(),
        directory,
        history: Default::default(),
    }
}

async fn load(world: &World, request: SliceRequest) -> Arc<Slice> {
    world.app.store.load_slices(&[request]).await.expect("slices").remove(0)
}

async fn document(request: ReportRequest, slice: Arc<Slice>) -> Document {
    let document = move || report::documents(&[(request, slice)]).expect("a document").remove(0);
    tokio::task::spawn_blocking(document).await.expect("no panic")
}

async fn data(request: ReportRequest, slice: Arc<Slice>) -> MachineData {
    document(request, slice).await.data.expect("data")
}

async fn to_call_back(world: &World, days: Days, filters: Filters, scope: Scope) -> Option<f64> {
    let request = request(world, days, filters, scope).await;
    let slice = load(world, request.slice_request()).await;
    data(request, slice).await.figures["totals.to_call_back"].value
}

/// Eighty days of calls of two hundred people, by dice with a fixed seed: misses of every kind, some short, tries and talks.
fn many() -> String {
    let mut seed = 11_u64;
    let mut dice = |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let begin = Instant::parse_rfc3339("2026-09-01T00:00:00+03:00").expect("RFC 3339");
    let mut text = String::from("call_id,started_at,direction,status,client_number,talk_sec,wait_sec,agent_id\n");
    for n in 0..900 {
        let (direction, status, talk) = match dice(14) {
            0 => ("inbound", "answered", "50"),
            1 => ("outbound", "answered", "40"),
            2 | 3 => ("outbound", "client_no_answer", "0"),
            4 => ("inbound", "missed_ivr", ""),
            5 => ("inbound", "failed", ""),
            6 => ("callback", "missed_no_answer", ""),
            7 | 8 => ("inbound", "missed_abandoned", ""),
            9 => ("inbound", "missed_cancelled", ""),
            10 => ("inbound", "missed_voicemail", ""),
            11 => ("inbound", "missed_busy", ""),
            _ => ("inbound", "missed_no_answer", ""),
        };
        let wait = if dice(4) == 0 { String::new() } else { dice(12).to_string() };
        let at = begin.plus_seconds(dice(80 * 86_400) as i64);
        let client = 380_671_110_000 + dice(200);
        text.push_str(&format!("m{n},{at},{direction},{status},+{client},{talk},{wait},20{}\n", dice(3)));
    }
    text
}

/// Somebody whom the directory leaves out.
const IGNORED: &str = r#"
[[number]]
project = "acme"
number = "+380671110007"
ignore = true
"#;

fn agent(key: &str) -> Filters {
    Filters { agent: vec![key.into()], ..Filters::default() }
}

on_both! {
    async fn who_waits_is_in_the_report_of_whoever_s_phone_rang_however_long_ago(world: World) {
        world.apply(ACME).await;
        world.import_file("acme", CALLS.trim_start()).await;
        for days in [WEEK, DAY] {
            let open = async |filters| to_call_back(&world, days, filters, Scope::Project).await;
            assert_eq!(open(Filters::default()).await, Some(3.0), "{days:?}");
            for (key, waiting) in [("102", 1.0), ("103", 2.0), ("104", 1.0), ("105", 0.0)] {
                assert_eq!(open(agent(key)).await, Some(waiting), "{key} in {days:?}");
                let own = to_call_back(&world, days, Filters::default(), Scope::Agent(key.into())).await;
                assert_eq!(own, Some(waiting), "{key} in {days:?}");
            }
            let first = |wanted| Filters { first_time: Some(wanted), ..Filters::default() };
            assert_eq!(open(first(true)).await, Some(2.0), "{days:?}");
            assert_eq!(open(first(false)).await, Some(1.0), "{days:?}");
        }
    }

    async fn who_waits_too_long_to_be_listed_is_counted_by_the_database_as_by_the_report(world: World) {
        world.apply(&format!("{ACME}{IGNORED}")).await;
        world.import_file("acme", &many()).await;
        let strict = MissedSet::NONE.with(CallStatus::MissedBusy).with(CallStatus::MissedAbandoned);
        let wide = MissedSet::default().with(CallStatus::MissedIvr);
        let (mut older, mut called, mut since) = (0, 0, 0);
        for (days, missed, short_call_sec, made) in
            [(WEEK, MissedSet::default(), 5, 16), (DAY, MissedSet::default(), 8, 23), (WEEK, strict, 0, 23), (WEEK, wide, 3, 12)]
        {
            let mut request = request(&world, days, Filters::default(), Scope::Project).await;
            request.spec.options.missed = missed;
            request.spec.options.short_call_sec = short_call_sec;
            request.made_at = Instant::parse_rfc3339(&format!("2026-11-{made}T09:00:00+02:00")).expect("RFC 3339");
            let counted = load(&world, request.slice_request()).await;
            let read = load(&world, SliceRequest { chooses: true, ..request.slice_request() }).await;
            assert!(counted.entries.len() < read.entries.len() && read.older == Older::default());
            assert!(counted.entry_calls.len() < read.entry_calls.len());
            (older, called) = (older + counted.older.open, called + counted.older_called.len());
            since += counted.older.reached_since;
            let (counted, read) = (document(request.clone(), counted).await, document(request, read).await);
            assert_eq!(counted.title, read.title, "{days:?} {missed:?}");
            let (counted, read) = (counted.data.expect("data"), read.data.expect("data"));
            assert_eq!(counted.figures, read.figures, "{days:?} {missed:?}");
            for (name, table) in &counted.tables {
                assert_eq!(Some(table), read.tables.get(name), "{name} {days:?} {missed:?}");
            }
            assert_eq!(counted.tables.len(), read.tables.len());
        }
        assert!(older > 40 && called > 0 && since > 0, "{older} {called} {since}");
    }
}
