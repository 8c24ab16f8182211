//! Calls outside opening hours: few, and a machine takes them. Who found nobody is called back in the morning.

use chrono::{Days, NaiveDate};

use super::business::Business;
use super::day::{MadeCall, caller, channel, opening, usual_callers};
use super::dice::Dice;
use crate::domain::call::{CallStatus, Direction};

/// What becomes of them: how often, the status, the telephone system's word, shortest and usual further seconds.
const ENDS: [(u32, CallStatus, &str, i64, i64); 5] = [
    (50, CallStatus::MissedVoicemail, "VOICEMAIL", 18, 14),
    (28, CallStatus::MissedCancelled, "CANCEL", 2, 12),
    (12, CallStatus::MissedIvr, "WRONG EXTENSION", 8, 10),
    (7, CallStatus::SystemOnly, "ANNOUNCEMENT", 12, 8),
    (3, CallStatus::MissedNoRoute, "NO FORWARD", 1, 1),
];

/// The day's calls before opening and after closing; on a closed day all of them.
pub(super) fn calls_of(business: &Business, date: NaiveDate) -> Vec<MadeCall> {
    let mut dice = Dice::of(&format!("{}/{date}/evening", business.project));
    let hours = opening(business, date);
    let count = match hours {
        Some(_) => dice.between(1, 4),
        None => i64::from(usual_callers(business, date)) + dice.between(-1, 2),
    };
    (0..count)
        .map(|_| {
            let second = match hours {
                Some((_, to)) if dice.chance(0.7) => dice.between(to + 60, to + 3 * 3600),
                Some((from, _)) => dice.between(from - 2 * 3600, from - 60),
                None => dice.between(9 * 3600, 20 * 3600),
            };
            let (_, status, word, shortest, further) = ENDS[dice.weighted(ENDS.iter().map(|end| end.0))];
            let wait_sec = shortest + dice.wait(further);
            let (client, channel) = (caller(business, &mut dice), Some(channel(business, &mut dice)));
            MadeCall { client, channel, ..MadeCall::quiet(second, Direction::Inbound, (status, word), wait_sec) }
        })
        .collect()
}

/// Callers who found nobody since the last closing, oldest first, each once.
pub(super) fn waiting_since_closing(business: &Business, date: NaiveDate) -> Vec<String> {
    let mut waiting = Vec::new();
    for day in (0..4).rev().filter_map(|back| date.checked_sub_days(Days::new(back))) {
        let (from, to) = opening(business, day).unwrap_or((86_400, 0));
        if day < date && to > 0 {
            waiting.clear();
        }
        let nobody_was_there = |second: i64| if day == date { second < from } else { second >= to };
        let missed = calls_of(business, day).into_iter().filter(|call| call.status.is_missed());
        for client in missed.filter(|call| nobody_was_there(call.second)).filter_map(|call| call.client) {
            if !waiting.contains(&client) {
                waiting.push(client);
            }
        }
    }
    waiting
}
