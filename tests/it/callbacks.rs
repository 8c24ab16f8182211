//! Callers to call back after imports of all sizes: what is brought up to date call by call is what all calls tell.

use callbrief::domain::ids::ProjectId;
use callbrief::ingest::{Format, ImportRequest, import};

use crate::import::with_project;
use crate::support::{Engine, World, on_both};

const COLUMNS: &str = "call_id,started_at,updated_at,direction,status,from_number,to_number,talk_sec";
const ROBOT: &str = "+380671112233";

fn row(id: &str, second: u32, updated: u32, direction: &str, status: &str, client: &str) -> String {
    let time = |second: u32| format!("2026-06-{:02}T{:02}:{:02}:00Z", 1 + second / 1440, second / 60 % 24, second % 60);
    let (from, to) = if direction == "inbound" { (client, "") } else { ("", client) };
    format!("{id},{},{},{direction},{status},{from},{to},", time(second), time(updated))
}

/// Somebody who calls all the time and is hardly ever reached, and others; some calls move or end otherwise later.
fn lines() -> Vec<String> {
    let mut lines: Vec<String> =
        (0..800).map(|n| row(&format!("r{n}"), n * 3, n * 3, "inbound", "missed_no_answer", ROBOT)).collect();
    for (n, second) in [300_u32, 650, 651, 700].into_iter().enumerate() {
        lines.push(row(&format!("t{n}"), second, second, "outbound", "answered", ROBOT));
    }
    for n in 0..120_u32 {
        let client = format!("+38067000000{}", n % 7);
        let (direction, status) = [
            ("inbound", "missed_busy"),
            ("outbound", "client_no_answer"),
            ("inbound", "missed_abandoned"),
            ("outbound", "answered"),
            ("inbound", "missed_no_answer"),
        ][n as usize % 5];
        let (id, second) = (format!("o{n}"), n * 37 % 600);
        lines.push(row(&id, second, second, direction, status, &client));
        match n % 6 {
            0 => lines.push(row(&id, second + 90, second + 91, direction, status, &client)),
            1 => lines.push(row(&id, second, second + 91, direction, "answered", &client)),
            2 => lines.push(row(&id, second, second + 91, direction, status, "+380670000009")),
            _ => {}
        }
    }
    lines
}

async fn take(world: &World, rows: &[String]) {
    let text = format!("{COLUMNS}\n{}", rows.join("\n"));
    let project = ProjectId::parse("acme").expect("an id");
    let request = ImportRequest::new(project, Format::Native, "calls", std::io::Cursor::new(text));
    let account = import(&world.app, request).await.expect("the import runs");
    assert_eq!(account.set_aside, 0, "{:?}", account.first_set_aside);
}

async fn entries(world: &World) -> Vec<String> {
    let micros = |column: &str| match world.engine {
        Engine::Sqlite => column.to_owned(),
        Engine::Postgres => format!("cast(extract(epoch from {column}) * 1000000 as bigint)"),
    };
    let sql = format!(
        "select client || ' ' || {} || ' ' || coalesce({}, 0) || ' ' || coalesce(closed_by, -1) || ' ' || missed || attempts
        from callback_entries order by client, opened_at",
        micros("opened_at"),
        micros("closed_at"),
    );
    world.texts(&sql).await
}

on_both! {
    async fn pieces_of_any_size_in_any_order_tell_what_all_calls_tell(world: World) {
        with_project(&world).await;
        let mut lines = lines();
        // A permutation with a stride that shares no factor with the number of lines: far apart, newest first, side by side.
        let count = lines.len();
        lines = (0..count).map(|n| lines[(count - 1) - n * 11 % count].clone()).collect();
        let (mut rest, mut size) = (lines.as_slice(), 1);
        let mut looks = 0;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(size.min(rest.len()));
            take(&world, piece).await;
            (rest, size) = (after, size * 5 % 97 + 1);
            looks += 1;
            if looks % 12 == 0 || rest.is_empty() {
                let kept = entries(&world).await;
                world.execute("delete from meta where name = 'callbacks/kept'").await;
                world.app.store.keep_callbacks_anew().await.expect("they are written anew");
                assert_eq!(kept, entries(&world).await, "after {looks} pieces");
            }
        }
        let kept = entries(&world).await;
        assert!(kept.len() > 30 && looks > 10, "{} entries after {looks} pieces", kept.len());
        let most = kept.iter().map(|entry| entry.matches("],[").count() + 1).max();
        assert_eq!(most, Some(callbrief::domain::callback::MOST_STEPS), "the longest is cut");
    }
}

/// Prints how long a number takes that calls all the time. Run it with
/// `cargo nextest run --test it callbacks::robot --run-ignored only --no-capture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes its time and only prints figures"]
async fn robot() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for order in ["oldest first", "newest first", "in no order"] {
            let world = World::new(engine).await;
            with_project(&world).await;
            let place = |n: u32| match order {
                "oldest first" => n,
                "newest first" => 11_999 - n,
                _ => n * 7_919 % 12_000,
            };
            let row = |n| row(&format!("r{n}"), place(n) * 3, 0, "inbound", "missed_no_answer", ROBOT);
            let rows: Vec<String> = (0..12_000).map(row).collect();
            let begun = std::time::Instant::now();
            take(&world, &rows).await;
            println!("{engine:?}, 12,000 missed calls of one number, {order}: {:.1} s", begun.elapsed().as_secs_f64());
        }
    }
}
