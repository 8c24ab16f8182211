//! `[[report]]`: `id sections filters options`. A report belongs to no project.

use super::{Spot, Table, Value};
use crate::domain::call::Direction;
use crate::domain::ids::ReportId;
use crate::domain::missed::MissedSet;
use crate::domain::phone;
use crate::domain::report_spec::{Filters, Options, ReportSpec, SectionId};

/// A report as the file says it.
#[derive(Clone, Debug)]
pub struct ReportEntry {
    pub spot: Spot,
    pub id: ReportId,
    pub spec: ReportSpec,
}

pub(super) fn read(table: &Table<'_>) -> Option<ReportEntry> {
    let id = table.need("id").and_then(|value| value.parsed(ReportId::parse));
    let sections = table.need("sections").map(|value| sections_of(&value)).unwrap_or_default();
    let filters = table.get("filters").and_then(|value| value.table()).map(filters_of).unwrap_or_default();
    let options = table.get("options").and_then(|value| value.table()).map(options_of).unwrap_or_default();
    let id = id?;
    let spec = ReportSpec { id: id.to_string(), sections, filters, options };
    Some(ReportEntry { spot: table.place.spot(), id, spec })
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

fn filters_of(table: Table<'_>) -> Filters {
    let directions: Vec<&str> = Direction::ALL.iter().map(|direction| direction.name()).collect();
    let direction =
        |value: &Value<'_>| value.one_of(&directions, Direction::parse).map(|found| found.name().to_owned());
    let number = |value: &Value<'_>| {
        value.parsed(|text| match phone::e164(text, None) {
            Some(number) => Ok(number.to_string()),
            None => Err(format!("`{text}` isn't a number in international form, such as `+380441234567`")),
        })
    };
    let filters = Filters {
        direction: list(table.get("direction"), direction),
        agent: list(table.get("agent"), |value| value.line()),
        number: list(table.get("number"), number),
        source: list(table.get("source"), |value| value.line()),
    };
    table.finish();
    filters
}

fn list(value: Option<Value<'_>>, read: impl Fn(&Value<'_>) -> Option<String>) -> Vec<String> {
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
