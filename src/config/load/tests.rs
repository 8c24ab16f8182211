use super::*;
use crate::config::channels::Service;

fn environment(names: &[(&str, &str)]) -> Vec<(String, String)> {
    names.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Reads these settings; the file's name in messages is `callbrief.toml`.
fn read(text: &str, variables: &[(&str, &str)]) -> (Survey, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("callbrief.toml");
    fs::write(&path, text).expect("the file is written");
    let environment = environment(variables);
    let survey =
        survey(Inputs { file: Some(&path), database: None, environment: &environment, purpose: Purpose::Sending });
    let shown = survey.problems.render(false).replace(&path.display().to_string(), "callbrief.toml");
    (survey, shown)
}

fn origin_of(survey: &Survey, path: &str) -> String {
    let value = survey.values.iter().find(|value| value.path == path).expect("it is shown");
    value.origin.rsplit('/').next().unwrap_or_default().to_owned()
}

#[test]
fn the_defaults_alone_are_good() {
    let survey = survey(Inputs { file: None, database: None, environment: &[], purpose: Purpose::Sending });
    assert_eq!(survey.problems.errors(), 0, "{}", survey.problems.render(false));
    assert!(survey.settings.is_some());
}

#[test]
fn what_holds_where_a_relay_says_nothing_is_shown() {
    let file = "[mail]\nfrom_address = \"reports@acme.example\"\n[[mail.relay]]\nurl = \"smtp://smtp.acme.example\"\n\
                data_timeout = \"3m\"\n[[mail.relay]]\nurl = \"file:out\"\n";
    let (survey, shown) = read(file, &[]);
    assert!(survey.settings.is_some(), "{shown}");
    let of = |path: &str| survey.values.iter().find(|value| value.path == path).map(|value| value.shown.as_str());
    for (key, usual) in [
        ("1.id", "\"smtp.acme.example\""),
        ("1.encryption", "\"starttls\""),
        ("1.per_second", "20"),
        ("1.connections", "8"),
        ("1.connect_timeout", "\"30s\""),
        ("1.command_timeout", "\"2m\""),
        ("1.data_timeout", "\"3m\""),
        ("1.body_timeout", "\"4m\""),
        ("2.opened", "false"),
    ] {
        assert_eq!(of(&format!("mail.relay.{key}")), Some(usual), "{key}");
    }
    assert_eq!(of("mail.relay.2.body_timeout"), None, "a folder has no such thing");
}

#[test]
fn a_public_address_without_encryption_is_warned_of() {
    for (url, warned, is_trial) in [
        ("http://reports.acme.example", true, false),
        ("http://10.0.0.7:8080", true, false),
        ("http://localhost:8080", false, true),
        ("http://127.0.0.1:8080", false, true),
        ("http://[::1]:8080", false, true),
        ("https://reports.acme.example", false, false),
    ] {
        let (survey, shown) = read(&format!("public_url = \"{url}\"\n"), &[]);
        assert!(survey.settings.is_some(), "{shown}");
        assert_eq!(shown.contains("without https no mail gets a link"), warned, "{url}: {shown}");
        assert_eq!(shown.contains("can be read on the way"), warned, "{url}: {shown}");
        assert_eq!(shown.contains("lead to this machine alone"), is_trial, "{url}: {shown}");
        let doubts = survey.settings.map(|settings| settings.doubts().join("\n")).unwrap_or_default();
        assert_eq!(doubts.contains("https address of your proxy"), warned, "{url}: {doubts}");
        assert!(doubts.contains("no relay is configured"), "{doubts}");
    }
}

#[test]
fn a_password_that_isn_t_there_stops_only_who_sends() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("callbrief.toml");
    let with = |password: &str| {
        let text = format!(
            "[mail]\nfrom_address = \"reports@acme.example\"\n[[mail.relay]]\nurl = \"smtp://u@smtp.acme.example\"\n\
             password = {password}\n"
        );
        fs::write(&path, text).expect("the file is written");
        [Purpose::Sending, Purpose::Anything].map(|purpose| {
            survey(Inputs { file: Some(&path), database: None, environment: &[], purpose }).settings.is_some()
        })
    };
    assert_eq!(with("{ env = \"NOT_THERE\" }"), [false, true]);
    assert_eq!(with("{ file = \"/not/there\" }"), [false, true]);
    assert_eq!(with("{ env = \"A\", file = \"/b\" }"), [false, false], "what is written wrongly is wrong for all");
    assert_eq!(with("\"in the open\""), [false, false]);
}

