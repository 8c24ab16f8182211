//! The directory of people and numbers: applied, checked, read back.

use callbrief::apply::{ApplyError, Plan};

use callbrief::domain::directory::Directory;
use callbrief::domain::ids::ProjectId;

use crate::flow::build_without_sending;
use crate::support::mail::{Mail, joined, readable};
use crate::support::setup::try_apply;
use crate::support::{World, on_both};

const ACME: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"
agents = "numbered"

[[contact]]
id = "olena"
name = "Olena Koval"
addresses = { email = ["olena@acme.example"] }
roles = { acme = ["agent"] }

[[agent]]
project = "acme"
name = "Olena K."
team = "Sales"
keys = [201, "230010001", "olena@acme.example", { key = "205", from = 2026-11-01 }]

[[agent]]
project = "acme"
id = "taras"
name = "Taras B."
keys = ["202", { key = "205", to = 2026-11-01 }]

[[number]]
project = "acme"
number = "+380 44 555 01 01"
label = "Flyer"
department = "Sales"
source = "flyer"
medium = "print"

[[number]]
project = "acme"
number = "+380671112233"
label = "Our own test phone"
ignore = true
"#;

/// Who gets the week's report on Mondays at 08:00.
const WEEKLY: &str = r#"
[[contact]]
id = "boss"
name = "Inna"
addresses = { email = ["boss@acme.example"] }
roles = { acme = ["owner"] }

[[contact]]
id = "eva"
name = "Eva"
addresses = { email = ["eva@acme.example"] }
roles = { acme = ["agent"] }

[[schedule]]
id = "weekly"
project = "acme"
report = "summary"
recipients = ["boss", "olena", "eva"]
every = "week"
on = ["mon"]
at = "08:00"
formats = ["json"]
"#;

/// The list of calls in every format to an owner, an agent, and a manager who is an agent of the list too.
fn every_format(more: &str) -> String {
    let weekly = WEEKLY
        .replace("report = \"summary\"", "report = \"call-log\"")
        .replace("formats = [\"json\"]", &format!("formats = [\"pdf\", \"json\", \"csv\", \"xlsx\"]\n{more}"))
        .replace("roles = { acme = [\"agent\"] }", "roles = { acme = [\"manager\"] }");
    let list = ACME
        .replace("agents = \"numbered\"", "")
        .replace("name = \"Taras B.\"", "name = \"Taras B.\"\ncontact = \"eva\"");
    format!("{list}{weekly}")
}

/// Calls of the week of 16 to 22 November 2026: Olena by two keys, Taras, somebody not listed, our own test phone.
const CALLS: &str = "\
call_id,started_at,direction,status,client_number,tracking_number,talk_sec,agent_id,agent_name
a,2026-11-17T10:00:00+02:00,inbound,answered,+380501112201,+380445550101,61,201,Olena
b,2026-11-17T11:00:00+02:00,inbound,answered,+380501112202,+380445550101,50,202,Taras B.
c,2026-11-17T12:00:00+02:00,inbound,answered,+380501112203,+380445550102,40,205,
d,2026-11-18T10:00:00+02:00,inbound,answered,+380501112204,+380445550102,30,207,
e,2026-11-18T11:00:00+02:00,inbound,answered,+380671112233,+380445550101,20,201,Olena
";

async fn ask(world: &World, file: &str, text: &str, prune: bool) -> Result<Plan, ApplyError> {
    Ok(try_apply(world, file, text, prune).await?.0)
}

async fn refused(world: &World, file: &str, text: &str) -> String {
    ask(world, file, text, false).await.expect_err("it can't be applied").to_string()
}

