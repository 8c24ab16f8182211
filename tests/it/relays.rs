//! Several relays, their limits, and good manners when connections end.

use std::time::Duration;

use callbrief::app::App;
use callbrief::config::settings::{Encryption, Relay};
use callbrief::jobs;
use callbrief::notify::lanes::Lanes;
use callbrief::notify::send;

use crate::support::posting::{self, To};
use crate::support::smtp::{Act, At, Script, Seen, SmtpServer};
use crate::support::{World, ledger, on_both};

/// The same installation, sending through these relays.
async fn through(world: &World, relays: Vec<Relay>) -> App {
    world.replica(|settings| settings.mail.relays = relays).await
}

async fn post_many(world: &World, key: &str, count: usize) {
    let addresses: Vec<String> = (0..count).map(|n| format!("a{n}@acme.example")).collect();
    posting::report(&world.app, key, &addresses.iter().map(|address| To::Address(address)).collect::<Vec<_>>()).await;
}

async fn by_lane(world: &World) -> Vec<String> {
    world.texts("select lane || ' ' || cast(count(*) as text) from deliveries where state = 'accepted' group by lane order by lane").await
}

on_both! {
    async fn what_a_relays_rate_holds_back_goes_by_the_next(world: World) {
        posting::project(&world).await;
        let (first, second) = (SmtpServer::start(Script::default()).await, SmtpServer::start(Script::default()).await);
        let slow = Relay { per_second: 1.0, ..first.relay("first", Encryption::Plain) };
        let app = through(&world, vec![slow, second.relay("second", Encryption::Plain)]).await;
        let lanes = Lanes::open(&app).await.expect("lanes");
        post_many(&world, "r", 12).await;
        send::step(&app, &lanes).await.expect("a step");
        assert_eq!(by_lane(&world).await, ["email/first 5", "email/second 7"], "a burst of five seconds, then the next");
        ledger::assert_lawful(&world).await;
    }

    async fn when_all_are_at_their_rate_the_first_token_is_waited_for(world: World) {
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default()).await;
        let relay = |id: &str, per_second: f64| Relay { per_second, ..server.relay(id, Encryption::Plain) };
        let app = through(&world, vec![relay("first", 0.1), relay("second", 0.5)]).await;
        let lanes = Lanes::open(&app).await.expect("lanes");
        post_many(&world, "r", 5).await;
        let done = send::step(&app, &lanes).await.expect("a step");
        assert_eq!(by_lane(&world).await, ["email/first 1", "email/second 2"]);
        assert_eq!(done.next_at, Some(world.now().plus_seconds(1)), "half a token is left to the second");
        world.advance(Duration::from_secs(60));
        send::step(&app, &lanes).await.expect("a step");
        assert_eq!(by_lane(&world).await, ["email/first 2", "email/second 3"]);
    }

    async fn a_relay_carries_no_more_at_once_than_it_may_and_the_next_takes_the_rest(world: World) {
        posting::project(&world).await;
        let script = Script::default().at(At::Dot, Act::SayLate(Duration::from_millis(20), "250 taken"));
        let (first, second) = (SmtpServer::start(script).await, SmtpServer::start(Script::default()).await);
        let one = Relay { connections: 1, ..first.relay("first", Encryption::Plain) };
        let app = through(&world, vec![one, second.relay("second", Encryption::Plain)]).await;
        let lanes = Lanes::open(&app).await.expect("lanes");
        post_many(&world, "r", 60).await;
        let done = send::step(&app, &lanes).await.expect("a step");
        assert_eq!(done.accepted, 60);
        let (first, second) = (first.seen(), second.seen());
        assert_eq!(first.connections, 1, "one message at a time");
        assert!(first.taken.len() >= 25 && second.taken.len() >= 25, "{} and {}", first.taken.len(), second.taken.len());
        assert_eq!(first.taken.len() + second.taken.len(), 60, "each once");
        ledger::assert_lawful(&world).await;
    }

    async fn goodbye_is_said(world: World) {
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default()).await;
        let app = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        let lanes = Lanes::open(&app).await.expect("lanes");
        post_many(&world, "idle", 1).await;
        send::step(&app, &lanes).await.expect("a step");
        assert_eq!(goodbyes(&server.seen()), 0, "the connection waits for the next message");
        lanes.drop_idle(Duration::ZERO);
        for _ in 0..400 {
            if goodbyes(&server.seen()) > 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(goodbyes(&server.seen()), 1, "a connection that waited too long");
        post_many(&world, "tick", 3).await;
        jobs::tick(&app).await.expect("the jobs run");
        let seen = server.seen();
        assert_eq!(seen.taken.len(), 6, "one, three, and two of the schedule");
        assert_eq!(goodbyes(&seen), seen.connections, "every connection ends in good order: {:?}", seen.commands);
    }

    async fn it_is_said_when_a_held_relay_is_used_again(world: World) {
        posting::project(&world).await;
        let bad = SmtpServer::start(Script::default().at(At::Rcpt, Act::Say("550 5.1.1 not from you"))).await;
        let app = through(&world, vec![bad.relay("a", Encryption::Plain)]).await;
        post_many(&world, "r", 5).await;
        send::step(&app, &Lanes::open(&app).await.expect("lanes")).await.expect("a step");
        post_many(&world, "r2", 1).await;
        let told = explain(&app, &world, "asc").await;
        assert!(told.contains("was tried once; the next try comes after 2026-11-16 08:30"), "{told}");
        let told = explain(&app, &world, "desc").await;
        assert!(told.contains("waits to be sent"), "{told}");
        assert!(told.contains("No relay is used before 2026-11-16 08:30; it goes by itself then."), "{told}");
        world.advance(Duration::from_secs(1_801));
        assert!(!explain(&app, &world, "desc").await.contains("No relay"));
        world.execute("update deliveries set state = 'cancelled' where state = 'queued'").await;
    }
}

fn goodbyes(seen: &Seen) -> u32 {
    u32::try_from(seen.commands.iter().filter(|command| *command == "QUIT").count()).expect("few")
}

async fn explain(app: &App, world: &World, order: &str) -> String {
    let reference = world
        .texts(&format!("select reference from deliveries where kind = 'report' order by id {order} limit 1"))
        .await
        .remove(0);
    let told = callbrief::cli::explain::by_reference(app, &reference).await;
    told.expect("it is explained").expect("it is there")
}
