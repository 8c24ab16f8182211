//! Names and texts that mean harm, in every field that takes one, through the real pipeline: what comes out is read by programs
//! of others.

use std::time::Duration;

use callbrief::app::App;
use callbrief::domain::balance::{Entry, EntryKind};
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::money::Amount;
use callbrief::funds;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::jobs;
use callbrief::store::balances::NewBalance;
use lopdf::{Dictionary, Object};
use serde_json::{Value, json};

use super::{judged, names, quoted};
use crate::channels::{FIXTURES, channel, with_channels};
use crate::support::http::HttpServer;
use crate::support::mail::Mail;
use crate::support::setup::{ACME, OLENA, file, schedule};
use crate::support::{Engine, World, on_both};
use crate::web::{Site, ask};

/// A file's pieces with a place `NAME` in each text that people write.
const PLACES: &[&str] = &[
    "[[project]]\nid = \"p\"\nzone = \"Europe/Kyiv\"\ncurrency = \"EUR\"\nname = NAME",
    "[project.brand]\nfrom_name = NAME",
    "[project.brand]\nname = NAME",
    "[project.brand]\nfooter = NAME",
    "[project.balances.main]\nlow = \"5\"\nswitches_off = NAME",
    "[[contact]]\nid = \"c\"\nroles = { acme = [\"viewer\"] }\nname = NAME",
    "[[agent]]\nproject = \"acme\"\nkeys = [\"1\"]\nname = NAME",
    "[[agent]]\nproject = \"acme\"\nkeys = [\"1\"]\nname = \"x\"\nteam = NAME",
    "[[agent]]\nproject = \"acme\"\nname = \"x\"\nkeys = [NAME]",
    "[[number]]\nproject = \"acme\"\nnumber = \"+380445550101\"\nlabel = NAME",
    "[[number]]\nproject = \"acme\"\nnumber = \"+380445550101\"\nlabel = \"x\"\nsource = NAME",
    "[[number]]\nproject = \"acme\"\nnumber = \"+380445550101\"\nlabel = \"x\"\nmedium = NAME",
    "[[calendar]]\nid = \"k\"\nhours = { mon = \"09:00-18:00\" }\nname = NAME",
    "[[calendar]]\nid = \"k\"\nname = \"k\"\nhours = { mon = \"09:00-18:00\" }\ndays_off = [{ date = 2026-12-25, name = NAME }]",
    "[[contact]]\nid = \"c\"\nname = \"c\"\nroles = { acme = [\"viewer\"] }\naddresses = { sms = [{ number = \"+380441234567\", verified = NAME }] }",
    "[[report]]\nid = \"r\"\nsections = [\"totals\"]\nfilters = { queue = [NAME] }",
    "[[report]]\nid = \"r\"\nsections = [\"totals\"]\nfilters = { utm_source = [NAME] }",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_a_line_break_or_a_nul_is_refused_with_its_line() {
    let world = World::new(Engine::Sqlite).await;
    let mut taken = Vec::new();
    for place in PLACES {
        // What stands in a project goes below its own lines.
        let whole = file(&[ACME, place, OLENA]);
        let line = whole.lines().position(|line| line.contains("NAME")).expect("a place") + 1;
        for bad in ["a\r\nBcc: x@evil.example", "a\nb", "a\0b", "\u{7f}a\u{1b}[2J", "\u{85}x\u{85}y"] {
            match world.why_refused(&whole.replace("NAME", &quoted(bad))).await {
                Some(said) if said.contains(&format!("setup.toml:{line}:")) => {
                    assert!(!said.contains('\u{1b}') && !said.contains('\0'), "{said:?}");
                }
                Some(said) => taken.push(format!("{place}: {bad:?}: another line: {said}")),
                None => taken.push(format!("{place}: {bad:?} is taken")),
            }
        }
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}

/// A project for each name, with a reader by every channel, a person, a number, and a report in every format.
fn setup(names: &[String]) -> String {
    let mut text = String::from(
        "version = 1\n[[report]]\nid = \"everything\"\n\
         sections = [\"headline\", \"totals\", \"to_call_back\", \"missed_reasons\", \"agents\", \"sources\", \"by_day\", \
         \"by_hour\", \"call_list\"]\n",
    );
    for (n, name) in names.iter().enumerate() {
        let (name, report) = (quoted(name), if n % 2 == 0 { "everything" } else { "call-log" });
        text += &format!(
            r#"
[[project]]
id = "p{n}"
name = {name}
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"
[project.balances.forwarding]
low = "50"
[project.brand.links]
pay = "https://acme.example/pay"
[[contact]]
id = "c{n}"
name = {name}
addresses = {{ email = ["c{n}@acme.example"], slack = ["slack"], teams = ["teams"], webhook = ["webhook"], sms = [{{ number = "+3804412345{n:02}", verified = "contract" }}] }}
roles = {{ p{n} = ["owner"] }}
alerts = ["email", "slack", "teams", "webhook", "sms"]
[[agent]]
project = "p{n}"
name = {name}
team = {name}
keys = ["201"]
[[number]]
project = "p{n}"
number = "+380445550101"
label = {name}
source = {name}
[[schedule]]
id = "s{n}"
project = "p{n}"
report = "{report}"
recipients = ["c{n}"]
every = "week"
on = ["mon"]
at = "08:00"
formats = ["pdf", "xlsx", "csv", "json"]
"#
        );
    }
    text
}

/// Calls of one project whose every text is `name`, with control characters around it.
fn calls(name: &str) -> String {
    let loud = format!("{name}\r\nX-Injected: yes\0\u{1b}[2J\u{2028}");
    let texts = [
        "agent_name",
        "queue",
        "department",
        "raw_status",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_content",
        "utm_term",
        "landing",
        "referrer",
        "client_id",
        "hangup_cause",
        "ended_by",
        "region",
        "category",
        "rating",
        "comment",
        "visitor_id",
        "recording_url",
        "first_utm_source",
    ];
    let mut lines = Vec::new();
    for n in 0..6 {
        let (status, talk) = if n % 2 == 0 { ("answered", 60) } else { ("missed_no_answer", 0) };
        let mut call = json!({
            "call_id": format!("{n}{}", loud.chars().take(40).collect::<String>()),
            "started_at": format!("2026-11-17T10:0{n}:00+02:00"), "direction": "inbound", "status": status, "talk_sec": talk,
            "from_number": format!("+38067111220{n}"), "tracking_number": if n == 0 { "+380445550101" } else { "+380445550102" },
            "agent_id": if n == 0 { "201".to_owned() } else { loud.chars().take(60).collect() }, "tags": [loud, "b|c"],
        });
        for text in texts {
            call[text] = json!(loud);
        }
        if n == 4 {
            call["recording_url"] = json!("javascript:alert(1)");
            call["landing"] = json!("https://acme.example/\"onmouseover=\"alert(1)");
        }
        lines.push(call.to_string());
    }
    lines.join("\n")
}

async fn take(app: &App, project: &str, text: String) {
    let project = ProjectId::parse(project).expect("an id");
    let request = ImportRequest::new(project, Format::Native, "calls.jsonl", std::io::Cursor::new(text));
    let account = ingest::import(app, request).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((account.calls, account.set_aside), (6, 0), "{:?}", account.first_set_aside);
}

async fn tell(app: &App, id: &str, amount: &str) {
    let id = ProjectId::parse(id).expect("an id");
    let project = app.store.project(&id).await.expect("it is read").expect("it is there");
    let name = BalanceName::parse("forwarding").expect("a name");
    let new = NewBalance {
        name: name.clone(),
        currency: "EUR".into(),
        amount: Amount::parse(amount).expect("a sum"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: app.clock.now(),
    };
    funds::set_balance(app, &project, &new, "tester\r\nroot").await.expect("it is taken");
    let entry = |n: i64, what: &str| Entry {
        id: format!("{n}"),
        at: app.clock.now().plus_seconds(-86_400 * n),
        kind: EntryKind::Usage,
        amount: Amount::parse("3").expect("a sum"),
        what: what.to_owned(),
    };
    let entries = [entry(1, &"=1+1<script>".repeat(20)), entry(2, "\u{202e}x")];
    funds::add_entries(app, &project, &name, &entries, "tester").await.expect("added");
}

on_both! {
    async fn every_channel_format_and_page_shows_names_as_words_and_nothing_else(world: World) {
        let names = names();
        let mut servers = Vec::new();
        for fixture in [0, 1, 2, 4] {
            servers.push((&FIXTURES[fixture], HttpServer::start((FIXTURES[fixture].yes)()).await));
        }
        let channels = servers.iter().map(|(fixture, server)| {
            let name = if fixture.kind == ChannelKind::Sms { "texts" } else { fixture.kind.name() };
            channel(name, fixture.kind, (fixture.service)(server))
        });
        let app = world.replica(with_channels(channels.collect())).await;
        world.apply_by(&app, &setup(&names)).await;
        for amount in ["60", "40"] {
            for n in 0..names.len() {
                tell(&app, &format!("p{n}"), amount).await;
            }
            jobs::tick(&app).await.expect("the jobs run");
            world.advance(Duration::from_secs(60));
        }
        let warnings = Mail::all(&world).len();
        assert!(warnings >= names.len(), "each is warned by mail: {warnings}");
        for (fixture, server) in &servers {
            let taken = server.taken();
            assert!(taken.len() >= names.len(), "{:?}: {}", fixture.kind, taken.len());
            taken.iter().for_each(|request| chat_is_harmless(fixture.kind, &request.json()));
        }
        for (n, name) in names.iter().enumerate() {
            take(&app, &format!("p{n}"), calls(name)).await;
        }
        world.set("2026-11-23T06:00:00Z");
        jobs::tick(&app).await.expect("the jobs run");
        let mails = Mail::all(&world);
        let is_of_the_week = |mail: &&Mail| mail.files.iter().any(|(name, _)| name.contains("2026-11-16"));
        let reports: Vec<&Mail> = mails.iter().filter(is_of_the_week).collect();
        assert_eq!(reports.len(), names.len(), "each report went");
        assert!(reports.iter().all(|mail| mail.files.len() == 4), "in every format");
        let failed = world.texts("select state || ' ' || coalesce(reason, '') from deliveries where state <> 'accepted'").await;
        assert!(failed.is_empty(), "{failed:?}");
        for file in reports.iter().flat_map(|mail| &mail.files).filter(|(name, _)| name.ends_with(".pdf")) {
            print_is_harmless(&file.1);
        }
        // The pages behind the links.
        let site = Site::open(&app).await;
        for n in 0..names.len() {
            let link = crate::wishes::link(&world, &format!("c{n}@acme.example"));
            let answer = ask(site.public, &format!("GET {link}")).await;
            let (head, page) = answer.split_once("\r\n\r\n").expect("a head and a body");
            assert!(head.starts_with("HTTP/1.1 200"), "{head}");
            let page = page.replace("href=\"/", "href=\"https://reports.test.example/");
            std::fs::write(world.folder().join(format!("outbox/page-{n}.html")), page).expect("it is written");
        }
        site.end().await;
        let faults = judged(&world.folder().join("outbox"));
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
        let audit = "select actor || ' ' || action || ' ' || subject || ' ' || detail from audit";
        for line in world.texts(audit).await {
            assert!(!line.contains(char::is_control), "one line a change: {line:?}");
        }
    }
}

/// Every text in a JSON, with the key that it stands under.
fn texts<'a>(value: &'a Value, key: &'a str, into: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) => into.push((key, text)),
        Value::Array(list) => list.iter().for_each(|item| texts(item, key, into)),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| texts(item, key, into)),
        _ => {}
    }
}

