//! A project's data as a whole: given away, and removed so that nothing of it is left while the others keep theirs.

use std::collections::BTreeMap;

use crate::flow::{ACME, CALLS, DUE};
use crate::program::{command, settings};
use crate::support::{World, on_both};

const BETA: &str = r#"
[[project]]
id = "beta"
name = "Beta Doors"
zone = "Europe/Amsterdam"
locale = "en"
currency = "EUR"
allowed_domains = ["beta.example"]

[[contact]]
id = "bram"
name = "Bram de Wit"
addresses = { email = ["bram@beta.example"] }
roles = { beta = ["owner"] }

[[contact]]
id = "both"
name = "Somebody of both"
addresses = { email = ["both@beta.example"] }
roles = { beta = ["manager"], acme = ["viewer"] }

[[schedule]]
id = "weekly-beta"
project = "beta"
report = "summary"
recipients = ["bram", "board@beta.example"]
every = "week"
on = ["mon"]
at = "08:00"
"#;

async fn two(world: &World) {
    world.set("2026-11-16T09:00:00Z");
    world.apply(&format!("{ACME}{BETA}")).await;
    world.import("acme", CALLS).await;
    world.import("beta", &CALLS.replace("+3806711", "+3161234")).await;
    world.set("2026-11-23T09:00:00Z");
    assert_eq!(world.settle().await.accepted, 6);
    settings(world, 0);
}

fn project(world: &World, args: &[&str]) -> (Option<i32>, String) {
    let out = command(world, DUE, &[&["project"], args].concat()).output().expect("it runs");
    (out.status.code(), format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
}

/// Rows of every table.
async fn rows(world: &World) -> BTreeMap<String, i64> {
    let mut rows = BTreeMap::new();
    let tables = world.app.store.read().await.expect("a connection").tables().await.expect("the tables");
    for table in tables {
        let count = world.number(&format!("select count(*) from \"{}\"", table.name)).await;
        rows.insert(table.name, count);
    }
    rows
}

on_both! {
    async fn an_exported_project_has_every_row_and_no_other_project_s(world: World) {
        two(&world).await;
        let (code, said) = project(&world, &["export", "acme", "--out", "acme.jsonl"]);
        assert_eq!(code, Some(0), "{said}");
        let text = std::fs::read_to_string(world.folder().join("acme.jsonl")).expect("the file");
        let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines[0]["callbrief_project"], "acme");
        let of = |table: &str| lines.iter().filter(|line| line["table"] == table).count();
        assert_eq!((of("calls"), of("call_details"), of("projects"), of("schedules"), of("deliveries")), (3, 3, 1, 1, 4));
        assert!(of("artefacts") > 3 && of("call_parts") == 3 && of("variants") > 1, "{}", lines.len());
        assert!(!text.contains("beta.example") && !text.contains("3161234"), "beta's");
        let (code, said) = project(&world, &["export", "gamma", "--out", "x"]);
        assert!(code == Some(2) && said.contains("no project `gamma`"), "{said}");
    }

    async fn a_purged_project_leaves_nothing_and_the_others_keep_what_is_theirs(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&format!("{}{BETA}", ACME.split("[[project]]").next().expect("a head"))
            .replace(", acme = [\"viewer\"]", "")).await;
        world.import("beta", &CALLS.replace("+3806711", "+3161234")).await;
        world.set("2026-11-23T09:00:00Z");
        world.settle().await;
        let alone = rows(&world).await;

        let world = World::new(world.engine).await;
        two(&world).await;
        let before = rows(&world).await;
        let (code, said) = project(&world, &["purge", "acme", "--dry-run"]);
        assert!(code == Some(0) && said.contains("call_details 3") && said.contains("Nothing was changed"), "{said}");
        assert_eq!(rows(&world).await, before);
        let (code, said) = project(&world, &["purge", "acme"]);
        assert!(code == Some(2) && said.contains("--yes"), "{said}");
        assert_eq!(rows(&world).await, before);
        let (code, said) = project(&world, &["purge", "acme", "--yes"]);
        assert_eq!(code, Some(0), "{said}");
        let mut left = rows(&world).await;
        for table in ["audit", "meta", "lanes", "reports"] {
            left.remove(table);
        }
        let differs: Vec<_> = left.iter().filter(|(table, rows)| alone.get(*table) != Some(rows)).collect();
        assert!(differs.is_empty(), "as if acme had never been there: {differs:?}, {said}");
        assert_eq!(world.texts("select id from contacts order by id").await, ["both", "bram"]);
        assert_eq!(world.texts("select action from audit where action = 'project_purged'").await.len(), 1);
        let (code, _) = project(&world, &["purge", "acme", "--yes"]);
        assert_eq!(code, Some(2), "it is gone");
        // What is left works.
        world.set("2026-11-30T09:00:00Z");
        assert_eq!(world.settle().await.accepted, 2);
    }
}
