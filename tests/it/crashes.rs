//! The real program, killed at every point where it has just made something durable or is about to tell somebody. Started
//! again, it loses nothing and sends nothing twice; only what was past the fence is `uncertain`, and the owner is told.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;

use callbrief::chaos::POINTS;
use callbrief::domain::delivery::DeliveryState;
use callbrief::domain::run::RunState;

use crate::flow::{self, DUE};
use crate::support::smtp::{Script, SmtpServer};
use crate::support::{Engine, World};

const SIGKILL: i32 = 9;

/// Points past which the relay may have the message: its outcome is unknown.
const PAST_THE_FENCE: &[&str] = &["send.after_fence", "send.after_accept"];

/// The program with crash points, as it was built with these tests.
#[cfg(feature = "chaos")]
pub fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| PathBuf::from(env!("CARGO_BIN_EXE_callbrief-chaos")))
}

/// The program with crash points, built once by the same cargo: half of the dependencies have other features without the
/// tests' own, so `--features chaos` is the shorter way.
#[cfg(not(feature = "chaos"))]
pub fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).parent().expect("a target folder").to_owned();
        let mut cargo = Command::new(env!("CARGO"));
        // What cargo tells a test about its package would make it build half of the dependencies anew.
        for (name, _) in variables() {
            let ours = name.to_str().is_some_and(|name| name.starts_with("CARGO_") && name != "CARGO_HOME");
            if ours || name == "LD_LIBRARY_PATH" {
                cargo.env_remove(name);
            }
        }
        let built = cargo
            .args(["build", "--quiet", "--offline", "--features", "chaos", "--bin", "callbrief-chaos", "--target-dir"])
            .arg(&target)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        target.join("debug/callbrief-chaos")
    })
}

#[cfg(not(feature = "chaos"))]
#[expect(clippy::disallowed_methods, reason = "what cargo told this test isn't for the cargo that it runs")]
fn variables() -> std::env::VarsOs {
    std::env::vars_os()
}

/// A world whose jobs are done by processes of their own.
struct Stage {
    world: World,
    smtp: SmtpServer,
}

impl Stage {
    async fn set(engine: Engine) -> Self {
        let smtp = SmtpServer::start(Script::default()).await;
        let world = World::new(engine).await;
        flow::acme(&world).await;
        let stage = Self { world, smtp };
        let config = format!(
            "database_url = \"{}\"\npublic_url = \"https://reports.test.example\"\n[operations]\nemail = [\"operations@test.example\"]\n\
             [mail]\nfrom_address = \"reports@test.example\"\n[[mail.relay]]\nurl = \"smtp://{}\"\nencryption = \"plain\"\nconnections = 1\n",
            stage.world.app.settings.database_url.reveal(),
            stage.smtp.address,
        );
        std::fs::write(stage.config(), config).expect("the settings are written");
        stage
    }

    fn config(&self) -> PathBuf {
        self.world.folder().join("callbrief.toml")
    }

    /// One `tick` at this time, killed at a point or not.
    fn tick(&self, now: &str, crash_at: Option<&str>) -> ExitStatus {
        let clock = write_time(&self.world, now);
        let mut command = Command::new(program());
        command.arg("--config").arg(self.config()).arg("tick").current_dir(self.world.folder()).env_clear();
        command.env("CALLBRIEF_TEST_CLOCK", clock).stdout(Stdio::null());
        command.stderr(std::fs::File::create(self.world.folder().join("errors")).expect("a file for errors"));
        if let Some(point) = crash_at {
            command.env("CALLBRIEF_CRASH_AT", format!("{point}:1"));
        }
        command.status().expect("the program starts")
    }

    fn errors(&self) -> String {
        std::fs::read_to_string(self.world.folder().join("errors")).unwrap_or_default()
    }
}

/// Writes the time where the program reads it, in one go: it may be reading just now.
pub fn write_time(world: &World, now: &str) -> PathBuf {
    let (clock, draft) = (world.folder().join("now"), world.folder().join("now.draft"));
    std::fs::write(&draft, now).expect("the time is written");
    std::fs::rename(&draft, &clock).expect("the time is shown");
    clock
}

