//! Phone numbers are confirmed by a code: it goes by the one way out, is told nowhere else, and opens its own number only.

use std::time::Duration;

use callbrief::app::App;
use callbrief::cli::explain;
use callbrief::cli::who::{self, Args};
use callbrief::config::channels::{Channel, Replies, Service, SmsWay};
use callbrief::config::secret::Secret;
use callbrief::config::settings::SmsCaps;
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::episode::Level;
use callbrief::domain::ids::{ContactId, ProjectId};
use callbrief::domain::notice::NoticeKind;
use callbrief::domain::number_code::NumberCode;
use callbrief::jobs;
use callbrief::notify::by_hand;
use callbrief::notify::hold::{self, Scope};
use callbrief::notify::number_codes::{self, Asked, Problem, Sent};
use callbrief::notify::text_replies;
use callbrief::store::number_codes::NumberOf;

use crate::channels::{FIXTURES, channel, with_channels};
use crate::program::{command, settings};
use crate::reach::{balance, person, setup};
use crate::support::http::HttpServer;
use crate::support::setup::try_apply;
use crate::support::{World, ledger, on_both};
use crate::web::{Site, ask};

const NUMBER: &str = "+380441234567";
const OTHER: &str = "+380441234568";

/// Nadia of finance hears by texts at these numbers, which the file doesn't confirm; olena owns the project.
fn people(numbers: &[&str]) -> String {
    let numbers = numbers.iter().map(|number| format!("\"{number}\"")).collect::<Vec<_>>().join(", ");
    let nadia = format!("addresses = {{ sms = [{numbers}] }}\nalerts = [\"sms\"]");
    setup(&(person("nadia", "finance", &nadia) + OLENA))
}

const OLENA: &str = "[[contact]]\nid = \"olena\"\nname = \"olena\"\nroles = { acme = [\"owner\"] }\n\
                     addresses = { email = [\"olena@acme.example\"] }\n";

/// A gateway that takes texts and tells answers, and a process that knows it.
struct Texts {
    server: HttpServer,
    app: App,
}

impl Texts {
    async fn of(world: &World) -> Self {
        let server = HttpServer::start((FIXTURES[4].yes)()).await;
        let mut texts: Channel = channel("texts", ChannelKind::Sms, (FIXTURES[4].service)(&server));
        let Some(Service::Sms(sms)) = &mut texts.service else { panic!("a gateway") };
        let SmsWay::Gateway(gateway) = &mut sms.way else { panic!("a gateway") };
        let (from, text) = ("from".to_owned(), "text".to_owned());
        gateway.replies = Some(Replies { secret: Secret::new("0123456789abcdef0123"), from, text });
        let app = world.replica(with_channels(vec![texts])).await;
        Self { server, app }
    }

    async fn settle(&self) {
        jobs::tick(&self.app).await.expect("the jobs run");
    }

    /// Asks for a code of a contact's number.
    async fn ask(&self, contact: &str, number: &str) -> Result<Sent, Problem> {
        let project = ProjectId::parse("acme").expect("an id");
        let project = self.app.store.project(&project).await.expect("read").expect("acme");
        let contact = self.app.store.contact(&id(contact)).await.expect("read").expect("a contact");
        number_codes::send(&self.app, Asked { contact: &contact, project: &project, number, actor: "tester" }).await
    }

    /// The same, and what came there.
    async fn code(&self, contact: &str, number: &str) -> String {
        self.ask(contact, number).await.expect("a code");
        let before = self.server.taken().len();
        self.settle().await;
        assert_eq!(self.server.taken().len(), before + 1, "one text");
        code_in(&self.server)
    }

    async fn give(&self, contact: &str, number: &str, code: &str) -> Result<(), Problem> {
        let code = NumberCode::read(code).expect("six digits");
        number_codes::confirm(&self.app, NumberOf { contact: &id(contact), number }, &code, "tester").await
    }
}

fn id(contact: &str) -> ContactId {
    ContactId::parse(contact).expect("an id")
}

fn last_text(server: &HttpServer) -> String {
    server.taken().pop().expect("a request").json()["text"].as_str().expect("a text").to_owned()
}

fn code_in(server: &HttpServer) -> String {
    let text = last_text(server);
    let code = text.split(' ').next().expect("a word").to_owned();
    assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{text}");
    code
}

