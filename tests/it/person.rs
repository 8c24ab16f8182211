//! Somebody is given what is stored of them, or is erased: from every column of every table and every stored document, and
//! nothing brings them back. What is looked at is what the database says that it has, not what a list says.

use std::io::Write;
use std::process::Command;

use callbrief::domain::instant::Instant;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::store::On;
use sqlx::AssertSqlSafe;

use crate::flow::{ACME, DUE};
use crate::program::{command, settings};
use crate::support::{Engine, World, on_both};

/// Digits that every spelling of the person's numbers has, without what stands between them; and the address.
const NEEDLES: &[&str] = &["671112233", "olena@acme.example", "olena%40acme.example"];
const NUMBER: &str = "+380671112233";

/// The spellings in which the calls tell the number, and things that only the caller can be known by.
const CALLS: &str = "\
call_id,started_at,direction,status,client_number,talk_sec,from_number,client_id,landing,comment,recording_url,agent_id,utm_source
a,2026-11-17T10:00:00+02:00,inbound,answered,+380671112233,61,067 111 22 33,147.178,https://acme.example/windows?gclid=x9,asked for Olena,https://rec.example/a,101,google
b,2026-11-17T10:05:00+02:00,inbound,missed_no_answer,+380502223344,,,,,,,101,
380671112233-c,2026-11-18T15:20:00+02:00,inbound,missed_no_answer,00380671112233,,,,,call 067-111-22-33 back,,102,
d,2026-11-18T16:20:00+02:00,outbound,answered,+380671112233,120,,,,,,102,
e,2026-11-19T16:20:00+02:00,inbound,answered,+380503334455,30,,,,or call (067) 111-22-33,,102,
";

/// The same calls as a system in another country tells them.
fn abroad() -> String {
    ["067 111 22 33", "067-111-22-33", "(067) 111-22-33"]
        .iter()
        .fold(CALLS.to_owned(), |text, written| text.replace(written, "+380 67 111-22-33"))
}

/// Notifications of a call from the person, and of one from somebody else.
fn events(number: &str) -> String {
    let event = |call: &str, status: &str, sec: u32, number: &str| {
        format!(
            "{{\"call_id\":\"{call}\",\"timestamp\":\"2026-11-20T10:00:{sec:02}+00:00\",\"status\":\"{status}\",\"version\":\"v2\",\
             \"direction\":\"inbound\",\"caller\":{{\"number\":\"{number}\",\"name\":\"Olena Koval\",\"account_number\":null,\
             \"user_numbers\":[],\"user_emails\":[]}},\"destination\":{{\"number\":\"+380441234567\",\"targets\":\
             [{{\"number\":\"+380441230001\",\"name\":null,\"account_number\":\"201\",\"user_numbers\":[],\"user_emails\":[]}}]}}}}\n"
        )
    };
    [
        event("v1", "ringing", 1, number),
        event("v1", "in-progress", 5, number),
        event("v2", "ringing", 9, "+31150010003"),
    ]
    .concat()
}

const SETUP: &str = r#"
[[project]]
id = "beta"
name = "Beta Doors"
zone = "Europe/Amsterdam"
locale = "en"
currency = "EUR"

[[number]]
project = "acme"
number = "+380671112233"
ignored = true
"#;

async fn take(world: &World, project: &str, format: Format, text: &str) {
    let project = callbrief::domain::ids::ProjectId::parse(project).expect("valid");
    // What looks like a number in Ukraine is another one in the Netherlands.
    let name = if project.as_str() == "acme" { "some 0671112233.csv" } else { "some.csv" };
    let request = ImportRequest::new(project, format, name, std::io::Cursor::new(text.to_owned()));
    ingest::import(&world.app, request).await.expect("it is taken in");
}

async fn take_all(world: &World) {
    take(world, "acme", Format::Native, CALLS).await;
    take(world, "acme", Format::Voys, &events(NUMBER)).await;
    take(world, "acme", Format::Native, "call_id,started_at,direction,status\nx,at 067 111 22 33,inbound,answered\n")
        .await;
}

/// A world with reports sent, in which the person is a caller and a reader.
async fn full(world: &World) {
    world.set("2026-11-16T09:00:00Z");
    let formats = "formats = [\"pdf\", \"xlsx\", \"csv\", \"json\"]";
    let setup = ACME.replace("formats = [\"pdf\"]", formats).replace("report = \"summary\"", "report = \"call-log\"");
    world.apply(&format!("{setup}{}", SETUP.split("[[number]]").next().expect("projects"))).await;
    take_all(world).await;
    take(world, "beta", Format::Native, &abroad()).await;
    world.set(DUE);
    assert_eq!(world.settle().await.accepted, 4);
    world.execute("update deliveries set reply = '550 no olena@acme.example here'").await;
    world.execute("update lanes set last_error = 'refused +380 67 111 22 33'").await;
    world
        .execute("update ledger set detail = 'to Olena@Acme.Example by hand' where id in (select min(id) from ledger)")
        .await;
    settings(world, 0);
}

