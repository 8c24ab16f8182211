//! What a process keeps in memory for sending: open connections, and the group commit. Nothing in it would be missed
//! after a crash.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::app::App;
use crate::config::channels::{Channel, Service};
use crate::config::secret::Secret;
use crate::config::settings::{Mail, Relay, Transport};
use crate::domain::contact::ChannelKind;
use crate::net::Client;
use crate::notify::channels::email::file::FileLane;
use crate::notify::channels::email::smtp::SmtpLane;
use crate::notify::channels::folder::FolderLane;
use crate::notify::channels::web::WebLane;
use crate::notify::channels::{Carrier, Way};
use crate::notify::{rate, secret};
use crate::store::batch::Batch;

/// The handles of the sending loop. Cheap to clone; made once a process.
#[derive(Clone, Debug)]
pub struct Lanes(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    batch: Batch,
    secret: Secret,
    routes: Vec<Route>,
    is_stopping: AtomicBool,
}

/// Deliveries that may take each other's place, and the lanes that carry them in order of preference. Routes don't wait
/// for each other: all mail is one, all texts are another, and each endpoint is one by itself.
#[derive(Clone, Debug)]
pub struct Route {
    pub channel: ChannelKind,
    /// Only deliveries to this address; `None`: all of the channel.
    pub address: Option<String>,
    pub lanes: Vec<Arc<Lane>>,
}

/// One lane as this process uses it; what all processes share is its row.
#[derive(Debug)]
pub struct Lane {
    /// `email/primary`
    pub id: String,
    pub carrier: Carrier,
    /// Messages a second over all replicas; `None`: as fast as it goes.
    pub per_second: Option<f64>,
    /// Messages under way at once, in this process.
    pub connections: usize,
    /// One permit for each message that may be under way.
    in_flight: Arc<Semaphore>,
    /// How long the other side may take once the fence is passed.
    pub patience: Duration,
    /// Conversations in a row that broke off.
    broken: AtomicU32,
}

/// So many conversations in a row that break off shut a lane.
const MOST_BROKEN: u32 = 3;

impl Lane {
    /// A place for one more message; `None`: as many as may be are under way.
    pub fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.in_flight).try_acquire_owned().ok()
    }

    /// Whether another message may be under way.
    pub fn has_place(&self) -> bool {
        self.in_flight.available_permits() > 0
    }

    /// Whether no message is under way.
    pub fn is_idle(&self) -> bool {
        self.in_flight.available_permits() >= self.connections
    }

    /// Counts a conversation that broke off; `true`: the lane should be shut.
    pub fn broke(&self) -> bool {
        self.broken.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_BROKEN
    }

    /// The other side answered.
    pub fn answered(&self) {
        self.broken.store(0, Ordering::Relaxed);
    }
}

impl Lanes {
    /// Makes the lanes' rows; connections are opened when there is something to send.
    pub async fn open(app: &App) -> anyhow::Result<Self> {
        let secret = secret::key_of(app).await?;
        let routes = routes(app);
        let known = app.store.lanes().await?;
        let all = routes.iter().flat_map(|route| &route.lanes);
        let missing: Vec<&Arc<Lane>> = all.filter(|lane| known.iter().all(|row| row.id != lane.id)).collect();
        if !missing.is_empty() {
            let mut session = app.store.write().await?;
            for lane in missing {
                session.ensure_lane(&lane.id, rate::burst(lane.per_second.unwrap_or(1.0)), app.clock.now()).await?;
            }
            session.commit().await?;
        }
        let batch = Batch::start(app.store.clone());
        Ok(Self(Arc::new(Inner { batch, secret, routes, is_stopping: AtomicBool::new(false) })))
    }

    /// No delivery is claimed any more; what is under way is finished, what is claimed but not begun is released.
    pub fn stop(&self) {
        self.0.is_stopping.store(true, Ordering::SeqCst);
    }

    /// Whether [`Lanes::stop`] was called.
    pub fn is_stopping(&self) -> bool {
        self.0.is_stopping.load(Ordering::SeqCst)
    }

    /// Says goodbye to every relay; no message may be under way.
    pub async fn close(&self) {
        futures_util::future::join_all(self.all().map(|lane| lane.carrier.close())).await;
    }

    /// Gives up connections that waited this long for the next message.
    pub fn drop_idle(&self, longer_than: Duration) {
        for lane in self.all() {
            lane.carrier.drop_idle(longer_than);
        }
    }

