//! Nights: whatever happens when, nobody is woken, nothing that waited is lost, and nothing is told twice.

use std::collections::BTreeMap;
use std::time::Duration;

use callbrief::domain::balance::{Entry, EntryKind};
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::money::Amount;
use callbrief::funds;
use callbrief::store::balances::NewBalance;
use chrono::{DateTime, Offset, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::chaos::dice::Dice;
use crate::support::mail::Mail;
use crate::support::{Engine, World, ledger};

/// Somebody who sleeps from one minute of the day to another.
struct Reader {
    address: String,
    zone: Tz,
    sleeps: u32,
    wakes: u32,
    projects: Vec<usize>,
}

impl Reader {
    fn any(dice: &mut Dice, nth: usize) -> Self {
        let zone =
            dice.pick(&[Tz::Europe__Kyiv, Tz::America__New_York, Tz::Asia__Kolkata, Tz::Pacific__Chatham, Tz::UTC]);
        let (sleeps, wakes) = (dice.below(24) as u32 * 60, dice.below(48) as u32 * 30);
        let projects = (0..PROJECTS.len()).filter(|project| *project == nth % 3 || dice.chance(50)).collect();
        Self { address: format!("reader{nth}@firm.example"), zone, sleeps, wakes, projects }
    }

    fn text(&self, nth: usize) -> String {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        let roles: Vec<String> = self.projects.iter().map(|at| format!("{} = [\"finance\"]", PROJECTS[*at])).collect();
        // A day whose end is its beginning would be none.
        let quiet = if self.sleeps == self.wakes {
            String::new()
        } else {
            format!("quiet = \"{}-{}\"\n", clock(self.sleeps), clock(self.wakes))
        };
        format!(
            "[[contact]]\nid = \"reader{nth}\"\nname = \"Reader {nth}\"\nzone = \"{}\"\n{quiet}addresses = {{ email = [\"{}\"] }}\nroles = {{ {} }}\n",
            self.zone.name(),
            self.address,
            roles.join(", "),
        )
    }

    /// By the clock on the wall beside the bed.
    fn is_asleep(&self, at: i64) -> bool {
        let utc = DateTime::from_timestamp(at, 0).expect("in the calendar").naive_utc();
        let ahead = self.zone.offset_from_utc_datetime(&utc).fix();
        let shown = utc + ahead;
        let minute = shown.hour() * 60 + shown.minute();
        if self.sleeps < self.wakes {
            (self.sleeps..self.wakes).contains(&minute)
        } else {
            self.sleeps != self.wakes && (minute >= self.sleeps || minute < self.wakes)
        }
    }
}

const PROJECTS: [&str; 3] = ["acme", "bravo", "corin"];

/// A top-up of a balance of its own fails.
async fn fails(world: &World, project: &str, nth: usize) {
    let id = ProjectId::parse(project).expect("an id");
    let project = world.app.store.project(&id).await.expect("it is read").expect("it is there");
    let name = BalanceName::parse(&format!("b{nth}")).expect("a name");
    let sum = |text: &str| Amount::parse(text).expect("a sum");
    let new = NewBalance {
        name: name.clone(),
        currency: "EUR".into(),
        amount: sum("400"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: world.now(),
    };
    funds::set_balance(&world.app, &project, &new, "tester").await.expect("it is taken");
    let entry = Entry {
        id: "f".into(),
        at: world.now(),
        kind: EntryKind::TopupFailed,
        amount: sum("200"),
        what: String::new(),
    };
    funds::add_entries(&world.app, &project, &name, &[entry], "tester").await.expect("added");
}

/// Three days, half an hour at a time.
async fn three_days(seed: u64) {
    let dice = &mut Dice::of(seed);
    let world = World::new(Engine::Sqlite).await;
    world.set("2026-06-01T00:00:00Z");
    let readers: Vec<Reader> = (0..5).map(|nth| Reader::any(dice, nth)).collect();
    let projects = PROJECTS.map(|id| {
        format!(
            "[[project]]\nid = \"{id}\"\nname = \"{id}\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \"EUR\"\n"
        )
    });
    let people: Vec<String> = readers.iter().enumerate().map(|(nth, reader)| reader.text(nth)).collect();
    world.apply(&format!("version = 1\n{}\n{}", projects.join("\n"), people.join("\n"))).await;
    let mut failed = vec![0_i64; PROJECTS.len()];
    for half_hour in 0..3 * 48 {
        if half_hour < 2 * 48 && dice.chance(20) {
            let project = dice.below(PROJECTS.len());
            fails(&world, PROJECTS[project], half_hour).await;
            failed[project] += 1;
        }
        world.settle().await;
        world.advance(Duration::from_secs(1_800));
    }

    // Every failure reaches every reader of its project once: by itself, or as a line of one digest that went out.
    for reader in &readers {
        let expected: i64 = reader.projects.iter().map(|project| failed[*project]).sum();
        let told = |more: &str| {
            format!(
                "select count(*) from deliveries d {more} and d.address = '{}' and d.kind = 'topup_failed'",
                reader.address
            )
        };
        let alone = world.number(&told("where d.state = 'accepted'")).await;
        let gathered = world
            .number(&told(
                "join deliveries m on m.id = d.folded_into where d.state = 'folded' and m.state = 'accepted'",
            ))
            .await;
        assert_eq!(alone + gathered, expected, "seed {seed}: {}: {alone} alone, {gathered} gathered", reader.address);
    }
    let left = world.texts("select distinct state from deliveries where state not in ('accepted', 'folded')").await;
    assert!(left.is_empty(), "seed {seed}: {left:?}");

    // Nobody is woken.
    let sent = world.texts("select d.address || ' ' || (l.at / 1000000) from ledger l join deliveries d on d.id = l.delivery where l.to_state = 'accepted'").await;
    for line in &sent {
        let (address, at) = line.split_once(' ').expect("two words");
        let at = at.parse().expect("seconds");
        for reader in readers.iter().filter(|reader| reader.address == address) {
            assert!(!reader.is_asleep(at), "seed {seed}: {address} sleeps at {at}");
        }
    }

    // A digest says how many waited, and has a line for each.
    let digests = world.texts("select m.address || ' ' || count(*) from deliveries d join deliveries m on m.id = d.folded_into where m.kind = 'digest' group by m.id").await;
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for mail in Mail::all(&world) {
        let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines = text.matches("top-up of €200.00 didn’t work").count();
        if let Some(number) = mail
            .subject
            .split_whitespace()
            .find_map(|word| word.parse::<usize>().ok())
            .filter(|_| mail.subject.contains("waited"))
        {
            assert_eq!(lines, number, "seed {seed}: {}", mail.text);
            *said.entry(format!("{number}")).or_default() += 1;
        }
    }
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    digests
        .iter()
        .filter_map(|line| line.split_once(' '))
        .for_each(|(_, number)| *expected.entry(number.to_owned()).or_default() += 1);
    assert_eq!(said, expected, "seed {seed}");
    ledger::assert_lawful(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_woken_and_nothing_that_waited_is_lost_or_told_twice() {
    for seed in [1, 7, 42] {
        three_days(seed).await;
    }
}
