//! Deliveries: how they are added, claimed, looked at and found when time moves them. Their states change only through
//! [`super::moves`].

use std::collections::HashMap;

use serde::Serialize;

use super::ledger::NewEntry;
use super::moves::ITSELF;
use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_one, fetch_optional, json, sql};
use crate::domain::contact::ChannelKind;
use crate::domain::ids::{ContactId, DeliveryId, NoticeId, ProjectKey, RunId, VariantId};
use crate::domain::instant::Instant;
use crate::domain::role::ROLES;

const ADD: Sql = sql!(twin "deliveries/add");
const FIND_BY_KEY: Sql = sql!("deliveries/find_by_key");
const TAKEN_OF_ADDRESS: Sql = sql!("deliveries/taken_of_address");
const FIND_BY_REFERENCE: Sql = sql!("deliveries/find_by_reference");
const TEST_OF_PROJECT: Sql = sql!("deliveries/test_of_project");
const LAST_GENERATION: Sql = sql!("deliveries/last_generation");
const CLAIM: Sql = sql!(twin "deliveries/claim");
const RENEW: Sql = sql!("deliveries/renew");
const NEXT_AT: Sql = sql!("deliveries/next_at");
const FACTS: Sql = sql!(twin "deliveries/facts");
const GET: Sql = sql!("deliveries/get");
const LIST: Sql = sql!("deliveries/list");
const LEASE_ENDED: Sql = sql!("deliveries/lease_ended");
const OUT_OF_PATIENCE: Sql = sql!("deliveries/out_of_patience");
const UNCERTAIN: Sql = sql!("deliveries/uncertain");
const LONG_UNKNOWN: Sql = sql!("deliveries/long_unknown");
const REFUSED: Sql = sql!("deliveries/refused");
const DISPROVED: Sql = sql!(twin "deliveries/disproved");
const GROUPS_TO_TELL: Sql = sql!("deliveries/groups_to_tell");
const TO_TELL: Sql = sql!("deliveries/to_tell");
const OF_RUN: Sql = sql!("deliveries/of_run");
const TOLD: Sql = sql!(twin "deliveries/told");
const UNSETTLED: Sql = sql!("deliveries/unsettled");
const UNMADE: Sql = sql!("deliveries/unmade");
const CONTACT_WITH_ADDRESS: Sql = sql!("deliveries/contact_with_address");
const TEXTS_OF_CONTACT: Sql = sql!("deliveries/texts_of_contact");
const TEXTS_OF_PROJECT: Sql = sql!("deliveries/texts_of_project");
const HELD: Sql = sql!("deliveries/held");
const TO_JOIN: Sql = sql!("deliveries/to_join");
const JOINS: Sql = sql!(twin "deliveries/joins");
const UNMADE_JOINED: Sql = sql!("deliveries/unmade_joined");
const FOLDED: Sql = sql!("deliveries/folded");
const SET_VARIANT: Sql = sql!("deliveries/set_variant");

/// A delivery to be written down, queued.
#[derive(Clone, Debug)]
pub struct DeliveryRow<'a> {
    pub project: Option<i64>,
    pub notice: NoticeId,
    pub kind: &'a str,
    pub schedule: Option<&'a str>,
    pub occurrence: Option<&'a str>,
    pub channel: &'a str,
    pub address: &'a str,
    pub generation: i64,
    pub contact: Option<&'a str>,
    pub display_name: &'a str,
    pub variant: Option<i64>,
    /// JSON: what differs by recipient.
    pub why: &'a str,
    pub reference: &'a str,
    pub message_id: &'a str,
    pub message_date: Instant,
    /// Why it was made: `posted`, `resent`.
    pub reason: &'a str,
    pub priority: i64,
    pub not_before: Instant,
    pub give_up_at: Instant,
}

/// A new delivery as the statement takes it; times in microseconds.
#[derive(Debug, Serialize)]
struct Item<'a> {
    place: usize,
    project: Option<i64>,
    notice: i64,
    kind: &'a str,
    schedule: Option<&'a str>,
    occurrence: Option<&'a str>,
    channel: &'a str,
    address: &'a str,
    generation: i64,
    contact: Option<&'a str>,
    display_name: &'a str,
    variant: Option<i64>,
    why: &'a str,
    reference: &'a str,
    message_id: &'a str,
    message_date: i64,
    reason: &'a str,
    priority: i64,
    not_before: i64,
    give_up_at: i64,
}

