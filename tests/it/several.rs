//! A report over several projects: everybody sees those of their roles and nothing of the others, in whatever a mail has;
//! whoever loses one before the mail goes gets a narrower one; and set-up, lists and samples judge project by project.

use callbrief::notify::stop;

use crate::flow::{build_without_sending, explain};
use crate::program;
use crate::support::mail::{Mail, joined, readable};
use crate::support::setup::{contact, file, try_apply};
use crate::support::{World, on_both};

/// Three projects whose names, senders and owners tell them apart.
const PROJECTS: &str = r#"
[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"
[project.brand]
from_name = "Acme calls"
reply_to = "answers@acme.example"

[[project]]
id = "beta"
name = "Beta Doors"
zone = "Europe/Amsterdam"
locale = "nl"
currency = "USD"
allowed_domains = ["beta.example"]
[project.brand]
from_name = "Beta calls"
reply_to = "answers@beta.example"

[[project]]
id = "gamma"
name = "Gamma Roofs"
zone = "Europe/Kyiv"
locale = "en"
currency = "UAH"
"#;

/// Everybody's roles, by contact.
const ROLES: &[(&str, &str)] = &[
    ("olena", r#"acme = ["owner"], beta = ["owner"], gamma = ["owner"]"#),
    ("taras", r#"acme = ["manager"], beta = ["viewer"]"#),
    ("inna", r#"acme = ["manager"], beta = ["ops"]"#),
    ("bo", r#"beta = ["manager"], gamma = ["viewer"], acme = ["agent"]"#),
];

const SCHEDULE: &str = r#"
[[agent]]
project = "acme"
name = "Bo"
keys = ["201"]
contact = "bo"

[[schedule]]
id = "all"
projects = ["acme", "beta", "gamma"]
report = "call-log"
recipients = ["olena", "taras", "inna", "bo", "board@beta.example"]
every = "week"
on = ["mon"]
at = "08:00"
formats = ["pdf", "json", "csv", "xlsx"]
"#;

/// The file with these roles instead of somebody's.
fn setup(changes: &[(&str, &str)]) -> String {
    let people: Vec<String> = ROLES
        .iter()
        .map(|(id, roles)| {
            let changed = changes.iter().find(|(who, _)| who == id);
            contact(id, id, changed.map_or(*roles, |(_, roles)| *roles))
        })
        .collect();
    file(&[PROJECTS, &people.join("\n"), SCHEDULE])
}

const ACME_CALLS: &str = "\
acme-1,2026-11-17T10:00:00+02:00,inbound,answered,+380671112233,61
acme-2,2026-11-17T10:05:00+02:00,inbound,missed_no_answer,+380502223344,
";
const BETA_CALLS: &str = "\
beta-1,2026-11-18T09:00:00+01:00,inbound,missed_no_answer,+31612345678,
beta-2,2026-11-18T09:30:00+01:00,inbound,answered,+31698765432,70
beta-3,2026-11-22T23:30:00+01:00,inbound,answered,+31698765432,70
";
const GAMMA_CALLS: &str = "gamma-1,2026-11-19T09:00:00+02:00,inbound,missed_busy,+48601234567,\n";

/// What tells of each project: the word that all its names have, and whoever waits there.
const TELLS: [(&str, &str); 3] = [("acme", "502223344"), ("beta", "612345678"), ("gamma", "601234567")];

/// Monday, 23 November 2026, 08:00 in Kyiv.
const DUE: &str = "2026-11-23T06:00:00Z";

async fn all_three(world: &World) {
    world.set("2026-11-16T09:00:00Z");
    world.apply(&setup(&[])).await;
    world.import("acme", ACME_CALLS).await;
    world.import("beta", BETA_CALLS).await;
    world.import("gamma", GAMMA_CALLS).await;
    world.set(DUE);
}

/// The one message to this address as it can be read, without the address itself.
fn message(world: &World, to: &str) -> String {
    let raw: Vec<Vec<u8>> = world.outbox().into_iter().filter(|raw| Mail::read(raw).to == to).collect();
    assert_eq!(raw.len(), 1, "mails to {to}");
    readable(&raw[0]).to_lowercase().replace(to, "")
}

/// Each project that a message tells of, and whether it has the whole number of whoever waits there.
fn told(message: &str) -> Vec<(&'static str, bool)> {
    let digits = joined(message);
    let told = TELLS.iter().filter(|(name, _)| message.contains(name));
    told.map(|(name, number)| (*name, digits.contains(number))).collect()
}

on_both! {
    async fn everybody_sees_the_projects_of_their_roles_and_nothing_of_the_others(world: World) {
        all_three(&world).await;
        world.settle().await;
        assert_eq!(world.number("select count(*) from runs where state = 'built'").await, 1, "one run");
        assert_eq!(world.number("select count(*) from notices where kind = 'report'").await, 1, "one notice");
        let foot = Mail::to(&Mail::all(&world), "olena@people.example").text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(foot.contains("In the attached tables, for each project: Calls."), "{foot}");
        assert!(foot.contains("as owner of projects in it."), "a contact gets it by a role: {foot}");
        for (to, sees) in [
            ("olena@people.example", &[("acme", true), ("beta", true), ("gamma", true)][..]),
            ("taras@people.example", &[("acme", true), ("beta", false)]),
            ("inna@people.example", &[("acme", true)]),
            ("bo@people.example", &[("beta", true), ("gamma", false)]),
            ("board@beta.example", &[("beta", false)]),
        ] {
            let message = message(&world, to);
            assert_eq!(told(&message), sees, "{to}: {message}");
        }
        let mails = Mail::all(&world);
        let text = |to: &str| Mail::to(&mails, to).text.replace('\u{a0}', " ");
        let olena = text("olena@people.example");
        assert!(olena.contains("You answered 40.0 % of 5 calls in 3 projects."), "beta-3 is next week's in Kyiv: {olena}");
        assert!(message(&world, "taras@people.example").contains("…5678"), "the last digits, which a viewer may see");
        assert!(text("inna@people.example").contains("1 project"));
        let bo = Mail::to(&mails, "bo@people.example");
        assert!(bo.files.iter().all(|(name, _)| name.starts_with("projects-2026-11-16")), "{:?}", bo.attachments);
    }

    async fn whoever_loses_a_project_before_the_mail_goes_hears_no_more_of_it(world: World) {
        all_three(&world).await;
        build_without_sending(&world).await;
        world.apply(&setup(&[
            ("olena", r#"beta = ["owner"]"#),
            ("taras", r#"acme = ["viewer"], beta = ["viewer"]"#),
            ("inna", r#"beta = ["ops"]"#),
        ])).await;
        world.settle().await;
        // The first project has gone: neither its name nor its address is the sender's.
        assert_eq!(told(&message(&world, "olena@people.example")), [("beta", true)]);
        assert_eq!(told(&message(&world, "taras@people.example")), [("acme", false), ("beta", false)]);
        assert_eq!(told(&message(&world, "bo@people.example")), [("beta", true), ("gamma", false)]);
        assert_eq!(world.outbox().len(), 4, "nothing for Inna, who has no report left");
        let readers = world.texts("select kind_of_reader from variants order by id").await;
        assert!(readers.iter().all(|reader| reader.contains("\"projects\"")), "{readers:?}");
    }

    async fn projects_without_data_are_not_quiet_ones(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&setup(&[])).await;
        world.import("acme", ACME_CALLS.lines().next().expect("the answered call")).await;
        world.set(DUE);
        world.settle().await;
        let mails = Mail::all(&world);
        let mail = |to: &str| Mail::to(&mails, to);
        let olena = mail("olena@people.example");
        assert!(olena.subject.contains("1 call, no data for 2 projects"), "{}", olena.subject);
        let text = olena.text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("No data for 2 of 3 projects"), "{text}");
        assert!(text.contains("You answered 100 % of 1 call in 1 project. 2 projects have no data"), "{text}");
        assert!(!text.contains("has been reached") && !text.contains("Every call was answered"), "{text}");
        let bo = mail("bo@people.example");
        assert!(bo.subject.contains("2 projecten: geen gegevens"), "Beta speaks Dutch: {}", bo.subject);
        assert!(bo.html.contains("Geen gegevens voor") && !bo.text.contains("geen oproepen binnen"), "{}", bo.text);
    }

    async fn a_role_lost_in_every_project_stops_it(world: World) {
        all_three(&world).await;
        build_without_sending(&world).await;
        world.apply(&setup(&[("taras", "")])).await;
        world.settle().await;
        let stopped = "select reason from deliveries where state = 'suppressed'";
        assert_eq!(world.texts(stopped).await, ["contact_without_role"]);
    }

    async fn the_page_that_stops_it_names_what_its_reader_saw(world: World) {
        all_three(&world).await;
        world.settle().await;
        let links: Vec<(String, String)> = world.outbox().iter().map(|raw| {
            let text = readable(raw);
            let at = text.find(stop::PATH).expect("a link") + stop::PATH.len();
            let token = text[at..].split(['>', '"', ' ', '\r', '\n']).next().expect("a token").to_owned();
            (Mail::read(raw).to, token)
        }).collect();
        let token = |to: &str| links.iter().find(|(address, _)| address == to).expect("a mail").1.clone();
        let named = async |to: &str| stop::subject(&world.app, &token(to)).await.expect("read").expect("known").project_name;
        assert_eq!(named("bo@people.example").await, "Beta Doors, Gamma Roofs");
        assert_eq!(named("inna@people.example").await, "Acme Windows");
        assert_eq!(named("olena@people.example").await, "Acme Windows, Beta Doors, Gamma Roofs");
    }

    async fn the_set_up_says_who_will_see_what(world: World) {
        let (_, warnings) = try_apply(&world, "setup.toml", &setup(&[("inna", r#"beta = ["ops"]"#)]), false).await.expect("applied");
        for told in [
            "warning: `taras` will see `acme`, `beta` of this, and nothing of `gamma`\n",
            "= help: the contact has no role in `gamma`",
            "warning: `inna` will receive nothing of this: the contact has no role in `acme`; no role of the contact in `beta` \
             receives reports; the contact has no role in `gamma`\n",
            "warning: `bo` will see `beta`, `gamma` of this, and nothing of `acme`\n",
            "an agent sees own calls only, and no report over several projects tells them",
            "warning: `board@beta.example` will see `beta` of this, and nothing of `acme`, `gamma`\n",
        ] {
            assert!(warnings.contains(told), "{told}\n\n{warnings}");
        }
        assert!(!warnings.contains("`olena`"), "{warnings}");
        let nowhere = setup(&[]).replace("board@beta.example", "board@delta.example").replace("\"gamma\"]\nreport", "\"gama\"]\nreport");
        let said = try_apply(&world, "setup.toml", &nowhere, false).await.expect_err("two things are wrong").to_string();
        assert!(said.contains("there is no project `gama`") && said.contains("did you mean `gamma`?"), "{said}");
        assert!(said.contains("`board@delta.example` may not receive reports of `acme`, `beta`: delta.example is in the allowed_domains of none of them"), "{said}");
        assert!(said.contains("`acme` allows none, `beta` allows beta.example"), "{said}");
        // A file that keeps a project can't drop it while another file's schedule reports on it.
        let own = "version = 1\n[[project]]\nid = \"gamma\"\nname = \"Gamma Roofs\"\nzone = \"UTC\"\nlocale = \"en\"\ncurrency = \"UAH\"\n";
        try_apply(&world, "gamma.toml", own, false).await.expect("it changes hands");
        let said = try_apply(&world, "gamma.toml", "version = 1\n", true).await.expect_err("it is needed").to_string();
        assert!(said.contains("the project `gamma` can't be retired: the schedule `all` needs it"), "{said}");
        let closed = "version = 1\n[[project]]\nid = \"beta\"\nname = \"Beta Doors\"\nzone = \"UTC\"\nlocale = \"en\"\ncurrency = \"USD\"\n";
        let (_, warnings) = try_apply(&world, "beta.toml", closed, false).await.expect("applied");
        assert!(warnings.contains("`board@beta.example` will receive nothing more of the schedule `all`"), "{warnings}");
    }

    async fn lists_samples_and_explanations_judge_each_project(world: World) {
        all_three(&world).await;
        program::settings(&world, program::free_port());
        let run = |args: &[&str]| {
            let output = program::command(&world, DUE, args).output().expect("it runs");
            let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
            (output.status.code(), said)
        };
        let (code, said) = run(&["list", "schedules", "--json"]);
        assert_eq!(code, Some(0), "{said}");
        let json: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        assert_eq!(json[0]["projects"], serde_json::json!(["acme", "beta", "gamma"]));
        let people = json[0]["recipients"].as_array().expect("a list");
        let of = |address: &str| {
            let found = people.iter().find(|one| one["address"] == address).expect("listed");
            found["projects"].clone()
        };
        assert_eq!(of("taras@people.example"), serde_json::json!({
            "acme": {"receives": true, "numbers": "full"}, "beta": {"receives": true, "numbers": "last-4"},
            "gamma": {"receives": false, "reason": "contact_without_role"},
        }));
        assert_eq!(of("bo@people.example")["acme"]["reason"], "own_calls_only");
        assert_eq!(of("board@beta.example")["gamma"]["reason"], "domain_not_allowed");
        let (_, said) = run(&["list", "schedules"]);
        assert!(said.contains("call-log of acme, beta, gamma") && said.contains("not gamma: contact without role"), "{said}");
        let told = explain(&world, "taras@people.example").await;
        assert!(told.contains("all (acme, beta, gamma)") && told.contains("taras has no role in gamma."), "{told}");
        let (code, said) = run(&["send-now", "all", "--to", "me@elsewhere.example"]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("it may see none of the projects of `all` (not `acme`: "), "{said}");
        assert_eq!(world.number("select count(*) from runs").await, 0, "nothing was made for it");
        let (code, said) = run(&["send-now", "all", "--to", "someone@beta.example"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("someone@beta.example sees `beta`, not `acme`: "), "{said}");
        assert_eq!(told_to(&world, "someone@beta.example"), [("beta", false)]);
    }
}

fn told_to(world: &World, to: &str) -> Vec<(&'static str, bool)> {
    told(&message(world, to))
}
