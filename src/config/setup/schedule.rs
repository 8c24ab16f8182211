//! `[[schedule]]`: who gets which report of which project, and when. The rule's words are kept as written, because the
//! day on which a week begins is the project's.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use toml::de::DeValue;
use toml::value::Datetime;

use super::{At, Spot, Table, Value, id_of, stand_in};
use crate::domain::cadence::{WordProblem, Words};
use crate::domain::completeness::IfIncomplete;
use crate::domain::contact::EmailAddress;
use crate::domain::ids::{ContactId, ProjectId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::role::Numbers;
use crate::domain::schedule::{CatchUp, Format, OnDayOff, Recipient, ScheduleSettings, SendWhen};
use crate::domain::template::{Choice, Template};

/// A schedule as the file says it.
#[derive(Clone, Debug)]
pub struct ScheduleEntry {
    pub spot: Spot,
    pub id: ScheduleId,
    pub project: At<ProjectId>,
    /// Of a report over several: all of them, the schedule's own first; else empty.
    pub projects: Vec<At<ProjectId>>,
    pub report: At<String>,
    pub recipients: Vec<At<Recipient>>,
    pub rule: RuleEntry,
    /// `None`: the project's.
    pub zone: Option<At<String>>,
    pub starts: Option<At<When>>,
    pub ends: Option<At<When>>,
    pub paused: bool,
    pub catch_up: CatchUp,
    pub max_late_sec: Option<i64>,
    pub send: SendWhen,
    pub formats: Vec<Format>,
    pub numbers: Option<Numbers>,
    pub settings: ScheduleSettings,
    /// What it stands for, of one that stands for many projects; its `project` is a stand-in then.
    pub template: Option<Template>,
}

/// `every on at short_month cron`, with the place of each word.
#[derive(Clone, Debug, Default)]
pub struct RuleEntry {
    pub words: Words,
    spots: Vec<(&'static str, String, Spot)>,
}

impl RuleEntry {
    /// Where the rule begins: `every` or `cron`; `head` when it has neither.
    pub fn spot<'a>(&'a self, head: &'a Spot) -> &'a Spot {
        let word = self.spots.iter().find(|(key, ..)| matches!(*key, "every" | "cron"));
        word.map_or(head, |(.., spot)| spot)
    }

    /// Where the text stands that this problem is about; `None`: nowhere, a key is missing.
    pub fn spot_of(&self, problem: &WordProblem) -> Option<Spot> {
        let of_key = || self.spots.iter().filter(|(key, ..)| *key == problem.key);
        let of_text = of_key().find(|(_, text, _)| !problem.text.is_empty() && text.contains(&problem.text));
        of_text.or_else(|| of_key().next()).map(|(.., spot)| spot.clone())
    }
}

/// A moment as people write one: a day or a wall clock's time mean the schedule's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The day's first instant.
    Day(NaiveDate),
    Local(NaiveDateTime),
    Instant(Instant),
}

pub(super) fn read(table: &Table<'_>) -> Option<ScheduleEntry> {
    let id = id_of(table, ScheduleId::parse);
    let choice = table.get("projects").and_then(|value| choice(&value));
    let projects = if choice.is_some() { Vec::new() } else { projects_of(table) };
    let project = if projects.is_empty() && choice.is_none() { table.need("project") } else { table.get("project") };
    if let (Some(choice), Some(project)) = (&choice, &project) {
        project.wrong(format!("a schedule with `{choice}` stands for many; leave one of the two out"));
    }
    let project = project.filter(|_| choice.is_none());
    let project = match project {
        Some(value) => value.parsed(ProjectId::parse).map(|id| value.at(id)),
        None => projects.first().cloned(),
    };
    let project = project.or_else(|| Some(At { value: stand_in(table, ProjectId::parse)?, spot: table.place.spot() }));
    if let Some(own) = project.as_ref().filter(|own| projects.first().is_some_and(|first| first.value != own.value)) {
        let title = format!("`{}` must be the first of `projects`, or be left out", own.value);
        table.place.error(title, Some("the first project owns the schedule: its owner hears of troubles".to_owned()));
    }
    let report = table.need("report").map(|value| value.text_at());
    let report = report.unwrap_or_else(|| At { value: String::new(), spot: table.place.spot() });
    let recipients = table.need("recipients").map(|value| recipients_of(&value)).unwrap_or_default();
    let rule = rule_of(table);
    let zone = table.get("zone").map(|value| value.text_at());
    let starts = table.get("starts").and_then(|value| when(&value));
    let ends = table.get("ends").and_then(|value| when(&value));
    let paused = table.get("paused").and_then(|value| value.boolean());
    let catch_up =
        table.get("catch_up").and_then(|value| value.one_of(&CatchUp::ALL.map(CatchUp::name), CatchUp::parse));
    let max_late = table.get("max_late").and_then(|value| value.duration());
    let send = table.get("send").and_then(|value| value.one_of(&SendWhen::ALL.map(SendWhen::name), SendWhen::parse));
    let formats = table.get("formats").map_or_else(|| vec![Format::Pdf], |value| formats_of(&value));
    let numbers = table.get("numbers").and_then(|value| value.one_of(&Numbers::ALL.map(Numbers::name), Numbers::parse));
    let settings = ScheduleSettings {
        projects: projects.iter().map(|project| project.value.clone()).collect(),
        ..settings_of(table)
    };
    let id = id?;
    let template = |choice| Template { id: id.clone(), choice, body: table.as_json().to_string() };
    Some(ScheduleEntry {
        spot: table.place.spot(),
        template: choice.map(template),
        id,
        project: project?,
        projects,
        report,
        recipients,
        rule,
        zone,
        starts,
        ends,
        paused: paused.unwrap_or(false),
        catch_up: catch_up.unwrap_or_default(),
        max_late_sec: max_late.and_then(|span| i64::try_from(span.as_secs()).ok()),
        send: send.unwrap_or_default(),
        formats,
        numbers,
        settings,
    })
}

fn settings_of(table: &Table<'_>) -> ScheduleSettings {
    let words = IfIncomplete::ALL.map(IfIncomplete::name);
    let if_incomplete = table.get("if_incomplete").and_then(|value| value.one_of(&words, IfIncomplete::parse));
    let wait = table.get("wait_at_most");
    let wait_at_most = wait.as_ref().and_then(Value::duration).and_then(|span| i64::try_from(span.as_secs()).ok());
    if let Some(value) = &wait {
        if if_incomplete == Some(IfIncomplete::Send) {
            value.wrong("with `if_incomplete = \"send\"` nothing is waited for; leave one of the two out");
        }
        if wait_at_most.is_some_and(|seconds| seconds > LONGEST_WAIT_SEC) {
            value.wrong(
                "nothing waits longer than seven days; `if_incomplete = \"hold\"` waits until the calls are there",
            );
        }
    }
    let words = OnDayOff::ALL.map(OnDayOff::name);
    let on_day_off = table.get("on_day_off").and_then(|value| value.one_of(&words, OnDayOff::parse));
    ScheduleSettings {
        on_day_off: on_day_off.unwrap_or_default(),
        if_incomplete,
        wait_at_most_sec: wait_at_most,
        ..ScheduleSettings::default()
    }
}

/// Longer than this nobody wants to wait for a report by mistake.
const LONGEST_WAIT_SEC: i64 = 7 * 86_400;

/// `"*"`, or `{ label = "retail" }`; `None`: a list of ids, or what can't be read, which is noted there.
fn choice(value: &Value<'_>) -> Option<Choice> {
    match value.raw() {
        DeValue::String(text) if text == "*" => Some(Choice::All),
        DeValue::Table(_) => {
            let table = value.table()?;
            let written = table.need("label");
            let items = written.as_ref().map(|value| value.one_or_several()).unwrap_or_default();
            if let Some(value) = written.filter(|_| items.is_empty()) {
                value.wrong("no project would be chosen; name a label, such as \"retail\"");
            }
            let mut labels: Vec<String> = items.iter().filter_map(super::project::label).collect();
            table.finish();
            labels.sort();
            labels.dedup();
            Some(Choice::Labels(labels))
        }
        _ => None,
    }
}

fn projects_of(table: &Table<'_>) -> Vec<At<ProjectId>> {
    let mut projects: Vec<At<ProjectId>> = Vec::new();
    for item in table.get("projects").map(|value| value.one_or_several()).unwrap_or_default() {
        let Some(project) = item.parsed(ProjectId::parse) else { continue };
        if projects.iter().any(|other| other.value == project) {
            item.wrong(format!("the project `{project}` is there twice"));
        }
        projects.push(item.at(project));
    }
    projects
}

fn recipients_of(value: &Value<'_>) -> Vec<At<Recipient>> {
    let items = value.one_or_several();
    if items.is_empty() {
        value.wrong("nobody would receive this; `paused = true` makes a schedule rest");
    }
    let mut recipients: Vec<At<Recipient>> = Vec::new();
    for item in items {
        let read = item.parsed(|text| match text.contains('@') {
            true => EmailAddress::parse(text).map(Recipient::Address).map_err(|why| format!("`{text}`: {why}")),
            false => ContactId::parse(text).map(Recipient::Contact).map_err(|why| format!("`{text}`: {why}")),
        });
        let Some(recipient) = read else { continue };
        if recipients.iter().any(|other| other.value == recipient) {
            item.wrong("this recipient is there twice");
        }
        recipients.push(item.at(recipient));
    }
    recipients
}

fn formats_of(value: &Value<'_>) -> Vec<Format> {
    let items = value.one_or_several();
    let mut formats: Vec<Format> =
        items.iter().filter_map(|item| item.one_of(&Format::ALL.map(Format::name), Format::parse)).collect();
    formats.sort_unstable();
    formats.dedup();
    formats
}

fn rule_of(table: &Table<'_>) -> RuleEntry {
    let mut spots = Vec::new();
    let mut words = |key: &'static str, value: Option<Value<'_>>, write: fn(&Value<'_>) -> Option<String>| {
        let mut found = Vec::new();
        for item in value.map(|value| value.one_or_several()).unwrap_or_default() {
            if let Some(text) = write(&item) {
                spots.push((key, text.clone(), item.place.spot()));
                found.push(text);
            }
        }
        found
    };
    let every = words("every", table.get("every"), |value| value.text().map(str::to_owned)).pop();
    let on = words("on", table.get("on"), day_word);
    let at = words("at", table.get("at"), time_word);
    let short_month = words("short_month", table.get("short_month"), |value| value.text().map(str::to_owned)).pop();
    let cron = words("cron", table.get("cron"), |value| value.text().map(str::to_owned)).pop();
    RuleEntry { words: Words { every, on, at, short_month, cron }, spots }
}

/// A day is a word or a number: `on = "mon"`, `on = 31`.
fn day_word(value: &Value<'_>) -> Option<String> {
    match value.raw() {
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::String(text) => Some(text.to_string()),
        _ => {
            value.wrong_type("a day: a word in quotes or a number");
            None
        }
    }
}

/// A time of day is a text or TOML's own: `at = "08:00"`, `at = 08:00:00`.
fn time_word(value: &Value<'_>) -> Option<String> {
    match value.raw() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Datetime(Datetime { date: None, time: Some(time), offset: None }) => {
            let seconds = time.second.unwrap_or(0);
            let rest = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
            Some(format!("{:02}:{:02}{rest}", time.hour, time.minute))
        }
        _ => {
            value.wrong_type("a time of day such as \"08:00\"");
            None
        }
    }
}

/// `2026-06-01`, `2026-06-01T08:00`, `2026-06-01T08:00:00Z`, in quotes or as TOML's own.
fn when(value: &Value<'_>) -> Option<At<When>> {
    let text = match value.raw() {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        _ => {
            value.wrong_type("a day or a moment, such as 2026-06-01 or \"2026-06-01T08:00\"");
            return None;
        }
    };
    let found = read_when(text.trim());
    if found.is_none() {
        value.wrong(format!("`{text}` isn't a day or a moment, such as `2026-06-01` or `2026-06-01T08:00:00Z`"));
    }
    found.map(|when| value.at(when))
}

fn read_when(text: &str) -> Option<When> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Some(When::Day(day));
    }
    if let Some(instant) = Instant::parse_rfc3339(text) {
        return Some(When::Instant(instant));
    }
    let (day, time) = text.split_once(['T', ' '])?;
    let time = NaiveTime::parse_from_str(time, "%H:%M:%S").or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"));
    Some(When::Local(day.parse::<NaiveDate>().ok()?.and_time(time.ok()?)))
}
