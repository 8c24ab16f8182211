//! A delivery before it is one: it gets a reference, a Message-ID and a date, which are its own for good.

use crate::app::App;
use crate::config::secret::Secret;
use crate::domain::foot::REFERENCE_SLOT;
use crate::domain::ids::{DeliveryId, NoticeId};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Severity};
use crate::notify::envelope::Envelope;
use crate::notify::reference::{self, Key};
use crate::store::deliveries::DeliveryRow;
use crate::store::{Session, StoreError};

/// A delivery before it has a reference.
#[derive(Debug)]
pub(in crate::notify) struct Draft<'a> {
    pub(in crate::notify) project: Option<i64>,
    pub(in crate::notify) notice: NoticeId,
    pub(in crate::notify) notice_key: &'a str,
    pub(in crate::notify) kind: NoticeKind,
    pub(in crate::notify) severity: Severity,
    pub(in crate::notify) schedule: Option<&'a str>,
    pub(in crate::notify) occurrence: Option<&'a str>,
    pub(in crate::notify) channel: &'a str,
    pub(in crate::notify) address: &'a str,
    pub(in crate::notify) generation: i64,
    pub(in crate::notify) contact: Option<&'a str>,
    pub(in crate::notify) display_name: &'a str,
    pub(in crate::notify) variant: Option<i64>,
    pub(in crate::notify) envelope: Envelope,
    pub(in crate::notify) reason: &'a str,
    pub(in crate::notify) not_before: Instant,
    pub(in crate::notify) give_up_at: Instant,
    pub(in crate::notify) actor: &'a str,
    pub(in crate::notify) detail: Option<&'a str>,
}

/// What only this delivery has.
struct Stamp {
    why: String,
    reference: String,
    message_id: String,
}

const REFERENCE_ATTEMPTS: u32 = 16;

impl Draft<'_> {
    /// Adds it; `None`: this address has it already.
    pub(in crate::notify) async fn add(
        self,
        app: &App,
        session: &mut Session,
        secret: &Secret,
        now: Instant,
    ) -> Result<Option<DeliveryId>, StoreError> {
        Ok(Self::add_all(app, session, secret, vec![self], now).await?.pop().flatten())
    }

    /// Adds many, made for the same reason by the same hand; without a number: this address has it already.
    pub(in crate::notify) async fn add_all(
        app: &App,
        session: &mut Session,
        secret: &Secret,
        drafts: Vec<Self>,
        now: Instant,
    ) -> Result<Vec<Option<DeliveryId>>, StoreError> {
        let mut ids = vec![None; drafts.len()];
        let mut left: Vec<usize> = (0..drafts.len()).collect();
        for attempt in 0..REFERENCE_ATTEMPTS {
            let Some(first) = left.first().and_then(|at| drafts.get(*at)) else { return Ok(ids) };
            let (actor, detail) = (first.actor, first.detail);
            let stamps: Vec<Stamp> = left.iter().map(|at| drafts[*at].stamp(app, secret, attempt)).collect();
            let rows: Vec<DeliveryRow<'_>> =
                left.iter().zip(&stamps).map(|(at, stamp)| drafts[*at].row(stamp, now)).collect();
            let added = session.add_deliveries(now, &rows, actor, detail).await?;
            let mut again = Vec::new();
            for ((at, id), row) in left.iter().zip(added).zip(&rows) {
                ids[*at] = id;
                // Another delivery carries its reference: it gets another one.
                if id.is_none() && !session.has_delivery(row).await? {
                    again.push(*at);
                }
            }
            left = again;
        }
        if left.is_empty() {
            return Ok(ids);
        }
        Err(StoreError::Corrupt { what: "reference", detail: "no free one was found".to_owned() })
    }

    fn stamp(&self, app: &App, secret: &Secret, attempt: u32) -> Stamp {
        let key =
            Key { notice: self.notice_key, channel: self.channel, address: self.address, generation: self.generation };
        let reference = reference::reference(secret, key, attempt);
        let mut envelope = self.envelope.clone();
        envelope.foot.reference = envelope.foot.reference.replace(REFERENCE_SLOT, &reference);
        let message_id = reference::message_id(secret, key, &reference, &app.settings.mail.from_address);
        Stamp { why: envelope.to_json(), reference, message_id }
    }

    fn row<'s>(&'s self, stamp: &'s Stamp, now: Instant) -> DeliveryRow<'s> {
        DeliveryRow {
            project: self.project,
            notice: self.notice,
            kind: self.kind.name(),
            schedule: self.schedule,
            occurrence: self.occurrence,
            channel: self.channel,
            address: self.address,
            generation: self.generation,
            contact: self.contact,
            display_name: self.display_name,
            variant: self.variant,
            why: &stamp.why,
            reference: &stamp.reference,
            message_id: &stamp.message_id,
            message_date: Instant::from_seconds(now.as_seconds()),
            reason: self.reason,
            priority: self.kind.priority(self.severity),
            not_before: self.not_before,
            give_up_at: self.give_up_at,
        }
    }
}
