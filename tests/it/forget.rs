//! Data ends when the settings say, a little at a time, and nothing goes that somebody still waits for or asks about.

use callbrief::domain::instant::Instant;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::jobs::forget;
use callbrief::notify::by_hand;

use crate::flow::{self, DUE, explain};
use crate::support::{World, on_both};
use crate::web::{Site, ask};

const CAPTURES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/voipgrid_events.jsonl"));

/// Events as a telephony system sends them: 194, of 51 calls.
fn events() -> Vec<String> {
    let event = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["event"].to_string();
    CAPTURES.lines().map(event).collect()
}

/// So many days after the report was due; looked at a day before as well, because a time that comes as a surprise isn't
/// believed for a day.
async fn days_later(world: &World, days: i64) {
    let due = Instant::parse_rfc3339(DUE).expect("valid");
    for at in [(days - 1) * 86_400, days * 86_400 + 3_600] {
        world.clock.set(due.plus_seconds(at));
        forget::step(&world.app).await.expect("it looks");
    }
}

/// The next hour.
async fn an_hour_later(world: &World) {
    world.clock.set(world.now().plus_seconds(3_600));
    forget::step(&world.app).await.expect("it looks");
}

async fn count(world: &World, of: &str) -> i64 {
    world.number(&format!("select count(*) from {of}")).await
}

async fn take(world: &World, format: Format, text: &str) {
    let project = callbrief::domain::ids::ProjectId::parse("acme").expect("valid");
    let request = ImportRequest::new(project, format, "some", std::io::Cursor::new(text.to_owned()));
    ingest::import(&world.app, request).await.expect("it is taken in");
}

/// A report that was sent to four readers, calls from events and from rows, and a row that couldn't be read.
async fn sent(world: &World) {
    flow::acme(world).await;
    take(world, Format::Voys, &events().join("\n")).await;
    take(world, Format::Native, "call_id,started_at,direction,status\nx,yesterday,inbound,answered\n").await;
    world.set(DUE);
    assert_eq!(world.settle().await.accepted, 4);
}

const FORMS: &str = "variant_artefacts";

