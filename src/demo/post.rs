//! Sends the demo's mails for real: all of them to one address, each by the one way out. Every mail that went to the
//! outbox is sent again as `resend` does it, with a relay of yours and `mail.redirect_to` in place of the demo's settings.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::folder::Folder;
use super::start;
use crate::app::{self, App};
use crate::config::relay::RelayUrl;
use crate::config::settings::{Encryption, Relay, Smtp, SmtpTimeouts, Transport};
use crate::domain::contact::EmailAddress;
use crate::notify::by_hand;
use crate::notify::lanes::{Lanes, lane_id};
use crate::notify::send;

const ACTOR: &str = "demo";
/// The relay's name among lanes.
const RELAY: &str = "for-real";
/// Different causes that are worth telling.
const MOST_CAUSES: usize = 3;
/// Longest that the whole post may wait for a relay's rate or recovery.
const PATIENCE: Duration = Duration::from_secs(120);

/// By which relay, and to whom.
#[derive(Clone, Debug)]
pub struct Real {
    relay: Smtp,
    /// The one address that everything goes to.
    pub to: EmailAddress,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub accepted: usize,
    /// Why the others weren't taken, each cause once, as the relay or the connection to it said.
    pub causes: Vec<String>,
    /// Refused, cancelled because the relay couldn't be reached, or unknown; `deliveries` says more.
    pub others: usize,
}

impl Real {
    /// Reads the relay's address. Without TLS only a relay on this machine is used.
    pub fn new(relay: &str, to: EmailAddress) -> anyhow::Result<Self> {
        let RelayUrl::Smtp { host, port, encryption, username, password } = RelayUrl::parse(relay)? else {
            anyhow::bail!("a folder is no relay; mails are in the demo's outbox anyway");
        };
        let here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let minute = Duration::from_secs(60);
        let relay = Smtp {
            encryption: if here && encryption == Encryption::Starttls { Encryption::Plain } else { encryption },
            host,
            port,
            username,
            password,
            hello_name: None,
            ca_file: None,
            timeouts: SmtpTimeouts { connect: Duration::from_secs(10), command: minute, data: minute, body: minute },
        };
        Ok(Self { relay, to })
    }
}

/// Sends every mail of the outbox once more, for real.
pub async fn send(folder: &Folder, real: &Real) -> anyhow::Result<Sent> {
    let mut settings = start::settings(folder)?;
    settings.mail.redirect_to = Some(real.to.clone());
    settings.mail.relays = vec![Relay {
        id: RELAY.to_owned(),
        transport: Transport::Smtp(real.relay.clone()),
        per_second: 10.0,
        connections: 2,
    }];
    let app = App::open(settings, Arc::clone(&app::clock())).await?;
    let before = app.store.posted_since(0).await?;
    let last = before.last().map_or(0, |posted| posted.id);
    for posted in
        before.iter().filter(|posted| posted.generation == 1 && posted.channel == "email" && posted.state == "accepted")
    {
        let row = by_hand::find(&app, &posted.reference).await?;
        by_hand::resend(&app, &row, None, ACTOR, "sent for real to one address").await?;
    }
    carry(&app, last).await?;
    let sent = give_up_what_waits(&app, last).await?;
    app.store.close().await;
    Ok(sent)
}

/// Sends until nothing waits any more, or the relay doesn't come back.
async fn carry(app: &App, last: i64) -> anyhow::Result<()> {
    let lanes = Lanes::open(app).await?;
    let until = app.clock.now() + PATIENCE;
    loop {
        let step = send::step(app, &lanes).await?;
        let waits = app.store.posted_since(last).await?.iter().any(|posted| posted.state == "queued");
        let now = app.clock.now();
        match step.next_at {
            Some(at) if waits && at < until && step.released == 0 => tokio::time::sleep(at.since(now)).await,
            _ => break,
        }
    }
    lanes.close().await;
    Ok(())
}

/// What a relay that can't be reached left behind must not go to the outbox some other day.
async fn give_up_what_waits(app: &App, last: i64) -> anyhow::Result<Sent> {
    let mut sent = Sent { accepted: 0, causes: Vec::new(), others: 0 };
    let lane = app.store.lanes().await?.into_iter().find(|lane| lane.id == lane_id(RELAY) && lane.failures > 0);
    let unreached = lane.and_then(|lane| lane.last_error);
    sent.causes.extend(unreached.clone());
    for posted in app.store.posted_since(last).await? {
        if posted.state == "accepted" {
            sent.accepted += 1;
            continue;
        }
        sent.others += 1;
        let told = app.store.read().await?.delivery_named(&posted.reference).await?;
        let reply = told.and_then(|told| told.reply);
        if posted.state == "queued" {
            let row = by_hand::find(app, &posted.reference).await?;
            let why = reply.as_deref().or(unreached.as_deref()).unwrap_or("the relay took none of them");
            by_hand::give_up(app, &row, ACTOR, why).await.context("what waits can't be given up")?;
        }
        if let Some(reply) = reply.filter(|reply| !sent.causes.contains(reply) && sent.causes.len() < MOST_CAUSES) {
            sent.causes.push(reply);
        }
    }
    Ok(sent)
}
