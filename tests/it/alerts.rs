//! Warnings before money or service ends: who hears of what, when, and how often.

use std::collections::BTreeMap;
use std::time::Duration;

use callbrief::cli::explain;
use callbrief::domain::balance::{AutoTopup, Entry, EntryKind, Standing, Status, ToldTopup};
use callbrief::domain::contact::EmailAddress;
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::instant::Instant;
use callbrief::domain::money::Amount;
use callbrief::domain::project::Project;
use callbrief::funds;
use callbrief::jobs;
use callbrief::notify::silence;
use callbrief::store::balances::NewBalance;
use callbrief::store::silences::NewSilence;

use crate::support::mail::Mail;
use crate::support::{World, on_both};

const FINANCE: &str = "nadia@acme.example";
const OWNER: &str = "olena@acme.example";
const OPS: &str = "taras@acme.example";

fn setup(low: &str, people: &[&str]) -> String {
    let mut text = format!(
        r#"
version = 1

[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"

[project.brand.links]
pay = "https://acme.example/pay"

[project.balances.forwarding]
{low}
switches_off = "forwarded calls are no longer connected"

[[schedule]]
id = "daily"
project = "acme"
report = "summary"
recipients = ["olena"]
every = "day"
at = "08:00"
"#
    );
    for (id, more) in [("nadia", "finance"), ("olena", "owner"), ("taras", "ops")] {
        if people.contains(&id) {
            text.push_str(&format!(
                "\n[[contact]]\nid = \"{id}\"\nname = \"{id}\"\naddresses = {{ email = [\"{id}@acme.example\"] }}\nroles = {{ acme = [\"{more}\"] }}\n"
            ));
        }
    }
    if !people.contains(&"olena") {
        text.push_str("\n[[contact]]\nid = \"olena\"\nname = \"olena\"\n");
    }
    text
}

/// Everybody, where a payment takes so many working days.
fn with_lead(days: u32) -> String {
    let lead = format!("[project.balances.project]\npayment_lead_days = {days}\n\n[[schedule]]");
    setup("", ALL).replace("[[schedule]]", &lead)
}

const ALL: &[&str] = &["nadia", "olena", "taras"];

fn sum(text: &str) -> Amount {
    Amount::parse(text).expect(text)
}

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).expect(text)
}

async fn acme(world: &World) -> Project {
    let id = ProjectId::parse("acme").expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

fn forwarding() -> BalanceName {
    BalanceName::parse("forwarding").expect("a name")
}

async fn balance(world: &World, amount: &str) {
    let new = NewBalance {
        name: forwarding(),
        currency: "EUR".into(),
        amount: sum(amount),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: world.now(),
    };
    funds::set_balance(&world.app, &acme(world).await, &new, "tester").await.expect("it is taken");
}

async fn entry(world: &World, id: &str, at_: &str, kind: EntryKind, amount: &str, what: &str) {
    let entry = Entry { id: id.into(), at: at(at_), kind, amount: sum(amount), what: what.into() };
    funds::add_entries(&world.app, &acme(world).await, &forwarding(), &[entry], "tester").await.expect("added");
}

async fn standing(world: &World, status: Status, paid_until: Option<&str>) {
    let paid_until = paid_until.map(|day| day.parse().expect("a day"));
    let new = Standing { status, paid_until, as_of: world.now() };
    funds::set_standing(&world.app, &acme(world).await, new, "tester").await.expect("it is taken");
}

/// Ten a day since the fourth of May, up to the day before Monday, the first of June.
async fn history(world: &World) {
    let day = |n| chrono::NaiveDate::from_ymd_opt(2026, 5, 4).expect("a day") + chrono::Days::new(n);
    for n in 0..28 {
        entry(world, &format!("u{n}"), &format!("{}T12:00:00Z", day(n)), EntryKind::Usage, "10", "").await;
    }
}

/// Without the reports.
fn warnings(world: &World) -> Vec<Mail> {
    Mail::all(world).into_iter().filter(|mail| !mail.text.contains("You get this every")).collect()
}

/// How many new warnings each address has got, and forgets them.
struct Outbox(usize);

impl Outbox {
    fn new_to(&mut self, world: &World) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mails = warnings(world);
        for mail in &mails {
            found.entry(mail.to.clone()).or_default().push(mail.subject.clone());
        }
        self.0 = mails.len();
        found
    }
}

/// The subjects of all warnings to an address, sorted.
fn subjects(world: &World, address: &str) -> Vec<String> {
    Outbox(0).new_to(world).remove(address).unwrap_or_default()
}

/// Early, when the day's facts come in, and at nine in Kyiv.
async fn day(world: &World, day: &str) {
    world.set(&format!("{day}T03:00:00Z"));
    world.settle().await;
    world.set(&format!("{day}T06:00:00Z"));
    world.settle().await;
}

