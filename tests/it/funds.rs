//! Money as others tell it: facts in any order, entries told twice, and what they come to.

use callbrief::domain::balance::{Entry, EntryKind, Standing, Status, Taken, ToldDay, ToldStanding};
use callbrief::domain::forecast::{End, Forecast};
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::instant::Instant;
use callbrief::domain::money::Amount;
use callbrief::domain::project::Project;
use callbrief::funds::{self, BalanceOutlook, FactError, ToldBalance};
use callbrief::store::balances::NewBalance;

use crate::support::{World, on_both};

const SETUP: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"

[project.balances.forwarding]
low = "50.00"
switches_off = "forwarded calls are no longer connected"

[[project]]
id = "other"
name = "Other"
zone = "Europe/Kyiv"
locale = "en"
currency = "UAH"
"#;

fn sum(text: &str) -> Amount {
    Amount::parse(text).expect(text)
}

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).expect(text)
}

static FORWARDING: std::sync::LazyLock<BalanceName> = std::sync::LazyLock::new(forwarding);

fn forwarding() -> BalanceName {
    BalanceName::parse("forwarding").expect("a name")
}

async fn project(world: &World, id: &str) -> Project {
    let id = ProjectId::parse(id).expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

async fn told(world: &World, amount: &str, as_of: &str) -> Taken {
    let new = NewBalance {
        name: forwarding(),
        currency: "EUR".into(),
        amount: sum(amount),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: at(as_of),
    };
    funds::set_balance(&world.app, &project(world, "acme").await, &new, "tester").await.expect("it is taken")
}

fn entry(id: &str, at_: &str, kind: EntryKind, amount: &str) -> Entry {
    Entry { id: id.into(), at: at(at_), kind, amount: sum(amount), what: String::new() }
}

/// Four weeks, three busy and a calm one, and a charge that is known to come: the example of the mail.
fn month() -> Vec<Entry> {
    let mut entries: Vec<Entry> = (0..28)
        .map(|n| {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 5, 4).expect("a day") + chrono::Days::new(n);
            let is_weekend = matches!(n % 7, 5 | 6);
            let amount = match (is_weekend, n / 7) {
                (false, 3) => "2.85",
                (false, _) => "14.25",
                (true, 3) => "0.75",
                (true, _) => "3.75",
            };
            // Late in the evening of that day in Kyiv, the same day in UTC.
            entry(&format!("u{n}"), &format!("{day}T20:30:00Z"), EntryKind::Usage, amount)
        })
        .collect();
    let rent = entry("rent", "2026-06-05T00:00:00+03:00", EntryKind::Fixed, "12.00");
    entries.push(Entry { what: "number rent".into(), ..rent });
    entries.push(entry("paid", "2026-05-20T10:00:00Z", EntryKind::Topup, "150.00"));
    entries
}

async fn add(world: &World, entries: &[Entry]) -> (u64, u64, Vec<String>) {
    let acme = project(world, "acme").await;
    let added = funds::add_entries(&world.app, &acme, &forwarding(), entries, "tester").await.expect("they are added");
    (added.new, added.known, added.different)
}

async fn look(world: &World) -> BalanceOutlook {
    let acme = project(world, "acme").await;
    funds::look(&world.app, &acme, Some(&forwarding())).await.expect("it is looked at").pop().expect("it is there")
}

