//! What comes back about mails: reports of mail servers ([`report`]) and events of mail services ([`mailgun`], [`postmark`],
//! [`ses`]). Each becomes [`Event`]s, and [`take`] is the one place that believes them: an event names its delivery by something
//! that only those know who saw the mail, moves it from `accepted` once, and changes nothing when it comes again, late, or about
//! a mail that isn't ours.
//!
//! To add a service: a file here that proves and reads its events, and a line in `web::hooks::mail_events`.

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;
pub mod mailgun;
pub mod postmark;
pub mod report;
pub mod ses;
pub mod sns;
pub mod subscription;
pub mod verp;

use subtle::ConstantTimeEq;

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::comeback::Comeback;
use crate::domain::contact::ChannelKind;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::{DeliveryId, ProjectKey};
use crate::notify::reference::read_reference;
use crate::notify::secret;
use crate::store::deliveries::StoredDelivery;
use crate::store::moves::{Change, Move};
use crate::store::suppressions::NewSuppression;

/// An event is believed until it is this old: services repeat for hours what wasn't taken.
pub const OLDEST_SEC: i64 = 24 * 3_600;
/// Clocks differ.
pub const AHEAD_SEC: i64 = 600;

/// Something that came back, with what names its mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub what: Comeback,
    /// Whatever may name the delivery; the first that does decides.
    pub keys: Vec<Key>,
    /// Whom it is about, where that is said.
    pub recipient: Option<String>,
    /// `5.1.1`
    pub code: Option<String>,
    /// What the other side said, for people.
    pub said: String,
    /// Who told us, for the ledger: `mailgun`, `bounce message`.
    pub by: &'static str,
}

/// What names a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The address that it was sent from, which is signed.
    Sender(String),
    /// Its Message-ID, part of which is signed; with or without angle brackets.
    MessageId(String),
    /// Its reference, told by a service that proved who it is: its recipient must be the event's.
    Reference(String),
    /// What the service called it when it took it, told by a service that proved who it is.
    Taken(String),
}

/// What was done about an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The delivery was moved.
    Moved { reference: String, state: State, address_stopped: bool },
    /// It was told before, or the delivery stands where such news changes nothing.
    Nothing { reference: String, state: String },
    /// Its mail is being handed over just now: to be told again in a moment.
    TooEarly,
    /// It isn't about a mail of ours.
    Foreign,
}

/// Takes an event. Again is the same as once.
pub async fn take(app: &App, event: &Event) -> anyhow::Result<Outcome> {
    let Some(row) = find(app, event).await? else { return Ok(Outcome::Foreign) };
    let to = event.what.state();
    let step = match State::parse(&row.state) {
        Some(State::Accepted) => Move::to(DeliveryId(row.id), &[State::Accepted], to, event.what.reason()),
        // What comes back was taken.
        Some(State::Uncertain) => {
            Move::to(DeliveryId(row.id), &[State::Uncertain], State::Accepted, "taken_as_it_came_back")
                .then(to, event.what.reason())
        }
        Some(State::Claimed | State::Handed) => return Ok(Outcome::TooEarly),
        _ => return Ok(Outcome::Nothing { reference: row.reference, state: row.state }),
    };
    let said = shortened(&event.said);
    let mut step = step.saying(said.as_str());
    step.actor = event.by.to_owned();
    step.change = Change { code: event.code.clone(), reply: Some(said.clone()), ..Change::default() };
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    if session.move_deliveries(now, &[&step]).await? != [true] {
        return Ok(Outcome::TooEarly);
    }
    let stops = event.what.stops_address() && is_its_own(app, &row);
    if stops {
        let stop = NewSuppression {
            project: row.project.map(ProjectKey),
            schedule: None,
            channel: &row.channel,
            address: &row.address,
            reason: event.what.reason(),
            detail: Some(&said),
            actor: event.by,
        };
        session.suppress(now, &stop).await?;
    }
    session.commit().await?;
    crash_point!("back.noted");
    tracing::info!(
        delivery.id = row.id,
        delivery.reference = row.reference,
        by = event.by,
        reason = event.what.reason(),
        "a mail came back"
    );
    Ok(Outcome::Moved { reference: row.reference, state: to, address_stopped: stops })
}

