//! What a report reads is what was taken in, on both databases; and its figures are those of a hand count.

use std::sync::Arc;

use callbrief::domain::call::{CallStatus, Direction};
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::period::Period;
use callbrief::domain::report_spec::preset;
use callbrief::domain::role::{Rights, Role};
use callbrief::domain::schedule::Format;
use callbrief::domain::slice::Slice;
use callbrief::report::{self, ReportRequest, render};

use crate::flow::ACME;
use crate::support::{World, on_both};

/// Two weeks: the second is the one reported. Null and filled columns in every place.
const CALLS: &str = "\
call_id,started_at,direction,status,client_number,talk_sec,wait_sec,agent_id,utm_source,utm_medium
p1,2026-11-03T10:00:00+02:00,inbound,answered,+380671112233,50,7,201,google,cpc
p2,2026-11-05T11:00:00+02:00,inbound,missed_no_answer,+380937776655,,20,,,
a,2026-11-09T00:00:00+02:00,inbound,answered,+380671112233,61,5,201,google,cpc
b,2026-11-10T10:05:00+02:00,inbound,missed_no_answer,+380502223344,,31,,Google,CPC
c,2026-11-10T10:06:00+02:00,inbound,missed_abandoned,,,44,,,
d,2026-11-11T15:20:00+02:00,inbound,answered,+380671112233,120,,202,,
e,2026-11-11T15:40:00+02:00,outbound,client_no_answer,+380502223344,0,,201,,
f,2026-11-12T09:00:00+02:00,inbound,missed_ivr,+380631112233,,,,,
g,2026-11-15T23:59:59+02:00,callback,answered,+380441112233,33,,202,,
h,2026-11-16T00:00:00+02:00,inbound,answered,+380671112299,10,3,201,,
";

/// A request for everything in this period, compared with that one, made now.
pub async fn request(world: &World, period: [&str; 2], compared_with: [&str; 2]) -> ReportRequest {
    let project = world.app.store.project(&ProjectId::parse("acme").expect("an id")).await.expect("readable");
    let project = project.expect("the project");
    let span = |[from, to]: [&str; 2]| {
        let at = |text| Instant::parse_rfc3339(text).expect("RFC 3339");
        Period::new(at(from), at(to)).expect("a period")
    };
    let mut spec = preset("summary").expect("a preset");
    spec.sections.push(callbrief::domain::report_spec::SectionId::CallList);
    ReportRequest {
        zone: world.app.zones.get(&project.zone).expect("a zone"),
        calendar: None,
        project,
        spec,
        period: span(period),
        compared_with: Some(span(compared_with)),
        rights: Rights::of(&[Role::Owner], None),
        language: "en".into(),
        made_at: world.now(),
        due_at: None,
        is_sample: false,
        notes: Vec::new(),
        directory: Default::default(),
        history: Default::default(),
    }
}

/// The request for the week of 9 November, and its slice.
async fn slice(world: &World) -> (ReportRequest, Arc<Slice>) {
    world.apply(ACME).await;
    world.import_file("acme", CALLS).await;
    let week = ["2026-11-08T22:00:00Z", "2026-11-15T22:00:00Z"];
    let request = request(world, week, ["2026-11-01T22:00:00Z", week[0]]).await;
    let asked = [request.slice_request(), request.slice_request()];
    let mut slices = world.app.store.load_slices(&asked).await.expect("slices");
    let (second, first) = (slices.pop().expect("two"), slices.pop().expect("two"));
    assert!(Arc::ptr_eq(&first, &second), "equal requests share one slice");
    (request, first)
}