impl<'a> Item<'a> {
    fn of(place: usize, row: &DeliveryRow<'a>) -> Self {
        Self {
            place,
            project: row.project,
            notice: row.notice.0,
            kind: row.kind,
            schedule: row.schedule,
            occurrence: row.occurrence,
            channel: row.channel,
            address: row.address,
            generation: row.generation,
            contact: row.contact,
            display_name: row.display_name,
            variant: row.variant,
            why: row.why,
            reference: row.reference,
            message_id: row.message_id,
            message_date: row.message_date.as_micros(),
            reason: row.reason,
            priority: row.priority,
            not_before: row.not_before.as_micros(),
            give_up_at: row.give_up_at.as_micros(),
        }
    }
}

/// A delivery taken for sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Claimed {
    pub id: i64,
    pub project: Option<i64>,
    pub priority: i64,
}

/// All that the gate and the composer ask about a delivery.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DeliveryFacts {
    pub id: i64,
    pub project: Option<i64>,
    pub notice: i64,
    pub kind: String,
    pub schedule: Option<String>,
    pub occurrence: Option<String>,
    pub channel: String,
    pub address: String,
    pub generation: i64,
    pub contact: Option<String>,
    pub display_name: String,
    pub variant: Option<i64>,
    pub why: String,
    pub reference: String,
    pub message_id: String,
    pub message_date: Instant,
    pub message_hash: Option<String>,
    pub tries: i64,
    pub lane: Option<String>,
    pub give_up_at: Instant,
    pub created_at: Instant,
    pub project_id: Option<String>,
    pub project_name: Option<String>,
    pub project_retired_at: Option<Instant>,
    /// `archived` and others, as others told.
    pub project_status: Option<String>,
    /// JSON list.
    pub allowed_domains: Option<String>,
    pub schedule_retired_at: Option<Instant>,
    /// JSON list.
    pub recipients: Option<String>,
    pub numbers: Option<String>,
    pub kind_of_reader: Option<String>,
    /// `[[project id, allowed domains, roles], …]` of a schedule over several projects.
    pub several: Option<String>,
    pub subject: Option<String>,
    /// `[[delivery, project id, why it may not be told any more, roles, kind, priority, whether somebody without money reads
    /// there], …]` of what its message joins.
    pub joined: Option<String>,
    /// `None`: no such contact, or a plain address.
    pub contact_is_active: Option<bool>,
    /// Role words, separated by commas.
    pub roles: Option<String>,
    pub contact_has_address: bool,
    /// By a code that went there.
    pub number_confirmed: bool,
    /// JSON; `None`: a plain address.
    pub contact_settings: Option<String>,
    /// Somebody else who may see no money in the project reads at this endpoint.
    pub shared_without_money: bool,
    /// The contact's zone, else the project's; of a message about several, that of the first.
    pub reader_zone: Option<String>,
    /// When the report that it carries was due.
    pub due_at: Option<Instant>,
    pub priority: i64,
    /// The named reason that stops this address, if any does.
    pub suppressed: Option<String>,
    /// A hold is in force for its project or channel, or for everything.
    pub is_on_hold: bool,
    /// It was due before the time up to which a release passed everything over.
    pub is_passed_over: bool,
    /// Somebody of ours wants nothing like it to be heard for a while.
    pub is_silenced: bool,
    /// It says that all is well, and since then it was told that it isn't.
    pub is_bad_again: bool,
}

/// One delivery, as its commands need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredDelivery {
    pub id: i64,
    pub project: Option<i64>,
    pub notice: i64,
    pub kind: String,
    pub schedule: Option<String>,
    pub occurrence: Option<String>,
    pub channel: String,
    pub address: String,
    pub generation: i64,
    pub contact: Option<String>,
    pub display_name: String,
    pub variant: Option<i64>,
    pub why: String,
    pub reference: String,
    pub state: String,
    pub reason: Option<String>,
    /// The other side's last words.
    pub reply: Option<String>,
    /// What took or refused it last.
    pub lane: Option<String>,
    pub not_before: Instant,
    pub give_up_at: Instant,
    pub created_at: Instant,
    pub project_id: Option<String>,
    pub project_name: Option<String>,
    pub notice_key: String,
    pub priority: i64,
    /// With its angle brackets.
    pub message_id: String,
}

