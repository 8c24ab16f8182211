//! A source that is behind: who waits for it, how long, what ends the wait, and what is said about it.

use std::time::Duration;

use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::period::Period;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::jobs::{self, Work};
use callbrief::store::waiting::LetGo;

use crate::flow::{ACME, CALLS, DUE, explain};
use crate::support::mail::Mail;
use crate::support::{World, on_both};
use crate::web::{Site, ask};

/// Takes calls in under a source's name, and says what they cover.
pub async fn import_covering(world: &World, source: &str, rows: &str, covers: (&str, &str)) -> u64 {
    let at = |text: &str| Instant::parse_rfc3339(text).unwrap_or_else(|| panic!("{text}"));
    let text = format!("call_id,started_at,direction,status,client_number,talk_sec\n{rows}");
    let project = ProjectId::parse("acme").expect("valid");
    let mut request = ImportRequest::new(project, Format::Native, "calls.csv", std::io::Cursor::new(text));
    request.source = Some(source.to_owned());
    request.covers = Period::new(at(covers.0), at(covers.1));
    let account = ingest::import(&world.app, request).await.unwrap_or_else(|error| panic!("{error}"));
    account.let_go
}

/// Everything up to Sunday, 22 November, 17:40 in Kyiv, where the source falls silent.
const SUNDAY: (&str, &str) = ("2026-11-09T00:00:00+02:00", "2026-11-22T17:40:00+02:00");
/// The rest of that Sunday, and some more.
const REST: (&str, &str) = ("2026-11-22T17:40:00+02:00", "2026-11-23T09:30:00+02:00");

/// The set-up with more keys for its schedule, and a source that is behind.
async fn behind(world: &World, more: &str) {
    world.set("2026-11-16T09:00:00Z");
    world.apply(&format!("{ACME}{more}\n")).await;
    import_covering(world, "Main PBX", CALLS, SUNDAY).await;
}

const RUNS: &str =
    "select occurrence || ' ' || state || coalesce(' ' || reason, '') from runs where not is_sample order by fires_at";

async fn run_states(world: &World) -> Vec<String> {
    world.texts(RUNS).await
}

