//! What a person may do to a delivery: send it again, cancel it, say how an unknown one ended. Each leaves the person's
//! name and reason in the ledger.

use crate::app::App;
use crate::domain::contact::{ChannelKind, EmailAddress};
use crate::domain::delivery::DeliveryState as State;
use crate::domain::foot::REFERENCE_SLOT;
use crate::domain::ids::{DeliveryId, NoticeId, ProjectKey};
use crate::domain::notice::{NoticeKind, Severity};
use crate::notify::envelope::Envelope;
use crate::notify::facts;
use crate::notify::gate::Stop;
use crate::notify::post::{Draft, readdressed};
use crate::notify::reference::read_reference;
use crate::notify::secret;
use crate::store::deliveries::StoredDelivery;
use crate::store::moves::Move;
use crate::store::{Session, StoreError};

/// Why it can't be done.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error(
        "there is no delivery `{0}`; `callbrief deliveries` lists them by id, and a mail's foot shows its reference"
    )]
    NotFound(String),
    #[error("delivery {id} is {state}: it is still on its way; wait for its end, or cancel it where it still can be")]
    OnItsWay { id: i64, state: String },
    #[error(
        "delivery {id} is {state}: only one that waits (queued, held, or claimed and not handed over) can be cancelled"
    )]
    NotCancellable { id: i64, state: String },
    #[error("delivery {id} is {state}: only an uncertain one can be settled")]
    NotUncertain { id: i64, state: String },
    #[error(
        "delivery {id} has no rendered form any more (they are kept for `keep.documents`), so it can't be sent again"
    )]
    NothingToSend { id: i64 },
    #[error(
        "delivery {id} went by {channel}, and another address can't be named for it; without --to it goes to its own again"
    )]
    NotByMail { id: i64, channel: String },
    #[error(
        "delivery {id} carried a code that confirms a number, and such a code goes once; `callbrief number confirm CONTACT` \
         sends another"
    )]
    CarriesCode { id: i64 },
    /// The gate would stop it: why, and what to do.
    #[error("nothing would be sent to {address}: {why}")]
    Stopped { address: String, why: String },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Unreadable(String),
}

/// The delivery that a person means: its number, or the reference under its mail.
pub async fn find(app: &App, text: &str) -> Result<StoredDelivery, Problem> {
    let not_found = || Problem::NotFound(text.to_owned());
    let id = match text.parse::<i64>() {
        Ok(id) if text.len() < 8 => DeliveryId(id),
        _ => {
            let reference = read_reference(text).ok_or_else(not_found)?;
            match app.store.delivery_by_reference(&reference).await? {
                Some(id) => id,
                None => DeliveryId(text.parse().map_err(|_| not_found())?),
            }
        }
    };
    app.store.read().await?.delivery(id).await?.ok_or_else(not_found)
}

/// Sends it again, to its own address or to another one: the next generation, with a Message-ID of its own. Returns the
/// new delivery, which the gate will judge as any other.
pub async fn resend(
    app: &App,
    row: &StoredDelivery,
    to: Option<&EmailAddress>,
    actor: &str,
    reason: &str,
) -> Result<DeliveryId, Problem> {
    use State::{Claimed, Handed, Held, Queued, Refused};
    // What is refused and not decided may go again by itself.
    if matches!(State::parse(&row.state), Some(Queued | Claimed | Held | Handed | Refused)) {
        return Err(Problem::OnItsWay { id: row.id, state: row.state.clone() });
    }
    if to.is_some() && row.channel != ChannelKind::Email.name() {
        return Err(Problem::NotByMail { id: row.id, channel: row.channel.clone() });
    }
    let unreadable = |what: &str| Problem::Unreadable(format!("delivery {}: its {what} can't be read", row.id));
    let mut envelope = Envelope::read(&row.why).map_err(|_| unreadable("foot"))?;
    if envelope.confirms_number {
        return Err(Problem::CarriesCode { id: row.id });
    }
    let forms = match row.variant {
        Some(variant) => app.store.artefacts_of(variant).await?,
        None => Vec::new(),
    };
    if forms.is_empty() {
        return Err(Problem::NothingToSend { id: row.id });
    }
    let kind = NoticeKind::parse(&row.kind).ok_or_else(|| unreadable("kind"))?;
    envelope.foot.reference = envelope.foot.reference.replace(&row.reference, REFERENCE_SLOT);
    envelope.by_hand = true;
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let secret = secret::key(app, &mut session).await?;
    let address = to.map_or(row.address.as_str(), EmailAddress::as_str);
    let (contact, name) = addressee(&mut session, row, address).await?;
    let envelope = readdressed(app, &mut session, row.project.map(ProjectKey), envelope, address).await?;
    let generation = session.last_generation(row.notice, &row.channel, address).await? + 1;
    let draft = Draft {
        project: row.project,
        notice: NoticeId(row.notice),
        notice_key: &row.notice_key,
        kind,
        severity: Severity::of_priority(row.priority),
        schedule: row.schedule.as_deref(),
        occurrence: row.occurrence.as_deref(),
        channel: &row.channel,
        address,
        generation,
        contact: contact.as_deref(),
        display_name: &name,
        variant: row.variant,
        envelope,
        reason: "resent",
        not_before: now,
        give_up_at: now.plus_seconds(kind.rules().give_up_after_sec),
        actor,
        detail: Some(reason),
    };
    let id = draft.add(app, &mut session, &secret, now).await?;
    let id = id.ok_or(Problem::OnItsWay { id: row.id, state: "being resent by somebody else".to_owned() })?;
    // The gate asks again when it goes; what it would stop even now isn't made at all.
    let stop = facts::stop_of(app, &mut session, id, now).await;
    if let Some(stop) = stop.map_err(|error| Problem::Unreadable(format!("delivery {}: {error}", row.id)))? {
        let project = row.project_id.as_deref().unwrap_or("its project");
        return Err(Problem::Stopped { address: address.to_owned(), why: what_to_do(&stop, project, address) });
    }
    session.commit().await?;
    Ok(id)
}

