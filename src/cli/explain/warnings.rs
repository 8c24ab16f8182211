//! What the rules about money decided last for the projects that an address hears of: the other half of "why did I (not) get
//! this?", beside the mails themselves.

use std::fmt::Write;

use chrono::NaiveDate;

use super::fate::{self, Became};
use super::words;
use crate::app::App;
use crate::apply::hours;
use crate::domain::balance::Status;
use crate::domain::contact::Contact;
use crate::domain::episode::PAY_BY_PASSED;
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::notice::{KINDS, NoticeKind, Severity};
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
    (
        "told_before",
        "it had been told before, or taken over in silence with a changed limit, and nothing is worse since",
    ),
    ("limits_changed", "somebody changed the limit, which says nothing by itself"),
    ("within_margin", "it is better, but not by the margin that keeps daily ups and downs quiet"),
    ("fact_too_old", "it looks better, but the balance is too old to say so"),
    ("nobody_knew", "it is well again, and nobody had got a warning"),
    ("covered_by_worse", "another rule tells worse of the same balance"),
    ("nothing_to_say", "it is over without a payment, and that is told by nobody"),
    ("payment_promised", "somebody said that a payment is on its way, and its day isn't over"),
    ("known_before", "it was so before warnings began"),
    (PAY_BY_PASSED, "the last day to pay in time passed, so whoever hears from then on was told too"),
    ("recovered", "it was told that all is well again"),
];

/// What a decision means; of one that is told, `became` says what its message to this address came to (`None`: there is none).
fn decision(word: &str, became: Option<&Became>) -> String {
    let known = DECISIONS.iter().find(|(name, _)| *name == word).map(|(_, words)| (*words).to_owned());
    let is_told = matches!(word, "recovered" | PAY_BY_PASSED);
    match (known, became) {
        (Some(_), Some(Became { is_told: false, words })) if word == "told_before" => {
            format!("it had been found before, and nothing is worse since; {words}")
        }
        (Some(_), Some(Became { is_told: false, words })) if word == "recovered" => {
            format!("it is well again; {words}")
        }
        (Some(known), Some(became)) if is_told => format!("{known}; {}", became.words),
        (Some(known), _) => known,
        (None, None) => format!("the level `{word}` was told, with no message to this address"),
        (None, Some(Became { is_told: true, words })) => format!("the level `{word}` was told; {words}"),
        (None, Some(became)) => format!("the level `{word}` is reached; {}", became.words),
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
        let of = |contact: &Contact| ways(contact, NoticeKind::BalanceNegative, Severity::Critical, &roads);
        let heard = |widening| audience(&there, &project.id, widening, NaiveDate::MIN, of);
        // Several people may have one room among their addresses: the one by whom warnings go there.
        let at_most = heard(Widening { owner: true, ops: true });
        let holders = at_most.iter().filter_map(|one| {
            let contact = there.iter().find(|contact| contact.id == one.contact && has(contact, address))?;
            Some((contact, one.role))
        });
        let holders: Vec<(&Contact, Role)> = holders.collect();
        let goes_there = |(contact, _): &&(&Contact, Role)| is_way(contact, address, &roads);
        let Some((asked, as_what)) = holders.iter().find(goes_there).or(holders.first()).copied() else { continue };
        let hears = |widening| heard(widening).into_iter().find(|one| one.contact == asked.id);
        let episodes = session.episodes(&[ProjectKey(project.key.0)]).await?;
        let standing = session.standings(Some(project.key)).await?.into_iter().next();
        let is_archived = standing.as_ref().is_some_and(|stored| stored.standing.status == Status::Archived);
        let facts = standing.is_some() || !session.balances(Some(project.key), None).await?.is_empty();
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
        if !has_alone(&there, address) {
            writeln!(text, "  Told there for {}.", asked.name)?;
        }
        for line in by_which(asked, &roads) {
            writeln!(text, "  {line}")?;
        }
        let today = zone.date(app.clock.now());
        for line in stood_in_for(asked, &there, &project.id, today) {
            writeln!(text, "  {line}")?;
        }
        if is_archived {
            writeln!(
                text,
                "  Warnings have stopped, since {} is archived; that it was is the last of them.",
                project.id
            )?;
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
            let of_episode = (kept.balance.as_str(), kept.rule.as_str(), kept.episode.number);
            let mail = mail_of(session, kept.project, of_episode, mails).await?;
            let became = match mail {
                Some(mail) => Some(fate::became(app, session, mail, &zone).await),
                None => None,
            };
            writeln!(text, "  {}: {} ({at}).", subject(kept), decision(&kept.decision, became.as_ref()))?;
        }
        // What is well and always was is remembered by nobody.
        let others = if episodes.is_empty() { "Every rule" } else { "Every other rule" };
        if session.is_to_be_judged(project.key, app.clock.now()).await? {
            writeln!(text, "  Not judged yet: what came in since, or the new day, is judged by `serve` or `tick`.")?;
        } else if !is_archived {
            writeln!(text, "  {others}: nothing to warn of.")?;
        }
    }
    Ok(text)
}