/// Whether what came back is about the address of the row: a trial's mails all go to another one, and an old address is a hash.
fn is_its_own(app: &App, row: &StoredDelivery) -> bool {
    app.settings.mail.redirect_to.is_none() && row.address.contains('@')
}

/// The mail that an event is about.
async fn find(app: &App, event: &Event) -> anyhow::Result<Option<StoredDelivery>> {
    for key in &event.keys {
        let found = match key {
            Key::Sender(address) => by_sender(app, address).await?,
            Key::MessageId(id) => by_message_id(app, id).await?,
            Key::Reference(text) => by_reference(app, text).await?.filter(|row| is_about(app, event, row)),
            Key::Taken(id) => by_taken(app, event, id).await?,
        };
        if let Some(row) = found.filter(|row| row.channel == ChannelKind::Email.name()) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// Whether the event's recipient is the row's, or the one to whom a trial sends everything.
fn is_about(app: &App, event: &Event, row: &StoredDelivery) -> bool {
    let Some(recipient) = &event.recipient else { return false };
    let to = app.settings.mail.redirect_to.as_ref().map_or(row.address.as_str(), |to| to.as_str());
    to.eq_ignore_ascii_case(recipient)
}

async fn by_sender(app: &App, address: &str) -> anyhow::Result<Option<StoredDelivery>> {
    let Some(read) = verp::read(address) else { return Ok(None) };
    if !verp::is_ours(&secret::key_of(app).await?, &read) {
        return Ok(None);
    }
    by_reference(app, &read.reference).await
}

async fn by_message_id(app: &App, id: &str) -> anyhow::Result<Option<StoredDelivery>> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let Some((short, _)) = id.split_once('.') else { return Ok(None) };
    let found = by_reference(app, short).await?;
    let is_same = |row: &StoredDelivery| {
        let kept = row.message_id.trim_start_matches('<').trim_end_matches('>');
        bool::from(kept.as_bytes().ct_eq(id.as_bytes()))
    };
    Ok(found.filter(is_same))
}

async fn by_reference(app: &App, text: &str) -> anyhow::Result<Option<StoredDelivery>> {
    let Some(reference) = read_reference(text) else { return Ok(None) };
    let Some(id) = app.store.delivery_by_reference(&reference).await? else { return Ok(None) };
    Ok(app.store.read().await?.delivery(id).await?)
}

/// Shorter ones aren't ids.
const SHORTEST_ID: usize = 16;

/// Of the recipient's latest mails the one whose taking was answered with this id.
async fn by_taken(app: &App, event: &Event, id: &str) -> anyhow::Result<Option<StoredDelivery>> {
    let Some(recipient) = event.recipient.as_deref().filter(|_| id.len() >= SHORTEST_ID) else { return Ok(None) };
    if app.settings.mail.redirect_to.is_some() {
        return Ok(None);
    }
    let since = app.clock.now().plus_seconds(-31 * 86_400);
    let mut session = app.store.read().await?;
    for (candidate, reply) in session.taken_mails_of(recipient, since).await? {
        if reply.split(|c: char| c.is_whitespace() || "<>\"=".contains(c)).any(|word| word == id) {
            return Ok(session.delivery(candidate).await?);
        }
    }
    Ok(None)
}

const LONGEST_SAID: usize = 400;

/// On one line, and not endless.
fn shortened(text: &str) -> String {
    let clean: String = text.chars().take(LONGEST_SAID * 4).map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_SAID).collect()
}

/// Whether what says that it happened `at` may be believed at `now`: neither repeated from long ago nor of the future.
pub fn is_timely(at: crate::domain::instant::Instant, now: crate::domain::instant::Instant) -> bool {
    now.plus_seconds(-OLDEST_SEC) <= at && at <= now.plus_seconds(AHEAD_SEC)
}
