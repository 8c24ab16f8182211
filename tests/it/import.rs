//! Calls come in: from files, in any order, in pieces and twice, into either database.

use std::collections::BTreeMap;
use std::sync::Arc;

use callbrief::config::mapping;
use callbrief::config::problem::{Problems, Source};
use callbrief::domain::ids::{ProjectId, ProjectKey};
use callbrief::domain::instant::Instant;
use callbrief::ingest::{Format, ImportAccount, ImportError, ImportRequest, Uncovered, explain, import, parse_covers};

use crate::support::{Engine, World, on_both};

const CAPTURES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/voipgrid_events.jsonl"));

pub async fn with_project(world: &World) -> ProjectKey {
    let sql =
        "insert into projects (id, name, zone, locale, currency, week_start, allowed_domains, created_at, updated_at)
        values ('acme', 'Acme', 'Europe/Kyiv', 'uk-UA', 'UAH', 'mon', '[]', TIME, TIME)";
    let time = if world.engine == Engine::Sqlite { "0" } else { "timestamptz 'epoch'" };
    world.execute(&sql.replace("TIME", time)).await;
    ProjectKey(world.number("select key from projects").await)
}

fn request(format: Format, text: impl Into<Vec<u8>>) -> ImportRequest {
    let project = ProjectId::parse("acme").expect("an id");
    ImportRequest::new(project, format, "calls", std::io::Cursor::new(text.into()))
}

async fn take(world: &World, format: Format, text: impl Into<Vec<u8>>) -> ImportAccount {
    import(&world.app, request(format, text)).await.expect("the import runs")
}

fn counts(account: &ImportAccount) -> [u64; 6] {
    [account.rows, account.calls, account.new, account.updated, account.unchanged, account.set_aside]
}

/// Everything that reports may read of calls, in an order of its own and without numbers that intake gave out.
pub async fn rows(world: &World) -> Vec<String> {
    let micros = |column: &str| match world.engine {
        Engine::Sqlite => column.to_owned(),
        Engine::Postgres => format!("cast(extract(epoch from {column}) * 1000000 as bigint)"),
    };
    let sql = format!(
        "select d.call_id || ' ' || {} || ' ' || c.direction || ' ' || c.status || ' ' || coalesce(c.client, 0) || ' ' ||
            coalesce(a.key, '-') || ' ' || coalesce(a.name, '-') || ' ' || coalesce(c.wait_sec, -1) || ' ' ||
            coalesce(c.talk_sec, -1) || ' ' || c.flags || ' ' || d.record
        from call_details d
        join calls c on c.id = d.id
        left join agents a on a.id = c.agent
        union all
        select d.call_id || ' part ' || p.n || ' ' || coalesce(a.key, '-') || ' ' || p.kind || ' ' || p.outcome || ' ' ||
            coalesce(p.ring_sec, -1) || ' ' || coalesce(p.talk_sec, -1)
        from call_parts p
        join call_details d on d.id = p.call
        left join agents a on a.id = p.agent
        union all
        select 'entry ' || client || ' ' || {} || ' ' || coalesce({}, 0) || ' ' || missed || attempts
        from callback_entries",
        micros("c.started_at"),
        micros("opened_at"),
        micros("closed_at"),
    );
    let mut rows = world.texts(&sql).await;
    rows.sort();
    rows
}