/// Every cell of the database that has one of these, as `table.column: text`: columns by the database's own account, stored
/// documents unpacked, and blanks and marks between digits taken out first.
async fn cells_with(world: &World, needles: &[&str]) -> Vec<String> {
    let columns = match world.engine {
        Engine::Sqlite => {
            "select m.name || '|' || p.name || '|' || lower(p.type) from sqlite_master m join pragma_table_info(m.name) p
             where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '\\_%' escape '\\'"
        }
        Engine::Postgres => {
            "select table_name || '|' || column_name || '|' || data_type from information_schema.columns
             where table_schema = 'public' and table_name not like '\\_%'"
        }
    };
    let columns = world.texts(columns).await;
    assert!(columns.len() > 200, "the look at the structure found hardly anything");
    let mut found = Vec::new();
    for column in columns {
        let mut parts = column.split('|');
        let (table, name, kind) =
            (parts.next().expect("a table"), parts.next().expect("a column"), parts.next().expect("a kind"));
        let is_bytes = matches!(kind, "blob" | "bytea");
        let texts = if is_bytes {
            bytes(world, table, name).await.iter().flat_map(|bytes| unpacked(bytes)).collect()
        } else {
            world.texts(&format!("select cast(\"{name}\" as text) from \"{table}\" where \"{name}\" is not null")).await
        };
        for text in texts {
            let plain: String = text
                .to_lowercase()
                .replace("&nbsp;", "")
                .chars()
                .filter(|c| !" -.()/\u{a0}–".contains(*c) || c == &'.')
                .collect();
            let squeezed = plain.replace('.', "");
            if needles.iter().any(|needle| plain.contains(needle) || squeezed.contains(needle)) {
                found.push(format!("{table}.{name}: {}", text.chars().take(300).collect::<String>()));
            }
        }
    }
    found
}

async fn bytes(world: &World, table: &str, column: &str) -> Vec<Vec<u8>> {
    let mut session = world.app.store.read().await.expect("a connection");
    let sql = AssertSqlSafe(format!("select \"{column}\" from \"{table}\" where \"{column}\" is not null"));
    match session.on() {
        On::Sqlite(connection) => sqlx::query_scalar(sql).fetch_all(connection).await,
        On::Postgres(connection) => sqlx::query_scalar(sql).fetch_all(connection).await,
    }
    .expect("the bytes")
}

/// What bytes say: themselves, what they unpack to, the words of a PDF, the files of a workbook.
fn unpacked(bytes: &[u8]) -> Vec<String> {
    let plain = zstd::decode_all(bytes).unwrap_or_else(|_| bytes.to_vec());
    let mut texts = vec![String::from_utf8_lossy(&plain).into_owned()];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("document");
    std::fs::File::create(&file).and_then(|mut open| open.write_all(&plain)).expect("written");
    if plain.starts_with(b"%PDF") {
        let out = Command::new("pdftotext").arg(&file).arg("-").output().expect("pdftotext runs");
        texts.push(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    if plain.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(plain)).expect("an archive");
        for at in 0..archive.len() {
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut archive.by_index(at).expect("a file"), &mut text).expect("it is read");
            texts.push(String::from_utf8_lossy(&text).into_owned());
        }
    }
    texts
}

/// What reports count, but for callers.
async fn totals(world: &World) -> Vec<String> {
    let sql = "select c.project || ' ' || c.direction || ' ' || c.status || ' ' || coalesce(a.key, '-') || ' ' ||
               coalesce(t.source, '-') || ' ' || coalesce(t.has_session, false) || ' ' || coalesce(c.talk_sec, -1) || ' ' || c.flags
               from calls c left join agents a on a.id = c.agent left join attributions t on t.id = c.attribution";
    let mut rows = world.texts(sql).await;
    rows.extend(
        world.texts("select 'part ' || coalesce(agent, 0) || ' ' || kind || ' ' || outcome from call_parts").await,
    );
    rows.extend(world.texts("select state || ' ' || kind || ' ' || channel from deliveries").await);
    rows.sort();
    rows
}

