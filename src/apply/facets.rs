//! What a project, contact, report or schedule consists of, in words: what a difference shows, and what it is found by.
//! An empty text is what isn't said; two with equal facets are the same.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::plan::{Field, WantedSchedule};
use crate::config::duration;
use crate::domain::balance::BalanceRules;
use crate::domain::brand::Brand;
use crate::domain::cadence::Weekday;
use crate::domain::calendar::{Calendar, DayOff, Shift};
use crate::domain::contact::Contact;
use crate::domain::directory::{ListedAgent, ListedNumber};
use crate::domain::document::Link;
use crate::domain::hex::hex;
use crate::domain::ids::BalanceName;
use crate::domain::instant::Instant;
use crate::domain::project::{Project, ProjectKeep};
use crate::domain::report_spec::{Filters, Options, ReportSpec};
use crate::domain::schedule::{Recipient, Schedule};
use crate::domain::template::Template;
use crate::zones::Zones;

/// Whether a new thing needn't show this: it is what everything has unless the file says otherwise, or nothing.
pub(super) fn is_usual(field: &Field) -> bool {
    const USUAL: &[(&str, &str)] = &[
        ("active", "yes"),
        ("paused", "no"),
        ("catch_up", "latest"),
        ("send", "always"),
        ("on_day_off", "send"),
        ("week_start", "mon"),
        ("agents", "named"),
        ("ignore", "no"),
        ("alerts", "email"),
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
        ("labels", project.settings.labels.join(", ")),
        ("calendar", project.settings.calendar.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("country", project.settings.country.clone().unwrap_or_default()),
        ("paper", project.settings.paper.map(|paper| paper.name().to_owned()).unwrap_or_default()),
        ("goals", entries(&json!(project.settings.goals), &Value::Null)),
        ("agents", project.settings.agents.name().to_owned()),
        ("balances", of_balances(&project.settings.balances)),
        ("billing_at", project.settings.billing_at.map(|at| at.format("%H:%M").to_string()).unwrap_or_default()),
        ("brand", of_brand(&project.settings.brand)),
        ("keep", of_keep(&project.settings.keep)),
    ]
}

/// `forwarding: low 50.00, payment_lead_days 1, switches off "…"`
fn of_balances(balances: &BTreeMap<BalanceName, BalanceRules>) -> String {
    let shown = balances.iter().map(|(name, rules)| {
        let low = rules.low.map(|sum| format!("low {sum}, ")).unwrap_or_default();
        let off = rules.switches_off.as_ref().map(|words| format!(", switches off {words}")).unwrap_or_default();
        let calls = if rules.usage_from_calls { ", usage from calls" } else { "" };
        format!("{name}: {low}payment_lead_days {}{off}{calls}", rules.payment_lead_days)
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// `documents: 30d; calls: 90d`
fn of_keep(keep: &ProjectKeep) -> String {
    let parts = [
        ("events", keep.events),
        ("documents", keep.documents),
        ("calls", keep.calls),
        ("addresses", keep.addresses),
        ("ledger", keep.ledger),
    ];
    let span = |seconds| duration::show(std::time::Duration::from_secs(seconds));
    let told = parts.into_iter().filter_map(|(key, seconds)| Some(format!("{key}: {}", span(seconds?))));
    told.collect::<Vec<_>>().join("; ")
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

pub(super) fn of_calendar(calendar: &Calendar) -> Facets {
    let (own, imported): (Vec<&DayOff>, Vec<&DayOff>) =
        calendar.days_off().iter().partition(|day| day.source.is_none());
    let extra = calendar.extra_days().iter().map(|day| format!("{} {}", day.date, spans(&day.hours)));
    vec![
        ("name", calendar.name.clone()),
        ("zone", calendar.zone.clone().unwrap_or_default()),
        ("hours", hours(&calendar.week)),
        ("days_off", own.iter().map(|day| day_off(day)).collect::<Vec<_>>().join("; ")),
        ("import", imports(&imported)),
        ("extra_days", extra.collect::<Vec<_>>().join("; ")),
    ]
}

/// `mon-fri 09:00-18:00; sat 10:00-14:00`: weekdays in a row with the same hours together.
pub fn hours(week: &[Vec<Shift>; 7]) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for day in (0..7_u8).filter(|day| !week[usize::from(*day)].is_empty()) {
        match runs.last_mut() {
            Some((first, last)) if *last + 1 == day && week[usize::from(*first)] == week[usize::from(day)] => {
                *last = day
            }
            _ => runs.push((day, day)),
        }
    }
    let name = |day: u8| Weekday::from_index(day).name();
    let shown = runs.iter().map(|(first, last)| {
        let days = if first == last { name(*first).to_owned() } else { format!("{}-{}", name(*first), name(*last)) };
        format!("{days} {}", spans(&week[usize::from(*first)]))
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn spans(hours: &[Shift]) -> String {
    hours.iter().map(Shift::to_string).collect::<Vec<_>>().join(", ")
}

fn day_off(day: &DayOff) -> String {
    let dates = if day.from == day.to { day.from.to_string() } else { format!("{} to {}", day.from, day.to) };
    if day.name.is_empty() { dates } else { format!("{dates} {}", day.name) }
}

/// `holidays.ics: 24 days off, 2026-01-01 to 2028-12-26 (3f2a91c0)`, the last a mark that any change changes.
fn imports(days: &[&DayOff]) -> String {
    let mut files: Vec<&str> = days.iter().filter_map(|day| day.source.as_deref()).collect();
    files.sort_unstable();
    files.dedup();
    let shown = files.into_iter().map(|file| {
        let of_file: Vec<&DayOff> = days.iter().copied().filter(|day| day.source.as_deref() == Some(file)).collect();
        let first = of_file.iter().map(|day| day.from).min().unwrap_or_default();
        let last = of_file.iter().map(|day| day.to).max().unwrap_or_default();
        let mark = Sha256::digest(json!(of_file).to_string());
        let mark = hex(&mark[..4]);
        format!("{file}: {} days off, {first} to {last} ({mark})", of_file.len())
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// When a schedule fires next, as the difference shows it.
pub(super) fn next_of(schedule: &Schedule, zones: &Zones) -> String {
    let zone = zones.get(&schedule.zone).ok();
    let local = |at: Instant| zone.as_ref().map_or_else(|| at.to_string(), |zone| zone.rfc3339(at));
    schedule.next_fire_at.map_or_else(|| "never again".to_owned(), local)
}

pub(super) fn of_contact(contact: &Contact) -> Facets {
    let verified = &contact.settings.verified;
    let address = |address: &String| match verified.get(address) {
        Some(how) => format!("{address} (confirmed: {how})"),
        None => address.clone(),
    };
    let addresses = contact.addresses.iter().map(|(channel, list)| {
        format!("{}: {}", channel.name(), list.iter().map(address).collect::<Vec<_>>().join(", "))
    });
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
        ("alerts", contact.settings.alerts.to_string()),
        ("quiet", hours(&contact.settings.quiet.week)),
        ("away", contact.settings.away.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("digest", digest(&contact.settings)),
    ]
}

/// `funds: hourly; warnings: 08:00`
fn digest(settings: &crate::domain::reach::ContactSettings) -> String {
    settings.digest.iter().map(|(kind, pace)| format!("{kind}: {pace}")).collect::<Vec<_>>().join("; ")
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

pub(super) fn of_template(template: &Template) -> Facets {
    let mut body: Value = serde_json::from_str(&template.body).unwrap_or_default();
    if let Some(keys) = body.as_object_mut() {
        keys.remove("id");
        keys.remove("projects");
    }
    vec![("for", template.choice.to_string()), ("as", entries(&body, &Value::Null))]
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
        ("template", schedule.settings.template.as_ref().map(ToString::to_string).unwrap_or_default()),
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
        ("on_day_off", schedule.settings.on_day_off.name().to_owned()),
        ("if_incomplete", schedule.settings.if_incomplete.map(|what| what.name().to_owned()).unwrap_or_default()),
        ("wait_at_most", schedule.settings.wait_at_most_sec.map(span).unwrap_or_default()),
    ]
}
