//! Files that say who gets what, applied to real databases.

use callbrief::apply::{ApplyError, Plan, Request};
use callbrief::config::setup::Input;
use callbrief::domain::ids::{ContactId, ProjectId, ScheduleId};
use callbrief::domain::role::Role;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{Engine, World, on_both};

const ACME: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"
allowed_domains = ["acme.example"]

[[contact]]
id = "olena"
name = "Olena Koval"
addresses = { email = ["olena@acme.example", "o.koval@acme.example"], sms = ["+380441234567"] }
roles = { acme = ["owner", "manager"] }

[[contact]]
id = "taras"
name = "Taras"
addresses = { email = ["taras@acme.example"] }
roles = { acme = ["support"] }

[[report]]
id = "short"
sections = ["headline", "totals"]
filters = { direction = ["inbound"] }
options = { max_rows = 5 }

[[schedule]]
id = "weekly"
project = "acme"
report = "short"
recipients = ["olena", "shop@acme.example"]
every = "week"
at = ["08:00", "17:30"]
starts = 2026-11-20
formats = ["pdf", "json"]
numbers = "last-4"
max_late = "3h"
catch_up = "all"
send = "if-calls"

[[schedule]]
id = "daily"
project = "acme"
report = "summary"
recipients = ["taras"]
every = "day"
at = "07:00"
"#;

struct Ask<'a> {
    file: &'a str,
    text: &'a str,
    prune: bool,
    dry_run: bool,
}

async fn ask(world: &World, ask: Ask<'_>) -> Result<Plan, ApplyError> {
    let inputs = [Input::toml(ask.file, ask.text)];
    let request =
        Request { dry_run: ask.dry_run, prune: ask.prune, ..Request::new(&inputs, ask.file, "test", world.now()) };
    callbrief::apply::apply(&world.app.store, &world.app.zones, &request, |_, _| {}).await
}

async fn apply(world: &World, text: &str) -> Plan {
    ask(world, Ask { file: "acme.toml", text, prune: false, dry_run: false }).await.expect("it is applied")
}

async fn schedule(world: &World, id: &str) -> callbrief::domain::schedule::Schedule {
    world.app.store.schedule(&ScheduleId::parse(id).expect("valid")).await.expect("read").expect("it stands")
}

async fn next(world: &World, id: &str) -> String {
    schedule(world, id).await.next_fire_at.map(|at| at.to_string()).unwrap_or_default()
}