/// A delivery in a list. The names are a contract with scripts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct ListedDelivery {
    pub id: i64,
    pub kind: String,
    pub project: Option<String>,
    pub schedule: Option<String>,
    pub occurrence: Option<String>,
    pub channel: String,
    pub address: String,
    pub generation: i64,
    pub state: String,
    pub reason: Option<String>,
    pub tries: i64,
    pub message_id: String,
    /// What people quote.
    pub reference: String,
    /// Earliest next try of what is queued; `None` of anything else.
    pub not_before: Option<Instant>,
    /// The last change.
    pub at: Instant,
}

/// What narrows a list of deliveries.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeliveryFilter<'a> {
    pub state: Option<&'a str>,
    pub project: Option<&'a str>,
    pub schedule: Option<&'a str>,
    pub address: Option<&'a str>,
}

/// A delivery that time may move.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    pub id: i64,
    pub state: String,
    pub kind: String,
}

/// A delivery whose outcome isn't known.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Uncertain {
    pub id: i64,
    pub give_up_at: Instant,
    /// How often it went again by itself.
    pub repeats: i64,
}

/// A refusal that isn't decided.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RefusedDelivery {
    pub id: i64,
    pub project: Option<i64>,
    pub kind: String,
    pub schedule: Option<String>,
    pub occurrence: Option<String>,
    pub reference: String,
    pub channel: String,
    pub address: String,
    pub lane: String,
    /// `5.1.1`
    pub code: String,
    pub reply: String,
    pub refused_at: Instant,
    /// Until when its lane is shut.
    pub shut_until: Option<Instant>,
    /// Its lane is held for this very refusal, and was when it came.
    pub lane_is_held: bool,
    /// It went back to the queue before because many got the same refusal, and the lane has taken others since.
    pub was_held: bool,
}

/// Of what an owner hasn't heard yet.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ToTell {
    pub project: Option<i64>,
    /// `uncertain`, `expired`, `failed`, or of the failed `unknown`, `address_marked`, `unsendable`.
    pub event: String,
}

/// A delivery that ended badly and whose owner hasn't heard.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Untold {
    pub id: i64,
    pub kind: String,
    pub schedule: Option<String>,
    pub occurrence: Option<String>,
    pub address: String,
    pub state: String,
    pub reason: Option<String>,
    pub reply: Option<String>,
    pub reference: String,
}

/// Where a delivery stands, for whoever reads an account.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Progress {
    pub id: i64,
    pub reference: String,
    pub state: String,
    pub reason: Option<String>,
    pub handed_at: Option<Instant>,
    /// By when whoever sends it has told how it ended, or isn't waited for any longer.
    pub lease_until: Option<Instant>,
}

/// A delivery that waited through quiet hours which are over.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldRow {
    pub id: i64,
    pub project: Option<i64>,
    pub contact: Option<String>,
    pub channel: String,
    pub address: String,
    pub kind: String,
    pub variant: i64,
    pub subject: String,
    /// JSON.
    pub kind_of_reader: String,
    /// Whether the episode that it told of is open still; `None`: it tells of none.
    pub is_open: Option<bool>,
}

/// What is told in one message with others of its reader, or is to be.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct JoinRow {
    pub id: i64,
    pub project: i64,
    pub project_id: String,
    pub contact: Option<String>,
    pub channel: String,
    pub address: String,
    pub display_name: String,
    pub variant: Option<i64>,
    /// JSON.
    pub kind_of_reader: Option<String>,
    pub subject: Option<String>,
    pub kind: String,
    /// By which it is told with others.
    pub reason: Option<String>,
    /// Whether the episode that it told of is open still; `None`: it tells of none, or that isn't asked yet.
    pub is_open: Option<bool>,
    pub priority: i64,
    pub not_before: Instant,
    pub give_up_at: Instant,
    pub created_at: Instant,
}