/// Why the gate stops it, and how that ends.
pub(super) fn what_to_do(stop: &Stop, project: &str, address: &str) -> String {
    let in_the_file = |why: &str| format!("{why}; change that in the set-up file and apply it");
    match stop {
        Stop::DomainNotAllowed => format!(
            "no contact of `{project}` has this address, and its domain isn't among the allowed domains of `{project}`; add \
             one or the other to the set-up file and apply it"
        ),
        Stop::Suppressed(reason) => format!(
            "the address is stopped ({}); `callbrief suppressions list` shows since when, and `callbrief suppressions \
             lift {address} --reason …` ends it",
            match reason.as_str() {
                "unsubscribed" => "its reader stopped the report",
                "no_such_address" => "a relay said that it doesn't exist",
                "by_hand" => "somebody of ours did it",
                other => other,
            }
        ),
        Stop::PassedOver => "a release passed over everything that was due then".to_owned(),
        Stop::Silenced => "somebody of ours silenced such notices; `callbrief silence list` says until when".to_owned(),
        Stop::NotInOnlyTo => {
            "these settings are a trial's and send only to the addresses of `mail.only_to`; add it there".to_owned()
        }
        Stop::ProjectRetired => in_the_file("its project was retired"),
        Stop::ProjectArchived => {
            "the project is archived; `callbrief standing set` tells when it no longer is".to_owned()
        }
        Stop::ScheduleRetired => in_the_file("its schedule was retired"),
        Stop::ContactInactive => in_the_file("the contact isn't active"),
        Stop::ContactWithoutRole => in_the_file("the contact has no role in the project"),
        Stop::RoleReceivesNot => in_the_file("the contact's role receives no such mail"),
        Stop::AddressRemoved => in_the_file("the contact doesn't have this address any more"),
        Stop::NotARecipientAnyMore => in_the_file("it isn't in the schedule's list any more"),
        Stop::ChannelNotWanted => in_the_file("the contact hears of such things by other channels (`alerts`)"),
        Stop::NumberNotConfirmed => {
            "nobody confirmed that the number is the contact's: `callbrief number confirm CONTACT` sends a code there, or the \
             set-up file says by what it was (`{ number = \"…\", verified = \"…\" }`)"
                .to_owned()
        }
        Stop::TextsOfDay | Stop::TextsOfMonth => {
            "the limit of texts is reached; `[sms]` of the settings has the limits".to_owned()
        }
        Stop::SharedWithoutMoney => in_the_file("somebody else who may see no sums has this channel too"),
        Stop::AlertsOver => "what it warned of is over; nothing of it is told any more".to_owned(),
        Stop::OwnCallsUnknown => in_the_file("the contact reads own calls only, and which they are isn't known"),
    }
}

/// Who reads at this address: the same contact, another of the project's, or nobody known.
async fn addressee(
    session: &mut Session,
    row: &StoredDelivery,
    address: &str,
) -> Result<(Option<String>, String), StoreError> {
    if address == row.address {
        return Ok((row.contact.clone(), row.display_name.clone()));
    }
    let known = match row.project {
        Some(project) => session.contact_with_address(project, &row.channel, address).await?,
        None => None,
    };
    Ok(known.map_or((None, String::new()), |(id, name)| (Some(id), name)))
}

/// Cancels one that isn't handed over.
pub async fn cancel(app: &App, row: &StoredDelivery, actor: &str, reason: &str) -> Result<(), Problem> {
    let from = &[State::Queued, State::Held, State::Claimed];
    let step = Move::to(DeliveryId(row.id), from, State::Cancelled, "cancelled_by_hand");
    if apply(app, step, actor, reason).await? {
        return Ok(());
    }
    let state = find(app, &row.reference).await?.state;
    Err(Problem::NotCancellable { id: row.id, state })
}

/// Ends one that the relay of a demo didn't take, and says why it didn't: it must not go by another relay some other day.
pub async fn give_up(app: &App, row: &StoredDelivery, actor: &str, why: &str) -> Result<(), Problem> {
    let step = Move::to(DeliveryId(row.id), &[State::Queued], State::Cancelled, "given_up_by_the_demo");
    apply(app, step, actor, why).await?;
    Ok(())
}

/// Says how an unknown one ended.
pub async fn settle(
    app: &App,
    row: &StoredDelivery,
    was_accepted: bool,
    actor: &str,
    reason: &str,
) -> Result<(), Problem> {
    let to = if was_accepted { State::Accepted } else { State::Failed };
    let step = Move::to(DeliveryId(row.id), &[State::Uncertain], to, "settled_by_hand");
    if apply(app, step, actor, reason).await? {
        return Ok(());
    }
    let state = find(app, &row.reference).await?.state;
    Err(Problem::NotUncertain { id: row.id, state })
}

async fn apply(app: &App, step: Move, actor: &str, reason: &str) -> Result<bool, StoreError> {
    let step = Move { actor: actor.to_owned(), detail: Some(reason.to_owned()), ..step };
    let mut session = app.store.write().await?;
    let done = session.move_deliveries(app.clock.now(), &[&step]).await?;
    session.commit().await?;
    Ok(done == [true])
}
