//! What is still to come when a command ends, and for what it waits, in sentences for whoever reads the account.

use std::collections::BTreeSet;

use super::explain;
use crate::app::App;
use crate::config::settings::NO_RELAY;
use crate::domain::completeness::Missing;
use crate::domain::instant::Instant;
use crate::notify::hold;
use crate::store::deliveries::Progress;
use crate::store::runs::{StoredRun, Waiting};
use crate::store::status::Queue;

/// So many of a thing: `1 report`, `2 reports`.
pub(super) fn counted(count: impl Into<i128>, one: &str, many: &str) -> String {
    match count.into() {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}

/// Mails that stand in the queue: how many for a relay and until when, how many for a later try, how many for the hour of
/// their readers. Empty where none waits.
pub(super) async fn mails(app: &App, queue: Queue) -> anyhow::Result<Vec<String>> {
    let (mut lines, is_stuck) = for_a_relay(app, queue).await?;
    if is_stuck {
        return Ok(lines);
    }
    if queue.for_their_hour > 0 {
        let hour = if queue.for_their_hour == 1 { "for its reader's hour" } else { "for their readers' hours" };
        let first = if queue.for_their_hour == 1 { "it goes out" } else { "the first goes out" };
        let at = queue.first_hour.map_or(String::new(), |at| format!("; {first} {}", utc(at)));
        lines.push(format!("{} {hour}{at}.", wait(queue.for_their_hour)));
    }
    match queue.total + queue.for_their_hour {
        0 => {}
        1 => lines.push(GOES.to_owned()),
        _ => lines.push(GO.to_owned()),
    }
    Ok(lines)
}

const GOES: &str =
    "It goes by itself, with `serve` or the next `tick`; `callbrief deliveries --state queued` shows it.";
const GO: &str =
    "They go by themselves, with `serve` or the next `tick`; `callbrief deliveries --state queued` lists them.";

/// `1 mail waits`, `2 mails wait`
fn wait(count: i64) -> String {
    counted(count, "mail waits", "mails wait")
}

/// Those that wait for a relay; and whether nothing goes by itself, because all is held or there is no relay.
async fn for_a_relay(app: &App, queue: Queue) -> anyhow::Result<(Vec<String>, bool)> {
    let mut lines = Vec::new();
    let holds = app.store.holds().await?;
    if let Some(all) = holds.iter().find(|hold| hold.project.is_none() && hold.channel.is_none()) {
        let many =
            if queue.total > 0 { format!("{}: ", wait(queue.total)) } else { "Nothing waits yet, but ".to_owned() };
        return Ok((vec![format!("{many}{}.", hold::sentence(all))], true));
    }
    lines.extend(holds.iter().map(|held| format!("Note that {}.", hold::sentence(held))));
    if queue.total > 0 && !app.settings.mail.has_relay() {
        lines.push(format!("{}: {NO_RELAY}.", wait(queue.total)));
        return Ok((lines, true));
    }
    let (now, opening) = (queue.total - queue.later, explain::opening(app).await?);
    if now > 0 {
        // A minute that has begun isn't over.
        let until = opening.at.map_or(String::new(), |at| format!(" until {}", utc(at.plus_seconds(59))));
        let failing = opening.failing.iter().map(|(relay, why)| format!(" {relay}: {}.", why.trim_end_matches('.')));
        lines.push(format!("{} for a relay{until}.{}", wait(now), failing.collect::<String>()));
    }
    if queue.later > 0 {
        let next = queue.next_at.map_or(String::new(), |at| {
            let first = if queue.later == 1 { "" } else { "the first " };
            format!(", {first}not before {}", utc(at))
        });
        lines.push(format!("{} for the next try{next}.", wait(queue.later)));
    }
    Ok((lines, false))
}

/// Mails that a relay may have: those that are on their way, and those of which nobody knows whether it took them.
pub(super) fn unsettled(rows: &[Progress]) -> Vec<String> {
    let of = |state: &str| rows.iter().filter(|row| row.state == state).collect::<Vec<_>>();
    let by = |rows: &[&Progress], what: &str| {
        // A minute that has begun isn't over.
        let until = rows.iter().filter_map(|row| row.lease_until).max().map(|at| at.plus_seconds(59));
        until.map_or(String::new(), |at| format!("; {what} by {}", utc(at)))
    };
    let (handed, claimed) = (of("handed"), of("claimed"));
    let since = handed.iter().filter_map(|row| row.handed_at).min();
    let under_way = since.map(|since| {
        let many = counted(handed.len() as u64, "mail is under way", "mails are under way");
        format!("{many} since {}{}.", utc(since), by(&handed, "whether a relay took that is known"))
    });
    let taken_up = (!claimed.is_empty()).then(|| {
        let many = counted(claimed.len() as u64, "mail was taken up", "mails were taken up");
        format!("{many} to be sent{}.", by(&claimed, "what comes of that is known"))
    });
    under_way.into_iter().chain(taken_up).chain(unknown(&of("uncertain"))).collect()
}

/// Mails of unknown outcome, and how a person ends that.
fn unknown(rows: &[&Progress]) -> Option<String> {
    if let [only] = rows {
        return Some(format!(
            "1 mail may have been taken: its outcome isn't known (reference {reference}); settle it by `callbrief settle \
             {reference} accepted|failed --reason …`.",
            reference = only.reference,
        ));
    }
    let named: Vec<&str> = rows.iter().take(MOST_NAMED).map(|row| row.reference.as_str()).collect();
    (!rows.is_empty()).then(|| {
        format!(
            "{} mails may have been taken: their outcome isn't known (references {}{}); settle each by `callbrief settle \
             REFERENCE accepted|failed --reason …`. `callbrief deliveries --state uncertain` lists them.",
            rows.len(),
            named.join(", "),
            and_more(rows.len()),
        )
    })
}

/// Things of a kind that a line names.
const MOST_NAMED: usize = 3;

fn and_more(count: usize) -> String {
    count.checked_sub(MOST_NAMED).filter(|more| *more > 0).map_or(String::new(), |more| format!(" and {more} more"))
}

/// Reports that wait, or are held, for calls: how many, until when the first of each does, and which for what.
pub(super) fn reports(waiting: &[StoredRun]) -> Vec<String> {
    let (held, waits): (Vec<_>, Vec<_>) = waiting
        .iter()
        .filter_map(|run| Some((run, run.waiting.as_ref()?)))
        .partition(|(_, waiting)| waiting.told_at.is_some());
    let line = |runs: &[(&StoredRun, &Waiting)], one: &str, many: &str| {
        let until = runs.iter().map(|(_, waiting)| waiting.until).min()?;
        let first = if runs.len() == 1 { "" } else { "the first " };
        let named = runs.iter().take(MOST_NAMED);
        let named = named.map(|(run, waiting)| format!("`{}` ({})", run.run.schedule, calls_of(&waiting.missing)));
        Some(format!(
            "{} for calls that are missing, {first}until {}: {}{}.",
            counted(runs.len() as u64, one, many),
            utc(until),
            named.collect::<Vec<_>>().join(", "),
            and_more(runs.len()),
        ))
    };
    line(&waits, "report waits", "reports wait")
        .into_iter()
        .chain(line(&held, "report is held", "reports are held"))
        .collect()
}

/// `calls of “Main PBX”`: each source once.
fn calls_of(missing: &[Missing]) -> String {
    let one = |gap: &Missing| match &gap.project {
        Some(project) => format!("“{}” of {project}", gap.source),
        None => format!("“{}”", gap.source),
    };
    let sources: BTreeSet<String> = missing.iter().map(one).collect();
    let named: Vec<&str> = sources.iter().take(MOST_NAMED).map(String::as_str).collect();
    format!("calls of {}{}", named.join(", "), and_more(sources.len()))
}

/// `2026-11-16 06:05 UTC`: what waits belongs to many zones.
fn utc(at: Instant) -> String {
    at.to_utc().map_or_else(|| at.to_string(), |at| at.format("%Y-%m-%d %H:%M UTC").to_string())
}
