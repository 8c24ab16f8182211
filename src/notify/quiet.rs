//! Whether a delivery waits for the end of its reader's quiet hours, or is gathered with others: from rows to what `domain::quiet` decides by.

use crate::app::App;
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Severity};
use crate::domain::quiet::{Rest, rest};
use crate::domain::reach::ContactSettings;
use crate::notify::envelope::Envelope;
use crate::store::deliveries::DeliveryFacts;
use crate::zones::pace::next_gathering;
use crate::zones::quiet::quiet_until;

/// What waits is of use for so long at least when its reader is awake.
const LEAST_USE_SEC: i64 = 6 * 3_600;

/// What quiet hours do to a delivery now.
pub(super) fn of(app: &App, row: &DeliveryFacts, now: Instant) -> anyhow::Result<Rest> {
    let Some(settings) = &row.contact_settings else { return Ok(Rest::Awake) };
    let settings: ContactSettings = serde_json::from_str(settings)?;
    if settings.quiet.is_off() && settings.digest.is_empty() {
        return Ok(Rest::Awake);
    }
    let Some(kind) = NoticeKind::parse(&row.kind) else { return Ok(Rest::Awake) };
    // A zone that the data don't know (any more) is no reason to keep quiet.
    let Ok(zone) = app.zones.get(row.reader_zone.as_deref().unwrap_or("UTC")) else { return Ok(Rest::Awake) };
    let until = quiet_until(&settings.quiet, &zone, now);
    let severity = Severity::of_priority(row.priority);
    let rest = rest(kind, severity, row.due_at, row.generation > 1, until, now);
    // What was made before the last gathering has waited for it.
    let gathering = settings.pace(kind).map(|pace| next_gathering(pace, &zone, row.created_at));
    let rest = match row.generation {
        1 => rest.gathered(kind, severity, gathering, now),
        _ => rest,
    };
    Ok(match rest.until() {
        Some(_) => rest.of_use_until(Envelope::read(&row.why)?.of_use_until, now),
        None => rest,
    })
}

/// Until when it is tried, where it waits until then.
pub(super) fn give_up_at(row: &DeliveryFacts, until: Instant) -> Instant {
    row.give_up_at.max(until.plus_seconds(LEAST_USE_SEC))
}
