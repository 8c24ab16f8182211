//! From when a schedule counts, and when it fires next, after it was made or edited. An edit neither repeats a period that
//! was reported (the planner refuses those) nor loses one whose report was still to come (found here).

use crate::domain::cadence::Weekday;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::schedule::Schedule;
use crate::store::{LastRun, StoredSchedule};
use crate::zones::firing::{self, DueInput, Firing};
use crate::zones::{Zone, Zones};

/// Sets `active_since` and the next date. `old` is the schedule as it stood; a new one counts from `now`.
pub(super) fn settle(
    schedule: &mut Schedule,
    old: Option<&StoredSchedule>,
    last: LastRun,
    zones: &Zones,
    week_start: Option<Weekday>,
    now: Instant,
) {
    let Ok(zone) = zones.get(&schedule.zone) else { return };
    let week_start = week_start.unwrap_or(Weekday::Mon);
    schedule.active_since = match old {
        None => now,
        Some(stored) => {
            let old = &stored.schedule;
            let pending = zones.get(&old.zone).ok().and_then(|zone| {
                let input = DueInput::of(old, &zone, week_start, last.period(), last.last_fired);
                let firing = firing::next_due(&input)?;
                let period = firing::plan_period(&old.cadence, &zone, week_start, &firing, last.period());
                Some(period.map(|plan| plan.period))
            });
            let waited = old.starts.is_some_and(|starts| starts > now) && schedule.starts != old.starts;
            let rule_is_same =
                old.cadence == schedule.cadence && old.zone == schedule.zone && old.project == schedule.project;
            match pending {
                // It stood still: paused, or past its end. What went by meanwhile stays gone.
                None => now,
                Some(_) if waited => now,
                Some(_) if rule_is_same => old.active_since,
                Some(pending) => edited_since(schedule, &zone, week_start, pending, old.active_since, last, now),
            }
        }
    };
    let input = DueInput::of(schedule, &zone, week_start, last.period(), last.last_fired);
    let next: Option<Firing> = firing::next_due(&input);
    schedule.next_fire_at = next.as_ref().map(|firing| firing.fires_at);
    schedule.next_occurrence = next.map(|firing| firing.occurrence);
}

/// From when an edited rule counts: from now, unless the report of a period that is over was still to come and the new
/// rule's next firing wouldn't tell it; then from the new rule's previous firing, which is due at once.
fn edited_since(
    schedule: &Schedule,
    zone: &Zone,
    week_start: Weekday,
    pending: Option<Period>,
    active_since: Instant,
    last: LastRun,
    now: Instant,
) -> Instant {
    let plan = |firing: &Firing| {
        firing::plan_period(&schedule.cadence, zone, week_start, firing, last.period()).map(|plan| plan.period)
    };
    let Some(pending) = pending.filter(|period| period.to() <= now) else { return now };
    let told_next = firing::next(&schedule.cadence, zone, now).and_then(|next| plan(&next));
    if told_next.is_some_and(|period| period.from() < pending.to()) {
        return now;
    }
    let just_after = Instant::from_micros(now.as_micros().saturating_add(1));
    firing::previous(&schedule.cadence, zone, just_after)
        .filter(|previous| previous.fires_at >= active_since)
        .filter(|previous| last.last_fired.is_none_or(|fired| previous.fires_at > fired))
        .filter(|previous| plan(previous).is_some_and(|period| period.overlaps(pending)))
        .map_or(now, |previous| previous.fires_at)
}