fn has(contact: &Contact, address: &str) -> bool {
    contact.addresses.values().flatten().any(|own| own.eq_ignore_ascii_case(address))
}

/// Whether it is one contact's only.
fn has_alone(contacts: &[Contact], address: &str) -> bool {
    contacts.iter().filter(|contact| has(contact, address)).count() == 1
}

/// Whether any warning of a contact goes to an address.
fn is_way(contact: &Contact, address: &str, roads: &Roads) -> bool {
    let kinds = KINDS.iter().map(|line| line.kind).filter(|kind| kind.is_billing());
    let mut all = kinds.flat_map(|kind| [Severity::Warning, Severity::Critical].map(|how| (kind, how)));
    all.any(|(kind, how)| ways(contact, kind, how, roads).iter().any(|way| way.address.eq_ignore_ascii_case(address)))
}

/// Whose deputy a contact is on a day.
fn stood_in_for(asked: &Contact, contacts: &[Contact], project: &ProjectId, today: NaiveDate) -> Vec<String> {
    let hears = |contact: &&Contact| {
        let roles = contact.roles.get(project).map(Vec::as_slice).unwrap_or_default();
        contact.active && roles.iter().any(|role| matches!(role, Role::Finance | Role::Owner | Role::Ops))
    };
    let is_away = |contact: &Contact| contact.settings.away.as_ref().is_some_and(|away| away.covers(today));
    if is_away(asked) {
        return Vec::new();
    }
    let of = |contact: &Contact| {
        let away = contact.settings.away.as_ref().filter(|away| away.covers(today) && away.deputy == asked.id)?;
        Some(format!("Deputy of {} until {}: hears of warnings in that place.", contact.name, away.to))
    };
    contacts.iter().filter(hears).filter_map(of).collect()
}

/// The newest delivery to the address that tells of an episode of a rule; `mails` are those to it, newest first.
async fn mail_of<'a>(
    session: &mut Session,
    project: ProjectKey,
    (balance, rule, number): (&str, &str, i64),
    mails: &'a [ExplainedDelivery],
) -> anyhow::Result<Option<&'a ExplainedDelivery>> {
    let told = session.deliveries_of_episode(project, balance, rule, Some(number)).await?;
    Ok(mails.iter().find(|mail| told.iter().any(|one| one.id == mail.id)))
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

    fn became(is_told: bool) -> Became {
        Became { is_told, words: "its message waits until Mon".to_owned() }
    }

    #[test]
    fn every_decision_has_its_words() {
        for quiet in Quiet::ALL {
            assert!(DECISIONS.iter().any(|(name, _)| *name == quiet.name()), "{quiet:?}");
        }
        for level in Level::ALL {
            assert!(decision(level.name(), None).contains(level.name()));
            assert!(decision(level.name(), Some(&became(true))).contains("was told; its message"));
            assert!(!decision(level.name(), Some(&became(false))).contains("was told"));
        }
        for word in ["told_before", "recovered"] {
            let said = decision(word, Some(&became(false)));
            assert!(!said.contains("told") && said.ends_with("waits until Mon"), "{said}");
        }
    }
}
