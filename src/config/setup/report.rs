//! `[[report]]`: `id sections filters options`. A report belongs to no project.

use super::{At, Spot, Table, Value, id_of};
use crate::domain::call::Direction;
use crate::domain::column::{CALL_COLUMNS, right_for};
use crate::domain::filters::{WorkingHours, status_words};
use crate::domain::ids::ReportId;
use crate::domain::missed::MissedSet;
use crate::domain::phone;
use crate::domain::report_spec::{Filters, Options, ReportSpec, SectionId, SourceGroup};

/// A report as the file says it.
#[derive(Clone, Debug)]
pub struct ReportEntry {
    pub spot: Spot,
    pub id: ReportId,
    pub spec: ReportSpec,
    /// Every value of a filter that names something of a project, by the filter's key.
    pub named: Vec<(&'static str, At<String>)>,
}

pub(super) fn read(table: &Table<'_>) -> Option<ReportEntry> {
    let id = id_of(table, ReportId::parse);
    let sections = table.need("sections").map(|value| sections_of(&value)).unwrap_or_default();
    let (filters, named) = table.get("filters").and_then(|value| value.table()).map(filters_of).unwrap_or_default();
    let options = table.get("options").and_then(|value| value.table()).map(options_of).unwrap_or_default();
    let id = id?;
    let spec = ReportSpec { id: id.to_string(), sections, filters, options };
    Some(ReportEntry { spot: table.place.spot(), id, spec, named })
}

fn sections_of(value: &Value<'_>) -> Vec<SectionId> {
    let words = SectionId::ALL.map(SectionId::name);
    let mut sections = Vec::new();
    let items = value.one_or_several();
    if items.is_empty() {
        value.wrong("a report has at least one section");
    }
    for item in items {
        let Some(section) = item.one_of(&words, SectionId::parse) else { continue };
        if sections.contains(&section) {
            item.wrong(format!("`{}` is there twice", section.name()));
        }
        sections.push(section);
    }
    sections
}

fn filters_of(table: Table<'_>) -> (Filters, Vec<(&'static str, At<String>)>) {
    let directions: Vec<&str> = Direction::ALL.iter().map(|direction| direction.name()).collect();
    let direction = |value: &Value<'_>| word(value, &directions);
    let statuses = status_words();
    let status = |value: &Value<'_>| word(value, &statuses);
    let number = |value: &Value<'_>| {
        value.parsed(|text| match phone::e164(text, None) {
            Some(number) => Ok(number.to_string()),
            None => Err(format!("`{text}` isn't a number in international form, such as `+380441234567`")),
        })
    };
    let mut named = Vec::new();
    let mut names = |key: &'static str, read: &dyn Fn(&Value<'_>) -> Option<String>| {
        list(table.get(key), |value| {
            let name = read(value)?;
            named.push((key, value.at(name.clone())));
            Some(name)
        })
    };
    let line = |value: &Value<'_>| value.line();
    let seconds = |key| {
        let value = table.get(key).and_then(|value| value.integer(0..=i64::from(u32::MAX)));
        value.and_then(|number| u32::try_from(number).ok())
    };
    let filters = Filters {
        direction: list(table.get("direction"), direction),
        status: list(table.get("status"), status),
        agent: names("agent", &line),
        team: names("team", &line),
        number: names("number", &number),
        queue: names("queue", &line),
        department: names("department", &line),
        source: names("source", &line),
        utm_source: names("utm_source", &line),
        utm_medium: names("utm_medium", &line),
        utm_campaign: names("utm_campaign", &line),
        tag: names("tag", &line),
        min_duration_sec: seconds("min_duration_sec"),
        max_duration_sec: seconds("max_duration_sec"),
        working_hours: table
            .get("working_hours")
            .and_then(|value| value.one_of(&WorkingHours::ALL.map(WorkingHours::name), WorkingHours::parse)),
        first_time: table.get("first_time").and_then(|value| value.boolean()),
    };
    if let (Some(least), Some(most), Some(value)) =
        (filters.min_duration_sec, filters.max_duration_sec, table.get("max_duration_sec"))
        && most < least
    {
        value.wrong(format!("no call lasts at least {least} and at most {most} seconds"));
    }
    if let Some(value) = table.get("working_hours") {
        named.push(("working_hours", value.at(String::new())));
    }
    table.finish();
    (filters, named)
}

/// One of these words.
fn word(value: &Value<'_>, words: &[&'static str]) -> Option<String> {
    value.one_of(words, |text| words.iter().find(|word| **word == text).map(|word| (*word).to_owned()))
}

fn list(value: Option<Value<'_>>, read: impl FnMut(&Value<'_>) -> Option<String>) -> Vec<String> {
    let mut list: Vec<String> =
        value.map(|value| value.one_or_several()).unwrap_or_default().iter().filter_map(read).collect();
    list.sort();
    list.dedup();
    list
}

fn options_of(table: Table<'_>) -> Options {
    let usual = Options::default();
    let number = |key, most: u32, usual: u32| {
        let value = table.get(key).and_then(|value| value.integer(0..=i64::from(most)));
        value.and_then(|number| u32::try_from(number).ok()).unwrap_or(usual)
    };
    let options = Options {
        max_rows: number("max_rows", 1_000, usual.max_rows).max(1),
        short_call_sec: number("short_call_sec", 3_600, usual.short_call_sec),
        target_talk_sec: number("target_talk_sec", 86_400, usual.target_talk_sec),
        sale_cycle_days: number("sale_cycle_days", 366, usual.sale_cycle_days),
        response_window_hours: number("response_window_hours", 24 * 31, usual.response_window_hours),
        missed: table.get("missed").map_or(usual.missed, |value| missed_set(&value)),
        missed_ivr: table.get("missed_ivr").and_then(|value| value.boolean()).unwrap_or(usual.missed_ivr),
        group: table
            .get("group")
            .and_then(|value| value.one_of(&SourceGroup::ALL.map(SourceGroup::name), SourceGroup::parse))
            .unwrap_or_default(),
        columns: columns_of(table.get("columns")),
        list_status: list(table.get("list_status"), |value| word(value, &status_words())),
        max_calls: number("max_calls", 1_000, usual.max_calls).max(1),
    };
    table.finish();
    options
}

fn missed_set(value: &Value<'_>) -> MissedSet {
    let items = value.one_or_several();
    if items.is_empty() {
        value.wrong("name at least one of the reasons for which a call counts as missed");
    }
    let statuses = items.iter().filter_map(|item| item.one_of(&MissedSet::WORDS, MissedSet::parse));
    statuses.fold(MissedSet::NONE, MissedSet::with)
}

/// Columns of the list of calls, in the order written.
fn columns_of(value: Option<Value<'_>>) -> Vec<String> {
    let known: Vec<&'static str> = CALL_COLUMNS.iter().map(|(name, _)| *name).collect();
    let mut columns: Vec<String> = Vec::new();
    for item in value.iter().flat_map(Value::one_or_several) {
        let Some(name) = word(&item, &known) else { continue };
        if columns.contains(&name) {
            item.wrong(format!("the column `{name}` is there twice"));
        }
        columns.push(name);
    }
    if let Some(value) = value.filter(|_| !columns.is_empty() && columns.iter().all(|name| right_for(name).is_some())) {
        let title = "not every role may see one of these columns: such a reader gets the usual ones instead";
        let help = "costs are for owners and finance, recordings for roles that may listen; a column for everybody, such as \
                    `started_at`, makes a list for everybody";
        value.place.warning(title, Some(help.to_owned()));
    }
    columns
}