/// A delivery that waits for a narrower variant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UnmadeRow {
    pub delivery: i64,
    pub notice: i64,
    pub run: i64,
    pub project: i64,
    pub schedule: String,
    pub contact: Option<String>,
    pub address: String,
}

impl Session {
    /// Adds queued deliveries, but those whose key or reference is taken, and writes them into the ledger; each with its number,
    /// if it was added.
    pub async fn add_deliveries(
        &mut self,
        now: Instant,
        rows: &[DeliveryRow<'_>],
        actor: &str,
        detail: Option<&str>,
    ) -> Result<Vec<Option<DeliveryId>>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        self.ring_when_kept();
        let items: Vec<Item<'_>> = rows.iter().enumerate().map(|(place, row)| Item::of(place, row)).collect();
        let added = fetch_all!(self, ADD, (i64, String), json(&items), now)?;
        let mut added: HashMap<String, i64> = added.into_iter().map(|(id, reference)| (reference, id)).collect();
        // An address that is named twice has one reference.
        let ids: Vec<Option<i64>> = rows.iter().map(|row| added.remove(row.reference)).collect();
        let entries: Vec<NewEntry> = rows
            .iter()
            .zip(&ids)
            .filter_map(|(row, id)| {
                Some(NewEntry {
                    project: row.project,
                    run: None,
                    delivery: Some((*id)?),
                    from: None,
                    to: "queued",
                    reason: row.reason.to_owned(),
                    detail: detail.map(ToOwned::to_owned),
                    actor: actor.to_owned(),
                })
            })
            .collect();
        self.add_to_ledger(now, &entries).await?;
        Ok(ids.into_iter().map(|id| id.map(DeliveryId)).collect())
    }

    /// Whether a notice goes to this address already.
    pub async fn has_delivery(&mut self, row: &DeliveryRow<'_>) -> Result<bool, StoreError> {
        let (channel, address) = (row.channel, row.address);
        Ok(fetch_optional!(self, FIND_BY_KEY, (i64,), row.notice.0, channel, address, row.generation)?.is_some())
    }

    /// Takes up to `most` deliveries of a channel (to one address, or all) that may go now, under a lease.
    pub async fn claim_deliveries(
        &mut self,
        now: Instant,
        channel: &str,
        address: Option<&str>,
        most: i64,
        token: &str,
        lease_until: Instant,
    ) -> Result<Vec<Claimed>, StoreError> {
        let mut claimed = fetch_all!(self, CLAIM, Claimed, channel, now, most, token, lease_until, address)?;
        claimed.sort_by_key(|row| (row.priority, row.id));
        let entries: Vec<NewEntry> = claimed
            .iter()
            .map(|row| NewEntry {
                project: row.project,
                run: None,
                delivery: Some(row.id),
                from: Some("queued"),
                to: "claimed",
                reason: "may_go".to_owned(),
                detail: None,
                actor: ITSELF.to_owned(),
            })
            .collect();
        self.add_to_ledger(now, &entries).await?;
        Ok(claimed)
    }

    /// Keeps what is claimed under this token, and not handed over yet, until `lease_until`.
    pub async fn renew_claims(&mut self, token: &str, lease_until: Instant) -> Result<u64, StoreError> {
        execute!(self, RENEW, token, lease_until)
    }

    /// One delivery, as its commands need it.
    pub async fn delivery(&mut self, id: DeliveryId) -> Result<Option<StoredDelivery>, StoreError> {
        fetch_optional!(self, GET, StoredDelivery, id.0)
    }

    /// All that the gate and the composer ask about these deliveries, in sending order, as this transaction sees it.
    pub async fn delivery_facts(&mut self, ids: &[i64]) -> Result<Vec<DeliveryFacts>, StoreError> {
        let see_money: Vec<&str> = ROLES.iter().filter(|line| line.money).map(|line| line.name).collect();
        fetch_all!(self, FACTS, DeliveryFacts, json(&ids), json(&see_money))
    }

