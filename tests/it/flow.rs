//! From a call to a mail: what is due is made and sent once, to whoever may have it at that moment.

use std::time::Duration;

use callbrief::domain::contact::EmailAddress;
use callbrief::jobs;
use callbrief::notify::by_hand;
use callbrief::store::suppressions::NewSuppression;

use crate::support::mail::Mail;
use crate::support::{World, on_both};

/// One project in Kyiv with a manager, a finance contact and a schedule: Mondays at 08:00.
pub const ACME: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"
allowed_domains = ["acme.example"]

[[contact]]
id = "olena"
name = "Olena Koval"
addresses = { email = ["olena@acme.example"] }
roles = { acme = ["owner"] }

[[contact]]
id = "taras"
name = "Taras Bondar"
addresses = { email = ["taras@acme.example"] }
roles = { acme = ["manager"] }

[[contact]]
id = "fin"
name = "Inna Moroz"
addresses = { email = ["inna@acme.example"] }
roles = { acme = ["finance"] }

[[schedule]]
id = "weekly"
project = "acme"
report = "summary"
recipients = ["olena", "taras", "fin", "board@acme.example"]
every = "week"
on = ["mon"]
at = "08:00"
formats = ["pdf"]
"#;

/// Calls of the week of 16 to 22 November 2026.
pub const CALLS: &str = "\
a,2026-11-17T10:00:00+02:00,inbound,answered,+380671112233,61
b,2026-11-17T10:05:00+02:00,inbound,missed_no_answer,+380502223344,
c,2026-11-18T15:20:00+02:00,inbound,answered,+380671112233,120
";

const SENT: &str = "select address from deliveries where state = 'accepted' order by address";

/// The set-up, on Monday after its first report would have been due, so that the next is a week away.
pub async fn acme(world: &World) {
    world.set("2026-11-16T09:00:00Z");
    world.apply(ACME).await;
    world.import("acme", CALLS).await;
}

/// Monday, 23 November, 08:00 in Kyiv.
pub const DUE: &str = "2026-11-23T06:00:00Z";

