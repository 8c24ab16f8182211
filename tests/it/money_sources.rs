//! What balances are, from databases of others: every type of three engines, what can't be read, what may not be done there,
//! and whose turn it is to ask.

use std::time::Duration;

use callbrief::config::money_sources::{MoneySource, Tls};
use callbrief::config::secret::Secret;
use callbrief::config::settings::Settings;
use callbrief::funds::source::{self, Account, Kind, Look, LookError, turn};
use callbrief::jobs;
use callbrief::store::external::ExternalError;
use sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection, PgConnection, Row, SqliteConnection};

use crate::flow::{ACME, CALLS, DUE};
use crate::program::{self, Silent};
use crate::support::{Engine, World, mariadb, on_both, postgres};
use crate::web::{Site, ask};

const SETUP: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"

[[project]]
id = "amstel"
name = "Amstel"
zone = "Europe/Amsterdam"
locale = "en"
currency = "EUR"
"#;

/// A source at this address that is asked for balances by this query.
fn source(url: &str, balances: &str) -> MoneySource {
    MoneySource {
        name: "billing".to_owned(),
        url: Some(Secret::new(url)),
        every: Duration::from_secs(900),
        timeout: Duration::from_secs(60),
        most_rows: 100_000,
        zone: "UTC".to_owned(),
        tls: None,
        ca_file: None,
        balances: Some(balances.to_owned()),
        entries: None,
        standings: None,
    }
}

/// The databases of others that a source may lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theirs {
    Sqlite,
    Postgres,
    MariaDb,
}

impl Theirs {
    /// A database of this kind after these statements.
    async fn with(self, world: &World, statements: &[&str]) -> String {
        let url = match self {
            Self::Sqlite => format!("sqlite://{}?mode=rwc", world.folder().join("theirs.db").display()),
            Self::Postgres => postgres::new_database().await,
            Self::MariaDb => mariadb::new_database().await,
        };
        for statement in ["create table beside (x int)"].iter().chain(statements) {
            self.execute(&url, statement).await;
        }
        url
    }