    /// Says that deliveries wait to be joined with others, or that they don't any more. Endpoints are never joined: there each
    /// message has its own button, and machines go by its kind.
    pub async fn set_joins(&mut self, ids: &[i64], joins: bool) -> Result<(), StoreError> {
        let apart: Vec<&str> =
            ChannelKind::ALL.into_iter().filter(|kind| kind.is_endpoint()).map(ChannelKind::name).collect();
        execute!(self, JOINS, json(&ids), joins, json(&apart)).map(|_| ())
    }

    /// Warnings that wait for their reader's morning and go by `until`, the most urgent first.
    pub async fn deliveries_to_join(&mut self, until: Instant, most: i64) -> Result<Vec<JoinRow>, StoreError> {
        fetch_all!(self, TO_JOIN, JoinRow, until, most)
    }

    /// What a delivery's message tells for other deliveries.
    pub async fn folded_into(&mut self, delivery: DeliveryId) -> Result<Vec<JoinRow>, StoreError> {
        fetch_all!(self, FOLDED, JoinRow, delivery.0)
    }

    /// Joined warnings that wait to be made anew.
    pub async fn unmade_joined(&mut self, most: i64) -> Result<Vec<DeliveryId>, StoreError> {
        Ok(fetch_all!(self, UNMADE_JOINED, (i64,), most)?.into_iter().map(|(id,)| DeliveryId(id)).collect())
    }

    /// The contact of a project that has this address.
    pub async fn contact_with_address(
        &mut self,
        project: i64,
        channel: &str,
        address: &str,
    ) -> Result<Option<(String, String)>, StoreError> {
        fetch_optional!(self, CONTACT_WITH_ADDRESS, (String, String), project, channel, address)
    }

    /// The last generation of a notice for an address; 0: none.
    pub async fn last_generation(&mut self, notice: i64, channel: &str, address: &str) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, LAST_GENERATION, (i64,), notice, channel, address)?.0)
    }

    /// Gives a delivery that waits for one its variant; `false`: it doesn't wait any more.
    pub async fn set_variant(
        &mut self,
        now: Instant,
        id: DeliveryId,
        variant: VariantId,
        why: Option<&str>,
    ) -> Result<bool, StoreError> {
        self.ring_when_kept();
        Ok(execute!(self, SET_VARIANT, id.0, variant.0, now, why)? == 1)
    }

    /// Texts that were handed over to a contact since then.
    pub async fn texts_of_contact(&mut self, contact: &ContactId, since: Instant) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, TEXTS_OF_CONTACT, (i64,), contact.as_str(), since)?.0)
    }

    /// Texts that were handed over since then and tell of a project, alone or with others.
    pub async fn texts_of_project(&mut self, project: ProjectKey, since: Instant) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, TEXTS_OF_PROJECT, (i64,), project.0, since)?.0)
    }

    /// Of these refused deliveries, those whose address is known to be good since: `taken` by a relay, or `lifted` by a
    /// person.
    pub async fn disproved_refusals(&mut self, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
        fetch_all!(self, DISPROVED, (i64, String), json(&ids))
    }

    /// Notes that the owner heard of these.
    pub async fn mark_told(&mut self, now: Instant, ids: &[i64]) -> Result<(), StoreError> {
        execute!(self, TOLD, json(&ids), now)?;
        Ok(())
    }

    /// What relays answered for an address's mails since then, newest first.
    pub async fn taken_mails_of(
        &mut self,
        address: &str,
        since: Instant,
    ) -> Result<Vec<(DeliveryId, String)>, StoreError> {
        let rows = fetch_all!(self, TAKEN_OF_ADDRESS, (i64, String), address, since)?;
        Ok(rows.into_iter().map(|(id, reply)| (DeliveryId(id), reply)).collect())
    }
}

impl Store {
    /// When the next queued delivery of a channel (to one address, or any) may go; `None`: there is none.
    pub async fn next_delivery_at(&self, channel: &str, address: Option<&str>) -> Result<Option<Instant>, StoreError> {
        let mut session = self.read().await?;
        Ok(fetch_one!(session, NEXT_AT, (Option<Instant>,), channel, address)?.0)
    }

