//! All is well again: who hears it, and what becomes of it when things get bad again before it went.

use callbrief::domain::balance::{Entry, EntryKind, Standing, Status};
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::money::Amount;
use callbrief::domain::project::Project;
use callbrief::funds;
use callbrief::jobs;

use crate::reach::{balance, person, setup};
use crate::support::mail::Mail;
use crate::support::{World, ledger, on_both};

const NADIA: &str = "nadia@acme.example";
const OLENA: &str = "olena@acme.example";
const TARAS: &str = "taras@acme.example";

/// Finance, an owner and operations, each with what else their entry says.
fn people(nadia: &str, olena: &str, taras: &str) -> String {
    let one = |id: &str, role: &str, more: &str| {
        person(id, role, &format!("addresses = {{ email = [\"{id}@acme.example\"] }}\n{more}"))
    };
    setup(&(one("nadia", "finance", nadia) + &one("olena", "owner", olena) + &one("taras", "ops", taras)))
}

const NIGHT: &str = "quiet = \"20:00-08:00\"";

async fn acme(world: &World) -> Project {
    let id = ProjectId::parse("acme").expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

async fn status(world: &World, status: Status) {
    let new = Standing { status, paid_until: None, as_of: world.now() };
    funds::set_standing(&world.app, &acme(world).await, new, "tester").await.expect("it is taken");
}

async fn topup_failed(world: &World) {
    let at = world.now();
    let amount = Amount::parse("20").expect("a sum");
    let entry =
        Entry { id: format!("f{}", at.as_micros()), at, kind: EntryKind::TopupFailed, amount, what: String::new() };
    let name = BalanceName::parse("forwarding").expect("a name");
    funds::add_entries(&world.app, &acme(world).await, &name, &[entry], "tester").await.expect("added");
}

/// Judges and joins, and sends nothing.
async fn post_only(world: &World) {
    let app = world.replica(|settings| settings.mail.relays.clear()).await;
    jobs::tick(&app).await.expect("the jobs run");
}

/// How many mails an address has got, and how many of them say that something is well again.
fn told(world: &World, address: &str) -> (usize, usize) {
    let mails: Vec<Mail> = Mail::all(world).into_iter().filter(|mail| mail.to == address).collect();
    (mails.len(), mails.iter().filter(|mail| is_good(mail)).count())
}

fn is_good(mail: &Mail) -> bool {
    ["works again", "sufficient again", "all is well"].iter().any(|words| mail.subject.contains(words))
}

/// A number that looks like chance and is the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

on_both! {
    async fn what_its_reader_s_night_holds_is_not_told_once_the_project_is_suspended_again(world: World) {
        world.set("2026-11-16T10:00:00Z");
        world.apply(&people(NIGHT, "", "")).await;
        status(&world, Status::Suspended).await;
        world.settle().await;
        // 21:00 in Kyiv, and two in the morning.
        world.set("2026-11-16T19:00:00Z");
        status(&world, Status::Active).await;
        world.settle().await;
        assert_eq!((told(&world, NADIA), told(&world, OLENA)), ((1, 0), (2, 1)));
        world.set("2026-11-17T00:00:00Z");
        status(&world, Status::Suspended).await;
        world.settle().await;
        world.set("2026-11-17T06:01:00Z");
        world.settle().await;
        assert_eq!((told(&world, NADIA), told(&world, OLENA)), ((2, 0), (3, 1)));
        let ended = "select state || ' ' || reason from deliveries where address = 'nadia@acme.example' and state <> 'accepted'";
        assert_eq!(world.texts(ended).await, ["suppressed alert_over"]);
        let explained = callbrief::cli::explain::by_address(&world.app, NADIA, None, None).await.expect("read").expect("known");
        assert!(explained.contains("what it told of was over before it went out"), "{explained}");
        world.set("2026-11-17T08:00:00Z");
        status(&world, Status::Active).await;
        world.settle().await;
        assert_eq!((told(&world, NADIA), told(&world, OLENA)), ((3, 1), (4, 2)), "and now it does");
        ledger::assert_lawful(&world).await;
    }

    async fn what_is_gathered_for_the_evening_is_not_told_once_funds_are_low_again(world: World) {
        world.set("2026-11-16T07:00:00Z");
        world.apply(&people("digest = \"18:00\"", "", "")).await;
        for (hour, amount, all) in [(7, "60", (0, 0)), (8, "40", (1, 0)), (10, "300", (1, 0)), (13, "-5", (2, 0)), (16, "", (2, 0))] {
            world.set(&format!("2026-11-16T{hour:02}:00:00Z"));
            if !amount.is_empty() {
                balance(&world, amount).await;
            }
            world.settle().await;
            assert_eq!(told(&world, NADIA), all, "{hour}:00");
        }
        // Twice well within a day of which nobody heard the bad part in between: said once.
        for (hour, amount) in [(6, "300"), (7, "40"), (8, "300")] {
            world.set(&format!("2026-11-17T{hour:02}:00:00Z"));
            balance(&world, amount).await;
            world.settle().await;
        }
        assert_eq!(told(&world, NADIA), (3, 0));
        world.set("2026-11-17T16:00:00Z");
        world.settle().await;
        assert_eq!(told(&world, NADIA), (4, 1), "the older one is told by the newer");
        ledger::assert_lawful(&world).await;
    }

    async fn no_line_of_a_digest_and_no_row_of_a_mail_says_that_what_is_bad_again_is_well(world: World) {
        world.set("2026-11-16T10:00:00Z");
        world.apply(&people(NIGHT, "", "")).await;
        status(&world, Status::Suspended).await;
        balance(&world, "-5").await;
        world.settle().await;
        world.set("2026-11-16T19:00:00Z");
        status(&world, Status::Active).await;
        balance(&world, "300").await;
        world.settle().await;
        let both = |mail: &Mail| mail.text.contains("works again") && mail.text.contains("sufficient again");
        assert!(Mail::all(&world).iter().any(|mail| mail.to == OLENA && both(mail)), "one mail, as she sleeps later");
        world.set("2026-11-17T06:00:00Z");
        post_only(&world).await;
        assert_eq!(world.number("select count(*) from deliveries where kind = 'digest' and state = 'queued'").await, 1);
        // Another rule of the same balance is bad enough.
        balance(&world, "40").await;
        world.settle().await;
        let hers: Vec<Mail> = Mail::all(&world).into_iter().filter(|mail| mail.to == NADIA).collect();
        assert!(hers.iter().any(|mail| mail.text.contains("works again")), "{hers:?}");
        assert!(!hers.iter().any(|mail| mail.text.contains("sufficient again")), "{hers:?}");
        // The same in a mail that joins them and waits for its relay.
        world.set("2026-11-17T09:00:00Z");
        status(&world, Status::Suspended).await;
        world.settle().await;
        let before = told(&world, OLENA).0;
        world.set("2026-11-17T10:00:00Z");
        status(&world, Status::Active).await;
        balance(&world, "300").await;
        post_only(&world).await;
        balance(&world, "-5").await;
        world.settle().await;
        let hers: Vec<Mail> = Mail::all(&world).into_iter().filter(|mail| mail.to == OLENA).collect();
        assert_eq!(hers.len(), before + 2, "that it works again, and that funds are used up");
        assert_eq!(hers.iter().filter(|mail| mail.text.contains("sufficient again")).count(), 1, "that of the day before");
        ledger::assert_lawful(&world).await;
    }

    async fn whose_good_news_are_stopped_hears_what_is_bad_now(world: World) {
        world.set("2026-11-16T10:00:00Z");
        world.apply(&people("", "", NIGHT)).await;
        balance(&world, "-5").await;
        world.settle().await;
        world.set("2026-11-16T19:00:00Z");
        balance(&world, "300").await;
        world.settle().await;
        assert_eq!((told(&world, NADIA), told(&world, TARAS)), ((2, 1), (1, 0)));
        // Not a matter of operations, but they believe that funds are used up.
        world.set("2026-11-17T01:00:00Z");
        balance(&world, "40").await;
        world.settle().await;
        world.set("2026-11-17T06:01:00Z");
        world.settle().await;
        assert_eq!((told(&world, NADIA), told(&world, TARAS)), ((3, 1), (2, 0)));
        world.set("2026-11-17T08:00:00Z");
        balance(&world, "300").await;
        world.settle().await;
        assert_eq!((told(&world, NADIA), told(&world, TARAS)), ((4, 2), (3, 1)));
        world.set("2026-11-18T08:00:00Z");
        balance(&world, "40").await;
        world.settle().await;
        assert_eq!(told(&world, TARAS).0, 3, "the next one is no matter of theirs again");
    }

    /// For a walk of a balance, its limit, failed top-ups and three readers with habits of their own: nobody is told that all is well
    /// while something of which people were told goes on, and once all is well nobody's last word says otherwise.
    async fn the_last_word_that_anybody_reads_is_true(world: World) {
        world.set("2026-11-16T06:00:00Z");
        world.apply(&people(NIGHT, "digest = \"18:00\"", "quiet = \"22:00-12:00\"")).await;
        let is_bad = "select count(*) from episodes where is_open and was_told";
        let waits = "select count(*) from deliveries where state in ('queued', 'held')";
        let accepted = "select contact || ' ' || reference from deliveries where state = 'accepted' and kind <> 'owner' order by handed_at, id";
        let (mut chance, mut seen, mut checked) = (Chance(7), 0, 0);
        // A day of ups and downs, and one on which enough comes and stays.
        for step in 0..16 * 8 {
            world.advance(std::time::Duration::from_secs(3 * 3_600));
            let enough = format!("{}", 300 + 20 * step);
            match (step % 16, chance.below(6)) {
                (8, _) | (..8, 3 | 4) => balance(&world, &enough).await,
                (..8, 0) => topup_failed(&world).await,
                (..8, 1) => balance(&world, "-5").await,
                (..8, 2) => balance(&world, "40").await,
                _ => {}
            }
            world.settle().await;
            let bad = world.number(is_bad).await > 0;
            let mails = Mail::all(&world);
            let read = world.texts(accepted).await;
            let mail = |word: &str| mails.iter().find(|mail| mail.text.contains(word)).expect("it was sent");
            for (who, reference) in read.iter().filter_map(|row| row.split_once(' ')).skip(seen) {
                let mail = mail(reference);
                let is_good = is_good(mail) || mail.text.contains("sufficient again");
                assert!(!(bad && is_good), "{step}: {who} reads that all is well: {}", mail.text);
            }
            seen = read.len();
            if bad || world.number(waits).await > 0 {
                continue;
            }
            for reader in ["nadia", "olena", "taras"] {
                let last = read.iter().rev().filter_map(|row| row.split_once(' ')).find(|(who, _)| *who == reader);
                let Some((_, reference)) = last else { continue };
                let mail = mail(reference);
                let is_over = is_good(mail) || mail.text.contains("Still open: 0.");
                assert!(is_over, "{step}: what {reader} read last: {} {}", mail.subject, mail.text);
                checked += 1;
            }
        }
        assert!(checked > 10, "the walk came to rest {checked} times");
        ledger::assert_lawful(&world).await;
    }
}
