//! `[[calendar]]`: `id name zone hours={mon-fri="09:00-18:00"} days_off=[{date,name}] import="holidays.ics"
//! extra_working_days=[{date,hours}]`. What the imported files say is read when the file is applied.

use chrono::{Days, NaiveDate};
use toml::de::DeValue;

use super::{At, Spot, Table, Value, id_of};
use crate::domain::cadence::Weekday;
use crate::domain::calendar::{DayOff, ExtraDay, Shift, apart};
use crate::domain::ids::CalendarId;

/// A calendar as the file says it.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    pub spot: Spot,
    pub id: CalendarId,
    pub name: String,
    /// `None`: that of each project which chooses it.
    pub zone: Option<At<String>>,
    /// By weekday, Monday first.
    pub week: [Vec<Shift>; 7],
    pub days_off: Vec<DayOff>,
    /// Paths as written.
    pub imports: Vec<At<String>>,
    pub extra: Vec<ExtraDay>,
}

/// A longer stretch of days off is taken for a slip of the pen.
const MOST_DAYS: u64 = 366;

pub(super) fn read(table: &Table<'_>) -> Option<CalendarEntry> {
    let id = id_of(table, CalendarId::parse);
    let name = table.get("name").and_then(|value| value.line());
    let zone = table.get("zone").map(|value| value.text_at());
    let week = table.need("hours").and_then(|value| week_of(&value)).unwrap_or_default();
    let days_off = table.get("days_off").and_then(|value| value.list()).unwrap_or_default();
    let days_off = days_off.iter().filter_map(day_off).collect();
    let imports = table.get("import").map(|value| value.one_or_several()).unwrap_or_default();
    let imports = imports.iter().map(|value| value.text_at()).filter(|path| !path.value.is_empty()).collect();
    let extra = table.get("extra_working_days").and_then(|value| value.list()).unwrap_or_default();
    let mut days: Vec<ExtraDay> = Vec::new();
    for value in &extra {
        let Some(day) = extra_day(value) else { continue };
        if days.iter().any(|other| other.date == day.date) {
            value.wrong(format!(
                "{} is there twice; several spans are `hours = [\"09:00-12:00\", \"13:00-15:00\"]`",
                day.date
            ));
        }
        days.push(day);
    }
    let id = id?;
    Some(CalendarEntry {
        spot: table.place.spot(),
        name: name.unwrap_or_else(|| id.to_string()),
        id,
        zone,
        week,
        days_off,
        imports,
        extra: days,
    })
}

fn week_of(value: &Value<'_>) -> Option<[Vec<Shift>; 7]> {
    let table = value.table()?;
    let mut week: [Option<Vec<Shift>>; 7] = Default::default();
    for (value, name, key) in table.entries() {
        let Some(days) = weekdays(name) else {
            let help = "write days such as `mon`, `mon-fri` or `\"sat,sun\"`".to_owned();
            key.error(format!("`{name}` isn't a day of the week or a span of them"), Some(help));
            continue;
        };
        let hours = shifts(&value);
        for day in days {
            let place = &mut week[usize::from(day.index())];
            if place.is_some() {
                key.error(format!("the hours of {} are there twice", day.name()), None);
            }
            *place = Some(hours.clone());
        }
    }
    let week = week.map(Option::unwrap_or_default);
    if week.iter().all(Vec::is_empty) {
        value.wrong("nobody would ever work; write hours such as `{ mon-fri = \"09:00-18:00\" }`");
    }
    Some(week)
}

/// `mon`, `mon-fri`, `sun-thu` (weeks go round), `sat,sun`.
pub(super) fn weekdays(text: &str) -> Option<Vec<Weekday>> {
    let mut days = Vec::new();
    for part in text.split(',').map(str::trim) {
        match part.split_once('-') {
            None => days.push(Weekday::parse(part)?),
            Some((from, to)) => {
                let (from, to) = (Weekday::parse(from.trim())?, Weekday::parse(to.trim())?);
                let length = (7 + to.index() - from.index()) % 7;
                days.extend((0..=length).map(|n| Weekday::from_index(from.index() + n)));
            }
        }
    }
    Some(days)
}

fn shifts(value: &Value<'_>) -> Vec<Shift> {
    let hours: Vec<Shift> = value.one_or_several().iter().filter_map(|item| item.parsed(Shift::parse)).collect();
    apart(hours).unwrap_or_else(|| {
        value.wrong("two of these spans share time");
        Vec::new()
    })
}

/// `{ date, name }`, `{ from, to, name }`, or a date alone.
fn day_off(value: &Value<'_>) -> Option<DayOff> {
    if !matches!(value.raw(), DeValue::Table(_)) {
        let date = date(value)?;
        return Some(DayOff { from: date, to: date, name: String::new(), source: None });
    }
    let table = value.table()?;
    let name = table.get("name").and_then(|value| value.line()).unwrap_or_default();
    let (date_value, from, to) = (table.get("date"), table.get("from"), table.get("to"));
    let span = match (&date_value, &from, &to) {
        (Some(only), None, None) => date(only).map(|date| (date, date)),
        (None, Some(from), Some(to)) => date(from).zip(date(to)),
        _ => {
            value.wrong("a day off has a `date`, or `from` and `to` (both days off)");
            None
        }
    };
    table.finish();
    let (from, to) = span?;
    if to < from {
        value.wrong(format!("it ends on {to} before it begins on {from}"));
        return None;
    }
    if from.checked_add_days(Days::new(MOST_DAYS)).is_none_or(|most| to >= most) {
        value.wrong("it lasts longer than a year");
        return None;
    }
    Some(DayOff { from, to, name, source: None })
}

fn extra_day(value: &Value<'_>) -> Option<ExtraDay> {
    let table = value.table()?;
    let date = table.need("date").and_then(|value| date(&value));
    let hours = table.need("hours").map(|value| shifts(&value));
    table.finish();
    let (date, hours) = (date?, hours?);
    if hours.is_empty() {
        value.wrong("an extra working day has hours; one without is a day off");
        return None;
    }
    Some(ExtraDay { date, hours })
}

/// `"2026-12-25"` or TOML's own `2026-12-25`.
pub(super) fn date(value: &Value<'_>) -> Option<NaiveDate> {
    let text = match value.raw() {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        _ => {
            value.wrong_type("a date such as 2026-12-25");
            return None;
        }
    };
    let read = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().filter(|_| text.trim().len() == 10);
    if read.is_none() {
        value.wrong(format!("`{text}` isn't a date such as 2026-12-25"));
    }
    read
}