on_both! {
    async fn each_kind_ends_on_its_day_and_not_before(world: World) {
        sent(&world).await;
        let (events, calls) = (count(&world, "call_events").await, crate::import::rows(&world).await);
        let forms = count(&world, FORMS).await;
        assert!(events == 194 && calls.len() > 50 && forms > 5);
        assert_eq!(count(&world, "set_aside").await, 1);

        // Events came in a week before the report was due.
        days_later(&world, 22).await;
        assert_eq!((count(&world, "call_events").await, count(&world, "set_aside").await), (events, 1), "29 days");
        days_later(&world, 24).await;
        assert_eq!((count(&world, "call_events").await, count(&world, "set_aside").await), (0, 0), "31 days");
        assert!(crate::import::rows(&world).await == calls, "the calls stay as they are");

        days_later(&world, 89).await;
        assert_eq!(count(&world, FORMS).await, forms);
        days_later(&world, 91).await;
        assert_eq!((count(&world, FORMS).await, count(&world, "artefacts").await), (0, 0));
        let row = by_hand::find(&world.app, "1").await.expect("the delivery is there");
        let refused = by_hand::resend(&world.app, &row, None, "tester", "again").await.expect_err("nothing to send");
        assert!(refused.to_string().contains("no rendered form any more"), "{refused}");
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("was taken by outbox"), "{told}");

        days_later(&world, 395).await;
        assert_eq!(count(&world, "deliveries where address like '%@%'").await, 4);
        days_later(&world, 397).await;
        assert_eq!(count(&world, "deliveries where address like '%@%' or display_name <> '' or why like '%@%' or contact is not null").await, 0);
        assert_eq!(count(&world, "ledger where detail like '%@%'").await, 0);
        assert_eq!(world.number("select count(distinct address) from deliveries").await, 4, "one for each reader still");
        let told = explain(&world, "Taras@acme.example").await;
        assert!(told.contains("was taken by outbox"), "who knows the address still gets an answer: {told}");

        days_later(&world, 754).await;
        assert_eq!(crate::import::rows(&world).await.len(), calls.len(), "761 days since they came in");
        days_later(&world, 758).await;
        for gone in ["calls", "call_details", "call_parts", "callback_entries"] {
            assert_eq!(count(&world, gone).await, 0, "{gone}");
        }
        assert_eq!(count(&world, "deliveries").await, 4);
        days_later(&world, 763).await;
        for gone in ["deliveries", "notices", "variants", "imports", "ledger where delivery is not null"] {
            assert_eq!(count(&world, gone).await, 0, "{gone}");
        }
        assert_eq!(count(&world, "runs").await, 1, "the last report of a schedule says where the next period begins");
        let counted = "select day || ' ' || kind || ' ' || channel || ' ' || state || ' ' || n from delivery_counts";
        assert_eq!(world.texts(counted).await, ["2026-11-23 report email accepted 4"]);
    }

    async fn a_project_may_keep_less_and_the_others_keep_theirs(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let keep = "[project.keep]\nevents = \"7d\"\ndocuments = \"20d\"\naddresses = \"20d\"\ncalls = \"100d\"\nledger = \"60d\"\n\n[[contact]]\nid = \"olena\"";
        let acme = flow::ACME.replace("[[contact]]\nid = \"olena\"", keep);
        let beta = flow::ACME.replace("version = 1", "").replace("acme", "beta");
        let beta = ["olena", "taras", "fin", "weekly"].iter().fold(beta, |text, id| text.replace(&format!("\"{id}\""), &format!("\"{id}2\"")));
        world.apply(&format!("{acme}{beta}")).await;
        for project in ["acme", "beta"] {
            world.import(project, flow::CALLS).await;
            let id = callbrief::domain::ids::ProjectId::parse(project).expect("valid");
            let request = ImportRequest::new(id, Format::Voys, "some", std::io::Cursor::new(events().join("\n")));
            ingest::import(&world.app, request).await.expect("it is taken in");
        }
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 8);
        let of = async |project: &str| {
            let of = |table: &str, by: &str| format!("select count(*) from {table} x join {by} and p.id = '{project}'");
            [
                world.number(&of("call_events", "sources s on s.id = x.source join projects p on p.key = s.project")).await,
                world.number(&of("variant_artefacts", "variants v on v.id = x.variant join notices n on n.id = v.notice join projects p on p.key = n.project")).await,
                world.number(&(of("deliveries", "projects p on p.key = x.project") + " where x.address like '%@%'")).await,
                world.number(&of("deliveries", "projects p on p.key = x.project")).await,
                world.number(&of("calls", "projects p on p.key = x.project")).await,
            ]
        };
        let (acme, beta) = (of("acme").await, of("beta").await);
        assert!(acme == beta && acme.iter().all(|rows| *rows > 0), "{acme:?} {beta:?}");
        days_later(&world, 2).await;
        assert_eq!(of("acme").await, [0, acme[1], acme[2], acme[3], acme[4]], "events came in a week before the report was due");
        days_later(&world, 21).await;
        assert_eq!(of("acme").await, [0, 0, 0, acme[3], acme[4]]);
        assert_eq!(of("beta").await, beta, "another project's");
        days_later(&world, 61).await;
        assert_eq!(of("acme").await, [0, 0, 0, 0, acme[4]]);
        assert_eq!(world.number("select count(*) from ledger l join projects p on p.key = l.project where p.id = 'acme' and l.delivery is not null").await, 0);
        days_later(&world, 101).await;
        assert_eq!(of("acme").await, [0; 5]);
        assert_eq!(of("beta").await, [0, 0, beta[2], beta[3], beta[4]], "by the installation's times");
        assert_eq!(world.number("select count(*) from callback_entries e join projects p on p.key = e.project where p.id = 'acme'").await, 0);
        assert_eq!(world.number("select count(*) from runs").await, 2, "the last report of each");
    }

    async fn what_is_waited_for_stays(world: World) {
        sent(&world).await;
        let (forms, calls) = (count(&world, FORMS).await, count(&world, "calls").await);
        world.execute("update deliveries set state = 'uncertain' where address = 'board@acme.example'").await;
        days_later(&world, 91).await;
        assert_eq!(count(&world, FORMS).await, forms, "one of its readers isn't done");
        world.execute("update deliveries set state = 'accepted'").await;
        an_hour_later(&world).await;
        assert_eq!(count(&world, FORMS).await, 0);

        // A run that isn't made yet reads the week from 16 November.
        world.execute("update runs set state = 'due'").await;
        days_later(&world, 763).await;
        let left = count(&world, "calls").await;
        assert!(left >= 3 && left < calls, "what it reads, and nothing of before: {left} of {calls}");
        world.execute("update runs set state = 'built'").await;
        an_hour_later(&world).await;
        assert_eq!(count(&world, "calls").await, 0);
    }

    async fn a_record_whose_events_are_gone_speaks_for_itself(world: World) {
        flow::acme(&world).await;
        let lines = events();
        take(&world, Format::Voys, &lines.join("\n")).await;
        assert_eq!(count(&world, "call_events").await, 194);
        let calls = crate::import::rows(&world).await;
        world.set(DUE);
        days_later(&world, 31).await;
        assert_eq!(count(&world, "call_events").await, 0);
        assert_eq!(count(&world, "call_details where evidence like '%\"n\":%'").await, 0);
        take(&world, Format::Voys, &lines.join("\n")).await;
        assert!(crate::import::rows(&world).await == calls, "the same calls");
    }

    async fn processes_that_look_at_once_count_once(world: World) {
        sent(&world).await;
        days_later(&world, 762).await;
        let (one, other) = (world.replica(|_| {}).await, world.replica(|_| {}).await);
        world.clock.set(world.now().plus_seconds(2 * 86_400));
        let (a, b) = tokio::join!(forget::step(&one), forget::step(&other));
        let (a, b) = (a.expect("it looks"), b.expect("it looks"));
        assert!(a == 0 || b == 0, "one of them takes the look: {a} and {b}");
        assert_eq!(count(&world, "deliveries").await, 0);
        assert_eq!(world.number("select cast(sum(n) as bigint) from delivery_counts").await, 4);
        assert_eq!(forget::step(&one).await.expect("it looks"), 0, "the next look is in an hour");
    }

    async fn a_clock_that_jumps_by_years_deletes_nothing(world: World) {
        sent(&world).await;
        an_hour_later(&world).await;
        world.set("2036-11-23T06:00:00Z");
        forget::step(&world.app).await.expect("it looks");
        world.set(DUE);
        an_hour_later(&world).await;
        assert!(count(&world, FORMS).await > 0 && count(&world, "calls").await > 0 && count(&world, "call_events").await > 0);
    }

    async fn the_status_page_says_what_went(world: World) {
        sent(&world).await;
        let events = count(&world, "call_events").await;
        days_later(&world, 31).await;
        let site = Site::of(&world).await;
        let status = ask(site.ops, "GET /status").await;
        let (_, body) = status.split_once("\r\n\r\n").expect("a head and a body");
        let json: serde_json::Value = serde_json::from_str(body).expect("the status is JSON");
        assert_eq!(json["forgotten"]["removed"]["events"], events);
        let metrics = ask(site.ops, "GET /metrics").await;
        assert!(metrics.contains(&format!("callbrief_removed_rows_total{{kind=\"events\"}} {events}")), "{metrics}");
        site.end().await;
    }
}
