//! A second render has the same bytes: in another process, with other threads, in another place of the world, and from the other
//! database.

use callbrief::domain::schedule::Format;

use crate::chaos::dice::Dice;
use crate::program::{command, settings};
use crate::support::setup::{ACME, OLENA, file};
use crate::support::{Engine, World};

/// Monday morning after the two weeks.
const NOW: &str = "2026-11-16T06:00:00Z";

/// Two weeks of calls that have a bit of everything.
fn calls(dice: &mut Dice) -> String {
    let mut rows =
        "call_id,started_at,direction,status,client_number,tracking_number,agent_id,agent_name,wait_sec,talk_sec,\
                    utm_source,utm_medium,referrer,queue,tags\n"
            .to_owned();
    let agents = [("201", "Olena K."), ("202", "Taras B."), ("203", "Ihor «X» M.")];
    for n in 0..400 {
        let minute = dice.below(14 * 24 * 60);
        let at = format!("2026-11-{:02}T{:02}:{:02}:00Z", 2 + minute / 1440, minute / 60 % 24, minute % 60);
        let direction = dice.pick(&["inbound", "inbound", "inbound", "outbound", "callback"]);
        let status = match direction {
            "inbound" => dice.pick(&[
                "answered",
                "answered",
                "missed_no_answer",
                "missed_busy",
                "missed_abandoned",
                "missed_no_route",
            ]),
            _ => dice.pick(&["answered", "client_no_answer"]),
        };
        let (agent, name) = dice.pick(&agents);
        let (source, medium) = dice.pick(&[("google", "cpc"), ("Google", "CPC"), ("facebook", "paid"), ("", "")]);
        let referrer = if source.is_empty() { dice.pick(&["", "https://partner.example/page"]) } else { "" };
        let talk = if status == "answered" { dice.below(600) } else { 0 };
        rows.push_str(&format!(
            "c{n},{at},{direction},{status},+38067111{:04},+380445550101,{agent},{name},{},{talk},{source},{medium},{referrer},sales,vip\n",
            dice.below(150),
            dice.below(90),
        ));
    }
    rows
}

async fn world(engine: Engine) -> World {
    let world = World::new(engine).await;
    world.set("2026-11-16T05:00:00Z");
    world.apply(&file(&[ACME, OLENA])).await;
    world.import_file("acme", &calls(&mut Dice::of(7))).await;
    settings(&world, 0);
    world
}

/// The report as a process of its own writes it, whatever its surroundings.
fn written(world: &World, report: &str, format: Format, language: &str, threads: &str, zone: &str) -> Vec<u8> {
    let args = [
        "preview",
        report,
        "--project",
        "acme",
        "--period",
        "2026-W46",
        "--format",
        format.name(),
        "--language",
        language,
    ];
    let mut command = command(world, NOW, &args);
    let run = command
        .env("POLARS_MAX_THREADS", threads)
        .env("TOKIO_WORKER_THREADS", threads)
        .env("TZ", zone)
        .env("LANG", "de_DE.UTF-8");
    let done = run.output().expect("the program starts");
    assert!(done.status.success() && !done.stdout.is_empty(), "{report}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_render_has_the_same_bytes_wherever_it_is_made() {
    let (one, other) = (world(Engine::Sqlite).await, world(Engine::Postgres).await);
    for (report, language) in [("summary", "uk"), ("call-log", "en"), ("sources", "de")] {
        for format in [Format::Html, Format::Text, Format::Csv, Format::Xlsx, Format::Json, Format::Pdf] {
            let first = written(&one, report, format, language, "1", "UTC");
            let second = written(&one, report, format, language, "7", "Pacific/Apia");
            let third = written(&other, report, format, language, "2", "America/New_York");
            assert!(first == second, "{report} as {format:?}: another process makes other bytes");
            assert!(first == third, "{report} as {format:?}: another database makes other bytes");
        }
    }
}
