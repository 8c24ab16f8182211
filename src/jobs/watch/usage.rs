//! Usage that isn't told any more, of balances that are: forecasts keep to the days before, which somebody should know. Every
//! balance is asked for its last usage, so this is looked at less often than the rest, and stays as it was in between.

use std::collections::BTreeMap;

use super::{Case, EXPECTED_SEC};
use crate::app::App;
use crate::domain::forecast::{LAG_DAYS, LEAST_DAYS, is_untold};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::watch::{Memory, Seen, Trouble};
use crate::funds::source::turn;
use crate::store::watch::UntoldUsage;
use crate::zones::Zone;

/// Between two looks.
pub(super) const EVERY_SEC: i64 = 900;
const DAY_SEC: i64 = 86_400;

/// Balances whose usage stopped being told, each since the end of the last day that was.
pub(super) async fn cases(app: &App, now: Instant) -> anyhow::Result<BTreeMap<String, Case>> {
    let patience_sec = i64::try_from(app.settings.watch.usage.as_secs()).unwrap_or(i64::MAX);
    let (from, to) = (now.plus_seconds(-EXPECTED_SEC), now.plus_seconds(-patience_sec));
    let failing = failing_sources(app).await?;
    let mut cases = BTreeMap::new();
    for row in app.store.untold_usage(from, to).await? {
        let Ok(zone) = app.zones.get(&row.zone) else { continue };
        let Some(since) = stopped(&row, &zone).filter(|_| !failing.iter().any(|at| explains(*at, row.last_usage)))
        else {
            continue;
        };
        let case = Case {
            trouble: Trouble::Usage,
            seen: Seen { since: Some(since), patience_sec },
            project: Some(ProjectKey(row.project)),
            name: row.name.clone(),
            said: String::new(),
            failing: None,
        };
        cases.insert(format!("{}/{}/{}", Trouble::Usage.name(), row.project, row.name), case);
    }
    Ok(cases)
}

/// What was told of and is as it was, where nobody looks.
pub(super) fn as_before(lasting: &BTreeMap<String, Memory>) -> BTreeMap<String, Seen> {
    let ours = |(place, memory): &(&String, &Memory)| {
        memory.told && place.strip_prefix(Trouble::Usage.name()).is_some_and(|rest| rest.starts_with('/'))
    };
    let seen = |memory: &Memory| Seen { since: Some(memory.since), patience_sec: 0 };
    lasting.iter().filter(ours).map(|(place, memory)| (place.clone(), seen(memory))).collect()
}

/// Since when each money source fails that tells usage: its own notice says so.
async fn failing_sources(app: &App) -> anyhow::Result<Vec<Instant>> {
    let mut failing = Vec::new();
    for source in app.settings.money_sources.iter().filter(|source| source.entries.is_some()) {
        failing.extend(turn::kept(app, source).await?.failing_since);
    }
    Ok(failing)
}

/// Whether usage may have stopped because of a source that fails since then: nobody knows which balances are its own, so those
/// that stopped about that time wait until it works again.
fn explains(failing_since: Instant, last_usage: Instant) -> bool {
    last_usage >= failing_since.plus_seconds(-(LAG_DAYS + 1) * DAY_SEC)
}

/// The end of the last day that was told, where forecasts rest on the days before and the balance's own day lies further behind
/// than is usual.
fn stopped(row: &UntoldUsage, zone: &Zone) -> Option<Instant> {
    let (first, last) = (zone.date(row.first_usage), zone.date(row.last_usage));
    let has_history = (last - first).num_days() + 1 >= i64::from(LEAST_DAYS);
    let is_stopped = has_history && is_untold(last, zone.date(row.as_of));
    is_stopped.then(|| last.succ_opt().map(|next| zone.start_of_day(next)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::Zones;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).expect(text)
    }

    #[test]
    fn usage_stopped_where_it_was_told_for_a_week_and_the_balance_goes_on() {
        let zone = Zones::bundled().get("Europe/Kyiv").expect("a zone");
        let since = |first: &str, last: &str, as_of: &str| {
            let row = UntoldUsage {
                project: 1,
                name: "forwarding".into(),
                as_of: at(as_of),
                zone: "Europe/Kyiv".into(),
                first_usage: at(first),
                last_usage: at(last),
            };
            stopped(&row, &zone).map(|at| zone.rfc3339(at))
        };
        let last = "2026-06-08T20:00:00Z";
        let next = Some("2026-06-09T00:00:00+03:00".to_owned());
        assert_eq!(since("2026-06-02T10:00:00Z", last, "2026-06-11T22:00:00Z"), next, "the twelfth in Kyiv");
        assert_eq!(
            since("2026-06-02T10:00:00Z", last, "2026-06-11T20:00:00Z"),
            None,
            "two days that are over are usual"
        );
        assert_eq!(since("2026-06-03T10:00:00Z", last, "2026-06-20T20:00:00Z"), None, "nothing rests on six days");
    }

    #[test]
    fn a_source_that_fails_explains_what_stopped_with_it() {
        let failing = at("2026-06-12T06:00:00Z");
        assert!(explains(failing, at("2026-06-10T12:00:00Z")) && explains(failing, at("2026-06-11T12:00:00Z")));
        assert!(!explains(failing, at("2026-06-08T12:00:00Z")), "that was before");
    }
}
