//! Callers who wait are in the report of whoever's phone rang, however long before the period that was, on both databases.

use std::sync::Arc;

use callbrief::domain::filters::Filters;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::period::Period;
use callbrief::domain::report_spec::preset;
use callbrief::domain::role::{Rights, Role, Scope};
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

async fn to_call_back(world: &World, days: Days, filters: Filters, scope: Scope) -> Option<f64> {
    let project = world.app.store.project(&ProjectId::parse("acme").expect("an id")).await.expect("readable");
    let project = project.expect("the project");
    let at = |day| Instant::parse_rfc3339(&format!("2026-11-{day:02}T00:00:00+02:00")).expect("RFC 3339");
    let span = |[from, to]: Days| Period::new(at(from), at(to));
    let mut spec = preset("summary").expect("a preset");
    spec.filters = filters;
    let mut rights = Rights::of(&[Role::Owner], None);
    rights.scope = scope;
    let request = ReportRequest {
        zone: world.app.zones.get(&project.zone).expect("a zone"),
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
        directory: Default::default(),
        history: Default::default(),
        attached: Vec::new(),
    };
    let slice = world.app.store.load_slices(&[request.slice_request()]).await.expect("slices").remove(0);
    let reports = vec![(request, Arc::clone(&slice))];
    let document = tokio::task::spawn_blocking(move || report::documents(&reports).expect("a document").remove(0));
    document.await.expect("no panic").data.expect("data").figures["totals.to_call_back"].value
}

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
}
