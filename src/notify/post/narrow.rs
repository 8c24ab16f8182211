//! Deliveries whose readers may see less than when they were made: they wait for a variant that fits.

use super::answers::Answers;
use super::{NewRecipient, NewVariant, reader_json, store_variants};
use crate::app::App;
use crate::domain::delivery::DeliveryState;
use crate::domain::foot::REFERENCE_SLOT;
use crate::domain::ids::{ContactId, DeliveryId, NoticeId, ProjectKey, RunId, ScheduleId, VariantId};
use crate::domain::notice::NoticeKind;
use crate::notify::envelope::Envelope;
use crate::notify::{facts, gate};
use crate::store::deliveries::StoredDelivery;
use crate::store::moves::Move;
use crate::store::{Session, StoreError};

/// A delivery whose recipient may see less than when it was built: it waits, queued, for a narrower variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmade {
    pub delivery: DeliveryId,
    pub notice: NoticeId,
    pub run: RunId,
    pub project: ProjectKey,
    pub schedule: ScheduleId,
    pub contact: Option<ContactId>,
    pub address: String,
}

/// Deliveries that wait for a narrower variant, oldest first.
pub async fn unmade(app: &App, limit: i64) -> Result<Vec<Unmade>, StoreError> {
    let rows = app.store.unmade_deliveries(limit).await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = |detail: String| StoreError::Corrupt { what: "delivery", detail };
            Ok(Unmade {
                delivery: DeliveryId(row.delivery),
                notice: NoticeId(row.notice),
                run: RunId(row.run),
                project: ProjectKey(row.project),
                schedule: ScheduleId::parse(&row.schedule).map_err(|error| corrupt(error.to_string()))?,
                address: row.address,
                contact: match row.contact {
                    Some(id) => Some(ContactId::parse(&id).map_err(|error| corrupt(error.to_string()))?),
                    None => None,
                },
            })
        })
        .collect()
}

/// Stops a delivery that waits for a narrower variant when nothing at all may go to its reader any more, for the reason
/// that the gate would give; whether it did.
pub async fn stop_unmade(app: &App, delivery: DeliveryId) -> anyhow::Result<bool> {
    let rows = app.store.delivery_facts(&[delivery.0]).await?;
    let Some(row) = rows.into_iter().next() else { return Ok(false) };
    let mut known = facts::read(&row)?;
    facts::ask_own_agent(app, &row, &mut known).await?;
    let Some(stop) = gate::stop_unmade(&known) else { return Ok(false) };
    let step = Move::to(delivery, &[DeliveryState::Queued], DeliveryState::Suppressed, stop.reason());
    let mut session = app.store.write().await?;
    let done = session.move_deliveries(app.clock.now(), &[&step]).await?;
    session.commit().await?;
    Ok(done == [true])
}

/// Adds a variant to the notice of a waiting delivery, which may go from then on; what is its recipient's own (sender, foot)
/// is made anew as that of the variant's one recipient. When the notice has a variant for this reader already, that one is
/// used.
pub async fn narrow(
    app: &App,
    session: &mut Session,
    delivery: DeliveryId,
    variant: NewVariant,
) -> Result<VariantId, StoreError> {
    let now = app.clock.now();
    let Some(row) = session.delivery(delivery).await? else {
        return Err(StoreError::Corrupt { what: "delivery", detail: format!("{delivery} is gone") });
    };
    let notice = NoticeId(row.notice);
    let id = match session.variant_for(notice, &reader_json(&variant.reader)).await? {
        Some(id) => id,
        None => {
            let stored = store_variants(session, now, &[(notice, &variant)]).await?.pop();
            stored.ok_or_else(|| StoreError::Corrupt { what: "variant", detail: "it wasn't added".to_owned() })?
        }
    };
    let envelope = match variant.recipients.first() {
        Some(recipient) => Some(renewed(app, session, &row, variant.sender, recipient).await?),
        None => None,
    };
    session.set_variant(now, delivery, id, envelope.map(|envelope| envelope.to_json()).as_deref()).await?;
    Ok(id)
}

/// The envelope of a delivery that waited, as it would be if it were posted for this recipient now.
async fn renewed(
    app: &App,
    session: &mut Session,
    row: &StoredDelivery,
    sender: Option<ProjectKey>,
    recipient: &NewRecipient,
) -> Result<Envelope, StoreError> {
    let corrupt = |detail: String| StoreError::Corrupt { what: "delivery", detail };
    let kind = NoticeKind::parse(&row.kind).ok_or_else(|| corrupt(format!("`{}` is no kind", row.kind)))?;
    let old = Envelope::read(&row.why).map_err(|error| corrupt(error.to_string()))?;
    let answers = Answers::of(app, session, sender.or(row.project.map(ProjectKey))).await?;
    let mut envelope = Envelope { by_hand: old.by_hand, ..answers.envelope(kind, recipient) };
    envelope.foot.reference = envelope.foot.reference.replace(REFERENCE_SLOT, &row.reference);
    Ok(envelope)
}
