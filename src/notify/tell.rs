//! What owners hear about their mails: once a day for each kind of event, all of it since the last time.

use std::collections::HashMap;

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::occurrence::is_of_sample;
use crate::i18n::Words;
use crate::notify::named::ReportName;
use crate::notify::owner;
use crate::report::notice::{self, AffectedMail, MailEvent};
use crate::store::deliveries::{ToTell, Untold};

/// Between two notices about the same kind of event.
const PAUSE_SEC: i64 = 86_400;
/// Deliveries told of in one notice; more are told the next day.
const MOST: i64 = 5_000;
/// Mails named in one notice; the others are counted.
pub(super) const MOST_NAMED: usize = 50;

/// Tells what wasn't told yet; returns how many notices were posted.
pub(super) async fn pass(app: &App) -> anyhow::Result<u64> {
    let mut told = 0;
    for group in app.store.groups_to_tell().await? {
        told += u64::from(tell(app, &group).await?);
    }
    Ok(told)
}

/// What happened, as the owner sees it.
fn event(word: &str) -> MailEvent {
    match word {
        "uncertain" => MailEvent::OutcomeUnknown,
        "expired" => MailEvent::Expired,
        "unknown" => MailEvent::StillUnknown,
        "address_marked" => MailEvent::AddressMarked,
        "unsendable" => MailEvent::Unsendable,
        "bounced" => MailEvent::CameBack,
        "complained" => MailEvent::CalledSpam,
        _ => MailEvent::Refused,
    }
}

async fn tell(app: &App, group: &ToTell) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let (project, event) = (group.project.map(ProjectKey), event(&group.event));
    let name = format!("told/{}/{}", project.map_or(0, |key| key.0), event.name());
    if !is_due(app.store.read().await?.meta(&name).await?.as_deref(), now) {
        return Ok(false);
    }
    let rows = app.store.untold_deliveries(group, MOST).await?;
    let Some(first) = rows.first() else { return Ok(false) };
    let name_of = called(app, project).await?;
    let schedules = rows.iter().take(MOST_NAMED).filter_map(|row| row.schedule.as_deref());
    let reports = ReportName::find_all(&mut app.store.read().await?, schedules).await?;
    let drawn = owner::drawn(app, project, |language| {
        let mails: Vec<AffectedMail> =
            rows.iter().take(MOST_NAMED).map(|row| affected(row, &reports, language)).collect();
        notice::deliveries(event, language, &name_of(language), &mails, rows.len(), now)
    });
    let drawn = drawn.await?;
    let once = format!("owner/{}/{}", event.name(), first.id);
    let mut session = app.store.write().await?;
    // Asked again: another process may have told meanwhile.
    if !is_due(session.meta(&name).await?.as_deref(), now)
        || !owner::tell_within(app, &mut session, project, &once, drawn).await?
    {
        return Ok(false);
    }
    session.put_meta(&name, &now.as_micros().to_string()).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    session.mark_told(now, &ids).await?;
    session.commit().await?;
    crash_point!("owner.told");
    Ok(true)
}

fn is_due(last: Option<&str>, now: Instant) -> bool {
    let last = last.and_then(|micros| micros.parse().ok()).map(Instant::from_micros);
    last.is_none_or(|last| last.plus_seconds(PAUSE_SEC) <= now || last > now)
}

/// What a project is called, or, without one, the installation in a language.
pub(super) async fn called(app: &App, project: Option<ProjectKey>) -> anyhow::Result<impl Fn(&str) -> String> {
    let found = match project {
        Some(key) => app.store.project_by_key(key).await?,
        None => None,
    };
    let name = found.map(|project| project.name);
    Ok(move |language: &str| name.clone().unwrap_or_else(|| Words::of(language).word("owner-installation")))
}

/// Which mail it was, as its owner knows it.
pub(super) fn what(
    words: &Words,
    kind: &str,
    reports: &HashMap<&str, ReportName>,
    (schedule, occurrence): (Option<&str>, Option<&str>),
) -> String {
    let report = schedule.map(|id| reports.get(id).map_or_else(|| id.to_owned(), |report| report.in_words(words)));
    match (report, occurrence) {
        (Some(report), Some(occurrence)) if is_of_sample(occurrence) => {
            words.say("owner-sample-of", &[("report", report.into())])
        }
        (Some(report), Some(occurrence)) => {
            let occurrence = occurrence.split('#').next().unwrap_or(occurrence).replace('T', " ");
            words.say("owner-report-of", &[("report", report.into()), ("occurrence", occurrence.as_str().into())])
        }
        (report, _) => report.unwrap_or_else(|| words.say("owner-notice-of-kind", &[("kind", kind.into())])),
    }
}

/// States in which the other side's last words are the reason.
const SAID_WHY: [State; 3] = [State::Failed, State::Bounced, State::Complained];

fn affected(row: &Untold, reports: &HashMap<&str, ReportName>, language: &str) -> AffectedMail {
    let words = Words::of(language);
    let what = what(&words, &row.kind, reports, (row.schedule.as_deref(), row.occurrence.as_deref()));
    let reason = match (&row.reply, row.reason.as_deref()) {
        (_, Some("lease_ended")) => words.word("owner-reason-lease"),
        (_, Some("gave_up")) => words.word("owner-reason-too-late"),
        (_, Some("unknown")) => words.word("owner-reason-no-answer"),
        (_, Some("relay_takes_no_such_address")) => words.word("owner-reason-no-relay"),
        (_, Some("address_not_sendable")) => words.word("owner-reason-address"),
        (_, Some("mail_not_composable" | "media_type_not_sendable")) => words.word("owner-reason-composing"),
        (_, Some(reason)) if reason.ends_with("_after_message") => words.word("owner-reason-broke"),
        (Some(reply), _) if SAID_WHY.iter().any(|state| row.state == state.name()) => reply.clone(),
        (_, reason) => reason.unwrap_or_default().to_owned(),
    };
    AffectedMail { address: row.address.clone(), what, reason, reference: row.reference.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::notice::KINDS;

    #[test]
    fn no_owner_reads_the_stored_word_of_a_kind() {
        for language in ["en", "uk", "nl", "de", "pl", "es"] {
            let words = Words::of(language);
            let of = |kind: &str| what(&words, kind, &HashMap::new(), (None, None));
            for line in KINDS.iter().filter(|line| line.kind.is_billing()) {
                assert!(
                    !of(line.name).contains('_') && of(line.name) != of("unheard-of"),
                    "{} {}",
                    language,
                    line.name
                );
            }
        }
    }
}
