//! Any text as a body of `/v1`: it is read, or refused with what is wrong.

use std::sync::LazyLock;

use axum::response::IntoResponse;

use super::problem::Problem;
use super::{balances, entries, read, standing};
use crate::domain::balance::{Entry, EntryKind};
use crate::domain::ids::BalanceName;
use crate::domain::instant::Instant;
use crate::zones::{Zone, Zones};

static ZONE: LazyLock<Option<Zone>> = LazyLock::new(|| Zones::bundled().get("Europe/Kyiv").ok());

/// 23 November 2026.
const NOW: Instant = Instant::from_seconds(1_795_392_000);

pub(in crate::web) fn body(text: &str) {
    let Some(zone) = &*ZONE else { return };
    let said = |problem: Problem| assert!(problem.into_response().status().is_client_error());
    if let Ok(name) = BalanceName::parse("main") {
        balances::read_balance(name, text, zone, NOW)
            .map_or_else(said, |told| assert!(told.as_of < NOW.plus_seconds(86_400)));
    }
    standing::read_standing(text, zone, NOW).map_or_else(said, |told| assert!(told.as_of < NOW.plus_seconds(86_400)));
    entries::read_entries(text, zone, NOW).map_or_else(said, |all| {
        // Only a charge that is known to come may lie ahead.
        let has_been = |entry: &Entry| entry.kind == EntryKind::Fixed || entry.at < NOW.plus_seconds(86_400);
        all.iter().for_each(|entry| assert!(has_been(entry)));
    });
    read::object(text, &["project", "channel", "to"]).map_or_else(said, |mut fields| {
        let _ = (fields.text("project"), fields.text("channel"), fields.text("to"));
    });
}
