//! A project as a set-up document says it: what reading it gives back. What is as usual isn't there.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::config::duration;
use crate::domain::balance::BalanceRules;
use crate::domain::brand::{Brand, Links};
use crate::domain::cadence::Weekday;
use crate::domain::document::Link;
use crate::domain::goals::Goals;
use crate::domain::project::{AgentsShown, Project, ProjectKeep};

/// The keys of a `[[project]]`, as JSON.
pub fn project(project: &Project) -> Value {
    let settings = &project.settings;
    let balances = settings.balances.iter().map(|(name, rules)| (name.to_string(), balance(rules)));
    let domains = &project.allowed_domains;
    let agents = settings.agents;
    object([
        ("id", json!(project.id)),
        ("name", json!(project.name)),
        ("zone", json!(project.zone)),
        ("locale", json!(project.locale)),
        ("currency", json!(project.currency)),
        ("week_start", if project.week_start == Weekday::Mon { Value::Null } else { json!(project.week_start.name()) }),
        ("allowed_domains", if domains.is_empty() { Value::Null } else { json!(domains) }),
        ("labels", if settings.labels.is_empty() { Value::Null } else { json!(settings.labels) }),
        ("agents", if agents == AgentsShown::default() { Value::Null } else { json!(agents.name()) }),
        ("country", json!(settings.country)),
        ("paper", json!(settings.paper.map(|paper| paper.name()))),
        ("calendar", json!(settings.calendar)),
        ("billing_at", json!(settings.billing_at.map(|at| at.format("%H:%M").to_string()))),
        ("goals", goals(&settings.goals)),
        ("brand", brand(&settings.brand)),
        ("balances", object_or_nothing(balances.collect())),
        ("keep", keep(&settings.keep)),
    ])
}

/// Without what is null.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let told = fields.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(told.map(|(key, value)| (key.to_owned(), value)).collect())
}

fn object_or_nothing(fields: Map<String, Value>) -> Value {
    if fields.is_empty() { Value::Null } else { Value::Object(fields) }
}

fn filled(value: Value) -> Value {
    if value.as_object().is_some_and(Map::is_empty) { Value::Null } else { value }
}

fn goals(goals: &Goals) -> Value {
    let level = goals
        .service_level
        .map(|level| json!({ "seconds": level.seconds, "percent": level.percent, "formula": level.formula.name() }));
    filled(object([
        ("answer_rate", json!(goals.answer_rate)),
        ("first_response_minutes", json!(goals.first_response_minutes)),
        ("service_level", json!(level)),
    ]))
}

fn brand(brand: &Brand) -> Value {
    let logo = brand.logo.as_ref().map(|logo| {
        let kind = if logo.kind.ending() == "png" { "png" } else { "jpeg" };
        format!("data:image/{kind};base64,{}", STANDARD.encode(&logo.bytes))
    });
    filled(object([
        ("name", json!(brand.name)),
        ("logo", json!(logo)),
        ("accent", json!(brand.accent.map(|accent| accent.light.to_string()))),
        ("accent_dark", json!(brand.accent.map(|accent| accent.dark.to_string()))),
        ("from_name", json!(brand.from_name)),
        ("reply_to", json!(brand.reply_to)),
        ("footer", json!(brand.footer)),
        ("links", links(&brand.links)),
    ]))
}

fn links(links: &Links) -> Value {
    let link = |link: &Option<Link>| json!(link.as_ref().map(Link::href));
    filled(object([
        ("pay", link(&links.pay)),
        ("calls", link(&links.calls)),
        ("number_setup", link(&links.number_setup)),
        ("support", link(&links.support)),
    ]))
}

fn balance(rules: &BalanceRules) -> Value {
    let usual = BalanceRules::default();
    let lead = (rules.payment_lead_days != usual.payment_lead_days).then_some(rules.payment_lead_days);
    object([
        ("low", json!(rules.low.map(|sum| sum.to_string()))),
        ("switches_off", json!(rules.switches_off)),
        ("payment_lead_days", json!(lead)),
        ("usage_from_calls", if rules.usage_from_calls { json!(true) } else { Value::Null }),
    ])
}

fn keep(keep: &ProjectKeep) -> Value {
    let span = |seconds: Option<u64>| json!(seconds.map(|it| duration::show(std::time::Duration::from_secs(it))));
    filled(object([
        ("events", span(keep.events)),
        ("documents", span(keep.documents)),
        ("calls", span(keep.calls)),
        ("addresses", span(keep.addresses)),
        ("ledger", span(keep.ledger)),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::problem::{Problems, Source};
    use crate::config::setup::{self, Form, Input, ProjectEntry};
    use crate::domain::ids::ProjectKey;

    const ALL: &str = r##"{
        "id": "acme", "name": "Acme", "zone": "Europe/Kyiv", "locale": "uk", "currency": "UAH", "week_start": "sun",
        "allowed_domains": ["acme.example"], "labels": ["eu", "retail"], "agents": "numbered", "country": "UA", "paper": "letter", "calendar": "kyiv",
        "billing_at": "10:30",
        "goals": {"answer_rate": 90.5, "first_response_minutes": 60,
                  "service_level": {"seconds": 20, "percent": 80, "formula": "f4"}},
        "brand": {"name": "Acme", "accent": "#0b6e6e", "from_name": "Acme", "reply_to": "a@acme.example", "footer": "Acme Ltd",
                  "logo": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAHgAAAAoCAY=",
                  "links": {"pay": "https://acme.example/pay", "support": "help@acme.example"}},
        "balances": {"forwarding": {"low": "50.00", "switches_off": {"en": "calls stop"}, "payment_lead_days": 2,
                                    "usage_from_calls": true}, "rent": {}},
        "keep": {"documents": "30d", "calls": "90d"}
    }"##;

    fn read(text: &str) -> ProjectEntry {
        let problems = Problems::default();
        let input = Input { source: Source::sent("body", text), form: Form::Json, keeper: "api".to_owned() };
        let mut setup = setup::read_all(&[input], &problems, |_| {});
        assert_eq!(problems.render(false), "");
        setup.projects.pop().expect("a project")
    }

    fn stored(entry: &ProjectEntry) -> Project {
        Project {
            key: ProjectKey(1),
            id: entry.id.clone(),
            name: entry.name.clone(),
            zone: entry.zone.value.clone(),
            locale: entry.locale.value.clone(),
            currency: entry.currency.value.clone(),
            week_start: entry.week_start,
            allowed_domains: entry.allowed_domains.clone(),
            settings: entry.settings.clone(),
        }
    }

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        for text in [ALL, r#"{"id": "acme", "name": "Acme", "zone": "UTC", "currency": "EUR"}"#] {
            let before = stored(&read(text));
            let written = project(&before);
            let after = stored(&read(&written.to_string()));
            assert_eq!(after, before, "{written:#}");
            assert_eq!(project(&after), written);
        }
        let all = project(&stored(&read(ALL)));
        let asked: Value = serde_json::from_str(ALL).expect("JSON");
        for key in asked.as_object().expect("an object").keys() {
            assert!(!all[key].is_null(), "{key} isn't written");
        }
    }
}