on_both! {
    async fn a_balance_that_falls_is_told_once_a_level_to_more_and_more_people(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        history(&world).await;
        let mut counts = Vec::new();
        // A weekend lies between Friday the fifth and Monday the eighth.
        for (n, amount) in ["100", "90", "80", "70", "60", "50", "40", "30", "20", "10", "-5"].into_iter().enumerate() {
            let date = format!("2026-06-{:02}", n + 1);
            world.set(&format!("{date}T03:00:00Z"));
            let before = format!("2026-05-{:02}T12:00:00Z", 31);
            let before = if n == 0 { before } else { format!("2026-06-{n:02}T12:00:00Z") };
            entry(&world, &format!("d{n}"), &before, EntryKind::Usage, if n == 0 { "0" } else { "10" }, "").await;
            balance(&world, amount).await;
            day(&world, &date).await;
            let per = |address| subjects(&world, address).len();
            counts.push((per(FINANCE), per(OWNER), per(OPS)));
        }
        assert_eq!(
            counts,
            [
                (0, 0, 0),
                (1, 0, 0), // a week before the earliest end
                (1, 0, 0),
                (1, 0, 0),
                (2, 1, 0), // Friday speaks for the weekend: three days
                (2, 1, 0),
                (2, 1, 0),
                (2, 1, 0),
                (2, 1, 1), // yesterday was the day to pay by
                (2, 1, 1),
                (3, 2, 2), // nothing is left
            ]
        );
        let mails = warnings(&world);
        let first = mails.iter().find(|mail| mail.subject.starts_with("Pay by")).expect("a warning");
        assert_eq!(first.subject, "Pay by Fri 5 June: forwarding funds of Acme Windows may end on Tue 9 June");
        for ops in mails.iter().filter(|mail| mail.to == OPS) {
            assert!(!ops.text.contains('€') && !ops.subject.contains('€') && !ops.html.contains("acme.example/pay"), "{}", ops.text);
            assert!(ops.text.contains("forwarded calls are no longer connected"), "{}", ops.text);
        }
        assert!(subjects(&world, FINANCE).contains(&"Acme Windows owes €5.00".to_owned()));

        world.settle().await;
        assert_eq!(warnings(&world).len(), 7, "a second look says nothing");
        balance(&world, "300").await;
        world.settle().await;
        assert_eq!(warnings(&world).len(), 10, "all who had heard hear that it is well");
        assert!(subjects(&world, OPS).iter().any(|subject| subject.contains("thank you")), "{:?}", subjects(&world, OPS));
        balance(&world, "299").await;
        world.settle().await;
        assert_eq!(warnings(&world).len(), 10);
        let keys = world.texts("select rule || ' ' || episode || ' ' || level from episode_levels order by told_at, rule").await;
        assert_eq!(keys, ["funds 1 warning", "funds 1 critical", "funds 1 pay_by_passed", "balance_negative 1 empty", "balance_negative 1 recovered"]);
        let raw = world.outbox();
        assert!(raw.iter().all(|raw| !String::from_utf8_lossy(raw).contains("List-Unsubscribe")), "nobody stops it by a click");
    }

    async fn the_paid_period_is_counted_in_working_mornings_until_it_is_paid(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        // A Saturday.
        standing(&world, Status::Active, Some("2026-06-20")).await;
        let mut told = Vec::new();
        let mut seen = 0;
        for n in 1..=30 {
            let date = format!("2026-06-{n:02}");
            day(&world, &date).await;
            let mails = subjects(&world, FINANCE).len();
            if mails > seen {
                told.push(n);
                assert_eq!(mails, seen + 1);
            }
            seen = mails;
        }
        assert_eq!(told, [12, 17, 19, 22, 23, 29], "the working day before until the end, the next one after it");
        let subjects_told = subjects(&world, FINANCE);
        assert!(subjects_told.contains(&"Pay by Thu 18 June: the paid period of Acme Windows ends on Sat 20 June".to_owned()), "{subjects_told:?}");
        assert_eq!(subjects(&world, OWNER).len(), 5);
        assert_eq!(subjects(&world, OPS).len(), 4, "once a payment would come too late");
        world.set("2026-06-30T10:00:00Z");
        standing(&world, Status::Active, Some("2026-07-20")).await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 7, "thank you");
        for n in 1..=12 {
            day(&world, &format!("2026-07-{n:02}")).await;
        }
        assert_eq!(subjects(&world, FINANCE).len(), 7);
        day(&world, "2026-07-13").await;
        assert_eq!(subjects(&world, FINANCE).len(), 8, "the next period");
    }

    async fn the_morning_after_the_day_to_pay_tells_whoever_joins_and_nobody_twice(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&with_lead(2)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        // A Saturday, so the day to pay by is Wednesday the seventeenth.
        standing(&world, Status::Active, Some("2026-06-20")).await;
        let mut counts = Vec::new();
        for n in 11..=19 {
            day(&world, &format!("2026-06-{n:02}")).await;
            let per = |address| subjects(&world, address).len();
            counts.push((per(FINANCE), per(OWNER), per(OPS)));
        }
        let before = [(0, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0)];
        assert_eq!(counts[..6], before);
        assert_eq!(counts[6..], [(2, 1, 0), (2, 1, 1), (3, 2, 2)], "the day to pay by, the day after, the last one");
        let mails = warnings(&world);
        let mail = mails.iter().find(|mail| mail.to == OPS).expect("a mail to ops");
        assert_eq!(mail.subject, "Acme Windows: the paid period ends on Saturday, 20 June");
        let late = "The last day for a payment to arrive in time was Wednesday, 17 June";
        assert!(mail.text.contains(late) && mail.text.contains("Told of this: nadia, olena, taras"), "{}", mail.text);
        assert!(!mail.html.contains("acme.example/pay"), "{}", mail.text);
        let told = "select level from episode_levels order by told_at";
        assert_eq!(world.texts(told).await, ["7_before", "3_before", "pay_by_passed", "last_day"]);
        let explained = explain::by_address(&world.app, OPS, None, None).await.expect("read").expect("known");
        assert!(explained.contains("hears when a payment would come too late"), "{explained}");
        standing(&world, Status::Active, Some("2026-07-20")).await;
        world.settle().await;
        assert!(subjects(&world, OPS).iter().any(|subject| subject.contains("thank you")), "{:?}", subjects(&world, OPS));
    }

    async fn where_a_transfer_takes_long_the_owner_joins_with_ops(world: World) {
        world.set("2026-06-12T03:00:00Z");
        world.apply(&with_lead(5)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Active, Some("2026-06-20")).await;
        day(&world, "2026-06-12").await;
        assert_eq!(warnings(&world).len(), 1, "finance, on the day to pay by");
        for date in ["2026-06-13", "2026-06-14"] {
            day(&world, date).await;
            assert_eq!(warnings(&world).len(), 1, "a weekend tells nobody");
        }
        day(&world, "2026-06-15").await;
        assert_eq!((subjects(&world, FINANCE).len(), subjects(&world, OWNER).len(), subjects(&world, OPS).len()), (1, 1, 1));
        day(&world, "2026-06-16").await;
        assert_eq!(warnings(&world).len(), 3);
    }

    async fn whoever_pays_after_the_day_to_pay_and_before_the_morning_tells_ops_nothing(world: World) {
        world.set("2026-06-12T03:00:00Z");
        world.apply(&with_lead(2)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Active, Some("2026-06-20")).await;
        day(&world, "2026-06-17").await;
        world.set("2026-06-17T21:00:00Z");
        world.settle().await;
        let waits = "select count(*) from notices n join deliveries d on d.notice = n.id where n.dedup_key like '%/pay_by_passed' and d.state = 'queued'";
        assert_eq!(world.number(waits).await, 1, "judged when the day passed, told in the morning");
        standing(&world, Status::Active, Some("2026-07-20")).await;
        day(&world, "2026-06-18").await;
        assert_eq!(subjects(&world, OPS), Vec::<String>::new());
        assert_eq!(world.texts("select reason from deliveries where state = 'cancelled'").await, ["alert_over"]);
    }

    async fn a_silence_over_the_day_to_pay_keeps_that_word_back(world: World) {
        world.set("2026-06-12T03:00:00Z");
        world.apply(&with_lead(2)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Active, Some("2026-06-20")).await;
        day(&world, "2026-06-17").await;
        let quiet = NewSilence {
            project: Some(acme(&world).await.key),
            kind: Some("paid_until"),
            contact: None,
            reason: "the invoice is being paid",
            actor: "tester",
            until: at("2026-06-19T00:00:00Z"),
        };
        silence::begin(&world.app, &quiet, "acme").await.expect("it begins");
        day(&world, "2026-06-18").await;
        assert_eq!(subjects(&world, OPS), Vec::<String>::new());
        assert_eq!(world.texts("select reason from deliveries where state = 'suppressed'").await, ["silenced"]);
    }

    async fn whoever_pays_before_the_morning_hears_nothing(world: World) {
        world.set("2026-06-11T20:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Active, Some("2026-06-19")).await;
        world.settle().await;
        world.set("2026-06-11T22:00:00Z");
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where state = 'queued'").await, 1, "it waits for nine o'clock");
        standing(&world, Status::Active, Some("2026-07-19")).await;
        world.settle().await;
        day(&world, "2026-06-12").await;
        assert!(warnings(&world).is_empty());
        assert_eq!(world.texts("select reason from deliveries where state = 'cancelled'").await, ["alert_over"]);
        assert_eq!(world.texts("select decision from episodes where rule = 'paid_until'").await, ["nobody_knew"]);
    }

    async fn a_paid_day_that_is_taken_back_before_the_morning_warns_nobody(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Active, Some("2026-06-04")).await;
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where state = 'queued'").await, 2);
        world.set("2026-06-01T04:00:00Z");
        standing(&world, Status::Active, None).await;
        world.settle().await;
        assert_eq!(world.texts("select distinct state || ' ' || reason from deliveries").await, ["cancelled alert_over"]);
        day(&world, "2026-06-02").await;
        assert!(warnings(&world).is_empty(), "{:?}", warnings(&world));
    }

    async fn whoever_pays_while_suspended_is_not_thanked_for_what_nobody_was_warned_of(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Suspended, Some("2026-05-30")).await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE), ["Acme Windows is suspended"], "the paid day waits for the morning");
        world.set("2026-06-01T04:00:00Z");
        standing(&world, Status::Active, Some("2026-07-30")).await;
        day(&world, "2026-06-02").await;
        for address in [FINANCE, OWNER] {
            let mut all = subjects(&world, address);
            all.sort();
            assert_eq!(all, ["Acme Windows is suspended", "Acme Windows works again"], "{address}");
        }
        assert!(subjects(&world, OPS).is_empty(), "{:?}", subjects(&world, OPS));
    }

    async fn whoever_goes_on_as_a_trial_is_not_thanked_for_a_payment(world: World) {
        world.set("2026-06-02T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Active, Some("2026-06-04")).await;
        day(&world, "2026-06-02").await;
        assert_eq!(subjects(&world, FINANCE).len(), 1);
        world.set("2026-06-02T10:00:00Z");
        standing(&world, Status::Trial, Some("2026-06-09")).await;
        day(&world, "2026-06-03").await;
        let all = subjects(&world, FINANCE);
        assert!(all.iter().any(|one| one.contains("the trial ends on")), "{all:?}");
        assert!(!all.iter().any(|one| one.contains("thank you")) && all.len() == 2, "{all:?}");
    }

    async fn what_cannot_wait_for_the_morning_goes_at_once_and_says_so(world: World) {
        world.set("2026-06-18T12:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        // Today is the last day on which a payment arrives in time.
        standing(&world, Status::Active, Some("2026-06-20")).await;
        world.settle().await;
        let mails = warnings(&world);
        let mail = Mail::to(&mails, FINANCE);
        assert!(mail.text.contains("This can’t wait for the next working morning"), "{}", mail.text);
    }

    async fn each_hears_it_in_the_morning_of_their_own_zone(world: World) {
        world.set("2026-06-01T03:00:00Z");
        let text = setup("", ALL).replace("id = \"nadia\"\n", "id = \"nadia\"\nlanguage = \"uk\"\nzone = \"America/New_York\"\n");
        world.apply(&text.replace("currency = \"EUR\"\n", "currency = \"EUR\"\nbilling_at = \"10:30\"\n")).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Active, Some("2026-06-04")).await;
        world.settle().await;
        world.set("2026-06-01T07:30:00Z");
        world.settle().await;
        assert_eq!((subjects(&world, OWNER).len(), subjects(&world, FINANCE).len()), (1, 0), "half past ten in Kyiv");
        world.set("2026-06-01T14:29:00Z");
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 0);
        world.set("2026-06-01T14:30:00Z");
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE), ["Сплатіть до 3 червня (ср): оплачений період проєкту Acme Windows закінчується 4 червня (чт)"]);
    }

    async fn a_warning_that_waits_for_the_morning_is_told_as_waiting(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Active, Some("2026-06-04")).await;
        crate::program::settings(&world, 0);
        let run = |now: &str, args: &[&str]| {
            let output = crate::program::command(&world, now, args).output().expect("it runs");
            String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let now = "2026-06-01T03:00:00Z";
        let said = run(now, &["tick"]);
        assert!(said.contains("mails wait for their readers' hours; the first goes out 2026-06-01 06:00 UTC."), "{said}");
        let said = run(now, &["explain", "--to", FINANCE]);
        assert!(said.contains("its message waits until 2026-06-01 09:00") && !said.contains("was told"), "{said}");
        let said = run(now, &["deliveries"]);
        assert!(said.contains("it goes out 2026-06-01 09:00 Europe/Kyiv"), "{said}");
        let listed: serde_json::Value = serde_json::from_str(&run(now, &["deliveries", "--json", "--to", FINANCE])).expect("JSON");
        assert_eq!(listed[0]["not_before"], "2026-06-01T06:00:00Z", "{listed}");
        let (id, reference) = (listed[0]["id"].to_string(), listed[0]["reference"].as_str().expect("a reference"));
        assert_eq!(run(now, &["explain", &id]), run(now, &["explain", reference]), "by its id as by its reference");
        assert!(run(now, &["explain", &id]).contains(reference));
        assert!(run(now, &["explain", "999"]).contains("No mail has the id 999"));
        let later = "2026-06-01T06:00:00Z";
        world.set(later);
        world.settle().await;
        let said = run(later, &["explain", "--to", FINANCE]);
        assert!(said.contains("its message was taken 2026-06-01 09:00") && !said.contains("its message waits"), "{said}");
    }

    async fn an_archived_project_s_schedules_show_no_dates(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        standing(&world, Status::Archived, None).await;
        crate::program::settings(&world, 0);
        let run = |args: &[&str]| {
            let output = crate::program::command(&world, "2026-06-01T03:00:00Z", args).output().expect("it runs");
            String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        for (args, part) in [
            (&["list", "schedules"][..], "(the project is archived)"),
            (&["list", "projects"], "Acme Windows (archived)"),
            (&["next"], "daily the project is archived"),
            (&["next", "daily"], "; the project is archived"),
            (&["explain", "--to", OWNER], "Nothing is due: the project acme is archived."),
        ] {
            let said = run(args);
            assert!(said.contains(part) && !said.contains("2026-06-0"), "{args:?}: {said}");
        }
    }

    async fn everybody_who_was_warned_hears_once_that_all_is_well(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"65\"", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        history(&world).await;
        // Seven days are left: a matter of finance, until the sum falls below the limit.
        balance(&world, "75").await;
        day(&world, "2026-06-01").await;
        assert_eq!((subjects(&world, FINANCE).len(), subjects(&world, OWNER).len()), (1, 0), "{:?}", subjects(&world, FINANCE));
        world.set("2026-06-01T10:00:00Z");
        balance(&world, "64").await;
        world.settle().await;
        assert_eq!((subjects(&world, FINANCE).len(), subjects(&world, OWNER).len()), (2, 1));
        world.set("2026-06-01T12:00:00Z");
        balance(&world, "500").await;
        world.settle().await;
        for (address, told) in [(FINANCE, 3), (OWNER, 2)] {
            let all = subjects(&world, address);
            let thanks = all.iter().filter(|subject| subject.contains("thank you")).count();
            assert_eq!((all.len(), thanks), (told, 1), "{address}: {all:?}");
        }
        assert!(subjects(&world, OPS).is_empty());
    }

    async fn whoever_heard_that_it_is_empty_hears_what_is_left_and_that_all_is_well(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"50\"", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        balance(&world, "-5").await;
        world.settle().await;
        assert_eq!(subjects(&world, OPS), ["Acme Windows: forwarding funds are used up"]);
        world.set("2026-06-01T05:00:00Z");
        balance(&world, "40").await;
        world.settle().await;
        for address in [FINANCE, OWNER, OPS] {
            let all = subjects(&world, address);
            assert_eq!(all.len(), 2, "{address}: {all:?}");
            assert!(!all.iter().any(|subject| subject.contains("thank you")), "{address}: {all:?}");
        }
        world.set("2026-06-01T07:00:00Z");
        balance(&world, "300").await;
        world.settle().await;
        for address in [FINANCE, OWNER, OPS] {
            let all = subjects(&world, address);
            assert!(all.len() == 3 && all.iter().any(|subject| subject.contains("thank you")), "{address}: {all:?}");
        }
    }

    async fn nobody_in_finance_means_the_owner_and_nobody_at_all_operations(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"50\"", &["olena", "taras"])).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        balance(&world, "60").await;
        world.settle().await;
        balance(&world, "40").await;
        world.settle().await;
        assert_eq!(subjects(&world, OWNER), ["Acme Windows: forwarding funds are below €50.00"]);
        assert_eq!(warnings(&world).len(), 1);
        world.execute("delete from contact_roles").await;
        balance(&world, "-1").await;
        world.settle().await;
        let to = warnings(&world).iter().map(|mail| mail.to.clone()).filter(|to| to != OWNER).collect::<Vec<_>>();
        assert_eq!(to, ["operations@test.example"]);
    }

    async fn a_changed_limit_says_nothing_and_a_top_up_arms_it_again(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"50\"", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        balance(&world, "60").await;
        world.settle().await;
        world.apply(&setup("low = \"70\"", ALL)).await;
        world.settle().await;
        balance(&world, "59").await;
        world.settle().await;
        assert!(warnings(&world).is_empty());
        assert_eq!(world.texts("select decision from episodes where rule = 'low_balance'").await, ["told_before"]);
        balance(&world, "200").await;
        world.settle().await;
        assert!(warnings(&world).is_empty(), "nobody had heard of it");
        balance(&world, "65").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 1);
        let nadia = EmailAddress::parse(FINANCE).expect("an address");
        let explained = explain::by_address(&world.app, nadia.as_str(), None, None).await;
        let explained = explained.expect("it is read").expect("it is known");
        assert!(explained.contains("low_balance of forwarding: the level `critical` was told"), "{explained}");
        assert!(explained.contains("Every other rule: nothing to warn of."), "{explained}");
        assert_eq!(world.number("select count(*) from episodes").await, 1, "what always was well is remembered by nobody");
        assert!(explained.contains("hears of all of them as finance"), "{explained}");
    }

    async fn a_fact_that_comes_with_an_edit_is_told(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"65\"", ALL)).await;
        balance(&world, "80").await;
        world.settle().await;
        // Nobody judges in between.
        world.apply(&setup("low = \"70\"", ALL)).await;
        balance(&world, "50").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 1, "it fell below both limits");
        // Nor here: what it fell to was told before the limit was set above it.
        world.set("2026-06-02T03:00:00Z");
        balance(&world, "300").await;
        world.settle().await;
        let before = subjects(&world, FINANCE).len();
        balance(&world, "69").await;
        world.apply(&setup("low = \"80\"", ALL)).await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), before + 1);
    }

    async fn while_a_balance_tops_itself_up_nobody_hears_of_low_funds_until_that_did_not_come(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"98\"", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        history(&world).await;
        let topup = |below: &str, amount: &str| ToldTopup::On(AutoTopup { below: sum(below), amount: sum(amount) });
        let told = async |amount: &str, auto_topup| {
            let new = NewBalance {
                name: forwarding(),
                currency: "EUR".into(),
                amount: sum(amount),
                credit_limit: None,
                auto_topup,
                as_of: world.now(),
            };
            funds::set_balance(&world.app, &acme(&world).await, &new, "tester").await.expect("it is taken");
            world.settle().await;
        };
        told("110", topup("100", "200")).await;
        world.set("2026-06-01T07:00:00Z");
        told("95", ToldTopup::AsItWas).await;
        world.set("2026-06-02T06:59:00Z");
        world.settle().await;
        assert!(warnings(&world).is_empty(), "{:?}", warnings(&world));
        // A day is over, and nobody told a balance since: it may have come.
        world.set("2026-06-02T07:00:01Z");
        world.settle().await;
        assert!(warnings(&world).is_empty(), "{:?}", warnings(&world));
        told("94", ToldTopup::AsItWas).await;
        let mails = warnings(&world);
        let mail = Mail::to(&mails, FINANCE);
        assert_eq!(mail.subject, "Acme Windows: the automatic top-up of €200.00 didn’t come");
        assert!(mail.text.contains("It was due on Mon 1 Jun 10:00 (Kyiv time)."), "{}", mail.text);
        assert_eq!(mails.len(), 1, "one, to finance: {mails:?}");
        world.set("2026-06-02T12:00:00Z");
        entry(&world, "t1", "2026-06-02T11:00:00Z", EntryKind::Topup, "200", "").await;
        told("240", ToldTopup::AsItWas).await;
        assert!(subjects(&world, FINANCE).iter().any(|subject| subject.contains("thank you")), "{:?}", subjects(&world, FINANCE));
        // Below it once more; the last one counts from when it came.
        told("40", ToldTopup::AsItWas).await;
        world.set("2026-06-03T06:00:00Z");
        entry(&world, "t2", "2026-06-03T05:00:00Z", EntryKind::Topup, "5", "").await;
        told("45", ToldTopup::AsItWas).await;
        world.set("2026-06-03T13:00:00Z");
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 2, "{:?}", subjects(&world, FINANCE));
        // One that came after the balance was told counts, though the balance below is all that is known.
        entry(&world, "t3", "2026-06-03T12:30:00Z", EntryKind::Topup, "200", "").await;
        world.set("2026-06-04T05:30:00Z");
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 2, "{:?}", subjects(&world, FINANCE));
        // Switched off, the limit is a limit again.
        told("44", ToldTopup::Off).await;
        world.set("2026-06-04T06:00:00Z");
        world.settle().await;
        assert!(subjects(&world, FINANCE).iter().any(|subject| subject.contains("may end on")), "{:?}", subjects(&world, FINANCE));
    }

    async fn a_top_up_that_fails_is_told_once_until_money_comes(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        balance(&world, "500").await;
        entry(&world, "f1", "2026-06-01T02:00:00Z", EntryKind::TopupFailed, "200", "card expired").await;
        world.settle().await;
        entry(&world, "f2", "2026-06-01T02:30:00Z", EntryKind::TopupFailed, "200", "card expired").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE), ["Acme Windows: the top-up of €200.00 didn’t work"]);
        let mails = warnings(&world);
        assert!(mails[0].text.contains("The reason given: card expired."), "{}", mails[0].text);
        world.set("2026-06-01T04:00:00Z");
        entry(&world, "t", "2026-06-01T03:30:00Z", EntryKind::Topup, "200", "").await;
        balance(&world, "700").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 2);
    }

    async fn a_top_up_that_fails_after_one_that_came_is_told(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        balance(&world, "500").await;
        entry(&world, "f1", "2026-06-01T02:00:00Z", EntryKind::TopupFailed, "200", "card expired").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 1);
        world.set("2026-06-02T03:00:00Z");
        entry(&world, "t", "2026-06-02T02:00:00Z", EntryKind::Topup, "200", "").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 1, "the balance itself doesn't show it yet");
        world.set("2026-06-04T03:00:00Z");
        entry(&world, "f2", "2026-06-04T02:00:00Z", EntryKind::TopupFailed, "200", "card stolen").await;
        world.settle().await;
        let failed = "Acme Windows: the top-up of €200.00 didn’t work";
        assert_eq!(subjects(&world, FINANCE), [failed, failed]);
        entry(&world, "f3", "2026-06-04T02:30:00Z", EntryKind::TopupFailed, "200", "card stolen").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 2, "the same news");
    }

    async fn money_ends_a_failed_top_up_whose_failure_still_shows(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        balance(&world, "100").await;
        entry(&world, "f1", "2026-06-01T02:00:00Z", EntryKind::TopupFailed, "200", "card expired").await;
        world.settle().await;
        world.set("2026-06-01T09:00:00Z");
        balance(&world, "300").await;
        world.settle().await;
        let failed = "Acme Windows: the top-up of €200.00 didn’t work".to_owned();
        let told = subjects(&world, FINANCE);
        assert_eq!((told.len(), told.contains(&failed)), (2, true), "the failure, and that all is well: {told:?}");
        for (date, amount) in [("2026-06-02", "290"), ("2026-06-03", "280"), ("2026-06-04", "300")] {
            world.set(&format!("{date}T03:00:00Z"));
            balance(&world, amount).await;
            day(&world, date).await;
        }
        assert_eq!(subjects(&world, FINANCE).len(), 2, "the money came: that failure is over");
        entry(&world, "f2", "2026-06-04T02:30:00Z", EntryKind::TopupFailed, "200", "card expired").await;
        world.settle().await;
        let told = subjects(&world, FINANCE);
        assert_eq!((told.len(), told.iter().filter(|one| **one == failed).count()), (3, 2), "another one: {told:?}");
    }

    async fn a_cent_more_is_no_payment_where_nobody_tells_usage(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"50\"", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        for (n, amount) in ["60", "40", "40.01", "40.00", "40.02", "49", "51", "45"].into_iter().enumerate() {
            world.set(&format!("2026-06-01T{:02}:00:00Z", n + 3));
            balance(&world, amount).await;
            world.settle().await;
        }
        assert_eq!(subjects(&world, FINANCE), ["Acme Windows: forwarding funds are below €50.00"]);
        balance(&world, "200").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 2);
        balance(&world, "-5").await;
        world.settle().await;
        balance(&world, "-4.99").await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 3, "what is owed to the cent is told once");
    }

    async fn usage_that_is_not_told_any_more_is_not_taken_for_nothing(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        history(&world).await;
        let mut counts = Vec::new();
        // Ten a day go on, and nobody tells them; each word comes at its day all the same.
        for (n, amount) in ["140", "130", "120", "110", "100", "90", "80", "70", "60", "50", "40"].into_iter().enumerate() {
            let date = format!("2026-06-{:02}", n + 1);
            world.set(&format!("{date}T03:00:00Z"));
            balance(&world, amount).await;
            day(&world, &date).await;
            counts.push(subjects(&world, FINANCE).len());
        }
        assert_eq!(counts, [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2]);
        let mails = warnings(&world);
        let first = mails.iter().find(|mail| mail.to == FINANCE).expect("a warning");
        assert!(first.text.contains("Usage isn’t told since Sunday, 31 May"), "{}", first.text);
        crate::program::settings(&world, 0);
        let output = crate::program::command(&world, "2026-06-11T06:00:00Z", &["forecast", "acme"]).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains("isn't told since Sun 2026-05-31") && said.contains("10.00 EUR a day"), "{said}");
        // Weeks without a word are no reason to say thank you; money is.
        for date in ["2026-06-25", "2026-07-09", "2026-08-20"] {
            world.set(&format!("{date}T03:00:00Z"));
            balance(&world, "40").await;
            day(&world, date).await;
        }
        assert_eq!(subjects(&world, FINANCE).len(), 2, "{:?}", subjects(&world, FINANCE));
        balance(&world, "900").await;
        world.settle().await;
        assert!(subjects(&world, FINANCE).iter().any(|subject| subject.contains("thank you")), "{:?}", subjects(&world, FINANCE));
    }

    async fn usage_that_comes_a_day_or_two_late_changes_no_day(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        history(&world).await;
        balance(&world, "100").await;
        let ends = async || {
            let outlook = funds::look(&world.app, &acme(&world).await, None).await.expect("it is read").pop().expect("one");
            assert_eq!(outlook.untold_since, None);
            outlook.pay_by.map(|day| day.to_string())
        };
        assert_eq!(ends().await.as_deref(), Some("2026-06-05"));
        for (date, amount) in [("2026-06-02", "90"), ("2026-06-03", "80")] {
            world.set(&format!("{date}T03:00:00Z"));
            balance(&world, amount).await;
            assert_eq!(ends().await.as_deref(), Some("2026-06-05"), "{date}");
        }
    }

    async fn other_credit_is_no_payment_and_what_it_takes_away_is_told(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        let told = async |amount: &str, credit: &str| {
            world.advance(Duration::from_secs(60));
            let new = NewBalance {
                name: forwarding(),
                currency: "EUR".into(),
                amount: sum(amount),
                credit_limit: Some(sum(credit)),
                auto_topup: Default::default(),
                as_of: world.now(),
            };
            funds::set_balance(&world.app, &acme(&world).await, &new, "tester").await.expect("it is taken");
            world.settle().await;
            subjects(&world, FINANCE)
        };
        let owes = "Acme Windows owes €10.00";
        assert_eq!(told("-10", "0").await, [owes]);
        assert_eq!(told("-10", "200").await, [owes], "credit is no payment");
        assert_eq!(told("-10", "5").await, [owes, owes], "without it service ends again");
        assert_eq!(told("1", "5").await.len(), 3, "and a payment is one");
    }

    async fn a_sum_about_zero_is_told_once(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"50\"", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        for amount in ["-1", "1", "-1", "2"] {
            world.advance(Duration::from_secs(60));
            balance(&world, amount).await;
            world.settle().await;
        }
        assert_eq!(subjects(&world, FINANCE), ["Acme Windows owes €1.00"]);
    }

    async fn two_replicas_at_once_tell_once(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"50\"", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        let other = world.replica(|_| {}).await;
        for n in 0..4 {
            balance(&world, if n % 2 == 0 { "40" } else { "400" }).await;
            let (a, b) = tokio::join!(jobs::tick(&world.app), jobs::tick(&other));
            let warned = a.expect("runs").warned + b.expect("runs").warned;
            assert_eq!(warned, 1, "round {n}");
            world.advance(std::time::Duration::from_secs(60));
        }
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 4);
        other.store.close().await;
    }

    async fn funds_that_end_within_days_and_lie_below_the_limit_are_told_as_soon_as_the_limit_would_be(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"50\"", ALL)).await;
        history(&world).await;
        balance(&world, "25").await;
        world.settle().await;
        assert_eq!(warnings(&world).len(), 2, "finance and the owner, before the morning");
        assert!(subjects(&world, FINANCE)[0].contains("may end on"), "and it says what is worse: {:?}", subjects(&world, FINANCE));
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        assert_eq!(warnings(&world).len(), 2, "once");
    }

    async fn a_project_that_leaves_the_archive_suspended_is_told_as_suspended(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("", ALL)).await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        standing(&world, Status::Archived, None).await;
        world.settle().await;
        world.set("2026-06-01T05:00:00Z");
        standing(&world, Status::Suspended, None).await;
        world.settle().await;
        let mut all = subjects(&world, FINANCE);
        all.sort();
        assert_eq!(all, ["Acme Windows is archived", "Acme Windows is suspended"]);
        world.set("2026-06-01T07:00:00Z");
        standing(&world, Status::Active, None).await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 3, "{:?}", subjects(&world, FINANCE));
    }

    async fn an_archived_project_gets_one_last_notice_and_no_more_reports(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup("low = \"50\"", ALL)).await;
        standing(&world, Status::Active, None).await;
        day(&world, "2026-06-02").await;
        let reports = |world: &World| Mail::all(world).len() - warnings(world).len();
        let before = reports(&world);
        assert!(before > 0);
        standing(&world, Status::Suspended, None).await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE), ["Acme Windows is suspended"]);
        assert_eq!(subjects(&world, OWNER).len(), 1);
        world.set("2026-06-02T10:00:00Z");
        standing(&world, Status::Archived, None).await;
        world.settle().await;
        assert_eq!(subjects(&world, FINANCE).len(), 2);
        balance(&world, "-10").await;
        for date in ["2026-06-03", "2026-06-04", "2026-06-05"] {
            day(&world, date).await;
        }
        assert_eq!(reports(&world), before, "none since");
        assert_eq!(subjects(&world, FINANCE).len(), 2, "and no more warnings");
        let reasons = world.texts("select distinct reason from runs where state = 'skipped'").await;
        assert_eq!(reasons, ["project_archived"]);
        standing(&world, Status::Active, None).await;
        world.settle().await;
        let said: Vec<String> = warnings(&world).into_iter().filter(|mail| mail.to == FINANCE).map(|mail| mail.text).collect();
        assert!(said.len() == 3 && said.iter().any(|text| text.contains("works again") && text.contains("owes €10.00")), "{said:?}");
        day(&world, "2026-06-06").await;
        assert_eq!(reports(&world), before + 1, "and reports come again");
    }
}

