//! The doctor finds what is wrong before a report doesn't arrive, and says what to do.

use std::collections::BTreeMap;
use std::net::{SocketAddr, UdpSocket};

use callbrief::config::settings::{Encryption, Transport};

use crate::flow::{self, DUE};
use crate::program::{Silent, command, settings};
use crate::support::smtp::{Script, SmtpServer};
use crate::support::{Engine, World, on_both};

/// A name server that knows these texts; a name without any isn't there. It ends with the test's process.
fn name_server(texts: &[(&str, &str)]) -> SocketAddr {
    let known: BTreeMap<String, Vec<String>> = texts.iter().fold(BTreeMap::new(), |mut known, (name, text)| {
        known.entry((*name).to_owned()).or_insert_with(Vec::new).push((*text).to_owned());
        known
    });
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = socket.local_addr().expect("bound");
    std::thread::spawn(move || {
        let mut bytes = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut bytes) {
            let question = &bytes[..length];
            let (mut labels, mut at) = (Vec::new(), 12);
            while question[at] != 0 {
                let end = at + 1 + usize::from(question[at]);
                labels.push(String::from_utf8_lossy(&question[at + 1..end]).to_lowercase());
                at = end;
            }
            let texts = known.get(&labels.join(".")).cloned().unwrap_or_default();
            let code = if texts.is_empty() { 3 } else { 0 };
            let mut reply = question[..2].to_vec();
            reply.extend([0x81, 0x80 | code, 0, 1, 0, u8::try_from(texts.len()).expect("few"), 0, 0, 0, 0]);
            reply.extend(&question[12..at + 5]);
            for text in texts {
                let pieces: Vec<u8> = text
                    .as_bytes()
                    .chunks(200)
                    .flat_map(|piece| [&[u8::try_from(piece.len()).expect("short")][..], piece].concat())
                    .collect();
                reply.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
                reply.extend(u16::try_from(pieces.len()).expect("short").to_be_bytes());
                reply.extend(pieces);
            }
            let _ = socket.send_to(&reply, from);
        }
    });
    address
}

const GOOD: &[(&str, &str)] = &[
    ("test.example", "some-service-verification=1"),
    ("test.example", "v=spf1 include:spf.mail.example -all"),
    ("s1._domainkey.test.example", "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7"),
    ("_dmarc.test.example", "v=DMARC1; p=reject; rua=mailto:d@test.example"),
];

/// What the doctor says of each thing, and how it ends.
fn doctor(world: &World, args: &[&str]) -> (Option<i32>, BTreeMap<String, (String, String)>) {
    let out = command(world, DUE, &[&["doctor", "--json"], args].concat()).output().expect("it runs");
    let json: serde_json::Value = serde_json::from_slice(&out.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&out.stderr)));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let check = |check: &serde_json::Value| {
        let said = format!("{} | {}", text(&check["said"]), text(&check["advice"]));
        (text(&check["name"]), (text(&check["health"]), said))
    };
    (out.status.code(), json["checks"].as_array().expect("checks").iter().map(check).collect())
}

/// Nothing must be mended; of a server's clock a test's differs, which stands still.
fn is_well(world: &World, code: Option<i32>, found: &BTreeMap<String, (String, String)>) {
    let bad: Vec<&str> =
        found.iter().filter(|(_, (health, _))| health == "bad").map(|(name, _)| name.as_str()).collect();
    match world.engine {
        Engine::Sqlite => assert!(bad.is_empty() && code == Some(0), "{found:#?}"),
        Engine::Postgres => assert!(bad == ["clock"] && code == Some(4), "{found:#?}"),
    }
}

fn with_relay(world: &World, address: &str) {
    let text = format!(
        "database_url = \"{}\"\npublic_url = \"https://reports.test.example\"\n[mail]\nfrom_address = \"reports@test.example\"\n\
         [[mail.relay]]\nurl = \"smtp://{address}\"\nencryption = \"plain\"\n",
        world.app.settings.database_url.reveal()
    );
    std::fs::write(world.folder().join("callbrief.toml"), text).expect("the settings are written");
}