/// Shuffles in a way that is the same on every run.
fn shuffled(lines: &[String], seed: u64) -> Vec<String> {
    let mut keyed: Vec<(u64, &String)> = lines
        .iter()
        .enumerate()
        .map(|(n, line)| ((n as u64 + 1).wrapping_mul(seed | 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 7, line))
        .collect();
    keyed.sort();
    keyed.into_iter().map(|(_, line)| line.clone()).collect()
}

fn captures() -> Vec<String> {
    let event = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["event"].to_string();
    CAPTURES.lines().map(event).collect()
}

/// Some callers, each of whom calls, is missed, is called back; some rows tell of one call twice, differently.
fn native_lines() -> Vec<String> {
    let mut lines = Vec::new();
    for n in 0..120 {
        let (client, minute) = (n % 7, n * 37 % 1440);
        let (direction, status, talk) = match n % 5 {
            0 => ("outbound", "answered", "40"),
            1 => ("inbound", "answered", "60"),
            2 => ("outbound", "client_no_answer", "0"),
            _ => ("inbound", "missed_no_answer", ""),
        };
        let at = format!("2026-06-{:02}T{:02}:{:02}:00Z", 1 + n % 3, minute / 60, minute % 60);
        let other = format!("+38067111220{client}");
        let (from, to) =
            if direction == "inbound" { (other.as_str(), "+380445550101") } else { ("201", other.as_str()) };
        let mut row = serde_json::json!({
            "call_id": format!("c{n}"), "started_at": at, "direction": direction, "status": status, "from_number": from,
            "to_number": to, "talk_sec": talk, "wait_sec": n % 30, "agent_id": format!("20{}", n % 3),
            "agent_name": format!("Olena {}", n % 4), "utm_source": "google",
        });
        lines.push(row.to_string());
        if n % 4 == 0 {
            row["status"] = "in_progress".into();
            row["talk_sec"] = serde_json::Value::Null;
            row["queue"] = format!("queue {}", n % 3).into();
            lines.push(row.to_string());
        }
    }
    lines
}

async fn after(engine: Engine, format: Format, pieces: &[Vec<String>]) -> Vec<String> {
    let world = World::new(engine).await;
    with_project(&world).await;
    for piece in pieces {
        let account = take(&world, format, piece.join("\n")).await;
        assert_eq!(account.set_aside, 0, "{:?}", account.first_set_aside);
    }
    rows(&world).await
}

async fn order_changes_nothing(engine: Engine, format: Format, lines: Vec<String>) {
    let once = after(engine, format, std::slice::from_ref(&lines)).await;
    assert!(once.len() > 50);
    let doubled = [lines.clone(), lines.clone()].concat();
    assert_eq!(after(engine, format, &[doubled]).await, once, "doubled");
    for seed in [3, 11] {
        let mixed = shuffled(&lines, seed);
        let pieces: Vec<Vec<String>> = mixed.chunks(lines.len() / 3).map(<[String]>::to_vec).collect();
        assert_eq!(after(engine, format, &pieces).await, once, "shuffled by {seed}, in pieces");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_make_the_same_calls_in_any_order_on_sqlite() {
    order_changes_nothing(Engine::Sqlite, Format::Voys, captures()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_make_the_same_calls_in_any_order_on_postgres() {
    order_changes_nothing(Engine::Postgres, Format::Voys, captures()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_make_the_same_calls_in_any_order_on_sqlite() {
    order_changes_nothing(Engine::Sqlite, Format::Native, native_lines()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_make_the_same_calls_in_any_order_on_postgres() {
    order_changes_nothing(Engine::Postgres, Format::Native, native_lines()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_databases_hold_the_same() {
    for (format, lines) in [(Format::Voys, captures()), (Format::Native, native_lines()), (Format::Asterisk, legs())] {
        let lines = [lines];
        assert_eq!(after(Engine::Sqlite, format, &lines).await, after(Engine::Postgres, format, &lines).await);
    }
}

/// A native file without a call.
const HEADER: &str = "started_at,direction,status\n";

on_both! {
    async fn the_account_counts_each_call_once(world: World) {
        with_project(&world).await;
        let account = take(&world, Format::Voys, captures().join("\n")).await;
        assert_eq!(counts(&account), [194, 51, 51, 0, 0, 0]);
        let account = take(&world, Format::Voys, captures().join("\n")).await;
        assert_eq!(counts(&account), [194, 51, 0, 0, 51, 0]);
        assert_eq!(world.number("select count(*) from calls").await, 51);
        assert_eq!(world.number("select count(*) from call_events").await, 194);

        let row = r#"{"call_id":"1","started_at":"2026-06-01T09:00:00Z","direction":"inbound","status":"STATUS"}"#;
        let (open, done) = (row.replace("STATUS", "in_progress"), row.replace("STATUS", "missed_busy"));
        assert_eq!(counts(&take(&world, Format::Native, open.clone()).await), [1, 1, 1, 0, 0, 0]);
        assert_eq!(counts(&take(&world, Format::Native, done).await), [1, 1, 0, 1, 0, 0]);
        assert_eq!(counts(&take(&world, Format::Native, format!("{open}\n{open}")).await), [2, 1, 0, 0, 1, 0]);
        assert_eq!(world.number("select status from calls c join sources s on s.id = c.source where s.name = 'native'").await, 2);
    }

    async fn a_trial_run_counts_and_writes_nothing(world: World) {
        with_project(&world).await;
        let mut trial = request(Format::Voys, captures().join("\n"));
        trial.dry_run = true;
        let account = import(&world.app, trial).await.expect("it runs");
        assert_eq!(counts(&account), [194, 51, 51, 0, 0, 0]);
        for table in ["sources", "imports", "calls", "call_details", "call_events", "agents"] {
            assert_eq!(world.number(&format!("select count(*) from {table}")).await, 0, "{table}");
        }
        take(&world, Format::Voys, captures()[..100].join("\n")).await;
        let mut trial = request(Format::Voys, captures().join("\n"));
        trial.dry_run = true;
        let account = import(&world.app, trial).await.expect("it runs");
        assert_eq!((account.calls, account.calls - account.new > 10), (51, true));
    }

    async fn what_cant_be_read_is_set_aside_and_stops_nothing(world: World) {
        with_project(&world).await;
        let file = "\u{feff}call_id,started_at,direction,status,raw_status,talk_sec,project_id\r\n\
            1,2026-06-01 09:00:00,inbound,answered,,60,acme\r\n\
            2,soon,inbound,answered,,60,acme\r\n\
            3,2026-06-01 09:00:00,inbound,,GLORP,,\r\n\
            4,2026-06-01 09:00:00,inbound,answered,,60,other\r\n\
            5,2026-06-01 09:00:00\r\n\
            6,2026-06-01 09:00:00,inbound,answered,,-1,acme\r\n";
        let account = take(&world, Format::Native, file).await;
        assert_eq!(counts(&account), [6, 2, 2, 0, 0, 4]);
        let places: Vec<_> =
            account.first_set_aside.iter().map(|row| (row.line, row.column.as_str(), row.value.as_str())).collect();
        assert_eq!(places, [
            (3, "started_at", "soon"),
            (5, "project_id", "other"),
            (6, "", "5,2026-06-01 09:00:00"),
            (7, "talk_sec", "-1"),
        ]);
        assert_eq!(account.unknown_statuses, BTreeMap::from([("GLORP".to_owned(), 1)]));
        assert_eq!(world.number("select count(*) from set_aside").await, 4);
        assert_eq!(world.number("select rows_set_aside from imports").await, 4);
        assert_eq!(world.number("select count(*) from calls where status = 14").await, 1);
    }

    async fn an_event_from_the_future_doesnt_move_the_last_event(world: World) {
        with_project(&world).await;
        let last = match world.engine {
            Engine::Sqlite => "select cast(last_event_at / 1000000 as text) from sources",
            Engine::Postgres => "select cast(cast(extract(epoch from last_event_at) as bigint) as text) from sources",
        };
        let row = |id: &str, at: &str| format!("{{\"call_id\":\"{id}\",\"started_at\":\"{at}\",\"direction\":\"inbound\",\"status\":\"answered\"}}\n");
        take(&world, Format::Native, row("a", "2026-11-16T05:00:00Z")).await;
        let seen = world.texts(last).await;
        assert_eq!(seen, [Instant::parse_rfc3339("2026-11-16T05:00:00Z").expect("valid").as_seconds().to_string()]);
        let account = take(&world, Format::Native, row("b", "2031-01-01T00:00:00Z")).await;
        assert_eq!(counts(&account), [1, 1, 1, 0, 0, 0], "it is taken in");
        assert_eq!(world.texts(last).await, seen);
        take(&world, Format::Native, row("c", "2026-11-16T05:30:00Z")).await;
        assert_ne!(world.texts(last).await, seen, "one that has happened moves it");
    }

    async fn strict_refuses_the_file_whole(world: World) {
        with_project(&world).await;
        let good = r#"{"started_at":"2026-06-01T09:00:00Z","direction":"inbound","status":"answered"}"#;
        let mut strict = request(Format::Native, format!("{good}\n{{}}\n"));
        strict.strict = true;
        let account = import(&world.app, strict).await.expect("it runs");
        assert!(account.refused);
        assert_eq!((account.rows, account.set_aside, account.calls), (2, 1, 0));
        for table in ["sources", "imports", "calls", "call_details", "set_aside"] {
            assert_eq!(world.number(&format!("select count(*) from {table}")).await, 0, "{table}");
        }
        for (direction, word, talk) in [("in", "GLORP", ""), ("in", "GLORP", "60"), ("sideways", "ANSWERED", "60")] {
            let file = format!("calldate,call_type,disposition,billsec\n2026-06-01 09:00:00,{direction},{word},{talk}\n");
            let mut strict = request(Format::Ringostat, file);
            strict.strict = true;
            let account = import(&world.app, strict).await.expect("it runs");
            assert!(account.refused && account.has_unknown_words() && account.set_aside == 0, "{direction} {word}");
            assert_eq!(world.number("select count(*) from sources").await, 0, "{direction} {word}");
        }
        for good in [good.to_owned(), good.replace("answered", "unknown")] {
            let mut strict = request(Format::Native, good);
            strict.strict = true;
            assert_eq!(import(&world.app, strict).await.expect("it runs").rows, 1);
        }
        assert_eq!(world.number("select count(*) from calls").await, 1, "both are one call, told twice");
    }

    async fn a_file_or_project_that_isnt_there_is_said(world: World) {
        let nobody = import(&world.app, request(Format::Native, "")).await;
        assert!(matches!(nobody, Err(ImportError::UnknownProject(project)) if project == "acme"));
        with_project(&world).await;
        let shape = import(&world.app, request(Format::Native, "a,b\n1,2\n")).await;
        assert!(matches!(shape, Err(ImportError::File { .. })), "{shape:?}");
        let mut zone = request(Format::Native, "");
        zone.zone = Some("Europe/Kiew".into());
        assert!(matches!(import(&world.app, zone).await, Err(ImportError::UnknownZone(_))));
        assert_eq!(counts(&take(&world, Format::Native, "").await), [0; 6]);
    }

    async fn what_could_not_be_read_covers_nothing(world: World) {
        let project = with_project(&world).await;
        let zone = world.app.zones.get("Europe/Kyiv").expect("a zone");
        let week = parse_covers("2026-06-01..2026-06-08", &zone).expect("a span");
        let rows = format!("{HEADER}2026-06-02T09:00:00Z,inbound,answered\nsoon,inbound,answered\n");
        let covered = async |text: &str, anyway: bool| {
            let mut covering = request(Format::Native, text.to_owned());
            (covering.covers, covering.covers_anyway) = (Some(week), anyway);
            let uncovered = import(&world.app, covering).await.expect("it runs").uncovered;
            let covered = world.app.store.coverage(project).await.expect("read").iter().any(|source| source.covers(week));
            (uncovered, covered)
        };
        assert_eq!(covered("", false).await, (Some(Uncovered::EmptyFile), false));
        assert_eq!(covered(&rows, false).await, (Some(Uncovered::SetAside), false));
        assert_eq!(covered(&rows, true).await, (None, true), "somebody said that they are no calls");
        assert_eq!(covered(HEADER, false).await, (None, true), "a header alone is a quiet week");
    }

    async fn coverage_is_kept_by_source(world: World) {
        let project = with_project(&world).await;
        let zone = world.app.zones.get("Europe/Kyiv").expect("a zone");
        assert!(world.app.store.coverage(project).await.expect("read").is_empty());
        for span in ["2026-06-01..2026-06-08", "2026-06-08..2026-06-15", "2026-07-01..2026-07-02"] {
            let mut covering = request(Format::Native, HEADER);
            covering.covers = Some(parse_covers(span, &zone).expect("a span"));
            import(&world.app, covering).await.expect("it runs");
        }
        take(&world, Format::Voys, captures().join("\n")).await;
        let coverage = world.app.store.coverage(project).await.expect("read");
        let (native, voys) = (&coverage[0], &coverage[1]);
        assert_eq!((native.name.as_str(), native.spans.len(), native.last_event_at), ("native", 2, None));
        assert!(native.covers(parse_covers("2026-06-03..2026-06-14", &zone).expect("a span")));
        assert!(!native.covers(parse_covers("2026-06-03..2026-07-01", &zone).expect("a span")));
        assert_eq!((voys.name.as_str(), voys.spans.len()), ("voys", 0));
        let last = captures().iter().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["timestamp"]
            .as_str().map(str::to_owned).expect("a time")).filter_map(|text| Instant::parse_rfc3339(&text)).max();
        assert_eq!(voys.last_event_at, last);
    }

    async fn a_call_that_moves_stays_one_row(world: World) {
        let project = with_project(&world).await;
        let row = |at: &str, updated: &str| format!(
            r#"{{"call_id":"1","started_at":"{at}","updated_at":"{updated}","direction":"inbound","status":"missed_busy","from_number":"+380671112233"}}"#
        );
        take(&world, Format::Native, row("2026-06-01T09:00:00Z", "2026-06-01T09:10:00Z")).await;
        take(&world, Format::Native, row("2026-06-01T09:00:05Z", "2026-06-01T09:20:00Z")).await;
        assert_eq!(world.number("select count(*) from calls").await, 1);
        assert_eq!(world.number("select count(*) from callback_entries").await, 1);
        assert_eq!(world.number("select version from call_details").await, 2);
        let open = world.app.store.callback_entries_open_at(project, world.now()).await.expect("read");
        assert_eq!(open[0].opened_at.to_string(), "2026-06-01T09:00:05Z");
    }

    async fn what_was_open_stays_known(world: World) {
        let project = with_project(&world).await;
        let row = |id: u32, at: &str, direction: &str, status: &str, talk: &str| {
            let (from, to) = if direction == "inbound" { ("+380671112233", "") } else { ("", "+380671112233") };
            format!("{id},{at},{direction},{status},{from},{to},{talk}\n")
        };
        let mut file = "call_id,started_at,direction,status,from_number,to_number,talk_sec\n".to_owned();
        file += &row(1, "2026-06-03T09:00:00Z", "outbound", "answered", "30");
        file += &row(2, "2026-06-01T09:00:00Z", "inbound", "missed_no_answer", "");
        file += &row(3, "2026-06-02T09:00:00Z", "inbound", "missed_busy", "");
        take(&world, Format::Native, file).await;
        let open = async |at: &str| {
            let at = Instant::parse_rfc3339(at).expect("a time");
            let entries = world.app.store.callback_entries_open_at(project, at).await.expect("read");
            entries.into_iter().map(|entry| entry.missed.len()).collect::<Vec<_>>()
        };
        assert!(open("2026-06-01T09:00:00Z").await.is_empty());
        assert_eq!(open("2026-06-02T00:00:00Z").await, [1]);
        assert_eq!(open("2026-06-03T00:00:00Z").await, [2]);
        assert!(open("2026-06-04T00:00:00Z").await.is_empty());
        let earlier = row(4, "2026-06-01T12:00:00Z", "inbound", "answered", "10");
        take(&world, Format::Native, format!("call_id,started_at,direction,status,from_number,to_number,talk_sec\n{earlier}")).await;
        assert!(open("2026-06-02T00:00:00Z").await.is_empty(), "a contact that was told of later");
        assert_eq!(open("2026-06-03T00:00:00Z").await, [1]);
    }

    async fn two_imports_at_once_agree(world: World) {
        with_project(&world).await;
        let other = world.replica(|_| {}).await;
        let half = |lines: Vec<String>, odd: usize| -> Vec<String> {
            lines.into_iter().enumerate().filter(|(n, _)| n % 2 == odd).map(|(_, line)| line).collect()
        };
        let (one, two) = tokio::join!(
            import(&world.app, request(Format::Voys, half(captures(), 0).join("\n"))),
            import(&other, request(Format::Voys, half(captures(), 1).join("\n"))),
        );
        one.expect("the first runs");
        two.expect("the second runs");
        assert_eq!(rows(&world).await, after(world.engine, Format::Voys, &[captures()]).await);
    }
}

/// Prints rows a second, and how long another write transaction waited for its turn. Run it with
/// `cargo nextest run --test it import::speed --run-ignored only --no-capture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes its time and only prints figures"]
async fn speed() {
    static WAITS: std::sync::Mutex<Vec<std::time::Duration>> = std::sync::Mutex::new(Vec::new());
    const ROWS: u64 = 20_000;
    let mut file =
        "call_id,started_at,ended_at,direction,status,from_number,to_number,tracking_number,wait_sec,talk_sec,\
        duration_sec,agent_id,agent_name,queue,utm_source,utm_medium,utm_campaign,landing,tags\n"
            .to_owned();
    for n in 0..ROWS {
        let (day, minute, client) = (1 + n / 1000, n % 1440, n * 7919 % 4000);
        let (status, talk) = if n % 5 == 0 { ("missed_no_answer", 0) } else { ("answered", 30 + n % 300) };
        let at = format!("2026-06-{day:02}T{:02}:{:02}", minute / 60, minute % 60);
        file += &format!(
            "c{n},{at}:00Z,{at}:59Z,inbound,{status},+38067{client:07},+380445550101,+380445550101,{},{talk},{talk},{},Agent \
            {},sales,google,cpc,c{},https://example.com/p{},vip|x\n",
            n % 60,
            n % 20,
            n % 20,
            n % 12,
            n % 50
        );
    }
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::new(engine).await;
        with_project(&world).await;
        for pass in ["new", "again"] {
            let begun = std::time::Instant::now();
            let other = world.app.store.clone();
            let neighbour = tokio::spawn(async move {
                let mut waits = Vec::new();
                loop {
                    let wait = std::time::Instant::now();
                    drop(other.write().await.expect("a transaction"));
                    waits.push(wait.elapsed());
                    WAITS.lock().expect("no panic").clone_from(&waits);
                    tokio::time::sleep(std::time::Duration::from_millis(7)).await;
                }
            });
            let account = take(&world, Format::Native, file.clone()).await;
            neighbour.abort();
            let mut waits = WAITS.lock().expect("no panic").clone();
            waits.sort();
            assert_eq!(account.rows, ROWS);
            let rate = account.rows as f64 / begun.elapsed().as_secs_f64();
            let (longest, usual) = (waits[waits.len() - 1], waits[waits.len() * 99 / 100]);
            println!(
                "{engine:?} {pass}: {rate:.0} rows/s; another writer waited {usual:?} (p99), {longest:?} (longest)"
            );
        }
    }
}

const ASTERISK: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/asterisk-master.csv"));
const FREEPBX: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/asterisk-freepbx.csv"));

/// The sample's legs, and those of calls to a group of three phones that nobody, one or two of them took, one after the
/// other.
fn legs() -> Vec<String> {
    let mut lines: Vec<String> = ASTERISK.lines().map(str::to_owned).collect();
    for n in 0..36 {
        let (client, id) = (n % 7, format!("17942{n:05}.{n}"));
        for phone in 0..3 {
            let took = phone < n % 3;
            let (begin, word, billsec) = if took { (phone * 20, "ANSWERED", 12) } else { (0, "NO ANSWER", 0) };
            lines.push(format!(
                "\"\",\"38067111220{client}\",\"600\",\"ext-group\",\"\",\"PJSIP/trunk-{n:08x}\",\"PJSIP/20{phone}-{n:08x}\",\"Dial\",\
                 \"\",\"2026-06-{:02} 10:{:02}:{begin:02}\",\"\",\"\",{},{billsec},\"{word}\",\"DOCUMENTATION\",\"{id}\",\"\",\"\",\"{id}\",{}",
                1 + n % 3,
                n * 17 % 60,
                8 + billsec,
                n * 3 + phone,
            ));
        }
    }
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn legs_make_the_same_calls_in_any_order_on_sqlite() {
    order_changes_nothing(Engine::Sqlite, Format::Asterisk, legs()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn legs_make_the_same_calls_in_any_order_on_postgres() {
    order_changes_nothing(Engine::Postgres, Format::Asterisk, legs()).await;
}

on_both! {
    async fn a_leg_that_comes_later_changes_its_call(world: World) {
        with_project(&world).await;
        let lines: Vec<&str> = ASTERISK.lines().collect();
        let statuses = async || world.texts("select cast(status as text) from calls order by started_at").await;
        let account = take(&world, Format::Asterisk, lines[..4].join("\n")).await;
        assert_eq!((counts(&account), account.source.as_str()), ([4, 1, 1, 0, 0, 0], "asterisk"));
        assert_eq!(statuses().await, ["3"], "so far the queue was in vain");
        assert_eq!(counts(&take(&world, Format::Asterisk, lines[4]).await), [1, 1, 0, 1, 0, 0]);
        assert_eq!(statuses().await, ["0"], "a colleague took it");
        assert_eq!(world.number("select count(*) from callback_entries where closed_at is null").await, 0);
        assert_eq!(counts(&take(&world, Format::Asterisk, ASTERISK).await), [16, 8, 7, 0, 1, 0]);
        assert_eq!(counts(&take(&world, Format::Asterisk, ASTERISK).await), [16, 8, 0, 0, 8, 0]);
        assert_eq!(world.number("select count(*) from call_events").await, 16);
        let agents = world.texts("select key from agents order by key").await;
        assert_eq!(agents, ["201", "202", "203"]);
    }

    async fn dirty_records_lose_only_their_dirty_rows(world: World) {
        with_project(&world).await;
        let mut trial = request(Format::Asterisk, ASTERISK);
        trial.dry_run = true;
        let account = import(&world.app, trial).await.expect("it runs");
        assert_eq!(counts(&account), [16, 8, 8, 0, 0, 0]);
        assert_eq!(world.number("select count(*) from call_events").await, 0);

        let (header, rows) = FREEPBX.split_once('\n').expect("a header");
        let rows: Vec<&str> = rows.lines().collect();
        let mut file = format!(
            "\u{feff}{header}\r\n{}\r\n\r\n{header}\r\n{}\r\n{}\r\n{}\r\n{}",
            rows[..14].join("\r\n"),
            rows[14].replace("\"ANSWERED\"", "\"8\""),
            rows[15].replace("\"BUSY\"", "\"GLORP\"").replace("\"Eva\"", "\"Ev#\""),
            rows[15].replace("2026-11-09", "soon"),
            rows[15].replace("\"4\"", "\"4"),
        )
        .into_bytes();
        for byte in &mut file {
            if *byte == b'#' {
                *byte = 0xe9;
            }
        }
        let account = take(&world, Format::Asterisk, file).await;
        assert_eq!(counts(&account), [18, 7, 7, 0, 0, 3]);
        let places: Vec<_> = account.first_set_aside.iter().map(|row| row.column.as_str()).collect();
        assert_eq!(places, ["disposition", "start", ""]);
        assert_eq!(account.unknown_statuses, BTreeMap::from([("GLORP".to_owned(), 1)]));
        assert_eq!(account.rows_with_bad_text, 1);
        assert_eq!(world.texts("select record from call_details where record like '%bad_utf8%'").await.len(), 1);

        let other = import(&world.app, request(Format::Asterisk, "a,b\n1,2\n")).await;
        assert!(matches!(&other, Err(ImportError::File { detail, .. }) if detail.contains("16 to 21 fields")), "{other:?}");
        let found = explain(&world.app, request(Format::Asterisk, ASTERISK), 1).await.expect("it reads");
        assert_eq!(found.rows[0].lines, [1, 2, 3, 4, 5]);
    }
}

const RINGOSTAT_JSON: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/ringostat.json"));
const RINGOSTAT_CSV: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/ringostat.csv"));

/// Rows of the export, some of them told twice: first in progress, then as they ended.
fn exported_lines() -> Vec<String> {
    let mut lines = Vec::new();
    for n in 0..60 {
        let (minute, client) = (n * 53 % 1440, n % 7);
        let (kind, word, talk) = match n % 5 {
            0 => ("out", "ANSWERED", "40"),
            1 => ("in", "PROPER", "60"),
            2 => ("callback", "CLIENT NO ANSWER", "0"),
            3 => ("in", "VOICEMAIL", "12"),
            _ => ("in", "NO ANSWER", "0"),
        };
        let (caller, dst) = if kind == "in" {
            (format!("38067111220{client}"), "380445550101".to_owned())
        } else {
            (format!("\"shop_{n}\" <shop_{}>", n % 3), format!("38067111220{client}"))
        };
        let mut row = serde_json::json!({
            "calldate": format!("2026-06-{:02} {:02}:{:02}:00", 1 + n % 3, minute / 60, minute % 60),
            "uniqueid": format!("ua-{n}"), "call_type": kind, "caller": caller, "dst": dst, "disposition": word,
            "billsec": talk, "waittime": "5", "duration": "70", "employee_number": format!("10{}", n % 3),
        });
        lines.push(row.to_string());
        if n % 3 == 0 {
            row["disposition"] = "IN PROGRESS".into();
            for key in ["billsec", "duration", "waittime"] {
                row[key] = "".into();
            }
            lines.push(row.to_string());
        }
    }
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn exported_rows_make_the_same_calls_in_any_order_on_sqlite() {
    order_changes_nothing(Engine::Sqlite, Format::Ringostat, exported_lines()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn exported_rows_make_the_same_calls_in_any_order_on_postgres() {
    order_changes_nothing(Engine::Postgres, Format::Ringostat, exported_lines()).await;
}

on_both! {
    async fn the_csv_and_the_list_are_one_source(world: World) {
        with_project(&world).await;
        let account = take(&world, Format::Ringostat, RINGOSTAT_CSV).await;
        assert_eq!(counts(&account), [6, 6, 6, 0, 0, 0]);
        assert_eq!((account.source.as_str(), account.unknown_statuses.len()), ("ringostat", 0));
        let account = take(&world, Format::Ringostat, RINGOSTAT_JSON).await;
        assert_eq!(counts(&account), [6, 6, 0, 0, 6, 0]);

        let ended = RINGOSTAT_JSON.replace("IN PROGRESS", "NO ANSWER");
        let account = take(&world, Format::Ringostat, ended.clone()).await;
        assert_eq!(counts(&account), [6, 6, 0, 1, 5, 0], "a call in progress ends");
        let first = ended.lines().nth(1).expect("a row").trim_end_matches(',');
        assert_eq!(counts(&take(&world, Format::Ringostat, first).await), [1, 1, 0, 0, 1, 0], "one object");
        assert_eq!(counts(&take(&world, Format::Ringostat, RINGOSTAT_JSON).await), [6, 6, 0, 0, 6, 0]);
    }

    async fn a_dirty_file_loses_only_its_dirty_rows(world: World) {
        with_project(&world).await;
        let header = "uniqueid;calldate;call_type;disposition;caller;dst;employee_fio;billsec";
        let row = |id: u32, word: &str, name: &str| {
            format!("{id};2026-06-01 09:0{id}:00;in;{word};38067111220{id};380445550101;{name};5")
        };
        let mut file = format!(
            "\u{feff}{header}\r\n{}\r\n\r\n;;;;;;;\r\n{header}\r\n{}\r\n{}\r\n{}\r\n{}\r\n",
            row(1, "ANSWERED", "\"Olena; \"\"K.\"\"\""),
            row(2, "ANSWERED", "\"never closed"),
            row(3, "NULL", "\\N"),
            row(4, "GLORP", "a;b"),
            row(5, "ANSWERED", "Ol#na \u{0}"),
        ).into_bytes();
        for byte in &mut file {
            if *byte == b'#' {
                *byte = 0xe9;
            }
        }
        file.extend_from_slice(b"6;2026-06-01 09:06:00;in;ANSWERED;3.8E+11;380445550101;;5");
        let account = take(&world, Format::Ringostat, file).await;
        assert_eq!(counts(&account), [6, 4, 4, 0, 0, 2]);
        let lines: Vec<_> = account.first_set_aside.iter().map(|row| (row.line, row.reason.as_str())).collect();
        assert_eq!(lines, [
            (6, "a quotation mark in this line isn't closed"),
            (8, "the row has 9 fields and the header 8"),
        ]);
        assert_eq!((account.rows_with_bad_text, account.lost_numbers), (1, 1));
        assert_eq!(account.unknown_statuses, BTreeMap::new(), "the row with such a word was set aside");
        assert_eq!(world.number("select count(*) from set_aside").await, 2);
        let flawed = world.texts("select record from call_details where record like '%bad_utf8%'").await;
        assert_eq!(flawed.len(), 1);
        assert!(flawed[0].contains("Ol\u{fffd}na"), "{flawed:?}");
        let names = world.texts("select coalesce(name, key) from agents").await;
        assert!(names.contains(&"Olena; \"K.\"".to_owned()), "{names:?}");
    }

    async fn a_file_in_utf16_is_read(world: World) {
        with_project(&world).await;
        let file: Vec<u8> = format!("\u{feff}{RINGOSTAT_CSV}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(counts(&take(&world, Format::Ringostat, file).await), [6, 6, 6, 0, 0, 0]);
        assert_eq!(counts(&take(&world, Format::Ringostat, RINGOSTAT_CSV).await), [6, 6, 0, 0, 6, 0]);
    }
}

/// A sample of the mappings: the mapping, its file, and how many calls that has.
const MAPPED: [(&str, &str, u64); 3] = [
    (
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/callrail.toml")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/callrail.csv")),
        4,
    ),
    (
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/3cx.toml")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/3cx.log")),
        4,
    ),
    (
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/freeswitch.toml")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/freeswitch.csv")),
        5,
    ),
];

fn mapped(world: &World, mapping: &str, file: &str) -> ImportRequest {
    let problems = Problems::default();
    let source = Source { name: "calls.toml".into(), text: mapping.into() };
    let mapping =
        mapping::read(&source, &world.app.zones, &problems).unwrap_or_else(|| panic!("{}", problems.render(false)));
    let mut request = request(Format::Mapped, file);
    request.mapping = Some(Arc::new(mapping));
    request
}

on_both! {
    async fn every_sample_of_a_mapping_is_taken_in_once(world: World) {
        with_project(&world).await;
        for (mapping, file, calls) in MAPPED {
            let account = import(&world.app, mapped(&world, mapping, file)).await.expect("it runs");
            assert_eq!(counts(&account), [calls, calls, calls, 0, 0, 0], "{:?}", account.first_set_aside);
            let account = import(&world.app, mapped(&world, mapping, file)).await.expect("it runs");
            assert_eq!(counts(&account), [calls, calls, 0, 0, calls, 0]);
        }
        let mut sources = world.texts("select name from sources").await;
        sources.sort();
        assert_eq!(sources, ["3cx", "callrail", "freeswitch"]);
        let nothing = import(&world.app, request(Format::Mapped, "a,b\n")).await;
        assert!(matches!(nothing, Err(ImportError::NoMapping)));
        let other = import(&world.app, mapped(&world, MAPPED[0].0, "a,b\n1,2\n")).await;
        assert!(matches!(&other, Err(ImportError::File { detail, .. }) if detail.contains("The file has: a, b")), "{other:?}");
    }

    async fn an_explanation_shows_calls_and_writes_nothing(world: World) {
        with_project(&world).await;
        let found = explain(&world.app, request(Format::Ringostat, RINGOSTAT_CSV), 2).await.expect("it reads");
        assert_eq!((found.format, found.zone.as_str(), found.rows.len()), ("ringostat", "Europe/Kyiv", 2));
        assert!(found.columns.contains(&("calldate".into(), Some("started_at".into()))));
        assert!(found.columns.contains(&("remote_ip".into(), Some(String::new()))));
        let of = |name: &str| found.rows[0].known.iter().find(|(field, ..)| *field == name).expect("known").clone();
        assert_eq!(of("started_at").1, "2026-11-09 09:14:52", "local time");
        assert_eq!((of("status").1.as_str(), of("status").2.as_slice()), ("answered", &["disposition `PROPER`".to_owned()][..]));
        assert!(found.rows[0].unknown.contains(&"ring_sec"));
        assert_eq!(found.rows[1].lines, [3]);

        let found = explain(&world.app, mapped(&world, MAPPED[1].0, MAPPED[1].1), 9).await.expect("it reads");
        assert_eq!((found.rows.len(), found.columns.len()), (4, 27));
        let list = format!("[{},\n{{\"x\":1}}]", exported_lines()[0]);
        let found = explain(&world.app, request(Format::Ringostat, list), 3).await.expect("it reads");
        assert_eq!((found.rows.len(), found.set_aside.len()), (1, 0), "what lies behind the last call shown isn't told");

        let found = explain(&world.app, request(Format::Voys, captures().join("\n")), 2).await.expect("it reads");
        assert_eq!((found.rows.len(), found.columns.len()), (2, 0));
        assert!(found.rows[0].lines.len() > 1, "several events make a call");
        let rows = explain(&world.app, request(Format::Native, native_lines().join("\n")), 3).await.expect("it reads");
        assert_eq!(rows.rows.len(), 3);
        for table in ["sources", "imports", "calls", "call_details", "call_events", "agents", "set_aside"] {
            assert_eq!(world.number(&format!("select count(*) from {table}")).await, 0, "{table}");
        }
    }
}

/// Two calls with one id, on lines 2 and 3 of their file (1 and 2 where it has no header).
fn one_id_for_two_calls(world: &World) -> Vec<(ImportRequest, [u64; 2])> {
    let csv = "call_id,started_at,direction,status,from_number,talk_sec\n\
        7,2026-06-01T09:00:00Z,inbound,answered,+380671112233,60\n7,2026-06-01T11:00:00Z,inbound,missed_busy,+380671112244,\n";
    let row = |at: &str, from: &str| serde_json::json!({ "call_id": "7", "started_at": at, "direction": "inbound", "status": "answered", "from_number": from });
    let same_start = "2026-06-01T09:00:00Z";
    let json = format!("{}\n{}", row(same_start, "+380671112233"), row(same_start, "+380671112244"));
    let ringostat = "uniqueid;calldate;call_type;disposition;caller;dst\n\
        7;2026-06-01 09:00:00;in;ANSWERED;380671112233;380445550101\n7;2026-06-01 09:00:00;out;ANSWERED;380445550101;380671112233\n";
    let mapping = "version = 1\nsource = \"mapped\"\n[fields]\ncall_id = \"Id\"\nstarted_at = \"Start\"\n\
        direction = { constant = \"inbound\" }\nstatus = \"Result\"\n";
    let mapped_file = "Id,Start,Result\n7,2026-06-01 09:00:00,ANSWERED\n7,2026-06-02 09:00:00,ANSWERED\n";
    vec![
        (request(Format::Native, csv), [3, 2]),
        (ImportRequest { source: Some("json".into()), ..request(Format::Native, json) }, [2, 1]),
        (request(Format::Ringostat, ringostat), [3, 2]),
        (mapped(world, mapping, mapped_file), [3, 2]),
    ]
}

on_both! {
    async fn two_calls_with_one_id_are_named_and_refused_where_it_matters(world: World) {
        with_project(&world).await;
        for (strict, _) in one_id_for_two_calls(&world) {
            let account = import(&world.app, ImportRequest { strict: true, ..strict }).await.expect("it runs");
            assert!(account.refused && account.clashing == 1 && account.set_aside == 0, "{account:?}");
        }
        assert_eq!(world.number("select count(*) from sources").await, 0);
        for is_trial in [true, false, false] {
            for (asked, [line, first_line]) in one_id_for_two_calls(&world) {
                let account = import(&world.app, ImportRequest { dry_run: is_trial, ..asked }).await.expect("it runs");
                assert_eq!((account.rows, account.calls, account.clashing), (2, 1, 1), "{account:?}");
                assert!(account.adds_up(), "{account:?}");
                let clash = &account.first_clashes[0];
                assert_eq!((clash.line, clash.first_line, clash.call_id.as_deref()), (line, first_line, Some("7")));
                assert_eq!(clash.kept.is_none(), is_trial, "{clash:?}");
                assert_eq!(account.stood_otherwise, 0, "the file's own rows are told of once: {account:?}");
            }
        }
        assert_eq!(world.number("select count(*) from calls").await, 4);
    }

    async fn a_later_file_updates_a_call_and_another_call_under_its_id_is_told(world: World) {
        with_project(&world).await;
        let row = |at: &str, status: &str, updated: &str| format!(
            r#"{{"call_id":"1","started_at":"{at}","updated_at":"{updated}","direction":"inbound","status":"{status}","from_number":"+380671112233"}}"#
        );
        let (nine, updates) = ("2026-06-01T09:00:00Z", ["2026-06-01T09:10:00Z", "2026-06-01T09:20:00Z"]);
        take(&world, Format::Native, row(nine, "in_progress", updates[0])).await;
        let newer = take(&world, Format::Native, row(nine, "missed_busy", updates[1])).await;
        assert_eq!((counts(&newer), newer.clashing, newer.stood_otherwise), ([1, 1, 0, 1, 0, 0], 0, 0));
        let both = [row(nine, "in_progress", updates[0]), row(nine, "missed_busy", updates[1])].join("\n");
        let both = take(&world, Format::Native, both).await;
        assert_eq!((both.further, both.clashing, both.adds_up()), (1, 0, true), "a newer version is no other call");
        let other = take(&world, Format::Native, row("2026-06-08T09:00:00Z", "answered", "2026-06-08T09:10:00Z")).await;
        assert_eq!((other.clashing, other.stood_otherwise, other.adds_up()), (0, 1, true));
        let stood = &other.first_stood[0];
        assert_eq!((stood.line, stood.call_id.as_str()), (1, "1"));
        assert!(stood.stood.contains("06-01 12:00:00") && stood.kept.contains("06-08 12:00:00"), "{stood:?}");
    }

    async fn calls_of_the_future_are_told_with_their_line(world: World) {
        with_project(&world).await;
        let file = |hours: i64| {
            let at = world.now().plus_seconds(hours * 3600);
            format!("{HEADER}2026-06-01T09:00:00Z,inbound,answered\n{at},inbound,answered\n")
        };
        let account = take(&world, Format::Native, file(2)).await;
        assert_eq!((account.from_the_future, account.first_future.as_ref().map(|(line, _)| *line)), (1, Some(3)));
        assert_eq!((account.calls, account.zone.as_str()), (2, "Europe/Kyiv"));
        assert_eq!(take(&world, Format::Native, file(0)).await.from_the_future, 0, "now is no future");
        let mut strict = request(Format::Native, file(2));
        strict.strict = true;
        assert!(import(&world.app, strict).await.expect("it runs").refused);
    }

    async fn the_account_adds_up_whatever_the_format(world: World) {
        with_project(&world).await;
        let mut asked: Vec<(Format, Vec<String>, &str)> = vec![
            (Format::Voys, captures(), "{\"x\":1}"),
            (Format::Asterisk, legs(), "a,b"),
            (Format::Native, native_lines(), "{\"x\":1}"),
            (Format::Ringostat, exported_lines(), "{\"x\":1}"),
        ];
        for (_, file, _) in MAPPED {
            asked.push((Format::Mapped, file.lines().map(str::to_owned).collect(), "a,b"));
        }
        for (n, (format, lines, junk)) in asked.iter().enumerate() {
            for seed in [3_u64, 11, 29] {
                let has_header = n == 4;
                let (header, rows) = lines.split_at(usize::from(has_header));
                let again: Vec<String> = rows.iter().step_by(5).cloned().collect();
                let mut all = shuffled(&[rows, &again].concat(), seed);
                all.extend([(*junk).to_owned(), (*junk).to_owned()]);
                let text = [header, &all].concat().join("\n");
                let mut asked = match MAPPED.get(n.wrapping_sub(4)) {
                    Some((mapping, ..)) => mapped(&world, mapping, &text),
                    None => request(*format, text),
                };
                asked.source = Some(format!("{n} {seed}"));
                let account = import(&world.app, asked).await.expect("it runs");
                assert!(account.adds_up(), "{format:?} {seed}: {account:?}");
                assert_eq!((account.set_aside, account.rows as usize), (2, all.len()), "{format:?}: {account:?}");
                assert_eq!((account.repeated as usize, account.clashing), (again.len(), 0), "{format:?}: {account:?}");
                let told = account.calls + account.further + account.no_calls;
                assert_eq!(told as usize, rows.len(), "{format:?}: {account:?}");
                if *format == Format::Native {
                    assert_eq!((account.calls, account.further), (120, 30));
                }
            }
        }
    }
}