/// Subjects of what the owner was told.
async fn told(world: &World) -> Vec<String> {
    world
        .texts(
            "select v.subject from variants v join notices n on n.id = v.notice where n.kind = 'owner' order by n.id",
        )
        .await
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

on_both! {
    async fn a_report_waits_for_a_source_that_is_behind_and_goes_when_it_catches_up(world: World) {
        behind(&world, "").await;
        world.set(DUE);
        assert_eq!(world.settle().await.built, 0);
        assert_eq!(run_states(&world).await, ["2026-11-23T08:00#0 waiting_for_data"]);
        let told = explain(&world, "taras@acme.example").await;
        let expected = "A report was due 2026-11-23 08:00; it waits for calls of “Main PBX” (2026-11-22 17:40 to 2026-11-23 00:00), until 2026-11-23 11:00 at most.";
        assert!(told.contains(expected), "{told}");

        // Something that doesn't reach the end wakes nobody.
        world.set("2026-11-23T07:00:00Z");
        let some = ("2026-11-22T17:40:00+02:00", "2026-11-22T20:00:00+02:00");
        assert_eq!(import_covering(&world, "Main PBX", "", some).await, 0);
        assert_eq!(world.settle().await.built, 0);
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("“Main PBX” (2026-11-22 20:00 to 2026-11-23 00:00)"), "{told}");

        world.set("2026-11-23T08:42:00Z");
        let late = "d,2026-11-22T18:00:00+02:00,inbound,answered,+380671112233,30\n";
        assert_eq!(import_covering(&world, "Main PBX", late, REST).await, 1);
        assert_eq!(world.settle().await.accepted, 4);
        let mails = Mail::all(&world);
        let text = plain(&Mail::to(&mails, "olena@acme.example").text);
        assert!(text.contains("Due 08:00, made 10:42: waited for Sunday's calls."), "{text}");
        assert!(!text.contains("are missing"), "{text}");
        assert!(text.contains("4 calls"), "the one that came while it waited is counted: {text}");
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("It had waited for calls of") && told.contains("what was missing came"), "{told}");
        let ledger = world.texts("select coalesce(from_state, '-') || ' ' || to_state || ' ' || reason from ledger where run is not null and to_state <> 'left_out' order by id").await;
        assert_eq!(ledger, [
            "- due fell_due", "due waiting_for_data calls_missing", "waiting_for_data building data_came", "building built built",
        ]);
    }

    async fn when_the_time_is_up_it_goes_and_says_what_is_missing(world: World) {
        behind(&world, "").await;
        import_covering(&world, "Warehouse", "", ("2026-11-09T00:00:00+02:00", "2026-11-24T00:00:00+02:00")).await;
        world.set(DUE);
        world.settle().await;
        world.set("2026-11-23T08:59:59Z");
        assert_eq!(world.settle().await, jobs::TickReport::default(), "nobody looks again and again");
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
        let mails = Mail::all(&world);
        let text = plain(&Mail::to(&mails, "olena@acme.example").text);
        assert!(text.contains("Calls of Sunday after 17:40 are missing (source “Main PBX” silent)."), "{text}");
        assert!(text.contains("Due 08:00, made 11:00: waited for Sunday's calls."), "{text}");
        assert!(!text.contains("Warehouse"), "who told everything isn't named: {text}");
        assert!(text.contains("Not compared with 9–15 November: this period isn't complete."), "{text}");
    }

    async fn a_source_that_never_said_how_far_it_reaches_makes_nobody_wait(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(ACME).await;
        world.import("acme", CALLS).await;
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 4);
    }

    async fn a_schedule_may_send_at_once_or_wait_as_long_as_it_says(world: World) {
        behind(&world, "if_incomplete = \"send\"").await;
        world.apply(&format!("{ACME}if_incomplete = \"send\"\n{}", ACME[ACME.find("[[schedule]]").expect("one")..].replace("\"weekly\"", "\"patient\"").replace("formats", "wait_at_most = \"30m\"\nformats"))).await;
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 4, "the one that sends at once");
        let text = plain(&Mail::all(&world)[0].text);
        assert!(text.contains("Calls of Sunday after 17:40 are missing (source “Main PBX” silent)."), "{text}");
        assert!(!text.contains("Due 08:00"), "{text}");
        world.set("2026-11-23T06:30:00Z");
        assert_eq!(world.settle().await.accepted, 4, "the patient one");
    }

    async fn what_pushes_by_itself_is_not_waited_for_unless_a_schedule_says_so(world: World) {
        behind(&world, "").await;
        world.execute("update sources set kind = 'pushed'").await;
        import_covering(&world, "Main PBX", "", SUNDAY).await;
        assert_eq!(world.texts("select kind from sources").await, ["pushed"], "a file doesn't change what it is");
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 4);
    }

    async fn held_reports_are_told_once_and_go_when_the_calls_come(world: World) {
        behind(&world, "if_incomplete = \"hold\"").await;
        world.set(DUE);
        world.settle().await;
        assert!(told(&world).await.is_empty(), "the owner hears when the usual wait is over");
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(world.settle().await.built, 0);
        world.advance(Duration::from_secs(86_400));
        world.settle().await;
        assert_eq!(told(&world).await, ["Acme Windows: the report “every Monday at 08:00” is held, calls are missing"]);
        let notice = plain(&Mail::to(&Mail::all(&world), "olena@acme.example").text);
        assert!(notice.contains("send-now weekly --waiting") && notice.contains("Main PBX"), "{notice}");
        assert!(notice.contains("It was due Mon 23 Nov 08:00") && notice.contains("by Mon 30 Nov 08:00"), "{notice}");
        let why = explain(&world, "taras@acme.example").await;
        assert!(why.contains("it is held for calls of “Main PBX”") && why.contains("given up 2026-11-30 08:00"), "{why}");
        assert_eq!(import_covering(&world, "Main PBX", "", REST).await, 1);
        assert_eq!(world.settle().await.accepted, 4);
    }

    async fn a_held_report_whose_calls_never_come_is_given_up_and_told(world: World) {
        behind(&world, "if_incomplete = \"hold\"").await;
        world.set(DUE);
        world.settle().await;
        world.set("2026-11-23T12:00:00Z");
        world.settle().await;
        world.set("2026-11-30T06:00:00Z");
        let report = world.settle().await;
        assert_eq!((report.fired, report.failed, report.built), (1, 1, 0), "{report:?}");
        assert_eq!(run_states(&world).await, ["2026-11-23T08:00#0 failed data_never_came", "2026-11-30T08:00#0 waiting_for_data"]);
        assert_eq!(told(&world).await, [
            "Acme Windows: the report “every Monday at 08:00” is held, calls are missing",
            "Acme Windows: the report “every Monday at 08:00” wasn’t sent, calls are missing",
        ]);
        world.set("2026-11-30T07:00:00Z");
        assert_eq!(import_covering(&world, "Main PBX", "", ("2026-11-22T17:40:00+02:00", "2026-11-30T00:00:00+02:00")).await, 1);
        assert_eq!(world.settle().await.accepted, 4, "the next one has its calls");
    }

    async fn a_schedule_that_fires_often_gives_a_held_report_up_at_its_next(world: World) {
        let often = ACME.replace("every = \"week\"\non = [\"mon\"]\nat = \"08:00\"", "cron = \"0 * * * *\"");
        assert_ne!(often, ACME);
        world.set("2026-11-23T05:30:00Z");
        world.apply(&format!("{often}if_incomplete = \"hold\"\n")).await;
        import_covering(&world, "Main PBX", CALLS, SUNDAY).await;
        world.set(DUE);
        world.settle().await;
        crate::program::settings(&world, 0);
        let list = crate::program::command(&world, DUE, &["list", "schedules"]).output().expect("it runs");
        let said = plain(&String::from_utf8_lossy(&list.stdout));
        assert!(said.contains("waits for calls of Main PBX; its owner is told"), "{said}");
        world.set("2026-11-23T07:00:00Z");
        let report = world.settle().await;
        assert_eq!((report.fired, report.failed, report.built), (1, 1, 0), "{report:?}");
        assert_eq!(run_states(&world).await, [
            "2026-11-23T08:00#0 failed data_never_came", "2026-11-23T09:00#0 waiting_for_data",
        ]);
        assert_eq!(told(&world).await.len(), 1, "its owner hears of it once");
        assert!(told(&world).await[0].contains("wasn’t sent"), "{:?}", told(&world).await);
    }

    async fn what_is_held_is_explained_beside_the_newest(world: World) {
        let often = ACME.replace("every = \"week\"\non = [\"mon\"]\nat = \"08:00\"", "every = \"day\"\nat = \"08:00\"");
        world.set("2026-11-22T15:00:00Z");
        world.apply(&format!("{often}if_incomplete = \"hold\"\nsend = \"if-calls\"\n")).await;
        import_covering(&world, "Main PBX", CALLS, SUNDAY).await;
        world.set(DUE);
        world.settle().await;
        world.execute("update schedules set paused = false").await;
        let again = "insert into runs (project, schedule, occurrence, fires_at, period_from, period_to, notes, is_sample, state, skipped_count, tries, created_at, updated_at) \
                     select project, schedule, '2026-11-23T09:00#0', fires_at + DAY, period_from, period_to, '[]', is_sample, 'skipped', 1, 0, created_at, updated_at from runs";
        let hour = match world.engine {
            crate::support::Engine::Sqlite => "3600000000",
            crate::support::Engine::Postgres => "interval '1 hour'",
        };
        world.execute(&again.replace("DAY", hour)).await;
        world.set("2026-11-23T07:30:00Z");
        let why = explain(&world, "taras@acme.example").await;
        assert!(why.contains("it waits for calls of “Main PBX”"), "the older one needs somebody: {why}");
        assert!(why.contains("2026-11-23 09:00"), "{why}");
    }

    async fn a_held_report_may_be_let_go_by_hand(world: World) {
        behind(&world, "if_incomplete = \"hold\"").await;
        world.set(DUE);
        world.settle().await;
        let waiting = world.app.store.waiting_runs(None, 10).await.expect("read");
        let run = waiting[0].run.id;
        let mut session = world.app.store.write().await.expect("a transaction");
        assert!(session.let_go(run, LetGo::ByHand, world.now()).await.expect("it goes"));
        assert!(!session.let_go(run, LetGo::ByHand, world.now()).await.expect("once"));
        session.commit().await.expect("kept");
        let work = Work::open(&world.app).await.expect("work");
        jobs::build::now(&world.app, &work, run).await.expect("it is made");
        assert_eq!(world.settle().await.accepted, 4);
        assert!(plain(&Mail::all(&world)[0].text).contains("Calls of Sunday after 17:40 are missing"));
    }

    async fn pausing_or_retiring_ends_a_held_run_without_a_word(world: World) {
        behind(&world, "if_incomplete = \"hold\"").await;
        world.set(DUE);
        world.settle().await;
        world.apply(&format!("{ACME}if_incomplete = \"hold\"\npaused = true\n")).await;
        assert_eq!(run_states(&world).await, ["2026-11-23T08:00#0 skipped paused"], "at once");
        // Whoever goes on with the schedule before the time is up doesn't get what lay in between.
        world.apply(&format!("{ACME}if_incomplete = \"hold\"\n")).await;
        assert_eq!(import_covering(&world, "Main PBX", "", REST).await, 0);
        world.set("2026-11-23T09:00:00Z");
        world.settle().await;
        assert_eq!(run_states(&world).await, ["2026-11-23T08:00#0 skipped paused"]);
        assert!(told(&world).await.is_empty());
    }

    async fn only_covered_time_can_have_no_calls(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&format!("{ACME}send = \"if-calls\"\n")).await;
        import_covering(&world, "Main PBX", "", SUNDAY).await;
        world.set(DUE);
        world.settle().await;
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(world.settle().await.accepted, 4, "nobody knows whether Sunday had calls");
        let rest = ("2026-11-22T17:40:00+02:00", "2026-11-30T00:00:00+02:00");
        import_covering(&world, "Main PBX", "", rest).await;
        world.set("2026-11-30T06:00:00Z");
        world.settle().await;
        assert_eq!(run_states(&world).await[1], "2026-11-30T08:00#0 skipped no_calls");
    }

    async fn where_nothing_was_ever_heard_silence_is_no_quiet_week(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&format!("{ACME}send = \"if-calls\"\n")).await;
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 4, "a telephone system that was never connected must be heard of");
        let text = plain(&Mail::all(&world)[0].text);
        assert!(text.contains("no data"), "{text}");
    }

    async fn who_waits_is_told_even_where_nothing_else_is_known(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&format!("{ACME}if_incomplete = \"send\"\n")).await;
        import_covering(&world, "Main PBX", CALLS, ("2026-11-09T00:00:00+02:00", "2026-11-23T00:00:00+02:00")).await;
        world.set("2026-11-30T06:00:00Z");
        world.settle().await;
        let mails = Mail::all(&world);
        let last = mails.iter().filter(|mail| mail.to == "olena@acme.example").find(|mail| mail.text.contains("23–29"));
        let text = plain(&last.expect("the week without data").text);
        assert!(text.contains("no data") && text.contains("50 222 3344"), "{text}");
    }

    async fn many_replicas_wait_and_wake_once(world: World) {
        behind(&world, "").await;
        world.set(DUE);
        let (other, third) = (world.replica(|_| {}).await, world.replica(|_| {}).await);
        let (import, a, b) = tokio::join!(import_covering(&world, "Main PBX", "", REST), jobs::tick(&other), jobs::tick(&third));
        let (a, b) = (a.expect("runs"), b.expect("runs"));
        let (c, d) = tokio::join!(jobs::tick(&other), jobs::tick(&third));
        let (c, d) = (c.expect("runs"), d.expect("runs"));
        let built = a.built + b.built + c.built + d.built;
        assert_eq!(built, 1, "whether it waited ({import}) or not, it went when its calls were there, once");
        world.settle().await;
        assert_eq!(world.outbox().len(), 4);
    }

    async fn an_import_and_a_firing_never_miss_each_other(world: World) {
        behind(&world, "").await;
        let other = world.replica(|_| {}).await;
        let mut from = SUNDAY.1.to_owned();
        for week in 1..=6 {
            let due = Instant::parse_rfc3339(DUE).expect("valid").plus_seconds((week - 1) * 7 * 86_400);
            world.clock.set(due);
            let to = due.to_string();
            let (_, ticked) = tokio::join!(import_covering(&world, "Main PBX", "", (&from, &to)), jobs::tick(&other));
            ticked.expect("runs");
            world.settle().await;
            let waiting = world.number("select count(*) from runs where state = 'waiting_for_data'").await;
            assert_eq!(waiting, 0, "week {week}: a run sleeps through what it waits for");
            from = to;
        }
    }

    async fn after_an_outage_waiting_and_catching_up_fit_together(mut world: World) {
        behind(&world, "catch_up = \"all\"\nmax_late = \"30d\"").await;
        let slow = world.replica(|settings| settings.work.backlog_per_minute = 1).await;
        // Two Mondays went by while nobody ran.
        world.set("2026-11-30T10:00:00Z");
        let report = jobs::tick(&slow).await.expect("runs");
        assert_eq!((report.fired, report.built), (2, 0), "{report:?}");
        let first = "select count(*) from runs where state = 'waiting_for_data'";
        assert_eq!(world.number(first).await, 2, "files come late after an outage, too");
        world.set("2026-11-30T13:00:00Z");
        assert_eq!(jobs::tick(&slow).await.expect("runs").built, 1, "the share of the first minute");
        world.set("2026-11-30T13:01:00Z");
        assert_eq!(jobs::tick(&slow).await.expect("runs").built, 1);
        world.allow_leftovers();
        let late = Mail::all(&world).iter().any(|mail| plain(&mail.text).contains("Due Mon 23 Nov 08:00, made Mon 30 Nov 15:00: waited for missing calls."));
        assert!(late, "{}", plain(&Mail::all(&world)[0].text));
    }
}