    /// All that the gate and the composer ask about these deliveries, in sending order.
    pub async fn delivery_facts(&self, ids: &[i64]) -> Result<Vec<DeliveryFacts>, StoreError> {
        self.read().await?.delivery_facts(ids).await
    }

    /// Deliveries, newest first.
    pub async fn deliveries(&self, filter: DeliveryFilter<'_>, most: i64) -> Result<Vec<ListedDelivery>, StoreError> {
        let mut session = self.read().await?;
        let DeliveryFilter { state, project, schedule, address } = filter;
        fetch_all!(session, LIST, ListedDelivery, state, project, schedule, address, most)
    }

    /// The delivery that a reference names.
    pub async fn delivery_by_reference(&self, reference: &str) -> Result<Option<DeliveryId>, StoreError> {
        let mut session = self.read().await?;
        Ok(fetch_optional!(session, FIND_BY_REFERENCE, (i64,), reference)?.map(|(id,)| DeliveryId(id)))
    }

    /// The test of this project that a reference names.
    pub async fn test_of_project(
        &self,
        project: ProjectKey,
        reference: &str,
    ) -> Result<Option<DeliveryId>, StoreError> {
        let mut session = self.read().await?;
        let found = fetch_optional!(session, TEST_OF_PROJECT, (i64,), reference, project.0)?;
        Ok(found.map(|(id,)| DeliveryId(id)))
    }

    /// What waited through quiet hours that are over, the most urgent first.
    pub async fn held_deliveries(&self, now: Instant, most: i64) -> Result<Vec<HeldRow>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, HELD, HeldRow, now, most)
    }

    /// Deliveries whose worker didn't come back in time.
    pub async fn deliveries_with_ended_lease(&self, now: Instant, most: i64) -> Result<Vec<Waiting>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, LEASE_ENDED, Waiting, now, most)
    }

    /// Deliveries that waited as long as they may.
    pub async fn deliveries_out_of_patience(&self, now: Instant, most: i64) -> Result<Vec<Waiting>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, OUT_OF_PATIENCE, Waiting, now, most)
    }

    /// Deliveries of a kind whose outcome isn't known, that may still be of use, and that went again by themselves fewer
    /// than `most_repeats` times.
    pub async fn uncertain_deliveries(
        &self,
        kind: &str,
        now: Instant,
        most_repeats: usize,
        most: i64,
    ) -> Result<Vec<Uncertain>, StoreError> {
        let mut session = self.read().await?;
        let most_repeats = i64::try_from(most_repeats).unwrap_or(i64::MAX);
        fetch_all!(session, UNCERTAIN, Uncertain, kind, now, most_repeats, most)
    }

    /// Deliveries whose outcome hasn't been known since before this.
    pub async fn long_unknown_deliveries(&self, since: Instant, most: i64) -> Result<Vec<Waiting>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, LONG_UNKNOWN, Waiting, since, most)
    }

    /// Deliveries whose refusal isn't decided.
    pub async fn refused_deliveries(&self, most: i64) -> Result<Vec<RefusedDelivery>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, REFUSED, RefusedDelivery, most)
    }

    /// Of what owners haven't heard yet, by project and kind of event.
    pub async fn groups_to_tell(&self) -> Result<Vec<ToTell>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, GROUPS_TO_TELL, ToTell)
    }

    /// Deliveries of one group that ended badly and whose owner hasn't heard.
    pub async fn untold_deliveries(&self, group: &ToTell, most: i64) -> Result<Vec<Untold>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, TO_TELL, Untold, group.project, group.event.as_str(), most)
    }

    /// Where the deliveries of a run's notice stand, without those that somebody asked for again.
    pub async fn deliveries_of_run(&self, run: RunId) -> Result<Vec<Progress>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, OF_RUN, Progress, run.0)
    }

    /// Deliveries that are just being sent, and those of unknown outcome.
    pub async fn unsettled_deliveries(&self, most: i64) -> Result<Vec<Progress>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, UNSETTLED, Progress, most)
    }

    /// Deliveries that wait for a narrower variant.
    pub async fn unmade_deliveries(&self, most: i64) -> Result<Vec<UnmadeRow>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, UNMADE, UnmadeRow, most)
    }
}
