//! Settings, set-up, mapping: each value in turn becomes one of every wrong type. It is refused by name, or was right after all;
//! nothing panics.

use std::collections::BTreeSet;

use callbrief::config::load::{Inputs, Purpose, survey};
use callbrief::config::mapping;
use callbrief::config::problem::{Problems, Source};
use toml::{Table, Value};

use crate::support::{Engine, World};

/// One of each type, and what is far from usual of its type.
fn wrong() -> Vec<(&'static str, Value)> {
    let date = "2026-02-30T25:61:61Z".parse().or_else(|_| "1979-05-27T07:32:00Z".parse()).expect("a moment");
    let mut deep = Value::Array(Vec::new());
    for _ in 0..40 {
        deep = Value::Array(vec![deep]);
    }
    let table = Table::from_iter([("x\0y".to_owned(), Value::Integer(1))]);
    vec![
        ("text", Value::String("\u{202e}💣 javascript:alert(1)".into())),
        ("long text", Value::String("Ж".repeat(2_000))),
        ("empty text", Value::String(String::new())),
        ("nul", Value::String("a\0b\r\nc".into())),
        ("whole", Value::Integer(i64::MIN)),
        ("fraction", Value::Float(1e308)),
        ("endless", Value::Float(f64::NEG_INFINITY)),
        ("truth", Value::Boolean(true)),
        ("moment", Value::Datetime(date)),
        ("list", Value::Array(vec![Value::Integer(1), Value::String("x".into()), Value::Boolean(false)])),
        ("empty list", Value::Array(Vec::new())),
        ("deep list", deep),
        ("table", Value::Table(table)),
    ]
}

/// A way to a value, and its name without places in lists: `project.0.brand`, `project.brand`.
type Way = Vec<String>;

fn shape(way: &Way) -> String {
    way.iter().filter(|step| step.parse::<usize>().is_err()).cloned().collect::<Vec<_>>().join(".")
}

/// The way to one value of each name.
fn ways(value: &Value, way: &Way, seen: &mut BTreeSet<String>, into: &mut Vec<Way>) {
    let mut go = |step: String, inner: &Value, is_named: bool| {
        let way: Way = way.iter().cloned().chain([step]).collect();
        if seen.insert(format!("{}{}", shape(&way), if is_named { "" } else { "[]" })) {
            into.push(way.clone());
        }
        ways(inner, &way, seen, into);
    };
    match value {
        Value::Table(table) => table.iter().for_each(|(key, inner)| go(key.clone(), inner, true)),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, inner)| go(n.to_string(), inner, false)),
        _ => {}
    }
}

fn put(value: &mut Value, way: &[String], new: &Value) {
    let Some((step, rest)) = way.split_first() else {
        *value = new.clone();
        return;
    };
    match value {
        Value::Table(table) => put(table.get_mut(step).expect("a key"), rest, new),
        Value::Array(list) => put(&mut list[step.parse::<usize>().expect("a place")], rest, new),
        _ => panic!("{step} is in nothing"),
    }
}

fn is_same_type(one: &Value, other: &Value) -> bool {
    one.type_str() == other.type_str()
}

fn at<'a>(value: &'a Value, way: &[String]) -> &'a Value {
    way.iter().fold(value, |value, step| match value {
        Value::Array(list) => &list[step.parse::<usize>().expect("a place")],
        value => &value[step.as_str()],
    })
}

/// Whether a pattern with `*` for a step is this name.
fn fits(pattern: &str, name: &str) -> bool {
    let (mut wanted, mut steps) = (pattern.split('.'), name.split('.'));
    loop {
        match (wanted.next(), steps.next()) {
            (None, None) => return true,
            (Some(wanted), Some(step)) if wanted == "*" || wanted == step => {}
            _ => return false,
        }
    }
}