/// Projects of the measurement.
const MANY: i64 = 100_000;

/// Not for every day: how long a pass over many projects takes, `cargo nextest run --test it --run-ignored all
/// hundred_thousand --no-capture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn a_pass_over_a_hundred_thousand_projects() {
    let world = World::new(crate::support::Engine::Sqlite).await;
    world.set("2026-06-01T03:00:00Z");
    let now = world.now().as_micros();
    let numbers = format!("with recursive n (i) as (select 1 union all select i + 1 from n where i < {MANY})");
    for statement in [
        format!(
            "{numbers} insert into projects (id, name, zone, locale, currency, week_start, allowed_domains, created_at, updated_at) \
             select 'p' || i, 'P', 'Europe/Kyiv', 'en', 'EUR', 'mon', '[]', 0, 0 from n"
        ),
        format!("{numbers} insert into standings select i, 'active', '2027-06-20', {now}, {now} from n"),
        format!("{numbers} insert into balances select i, 'project', 'EUR', 900000000 + i, 0, {now}, {now} from n"),
        format!(
            "{numbers}, d (k) as (select 1 union all select k + 1 from d where k < 28) \
             insert into balance_entries select i, 'project', 'u' || k, {now} - k * 86400000000, 'usage', 10000000, '', 0 from n, d"
        ),
        format!("{numbers} insert into evaluations select i, 0, 1 from n"),
    ] {
        world.execute(&statement).await;
    }
    for date in ["2026-06-01T03:00:00Z", "2026-06-01T21:00:00Z"] {
        world.set(date);
        let begun = std::time::Instant::now();
        let report = world.settle().await;
        println!("{MANY} projects at {date}: {:?}, {} warned", begun.elapsed(), report.warned);
        assert_eq!(
            world.number(&format!("select count(*) from evaluations where due_at > {}", world.now().as_micros())).await,
            MANY
        );
    }
}