    /// The group commit.
    pub fn batch(&self) -> &Batch {
        &self.0.batch
    }

    /// The key that signs links.
    pub fn secret(&self) -> &Secret {
        &self.0.secret
    }

    /// Every way out, mail first.
    pub fn routes(&self) -> &[Route] {
        &self.0.routes
    }

    fn all(&self) -> impl Iterator<Item = &Arc<Lane>> {
        self.0.routes.iter().flat_map(|route| &route.lanes)
    }
}

impl Route {
    /// Messages that may be under way at once, in this process.
    pub fn connections(&self) -> usize {
        self.lanes.iter().map(|lane| lane.connections).sum()
    }
}

fn routes(app: &App) -> Vec<Route> {
    let (mail, channels) = (&app.settings.mail, &app.settings.channels);
    let lanes = mail.relays.iter().map(|relay| Arc::new(lane(relay, mail))).collect();
    let mut routes = vec![Route { channel: ChannelKind::Email, address: None, lanes }];
    let client = Client::new(app.settings.net.clone());
    for way in crate::notify::channels::WAYS {
        let of_kind = channels.iter().filter(|channel| channel.kind == way.kind);
        let made: Vec<_> =
            of_kind.filter_map(|channel| Some((channel, service_lane(app, way, channel, &client)?))).collect();
        if way.kind.is_endpoint() {
            routes.extend(made.into_iter().map(|(channel, lane)| Route {
                channel: way.kind,
                address: Some(channel.name.clone()),
                lanes: vec![Arc::new(lane)],
            }));
        } else if !made.is_empty() {
            let lanes = made.into_iter().map(|(_, lane)| Arc::new(lane)).collect();
            routes.push(Route { channel: way.kind, address: None, lanes });
        }
    }
    routes
}

fn service_lane(app: &App, way: &'static Way, channel: &Channel, client: &Client) -> Option<Lane> {
    let (carrier, patience) = match channel.service.clone()? {
        Service::Folder(outbox) => (Carrier::Folder(Box::new(FolderLane { way, outbox })), WRITING),
        service => {
            let (client, clock) = (client.clone(), Arc::clone(&app.clock));
            let patience = client.reply_limit() + WRITING;
            (Carrier::Web(Box::new(WebLane { way, service, client, clock })), patience)
        }
    };
    Some(Lane {
        id: service_lane_id(channel),
        carrier,
        per_second: Some(channel.per_second),
        connections: way.connections,
        in_flight: Arc::new(Semaphore::new(way.connections)),
        patience,
        broken: AtomicU32::new(0),
    })
}

/// Time for writing down what happened after the other side has answered, or hasn't.
const WRITING: Duration = Duration::from_secs(30);

/// Whether the settings name a lane: one of their relays, or a channel with a service behind it.
pub fn is_configured(app: &App, lane: &str) -> bool {
    let (mail, channels) = (&app.settings.mail, &app.settings.channels);
    let of_channel = |channel: &Channel| channel.service.is_some() && service_lane_id(channel) == lane;
    mail.relays.iter().any(|relay| lane_id(&relay.id) == lane) || channels.iter().any(of_channel)
}

/// The id of a service's lane: `slack/room`.
fn service_lane_id(channel: &Channel) -> String {
    format!("{}/{}", channel.kind.name(), channel.name)
}

/// The id of a relay's lane: `email/primary`.
pub fn lane_id(relay: &str) -> String {
    format!("{}/{relay}", ChannelKind::Email.name())
}

/// The relay of a lane, as people call it: `primary`.
pub fn relay_name(lane: &str) -> &str {
    lane.split_once('/').map_or(lane, |(_, relay)| relay)
}

fn lane(relay: &Relay, mail: &Mail) -> Lane {
    let (carrier, per_second, patience) = match &relay.transport {
        Transport::Smtp(smtp) => {
            let patience = smtp.timeouts.data + smtp.timeouts.body + WRITING;
            (Carrier::Smtp(Box::new(SmtpLane::new(smtp.clone(), &mail.from_address))), Some(relay.per_second), patience)
        }
        Transport::File { folder, opened } => {
            (Carrier::File(FileLane { folder: folder.clone(), opened: *opened }), None, WRITING)
        }
    };
    Lane {
        id: lane_id(&relay.id),
        carrier,
        per_second,
        connections: relay.connections.max(1),
        in_flight: Arc::new(Semaphore::new(relay.connections.max(1))),
        patience,
        broken: AtomicU32::new(0),
    }
}