/// Tries every value of a file in every wrong type; what is neither refused with its place nor known to take that type.
async fn tried(
    text: &str,
    kinds: &[&str],
    others: &[(&str, &[&str])],
    mut refused: impl AsyncFnMut(&str) -> Option<String>,
) -> Vec<String> {
    let whole = Value::Table(text.parse::<Table>().unwrap_or_else(|error| panic!("{error}")));
    let as_it_is = toml::to_string(&whole).expect("it can be written");
    assert_eq!(refused(&as_it_is).await, None, "the file is good as it is");
    let (mut all, mut faults, mut tries) = (Vec::new(), Vec::new(), 0);
    ways(&whole, &Vec::new(), &mut BTreeSet::new(), &mut all);
    for way in &all {
        for (kind, new) in wrong().into_iter().filter(|(kind, _)| kinds.is_empty() || kinds.contains(kind)) {
            let mut changed = whole.clone();
            put(&mut changed, way, &new);
            tries += 1;
            let (name, written) = (shape(way), toml::to_string(&changed).expect("it can be written"));
            let is_known = |(pattern, kinds): &(&str, &[&str])| {
                fits(pattern, &name) && (kinds.is_empty() || kinds.contains(&kind))
            };
            match refused(&written).await {
                Some(said) => {
                    if said.len() > 100_000 || said.contains('\0') || said.contains('\u{202e}') {
                        faults.push(format!(
                            "{name} = {kind}: what is said is {} bytes: {:?}",
                            said.len(),
                            said.get(..300)
                        ));
                    }
                    let has_place =
                        said.lines().any(|line| line.trim_start().starts_with("--> ") && line.contains(".toml:"));
                    if !has_place {
                        faults.push(format!(
                            "{name} = {kind}: no place is named: {:?}",
                            said.get(..600).unwrap_or(&said)
                        ));
                    }
                }
                None if is_same_type(at(&whole, way), &new) => {}
                None if others.iter().any(is_known) => {}
                None => faults.push(format!("{name} = {kind} is taken")),
            }
        }
    }
    assert!(tries > 200, "{tries}");
    faults
}