/// Kills the program at `point`, starts it again until everything is done, and looks at what is left.
async fn crash_and_recover(engine: Engine, point: &str) {
    let stage = Stage::set(engine).await;
    let killed = stage.tick(DUE, Some(point));
    assert_eq!(killed.signal(), Some(SIGKILL), "{point}: the program wasn't killed: {killed}\n{}", stage.errors());
    // Leases end, and what was handed over and never heard of again becomes uncertain.
    for later in ["2026-11-23T06:20:00Z", "2026-11-23T06:40:00Z", "2026-11-23T07:00:00Z"] {
        let ended = stage.tick(later, None);
        assert!(ended.signal().is_none(), "{point}: {ended}\n{}", stage.errors());
    }
    let world = &stage.world;
    assert_eq!(world.texts("select state from runs").await, ["built"], "{point}");
    assert_eq!(world.number("select count(*) from deliveries where kind = 'report'").await, 4, "{point}");
    let uncertain = world.number("select count(*) from deliveries where state = 'uncertain'").await;
    let accepted = world.number("select count(*) from deliveries where kind = 'report' and state = 'accepted'").await;
    assert_eq!(accepted + uncertain, 4, "{point}: every report is accepted or announced as uncertain");

    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let mut owner_told = 0;
    let reports = world.texts("select message_id from deliveries where kind = 'report'").await;
    for message in stage.smtp.seen().taken {
        let text = String::from_utf8_lossy(&message.bytes).into_owned();
        if reports.iter().any(|id| text.contains(id.trim_matches(['<', '>']))) {
            *taken.entry(message.to).or_default() += 1;
        } else {
            owner_told += 1;
        }
    }
    assert!(taken.values().all(|count| *count == 1), "{point}: somebody got it twice: {taken:?}");
    let sent = world.texts("select address from deliveries where kind = 'report' and state = 'accepted'").await;
    assert!(sent.iter().all(|address| taken.contains_key(address)), "{point}: {sent:?} was never sent: {taken:?}");
    if PAST_THE_FENCE.contains(&point) {
        assert!(uncertain >= 1, "{point}: what became of the message can't be known");
        assert!(owner_told >= 1, "{point}: the owner is told of an unknown outcome");
    } else if point != "send.settled" {
        // When one outcome is stored, the next message may be past its fence already.
        assert_eq!(uncertain, 0, "{point}: nothing is uncertain before the fence");
        assert_eq!(taken.len(), 4, "{point}: somebody got nothing: {taken:?}");
    }
    transitions_are_those_of_the_table(world).await;
}