on_both! {
    async fn a_healthy_installation_is_told_so_and_nothing_is_changed_or_sent(world: World) {
        flow::acme(&world).await;
        let relay = SmtpServer::start(Script::default()).await;
        let Transport::Smtp(smtp) = relay.relay("one", Encryption::Plain).transport else { panic!("an SMTP relay") };
        with_relay(&world, &format!("localhost:{}", smtp.port));
        let server = name_server(GOOD).to_string();
        let (code, found) = doctor(&world, &["--name-server", &server, "--dkim-selector", "s1"]);
        is_well(&world, code, &found);
        for name in ["settings", "database", "its structure", "fonts", "relay smtp-1", "SPF", "DKIM", "DMARC", "disk", "temporary"] {
            let known = found.iter().find(|(known, _)| *known == name || (name.starts_with("relay") && known.starts_with("relay")));
            if name == "disk" && world.engine == Engine::Postgres {
                continue;
            }
            let (_, (health, said)) = known.unwrap_or_else(|| panic!("nothing of {name}: {found:#?}"));
            assert_eq!(health, "good", "{name}: {said}");
        }
        assert!(found["DKIM"].1.contains("s1") && found["SPF"].1.contains("-all"));
        assert_eq!(world.number("select count(*) from audit where action = 'doctor'").await, 0);
        let out = command(&world, DUE, &["doctor", "--offline"]).output().expect("it runs");
        let shown = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(shown.contains("✓  database") && !shown.contains("SPF"), "{shown}");
        assert!(!shown.contains('\u{1b}'), "no colours where nobody looks: {shown}");
    }

    async fn what_is_wrong_is_named_with_what_to_do(world: World) {
        flow::acme(&world).await;
        let silent = Silent::port();
        with_relay(&world, &format!("127.0.0.1:{}", silent.number()));
        let server = name_server(&[
            ("test.example", "v=spf1 +all"),
            ("old._domainkey.test.example", "v=DKIM1; p="),
            ("_dmarc.test.example", "v=DMARC1; p=none"),
        ])
        .to_string();
        let (code, found) = doctor(&world, &["--name-server", &server, "--dkim-selector", "old"]);
        assert_eq!(code, Some(4), "{found:#?}");
        let relay = found.iter().find(|(name, _)| name.starts_with("relay")).expect("the relay");
        assert!(relay.1.0 == "bad" && relay.1.1.contains("the connection"), "{relay:?}");
        assert!(found["SPF"].0 == "bad" && found["SPF"].1.contains("everybody"), "{found:#?}");
        assert!(found["DKIM"].0 == "bad" && found["DKIM"].1.contains("withdrawn"), "{found:#?}");
        assert!(found["DMARC"].0 == "look" && found["DMARC"].1.contains("quarantine"), "{found:#?}");
        let nothing = name_server(&[]).to_string();
        let (_, found) = doctor(&world, &["--name-server", &nothing]);
        assert!(found["SPF"].0 == "bad" && found["DKIM"].0 == "unknown" && found["DMARC"].0 == "bad", "{found:#?}");
        let (_, found) = doctor(&world, &["--name-server", &format!("127.0.0.1:{}", silent.number())]);
        assert!(["SPF", "DKIM", "DMARC"].iter().all(|name| found[*name].0 == "unknown"), "{found:#?}");
    }

    async fn what_is_kept_beside_the_facts_is_worked_out_again(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let entries = crate::import::rows(&world).await;
        let next = world.texts("select cast(next_fire_at as text) from schedules").await;
        world.execute("delete from callback_entries").await;
        let broken = if world.engine == Engine::Sqlite { "0" } else { "timestamptz 'epoch'" };
        world.execute(&format!("update schedules set next_fire_at = {broken}")).await;
        let (code, found) = doctor(&world, &["--offline", "--repair"]);
        is_well(&world, code, &found);
        assert!(found["repair"].0 == "good" && found["repair"].1.contains("1 moved"), "{found:#?}");
        assert_eq!(crate::import::rows(&world).await, entries);
        assert_eq!(world.texts("select cast(next_fire_at as text) from schedules").await, next);
    }

    async fn a_database_of_a_newer_version_works_beside_an_older_program(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        // What the next version's migration does: a table, a column with a default, and its line in the history.
        world.execute("create table something_new (id text not null primary key)").await;
        world.execute("alter table deliveries add column something_new text").await;
        world.execute("alter table runs add column also_new bigint not null default 7").await;
        world.execute(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             select 9000, 'newer', true, checksum, 1 from _sqlx_migrations where version = 1",
        )
        .await;
        let (code, found) = doctor(&world, &["--offline"]);
        is_well(&world, code, &found);
        assert!(found["its structure"].0 == "look" && found["its structure"].1.contains("newer version"), "{found:#?}");
        // An older replica opens it, brings nothing back, and does its work.
        let older = world.replica(|_| {}).await;
        world.set(DUE);
        let told = callbrief::jobs::tick(&older).await.expect("the jobs run");
        assert_eq!((told.built, told.accepted), (1, 4));
        let out = command(&world, DUE, &["migrate"]).output().expect("it runs");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        assert_eq!(world.number("select count(*) from _sqlx_migrations where version = 9000").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_damaged_or_away_is_said_to_be() {
    let world = World::new(Engine::Sqlite).await;
    settings(&world, 0);
    let (code, found) = doctor(&world, &["--offline", "--database", "sqlite://none.db"]);
    assert!(code == Some(4) && found["database"].1.contains("there is no"), "{found:#?}");
    let (code, found) = doctor(&world, &["--offline", "--database", "postgres://me@127.0.0.1:1/x"]);
    assert!(code == Some(4) && found["database"].0 == "bad", "{found:#?}");
}
