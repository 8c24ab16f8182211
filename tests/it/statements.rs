//! Every statement of `sql/` is one that its database understands, whether or not some test comes by it.

mod by_project;
mod proof;
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use callbrief::store::On;
use sqlx::{AssertSqlSafe, Executor, Row, SqlSafeStr};

use crate::support::{Engine, World, on_both};

/// Each mail's gate is asked by one large statement, twice.
#[tokio::test(flavor = "multi_thread")]
async fn postgres_runs_statements_without_compiling_them_and_by_their_indexes() {
    let world = World::new(Engine::Postgres).await;
    assert_eq!(
        world.texts("select setting from pg_settings where name in ('jit', 'enable_seqscan')").await,
        ["off", "off"]
    );
    // Who vanishes in a transaction holds nobody up for longer than that, in milliseconds.
    let patience = "select setting from pg_settings where name = 'idle_in_transaction_session_timeout'";
    assert_eq!(world.texts(patience).await, ["120000"]);
}

/// Tables that grow with every call or mail.
const BIG: &[&str] = &[
    "artefacts",
    "balance_entries",
    "call_aliases",
    "call_details",
    "call_events",
    "call_parts",
    "callback_entries",
    "calls",
    "deliveries",
    "ledger",
    "notices",
    "runs",
    "set_aside",
    "variant_artefacts",
    "variants",
];

/// Statements that may walk through a big table, and why.
const MAY_SCAN: &[(&str, &str)] = &[
    ("deliveries/list.sql", "a person's command: newest first, and stops when there are enough"),
    ("retention/deliveries.sql", "the $3 oldest by the primary key, and no more"),
    (
        "retention_of/deliveries.sql",
        "for a project that keeps less than the others: once an hour, and nobody waits for who reads",
    ),
    ("retention_of/notices.sql", "the same"),
    ("retention/notices.sql", "the $3 oldest by the primary key, and no more"),
    ("retention/runs.sql", "the $3 oldest by the primary key, and no more"),
    ("sources/save.sql", "only looks for children of a new parent while a broken reference waits for its end"),
    ("variants/add.sqlite.sql", "only looks for children of a new parent while a broken reference waits for its end"),
];

/// Statements whose index isn't in their plan, and why.
const MAY_HIDE: &[(&str, &str)] = &[
    ("replies/take.sql", "an insert: its conflict goes by the unique index"),
    ("suppressions/add.sql", "an insert: its conflict goes by the unique index"),
];

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

/// What each table of a statement is called in it: `from calls c`, `cross join calls c on`, `update runs`.
fn tables(statement: &str) -> BTreeMap<String, String> {
    const NO_NAMES: [&str; 14] = [
        "on", "where", "set", "join", "left", "cross", "using", "order", "group", "limit", "indexed", "values",
        "select", "union",
    ];
    let words: Vec<&str> =
        statement.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let mut tables = BTreeMap::new();
    for at in 0..words.len().saturating_sub(1) {
        if ["from", "join", "update", "into"].contains(&words[at]) {
            let table = words[at + 1];
            let named = words.get(at + 2).filter(|word| !NO_NAMES.contains(word)).unwrap_or(&table);
            tables.insert((*named).to_owned(), table.to_owned());
        }
    }
    tables
}

/// A statement's comment says which index it lives on; SQLite is asked whether it does. Without it a statement that runs
/// every few seconds reads everything there ever was, and nobody sees it in a small database.
#[tokio::test(flavor = "multi_thread")]
async fn every_statement_lives_on_the_index_that_it_names_and_none_walks_through_a_big_table() {
    let world = World::new(Engine::Sqlite).await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql");
    let mut files = Vec::new();
    statements(&root, &mut files);
    let mut session = world.app.store.read().await.expect("a connection");
    let On::Sqlite(connection) = session.on() else { panic!("the world is on SQLite") };
    let known = sqlx::query("select name, coalesce(sql, '') from sqlite_master where type = 'index'");
    let known: BTreeMap<String, String> = known
        .fetch_all(&mut *connection)
        .await
        .expect("the indexes")
        .iter()
        .map(|row| (row.get(0), row.get::<String, _>(1).to_lowercase()))
        .collect();
    let is_partial = |index: &str| known.get(index).is_some_and(|sql| sql.contains(" where "));
    let (mut complaints, mut claims) = (Vec::new(), 0);
    for file in files.iter().filter(|file| is_for(file, Engine::Sqlite)) {
        let name = file.strip_prefix(&root).expect("inside").display().to_string();
        let text = std::fs::read_to_string(file).expect("it can be read");
        let (comment, statement): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("--"));
        let (comment, statement) = (comment.join(" "), statement.join("\n"));
        let tables = tables(&statement);
        let plan: Vec<String> = sqlx::query(AssertSqlSafe(format!("explain query plan {statement}")))
            .fetch_all(&mut *connection)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .iter()
            .map(|row| row.get("detail"))
            .collect();
        let allowed = |list: &[(&str, &str)]| list.iter().any(|(known, _)| *known == name);
        for step in plan.iter().filter_map(|step| step.strip_prefix("SCAN ")) {
            let mut words = step.split(' ');
            let here = words.next().unwrap_or_default();
            let table = tables.get(here).map_or(here, String::as_str);
            let by_partial = step.split(' ').any(is_partial);
            if BIG.contains(&table) && !by_partial && !allowed(MAY_SCAN) {
                complaints.push(format!("{name} walks through all of {table}: {step}"));
            }
        }
        let said = comment.split_once("Index").map_or("", |(_, said)| said);
        for word in
            said.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| known.contains_key(*word))
        {
            claims += 1;
            if !plan.iter().any(|step| step.split(' ').any(|part| part == word)) && !allowed(MAY_HIDE) {
                complaints.push(format!("{name} names {word}, but goes another way: {plan:?}"));
            }
        }
    }
    assert!(claims > 30, "hardly any statement names its index: {claims}");
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
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