#[test]
fn the_manual_names_every_key() {
    for key in KEYS {
        let name = key.path.rsplit('.').next().unwrap_or_default();
        assert!(DEFAULTS.contains(&format!("\n{name} = ")) || DEFAULTS.contains(&format!("\n# {name} = ")), "{name}");
    }
    for key in super::super::keys::RELAY_KEYS {
        assert!(DEFAULTS.contains(&format!("\n# {} = ", key.path)), "{}", key.path);
    }
}

#[test]
fn the_examples_in_the_manual_are_good() {
    let secrets = [
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
    let example = |line: &str| {
        let line = line.strip_prefix("# ").unwrap_or(line);
        (line.contains(" = ") && !line.contains("ca_file") && !line.starts_with("CALLBRIEF"))
            || line == "[[mail.relay]]"
            || line.starts_with('[')
    };
    let text: Vec<&str> = DEFAULTS
        .lines()
        .filter(|line| {
            example(line) && line.chars().nth(2).is_some_and(|c| c.is_lowercase() || c == '[' || !line.starts_with('#'))
        })
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .collect();
    let text = text.join("\n").replace(NO_SENDER, "acme.example");
    let (survey, shown) = read(&text, &secrets);
    let settings = survey.settings.as_ref().unwrap_or_else(|| panic!("{text}\n{shown}"));
    let names: Vec<&str> = settings.channels.iter().map(|channel| channel.name.as_str()).collect();
    assert_eq!(names, ["crm", "ops-room", "room-of-a-trial", "service-desk", "texts", "texts-backup"]);
    assert!(settings.channels.iter().all(|channel| channel.service.is_some()), "{:?}", settings.channels);
    assert_eq!(settings.money_sources.len(), 1);
    assert!(!format!("{survey:?}").contains("geheim") && !format!("{survey:?}").contains("MfKQ9r8"));
}

#[test]
fn what_is_wrong_with_what_comes_back_is_shown_at_once_and_secrets_never() {
    let file = r#"
[mail]
bounce_domain = "not a domain"

[mail.events]
mailgun_key = "in the open"
postmark_login = { env = "SHORT" }
postmark_path = { env = "ODD" }
ses_topics = ["arn:aws:sns:eu-west-1:1:x", "mails"]
sendgrid_key = "x"
"#;
    let secrets = [("SHORT", "postmark:geheim"), ("ODD", "geheim/geheim/geheim/geheim")];
    let (survey, shown) = read(file, &secrets);
    assert!(survey.settings.is_none());
    for said in [
        "write a domain, such as `bounces.acme.example`",
        "`mail.events.mailgun_key` is a secret",
        "write name:password",
        "it ends a web address",
        "write a topic as",
        "sendgrid_key",
    ] {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    assert!(!shown.contains("geheim"), "{shown}");
}

#[test]
fn what_is_wrong_with_channels_is_shown_at_once_and_secrets_never() {
    let file = r#"
[channels.Ops]
kind = "slack"
url = "https://hooks.slack.com/services/geheim"

[channels.room]
kind = "slack"
url = "https://hooks.slack.com/services/geheim"

[channels.desk]
kind = "team"

[channels.crm]
kind = "webhook"
url = "https://user:geheim@crm.acme.example/"
keys = [{ env = "BAD_KEY" }]
retries = 3

[channels.texts]
kind = "sms"
provider = "http"
url = "https://{to}.acme.example/"
body = "{number}"

[channels.both]
kind = "teams"
url = "https://prod-1.logic.azure.com/geheim"
folder = "outbox"
max_parts = 2

[net]
allow = ["10.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0"]
"#;
    let (survey, shown) = read(file, &[("BAD_KEY", "whsec_geheim")]);
    assert!(survey.settings.is_none());
    for part in [
        "`Ops` can't be a channel",
        "`channels.room.url` is a secret and doesn't belong in a file of settings",
        "did you mean `teams`?",
        "holds no user name or password",
        "a key is `whsec_` and bytes in base 64",
        "`retries` isn't a key of channels.crm",
        "the host isn't filled in",
        "`{number}` isn't filled in",
        "`10.0.0.0/8`, not `10.1.2.3/8`",
        "this would except everything",
        "`url` and `folder` don't go together",
        "`max_parts` isn't a key of channels.both",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert!(!shown.contains("geheim") && !format!("{:?}", survey.values).contains("geheim"), "{shown}");
    let (survey, shown) = read("[net]\nreply_timeout = \"10m\"\n", &[]);
    assert!(survey.settings.is_none() && shown.contains("`work.lease` must be longer than `net.connect_timeout`"));
}

#[test]
fn any_channel_may_be_a_folder() {
    for kind in ["slack", "teams", "webhook", "sms"] {
        let more = if kind == "sms" { "max_parts = 2\n" } else { "opened = true\n" };
        let (survey, shown) = read(&format!("[channels.room]\nkind = \"{kind}\"\nfolder = \"rooms\"\n{more}"), &[]);
        let settings = survey.settings.unwrap_or_else(|| panic!("{shown}"));
        let Some(Service::Folder(outbox)) = &settings.channels[0].service else { panic!("{settings:?}") };
        assert_eq!((outbox.folder.to_str(), outbox.opened), (Some("rooms"), kind != "sms"));
        assert_eq!(outbox.most_parts, if kind == "sms" { 2 } else { 3 });
        assert!(settings.channels[0].per_second > 100.0, "a file waits for no service");
    }
}

#[test]
fn the_environment_goes_over_the_file_and_the_file_over_the_defaults() {
    let file = "database_url = \"sqlite://file.db\"\n[work]\nlease = \"20m\"\npoll = \"9s\"\n";
    let variables = [
        ("CALLBRIEF_WORK_POLL", "3s"),
        ("CALLBRIEF_OPERATIONS_EMAIL", "a@acme.example, b@acme.example"),
        ("CALLBRIEF_MAIL_FROM_ADDRESS", "reports@acme.example"),
        ("CALLBRIEF_MAIL_RELAY_1_URL", "smtp://u:hidden-word@smtp.acme.example"),
        ("CALLBRIEF_MAIL_RELAY_1_PER_SECOND", "2.5"),
        ("UNRELATED", "x"),
    ];
    let (survey, shown) = read(file, &variables);
    let settings = survey.settings.as_ref().unwrap_or_else(|| panic!("{shown}"));
    assert_eq!(settings.work.poll.as_secs(), 3);
    assert_eq!(settings.work.lease.as_secs(), 1_200);
    assert_eq!(settings.operations.email.len(), 2);
    assert_eq!((settings.mail.relays[0].id.as_str(), settings.mail.relays[0].per_second), ("smtp.acme.example", 2.5));
    let Transport::Smtp(smtp) = &settings.mail.relays[0].transport else { panic!("smtp") };
    assert_eq!(smtp.password.as_ref().map(Secret::reveal), Some("hidden-word"));
    assert_eq!(smtp.encryption, super::super::settings::Encryption::Starttls);
    assert_eq!(origin_of(&survey, "work.poll"), "CALLBRIEF_WORK_POLL");
    assert_eq!(origin_of(&survey, "work.lease"), "callbrief.toml:3");
    assert_eq!(origin_of(&survey, "work.shutdown"), "default");
    assert!(!format!("{survey:?}").contains("hidden-word"));
}

#[test]
fn everything_wrong_is_shown_at_once_and_secrets_never() {
    let file = r#"
databse_url = "sqlite://x.db"
secret_key = "geheim-geheim"

[mail]
from_address = "reports"
[[mail.relay]]
url = "smtp://u:geheim@smtp.acme.example"
[[mail.relay]]
url = "smtps://smtp.acme.example"
encryption = "plain"
password = { env = "NOT_THERE" }
retries = 3

[work]
lease = 5
"#;
    let variables = [
        ("CALLBRIEF_LOG_FORMT", "json"),
        ("CALLBRIEF_WORK_BATCH_ROWS", "many"),
        ("CALLBRIEF_SECRET_KEY_FILE", "/not/there"),
    ];
    let (survey, shown) = read(file, &variables);
    assert!(survey.settings.is_none());
    assert!(!shown.contains("geheim"), "{shown}");
    insta::assert_snapshot!(shown, @r###"
    error: `databse_url` isn't a key of this file
     --> callbrief.toml:2:1
      |
    2 | databse_url = "sqlite://x.db"
      | ^^^^^^^^^^^
      |
      = help: did you mean `database_url`?

    error: `mail.from_address`: a mail address has one `@` with a name before it and a domain after it
     --> callbrief.toml:6:16
      |
    6 | from_address = "reports"
      |                ^^^^^^^^^

    error: `mail.relay.url` holds a password, which doesn't belong in a file of settings
    --> callbrief.toml:8
     = help: take it out of the url and write `password = { env = "NAME" }`

    error: `mail.relay.encryption`: `smtps:` is TLS from the first byte; write `smtp:` for anything else
      --> callbrief.toml:11:14
       |
    11 | encryption = "plain"
       |              ^^^^^^^

    error: `mail.relay.password.env`: the environment holds no NOT_THERE
      --> callbrief.toml:12:20
       |
    12 | password = { env = "NOT_THERE" }
       |                    ^^^^^^^^^^^

    error: `retries` isn't a key of mail.relay
      --> callbrief.toml:13:1
       |
    13 | retries = 3
       | ^^^^^^^
       |
       = help: known here: body_timeout, ca_file, command_timeout, connect_timeout, connections, data_timeout, encryption, hello_name, id, opened, password, per_second, url, username

    error: `work.lease` must be a span of time in quotes, such as "90m", "3h" or "2d", and this is a whole number
      --> callbrief.toml:16:9
       |
    16 | lease = 5
       |         ^

    error: `secret_key`: the file /not/there can't be read: No such file or directory (os error 2)
     --> environment:1:27
      |
    1 | CALLBRIEF_SECRET_KEY_FILE=/not/there
      |                           ^^^^^^^^^^

    error: `work.batch_rows` must be a whole number, and this is a text
     --> environment:1:27
      |
    1 | CALLBRIEF_WORK_BATCH_ROWS=many
      |                           ^^^^

    error: CALLBRIEF_LOG_FORMT in the environment names no setting
     |
     = help: did you mean CALLBRIEF_LOG_FORMAT?

    10 problems; nothing was done
    "###);
}

#[test]
fn a_secret_comes_from_a_file_without_its_last_line_break() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("url");
    fs::write(&path, "postgres://callbrief:geheim@db/callbrief\n").expect("written");
    let (survey, shown) = read("", &[("CALLBRIEF_DATABASE_URL_FILE", &path.display().to_string())]);
    let settings = survey.settings.unwrap_or_else(|| panic!("{shown}"));
    assert_eq!(settings.database_url.reveal(), "postgres://callbrief:geheim@db/callbrief");
    assert_eq!(without_password("postgres://c:geheim@db/c"), "postgres://c:…@db/c");
    let (open, shown) = read("database_url = \"postgres://c:geheim@db/c\"", &[]);
    assert!(open.settings.is_some() && shown.contains("`database_url` holds a password"), "{shown}");
    assert!(!shown.contains("geheim") && !format!("{:?}", open.values).contains("geheim"));
}

#[test]
fn a_money_source_keeps_its_secret_and_says_what_is_wrong() {
    let good = "[money_sources.billing]\nurl = { env = \"BILLING\" }\nbalances = \"select 1\"\n";
    let (survey, shown) = read(good, &[("BILLING", "postgres://reader:hunter2@db/billing")]);
    let settings = survey.settings.unwrap_or_else(|| panic!("{shown}"));
    let source = &settings.money_sources[0];
    assert_eq!((source.every.as_secs(), source.timeout.as_secs(), source.zone.as_str()), (900, 30, "UTC"));
    assert!(!format!("{:?} {:?}", survey.values, settings.money_sources).contains("hunter2"));
    for (lines, told) in [
        ("url = \"postgres://reader:hunter2@db/billing\"\nbalances = \"select 1\"", "is a secret"),
        ("url = { env = \"BILLING\" }", "balances"),
        ("url = { env = \"ORACLE\" }\nbalances = \"select 1\"", "begins with postgres:"),
        ("url = { env = \"BILLING\" }\nbalances = \"update x set y = 1\"", "begins with `update`"),
        ("url = { env = \"BILLING\" }\nbalances = { file = \"nowhere.sql\" }", "can't be read"),
        ("url = { env = \"BILLING\" }\nbalances = \"select 1\"\nevery = \"5s\"", "between 1m and 1d"),
        ("url = { env = \"BILLING\" }\nbalances = \"select 1\"\nzone = \"Europe/Kiew\"", "Europe/Kiew"),
        ("url = { env = \"BILLING\" }\nbalances = \"select 1\"\ntls = \"some\"", "verify"),
        ("url = { env = \"BILLING\" }\nbalances = \"select 1\"\nevry = \"15m\"", "every"),
    ] {
        let variables = [("BILLING", "mysql://reader:hunter2@db/billing"), ("ORACLE", "oracle://hunter2@db")];
        let (survey, shown) = read(&format!("[money_sources.billing]\n{lines}\n"), &variables);
        assert!(survey.settings.is_none() && shown.contains(told), "{lines}: {shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    let (_, shown) = read("[money_sources.b]\nurl = { env = \"BILLING\" }\n", &[("BILLING", "mysql://db/billing")]);
    let told = "`money_sources.b` asks nothing: name at least one of `balances`, `entries` and `standings`";
    assert!(shown.contains(told) && !shown.contains("is missing"), "{shown}");
    let (_, shown) = read("[money_sources.\"My DB\"]\nurl = { env = \"BILLING\" }\n", &[]);
    assert!(shown.contains("can't name a source"), "{shown}");
}