on_both! {
    async fn late_words_about_calls_that_were_told_are_told_too(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(ACME).await;
        world.import("acme", CALLS).await;
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 4);
        world.import("acme", "b,2026-11-17T10:05:00+02:00,inbound,answered,+380502223344,30\n").await;
        world.import("acme", "g,2026-11-25T17:00:00+02:00,inbound,answered,+380671112233,20\n").await;
        world.set("2026-11-30T06:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
        let mails: Vec<Mail> = Mail::all(&world).into_iter().filter(|mail| mail.subject.contains("23–29")).collect();
        assert_eq!(mails.len(), 4);
        let text = plain(&mails[0].text);
        assert!(!text.contains("Calls in of 16–22 November"), "as many as before: {text}");
        let told = "Answered of 16–22 November: 2 then, 3 now. Missed of 16–22 November: 1 then, 0 now.";
        assert!(text.contains(told), "{text}");
    }

    async fn calls_that_come_after_their_report_are_told_in_the_next(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(ACME).await;
        world.import("acme", CALLS).await;
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 4);
        let sent = world.outbox().len();
        let more = "\
d,2026-11-18T16:00:00+02:00,inbound,answered,+380671112233,20
e,2026-11-19T16:00:00+02:00,inbound,answered,+380671112233,20
f,2026-11-19T17:00:00+02:00,outbound,answered,+380671112233,20
g,2026-11-25T17:00:00+02:00,inbound,answered,+380671112233,20
";
        world.import("acme", more).await;
        world.set("2026-11-30T06:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
        let mails: Vec<Mail> = Mail::all(&world).into_iter().filter(|mail| mail.subject.contains("23–29")).collect();
        assert_eq!((sent, mails.len()), (4, 4));
        for mail in &mails {
            let text = plain(&mail.text);
            assert!(text.contains("3 calls of 16–22 November came in after its report was made."), "{text}");
            assert!(text.contains("Calls in of 16–22 November: 3 then, 5 now."), "{text}");
        }
        // Told once: the report after that compares with one that knew them.
        world.set("2026-12-07T06:00:00Z");
        world.settle().await;
        let last: Vec<Mail> = Mail::all(&world).into_iter().filter(|mail| mail.subject.contains("6 Dec")).collect();
        assert_eq!(last.len(), 4);
        assert!(!plain(&last[0].text).contains("came in after") && !plain(&last[0].text).contains(" then, "));
    }

    async fn another_period_than_the_compared_one_is_told_too(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&ACME.replace("every = \"week\"\non = [\"mon\"]\nat = \"08:00\"", "every = \"day\"\nat = [\"08:00\", \"18:00\"]")).await;
        world.set("2026-11-17T16:00:00Z");
        world.settle().await;
        world.import("acme", CALLS).await;
        world.set("2026-11-18T06:00:00Z");
        world.settle().await;
        let mails = Mail::all(&world);
        let told = mails.iter().filter(|mail| plain(&mail.text).contains("2 calls of Tue 17 Nov 08:00–18:00 came in after its report was made.")).count();
        assert_eq!(told, 4, "{}", mails.last().map(|mail| plain(&mail.text)).unwrap_or_default());
    }
}