on_both! {
    async fn an_older_fact_never_replaces_a_younger_one(world: World) {
        world.set("2026-06-01T06:00:00Z");
        world.apply(SETUP).await;
        assert_eq!(told(&world, "84.60", "2026-06-01T05:00:00Z").await, Taken::Now);
        assert_eq!(told(&world, "84.60", "2026-06-01T05:00:00Z").await, Taken::Same);
        let older = told(&world, "300.00", "2026-05-31T05:00:00Z").await;
        assert_eq!(older, Taken::Older { than: at("2026-06-01T05:00:00Z") });
        assert_eq!(look(&world).await.balance.amount, sum("84.60"));
        assert_eq!(told(&world, "80.00", "2026-06-01T05:30:00Z").await, Taken::Now);
        assert_eq!(world.number("select count(*) from audit where action = 'balance_set'").await, 2, "what changed nothing isn't noted");

        let acme = project(&world, "acme").await;
        let standing = |status, as_of| Standing { status, paid_until: "2026-06-20".parse().ok(), as_of: at(as_of) };
        let tell = |new| funds::set_standing(&world.app, &acme, new, "tester");
        assert_eq!(tell(standing(Status::Active, "2026-06-01T05:00:00Z")).await.expect("taken"), Taken::Now);
        assert_eq!(tell(standing(Status::Active, "2026-06-01T05:00:00Z")).await.expect("taken"), Taken::Same);
        let older = tell(standing(Status::Trial, "2026-05-01T05:00:00Z")).await.expect("told");
        assert_eq!(older, Taken::Older { than: at("2026-06-01T05:00:00Z") });
        let stands = world.app.store.read().await.expect("a session").standings(None).await.expect("read");
        assert_eq!(stands.iter().map(|one| one.standing.status).collect::<Vec<_>>(), [Status::Active]);
        let future = tell(standing(Status::Archived, "2026-07-01T05:00:00Z")).await;
        assert!(matches!(future, Err(FactError::InFuture { .. })), "{future:?}");
    }

    async fn what_a_fact_leaves_out_stays_as_it_was(world: World) {
        world.set("2026-06-08T06:00:00Z");
        world.apply(SETUP).await;
        let acme = project(&world, "acme").await;
        let stands = async || {
            let stands = world.app.store.read().await.expect("a session").standings(Some(acme.key)).await.expect("read");
            stands.first().and_then(|one| one.standing.paid_until).map(|day| day.to_string())
        };
        let tell = async |status, paid_until, as_of| {
            let new = ToldStanding { status, paid_until, as_of: at(as_of) };
            funds::set_standing(&world.app, &acme, new, "tester").await.expect("it is taken")
        };
        let until = ToldDay::Until("2026-06-05".parse().expect("a day"));
        assert_eq!(tell(Status::Active, until, "2026-06-01T05:00:00Z").await, Taken::Now);
        assert_eq!(tell(Status::Suspended, ToldDay::AsItWas, "2026-06-08T05:00:00Z").await, Taken::Now);
        assert_eq!(stands().await.as_deref(), Some("2026-06-05"));
        assert_eq!(tell(Status::Suspended, ToldDay::AsItWas, "2026-06-08T05:00:00Z").await, Taken::Same);
        assert_eq!(tell(Status::Active, ToldDay::Never, "2026-06-08T05:30:00Z").await, Taken::Now);
        assert_eq!(stands().await, None);
    }

    async fn a_balance_keeps_its_currency(world: World) {
        world.set("2026-06-01T06:00:00Z");
        world.apply(SETUP).await;
        let acme = project(&world, "acme").await;
        let tell = async |currency: &str, credit_limit: Option<&str>, as_of: &str| {
            let new = NewBalance {
                name: forwarding(),
                currency: currency.into(),
                amount: sum("90"),
                credit_limit: credit_limit.map(sum),
                auto_topup: Default::default(),
                as_of: at(as_of),
            };
            funds::set_balance(&world.app, &acme, &new, "tester").await
        };
        let without = async |name: &str, as_of: &str| {
            let name = BalanceName::parse(name).expect("a name");
            let told = ToldBalance { name: name.clone(), currency: None, amount: sum("90"), credit_limit: None, auto_topup: Default::default(), as_of: at(as_of) };
            funds::set_balance(&world.app, &acme, told, "tester").await.expect("it is taken");
            let mut session = world.app.store.read().await.expect("open");
            session.balances(Some(acme.key), Some(&name)).await.expect("balances").remove(0).balance.currency
        };
        assert_eq!(without("other", "2026-06-01T00:30:00Z").await, "EUR", "the project's, of one that nobody told yet");
        assert!(matches!(tell("USD", None, "2026-06-01T01:00:00Z").await, Ok(Taken::Now)));
        assert_eq!(without("forwarding", "2026-06-01T01:30:00Z").await, "USD", "its own");
        assert!(matches!(tell("UAH", None, "2026-06-01T02:00:00Z").await, Ok(Taken::Now)), "nothing hangs on it yet");
        assert!(matches!(tell("UAH", Some("50"), "2026-06-01T03:00:00Z").await, Ok(Taken::Now)));
        let refused = tell("USD", None, "2026-06-01T04:00:00Z").await;
        assert!(matches!(refused, Err(FactError::OtherCurrency { .. })), "its credit limit is in hryvnias: {refused:?}");
        assert!(matches!(tell("USD", Some("2"), "2026-06-01T04:00:00Z").await, Ok(Taken::Now)));
        add(&world, &month()).await;
        let refused = tell("UAH", Some("50"), "2026-06-01T05:00:00Z").await;
        let why = refused.expect_err("its entries are in dollars").to_string();
        assert!(why.contains("forwarding is in USD and this is in UAH"), "{why}");
        assert_eq!(look(&world).await.balance.currency, "USD");
        let older = tell("UAH", Some("50"), "2026-05-01T05:00:00Z").await;
        assert!(matches!(older, Ok(Taken::Older { .. })), "{older:?}");
    }

    async fn what_the_balance_has_paid_of_its_day_is_not_paid_again(world: World) {
        world.set("2026-06-01T20:50:00Z");
        world.apply(SETUP).await;
        assert_eq!(told(&world, "84.60", "2026-06-01T05:00:00Z").await, Taken::Now);
        add(&world, &month()).await;
        let ends = async || match look(&world).await.forecast {
            Forecast::Lasts(outlook) => (outlook.earliest, outlook.expected),
            other => panic!("{other:?}"),
        };
        let morning = ends().await;
        let today = [
            entry("t1", "2026-06-01T07:00:00Z", EntryKind::Usage, "9.25"),
            entry("t2", "2026-06-01T19:00:00Z", EntryKind::Usage, "5.00"),
        ];
        add(&world, &today).await;
        assert_eq!(ends().await, morning, "what came after the balance isn't paid yet");
        assert_eq!(told(&world, "70.35", "2026-06-01T20:30:00Z").await, Taken::Now);
        assert_eq!(ends().await, morning, "the evening's balance ends on the same days");
    }

    async fn what_was_told_wrong_is_taken_back(world: World) {
        world.set("2026-06-01T06:00:00Z");
        world.apply(SETUP).await;
        assert_eq!(told(&world, "84.60", "2026-06-01T05:00:00Z").await, Taken::Now);
        add(&world, &month()).await;
        let acme = project(&world, "acme").await;
        let right = look(&world).await.forecast;
        let wrong = entry("wrong", "2026-05-31T08:00:00Z", EntryKind::Usage, "5000");
        add(&world, std::slice::from_ref(&wrong)).await;
        assert_ne!(look(&world).await.forecast, right);
        let withdraw = |id: &'static str| funds::withdraw_entry(&world.app, &acme, &FORWARDING, id, "tester");
        let due = "select version from evaluations";
        let before = world.number(due).await;
        assert_eq!(withdraw("wrong").await.expect("it is withdrawn"), Some(wrong));
        assert!(world.number(due).await > before, "it is judged anew");
        assert_eq!(look(&world).await.forecast, right);
        assert_eq!(withdraw("wrong").await.expect("it isn't there"), None);
        assert_eq!(world.number("select count(*) from audit where action = 'balance_entry_withdrawn'").await, 1);
        assert_eq!(add(&world, &[entry("wrong", "2026-05-31T08:00:00Z", EntryKind::Usage, "5")]).await, (1, 0, vec![]));

        let future = [entry("a", "2026-06-01T06:04:00Z", EntryKind::Topup, "5"), entry("b", "2027-06-01T06:00:00Z", EntryKind::Fixed, "5")];
        assert_eq!(add(&world, &future).await.0, 2, "a clock may be ahead, and a charge may be known to come");
        for kind in EntryKind::ALL.into_iter().filter(|kind| *kind != EntryKind::Fixed) {
            let ahead = [entry("c", "2026-06-01T06:06:00Z", kind, "5")];
            let refused = funds::add_entries(&world.app, &acme, &FORWARDING, &ahead, "tester").await;
            assert!(matches!(refused, Err(FactError::Entry { .. })), "{kind:?}: {refused:?}");
        }
    }

    async fn a_balance_that_is_removed_warns_of_nothing_and_one_of_its_name_warns_anew(world: World) {
        // Early in the morning: what isn't critical waits until nine.
        world.set("2026-06-01T03:00:00Z");
        let finance = "\n[[contact]]\nid = \"nadia\"\nname = \"Nadia\"\naddresses = { email = \"nadia@acme.example\" }\nroles = { acme = \"finance\" }\n";
        world.apply(&format!("{SETUP}{finance}")).await;
        let acme = project(&world, "acme").await;
        let remove = |is_trial| funds::remove_balance(&world.app, &acme, &FORWARDING, "tester", is_trial);
        assert_eq!(remove(false).await.expect("nothing is there"), None);
        assert_eq!(told(&world, "60", "2026-06-01T02:00:00Z").await, Taken::Now);
        add(&world, &month()).await;
        world.settle().await;
        let waiting = "select count(*) from deliveries where state in ('queued', 'held')";
        let count = world.number(waiting).await;
        assert!(count > 0 && world.outbox().is_empty(), "it waits for the morning: {count}");
        let trial = remove(true).await.expect("it is counted").expect("it is there");
        assert_eq!((trial.entries, trial.cancelled as i64), (30, count));
        assert_eq!(world.number(waiting).await, count, "a trial removes nothing");
        assert_eq!(remove(false).await.expect("it is removed"), Some(trial));
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        assert!(world.outbox().is_empty(), "what waited is cancelled");
        for gone in ["select count(*) from balances", "select count(*) from balance_entries", "select count(*) from episodes where is_open"] {
            assert_eq!(world.number(gone).await, 0, "{gone}");
        }
        assert_eq!(world.number("select count(*) from audit where action = 'balance_removed'").await, 1);
        world.set("2026-06-02T03:00:00Z");
        assert_eq!(told(&world, "30", "2026-06-02T02:00:00Z").await, Taken::Now);
        add(&world, &month()).await;
        world.settle().await;
        world.set("2026-06-02T06:00:00Z");
        world.settle().await;
        assert_eq!(world.outbox().len(), 1, "another balance of this name is warned of as any other");
    }

    async fn an_entry_is_one_by_its_id_and_of_one_balance(world: World) {
        world.set("2026-06-01T06:00:00Z");
        world.apply(SETUP).await;
        assert_eq!(add(&world, &month()).await, (30, 0, vec![]));
        assert_eq!(add(&world, &month()).await, (0, 30, vec![]));
        let other = entry("u1", "2026-05-05T20:30:00Z", EntryKind::Usage, "99");
        assert_eq!(add(&world, &[other.clone(), other]).await, (0, 0, vec!["u1".to_owned(), "u1".to_owned()]));
        let twice = entry("x", "2026-05-05T20:30:00Z", EntryKind::Refund, "1");
        assert_eq!(add(&world, &[twice.clone(), twice]).await, (1, 1, vec![]), "twice in one list");
        let minus = entry("y", "2026-05-05T20:30:00Z", EntryKind::Usage, "-1");
        let acme = project(&world, "acme").await;
        let refused = funds::add_entries(&world.app, &acme, &forwarding(), &[minus], "tester").await;
        assert!(matches!(refused, Err(FactError::Entry { .. })), "{refused:?}");
        let others = project(&world, "other").await;
        let added = funds::add_entries(&world.app, &others, &forwarding(), &month(), "tester").await.expect("added");
        assert_eq!(added.new, 30, "another project's ids are its own");
    }

    async fn balances_come_to_a_range_a_day_to_pay_and_a_sum(world: World) {
        world.set("2026-06-01T06:00:00Z");
        world.apply(SETUP).await;
        assert_eq!(told(&world, "84.60", "2026-06-01T05:00:00Z").await, Taken::Now);
        assert_eq!(look(&world).await.forecast, Forecast::TooLittleHistory { days: 0 });
        add(&world, &month()).await;
        let seen = look(&world).await;
        let Forecast::Lasts(outlook) = &seen.forecast else { panic!("{seen:?}") };
        let day = |text: &str| text.parse().expect("a day");
        assert_eq!((outlook.earliest, outlook.expected), (End::On(day("2026-06-06")), End::On(day("2026-06-08"))));
        assert_eq!(seen.pay_by, Some(day("2026-06-04")));
        assert_eq!(seen.to_add, Some((sum("280"), day("2026-06-30"))));
        assert_eq!(seen.rules.low, Some(sum("50")));
        assert!(!seen.is_stale);
        world.set("2026-06-02T06:00:00Z");
        assert!(look(&world).await.is_stale, "a day and an hour later");
        assert_eq!(told(&world, "-12.40", "2026-06-02T05:00:00Z").await, Taken::Now);
        assert_eq!(look(&world).await.forecast, Forecast::Empty);
        assert!(funds::look(&world.app, &project(&world, "other").await, None).await.expect("read").is_empty());
    }

    async fn usage_may_be_what_calls_cost_and_a_day_that_was_told_is_as_it_was_told(world: World) {
        world.set("2026-06-01T06:00:00Z");
        world.apply(SETUP).await;
        let mut calls = "call_id,started_at,direction,status,client_number,talk_sec,cost,currency\n".to_owned();
        for day in 22..=31 {
            // 21:30 in UTC is the next day in Kyiv: each of these belongs to the 22nd to the 31st there.
            let evening = format!("2026-05-{:02}T21:30:00Z", day - 1);
            calls.push_str(&format!("a{day},{evening},inbound,answered,+380671112233,60,1.50,EUR\n"));
            calls.push_str(&format!("b{day},2026-05-{day}T10:00:00Z,inbound,answered,+380671112233,60,0.50,\n"));
            calls.push_str(&format!("c{day},2026-05-{day}T11:00:00Z,inbound,answered,+380671112233,60,9.00,USD\n"));
            calls.push_str(&format!("d{day},2026-05-{day}T12:00:00Z,inbound,answered,+380671112233,60,,EUR\n"));
        }
        world.import_file("acme", &calls).await;
        assert_eq!(told(&world, "9.00", "2026-06-01T05:00:00Z").await, Taken::Now);
        assert_eq!(look(&world).await.forecast, Forecast::TooLittleHistory { days: 0 }, "calls are no usage unless somebody says so");
        world.settle().await;
        let funds = "select decision from episodes where rule = 'funds'";
        let unasked = world.texts(funds).await;

        world.apply(&SETUP.replace("low = \"50.00\"", "low = \"1.00\"\nusage_from_calls = true")).await;
        let usual_day = async || match look(&world).await.forecast {
            Forecast::Lasts(outlook) => (outlook.usual_day, outlook.days),
            other => panic!("{other:?}"),
        };
        assert_eq!(usual_day().await, (sum("2"), 10), "of its currency, and of none in a project of that currency");
        world.settle().await;
        assert_ne!(world.texts(funds).await, unasked, "rules judge by the same");
        assert_eq!(world.number("select count(*) from notices where kind = 'funds'").await, 1);

        add(&world, &[entry("u", "2026-05-30T09:00:00Z", EntryKind::Usage, "12"), entry("f", "2026-05-29T09:00:00Z", EntryKind::Fixed, "7")]).await;
        assert_eq!(usual_day().await, (sum("3"), 10), "one day is as it was told: nine of 2 and one of 12");
        let late = "call_id,started_at,direction,status,client_number,talk_sec,cost,currency\n\
                    e,2026-05-28T10:00:00Z,inbound,answered,+380671112233,60,10.00,EUR\n\
                    f,2026-05-30T10:00:00Z,inbound,answered,+380671112233,60,10.00,EUR\n\
                    g,2026-06-01T05:30:00Z,inbound,answered,+380671112233,60,10.00,EUR\n";
        world.import_file("acme", late).await;
        assert_eq!(usual_day().await, (sum("4"), 10), "late calls count, but not on that day, and today isn't over");
    }
}
