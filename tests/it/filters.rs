//! Filters of reports, from the set-up file to the list of calls in the mail, on both databases: one case for each filter,
//! and random ones against a look at the rows of the imported file itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use callbrief::domain::filters::Filters;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::period::Period;
use callbrief::domain::report_spec::preset;
use callbrief::domain::role::{Rights, Role};
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::report::{self, ReportRequest};
use callbrief::zones::working::WorkingTime;
use serde_json::{Value, json};

use crate::support::mail::Mail;
use crate::support::setup::{ACME, OLENA, file, try_apply};
use crate::support::{World, on_both};

/// The project's calendar, people and numbers.
const LISTS: &str = r#"
calendar = "office"

[[calendar]]
id = "office"
name = "Office"
hours = { mon-fri = "09:00-18:00" }

[[agent]]
project = "acme"
name = "Olena K."
team = "Sales"
keys = ["201", { key = "205", from = 2026-11-18 }]

[[agent]]
project = "acme"
name = "Taras B."
team = "Service"
keys = ["202", { key = "205", to = 2026-11-18 }]

[[number]]
project = "acme"
number = "+380445550101"
label = "Flyer"
department = "Doors"
source = "flyer"
medium = "print"

[[number]]
project = "acme"
number = "+380671119999"
label = "Test phone"
ignore = true
"#;

const COLUMNS: &str = "call_id,started_at,direction,status,client_number,tracking_number,agent_id,talk_sec,duration_sec,\
                       queue,department,tags,is_first_call,utm_source,utm_medium,utm_campaign,client_id";

/// Calls of the week of 16 November 2026 and two of the weeks before; what each filter asks about differs.
const CALLS: &str = "\
p1,2026-11-03T10:00:00+02:00,inbound,answered,+380671110001,+380445550102,201,50,60,,,,,google,cpc,brand,
p2,2026-11-10T10:00:00+02:00,inbound,missed_no_answer,+380671110002,+380445550102,,,20,,,,,,,,
a,2026-11-16T10:00:00+02:00,inbound,answered,+380671110001,+380445550102,201,61,75,sales,Windows,vip|callback,,google,cpc,brand,
b,2026-11-16T20:00:00+02:00,inbound,missed_no_answer,+380671110003,+380445550101,,,30,sales,,,,,,,
c,2026-11-17T11:00:00+02:00,inbound,missed_abandoned,+380671110004,+380445550102,,,44,service,Windows,spam,,Google,CPC,doors,
d,2026-11-17T12:00:00+02:00,inbound,answered,+380671110002,+380445550102,205,120,125,,,vip,,,,,c-1
e,2026-11-18T12:00:00+02:00,inbound,answered,,+380445550103,205,200,210,service,,,,facebook,paid,,
f,2026-11-19T15:00:00+02:00,outbound,client_no_answer,+380671110003,,202,0,25,,,,,,,,
g,2026-11-20T15:00:00+02:00,callback,answered,+380671110005,,202,33,40,,,,true,,,,
h,2026-11-21T12:00:00+02:00,inbound,missed_ivr,+380671110006,+380445550102,,,12,,,,false,,,,
i,2026-11-18T13:00:00+02:00,inbound,answered,+380671119999,+380445550102,201,30,35,sales,Windows,vip,,,,,
";

/// Calls that came by another stream.
const WEB_CALLS: &str = "\
w,2026-11-19T09:30:00+02:00,inbound,answered,+380671110007,+380445550102,202,90,100,,,,,bing,cpc,,
";