on_both! {
    async fn a_waiting_run_is_shown_with_whom_it_waits_for(mut world: World) {
        behind(&world, "").await;
        world.set(DUE);
        world.settle().await;
        let site = Site::of(&world).await;
        let status = ask(site.ops, "GET /status").await;
        let (_, body) = status.split_once("\r\n\r\n").expect("a head and a body");
        let json: serde_json::Value = serde_json::from_str(body).expect("the status is JSON");
        assert_eq!(json["runs"]["waiting_for_data"], 1);
        let waiting = &json["waiting"][0];
        assert_eq!((&waiting["schedule"], &waiting["until"], &waiting["held"]), (&"weekly".into(), &"2026-11-23T09:00:00Z".into(), &false.into()));
        assert_eq!(waiting["missing"][0]["source"], "Main PBX");
        let metrics = ask(site.ops, "GET /metrics").await;
        assert!(metrics.contains("callbrief_open_runs{state=\"waiting_for_data\"} 1"), "{metrics}");
        assert!(metrics.contains("callbrief_held_runs 0"), "{metrics}");
        site.end().await;
        world.allow_leftovers();
    }
}

/// What the owner's mail says, in one line.
async fn read_by_owner(world: &World) -> String {
    plain(&Mail::to(&Mail::all(world), "olena@acme.example").text)
}

