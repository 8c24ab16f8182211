//! `[project.keep]`: `events documents calls addresses ledger`, each a time such as `"90d"`: how long this project keeps what the
//! settings' `[keep]` says for all. The shorter of the two counts.

use std::time::Duration;

use super::Table;
use crate::config::duration;
use crate::domain::project::ProjectKeep;

const DAY: u64 = 86_400;

pub(super) fn read(table: &Table<'_>) -> ProjectKeep {
    let span = |key: &'static str, least: u64, why: &'static str| {
        table.get(key)?.parsed(|text| {
            let kept = duration::parse(text).map_err(|error| error.to_string())?;
            if kept < Duration::from_secs(least) {
                return Err(format!("`{text}` is too short: {why}"));
            }
            Ok(kept.as_secs())
        })
    };
    ProjectKeep {
        events: span("events", DAY, "a call's events come over hours: keep them for a day at least"),
        documents: span("documents", DAY * 10, "what is on its way may be sent for some days: keep it for 10 days"),
        calls: span(
            "calls",
            DAY * 62,
            "a month's report is compared with the month before: keep calls for 62 days at least",
        ),
        addresses: span("addresses", DAY * 10, "what is on its way has an address: keep them for 10 days"),
        ledger: span("ledger", DAY * 31, "reports say what went before: keep the record for 31 days at least"),
    }
}
