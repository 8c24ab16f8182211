//! Calls come in: from files, in any order, in pieces and twice, into either database.

use std::collections::BTreeMap;

use callbrief::domain::ids::{ProjectId, ProjectKey};
use callbrief::domain::instant::Instant;
use callbrief::ingest::{Format, ImportAccount, ImportError, ImportRequest, Uncovered, import, parse_covers};

use crate::support::{Engine, World, on_both};
use asterisk::legs;

mod account;
mod any_csv;
mod asterisk;
mod ringostat;

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