on_both! {
    async fn an_edited_schedule_waits_as_it_says_now(world: World) {
        behind(&world, "").await;
        world.set(DUE);
        world.settle().await;
        let until = || async { world.app.store.waiting_runs(None, 10).await.expect("read")[0].waiting.clone().expect("it waits") };
        world.set("2026-11-23T06:10:00Z");
        world.apply(&format!("{ACME}wait_at_most = \"1h\"\n")).await;
        assert_eq!(until().await.until.to_string(), "2026-11-23T07:00:00Z");
        world.apply(&format!("{ACME}if_incomplete = \"hold\"\n")).await;
        let held = until().await;
        assert_eq!((held.until.to_string().as_str(), held.holds), ("2026-11-23T09:00:00Z", true));
        world.set("2026-11-23T09:00:00Z");
        world.settle().await;
        assert_eq!(told(&world).await.len(), 1);
        // Told and edited in something else: it is held on, and nobody is told again.
        world.apply(&format!("{ACME}if_incomplete = \"hold\"\ncatch_up = \"skip\"\n")).await;
        world.set("2026-11-23T10:00:00Z");
        world.settle().await;
        assert_eq!((told(&world).await.len(), until().await.until.to_string().as_str()), (1, "2026-11-30T06:00:00Z"));
        // It waits at most so long from now on: that time is up, and it goes.
        world.apply(&format!("{ACME}if_incomplete = \"wait\"\n")).await;
        assert_eq!(world.settle().await.built, 1);
        let why = explain(&world, "taras@acme.example").await;
        assert!(why.contains("the time for waiting was up"), "{why}");
    }

    async fn a_schedule_that_is_told_to_send_sends_what_waits(world: World) {
        behind(&world, "if_incomplete = \"hold\"").await;
        world.set(DUE);
        world.settle().await;
        world.apply(&format!("{ACME}if_incomplete = \"send\"\n")).await;
        assert_eq!(world.settle().await.accepted, 4);
        let text = read_by_owner(&world).await;
        assert!(text.contains("Calls of Sunday after 17:40 are missing"), "{text}");
        let why = explain(&world, "taras@acme.example").await;
        assert!(why.contains("the schedule was edited"), "{why}");
    }

    async fn what_is_retired_while_it_waits_ends_without_a_mail(world: World) {
        for (n, (sql, reason)) in [
            ("update schedules set retired_at = updated_at", "schedule_retired"),
            ("update projects set retired_at = updated_at", "project_retired"),
        ].into_iter().enumerate() {
            if n == 0 {
                behind(&world, "").await;
            } else {
                world.execute("update schedules set retired_at = null").await;
            }
            let due = Instant::parse_rfc3339(DUE).expect("valid").plus_seconds(n as i64 * 7 * 86_400);
            world.clock.set(due);
            world.settle().await;
            assert_eq!(world.number("select count(*) from runs where state = 'waiting_for_data'").await, 1);
            world.execute(sql).await;
            world.clock.set(due.plus_seconds(3 * 3_600));
            world.settle().await;
            let last = run_states(&world).await.pop().expect("a run");
            assert!(last.ends_with(&format!("skipped {reason}")), "{last}");
        }
        assert!(world.outbox().is_empty());
    }

    async fn coverage_that_comes_too_late_is_told_in_the_next_report(world: World) {
        behind(&world, "").await;
        world.set(DUE);
        world.settle().await;
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
        let rest = "d,2026-11-22T18:00:00+02:00,inbound,answered,+380671112233,30\n\
            e,2026-11-22T19:00:00+02:00,inbound,missed_no_answer,+380671112299,\n";
        world.set("2026-11-23T12:00:00Z");
        assert_eq!(import_covering(&world, "Main PBX", rest, ("2026-11-22T17:40:00+02:00", "2026-11-30T00:00:00+02:00")).await, 0);
        world.settle().await;
        assert_eq!(world.outbox().len(), 4, "nothing goes a second time");
        world.set("2026-11-30T06:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
        let mails: Vec<Mail> = Mail::all(&world).into_iter().filter(|mail| mail.subject.contains("23–29")).collect();
        let text = plain(&Mail::to(&mails, "olena@acme.example").text);
        assert!(text.contains("2 calls of 16–22 November came in after its report was made."), "{text}");
        assert!(text.contains("Calls in of 16–22 November: 3 then, 5 now."), "{text}");
    }

    async fn a_hole_in_the_middle_is_waited_for_and_named(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(ACME).await;
        import_covering(&world, "Main PBX", CALLS, ("2026-11-09T00:00:00+02:00", "2026-11-18T12:00:00+02:00")).await;
        import_covering(&world, "Main PBX", "", ("2026-11-18T15:00:00+02:00", "2026-11-24T00:00:00+02:00")).await;
        world.set(DUE);
        assert_eq!(world.settle().await.built, 0);
        let why = explain(&world, "taras@acme.example").await;
        assert!(why.contains("“Main PBX” (2026-11-18 12:00 to 2026-11-18 15:00)"), "{why}");
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
        let text = read_by_owner(&world).await;
        assert!(text.contains("Calls of Wednesday between 12:00 and 15:00 are missing (source “Main PBX”)."), "{text}");
    }

    async fn a_day_of_twenty_five_hours_is_covered_to_its_end_or_not(world: World) {
        // In Kyiv, 25 October 2026 has 03:00 twice.
        world.set("2026-10-19T09:00:00Z");
        world.apply(ACME).await;
        let short = ("2026-10-12T00:00:00+03:00", "2026-10-26T00:00:00+03:00");
        import_covering(&world, "Main PBX", "a,2026-10-20T10:00:00+03:00,inbound,answered,+380671112233,61\n", short).await;
        world.set("2026-10-26T06:00:00Z");
        assert_eq!(world.settle().await.built, 0, "the last hour of the day is missing");
        let why = explain(&world, "taras@acme.example").await;
        assert!(why.contains("“Main PBX” (2026-10-25 23:00 to 2026-10-26 00:00)"), "{why}");
        world.set("2026-10-26T06:30:00Z");
        let last = ("2026-10-25T23:00:00+02:00", "2026-10-26T00:00:00+02:00");
        assert_eq!(import_covering(&world, "Main PBX", "", last).await, 1);
        assert_eq!(world.settle().await.accepted, 4);
        assert!(!read_by_owner(&world).await.contains("missing ("));
    }

    async fn a_gap_in_the_hour_that_comes_twice_is_named_by_its_wall_clock(world: World) {
        world.set("2026-10-19T09:00:00Z");
        world.apply(ACME).await;
        // From 03:30 the first time to 03:30 the second time: an hour that the wall clock doesn't show.
        import_covering(&world, "Main PBX", "a,2026-10-20T10:00:00+03:00,inbound,answered,+380671112233,61\n", ("2026-10-12T00:00:00+03:00", "2026-10-25T03:30:00+03:00")).await;
        import_covering(&world, "Main PBX", "", ("2026-10-25T03:30:00+02:00", "2026-10-27T00:00:00+02:00")).await;
        world.set("2026-10-26T06:00:00Z");
        assert_eq!(world.settle().await.built, 0, "an hour is an hour");
        world.set("2026-10-26T09:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
        let text = read_by_owner(&world).await;
        assert!(text.contains("Calls of Sunday between 03:30 and 03:30 are missing"), "{text}");
    }

    async fn the_first_line_says_it_in_every_language(world: World) {
        let said = [
            ("en", "are missing"), ("uk", "Немає дзвінків за"), ("nl", "ontbreken"), ("de", "fehlen"), ("pl", "rakuje"), ("es", "altan"),
        ];
        behind(&world, "if_incomplete = \"send\"").await;
        for (n, (language, word)) in said.into_iter().enumerate() {
            world.apply(&format!("{}if_incomplete = \"send\"\n", ACME.replace("locale = \"en\"", &format!("locale = \"{language}\"")))).await;
            let week = n as i64 * 7 * 86_400;
            let due = Instant::parse_rfc3339(DUE).expect("valid").plus_seconds(week);
            let end = due.plus_seconds(-14 * 3_600);
            let from = if n == 0 { SUNDAY.0.to_owned() } else { due.plus_seconds(-8 * 86_400).to_string() };
            import_covering(&world, "Main PBX", "", (&from, &end.to_string())).await;
            world.clock.set(due);
            let before: Vec<String> = Mail::all(&world).into_iter().map(|mail| mail.text).collect();
            assert_eq!(world.settle().await.accepted, 4, "{language}");
            let mails: Vec<Mail> = Mail::all(&world).into_iter().filter(|mail| !before.contains(&mail.text)).collect();
            let text = plain(&Mail::to(&mails, "olena@acme.example").text);
            let line = text.find("Main PBX").map(|at| text[..at].chars().rev().take(120).collect::<String>());
            let line: String = line.expect("the source is named").chars().rev().collect();
            assert!(line.contains(word), "{language}: {line}");
        }
    }
}

/// A clock that jumped a moment ago.
struct Jumped(callbrief::clock::ManualClock);

impl callbrief::clock::Clock for Jumped {
    fn now(&self) -> Instant {
        self.0.now()
    }

    fn trust(&self) -> callbrief::clock::Trust {
        callbrief::clock::Trust::JustMoved
    }
}

on_both! {
    async fn after_a_jump_of_the_clock_no_wait_ends(world: World) {
        behind(&world, "").await;
        world.set(DUE);
        world.settle().await;
        world.set("2026-11-23T09:00:00Z");
        let clock = std::sync::Arc::new(Jumped(world.clock.clone()));
        let jumped = callbrief::app::App::open_patiently((*world.app.settings).clone(), clock).await.expect("it opens");
        assert_eq!(jobs::tick(&jumped).await.expect("runs"), jobs::TickReport::default(), "is the time up? nobody knows yet");
        world.set("2026-11-23T06:01:00Z");
        assert_eq!(world.settle().await.built, 0, "it wasn't");
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
    }

    /// Five days ahead for a few seconds: nothing expires, nothing is sent, no relay is shut until next week.
    async fn after_a_jump_of_the_clock_nothing_expires(world: World) {
        behind(&world, "if_incomplete = \"send\"").await;
        world.set(DUE);
        let none = |settings: &mut callbrief::config::settings::Settings| settings.mail.relays.clear();
        let unsent = world.replica(none).await;
        jobs::tick(&unsent).await.expect("it is built");
        let queued = "select count(*) from deliveries where state = 'queued'";
        assert_eq!(world.number(queued).await, 4);
        world.set("2026-11-28T06:00:00Z");
        let clock = std::sync::Arc::new(Jumped(world.clock.clone()));
        let jumped = callbrief::app::App::open_patiently((*world.app.settings).clone(), clock).await.expect("it opens");
        assert_eq!(jobs::tick(&jumped).await.expect("runs"), jobs::TickReport::default());
        assert_eq!(world.number(queued).await, 4, "nobody knows what time it is");
        // What was written all the same by a clock that was ahead counts as over.
        let until = Instant::parse_rfc3339("2026-11-28T06:05:00Z").expect("valid");
        let lanes = world.app.store.lanes().await.expect("the lanes");
        let mut session = world.app.store.write().await.expect("a transaction");
        for lane in lanes {
            session.lane_failed(&lane.id, until, "by a clock that was ahead", until).await.expect("shut");
        }
        session.commit().await.expect("kept");
        world.set("2026-11-23T06:02:00Z");
        assert_eq!(world.settle().await.accepted, 4);
    }

    async fn commands_say_what_waits_and_let_it_go(world: World) {
        behind(&world, "if_incomplete = \"hold\"").await;
        world.set(DUE);
        world.settle().await;
        crate::program::settings(&world, 0);
        let run = |args: &[&str]| {
            let output = crate::program::command(&world, "2026-11-23T07:00:00Z", args).output().expect("it runs");
            let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            (output.status.code(), plain(&said))
        };
        let (code, said) = run(&["list", "schedules"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("waits for calls of Main PBX"), "{said}");
        let (_, said) = run(&["list", "schedules", "--json"]);
        let list: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        let waiting = &list[0]["waiting"][0];
        assert_eq!((&waiting["until"], &waiting["missing"][0]["source"]), (&"2026-11-23T09:00:00Z".into(), &"Main PBX".into()), "{said}");
        let (_, said) = run(&["deliveries"]);
        let line = "weekly: A report was due 2026-11-23 08:00; it waits for calls of “Main PBX” (2026-11-22 17:40 to 2026-11-23 00:00); the owner is told 2026-11-23 11:00. (Europe/Kyiv time)";
        assert!(said.contains(line), "{said}");
        let (_, said) = run(&["explain", "--to", "taras@acme.example"]);
        assert!(said.contains("it waits for calls of “Main PBX”"), "{said}");
        let (code, said) = run(&["send-now", "weekly", "--waiting"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("The report due 2026-11-23 08:00 (Europe/Kyiv time) was made as it is.") && said.contains("Mails taken by a relay: 4."), "{said}");
        let (code, said) = run(&["send-now", "weekly", "--waiting"]);
        assert_eq!((code, said.as_str()), (Some(4), "No report of `weekly` waits for calls."));
        assert_eq!(world.outbox().len(), 4);
        assert!(read_by_owner(&world).await.contains("Calls of Sunday after 17:40 are missing"));
        let why = explain(&world, "taras@acme.example").await;
        assert!(why.contains("somebody of ours let it go as it was"), "{why}");
        let (_, said) = run(&["deliveries"]);
        assert!(!said.contains("it waits for"), "{said}");
    }

    async fn two_replicas_see_to_a_wait_once(world: World) {
        behind(&world, "if_incomplete = \"hold\"").await;
        world.set(DUE);
        let (one, other) = (world.replica(|_| {}).await, world.replica(|_| {}).await);
        let both = async || {
            let (a, b) = tokio::join!(jobs::tick(&one), jobs::tick(&other));
            (a.expect("runs"), b.expect("runs"))
        };
        let (a, b) = both().await;
        assert_eq!(a.fired + b.fired, 1);
        assert_eq!(world.number("select count(*) from ledger where reason = 'calls_missing'").await, 1);
        world.set("2026-11-23T09:00:00Z");
        both().await;
        assert_eq!(told(&world).await.len(), 1, "the owner hears once");
        let (c, d) = both().await;
        assert_eq!((c.built + d.built, c.failed + d.failed), (0, 0));
        world.set("2026-11-30T06:00:00Z");
        let (e, f) = both().await;
        assert_eq!((e.failed + f.failed, e.fired + f.fired), (1, 1), "given up once");
        assert_eq!(told(&world).await.len(), 2);
    }
}
