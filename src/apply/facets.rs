//! What a project, contact, report or schedule consists of, in words: what a difference shows, and what it is found by.
//! An empty text is what isn't said; two with equal facets are the same.

use serde_json::{Value, json};

use super::plan::{Field, WantedSchedule};
use crate::config::duration;
use crate::domain::brand::Brand;
use crate::domain::contact::Contact;
use crate::domain::directory::{ListedAgent, ListedNumber};
use crate::domain::document::Link;
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::domain::report_spec::{Filters, Options, ReportSpec};
use crate::domain::schedule::Recipient;
use crate::zones::Zones;

/// Whether a new thing needn't show this: it is what everything has unless the file says otherwise, or nothing.
pub(super) fn is_usual(field: &Field) -> bool {
    const USUAL: &[(&str, &str)] = &[
        ("active", "yes"),
        ("paused", "no"),
        ("catch_up", "latest"),
        ("send", "always"),
        ("week_start", "mon"),
        ("agents", "named"),
        ("ignore", "no"),
    ];
    field.new.is_empty() || USUAL.contains(&(field.name, field.new.as_str()))
}

pub(super) type Facets = Vec<(&'static str, String)>;

pub(super) fn of_project(project: &Project) -> Facets {
    vec![
        ("name", project.name.clone()),
        ("zone", project.zone.clone()),
        ("locale", project.locale.clone()),
        ("currency", project.currency.clone()),
        ("week_start", project.week_start.name().to_owned()),
        ("allowed_domains", project.allowed_domains.join(", ")),
        ("goals", entries(&json!(project.settings.goals), &Value::Null)),
        ("agents", project.settings.agents.name().to_owned()),
        ("brand", of_brand(&project.settings.brand)),
    ]
}

/// `name: Acme; logo: png, 240 × 80, 3120 bytes, 1f3a…; …`
fn of_brand(brand: &Brand) -> String {
    let logo = brand.logo.as_ref().map(|logo| {
        let (kind, bytes) = (logo.kind.ending(), logo.bytes.len());
        format!("{kind}, {} × {}, {bytes} bytes, {}", logo.width, logo.height, logo.hash)
    });
    let link = |link: &Option<Link>| link.as_ref().map(Link::href);
    let parts = [
        ("name", brand.name.clone()),
        ("logo", logo),
        ("accent", brand.accent.map(|accent| format!("{}, dark {}", accent.light, accent.dark))),
        ("from_name", brand.from_name.clone()),
        ("reply_to", brand.reply_to.as_ref().map(ToString::to_string)),
        ("footer", brand.footer.clone()),
        ("pay", link(&brand.links.pay)),
        ("calls", link(&brand.links.calls)),
        ("number_setup", link(&brand.links.number_setup)),
        ("support", link(&brand.links.support)),
    ];
    let told = parts.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}", value?)));
    told.collect::<Vec<_>>().join("; ")
}

pub(super) fn of_contact(contact: &Contact) -> Facets {
    let addresses = contact.addresses.iter().map(|(channel, list)| format!("{}: {}", channel.name(), list.join(", ")));
    let roles = contact.roles.iter().filter(|(_, roles)| !roles.is_empty()).map(|(project, roles)| {
        let words: Vec<&str> = roles.iter().map(|role| role.name()).collect();
        format!("{project}: {}", words.join(", "))
    });
    vec![
        ("name", contact.name.clone()),
        ("language", contact.language.clone().unwrap_or_default()),
        ("zone", contact.zone.clone().unwrap_or_default()),
        ("active", if contact.active { "yes" } else { "no" }.to_owned()),
        ("addresses", addresses.collect::<Vec<_>>().join("; ")),
        ("roles", roles.collect::<Vec<_>>().join("; ")),
    ]
}

pub(super) fn of_agent(agent: &ListedAgent) -> Facets {
    let keys = agent.keys.iter().map(|listed| {
        let from = listed.from.map(|day| format!(" from {day}")).unwrap_or_default();
        let to = listed.to.map(|day| format!(" to {day}")).unwrap_or_default();
        format!("{}{from}{to}", listed.key)
    });
    vec![
        ("name", agent.name.clone()),
        ("team", agent.team.clone().unwrap_or_default()),
        ("keys", keys.collect::<Vec<_>>().join(", ")),
        ("contact", agent.contact.as_ref().map(ToString::to_string).unwrap_or_default()),
    ]
}

pub(super) fn of_number(number: &ListedNumber) -> Facets {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        ("label", text(&number.label)),
        ("department", text(&number.department)),
        ("source", text(&number.source)),
        ("medium", text(&number.medium)),
        ("campaign", text(&number.campaign)),
        ("ignore", if number.ignore { "yes" } else { "no" }.to_owned()),
    ]
}

pub(super) fn of_report(spec: &ReportSpec) -> Facets {
    let sections: Vec<&str> = spec.sections.iter().map(|section| section.name()).collect();
    vec![
        ("sections", sections.join(", ")),
        ("filters", entries(&json!(spec.filters), &json!(Filters::default()))),
        ("options", entries(&json!(spec.options), &json!(Options::default()))),
    ]
}

/// `direction: inbound, callback; source: voys`, without what is empty and what is as usual.
pub fn entries(object: &Value, usual: &Value) -> String {
    let shown = |value: &Value| match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let told = object.as_object().into_iter().flatten().filter(|(key, value)| usual.get(key) != Some(value));
    let pairs = told.map(|(key, value)| (key, shown(value)));
    pairs
        .filter(|(_, shown)| !shown.is_empty())
        .map(|(key, shown)| format!("{key}: {shown}"))
        .collect::<Vec<_>>()
        .join("; ")
}

pub(super) fn of_schedule(wanted: &WantedSchedule, zones: &Zones) -> Facets {
    let schedule = &wanted.schedule;
    let recipients = schedule.recipients.iter().map(|recipient| match recipient {
        Recipient::Contact(id) => id.to_string(),
        Recipient::Address(address) => address.to_string(),
    });
    let formats: Vec<&str> = schedule.formats.iter().map(|format| format.name()).collect();
    let span = |seconds: i64| duration::show(std::time::Duration::from_secs(seconds.unsigned_abs()));
    let late = schedule.max_late_sec.map(span);
    let whose = if wanted.own_zone.is_some() { "" } else { " (its project's)" };
    let zone = zones.get(&schedule.zone).ok();
    let local = |at: Instant| zone.as_ref().map_or_else(|| at.to_string(), |zone| zone.rfc3339(at));
    let instant = |at: Option<Instant>| at.map(local).unwrap_or_default();
    vec![
        ("project", schedule.project.to_string()),
        ("projects", schedule.settings.projects.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ("report", schedule.report.clone()),
        ("recipients", recipients.collect::<Vec<_>>().join(", ")),
        ("rule", schedule.cadence.to_string()),
        ("zone", format!("{}{whose}", schedule.zone)),
        ("starts", instant(schedule.starts)),
        ("ends", instant(schedule.ends)),
        ("paused", if schedule.paused { "yes" } else { "no" }.to_owned()),
        ("catch_up", schedule.catch_up.name().to_owned()),
        ("max_late", late.unwrap_or_default()),
        ("send", schedule.send.name().to_owned()),
        ("formats", formats.join(", ")),
        ("numbers", schedule.numbers.map(|numbers| numbers.name().to_owned()).unwrap_or_default()),
        ("if_incomplete", schedule.settings.if_incomplete.map(|what| what.name().to_owned()).unwrap_or_default()),
        ("wait_at_most", schedule.settings.wait_at_most_sec.map(span).unwrap_or_default()),
    ]
}
