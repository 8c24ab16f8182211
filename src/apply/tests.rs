use super::*;

const FILE: &str = "setup.toml";

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).expect("valid")
}

/// What this text would change where nothing stands yet: the warnings and the difference, or all that is wrong.
fn shown(text: &str, has_operations: bool) -> String {
    let now = at("2026-11-16T06:00:00Z");
    let inputs = [Input::toml(FILE, text)];
    let request = Request { dry_run: true, has_operations, ..Request::new(&inputs, FILE, "test", now) };
    let problems = Problems::default();
    let setup = setup::read_all(&inputs, &problems, |_| {});
    let mut shown = String::new();
    let show = |plan: &Plan, warnings: &Problems| shown = warnings.render(false) + &plan.render(false);
    match plan(setup, &Standing::default(), &Zones::bundled(), &request, problems, show) {
        Ok(_) => shown,
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_file_that_is_no_toml_is_told_so_with_its_line_and_nothing_else() {
    let said = shown("version = 1\nhello world\n", false);
    assert!(said.contains("setup.toml:2:") && said.contains("2 | hello world"), "{said}");
    assert!(said.ends_with("1 problem; nothing was done\n"), "{said}");
    let said = shown("hello\n", false);
    assert!(said.contains("setup.toml:1:") && !said.contains("is missing"), "{said}");
}

#[test]
fn a_wrong_id_hides_nothing_else_and_a_preset_s_name_is_warned_of() {
    let text = "version = 1\n[[project]]\nid = \"Ac me\"\nname = \"Acme\"\nzone = \"Europe/Kyv\"\ncurrency = \"usd\"\n\
                [[report]]\nid = \"summary\"\nsections = [\"totals\"]\n\
                [[schedule]]\nid = \"x\"\nevery = \"wek\"\nat = \"25:00\"\n";
    let said = shown(text, false);
    for wrong in [
        "`project.id`: an id has",
        "unknown time zone `Europe/Kyv`",
        "`usd` isn't a currency",
        "`project` is missing in `schedule`",
        "`25:00` is not a time of day",
        "`wek` is not one of",
        "`summary` takes the place of the preset",
    ] {
        assert!(said.contains(wrong), "{wrong}\n{said}");
    }
    assert!(!said.contains("unread-entry"), "{said}");
}

#[test]
fn everything_wrong_with_a_file_is_shown_at_once() {
    let text = r#"version = 1

[[project]]
id = "acme"
name = "Acme"
zone = "Europe/Kyv"
locale = "english language"
currency = "eur"
allowed_domain = ["acme.example"]

[[contact]]
id = "olena"
name = "Olena"
addresses = { email = ["olena@acme"], fax = ["1"] }
roles = { acme = ["boss"], acmee = ["owner"] }

[[contact]]
id = "olena"
name = "Another"

[[report]]
id = "short"
sections = ["headlin", "totals"]
filters = { direction = ["inward"] }
options = { max_rows = "many" }

[[schedule]]
id = "weekly"
project = "acme"
report = "sumary"
recipients = ["olna", "boss@other.example"]
every = "week"
on = ["mun", "tue"]
at = "25:00"
catch_up = "newest"
max_late = "3 hours"
ends = 2026-13-01
starts = "soon"

[[schedule]]
id = "never"
project = "acme"
report = "summary"
recipients = []
cron = "0 6 31 2 *"
"#;
    insta::assert_snapshot!(shown(text, false), @r###"
    error: unknown time zone `Europe/Kyv`: did you mean `Europe/Kyiv`?
     --> setup.toml:6:8
      |
    6 | zone = "Europe/Kyv"
      |        ^^^^^^^^^^^^

    error: `english language` isn't a language tag (BCP 47)
     --> setup.toml:7:10
      |
    7 | locale = "english language"
      |          ^^^^^^^^^^^^^^^^^^
      |
      = help: write one of `en`, `uk`, `nl`, `de`, `pl` or `es`, with a country if you like: `en-GB`

    error: `eur` isn't a currency
     --> setup.toml:8:12
      |
    8 | currency = "eur"
      |            ^^^^^
      |
      = help: write `EUR`

    error: `allowed_domain` isn't a key of project
     --> setup.toml:9:1
      |
    9 | allowed_domain = ["acme.example"]
      | ^^^^^^^^^^^^^^
      |
      = help: did you mean `allowed_domains`?

    error: `contact.addresses.email`: the domain of a mail address has at least one dot, and labels of letters, digits and hyphens
      --> setup.toml:14:24
       |
    14 | addresses = { email = ["olena@acme"], fax = ["1"] }
       |                        ^^^^^^^^^^^^

    error: `fax` isn't a key of contact.addresses
      --> setup.toml:14:39
       |
    14 | addresses = { email = ["olena@acme"], fax = ["1"] }
       |                                       ^^^
       |
       = help: known here: email, slack, sms, teams, webhook

    error: `contact.roles.acme` is `owner`, `manager`, `finance`, `ops`, `support`, `agent` or `viewer`; `boss` isn't one
      --> setup.toml:15:19
       |
    15 | roles = { acme = ["boss"], acmee = ["owner"] }
       |                   ^^^^^^

    error: there is no project `acmee`
      --> setup.toml:15:28
       |
    15 | roles = { acme = ["boss"], acmee = ["owner"] }
       |                            ^^^^^
       |
       = help: did you mean `acme`?

    error: there are two `[[contact]]` with the id `olena`; the first is in line 11
      --> setup.toml:18:6
       |
    18 | id = "olena"
       |      ^^^^^^^

    error: `report.sections` is `headline`, `totals`, `to_call_back`, `missed_reasons`, `agents`, `sources`, `by_day`, `by_hour` or `call_list`; `headlin` isn't one
      --> setup.toml:23:13
       |
    23 | sections = ["headlin", "totals"]
       |             ^^^^^^^^^
       |
       = help: did you mean `headline`?

    error: `report.filters.direction` is `inbound`, `outbound`, `callback`, `internal`, `transit` or `unknown`; `inward` isn't one
      --> setup.toml:24:26
       |
    24 | filters = { direction = ["inward"] }
       |                          ^^^^^^^^

    error: `report.options.max_rows` must be a whole number, and this is a text
      --> setup.toml:25:24
       |
    25 | options = { max_rows = "many" }
       |                        ^^^^^^

    error: there is no report `sumary`
      --> setup.toml:30:10
       |
    30 | report = "sumary"
       |          ^^^^^^^^
       |
       = help: did you mean `summary`?

    error: there is no contact `olna`
      --> setup.toml:31:15
       |
    31 | recipients = ["olna", "boss@other.example"]
       |               ^^^^^^
       |
       = help: did you mean `olena`?

    error: `boss@other.example` may not receive reports of `acme`: other.example isn't one of its allowed_domains
      --> setup.toml:31:23
       |
    31 | recipients = ["olna", "boss@other.example"]
       |                       ^^^^^^^^^^^^^^^^^^^^
       |
       = help: it allows none; make this person a contact, or allow the domain

    error: `on`: `mun` is not a day of the week: mon, tue, wed, thu, fri, sat, sun
      --> setup.toml:33:7
       |
    33 | on = ["mun", "tue"]
       |       ^^^^^

    error: `at`: `25:00` is not a time of day: HH:MM from 00:00 to 23:59
      --> setup.toml:34:6
       |
    34 | at = "25:00"
       |      ^^^^^^^

    error: `schedule.catch_up` is `latest`, `all` or `skip`; `newest` isn't one
      --> setup.toml:35:12
       |
    35 | catch_up = "newest"
       |            ^^^^^^^^

    error: `schedule.max_late`: a span of time is a whole number and a unit (ms, s, m, h, d, w), such as `90m`, `3h`, `2d` or `1h30m`
      --> setup.toml:36:12
       |
    36 | max_late = "3 hours"
       |            ^^^^^^^^^

    error: this isn't TOML: invalid date, expected month between 01 and 12
      --> setup.toml:37:8
       |
    37 | ends = 2026-13-01
       |        ^^^^^^^^^^

    error: `schedule.starts`: `soon` isn't a day or a moment, such as `2026-06-01` or `2026-06-01T08:00:00Z`
      --> setup.toml:38:10
       |
    38 | starts = "soon"
       |          ^^^^^^

    error: `schedule.recipients`: nobody would receive this; `paused = true` makes a schedule rest
      --> setup.toml:44:14
       |
    44 | recipients = []
       |              ^^

    error: the schedule `never` never fires: no year has such a day
      --> setup.toml:45:8
       |
    45 | cron = "0 6 31 2 *"
       |        ^^^^^^^^^^^^

    warning: the project `acme` has no owner: nobody hears when something of it fails
     --> setup.toml:3:1
      |
    3 | [[project]]
      | ^^^^^^^^^^^
      |
      = help: give a contact the role `owner`, or set `[operations] email` in the settings

    23 problems; nothing was done
    "###);
}

#[test]
fn a_difference_is_shown_field_by_field() {
    let text = r#"version = 1

[[project]]
id = "acme"
name = "Acme"
zone = "Europe/Kiev"
locale = "fr-FR"
currency = "UAH"

[[contact]]
id = "olena"
name = "Olena"
active = false
addresses = { email = ["Olena@ACME.example"], sms = ["+380 44 123-45-67"] }
roles = { acme = ["manager"] }

[[schedule]]
id = "daily"
project = "acme"
report = "summary"
recipients = ["olena"]
every = "day"
at = 08:00:00
starts = 2026-12-01
max_late = "90m"
send = "if-calls"
"#;
    insta::assert_snapshot!(shown(text, false), @r###"
    warning: the project `acme` has no owner: nobody hears when something of it fails
     --> setup.toml:3:1
      |
    3 | [[project]]
      | ^^^^^^^^^^^
      |
      = help: give a contact the role `owner`, or set `[operations] email` in the settings

    warning: there are no words for `fr-FR` yet; what is sent will be in `en`
     --> setup.toml:7:10
      |
    7 | locale = "fr-FR"
      |          ^^^^^^^
      |
      = help: there are words for en, uk, nl, de, pl, es

    warning: `olena` will receive nothing of this: the contact isn't active
      --> setup.toml:21:15
       |
    21 | recipients = ["olena"]
       |               ^^^^^^^

    + project acme
        name            Acme
        zone            Europe/Kyiv
        locale          fr-FR
        currency        UAH
    + contact olena
        name            Olena
        active          no
        addresses       email: Olena@acme.example; sms: +380441234567
        roles           acme: manager
    + schedule daily
        project         acme
        report          summary
        recipients      olena
        rule            every day at 08:00
        zone            Europe/Kyiv (its project's)
        starts          2026-12-01T00:00:00+02:00
        max_late        1h30m
        send            if-calls
        formats         pdf

    3 to add, 0 to change, 0 to retire
    "###);
    assert!(!shown(text, true).contains("no owner"));
}

#[test]
fn channels_that_lead_nowhere_are_told_and_those_chosen_are_shown() {
    let text = |contact: &str| {
        format!(
            "version = 1\n[[project]]\nid = \"acme\"\nname = \"Acme\"\nzone = \"UTC\"\ncurrency = \"EUR\"\n\
             [[contact]]\nid = \"eva\"\nname = \"Eva\"\nroles = {{ acme = [\"owner\"] }}\n{contact}\n"
        )
    };
    let told = shown(
        &text(
            "addresses = { email = \"eva@x.example\", sms = \"+380441234567\", slack = \"ops-room\" }\n\
             alerts = { warnings = [\"email\", \"teams\"], critical = \"sms\" }",
        ),
        true,
    );
    for said in [
        "`eva` hears of warnings by teams, and has no address of teams",
        "`eva` has slack `ops-room` among its addresses, and the settings have no such channel",
        "begin it by [channels.ops-room] with kind = \"slack\"",
        "nothing can be sent to +380441234567 of `eva`: the settings have no channel of kind `sms`",
        "nobody confirmed that +380441234567 is a number of `eva`",
        "    alerts          email, teams; critical: sms\n",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    let silent = shown(&text("addresses = { email = \"eva@x.example\" }"), true);
    assert!(!silent.contains("warning") && !silent.contains("alerts"), "{silent}");
    let nothing = shown(&text(""), true);
    assert!(nothing.contains("`eva` hears of warnings by email, and has no address of email"), "{nothing}");
    let slack = "addresses = { slack = \"ops-room\" }\nalerts = [\"slack\"]";
    for (role, is_owner) in [("ops", false), ("finance", false), ("owner", true)] {
        let told = shown(&text(slack).replace("\"owner\"", &format!("\"{role}\"")), true);
        assert!(!told.contains("hears of warnings by"), "{role}: {told}");
        assert_eq!(told.contains("`eva` is an owner who hears of failed reports by email"), is_owner, "{told}");
    }
    let both = slack.replace("[\"slack\"]", "{ warnings = \"slack\", owner = \"slack\" }");
    let told = shown(&text(&both), true);
    assert!(!told.contains("hears of"), "{told}");
}

#[test]
fn a_currency_that_balances_do_not_share_and_rules_that_judge_nothing_are_told() {
    use crate::domain::balance::Balance;
    use crate::domain::ids::{BalanceName, ProjectId, ProjectKey};
    use crate::store::balances::StoredBalance;
    let balance = |name: &str| StoredBalance {
        key: ProjectKey(1),
        project: ProjectId::parse("acme").expect("an id"),
        balance: Balance {
            name: BalanceName::parse(name).expect("a name"),
            currency: "EUR".into(),
            amount: Default::default(),
            credit_limit: Default::default(),
            as_of: at("2026-11-16T06:00:00Z"),
            auto_topup: None,
            below_since: None,
        },
    };
    let read = |currency: &str, rules: &str, standing: &Standing| {
        let text = format!(
            "version = 1\n[[project]]\nid = \"acme\"\nname = \"Acme\"\nzone = \"UTC\"\ncurrency = \"{currency}\"\n{rules}"
        );
        let inputs = [Input::toml(FILE, &text)];
        let request = Request::new(&inputs, FILE, "test", at("2026-11-16T06:00:00Z"));
        let problems = Problems::default();
        let setup = setup::read_all(&inputs, &problems, |_| {});
        let wanted = check::check(setup, standing, &Zones::bundled(), &request, &problems);
        (problems.render(false), wanted.projects)
    };
    let nothing = Standing::default();
    let (said, mut projects) = read("EUR", "[project.balances.forwardng]\nlow = \"5\"\n", &nothing);
    assert_eq!(said, "", "nothing is told yet");
    let project = projects.pop().expect("a project");
    let standing =
        Standing { projects: vec![(project, None)], balances: vec![balance("forwarding")], ..Standing::default() };
    let (said, _) = read("EUR", "[project.balances.forwardng]\nlow = \"5\"\n", &standing);
    assert!(said.contains("nobody told a balance `forwardng` of `acme`"), "{said}");
    assert!(said.contains("did you mean `forwarding`?") && said.contains("setup.toml:7"), "{said}");
    for rules in ["", "[project.balances.forwarding]\n", "[project.balances.rent]\n"] {
        assert_eq!(read("EUR", rules, &standing).0, "", "{rules}");
    }
    let (said, _) = read("EUR", "[project.balances.forwarding]\nlow = \"5\"\n", &standing);
    assert!(
        said.contains("`forwarding` of `acme` is below 5.00 already (0.00 EUR)") && said.contains("setup.toml:7"),
        "{said}"
    );
    let off = "[project.balances.forwarding]\nswitches_off = { en = \"no calls\", fr = \"rien\" }\n";
    let (said, _) = read("EUR", off, &standing);
    assert!(said.contains("nothing is sent in `fr`") && said.contains("setup.toml:8"), "{said}");
    let (said, _) = read("USD", "", &standing);
    assert!(said.contains("`acme` counts in USD from now on"), "{said}");
    assert!(said.contains("forwarding (EUR)") && said.contains("setup.toml:6"), "{said}");
}

#[test]
fn a_project_without_a_locale_is_english() {
    let text = "version = 1\n[[project]]\nid = \"acme\"\nname = \"Acme\"\nzone = \"UTC\"\ncurrency = \"EUR\"\n";
    let plan = shown(text, true);
    let line = plan.lines().find(|line| line.trim_start().starts_with("locale")).expect("its locale");
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["locale", "en"], "{plan}");
}

#[test]
fn sections_that_several_projects_show_in_tables_only_are_told_where_no_table_is_attached() {
    let text = |projects: &str, report: &str, formats: &str| {
        let project = |id: &str| {
            format!(
                "[[project]]\nid = \"{id}\"\nname = \"{id}\"\nzone = \"UTC\"\nlocale = \"en\"\ncurrency = \"EUR\"\n"
            )
        };
        format!(
            "version = 1\n{}{}[[report]]\nid = \"short\"\nsections = [\"headline\", \"totals\", \"to_call_back\"]\n\
             [[contact]]\nid = \"eva\"\nname = \"Eva\"\naddresses = {{ email = [\"eva@x.example\"] }}\n\
             roles = {{ acme = [\"owner\"], beta = [\"owner\"] }}\n[[schedule]]\nid = \"s\"\n{projects}\n\
             report = \"{report}\"\nrecipients = [\"eva\"]\nevery = \"day\"\nat = \"08:00\"\nformats = [{formats}]\n",
            project("acme"),
            project("beta"),
        )
    };
    const BOTH: &str = "projects = [\"acme\", \"beta\"]";
    let told = shown(&text(BOTH, "sources", "\"pdf\""), true);
    assert!(told.contains("neither its mail nor its PDF shows sources, by_day of `sources`"), "{told}");
    assert!(told.contains("add `xlsx`, `csv` or `json` to `formats`"), "{told}");
    for (projects, report, formats) in [
        (BOTH, "sources", "\"pdf\", \"xlsx\""),
        (BOTH, "short", "\"pdf\""),
        ("project = \"acme\"", "sources", "\"pdf\""),
    ] {
        let silent = shown(&text(projects, report, formats), true);
        assert!(!silent.contains("neither its mail"), "{silent}");
    }
}

#[test]
fn a_plain_address_needs_its_domain_and_a_contact_needs_a_role() {
    let text = |domains: &str, roles: &str| {
        format!(
            "version = 1\n[[project]]\nid = \"acme\"\nname = \"Acme\"\nzone = \"UTC\"\nlocale = \"en\"\ncurrency = \"EUR\"\n\
             allowed_domains = [{domains}]\n[[contact]]\nid = \"eva\"\nname = \"Eva\"\naddresses = {{ email = [\"eva@x.example\"] }}\n\
             roles = {{ {roles} }}\n[[schedule]]\nid = \"s\"\nproject = \"acme\"\nreport = \"summary\"\n\
             recipients = [\"eva\", \"shop@acme.example\"]\nevery = \"day\"\nat = \"08:00\"\n"
        )
    };
    let refused = shown(&text("", "acme = [\"owner\"]"), true);
    assert!(refused.contains("acme.example isn't one of its allowed_domains"), "{refused}");
    let fine = shown(&text("\"ACME.example\"", "acme = [\"owner\"]"), true);
    assert!(fine.starts_with("+ project acme"), "{fine}");
    for roles in ["", "acme = [\"ops\"]", "acme = [\"agent\"]"] {
        let warned = shown(&text("\"acme.example\"", roles), true);
        assert!(warned.contains("`eva` will receive nothing of this"), "{warned}");
    }
}