/// Another six digits.
fn wrong(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().expect("digits") + 1) % 1_000_000)
}

async fn confirmed(world: &World) -> Vec<String> {
    let sql = "select contact || ' ' || number || ' ' || confirmed_by from number_confirmations \
               where confirmed_at is not null order by 1";
    world.texts(sql).await
}

async fn last_state(world: &World) -> String {
    let sql = "select state || ' ' || coalesce(reason, '') from deliveries order by id desc limit 1";
    world.texts(sql).await.remove(0)
}

/// A code is nowhere in the database, and neither is a hash of the text that carried it.
async fn is_kept_nowhere(world: &World, code: &str, text: &str) {
    let columns = [
        "select why || coalesce(reply, '') || coalesce(message_hash, '') from deliveries",
        "select coalesce(detail, '') from ledger",
        "select detail from audit",
        "select subject from variants",
        "select code_hash from number_confirmations",
    ];
    let plain = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let plain: String = plain.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    for sql in columns {
        for kept in world.texts(sql).await {
            let said = kept.split(|sign: char| !sign.is_ascii_digit()).any(|digits| digits == code);
            assert!(!said && !kept.contains(&plain), "{sql}: {kept}");
        }
    }
    let variant = world.number("select variant from deliveries where kind = 'test' order by id limit 1").await;
    let forms = world.app.store.artefacts_of(variant).await.expect("the forms");
    assert_eq!(forms.len(), 1);
    let brief = zstd::decode_all(forms[0].bytes.as_slice()).expect("it is packed");
    let brief = String::from_utf8(brief).expect("text");
    assert!(brief.contains("{number-code}") && !brief.contains(code), "{brief}");
}