fn chat_is_harmless(kind: ChannelKind, body: &Value) {
    let mut found = Vec::new();
    texts(body, "", &mut found);
    assert!(!found.is_empty(), "{body}");
    for (key, text) in found {
        let turning = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let odd = text.chars().find(|c| turning(*c) || (c.is_control() && *c != '\n'));
        assert_eq!(odd, None, "{kind:?} {key}: {text:?}");
        if key == "url" {
            assert!(
                text.starts_with("https://acme.example/") || text.starts_with("https://reports.test.example/"),
                "{text}"
            );
        }
        match kind {
            ChannelKind::Slack => {
                let is_marked = ["<!", "<@", "<#", "<https://evil", "<script"].iter().any(|mark| text.contains(mark));
                assert!(!is_marked || body_is_plain(body, text), "{key}: {text}");
            }
            ChannelKind::Teams => {
                let links = text.replace("\\[", "").replace("\\]", "");
                assert!(!links.contains("](") && !text.contains("**b**"), "{key}: {text}");
            }
            _ => {}
        }
    }
    assert!(kind != ChannelKind::Slack || body.to_string().chars().count() <= 13_000);
    assert!(kind != ChannelKind::Teams || body.to_string().len() <= 28_000);
}

/// Whether this text of a Slack message is one that Slack shows as it is.
fn body_is_plain(body: &Value, text: &str) -> bool {
    match body {
        Value::Object(fields) if fields.get("text").and_then(Value::as_str) == Some(text) => {
            fields.get("type").and_then(Value::as_str) == Some("plain_text")
        }
        Value::Object(fields) => fields.values().any(|inner| body_is_plain(inner, text)),
        Value::Array(list) => list.iter().any(|inner| body_is_plain(inner, text)),
        _ => false,
    }
}

