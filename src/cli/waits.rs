//! What is still to come when a command ends, and for what it waits, in sentences for whoever reads the account.

use super::explain;
use crate::app::App;
use crate::config::settings::NO_RELAY;
use crate::domain::instant::Instant;
use crate::store::runs::StoredRun;
use crate::store::status::Queue;

/// So many of a thing: `1 report`, `2 reports`.
pub(super) fn counted(count: impl Into<i128>, one: &str, many: &str) -> String {
    match count.into() {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}

/// Mails that stand in the queue: how many for a relay and until when, how many for a later try. Empty where none waits.
pub(super) async fn mails(app: &App, queue: Queue) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    let mails = |count: i64| match count {
        1 => "1 mail waits".to_owned(),
        count => format!("{count} mails wait"),
    };
    if queue.total > 0 && !app.settings.mail.has_relay() {
        return Ok(vec![format!("{}: {NO_RELAY}.", mails(queue.total))]);
    }
    let (now, opening) = (queue.total - queue.later, explain::opening(app).await?);
    if now > 0 {
        let until = opening.at.map_or(String::new(), |at| format!(" until {}", utc(at)));
        let failing = opening.failing.iter().map(|(relay, why)| format!(" {relay}: {}.", why.trim_end_matches('.')));
        lines.push(format!("{} for a relay{until}.{}", mails(now), failing.collect::<String>()));
    }
    if queue.later > 0 {
        let next = queue.next_at.map_or(String::new(), |at| {
            let first = if queue.later == 1 { "" } else { "the first " };
            format!(", {first}not before {}", utc(at))
        });
        lines.push(format!("{} for the next try{next}.", mails(queue.later)));
    }
    if queue.total > 0 {
        lines.push(
            "They go by themselves, with `serve` or the next `tick`; `callbrief deliveries --state queued` lists them."
                .to_owned(),
        );
    }
    Ok(lines)
}

/// Reports that wait, or are held, for calls: how many, and until when the first of each does.
pub(super) fn reports(waiting: &[StoredRun]) -> Vec<String> {
    let (held, waits): (Vec<_>, Vec<_>) =
        waiting.iter().filter_map(|run| run.waiting.as_ref()).partition(|waiting| waiting.told_at.is_some());
    let line = |runs: &[&crate::store::runs::Waiting], one: &str, many: &str| {
        let until = runs.iter().map(|waiting| waiting.until).min()?;
        let first = if runs.len() == 1 { "" } else { "the first " };
        Some(format!(
            "{} for calls that are missing, {first}until {}.",
            counted(runs.len() as u64, one, many),
            utc(until)
        ))
    };
    line(&waits, "report waits", "reports wait")
        .into_iter()
        .chain(line(&held, "report is held", "reports are held"))
        .collect()
}

/// `2026-11-16 06:05 UTC`: what waits belongs to many zones.
fn utc(at: Instant) -> String {
    at.to_utc().map_or_else(|| at.to_string(), |at| at.format("%Y-%m-%d %H:%M UTC").to_string())
}