/// The figures of the week, but for those that count callers.
fn figures(world: &World) -> Vec<(String, serde_json::Value)> {
    let args = ["preview", "summary", "--project", "acme", "--period", "2026-W47", "--format", "json"];
    let out = command(world, DUE, &args).output().expect("it runs");
    let json: serde_json::Value = serde_json::from_slice(&out.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&out.stderr)));
    let of_callers = ["to_call_back", "unique_callers", "new_callers", "target", "callers"];
    let figures = json["figures"].as_object().expect("figures").clone();
    let kept: Vec<_> = figures
        .into_iter()
        .filter(|(name, _)| !of_callers.iter().any(|part| name.contains(part)))
        .map(|(name, figure)| (name, figure["value"].clone()))
        .collect();
    assert!(kept.len() > 8, "{kept:?}");
    kept
}

/// What the program says, and how it ends.
fn person(world: &World, args: &[&str]) -> (Option<i32>, String) {
    let out = command(world, DUE, &[&["person"], args].concat()).output().expect("it runs");
    let said = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    (out.status.code(), said)
}

const WHO: [&str; 4] = ["--number", NUMBER, "--address", "olena@acme.example"];

on_both! {
    async fn a_person_is_erased_from_every_column_and_document_and_the_totals_stay(world: World) {
        full(&world).await;
        let before = cells_with(&world, NEEDLES).await;
        for place in [
            "call_details.record", "call_details.call_id", "calls.client", "call_events.body", "callback_entries.client",
            "set_aside.value", "deliveries.address", "contact_addresses.address", "artefacts.bytes", "imports.file_name",
            "lanes.last_error", "ledger.detail", "deliveries.reply",
        ] {
            assert!(before.iter().any(|cell| cell.starts_with(place)), "nothing in {place}: {before:#?}");
        }
        let (counted, shown, others) = (totals(&world).await, figures(&world), cells_with(&world, &["503334455"]).await.len());

        let (code, said) = person(&world, &[&["erase"], &WHO[..], &["--dry-run"]].concat());
        assert!(code == Some(0) && said.contains("call_events") && said.contains("Nothing was changed"), "{said}");
        assert_eq!(cells_with(&world, NEEDLES).await.len(), before.len(), "a dry run changes nothing");
        assert_eq!(world.number("select count(*) from erased").await, 0);
        let (code, said) = person(&world, &[&["erase"], &WHO[..]].concat());
        assert!(code == Some(2) && said.contains("--yes"), "nobody sits at this terminal: {said}");

        let (code, said) = person(&world, &[&["erase"], &WHO[..], &["--yes"]].concat());
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("`olena`") && said.contains("callbrief-erased.jsonl"), "{said}");
        assert_eq!(cells_with(&world, NEEDLES).await, Vec::<String>::new());
        assert_eq!(cells_with(&world, &["147.178", "gclid", "rec.example", "asked for"]).await, Vec::<String>::new());
        assert_eq!(totals(&world).await, counted);
        assert_eq!(figures(&world), shown);
        assert!(cells_with(&world, &["502223344"]).await.len() > 2, "nobody else goes");
        assert!(cells_with(&world, &["503334455"]).await.len() <= others);
        let replay = std::fs::read_to_string(world.folder().join("callbrief-erased.jsonl")).expect("the file");
        assert!(NEEDLES.iter().all(|needle| !replay.contains(needle)), "{replay}");
        assert_eq!(world.texts("select action from audit where action = 'person_erased'").await.len(), 2);

        // The same files once more, and the same file from another system.
        take_all(&world).await;
        take(&world, "beta", Format::Native, &abroad()).await;
        assert_eq!(cells_with(&world, NEEDLES).await, Vec::<String>::new(), "imports don't bring them back");
        let again: Vec<String> = totals(&world).await;
        assert_eq!(again, counted);
        // Whoever applies the file again is told whom it brings back.
        std::fs::write(world.folder().join("setup.toml"), ACME).expect("the file");
        let out = command(&world, DUE, &["apply", "setup.toml", "--dry-run"]).output().expect("it runs");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(said.contains("contact `olena` has an address of a person who was erased"), "{said}");
        // Who calls again has called anew.
        world.import("acme", "z,2026-11-24T10:00:00+02:00,inbound,answered,+380671112233,61\n").await;
        assert_eq!(world.number("select count(*) from calls where client = 380671112233").await, 1);
    }

    async fn within_one_project_the_others_keep_what_is_theirs(world: World) {
        full(&world).await;
        let of = "select count(*) from calls c join projects p on p.key = c.project where c.client = 380671112233 and p.id = ";
        assert_eq!((world.number(&format!("{of}'acme'")).await, world.number(&format!("{of}'beta'")).await), (4, 3));
        let (code, said) = person(&world, &["erase", "--number", NUMBER, "--project", "acme", "--yes"]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!((world.number(&format!("{of}'acme'")).await, world.number(&format!("{of}'beta'")).await), (0, 3));
        take_all(&world).await;
        take(&world, "beta", Format::Native, &abroad()).await;
        assert_eq!((world.number(&format!("{of}'acme'")).await, world.number(&format!("{of}'beta'")).await), (0, 3));
    }

    async fn the_same_digits_in_another_country_are_somebody_else(world: World) {
        full(&world).await;
        world.import("beta", "dutch,2026-11-18T10:00:00+01:00,inbound,answered,0671112233,61\n").await;
        let (code, said) = person(&world, &["erase", "--number", NUMBER, "--yes"]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(world.number("select count(*) from calls where client = 31671112233").await, 1);
        assert_eq!(world.number("select count(*) from calls where client = 380671112233").await, 0);
    }

    async fn an_export_has_it_all_and_a_line_of_our_own_is_no_person(world: World) {
        full(&world).await;
        let (code, said) = person(&world, &[&["export"], &WHO[..], &["--out", "person.json"]].concat());
        assert_eq!(code, Some(0), "{said}");
        let json = std::fs::read_to_string(world.folder().join("person.json")).expect("the file");
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        for table in ["call_details", "calls", "call_events", "set_aside", "deliveries", "contact_addresses"] {
            assert!(json["tables"][table].as_array().is_some_and(|rows| !rows.is_empty()), "{table}: {json}");
        }
        assert_eq!(json["tables"]["call_details"][0]["record"]["client_number"], NUMBER);
        assert!(!json.to_string().contains("502223344"), "nobody else's call");
        let (code, said) = person(&world, &["erase", "--number", "+380441234567", "--yes"]);
        assert!(code == Some(2) && said.contains("a line of acme"), "{said}");
        let (code, said) = person(&world, &["erase", "--number", "0671112233", "--yes"]);
        assert!(code == Some(2) && said.contains("country code"), "{said}");
    }

    async fn after_a_restored_backup_the_file_erases_them_again(world: World) {
        full(&world).await;
        let (code, said) = person(&world, &[&["erase"], &WHO[..], &["--yes"]].concat());
        assert_eq!(code, Some(0), "{said}");
        // A backup from before: another world in which nobody was erased yet.
        let restored = World::new(world.engine).await;
        full(&restored).await;
        let file = world.folder().join("callbrief-erased.jsonl");
        let file = file.to_str().expect("UTF-8");
        let (code, said) = person(&restored, &["replay", file, "--dry-run"]);
        assert!(code == Some(0) && said.contains("call_details"), "{said}");
        assert!(!cells_with(&restored, NEEDLES).await.is_empty());
        let (code, said) = person(&restored, &["replay", file, "--yes"]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(cells_with(&restored, NEEDLES).await, Vec::<String>::new());
        // What came later stands, also when the file is replayed once more.
        restored.import("acme", "z,2026-11-24T10:00:00+02:00,inbound,answered,+380671112233,61\n").await;
        let (code, said) = person(&restored, &["replay", file, "--yes"]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(restored.number("select count(*) from calls where client = 380671112233").await, 1);
        assert_eq!(restored.number("select count(*) from call_details where record like '%+380671112233%'").await, 1);
        restored.execute("delete from calls where client = 380671112233").await;
        restored.execute("delete from call_details where record like '%+380671112233%'").await;
        take_all(&restored).await;
        assert_eq!(cells_with(&restored, NEEDLES).await, Vec::<String>::new());
    }

    async fn a_report_that_waits_is_made_anew_and_a_message_to_the_person_does_not_go(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&ACME.replace("report = \"summary\"", "report = \"call-log\"")).await;
        take_all(&world).await;
        settings(&world, 0);
        world.set(DUE);
        let (code, _) = {
            let out = command(&world, DUE, &["hold", "--all", "--reason", "a test"]).output().expect("it runs");
            (out.status.code(), out)
        };
        assert_eq!(code, Some(0));
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where state in ('queued', 'held')").await, 4);
        let (code, said) = person(&world, &[&["erase"], &WHO[..], &["--yes"]].concat());
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(cells_with(&world, NEEDLES).await, Vec::<String>::new());
        let out = command(&world, DUE, &["release"]).output().expect("it runs");
        assert!(out.status.success());
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where state = 'accepted'").await, 3);
        for mail in world.outbox() {
            let mail = String::from_utf8_lossy(&mail).replace([' ', '\u{a0}', '-'], "");
            assert!(!mail.contains("671112233") && !mail.to_lowercase().contains("olena@acme.example"), "{mail}");
        }
        assert_eq!(cells_with(&world, NEEDLES).await, Vec::<String>::new());
        assert!(world.now() > Instant::from_seconds(0));
    }
}