on_both! {
    async fn a_code_given_to_the_command_confirms_a_number_and_warnings_go_there(world: World) {
        let texts = Texts::of(&world).await;
        let file = people(&[NUMBER]);
        let (_, warnings) = try_apply(&world, "setup.toml", &file, false).await.expect("it is taken");
        assert!(warnings.contains("nobody confirmed that +380441234567 is a number of `nadia`, so no texts"), "{warnings}");
        assert!(warnings.contains("`callbrief number confirm nadia` sends a code to it"), "{warnings}");
        balance(&world, "60").await;
        texts.settle().await;
        balance(&world, "40").await;
        texts.settle().await;
        let of_nadia = "select state || ' ' || reason from deliveries where contact = 'nadia' order by id";
        assert_eq!(world.texts(of_nadia).await, ["suppressed number_not_confirmed"]);
        assert!(texts.server.taken().is_empty());
        let args = Args {
            kind: NoticeKind::LowBalance,
            level: Some(Level::Critical),
            project: "acme".into(),
            at: None,
            past_pay_by: false,
            json: false,
        };
        let said = who::answer(&texts.app, &args).await.unwrap_or_else(|_| panic!("an answer")).text();
        assert!(said.contains("not by sms +380441234567: nobody confirmed") && said.contains("`callbrief number confirm nadia`"), "{said}");
        let said = explain::by_address(&texts.app, NUMBER, None, None).await.expect("read").unwrap_or_else(|nothing| nothing);
        assert!(said.contains("By sms +380441234567 (nothing goes there: nobody confirmed") && said.contains("`callbrief number confirm nadia`"), "{said}");

        settings(&world, 0);
        let path = world.folder().join("callbrief.toml");
        let more = "[net]\nallow = [\"127.0.0.0/8\"]\n[channels.texts]\nkind = \"sms\"\nprovider = \"http\"\n\
                    url = { env = \"TEXTS_URL\" }\ncontent_type = \"application/json\"\n\
                    body = '{\"to\": \"{to}\", \"text\": \"{text}\"}'\naccepted_body = \"queued\"\n";
        let text = std::fs::read_to_string(&path).expect("the settings") + more;
        std::fs::write(&path, text).expect("written");
        let run = |now: &str, args: &[&str]| {
            let output = command(&world, now, args).env("TEXTS_URL", texts.server.url("/send")).output().expect("it runs");
            let said = [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said).into_owned()).concat();
            (output.status.code(), said)
        };
        let now = "2026-11-16T06:00:00Z";
        let (_, said) = run(now, &["number", "list"]);
        assert!(said.contains("…4567") && said.contains("not confirmed; `callbrief number confirm nadia`"), "{said}");
        assert!(!said.contains(NUMBER), "{said}");
        let (code, sent) = run(now, &["number", "confirm", "nadia"]);
        assert_eq!(code, Some(0), "{sent}");
        assert!(sent.contains("taken by sms/texts") && sent.contains("good until 08:10 (Europe/Kyiv time)"), "{sent}");
        let (code, text) = (code_in(&texts.server), last_text(&texts.server));
        assert!(text.contains("Acme Windows") && text.contains("10 minutes") && !text.contains("http"), "{text}");
        let reference = sent.split("; reference ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("it is said");
        let (_, explained) = run(now, &["explain", reference]);
        let (_, listed) = run(now, &["deliveries", "--json"]);
        let (_, waiting) = run(now, &["number", "list"]);
        assert!(waiting.contains("code sent, good until 2026-11-16 08:10"), "{waiting}");
        for said in [&sent, &explained, &listed, &waiting] {
            assert!(!said.contains(&code), "{said}");
        }
        is_kept_nowhere(&world, &code, &text).await;

        let (exit, said) = run(now, &["number", "confirm", "nadia", "--code", &wrong(&code)]);
        assert_eq!(exit, Some(4), "{said}");
        assert!(said.contains("that isn't the code that went to …4567; it may be given 4 more times"), "{said}");
        for (args, wanted) in [
            (vec!["nadia", "--code", "12345"], "--code: six digits"),
            (vec!["nobody"], "there is no contact `nobody`"),
            (vec!["olena"], "`olena` has no address for sms"),
            (vec!["olena", "--code", "123456"], "`olena` has no address for sms"),
            (vec!["nadia", "--number", OTHER], "`nadia` has no such number"),
        ] {
            let (exit, said) = run(now, &["number", "confirm"].into_iter().chain(args).collect::<Vec<_>>());
            assert_eq!(exit, Some(2), "{said}");
            assert!(said.contains(wanted), "{wanted}\n{said}");
        }
        let (exit, said) = run(now, &["number", "confirm", "nadia", "--code", &format!("{} {}", &code[..3], &code[3..])]);
        assert_eq!(exit, Some(0), "{said}");
        assert!(said.contains("…4567 of nadia is confirmed"), "{said}");
        let (exit, said) = run(now, &["number", "confirm", "nadia"]);
        assert!(exit == Some(0) && said.contains("no code was sent"), "{said}");
        let (_, said) = run(now, &["number", "list", "--project", "acme", "--json"]);
        let listed: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        assert_eq!((&listed[0]["number"], &listed[0]["confirmed_at"]), (&"…4567".into(), &now.into()), "{said}");
        let audited = world.texts("select action || ' ' || subject from audit where action like 'number%' order by id").await;
        assert_eq!(audited, ["number_code_sent nadia", "number_confirmed nadia"]);

        assert_eq!(texts.server.taken().len(), 1);
        balance(&world, "400").await;
        texts.settle().await;
        balance(&world, "30").await;
        texts.settle().await;
        assert!(last_text(&texts.server).starts_with("Acme Windows: forwarding funds are below EUR 50.00"));
        let said = who::answer(&texts.app, &args).await.unwrap_or_else(|_| panic!("an answer")).text();
        assert!(said.contains("sms +380441234567, 2026"), "{said}");
        let (_, warnings) = try_apply(&world, "setup.toml", &file, false).await.expect("it is taken");
        assert!(!warnings.contains("nobody confirmed"), "{warnings}");
        ledger::assert_lawful(&world).await;
    }

    async fn wrong_codes_and_time_use_a_code_up_and_three_an_hour_go_to_one_number(world: World) {
        let texts = Texts::of(&world).await;
        world.apply(&people(&[NUMBER])).await;
        assert!(matches!(texts.give("nadia", NUMBER, "123456").await, Err(Problem::NoCode { .. })));
        let first = texts.code("nadia", NUMBER).await;
        for left in (1..=4).rev() {
            let said = texts.give("nadia", NUMBER, &wrong(&first)).await;
            assert!(matches!(said, Err(Problem::Wrong { left: told, .. }) if told == left), "{left}: {said:?}");
        }
        for code in [&wrong(&first), &first] {
            let said = texts.give("nadia", NUMBER, code).await;
            assert!(matches!(said, Err(Problem::UsedUp { .. })), "{said:?}");
        }
        world.advance(Duration::from_secs(600));
        let second = texts.code("nadia", NUMBER).await;
        assert_ne!(first, second);
        world.advance(Duration::from_secs(600));
        let said = texts.give("nadia", NUMBER, &second).await;
        assert!(matches!(said, Err(Problem::Expired { .. })), "{said:?}");
        let third = texts.code("nadia", NUMBER).await;
        if second != third {
            assert!(matches!(texts.give("nadia", NUMBER, &second).await, Err(Problem::Wrong { left: 4, .. })), "an older one");
        }
        let began = world.now().plus_seconds(-1_200);
        let many = texts.ask("nadia", NUMBER).await;
        let next_at = began.plus_seconds(3_600);
        assert!(matches!(&many, Err(Problem::TooMany { next_at: told, .. }) if *told == next_at), "{many:?}");
        assert_eq!(texts.server.taken().len(), 3);
        assert!(confirmed(&world).await.is_empty());
        world.advance(Duration::from_secs(2_400));
        let fourth = texts.code("nadia", NUMBER).await;
        texts.give("nadia", NUMBER, &fourth).await.expect("it is right");
        texts.give("nadia", NUMBER, &fourth).await.expect("again is the same");
        assert_eq!(confirmed(&world).await, ["nadia +380441234567 tester"]);
        assert_eq!(world.number("select count(*) from number_confirmations").await, 1, "nothing else is kept");
    }

    async fn a_number_that_changed_or_whose_contact_went_is_unconfirmed_again(world: World) {
        let texts = Texts::of(&world).await;
        world.apply(&people(&[NUMBER])).await;
        let code = texts.code("nadia", NUMBER).await;
        // The same number of somebody else is another matter.
        let taras = person("taras", "finance", &format!("addresses = {{ sms = [\"{NUMBER}\"] }}\nalerts = [\"sms\"]"));
        world.apply(&(people(&[NUMBER]) + &taras)).await;
        assert!(matches!(texts.give("taras", NUMBER, &code).await, Err(Problem::NoCode { .. })));
        texts.give("nadia", NUMBER, &code).await.expect("it is right");
        assert_eq!(confirmed(&world).await, ["nadia +380441234567 tester"]);
        world.apply(&people(&[NUMBER, OTHER])).await;
        assert_eq!(confirmed(&world).await.len(), 1, "another beside it changes nothing");
        world.apply(&people(&[OTHER])).await;
        assert!(confirmed(&world).await.is_empty());
        world.apply(&people(&[NUMBER])).await;
        balance(&world, "60").await;
        texts.settle().await;
        balance(&world, "40").await;
        texts.settle().await;
        let of_nadia = "select state || ' ' || reason from deliveries where contact = 'nadia' and kind <> 'test'";
        assert_eq!(world.texts(of_nadia).await, ["suppressed number_not_confirmed"], "it may be somebody else's by now");
        let code = texts.code("nadia", NUMBER).await;
        texts.give("nadia", NUMBER, &code).await.expect("it is right");
        // What waits when a number goes is stopped by the gate.
        hold::place(&world.app, Scope::default(), "a look", "tester").await.expect("held");
        balance(&world, "400").await;
        texts.settle().await;
        world.execute("delete from number_confirmations").await;
        hold::release(&world.app, None, None, "tester").await.expect("released");
        let before = texts.server.taken().len();
        texts.settle().await;
        assert_eq!(texts.server.taken().len(), before);
        let code = texts.code("nadia", NUMBER).await;
        texts.give("nadia", NUMBER, &code).await.expect("it is right");
        try_apply(&world, "setup.toml", &setup(OLENA), true).await.expect("nadia is retired");
        assert_eq!(world.number("select count(*) from number_confirmations").await, 0);
        ledger::assert_lawful(&world).await;
    }

    async fn an_answer_that_is_the_code_confirms_and_stop_still_stops(world: World) {
        let texts = Texts::of(&world).await;
        world.apply(&people(&[NUMBER, OTHER])).await;
        let site = Site::open(&texts.app).await;
        let answer = async |from: &str, text: &str| {
            let body = format!("{{\"from\":\"{from}\",\"text\":\"{text}\"}}");
            let head = "content-type: application/json\r\nauthorization: Bearer 0123456789abcdef0123\r\n";
            let request = format!("POST /v1/sms-replies\n{head}content-length: {}\r\n\r\n{body}", body.len());
            assert!(ask(site.public, &request).await.starts_with("HTTP/1.1 200"), "{text}");
        };
        answer(NUMBER, "123456").await;
        let code = texts.code("nadia", NUMBER).await;
        for text in [wrong(&code).as_str(), "code", "1234567", &format!("my code is {code}")] {
            answer(NUMBER, text).await;
        }
        answer(OTHER, &code).await;
        assert!(confirmed(&world).await.is_empty());
        assert_eq!(world.number("select tries from number_confirmations").await, 1, "only a code is a try");
        answer(NUMBER, &format!(" {} {}.", &code[..3], &code[3..])).await;
        assert_eq!(confirmed(&world).await, ["nadia +380441234567 recipient"]);
        let audited = "select actor || ' ' || action || ' ' || subject from audit where action = 'number_confirmed'";
        assert_eq!(world.texts(audited).await, ["recipient number_confirmed nadia"]);
        answer(NUMBER, "STOP").await;
        let stopped = "select address || ' ' || reason from suppressions where lifted_at is null";
        assert_eq!(world.texts(stopped).await, [format!("{NUMBER} {}", text_replies::STOPPED)]);
        answer(NUMBER, "START").await;
        assert!(world.texts(stopped).await.is_empty());
        site.end().await;
    }

    async fn stops_holds_and_limits_hold_for_codes_too_and_none_goes_twice(world: World) {
        let texts = Texts::of(&world).await;
        world.apply(&people(&[NUMBER])).await;
        let stop = "insert into suppressions (channel, address, reason, actor, created_at) \
                    select 'sms', '+380441234567', 'stopped_by_text', 'recipient', min(created_at) from projects";
        world.execute(stop).await;
        let said = texts.ask("nadia", NUMBER).await;
        assert!(matches!(&said, Err(problem @ Problem::Stopped { .. }) if problem.to_string().contains("suppressions lift")), "{said:?}");
        assert_eq!(world.number("select count(*) from deliveries").await, 0);
        assert_eq!(world.number("select count(*) from number_confirmations").await, 0);
        world.execute("delete from suppressions").await;

        hold::place(&world.app, Scope::default(), "moving house", "tester").await.expect("held");
        texts.ask("nadia", NUMBER).await.expect("it waits");
        texts.settle().await;
        assert_eq!(last_state(&world).await, "queued posted");
        world.advance(Duration::from_secs(601));
        hold::release(&world.app, None, None, "tester").await.expect("released");
        texts.settle().await;
        assert!(last_state(&world).await.starts_with("expired "), "{}", last_state(&world).await);
        assert!(texts.server.taken().is_empty(), "a code that is over is of no use to anybody");

        let strict = world.replica(|settings| {
            settings.channels = texts.app.settings.channels.clone();
            settings.net = texts.app.settings.net.clone();
            settings.sms = SmsCaps { per_contact_day: 0, per_project_month: 8 };
        });
        let strict = strict.await;
        texts.ask("nadia", NUMBER).await.expect("a code");
        jobs::tick(&strict).await.expect("the jobs run");
        let of_nadia = "select state || ' ' || reason from deliveries where contact = 'nadia' order by id desc limit 1";
        assert_eq!(world.texts(of_nadia).await, ["suppressed texts_of_day_used_up"]);
        assert!(texts.server.taken().is_empty());

        let code = texts.code("nadia", NUMBER).await;
        let row = world.texts("select reference from deliveries where contact = 'nadia' order by id desc limit 1").await;
        let row = by_hand::find(&world.app, &row[0]).await.expect("there");
        let said = by_hand::resend(&world.app, &row, None, "t", "r").await.expect_err("refused").to_string();
        assert!(said.contains("`callbrief number confirm CONTACT` sends another"), "{said}");
        texts.give("nadia", NUMBER, &code).await.expect("it is right");
        ledger::assert_lawful(&world).await;
    }
}
