//! A report over several projects: everybody sees those of their roles, and whoever loses one before the mail goes gets
//! a narrower one.

use crate::flow::build_without_sending;
use crate::support::mail::Mail;
use crate::support::{World, on_both};

/// Olena owns both, Taras manages Acme and only views Beta, Inna has no role in Beta; the board's domain is Beta's.
const SETUP: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"

[[project]]
id = "beta"
name = "Beta Doors"
zone = "Europe/Amsterdam"
locale = "nl"
currency = "USD"
allowed_domains = ["beta.example"]

[[contact]]
id = "olena"
name = "Olena Koval"
addresses = { email = ["olena@acme.example"] }
roles = { acme = ["owner"], beta = ["owner"] }

[[contact]]
id = "taras"
name = "Taras Bondar"
addresses = { email = ["taras@acme.example"] }
roles = { acme = ["manager"], beta = ["viewer"] }

[[contact]]
id = "inna"
name = "Inna Moroz"
addresses = { email = ["inna@acme.example"] }
roles = { acme = ["manager"] }

[[schedule]]
id = "all"
projects = ["acme", "beta"]
report = "summary"
recipients = ["olena", "taras", "inna", "board@beta.example"]
every = "week"
on = ["mon"]
at = "08:00"
formats = ["json"]
"#;

const ACME_CALLS: &str = "\
a,2026-11-17T10:00:00+02:00,inbound,answered,+380671112233,61
b,2026-11-17T10:05:00+02:00,inbound,missed_no_answer,+380502223344,
";
const BETA_CALLS: &str = "\
x,2026-11-18T09:00:00+01:00,inbound,missed_no_answer,+31612345678,
y,2026-11-18T09:30:00+01:00,inbound,answered,+31698765432,70
z,2026-11-22T23:30:00+01:00,inbound,answered,+31698765432,70
";
/// Monday, 23 November 2026, 08:00 in Kyiv.
const DUE: &str = "2026-11-23T06:00:00Z";
const VARIANTS: &str = "select kind_of_reader from variants order by id";

async fn both(world: &World) {
    world.set("2026-11-16T09:00:00Z");
    world.apply(SETUP).await;
    world.import("acme", ACME_CALLS).await;
    world.import("beta", BETA_CALLS).await;
    world.set(DUE);
}

on_both! {
    async fn everybody_sees_the_projects_of_their_roles(world: World) {
        both(&world).await;
        world.settle().await;
        assert_eq!(world.number("select count(*) from runs where state = 'built'").await, 1, "one run");
        assert_eq!(world.number("select count(*) from notices where kind = 'report'").await, 1, "one notice");
        let mails = Mail::all(&world);
        let text = |to: &str| Mail::to(&mails, to).text.replace('\u{a0}', " ");
        let olena = text("olena@acme.example");
        assert!(olena.contains("Acme Windows") && olena.contains("Beta Doors"), "{olena}");
        assert!(olena.contains("+380 50 222 3344") && olena.contains("+31 6 12345678"), "{olena}");
        assert!(olena.contains("You answered 50.0 % of 4 calls in 2 projects."), "z is next week's in Kyiv: {olena}");
        let taras = text("taras@acme.example");
        assert!(taras.contains("+380 50 222 3344") && taras.contains("…5678"), "{taras}");
        assert!(!taras.contains("12345678"), "{taras}");
        let inna = text("inna@acme.example");
        assert!(!inna.contains("Beta") && inna.contains("1 project."), "{inna}");
        let board = text("board@beta.example");
        assert!(!board.contains("Acme") && board.contains("Beta Doors"), "{board}");
    }

    async fn whoever_loses_a_role_before_the_mail_goes_gets_a_narrower_one(world: World) {
        both(&world).await;
        build_without_sending(&world).await;
        let less = SETUP
            .replace("roles = { acme = [\"owner\"], beta = [\"owner\"] }", "roles = { acme = [\"owner\"] }")
            .replace("roles = { acme = [\"manager\"], beta = [\"viewer\"] }", "roles = { acme = [\"viewer\"], beta = [\"viewer\"] }")
            .replace("id = \"inna\"\nname = \"Inna Moroz\"", "id = \"inna\"\nname = \"Inna Moroz\"\nactive = false");
        world.apply(&less).await;
        world.settle().await;
        let mails = Mail::all(&world);
        let olena = Mail::to(&mails, "olena@acme.example").text.replace('\u{a0}', " ");
        assert!(!olena.contains("Beta") && !olena.contains("12345678"), "{olena}");
        assert!(olena.contains("+380 50 222 3344"), "{olena}");
        let taras = Mail::to(&mails, "taras@acme.example").text.replace('\u{a0}', " ");
        assert!(taras.contains("…3344") && !taras.contains("222 3344"), "{taras}");
        assert_eq!(mails.len(), 3, "nothing for Inna, who has left");
        let readers = world.texts(VARIANTS).await;
        assert!(readers.iter().all(|reader| reader.contains("\"projects\"")), "{readers:?}");
    }

    async fn a_role_lost_in_every_project_stops_it(world: World) {
        both(&world).await;
        build_without_sending(&world).await;
        let gone = SETUP.replace("roles = { acme = [\"manager\"], beta = [\"viewer\"] }", "roles = {}");
        world.apply(&gone).await;
        world.settle().await;
        let stopped = "select reason from deliveries where state = 'suppressed'";
        assert_eq!(world.texts(stopped).await, ["contact_without_role"]);
    }
}