on_both! {
    async fn what_was_applied_is_read_back(world: World) {
        assert_eq!(apply(&world, ACME).await.changes.len(), 6);
        let store = &world.app.store;
        let project = store.project(&ProjectId::parse("acme").expect("valid")).await.expect("read").expect("stands");
        assert_eq!((project.zone.as_str(), project.allowed_domains.len()), ("Europe/Kyiv", 1));
        assert_eq!(store.project_by_key(project.key).await.expect("read"), Some(project.clone()));
        let olena = store.contact(&ContactId::parse("olena").expect("valid")).await.expect("read").expect("stands");
        assert_eq!(olena.roles[&project.id], [Role::Owner, Role::Manager]);
        assert_eq!(olena.addresses.values().flatten().count(), 3);
        assert_eq!(store.owners(project.key).await.expect("read"), [olena]);
        assert_eq!(store.contacts_of_project(project.key).await.expect("read").len(), 2);
        assert_eq!(store.report_spec("short").await.expect("read").expect("stands").options.max_rows, 5);
        assert!(store.report_spec("summary").await.expect("read").is_some(), "a preset needs no row");
        let weekly = schedule(&world, "weekly").await;
        assert_eq!(weekly.cadence.to_string(), "every week on mon at 08:00, 17:30");
        assert_eq!((weekly.zone.as_str(), weekly.max_late_sec), ("Europe/Kyiv", Some(10_800)));
        // The first Monday after `starts`, 08:00 in Kyiv.
        assert_eq!(next(&world, "weekly").await, "2026-11-23T06:00:00Z");
        assert_eq!(world.texts("select actor || ' ' || action || ' ' || subject from audit").await, ["test apply acme.toml"]);
    }

    async fn a_file_applied_twice_changes_nothing(world: World) {
        apply(&world, ACME).await;
        let before = world.app.store.stored_schedules().await.expect("read");
        world.advance(std::time::Duration::from_secs(3_600));
        assert!(apply(&world, ACME).await.changes.is_empty());
        assert_eq!(world.app.store.stored_schedules().await.expect("read"), before);
        assert_eq!(world.number("select count(*) from audit").await, 1);
    }

    async fn a_dry_run_and_a_wrong_file_leave_no_trace(world: World) {
        let dry = Ask { file: "acme.toml", text: ACME, prune: false, dry_run: true };
        assert_eq!(ask(&world, dry).await.expect("it is fine").changes.len(), 6);
        let wrong = ACME.replace("recipients = [\"taras\"]", "recipients = [\"taras\", \"boss@other.example\"]");
        let wrong = Ask { file: "acme.toml", text: &wrong, prune: false, dry_run: false };
        assert!(matches!(ask(&world, wrong).await, Err(ApplyError::Problems(_))));
        for table in ["projects", "contacts", "reports", "schedules", "audit"] {
            assert_eq!(world.number(&format!("select count(*) from {table}")).await, 0, "{table}");
        }
    }

    async fn pruning_retires_what_this_file_made_and_nothing_else(world: World) {
        apply(&world, ACME).await;
        let other = "version = 1\n[[contact]]\nid = \"eva\"\nname = \"Eva\"\nroles = { acme = [\"viewer\"] }\n";
        ask(&world, Ask { file: "other.toml", text: other, prune: true, dry_run: false }).await.expect("applied");

        let weekly_at = ACME.find("[[schedule]]").expect("there is one");
        let daily_at = ACME.rfind("[[schedule]]").expect("there is one");
        let without_weekly = format!("{}{}", &ACME[..weekly_at], &ACME[daily_at..]);
        assert!(apply(&world, &without_weekly).await.changes.is_empty(), "without --prune all stays");
        let plan = ask(&world, Ask { file: "acme.toml", text: &without_weekly, prune: true, dry_run: false }).await;
        assert_eq!(plan.expect("applied").render(false), "- schedule weekly\n\n0 to add, 0 to change, 1 to retire\n");
        assert_eq!(world.app.store.schedules().await.expect("read").len(), 1);
        assert_eq!(world.number("select count(*) from schedules where retired_at is not null and next_fire_at is null").await, 1);
        assert_eq!(world.app.store.contacts().await.expect("read").len(), 3, "the other file's contact stays");

        // What another file needs can't go.
        let other = format!("{other}[[schedule]]\nid = \"eva-log\"\nproject = \"acme\"\nreport = \"short\"\nrecipients = [\"eva\"]\nevery = \"day\"\nat = \"09:00\"\n");
        ask(&world, Ask { file: "other.toml", text: &other, prune: false, dry_run: false }).await.expect("applied");
        let report_at = ACME.find("[[report]]").expect("there is one");
        let without_report = format!("{}{}", &ACME[..report_at], &ACME[daily_at..]);
        let refused = ask(&world, Ask { file: "acme.toml", text: &without_report, prune: true, dry_run: false }).await;
        let refused = refused.expect_err("the report is needed").to_string();
        assert!(refused.contains("the report `short` can't be retired: the schedule `eva-log` needs it"), "{refused}");

        // And what comes back counts from now on.
        world.set("2026-11-24T12:00:00Z");
        apply(&world, ACME).await;
        assert_eq!(next(&world, "weekly").await, "2026-11-30T06:00:00Z");
        assert_eq!(schedule(&world, "weekly").await.active_since, world.now());
    }

    async fn a_schedule_follows_its_project_to_another_zone(world: World) {
        apply(&world, ACME).await;
        let other = "version = 1\n[[schedule]]\nid = \"elsewhere\"\nproject = \"acme\"\nreport = \"summary\"\nrecipients = [\"olena\"]\nevery = \"day\"\nat = \"12:00\"\n";
        ask(&world, Ask { file: "other.toml", text: other, prune: false, dry_run: false }).await.expect("applied");
        let fixed = other.replace("elsewhere", "fixed") + "zone = \"Asia/Tokyo\"\n";
        ask(&world, Ask { file: "fixed.toml", text: &fixed, prune: false, dry_run: false }).await.expect("applied");
        assert_eq!(next(&world, "elsewhere").await, "2026-11-16T10:00:00Z");
        let tokyo = next(&world, "fixed").await;
        let moved = apply(&world, &ACME.replace("Europe/Kyiv", "America/New_York")).await;
        assert_eq!(moved.changes.len(), 4, "{}", moved.render(false));
        assert_eq!(next(&world, "elsewhere").await, "2026-11-16T17:00:00Z");
        assert_eq!(schedule(&world, "elsewhere").await.zone, "America/New_York");
        assert_eq!(next(&world, "fixed").await, tokyo);
        let kept = ask(&world, Ask { file: "other.toml", text: other, prune: true, dry_run: false }).await.expect("applied");
        assert!(kept.changes.is_empty(), "it is still kept by its own file");
    }

    async fn an_entry_that_two_files_name_and_a_key_left_out_are_told(world: World) {
        apply(&world, ACME).await;
        let taras = "version = 1\n[[contact]]\nid = \"taras\"\nname = \"Taras\"\naddresses = { email = [\"taras@acme.example\"] }\n\
            roles = { acme = [\"support\"] }\n";
        let taken = ask(&world, Ask { file: "other.toml", text: taras, prune: false, dry_run: false }).await.expect("applied");
        let shown = taken.render(false);
        let told = "! this entry was last set by acme.toml; if that file still names it, each takes it from the other";
        assert!(shown.contains(told) && shown.contains("1 to change"), "{shown}");
        let back = apply(&world, ACME).await.render(false);
        assert!(back.contains("last set by other.toml"), "{back}");
        let shorter = apply(&world, &ACME.replace("catch_up = \"all\"\n", "")).await.render(false);
        assert!(shorter.contains("all → latest (the default)"), "{shorter}");
        assert!(!shorter.contains("last set by"), "{shorter}");
    }

    async fn two_who_apply_at_once_don_t_mix(world: World) {
        let named = |name: &str| ACME.replace("Olena Koval", name);
        let (first, second) = (named("Olena One"), named("Olena Two"));
        let ask_of = |text| ask(&world, Ask { file: "acme.toml", text, prune: true, dry_run: false });
        let (a, b) = tokio::join!(ask_of(&first), ask_of(&second));
        let mut counts = [a.expect("applied").changes.len(), b.expect("applied").changes.len()];
        counts.sort_unstable();
        assert_eq!(counts, [1, 6], "the later one saw what the earlier one made");
        assert_eq!(world.number("select count(*) from audit").await, 2);
    }

    async fn a_next_date_moves_only_for_who_saw_the_row_as_it_is(world: World) {
        apply(&world, ACME).await;
        let stored = world.app.store.stored_schedules().await.expect("read").swap_remove(0);
        let (id, version) = (stored.schedule.id, stored.version);
        let at = world.now();
        for (seen, moved) in [(version, true), (version, false), (version + 1, true)] {
            let mut session = world.app.store.write().await.expect("a connection");
            assert_eq!(session.save_next_fire(&id, seen, Some((at, "2026-11-16T08:00#0"))).await.expect("run"), moved);
            session.commit().await.expect("kept");
        }
        let due = world.app.store.read().await.expect("a session").schedules_due(at, 10).await.expect("read").0;
        assert_eq!(due.iter().map(|stored| stored.schedule.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
    }
}

/// A file with some of a few things in it, in any of many ways.
fn any_file() -> impl Strategy<Value = String> {
    let zone = prop::sample::select(vec!["Europe/Kyiv", "UTC", "America/New_York", "Australia/Lord_Howe"]);
    let rule = prop::sample::select(vec![
        "every = \"day\"\nat = [\"08:00\", \"17:00\"]",
        "every = \"week\"\nat = \"02:30\"",
        "every = \"month\"\non = [31, \"last-business-day\"]\nshort_month = \"skip\"\nat = \"00:00\"",
        "every = \"quarter\"\non = \"2-15\"\nat = \"09:00\"",
        "cron = \"*/30 8-17 * * mon-fri\"",
    ]);
    let extra = prop::sample::select(vec![
        "",
        "paused = true\n",
        "starts = 2026-12-24\n",
        "ends = \"2027-01-01T10:00\"\n",
        "zone = \"Asia/Tokyo\"\n",
        "numbers = \"none\"\nformats = [\"json\"]\n",
        "catch_up = \"skip\"\nmax_late = \"90m\"\n",
    ]);
    let schedule = (rule, extra, any::<bool>());
    let roles = prop::sample::subsequence(vec!["\"owner\"", "\"finance\"", "\"agent\""], 0..=3);
    let directory = prop::sample::select(vec![
        "",
        "[[agent]]\nproject = \"p\"\nname = \"Eva O.\"\nteam = \"Sales\"\nkeys = [201, { key = \"202\", from = 2026-06-01 }]\n",
        "[[agent]]\nproject = \"p\"\nid = \"eva\"\nname = \"Eva\"\nkeys = \"201\"\nto = \"2026-06-01\"\ncontact = \"c\"\n\
         [[agent]]\nproject = \"p\"\nname = \"Олена\"\nkeys = \"201\"\nfrom = 2026-06-01\n",
        "[[number]]\nproject = \"p\"\nnumber = \"+380 44 555 01 01\"\nsource = \"flyer\"\n\
         [[number]]\nproject = \"p\"\nnumber = \"+380445550102\"\nignore = true\n",
    ]);
    let reach = prop::sample::select(vec![
        "",
        "alerts = [\"slack\", \"email\"]\nquiet = \"22:00-07:00\"\n",
        "quiet = { mon-fri = [\"22:00-24:00\", \"00:00-07:00\"], sat = \"21:00-21:00\" }\n",
        "away = { from = \"2026-07-01\", to = \"2026-07-14\", deputy = \"deputy\" }\n",
        "alerts = { critical = \"sms\", owner = [\"slack\"], trial = [\"teams\", \"email\"] }\n",
    ]);
    let schedules = (prop::option::of(schedule.clone()), prop::option::of(schedule));
    (zone, roles, schedules, any::<bool>(), directory, reach).prop_map(
        |(zone, roles, (one, two), with_report, directory, reach)| {
            let mut text = format!(
                "version = 1\n[[project]]\nid = \"p\"\nname = \"P\"\nzone = \"{zone}\"\nlocale = \"en\"\ncurrency = \"EUR\"\n\
                 allowed_domains = [\"b.example\", \"a.example\"]\n[[contact]]\nid = \"c\"\nname = \"C\"\n\
                 addresses = {{ email = [\"z@a.example\", \"y@a.example\"], slack = \"room\", sms = [{{ number = \"+380441234567\", \
                 verified = \"contract\" }}] }}\nroles = {{ p = [{}] }}\n{reach}",
                roles.join(", ")
            );
            text.push_str("[[contact]]\nid = \"deputy\"\nname = \"D\"\nroles = { p = [\"owner\"] }\n");
            text.push_str(directory);
            if with_report {
                text.push_str("[[report]]\nid = \"r\"\nsections = [\"totals\", \"headline\"]\nfilters = { agent = [\"2\", \"1\"] }\n");
            }
            for (id, (rule, extra, plain)) in [("s1", one), ("s2", two)].into_iter().filter_map(|(id, some)| Some((id, some?))) {
                let report = if with_report { "r" } else { "summary" };
                let recipients = if plain { "\"c\", \"x@b.example\"" } else { "\"c\"" };
                text.push_str(&format!(
                    "[[schedule]]\nid = \"{id}\"\nproject = \"p\"\nreport = \"{report}\"\nrecipients = [{recipients}]\n{rule}\n{extra}"
                ));
            }
            text
        },
    )
}

/// One database through many files, one after the other: applying each twice changes nothing the second time.
#[test]
fn any_file_applied_twice_changes_nothing() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let world = runtime.block_on(World::new(Engine::Sqlite));
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    runner
        .run(&any_file(), |text| {
            let twice = runtime.block_on(async {
                let of = |prune| Ask { file: "any.toml", text: &text, prune, dry_run: false };
                ask(&world, of(true)).await.map_err(|error| TestCaseError::fail(error.to_string()))?;
                let before = world.app.store.stored_schedules().await.expect("read");
                world.advance(std::time::Duration::from_secs(977));
                let second = ask(&world, of(true)).await.expect("applied");
                prop_assert_eq!(world.app.store.stored_schedules().await.expect("read"), before);
                Ok(second)
            })?;
            prop_assert_eq!(twice.render(false), Plan::default().render(false));
            Ok(())
        })
        .expect("every file");
}
