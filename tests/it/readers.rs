//! Between a report's making and its sending anything may change about who may read it. The gate is asked just before the
//! fence, so nothing wider than what holds at that moment ever leaves: the relay of these tests keeps what it took.

use std::time::Duration;

use callbrief::app::App;
use callbrief::config::settings::Encryption;
use callbrief::jobs::{self, Work};

use mail_parser::{MessageParser, MimeHeaders};

use crate::flow::{self, ACME, DUE};
use crate::support::mail;
use crate::support::smtp::{Act, At, Script, SmtpServer, Taken};
use crate::support::{World, on_both};

/// The number of the caller who waits, as its last digits stand in every way of writing it.
const WHOLE: &str = "502223344";
const LAST_FOUR: &str = "3344";

/// Everything that a reader of the message could read, digits joined.
fn readable(taken: &Taken) -> String {
    mail::joined(&mail::readable(&taken.bytes))
}

/// A built report whose mails go through a scripted relay.
struct Stage {
    smtp: SmtpServer,
    app: App,
    work: Work,
}

impl Stage {
    async fn built(world: &World, setup: &str, script: Script) -> Self {
        world.set("2026-11-16T09:00:00Z");
        world.apply(setup).await;
        world.import("acme", flow::CALLS).await;
        world.set(DUE);
        Self::again(world, script).await
    }

    /// The next report, when it is due.
    async fn again(world: &World, script: Script) -> Self {
        let smtp = SmtpServer::start(script).await;
        let relay = smtp.relay("a", Encryption::Plain);
        let app = world.replica(|settings| settings.mail.relays = vec![relay]).await;
        jobs::fire_schedules::step(&app).await.expect("it fires");
        let work = Work::open(&app).await.expect("it opens");
        assert_eq!(jobs::build::step(&app, &work).await.expect("it builds").built, 1);
        Self { smtp, app, work }
    }

    async fn settle(&self) {
        jobs::tick_with(&self.app, &self.work).await.expect("the jobs run");
    }

    /// What the relay took for this address.
    fn taken(&self, address: &str) -> Vec<Taken> {
        self.smtp.seen().taken.into_iter().filter(|taken| taken.to == address).collect()
    }
}

/// The state and reason of the delivery to an address.
async fn ended(world: &World, address: &str) -> String {
    let sql =
        format!("select state || ' ' || coalesce(reason, '') from deliveries where address = '{address}' order by id");
    world.texts(&sql).await.join(", ").trim().to_owned()
}

const TARAS: &str = "taras@acme.example";

