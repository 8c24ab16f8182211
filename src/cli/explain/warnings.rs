//! What the rules about money decided last for the projects that an address hears of: the other half of "why did I (not) get
//! this?", beside the mails themselves.

use std::fmt::Write;

use chrono::NaiveDate;

use super::words;
use crate::app::App;
use crate::apply::hours;
use crate::domain::contact::Contact;
use crate::domain::episode::PAY_BY_PASSED;
use crate::domain::ids::ProjectKey;
use crate::domain::notice::{NoticeKind, Severity};
use crate::domain::reach::{Roads, Way, ways};
use crate::domain::role::Role;
use crate::notify::roads::roads;
use crate::rules::{Widening, audience};
use crate::store::Session;
use crate::store::episodes::StoredEpisode;
use crate::store::explain::ExplainedDelivery;
use crate::zones::quiet::quiet_until;

/// What decisions mean to whoever asks; of a level, in `told`.
const DECISIONS: &[(&str, &str)] = &[
    ("all_is_well", "there was nothing to warn of"),
    ("told_before", "it had been told before, and nothing is worse since"),
    ("limits_changed", "somebody changed the limit, which says nothing by itself"),
    ("within_margin", "it is better, but not by the margin that keeps daily ups and downs quiet"),
    ("fact_too_old", "it looks better, but the balance is too old to say so"),
    ("nobody_knew", "it is well again, and nobody had got a warning"),
    ("covered_by_worse", "another rule tells worse of the same balance"),
    ("nothing_to_say", "it is over, and that is told by nobody"),
    ("payment_promised", "somebody said that a payment is on its way, and its day isn't over"),
    ("known_before", "it was so before warnings began"),
    (PAY_BY_PASSED, "the last day to pay in time passed, so whoever hears from then on was told too"),
    ("recovered", "it was told that all is well again"),
];

/// What a decision means; of one that is told, `goes` says when its mail to this address goes out, if it hasn't.
fn decision(word: &str, goes: Option<&str>) -> String {
    let known = DECISIONS.iter().find(|(name, _)| *name == word).map(|(_, words)| (*words).to_owned());
    match (known, goes) {
        (Some(words), _) => words,
        (None, None) => format!("the level `{word}` was told"),
        (None, Some(at)) => format!("the level `{word}` is told by the mail that goes out {at}"),
    }
}

/// The decisions of every rule in every project whose warnings this address hears; empty: of none.
pub(super) async fn about(
    app: &App,
    session: &mut Session,
    address: &str,
    contacts: &[Contact],
    mails: &[ExplainedDelivery],
) -> anyhow::Result<String> {
    let mut text = String::new();
    for project in session.projects().await? {
        let of_project = |contact: &&Contact| contact.roles.contains_key(&project.id);
        let there: Vec<Contact> = contacts.iter().filter(of_project).cloned().collect();
        let roads = roads(app, session, project.key, &there).await?;
        let has =
            |contact: &&Contact| contact.addresses.values().flatten().any(|own| own.eq_ignore_ascii_case(address));
        let Some(asked) = there.iter().find(has) else { continue };
        let of = |contact: &Contact| ways(contact, NoticeKind::BalanceNegative, Severity::Critical, &roads);
        let hears = |widening| {
            audience(&there, &project.id, widening, NaiveDate::MIN, of).into_iter().find(|one| one.contact == asked.id)
        };
        let at_most = hears(Widening { owner: true, ops: true });
        let Some(as_what) = at_most.map(|heard| heard.role) else { continue };
        let episodes = session.episodes(&[ProjectKey(project.key.0)]).await?;
        let facts = !session.standings(Some(project.key)).await?.is_empty()
            || !session.balances(Some(project.key), None).await?.is_empty();
        if !facts {
            continue;
        }
        let zone = app.zones.get(&project.zone)?;
        let from_when = match (hears(Widening::default()).is_some(), as_what) {
            (true, _) => "hears of all of them",
            (false, Role::Owner) => {
                "hears from three days before an end on, when a payment would come too late, and of what is over"
            }
            (false, _) => "hears when a payment would come too late, and of what is over, without sums",
        };
        writeln!(
            text,
            "Warnings about money of {} ({} time): {} as {}",
            project.id,
            zone.name(),
            from_when,
            as_what.name()
        )?;
        for line in by_which(asked, &roads) {
            writeln!(text, "  {line}")?;
        }
        if let Some(away) = asked.settings.away.as_ref().filter(|away| away.to >= zone.date(app.clock.now())) {
            writeln!(text, "  Away {away}, who hears of warnings on those days instead.")?;
        }
        if let Some(line) = quiet_line(app, asked, &project.zone)? {
            writeln!(text, "  {line}")?;
        }
        for said in session.promises(&[project.key]).await? {
            if said.arrives_on >= zone.date(app.clock.now()) {
                let of = if said.balance.is_empty() { "the paid period" } else { &said.balance };
                writeln!(
                    text,
                    "  {} said ({}) that a payment for {of} arrives on {}: its reminders are quiet until the day after.",
                    said.contact,
                    words::moment(&zone, said.told_at),
                    said.arrives_on
                )?;
            }
        }
        for kept in &episodes {
            let at = words::moment(&zone, kept.decided_at);
            let waits = |mail: &&ExplainedDelivery| {
                mail.project == Some(kept.project.0)
                    && mail.state == "queued"
                    && mail.created_at == kept.decided_at
                    && mail.not_before > app.clock.now()
            };
            let goes = mails.iter().find(waits).map(|mail| words::moment(&zone, mail.not_before));
            writeln!(text, "  {}: {} ({at}).", subject(kept), decision(&kept.decision, goes.as_deref()))?;
        }
        // What is well and always was is remembered by nobody.
        writeln!(
            text,
            "  {}: nothing to warn of.",
            if episodes.is_empty() { "Every rule" } else { "Every other rule" }
        )?;
    }
    Ok(text)
}

