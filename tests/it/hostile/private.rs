//! Every spelling of an address of our own network, wherever an address may be told: nobody there is ever called.

use std::time::Duration;

use callbrief::config::channels::{Accepted, Channel, Gateway, Hook, Service, SigningKey, Sms, SmsWay, Webhook};
use callbrief::config::secret::Secret;
use callbrief::domain::contact::ChannelKind;
use callbrief::jobs;
use callbrief::net::Target;
use tokio::net::TcpListener;

use crate::support::on_both;
use crate::support::setup::{ACME, file};

/// Hosts that lead home, with `PORT` behind each.
const HOSTS: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0X7F.0X0.0X0.0X1",
    "0177.0.0.1",
    "0177.0.0.0x1",
    "017700000001",
    "00000177.00.00.0001",
    "127.0.0.1.",
    "127.255.255.254",
    "0",
    "0.0.0.0",
    "①②⑦.⓪.⓪.①",
    "１２７．０．０．１",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "127%2e0%2e0%2e1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ｌocalhost",
    "loc\u{ad}alhost",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:7F00:0001]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::ffff:0:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fec0::1]",
    "[fd00:ec2::254]",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "[::ffff:a9fe:a9fe]",
    "10.0.0.1",
    "0xa000001",
    "012.0.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.257",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.0.192",
    "224.0.0.1",
    "255.255.255.255",
];

fn service(kind: ChannelKind, url: &str) -> Option<Service> {
    let target = Target::parse(url).ok()?;
    Some(match kind {
        ChannelKind::Slack => Service::Slack(Hook { target }),
        ChannelKind::Teams => Service::Teams(Hook { target }),
        ChannelKind::Webhook => {
            let key = SigningKey::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a key");
            Service::Webhook(Webhook { target, keys: vec![key] })
        }
        _ => Service::Sms(Sms {
            way: SmsWay::Gateway(Gateway {
                method: "POST".parse().expect("a method"),
                url: Secret::new(url),
                headers: Vec::new(),
                content_type: "application/json".to_owned(),
                body: r#"{"to":"{to}","text":"{text}"}"#.to_owned(),
                replies: None,
                accepted: Accepted { status: Vec::new(), body: None },
            }),
            most_parts: 3,
        }),
    })
}

on_both! {
    async fn no_spelling_of_a_private_address_is_ever_called(mut world: World) {
        world.allow_leftovers();
        let (four, six) = (TcpListener::bind("0.0.0.0:0").await.expect("a port"), TcpListener::bind("[::1]:0").await);
        let port = four.local_addr().expect("bound").port();
        let mut channels = Vec::new();
        let kinds = [ChannelKind::Slack, ChannelKind::Teams, ChannelKind::Webhook, ChannelKind::Sms];
        for (n, host) in HOSTS.iter().enumerate() {
            for scheme in ["https", "http"] {
                let (kind, name) = (kinds[n % 4], format!("{scheme}-{n}"));
                let made = service(kind, &format!("{scheme}://{host}:{port}/hook"));
                channels.extend(made.map(|service| Channel { name, kind, service: Some(service), per_second: 10_000.0 }));
            }
        }
        assert!(channels.len() > HOSTS.len(), "nearly all can be read as addresses: {}", channels.len());
        let mut people = String::new();
        for (n, channel) in channels.iter().enumerate().filter(|(_, channel)| channel.kind != ChannelKind::Sms) {
            people += &format!(
                "[[contact]]\nid = \"c{n}\"\nname = \"c{n}\"\nroles = {{ acme = [\"owner\"] }}\naddresses = {{ {} = [\"{}\"] }}\n",
                channel.kind.name(), channel.name
            );
        }
        people += "[[contact]]\nid = \"phone\"\nname = \"phone\"\nroles = { acme = [\"owner\"] }\n\
                   addresses = { sms = [{ number = \"+380441234567\", verified = \"x\" }] }\n";
        let calls_home = format!("http://127.1:{port}/ping");
        let app = world.replica(|settings| {
            settings.channels = channels.clone();
            settings.heartbeat_url = Some(Secret::new(calls_home));
        }).await;
        // The file names channels that only this process knows.
        world.apply_by(&app, &file(&[ACME, &people])).await;
        let acme = callbrief::domain::ids::ProjectId::parse("acme").expect("an id");
        let project = app.store.project(&acme).await.expect("read").expect("there");
        let contacts = world.texts("select id from contacts order by id").await;
        for id in &contacts {
            let id = callbrief::domain::ids::ContactId::parse(id).expect("an id");
            let contact = app.store.contact(&id).await.expect("read").expect("there");
            for kind in contact.addresses.keys() {
                let asked = callbrief::notify::test_alert::Asked { contact: &contact, project: &project, channel: *kind, actor: "t" };
                callbrief::notify::test_alert::post(&app, asked).await.expect("it is posted");
            }
        }
        for _ in 0..3 {
            jobs::tick(&app).await.expect("the jobs run");
            world.advance(Duration::from_secs(600));
        }
        let accepted = world.texts("select channel || ' ' || address from deliveries where state in ('accepted', 'uncertain', 'handed') and channel <> 'email'").await;
        assert!(accepted.is_empty(), "{accepted:?}");
        let posted = world.number("select count(*) from deliveries").await;
        assert!(posted as usize >= contacts.len(), "{posted}");
        for listener in [Some(four), six.ok()].into_iter().flatten() {
            let called = tokio::time::timeout(Duration::from_millis(100), listener.accept()).await;
            assert!(called.is_err(), "somebody was called: {called:?}");
        }
    }
}