/// Each filter as it is written, and the calls of the list that it lets through; the test phone's call is in none.
const CASES: &[(&str, &str)] = &[
    (r#"direction = ["outbound", "callback"]"#, "f g"),
    (r#"status = ["missed"]"#, "b c"),
    (r#"status = ["missed_ivr", "client_not_reached"]"#, "f h"),
    (r#"agent = ["olena-k"]"#, "a e"),
    (r#"agent = ["Taras B."]"#, "d f g w"),
    (r#"team = ["sales"]"#, "a e"),
    (r#"number = ["+380 44 555 01 01"]"#, "b"),
    (r#"queue = ["Sales"]"#, "a b"),
    (r#"department = ["Windows"]"#, "a c"),
    (r#"department = ["Doors"]"#, "b"),
    (r#"source = ["web form"]"#, "w"),
    (r#"utm_source = ["google"]"#, "a c"),
    (r#"utm_source = ["flyer"]"#, "b"),
    (r#"utm_source = ["(direct)"]"#, "d"),
    (r#"utm_source = ["(not tracked)"]"#, "f g h"),
    (r#"utm_medium = ["cpc"]"#, "a c w"),
    (r#"utm_campaign = ["brand"]"#, "a"),
    (r#"tag = ["vip"]"#, "a d"),
    (r#"min_duration_sec = 100"#, "d e w"),
    (r#"min_duration_sec = 30, max_duration_sec = 75"#, "a b c g"),
    (r#"working_hours = "in""#, "a c d e f g w"),
    (r#"working_hours = "outside""#, "b h"),
    (r#"first_time = true"#, "b c g w"),
    (r#"first_time = false"#, "a d h"),
    (r#"direction = ["inbound"], working_hours = "in", team = ["Service"], min_duration_sec = 95"#, "d w"),
];

fn set_up() -> String {
    let mut text = file(&[ACME, LISTS, OLENA]);
    for (n, (filters, _)) in CASES.iter().enumerate() {
        text += &format!(
            "\n[[report]]\nid = \"r{n}\"\nsections = [\"headline\", \"totals\", \"call_list\"]\nfilters = {{ {filters} }}\n\
             [[schedule]]\nid = \"s{n}\"\nproject = \"acme\"\nreport = \"r{n}\"\nrecipients = [\"olena\"]\nevery = \"week\"\n\
             at = \"08:00\"\nformats = [\"json\"]\n"
        );
    }
    text
}

async fn import(world: &World, source: Option<&str>, rows: &str) {
    let text = std::io::Cursor::new(format!("{COLUMNS}\n{rows}"));
    let project = ProjectId::parse("acme").expect("valid");
    let mut request = ImportRequest::new(project, Format::Native, "calls.csv", text);
    request.source = source.map(str::to_owned);
    let account = ingest::import(&world.app, request).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(account.set_aside, 0, "{account:?}");
}

on_both! {
    async fn each_filter_lets_its_calls_through_from_the_file_to_the_mail(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&set_up()).await;
        import(&world, None, CALLS).await;
        import(&world, Some("web form"), WEB_CALLS).await;
        world.set("2026-11-23T06:00:00Z");
        assert_eq!(world.settle().await.accepted, CASES.len() as u64);
        let mails = Mail::all(&world);
        for (n, (filters, expected)) in CASES.iter().enumerate() {
            let json = |mail: &Mail| serde_json::from_slice::<Value>(&mail.files[0].1).expect("JSON");
            let of_case = |mail: &&Mail| json(mail)["report"] == format!("r{n}");
            let mail = mails.iter().find(of_case).expect("a mail for each");
            let json = json(mail);
            let list = json["tables"]["call_list"].as_array().expect("a list");
            let mut listed: Vec<&str> = list.iter().filter_map(|call| call["call_id"].as_str()).collect();
            listed.sort_unstable();
            assert_eq!(listed.join(" "), *expected, "{filters}");
            let counted = list.iter().filter(|call| call["direction"] == "inbound" && call["status"] != "missed_ivr").count();
            let told = json["figures"]["totals.calls"]["value"].as_f64();
            assert_eq!(told.unwrap_or_default(), counted as f64, "{filters}");
            assert_eq!(mail.text.matches("Only:").count(), 2, "its head and its foot say what is left out: {}", mail.text);
        }
    }

    async fn whatever_is_filtered_by_the_list_is_what_the_rows_of_the_file_say(world: World) {
        world.apply(&file(&[ACME, LISTS, OLENA])).await;
        let rows = Row::many(160);
        let of = |is_web: bool| rows.iter().filter(|row| row.is_web == is_web).map(Row::line).collect::<String>();
        import(&world, Some("pbx"), &of(false)).await;
        import(&world, Some("web form"), &of(true)).await;
        let reports = requests(&world).await;
        let wanted: Vec<_> = reports.iter().map(|request| request.slice_request()).collect();
        let slices = world.app.store.load_slices(&wanted).await.expect("slices");
        let filters: Vec<Filters> = reports.iter().map(|request| request.spec.filters.clone()).collect();
        let parts: Vec<(ReportRequest, Arc<_>)> = reports.into_iter().zip(slices).collect();
        let made = tokio::task::spawn_blocking(move || report::documents(&parts).expect("documents")).await.expect("no panic");
        let mut told_apart = BTreeSet::new();
        for (filters, document) in filters.iter().zip(made) {
            let data = document.data.expect("data");
            let listed: BTreeSet<String> =
                data.tables["call_list"].iter().filter_map(|row| Some(row["call_id"].as_str()?.to_owned())).collect();
            let expected: BTreeSet<String> =
                rows.iter().filter(|row| row.is_of_the_week() && row.fits(filters, &rows)).map(|row| row.id.clone()).collect();
            assert_eq!(listed, expected, "{filters:?}");
            told_apart.insert(listed);
        }
        assert!(told_apart.len() > 20, "the filters choose differently: {}", told_apart.len());
    }

    async fn a_value_that_nobody_knows_is_told_with_its_line_and_the_nearest(world: World) {
        world.apply(&set_up()).await;
        import(&world, Some("Main PBX"), CALLS).await;
        let with = |filters: &str| format!(
            "version = 1\n[[report]]\nid = \"r\"\nsections = [\"totals\"]\nfilters = {{ {filters} }}\n\
             [[schedule]]\nid = \"s\"\nproject = \"acme\"\nreport = \"r\"\nrecipients = [\"olena\"]\nevery = \"week\"\nat = \"08:00\"\n"
        );
        for (filters, told, help) in [
            (r#"direction = ["inbund"]"#, "`inbund` isn't one\n --> more.toml:5:26", "did you mean `inbound`?"),
            (r#"status = ["mised"]"#, "`mised` isn't one\n --> more.toml:5:23", "did you mean `missed`?"),
            (r#"team = ["Sale"]"#, "error: the filter `team` of `r` names `Sale`, which isn't listed for `acme`\n --> more.toml:5:21", "did you mean `Sales`?"),
            (r#"number = ["0445550101"]"#, "isn't a number in international form", ""),
            (r#"min_duration_sec = -1"#, "min_duration_sec", ""),
            (r#"min_duration_sec = 9, max_duration_sec = 8"#, "no call lasts at least 9 and at most 8 seconds", ""),
            (r#"working_hours = "inside""#, "`inside` isn't one", ""),
            (r#"first_time = "yes""#, "first_time", ""),
            (r#"queues = ["sales"]"#, "`queues` isn't a key of report.filters", "did you mean `queue`?"),
        ] {
            let said = try_apply(&world, "more.toml", &with(filters), false).await.expect_err("it can't be applied").to_string();
            assert!(said.contains(told) && said.contains(help) && said.contains("more.toml:5:"), "{filters}: {said}");
        }
        for (filters, told, help) in [
            (r#"agent = ["olena-c"]"#, "the filter `agent` of `r` names `olena-c`, which isn't listed for `acme`", "did you mean `olena-k`?"),
            (r#"number = ["+380445550102"]"#, "the filter `number` of `r` names `+380445550102`", "did you mean `+380445550101`?"),
            (r#"department = ["Door"]"#, "the filter `department` of `r` names `Door`", "did you mean `Doors`?"),
            (r#"source = ["Main PPX"]"#, "the filter `source` of `r` names `Main PPX`, which isn't known for `acme`", "did you mean `Main PBX`?"),
        ] {
            let (_, warnings) = try_apply(&world, "more.toml", &with(filters), false).await.expect("it is only a warning");
            assert!(warnings.contains(told) && warnings.contains(help) && warnings.contains("more.toml:5:"), "{filters}: {warnings}");
        }
        let (_, warnings) = try_apply(&world, "more.toml", &with(r#"agent = ["Olena K."], source = ["Main PBX"]"#), false).await.expect("applied");
        assert!(!warnings.contains("the filter"), "{warnings}");
        let without = with(r#"working_hours = "in""#).replace("version = 1\n", &file(&[ACME]));
        let said = try_apply(&world, "more.toml", &without, false).await.expect_err("no calendar").to_string();
        assert!(said.contains("without a calendar `acme` has no working hours"), "{said}");
    }
}

/// A row of an imported file, as a person reads it.
#[derive(Debug)]
struct Row {
    id: String,
    /// Hours from Monday, 9 November, 00:00 in Kyiv.
    hour: i64,
    direction: &'static str,
    status: &'static str,
    client: Option<i64>,
    number: &'static str,
    agent: &'static str,
    duration: Option<u32>,
    queue: &'static str,
    tags: &'static str,
    source: &'static str,
    is_web: bool,
}

const BEGIN: &str = "2026-11-08T22:00:00Z";

fn at(hour: i64) -> Instant {
    Instant::parse_rfc3339(BEGIN).expect("RFC 3339").plus_seconds(hour * 3_600)
}

impl Row {
    /// Rows that differ in every way, the same each time.
    fn many(count: u64) -> Vec<Self> {
        let mut state = 20_261_116_u64;
        let mut dice = |sides: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % sides
        };
        let row = |n: u64| Self {
            id: format!("r{n}"),
            hour: n as i64 * 2 + dice(2) as i64,
            direction: ["inbound", "inbound", "inbound", "outbound", "callback"][dice(5)],
            status: ["answered", "answered", "missed_no_answer", "missed_busy", "missed_ivr", "client_no_answer"]
                [dice(6)],
            client: (dice(8) > 0).then(|| 380_671_110_000 + dice(30) as i64),
            number: ["", "+380445550101", "+380445550102"][dice(3)],
            agent: ["", "201", "202", "205", "207"][dice(5)],
            duration: (dice(6) > 0).then(|| dice(120) as u32),
            queue: ["", "sales", "service"][dice(3)],
            tags: ["", "vip", "spam|vip"][dice(3)],
            source: ["", "google", "bing"][dice(3)],
            is_web: dice(5) == 0,
        };
        (0..count).map(row).collect()
    }

    fn line(&self) -> String {
        let Self { id, direction, status, number, agent, queue, tags, source, .. } = self;
        let client = self.client.map(|client| format!("+{client}")).unwrap_or_default();
        let duration = self.duration.map(|seconds| seconds.to_string()).unwrap_or_default();
        let at = at(self.hour);
        format!("{id},{at},{direction},{status},{client},{number},{agent},,{duration},{queue},,{tags},,{source},,,\n")
    }

    fn is_of_the_week(&self) -> bool {
        (168..336).contains(&self.hour)
    }

    /// Whose phone it is on that day: 205 changed hands on Wednesday, 18 November.
    fn person(&self) -> (&'static str, &'static str) {
        match self.agent {
            "201" => ("olena-k", "Sales"),
            "202" => ("taras-b", "Service"),
            "205" if self.hour >= 168 + 48 => ("olena-k", "Sales"),
            "205" => ("taras-b", "Service"),
            other => (other, ""),
        }
    }

    fn fits(&self, filters: &Filters, all: &[Self]) -> bool {
        let one_of = |wanted: &[String], value: &str| {
            wanted.is_empty() || (!value.is_empty() && wanted.iter().any(|one| one == value))
        };
        let origin = match (self.source, self.number) {
            ("", "+380445550101") => "flyer",
            ("", _) => "(not tracked)",
            (source, _) => source,
        };
        let status = |word: &String| {
            let is_missed = || self.direction == "inbound" && matches!(self.status, "missed_no_answer" | "missed_busy");
            word == self.status || (word == "missed" && is_missed())
        };
        let department = if self.number == "+380445550101" { "Doors" } else { "" };
        let (weekday, hour) = (self.hour / 24 % 7, self.hour % 24);
        let is_open = weekday < 5 && (9..18).contains(&hour);
        // Who only was called is no caller.
        let called = matches!(self.direction, "inbound" | "callback");
        let is_first = self.client.filter(|_| called).map(|client| {
            let first = all.iter().filter(|row| row.client == Some(client)).map(|row| row.hour).min();
            first == Some(self.hour)
        });
        let stream = if self.is_web { "web form" } else { "pbx" };
        one_of(&filters.direction, self.direction)
            && (filters.status.is_empty() || filters.status.iter().any(status))
            && one_of(&filters.agent, self.person().0)
            && one_of(&filters.team, self.person().1)
            && one_of(&filters.number, self.number)
            && one_of(&filters.queue, self.queue)
            && one_of(&filters.department, department)
            && one_of(&filters.source, stream)
            && one_of(&filters.utm_source, origin)
            && (filters.tag.is_empty() || filters.tag.iter().any(|tag| self.tags.split('|').any(|have| have == tag)))
            && filters.min_duration_sec.is_none_or(|least| self.duration.is_some_and(|seconds| seconds >= least))
            && filters.max_duration_sec.is_none_or(|most| self.duration.is_some_and(|seconds| seconds <= most))
            && filters.working_hours.is_none_or(|wanted| (wanted.name() == "in") == is_open)
            && filters.first_time.is_none_or(|wanted| is_first == Some(wanted))
    }
}

/// The week's list by every pair of these filters, each of which also stands alone.
async fn requests(world: &World) -> Vec<ReportRequest> {
    let singles = [
        json!({"direction": ["inbound"]}),
        json!({"status": ["missed", "client_no_answer"]}),
        json!({"agent": ["olena-k", "207"]}),
        json!({"team": ["Service"]}),
        json!({"number": ["+380445550101"]}),
        json!({"queue": ["sales"]}),
        json!({"department": ["Doors"]}),
        json!({"source": ["web form"]}),
        json!({"utm_source": ["google", "flyer"]}),
        json!({"tag": ["vip"]}),
        json!({"min_duration_sec": 40}),
        json!({"max_duration_sec": 70}),
        json!({"working_hours": "in"}),
        json!({"first_time": true}),
        json!({"first_time": false}),
    ];
    let mut all = Vec::new();
    for (n, first) in singles.iter().enumerate() {
        for second in &singles[n..] {
            let mut both = first.clone();
            both.as_object_mut().expect("filters").extend(second.as_object().expect("filters").clone());
            all.push(serde_json::from_value::<Filters>(both).expect("filters"));
        }
    }
    let project =
        world.app.store.project(&ProjectId::parse("acme").expect("an id")).await.expect("read").expect("stands");
    let zone = world.app.zones.get("Europe/Kyiv").expect("a zone");
    let directory =
        world.app.store.read().await.expect("a connection").directory(project.key, |day| zone.start_of_day(day)).await;
    let directory = directory.expect("read");
    let calendar = world.app.store.calendar_of(&project).await.expect("read").expect("it has one");
    let calendar = Arc::new(WorkingTime::of(calendar, &project.zone, &world.app.zones).expect("a zone"));
    let request = |filters: Filters| {
        let mut spec = preset("call-log").expect("a preset");
        spec.filters = filters;
        ReportRequest {
            project: project.clone(),
            spec,
            zone: zone.clone(),
            calendar: Some(Arc::clone(&calendar)),
            period: Period::new(at(168), at(336)).expect("a week"),
            compared_with: Period::new(at(0), at(168)),
            rights: Rights::of(&[Role::Owner], None),
            language: "en".into(),
            made_at: at(344),
            due_at: None,
            is_sample: false,
            notes: Vec::new(),
            directory: Arc::clone(&directory),
            history: Default::default(),
        }
    };
    all.into_iter().map(request).collect()
}