/// The set-up's keys that take several types; no types: any.
const SETUP_TAKES: &[(&str, &[&str])] = &[
    ("agent.keys", &["text", "long text", "whole"]),
    ("calendar.hours.*", &["empty list"]),
    ("contact.quiet", &["empty list"]),
    ("report.filters.*", &["text", "long text"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_with_wrong_types_everywhere_is_refused_by_name() {
    let world = World::new(Engine::Sqlite).await;
    let sample = include_str!("../../../config/samples/setup.toml").replace("logo = \"amstel-logo.png\"", "");
    let faults = tried(&sample, &[], SETUP_TAKES, async |text: &str| world.why_refused(text).await);
    let faults = faults.await;
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The manual's own examples, without the marks that make them comments.
fn settings() -> String {
    let is_example = |line: &&str| {
        let line = line.strip_prefix("# ").unwrap_or(line);
        let is_key =
            line.split_once(" = ").is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        (is_key && !line.contains("ca_file")) || line.starts_with('[')
    };
    let lines = include_str!("../../../config/default.toml").lines().filter(is_example);
    let text: Vec<&str> = lines.map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    let text = text.join("\n").replace("sender.invalid", "acme.example");
    // What is a secret of the environment is written as one that a file holds nowhere else.
    text.replace("[[mail.relay]]\n", "[[mail.relay]]\nid = \"x\"\n").replace("id = \"x\"\nurl", "url")
}

const SECRETS: &[(&str, &str)] = &[
    ("REPORTS_SECRET_KEY", "0123456789abcdef0123456789abcdef"),
    ("SMTP_PASSWORD", "x"),
    ("HEARTBEAT_URL", "https://hc.acme.example/ping/geheim"),
    ("SLACK_OPS_URL", "https://hooks.slack.com/services/T0/B0/geheim"),
    ("TEAMS_DESK_URL", "https://prod-1.westeurope.logic.azure.com/x?sig=geheim"),
    ("CRM_KEY", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    ("TWILIO_TOKEN", "geheim"),
    ("SMS_AUTHORIZATION", "Bearer geheim"),
    ("SMS_REPLY_SECRET", "geheim-0123456789abcdef"),
    ("MAILGUN_SIGNING_KEY", "geheim"),
    ("POSTMARK_LOGIN", "postmark:geheim-012345"),
    ("POSTMARK_PATH", "geheim-0123456789abcdef"),
    ("BILLING_URL", "postgres://reader:geheim@db.acme.example/billing"),
];

/// Settings are read slowly, from several layers: one of each type.
const SETTINGS_KINDS: &[&str] = &["nul", "whole", "fraction", "truth", "list", "table"];

/// The settings' keys that take several types.
const SETTINGS_TAKE: &[(&str, &[&str])] = &[("channels.*.headers.*", &["text", "long text"])];

#[tokio::test(flavor = "multi_thread")]
async fn settings_with_wrong_types_everywhere_are_refused_by_name_and_tell_no_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("callbrief.toml");
    let environment: Vec<(String, String)> =
        SECRETS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let sample = settings();
    let faults = tried(&sample, SETTINGS_KINDS, SETTINGS_TAKE, async |text: &str| {
        std::fs::write(&path, text).expect("it is written");
        let inputs = Inputs { file: Some(&path), database: None, environment: &environment, purpose: Purpose::Sending };
        let found = survey(inputs);
        let said = found.problems.render(false);
        assert!(!said.contains("geheim"), "{said}");
        found.settings.is_none().then_some(said)
    });
    let faults = faults.await;
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn an_environment_of_nonsense_is_refused_by_name() {
    let names = [
        "DATABASE_URL",
        "PUBLIC_URL",
        "SECRET_KEY",
        "HOLD",
        "OPERATIONS_EMAIL",
        "WATCH_REPORTS",
        "MAIL_FROM_ADDRESS",
        "MAIL_ONLY_TO",
        "MAIL_RELAY_1_URL",
        "MAIL_RELAY_1_CONNECTIONS",
        "NET_ALLOW",
        "SMS_PER_CONTACT_DAY",
        "LISTEN_PUBLIC",
        "LOG_FORMAT",
        "LOG_FILTER",
        "WORK_POLL",
        "WORK_BATCH_ROWS",
        "KEEP_CALLS",
        "MAIL_RELAY_99999999999999999999_URL",
        "MAIL_RELAY_0_URL",
        "MAIL_RELAY__URL",
        "",
        "_",
        "NO_SUCH_KEY",
        "DATABASE_URL_FILE",
    ];
    let values =
        ["\u{202e}\u{0}", "[[[[", "{", "\"\"\"", "-1", "99999999999999999999999999", "NaN", "true,,,", " ", "1e999h"];
    for name in names {
        for value in values {
            let environment = vec![(format!("CALLBRIEF_{name}"), value.to_owned())];
            let found =
                survey(Inputs { file: None, database: None, environment: &environment, purpose: Purpose::Anything });
            let said = found.problems.render(false);
            let named = said.to_uppercase().replace('.', "_");
            let key = name.trim_end_matches("_FILE").split("_RELAY").next().unwrap_or_default();
            assert!(found.settings.is_some() || named.contains(key), "{name}={value:?}: {said}");
            assert!(!said.contains('\0') && !said.contains('\u{202e}'), "{name}={value:?}: {said:?}");
        }
    }
}

/// A field is a column's name, or ways with conditions, whose words are whatever files hold.
const MAPPING_TAKES: &[(&str, &[&str])] =
    &[("fields.*", &["text", "long text", "empty list"]), ("fields.*.when.*", &[]), ("times.format", &["empty list"])];

#[tokio::test(flavor = "multi_thread")]
async fn mappings_with_wrong_types_everywhere_are_refused_by_name() {
    let world = World::new(Engine::Sqlite).await;
    let samples = [
        include_str!("../../../config/samples/mappings/3cx.toml"),
        include_str!("../../../config/samples/mappings/callrail.toml"),
        include_str!("../../../config/samples/mappings/freeswitch.toml"),
    ];
    let mut faults = Vec::new();
    for sample in samples {
        let found = tried(sample, &[], MAPPING_TAKES, async |text: &str| {
            let (source, problems) = (Source::new("calls.toml", text), Problems::default());
            let read = mapping::read(&source, &world.app.zones, &problems);
            read.is_none().then(|| problems.render(false))
        });
        faults.extend(found.await);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
