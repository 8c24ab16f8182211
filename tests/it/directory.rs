//! The directory of people and numbers: applied, checked, read back.

use callbrief::apply::{ApplyError, Plan, Request, apply_text};

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

async fn ask(world: &World, file: &str, text: &str, prune: bool) -> Result<Plan, ApplyError> {
    let request = Request { file, text, actor: "test", now: world.now(), dry_run: false, prune, has_operations: true };
    apply_text(&world.app.store, &world.app.zones, &request, |_, _| {}).await
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
        let agents = world.app.store.listed_agents(None).await.expect("read");
        let names: Vec<_> = agents.iter().map(|kept| (kept.entry.id.as_str(), kept.entry.keys.len())).collect();
        assert_eq!(names, [("olena-k", 4), ("taras", 2)]);
        let numbers = world.app.store.listed_numbers(None).await.expect("read");
        assert_eq!(numbers.iter().filter(|kept| kept.entry.ignore).count(), 1);
    }

    async fn what_the_file_names_no_more_is_pruned(world: World) {
        ask(&world, "acme.toml", ACME, false).await.expect("applied");
        let without = &ACME[..ACME.find("[[agent]]").expect("there is one")];
        assert!(ask(&world, "acme.toml", without, false).await.expect("applied").changes.is_empty());
        let plan = ask(&world, "acme.toml", without, true).await.expect("applied");
        assert_eq!(plan.changes.iter().map(|change| change.noun.name()).collect::<Vec<_>>(), ["number", "number", "agent", "agent"]);
        assert!(world.app.store.listed_agents(None).await.expect("read").is_empty());
        assert!(world.app.store.listed_numbers(None).await.expect("read").is_empty());
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
}
