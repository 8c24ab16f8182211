//! Thirteen weeks of calls that end with the reported week: the same for us and for whoever is measured beside us.

use std::fmt::Write as _;

use callbrief::domain::instant::Instant;
use sqlx::{Connection, SqliteConnection};

pub const WEEKS: i64 = 13;
const WEEK_SEC: i64 = 7 * 86_400;

/// One call.
pub struct Call {
    pub project: usize,
    pub number: usize,
    pub started: Instant,
    inbound: bool,
    /// What came of it, in the words of a usual telephone exchange.
    disposition: &'static str,
    agent: u32,
    caller: u32,
    line: u32,
    wait_sec: u32,
    talk_sec: u32,
    source: &'static str,
    medium: &'static str,
    cost_minor: u32,
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn small(&mut self, bound: u32) -> u32 {
        u32::try_from(self.below(bound.into())).unwrap_or(0)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap_or(0)]
    }
}

/// The calls of one project, by time of start, up to `end`.
pub fn of_project(project: usize, count: usize, end: Instant) -> Vec<Call> {
    let mut dice = Dice(project as u64 + 7);
    let begin = end.plus_seconds(-WEEKS * WEEK_SEC);
    let dispositions = [
        "answered",
        "answered",
        "answered",
        "answered",
        "answered",
        "no_answer",
        "no_answer",
        "busy",
        "failed",
        "voicemail",
    ];
    let sources = ["google", "facebook", "(direct)", "bing", "newsletter", "instagram", "partner"];
    let media = ["cpc", "organic", "(none)", "email", "social"];
    let span = u64::try_from(WEEKS * WEEK_SEC).unwrap_or(1);
    let mut calls: Vec<Call> = (0..count)
        .map(|number| Call {
            project,
            number,
            started: begin.plus_seconds(i64::try_from(dice.below(span)).unwrap_or(0)),
            inbound: dice.below(10) < 7,
            disposition: dice.one(&dispositions),
            agent: dice.small(12),
            caller: dice.small(10_000_000),
            line: dice.small(100),
            wait_sec: dice.small(45),
            talk_sec: dice.small(600),
            source: dice.one(&sources),
            medium: dice.one(&media),
            cost_minor: dice.small(500),
        })
        .collect();
    calls.sort_by_key(|call| call.started);
    calls
}

/// As our import reads them.
pub fn csv(calls: &[Call]) -> Vec<u8> {
    let mut text = "call_id,started_at,direction,status,from_number,to_number,wait_sec,talk_sec,agent_id,agent_name,\
                    utm_source,utm_medium,cost,currency\n"
        .to_owned();
    for call in calls {
        let Call { number, started, agent, wait_sec, source, medium, cost_minor, .. } = call;
        let (client, line) = (format!("+38050{:07}", call.caller), format!("+3804455{:05}", call.line));
        let (direction, from, to) = if call.inbound { ("inbound", client, line) } else { ("outbound", line, client) };
        let talk_sec = if call.disposition == "answered" { call.talk_sec } else { 0 };
        let (status, cost) = (status(call), format!("{}.{:02}", cost_minor / 100, cost_minor % 100));
        let _ = writeln!(
            text,
            "c{number},{started},{direction},{status},{from},{to},{wait_sec},{talk_sec},{agent},Agent {agent},{source},{medium},{cost},UAH"
        );
    }
    text.into_bytes()
}

fn status(call: &Call) -> &'static str {
    match (call.disposition, call.inbound) {
        ("answered", _) => "answered",
        ("no_answer", true) => "missed_no_answer",
        ("busy", true) => "missed_busy",
        ("voicemail", true) => "missed_voicemail",
        ("no_answer" | "voicemail", false) => "client_no_answer",
        ("busy", false) => "client_busy",
        _ => "failed",
    }
}

/// The usual script's own database: one table, filled with the same calls, whose weeks end at `its_end`.
pub struct ScriptDatabase {
    connection: SqliteConnection,
    rows: String,
    shift_ms: i64,
    id: u64,
}

impl ScriptDatabase {
    pub async fn create(file: &std::path::Path, end: Instant, its_end_ms: i64) -> anyhow::Result<Self> {
        let mut connection = SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", file.display())).await?;
        sqlx::raw_sql(
            "pragma journal_mode=off; pragma synchronous=off; create table calls (id integer primary key, call_id text, \
             project_id integer, started_ms integer, direction text, disposition text, agent_id integer, caller text, dst text, \
             wait_s integer, talk_s integer, utm_source text, utm_medium text, utm_campaign text, cost_minor integer)",
        )
        .execute(&mut connection)
        .await?;
        Ok(Self { connection, rows: String::new(), shift_ms: its_end_ms - end.as_micros() / 1000, id: 0 })
    }

    pub async fn add(&mut self, calls: &[Call]) -> anyhow::Result<()> {
        for call in calls {
            let separator = if self.rows.is_empty() { '[' } else { ',' };
            let (id, number, project) = (self.id, call.number, call.project + 1);
            let started = call.started.as_micros() / 1000 + self.shift_ms;
            let direction = if call.inbound { "inbound" } else { "outbound" };
            let Call { disposition, agent, caller, line, wait_sec, talk_sec, source, medium, cost_minor, .. } = call;
            let campaign = call.number % 40;
            let _ = write!(
                self.rows,
                "{separator}[{id},\"c{number}\",{project},{started},\"{direction}\",\"{disposition}\",{agent},\"+38050{caller:07}\",\
                 \"+3804455{line:05}\",{wait_sec},{talk_sec},\"{source}\",\"{medium}\",\"camp-{campaign}\",{cost_minor}]"
            );
            self.id += 1;
        }
        if self.rows.len() > 1 << 22 { self.write().await } else { Ok(()) }
    }

    async fn write(&mut self) -> anyhow::Result<()> {
        if !self.rows.is_empty() {
            self.rows.push(']');
            let columns = (0..15).map(|place| format!("value ->> {place}")).collect::<Vec<_>>().join(", ");
            let insert = format!("insert into calls select {columns} from json_each($1)");
            let rows = std::mem::take(&mut self.rows);
            sqlx::query(sqlx::AssertSqlSafe(insert)).bind(rows).execute(&mut self.connection).await?;
        }
        Ok(())
    }

    pub async fn finish(mut self) -> anyhow::Result<()> {
        self.write().await?;
        sqlx::raw_sql("create index calls_by_project on calls (project_id, started_ms)")
            .execute(&mut self.connection)
            .await?;
        Ok(self.connection.close().await?)
    }
}