on_both! {
    async fn whoever_may_not_have_it_any_more_gets_nothing(world: World) {
        let changes = [
            ("name = \"Taras Bondar\"", "name = \"Taras Bondar\"\nactive = false", "suppressed contact_inactive"),
            ("roles = { acme = [\"manager\"] }", "roles = {}", "suppressed contact_without_role"),
            ("roles = { acme = [\"manager\"] }", "roles = { acme = [\"ops\"] }", "suppressed role_receives_not"),
            ("email = [\"taras@acme.example\"]", "email = [\"taras.new@acme.example\"]", "suppressed address_removed"),
            ("\"olena\", \"taras\", \"fin\"", "\"olena\", \"fin\"", "suppressed not_a_recipient_any_more"),
        ];
        let mut stage = Stage::built(&world, ACME, Script::default()).await;
        for (n, (before, after, reason)) in changes.iter().enumerate() {
            let changed = ACME.replace(before, after);
            assert_ne!(changed, ACME, "{before}");
            world.apply(&changed).await;
            stage.settle().await;
            let last = ended(&world, TARAS).await;
            assert!(last.ends_with(reason), "{last}");
            let taken: Vec<String> = stage.smtp.seen().taken.into_iter().map(|taken| taken.to).collect();
            assert!(!taken.iter().any(|to| to.starts_with("taras")), "{reason}: {taken:?}");
            assert_eq!(taken.len(), 3, "{reason}: the others get theirs: {taken:?}");
            world.apply(ACME).await;
            world.set(&format!("2026-{}T06:00:00Z", ["11-30", "12-07", "12-14", "12-21", "12-28"][n]));
            stage = Stage::again(&world, Script::default()).await;
        }
        world.execute("update projects set allowed_domains = '[]'").await;
        stage.settle().await;
        assert!(stage.taken("board@acme.example").is_empty());
        assert!(ended(&world, "board@acme.example").await.ends_with("suppressed domain_not_allowed"));
    }

    async fn a_role_that_narrows_gets_the_narrower_report_and_nothing_else(world: World) {
        let stage = Stage::built(&world, ACME, Script::default()).await;
        world.apply(&ACME.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"viewer\"] }")).await;
        stage.settle().await;
        let taken = stage.taken(TARAS);
        assert_eq!(taken.len(), 1);
        let text = readable(&taken[0]);
        assert!(!text.contains(WHOLE) && text.contains(LAST_FOUR), "{text}");
        let olena = readable(&stage.taken("olena@acme.example")[0]);
        assert!(olena.contains(WHOLE), "the owner's own report tells the number, so this test would see it");
        // Viewers share what the board reads: no second variant was made for the same kind of reader.
        assert_eq!(world.number("select count(distinct variant) from deliveries where address in ('taras@acme.example', 'board@acme.example')").await, 1);
    }

    async fn a_schedule_that_narrows_does_so_for_everybody_and_for_plain_addresses(world: World) {
        let stage = Stage::built(&world, ACME, Script::default()).await;
        world.apply(&format!("{ACME}numbers = \"none\"\n")).await;
        // One pass finds out what is too wide, the next makes what is narrower.
        stage.settle().await;
        stage.settle().await;
        let seen = stage.smtp.seen();
        assert_eq!(seen.taken.len(), 4, "{}", ended(&world, "board@acme.example").await);
        for taken in &seen.taken {
            let text = readable(taken);
            assert!(!text.contains(WHOLE) && !text.contains(LAST_FOUR), "{}: {text}", taken.to);
        }
    }

    async fn a_retry_after_narrowing_stays_narrow(world: World) {
        let script = Script::default().first_for("taras", At::Rcpt, 1, Act::Say("451 4.3.0 try later"));
        let stage = Stage::built(&world, ACME, script).await;
        stage.settle().await;
        assert!(stage.taken(TARAS).is_empty());
        world.apply(&ACME.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"finance\"] }")).await;
        for _ in 0..6 {
            world.advance(Duration::from_secs(3_600));
            stage.settle().await;
        }
        let taken = stage.taken(TARAS);
        assert_eq!(taken.len(), 1, "{}", ended(&world, TARAS).await);
        assert!(!readable(&taken[0]).contains(WHOLE));
        // Wider again: what was narrowed isn't widened, and nothing goes twice.
        world.apply(ACME).await;
        world.advance(Duration::from_secs(3_600));
        stage.settle().await;
        assert_eq!(stage.taken(TARAS).len(), 1);
    }

    async fn a_leaver_whose_report_was_refused_once_gets_nothing_later(world: World) {
        let script = Script::default().first_for("taras", At::Rcpt, 1, Act::Say("451 4.3.0 try later"));
        let stage = Stage::built(&world, ACME, script).await;
        stage.settle().await;
        world.apply(&ACME.replace("name = \"Taras Bondar\"", "name = \"Taras Bondar\"\nactive = false")).await;
        world.advance(Duration::from_secs(7_200));
        stage.settle().await;
        assert!(stage.taken(TARAS).is_empty());
        assert_eq!(ended(&world, TARAS).await, "suppressed contact_inactive");
    }

    async fn an_unsubscribe_between_build_and_send_is_kept(world: World) {
        let stage = Stage::built(&world, ACME, Script::default()).await;
        let mut session = world.app.store.write().await.expect("a connection");
        let stop = callbrief::store::suppressions::NewSuppression {
            project: None,
            schedule: Some("weekly"),
            channel: "email",
            address: TARAS,
            reason: "unsubscribed",
            detail: None,
            actor: "the reader",
        };
        assert!(session.suppress(world.now(), &stop).await.expect("it is stopped"));
        session.commit().await.expect("it is kept");
        stage.settle().await;
        assert!(stage.taken(TARAS).is_empty());
        assert_eq!(stage.smtp.seen().taken.len(), 3);
    }

    async fn readers_of_one_kind_share_one_variant_stored_once(world: World) {
        let more = "\n[[contact]]\nid = \"ira\"\nname = \"Ira\"\naddresses = { email = [\"ira@acme.example\"] }\nroles = { acme = [\"support\"] }\n";
        let setup = format!("{}{more}{}", &ACME[..ACME.find("[[schedule]]").expect("one")], &ACME[ACME.find("[[schedule]]").expect("one")..])
            .replace("\"taras\", ", "\"taras\", \"ira\", \"second@acme.example\", ");
        let stage = Stage::built(&world, &setup, Script::default()).await;
        stage.settle().await;
        let same = |a: &str, b: &str| format!("select count(distinct variant) from deliveries where address in ('{a}@acme.example', '{b}@acme.example')");
        assert_eq!(world.number(&same("taras", "ira")).await, 1, "manager and support see the same");
        assert_eq!(world.number(&same("board", "second")).await, 1, "two plain addresses");
        assert_eq!(world.number(&same("taras", "olena")).await, 2, "an owner sees money");
        assert_eq!(world.number("select count(*) from deliveries").await, 6);
        assert_eq!(world.number("select count(*) from variants").await, 4);
        assert_eq!(world.number("select count(*) - count(distinct hash) from artefacts").await, 0, "each content is stored once");
        let forms = world.number("select count(*) from variant_artefacts").await;
        assert!(world.number("select count(*) from artefacts").await <= forms);
    }

    async fn a_leaver_whose_narrower_report_isnt_made_yet_is_stopped_for_that_reason(world: World) {
        let ends = [
            ("name = \"Taras Bondar\"", "name = \"Taras Bondar\"\nactive = false", "suppressed contact_inactive"),
            ("roles = { acme = [\"viewer\"] }", "roles = {}", "suppressed contact_without_role"),
            ("\"olena\", \"taras\", \"fin\"", "\"olena\", \"fin\"", "suppressed not_a_recipient_any_more"),
        ];
        // Nobody else reads as a viewer does, so a narrower report has to be made.
        let setup = ACME.replace(", \"board@acme.example\"", "");
        let narrowed = setup.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"viewer\"] }");
        let mut stage = Stage::built(&world, &setup, Script::default()).await;
        for (n, (before, after, reason)) in ends.iter().enumerate() {
            world.apply(&narrowed).await;
            jobs::send_now(&stage.app, &stage.work).await.expect("it sends");
            assert!(ended(&world, TARAS).await.ends_with("queued narrower_variant"), "{}", ended(&world, TARAS).await);
            let left = narrowed.replace(before, after);
            assert_ne!(left, narrowed, "{before}");
            world.apply(&left).await;
            stage.settle().await;
            assert!(ended(&world, TARAS).await.ends_with(reason), "{}", ended(&world, TARAS).await);
            assert!(stage.taken(TARAS).is_empty());
            world.apply(&setup).await;
            world.set(&format!("2026-{}T06:00:00Z", ["11-30", "12-07", "12-14"][n]));
            stage = Stage::again(&world, Script::default()).await;
        }
        stage.settle().await;
        assert_eq!(stage.taken(TARAS).len(), 1, "who is back gets the next one");
    }

    async fn a_narrower_report_is_made_for_a_schedule_that_was_paused_meanwhile(world: World) {
        let setup = ACME.replace(", \"board@acme.example\"", "");
        let stage = Stage::built(&world, &setup, Script::default()).await;
        let narrowed = setup.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"viewer\"] }");
        world.apply(&format!("{narrowed}paused = true\n")).await;
        stage.settle().await;
        stage.settle().await;
        let taken = stage.taken(TARAS);
        assert_eq!(taken.len(), 1, "{}: what was made before the pause goes out", ended(&world, TARAS).await);
        assert!(!readable(&taken[0]).contains(WHOLE));
    }

    async fn a_project_that_is_retired_between_build_and_send_sends_nothing(world: World) {
        let stage = Stage::built(&world, ACME, Script::default()).await;
        world.execute("update projects set retired_at = updated_at").await;
        stage.settle().await;
        assert!(stage.smtp.seen().taken.is_empty());
        let states = "select distinct state || ' ' || reason from deliveries";
        assert_eq!(world.texts(states).await, ["suppressed project_retired"]);
    }

    async fn who_may_see_more_gets_what_was_built_and_more_from_the_next_on(world: World) {
        let viewer = ACME.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"viewer\"] }");
        let stage = Stage::built(&world, &viewer, Script::default()).await;
        world.apply(ACME).await;
        stage.settle().await;
        let taken = stage.taken(TARAS);
        assert_eq!(taken.len(), 1);
        assert!(!readable(&taken[0]).contains(WHOLE), "what was built for a viewer");
        // The next week's report tells a number in full.
        world.import("acme", "z,2026-11-24T10:05:00+02:00,inbound,missed_no_answer,+380502223344,\n").await;
        world.set("2026-11-30T06:00:00Z");
        let next = Stage::again(&world, Script::default()).await;
        next.settle().await;
        assert!(readable(&next.taken(TARAS)[0]).contains(WHOLE));
    }

    async fn recordings_and_money_are_for_those_who_may_in_every_part_and_file(world: World) {
        let setup = ACME
            .replace("report = \"summary\"", "report = \"calls\"")
            .replace("formats = [\"pdf\"]", "formats = [\"pdf\", \"csv\", \"json\"]")
            .replace("[[schedule]]", "[[report]]\nid = \"calls\"\nsections = [\"call_list\"]\noptions = { columns = [\"started_at\", \"client_number\", \"cost\", \"currency\", \"recording_url\"] }\n\n[[schedule]]");
        world.set("2026-11-16T09:00:00Z");
        world.apply(&setup).await;
        world.import_file("acme", "call_id,started_at,direction,status,client_number,talk_sec,cost,currency,recording_url\n\
            a,2026-11-17T10:00:00+02:00,inbound,answered,+380502223344,61,0.7531,EUR,https://rec.example/hear/1.mp3\n").await;
        world.set(DUE);
        let stage = Stage::again(&world, Script::default()).await;
        stage.settle().await;
        let page = "https://rec.example/hear/1.mp3";
        let may: &[(&str, bool, bool)] = &[
            ("olena@acme.example", true, true),
            (TARAS, true, false),
            ("inna@acme.example", false, true),
            ("board@acme.example", false, false),
        ];
        for (who, listens, sees_money) in may {
            let taken = stage.taken(who);
            let message = MessageParser::default().parse(&taken[0].bytes).expect("a message");
            let text = message.body_text(0).expect("a text part").into_owned();
            let html = message.body_html(0).expect("an HTML part").into_owned();
            assert_eq!(text.contains(page), *listens, "{who}, text: {text}");
            assert_eq!(html.contains(page), *listens, "{who}, HTML");
            for file in message.attachments().filter(|file| !file.contents().starts_with(b"%PDF")) {
                let bytes = String::from_utf8_lossy(file.contents()).into_owned();
                let name = file.attachment_name().unwrap_or_default();
                assert_eq!(bytes.contains(page), *listens, "{who}, {name}");
                assert_eq!(bytes.contains("0.7531"), *sees_money, "{who}, {name}: {bytes}");
                assert!(!name.contains(LAST_FOUR), "{name}");
            }
            assert_eq!(readable(&taken[0]).contains("rec.example"), *listens, "{who}, anywhere");
        }
    }
}