/// Kills the program when a run has just failed: its owner hears of it all the same, once.
async fn the_news_of_a_failed_report_survives(engine: Engine) {
    let stage = Stage::set(engine).await;
    stage.world.execute("update schedules set report = 'vanished'").await;
    let killed = stage.tick(DUE, Some("build.posted"));
    assert_eq!(killed.signal(), Some(SIGKILL), "{killed}\n{}", stage.errors());
    assert_eq!(stage.world.texts("select state || ' ' || reason from runs").await, ["failed unknown_report"]);
    for later in ["2026-11-23T06:20:00Z", "2026-11-23T06:40:00Z"] {
        stage.tick(later, None);
    }
    let told: Vec<String> = stage.smtp.seen().taken.into_iter().map(|taken| taken.to).collect();
    assert_eq!(told, ["olena@acme.example"]);
    transitions_are_those_of_the_table(&stage.world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_when_a_report_failed_its_owner_is_told_on_sqlite() {
    the_news_of_a_failed_report_survives(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_when_a_report_failed_its_owner_is_told_on_postgres() {
    the_news_of_a_failed_report_survives(Engine::Postgres).await;
}

/// Every step in the ledger is one that the tables of states allow.
pub async fn transitions_are_those_of_the_table(world: &World) {
    let steps = world
        .texts("select distinct coalesce(from_state, '') || ' ' || to_state || ' ' || case when delivery is null then 'run' else 'delivery' end from ledger where to_state <> 'left_out'")
        .await;
    assert!(!steps.is_empty(), "the ledger is empty");
    for step in steps {
        let words: Vec<&str> = step.split(' ').collect();
        let [from, to, noun] = words[..] else { panic!("{step}") };
        let allowed = match (from, noun) {
            ("", _) => true,
            (_, "run") => RunState::parse(from).zip(RunState::parse(to)).is_some_and(|(from, to)| from.may_become(to)),
            _ => DeliveryState::parse(from).zip(DeliveryState::parse(to)).is_some_and(|(from, to)| from.may_become(to)),
        };
        assert!(allowed, "the ledger has a step that no table allows: {step}");
    }
}

/// Three hundred calls in every direction, some callers more than once: several pieces.
fn file_of_calls() -> String {
    let mut text = "call_id,started_at,direction,status,client_number,agent_id,talk_sec\n".to_owned();
    for n in 0..300 {
        let direction = if n % 5 == 0 { "outbound" } else { "inbound" };
        let (status, talk) =
            if n % 3 == 0 { ("missed_no_answer", "0".to_owned()) } else { ("answered", n.to_string()) };
        let status = if n % 15 == 0 { "client_no_answer" } else { status };
        let row = format!(
            "c{n},2026-11-1{}T{:02}:{:02}:00+02:00,{direction},{status},+3805000000{:02},20{},{talk}\n",
            n % 4,
            8 + n % 10,
            n % 60,
            n % 37,
            n % 3
        );
        text.push_str(&row);
    }
    text
}

fn import(world: &World, now: &str, crash_at: Option<&str>) -> std::process::Output {
    let clock = write_time(world, now);
    let mut command = Command::new(program());
    command.args(["--database", world.app.settings.database_url.reveal(), "import", "many.csv"]);
    command.args(["--project", "acme", "--format", "native"]).current_dir(world.folder()).env_clear();
    command.env("CALLBRIEF_TEST_CLOCK", clock);
    if let Some(point) = crash_at {
        command.env("CALLBRIEF_CRASH_AT", point);
    }
    command.output().expect("the program starts")
}

const IMPORTS: &str = "select state || ' ' || rows_read || ' ' || (calls_new + calls_unchanged) from imports where file_name = 'many.csv' order by id";

/// An import that is killed and given again ends in the calls of one that never was.
async fn import_crash_and_again(engine: Engine, point: &str) {
    let whole = World::new(engine).await;
    flow::acme(&whole).await;
    whole.import_file("acme", &file_of_calls()).await;

    let world = World::new(engine).await;
    flow::acme(&world).await;
    std::fs::write(world.folder().join("many.csv"), file_of_calls()).expect("a file");
    // The second piece is the middle of the file.
    let nth = if point == "import.piece_stored" { 2 } else { 1 };
    let killed = import(&world, "2026-11-16T10:00:00Z", Some(&format!("{point}:{nth}")));
    assert_eq!(killed.status.signal(), Some(SIGKILL), "{point}: {}", String::from_utf8_lossy(&killed.stderr));
    let stored = world.number("select count(*) from call_details where call_id like 'c%' and call_id <> 'c'").await;
    match point {
        "import.begun" => assert_eq!(stored, 0),
        "import.piece_stored" => assert!(stored > 0 && stored < 300, "{point}: in the middle, not at {stored}"),
        _ => assert_eq!(stored, 300),
    }
    assert_eq!(world.texts(IMPORTS).await, ["running 0 0"], "{point}");
    let again = import(&world, "2026-11-16T10:20:00Z", None);
    assert!(again.status.success(), "{point}: {}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(crate::import::rows(&world).await, crate::import::rows(&whole).await, "{point}");
    assert_eq!(world.texts(IMPORTS).await, ["broken_off 0 0", "done 300 300"], "{point}");
}

/// Kills the program while a report waits for calls, and looks that it goes once when they are there.
async fn wait_crash_and_recover(engine: Engine, point: &str) {
    let stage = Stage::set(engine).await;
    let world = &stage.world;
    if point == "wait.told" {
        world.apply(&format!("{}if_incomplete = \"hold\"\n", flow::ACME)).await;
    }
    let covered = ("2026-11-09T00:00:00+02:00", "2026-11-22T17:40:00+02:00");
    crate::complete::import_covering(world, "Main PBX", "", covered).await;
    std::fs::write(world.folder().join("rest.csv"), "call_id,started_at,direction,status\n").expect("a file");
    let rest = |crash_at: Option<&str>| {
        let clock = write_time(world, "2026-11-23T09:10:00Z");
        let mut command = Command::new(program());
        command.args(["--database", world.app.settings.database_url.reveal(), "import", "rest.csv"]);
        command.args(["--project", "acme", "--format", "native", "--source", "Main PBX"]);
        command.args(["--covers", "2026-11-22T17:40..2026-11-23"]).current_dir(world.folder()).env_clear();
        command.env("CALLBRIEF_TEST_CLOCK", clock);
        if let Some(point) = crash_at {
            command.env("CALLBRIEF_CRASH_AT", format!("{point}:1"));
        }
        command.output().expect("the program starts")
    };
    let is_killed = |ended: ExitStatus| assert_eq!(ended.signal(), Some(SIGKILL), "{point}: {}", stage.errors());
    let waiting = "select count(*) from runs where state = 'waiting_for_data'";
    let crash = |at: &str| (at == point).then_some(point);

    let ended = stage.tick(DUE, crash("wait.begun"));
    if point == "wait.begun" {
        is_killed(ended);
        assert!(stage.tick(DUE, None).success(), "{point}: {}", stage.errors());
    }
    assert_eq!(world.number(waiting).await, 1, "{point}: it waits");
    if point == "wait.told" {
        is_killed(stage.tick("2026-11-23T09:00:00Z", Some(point)));
        assert!(stage.tick("2026-11-23T09:01:00Z", None).success(), "{point}: {}", stage.errors());
        assert_eq!(world.number(waiting).await, 1, "{point}: it is held on");
        assert_eq!(world.number("select count(*) from notices where kind = 'owner'").await, 1, "{point}: told once");
    }
    let taken_in = rest(crash("wait.let_go"));
    if point == "wait.let_go" {
        is_killed(taken_in.status);
    } else {
        assert!(taken_in.status.success(), "{point}: {}", String::from_utf8_lossy(&taken_in.stderr));
    }
    if point == "wait.ended" {
        is_killed(stage.tick("2026-11-23T09:20:00Z", Some(point)));
    }
    for later in ["2026-11-23T09:30:00Z", "2026-11-23T09:50:00Z"] {
        let ended = stage.tick(later, None);
        assert!(ended.signal().is_none(), "{point}: {ended}\n{}", stage.errors());
    }
    assert_eq!(world.texts("select state from runs").await, ["built"], "{point}");
    let accepted = "select count(*) from deliveries where kind = 'report' and state = 'accepted'";
    assert_eq!(world.number(accepted).await, 4, "{point}");
    let mut taken: Vec<String> = stage.smtp.seen().taken.into_iter().map(|taken| taken.to).collect();
    taken.sort();
    taken.dedup();
    let all = 4 + usize::from(point == "wait.told");
    assert_eq!((taken.len(), stage.smtp.seen().taken.len()), (4, all), "{point}: each once: {taken:?}");
    let began = "select count(*) from ledger where reason = 'calls_missing'";
    assert_eq!(world.number(began).await, 1, "{point}: one wait");
    transitions_are_those_of_the_table(world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_a_report_waits_for_calls_on_sqlite() {
    for point in POINTS.iter().filter(is_of_a_wait) {
        wait_crash_and_recover(Engine::Sqlite, point).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_a_report_waits_for_calls_on_postgres() {
    for point in POINTS.iter().filter(is_of_a_wait) {
        wait_crash_and_recover(Engine::Postgres, point).await;
    }
}

/// The points that a tick passes in which a report falls due.
fn is_of_a_report(point: &&&str) -> bool {
    ["fire.", "build.", "send."].iter().any(|begin| point.starts_with(begin))
}

/// The points that an import passes.
fn is_of_import(point: &&&str) -> bool {
    point.starts_with("import.")
}

/// The points that only a report passes which waits for calls.
fn is_of_a_wait(point: &&&str) -> bool {
    point.starts_with("wait.")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_killed_anywhere_and_given_again_ends_in_the_same_calls_on_sqlite() {
    for point in POINTS.iter().filter(is_of_import) {
        import_crash_and_again(Engine::Sqlite, point).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_killed_anywhere_and_given_again_ends_in_the_same_calls_on_postgres() {
    for point in POINTS.iter().filter(is_of_import) {
        import_crash_and_again(Engine::Postgres, point).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_anywhere_on_sqlite_nothing_is_lost_or_doubled() {
    for point in POINTS.iter().filter(is_of_a_report) {
        crash_and_recover(Engine::Sqlite, point).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_anywhere_on_postgres_nothing_is_lost_or_doubled() {
    for point in POINTS.iter().filter(is_of_a_report) {
        crash_and_recover(Engine::Postgres, point).await;
    }
}