on_both! {
    async fn people_and_numbers_are_applied_and_read_back(world: World) {
        let plan = ask(&world, "acme.toml", ACME, false).await.expect("applied");
        let shown = plan.render(false);
        assert!(shown.contains(
            "+ agent acme/olena-k\n    name            Olena K.\n    team            Sales\n    \
             keys            201, 230010001, olena@acme.example, 205 from 2026-11-01\n+ agent acme/taras\n"
        ), "{shown}");
        assert!(shown.contains("+ number acme/+380671112233\n    label           Our own test phone\n    ignore          yes\n"), "{shown}");
        assert!(shown.contains("    agents          numbered\n") && shown.contains("6 to add"), "{shown}");
        assert!(ask(&world, "acme.toml", ACME, true).await.expect("applied").changes.is_empty());
        let agents = world.app.store.listed_agents().await.expect("read");
        let names: Vec<_> = agents.iter().map(|kept| (kept.entry.id.as_str(), kept.entry.keys.len())).collect();
        assert_eq!(names, [("olena-k", 4), ("taras", 2)]);
        let numbers = world.app.store.listed_numbers().await.expect("read");
        assert_eq!(numbers.iter().filter(|kept| kept.entry.ignore).count(), 1);
    }

    async fn what_the_file_names_no_more_is_pruned(world: World) {
        ask(&world, "acme.toml", ACME, false).await.expect("applied");
        let without = &ACME[..ACME.find("[[agent]]").expect("there is one")];
        assert!(ask(&world, "acme.toml", without, false).await.expect("applied").changes.is_empty());
        let plan = ask(&world, "acme.toml", without, true).await.expect("applied");
        assert_eq!(plan.changes.iter().map(|change| change.noun.name()).collect::<Vec<_>>(), ["number", "number", "agent", "agent"]);
        assert!(world.app.store.listed_agents().await.expect("read").is_empty());
        assert!(world.app.store.listed_numbers().await.expect("read").is_empty());
    }

    async fn a_key_is_one_person_s_at_a_time(world: World) {
        let said = refused(&world, "acme.toml", &ACME.replace("to = 2026-11-01", "to = 2026-11-02")).await;
        assert!(said.contains("the key `205` is `Olena K.`'s for some of the same days (line 22)"), "{said}");
        ask(&world, "acme.toml", ACME, false).await.expect("applied");
        let other = "version = 1\n[[agent]]\nproject = \"acme\"\nname = \"Eva\"\nkeys = [\"203\", \" OLENA@acme.example\"]\n";
        let said = refused(&world, "other.toml", other).await;
        assert!(said.contains("the key `OLENA@acme.example` is `Olena K.`'s for some of the same days (acme.toml)"), "{said}");
        assert!(said.contains("other.toml:5:16"), "{said}");
    }

    async fn everything_wrong_with_the_directory_is_shown_at_once(world: World) {
        let text = r#"version = 1
[[agent]]
project = "acmee"
id = "Olena K"
name = "Olena"
keys = []
[[agent]]
project = "acme"
name = "Eva"
keys = [{ key = "203", from = 2026-06-01, to = "2026-06-01" }, "204", 204, { number = "1" }]
contact = "nobody"
from = "soon"
[[number]]
project = "acme"
number = "044 555 01 01"
[[number]]
project = "acme"
number = "+380445550109"
ignore = true
source = "flyer"
[[number]]
project = "acme"
number = "+380 44 555 01 09"
"#;
        ask(&world, "acme.toml", ACME, false).await.expect("applied");
        let said = refused(&world, "wrong.toml", text).await;
        for wrong in [
            "error: `agent.id`: `Olena K` can't be an id: small letters, digits, `-`, `_` and `.`, such as `olena-k`\n --> wrong.toml:4:6",
            "error: `agent.keys`: nobody is known without a key",
            "error: `agent.keys`: `203` would never be in use: `to` (2026-06-01) must come after `from` (2026-06-01)\n  --> wrong.toml:10:9",
            "error: `agent.keys`: `204` is there twice for the same days\n  --> wrong.toml:10:71",
            "error: `key` is missing in `agent.keys`",
            "error: `number` isn't a key of agent.keys",
            "error: there is no contact `nobody`\n  --> wrong.toml:11:11",
            "error: `agent.from`: `soon` isn't a day such as `2026-06-01`",
            "error: `number.number`: `044 555 01 01` isn't a number in international form",
            "error: `number.source`: calls from this number are left out (`ignore = true`)",
            "error: there are two `[[number]]` with the id `acme/+380445550109`; the first is in line 16",
            "\n11 problems; nothing was done",
        ] {
            assert!(said.contains(wrong), "{wrong}\n\n{said}");
        }
    }

    async fn an_agent_gets_own_calls_and_the_owner_hears_who_is_not_listed(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&format!("{}{WEEKLY}", ACME.replace("agents = \"numbered\"", ""))).await;
        world.import_file("acme", CALLS).await;
        world.set("2026-11-23T06:00:00Z");
        let report = world.settle().await;
        assert_eq!((report.built, report.accepted), (1, 2), "{report:?}");
        let left_out = world.texts("select reason || ' ' || detail from ledger where to_state = 'left_out'").await;
        assert_eq!(left_out, ["own_calls_unknown eva"]);
        let mails = Mail::all(&world);
        let own = Mail::to(&mails, "olena@acme.example");
        assert!(own.subject.starts_with("Acme, Olena K.: ") && own.subject.contains("2 calls"), "{}", own.subject);
        assert!(!own.text.contains("Taras") && !own.html.contains("Taras"), "{}", own.text);
        assert!(!own.text.contains("Not in your list"), "{}", own.text);
        let all = Mail::to(&mails, "boss@acme.example");
        let flat: String = all.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for told in ["Olena K.", "Taras B.", "extension 207 (1 call)", "1 call from an ignored number", "4 calls"] {
            assert!(flat.contains(told), "{told}\n{}", all.text);
        }
        assert!(!flat.contains("205"), "her second key is no line of its own: {flat}");
    }

    async fn a_personal_report_has_nothing_of_colleagues_in_any_format(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let setup = every_format("");
        world.apply(&setup).await;
        world.import_file("acme", CALLS).await;
        world.set("2026-11-23T06:00:00Z");
        build_without_sending(&world).await;
        // A manager when the report was made, an agent when it goes.
        world.apply(&setup.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"agent\"] }")).await;
        world.settle().await;
        let readers = world.texts("select v.kind_of_reader from deliveries d join variants v on v.id = d.variant order by d.address").await;
        assert!(readers[1].contains("taras") && readers[2].contains("olena-k"), "{readers:?}");
        for (to, own, others) in [
            ("olena@acme.example", &["olena k.", "501112201", "501112203"][..], &["taras", "501112202", "501112204", "671112233"][..]),
            ("eva@acme.example", &["taras b.", "501112202"], &["olena", "501112201", "501112203", "501112204", "671112233"]),
        ] {
            let raw = world.outbox().into_iter().find(|raw| Mail::read(raw).to == to).expect("a mail");
            let names: Vec<String> = Mail::read(&raw).files.into_iter().map(|(name, _)| name).collect();
            assert_eq!(names.len(), 4, "{names:?}");
            let text = joined(&readable(&raw)).to_lowercase().replace(to, "");
            let text = text.replace("boss@acme.example", "");
            for word in own {
                assert!(text.contains(&word.replace(' ', "")), "{to}: {word} in {text}");
            }
            for word in others {
                assert!(!text.contains(word), "{to}: {word} in {text}");
            }
        }
    }

    async fn a_personal_report_is_masked_where_the_schedule_asks(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&every_format("numbers = \"last-4\"")).await;
        world.import_file("acme", CALLS).await;
        world.set("2026-11-23T06:00:00Z");
        world.settle().await;
        let raw = world.outbox().into_iter().find(|raw| Mail::read(raw).to == "olena@acme.example").expect("a mail");
        let text = joined(&readable(&raw));
        assert!(text.contains("2201") && text.contains("2203"), "{text}");
        assert!(!text.contains("12201") && !text.contains("12203") && !text.contains("tel:"), "{text}");
    }

    async fn what_calls_name_and_nobody_listed_is_found(world: World) {
        world.apply(ACME).await;
        world.import_file("acme", CALLS).await;
        let project = world.app.store.project(&ProjectId::parse("acme").expect("an id")).await.expect("read");
        let project = project.expect("it stands").key;
        let mut session = world.app.store.read().await.expect("a connection");
        let zone = world.app.zones.get("Europe/Kyiv").expect("a zone");
        let directory = session.directory(project, |day| zone.start_of_day(day)).await.expect("read");
        let seen = session.agents_seen(project, (None, None), None).await.expect("read");
        let calls: Vec<_> = seen.iter().map(|seen| (seen.key.as_str(), seen.calls)).collect();
        assert_eq!(calls, [("201", 2), ("202", 1), ("205", 1), ("207", 1)]);
        let unlisted: Vec<_> = seen.iter().filter(|seen| !directory.gaps(&seen.key, seen.name.as_deref()).is_empty()).collect();
        assert_eq!(unlisted.iter().map(|seen| seen.key.as_str()).collect::<Vec<_>>(), ["207"]);
        assert!(Directory::default().gaps("201", None) == [(None, None)]);
        let last = seen[3].last_at;
        let before = session.agents_seen(project, (None, Some(last)), Some(seen[3].id)).await.expect("read");
        assert!(before.is_empty(), "half-open");
        let numbers = session.numbers_seen(project).await.expect("read");
        let unlisted: Vec<_> = numbers.iter().filter(|seen| directory.number(seen.number).is_none()).collect();
        assert_eq!(unlisted.iter().map(|seen| (seen.number, seen.calls)).collect::<Vec<_>>(), [(380_445_550_102, 2)]);
    }
}