/// No action of a PDF does more than open a page of ours.
fn print_is_harmless(bytes: &[u8]) {
    let file = lopdf::Document::load_mem(bytes).expect("a PDF");
    let text = |dictionary: &Dictionary, key: &[u8]| match dictionary.get(key) {
        Ok(Object::Name(name)) => String::from_utf8_lossy(name).into_owned(),
        Ok(Object::String(text, _)) => String::from_utf8_lossy(text).into_owned(),
        _ => String::new(),
    };
    for object in file.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        let kind = text(dictionary, b"S");
        assert!(
            !["JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR"].contains(&kind.as_str()),
            "{dictionary:?}"
        );
        for key in [&b"JS"[..], b"AA", b"OpenAction"] {
            assert!(dictionary.get(key).is_err(), "{dictionary:?}");
        }
        let link = text(dictionary, b"URI");
        let leads = ["https://acme.example/", "tel:", "mailto:", "https://reports.test.example/"];
        assert!(link.is_empty() || leads.iter().any(|known| link.starts_with(known)), "{link}");
    }
}

on_both! {
    async fn a_schedule_to_a_reader_with_a_novel_for_a_name_reaches_them(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let olena = OLENA.replace("Olena Koval", &"Олена 👩‍💻 ".repeat(1_000));
        world.apply(&file(&[ACME, &olena, &schedule("daily", "every = \"day\"")])).await;
        world.set("2026-11-17T06:00:00Z");
        world.settle().await;
        let raw = world.outbox();
        assert_eq!(raw.len(), 1);
        let head = String::from_utf8_lossy(&raw[0]);
        let (head, _) = head.split_once("\r\n\r\n").expect("a head");
        assert!(head.len() < 8_000, "relays refuse longer heads: {}", head.len());
        assert!(head.lines().all(|line| line.len() <= 998));
        let faults = judged(&world.folder().join("outbox"));
        assert!(faults.is_empty(), "{faults:?}");
    }
}
