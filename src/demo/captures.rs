//! Fifty-one real calls, captured on a live telephone system as Voys and VoIPGRID post them (MIT, see the notice beside
//! the file): group rings, pick-ups, do-not-disturb, transfers. Their times are a millisecond apart, so they are moved
//! into one week of office hours here and their pauses stretched to usual lengths; words, order and people stay.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat};
use serde::Deserialize;
use serde_json::Value;

use super::dice::Dice;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::zones::Zone;

const CAPTURED: &str = include_str!("../../config/samples/voipgrid_events.jsonl");

/// One line of the file: an event and the recorded scene that it belongs to.
#[derive(Deserialize)]
struct Line {
    scenario: String,
    event: serde_json::Map<String, Value>,
}

/// How many calls the file holds (merged ones apart), as the demo tells it.
pub(super) const CALLS: usize = 51;

/// The events that fall into `span` when the scenes are played in the week that begins on `monday`: JSON lines, and how
/// many.
pub(super) fn written(zone: &Zone, monday: NaiveDate, span: Period) -> serde_json::Result<(Vec<u8>, usize)> {
    let (mut lines, mut count) = (Vec::new(), 0);
    for (at, event) in played(zone, monday)? {
        if span.contains(at) {
            serde_json::to_writer(&mut lines, &event)?;
            lines.push(b'\n');
            count += 1;
        }
    }
    Ok((lines, count))
}

/// All events with the moments that they are moved to, scene by scene.
fn played(zone: &Zone, monday: NaiveDate) -> serde_json::Result<Vec<(Instant, Value)>> {
    let lines: Vec<Line> = CAPTURED.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut events = Vec::with_capacity(lines.len());
    for (number, scene) in lines.chunk_by(|a, b| a.scenario == b.scenario).enumerate() {
        let mut dice = Dice::of(&scene[0].scenario);
        let mut at = opens(zone, monday, number as u64, &mut dice);
        let mut before = None;
        for line in scene {
            let step = Step::of(&line.event);
            at = at.plus_seconds(pause(before, step, &mut dice));
            before = Some(step);
            let mut event = line.event.clone();
            event.insert("timestamp".to_owned(), Value::String(timestamp(at)));
            events.push((at, Value::Object(event)));
        }
    }
    Ok(events)
}

/// When a scene begins: Monday to Friday in turn, about every three quarters of an hour from half past nine.
fn opens(zone: &Zone, monday: NaiveDate, number: u64, dice: &mut Dice) -> Instant {
    let day = monday.checked_add_days(Days::new(number % 5)).unwrap_or(monday);
    let second = 9 * 3600 + 1800 + (number / 5) as i64 * 2700 + dice.between(0, 1500);
    let shown = NaiveTime::from_num_seconds_from_midnight_opt(second as u32, 0).unwrap_or(NaiveTime::MIN);
    zone.resolve(NaiveDateTime::new(day, shown)).earliest()
}

/// What an event says, as far as pauses go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Rings,
    Talks,
    Transferred,
    Ended { talked: bool },
}

impl Step {
    fn of(event: &serde_json::Map<String, Value>) -> Self {
        let word = |key: &str| event.get(key).and_then(Value::as_str).unwrap_or_default();
        match word("status") {
            "in-progress" => Self::Talks,
            "warm-transfer" | "cold-transfer" | "transfer" => Self::Transferred,
            "ended" => Self::Ended { talked: word("reason") == "completed" },
            _ => Self::Rings,
        }
    }
}

/// Usual seconds between one event of a scene and the next.
fn pause(before: Option<Step>, step: Step, dice: &mut Dice) -> i64 {
    let (shortest, longest) = match (before, step) {
        (None, _) | (Some(Step::Ended { .. }), Step::Ended { .. }) => (0, 0),
        (Some(Step::Rings), Step::Rings) => (0, 1),
        (_, Step::Rings) => (25, 70),
        (Some(Step::Talks), Step::Talks) => (1, 2),
        (_, Step::Talks) => (4, 16),
        (_, Step::Transferred) => (6, 25),
        (Some(Step::Talks | Step::Transferred), Step::Ended { talked: true }) => (45, 260),
        (_, Step::Ended { .. }) => (12, 38),
    };
    dice.between(shortest, longest)
}

/// As the sender writes it.
fn timestamp(at: Instant) -> String {
    at.to_utc().map(|at| at.to_rfc3339_opts(SecondsFormat::Micros, false)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::Zones;

    #[test]
    fn scenes_keep_their_order_and_fit_into_one_working_week() {
        let zone = Zones::load().get("Europe/Amsterdam").expect("a zone");
        let monday = NaiveDate::from_ymd_opt(2026, 11, 9).expect("a date");
        let events = played(&zone, monday).expect("the captures are JSON");
        let lines: Vec<Line> = CAPTURED.lines().map(|line| serde_json::from_str(line).expect("a line")).collect();
        assert_eq!(events.len(), lines.len());
        let week = Period::new(zone.start_of_day(monday), zone.start_of_day(monday + Days::new(5))).expect("a week");
        for (pair, lines) in events.windows(2).zip(lines.windows(2)) {
            assert!(week.contains(pair[0].0) && week.contains(pair[1].0));
            if lines[0].scenario == lines[1].scenario {
                assert!(pair[0].0 <= pair[1].0, "{}", lines[0].scenario);
            }
        }
        for ((at, event), line) in events.iter().zip(&lines) {
            let clock = zone.local(*at).time();
            assert!((9..19).contains(&chrono::Timelike::hour(&clock)), "{clock}");
            let mut event = event.clone();
            event["timestamp"] = line.event["timestamp"].clone();
            assert_eq!(event, Value::Object(line.event.clone()), "only the time is changed");
        }
        let (mut ids, mut merged) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
        for line in &lines {
            let id = |key: &str| line.event.get(key).and_then(Value::as_str).map(str::to_owned);
            ids.extend(id("call_id"));
            merged.extend(id("merged_id").filter(|merged| id("call_id").as_ref() != Some(merged)));
        }
        assert_eq!(ids.len() - merged.len(), CALLS);
    }
}