on_both! {
    async fn a_report_goes_in_every_form_that_is_asked_for(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let setup = ACME
            .replace("formats = [\"pdf\"]", "formats = [\"pdf\", \"xlsx\", \"csv\", \"json\"]")
            .replace("report = \"summary\"", "report = \"call-log\"");
        world.apply(&setup).await;
        world.import("acme", CALLS).await;
        world.set(DUE);
        world.settle().await;
        let mails = Mail::all(&world);
        let mail = Mail::to(&mails, "olena@acme.example");
        let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!(mail.attachments, ["application/pdf", workbook, "text/csv", "application/json"]);
        let names: Vec<&str> = mail.files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["pdf", "xlsx", "csv", "json"].map(|ending| format!("acme-2026-11-16-call-log.{ending}")));
        assert!(mail.files[1].1.starts_with(b"PK"), "a workbook is an archive");
        let rows = String::from_utf8(mail.files[2].1.clone()).expect("CSV is text");
        assert!(rows.starts_with('\u{feff}') && rows.contains("+380671112233") && rows.lines().count() == 4, "{rows}");
        let said = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("Attached: PDF, 1 page, Excel, CSV and JSON."), "{said}");
        let board = Mail::to(&mails, "board@acme.example");
        let rows = String::from_utf8(board.files[2].1.clone()).expect("CSV is text");
        assert!(!rows.contains("380671112233"), "a plain address sees no number in full: {rows}");
    }

    async fn the_next_one_has_its_time_where_several_come_on_a_day(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let twice = ACME.replace("at = \"08:00\"", "at = [\"08:00\", \"17:30\"]").replace("id = \"weekly\"", "id = \"twice\"");
        world.apply(&format!("{ACME}{}", &twice[twice.find("[[schedule]]").expect("one")..])).await;
        world.import("acme", CALLS).await;
        world.set(DUE);
        world.settle().await;
        let mails = Mail::all(&world);
        let foots: Vec<String> =
            mails.iter().filter(|mail| mail.to == "olena@acme.example").map(|mail| mail.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let has = |part: &str| foots.iter().filter(|foot| foot.contains(part)).count();
        assert_eq!((has("Next: Monday 23 November, 17:30."), has("Next: Monday 30 November.")), (1, 1), "{foots:?}");
    }

    async fn it_is_explained_by_day_and_by_reference(world: World) {
        acme(&world).await;
        world.set(DUE);
        world.settle().await;
        let olena = EmailAddress::parse("olena@acme.example").expect("valid");
        let on = async |date: &str| {
            let date = date.parse().expect("a date");
            let told = callbrief::cli::explain::by_address(&world.app, olena.as_str(), None, Some(date)).await;
            told.expect("it is explained").unwrap_or_else(|unknown| unknown)
        };
        let told = on("2026-11-23").await;
        assert!(told.contains("A report was due 2026-11-23 08:00 and made 2026-11-23 08:00"), "{told}");
        assert!(told.contains("was taken by outbox 2026-11-23 08:00"), "{told}");
        assert!(on("2026-11-24").await.contains("Nothing is due on 2026-11-24: the rule doesn't fire on that day."));
        assert!(on("2026-11-30").await.contains("On 2026-11-30 it is due 2026-11-30 08:00; that is still to come."));
        assert!(on("2026-11-09").await.contains("Nothing was due on 2026-11-09: the schedule is active only since"));
        let reference = world.texts("select reference from deliveries where address = 'olena@acme.example'").await.remove(0);
        let told = callbrief::cli::explain::by_reference(&world.app, &reference.to_lowercase()).await.expect("asked").expect("known");
        assert!(told.contains("weekly, Europe/Kyiv time"), "{told}");
        assert!(told.contains(&format!("The mail to olena@acme.example, reference {reference}, was taken")), "{told}");
        let unknown = callbrief::cli::explain::by_reference(&world.app, "0000-0000").await.expect("asked");
        assert!(unknown.is_err_and(|text| text.contains("No mail has the reference 0000-0000")));
    }

    async fn a_call_becomes_a_mail(world: World) {
        acme(&world).await;
        assert_eq!(world.settle().await.fired, 0, "nothing is due before Monday");
        world.set(DUE);
        let report = world.settle().await;
        assert_eq!((report.fired, report.built, report.accepted), (1, 1, 4), "{report:?}");
        assert_eq!(
            world.texts(SENT).await,
            ["board@acme.example", "inna@acme.example", "olena@acme.example", "taras@acme.example"]
        );
        let mails = Mail::all(&world);
        assert_eq!(mails.len(), 4);
        let olena = Mail::to(&mails, "olena@acme.example");
        assert!(olena.text.contains("You get this every Monday at 08:00 (Kyiv time) as owner of Acme Windows."), "{}", olena.text);
        assert!(olena.text.contains("Next: Monday 30 November."), "{}", olena.text);
        assert!(olena.text.contains("Reference "), "{}", olena.text);
        assert!(olena.html.contains("Stop this report"), "no link to stop it");
        assert_eq!(olena.attachments, ["application/pdf"]);
        assert_eq!(world.number("select count(*) from variants").await, 4, "the four may see different things");
        let period = world.texts("select occurrence from runs").await;
        assert_eq!(period, ["2026-11-23T08:00#0"]);
        let again = world.settle().await;
        assert_eq!(again, jobs::TickReport::default(), "everything is done");
    }

    async fn what_readers_may_see_decides_what_they_get(world: World) {
        acme(&world).await;
        world.set(DUE);
        world.settle().await;
        let mails = Mail::all(&world);
        let of = |address: &str| Mail::to(&mails, address);
        assert!(of("taras@acme.example").text.replace('\u{a0}', " ").contains("50 222 3344"), "{}", of("taras@acme.example").text);
        for masked in ["board@acme.example", "inna@acme.example"] {
            assert!(!of(masked).text.replace('\u{a0}', " ").contains("222 33"), "{masked}: {}", of(masked).text);
            assert!(of(masked).text.contains("3344") || of(masked).text.contains("33 44"), "{masked}: {}", of(masked).text);
        }
    }

    async fn two_replicas_at_once_send_each_mail_once(world: World) {
        acme(&world).await;
        world.set(DUE);
        let other = world.replica(|_| {}).await;
        let third = world.replica(|_| {}).await;
        let (a, b, c) = tokio::join!(jobs::tick(&world.app), jobs::tick(&other), jobs::tick(&third));
        let (a, b, c) = (a.expect("runs"), b.expect("runs"), c.expect("runs"));
        world.settle().await;
        assert_eq!(a.fired + b.fired + c.fired, 1);
        assert_eq!(world.number("select count(*) from runs").await, 1);
        assert_eq!(world.number("select count(*) from deliveries").await, 4);
        assert_eq!(world.number("select count(*) from deliveries where state = 'accepted'").await, 4);
        assert_eq!(world.outbox().len(), 4);
    }

    async fn a_leaver_gets_nothing_even_when_the_report_is_already_made(world: World) {
        acme(&world).await;
        world.set(DUE);
        build_without_sending(&world).await;
        world.apply(&ACME.replace("name = \"Taras Bondar\"", "name = \"Taras Bondar\"\nactive = false")).await;
        world.settle().await;
        assert_eq!(
            world.texts(SENT).await,
            ["board@acme.example", "inna@acme.example", "olena@acme.example"]
        );
        assert_eq!(
            world.texts("select reason from deliveries where state = 'suppressed'").await,
            ["contact_inactive"]
        );
        assert_eq!(world.outbox().len(), 3);
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("was stopped before it was sent: the contact isn't active"), "{told}");
    }

    async fn a_reader_who_may_see_less_by_now_gets_a_narrower_report(world: World) {
        acme(&world).await;
        world.set(DUE);
        build_without_sending(&world).await;
        world.apply(&ACME.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"viewer\"] }")).await;
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where state = 'accepted'").await, 4);
        let mails = Mail::all(&world);
        let taras = Mail::to(&mails, "taras@acme.example");
        assert!(!taras.text.replace('\u{a0}', " ").contains("222 33"), "{}", taras.text);
        let readers = world
            .texts("select v.kind_of_reader from variants v join deliveries d on d.variant = v.id where d.contact = 'taras'")
            .await;
        assert!(readers[0].contains("last-4"), "{readers:?}");
    }

    async fn a_reader_who_stops_between_building_and_sending_gets_nothing(world: World) {
        acme(&world).await;
        world.set(DUE);
        build_without_sending(&world).await;
        let mut session = world.app.store.write().await.expect("a connection");
        let stop = NewSuppression {
            project: None,
            schedule: Some("weekly"),
            channel: "email",
            // Letter case doesn't matter.
            address: "Taras@acme.example",
            reason: "unsubscribed",
            detail: None,
            actor: "the reader",
        };
        assert!(session.suppress(world.now(), &stop).await.expect("it is stopped"));
        session.commit().await.expect("it is kept");
        world.settle().await;
        assert_eq!(world.outbox().len(), 3);
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("gets nothing since 2026-11-23 08:00: the reader stopped this report"), "{told}");
    }

    async fn what_people_did_is_told_with_who_and_why(world: World) {
        acme(&world).await;
        world.set(DUE);
        world.settle().await;
        let reference = world.texts("select reference from deliveries where contact = 'taras'").await.remove(0);
        let row = by_hand::find(&world.app, &reference).await.expect("it is there");
        by_hand::resend(&world.app, &row, None, "olena", "Taras lost it").await.expect("it is queued");
        world.settle().await;
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("olena asked for it again 2026-11-23 08:00: “Taras lost it”."), "{told}");
        assert_eq!(told.matches("asked for it again").count(), 1, "not of the first mail: {told}");

        let mut session = world.app.store.write().await.expect("a connection");
        let stop = NewSuppression {
            project: None,
            schedule: None,
            channel: "email",
            address: "taras@acme.example",
            reason: "by_hand",
            detail: Some("left the company"),
            actor: "eva",
        };
        assert!(session.suppress(world.now(), &stop).await.expect("it is stopped"));
        session.commit().await.expect("it is kept");
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("since 2026-11-23 08:00: eva stopped the address: “left the company”."), "{told}");
    }

    async fn an_agent_whose_own_calls_nobody_knows_is_told_so(world: World) {
        acme(&world).await;
        world.apply(&ACME.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"agent\"] }")).await;
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("gets none as an agent of acme") && told.contains("no [[agent]] of acme"), "{told}");
        world.set(DUE);
        world.settle().await;
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("taras@acme.example got none: the contact sees own calls only"), "{told}");
    }

    async fn a_sample_for_somebody_else_is_not_told_as_ones_own_report(world: World) {
        acme(&world).await;
        world.set(DUE);
        world.settle().await;
        world
            .execute(
                "insert into runs (project, schedule, occurrence, fires_at, period_from, period_to, compare_from, \
                 compare_to, notes, is_sample, state, skipped_count, tries, created_at, updated_at, built_at) \
                 select project, schedule, 'sample:1', fires_at, period_from, period_to, compare_from, compare_to, notes, \
                 not is_sample, state, skipped_count, tries, created_at, updated_at, built_at from runs",
            )
            .await;
        let told = explain(&world, "TARAS@acme.example").await;
        assert!(told.contains("was taken by"), "{told}");
        assert!(!told.contains("sample") && !told.contains("wasn't in the list"), "{told}");
    }

    async fn nothing_is_sent_by_a_paused_or_ended_schedule(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&format!("{ACME}paused = true\n{}", ended())).await;
        world.set(DUE);
        let report = world.settle().await;
        assert_eq!((report.fired, report.accepted), (0, 0), "{report:?}");
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("The schedule is paused."), "{told}");
        world.advance(Duration::from_secs(3_600));
        world.apply(ACME).await;
        assert_eq!(world.settle().await.fired, 0, "the end of a pause brings nothing back");
        world.set("2026-11-30T06:00:00Z");
        assert_eq!(world.settle().await.accepted, 4, "the next Monday is as ever");
    }

    async fn a_pause_after_the_report_fell_due_keeps_it_from_being_made(world: World) {
        acme(&world).await;
        world.set(DUE);
        jobs::fire_schedules::step(&world.app).await.expect("it fires");
        world.apply(&format!("{ACME}paused = true\n")).await;
        assert_eq!(world.settle().await.not_built, 1);
        assert_eq!(world.texts("select reason from runs").await, ["paused"]);
        assert!(world.outbox().is_empty());
    }

    async fn a_report_that_is_sent_only_with_calls_is_skipped_without(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&format!("{ACME}send = \"if-calls\"\n")).await;
        world.import("acme", "m,2026-11-12T10:00:00+02:00,inbound,answered,+380671112233,61\n").await;
        world.set(DUE);
        assert_eq!(world.settle().await.not_built, 1);
        assert_eq!(world.texts("select reason from runs").await, ["no_calls"]);
        let told = explain(&world, "taras@acme.example").await;
        assert!(told.contains("wasn't sent: the period had no calls"), "{told}");
        world.import("acme", "n,2026-11-24T10:00:00+02:00,inbound,answered,+380671112233,61\n").await;
        world.set("2026-11-30T06:00:00Z");
        assert_eq!(world.settle().await.accepted, 4);
    }

    async fn without_anybody_to_send_to_the_run_says_so(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let nobody = ACME
            .replace("[\"olena\", \"taras\", \"fin\", \"board@acme.example\"]", "[\"taras\"]")
            .replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"ops\"] }");
        world.apply(&nobody).await;
        world.set(DUE);
        assert_eq!(world.settle().await.not_built, 1);
        assert_eq!(world.texts("select reason from runs").await, ["no_recipients"]);
        let detail = world.texts("select detail from ledger where to_state = 'skipped'").await;
        assert_eq!(detail, ["taras: role_receives_not"]);
    }

    async fn a_report_that_cannot_be_made_fails_and_its_owner_is_told(world: World) {
        acme(&world).await;
        world.execute("update schedules set report = 'vanished'").await;
        world.set(DUE);
        let report = world.settle().await;
        assert_eq!(report.failed, 1, "{report:?}");
        assert_eq!(world.texts("select reason from runs").await, ["unknown_report"]);
        let mails = Mail::all(&world);
        assert_eq!(mails.len(), 1);
        let owner = Mail::to(&mails, "olena@acme.example");
        assert!(owner.subject.contains("“every Monday at 08:00”"), "{}", owner.subject);
        world.settle().await;
        assert_eq!(world.outbox().len(), 1, "once");
    }
}

fn ended() -> &'static str {
    r#"
[[schedule]]
id = "ended"
project = "acme"
report = "summary"
recipients = ["olena"]
every = "day"
at = "08:00"
starts = 2026-11-01T00:00:00Z
ends = 2026-11-16T09:30:00Z
"#
}

/// Everything up to the built report; nothing is sent.
pub async fn build_without_sending(world: &World) {
    jobs::fire_schedules::step(&world.app).await.expect("it fires");
    let work = jobs::Work::open(&world.app).await.expect("it opens");
    let report = jobs::build::step(&world.app, &work).await.expect("it builds");
    assert_eq!(report.built, 1);
}

/// What `explain --to` says.
pub async fn explain(world: &World, address: &str) -> String {
    let address = EmailAddress::parse(address).expect("valid");
    callbrief::cli::explain::by_address(&world.app, address.as_str(), None, None)
        .await
        .expect("it is explained")
        .expect("something is known")
}