/// By which channels a contact hears of warnings, and what of it can't be used.
pub(super) fn by_which(contact: &Contact, roads: &Roads) -> Vec<String> {
    let shown = |way: &Way| match way.shut {
        Some(shut) => format!("{way} (nothing goes there: {})", words::reason_of(shut.reason(), contact.id.as_str())),
        None => way.to_string(),
    };
    let list = |ways: &[Way]| match ways {
        [] => "nowhere".to_owned(),
        ways => ways.iter().map(shown).collect::<Vec<_>>().join(", "),
    };
    let of = |kind, severity| ways(contact, kind, severity, roads);
    let usual = of(NoticeKind::Funds, Severity::Warning);
    let mut lines = vec![format!("By {}.", list(&usual))];
    let alerts = &contact.settings.alerts;
    let more: Vec<Way> =
        of(NoticeKind::Funds, Severity::Critical).into_iter().filter(|way| !usual.contains(way)).collect();
    if !more.is_empty() {
        lines.push(format!("What is critical also by {}.", list(&more)));
    }
    for kind in alerts.kinds.keys() {
        lines.push(format!("{} by {}.", kind.name(), list(&of(*kind, Severity::Warning))));
    }
    lines
}

/// A contact's quiet hours, and what they do to a message now.
pub(super) fn quiet_line(app: &App, contact: &Contact, project_zone: &str) -> anyhow::Result<Option<String>> {
    let quiet = &contact.settings.quiet;
    if quiet.is_off() {
        return Ok(None);
    }
    let zone = app.zones.get(contact.zone.as_deref().unwrap_or(project_zone))?;
    let now = app.clock.now();
    let state = match quiet_until(quiet, &zone, now) {
        Some(until) => format!("it is quiet until {}, and only what is critical goes", words::moment(&zone, until)),
        None => "it isn't quiet now".to_owned(),
    };
    Ok(Some(format!("Quiet hours: {} ({} time); {state}.", hours(&quiet.week), zone.name())))
}

fn subject(kept: &StoredEpisode) -> String {
    if kept.balance.is_empty() { kept.rule.clone() } else { format!("{} of {}", kept.rule, kept.balance) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::episode::{Level, Quiet};

    #[test]
    fn every_decision_has_its_words() {
        for quiet in Quiet::ALL {
            assert!(DECISIONS.iter().any(|(name, _)| *name == quiet.name()), "{quiet:?}");
        }
        for level in Level::ALL {
            assert!(decision(level.name(), None).contains(level.name()));
            assert!(decision(level.name(), Some("Mon")).ends_with("goes out Mon"));
        }
    }
}