on_both! {
    async fn a_slice_holds_every_call_of_its_periods_in_order(world: World) {
        let (_, slice) = slice(&world).await;
        let rows: Vec<_> = slice
            .calls
            .iter()
            .map(|call| (call.direction, call.status, call.client, call.wait_sec, call.talk_sec))
            .collect();
        use CallStatus::{Answered, ClientNoAnswer, MissedAbandoned, MissedIvr, MissedNoAnswer};
        use Direction::{Callback, Inbound, Outbound};
        assert_eq!(
            rows,
            [
                (Inbound, Answered, Some(380_671_112_233), Some(5), Some(61)),
                (Inbound, MissedNoAnswer, Some(380_502_223_344), Some(31), None),
                (Inbound, MissedAbandoned, None, Some(44), None),
                (Inbound, Answered, Some(380_671_112_233), None, Some(120)),
                (Outbound, ClientNoAnswer, Some(380_502_223_344), None, Some(0)),
                (Inbound, MissedIvr, Some(380_631_112_233), None, None),
                (Callback, Answered, Some(380_441_112_233), None, Some(33)),
            ]
        );
        assert_eq!(slice.previous.len(), 2);
        assert_eq!(slice.records.len(), slice.calls.len());
        let keys: Vec<&str> = slice.agents.values().map(|agent| agent.key.as_str()).collect();
        assert_eq!(keys, ["201", "202"]);
        let waiting: Vec<_> = slice.entries.iter().map(|entry| (entry.client, entry.attempts.len())).collect();
        assert_eq!(waiting, [(380_937_776_655, 0), (380_502_223_344, 1)]);
        assert_eq!(slice.entry_calls.len(), 2);
        let period = slice.request.period;
        assert_eq!(world.app.store.count_calls(&[(slice.request.project, period)]).await.expect("a count"), [7]);
    }

    async fn the_figures_of_a_report_are_those_of_a_hand_count(world: World) {
        let (request, slice) = slice(&world).await;
        let json = tokio::task::spawn_blocking(move || {
            let document = report::documents(&[(request, slice)]).expect("a document").remove(0);
            let bytes = render::render(&document, Format::Json).expect("JSON").bytes;
            serde_json::from_slice::<serde_json::Value>(&bytes).expect("JSON")
        })
        .await
        .expect("no panic");
        let figure = |name: &str| json["figures"][name]["value"].as_f64();
        assert_eq!(figure("totals.calls"), Some(4.0));
        assert_eq!(figure("totals.answered"), Some(2.0));
        assert_eq!(figure("totals.missed"), Some(2.0));
        assert_eq!(figure("totals.answer_rate"), Some(0.5));
        assert_eq!(figure("totals.asa_sec"), Some(5.0), "the unknown wait is not zero");
        assert_eq!(figure("totals.talk_avg_sec"), Some(90.5));
        assert_eq!(figure("totals.unique_callers"), Some(2.0), "the withheld number is nobody in particular");
        assert_eq!(figure("totals.outbound"), Some(1.0));
        assert_eq!(figure("totals.outbound_reached"), Some(0.0));
        assert_eq!(figure("totals.callback_requests"), Some(1.0));
        assert_eq!(figure("totals.to_call_back"), Some(2.0));
        assert_eq!(json["figures"]["totals.calls"]["previous"], 2.0);
        assert_eq!(json["figures"]["totals.to_call_back"]["delta"], 1.0);
        assert_eq!(json["data"]["calls"], 7);
        assert_eq!(json["data"]["left_out"]["missed_ivr"], 1);
        assert_eq!(json["period"][0], "2026-11-09T00:00:00+02:00");
        let list = json["tables"]["call_list"].as_array().expect("a list");
        assert_eq!(list.len(), 7);
        assert_eq!((&list[1]["call_id"], &list[1]["status"]), (&"b".into(), &"missed_no_answer".into()));
        let sources = json["tables"]["sources"].as_array().expect("sources");
        let google = sources.iter().find(|row| row["source"] == "google").expect("one spelling for both");
        assert_eq!((&google["medium"], &google["calls"]), (&"cpc".into(), &2.into()));
        assert_eq!(sources.iter().filter_map(|row| row["calls"].as_u64()).sum::<u64>(), 4);
    }
}
