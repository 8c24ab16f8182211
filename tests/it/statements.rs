//! Every statement of `sql/` is one that its database understands, whether or not some test comes by it.

use std::path::{Path, PathBuf};

use callbrief::store::On;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::support::{Engine, on_both};

fn statements(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("sql/migrations") {
            statements(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "sql") {
            into.push(path);
        }
    }
}

/// Which databases a file is for: both, unless its name says.
fn is_for(path: &Path, engine: Engine) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match engine {
        Engine::Sqlite => !name.ends_with(".postgres.sql"),
        Engine::Postgres => !name.ends_with(".sqlite.sql"),
    }
}

on_both! {
    async fn every_statement_can_be_prepared(world: World) {
        let mut files = Vec::new();
        statements(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sql"), &mut files);
        assert!(files.len() > 20, "the walk found hardly anything: {}", files.len());
        let mut session = world.app.store.read().await.expect("a connection");
        let mut complaints = Vec::new();
        for file in files.iter().filter(|file| is_for(file, world.engine)) {
            let text = AssertSqlSafe(std::fs::read_to_string(file).expect("it can be read")).into_sql_str();
            let prepared = match session.on() {
                On::Sqlite(connection) => connection.prepare(text).await.map(|_| ()),
                On::Postgres(connection) => connection.prepare(text).await.map(|_| ()),
            };
            if let Err(error) = prepared {
                complaints.push(format!("{}: {error}", file.display()));
            }
        }
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}

#[test]
fn a_twin_never_comes_alone_and_every_statement_says_what_it_is_for() {
    let mut files = Vec::new();
    statements(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sql"), &mut files);
    for file in &files {
        let name = file.display().to_string();
        for (this, other) in [(".sqlite.sql", ".postgres.sql"), (".postgres.sql", ".sqlite.sql")] {
            if let Some(stem) = name.strip_suffix(this) {
                assert!(Path::new(&format!("{stem}{other}")).exists(), "{name} has no twin {other}");
            }
        }
        let text = std::fs::read_to_string(file).expect("it can be read");
        assert!(text.starts_with("-- "), "{name} doesn't begin with a line on what it is for");
    }
}
