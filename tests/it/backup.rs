//! A backup is whole or isn't there, and what the guide says about bringing one back is what is done here.

use std::process::{Command, Output};

use crate::flow::{self, DUE};
use crate::program::{command, settings};
use crate::support::{Engine, World};

const GUIDE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/guide/backups.md"));

fn run(world: &World, args: &[&str]) -> (Option<i32>, String) {
    said(&command(world, DUE, args).output().expect("it runs"))
}

fn said(out: &Output) -> (Option<i32>, String) {
    (out.status.code(), format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
}

/// What a database holds, as the program tells it.
fn told(world: &World, database: &str) -> String {
    let of = |args: &[&str]| run(world, &[args, &["--database", database]].concat()).1;
    ["projects", "contacts", "schedules"].map(|what| of(&["list", what, "--json"])).concat()
        + &of(&["deliveries", "--json"])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_working_sqlite_database_is_whole_and_never_written_over() {
    let world = World::new(Engine::Sqlite).await;
    flow::acme(&world).await;
    world.set(DUE);
    world.settle().await;
    settings(&world, 0);
    // Somebody writes while it is copied.
    let busy = async {
        for n in 0..30 {
            world
                .import("acme", &format!("n{n},2026-11-17T11:00:00+02:00,inbound,answered,+3805022200{n:02},5\n"))
                .await;
        }
    };
    let (copied, ()) = tokio::join!(
        tokio::task::spawn_blocking({
            let mut backup = command(&world, DUE, &["backup", "copy.db"]);
            move || said(&backup.output().expect("it runs"))
        }),
        busy
    );
    let (code, words) = copied.expect("it runs");
    assert!(
        code == Some(0) && words.contains("copy.db holds the whole database") && words.contains("checked"),
        "{words}"
    );
    let copy = format!("sqlite://{}", world.folder().join("copy.db").display());
    assert_eq!(told(&world, &copy), told(&world, world.app.settings.database_url.reveal()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let rights = std::fs::metadata(world.folder().join("copy.db")).expect("it is there").permissions().mode();
        assert_eq!(rights & 0o077, 0, "{rights:o}");
    }

    let before = std::fs::read(world.folder().join("copy.db")).expect("it is there");
    let (code, words) = run(&world, &["backup", "copy.db"]);
    assert!(code == Some(2) && words.contains("never written over"), "{words}");
    assert_eq!(std::fs::read(world.folder().join("copy.db")).expect("it is there"), before);
    let (code, words) = run(&world, &["backup", "none/copy.db"]);
    assert!(code == Some(1) && words.contains("none/copy.db"), "{words}");
    let drafts = std::fs::read_dir(world.folder()).expect("a folder").flatten();
    assert!(
        drafts.into_iter().all(|file| !file.file_name().to_string_lossy().contains("backup")),
        "nothing is left behind"
    );

    // Brought back as the guide says: the program goes on where the copy was, and sends nothing twice.
    let (code, words) = run(&world, &["tick", "--database", &copy]);
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(world.outbox().len(), 4, "what was sent before the copy isn't sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_the_two_commands_of_the_guide_bring_everything_back() {
    let world = World::new(Engine::Postgres).await;
    flow::acme(&world).await;
    world.set(DUE);
    world.settle().await;
    settings(&world, 0);
    let (code, words) = run(&world, &["backup", "copy.db"]);
    assert!(code == Some(2) && words.contains("config/guide/backups.md") && words.contains("pg_dump"), "{words}");
    assert!(!world.folder().join("copy.db").exists());

    let url = world.app.settings.database_url.reveal().to_owned();
    let (server, name) = url.rsplit_once('/').expect("a database");
    let (name, options) = name.split_once('?').map_or((name, String::new()), |(name, rest)| (name, format!("?{rest}")));
    let restored = format!("{server}/{name}_restored{options}");
    let commands: Vec<String> = GUIDE
        .lines()
        .filter(|line| ["pg_dump ", "createdb ", "pg_restore "].iter().any(|tool| line.starts_with(tool)))
        .map(|line| line.replace("callbrief_restored", &format!("{name}_restored")))
        .collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    let tools = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"));
    let path = tools
        .map(|folder| folder.display().to_string())
        .chain(std::env::var_os("PATH").map(|path| path.to_string_lossy().into_owned()))
        .collect::<Vec<_>>()
        .join(":");
    for line in commands {
        let out = Command::new("/bin/sh")
            .args(["-c", &line])
            .current_dir(world.folder())
            .env("PATH", &path)
            .env("DATABASE_URL", &url)
            .env("SERVER_URL", format!("{server}/postgres{options}"))
            .env("RESTORED_URL", &restored)
            .output()
            .expect("a shell");
        assert!(out.status.success(), "{line}: {}", String::from_utf8_lossy(&out.stderr));
    }
    assert_eq!(told(&world, &restored), told(&world, &url));
    let (code, words) = run(&world, &["tick", "--database", &restored]);
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(world.outbox().len(), 4, "what was sent before the dump isn't sent again");
}
