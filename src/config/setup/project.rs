//! `[[project]]`: `id name zone currency locale="en" week_start="mon" allowed_domains=[] labels=[] agents="named" country calendar
//! billing_at="09:00"`,
//! `[project.goals]`, `[project.brand]`, `[project.balances.NAME]`, `[project.keep]`.

use chrono::NaiveTime;

use super::{At, Spot, Table, Value, balances, brand, goals, id_of, keep};
use crate::domain::cadence::Weekday;
use crate::domain::contact::EmailAddress;
use crate::domain::document::Paper;
use crate::domain::ids::{BalanceName, CalendarId, ProjectId};
use crate::domain::phone::Region;
use crate::domain::project::{AgentsShown, ProjectSettings};

/// A project as the file says it.
#[derive(Clone, Debug)]
pub struct ProjectEntry {
    pub spot: Spot,
    pub id: ProjectId,
    pub name: String,
    pub zone: At<String>,
    pub locale: At<String>,
    pub currency: At<String>,
    pub week_start: Weekday,
    pub allowed_domains: Vec<String>,
    /// Which calendar it goes by.
    pub calendar: Option<At<CalendarId>>,
    pub settings: ProjectSettings,
    /// The balances that have rules, where they stand.
    pub balance_names: Vec<At<BalanceName>>,
    /// The languages in which it is written what a balance's end switches off.
    pub balance_languages: Vec<At<String>>,
}

pub(super) fn read(table: &Table<'_>) -> Option<ProjectEntry> {
    let spot = table.place.spot();
    let text = |key| match table.need(key) {
        Some(value) => value.text_at(),
        None => At { value: String::new(), spot: spot.clone() },
    };
    let id = id_of(table, ProjectId::parse);
    let (name, zone, currency) = (text("name"), text("zone"), text("currency"));
    let locale = match table.get("locale") {
        Some(value) => value.text_at(),
        None => At { value: ENGLISH.to_owned(), spot: spot.clone() },
    };
    let week_start = table.get("week_start").and_then(|value| value.one_of(&DAYS, Weekday::parse));
    let agents = table
        .get("agents")
        .and_then(|value| value.one_of(&AgentsShown::ALL.map(AgentsShown::name), AgentsShown::parse));
    // A text that should be a list is complained of once, and read on as what it means.
    let domains = table
        .get("allowed_domains")
        .and_then(|value| value.list().or_else(|| value.is_text().then(|| value.one_or_several())))
        .unwrap_or_default();
    let mut allowed_domains: Vec<String> = domains.iter().filter_map(domain).collect();
    allowed_domains.sort();
    allowed_domains.dedup();
    let mut labels: Vec<String> =
        table.get("labels").map(|value| value.one_or_several()).unwrap_or_default().iter().filter_map(label).collect();
    labels.sort();
    labels.dedup();
    let calendar = table.get("calendar").and_then(|value| Some(value.at(value.parsed(CalendarId::parse)?)));
    let goals = table.get("goals").and_then(|value| value.table()).map(goals::read).unwrap_or_default();
    let brand = table.get("brand").and_then(|value| value.table()).map(brand::read).unwrap_or_default();
    let balances = table.get("balances").and_then(|value| value.table()).map(balances::read).unwrap_or_default();
    let keep = table.get("keep").and_then(|value| value.table()).map(|table| keep::read(&table)).unwrap_or_default();
    let billing_at = table.get("billing_at").and_then(|value| value.parsed(time_of_day));
    let country = table.get("country").and_then(|value| value.parsed(country));
    let paper = table.get("paper").and_then(|value| value.one_of(&Paper::ALL.map(Paper::name), Paper::parse));
    Some(ProjectEntry {
        spot: spot.clone(),
        id: id?,
        name: name.value,
        zone,
        locale,
        currency,
        week_start: week_start.unwrap_or(Weekday::Mon),
        allowed_domains,
        settings: ProjectSettings {
            labels,
            calendar: calendar.as_ref().map(|calendar| calendar.value.clone()),
            goals,
            agents: agents.unwrap_or_default(),
            brand,
            country,
            paper,
            balances: balances.rules,
            keep,
            billing_at,
        },
        calendar,
        balance_names: balances.names,
        balance_languages: balances.languages,
    })
}

/// The language of a project that names none.
const ENGLISH: &str = "en";

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn time_of_day(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| format!("`{text}` isn't a time of day such as `09:00`"))
}

fn country(text: &str) -> Result<String, String> {
    let known = Region::parse(text.trim()).map(Region::code);
    known.ok_or_else(|| format!("`{text}` isn't a country's code of two letters, such as \"UA\" or \"NL\""))
}

/// Letters that a label has at most.
const LONGEST_LABEL: usize = 64;

/// A word of a project by which schedules choose it.
pub(super) fn label(value: &Value<'_>) -> Option<String> {
    let label = value.line()?;
    if label == "*" || label.chars().count() > LONGEST_LABEL {
        value.wrong(format!("a label is a word of at most {LONGEST_LABEL} characters, such as `retail`"));
        return None;
    }
    Some(label)
}

fn domain(value: &Value<'_>) -> Option<String> {
    value.parsed(|text| {
        let written = text.trim().trim_start_matches('@');
        EmailAddress::parse(&format!("someone@{written}"))
            .map(|address| address.domain().to_owned())
            .map_err(|_| format!("`{text}` isn't a mail domain such as `acme.example`"))
    })
}