    async fn execute(self, url: &str, statement: &str) {
        let sql = AssertSqlSafe(statement.to_owned());
        let done = match self {
            Self::Sqlite => SqliteConnection::connect(url).await.expect("open").execute(sql).await.map(|_| ()),
            Self::Postgres => PgConnection::connect(url).await.expect("open").execute(sql).await.map(|_| ()),
            Self::MariaDb => MySqlConnection::connect(url).await.expect("open").execute(sql).await.map(|_| ()),
        };
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    async fn count(self, url: &str, table: &str) -> i64 {
        let sql = AssertSqlSafe(format!("select count(*) from {table}"));
        match self {
            Self::Sqlite => {
                SqliteConnection::connect(url).await.expect("open").fetch_one(sql).await.expect("a row").get(0)
            }
            Self::Postgres => {
                PgConnection::connect(url).await.expect("open").fetch_one(sql).await.expect("a row").get(0)
            }
            Self::MariaDb => {
                MySqlConnection::connect(url).await.expect("open").fetch_one(sql).await.expect("a row").get(0)
            }
        }
    }
}

async fn fetch(world: &World, source: &MoneySource) -> Result<Look, LookError> {
    source::fetch(&world.app, source, "tester", false).await
}

async fn fetched(world: &World, source: &MoneySource) -> Look {
    fetch(world, source).await.unwrap_or_else(|error| panic!("{error}"))
}

/// `acme/forwarding 84.60 EUR 2026-06-01T05:00:00Z`, of every balance that stands.
async fn balances(world: &World) -> Vec<String> {
    let stored = world.app.store.read().await.expect("open").balances(None, None).await.expect("balances");
    let shown = stored.into_iter().map(|one| {
        let balance = one.balance;
        format!("{}/{} {} {} {}", one.project, balance.name, balance.amount, balance.currency, balance.as_of)
    });
    shown.collect()
}

async fn open(engine: Engine) -> World {
    let world = World::new(engine).await;
    world.set("2026-06-01T09:00:00Z");
    world.apply(SETUP).await;
    world
}

/// The queries that show the columns are queries: every engine gives what they say.
async fn the_example_of(theirs: Theirs, ours: Engine) {
    let world = open(ours).await;
    let url = theirs.with(&world, &[]).await;
    let mut billing = source(&url, Kind::Balances.example());
    billing.entries = Some(Kind::Entries.example().to_owned());
    billing.standings = Some(Kind::Standings.example().to_owned());
    let look = fetched(&world, &billing).await;
    assert_eq!(look.facts.told(), Vec::<String>::new(), "{theirs:?}");
    assert_eq!(look.account, Account { changed: 2, new_entries: 1, ..Account::default() });
    assert_eq!(balances(&world).await, ["acme/forwarding 84.60 EUR 2026-06-01T08:00:00Z"]);
    assert_eq!(
        world.texts("select id || ' ' || kind || ' ' || what from balance_entries").await,
        ["u-2026-05-31 usage calls to mobiles"]
    );
    // A day is the project's.
    assert_eq!(world.texts("select status || ' ' || paid_until from standings").await, ["active 2026-06-20"]);
    let zone = world.app.zones.get("Europe/Kyiv").expect("a zone");
    let day = zone.start_of_day(chrono::NaiveDate::from_ymd_opt(2026, 5, 31).expect("a day"));
    let at = match ours {
        Engine::Sqlite => format!("select count(*) from balance_entries where at = {}", day.as_micros()),
        Engine::Postgres => format!("select count(*) from balance_entries where at = '{day}'"),
    };
    assert_eq!(world.number(&at).await, 1);
    let again = fetched(&world, &billing).await;
    assert_eq!(again.account, Account { same: 2, known_entries: 1, ..Account::default() }, "nothing is told twice");
    assert_eq!(world.number("select count(*) from audit where action = 'money_fetched'").await, 1);
    let empty = format!("select * from (\n{}\n) as facts where project = 'nobody'", Kind::Balances.example());
    let look = fetched(&world, &source(&url, &empty)).await;
    assert_eq!(
        (look.facts.told(), look.facts.rows.get(&Kind::Balances)),
        (Vec::new(), Some(&0)),
        "{theirs:?}: no rows are no fault"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_is_taken_from_sqlite() {
    the_example_of(Theirs::Sqlite, Engine::Sqlite).await;
    the_example_of(Theirs::Sqlite, Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_is_taken_from_postgres() {
    the_example_of(Theirs::Postgres, Engine::Sqlite).await;
    the_example_of(Theirs::Postgres, Engine::Postgres).await;
}

/// All that needs a MariaDB server is one test, because each process that runs tests has to start one.
#[tokio::test(flavor = "multi_thread")]
async fn mariadb_is_read_exactly_and_only_read() {
    the_example_of(Theirs::MariaDb, Engine::Sqlite).await;
    the_example_of(Theirs::MariaDb, Engine::Postgres).await;
    mariadb_types().await;
    nothing_is_written_in(Theirs::MariaDb).await;
    nothing_secret_is_said_of(Theirs::MariaDb).await;
    a_query_without_end_is_ended_in(Theirs::MariaDb).await;
}

async fn mariadb_types() {
    let world = open(Engine::Sqlite).await;
    let url = Theirs::MariaDb
        .with(
            &world,
            &[
                "set time_zone = '+00:00'",
                "create table t (name varchar(20), amount decimal(18,8), d double, f float, cents bigint, ts timestamp null, \
                 dt datetime(6), day date)",
                "set sql_mode = ''",
            ],
        )
        .await;
    let mut connection = MySqlConnection::connect(&url).await.expect("open");
    for statement in [
        "set sql_mode = ''",
        "set time_zone = '+00:00'",
        // Winter, while the look itself is made in summer: the moment is known by the session's clock, not by the zone's.
        "insert into t values ('a', 41.20000000, 41.27, 41.27, 4127, '2026-01-15 06:00:00', '2026-01-15 08:00:00.5', '2026-01-15')",
        "insert into t values ('zero', 1, 1, 1, 1, 0, 0, 0)",
    ] {
        connection.execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    let from = |what: &str, when: &str, name: &str| {
        format!(
            "select 'acme' as project, '{name}' as balance, {what} as amount, {when} as as_of from t where name = 'a'"
        )
    };
    let all = [
        from("amount", "ts", "ts"),
        from("d", "dt", "dt"),
        from("cents / 100.0", "day", "day"),
        from("amount", "unix_timestamp(ts)", "unix"),
        from("amount", "'2026-01-15T06:00:00Z'", "text"),
    ];
    let mut billing = source(&url, &all.join(" union all "));
    // A union has one type a column, so each is asked by itself.
    billing.zone = "Europe/Kyiv".to_owned();
    for query in &all {
        billing.balances = Some(query.clone());
        assert_eq!(fetched(&world, &billing).await.facts.told(), Vec::<String>::new(), "{query}");
    }
    let stands = balances(&world).await;
    for wanted in [
        "acme/ts 41.20 EUR 2026-01-15T06:00:00Z",
        "acme/dt 41.27 EUR 2026-01-15T06:00:00.500Z",
        "acme/day 41.27 EUR 2026-01-14T22:00:00Z",
        "acme/unix 41.20 EUR 2026-01-15T06:00:00Z",
        "acme/text 41.20 EUR 2026-01-15T06:00:00Z",
    ] {
        assert!(stands.iter().any(|one| one == wanted), "{wanted} isn't in {stands:?}");
    }
    // What the server calls now is of the zone that the source is said to be in, wherever the server stands.
    let utc = "select date_format(utc_timestamp(), '%Y-%m-%dT%H:%i:%sZ')";
    let theirs: String = sqlx::query_scalar(utc).fetch_one(&mut connection).await.expect("a time");
    world.set(&theirs);
    billing.zone = "Asia/Kathmandu".to_owned();
    billing.balances = Some(from("amount", "now()", "now"));
    assert_eq!(fetched(&world, &billing).await.facts.told(), Vec::<String>::new());
    billing.zone = "Europe/Kyiv".to_owned();
    let stored = world.app.store.read().await.expect("open").balances(None, None).await.expect("balances");
    let told = stored.iter().find(|one| one.balance.name.as_str() == "now").expect("it is there").balance.as_of;
    assert!((told.as_seconds() - world.now().as_seconds()).abs() < 300, "{told} beside {theirs}");

    world.set("2026-06-01T09:00:00Z");
    for (what, when, said) in [
        ("f", "ts", "seven digits"),
        ("1 / 3e0", "ts", "nothing is rounded"),
        ("amount", "null", "no fact without one"),
        ("'41,20'", "ts", "this is no sum"),
        ("unhex('ff')", "ts", "this is no text"),
    ] {
        billing.balances = Some(from(what, when, "x"));
        let told = fetched(&world, &billing).await.facts.told().join("\n");
        assert!(told.contains(said), "{what}: {told}");
    }
    for column in ["ts", "dt", "day"] {
        billing.balances = Some(from("amount", column, "zero").replace("name = 'a'", "name = 'zero'"));
        let told = fetched(&world, &billing).await.facts.told().join("\n");
        assert!(told.contains("balances, row 1, as_of `0000-00-00") && told.contains("no time"), "{column}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_type_of_postgres_is_read_exactly() {
    let world = open(Engine::Sqlite).await;
    let url = Theirs::Postgres.with(&world, &["create type kind as enum ('acme')"]).await;
    let mut billing = source(&url, "");
    billing.zone = "Europe/Kyiv".to_owned();
    let query = |name: &str, project: &str, amount: &str, as_of: &str| {
        format!("select {project} as project, '{name}' as balance, {amount} as amount, {as_of} as as_of")
    };
    for (name, project, amount, as_of) in [
        ("numeric", "'acme'::kind", "41.20::numeric(18,8)", "'2026-01-15 06:00:00+00'::timestamptz"),
        ("bigint", "'acme'::char(10)", "4127::bigint / 100.0", "'2026-01-15 08:00:00'::timestamp"),
        ("double", "'acme'", "41.27::float8", "'2026-01-15'::date"),
        ("text", "'acme'", "'-12.4'", "'2026-01-15T06:00:00Z'"),
        ("epoch", "'acme'", "300::smallint", "1768456800::bigint"),
        ("winter", "'acme'", "1", "('2026-01-15 06:00:00+00'::timestamptz)::timestamp"),
    ] {
        billing.balances = Some(query(name, project, amount, as_of));
        assert_eq!(fetched(&world, &billing).await.facts.told(), Vec::<String>::new(), "{name}");
    }
    assert_eq!(
        balances(&world).await,
        [
            "acme/bigint 41.27 EUR 2026-01-15T06:00:00Z",
            "acme/double 41.27 EUR 2026-01-14T22:00:00Z",
            "acme/epoch 300.00 EUR 2026-01-15T06:00:00Z",
            "acme/numeric 41.20 EUR 2026-01-15T06:00:00Z",
            "acme/text -12.40 EUR 2026-01-15T06:00:00Z",
            "acme/winter 1.00 EUR 2026-01-15T06:00:00Z",
        ]
    );
    for (amount, as_of, said) in [
        ("41.27::real", "'2026-01-15'", "seven digits"),
        ("0.1::float8 + 0.2::float8", "'2026-01-15'", "nothing is rounded"),
        ("'NaN'::numeric", "'2026-01-15'", "this is no sum"),
        ("41.27::money", "'2026-01-15'", "this is no sum"),
        ("1", "'infinity'::timestamptz", "this is no time"),
        ("1", "'2030-01-01'", "lies in the future"),
        ("null::numeric", "'2026-01-15'", "no fact without one"),
    ] {
        billing.balances = Some(query("x", "'acme'", amount, as_of));
        let told = fetched(&world, &billing).await.facts.told().join("\n");
        assert!(told.contains(said) && told.contains("balances, row 1, "), "{amount} {as_of}: {told}");
    }
}

on_both! {
    async fn every_type_of_sqlite_is_read_exactly(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(SETUP).await;
        let url = Theirs::Sqlite
            .with(
                &world,
                &[
                    "create table t (balance text, amount decimal(10,2), at)",
                    "insert into t values ('seconds', 41.27, 1768456800), ('millis', '41.20', 1768456800000), \
                     ('text', 300, '2026-01-15 06:00:00'), ('offset', -12.4, '2026-01-15T08:00:00+02:00'), \
                     ('real', 0.1 + 0.2, '2026-01-15'), ('julian', 1, julianday('2026-01-15')), ('blob', x'ff', '2026-01-15'), \
                     ('Not one', 1, '2026-01-15')",
                ],
            )
            .await;
        let look = fetched(&world, &source(&url, "select 'acme' as project, balance, amount, at as as_of from t -- all\n")).await;
        assert_eq!(
            balances(&world).await,
            [
                "acme/millis 41.20 EUR 2026-01-15T06:00:00Z",
                "acme/offset -12.40 EUR 2026-01-15T06:00:00Z",
                "acme/seconds 41.27 EUR 2026-01-15T06:00:00Z",
                "acme/text 300.00 EUR 2026-01-15T06:00:00Z",
            ]
        );
        let told = look.facts.told().join("\n");
        for said in [
            "row 5, amount `0.30000000000000004`: this is a floating-point number",
            "row 6, as_of `2461",
            "row 7, amount `(bytes)`: this is no text",
            "row 8, balance `Not one`: ",
        ] {
            assert!(told.contains(said), "{said} isn't in:\n{told}");
        }
    }

    async fn what_cannot_be_read_is_told_and_the_other_rows_count(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(SETUP).await;
        let url = Theirs::Sqlite.with(&world, &[]).await;
        let row = |project: &str, name: &str, amount: &str, as_of: &str, currency: &str| {
            format!("select '{project}' as project, '{name}' as balance, '{amount}' as amount, '{as_of}' as as_of, '{currency}' as currency, 7 as colour")
        };
        let early = "2026-06-01T06:00:00Z";
        let rows = [
            row("acme", "forwarding", "84.60", "2026-06-01T08:00:00Z", "eur"),
            row("acme", "forwarding", "90.00", early, "EUR"),
            row("nobody", "forwarding", "1", early, "EUR"),
            row("amstel", "project", "1", early, "ABC"),
            row("amstel", "project", "ten", early, "EUR"),
            row("amstel", "project", "20", early, "EUR"),
            row("amstel", "project", "21", early, "EUR"),
        ];
        let entry = |id: &str, at: &str, kind: &str| {
            format!("select 'acme' as project, 'forwarding' as balance, '{id}' as id, '{at}' as at, '{kind}' as kind, 1 as amount")
        };
        let mut ahead = source(&url, &row("acme", "x", "1", "2126-06-01", "EUR"));
        ahead.entries = Some([entry("a", "2126-06-01", "topup"), entry("b", "2126-06-01", "fixed")].join(" union all "));
        let trial = source::fetch(&world.app, &ahead, "tester", true).await.expect("it is asked");
        let told = trial.facts.told().join("\n");
        assert!(told.contains("entries, row 1, at `2126-06-01`: it lies in the future"), "{told}");
        assert_eq!((trial.account.new_entries, trial.facts.complaint_count), (1, 2), "only a fixed charge may lie ahead: {told}");

        let mut billing = source(&url, &rows.join(" union all "));
        billing.standings = Some("select 'acme' as project, 'active' as status".to_owned());
        billing.entries = Some("select * from there_is_no_such_table".to_owned());
        let trial = source::fetch(&world.app, &billing, "tester", true).await.expect("it is asked");
        assert_eq!(trial.account.changed, 2);
        let change = |look: &Look| look.changes.iter().map(|one| format!("{} {:?} {}", one.project, one.old, one.new)).collect::<Vec<_>>();
        assert_eq!(change(&trial), ["acme None 84.60 EUR", "amstel None 20.00 EUR"]);
        assert_eq!(trial.changes[1].zone, "Europe/Amsterdam", "times are shown in it");
        assert!(balances(&world).await.is_empty(), "a trial writes nothing");
        assert_eq!(world.number("select count(*) from audit where action = 'money_fetched'").await, 0);

        let look = fetched(&world, &billing).await;
        assert_eq!(
            balances(&world).await,
            ["acme/forwarding 84.60 EUR 2026-06-01T08:00:00Z", "amstel/project 20.00 EUR 2026-06-01T06:00:00Z"]
        );
        let told = look.facts.told().join("\n");
        for said in [
            "entries: the query was refused: no such table: there_is_no_such_table",
            "balances, row 4, currency `ABC`: `ABC` isn't a currency",
            "balances, row 5, amount `ten`: this is no sum",
            "balances, row 7, balance `project`: an earlier row tells something else",
            "standings: the query gives no column `as_of`",
            "1 row is of projects that aren't here, which count for nothing: nobody",
            "balances: nobody reads the columns colour",
        ] {
            assert!(told.contains(said), "{said} isn't in:\n{told}");
        }
        billing.most_rows = 6;
        let told = fetched(&world, &billing).await.facts.told().join("\n");
        assert!(told.contains("balances: it gives more than 6 rows, and none was taken"), "{told}");
    }

    async fn an_older_fact_is_counted_and_an_unchanged_one_wakes_nobody(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(SETUP).await;
        let url = Theirs::Sqlite.with(&world, &[]).await;
        let tell = |amount: &str, as_of: &str| {
            source(&url, &format!("select 'acme' as project, 'forwarding' as balance, {amount} as amount, '{as_of}' as as_of"))
        };
        fetched(&world, &tell("84.60", "2026-06-01T08:00:00Z")).await;
        world.settle().await;
        let versions = "select cast(version as text) from evaluations";
        let (judged, noted) = (world.texts(versions).await, world.number("select count(*) from audit").await);
        let older = fetched(&world, &tell("300", "2026-06-01T07:00:00Z")).await;
        assert_eq!(older.account, Account { older: 1, ..Account::default() });
        let fresh = fetched(&world, &tell("84.6", "2026-06-01T08:45:00Z")).await;
        assert_eq!((fresh.account.fresh, fresh.changes.len()), (1, 0));
        assert_eq!(balances(&world).await, ["acme/forwarding 84.60 EUR 2026-06-01T08:45:00Z"], "it is known to be so later");
        assert_eq!((world.texts(versions).await, world.number("select count(*) from audit").await), (judged.clone(), noted));
        world.set("2026-06-02T09:00:00Z");
        fetched(&world, &tell("84.60", "2026-06-02T08:45:00Z")).await;
        assert_ne!(world.texts(versions).await, judged, "another day began: the forecast begins there");
        world.settle().await;
        let judged = world.texts(versions).await;
        fetched(&world, &tell("80", "2026-06-02T08:50:00Z")).await;
        assert_ne!(world.texts(versions).await, judged);
    }

    async fn what_would_be_refused_of_a_command_is_refused_of_a_query_and_told_by_name(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(SETUP).await;
        let url = Theirs::Sqlite.with(&world, &[]).await;
        let tell = |currency: &str, limit: &str, as_of: &str| {
            source(&url, &format!(
                "select 'acme' as project, 'forwarding' as balance, 90 as amount, '{as_of}' as as_of, {currency} as currency, {limit} as credit_limit
                union all select 'amstel', 'forwarding', 10, '{as_of}', null, null"
            ))
        };
        fetched(&world, &tell("'USD'", "50", "2026-06-01T06:00:00Z")).await;
        let look = fetched(&world, &tell("'UAH'", "null", "2026-06-01T07:00:00Z")).await;
        let told = look.facts.told();
        assert_eq!((told.len(), look.account.fresh), (1, 1), "the other row counts: {told:?}");
        assert!(told[0].starts_with("balances, acme/forwarding: forwarding is in USD and this is in UAH"), "{told:?}");
        let look = fetched(&world, &tell("null", "null", "2026-06-01T08:00:00Z")).await;
        assert_eq!(look.facts.told(), Vec::<String>::new(), "a row without a currency is in the balance's own");
        assert!(balances(&world).await.contains(&"acme/forwarding 90.00 USD 2026-06-01T08:00:00Z".to_owned()));

        let numbers = "with recursive n (i) as (select 0 union all select i + 1 from n where i < 51) ";
        let many = format!("{numbers} select 'acme' as project, 'b' || i as balance, 1 as amount, '2026-06-01T08:00:00Z' as as_of from n");
        for is_trial in [true, false] {
            let look = source::fetch(&world.app, &source(&url, &many), "tester", is_trial).await.expect("it is asked");
            assert_eq!((look.account.changed, look.facts.complaint_count), (49, 3), "forwarding is the fiftieth");
            let told = look.facts.told().join("\n");
            assert!(told.contains("balances, acme/b9: 50 balances of a project are known already"), "{told}");
        }
        assert_eq!(world.number("select count(*) from balances").await, 51);
    }

    async fn a_query_without_the_paid_day_leaves_it_and_a_null_takes_it_away(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(SETUP).await;
        let url = Theirs::Sqlite.with(&world, &[]).await;
        let mut billing = source(&url, "select 'acme' as project, 'b' as balance, 1 as amount, '2026-06-01T05:00:00Z' as as_of");
        let mut tell = async |status: &str, more: &str, as_of: &str| {
            billing.standings = Some(format!("select 'acme' as project, '{status}' as status, '{as_of}' as as_of{more}"));
            let look = fetched(&world, &billing).await;
            assert_eq!(look.facts.told(), Vec::<String>::new());
            world.texts("select status || ' ' || coalesce(paid_until, '-') from standings").await.remove(0)
        };
        assert_eq!(tell("active", ", '2026-07-20' as paid_until", "2026-06-01T06:00:00Z").await, "active 2026-07-20");
        assert_eq!(tell("suspended", "", "2026-06-01T07:00:00Z").await, "suspended 2026-07-20");
        assert_eq!(tell("active", ", null as paid_until", "2026-06-01T08:00:00Z").await, "active -");
    }

    async fn thousands_are_taken_in_portions(world: World) {
        world.set("2026-06-01T09:00:00Z");
        let mut setup = "version = 1\n".to_owned();
        for n in 0..1_200 {
            setup.push_str(&format!("[[project]]\nid = \"p{n}\"\nname = \"P\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \"EUR\"\n"));
        }
        world.apply(&setup).await;
        let numbers = "with recursive n (i) as (select 0 union all select i + 1 from n where i < 1199) ";
        let url = Theirs::Postgres.with(&world, &[]).await;
        let mut billing = source(&url, &format!("{numbers} select 'p' || i as project, 'project' as balance, i as amount, '2026-06-01T08:00:00Z' as as_of from n"));
        billing.entries = Some(format!("{numbers} select 'p' || i as project, 'project' as balance, 'u' as id, '2026-05-31' as at, 'usage' as kind, 1 as amount from n"));
        billing.standings = Some(format!("{numbers} select 'p' || i as project, 'active' as status, '2026-06-01T08:00:00Z' as as_of from n"));
        let look = fetched(&world, &billing).await;
        assert_eq!(look.account, Account { changed: 2_400, new_entries: 1_200, ..Account::default() });
        assert_eq!(world.number("select cast(sum(amount) as bigint) from balances").await, 1_199 * 600 * 1_000_000);
        assert_eq!(world.number("select count(*) from evaluations").await, 1_200);
        assert_eq!(world.number("select count(*) from audit where action = 'standing_set'").await, 1_200);
        billing.most_rows = 1_199;
        let told = fetched(&world, &billing).await.facts.told();
        assert_eq!(told.len(), 3, "{told:?}");
        world.settle().await;
    }
}

async fn nothing_is_written_in(theirs: Theirs) {
    let world = open(Engine::Sqlite).await;
    let url =
        theirs.with(&world, &["create table accounts (name varchar(20))", "insert into accounts values ('a')"]).await;
    let columns = "'acme' as project, 'forwarding' as balance, 1 as amount, '2026-06-01T08:00:00Z' as as_of";
    let mut tries = vec![
        format!("select {columns}; delete from accounts"),
        format!("select {columns}) as facts; delete from accounts; select * from (select 1"),
        "delete from accounts".to_owned(),
        "drop table accounts".to_owned(),
    ];
    match theirs {
        Theirs::Sqlite => tries.push("with x as (select 1) delete from accounts".to_owned()),
        Theirs::Postgres => {
            let function = "create function spoil() returns int language sql as 'delete from accounts returning 1'";
            theirs.execute(&url, function).await;
            tries.push(format!("select {columns} from (select spoil()) s"));
            tries.push(format!("with gone as (delete from accounts returning 1) select {columns} from gone"));
            tries.push(format!("select {columns}; commit; delete from accounts"));
            tries.push("select set_config('transaction_read_only', 'off', true), spoil()".to_owned());
        }
        Theirs::MariaDb => {
            let function =
                "create function spoil() returns int modifies sql data begin delete from accounts; return 1; end";
            theirs.execute(&url, function).await;
            tries.push(format!("select {columns}, spoil() as spoilt"));
            tries.push("select 1 into outfile '/tmp/callbrief-must-not-be-there'".to_owned());
            tries.push(format!("select {columns}; commit; delete from accounts"));
        }
    }
    for query in tries {
        let mut billing = source(&url, &query);
        billing.timeout = Duration::from_secs(20);
        let told = match fetch(&world, &billing).await {
            Ok(look) => look.facts.told().join("\n"),
            Err(error) => error.to_string(),
        };
        assert!(told.contains("refused"), "{theirs:?}: {query}: {told}");
        assert_eq!(theirs.count(&url, "accounts").await, 1, "{theirs:?}: {query}");
    }
    // It is the query and not the source that was refused.
    assert_eq!(fetched(&world, &source(&url, &format!("select {columns} from accounts"))).await.account.changed, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_in_sqlite() {
    nothing_is_written_in(Theirs::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_in_postgres() {
    nothing_is_written_in(Theirs::Postgres).await;
}

/// The address with another password, and one where nobody listens.
async fn nothing_secret_is_said_of(theirs: Theirs) {
    let world = open(Engine::Sqlite).await;
    let silent = Silent::port();
    let url = match theirs {
        Theirs::Postgres => {
            let url = theirs.with(&world, &[]).await;
            assert!(url.starts_with("postgres://postgres@"));
            url.replace("postgres@", "nobody:hunter2secret@")
        }
        _ => theirs.with(&world, &[]).await.replace("owner%27s", "hunter2secret"),
    };
    let away = match theirs {
        Theirs::Postgres => format!("postgres://nobody:hunter2secret@127.0.0.1:{}/billing", silent.number()),
        _ => format!("mysql://nobody:hunter2secret@127.0.0.1:{}/billing", silent.number()),
    };
    for (url, said) in [(url.as_str(), "refuses the user"), (away.as_str(), "nobody listens there")] {
        let billing = source(url, "select 1 as project");
        let error = fetch(&world, &billing).await.expect_err("nobody is let in");
        let shown = format!("{error} {error:?} {billing:?}");
        assert!(error.to_string().contains(said), "{error}");
        assert!(!shown.contains("hunter2"), "{shown}");
        let (before, after) = turn::end(&world.app, &billing, world.now(), &Err(error)).await.expect("it is kept");
        assert!(!format!("{before:?} {after:?}").contains("hunter2"));
    }
    let mut billing = source(&away, "select 1 as project");
    billing.tls = Some(Tls::Verify);
    assert!(fetch(&world, &billing).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_is_said_of_postgres() {
    nothing_secret_is_said_of(Theirs::Postgres).await;
}

/// A query that never ends is ended there, within the limit, and the process goes on.
async fn a_query_without_end_is_ended_in(theirs: Theirs) {
    let world = open(Engine::Sqlite).await;
    let url = theirs.with(&world, &[]).await;
    let endless = match theirs {
        Theirs::Sqlite => {
            "with recursive n (i) as (select 0 union all select i + 1 from n) select count(*) as project from n"
        }
        Theirs::Postgres => "select pg_sleep(3600) as project",
        Theirs::MariaDb => "select sleep(3600) as project",
    };
    let mut billing = source(&url, endless);
    billing.timeout = Duration::from_secs(1);
    match fetch(&world, &billing).await {
        Err(LookError::Silent(1)) | Err(LookError::External(ExternalError::Unreached(_))) => {}
        Ok(look) => assert!(!look.facts.told().is_empty() || theirs == Theirs::MariaDb, "it can't have ended well"),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_without_end_is_ended() {
    a_query_without_end_is_ended_in(Theirs::Sqlite).await;
    a_query_without_end_is_ended_in(Theirs::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_asked_for_unless_it_is_this_machine() {
    let world = open(Engine::Sqlite).await;
    // The test servers have none, and are reached as this machine.
    let url = postgres::new_database().await;
    let query = Kind::Balances.example();
    assert_eq!(fetched(&world, &source(&url, query)).await.account.changed, 1);
    for tls in [Tls::Verify, Tls::Require] {
        // A socket is this machine too, where TLS means nothing: the server's port is what counts.
        let mut strict = source(&url.replace("localhost", "127.0.0.1"), query);
        strict.tls = Some(tls);
        if url.contains("host=") {
            continue;
        }
        assert!(fetch(&world, &strict).await.is_err(), "{tls:?}");
    }
}

fn with_source(url: String, query: &str) -> impl FnOnce(&mut Settings) {
    let billing = source(&url, query);
    move |settings: &mut Settings| settings.money_sources = vec![billing]
}

const ONE: &str =
    "select 'acme' as project, 'forwarding' as balance, amount, '2026-11-16T06:00:00Z' as as_of from accounts";

async fn two_replicas(engine: Engine) {
    let url = postgres::new_database().await;
    Theirs::Postgres.execute(&url, "create table accounts as select 500 as amount").await;
    let world = World::with(engine, with_source(url, ONE)).await;
    world.apply(SETUP).await;
    let other = world.replica(|_| {}).await;
    let (one, two) = tokio::join!(jobs::tick(&world.app), jobs::tick(&other));
    assert_eq!(one.expect("it passes").facts + two.expect("it passes").facts, 1, "one of them asks");
    assert_eq!(balances(&world).await, ["acme/forwarding 500.00 EUR 2026-11-16T06:00:00Z"]);
    let looks = |app: &callbrief::app::App| {
        let text = app.telemetry.metrics.text();
        let line =
            text.lines().find_map(|line| line.strip_prefix("callbrief_money_fetches_total{outcome=\"fetched\"} "));
        line.map_or(0, |count| count.parse::<u64>().expect("a count"))
    };
    assert_eq!(looks(&world.app) + looks(&other), 1);
    world.advance(Duration::from_secs(899));
    world.settle().await;
    assert_eq!(looks(&world.app) + looks(&other), 1, "it isn't due yet");
    world.advance(Duration::from_secs(1));
    world.settle().await;
    assert_eq!(looks(&world.app) + looks(&other), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_replicas_one_asks() {
    two_replicas(Engine::Sqlite).await;
    two_replicas(Engine::Postgres).await;
}

/// While a source is locked by somebody, reports go out; what it tells comes when it answers.
async fn slow(engine: Engine) {
    let url = postgres::new_database().await;
    Theirs::Postgres.execute(&url, "create table accounts as select 500 as amount").await;
    let world = World::with(engine, with_source(url.clone(), ONE)).await;
    world.set("2026-11-16T09:00:00Z");
    world.apply(ACME).await;
    world.import("acme", CALLS).await;
    world.set(DUE);
    let mut gate = PgConnection::connect(&url).await.expect("open");
    gate.execute("begin; lock table accounts in access exclusive mode").await.expect("it is locked");
    let app = world.app.clone();
    let ticking = tokio::spawn(async move { jobs::tick(&app).await });
    let mut waited = 0;
    while world.outbox().is_empty() {
        waited += 1;
        assert!(waited < 1_000 && !ticking.is_finished(), "no report came while the source was locked");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(balances(&world).await.is_empty());
    gate.execute("rollback").await.expect("it is open");
    assert_eq!(ticking.await.expect("it ends").expect("it passes").facts, 1);
    assert_eq!(balances(&world).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_source_holds_up_no_report() {
    slow(Engine::Sqlite).await;
    slow(Engine::Postgres).await;
}

async fn failing(engine: Engine) {
    let url = postgres::new_database().await;
    Theirs::Postgres.execute(&url, "create table accounts as select 500 as amount").await;
    let mut world = World::with(engine, |settings: &mut Settings| {
        with_source(url.clone(), ONE)(settings);
        settings.watch.money_source = Duration::from_secs(7_200);
    })
    .await;
    world.allow_leftovers();
    world.apply(SETUP).await;
    world.settle().await;
    let told = async || world.number("select count(*) from notices where dedup_key like 'watch/money-source/%'").await;
    Theirs::Postgres.execute(&url, "drop table accounts").await;
    for minutes in [15, 60, 59] {
        world.advance(Duration::from_secs(minutes * 60));
        world.settle().await;
    }
    assert_eq!(told().await, 0, "it may fail for two hours");
    assert_eq!(balances(&world).await, ["acme/forwarding 500.00 EUR 2026-11-16T06:00:00Z"], "what stands stays");
    let site = Site::of(&world).await;
    let status = ask(site.ops, "GET /status").await;
    assert!(
        status.contains("\"money_sources\":{\"billing\":{") && status.contains("accounts\\\" does not exist"),
        "{status}"
    );
    let metrics = ask(site.ops, "GET /metrics").await;
    assert!(metrics.contains("callbrief_money_fetches_total{outcome=\"failed\"}"), "{metrics}");
    site.end().await;
    for _ in 0..3 {
        world.advance(Duration::from_secs(3_600));
        world.settle().await;
    }
    assert_eq!(told().await, 1, "once, to operations");
    let mails = world.outbox();
    let mail = String::from_utf8_lossy(mails.last().expect("a mail")).into_owned();
    assert!(mail.contains("operations@test.example") && mail.contains("billing"), "{mail}");
    Theirs::Postgres.execute(&url, "create table accounts as select 501 as amount").await;
    world.advance(Duration::from_secs(3_600));
    world.settle().await;
    assert_eq!(balances(&world).await, ["acme/forwarding 501.00 EUR 2026-11-16T06:00:00Z"]);
    // The watch looks once a minute, and perhaps before the source was asked.
    world.advance(Duration::from_secs(120));
    world.settle().await;
    Theirs::Postgres.execute(&url, "drop table accounts").await;
    for _ in 0..4 {
        world.advance(Duration::from_secs(3_600));
        world.settle().await;
    }
    assert_eq!(told().await, 2, "it worked in between");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_fails_leaves_what_stands_and_is_told_once() {
    failing(Engine::Sqlite).await;
    failing(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_shows_what_would_change_and_ends_with_what_came_of_it() {
    let world = open(Engine::Sqlite).await;
    let url = Theirs::Sqlite
        .with(
            &world,
            &["create table t (project text, amount text)", "insert into t values ('acme', '84.60'), ('nobody', '1')"],
        )
        .await;
    let run = |args: &[&str], query: &str| {
        program::settings(&world, 0);
        let file = world.folder().join("callbrief.toml");
        let text = std::fs::read_to_string(&file).expect("settings");
        let source = format!("[money_sources.billing]\nurl = \"{url}\"\nbalances = {{ file = \"balances.sql\" }}\n");
        std::fs::write(&file, text + &source).expect("written");
        std::fs::write(world.folder().join("balances.sql"), query).expect("written");
        let done = program::command(&world, "2026-06-01T09:00:00Z", args).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (done.status.code().expect("a code"), text(done.stdout), text(done.stderr))
    };
    let all = "select project, 'forwarding' as balance, amount, '2026-06-01T08:00:00Z' as as_of from t;\n";
    let (code, shown, told) = run(&["balance", "fetch", "--dry-run"], all);
    assert_eq!(code, 3, "{shown}{told}");
    assert!(shown.contains("acme") && shown.contains("84.60 EUR") && shown.contains("1 would change"), "{shown}");
    assert!(shown.contains("nothing was written") && told.contains("nobody"), "{shown}{told}");
    assert!(balances(&world).await.is_empty());
    let known = format!("select * from ({}) where project = 'acme'", all.trim().trim_end_matches(';'));
    let (code, shown, told) = run(&["balance", "fetch", "billing"], &known);
    assert_eq!((code, told.as_str()), (0, ""), "{shown}");
    assert_eq!(balances(&world).await, ["acme/forwarding 84.60 EUR 2026-06-01T08:00:00Z"]);
    let (code, shown, _) = run(&["balance", "fetch", "billing", "--json"], &known);
    assert_eq!(code, 0);
    let list: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!((&list[0]["source"], &list[0]["account"]["same"]), (&"billing".into(), &1.into()), "{shown}");
    let (code, _, told) = run(&["balance", "fetch", "bilings"], &known);
    assert!(code == 2 && told.contains("is `billing` meant?"), "{code} {told}");
    let (code, _, told) = run(&["balance", "fetch"], "delete from t");
    assert!(code == 2 && told.contains("begins with `delete`") && told.contains("callbrief.toml"), "{code} {told}");
    let (code, shown, told) = run(&["balance", "fetch"], "select x from nowhere");
    assert!(code == 1 && told.contains("no such table: nowhere"), "{code} {shown} {told}");
    std::fs::remove_file(world.folder().join("theirs.db")).expect("it was there");
    let (code, _, told) = run(&["balance", "fetch"], &known);
    assert!(code == 1 && told.contains("billing: there is no file"), "{code} {told}");
    let (code, shown, _) = run(&["balance", "columns"], &known);
    assert!(code == 0 && shown.contains("auto_topup_below") && shown.contains("-- MySQL and MariaDB"), "{shown}");
}
